"""Turns of a talk: what a turn is taken to ask (`assistant/understand/thread/weights.toml`, a net for each model).

`fit_itself` fits when a turn is read as if nothing had been said, `fit_talks` how far any other stands by itself,
`fit_told` which of the best articles it means, `fit_aside` whether it is about something else.
"""
