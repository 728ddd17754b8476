"""A document becomes law that can be read: formats → parsing → regulations, and what their words mean.

`corpus` loads the regulations that are held, `regulation` says what one is made of; `text` reads numerals, references,
figures, places and scripts for everybody. Knows no settings and no index.
"""

from law.errors import CorpusError, DocumentError, FatiaoError
from law.regulation import Article, Finding, Paragraph, Regulation

__all__ = ["Article", "CorpusError", "DocumentError", "FatiaoError", "Finding", "Paragraph", "Regulation"]
