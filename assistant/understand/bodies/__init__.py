"""Somebody named in a question: his work as a whole is asked (`task`), or something is done for him (`served`)."""
