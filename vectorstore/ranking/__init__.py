"""How near each article is to a question: signals, standardised and added.

`ranking` says what a ranking gives and how its signals are summed, `in_memory` ranks a generation held in memory (what
is too large for that: `vectorstore.engine`). `words` and `everyday` are what words tell, `rows` what vectors tell,
`query_map` leads from people's words to the law's.
"""
