"""Read a CLML file into a :class:`~dutygraph.loaders.clml.model.Document`.

In goes a file, whole; out come its provisions in document order. The rules are those of legislation.gov.uk's own
files (https://www.legislation.gov.uk/developer/formats/xml): ``IdURI`` is the identifier, dates and extent come from
the nearest ancestor-or-self that has them, another enactment's words (``BlockAmendment``) stay that enactment's.

The file is read in one pass (:mod:`.parsing`): an element that holds parts is a :class:`~.frames.Frame` while it is
open, and becomes a part of the frame that it stands in when it ends. Running text is gathered until its element ends.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ...citations import split_path
from ...citations.uris import id_iri
from ...errors import BadInput
from ...ontology.namespaces import LEG
from .addresses import kind_of, own_path, path_of_id
from .frames import Frame, Place, Standing
from .metadata import Metadata, base_of, first_word
from .model import Document, Entry, Note, NoteKind, Provision, Quotation, Table
from .parsing import Attributes, Handlers, Parser, bytes_of
from .standing import standing_of
from .words import LOCAL, Mark, squeeze, words_of

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
    "CommentaryRef",
    "FootnoteRef",
    "MarginNoteRef",
    "Correction",
]
_UNREAD_IN_TEXT = frozenset({"Footnote", "FootnoteRef", "MarginNoteRef", "Image", "Figure"})
_NOTE_KINDS: dict[str | None, NoteKind] = {"F": "F", "I": "I", "C": "C", "P": "P", "E": "E", "M": "M", "X": "X"}
_BRACKETS = str.maketrans("", "", "()[].,")
_NOWHERE: Attributes = {}

_Opener = Callable[[str, Attributes], None]


def read_document(path: Path, data: bytes | None = None) -> Document:
    """Read a CLML file.

    Args:
        path: the file; its name goes into messages.
        data: its bytes, where they are at hand already (out of a ZIP file or a cache).

    Raises:
        BadInput: if it cannot be read, is no XML, is no CLML, or is larger or deeper than any published file.
    """
    with _collector_at_rest():
        return _Reading(path.name, bytes_of(path, data)).document()


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


class _Openers(dict[str, "_Opener | None"]):
    """What the beginning of an element does, by its name as the file has it; None for one that is only passed."""

    def __init__(self, by_local_name: dict[str, _Opener | None], other: _Opener) -> None:
        super().__init__(by_local_name)
        self._other = other

    def __missing__(self, name: str) -> _Opener | None:
        local = LOCAL[name]
        opener = self[local] if local != name and local in self else self._other
        if len(self) < 10_000:  # a file may be made of nothing but names
            self[name] = opener
        return opener


class _Reading:
    """One file as it is read."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self.pieces: list[str] = []
        self.parser = Parser(name, data, self.pieces.append)
        self.metadata = Metadata(self.pieces)
        self.root: Attributes = {}
        self.whole = False
        self.base = self.opening = self.first_word = ""
        self.outermost = self.frame = Frame("", _NOWHERE, None, Standing(), Place())
        self.notes: list[Note] = []
        self.note: Attributes | None = None
        # running text that is open: the element's local name, the elements open and those that ended in it
        self.run = ""
        self.open_marks: list[tuple[str, Attributes, int, int]] = []
        self.marks: list[Mark] = []
        self.run_notes: list[str] = []
        # how deep inside an element that other handlers read, and what they keep of it
        self.inner = self.kept = 0
        self.captured = ""
        self.numbers: list[tuple[int, int, int]] = []
        self.openers = _Openers(self._openers(), self.open_other)
        self.body = Handlers(self.start, self.end)

    def _openers(self) -> dict[str, _Opener | None]:
        openers: dict[str, _Opener | None] = dict.fromkeys(_PARAGRAPHS)
        groups: list[tuple[list[str], _Opener]] = [
            (_PROVISIONS, self.open_provision),
            (_GROUPS, self.open_group),
            (["P"], self.open_group),
            (_TEXTS, self.open_run),
            (_LABELS, self.open_run),
            (_QUOTATIONS, self.open_captured),
            (_TABLES, self.open_captured),
            (_UNREAD, self.open_unread),
            (["Metadata"], self.open_metadata),
            (["Commentaries"], self.open_notes),
        ]
        return openers | {name: opener for names, opener in groups for name in names}

    def document(self) -> Document:
        self.parser.tell(Handlers(self.start_root, self.end))
        try:
            self.parser.parse()
        finally:  # they hold the reading that holds them: only the cycle collector would free it and the document
            del self.openers, self.body
        self.place()
        said = self.metadata.values
        provisions = tuple(part for part in self.outermost.parts if isinstance(part, Provision))
        if not provisions and not self.whole:
            raise BadInput(f"{self.name} is no CLML: it holds no provision and no Legislation element.")
        address = self.root.get("DocumentURI", "")
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
            extent=self.root.get("RestrictExtent", ""),
            start=self.root.get("RestrictStartDate", "") if self.whole else "",
            fragment=not self.whole,
            provisions=provisions,
            notes=tuple(self.notes),
            welsh_number=self.metadata.welsh_number,
        )

    def place(self) -> None:
        """Find out which instrument the file is, once it must be known and the metadata is over."""
        if self.base:
            return
        self.base = base_of(self.root, self.metadata.values, self.parser.data)
        if not self.base:
            raise BadInput(
                f"{self.name} is no CLML that dutygraph can place: no element has a legislation.gov.uk identifier."
            )
        self.opening = self.base + "/"
        self.first_word = first_word(self.base, self.metadata.values.get("title", ""))

    # elements that hold parts

    def start_root(self, name: str, attributes: Attributes) -> None:
        self.root = attributes
        self.whole = LOCAL[name] == "Legislation"
        self.parser.tell(self.body)
        if self.whole:  # its dates are the snapshot's, not the provisions'
            self.frame.standing = Standing(extent=attributes.get("RestrictExtent", ""))
            self.frame = Frame(name, _NOWHERE, self.frame, self.frame.standing, self.frame.place)
        else:
            self.start(name, attributes)

    def start(self, name: str, attributes: Attributes) -> None:
        if self.run:
            self.open_mark(name, attributes)
            return
        opener = self.openers[name]
        if opener is not None:
            opener(name, attributes)

    def end(self, name: str) -> None:
        if self.run:
            if self.open_marks:
                self.close_mark()
            else:
                self.close_run()
        elif self.openers[name] is not None:
            self.close()

    def open(self, name: str, attributes: Attributes) -> Frame:
        outer = self.frame
        if outer.depth + 1 >= MOST_DEPTH:
            self.refuse_depth()
        if not outer.settled:
            self.settle(outer)
        self.frame = frame = Frame(name, attributes, outer, outer.standing.inside(attributes), outer.place)
        if not outer.iri and outer.headed:
            frame.heading, frame.notes, frame.headed = outer.heading, outer.notes, True
        elif outer.standing.power and outer.iri:
            frame.standing = outer.standing._replace(power=False).inside(attributes)
        return frame

    def open_provision(self, name: str, attributes: Attributes) -> None:
        frame = self.open(LOCAL[name], attributes)
        frame.role = "provision"
        if not self.base:
            self.place()
        path = own_path(attributes.get("IdURI"), self.opening)
        if path:
            self.settle_at(frame, f"{self.opening}{path}", path)
        else:
            frame.settled = False

    def open_group(self, name: str, attributes: Attributes) -> None:
        if attributes.get("IdURI"):
            self.open_provision(name, attributes)
        else:
            self.open(LOCAL[name], attributes)

    def open_other(self, name: str, attributes: Attributes) -> None:
        """Open a list, its item, or an element whose parts are those of what it stands in."""
        local = LOCAL[name]
        listed = local == "ListItem" and self.frame.role == "list"
        frame = self.open(local, attributes)
        if local in _LISTS:
            frame.role = "list"
        elif local == "TitleBlock":
            frame.role = "title"
        elif listed:
            frame.role = "item"

    def close(self) -> None:
        frame = self.frame
        self.frame = outer = frame.parent or self.outermost
        role = frame.role
        if role == "provision":
            if not frame.settled:
                self.settle(frame)
            if frame.iri:
                outer.parts.append(_provision(frame))
                outer.joining = False
                return
        elif role == "item":
            definition = outer.attributes.get("Class") == "Definition"
            outer.put(Entry(tuple(frame.parts), definition, frame.attributes.get("NumberOverride", "")))
            return
        elif role == "title":
            if frame.headed and outer.role == "provision":
                outer.take_heading(frame.heading, frame.notes)
            return
        for part in frame.parts:
            if role != "list" or isinstance(part, Entry):
                outer.put(part)

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

    def refuse_depth(self) -> None:
        raise BadInput(f"{self.name} is nested more than {MOST_DEPTH} deep. It is not read.")

    # running text: words, numbers, headings

    def open_run(self, name: str, _attributes: Attributes) -> None:
        self.run = LOCAL[name]
        self.pieces.clear()

    def open_mark(self, name: str, attributes: Attributes) -> None:
        marks = self.open_marks
        if len(marks) + self.frame.depth >= MOST_DEPTH:
            self.refuse_depth()
        marks.append((name, attributes, len(self.pieces), len(self.marks)))
        if self.run in _LABELS:
            note = attributes.get("Ref") or attributes.get("CommentaryRef")
            if note:
                self.run_notes.append(note)

    def close_mark(self) -> None:
        name, attributes, start, before = self.open_marks.pop()
        if LOCAL[name] in _UNREAD_IN_TEXT and self.run not in _LABELS:
            del self.pieces[start:], self.marks[before:]
        else:
            self.marks.append((name, attributes, start, len(self.pieces)))

    def close_run(self) -> None:
        run, self.run = self.run, ""
        marks = self.marks
        if run in _LABELS:
            self.close_label(run)
        else:
            words = words_of(self.pieces, marks)
            if words.text or words.notes:
                self.frame.put(words)
        if marks:
            marks.clear()

    def close_label(self, run: str) -> None:
        frame = self.frame
        text = " ".join("".join(self.pieces).split())
        notes: tuple[str, ...] = ()
        if self.run_notes:
            notes = tuple(dict.fromkeys(self.run_notes))
            self.run_notes.clear()
        if run == "Title":
            if frame.role in {"provision", "title"} or frame.name in _GROUPS:
                frame.take_heading(text, notes)
        elif frame.role == "provision" and (not frame.number_shown or (run == "Pnumber" != frame.number_shown)):
            frame.number, frame.number_notes, frame.number_shown = text, notes, run

    # elements whose insides other handlers read

    def read_inside(self, start: _Opener, end: Callable[[str], None]) -> None:
        """Let other handlers read an element that has just begun, to its end, which they are told too."""
        self.inner = 0
        self.pieces.clear()
        self.parser.tell(Handlers(start, end))

    def leave(self) -> bool:
        """Count the end of an element; say whether it is the end of the one that other handlers read."""
        self.inner -= 1
        if self.inner >= 0:
            return False
        self.parser.tell(self.body)
        return True

    def open_unread(self, _name: str, _attributes: Attributes) -> None:
        self.read_inside(self.start_unread, self.end_unread)

    def start_unread(self, _name: str, _attributes: Attributes) -> None:
        self.inner += 1

    def end_unread(self, _name: str) -> None:
        self.pieces.clear()
        self.leave()

    def open_captured(self, name: str, _attributes: Attributes) -> None:
        self.captured = LOCAL[name]
        self.numbers = []
        self.read_inside(self.start_captured, self.end_captured)

    def start_captured(self, name: str, _attributes: Attributes) -> None:
        self.inner += 1
        if self.inner + self.frame.depth >= MOST_DEPTH:
            self.refuse_depth()
        if 2 <= self.inner <= 3 and LOCAL[name] == "Pnumber":
            self.numbers.append((self.inner, len(self.pieces), -1))

    def end_captured(self, name: str) -> None:
        if 2 <= self.inner <= 3 and LOCAL[name] == "Pnumber":
            depth, start, _end = self.numbers.pop()
            self.numbers.append((depth, start, len(self.pieces)))
        if not self.leave():
            return
        text = squeeze("".join(self.pieces))
        if self.captured in _TABLES:
            self.frame.put(Table(text))
            return
        in_order = sorted(self.numbers, key=lambda number: number[0])
        shown = (squeeze("".join(self.pieces[start:end])) for _depth, start, end in in_order)
        self.frame.put(Quotation(text, tuple(filter(None, shown))))

    def open_metadata(self, name: str, attributes: Attributes) -> None:
        if self.frame.depth == 1 and not self.metadata.values:
            self.read_inside(self.start_metadata, self.end_metadata)
        else:
            self.open_unread(name, attributes)

    def start_metadata(self, name: str, attributes: Attributes) -> None:
        self.inner += 1
        self.metadata.start(name, attributes)

    def end_metadata(self, _name: str) -> None:
        self.metadata.take_text()
        self.leave()

    def open_notes(self, name: str, attributes: Attributes) -> None:
        if self.frame.depth == 1 and not self.notes:
            self.read_inside(self.start_in_notes, self.end_in_notes)
        else:
            self.open_unread(name, attributes)

    def start_in_notes(self, name: str, attributes: Attributes) -> None:
        self.inner += 1
        if self.run:
            self.open_mark(name, attributes)
        elif self.inner == 1:
            self.note = attributes if LOCAL[name] == "Commentary" else None
            self.kept = 0
        elif self.note is not None and LOCAL[name] == "Text":
            del self.pieces[self.kept :]
            if self.pieces:  # a space between two texts
                self.pieces.append(" ")
            self.run = "Text"

    def end_in_notes(self, _name: str) -> None:
        if self.open_marks:
            self.close_mark()
        elif self.run:
            self.run = ""
            self.kept = len(self.pieces)
        if not self.leave() and not self.inner and self.note is not None:
            del self.pieces[self.kept :]
            words = words_of(self.pieces, self.marks)
            kind = _NOTE_KINDS.get(self.note.get("Type"), "")
            self.notes.append(Note(self.note.get("id", ""), kind, words.text, words.references))
            self.pieces.clear()
            self.marks.clear()


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
