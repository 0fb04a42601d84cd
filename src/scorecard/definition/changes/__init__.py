"""What changed from one definition to another, by what it can cause, and definitions that are one in this and the other in that."""
