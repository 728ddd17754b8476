"""What is asked: cities, article numbers, matters, kinds of fact, follow-ups. Nothing is searched here.

`question` reads a question with the other modules of this room; `language` holds how people put things.
"""
