"""Proposed weights in words, in tables and as records, with what they rest on."""
