"""What a CLML file says of the document as a whole, read as it is parsed: its metadata, and what identifies it."""

from __future__ import annotations

from xml.parsers import expat

from ...citations import split_path
from ...citations.uris import id_iri
from ...ontology.namespaces import LEG
from .words import LOCAL, squeeze


class Metadata:
    """The metadata as it is told.

    ``values`` has the first value of each name: an attribute ``Value`` or ``Date``, else the text that it begins
    with. EUR-Lex's own block is left out. ``welsh_number`` is an instrument's number in the Welsh series, which the
    Welsh text marks as "Cy.".

    Args:
        pieces: where the parser puts text.
    """

    def __init__(self, pieces: list[str]) -> None:
        self.values: dict[str, str] = {}
        self.welsh_number = ""
        self._pieces = pieces
        self._waiting = ""
        self._over = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take an element's beginning."""
        self.take_text()
        name = LOCAL[name]
        value = attributes.get("Value") or attributes.get("Date")
        if name == "AlternativeNumber" and attributes.get("Category") in {"W", "Cy"}:
            self.welsh_number = self.welsh_number or attributes.get("Value", "")
        self._over = self._over or name == "EURLexMetadata"
        if self._over:
            return
        if value:
            self.values.setdefault(name, value)
        else:
            self._waiting = name

    def take_text(self) -> None:
        """Take the text since the last tag; to be called at each."""
        if self._waiting:
            value = squeeze("".join(self._pieces))
            if value:
                self.values.setdefault(self._waiting, value)
            self._waiting = ""
        self._pieces.clear()


def base_of(root: dict[str, str], metadata: dict[str, str], data: bytes) -> str:
    """Return the id IRI of the instrument; empty if nothing says it.

    Args:
        root: the attributes of the outermost element.
        metadata: what the metadata says.
        data: the file: if neither says it, as in a cut, the first identifier in it does.
    """
    addresses = [root.get("IdURI"), metadata.get("identifier"), root.get("xml:base"), root.get("DocumentURI")]
    iri = next((iri for iri in map(id_iri, addresses) if iri), "") or id_iri(_first_identifier(data))
    return LEG + split_path(iri.removeprefix(LEG))[0] if iri else ""


class _Found(Exception):
    """The identifier that was looked for: there is no other way to leave a parse."""


def _first_identifier(data: bytes) -> str | None:
    def start(_name: str, attributes: dict[str, str]) -> None:
        if "IdURI" in attributes:
            raise _Found(attributes["IdURI"])

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    try:
        parser.Parse(data, True)
    except _Found as found:
        return str(found)
    except (expat.ExpatError, LookupError, ValueError):  # the parse that asked for it says so
        return None
    return None


def first_word(base: str, title: str) -> str:
    """Return what the first level of provisions is called where the file does not say.

    >>> first_word("http://www.legislation.gov.uk/id/uksi/2007/1830", "The Crime and Disorder Regulations 2007")
    'regulation'
    """
    kind = base.removeprefix(LEG).partition("/")[0]
    if kind.startswith("eu"):
        return "article"
    if kind not in {"uksi", "wsi", "ssi", "nisr", "uksro", "nisro", "ukci", "ukmo", "nisi"}:
        return "section"
    title = title.lower()
    return "regulation" if "regulations" in title else "rule" if "rules" in title else "article"
