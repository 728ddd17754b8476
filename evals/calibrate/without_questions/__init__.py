"""What is fitted and printed of regulations that nobody has written likely questions for (`fit_confirmation`).

- `parts`: published texts and what strangers ask of them, which `fit_query_map` learns from too.
- `elsewhere`: how likely an article states what is asked, learnt of many regulations.
- `sureness`: the net that is added to the curve of how sure an answer is.
- `risk_coverage`: of each set what is confirmed, how much of that is right, what is refused.
"""
