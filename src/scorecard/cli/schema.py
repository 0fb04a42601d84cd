"""`scorecard schema`: JSON Schemas for editors and programs."""

from __future__ import annotations

import click

from scorecard.cli.options import settings, shared_options


@click.command(name="schema")
@click.option("--output", is_flag=True, help="The schema of what `run --format json` writes.")
@click.option("--diff", "of_diff", is_flag=True, help="The schema of what `diff --format json` writes.")
@shared_options
def command(output: bool, of_diff: bool) -> None:
    """Print the JSON Schema of definitions or of the JSON output.

    That of definitions holds the params of every installed plugin; editors complete and check with it.

    \b
    scorecard schema > scorecard.schema.json
    """
    if output:
        from scorecard.report.output_schema import output_schema_text

        click.echo(output_schema_text(), nl=False)
        return
    if of_diff:
        from scorecard.report.impact.schema import diff_schema_text

        click.echo(diff_schema_text(), nl=False)
        return
    from scorecard.definition.schema import schema_text

    click.echo(schema_text(settings().registry()), nl=False)
