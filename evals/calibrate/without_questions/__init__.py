"""What `fit_confirmation` fits and prints of regulations that nobody has written likely questions for.

- `elsewhere`: how likely an article states what is asked, learnt of many regulations.
- `sureness`: the net that is added to the curve of how sure an answer is.
- `risk_coverage`: of each set what is confirmed, how much of that is right, what is refused.
"""
