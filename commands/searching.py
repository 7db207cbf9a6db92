"""The commands that ask the read indexes: search, extract and holders."""

from __future__ import annotations

import click

from .options import answer_with, kind_option, on_option, reading_options


@click.command()
@click.argument("text")
@click.option("--kind", "kinds", metavar="KIND", multiple=True, help="Only this kind of thing; may be given again.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=25, show_default=True, help="How many to show.")
@on_option
@reading_options
def search(
    text: str, kinds: tuple[str, ...], limit: int, on: str | None, form: str, show_query: bool, store: str | None
) -> None:
    """What is held about TEXT: duties, provisions, bodies, partnerships, classes, Acts, products, anything.

    Words may stand in any form and order; "in quotes" a phrase; strateg* whatever begins so. What a person has
    held against the law comes first; each hit says its evidence.

    \b
    Examples:
      dutygraph search "domestic abuse strategy"
      dutygraph search rugby --kind partnership --kind body
    """
    answer_with(store, form, show_query, lambda kg: kg.search(text, kinds, limit, on))


@click.command()
@click.option("--actor", metavar="WORDS", help="The duties and powers of whom the extract calls so.")
@click.option("--act", metavar="NAME", help="Those of an enactment, in the order of its provisions.")
@click.option("--beside", metavar="WORDS", help="The other actors of the enactments that name this one.")
@click.option("--top", is_flag=True, help="The actors with the most duties and powers.")
@click.option("--limit", type=click.IntRange(1, 1_000_000), default=25, show_default=True, help="How many to show.")
@kind_option
@on_option
@reading_options
def extract(
    actor: str | None,
    act: str | None,
    beside: str | None,
    top: bool,
    limit: int,
    kind: str | None,
    on: str | None,
    form: str,
    show_query: bool,
    store: str | None,
) -> None:
    """What the national extract of powers and duties holds, once it is loaded (dutygraph load powers-duties).

    Without options: how many duties and powers, by type of legislation.

    \b
    Examples:
      dutygraph extract --actor "local authority" --kind duty
      dutygraph extract --act "Housing Act 2004"
      dutygraph extract --beside "chief officer of police"
    """
    if sum((actor is not None, act is not None, beside is not None, top)) > 1:
        raise click.UsageError("Ask for one thing: --actor, --act, --beside or --top.")
    answer_with(
        store,
        form,
        show_query,
        lambda kg: kg.extract(actor, act, beside=beside, top=top, kind=kind, limit=limit, on=on),
    )


@click.command()
@click.option("--act", metavar="NAME", help="Only the actors of this enactment.")
@click.option("--grade", metavar="GRADE", help='Only "yes", "no", "unsure" or "not judged".')
@click.option("--limit", type=click.IntRange(1, 1_000_000), default=1000, show_default=True, help="How many to show.")
@on_option
@reading_options
def holders(
    act: str | None, grade: str | None, limit: int, on: str | None, form: str, show_query: bool, store: str | None
) -> None:
    """Who the actors of the national extract are in law: a class of holders or kind of body, graded, with the reason.

    A table for a person to judge: print it as CSV, write yes, no or unsure into the column "decision", load it back.

    \b
    Examples:
      dutygraph holders --grade unsure --format csv > review.csv
      dutygraph load holders review.csv
    """
    answer_with(store, form, show_query, lambda kg: kg.holders(act, grade, limit, on))


COMMANDS = (search, extract, holders)
