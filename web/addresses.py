"""Where each thing has its page: from an IRI to a path of this site, and back.

A path is stable: it is made of what the thing is and of its own name in the IRI. Provisions stand under their
instrument, as on legislation.gov.uk.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from urllib.parse import quote, urlencode

from ..ontology.namespaces import ID, LEG, area_iri, legislation_iri, thing

_FOLDERS = {
    "area": "place",
    "body": "body",
    "post": "post",
    "partnership": "partnership",
    "class": "class",
    "norm": "duty",
    "product": "product",
    "source": "source",
    "topic": "topic",
}
"""What stands in the IRI, and the folder in which the page is."""

_KINDS = {folder: kind for kind, folder in _FOLDERS.items()}
_ONS_CODE = re.compile(r"http://statistics\.data\.gov\.uk/id/statistical-geography/(\w+)")
_SAFE_PATH = re.compile(r"[A-Za-z0-9/.,_-]+")

FOLDERS = ("place", "body", "post", "partnership", "instrument", "duty", "class", "product", "source", "topic")
"""The folders that hold a page for each thing of a kind."""


@lru_cache(maxsize=20_000)
def path_of(iri: str) -> str | None:
    """Return the path of a thing's page, or None if it has none.

    >>> path_of("http://statistics.data.gov.uk/id/statistical-geography/E07000220")
    '/place/E07000220'
    >>> path_of("http://www.legislation.gov.uk/id/ukpga/1998/37/section/6")
    '/instrument/ukpga/1998/37/section/6'
    """
    code = _ONS_CODE.fullmatch(iri)
    if code:
        return f"/place/{code[1]}"
    if iri.startswith(LEG):
        rest = iri.removeprefix(LEG)
        return f"/instrument/{rest}" if _SAFE_PATH.fullmatch(rest) else None
    kind, _slash, slug = iri.removeprefix(ID).partition("/")
    folder = _FOLDERS.get(kind) if iri.startswith(ID) else None
    return f"/{folder}/{quote(slug)}" if folder and slug else None


def iri_of(folder: str, rest: str) -> str | None:
    """Return the IRI of the thing whose page is at a path, or None if no thing can be there.

    >>> iri_of("duty", "cda1998-s6-strategy")
    'https://w3id.org/dutygraph/id/norm/cda1998-s6-strategy'
    >>> iri_of("body", "../etc/passwd")
    """
    try:
        if folder == "place":
            return area_iri(rest)
        if folder == "instrument":
            return legislation_iri(rest)
        return thing(_KINDS[folder], rest) if folder in _KINDS else None
    except ValueError:
        return None


def _query(values: dict[str, str]) -> str:
    return urlencode({name: value for name, value in values.items() if value})


@dataclass(frozen=True)
class Links:
    """How pages link to each other: every link keeps the place and the day that the reader chose.

    Attributes:
        area: the place as chosen, a name or an ONS code; empty for none.
        on: the day as chosen, ISO; empty for today.
    """

    area: str = ""
    on: str = ""

    @property
    def served(self) -> bool:
        """Say whether pages are served, so that forms work."""
        return True

    def page(self, path: str, **values: str) -> str:
        """Return the address of a page of this site."""
        query = _query({"area": self.area, "on": self.on} | values) if values else self._chosen
        return f"{path}?{query}" if query else path

    @cached_property
    def _chosen(self) -> str:
        """The query that most links of a page share."""
        return _query({"area": self.area, "on": self.on})

    def thing(self, iri: str | None) -> str | None:
        """Return the address of a thing's page, or None if it has none."""
        path = path_of(iri) if iri else None
        return self.page(path) if path else None

    def static(self, name: str) -> str:
        """Return the address of a stylesheet or script."""
        return f"/static/{name}"
