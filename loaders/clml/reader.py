"""Read a CLML file into a :class:`~dutygraph.loaders.clml.model.Document`.

In goes a file, whole; out come its provisions in document order. The rules are those of legislation.gov.uk's own
files (https://www.legislation.gov.uk/developer/formats/xml): ``IdURI`` is the identifier, dates and extent come from
the nearest ancestor-or-self that has them, another enactment's words (``BlockAmendment``) stay that enactment's.

The file's tree (:mod:`.parsing`) is gone through once: an element that holds parts is a :class:`~.frames.Frame` until
all of it is read, and then becomes a part of the frame that it stands in.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree.ElementTree import Element

from ...citations import split_path
from ...citations.uris import id_iri
from ...errors import BadInput
from ...ontology.namespaces import LEG
from .addresses import kind_of, own_path, path_of_id
from .frames import Frame, Place, Standing
from .metadata import base_of, first_word, metadata_of
from .model import Document, Entry, Note, NoteKind, Provision, Quotation, Table
from .parsing import bytes_of, tree_of
from .standing import standing_of
from .words import LOCAL, TooDeep, squeeze, words_of, words_of_all

MOST_DEPTH = 150
"""The deepest nesting that is read; published files stay under 40."""

_PROVISIONS = [
    "Part",
    "Chapter",
    "Pblock",
    "PsubBlock",
    "P1",
    "P2",
    "P3",
    "P4",
    "P5",
    "P6",
    "P7",
    "Schedule",
    "Appendix",
    "EUPart",
    "EUTitle",
    "EUChapter",
    "EUSection",
    "EUSubsection",
    "Division",
]
_NUMBERED = frozenset(["P1", "P2", "P3", "P4", "P5", "P6", "P7"])
_GROUPS = ["P1group", "P2group", "P3group", "P4group", "P5group", "P6group", "P7group"]
_PARAGRAPHS = ["P1para", "P2para", "P3para", "P4para", "P5para", "P6para", "P7para", "Para"]
"""No level of their own in law: what they hold is what they stand in."""
_TEXTS = ["Text", "AppendText"]
_LABELS = ["Pnumber", "Number", "Title"]
_LISTS = ["UnorderedList", "OrderedList", "KeyList"]
_QUOTATIONS = ["BlockAmendment", "BlockExtract"]
_TABLES = ["Tabular", "table"]
_UNREAD = [
    "PrimaryPrelims",
    "SecondaryPrelims",
    "EUPrelims",
    "EUPreamble",
    "PrimaryPreamble",
    "SecondaryPreamble",
    "Contents",
    "Footnotes",
    "Footnote",
    "ExplanatoryNotes",
    "EarlierOrders",
    "SignedSection",
    "Figure",
    "Image",
    "Formula",
    "Resources",
    "MarginNotes",
    "Reference",
    "Metadata",
    "Commentaries",
    "CommentaryRef",
    "FootnoteRef",
    "MarginNoteRef",
    "Correction",
]
_NOTE_KINDS: dict[str | None, NoteKind] = {"F": "F", "I": "I", "C": "C", "P": "P", "E": "E", "M": "M", "X": "X"}
_BRACKETS = str.maketrans("", "", "()[].,")

_Reader = Callable[[Element, Frame, int], None]
"""Reads an element that stands in a frame, so many levels deep."""


def read_document(path: Path, data: bytes | None = None) -> Document:
    """Read a CLML file.

    Args:
        path: the file; its name goes into messages.
        data: its bytes, where they are at hand already (out of a ZIP file or a cache).

    Raises:
        BadInput: if it cannot be read, is no XML, is no CLML, or is larger or deeper than any published file.
    """
    with _collector_at_rest():
        return _Reading(path.name, tree_of(path.name, bytes_of(path, data))).document()


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Keep the cycle collector from searching the values of a document while they are made.

    They are tuples of text: counting references frees them, and there is nothing else to find. The search took a
    tenth of the reading.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Readers(dict[str, _Reader]):
    """What reads an element, by its name as the file has it."""

    def __init__(self, by_local_name: dict[str, _Reader], other: _Reader) -> None:
        super().__init__(by_local_name)
        self._other = other

    def __missing__(self, name: str) -> _Reader:
        local = LOCAL[name]
        reader = self[local] if local != name and local in self else self._other
        if len(self) < 10_000:  # a file may be made of nothing but names
            self[name] = reader
        return reader


class _Reading:
    """One file as it is read."""

    def __init__(self, name: str, root: Element) -> None:
        self.name = name
        self.root = root
        self.whole = LOCAL[root.tag] == "Legislation"
        self.metadata = metadata_of(root)
        said = self.metadata.values
        self.base = base_of(root, said)
        if not self.base:
            raise BadInput(
                f"{name} is no CLML that dutygraph can place: no element has a legislation.gov.uk identifier."
            )
        self.opening = self.base + "/"
        self.first_word = first_word(self.base, said.get("title", ""))
        self.readers = _Readers(self._readers(), self.read_other)

    def _readers(self) -> dict[str, _Reader]:
        groups: list[tuple[list[str], _Reader]] = [
            (_PARAGRAPHS, self.read_inside),
            (_PROVISIONS, self.read_provision),
            (_GROUPS, self.read_group),
            (["P"], self.read_group),
            (_TEXTS, self.read_text),
            (_LABELS, self.read_label),
            (_QUOTATIONS, self.read_quotation),
            (_TABLES, self.read_table),
            (_UNREAD, self.pass_over),
        ]
        return {name: reader for names, reader in groups for name in names}

    def document(self) -> Document:
        try:
            provisions = self.provisions()
            notes = tuple(self.notes())
        except TooDeep:
            raise BadInput(f"{self.name} is nested more than {MOST_DEPTH} deep. It is not read.") from None
        finally:  # it holds the reading that holds it: only the cycle collector would free it and the tree
            del self.readers
        said, root = self.metadata.values, self.root
        if not provisions and not self.whole:
            raise BadInput(f"{self.name} is no CLML: it holds no provision and no Legislation element.")
        address = root.get("DocumentURI", "")
        return Document(
            iri=self.base,
            title=said.get("title", ""),
            source=self.name,
            category=said.get("DocumentMainType", ""),
            year=said.get("Year", ""),
            number=said.get("Number", ""),
            made_on=said.get("EnactmentDate") or said.get("Made", ""),
            valid_on=said.get("valid", ""),
            modified_on=said.get("modified", ""),
            version=next(
                (word for word in ("enacted", "made", "created", "adopted") if address.endswith("/" + word)), ""
            ),
            language=said.get("language", "en")[:3] or "en",
            extent=root.get("RestrictExtent", ""),
            start=root.get("RestrictStartDate", "") if self.whole else "",
            fragment=not self.whole,
            provisions=provisions,
            notes=notes,
            welsh_number=self.metadata.welsh_number,
        )

    def provisions(self) -> tuple[Provision, ...]:
        if self.whole:  # its dates are the snapshot's, not the provisions'
            outermost = Frame("", {}, Standing(extent=self.root.get("RestrictExtent", "")), Place())
            self.read_inside(self.root, outermost, 0)
        else:
            outermost = Frame("", {}, Standing(), Place())
            self.readers[self.root.tag](self.root, outermost, 0)
        return tuple(part for part in outermost.parts if isinstance(part, Provision))

    def notes(self) -> Iterator[Note]:
        """Yield the editors' commentaries, which are directly in the outermost element."""
        for block in self.root:
            if LOCAL[block.tag] == "Commentaries":
                for note in block:
                    if LOCAL[note.tag] == "Commentary":
                        words = words_of_all(_texts(note), MOST_DEPTH)
                        kind = _NOTE_KINDS.get(note.get("Type"), "")
                        yield Note(note.get("id", ""), kind, words.text, words.references)

    # elements that hold parts

    def read_inside(self, element: Element, frame: Frame, depth: int) -> None:
        """Read what an element holds into the frame that it stands in."""
        depth += 1
        if depth >= MOST_DEPTH:
            raise TooDeep
        readers = self.readers
        for inner in element:
            readers[inner.tag](inner, frame, depth)

    def frame_in(self, outer: Frame, name: str, attributes: dict[str, str]) -> Frame:
        if not outer.settled:
            self.settle(outer)
        standing = outer.standing
        frame = Frame(name, attributes, standing.inside(attributes), outer.place)
        if not outer.iri:
            if outer.headed:
                frame.heading, frame.notes, frame.headed = outer.heading, outer.notes, True
        elif standing.power:
            frame.standing = standing._replace(power=False).inside(attributes)
        return frame

    def read_provision(self, element: Element, outer: Frame, depth: int) -> None:
        attributes = element.attrib
        frame = self.frame_in(outer, LOCAL[element.tag], attributes)
        frame.role = "provision"
        path = own_path(attributes.get("IdURI"), self.opening)
        if path:
            self.settle_at(frame, f"{self.opening}{path}", path)
        else:
            frame.settled = False
        self.read_inside(element, frame, depth)
        if not frame.settled:
            self.settle(frame)
        if frame.iri:
            outer.parts.append(_provision(frame))
            outer.joining = False
        else:
            outer.put_all(frame.parts)

    def read_group(self, element: Element, outer: Frame, depth: int) -> None:
        if element.get("IdURI"):
            self.read_provision(element, outer, depth)
            return
        frame = self.frame_in(outer, LOCAL[element.tag], element.attrib)
        self.read_inside(element, frame, depth)
        outer.put_all(frame.parts)

    def read_other(self, element: Element, outer: Frame, depth: int) -> None:
        """Read a list, its item, or an element whose parts are those of what it stands in."""
        name = LOCAL[element.tag]
        frame = self.frame_in(outer, name, element.attrib)
        if name in _LISTS:
            frame.role = "list"
            self.read_inside(element, frame, depth)
            outer.put_all([part for part in frame.parts if isinstance(part, Entry)])
        elif name == "TitleBlock":
            frame.role = "title"
            self.read_inside(element, frame, depth)
            if frame.headed and outer.role == "provision":
                outer.take_heading(frame.heading, frame.notes)
        else:
            self.read_inside(element, frame, depth)
            if name == "ListItem" and outer.role == "list":
                definition = outer.attributes.get("Class") == "Definition"
                outer.put(Entry(tuple(frame.parts), definition, element.get("NumberOverride", "")))
            else:
                outer.put_all(frame.parts)

    def settle(self, frame: Frame) -> None:
        """Work out the identifier of a provision that does not have this instrument's ``IdURI``."""
        iri = id_iri(frame.attributes.get("IdURI")) or self.derived_iri(frame)
        frame.settled = True
        if iri:
            self.settle_at(frame, iri, split_path(iri.removeprefix(LEG))[1])

    def settle_at(self, frame: Frame, iri: str, path: str) -> None:
        frame.iri = iri
        name, outer = frame.name, frame.place
        numbered = name in _NUMBERED
        kind = outer.kind if numbered and outer.numbered else kind_of(path)
        frame.place = Place(path, kind, numbered, path if name == "Schedule" else outer.schedule)

    def derived_iri(self, frame: Frame) -> str:
        """Work out the identifier of a provision in a file without ``IdURI`` (as made, or a publisher's)."""
        outer, name = frame.place, frame.name
        path = path_of_id(frame.attributes.get("id"))
        if not path and name[:1] == "P" and name[1:].isdigit():
            bare = squeeze(frame.number.translate(_BRACKETS)).rpartition(" ")[2]
            if not bare.replace(".", "").isalnum():
                return ""
            if outer.numbered:
                path = f"{outer.path}/{bare}"
            else:
                path = f"{outer.schedule}/paragraph/{bare}" if outer.schedule else f"{self.first_word}/{bare}"
        return f"{self.opening}{path}" if path else ""

    # elements that hold text

    def read_text(self, element: Element, frame: Frame, depth: int) -> None:
        words = words_of(element, MOST_DEPTH - depth)
        if words.text or words.notes:
            frame.put(words)

    def read_label(self, element: Element, frame: Frame, _depth: int) -> None:
        """Read a number or a heading, with the notes on it."""
        notes: tuple[str, ...] = ()
        if len(element):
            text = squeeze("".join(element.itertext()))
            marked = (
                inner.get("Ref") or inner.get("CommentaryRef") for inner in element.iter() if inner is not element
            )
            notes = tuple(dict.fromkeys(filter(None, marked)))
        else:
            text = squeeze(element.text)
        name = LOCAL[element.tag]
        if name == "Title":
            if frame.role in {"provision", "title"} or frame.name in _GROUPS:
                frame.take_heading(text, notes)
        elif frame.role == "provision" and (not frame.number_shown or (name == "Pnumber" != frame.number_shown)):
            frame.number, frame.number_notes, frame.number_shown = text, notes, name

    def read_quotation(self, element: Element, frame: Frame, depth: int) -> None:
        """Read another enactment's words, with the numbers that the provisions at its top show."""
        level = list(element)
        numbers: list[list[str]] = []
        while level:
            depth += 1
            if depth >= MOST_DEPTH:
                raise TooDeep
            level = [inner for each in level for inner in each]
            if len(numbers) < 2:
                numbers.append(["".join(each.itertext()) for each in level if LOCAL[each.tag] == "Pnumber"])
        shown = (squeeze(number) for numbers_of_level in numbers for number in numbers_of_level)
        frame.put(Quotation(squeeze("".join(element.itertext())), tuple(filter(None, shown))))

    def read_table(self, element: Element, frame: Frame, _depth: int) -> None:
        frame.put(Table(squeeze("".join(element.itertext()))))

    def pass_over(self, element: Element, frame: Frame, depth: int) -> None:
        """Leave out what is none of the law's own text, or is read apart."""


def _texts(element: Element, deepest: int = MOST_DEPTH) -> Iterator[Element]:
    """Yield the outermost texts in an element, in document order."""
    if deepest < 0:
        raise TooDeep
    for inner in element:
        if LOCAL[inner.tag] == "Text":
            yield inner
        else:
            yield from _texts(inner, deepest - 1)


def _provision(frame: Frame) -> Provision:
    content = tuple(frame.parts)
    standing, place = frame.standing, frame.place
    status, status_extent = (standing.status, "") if standing.status else standing_of(content)
    return Provision(
        frame.iri,
        place.path,
        place.kind,
        frame.name,
        frame.number,
        frame.heading,
        standing.start,
        standing.end,
        standing.extent,
        status,
        status_extent,
        standing.matches,
        standing.power,
        frame.notes + frame.number_notes,
        content,
    )
