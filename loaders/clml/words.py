"""A run of text of a CLML file, with what the editors marked in it: changes, citations, defined terms.

Text is joined without adding spaces and then its white space is squeezed, since files may be pretty-printed with
line breaks round every inline element. The source's own slips stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import TypeAlias

from ...citations.uris import id_iri
from .model import Change, ChangeKind, Reference, Words

_CHANGES: dict[str, ChangeKind] = {"Addition": "addition", "Substitution": "substitution", "Repeal": "repeal"}
_CITATIONS = frozenset({"Citation", "CitationSubRef", "InternalLink", "ExternalLink"})


class LocalNames(dict[str, str]):
    """Local names of tags, each worked out once: fragments have no namespace, so local names are what counts.

    >>> LocalNames()["leg:P1"]
    'P1'
    """

    def __missing__(self, tag: str) -> str:
        name = tag.rpartition(":")[2]
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


Mark: TypeAlias = tuple[str, dict[str, str], int, int]
"""An element in a run of text: its name as the file has it, its attributes, how many pieces of text came before it
and before its end. A plain tuple, since a large Act has ten thousand of them."""


def words_of(pieces: Sequence[str], marks: Sequence[Mark]) -> Words:
    """Put a run of text together.

    Args:
        pieces: its text, in pieces as the tags cut it.
        marks: the elements in it, in the order in which they end.
    """
    raw = "".join(pieces)
    text = " ".join(raw.split())
    if not marks:
        return Words(text)
    places: Sequence[int] = list(accumulate(map(len, pieces), initial=0))
    now = places if len(text) == len(raw) else _squeezed(raw, places, marks)
    changes: list[Change] = []
    references: list[Reference] = []
    notes: list[str] = []
    terms: list[str] = []
    insertions: list[tuple[int, int]] = []
    for tag, attributes, first, last in marks:
        name = LOCAL[tag]
        if name in _CITATIONS:
            reference = _reference(attributes, now[first], now[last])
            if reference:
                references.append(reference)
        elif name == "CommentaryRef":
            notes.append(attributes.get("Ref", ""))
        elif name in _CHANGES:
            changes.append(_change(attributes, _CHANGES[name], now[first], now[last]))
        elif name == "Term":
            terms.append(squeeze(raw[places[first] : places[last]]))
        elif name == "InlineAmendment":
            insertions.append((now[first], now[last]))
    return Words(text, tuple(changes), tuple(references), tuple(notes), tuple(terms), tuple(insertions))


def _squeezed(raw: str, places: Sequence[int], marks: Sequence[Mark]) -> list[int]:
    """Return where each piece of a text begins once its white space is squeezed; of those that a mark needs."""
    needed = {places[number] for mark in marks for number in mark[2:]}
    now = squeezed_places(raw, needed)
    return [now.get(place, 0) for place in places]


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


def _reference(attributes: dict[str, str], start: int, end: int) -> Reference | None:
    iri = id_iri(attributes.get("IdURI") or attributes.get("URI"))
    if not iri:
        return None
    until = attributes.get("UpTo")
    return Reference(iri, id_iri(until) if until else "", start, end, attributes.get("Operative") == "true")


def _change(attributes: dict[str, str], kind: ChangeKind, start: int, end: int) -> Change:
    return Change(
        start,
        end,
        kind,
        attributes.get("RetainText") == "true",
        attributes.get("Extent", ""),
        "SubstitutionRef" in attributes,
        attributes.get("CommentaryRef", ""),
    )
