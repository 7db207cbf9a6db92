"""Networks as plain values: what a map shows, before anyone thinks of how it looks.

In go nodes and edges that :mod:`dutygraph.queries.maps` reads from the graph; out comes a value that
:mod:`dutygraph.graph.maps` draws, or a networkx graph for analysis.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx

TIERS = ("nation", "region", "police area", "county", "district")
"""The bands of a map, the widest first."""

FAMILIES = {
    "law": "class or duty that the law names",
    "partnership": "partnership, board or panel",
    "body": "public body",
    "post": "office-holder",
    "area": "area",
}
"""What a node can be, in the words of the legend."""


@dataclass(frozen=True)
class MapNode:
    """One thing on a map.

    Attributes:
        iri: what it is called in the graph.
        label: its name.
        family: a key of :data:`FAMILIES`.
        kind: its kind in words ("district or borough council").
        tier: one of :data:`TIERS`.
        facts: lines of text that are shown when the node is chosen.
    """

    iri: str
    label: str
    family: str
    kind: str
    tier: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class MapEdge:
    """One line on a map, with the law it rests on.

    Attributes:
        source: IRI of the node it starts from.
        target: IRI of the node it leads to.
        label: what it says ("responsible authority").
        law: the provisions, as cited; empty where none is its basis.
        law_iri: address of the first provision, or empty.
        dates: since when and until when, in words.
        evidence: how good it is, in words, where that needs saying.
        derived: True if it follows from a class that the law names, False if a source says it of the body.
    """

    source: str
    target: str
    label: str
    law: str = ""
    law_iri: str = ""
    dates: str = ""
    evidence: str = ""
    derived: bool = False


@dataclass(frozen=True)
class Network:
    """What a map shows: a title, the day it is for, nodes and edges, and what a reader must know."""

    title: str
    as_at: str
    nodes: tuple[MapNode, ...]
    edges: tuple[MapEdge, ...]
    notes: tuple[str, ...] = ()

    def to_networkx(self) -> networkx.MultiDiGraph:
        """Return the network as a networkx graph with all attributes as plain text."""
        import networkx

        graph = networkx.MultiDiGraph(title=self.title, as_at=self.as_at)
        for node in self.nodes:
            graph.add_node(
                node.iri,
                label=node.label,
                family=node.family,
                kind=node.kind,
                tier=node.tier,
                facts="\n".join(node.facts),
            )
        for edge in self.edges:
            graph.add_edge(edge.source, edge.target, label=edge.label, law=edge.law, dates=edge.dates)
        return graph
