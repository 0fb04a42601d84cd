"""SC1xx: keys and the form of their values."""

SENTENCES = {
    "SC101": "'{key}' in {owner} takes {expected}, not {found}",
    "SC102": "{owner} lacks '{key}'",
    "SC103": "'{key}' in {owner} cannot be {value}",
    "SC104": "unknown key '{key}' in {owner}",
    "SC104.full_width": "unknown key '{key}' in {owner}: '{character}' is a full-width character; write '{expected} ' instead",
    "SC105": "'{key}' in {owner} takes {expected}, not {value}",
    "SC106": "'{key}' cannot be a key in {owner}; it takes {expected}",
    "SC107": "'{key}' in {owner} is empty; it takes {expected}",
    "SC108": "'{key}' in {owner} must be {limit}, not {value}",
    "SC109": "'{key}' in {owner} has {count} entries; it takes {expected}",
    "SC110": "'{key}' in {owner} lists {value} twice",
    "SC112": "{owner} takes exactly one of {keys}; it has {count}",
    "SC113": "'{value}' is no day of the calendar",
    "SC114": "a step has one of up_to and below with a score, or otherwise alone",
    "SC115": "'{value}' is no regular expression: {problem}",
    "SC116": "a choice has when with a label or a value; the last one may be otherwise alone",
    "SC117": "the choices of {owner} mix labels and values; a metric has one kind",
    "SC118": "'{name}' is read as one name: '{character}' is a full-width character; write ', ' between two names",
}
