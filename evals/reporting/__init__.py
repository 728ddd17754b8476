"""A run as people read it: the page, charts, the terminal, JUnit."""
