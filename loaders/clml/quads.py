"""CLML documents as quads: structure and citations in ELI, what ELI lacks in our own terms.

An instrument and each of its provisions keep their legislation.gov.uk id IRI. A version of a provision's text is an
``eli:LegalExpression`` with the address that legislation.gov.uk gives to that version. Notes, commencements and
text inserted elsewhere get an IRI made of their content, so that a file loaded twice, or a cut of it, adds nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Quad

from ...citations import cite, split_path
from ...ontology.namespaces import DG, ELI, LEG, PROV, RDF, RDFS, XSD, thing
from .insertions import insertions_of
from .linking import Linker, known_instruments
from .model import Document, Entry, Note, Part, Provision, Words
from .notes import changes_of, commencements_of

GRAPH_NAME = "legislation"
"""The layer that all CLML files go into: one instrument is one thing, from whichever file it came."""

_SITE = "http://www.legislation.gov.uk/"
_TYPES = _SITE + "def/legislation/"
_DAY = NamedNode(XSD + "date")
_TRUE = Literal("true", datatype=NamedNode(XSD + "boolean"))

TYPE, LABEL = NamedNode(RDF + "type"), NamedNode(RDFS + "label")


@lru_cache(maxsize=256)
def _eli(name: str) -> NamedNode:
    return NamedNode(ELI + name)


@lru_cache(maxsize=256)
def _dg(name: str) -> NamedNode:
    return NamedNode(DG + name)


def document_quads(document: Document, graph: str) -> Iterator[Quad]:
    """Return what a document says.

    Args:
        document: a CLML file, read.
        graph: IRI of the named graph that takes its statements.

    Yields:
        Its statements. Provisions' IRIs are those of the file, none is made up.
    """
    return _Writer(document, NamedNode(graph)).quads()


class _Writer:
    """One document as it is written."""

    def __init__(self, document: Document, graph: NamedNode) -> None:
        self.document = document
        self.graph = graph
        self.subject = NamedNode(document.iri)
        self.work = document.iri.removeprefix(LEG)
        self.name = name_of(document)
        self.provisions = {provision.iri for provision in document.walk()}
        self.notes = {
            note.key: (note, NamedNode(_made("note", self.work, note.kind, note.text))) for note in document.notes
        }
        self.known = known_instruments(document)
        self.linker = Linker(document, self.provisions, self.known)
        self.noted: dict[str, list[str]] = {}

    def quad(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> Quad:
        return Quad(subject, predicate, value, self.graph)

    def quads(self) -> Iterator[Quad]:
        yield from self.instrument()
        for provision in self.document.provisions:
            yield from self.provision(provision, self.subject)
        yield from self.commentary()
        for insertion in insertions_of(self.document, self.known):
            yield from self.insertion(insertion.text, insertion.by, insertion.into)

    def instrument(self) -> Iterator[Quad]:
        document, subject = self.document, self.subject
        yield self.quad(subject, TYPE, _eli("LegalResource"))
        if document.fragment:
            return
        yield self.quad(subject, LABEL, self.text(self.name))
        for name, value in (("title", document.title), ("number", document.number)):
            if value:
                yield self.quad(subject, _eli(name), self.text(value) if name == "title" else Literal(value))
        if document.made_on:
            yield self.quad(subject, _eli("date_document"), Literal(document.made_on, datatype=_DAY))
        if document.category.isalnum():
            yield self.quad(subject, _eli("type_document"), NamedNode(_TYPES + document.category))
        yield from self.snapshot()

    def snapshot(self) -> Iterator[Quad]:
        """Describe the text of the whole on the file's day; its dates say nothing of the provisions."""
        document = self.document
        version = self.expression(document.iri, document.valid_on or document.start, "")
        yield self.quad(version, TYPE, _eli("LegalExpression"))
        yield self.quad(version, _eli("realizes"), self.subject)
        yield self.quad(version, LABEL, self.text(self.name))
        if document.valid_on or document.start:
            day = Literal(document.valid_on or document.start, datatype=_DAY)
            yield self.quad(version, _eli("version_date"), day)
        if document.extent:
            yield self.quad(version, _dg("extent"), Literal(document.extent))

    def provision(self, provision: Provision, parent: NamedNode) -> Iterator[Quad]:
        subject = NamedNode(provision.iri)
        yield self.quad(subject, TYPE, _eli("LegalResourceSubdivision"))
        yield self.quad(subject, _eli("is_part_of"), parent)
        yield self.quad(subject, _dg("evidence"), _dg("Statute"))
        label = self.text(label_of(self.name, provision))
        yield self.quad(subject, LABEL, label)
        if provision.number:
            yield self.quad(subject, _eli("number"), Literal(provision.number))
        if provision.heading:
            yield self.quad(subject, _eli("title"), self.text(provision.heading))
        if provision.confers_power:
            yield self.quad(subject, _dg("confersRuleMaking"), _TRUE)
        yield from self.version(provision, subject, label)
        yield from self.links(provision, subject)
        for part in provision.content:
            if isinstance(part, Provision):
                yield from self.provision(part, subject)

    def version(self, provision: Provision, subject: NamedNode, label: Literal) -> Iterator[Quad]:
        """Describe this version of a provision's text: from when until when, for which countries, its words."""
        version = self.expression(provision.iri, provision.start, provision.status)
        yield self.quad(version, TYPE, _eli("LegalExpression"))
        yield self.quad(version, _eli("realizes"), subject)
        yield self.quad(version, LABEL, label)
        if provision.start:
            yield self.quad(version, _dg("validFrom"), Literal(provision.start, datatype=_DAY))
        if provision.end:
            yield self.quad(version, _dg("validUntil"), Literal(provision.end, datatype=_DAY))
        if provision.extent:
            yield self.quad(version, _dg("extent"), Literal(provision.extent))
        if provision.status:
            yield self.quad(version, _dg("textStatus"), Literal(provision.status))
        if provision.status_extent:
            yield self.quad(version, _dg("textStatusExtent"), Literal(provision.status_extent))
        words = provision.own_text
        if words:
            yield self.quad(version, _dg("text"), self.text(words))

    def links(self, provision: Provision, subject: NamedNode) -> Iterator[Quad]:
        for key in dict.fromkeys((*provision.notes, *_notes_in(provision.content))):
            if key in self.notes:
                self.noted.setdefault(key, []).append(provision.iri)
                yield self.quad(subject, _dg("note"), self.notes[key][1])
        for iri in self.linker.cited_by(provision):
            yield self.quad(subject, _eli("cites"), NamedNode(iri))

    def commentary(self) -> Iterator[Quad]:
        for key, (note, subject) in self.notes.items():
            yield self.quad(subject, TYPE, _dg("EditorialNote"))
            if note.kind:
                yield self.quad(subject, _dg("noteKind"), Literal(note.kind))
            yield self.quad(subject, _dg("text"), self.text(note.text))
            for iri in dict.fromkeys(reference.iri for reference in note.references):
                yield self.quad(subject, _eli("cites"), NamedNode(iri))
            yield from self.change(note, self.noted.get(key, []))
            yield from self.commencements(note, subject, self.noted.get(key, []))

    def change(self, note: Note, provisions: list[str]) -> Iterator[Quad]:
        what, by = changes_of(note, self.document.iri)
        predicate = _eli("repealed_by" if what == "repealed" else "amended_by")
        for provision in provisions if by else ():
            for iri in by:
                yield self.quad(NamedNode(provision), predicate, NamedNode(iri))

    def commencements(self, note: Note, source: NamedNode, provisions: list[str]) -> Iterator[Quad]:
        for found in commencements_of(note, self.document.made_on):
            named = self.linker.named(found.subject)
            for iri in named or provisions:
                subject = NamedNode(
                    _made("commencement", self.work, iri, found.day, found.extent, found.purposes, found.by)
                )
                yield self.quad(subject, TYPE, _dg("Commencement"))
                yield self.quad(subject, _dg("commences"), NamedNode(iri))
                yield self.quad(subject, _dg("validFrom"), Literal(found.day, datatype=_DAY))
                yield self.quad(subject, NamedNode(PROV + "wasDerivedFrom"), source)
                if found.extent:
                    yield self.quad(subject, _dg("extent"), Literal(found.extent))
                if found.purposes:
                    yield self.quad(subject, _dg("forPurpose"), self.text(found.purposes))
                if found.wholly:
                    yield self.quad(subject, _dg("wholly"), _TRUE)
                if found.by:
                    yield self.quad(subject, _dg("broughtInBy"), NamedNode(found.by))
                    yield self.quad(NamedNode(iri), _eli("commenced_by"), NamedNode(found.by))

    def insertion(self, text: str, by: str, into: str) -> Iterator[Quad]:
        """Describe another enactment's words: they belong there, and this provision only carries them."""
        subject = NamedNode(_made("inserted-text", self.work, by, text))
        yield self.quad(subject, TYPE, _dg("InsertedText"))
        yield self.quad(subject, _dg("text"), self.text(text))
        yield self.quad(subject, _dg("insertedBy"), NamedNode(by))
        if into:
            yield self.quad(subject, _dg("insertedInto"), NamedNode(into))
            yield self.quad(NamedNode(by), _eli("amends"), NamedNode(into))

    def text(self, value: str) -> Literal:
        return Literal(value, language=self.document.language)

    def expression(self, iri: str, start: str, status: str) -> NamedNode:
        """Return the address of a version: legislation.gov.uk's own form."""
        version = start or ("prospective" if status == "prospective" else self.document.version)
        language = "welsh" if self.document.language == "cy" else ""
        return NamedNode(_SITE + "/".join(part for part in (iri.removeprefix(LEG), version, language) if part))


