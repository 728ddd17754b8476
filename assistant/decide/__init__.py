"""Is there evidence, and which? Or what kind of silence is it?

`decide` is the way in; `lookups`, `unmentioned`, `premise`, `relevance` and `about` each settle one thing.
"""
