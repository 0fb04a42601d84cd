"""One module per language with `WORDS`; all have the same keys and the same values to fill in."""
