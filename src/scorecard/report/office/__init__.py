"""Word and PowerPoint for the client's meeting: the same pages in both, on the firm's own template."""
