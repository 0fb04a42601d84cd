"""Follow-ups as a file that spreadsheets open, as a table of what became of them, and as a calendar."""
