"""Identifiers in CLML files: legislation.gov.uk addresses to id IRIs, and what a provision is called."""

from __future__ import annotations

import re
from functools import lru_cache

from ...ontology.namespaces import LEG

_SITE = re.compile(r"https?://(?:www\.)?legislation\.gov\.uk/(?:id/)?(?!id/)([a-z]{3,5}/[^\s<>\"{}|\\^`?#]+)")
_VERSION = re.compile(
    r"/(?:enacted|made|created|adopted|prospective|\d{4}-\d\d-\d\d|england(?:\+wales)?|wales|scotland|ni|welsh|english"
    r"|data\.\w+)(?=/|$)"
)
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


@lru_cache(maxsize=8192)
def id_iri(address: str | None) -> str:
    """Return the id IRI for an address on legislation.gov.uk; empty for any other address, or none.

    >>> id_iri("https://legislation.gov.uk/ukpga/1998/37/section/6/2012-04-01")
    'http://www.legislation.gov.uk/id/ukpga/1998/37/section/6'
    >>> id_iri("http://www.legislation.gov.uk/id/ukpga/Geo3/49/126/section/78.")
    'http://www.legislation.gov.uk/id/ukpga/Geo3/49/126/section/78.'
    """
    match = _SITE.fullmatch((address or "").strip().partition("#")[0].partition("?")[0].rstrip("/"))
    return LEG + _VERSION.sub("", match[1]) if match else ""


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
