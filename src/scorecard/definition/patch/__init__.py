"""Patching: new numbers for a definition as a unified diff of its files, with comments and layout kept."""
