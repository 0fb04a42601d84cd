"""What to do: what would change a score, by how much, and what it takes. All of it is scored by the one function that scores."""
