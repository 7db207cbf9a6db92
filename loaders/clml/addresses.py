"""Identifiers in CLML files: paths from ``id`` attributes, and what a provision is called."""

from __future__ import annotations

import re

PROVISION_WORDS = frozenset(
    {
        "section",
        "article",
        "regulation",
        "rule",
        "paragraph",
        "part",
        "chapter",
        "crossheading",
        "schedule",
        "annex",
        "appendix",
        "division",
        "title",
        "form",
        "clause",
        "subheading",
        "table",
    }
)
"""Words that open a segment of a provision's path."""


_PATH = re.compile(r"[^\s<>\"{}|\\^`?#]+")


def own_path(identifier: str | None, opening: str) -> str:
    """Return the path of a provision of an instrument; empty for any other address.

    >>> own_path("http://www.legislation.gov.uk/id/ukpga/1998/37/section/6", "http://www.legislation.gov.uk/id/ukpga/1998/37/")
    'section/6'
    """
    if identifier is None or not identifier.startswith(opening):
        return ""
    path = identifier[len(opening) :]
    return path if _PATH.fullmatch(path) else ""


def path_of_id(identifier: str | None) -> str:
    """Return the provision path that an ``id`` attribute stands for; empty if it stands for none.

    >>> path_of_id("section-3-2-a"), path_of_id("part-1-crossheading-duties-of-councils"), path_of_id("p00223")
    ('section/3/2/a', 'part/1/crossheading/duties-of-councils', '')
    """
    if not identifier or identifier.partition("-")[0] not in PROVISION_WORDS:
        return ""
    before, mark, heading = identifier.partition("crossheading-")
    return before.replace("-", "/") + mark.replace("-", "/") + heading


def kind_of(path: str) -> str:
    """Return what the provision with this path is called.

    >>> kind_of("section/3/2/a"), kind_of("schedule/3/paragraph/4/1"), kind_of("part/1/chapter/2")
    ('section', 'paragraph', 'chapter')
    """
    parts = path.split("/")
    if "crossheading" in parts:
        return "crossheading"
    words = [part for part in parts if part in PROVISION_WORDS]
    return words[-1] if words else parts[0]
