"""The command that finds things by words: search."""

from __future__ import annotations

import click

from .options import answer_with, on_option, reading_options


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


COMMANDS = (search,)
