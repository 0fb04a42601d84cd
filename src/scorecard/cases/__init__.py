"""Cases of a definition: staged as a scorecard of their own, scored as everybody is, and judged."""
