"""Handing reports over: to whom, about which entities, in which files."""
