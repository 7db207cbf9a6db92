"""A run of text of a CLML file, with what the editors marked in it: changes, citations, defined terms.

Text is joined without adding spaces and then its white space is squeezed, since files may be pretty-printed with
line breaks round every inline element. The source's own slips stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias
from xml.etree.ElementTree import Element

from ...citations.uris import id_iri
from .model import Change, ChangeKind, Reference, Words

_CHANGES: dict[str, ChangeKind] = {"Addition": "addition", "Substitution": "substitution", "Repeal": "repeal"}
_UNREAD = frozenset({"Footnote", "FootnoteRef", "MarginNoteRef", "Image", "Figure"})
_CITATIONS = frozenset({"Citation", "CitationSubRef", "InternalLink", "ExternalLink"})


class LocalNames(dict[str, str]):
    """Local names of tags, each worked out once: fragments have no namespace, so local names are what counts.

    >>> LocalNames()["leg:P1"], LocalNames()["{http://www.legislation.gov.uk/namespaces/legislation}P1"]
    ('P1', 'P1')
    """

    def __missing__(self, tag: str) -> str:
        name = tag.rpartition("}")[2].rpartition(":")[2]
        if len(self) < 10_000:  # a file may be made of nothing but names
            self[tag] = name
        return name


LOCAL = LocalNames()


def squeeze(text: str | None) -> str:
    r"""Return a text with each run of white space as one space, and none at its ends.

    >>> squeeze("\n  4\n ")
    '4'
    """
    return " ".join(text.split()) if text else ""


_Mark: TypeAlias = tuple[str, Element, int, int]
"""An element in a run of text: its local name, itself, where its text begins and ends."""


def words_of(element: Element, deepest: int) -> Words:
    """Put the run of text of an element together.

    Args:
        element: the element.
        deepest: how many levels of elements it may hold.

    Raises:
        TooDeep: if it holds more.
    """
    if not len(element):
        return Words(squeeze(element.text))
    pieces: list[str] = []
    marks: list[_Mark] = []
    _gather(element, 0, deepest, pieces, marks)
    return _joined("".join(pieces), marks)


def words_of_all(elements: Iterable[Element], deepest: int) -> Words:
    """Put the runs of text of several elements together, as :func:`words_of` does of one, with spaces between."""
    pieces: list[str] = []
    marks: list[_Mark] = []
    end = 0
    for element in elements:
        if pieces:
            pieces.append(" ")
            end += 1
        end = _gather(element, end, deepest, pieces, marks)
    return _joined("".join(pieces), marks)


class TooDeep(Exception):
    """Elements are nested deeper than anything that is read."""


def _gather(element: Element, start: int, deepest: int, pieces: list[str], marks: list[_Mark]) -> int:
    """Gather the pieces of an element's text, and the marks in it in the order in which they end; return its end."""
    if deepest < 0:
        raise TooDeep
    end = start
    text = element.text
    if text:
        pieces.append(text)
        end += len(text)
    for inner in element:
        name = LOCAL[inner.tag]
        if name not in _UNREAD:
            begins = end
            if len(inner):
                end = _gather(inner, end, deepest - 1, pieces, marks)
            else:
                text = inner.text
                if text:
                    pieces.append(text)
                    end += len(text)
            marks.append((name, inner, begins, end))
        text = inner.tail
        if text:
            pieces.append(text)
            end += len(text)
    return end


def _joined(raw: str, marks: Sequence[_Mark]) -> Words:
    text = " ".join(raw.split())
    if not marks:
        return Words(text)
    now = None if len(text) == len(raw) else squeezed_places(raw, {place for mark in marks for place in mark[2:]})
    changes: list[Change] = []
    references: list[Reference] = []
    notes: list[str] = []
    terms: list[str] = []
    insertions: list[tuple[int, int]] = []
    for name, element, first, last in marks:
        start, end = (first, last) if now is None else (now[first], now[last])
        if name in _CITATIONS:
            reference = _reference(element, start, end)
            if reference:
                references.append(reference)
        elif name == "CommentaryRef":
            notes.append(element.get("Ref", ""))
        elif name in _CHANGES:
            changes.append(_change(element, _CHANGES[name], start, end))
        elif name == "Term":
            terms.append(squeeze(raw[first:last]))
        elif name == "InlineAmendment":
            insertions.append((start, end))
    return Words(text, tuple(changes), tuple(references), tuple(notes), tuple(terms), tuple(insertions))


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


def _reference(element: Element, start: int, end: int) -> Reference | None:
    iri = id_iri(element.get("IdURI") or element.get("URI"))
    if not iri:
        return None
    until = element.get("UpTo")
    return Reference(iri, id_iri(until) if until else "", start, end, element.get("Operative") == "true")


def _change(element: Element, kind: ChangeKind, start: int, end: int) -> Change:
    return Change(
        start,
        end,
        kind,
        element.get("RetainText") == "true",
        element.get("Extent", ""),
        element.get("SubstitutionRef") is not None,
        element.get("CommentaryRef", ""),
    )
