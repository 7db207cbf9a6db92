"""Read a CLML file into a :class:`~dutygraph.loaders.clml.model.Document`.

In goes a file, whole; out come its provisions in document order. The rules are those of legislation.gov.uk's own
files (https://www.legislation.gov.uk/developer/formats/xml): ``IdURI`` is the identifier, dates and extent come from
the nearest ancestor-or-self that has them, another enactment's words (``BlockAmendment``) stay that enactment's.

The parser resolves no entity, opens no address and no other file, and its depth and size are bounded.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from ...citations import split_path
from ...citations.uris import id_iri
from ...errors import BadInput, MissingExtra
from ...ontology.namespaces import LEG
from .addresses import kind_of, path_of_id
from .model import Document, Entry, Note, NoteKind, Part, Provision, Quotation, Status, Table, Words
from .standing import standing_of
from .words import LOCAL, join_words, plain, read_words, squeeze

try:
    from lxml import etree
    from lxml.etree import _Element
except ImportError as error:
    raise MissingExtra('Reading legislation needs lxml: pip install "dutygraph[clml]"') from error

MOST_BYTES = 256 * 1024 * 1024
"""The largest file that is read; the largest Act published is a tenth of that."""

MOST_DEPTH = 150
"""The deepest nesting that is read; published files stay under 40."""

_PROVISIONS = frozenset(
    [
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
)
_GROUPS = frozenset(["P1group", "P2group", "P3group", "P4group", "P5group", "P6group", "P7group"])
_NUMBERED = frozenset(["P1", "P2", "P3", "P4", "P5", "P6", "P7"])
_TEXTS = frozenset(["Text", "AppendText"])
_PARAGRAPHS = frozenset(["P1para", "P2para", "P3para", "P4para", "P5para", "P6para", "P7para", "Para"])
_PATH = re.compile(r"[^\s<>\"{}|\\^`?#]+")
_RESTRICTING = frozenset(["RestrictStartDate", "RestrictEndDate", "RestrictExtent", "Status", "Match", "ConfersPower"])
"""Attributes that make an element's dates, extent or standing differ from those of what it stands in."""
_LISTS = frozenset({"UnorderedList", "OrderedList", "KeyList"})
_QUOTATIONS = frozenset({"BlockAmendment", "BlockExtract"})
_UNREAD = frozenset(
    [
        "Metadata",
        "PrimaryPrelims",
        "SecondaryPrelims",
        "EUPrelims",
        "EUPreamble",
        "PrimaryPreamble",
        "SecondaryPreamble",
        "Contents",
        "Commentaries",
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
        "Title",
        "TitleBlock",
        "Number",
        "Reference",
        "Pnumber",
        "CommentaryRef",
        "FootnoteRef",
        "MarginNoteRef",
        "Correction",
    ]
)
_NOTE_KINDS: dict[str | None, NoteKind] = {"F": "F", "I": "I", "C": "C", "P": "P", "E": "E", "M": "M", "X": "X"}
_STATUSES: dict[str | None, Status] = {"Prospective": "prospective", "Repealed": "repealed", "Discarded": "discarded"}


def read_document(path: Path, data: bytes | None = None) -> Document:
    """Read a CLML file.

    Args:
        path: the file; its name goes into messages.
        data: its bytes, where they are at hand already (out of a ZIP file or a cache).

    Raises:
        BadInput: if it cannot be read, is no XML, is no CLML, or is larger or deeper than any published file.
    """
    with _collector_at_rest():
        root = _parse(path, data)
        return _Reading(root, path.name).document()


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


def _parse(path: Path, data: bytes | None) -> _Element:
    try:
        data = path.read_bytes() if data is None else data
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror or error}") from error
    if len(data) > MOST_BYTES:
        raise BadInput(f"{path.name} is larger than {MOST_BYTES >> 20} MB, more than any Act. It is not read.")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        raise BadInput(f"{path.name}{f', line {line}' if line else ''}: this is no XML ({error}).") from error
    tree = root.getroottree()
    declared = tree.docinfo.internalDTD
    if declared is not None and next(iter(declared.iterentities()), None) is not None:  # type: ignore[union-attr]
        raise BadInput(f"{path.name} declares XML entities, which legislation.gov.uk's files never do. It is not read.")
    if tree.xpath("/*" * MOST_DEPTH):
        raise BadInput(f"{path.name} is nested more than {MOST_DEPTH} deep. It is not read.")
    return root


