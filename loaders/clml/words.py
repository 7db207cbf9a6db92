"""A run of text of a CLML file, with what the editors marked in it: changes, citations, defined terms.

Text is joined without adding spaces and then its white space is squeezed, since files may be pretty-printed with
line breaks round every inline element. The source's own slips stay.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ...citations.uris import id_iri
from .model import Change, ChangeKind, Reference, Words

if TYPE_CHECKING:
    from lxml.etree import _Element

_CHANGES: dict[str, ChangeKind] = {"Addition": "addition", "Substitution": "substitution", "Repeal": "repeal"}
_CITATIONS = frozenset({"Citation", "CitationSubRef", "InternalLink", "ExternalLink"})
_UNREAD = frozenset({"Footnote", "FootnoteRef", "MarginNoteRef", "Image", "Figure", "CommentaryRef"})


class LocalNames(dict[object, str]):
    """Local names of tags, each worked out once: fragments have no namespace, so local names are what counts.

    >>> LocalNames()["{http://www.legislation.gov.uk/namespaces/legislation}P1"]
    'P1'
    """

    def __missing__(self, tag: object) -> str:
        name = tag.rpartition("}")[2] if isinstance(tag, str) else ""
        self[tag] = name
        return name


LOCAL = LocalNames()


def squeeze(text: str | None) -> str:
    r"""Return a text with each run of white space as one space, and none at its ends.

    >>> squeeze("\n  4\n ")
    '4'
    """
    return " ".join(text.split()) if text else ""


def all_text(element: _Element) -> str:
    """Return all text in an element, as it stands."""
    return "".join(text for text in element.itertext() if isinstance(text, str))


def plain(element: _Element | None) -> str:
    """Return all text in an element, squeezed; empty for None."""
    if element is None:
        return ""
    return squeeze(all_text(element)) if len(element) else squeeze(element.text)


def read_words(element: _Element) -> Words:
    """Read an element's text with the marks in it.

    Args:
        element: a ``Text`` or anything else that holds running text.
    """
    if not len(element):
        return Words(squeeze(element.text))
    run = _Run()
    run.read(element)
    return run.words()


def join_words(elements: Iterable[_Element]) -> Words:
    """Read the text of several elements as one, a space between them."""
    run = _Run()
    run.read_all(elements)
    return run.words()


class _Run:
    """Text as it is put together; positions count squeezed characters."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.spaced = True  # at the beginning, or after a space: another space adds nothing
        self.changes: list[Change] = []
        self.references: list[Reference] = []
        self.insertions: list[tuple[int, int]] = []
        self.notes: list[str] = []
        self.terms: list[str] = []

    def add(self, text: str | None) -> None:
        """Add text, its white space squeezed also where it meets what stands before it."""
        if not text:
            return
        squeezed = " ".join(text.split())
        opens, ends = text[0].isspace(), text[-1].isspace()
        if opens and not self.spaced:
            squeezed = " " + squeezed
        if ends and squeezed and squeezed != " ":
            squeezed += " "
        if squeezed:
            self.spaced = ends
            self.pieces.append(squeezed)
            self.length += len(squeezed)

    def read(self, element: _Element) -> None:
        self.add(element.text)
        for child in element:
            name = LOCAL[child.tag]
            if name == "CommentaryRef":
                self.notes.append(child.get("Ref", ""))
            elif name and name not in _UNREAD:
                start = self.length
                self.read(child)
                self._mark(child, name, start)
            self.add(child.tail)

    def read_all(self, elements: Iterable[_Element]) -> None:
        """Read elements one after the other, a space between them."""
        for element in elements:
            self.add(" ")
            self.read(element)

    def _mark(self, element: _Element, name: str, start: int) -> None:
        if name in _CHANGES:
            self.changes.append(_change(element, _CHANGES[name], start, self.length))
        elif name in _CITATIONS:
            iri = id_iri(element.get("IdURI") or element.get("URI"))
            if iri:
                until = element.get("UpTo")
                operative = element.get("Operative") == "true"
                self.references.append(Reference(iri, id_iri(until) if until else "", start, self.length, operative))
        elif name == "Term":
            self.terms.append(squeeze(all_text(element)))
        elif name == "InlineAmendment":
            self.insertions.append((start, self.length))

    def words(self) -> Words:
        text = "".join(self.pieces)
        return Words(
            text.rstrip(),
            tuple(self.changes),
            tuple(self.references),
            tuple(self.notes),
            tuple(self.terms),
            tuple(self.insertions),
        )


def _change(element: _Element, kind: ChangeKind, start: int, end: int) -> Change:
    return Change(
        start,
        end,
        kind,
        element.get("RetainText") == "true",
        element.get("Extent", ""),
        element.get("SubstitutionRef") is not None,
        element.get("CommentaryRef", ""),
    )
