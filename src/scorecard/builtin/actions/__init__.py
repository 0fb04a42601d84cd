"""What to do where metrics are short of their targets, one module per family; imported with the metric types that bring it."""
