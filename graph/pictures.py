"""Which picture for which question: the same network as a governance tree, or as flows of money.

In goes a network as it was drawn; out comes one whose lanes, order and groups are those of the picture. The layout
(:mod:`.layouts`), the page and all files take it as they take any other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from ..errors import BadInput
from .networks import PART_OF, PAYS, REPORTS_TO, Edge, Network, Node, Strip

PICTURES = ("network", "tree", "money", "matrix")
_LEVELS = ("At the top", "Below it", "Third tier", "Fourth tier", "Fifth tier", "Sixth tier", "Further down")


def say_pounds(amount: float) -> str:
    """Write an amount for people.

    >>> say_pounds(12500.5), say_pounds(73495), say_pounds(2_100_000)
    ('£12,500.50', '£73,495', '£2.1 million')
    """
    if amount >= 1_000_000:
        return f"£{amount / 1_000_000:.3g} million" if amount < 1e9 else f"£{amount / 1e9:.3g} billion"
    return f"£{amount:,.0f}" if amount == round(amount) else f"£{amount:,.2f}"


def governance(network: Network) -> Network:
    """Return what of a network is part of, or reports to, something, as a tree from the top down.

    Args:
        network: a network with partnerships.

    Returns:
        The tree: each thing stands beneath what it is part of, else what it reports to; further lines stay lines.

    Raises:
        BadInput: if nothing on the network is part of or reports to anything.
    """
    edges = [edge for kind in (PART_OF, REPORTS_TO) for edge in network.edges if edge.kind == kind]
    if not edges:
        raise BadInput(f"Nothing held of {network.title} is part of, or reports to, anything: there is no tree.")
    above = _above(edges)
    here = {end for edge in edges for end in (edge.source, edge.target)}
    nodes = {node.id: node for node in network.nodes if node.id in here}
    below: dict[str, list[str]] = {}
    for node in nodes:
        below.setdefault(above.get(node, ""), []).append(node)
    ordered: list[Node] = []
    heap = [(root, 0) for root in reversed(below.get("", []))]
    while heap:
        key, depth = heap.pop()
        lane = f"level{min(depth, len(_LEVELS) - 1)}"
        ordered.append(replace(nodes[key], lane=lane, band=None, group=above.get(key, "")))
        heap += [(child, depth + 1) for child in reversed(below.get(key, []))]
    return replace(
        network,
        subtitle="What is part of what, and who reports to whom, from the top (left) down (right).",
        lanes=tuple(Strip(f"level{at}", label) for at, label in enumerate(_LEVELS)),
        bands=(),
        nodes=tuple(ordered),
        edges=tuple(replace(edge, quiet=False) for edge in network.edges if edge in edges),
        picture="tree",
    )


def _above(edges: Iterable[Edge]) -> dict[str, str]:
    """For each thing, what it stands beneath; an edge that would close a ring is left out."""
    above: dict[str, str] = {}
    for edge in edges:
        if edge.source in above:
            continue
        at: str | None = edge.target
        while at is not None and at != edge.source:
            at = above.get(at)
        if at is None:
            above[edge.source] = edge.target
    return above


def money_flows(network: Network) -> Network:
    """Return who pays whom: payers on the left, who is paid on the right, who does both between them.

    Args:
        network: a network with payments.
    """
    flows = [edge for edge in network.edges if edge.kind == PAYS]
    paid, received = Counter[str](), Counter[str]()
    for edge in flows:
        paid[edge.source] += edge.amount  # type: ignore[assignment]
        received[edge.target] += edge.amount  # type: ignore[assignment]
    payers, payees = {edge.source for edge in flows}, {edge.target for edge in flows}
    nodes = []
    for node in network.nodes:
        if node.id not in payers | payees:
            continue
        lane = "both" if node.id in payers & payees else "payer" if node.id in payers else "payee"
        sums = [f"pays {say_pounds(paid[node.id])}"] if paid[node.id] else []
        sums += [f"gets {say_pounds(received[node.id])}"] if received[node.id] else []
        label = f"{node.label}: {', '.join(sums)}" if sums else node.label
        nodes.append(replace(node, label=label, lane=lane, band=None, group=""))
    nodes.sort(key=lambda node: (-max(paid[node.id], received[node.id]), node.label))
    return replace(
        network,
        lanes=(Strip("payer", "Who pays"), Strip("both", "Who is paid and pays"), Strip("payee", "Who is paid")),
        bands=(),
        nodes=tuple(nodes),
        edges=tuple(flows),
        picture="money",
    )
