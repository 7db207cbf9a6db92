"""What the graph holds and how far it has been checked: for bug reports, papers and trust."""

from __future__ import annotations

import json
import platform
from typing import Any

from ..graph.store import GraphStore
from ..version import __version__
from .formats import grid
from .rows import run


def overview(store: GraphStore) -> dict[str, Any]:
    """Return versions, place and counts.

    Args:
        store: the graph.

    Returns:
        ``version``, ``python``, ``platform``, ``store``, ``graphs`` (statements by named graph) and ``held``:
        for each kind of thing how many are held, how many of them unchecked, and the last day of a check.
    """
    return {
        "version": __version__,
        "python": platform.python_version(),
        "platform": platform.platform(),
        "store": store.location,
        "graphs": {row["graph"]: int(row["statements"]) for row in run(store, "graphs")},
        "held": [
            {
                "what": row["what"],
                "count": int(row["count"]),
                "unchecked": int(row["unchecked"]),
                "last_checked": row.get("lastChecked"),
            }
            for row in run(store, "holdings")
        ],
        "licence": "Code: MIT. Facts: contains public sector information licensed under the "
        "Open Government Licence v3.0.",
    }


def write_overview(held: dict[str, Any], form: str) -> str:
    """Write what :func:`overview` returns, as JSON or for people."""
    if form == "json":
        return json.dumps(held, indent=2)
    lines = [
        f"dutygraph {held['version']} on Python {held['python']}, {held['platform']}",
        f"graph: {held['store']}, {sum(held['graphs'].values()):,} statements",
        "",
    ]
    rows = [
        [item["what"], f"{item['count']:,}", f"{item['unchecked']:,}", item["last_checked"] or ""]
        for item in held["held"]
    ]
    lines += grid(["held", "how many", "unchecked", "last checked"], rows, 100)
    return "\n".join([*lines, "", held["licence"], "Guidance, not legal advice."])
