"""How our sources are opened and read; imported when a definition uses them."""
