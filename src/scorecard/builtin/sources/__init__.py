"""Our source types, one file each: records only. What opens them is in `builtin/reading`, imported on first use."""

from scorecard.builtin.sources import csv, excel, inline

SOURCES = (csv.SOURCE, excel.SOURCE, inline.SOURCE)
