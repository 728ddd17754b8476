"""A statement beside the rules of an article: `units` are these one by one, `mixed` and `crossed` find what is told of
two as one, `doers` who does it, `starts` from when, `relations` what stands in relation within one."""
