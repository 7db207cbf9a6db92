"""The twin of a map in words: the same content as headings and tables, for screen readers, keyboards and print.

In goes the network whole; out come pieces of HTML in which everything held is escaped and every provision is a
link to where it can be read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import escape
from typing import Any

from ..citations import group_citations
from ..dates import say_date
from ..ontology.namespaces import LEG
from .networks import (
    HOLDS,
    LIES_IN,
    MEMBER_OF_CLASS,
    PART_OF,
    PAYS,
    REPORTS_TO,
    SERVES,
    SITS_ON,
    TOWARD,
    Basis,
    Edge,
    Network,
    Node,
    Support,
    printable,
)

_LAW_PATH = re.compile(r"[A-Za-z0-9/.,-]+")

_NODE_TABLES = (
    ("partnership", "Partnerships"),
    ("body", "Bodies"),
    ("post", "Posts"),
    ("words", "Others, as described"),
    ("class", "Classes that the law names"),
    ("duty", "Duties"),
    ("power", "Powers"),
    ("prohibition", "Prohibitions"),
    ("area", "Places"),
)
EDGE_TABLES = (
    (SITS_ON, "Who sits on which partnership"),
    (PART_OF, "What is part of what"),
    (REPORTS_TO, "Who reports to whom"),
    (MEMBER_OF_CLASS, "Who is in which class that the law names"),
    (HOLDS, "Who must, may or must not do what"),
    (TOWARD, "Toward whom"),
    (SERVES, "Who serves which place"),
    (LIES_IN, "How the places lie"),
    (PAYS, "Who pays whom"),
)
"""The kinds of fact, each with the caption of its table."""


def text_of(text: str) -> str:
    """Return a text as it stands in a page: escaped, without control characters.

    >>> text_of("a < b")
    'a &lt; b'
    """
    return escape(printable(text))


def law_address(iri: str) -> str | None:
    """Return where a provision can be read, if it is legislation.

    >>> law_address("http://www.legislation.gov.uk/id/ukpga/1998/37/section/6")
    'https://www.legislation.gov.uk/ukpga/1998/37/section/6'
    """
    path = iri.removeprefix(LEG)
    return f"https://www.legislation.gov.uk/{path}" if path != iri and _LAW_PATH.fullmatch(path) else None


def _slug(text: str) -> str:
    return re.sub(r"\W+", "-", text.lower())


def _listed(network: Network) -> list[tuple[str, list[Any]]]:
    """The tables beneath the map: a caption and what is in it."""
    held: list[tuple[str, list[Any]]] = [(caption, network.of(family)) for family, caption in _NODE_TABLES]
    held += [(caption, [edge for edge in network.edges if edge.kind == kind]) for kind, caption in EDGE_TABLES]
    return [(caption, items) for caption, items in held if items]


def contents_of(network: Network) -> str:
    """Return the list of the tables beneath the map, as links."""
    return "".join(
        f'<li><a href="#{_slug(caption)}">{caption}</a> ({len(items)})</li>' for caption, items in _listed(network)
    )


def tables_of(network: Network, keys: Mapping[str, str]) -> str:
    """Return the same content as headings and tables; a name leads to its place on the map.

    Args:
        network: what is on the map, whole.
        keys: for the id of each node, what the page's script calls it.
    """
    bands = {band.key: band.label for band in network.bands}
    labels = {node.id: node.label for node in network.nodes}
    written = []
    for caption, items in _listed(network):
        if isinstance(items[0], Node):
            rows = [_node_row(node, keys, bands) for node in items]
            head = ("Name", "What it is", "Tier", "More", "On this map on", "Law", "When", "Evidence")
        else:
            rows = [_edge_row(edge, labels) for edge in items]
            head = ("Who or what", "Whom or what", "The fact", "For", "On this map on", "Law", "When", "Evidence")
        written.append(_table(caption, head, rows))
    return "".join(written)


def _table(caption: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """One table, without the columns in which nothing stands."""
    kept = [at for at in range(len(head)) if any(row[at] for row in rows)]
    heads = "".join(f'<th scope="col">{head[at]}</th>' for at in kept)
    body = "".join(
        "<tr>"
        + "".join(f'<th scope="row">{row[at]}</th>' if at == 0 else f"<td>{row[at]}</td>" for at in kept)
        + "</tr>"
        for row in rows
    )
    return (
        f'<section id="{_slug(caption)}"><h3>{caption}</h3><div class="scroll" tabindex="0" role="region" '
        f'aria-label="{caption}"><table><caption>{caption}</caption><thead><tr>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table></div></section>"
    )


def _node_row(node: Node, keys: Mapping[str, str], bands: Mapping[str, str]) -> list[str]:
    name = text_of(node.label)
    linked = f'<a href="#stage" data-node="{keys[node.id]}">{name}</a>' if node.id in keys else name
    facts = "; ".join(f"{text_of(name)}: {text_of(text)}" for name, text in node.facts)
    tier = bands.get(node.band or "", "") if node.family not in ("duty", "power", "prohibition") else ""
    return [linked, text_of(node.kind), tier, facts, say_days(node), *_support_cells(node.support)]


def say_days(thing: Node | Edge) -> str:
    """Write on which of the map's days something is there; empty where it is on all of them."""
    return "; ".join(say_date(day) for day in thing.days)


def _edge_row(edge: Edge, labels: dict[str, str]) -> list[str]:
    places = text_of("; ".join(edge.areas))
    fact = text_of(edge.sentence if not edge.areas else edge.role)
    ends = (text_of(labels[edge.source]), text_of(labels[edge.target]))
    return [*ends, fact, places, say_days(edge), *_support_cells(edge.support)]


@lru_cache(maxsize=8192)
def _support_cells(support: Support) -> list[str]:
    sources = f" ({text_of('; '.join(support.sources))})" if support.sources else ""
    note = f". {text_of(support.note)}" if support.note else ""
    return [law_of(support), support.say_dates(), f"{text_of(support.say_evidence())}{sources}{note}"]


def law_of(support: Support) -> str:
    """Return the citations, each a link to the provision where it is legislation."""
    return "; ".join(linked(item) for item in support.basis)


def linked(item: Basis) -> str:
    """Return a citation as a link to the provision, where it is legislation."""
    address = law_address(item.iri)
    said = text_of(", ".join(group_citations([item.citation])))
    return f'<a href="{escape(address)}" rel="noopener noreferrer">{said}</a>' if address else said
