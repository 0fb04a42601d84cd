"""SC2xx: names that must lead somewhere."""

SENTENCES = {
    "SC201": "{owner} reads a source '{name}' that is not defined",
    "SC202": "{owner} belongs to a group '{name}' that is not defined",
    "SC203": "{owner} names '{name}', which is no metric or group here",
    "SC204": "no metric type is called {value}",
    "SC205": "no source type is called {value}",
    "SC206": "{owner} names a band '{name}' that is not defined with a score it begins at",
    "SC207": "'{name}' has a meaning of its own and cannot be an id",
    "SC208": "'{name}' is both a group and a metric; an id is used once",
    "SC209": "{owner} names '{name}', which is no attribute of the entity",
    "SC210": "{owner} is measured per '{name}', which is no part of the entity's key",
    "SC218": "these read each other: {circle}",
    "SC211": "these groups contain each other: {circle}",
    "SC212": "{owner} must say its {key}: there is more than one source, or none",
    "SC213": "{{name}} in this text is no attribute, metric or group",
    "SC214": "nothing belongs to group '{name}', so it never has a score",
    "SC215": "'{name}' is part of the entity's key already; attributes are other columns",
    "SC216": "'{name}' is a parameter of metric type '{type}'; a segment changes how a metric is judged, not what is measured",
    "SC482": "sources join each other: {circle}",
    "SC217": "'{key}' chooses records, and {owner} reads none: its {way} is over nodes",
}
