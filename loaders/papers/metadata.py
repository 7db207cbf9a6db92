"""Say whose paper it is: title, author, date, the body to which it was put, the day of the meeting, as printed."""

from __future__ import annotations

import re
from dataclasses import replace

from .dates import printed_date
from .model import Paper, Passage

_HEAD = 60
"""How many passages from the beginning are looked at."""
_BODY = re.compile(
    r"((?:[A-Z][\w&'-]*\s+(?:(?:and|of|the|&)\s+)*){1,7}(?:Panel|Committee|Cabinet|Board|Council|Partnership"
    r"|Forum))\b"
)


def describe(paper: Paper) -> Paper:
    """Add the metadata that the head of a paper prints."""
    head = paper.passages[:_HEAD]
    printed = {key: value for passage in head for key, value in _pairs(passage)}
    author = (
        printed.get("report author")
        or printed.get("report authors")
        or printed.get("author")
        or printed.get("report of")
        or ""
    )
    own = iso_date(printed.get("report date") or printed.get("date") or "")
    bodies = [
        found[1] for passage in head[:6] if len(passage.text) < 120 for found in [_BODY.search(passage.text)] if found
    ]
    meeting = next(
        (when for passage in head[:25] if _names_meeting(passage) for when in [iso_date(passage.text)] if when), ""
    )
    return replace(
        paper,
        title=_title(head),
        author=author,
        date=own
        or meeting
        or next((when for passage in head if len(passage.text) < 80 for when in [iso_date(passage.text)] if when), ""),
        body=" ".join(bodies[0].split()) if bodies else "",
        meeting=meeting,
    )


def iso_date(text: str) -> str:
    """Return the first full date in a text as ``YYYY-MM-DD``; empty if there is none.

    >>> iso_date("on Friday, 3 rd November 2023"), iso_date("in November 2023")
    ('2023-11-03', '')
    """
    found = printed_date(text) or ""
    return found if len(found) == 10 else ""


def _pairs(passage: Passage) -> list[tuple[str, str]]:
    if passage.kind == "row" and len(passage.cells) == 2:
        return [(passage.cells[0].rstrip(":").casefold(), passage.cells[1])]
    found = re.match(r"(report (?:authors?|of|date)|author|date)\s*:\s*(.{3,120})", passage.text, re.IGNORECASE)
    return [(found[1].casefold(), found[2])] if found else []


def _names_meeting(passage: Passage) -> bool:
    """Whether a passage gives the day of the meeting itself, not of the one before or the next."""
    other = re.search(r"\b(?:last|previous|since|next|held on|following)\b", passage.text, re.IGNORECASE)
    named = re.search(r"\b(?:Panel|Committee|Board|Cabinet|Council|meeting|hours|am|pm)\b", passage.text)
    return named is not None and other is None


def _title(head: tuple[Passage, ...]) -> str:
    """The first heading that is no section of its own, and its second line if it is one."""
    for passage in head:
        if (
            passage.kind == "heading"
            and not passage.marker
            and not re.match(r"(?:item|agenda|appendix)\b", passage.text, re.I)
        ):
            return passage.text
    return head[0].text[:200] if head else ""
