"""From YAML text to a checked scorecard: read, layer, shape, build, and the rules over what was built."""
