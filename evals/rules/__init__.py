"""What each rule is good for: `python -m evals.rules [SET …] [--without [ID …]]`.

`heard` listens to the rules, `silence` asks again without one, `printing` prints; `checked` are the sentences.
"""
