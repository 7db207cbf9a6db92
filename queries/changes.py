"""What began, ended or changed hands between two dates: law, bodies, places, and who is in which class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from ..dates import say_date
from ..errors import BadInput
from ..graph.store import GraphStore
from ..ontology.namespaces import DG
from .lookup import Found, describe, find
from .results import Answer, Record
from .rows import Row, Values, run
from .spelling import says_how_names_were_read

_ORDER = ("law", "class", "body", "area", "partnership", "hands")


@says_how_names_were_read
def changes(store: GraphStore, start: date, end: date, area: str | None = None) -> Answer:
    """Answer what changed after one day, up to and including another.

    Args:
        store: the graph.
        start: the day whose state is compared; what changed on it is not listed.
        end: the last day; what began or ended on it is listed.
        area: only what touches this area; None for everywhere.

    Raises:
        BadInput: if the second day is before the first.
    """
    if end < start:
        raise BadInput(f"{end} is before {start}. Give the earlier day first.")
    place = find(store, area, ["area"], end) if area else None
    values: Values = {"from": start, "to": end}
    near = _near(store, place, start, end) if place else set()
    things = run(store, "changes-things", values)
    hands = _memberships(store, values, sorted(near) if place else None)
    if place:
        things = [row for row in things if row["thing"] in near or row.get("area") in near]
    records = [*_law(run(store, "changes-norms", values)), *_rules(run(store, "changes-rules", values))]
    if place:
        nation = describe(store, [row["nation"] for row in run(store, "nations", {"area": place.iri})])
        labels = {item.label for item in nation.values()}
        records = [record for record in records if labels & set(record["applies_in"])]
    records += [*_things(things), *_hands(hands)]
    records.sort(key=lambda record: (record["on"], _ORDER.index(record["what"]), record["change"], record["label"]))
    where = f" in {place.label}" if place else ""
    return Answer(
        verdict="yes",
        as_at=f"{start.isoformat()}/{end.isoformat()}",
        heading=f"What changed{where} after {say_date(start)}, up to and including {say_date(end)}",
        message=_say_count(records),
        rows_name="changes",
        rows=records,
        details={"area": {"iri": place.iri, "label": place.label, "gss": place.code} if place else None},
        notes=["Unchecked rows are marked so."] if any(not record["checked"] for record in records) else [],
    )


_PLURALS = {
    "law": "norms",
    "class": "limbs of classes",
    "body": "bodies and posts",
    "area": "areas",
    "partnership": "partnerships",
    "hands": "memberships of classes",
}


def _say_count(records: Sequence[Record]) -> str:
    counts = {what: sum(record["what"] == what for record in records) for what in _ORDER}
    if not records:
        return "No change is held. What is not held may have changed all the same."
    return "Changes held: " + ", ".join(f"{count} {_PLURALS[what]}" for what, count in counts.items() if count) + "."


def _memberships(store: GraphStore, values: Values, near: Sequence[str] | None) -> list[Row]:
    """What came into or left a class, and what is to be said of it.

    The whole country has tens of thousands: they are asked by the day alone where no place is given, and each name
    once, not once for each membership.
    """
    if near is None:
        days = [{**row, "membership": row["thing"]} for row in run(store, "changes-days", values)]
    else:
        days = run(store, "changes-links", {**values, "area": near})
    changed = sorted({row["membership"] for row in days if "/id/class-membership/" in row["membership"]})
    held: dict[str, list[Row]] = defaultdict(list)
    for row in run(store, "memberships-described", {"membership": changed}) if changed else ():
        held[row["membership"]].append(row)
    rows = [{**row, "change": day["change"], "day": day["day"]} for day in days for row in held[day["membership"]]]
    return _named(store, rows)


_NAMED = {"thing": "label", "class": "classLabel", "area": "areaLabel", "basis": "citation"}


def _named(store: GraphStore, rows: Sequence[Row]) -> list[Row]:
    """Put to rows what their things are called and when their rule was checked, and order them by name."""
    if not rows:
        return []
    things = sorted({row[key] for row in rows for key in _NAMED})
    labels = {row["thing"]: row["label"] for row in run(store, "labels", {"thing": things})}
    checked = run(store, "checked-days", {"thing": sorted({row["rule"] for row in rows})})
    days = {row["thing"]: {"checkedOn": row["checkedOn"]} for row in checked}
    named = [
        {**row, **{title: labels[row[key]] for key, title in _NAMED.items()}, **days.get(row["rule"], {})}
        for row in rows
    ]
    return sorted(named, key=lambda row: (row["label"], row["class"], row["areaLabel"], row["citation"]))


def _near(store: GraphStore, place: Found, start: date, end: date) -> set[str]:
    """The area itself and what it lies in, overlaps or contains, on either day."""
    near = {place.iri}
    for day in (start, end):
        near |= {row["other"] for row in run(store, "area-relations", {"area": place.iri, "on": day})}
    return near


def _record(what: str, row: Row, **more: object) -> Record:
    return {
        "what": what,
        "change": row["change"],
        "on": row["day"],
        "label": row["label"],
        "iri": row.get("thing"),
        "detail": None,
        "basis": [],
        "applies_in": [],
        "areas": [],
        "checked": row.get("checkedOn"),
        **more,
    }


def _law(rows: Sequence[Row]) -> list[Record]:
    grouped: dict[tuple[str, str], Record] = {}
    for row in rows:
        record = grouped.setdefault(
            (row["thing"], row["change"]),
            _record(
                "law",
                row,
                detail=row["kind"].removeprefix(DG).lower()
                + (f", revises: {row['beforeLabel']}" if "beforeLabel" in row else ""),
            ),
        )
        _add_basis(record, row)
        if row["nationLabel"] not in record["applies_in"]:
            record["applies_in"].append(row["nationLabel"])
    return list(grouped.values())


def _rules(rows: Sequence[Row]) -> list[Record]:
    grouped: dict[tuple[str, str], Record] = {}
    for row in rows:
        record = grouped.setdefault(
            (row["thing"], row["change"]),
            _record("class", row, detail=f"among the {row['classLabel']}"),
        )
        _add_basis(record, row)
        if row["nationLabel"] not in record["applies_in"]:
            record["applies_in"].append(row["nationLabel"])
    return list(grouped.values())


def _things(rows: Sequence[Row]) -> list[Record]:
    grouped: dict[tuple[str, str], Record] = {}
    families = {"/id/partnership/": "partnership", "/id/body/": "body", "/id/post/": "body"}
    for row in rows:
        what = next((name for part, name in families.items() if part in row["thing"]), "area")
        record = grouped.setdefault((row["thing"], row["change"]), _record(what, row))
        if row["change"] == "ended" and "successorLabel" in row:
            before = record["detail"]
            name = row["successorLabel"]
            record["detail"] = f"{before}, {name}" if before and name not in before else before or f"followed by {name}"
    return list(grouped.values())


def _hands(rows: Sequence[Row]) -> list[Record]:
    """Who came into or left a class: one row for each body and class, with its areas."""
    grouped: dict[tuple[str, str, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row["thing"], row["class"], row["change"], row["day"]].append(row)
    records = []
    for held in grouped.values():
        areas = list(dict.fromkeys(row["areaLabel"] for row in held))
        verb = "joined" if held[0]["change"] == "began" else "left"
        record = _record("hands", held[0], detail=f"{verb} the {held[0]['classLabel']}", areas=areas)
        for row in held:
            _add_basis(record, row)
        records.append(record)
    return _without_both_ways(records)


def _without_both_ways(records: list[Record]) -> list[Record]:
    """Drop bodies that left and joined a class on one day for the same areas: a rule was only re-enacted."""
    seen: dict[tuple[object, ...], set[str]] = defaultdict(set)

    def key(record: Record) -> tuple[object, ...]:
        name = record["detail"].split(" the ", 1)[1]
        return record["iri"], name, record["on"], tuple(sorted(record["areas"]))

    for record in records:
        seen[key(record)].add(record["change"])
    return [record for record in records if len(seen[key(record)]) == 1]


def _add_basis(record: Record, row: Row) -> None:
    basis = {"citation": row["citation"], "iri": row["basis"]}
    if basis not in record["basis"]:
        record["basis"].append(basis)
