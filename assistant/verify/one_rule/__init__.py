"""A statement beside one rule of an article: `units` are its rules, `mixed` finds what is told of two as one."""
