"""`python -m scorecard` is the command line."""

from scorecard.cli.main import main

main()
