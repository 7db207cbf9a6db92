"""The commands that read committee papers: facts, audit, review."""

from __future__ import annotations

import click

from .options import FORMATS as ANSWER_FORMATS
from .options import open_for, store_option, width


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


@click.command()
@click.argument("paper", metavar="PAPER", type=click.Path())
@click.option("--on", metavar="DATE", help="The day whose law counts. Default: the paper's own date.")
@click.option(
    "--format", "form", type=click.Choice(ANSWER_FORMATS), default="table", show_default=True, help="How to print it."
)
@click.option("-o", "output", metavar="FILE.docx", type=click.Path(dir_okay=False), help="Write a Word file as well.")
@store_option
def audit(paper: str, on: str | None, form: str, output: str | None, store: str | None) -> None:
    """What PAPER says, held against the law and the register on its date: differs, agrees, or not held, each with the
    paper's words, what is held, and the provision. "Not held" is a gap in dutygraph, no word against the paper.

    \b
    Examples:
      dutygraph audit report.pdf
      dutygraph audit report.docx --on 2023-11-03 --format json
      dutygraph audit report.pdf -o audit.docx
    """
    from pathlib import Path

    from ..audits.formats import write_audit
    from ..errors import BadInput

    if output and not output.lower().endswith(".docx"):
        raise BadInput(
            f"-o writes a Word file: give a name that ends in .docx, not {output}. --format is for the rest."
        )
    found = open_for(store).audit(paper, on)
    if output:
        from ..audits.word import write_word

        Path(output).write_bytes(write_word(found))
    click.echo(write_audit(found, form, width()))


@click.command()
@click.argument("paper", required=False, metavar="PAPER", type=click.Path())
@click.option("-o", "output", metavar="FILE.csv", type=click.Path(dir_okay=False), help="Where to write the table.")
@click.option(
    "--load", "table", metavar="FILE.csv", type=click.Path(), help="A table with decisions, to be taken over."
)
@click.option("--register", "folder", metavar="FOLDER", type=click.Path(), help="Your own register, for --load.")
@store_option
def review(paper: str | None, output: str | None, table: str | None, folder: str | None, store: str | None) -> None:
    """Write what PAPER states as a table for a person to accept, reject or edit; --load takes the decisions over into
    the tables of your own register.

    \b
    Examples:
      dutygraph review report.pdf -o review.csv
      dutygraph review --load review.csv --register our-register
    """
    from pathlib import Path

    from ..reviews import load_review, review_table

    if table and folder and not paper:
        loaded = load_review(table, folder)
        click.echo(
            "; ".join(f"{name}: {count} rows" for name, count in loaded.rows.items()) or "Nothing was taken over."
        )
        if loaded.left:
            click.echo("\n".join(["Accepted, and no row of the register yet:", *loaded.left]))
    elif paper and not table and not folder:
        text = review_table(open_for(store).store, paper)
        if output:
            Path(output).write_text(text, encoding="utf-8")
        else:
            click.echo(text, nl=False)
    else:
        raise click.UsageError("Give a PAPER, or --load FILE.csv together with --register FOLDER.")


COMMANDS = (facts, audit, review)
