"""Lists of words in English, each `ENGLISH` of its module; other languages have theirs in the catalogues of `locale`."""
