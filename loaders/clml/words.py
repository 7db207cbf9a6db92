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


def plain(element: _Element | None) -> str:
    """Return all text in an element, squeezed; empty for None."""
    if element is None:
        return ""
    return (
        squeeze("".join(text for text in element.itertext() if isinstance(text, str)))
        if len(element)
        else squeeze(element.text)
    )


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
    """Text as it is put together. Until all of it is there places count its characters as they stand in the file;
    then the white space is squeezed once for the whole run, and the places are brought into line."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.changes: list[Change] = []
        self.references: list[Reference] = []
        self.insertions: list[tuple[int, int]] = []
        self.notes: list[str] = []
        self.terms: list[tuple[int, int]] = []

    def add(self, text: str | None) -> None:
        if text:
            self.pieces.append(text)
            self.length += len(text)

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
            if self.pieces:
                self.add(" ")
            self.read(element)

    def _mark(self, element: _Element, name: str, start: int) -> None:
        if name in _CITATIONS:
            reference = _reference(element, start, self.length)
            if reference:
                self.references.append(reference)
        elif name in _CHANGES:
            self.changes.append(_change(element, _CHANGES[name], start, self.length))
        elif name == "Term":
            self.terms.append((start, self.length))
        elif name == "InlineAmendment":
            self.insertions.append((start, self.length))

    def words(self) -> Words:
        raw = "".join(self.pieces)
        text = squeeze(raw)
        terms = tuple(squeeze(raw[start:end]) for start, end in self.terms)
        if len(text) != len(raw):  # else there was nothing to squeeze, and every place is true
            self._bring_into_line(raw)
        return Words(
            text, tuple(self.changes), tuple(self.references), tuple(self.notes), terms, tuple(self.insertions)
        )

    def _bring_into_line(self, raw: str) -> None:
        """Make the places count the characters of the squeezed text."""
        marks: list[Change | Reference] = [*self.changes, *self.references]
        places = {place for mark in marks for place in (mark.start, mark.end)}
        now = squeezed_places(raw, places.union(*self.insertions))
        self.changes = [mark._replace(start=now[mark.start], end=now[mark.end]) for mark in self.changes]
        self.references = [mark._replace(start=now[mark.start], end=now[mark.end]) for mark in self.references]
        self.insertions = [(now[start], now[end]) for start, end in self.insertions]


def squeezed_places(raw: str, places: Iterable[int]) -> dict[int, int]:
    r"""Return where places of a text are once its white space is squeezed; one after a space stays after it.

    >>> squeezed_places("\n  He  must\n act ", [3, 7, 12, 16])
    {3: 0, 7: 3, 12: 8, 16: 11}
    """
    now: dict[int, int] = {}
    length = last = 0
    spaced = True  # at the beginning, or after a space: another space adds nothing
    for place in sorted(places):
        piece = raw[last:place]
        if piece:
            squeezed = squeeze(piece)
            opens, ends = piece[0].isspace() and not spaced, piece[-1].isspace()
            length += len(squeezed) + opens + (ends and bool(squeezed))
            spaced = ends
        now[place] = length
        last = place
    return now


def _reference(element: _Element, start: int, end: int) -> Reference | None:
    """Return what a citation cites; most have one attribute of four, so their names are asked for first."""
    own, get = element.keys(), element.get
    iri = id_iri(("IdURI" in own and get("IdURI")) or get("URI"))
    if not iri:
        return None
    until = get("UpTo") if "UpTo" in own else None
    operative = "Operative" in own and get("Operative") == "true"
    return Reference(iri, id_iri(until) if until else "", start, end, operative)


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
