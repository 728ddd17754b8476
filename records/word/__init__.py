"""Word documents as an office sends them on: answers (`answers`), two texts side by side (`changes`)."""
