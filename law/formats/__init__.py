"""Files become lines of text: Word, PDF, scans, web pages, Markdown and plain text of any encoding.

`read_document` is the one way in; it looks at what a file is, not at its name. What Word numbers, pages break and
scans blur is mended here, so that `parsing` sees one paragraph a line.
"""

from law.formats.document import Document
from law.formats.reading import read_document

__all__ = ["Document", "read_document"]
