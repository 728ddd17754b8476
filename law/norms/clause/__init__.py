"""One clause of the law: where a sentence is cut (`clauses`), what each piece is for (`stretches`), what marks it as
binding (`marks`), who stands where in it (`roles`)."""
