"""Who was in a class for an area, period by period: a period ends when somebody comes or goes, or the law changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ..dates import say_interval
from ..errors import BadInput
from ..graph.store import GraphStore
from .histories import LAST_DAY, History, State
from .lookup import Found, find
from .members import area_kinds, area_record, find_scope, narrow_kinds
from .results import Answer, Record
from .rows import Row
from .spelling import says_how_names_were_read

RESPONSIBLE_AUTHORITIES = "responsible authorities"
"""The class that a timeline is of where none is named (Crime and Disorder Act 1998, s. 5(1))."""

_Seat = tuple[str, str]


@says_how_names_were_read
def timeline(store: GraphStore, area: str, holder_class: str, on: date) -> Answer:
    """Answer who was in a holder class for an area, period by period.

    Args:
        store: the graph.
        area: name or code of the area; a former one is taken as it was.
        holder_class: name of the class.
        on: the day by which a name of an area is understood where several have it.

    Returns:
        An answer with one row a period: who was in the class, who came, who went, under which limbs of the law no
        name is held. A limb without a name is a gap of dutygraph's and said as one.

    Raises:
        UnknownName: if area or class is not held.
        BadInput: if the class is filled for several areas there; the message names them.
    """
    wanted = find(store, holder_class, ["class"], on)
    place = _place(store, area, area_kinds(store, wanted.iri), wanted, on)
    history = History(store, wanted.iri, [place.iri])
    rows = _periods(history, history.areas[0]) if history.areas else []
    return Answer(
        verdict="yes" if any(row["members"] for row in rows) else "unknown",
        as_at=on.isoformat(),
        heading=f"{wanted.label[:1].upper()}{wanted.label[1:]} for {place.label}, period by period",
        message=f"{len(rows)} periods held{_life(place)}.",
        rows_name="periods",
        rows=rows,
        details={"class": {"iri": wanted.iri, "label": wanted.label}, "area": area_record(place)},
        notes=_notes(rows),
    )


def _place(store: GraphStore, area: str, kinds: Sequence[str], wanted: Found, on: date) -> Found:
    narrow = narrow_kinds(store, kinds)
    asked = find(store, area, ["area"], on, prefer=narrow)
    if asked.kind in narrow:
        return asked
    places = find_scope(store, area, kinds, on).areas
    if len(places) != 1:
        names = ", ".join(f"{place.label} ({place.code})" for place in places[:12]) or "none that is held"
        raise BadInput(
            f"The {wanted.label} are filled area by area; {asked.label} has {len(places)} areas: {names}. Ask for one."
        )
    return places[0]


def _life(place: Found) -> str:
    if not (place.valid_from or place.valid_until):
        return ""
    return f"; the area itself: {say_interval(place.valid_from, place.valid_until)}"


def _periods(history: History, area: Row) -> list[Record]:
    """Cut the time at every change, and join neighbours in which the same hold the same seats."""
    days = ["", *history.days(area)]
    start, end = area.get("validFrom", ""), area.get("validUntil", LAST_DAY)
    rows: list[Record] = []
    for day, following in zip(days, [*days[1:], LAST_DAY], strict=True):
        state = history.state(area, day or "0001-01-01")
        if not (start <= day < end) or not (state.in_force or rows):
            continue
        row = _period(history, state, day, following)
        if rows and _seats(rows[-1]) == _seats(row):
            rows[-1]["valid_until"] = row["valid_until"]
        else:
            rows.append(row)
    for before, row in zip([None, *rows], rows, strict=False):
        _compare(before, row)
    return rows


def _period(history: History, state: State, day: str, following: str) -> Record:
    merged: dict[_Seat, list[Row]] = {}
    for row in state.members:
        merged.setdefault((row["member"], row.get("capacity", "")), []).append(row)
    members = [
        {
            "iri": rows[0]["member"],
            "label": history.name(rows[0], day) + (f" {rows[0]['capacity']}" if "capacity" in rows[0] else ""),
            "because": "; ".join(dict.fromkeys(history.limbs[row["rule"]].phrase for row in rows)),
            "basis": list({item["iri"]: item for row in rows for item in history.limbs[row["rule"]].basis}.values()),
            "start_attested_only": all(row.get("validFrom") == day and "startAttested" in row for row in rows),
        }
        for rows in merged.values()
    ]
    gaps = [history.limbs[rule] for rule in state.gaps]
    return {
        "valid_from": day or None,
        "valid_until": following if following != LAST_DAY else None,
        "members": sorted(members, key=lambda member: (member["basis"][0]["citation"], member["label"])),
        "not_held": [{"label": limb.kind, "because": limb.phrase, "basis": list(limb.basis)} for limb in gaps],
        "in_force": state.in_force,
    }


def _seats(row: Record) -> tuple[object, ...]:
    members = frozenset((member["iri"], member["label"]) for member in row["members"])
    return members, frozenset(gap["because"] for gap in row["not_held"]), row["in_force"]


def _compare(before: Record | None, row: Record) -> None:
    was = {member["label"] for member in before["members"]} if before else set()
    now = {member["label"] for member in row["members"]}
    row["came"] = sorted(now - was) if before else []
    row["went"] = sorted(was - now)


def _notes(rows: Sequence[Record]) -> list[str]:
    notes = []
    if any(row["not_held"] for row in rows):
        notes.append(
            "Name not held: the law puts a body of that kind in the class; a gap in dutygraph, not of the law."
        )
    late = {member["label"] for row in rows for member in row["members"] if member["start_attested_only"]}
    if late:
        notes.append(f"Start not held, only the earliest evidenced day: {', '.join(sorted(late))}.")
    return notes
