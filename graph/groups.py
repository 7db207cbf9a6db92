"""Too much to be read: what goes together in one box, so that a map can be taken in from the back of a room.

In goes a :class:`~dutygraph.graph.networks.Network`; out comes the same one with groups in the place of what is
many and alike. Nothing is lost: a group lists what is in it, its edges say each fact, and the page opens it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import reduce

from ..citations import split_citation
from .networks import Edge, Network, Node, union, widen

BOXES_AT_MOST = 33
"""How many boxes a map may have before more goes together: what a projector shows in letters that can be read."""

_WORDS_AT_MOST, _PARTNERSHIPS_AT_MOST, _PLACES_NAMED = 4, 14, 6
_CHIEF, _CHIEF_CLASSES = 7, 5
_PICTURED = 80
_AROUND = ("nation", "service")
"""Tiers whose bodies and posts serve more than the places of a map: what sits on nothing there can be one box."""
_CROWDS = ("group words", "group partnerships", "group more")
_Key = tuple[str, ...]


def condense(network: Network, most: int = 20, boxes: int = BOXES_AT_MOST) -> Network:
    """Put together what is too much to be read on a map.

    Args:
        network: the network.
        most: how many classes or duties may stand in a lane as they are.
        boxes: how many boxes the map may have before what is alike goes together.
    """
    return put_together(network, gather(network, most, boxes))


def gather(network: Network, most: int = 20, boxes: int = BOXES_AT_MOST) -> dict[str, Node]:
    """Return, for the id of each node that goes into a group, the group.

    First go together classes or duties of one Act (within one Act, duties of one section), lesser groups, and the
    unnamed. A class that has to do with a partnership stays for itself, and so does a partnership that the law
    names. If that leaves more boxes than there may be, what is of one kind in one tier goes together.

    Args:
        network: the network.
        most: how many classes or duties may stand in a lane as they are.
        boxes: how many boxes the map may have before what is alike goes together.
    """
    busy = _busy(network)
    inside: dict[str, Node] = {}
    for lane in ("law", "norm"):
        nodes = [node for node in network.nodes if node.lane == lane]
        if len(nodes) > most:
            inside |= _groups([node for node in nodes if node.id not in busy and node.support.basis])
    inside |= _lesser(network.of("partnership"), network.edges)
    described = [node for node in network.nodes if node.family == "words"]
    if len(described) > _WORDS_AT_MOST:
        inside |= _described(described)
    return _tighten(network, inside, busy, boxes)


def put_together(network: Network, inside: Mapping[str, Node]) -> Network:
    """Return the network with groups in the place of their members.

    Args:
        network: the network.
        inside: for the id of each node that goes into a group, the group.
    """
    busy = _busy(network)
    placed = dict.fromkeys(inside.get(node.id, node) for node in network.nodes)
    first = [node for node in placed if node.lane == "law" and node.id in busy]
    crowds = [node for node in placed if node.id.startswith(_CROWDS)]
    placed = dict.fromkeys(node for node in (*first, *placed) if node not in crowds) | dict.fromkeys(crowds)
    edges: dict[tuple[str, str, str, tuple[str, ...]], Edge] = {}
    for edge in network.edges:
        ends = [inside[end].id if end in inside else end for end in (edge.source, edge.target)]
        if ends[0] == ends[1]:
            continue
        kind = edge.kind if ends != [edge.source, edge.target] else f"{edge.kind} {edge.role}"
        key = (ends[0], ends[1], kind, edge.days)
        crowd = any(end.startswith(_CROWDS) for end in ends)
        moved = replace(edge, source=ends[0], target=ends[1], quiet=edge.quiet or crowd)
        edges[key] = _both(edges[key], moved) if key in edges else moved
    return replace(network, nodes=tuple(placed), edges=tuple(edges.values()))


def _busy(network: Network) -> set[str]:
    """Ids of what is linked to a partnership."""
    partners = {node.id for node in network.of("partnership")}
    ends = [(edge.source, edge.target) for edge in network.edges]
    return {end for pair in ends if partners.intersection(pair) for end in pair}


def _groups(nodes: Iterable[Node]) -> dict[str, Node]:
    """For each node that goes into a group of several, the group."""
    held: dict[_Key, list[Node]] = {}
    parts = {node.id: split_citation(node.support.basis[0].citation) for node in nodes}
    single = len({act for act, _place in parts.values()}) == 1
    for node in nodes:
        act, place = parts[node.id]
        key = re.split(r"[(;]", place)[0].split(" para.")[0] if single and place else act
        held.setdefault((node.family, node.band or "", key), []).append(node)
    return _of_several(held, lambda key, members: _group(" ".join(key), key[-1], members))


def _of_several(held: Mapping[_Key, list[Node]], make: Callable[[_Key, list[Node]], Node]) -> dict[str, Node]:
    """For each node that shares its key with others, their group."""
    made = {key: make(key, members) for key, members in held.items() if len(members) > 1}
    return {node.id: made[key] for key, members in held.items() if key in made for node in members}


def _lesser(partnerships: list[Node], edges: Iterable[Edge]) -> dict[str, Node]:
    """Where partnerships are many, those without law that have the fewest links, together in each tier."""
    ranked = _ranked(partnerships, edges)
    lesser = {node.id for node in ranked[_PARTNERSHIPS_AT_MOST:] if not node.support.basis}
    held = _by_tier(node for node in partnerships if node.id in lesser)
    kind = "boards and groups that have few links here"
    return _of_several(
        held,
        lambda key, members: _crowd("partnerships", key, f"{len(members)} more boards and groups", kind, members),
    )


def _ranked(partnerships: Iterable[Node], edges: Iterable[Edge]) -> list[Node]:
    """Partnerships of law first, and within each kind those with the most links."""
    links = Counter(end for edge in edges if not edge.quiet for end in (edge.source, edge.target))
    return sorted(partnerships, key=lambda node: (not node.support.basis, -links[node.id], node.label, node.id))


def _described(nodes: Iterable[Node]) -> dict[str, Node]:
    """For each person or body that is only described in words, the group of those in the same place."""
    kind = "persons and bodies that are only described"
    return _of_several(
        _by_tier(nodes),
        lambda key, members: replace(
            _crowd("words", key, f"{len(members)} others, described in words", kind, members),
            facts=tuple(("as described", member.label) for member in members),
        ),
    )


def _by_tier(nodes: Iterable[Node]) -> dict[_Key, list[Node]]:
    held: dict[_Key, list[Node]] = {}
    for node in nodes:
        held.setdefault((node.lane, node.band or ""), []).append(node)
    return held


def _group(name: str, key: str, members: list[Node]) -> Node:
    plural = {"class": "classes", "duty": "duties"}.get(members[0].family, f"{members[0].family}s")
    return replace(
        members[0],
        id=f"group {name}",
        label=f"{key}: {len(members)} {plural}",
        kind=f"{plural} of one {'provision' if key[:2] in ('s.', 'Sc', 're', 'ar') else 'Act or instrument'}",
        facts=tuple((node.label, node.support.say_law()) for node in members),
        support=reduce(widen, (node.support for node in members)),
        days=_days(members),
    )


def _crowd(name: str, key: _Key, label: str, kind: str, members: list[Node]) -> Node:
    return replace(
        members[0],
        id=f"group {name} {' '.join(key)}",
        label=label,
        kind=kind,
        group="",
        facts=tuple((member.label, member.kind) for member in members),
        support=reduce(widen, (member.support for member in members)),
        days=_days(members),
    )


def _days(members: Iterable[Node]) -> tuple[str, ...]:
    """The days on which something of the group is there; empty, for all, where one of it always is."""
    held = [member.days for member in members]
    return () if () in held else tuple(sorted({day for days in held for day in days}))


def _tighten(network: Network, inside: dict[str, Node], busy: set[str], boxes: int) -> dict[str, Node]:
    """Put more together, what matters least first, until the map has no more boxes than it may have."""
    core = {node.id for node in network.of("partnership") if node.support.basis}
    chief = _chief(network)
    core |= chief | {node.id for node in network.of("class") if node.id in busy}

    def lesser_law(node: Node) -> _Key | None:
        return ("law", node.lane) if node.family == "class" and node.id not in core else None

    def places(node: Node) -> _Key | None:
        return ("area", node.lane, node.band or "") if node.family == "area" else None

    def far_away(node: Node) -> _Key | None:
        widest = network.bands[0].key if network.bands else None
        apart = node.family in ("body", "post") and node.band == widest and node.id not in busy
        return ("far", node.lane, node.band or "") if apart else None

    def alike(node: Node) -> _Key | None:
        return None if node.id in core else _likeness(node)

    def less_linked(node: Node) -> _Key | None:
        return ("fewer", node.lane, node.band or "") if node.family == "partnership" and node.id not in chief else None

    def like_others(node: Node) -> _Key | None:
        return None if node.id in chief else _likeness(node)

    def around(node: Node) -> _Key | None:
        apart = node.family in ("body", "post") and node.band in _AROUND and node.id not in busy
        return ("far", node.lane) if apart else None

    def by_tier(node: Node) -> _Key | None:
        return None if node.id in chief else (node.family, node.lane, node.band or "")

    for key in (lesser_law, places, far_away, alike, less_linked, like_others, around, by_tier, _likeness):
        inside = _merge(network, inside, key, boxes)
    return inside


def _chief(network: Network) -> set[str]:
    """Ids of what a map of any size names: the few partnerships with the most links, and the classes that have
    most to do with partnerships.
    """
    partnerships = {node.id for node in network.of("partnership")}
    theirs = [edge for edge in network.edges if partnerships.intersection((edge.source, edge.target))]
    named = _ranked(network.of("partnership"), network.edges)[:_CHIEF]
    links = Counter(end for edge in theirs for end in (edge.source, edge.target))
    classes = sorted(network.of("class"), key=lambda node: (-links[node.id], node.label, node.id))[:_CHIEF_CLASSES]
    return {node.id for node in (*named, *classes)}


def _likeness(node: Node) -> _Key | None:
    return (node.family, node.lane, node.band or "", node.kind)


def _merge(
    network: Network, inside: dict[str, Node], key: Callable[[Node], _Key | None], boxes: int
) -> dict[str, Node]:
    """Merge what has the same key, the largest heap first, until there are no more boxes than there may be."""
    heaps: dict[_Key, list[Node]] = {}
    shown = {node.id: inside.get(node.id, node) for node in network.nodes}
    for node in network.nodes:
        name = key(shown[node.id])
        if name is not None:
            heaps.setdefault(name, []).append(node)
    count = len({node.id for node in shown.values()})
    for name, members in sorted(heaps.items(), key=lambda heap: (-len(heap[1]), heap[0])):
        held = len({shown[node.id].id for node in members})
        if count <= boxes:
            break
        if held > 1:
            inside = inside | dict.fromkeys((node.id for node in members), _more(name, members))
            count -= held - 1
    return inside


def _more(name: _Key, members: list[Node]) -> Node:
    kinds = Counter(node.kind for node in members)
    kind = next(iter(kinds)) if len(kinds) == 1 else f"{_PLURALS.get(name[0], name[0])} of {len(kinds)} kinds"
    if name[0] == "class":
        return _crowd(
            "more", name, f"{len(members)} more classes that the law names", "classes that the law names", members
        )
    if name[0] == "far":
        return _crowd("more", name, f"{len(members)} more bodies and posts", "bodies that sit on nothing here", members)
    if name[0] == "law":
        label = f"{len(members)} more classes that the law names"
        return _crowd("more", name, label, "classes that the law names", members)
    if name[0] == "fewer":
        return _crowd("more", name, f"{len(members)} more partnerships", kind, members)
    label = f"{len(members)} × {kind}" if len(kinds) == 1 else f"{len(members)} {_PLURALS.get(name[0], name[0])}"
    return _crowd("more", name, label, kind, members)


_PLURALS = {
    "area": "places",
    "body": "bodies",
    "class": "classes",
    "duty": "duties",
    "fewer": "partnerships",
    "partnership": "partnerships",
    "post": "posts",
    "power": "powers",
    "prohibition": "prohibitions",
    "words": "others, described in words",
}


def _both(first: Edge, second: Edge) -> Edge:
    """Return one edge that says both facts, a line each."""
    return replace(
        first,
        sentence="\n".join(dict.fromkeys((*first.sentence.split("\n"), *second.sentence.split("\n")))),
        areas=union(first.areas, second.areas),
        support=widen(first.support, second.support),
        amount=first.amount + second.amount,
    )


def overview(network: Network) -> tuple[Network, dict[str, Node]]:
    """Return what a map shows first, and for the id of each node that is in a group there, the group.

    Where bodies and partnerships are on the map, its places name the tiers instead of standing in a lane: who serves
    a place is one choice away.
    """
    if network.picture != "network":
        inside = _tighten(network, {}, set(), _PICTURED)
        return put_together(network, inside), inside
    inside = gather(network)
    drawn = put_together(network, inside)
    places = {node.id for node in drawn.of("area")}
    if not network.of("partnership") or not network.of("body", "post", "class"):
        return drawn, inside
    named: dict[str | None, list[str]] = {}
    for node in network.of("area"):
        named.setdefault(node.band, []).append(node.label)
    bands = tuple(
        replace(band, label=f"{band.label}: {', '.join(named[band.key])}")
        if 0 < len(named.get(band.key, ())) <= _PLACES_NAMED
        else band
        for band in network.bands
    )
    return replace(
        drawn,
        bands=bands,
        nodes=tuple(node for node in drawn.nodes if node.id not in places),
        edges=tuple(edge for edge in drawn.edges if not places.intersection((edge.source, edge.target))),
    ), {key: group for key, group in inside.items() if group.id not in places}
