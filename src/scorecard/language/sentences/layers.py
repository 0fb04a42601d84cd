"""SC890 and up: what could be tidier about a file. SC951 and up: revisions of a definition, what lies in its layers, and bringing the changes of a base into it."""

SENTENCES = {
    "SC890": "no line names the schema, so editors neither complete nor check; '{schema}' is there",
    "SC891": "'{key}' stands before sections that the reference has before it: {order}",
    "SC951": "'{name}' is no file, and no revision of one; write it as git does, main:configs/acme.scorecard.yaml",
    "SC952": "these {count} definitions extend no layer that all of them have; name the base with --base, or fewer of them",
    "SC952.base": "'{file}' does not extend '{base}'",
    "SC951.repository": "'{name}' is no file, and this folder is in no git repository in which to look for a revision",
    "SC951.revision": "'{name}' is no file, and git knows no revision '{revision}' here",
    "SC951.outside": "'{name}' leaves the repository; a revision holds only what lies in it",
    "SC951.git": "'{name}' is no file, and to look for a revision git is needed, which is not installed",
}
