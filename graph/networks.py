"""Networks: what a map is drawn from and what network tools read, as plain values without a store.

In go nodes and edges that somebody has asked the graph for (see :mod:`dutygraph.queries.maps`); out comes a
:class:`Network` that can be laid out, written as a page or a picture (:mod:`dutygraph.graph.maps`), or handed on
as a networkx graph. A fact keeps its law, dates and evidence wherever it goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..citations import group_citations
from ..dates import say_interval

if TYPE_CHECKING:
    import networkx

MEMBER_OF_CLASS, SITS_ON, PART_OF, REPORTS_TO = "member of class", "sits on", "part of", "reports to"
HOLDS, TOWARD, SERVES, LIES_IN, PAYS = "holds", "toward", "serves", "lies in", "pays"
"""The kinds of edge, each read from source to target."""

STATUTORY = "required or named by law"
"""The name of the fact that says, yes or no, whether a partnership is statutory."""


@dataclass(frozen=True)
class Basis:
    """A provision: how it is cited, and its IRI."""

    citation: str
    iri: str


@dataclass(frozen=True)
class Support:
    """What a fact rests on: its law, dates and evidence.

    ``valid_from`` and ``valid_until`` are ISO days, half-open, None where open or not known; ``attested`` says that
    ``valid_from`` is only the earliest evidenced day. ``checked`` is the day on which somebody checked the fact.
    """

    basis: tuple[Basis, ...] = ()
    valid_from: str | None = None
    valid_until: str | None = None
    attested: bool = False
    checked: str | None = None
    grade: str | None = None
    evidence: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    note: str = ""

    @property
    def weak(self) -> bool:
        """Say whether the evidence is of grade C: inferred, a lead only."""
        return self.grade == "C"

    @property
    def certain(self) -> bool:
        """Say whether the fact is checked and its evidence is not weak."""
        return bool(self.checked) and not self.weak

    def say_law(self) -> str:
        """Write the citations, each instrument once."""
        return "; ".join(group_citations(item.citation for item in self.basis))

    def say_dates(self) -> str:
        """Write the dates for people; empty where both ends are open."""
        return say_interval(self.valid_from, self.valid_until, attested=self.attested)

    def say_evidence(self) -> str:
        """Write how good the evidence is, with "unchecked" and "weak" said first."""
        marks = [] if self.checked else ["unchecked"]
        marks += ["weak evidence: inferred, a lead only"] if self.weak else []
        marks += [", ".join(self.evidence)] if self.evidence else []
        return "; ".join(marks)


@dataclass(frozen=True)
class Node:
    """A thing on a map.

    Args:
        id: its IRI.
        label: what it is called.
        family: class, body, post, partnership, area, duty, power, prohibition, or words.
        kind: what kind of thing it is, in plain words.
        lane: key of the column in which it stands.
        band: key of the tier in which it stands; None for all of them.
        group: the id of what it is to stand beside.
        facts: further facts, each a name and a text.
        support: what its being there rests on.
        days: on which of the network's days it is there; empty for all of them.
    """

    id: str
    label: str
    family: str
    kind: str
    lane: str
    band: str | None = None
    group: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    support: Support = field(default_factory=Support)
    days: tuple[str, ...] = ()


@dataclass(frozen=True)
class Edge:
    """A fact that links two things, read from source to target.

    Args:
        source: id of a node.
        target: id of a node.
        kind: one of the kinds of this module.
        sentence: the fact in a sentence.
        role: the role, capacity or reason in a few words.
        areas: for which areas, where the fact holds area by area.
        support: what it rests on.
        quiet: whether it is only drawn when somebody asks for one of its ends.
        days: on which of the network's days it holds; empty for all of them.
        amount: pounds, where it is money that is paid.
    """

    source: str
    target: str
    kind: str
    sentence: str
    role: str = ""
    areas: tuple[str, ...] = ()
    support: Support = field(default_factory=Support)
    quiet: bool = False
    days: tuple[str, ...] = ()
    amount: float = 0


@dataclass(frozen=True)
class Strip:
    """A lane (column) or a band (tier) of a map: its key and what it is called."""

    key: str
    label: str


@dataclass(frozen=True)
class Network:
    """Everything that is on a map: what is asked, for which day, and the things with the facts that link them.

    Nodes and edges are in the order in which they are drawn and listed. Where days are compared, ``days`` has them
    from the earliest to the latest, and ``as_at`` is the latest. ``picture`` says how it is laid
    out: network, tree or money.
    """

    title: str
    as_at: str
    lanes: tuple[Strip, ...]
    bands: tuple[Strip, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    notes: tuple[str, ...] = ()
    subtitle: str = ""
    days: tuple[str, ...] = ()
    picture: str = "network"

    def of(self, *families: str) -> list[Node]:
        """Return the nodes of some families.

        >>> Network("Nothing", "2026-01-01", (), (), (), ()).of("body")
        []
        """
        return [node for node in self.nodes if node.family in families]


def widen(first: Support, second: Support) -> Support:
    """Return what two facts together rest on: they hold as long as one of them does, and are as sure as the weaker."""
    starts, ends = (first.valid_from, second.valid_from), (first.valid_until, second.valid_until)
    earliest = None if None in starts else min(str(start) for start in starts)
    return Support(
        basis=tuple(dict.fromkeys((*first.basis, *second.basis))),
        valid_from=earliest,
        valid_until=None if None in ends else max(str(end) for end in ends),
        attested=any(item.attested and item.valid_from == earliest for item in (first, second)),
        checked=min(first.checked, second.checked) if first.checked and second.checked else None,
        grade=max((grade for grade in (first.grade, second.grade) if grade), default=None),
        evidence=union(first.evidence, second.evidence),
        sources=union(first.sources, second.sources),
        note="; ".join(union([first.note], [second.note])),
    )


_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """Return a text without the control characters that no XML file may hold.

    >>> printable("one\\x00two")
    'one two'
    """
    return _CONTROLS.sub(" ", text)


def union(first: Iterable[str], second: Iterable[str]) -> tuple[str, ...]:
    """Return what is in either, each once, in order, without the empty.

    >>> union(["a", ""], ["b", "a"])
    ('a', 'b')
    """
    return tuple(item for item in dict.fromkeys((*first, *second)) if item)


def to_networkx(network: Network) -> networkx.MultiDiGraph:
    """Return the network as a networkx graph whose attributes are plain texts: what GraphML can hold.

    Args:
        network: the network.

    Returns:
        A directed graph; parallel edges are several facts about the same two things.
    """
    import networkx

    graph: networkx.MultiDiGraph = networkx.MultiDiGraph(title=printable(network.title), as_at=network.as_at)
    for node in network.nodes:
        graph.add_node(
            node.id,
            label=printable(node.label),
            family=node.family,
            kind=node.kind,
            lane=node.lane,
            tier=node.band or "",
            facts=_flat(f"{name}: {text}" for name, text in node.facts),
            days=_flat(node.days),
            **_attributes(node.support),
        )
    for edge in network.edges:
        graph.add_edge(
            edge.source,
            edge.target,
            kind=edge.kind,
            sentence=printable(edge.sentence),
            role=printable(edge.role),
            areas=_flat(edge.areas),
            amount=float(edge.amount),
            days=_flat(edge.days),
            **_attributes(edge.support),
        )
    return graph


def _attributes(support: Support) -> dict[str, str]:
    return {
        "law": support.say_law(),
        "law_iris": _flat(item.iri for item in support.basis),
        "valid_from": support.valid_from or "",
        "valid_until": support.valid_until or "",
        "start_attested_only": "yes" if support.attested else "no",
        "checked_on": support.checked or "",
        "grade": support.grade or "",
        "evidence": _flat(support.evidence),
        "sources": _flat(support.sources),
        "note": printable(support.note),
    }


def _flat(texts: Iterable[str]) -> str:
    return printable("; ".join(texts))
