"""Question sets: one case, how sets are read, checked and split."""
