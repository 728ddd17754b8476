"""A talk and its last turn: what was asked and cited before (`turns`), what of the turn asks (`said`), which cities it
is asked of (`scope`), and what it leans on (`followup`, `talk`, `anew`). Where it may stand by itself or go on with
what was spoken of, both are looked up and weighed (`blend`)."""
