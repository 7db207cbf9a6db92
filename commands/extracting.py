"""The commands that find norms in a statute's XML and hold them against the register and other sources."""

from __future__ import annotations

import click

from .options import FORMATS as ANSWER_FORMATS
from .options import open_for, store_option, width

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


@click.command()
@click.argument("instrument", metavar="INSTRUMENT")
@click.option(
    "--file", "files", metavar="FILE", multiple=True, type=click.Path(), help="Where its text is, if not loaded."
)
@click.option(
    "--only",
    type=click.Choice(["missing", "unmatched", "changed", "agreed"]),
    help="Only what the register lacks, what the text does not state, what changed since its check, or what agrees.",
)
@click.option("--on", metavar="DATE", help="The day whose register is compared. Default: the day of the text.")
@click.option(
    "--format", "form", type=click.Choice(ANSWER_FORMATS), default="table", show_default=True, help="How to print it."
)
@store_option
def coverage(
    instrument: str, files: tuple[str, ...], only: str | None, on: str | None, form: str, store: str | None
) -> None:
    """Hold what an Act's or instrument's text states against the register, both ways: what the register lacks, what it
    holds and the text does not state, and what was amended since a person checked it.

    The text is what was loaded (dutygraph load clml), a --file, or fetched from legislation.gov.uk.

    \b
    Examples:
      dutygraph coverage ukpga/1998/37
      dutygraph coverage ukpga/2004/34 --only missing --format csv
    """
    from dataclasses import replace
    from pathlib import Path

    from ..coverage import coverage as compare
    from ..coverage import find_document, loaded_paths
    from ..dates import parse_date
    from ..queries.formats import render

    kg = open_for(store)
    document = find_document(instrument, [Path(file) for file in files] or loaded_paths(store))
    answer = compare(kg.store, document, parse_date(on) if on else None)
    if only:
        answer = replace(answer, rows=[row for row in answer.rows if row["finding"] == only])
    click.echo(render(answer, form, width()))


@click.command()
@click.argument("instrument", metavar="INSTRUMENT")
@click.option(
    "--file", "files", metavar="FILE", multiple=True, type=click.Path(), help="Where its text is, if not loaded."
)
@click.option(
    "--only", type=click.Choice(["agree", "holders differ", "differ"]), help="Only provisions with this finding."
)
@click.option("--on", metavar="DATE", help="The day whose norms are compared. Default: today.")
@click.option(
    "--format", "form", type=click.Choice(ANSWER_FORMATS), default="table", show_default=True, help="How to print it."
)
@store_option
def agreement(
    instrument: str, files: tuple[str, ...], only: str | None, on: str | None, form: str, store: str | None
) -> None:
    """Where the sources that read an Act or instrument agree and differ, provision by provision: the register, rules
    on its text (if that was loaded), the national extract and other lists.

    \b
    Examples:
      dutygraph agreement "Crime and Disorder Act 1998"
      dutygraph agreement ukpga/2021/17 --only differ --format csv
    """
    from dataclasses import replace
    from datetime import date
    from pathlib import Path

    from ..agreement import agreement as compare
    from ..coverage import loaded_paths
    from ..dates import parse_date
    from ..queries.formats import render

    kg = open_for(store)
    texts = [Path(file) for file in files] or loaded_paths(store)
    answer = compare(kg.store, instrument, parse_date(on) if on else date.today(), texts)
    if only:
        answer = replace(answer, rows=[row for row in answer.rows if row["finding"] == only])
    click.echo(render(answer, form, width()))


COMMANDS = (norms, coverage, agreement)