def label_of(name: str, provision: Provision) -> str:
    """Return how a provision is cited; a cross-heading, which has no number, by its words.

    >>> path = "part/1/crossheading/duties-of-councils"
    >>> label_of("Lanterns Act 2999", Provision("", path, "crossheading", "Pblock", heading="Duties of councils"))
    'Lanterns Act 2999, Pt 1: Duties of councils'
    """
    if provision.kind != "crossheading":
        return cite(name, provision.path)
    place, _, words = provision.path.partition("crossheading/")
    return f"{cite(name, place)}: {provision.heading or words.replace('-', ' ')}"


def name_of(document: Document) -> str:
    """Return how an instrument is cited: an instrument made under an Act by its number, all else by its title.

    >>> name_of(Document(iri=LEG + "uksi/2007/1830", title="The Crime and Disorder (Strategy) Regulations 2007"))
    'SI 2007/1830'
    >>> name_of(Document(iri=LEG + "wsi/2003/525", welsh_number="77"))  # no series of its own: an S.I. with two numbers
    'SI 2003/525 (W. 77)'
    """
    kind, *year_and_number = split_path(document.iri.removeprefix(LEG))[0].split("/")
    mark = {"uksi": "SI", "wsi": "SI", "ssi": "SSI", "nisr": "SR", "nisi": "SI"}.get(kind)
    if mark:
        welsh = f" (W. {document.welsh_number})" if kind == "wsi" and document.welsh_number else ""
        return f"{mark} {'/'.join(year_and_number)}{welsh}"
    return document.title or document.iri.removeprefix(LEG)


def _notes_in(content: tuple[Part, ...]) -> Iterator[str]:
    for part in content:
        if isinstance(part, Words):
            yield from part.notes
            yield from (change.note for change in part.changes)
        elif isinstance(part, Entry):
            yield from _notes_in(part.content)


def _made(kind: str, work: str, *content: str) -> str:
    """Make the IRI of a thing without an official one from what it says."""
    digest = hashlib.sha256("\n".join((work, *content)).encode()).hexdigest()[:16]
    return thing(kind, f"{'-'.join(split_path(work)[0].split('/'))}-{digest}")
