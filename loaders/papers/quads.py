"""Write a paper down as RDF: the document, its passages with W3C Web Annotation selectors, what they mention.

https://www.w3.org/TR/annotation-model/#selectors: a TextQuoteSelector finds the words again (with the words before
and after them), a TextPositionSelector counts letters in the text of the paper, its passages one a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from ...ontology.namespaces import DCTERMS, DG, GRAPH, OA, PROV, RDF, RDFS, XSD, thing
from .mentions import Mention
from .model import Paper, Passage

TYPE = NamedNode(RDF + "type")
LABEL = NamedNode(RDFS + "label")
DERIVED_FROM = NamedNode(PROV + "wasDerivedFrom")
EVIDENCE = NamedNode(DG + "evidence")
BY_RULE = NamedNode(DG + "RuleExtracted")
_AROUND = 40


def layer_name(paper: Paper) -> str:
    """Return the name of the graph of a paper: ``paper-`` and its file's name in letters, digits and hyphens.

    >>> layer_name(Paper("Item 8 (final).pdf"))
    'paper-item-8-final'
    """
    slug = re.sub(r"[^a-z0-9]+", "-", paper.name.rsplit(".", 1)[0].casefold()).strip("-")
    return f"paper-{slug or 'unnamed'}"


def source_iri(paper: Paper) -> str:
    """Return the IRI of the paper."""
    return thing("source", layer_name(paper))


def passage_iri(paper: Paper, number: int) -> str:
    """Return the IRI of a passage of the paper."""
    return thing("passage", f"{layer_name(paper)}-{number}")


class Writer:
    """Writes triples into the graph of one paper."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.graph = NamedNode(GRAPH + layer_name(paper))

    def quad(self, subject: str, predicate: str, value: NamedNode | Literal) -> Quad:
        """One statement in the graph of the paper."""
        return Quad(NamedNode(subject), NamedNode(predicate), value, self.graph)

    def texts(self, subject: str, pairs: Iterable[tuple[str, str]]) -> Iterator[Quad]:
        """Statements with plain texts; an empty text is no statement."""
        for predicate, text in pairs:
            if text:
                yield self.quad(subject, predicate, Literal(text))


def paper_quads(paper: Paper, mentions: Iterable[Mention]) -> Iterator[Quad]:
    """Write down a paper, its passages and what they mention.

    Yields:
        Statements in the graph ``…/graph/paper-{name}``.
    """
    writer = Writer(paper)
    yield from _document(writer)
    for passage in paper.passages:
        yield from _passage(writer, passage)
    for number, mention in enumerate(mentions):
        yield from _mention(writer, number, mention)


def _document(writer: Writer) -> Iterator[Quad]:
    paper, iri = writer.paper, source_iri(writer.paper)
    yield writer.quad(iri, RDF + "type", NamedNode(DG + "Source"))
    yield writer.quad(iri, RDFS + "label", Literal(paper.title or paper.name, language="en"))
    yield from writer.texts(
        iri,
        (
            (DCTERMS + "title", paper.title),
            (DCTERMS + "creator", paper.author),
            (DCTERMS + "publisher", paper.body),
            (DG + "sourceKind", "paper"),
            (DCTERMS + "identifier", f"sha256:{paper.digest}" if paper.digest else ""),
        ),
    )
    if paper.date:
        yield writer.quad(iri, DCTERMS + "issued", Literal(paper.date, datatype=NamedNode(XSD + "date")))


def _passage(writer: Writer, passage: Passage) -> Iterator[Quad]:
    paper, iri = writer.paper, passage_iri(writer.paper, passage.number)
    yield writer.quad(iri, RDF + "type", NamedNode(DG + "Passage"))
    yield writer.quad(iri, OA + "hasSource", NamedNode(source_iri(paper)))
    page = f", page {passage.page}" if passage.page else ""
    yield from writer.texts(iri, ((DG + "locator", passage.locator + page),))
    end = passage.start + len(passage.raw)
    yield from selectors(writer, iri, f"{layer_name(paper)}-{passage.number}", passage.start, end)


def selectors(writer: Writer, iri: str, name: str, start: int, end: int) -> Iterator[Quad]:
    """The two selectors of a place in the text of the paper."""
    text = writer.paper.text
    quote, position = thing("selector", f"{name}-quote"), thing("selector", f"{name}-position")
    for selector, kind in ((quote, "TextQuoteSelector"), (position, "TextPositionSelector")):
        yield writer.quad(iri, OA + "hasSelector", NamedNode(selector))
        yield writer.quad(selector, RDF + "type", NamedNode(OA + kind))
    yield from writer.texts(
        quote,
        (
            (OA + "exact", text[start:end]),
            (OA + "prefix", text[max(0, start - _AROUND) : start]),
            (OA + "suffix", text[end : end + _AROUND]),
        ),
    )
    for predicate, value in ((OA + "start", start), (OA + "end", end)):
        number = Literal(str(value), datatype=NamedNode(XSD + "nonNegativeInteger"))
        yield writer.quad(position, predicate, number)


def _mention(writer: Writer, number: int, mention: Mention) -> Iterator[Quad]:
    iri = thing("mention", f"{layer_name(writer.paper)}-{number}")
    yield writer.quad(iri, RDF + "type", NamedNode(DG + "Mention"))
    yield writer.quad(iri, PROV + "wasDerivedFrom", NamedNode(passage_iri(writer.paper, mention.passage)))
    yield writer.quad(iri, DG + "evidence", BY_RULE)
    yield from writer.texts(
        iri,
        (
            (DG + "mentionKind", mention.kind),
            (OA + "exact", mention.text),
            (DCTERMS + "description", "; ".join(dict.fromkeys(link.reason for link in mention.links))),
        ),
    )
    for link in mention.links:
        yield writer.quad(iri, DG + "mayName", NamedNode(link.iri))
