"""The parser's complaints in our own words: which sentence of `language` says what is wrong with the YAML."""

from __future__ import annotations

_PROBLEMS: tuple[tuple[str, str], ...] = (
    ("mapping values are not allowed", "a colon stands where no key can be; put the text in quotes, or mend the indentation"),
    ("did not find expected ',' or '}'", "a comma or a closing } is missing"),
    ("expected ',' or '}'", "a comma or a closing } is missing"),
    ("did not find expected ',' or ']'", "a comma or a closing ] is missing"),
    ("expected ',' or ']'", "a comma or a closing ] is missing"),
    ("found unexpected end of stream", "a quotation mark is opened here and never closed"),
    ("unknown escape character", "a backslash in double quotes starts an escape that does not exist; use single quotes"),
    ("cannot start any token", "a text cannot start with this character; put it in quotes"),
    ("could not find expected ':'", "a colon is missing after the key"),
    ("could not find expected", "a colon is missing after the key"),
    ("did not find expected '-' indicator", "a list entry with - was expected here; keys and list entries cannot be mixed"),
    ("block sequence entries are not allowed", "a list entry with - cannot stand here"),
    ("sequence entries are not allowed", "a list entry with - cannot stand here"),
    ("did not find expected key", "this does not fit the lines above; check the indentation and the quotes"),
    ("expected <block end>", "this does not fit the lines above; check the indentation and the quotes"),
    ("did not find expected node content", "a value was expected here"),
    ("expected the node content", "a value was expected here"),
    ("directive", "a line that starts with % is no part of a definition"),
    ("incompatible YAML document", "definitions are YAML 1.2; leave out the %YAML line"),
    ("document indicator", "a line of --- or ... cannot stand inside a quoted text"),
    ("document start", "something follows the end of the definition"),
    ("comment or line break", "after | or > the text starts on the next line"),
    ("chomping or indentation", "after | or > the text starts on the next line"),
    ("alphabetic or numeric", "a name is missing after & or *; put the text in quotes"),
    ("tag", "a text cannot start with !; put it in quotes"),
)


def explain(problem: str) -> str:
    """What a parser's `problem` means for the person who writes a definition."""
    for fragment, words in _PROBLEMS:
        if fragment in problem:
            return words
    return "this is not valid YAML; check the indentation, the quotes and the brackets"
