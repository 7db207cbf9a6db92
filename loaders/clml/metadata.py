"""What a CLML file says of the document as a whole: its metadata, and what identifies it."""

from __future__ import annotations

from typing import NamedTuple
from xml.etree.ElementTree import Element

from ...citations import split_path
from ...citations.uris import id_iri
from ...ontology.namespaces import LEG
from .words import LOCAL, squeeze

_BASES = ("xml:base", "{http://www.w3.org/XML/1998/namespace}base")


class Metadata(NamedTuple):
    """What the metadata says.

    Args:
        values: the first value of each name: an attribute ``Value`` or ``Date``, else the text that an element begins
            with. EUR-Lex's own block, which comes last, is left out.
        welsh_number: an instrument's number in the Welsh series, which the Welsh text marks as "Cy."; else empty.
    """

    values: dict[str, str]
    welsh_number: str


def metadata_of(root: Element) -> Metadata:
    """Read the metadata of a document, which is directly in its outermost element; without any, no values."""
    values: dict[str, str] = {}
    welsh_number = ""
    for block in root:
        if values or LOCAL[block.tag] != "Metadata":
            continue
        for element in block.iter():
            name = LOCAL[element.tag]
            if name == "EURLexMetadata":
                break
            if name == "AlternativeNumber" and element.get("Category") in {"W", "Cy"}:
                welsh_number = welsh_number or element.get("Value", "")
            value = element.get("Value") or element.get("Date") or squeeze(element.text)
            if value and element is not block:
                values.setdefault(name, value)
    return Metadata(values, welsh_number)


def base_of(root: Element, metadata: dict[str, str]) -> str:
    """Return the id IRI of the instrument; empty if nothing says it.

    Args:
        root: the outermost element: if neither it nor the metadata says it, as in a cut, the first identifier does.
        metadata: what the metadata says.
    """
    addresses = [root.get("IdURI"), metadata.get("identifier"), *map(root.get, _BASES), root.get("DocumentURI")]
    iri = next((iri for iri in map(id_iri, addresses) if iri), "")
    if not iri:
        iri = next((id_iri(element.get("IdURI")) for element in root.iter() if element.get("IdURI") is not None), "")
    return LEG + split_path(iri.removeprefix(LEG))[0] if iri else ""


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
