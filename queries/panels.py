"""A panel: who was in a class that the law names, for every area, on each of several days, with what is not held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from ..dates import say_date
from ..errors import BadInput
from ..graph.store import GraphStore
from .histories import History, Limb, holds
from .lookup import Found, find
from .members import area_kinds, find_scope
from .results import Answer, Record, Verdict
from .rows import Row
from .spelling import says_how_names_were_read


@says_how_names_were_read
def panel(
    store: GraphStore,
    holder_class: str,
    days: Sequence[date],
    area: str | None = None,
    kind_of_area: str | None = None,
) -> Answer:
    """Answer who was in a holder class, for every area for which the law fills it, on each of several days.

    Args:
        store: the graph.
        holder_class: name of the class ("responsible authorities").
        days: the days; an area has rows for those on which it was there.
        area: only this area, or the areas in it; None for all, current and former.
        kind_of_area: only areas of this kind, in the register's words ("London borough").

    Returns:
        An answer with one row for each area, day and member; a limb of the law under which no name is held, and an
        area for which no rule is in force, have a row of their own, so that silence never stands for an answer.

    Raises:
        UnknownName: if class or area is not held.
        BadInput: if no day is given, or no such area is of that kind.
    """
    if not days:
        raise BadInput("A panel needs a day at least: --on 2005-06-01")
    wanted = find(store, holder_class, ["class"], max(days))
    history = History(store, wanted.iri, _places(store, wanted, area, max(days)))
    areas = _of_kind(history.areas, kind_of_area)
    rows = [record for place in areas for day in sorted(set(days)) for record in _records(history, place, day)]
    return Answer(
        verdict=_verdict(rows),
        as_at="/".join(day.isoformat() for day in (min(days), max(days))),
        heading=_heading(wanted, area, kind_of_area, days),
        message=_message(rows),
        rows_name="panel",
        rows=rows,
        details={"class": {"iri": wanted.iri, "label": wanted.label}, "summary": summarise(rows)},
        notes=["Every row: --format csv or -o FILE.csv. A limb without a name is a gap in dutygraph, not of the law."],
    )


def _places(store: GraphStore, wanted: Found, area: str | None, on: date) -> list[str] | None:
    if area is None:
        return None
    return [place.iri for place in find_scope(store, area, area_kinds(store, wanted.iri), on).areas]


def _of_kind(areas: Sequence[Row], kind: str | None) -> Sequence[Row]:
    if kind is None:
        return areas
    chosen = [row for row in areas if row["kindLabel"].casefold() == kind.casefold()]
    if not chosen:
        known = ", ".join(sorted({row["kindLabel"] for row in areas})) or "none"
        raise BadInput(f'The class is filled for no area of the kind "{kind}". Kinds held: {known}.')
    return chosen


def _records(history: History, area: Row, on: date) -> Iterator[Record]:
    day = on.isoformat()
    if not holds(area, day):
        return
    state = history.state(area, day)
    merged: dict[tuple[str, str], list[Row]] = {}
    for row in state.members:
        merged.setdefault((row["member"], row.get("capacity", "")), []).append(row)
    for rows in merged.values():
        record = _record(area, day, "yes", [history.limbs[row["rule"]] for row in rows])
        yield record | _member(rows) | {"member": history.name(rows[0], day)}
    for rule in state.gaps:
        yield _record(area, day, "unknown", [history.limbs[rule]])
    if not state.in_force:
        yield _record(area, day, "not_in_force", [])


def _record(area: Row, day: str, verdict: Verdict, limbs: Sequence[Limb]) -> Record:
    """A row of the panel, without the member: of a limb of the law, or of several that bring the same body in."""
    return {
        "answer": verdict,
        "on": day,
        "code": area.get("code"),
        "area": area["label"],
        "kind_of_area": area["kindLabel"],
        "member": None,
        "iri": None,
        "capacity": None,
        "kind": limbs[0].kind if limbs else None,
        "because": "; ".join(dict.fromkeys(limb.phrase for limb in limbs)) or "no rule is in force there on that day",
        "basis": list({item["iri"]: item for limb in limbs for item in limb.basis}.values()),
        "valid_from": None,
        "valid_until": None,
        "start_attested_only": False,
        "checked": limbs[0].checked if limbs else None,
    }


def _member(rows: Sequence[Row]) -> Record:
    """Who is in the class, and for how long by the widest of the ways into it."""
    starts, ends = [row.get("validFrom") for row in rows], [row.get("validUntil") for row in rows]
    return {
        "iri": rows[0]["member"],
        "capacity": rows[0].get("capacity"),
        "valid_from": None if None in starts else min(filter(None, starts)),
        "valid_until": None if None in ends else max(filter(None, ends)),
        "start_attested_only": all("startAttested" in row for row in rows),
    }


def summarise(rows: Sequence[Record]) -> list[Record]:
    """Count names held and not held, by limb of the law and day.

    Args:
        rows: the rows of a panel.

    Returns:
        For each limb (what the law says of the body) and day, how many names are held, and for how many areas none is.
    """
    held = Counter((row["because"], row["on"]) for row in rows if row["answer"] == "yes")
    missing = Counter((row["because"], row["on"]) for row in rows if row["answer"] == "unknown")
    law = {row["because"]: row["basis"] for row in rows}
    return [
        {"limb": limb, "basis": law[limb], "on": day, "held": held[limb, day], "not_held": missing[limb, day]}
        for limb, day in sorted(held.keys() | missing.keys(), key=lambda key: (law[key[0]][0]["citation"], *key))
    ]


def _verdict(rows: Sequence[Record]) -> Verdict:
    verdicts = {row["answer"] for row in rows}
    return next((verdict for verdict in ("yes", "unknown", "not_in_force") if verdict in verdicts), "unknown")


def _heading(wanted: Found, area: str | None, kind: str | None, days: Sequence[date]) -> str:
    where = f" in {area}" if area else ""
    of_kind = f" of the kind {kind}" if kind else ""
    span = say_date(min(days)) + (f" to {say_date(max(days))}" if len(set(days)) > 1 else "")
    return f"{wanted.label[:1].upper()}{wanted.label[1:]}, area by area{of_kind}{where}, {len(set(days))} days: {span}"


def _message(rows: Sequence[Record]) -> str:
    counts = Counter(row["answer"] for row in rows)
    areas = len({(row["code"], row["area"]) for row in rows})
    parts = [f"{areas:,} areas; {counts['yes']:,} names held, {counts['unknown']:,} not held"]
    if counts["not_in_force"]:
        parts.append(f"no rule in force for {counts['not_in_force']:,} of the areas and days")
    return "; ".join(parts) + "."
