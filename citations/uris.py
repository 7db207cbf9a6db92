"""Addresses on legislation.gov.uk (https://www.legislation.gov.uk/developer/uris).

An address names a work (``ukpga/1998/37``), one of its provisions (``/section/6/1/a``), and one version of the text
(``/enacted``, ``/2012-04-01``). Only the id IRI, without version, extent or language, is an identifier.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

SITE = "http://www.legislation.gov.uk/"
ID = SITE + "id/"

_ADDRESS = re.compile(
    r"""
    (?:https?://(?:www\.)?legislation\.gov\.uk)?/?   # the site, either scheme; a bare path is understood too
    (?:id/)?
    (?P<type>[a-z]{3,5})/
    (?P<year>\d{4}|[A-Z][A-Za-z0-9]*/\d[\d-]*)/      # a calendar year, or a regnal one: Geo3/49
    (?P<number>\d+)
    (?P<rest>(?:/[^\s<>"{}|\\^`?#/]+)*)/?
    """,
    re.VERBOSE,
)
_ID_IRI = re.compile(r"https?://(?:www\.)?legislation\.gov\.uk/(?:id/)?(?!id/)([a-z]{3,5}/[^\s<>\"{}|\\^`?#]+)")
_VERSION = re.compile(r"enacted|made|created|adopted|prospective|\d{4}-\d\d-\d\d")
_EXTENTS = frozenset({"england", "wales", "scotland", "ni", "england+wales", "england+wales+scotland"})
_LANGUAGES = frozenset({"welsh", "english"})
_VIEW = re.compile(r"/(?:enacted|made|created|adopted|prospective|\d{4}-\d\d-\d\d|welsh|english|data\.\w+|contents"
                   r"|(?:england|wales|scotland|ni)(?:\+(?:wales|scotland|ni))*)(?=/|$)")  # fmt: skip


@dataclass(frozen=True, slots=True)
class LegislationUri:
    """An address on legislation.gov.uk, taken apart.

    Args:
        type: kind of instrument, such as ``ukpga``, ``uksi``, ``wsi``, ``asc``, ``eur``.
        year: calendar year, or reign and regnal year (``Geo3/49``).
        number: its number in that year.
        provision: path of the provision, such as ``section/6/1/a``; empty for the whole.
        version: ``enacted``, ``made``, ``prospective`` or a day; empty for the current text.
        extent: ``england``, ``wales`` … where the address asks for one country's text.
        language: ``welsh`` or ``english`` where the address says.

    >>> uri = LegislationUri.parse("https://legislation.gov.uk/ukpga/1998/37/section/6/2012-04-01")
    >>> uri.work, uri.provision, uri.version, uri.iri
    ('ukpga/1998/37', 'section/6', '2012-04-01', 'http://www.legislation.gov.uk/id/ukpga/1998/37/section/6')
    >>> LegislationUri.parse("ukpga/Geo3/49/126/section/78.").work
    'ukpga/Geo3/49/126'
    """

    type: str
    year: str
    number: str
    provision: str = ""
    version: str = ""
    extent: str = ""
    language: str = ""

    @classmethod
    def parse(cls, address: str) -> LegislationUri:
        """Take an address or a bare path apart.

        Raises:
            ValueError: if it is none of legislation.gov.uk's.
        """
        match = _ADDRESS.fullmatch(address.strip().partition("#")[0].partition("?")[0])
        if not match:
            raise ValueError(
                f'"{address}" is no address of legislation.gov.uk. Write type, year and number: ukpga/1998/37.'
            )
        parts = [part for part in match["rest"].split("/") if part and not part.startswith("data.")]
        views = {"version": "", "extent": "", "language": ""}
        while parts and _view(parts[-1]):
            part = parts.pop()
            views[_view(part)] = part
        return cls(match["type"], match["year"], match["number"], "/".join(parts), **views)

    @property
    def work(self) -> str:
        """Type, year and number: the instrument."""
        return f"{self.type}/{self.year}/{self.number}"

    @property
    def path(self) -> str:
        """The instrument and the provision, without version."""
        return f"{self.work}/{self.provision}" if self.provision else self.work

    @property
    def iri(self) -> str:
        """The identifier: no version, extent or language."""
        return ID + self.path

    def at(self, version: str | date) -> LegislationUri:
        """Return the address of one version: a day, or ``enacted``, ``made``, ``prospective``.

        >>> LegislationUri.parse("ukpga/1998/37").at(date(2012, 4, 1)).address
        'http://www.legislation.gov.uk/ukpga/1998/37/2012-04-01'
        """
        return replace(self, version=version.isoformat() if isinstance(version, date) else version)

    @property
    def address(self) -> str:
        """The address of the text: with version, extent and language, in the order that the site uses."""
        parts = (self.path, self.extent, self.version, self.language)
        return SITE + "/".join(part for part in parts if part)


def _view(part: str) -> str:
    """Say which view of the text a last segment asks for; empty if it belongs to the provision."""
    if _VERSION.fullmatch(part):
        return "version"
    return "extent" if part in _EXTENTS else "language" if part in _LANGUAGES else ""


@lru_cache(maxsize=8192)
def id_iri(address: str | None) -> str:
    """Return the id IRI for an address on legislation.gov.uk; empty for any other address, or none.

    Faster than :class:`LegislationUri`, and content with any path that the site uses for a document.

    >>> id_iri("https://legislation.gov.uk/ukpga/1998/37/section/6/2012-04-01")
    'http://www.legislation.gov.uk/id/ukpga/1998/37/section/6'
    >>> id_iri("http://www.legislation.gov.uk/id/ukpga/Geo3/49/126/section/78.")
    'http://www.legislation.gov.uk/id/ukpga/Geo3/49/126/section/78.'
    """
    match = _ID_IRI.fullmatch((address or "").strip().partition("#")[0].partition("?")[0].rstrip("/"))
    return ID + _VIEW.sub("", match[1]) if match else ""
