"""One map of several days: what is there on which of them, so that then and now can be laid side by side.

A thing that is there on several days stands on the map once, in the same place on each; a fact that is put
otherwise on another day (another role, other areas, another provision) is another fact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .networks import Edge, Network, Node


def overlay(networks: Sequence[Network]) -> Network:
    """Return one network of networks of the same question on several days.

    Args:
        networks: the networks, each with its own ``as_at``; at least one.

    Returns:
        The network of the latest day with what was there on the others; ``days`` has the days, and each thing and
        fact the days on which it is there.
    """
    held = sorted(networks, key=lambda network: network.as_at)
    latest, days = held[-1], tuple(dict.fromkeys(network.as_at for network in held))
    if len(days) == 1:
        return latest
    on: dict[str, list[str]] = {}
    nodes: dict[str, Node] = {}
    facts: dict[tuple[str, str, str, str, str], tuple[Edge, list[str]]] = {}
    for network in reversed(held):
        for node in network.nodes:
            nodes.setdefault(node.id, node)
            on.setdefault(node.id, []).append(network.as_at)
        for edge in network.edges:
            key = (edge.source, edge.target, edge.kind, edge.role, edge.sentence)
            facts.setdefault(key, (edge, []))[1].append(network.as_at)
    return replace(
        latest,
        nodes=tuple(replace(node, days=_unless_all(on[node.id], days)) for node in nodes.values()),
        edges=tuple(replace(edge, days=_unless_all(at, days)) for edge, at in facts.values()),
        notes=tuple(dict.fromkeys(note for network in reversed(held) for note in network.notes)),
        days=days,
    )


def _unless_all(on: Sequence[str], days: Sequence[str]) -> tuple[str, ...]:
    """The days on which something is there, in order; none where it always is."""
    return () if set(on) == set(days) else tuple(sorted(set(on)))


def on_day(network: Network, day: str) -> Network:
    """Return what of a network of several days is there on one of them.

    >>> on_day(Network("Nothing", "2026-01-01", (), (), (), ()), "2026-01-01").nodes
    ()
    """
    nodes = tuple(node for node in network.nodes if not node.days or day in node.days)
    here = {node.id for node in nodes}
    edges = (edge for edge in network.edges if not edge.days or day in edge.days)
    return replace(
        network,
        as_at=day,
        days=(),
        nodes=nodes,
        edges=tuple(edge for edge in edges if {edge.source, edge.target} <= here),
    )
