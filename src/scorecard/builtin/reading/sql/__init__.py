"""Databases: queries and tables read block by block, by connections that only read."""
