"""The command that finds norms in a statute's XML: norms."""

from __future__ import annotations

import click

from .options import width

FORMATS = ("table", "jsonl", "csv", "json", "md")


@click.command()
@click.argument("path", metavar="FILE", type=click.Path(dir_okay=False))
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="How to print it."
)
@click.option(
    "--kind", type=click.Choice(["duty", "power", "prohibition"]), help="Only duties, powers or prohibitions."
)
def norms(path: str, form: str, kind: str | None) -> None:
    """Find every duty, power and prohibition in force in FILE, an Act or instrument as legislation.gov.uk's XML.

    By rules, without a language model; "rule" says which fired. Where the text names nobody, there is no holder.

    \b
    Examples:
      dutygraph norms ukpga-2004-34.xml
      dutygraph norms ukpga-2004-34.xml --kind duty --format jsonl
    """
    from ..loaders.clml.norms import rows_of_file
    from ..loaders.clml.norms.formats import write

    rows = (row for row in rows_of_file(path) if kind in {None, row["kind"]})
    for text in write(rows, form, width()):
        click.echo(text)


COMMANDS = (norms,)
