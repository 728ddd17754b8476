"""Lines become chapters, articles, paragraphs and items; a document's identity; what looks wrong in it."""
