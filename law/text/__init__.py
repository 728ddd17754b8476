"""One reader of each thing that legal text is made of: script, numerals, references, figures, places."""
