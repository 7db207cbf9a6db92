"""The commands that read committee papers: facts."""

from __future__ import annotations

import click

from .options import width


@click.command()
@click.argument("papers", nargs=-1, required=True, metavar="PAPER…", type=click.Path())
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl", "json", "csv", "md"]),
    default="table",
    show_default=True,
    help="How to print it.",
)
@click.option(
    "--kind", "kinds", multiple=True, help="Only facts of this kind, such as duty or funding; may be repeated."
)
def facts(papers: tuple[str, ...], form: str, kinds: tuple[str, ...]) -> None:
    """What committee papers state, each with the words that say it: members, structures, duties, legislation,
    documents, money, abbreviations, office-holders. Candidates found by rules, for a person to check.

    \b
    Examples:
      dutygraph facts report.pdf
      dutygraph facts report.docx minutes.txt --format jsonl
      dutygraph facts report.pdf --kind funding --format csv
    """
    from ..facts.formats import write_facts
    from ..facts.papers import facts_of_files

    click.echo(write_facts(facts_of_files(papers, kinds), form, width()))


COMMANDS = (facts,)
