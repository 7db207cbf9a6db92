"""Networks: what a map is drawn from and what network tools read, as plain values without a store.

In go nodes and edges that somebody has asked the graph for (see :mod:`dutygraph.queries.maps`); out comes a
:class:`Network` that can be laid out, written as a page or a picture (:mod:`dutygraph.graph.maps`), or handed on
as a networkx graph. A fact keeps its law, dates and evidence wherever it goes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import TYPE_CHECKING

from ..citations import group_citations, split_citation
from ..dates import say_interval

if TYPE_CHECKING:
    import networkx

MEMBER_OF_CLASS, SITS_ON, PART_OF, REPORTS_TO = "member of class", "sits on", "part of", "reports to"
HOLDS, TOWARD, SERVES, LIES_IN = "holds", "toward", "serves", "lies in"
"""The kinds of edge, each read from source to target."""


_WORDS_AT_MOST, _PARTNERSHIPS_AT_MOST = 4, 14


_CROWDS = ("group words", "group partnerships")


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
    """

    source: str
    target: str
    kind: str
    sentence: str
    role: str = ""
    areas: tuple[str, ...] = ()
    support: Support = field(default_factory=Support)
    quiet: bool = False


@dataclass(frozen=True)
class Strip:
    """A lane (column) or a band (tier) of a map: its key and what it is called."""

    key: str
    label: str


@dataclass(frozen=True)
class Network:
    """Everything that is on a map: what is asked, for which day, and the things with the facts that link them.

    Nodes and edges are in the order in which they are drawn and listed.
    """

    title: str
    as_at: str
    lanes: tuple[Strip, ...]
    bands: tuple[Strip, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    notes: tuple[str, ...] = ()
    subtitle: str = ""

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
        evidence=_union(first.evidence, second.evidence),
        sources=_union(first.sources, second.sources),
        note="; ".join(_union([first.note], [second.note])),
    )


def condense(network: Network, most: int = 20) -> Network:
    """Put together what is too much to be read on a map: classes or duties of one Act, lesser groups, the unnamed.

    A class that has to do with a partnership stays for itself, and so does a partnership that the law names. Nothing
    is lost: a group lists what is in it, and its edges say each fact. Within one Act, duties go together by section.

    Args:
        network: the network.
        most: how many may stand in a lane as they are.
    """
    partners = {node.id for node in network.of("partnership")}
    busy = {
        end for edge in network.edges for end in (edge.source, edge.target) if {edge.source, edge.target} & partners
    }
    inside: dict[str, Node] = {}
    for lane in ("law", "norm"):
        nodes = [node for node in network.nodes if node.lane == lane]
        if len(nodes) > most:
            inside |= _groups([node for node in nodes if node.id not in busy and node.support.basis])
    inside |= _lesser(network.of("partnership"), network.edges)
    described = [node for node in network.nodes if node.family == "words"]
    if len(described) > _WORDS_AT_MOST:
        inside |= _described(described)
    placed = dict.fromkeys(inside.get(node.id, node) for node in network.nodes)
    first = [node for node in placed if node.lane == "law" and node.id in busy]
    crowds = [node for node in placed if node.id.startswith(_CROWDS)]
    placed = dict.fromkeys(node for node in (*first, *placed) if node not in crowds) | dict.fromkeys(crowds)
    edges: dict[tuple[str, str, str], Edge] = {}
    for edge in network.edges:
        ends = [inside[end].id if end in inside else end for end in (edge.source, edge.target)]
        key = (ends[0], ends[1], edge.kind if ends != [edge.source, edge.target] else f"{edge.kind} {edge.role}")
        if ends[0] == ends[1]:
            continue
        crowd = any(end.startswith(_CROWDS) for end in ends)
        moved = replace(edge, source=ends[0], target=ends[1], quiet=edge.quiet or crowd)
        edges[key] = _both(edges[key], moved) if key in edges else moved
    return replace(network, nodes=tuple(placed), edges=tuple(edges.values()))


def _groups(nodes: Iterable[Node]) -> dict[str, Node]:
    """For each node that goes into a group of several, the group."""
    held: dict[tuple[str, str, str], list[Node]] = {}
    parts = {node.id: split_citation(node.support.basis[0].citation) for node in nodes}
    single = len({act for act, _place in parts.values()}) == 1
    for node in nodes:
        act, place = parts[node.id]
        key = re.split(r"[(;]", place)[0].split(" para.")[0] if single and place else act
        held.setdefault((node.family, node.band or "", key), []).append(node)
    return {
        node.id: _group(f"{family} {band} {key}", key, members)
        for (family, band, key), members in held.items()
        if len(members) > 1
        for node in members
    }


def _lesser(partnerships: list[Node], edges: Iterable[Edge]) -> dict[str, Node]:
    """Where partnerships are many, those without law that have the fewest links, together in each tier."""
    links = Counter(end for edge in edges if not edge.quiet for end in (edge.source, edge.target))
    ranked = sorted(partnerships, key=lambda node: (not node.support.basis, -links[node.id], node.label, node.id))
    held: dict[tuple[str, str], list[Node]] = {}
    lesser = {node.id for node in ranked[_PARTNERSHIPS_AT_MOST:] if not node.support.basis}
    for node in partnerships:
        if node.id in lesser:
            held.setdefault((node.lane, node.band or ""), []).append(node)
    return {
        node.id: replace(
            members[0],
            id=f"group partnerships {lane} {band}",
            label=f"{len(members)} more boards and groups",
            kind="boards and groups that have few links here",
            group="",
            facts=tuple((member.label, member.kind) for member in members),
            support=reduce(widen, (member.support for member in members)),
        )
        for (lane, band), members in held.items()
        if len(members) > 1
        for node in members
    }


def _described(nodes: Iterable[Node]) -> dict[str, Node]:
    """For each person or body that is only described in words, the group of those in the same place."""
    held: dict[tuple[str, str], list[Node]] = {}
    for node in nodes:
        held.setdefault((node.lane, node.band or ""), []).append(node)
    return {
        node.id: replace(
            members[0],
            id=f"group words {lane} {band}",
            label=f"{len(members)} others, described in words",
            kind="persons and bodies that are only described",
            facts=tuple(("as described", member.label) for member in members),
            support=reduce(widen, (member.support for member in members)),
        )
        for (lane, band), members in held.items()
        if len(members) > 1
        for node in members
    }


def _group(name: str, key: str, members: list[Node]) -> Node:
    plural = {"class": "classes", "duty": "duties"}.get(members[0].family, f"{members[0].family}s")
    return replace(
        members[0],
        id=f"group {name}",
        label=f"{key}: {len(members)} {plural}",
        kind=f"{plural} of one {'provision' if key[:2] in ('s.', 'Sc', 're', 'ar') else 'Act or instrument'}",
        facts=tuple((node.label, node.support.say_law()) for node in members),
        support=reduce(widen, (node.support for node in members)),
    )


def _both(first: Edge, second: Edge) -> Edge:
    """Return one edge that says both facts, a line each."""
    return replace(
        first,
        sentence="\n".join(dict.fromkeys((*first.sentence.split("\n"), *second.sentence.split("\n")))),
        areas=_union(first.areas, second.areas),
        support=widen(first.support, second.support),
    )


def printable(text: str) -> str:
    """Return a text without the control characters that no XML file may hold.

    >>> printable("one\\x00two")
    'one two'
    """
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]", " ", text)


def _union(first: Iterable[str], second: Iterable[str]) -> tuple[str, ...]:
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
