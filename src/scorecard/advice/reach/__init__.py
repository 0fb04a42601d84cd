"""The cheapest way to a better band: for one entity exactly, for a portfolio quickly, and for a budget."""
