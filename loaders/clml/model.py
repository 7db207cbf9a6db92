"""What a CLML file says, as plain values: a document, its provisions, their words.

:mod:`dutygraph.loaders.clml.reader` makes these values; the loader turns them into quads, and the norms are
found in them. Nothing here knows XML. Values of which a large Act has thousands are named tuples, since those are
made in a third of the time that a frozen dataclass takes.

A provision's ``content`` holds its parts in document order. The words before the first item are the lead-in, those
after the last one the tail::

    Provision section/4/1
      Words "If a local housing authority consider—"      lead-in
      Provision section/4/1/a                             item, itself a provision
      Provision section/4/1/b
      Words "the authority must arrange for such …"       tail
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

ChangeKind = Literal["addition", "substitution", "repeal"]
Status = Literal["", "prospective", "repealed", "discarded"]
NoteKind = Literal["F", "I", "C", "P", "E", "M", "X", ""]

_DOTS = frozenset(". …\u00a0")


class Change(NamedTuple):
    """A run of words that a later enactment put in, replaced or took out.

    Args:
        start: where it begins in the words' text.
        end: where it ends (exclusive).
        kind: addition, substitution or repeal.
        retained: a repeal whose words are still shown (``RetainText``).
        extent: the only countries that the change is for, as in ``RestrictExtent`` ("E", "W", "E+W"); empty = all.
        replaced: a repeal whose words another wording replaces for that extent or purpose (``SubstitutionRef``).
        note: id of the commentary that says who made the change, and when.
    """

    start: int
    end: int
    kind: ChangeKind
    retained: bool = False
    extent: str = ""
    replaced: bool = False
    note: str = ""


class Reference(NamedTuple):
    """A citation that the editors marked up.

    Args:
        iri: legislation.gov.uk id IRI of what is cited, normalised.
        until: id IRI of the last provision of a range ("sections 5 to 7"); empty = no range.
        start: where it begins in the words' text.
        end: where it ends (exclusive).
        operative: in a note, the editors mark it as what made the change.
    """

    iri: str
    until: str = ""
    start: int = 0
    end: int = 0
    operative: bool = False


class Words(NamedTuple):
    """A run of a provision's own words; white space is squeezed, nothing is repaired.

    Args:
        text: the words.
        changes: what was put in, replaced or taken out in them.
        references: citations marked up in them.
        notes: ids of commentaries that are attached to them.
        terms: words marked as defined terms.
        insertions: ``(start, end)`` of words in them that belong to another enactment (``InlineAmendment``).
    """

    text: str
    changes: tuple[Change, ...] = ()
    references: tuple[Reference, ...] = ()
    notes: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    insertions: tuple[tuple[int, int], ...] = ()

    @property
    def dots(self) -> bool:
        """Whether there are no words but the dots that stand where words were repealed.

        >>> Words(". . . . .").dots, Words("...").dots, Words("").dots
        (True, True, False)
        """
        return self.text[:1] in _DOTS and not self.text.strip(". …\u00a0")


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of a list that has no number of its own in law (``ListItem``), such as a definition.

    Args:
        content: its parts.
        definition: it stands in a list of definitions.
        number: a number that is shown before it, without an identifier; usually empty.
    """

    content: tuple[Part, ...]
    definition: bool = False
    number: str = ""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Another enactment's words (``BlockAmendment``, ``BlockExtract``): they belong there, not to this document.

    Args:
        text: its words.
        numbers: numbers of the provisions at its top ("125A"), as far as it has any.
    """

    text: str
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table's text, cell after cell: to be searched, not to be read for norms."""

    text: str


