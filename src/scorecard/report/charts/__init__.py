"""Charts as Vega-Lite specs: plain dicts that a page embeds, or that are drawn here as SVG or PNG.

A spec names its data and holds none: `{"data": {"name": "waterfall"}}`. Who draws it gives the rows by that name; each module says
what its rows hold. Numbers that are read come as texts beside the numbers that are drawn, so that charts say what tables say.
"""
