"""From sources to one table of entities, on the frame library of your choice."""
