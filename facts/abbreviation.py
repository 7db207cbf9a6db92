"""Abbreviations as the paper itself expands them: ``standsFor``."""

from __future__ import annotations

from collections.abc import Iterator

from .context import Context
from .model import Fact


def find(context: Context) -> Iterator[Fact]:
    """Find what the short forms of a paper stand for."""
    for item in context.abbreviations:
        passage = item.sentence.passage
        printed = (
            {"as_printed": item.printed} if item.printed.removeprefix("the ") != item.short.removeprefix("the ") else {}
        )
        yield Fact(
            "abbreviation",
            item.short,
            "standsFor",
            item.long,
            passage.locator,
            item.sentence.quote(item.start, item.end),
            "abbreviation-in-brackets",
            more=printed,
            passage=passage.number,
        )
