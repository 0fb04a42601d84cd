"""KPI scorecards written in YAML: weighted scores that explain themselves."""
