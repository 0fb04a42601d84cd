"""SC0xx: files, YAML and layers."""

SENTENCES = {
    "SC001": "there is no file '{file}'",
    "SC002": "'{file}' cannot be read: {reason}",
    "SC003": "'{file}' is not UTF-8 from here on; save it as UTF-8",
    "SC004": "'{file}' is larger than {most} MB; a definition is a text that people read, data belong in a source",
    "SC005": "'{file}' is empty; a definition starts with schema: scorecard/1",
    "SC006": "a definition is a mapping of keys such as entity: and metrics:, not {found}",
    "SC007": "a tab indents this line; YAML takes spaces only",
    "SC008": "this cannot be read as YAML: {problem}",
    "SC009": "'{key}' is written twice here; the first one is in line {first_line}",
    "SC010": "the tag {tag} has no meaning here; put the text in quotes if it is meant as text",
    "SC011": "the aliases here write out to more than {most} values, or to themselves without end",
    "SC012": "mappings and lists are nested deeper than {most} levels",
    "SC013": "a second definition starts here; a file holds one",
    "SC014": "the character {character} cannot be printed; remove it",
    "SC015": "'{value}' is no finite number",
    "SC016": "a key is a text, not a mapping, a list or an alias",
    "SC017": 'a comma cut this formula in two; put it in quotes: {key}: "{formula}"',
    "SC018": "nothing is called &{name} above, so *{name} repeats nothing; put the text in quotes if it is meant as text",
    "SC020": "these layers extend each other in a circle: {circle}",
    "SC021": "there is no layer '{file}'",
    "SC022": "'{key}' is empty, and there is nothing in a layer below to remove; write {} for an entry without keys",
    "SC022.full_width": "'{key}' is one key without a value: '：' is a full-width character; write ': ' instead",
    "SC023": "more than {most} layers extend each other",
}

CHINESE = {
    "SC022.full_width": "“{key}”被读作一个没有值的键：“：”是全角字符，请改写为“: ”",
}