class _Context(NamedTuple):
    """What a provision inherits from what it stands in."""

    path: str = ""
    kind: str = ""
    start: str = ""
    end: str = ""
    extent: str = ""
    status: Status = ""
    matches: bool = True
    power: bool = False
    heading: str = ""
    notes: tuple[str, ...] = ()
    numbered: bool = False
    schedule: str = ""


class _Reading:
    """One file as it is read."""

    def __init__(self, root: _Element, name: str) -> None:
        self.root = root
        self.name = name
        self.base = _base(root)
        if not self.base:
            raise BadInput(
                f"{name} is no CLML that dutygraph can place: no element has a legislation.gov.uk identifier."
            )
        self.opening = self.base + "/"
        self.first_word = _first_word(self.base, root)

    def document(self) -> Document:
        metadata = _metadata(self.root)
        whole = LOCAL[self.root.tag] == "Legislation"
        extent = self.root.get("RestrictExtent", "")
        outermost = self.content(self.root, _Context(extent=extent)) if whole else self.part(self.root, _Context())
        provisions = tuple(_top(outermost))
        if not provisions and not whole:
            raise BadInput(f"{self.name} is no CLML: it holds no provision and no Legislation element.")
        address = self.root.get("DocumentURI", "")
        return Document(
            iri=self.base,
            title=metadata.get("title", ""),
            source=self.name,
            category=metadata.get("DocumentMainType", ""),
            year=metadata.get("Year", ""),
            number=metadata.get("Number", ""),
            made_on=metadata.get("EnactmentDate") or metadata.get("Made", ""),
            valid_on=metadata.get("valid", ""),
            modified_on=metadata.get("modified", ""),
            version=next(
                (word for word in ("enacted", "made", "created", "adopted") if address.endswith("/" + word)), ""
            ),
            language=metadata.get("language", "en")[:3] or "en",
            extent=extent,
            start=self.root.get("RestrictStartDate", "") if whole else "",
            fragment=not whole,
            provisions=provisions,
            notes=tuple(_notes(self.root)),
            welsh_number=_welsh_number(self.root),
        )

    def content(self, elements: Iterable[_Element], context: _Context) -> list[Part]:
        """Read an element's children, or others that stand side by side, in document order."""
        parts: list[Part] = []
        self.gather(parts, elements, context, False)
        return parts

    def gather(self, parts: list[Part], elements: Iterable[_Element], context: _Context, joining: bool) -> bool:
        """Read elements into a list, and say whether what follows may go on with its last provision."""
        for child in elements:
            name = LOCAL[child.tag]
            if name in _TEXTS:
                words = read_words(child)
                if words.text or words.notes:
                    joining = _put(parts, words, joining)
            elif name in _PARAGRAPHS:  # no level of its own in law
                joining = self.gather(parts, child, context, joining)
            elif name and name not in _UNREAD:
                for part in self.part(child, context, name):
                    joining = _put(parts, part, joining)
        return joining

    def part(self, element: _Element, context: _Context, name: str = "") -> list[Part]:
        """Read one element that is no text."""
        name = name or LOCAL[element.tag]
        if name in _PROVISIONS or ((name in _GROUPS or name == "P") and element.get("IdURI")):
            return self.provision(element, context, name)
        if name in _QUOTATIONS:
            return [_quotation(element)]
        if name == "Tabular" or name == "table":
            return [Table(plain(element))]
        if name in _LISTS:
            definition = element.get("Class") == "Definition"
            return [self.entry(item, context, definition) for item in element if LOCAL[item.tag] == "ListItem"]
        return self.content(element, self.inner(element, context, _title(element) if name in _GROUPS else None))

    def entry(self, item: _Element, context: _Context, definition: bool) -> Entry:
        return Entry(tuple(self.content(item, context)), definition, item.get("NumberOverride", ""))

    def inner(self, element: _Element, context: _Context, title: _Element | None) -> _Context:
        """Return what holds inside an element: its own dates, extent and status, else those it stands in.

        Start and end come from the same element: one that has a start and no end is open-ended. One with an end
        alone takes its start from above; one that is itself prospective and has no start takes none.
        """
        if title is None and _RESTRICTING.isdisjoint(element.keys()):  # as for most
            return context
        get = element.get
        start, end = get("RestrictStartDate"), get("RestrictEndDate")
        own_status = _STATUSES.get(get("Status"))
        if own_status == "prospective" and start is None:
            start, end = "", end or ""
        return _Context(
            context.path,
            context.kind,
            context.start if start is None else start,
            end or (context.end if start is None else ""),
            get("RestrictExtent") or context.extent,
            own_status or context.status,
            context.matches and get("Match") != "false",
            context.power or get("ConfersPower") == "true",
            context.heading if title is None else plain(title) or context.heading,
            context.notes if title is None else context.notes + _notes_in(title),
            context.numbered,
            context.schedule,
        )

    def provision(self, element: _Element, context: _Context, name: str) -> list[Part]:
        """Read a provision; one without any identifier is its content alone."""
        children = list(element)
        labels = {LOCAL[child.tag]: child for child in reversed(children)}
        shown = labels.get("Pnumber", labels.get("Number"))
        number, notes_shown = ("", ()) if shown is None else (plain(shown), _notes_in(shown))
        inner = self.inner(element, context, _title_among(labels))
        address = element.get("IdURI")
        path = self.own_path(address)
        iri = f"{self.base}/{path}" if path else id_iri(address)
        iri = iri or self.derived_iri(element, context, name, number)
        if not iri:
            return self.content(element, inner)
        path = path or split_path(iri.removeprefix(LEG))[1]
        numbered = name in _NUMBERED
        kind = context.kind if numbered and context.numbered else kind_of(path)
        content = tuple(self.content(children, self.inside(inner, path, kind, name)))
        status, status_extent = (inner.status, "") if inner.status else standing_of(content)
        return [
            Provision(
                iri,
                path,
                kind,
                name,
                number,
                inner.heading,
                inner.start,
                inner.end,
                inner.extent,
                status,
                status_extent,
                inner.matches,
                inner.power,
                inner.notes + notes_shown,
                content,
            )
        ]

    def inside(self, inner: _Context, path: str, kind: str, name: str) -> _Context:
        """Return what a provision hands down: dates, extent and status, not its heading and notes."""
        schedule = path if name == "Schedule" else inner.schedule
        numbered = name in _NUMBERED
        return _Context(
            path,
            kind,
            inner.start,
            inner.end,
            inner.extent,
            inner.status,
            inner.matches,
            False,
            "",
            (),
            numbered,
            schedule,
        )

    def own_path(self, identifier: str | None) -> str:
        """Return the path of a provision of this instrument; empty for any other address."""
        if identifier is None or not identifier.startswith(self.opening):
            return ""
        path = identifier[len(self.opening) :]
        return path if _PATH.fullmatch(path) else ""

    def derived_iri(self, element: _Element, context: _Context, name: str, number: str) -> str:
        """Work out the identifier of a provision in a file without ``IdURI`` (as made, or a publisher's)."""
        path = path_of_id(element.get("id"))
        if not path and name[:1] == "P" and name[1:].isdigit():
            bare = squeeze(number.translate(_BRACKETS)).rpartition(" ")[2]
            if not bare.replace(".", "").isalnum():
                return ""
            if context.numbered:
                path = f"{context.path}/{bare}"
            else:
                path = f"{context.schedule}/paragraph/{bare}" if context.schedule else f"{self.first_word}/{bare}"
        return f"{self.base}/{path}" if path else ""


