"""Evidence becomes an answer without a model: quotes, tables, the words around them."""
