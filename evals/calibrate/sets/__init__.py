"""How much a question asks for, and what belongs to the set that it wants: the heads of `assistant.decide.whole`.

`fit_breadth` and `fit_wholes` fit what is wanted, `fit_spread` and `fit_members` what belongs to a set, `fit_matter`
what tells a question about these regulations from any other, `fit_treated` whether one of them treats a matter at all.
"""
