"""A place to look and try: a definition and what it comes to, in a page of this machine's own browser."""
