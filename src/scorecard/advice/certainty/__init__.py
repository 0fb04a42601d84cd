"""How sure a verdict is: what keeps its band, and what would turn it."""
