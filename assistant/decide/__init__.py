"""Is there evidence, and which? Or what kind of silence is it?

`decide` is the way in; `lookups`, `unmentioned`, `premise` and `about` each settle one thing, `of_the_law` whether
it is about the law.
"""
