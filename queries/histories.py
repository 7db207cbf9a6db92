"""The whole history of a class that the law names: who was in it, for each area, and which limbs name nobody held.

Read once for a class, whatever the number of areas and days; :mod:`dutygraph.queries.panels` and
:mod:`dutygraph.queries.timelines` cut days and periods out of it. A limb of the law (a provision that names a kind
of body) that is in force for an area, and under which no name is held, is a gap of dutygraph's and said as one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..graph.store import GraphStore
from .results import Record
from .rows import Row, Values, run

LAST_DAY = "9999-12-31"


@dataclass(frozen=True)
class Limb:
    """What a rule says: its words, the kind of body, the provisions it rests on, and whether it is checked."""

    phrase: str
    kind: str
    basis: tuple[Record, ...]
    checked: str | None

    @property
    def provisions(self) -> frozenset[str]:
        """The IRIs of its provisions."""
        return frozenset(item["iri"] for item in self.basis)


@dataclass(frozen=True)
class State:
    """What holds for an area on a day: rows of members, and the rules under which no name is held."""

    members: Sequence[Row]
    gaps: Sequence[str]
    in_force: bool
    """Whether any rule of the class is in force there on the day."""


class History:
    """Who was in a class, for some areas or all, at any time.

    Args:
        store: the graph.
        holder_class: IRI of the class.
        areas: IRIs of the areas; None for all for which the law fills the class.
    """

    def __init__(self, store: GraphStore, holder_class: str, areas: Sequence[str] | None = None) -> None:
        values: Values = {"class": holder_class, "area": areas}
        self.areas = run(store, "class-areas", values)
        self.limbs = _limbs(run(store, "class-rules", {"class": holder_class}))
        self._members = _grouped(run(store, "class-history", values), "area")
        self._left_out = _grouped(run(store, "class-left-out", values), "area")
        self._names = _grouped(run(store, "dated-names"), "thing")
        self._rules: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in run(store, "class-limbs", {"class": holder_class}):
            self._rules[row["areaKind"], row["nation"]].append(row)
        self._open_rules: dict[tuple[str, str, str], list[Row]] = {}

    def state(self, area: Row, day: str) -> State:
        """Return what holds for an area (a row of ``areas``) on an ISO day."""
        members = [row for row in self._members.get(area["area"], ()) if holds(row, day)]
        rules = self._rules_in_force(area, day)
        met = {row["rule"] for row in members}
        filled: set[str] = {row["basis"] for row in self._left_out.get(area["area"], ()) if holds(row, day)}
        filled = filled.union(*(self.limbs[rule].provisions for rule in met))
        gaps = [row["rule"] for row in rules if row["rule"] not in met]
        gaps = [rule for rule in dict.fromkeys(gaps) if not self.limbs[rule].provisions & filled]
        return State(members, gaps, bool(members or rules))

    def _rules_in_force(self, area: Row, day: str) -> list[Row]:
        """Rules that put somebody in the class in every area of the kind.

        A district has at most one county council, and a rule for some areas says nothing of the others.
        """
        key = (area["kind"], area["nation"], day)
        if key not in self._open_rules:
            rules = [row for row in self._rules.get(key[:2], ()) if holds(row, day)]
            self._open_rules[key] = [
                row for row in rules if row["relation"] != "contains" and row["confined"] == "false"
            ]
        return self._open_rules[key]

    def name(self, member: Row, day: str) -> str:
        """Return what a body was called on an ISO day."""
        for row in self._names.get(member["member"], ()):
            if holds(row, day):
                return row["label"]
        return member["label"]

    def days(self, area: Row) -> list[str]:
        """Return the ISO days on which something begins or ends for an area, in order."""
        rows = [*self._members.get(area["area"], ()), *self._left_out.get(area["area"], ()), area]
        rows += self._rules.get((area["kind"], area["nation"]), ())
        return sorted({row[column] for row in rows for column in ("validFrom", "validUntil") if column in row})


def holds(row: Row, day: str) -> bool:
    """Say whether the dates of a row hold on an ISO day; open ends hold for ever.

    >>> holds({"validFrom": "2003-04-01", "validUntil": "2012-11-22"}, "2012-11-22")
    False
    """
    return row.get("validFrom", "") <= day < row.get("validUntil", LAST_DAY)


def _grouped(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row[column]].append(row)
    return dict(grouped)


def _limbs(rows: Iterable[Row]) -> dict[str, Limb]:
    return {
        rule: Limb(
            phrase=texts[0]["phrase"],
            kind=texts[0]["kindLabel"],
            basis=tuple({"citation": row["citation"], "iri": row["basis"]} for row in texts),
            checked=texts[0].get("checkedOn"),
        )
        for rule, texts in _grouped(rows, "rule").items()
    }
