"""A story told on a map: a trainer's steps, each with a heading, a text and what to show or to highlight.

A story is a small Markdown or CSV file. What it names is looked up among the things on the map; a name that is not
there is told with its line and the nearest name. See docs/maps.md for how to write one.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from .networks import Basis, Network


@dataclass(frozen=True)
class Step:
    """A step of a story, with its names looked up on a map.

    Args:
        heading: what it is called.
        text: paragraphs.
        shown: ids of what stands on the map; empty for everything.
        bright: ids of what is highlighted; empty for everything.
        law: the provisions that it rests on.
        day: the day of the map that it is about; None for the latest.
    """

    heading: str
    text: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    bright: tuple[str, ...] = ()
    law: tuple[Basis, ...] = ()
    day: str | None = None

    def network_of(self, network: Network) -> Network:
        """Return what of a map stands on it in this step."""
        if not self.shown:
            return network
        here = set(self.shown)
        return replace(
            network,
            nodes=tuple(node for node in network.nodes if node.id in here),
            edges=tuple(replace(edge, quiet=False) for edge in network.edges if {edge.source, edge.target} <= here),
        )


@dataclass(frozen=True)
class Story:
    """A story whose names have been looked up on a map."""

    title: str
    steps: tuple[Step, ...] = field(default_factory=tuple)