class Provision(NamedTuple):
    """A provision: a part, a section, a paragraph of a Schedule, an item (a) – anything with an identifier.

    Args:
        iri: its legislation.gov.uk id IRI, as the file has it.
        path: what follows the instrument in it: ``section/3/2/a``; see :func:`dutygraph.citations.split_path`.
        kind: what it is called, from the IRI: section, article, regulation, rule, paragraph, part, schedule,
            crossheading …; ``section/3/2/a`` is a "section" too.
        element: the CLML element: Part, Pblock, P1, P3 …
        number: the number shown, such as "3A"; empty if it has none.
        heading: its heading, or that of the group it is alone in or first of; empty if it has none.
        start: first day of this version of the text, YYYY-MM-DD; empty = unknown. No commencement date.
        end: the day from which this version no longer holds; empty = open.
        extent: countries whose law it is part of, such as "E+W"; empty = not said. Not where it applies.
        status: prospective, repealed, discarded; empty = neither is said nor seen in the text.
        status_extent: the only countries for which the status holds; empty = all.
        matches: False if the editors mark it as not valid on the snapshot's date.
        confers_power: the editors found a power to make subordinate legislation in it.
        notes: ids of commentaries attached to its number or heading, or to those of the group it stands in.
        content: its parts in document order.
    """

    iri: str
    path: str
    kind: str
    element: str
    number: str = ""
    heading: str = ""
    start: str = ""
    end: str = ""
    extent: str = ""
    status: Status = ""
    status_extent: str = ""
    matches: bool = True
    confers_power: bool = False
    notes: tuple[str, ...] = ()
    content: tuple[Part, ...] = ()

    @property
    def children(self) -> tuple[Provision, ...]:
        """The provisions directly in it."""
        return tuple(part for part in self.content if isinstance(part, Provision))

    @property
    def lead_in(self) -> str:
        """Its own words before the first item; all of them if it has no items."""
        texts = []
        for part in self.content:
            if isinstance(part, Provision | Entry):
                break
            if isinstance(part, Words):
                texts.append(part.text)
        return " ".join(texts)

    @property
    def tail(self) -> str:
        """Its own words after the last item; empty if it has no items."""
        texts: list[str] = []
        seen = False
        for part in self.content:
            if isinstance(part, Provision | Entry):
                seen = True
                texts.clear()
            elif seen and isinstance(part, Words):
                texts.append(part.text)
        return " ".join(texts)

    @property
    def own_text(self) -> str:
        """All its words outside deeper provisions, with list items and tables, without quoted enactments."""
        return " ".join(own_texts(self.content))

    def walk(self) -> Iterator[Provision]:
        """Yield it and every provision in it, in document order."""
        yield self
        for part in self.content:
            if isinstance(part, Provision):
                yield from part.walk()


Part: TypeAlias = Words | Entry | Quotation | Table | Provision


def own_texts(content: tuple[Part, ...]) -> Iterator[str]:
    """Yield the texts of a content, list items and tables included, deeper provisions and quotations left out."""
    for part in content:
        if isinstance(part, Words | Table):
            yield part.text
        elif isinstance(part, Entry):
            yield from own_texts(part.content)


@dataclass(frozen=True, slots=True)
class Note:
    """A commentary of the editors.

    Args:
        key: its id in the file, to which provisions refer.
        kind: F textual amendment, I commencement, C modification, P power exercised, E extent, M marginal
            citation, X editor's note; empty if the file does not say.
        text: its words.
        references: citations marked up in it.
    """

    key: str
    kind: NoteKind
    text: str
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A CLML file, read.

    Args:
        iri: id IRI of the instrument.
        title: its title; empty in a fragment.
        source: where it was read from, for messages.
        category: what the file calls its type, such as ``UnitedKingdomPublicGeneralAct``; empty if it does not say.
        year: calendar year, also where the identifier has a regnal one; empty if unknown.
        number: its number in the year.
        made_on: date of enactment or making, YYYY-MM-DD; empty if unknown.
        valid_on: the day whose text this is (``dct:valid``); empty if unknown.
        modified_on: when the editors last touched the file.
        version: ``enacted``, ``made``, ``created``, ``adopted`` for the first text; else empty.
        language: ``en``, ``cy`` …
        extent: its extent as a whole.
        start: first day of the snapshot as a whole.
        fragment: it has no metadata, only some provisions.
        provisions: its outermost provisions, in document order.
        notes: the editors' commentaries.
        versions: addresses of the other versions that the file lists.
        welsh_number: number in the series of Welsh instruments ("57" in "S.I. 2003/525 (W. 57)"); empty if not said.
    """

    iri: str
    title: str = ""
    source: str = ""
    category: str = ""
    year: str = ""
    number: str = ""
    made_on: str = ""
    valid_on: str = ""
    modified_on: str = ""
    version: str = ""
    language: str = "en"
    extent: str = ""
    start: str = ""
    fragment: bool = False
    provisions: tuple[Provision, ...] = ()
    notes: tuple[Note, ...] = field(default=(), repr=False)
    versions: tuple[str, ...] = ()
    welsh_number: str = ""

    def walk(self) -> Iterator[Provision]:
        """Yield every provision, in document order."""
        for provision in self.provisions:
            yield from provision.walk()
