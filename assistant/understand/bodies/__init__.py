"""Somebody named in a question, and what is asked of him: his work as a whole (`task`)."""