_BRACKETS = str.maketrans("", "", "()[].,")


def _put(parts: list[Part], part: Part, joining: bool) -> bool:
    """Put a part after others, and say whether what follows may go on with the last provision.

    A list without numbers that follows a provision ending in a dash is that provision's list, and so is the text
    after that list, although both stand beside it in the file (Housing Act 2004, s. 270(12)).
    """
    last = parts[-1] if parts else None
    if isinstance(last, Provision) and (
        (isinstance(part, Entry) and (joining or _ends_open(last))) or (joining and isinstance(part, Words))
    ):
        parts[-1] = last._replace(content=(*last.content, part))
        return True
    parts.append(part)
    return False


def _ends_open(provision: Provision) -> bool:
    last = provision.content[-1] if provision.content else None
    return isinstance(last, Words) and last.text.endswith(("—", "–", ":"))


def _top(parts: list[Part]) -> list[Provision]:
    """Return the outermost provisions; words outside any provision (old Acts' text) have no identifier."""
    return [part for part in parts if isinstance(part, Provision)]


def _quotation(element: _Element) -> Quotation:
    numbers = [plain(number) for number in element.iterfind("*/{*}Pnumber")]
    numbers += [plain(number) for number in element.iterfind("*/*/{*}Pnumber")]
    return Quotation(plain(element), tuple(number for number in numbers if number))


