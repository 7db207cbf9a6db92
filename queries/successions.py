"""What took over from a body, and what it took over from: the chain of changes, forward and back, with sources.

A body gives way to another by a change (``org:ChangeEvent``); who held its classes before and holds them on the day
asked is read from the derived memberships, for the same areas.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..dates import say_date
from ..graph.store import GraphStore
from .lookup import Found, describe, find
from .results import Answer, Record
from .rows import Row, Values, run
from .spelling import says_how_names_were_read

_FORWARD = ("succession", "body", "successor")
_BACK = ("succession", "successor", "body")


@says_how_names_were_read
def successors(store: GraphStore, name: str, on: date) -> Answer:
    """Answer what took over from a body and what it took over from, step by step, and who holds its classes on a day.

    Args:
        store: the graph.
        name: the body or post.
        on: the day for which it is said who there is in its place.

    Returns:
        An answer with one row a step: which body gave way to which, when, by which source and law; and one row for
        each class that the body was in, with those who are in it on the day for its areas.

    Raises:
        UnknownName: if the body is not held.
    """
    found = find(store, name, ["body"], on)
    forward, back = list(_steps(store, found.iri, _FORWARD)), list(_steps(store, found.iri, _BACK))
    ends = _in_place(store, found, forward, on)
    seats = _seats(store, found, ends, on)
    return Answer(
        verdict="yes" if forward or back or found.alive(on) else "unknown",
        as_at=on.isoformat(),
        heading=f"What came before and after {found.label} — on {say_date(on)}",
        message=_message(found, ends, on),
        rows_name="succession",
        rows=[
            *({"way": "before", **step} for step in reversed(back)),
            *({"way": "after", **step} for step in forward),
            *seats,
        ],
        details={
            "subject": {"iri": found.iri, "label": found.label, "kind": found.kind_label},
            "in_place": [{"iri": item.iri, "label": item.label, "kind": item.kind_label} for item in ends],
        },
        notes=["A successor is what the register names; it need not hold every function of the body before it."],
    )


def _steps(store: GraphStore, iri: str, way: tuple[str, str, str]) -> Iterator[Record]:
    """Walk the changes in one direction, the nearest first; a body met twice is walked once."""
    query, start, end = way
    ahead, seen = [iri], {iri}
    while ahead:
        rows = run(store, query, {start: ahead, end: None})
        grouped: dict[tuple[str, str], list[Row]] = {}
        for row in rows:
            grouped.setdefault((row["body"], row["successor"]), []).append(row)
        yield from (_step(held) for held in grouped.values())
        ahead = sorted({row[end] for row in rows} - seen)
        seen |= set(ahead)


def _step(rows: list[Row]) -> Record:
    first = rows[0]
    basis = {row["basis"]: row["citation"] for row in rows if "basis" in row}
    sources = {row["source"]: row["sourceLabel"] for row in rows if "source" in row}
    return {
        "label": first["label"],
        "iri": first["body"],
        "successor": {"iri": first["successor"], "label": first["successorLabel"]},
        "on": first.get("day"),
        "basis": [{"citation": citation, "iri": iri} for iri, citation in basis.items()],
        "sources": [{"label": label, "iri": iri} for iri, label in sources.items()],
        "areas": [],
    }


def _in_place(store: GraphStore, found: Found, forward: list[Record], on: date) -> list[Found]:
    """The body itself if it was there on the day, else those after it that were."""
    if found.alive(on):
        return [found]
    after = describe(store, [step["successor"]["iri"] for step in forward])
    return [item for item in after.values() if item.alive(on)]


def _seats(store: GraphStore, found: Found, ends: list[Found], on: date) -> list[Record]:
    """For each class that the body was in: which of those in its place are in it on the day, for the same areas."""
    held = run(store, "classes-before", {"member": found.iri})
    records = []
    for class_iri in dict.fromkeys(row["class"] for row in held):
        mine = [row for row in held if row["class"] == class_iri]
        values: Values = {"class": class_iri, "area": sorted({row["area"] for row in mine}), "on": on}
        there = {row["member"]: row["label"] for row in run(store, "class-holders", values)}
        names = [item for item in ends if item.iri in there]
        basis = {row["basis"]: {"citation": row["citation"], "iri": row["basis"]} for row in mine}
        records.append(
            {
                "way": "class",
                "label": mine[0]["classLabel"],
                "iri": class_iri,
                "successor": {"iri": names[0].iri, "label": "; ".join(item.label for item in names)} if names else None,
                "on": None if any("validUntil" not in row for row in mine) else max(row["validUntil"] for row in mine),
                "basis": list(basis.values()),
                "sources": [],
                "areas": sorted({row["areaLabel"] for row in mine}),
            }
        )
    return records


def _message(found: Found, ends: list[Found], on: date) -> str:
    if ends == [found]:
        return f"{found.label} was itself there on {say_date(on)}."
    if ends:
        names = ", ".join(item.label for item in ends)
        return f"On {say_date(on)} there is in its place: {names}."
    return f"No successor of {found.label} is held that was there on {say_date(on)}."
