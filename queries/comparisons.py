"""Comparisons: where a paper differs from the law or from another paper, and where partnerships overlap."""

from __future__ import annotations

from datetime import date

from ..dates import say_date
from ..graph.names import name_words
from ..graph.store import GraphStore
from .lookup import find
from .members import area_record
from .results import Answer, Record
from .rows import Row, run
from .spelling import says_how_names_were_read


@says_how_names_were_read
def differences(store: GraphStore, text: str | None, on: date) -> Answer:
    """Answer where a source says otherwise than the law or another source; both statements stay.

    Args:
        store: the graph.
        text: only points that have these words in them; None for all.
        on: the day of asking (the points carry days of their own).
    """
    words = set(name_words(text)) if text else set()
    records: dict[str, Record] = {}
    for row in run(store, "differences"):
        held = set(name_words(" ".join(row.get(name, "") for name in _SEARCHED)))
        if words <= held:
            _add_difference(records, row)
    rows = list(records.values())
    return Answer(
        verdict="yes" if rows else "unknown",
        as_at=on.isoformat(),
        heading="Where sources differ from the law or from each other" + (f': "{text}"' if text else ""),
        message=f"{len(rows)} points held." if rows else "No such point is held, which does not say that they agree.",
        rows_name="differences",
        rows=rows,
    )


_SEARCHED = ("label", "aboutLabel", "firstSays", "secondSays", "firstSource", "secondSource", "citation")


def _add_difference(records: dict[str, Record], row: Row) -> None:
    record = records.setdefault(
        row["difference"],
        {
            "iri": row["difference"],
            "label": row["label"],
            "about": row["aboutLabel"],
            "first": {
                "says": row["firstSays"],
                "source": row["firstSource"],
                "iri": row["firstFrom"],
                "locator": row["firstLocator"],
            },
            "second": {
                "says": row["secondSays"],
                "source": row["secondSource"],
                "iri": row["secondFrom"],
                "locator": row["secondLocator"],
            },
            "basis": [],
            "on": row.get("day"),
            "checked": row.get("checkedOn"),
            "note": row.get("note"),
        },
    )
    if "citation" in row:
        basis = {"citation": row["citation"], "iri": row["basis"]}
        if basis not in record["basis"]:
            record["basis"].append(basis)


@says_how_names_were_read
def overlap(store: GraphStore, area: str | None, on: date) -> Answer:
    """Answer where partnerships overlap: bodies on many of them, members in common, duties about the same thing.

    Args:
        store: the graph.
        area: only partnerships of this area and of areas in it or around it; None for all.
        on: the day.
    """
    asked = find(store, area, ["area"], on) if area else None
    near = None
    if asked:
        near = {row["partnership"] for row in run(store, "partnerships-of-an-area", {"area": asked.iri})}
        near |= {row["partnership"] for row in run(store, "area-partnerships", {"area": asked.iri, "on": on})}
    rows = _many(store, near) + _common(store, near) + _same_duty(store, on)
    where = f" for {asked.label}" if asked else ""
    return Answer(
        verdict="yes" if rows else "unknown",
        as_at=on.isoformat(),
        heading=f"Where partnerships overlap{where} on {say_date(on)}",
        message=f"{len(rows)} overlaps held, as far as members are held by name.",
        rows_name="overlaps",
        rows=rows,
        details={"area": area_record(asked)},
    )


def _many(store: GraphStore, near: set[str] | None) -> list[Record]:
    """Bodies and posts that sit on more than one of the partnerships."""
    seats: dict[str, tuple[str, dict[str, str]]] = {}
    for row in run(store, "seats"):
        if near is None or row["partnership"] in near:
            seats.setdefault(row["member"], (row["memberLabel"], {}))[1][row["partnership"]] = row["label"]
    many = [(label, iri, held) for iri, (label, held) in seats.items() if len(held) > 1]
    many.sort(key=lambda item: (-len(item[2]), item[0]))
    return [_record("sits on many", label, iri, len(held), sorted(held.values())) for label, iri, held in many]


def _common(store: GraphStore, near: set[str] | None) -> list[Record]:
    """Pairs of partnerships with several members in common."""
    return [
        _record(
            "members in common",
            f"{row['oneLabel']} and {row['otherLabel']}",
            row["one"],
            int(row["common"]),
            row["members"].split("; "),
        )
        for row in run(store, "same-members")
        if "one" in row and (near is None or {row["one"], row["other"]} <= near)
    ]


def _same_duty(store: GraphStore, on: date) -> list[Record]:
    """Topics on which several classes of holders have duties."""
    return [
        _record("duties about the same thing", row["topicLabel"], None, int(row["classes"]), row["which"].split("; "))
        for row in run(store, "same-duty", {"on": on})
        if "topicLabel" in row
    ]


def _record(what: str, label: str, iri: str | None, count: int, which: list[str]) -> Record:
    return {"what": what, "label": label, "iri": iri, "count": count, "which": sorted(which)}
