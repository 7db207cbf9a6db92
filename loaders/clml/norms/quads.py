"""Extracted norms as quads: what the text says, where it says it, and which rule found it.

A norm's IRI is made of its content, so that a text loaded twice adds nothing. Its passage is found again by a text
quote selector (https://www.w3.org/TR/annotation-model/#text-quote-selector) in the provision that holds the verb.
Dates are those of the version of the text, which says nothing of commencement.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from ....citations import cite, split_path
from ....ontology.namespaces import DCTERMS, DG, LEG, OA, PROV, RDF, RDFS, XSD, thing
from ..model import Document, Provision
from .extraction import Norm, norms
from .linking import HolderLinks, register_names

_LABEL_LENGTH = 90


def norm_quads(document: Document, graph: str, name: str = "") -> Iterator[Quad]:
    """Return the norms that a document states.

    Args:
        document: a CLML file, read.
        graph: IRI of the named graph that takes the statements.
        name: how the instrument is cited; its title if empty.

    Yields:
        Statements: norms with ``dg:evidence dg:RuleExtracted``, their passages, their holders as far as any is named.
    """
    writer = _Writer(document, NamedNode(graph), name or document.title)
    for norm in norms(document):
        yield from writer.norm(norm)


class _Writer:
    """The norms of one document as they are written."""

    def __init__(self, document: Document, graph: NamedNode, name: str) -> None:
        self.graph = graph
        self.name = name
        self.slug = "-".join(split_path(document.iri.removeprefix(LEG))[0].split("/"))
        self.links = HolderLinks(document, register_names())
        self.provisions: dict[str, Provision] = {each.iri: each for each in document.walk()}

    def quad(self, subject: str, predicate: str, value: NamedNode | Literal) -> Quad:
        return Quad(NamedNode(subject), NamedNode(predicate), value, self.graph)

    def made(self, kind: str, *content: str) -> str:
        digest = hashlib.sha256("\n".join(content).encode()).hexdigest()[:16]
        return thing(kind, f"{self.slug}-{digest}")

    def norm(self, norm: Norm) -> Iterator[Quad]:
        key = (norm.provision_iri, norm.pinpoint_iri, norm.kind, norm.holder or "", norm.action)
        subject, passage = self.made("norm", *key), self.made("passage", *key)
        yield self.quad(subject, RDF + "type", NamedNode(DG + norm.kind.capitalize()))
        yield self.quad(subject, RDFS + "label", Literal(self.label(norm), language="en"))
        for predicate, words in (
            (DG + "action", norm.action),
            (DG + "condition", norm.condition),
            (DG + "deadline", norm.deadline),
            (DCTERMS + "description", f"found by rule: {norm.rule}"),
        ):
            if words:
                yield self.quad(subject, predicate, Literal(words, language="en"))
        yield self.quad(subject, DG + "basis", NamedNode(norm.pinpoint_iri))
        yield self.quad(subject, DG + "evidence", NamedNode(DG + "RuleExtracted"))
        yield self.quad(subject, PROV + "wasDerivedFrom", NamedNode(passage))
        yield from self.dates(subject, norm)
        yield from self.holder(subject, norm.holder)
        yield from self.toward(subject, norm.toward)
        yield from self.passage(passage, norm, key)

    def label(self, norm: Norm) -> str:
        """Write a short name: who, and the beginning of what."""
        words = f"{norm.holder or 'no agent stated'}: {norm.action}"
        short = words if len(words) <= _LABEL_LENGTH else words[:_LABEL_LENGTH].rsplit(" ", 1)[0] + " …"
        return f"{short} ({cite(self.name, norm.pinpoint)})" if self.name else short

    def dates(self, subject: str, norm: Norm) -> Iterator[Quad]:
        provision = self.provisions.get(norm.pinpoint_iri)
        for predicate, day in (
            ("validFrom", provision.start if provision else ""),
            ("validUntil", provision.end if provision else ""),
        ):
            if day:
                yield self.quad(subject, DG + predicate, Literal(day, datatype=NamedNode(XSD + "date")))

    def holder(self, subject: str, holder: str | None) -> Iterator[Quad]:
        """Say who holds it: a class of the register, else an actor of this enactment, with its kind of body."""
        if not holder:
            return
        linked = self.links.holder_class(holder)
        if linked:
            yield self.quad(subject, DG + "holder", NamedNode(linked))
            return
        actor = self.made("actor", holder)
        yield self.quad(subject, DG + "holder", NamedNode(actor))
        yield self.quad(actor, RDF + "type", NamedNode(DG + "NamedActor"))
        yield self.quad(actor, RDFS + "label", Literal(holder, language="en"))
        kind = self.links.kind(holder)
        if kind:
            yield self.quad(actor, DG + "bodyKind", NamedNode(kind))

    def toward(self, subject: str, words: str | None) -> Iterator[Quad]:
        if words:
            persons = self.made("described", words)
            yield self.quad(subject, DG + "toward", NamedNode(persons))
            yield self.quad(persons, RDF + "type", NamedNode(DG + "DescribedPersons"))
            yield self.quad(persons, RDFS + "label", Literal(words, language="en"))

    def passage(self, passage: str, norm: Norm, key: tuple[str, ...]) -> Iterator[Quad]:
        selector = self.made("selector", *key)
        yield self.quad(passage, RDF + "type", NamedNode(DG + "Passage"))
        yield self.quad(passage, OA + "hasSource", NamedNode(norm.pinpoint_iri))
        yield self.quad(passage, OA + "hasSelector", NamedNode(selector))
        yield self.quad(selector, RDF + "type", NamedNode(OA + "TextQuoteSelector"))
        for name, words in (("exact", norm.exact), ("prefix", norm.prefix), ("suffix", norm.suffix)):
            if words:
                yield self.quad(selector, OA + name, Literal(words))
