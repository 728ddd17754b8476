"""Is a question about the regulations held at all, by itself or as a turn of a talk? And what of it is, where no answer
was found?"""
