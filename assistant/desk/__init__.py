"""What a reader's desk needs beside answers: browsing, comparing, one article, suggestions, a question under way."""
