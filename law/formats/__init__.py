"""Files become lines of text: encodings, Markdown, and what other formats hide."""
