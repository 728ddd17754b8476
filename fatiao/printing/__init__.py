"""What a command prints: articles, norms, changes, a draft's citations, a trace; as text for a terminal and as JSON."""
