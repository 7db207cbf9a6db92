"""Write candidate statements down as RDF: each a thing of its own, with its words, its place, its rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from ..loaders.papers.model import Paper
from ..loaders.papers.quads import BY_RULE, Writer, layer_name, passage_iri
from ..ontology.namespaces import DCTERMS, DG, OA, PROV, RDF, RDFS, XSD, thing
from .model import Fact

_OWN = {"force": "force"}


def fact_quads(paper: Paper, facts: Iterable[Fact]) -> Iterator[Quad]:
    """Write down what a paper states, as candidates that no one has accepted yet.

    Yields:
        Statements in the graph of the paper. None of them asserts the fact itself.
    """
    writer = Writer(paper)
    for number, fact in enumerate(facts):
        yield from _statement(writer, number, fact)


def _statement(writer: Writer, number: int, fact: Fact) -> Iterator[Quad]:
    iri = thing("statement", f"{layer_name(writer.paper)}-{number}")
    yield writer.quad(iri, RDF + "type", NamedNode(DG + "CandidateStatement"))
    label = f"{fact.subject} – {fact.relation} – {fact.object}"
    yield writer.quad(iri, RDFS + "label", Literal(label, language="en"))
    yield writer.quad(iri, DG + "evidence", BY_RULE)
    yield writer.quad(iri, PROV + "wasDerivedFrom", NamedNode(passage_iri(writer.paper, fact.passage)))
    own = [(DG + _OWN[key], value) for key, value in fact.more.items() if key in _OWN]
    rest = "; ".join(
        f"{key.replace('_', ' ')}: {value}" for key, value in fact.more.items() if key not in _OWN and value
    )
    yield from writer.texts(
        iri,
        (
            (DG + "statementKind", fact.kind),
            (DG + "subjectName", fact.subject),
            (DG + "relationName", fact.relation),
            (DG + "objectName", fact.object),
            (DG + "statementDate", fact.on or ""),
            (DG + "locator", fact.locator),
            (OA + "exact", fact.quote),
            (DG + "certainty", fact.certainty),
            (DG + "foundBy", fact.rule),
            (DCTERMS + "description", rest),
            *own,
        ),
    )
    if fact.kind == "funding" and fact.value is not None:
        amount = Literal(f"{fact.value:.2f}", datatype=NamedNode(XSD + "decimal"))
        yield writer.quad(iri, DG + "statementAmount", amount)
