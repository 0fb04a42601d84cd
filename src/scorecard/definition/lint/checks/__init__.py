"""What may be wrong with a definition that can be run: one module per check, each with its code, its level and `find`."""
