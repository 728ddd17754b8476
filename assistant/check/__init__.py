"""核稿: the citations of a draft held to the law.

`citing` finds each citation in whatever notation and resolves it, `judging` says whether it stands and what would carry
the sentence, `drafts` reads a draft and gives it back with comments, `checked` has the types.
"""
