"""A review table of holders, edited by a person: who the actors of an extract are, in; quads out.

The table is what ``dutygraph holders --format csv`` prints, with the column ``decision`` filled: yes, no or unsure.
A row without a decision says nothing. What was decided is kept with who decided it and when.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from ..dates import parse_date
from ..errors import BadDate, RegisterFault
from ..ontology.namespaces import DG, ID, RDF, RDFS, XSD

COLUMNS = ("actor", "candidate_iri", "decision", "decided_by", "decided_on", "note")
"""The columns that are read; others may stand beside them."""

DECISIONS = ("yes", "no", "unsure")


def read_reviews(path: Path, graph: str) -> Iterator[Quad]:
    """Read a review table.

    Args:
        path: the CSV file.
        graph: IRI of the named graph that takes its statements.

    Yields:
        For each decided row a ``dg:HolderReview``; for each "yes" also ``dg:standsFor`` from actor to candidate.

    Raises:
        RegisterFault: if rows are broken; the message has all faults with line and column.
    """
    decided, faults = [], []
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = [name for name in COLUMNS[:3] if name not in (reader.fieldnames or ())]
        if missing:
            raise RegisterFault([f"{path.name}, line 1: the header has no column {', '.join(missing)}."])
        for row in reader:
            decision = (row["decision"] or "").strip().lower()
            if decision:
                faults += [f"{path.name}, line {reader.line_num}, {fault}" for fault in _faults(row, decision)]
                decided.append((row, decision))
    if faults:
        raise RegisterFault(faults)
    for row, decision in decided:
        yield from _review(row, decision, NamedNode(graph))


def _faults(row: dict[str, str], decision: str) -> Iterator[str]:
    if decision not in DECISIONS:
        yield f'decision: "{decision}" is no decision. Write yes, no or unsure, or leave it empty.'
    if not (row["actor"] or "").startswith(f"{ID}actor/"):
        yield f'actor: "{row["actor"]}" is no actor of an extract. Take the row from: dutygraph holders --format csv'
    candidate = row["candidate_iri"] or ""
    if not candidate.startswith((DG, ID)) and not (decision != "yes" and not candidate):
        yield f'candidate_iri: "{candidate}" is no class or kind of body. Find it: dutygraph search NAME --kind class'
    try:
        if row.get("decided_on"):
            parse_date(row["decided_on"])
    except BadDate as error:
        yield f"decided_on: {error}"


def _review(row: dict[str, str], decision: str, graph: NamedNode) -> Iterator[Quad]:
    actor, candidate = NamedNode(row["actor"]), row["candidate_iri"] or ""
    slug = row["actor"].rsplit("/", 1)[1] + "-" + (candidate.rsplit("/", 1)[-1].rsplit("#", 1)[-1] or "none").lower()
    review = NamedNode(f"{ID}review/{slug}")

    def say(name: str, value: NamedNode | Literal) -> Quad:
        return Quad(review, NamedNode(name), value, graph)

    yield say(RDF + "type", NamedNode(DG + "HolderReview"))
    yield say(DG + "reviewOf", actor)
    yield say(DG + "decision", Literal(decision))
    if candidate:
        yield say(DG + "candidate", NamedNode(candidate))
    if row.get("decided_by"):
        yield say(DG + "decidedBy", Literal(row["decided_by"].strip()))
    if row.get("decided_on"):
        yield say(DG + "checkedOn", Literal(row["decided_on"], datatype=NamedNode(XSD + "date")))
    if row.get("note"):
        yield say(RDFS + "comment", Literal(row["note"].strip()))
    if decision == "yes":
        yield Quad(actor, NamedNode(DG + "standsFor"), NamedNode(candidate), graph)
