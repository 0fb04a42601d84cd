"""How sure verdicts are, in words, as JSON and as CSV."""