def _title(element: _Element) -> _Element | None:
    """Return the heading of a group."""
    return element.find("{*}Title")


def _title_among(labels: dict[str, _Element]) -> _Element | None:
    """Return the heading among the children of a provision; a Schedule's stands in a block."""
    title = labels.get("Title")
    block = labels.get("TitleBlock")
    return title if title is not None or block is None else _title(block)


def _notes_in(element: _Element) -> tuple[str, ...]:
    """Return the commentaries that an element refers to, whether by ``CommentaryRef`` or on a change."""
    if not len(element):
        return ()
    refs = (child.get("Ref") or child.get("CommentaryRef") for child in element.iter("*") if child is not element)
    return tuple(dict.fromkeys(ref for ref in refs if ref))


def _notes(root: _Element) -> list[Note]:
    holder = root.find("{*}Commentaries")
    if holder is None:
        return []
    return [_note(element) for element in holder.iterchildren("{*}Commentary")]


def _note(element: _Element) -> Note:
    words = join_words(element.iter("{*}Text"))
    return Note(element.get("id", ""), _NOTE_KINDS.get(element.get("Type"), ""), words.text, words.references)


def _metadata(root: _Element) -> dict[str, str]:
    """Return what the metadata says; the first value of each name counts, EUR-Lex's own block is left out."""
    holder = root.find("{*}Metadata")
    found: dict[str, str] = {}
    if holder is None:
        return found
    for element in holder.iter("*"):
        name = LOCAL[element.tag]
        if name == "EURLexMetadata":
            break
        value = element.get("Value") or element.get("Date") or squeeze(element.text)
        if value and name not in found:
            found[name] = value
    return found


def _welsh_number(root: _Element) -> str:
    """Return an instrument's number in the Welsh series, which the Welsh text marks as "Cy."."""
    numbers = root.iterfind("{*}Metadata//{*}AlternativeNumber")
    return next((each.get("Value", "") for each in numbers if each.get("Category") in {"W", "Cy"}), "")


def _base(root: _Element) -> str:
    """Return the id IRI of the instrument."""
    addresses = [root.get("IdURI"), root.findtext("{*}Metadata/{*}identifier")]
    addresses += [root.get("{http://www.w3.org/XML/1998/namespace}base"), root.get("DocumentURI")]
    if not any(id_iri(address) for address in addresses):
        first = root.find(".//*[@IdURI]")
        addresses.append(None if first is None else first.get("IdURI"))
    iri = next((iri for iri in map(id_iri, addresses) if iri), "")
    return LEG + split_path(iri.removeprefix(LEG))[0] if iri else ""


def _first_word(base: str, root: _Element) -> str:
    """Return what the first level of provisions is called where the file does not say."""
    kind = base.removeprefix(LEG).partition("/")[0]
    if kind.startswith("eu"):
        return "article"
    if kind not in {"uksi", "wsi", "ssi", "nisr", "uksro", "nisro", "ukci", "ukmo", "nisi"}:
        return "section"
    title = (root.findtext("{*}Metadata/{*}title") or "").lower()
    return "regulation" if "regulations" in title else "rule" if "rules" in title else "article"
