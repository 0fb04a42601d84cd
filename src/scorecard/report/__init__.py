"""An evaluation as people and programs read it: figures, words, and the forms of files. Knows nothing of screens."""
