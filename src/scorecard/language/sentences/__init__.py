"""One module per family of issues, each with `SENTENCES`: code -> what people read. `code.reason` words one reason of a code."""
