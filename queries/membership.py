"""Is this body in that class? Yes, no, not in force, or unknown: with the law."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ..citations import group_citations
from ..dates import say_date, say_interval
from ..graph.store import GraphStore
from .lookup import Found, find
from .members import area_kinds, area_record, find_scope
from .results import Answer, Record, Verdict
from .rows import Row, run
from .spelling import says_how_names_were_read


@says_how_names_were_read
def is_member(store: GraphStore, name: str, holder_class: str, area: str | None, on: date) -> Answer:
    """Answer whether a body or post is in a holder class.

    Args:
        store: the graph.
        name: the body or post.
        holder_class: the class.
        area: the area for which the class is filled; None for anywhere.
        on: the day.

    Returns:
        ``yes`` with the law; ``no`` with the law that leaves it out; ``not_in_force`` if it was or will be in
        the class on other days; ``unknown`` if nothing held decides it.
    """
    wanted = find(store, holder_class, ["class"], on)
    body = find(store, name, ["body", "partnership"], on)
    scope = find_scope(store, area, area_kinds(store, wanted.iri), on) if area else None
    rows = run(store, "class-memberships", {"class": wanted.iri, "member": body.iri})
    here = [row for row in rows if scope is None or row["area"] in {place.iri for place in scope.areas}]
    today = [row for row in here if _holds(row, on)]
    excluded = run(store, "exclusions", {"class": wanted.iri, "member": body.iri, "on": on})
    verdict, message, used = _judge(store, body, wanted, area, on, here, today, excluded, rows)
    place = f" for {scope.asked.label}" if scope and scope.asked else ""
    return Answer(
        verdict=verdict,
        as_at=on.isoformat(),
        heading=f"Is {body.label} among the {wanted.label}{place} on {say_date(on)}?",
        message=message,
        rows_name="memberships",
        rows=_records(used),
        details={
            "subject": {"iri": body.iri, "label": body.label},
            "class": {"iri": wanted.iri, "label": wanted.label},
            "area": area_record(scope.asked) if scope else None,
            "basis": _basis(used),
        },
        notes=[*_as_something_else(excluded if verdict == "yes" else ()), *_unchecked(used)],
    )


def _holds(row: Row, on: date) -> bool:
    day = on.isoformat()
    return row.get("validFrom", "") <= day and day < row.get("validUntil", "9999")


def _judge(
    store: GraphStore,
    body: Found,
    wanted: Found,
    area: str | None,
    on: date,
    here: Sequence[Row],
    today: Sequence[Row],
    excluded: Sequence[Row],
    everywhere: Sequence[Row],
) -> tuple[Verdict, str, Sequence[Row]]:
    if today:
        return "yes", f"Yes: it is {_join(row['phrase'] for row in today)} ({_citations(today)}).", today
    if here:
        return "not_in_force", _say_times(body, here, on), here
    if excluded:
        reasons = _join(row["because"] for row in excluded)
        return "no", f"No: {reasons} ({_citations(excluded)}).", excluded
    if everywhere and area:
        places = _join(row["areaLabel"] for row in everywhere)
        return (
            "no",
            f"No, not for {area}: it is in the class for {places} ({_citations(everywhere)}).",
            everywhere,
        )
    return _judge_closed(store, body, wanted, on)


def _judge_closed(store: GraphStore, body: Found, wanted: Found, on: date) -> tuple[Verdict, str, Sequence[Row]]:
    """Where the law lists exhaustively, who is in no limb is not in the class."""
    rows = run(store, "closed-class", {"class": wanted.iri})
    if rows and body.alive(on):
        return (
            "no",
            f"No: the law lists exhaustively who is in the class, and {body.label} ({body.kind_label}) comes under "
            f"no limb of the list ({_citations(rows)}).",
            rows,
        )
    if rows:
        return "not_in_force", f"{body.label} was not there on {say_date(on)}: {_life(body)}.", rows
    return (
        "unknown",
        f"No rule is held that decides it. This is a gap in dutygraph, not an answer that {body.label} "
        "is not in the class.",
        (),
    )


def _life(body: Found) -> str:
    return say_interval(body.valid_from, body.valid_until) or "its dates are not held"


def _say_times(body: Found, rows: Sequence[Row], on: date) -> str:
    times = _join(
        say_interval(row.get("validFrom"), row.get("validUntil"), attested=row.get("startAttested") == "true")
        for row in rows
    )
    return f"Not on {say_date(on)}: {body.label} is in the class {times} ({_citations(rows)})."


def _join(words: object) -> str:
    return "; ".join(dict.fromkeys(str(word) for word in words))  # type: ignore[attr-defined]


def _citations(rows: Sequence[Row]) -> str:
    return "; ".join(group_citations(row["citation"] for row in rows))


def _basis(rows: Sequence[Row]) -> list[Record]:
    pairs = {row["basis"]: row["citation"] for row in rows}
    return [{"citation": citation, "iri": iri} for iri, citation in pairs.items()]


def _records(rows: Sequence[Row]) -> list[Record]:
    """One record for each area, reason and time, with all the provisions it rests on."""
    records: dict[tuple[str | None, ...], Record] = {}
    for row in rows:
        because = row.get("phrase") or row.get("because")
        key = (row.get("area"), because, row.get("validFrom"), row.get("validUntil"))
        record = records.setdefault(
            key,
            {
                "area": {"iri": row["area"], "label": row["areaLabel"]} if "area" in row else None,
                "because": because,
                "basis": [],
                "valid_from": row.get("validFrom"),
                "valid_until": row.get("validUntil"),
                "checked": row.get("checkedOn"),
            },
        )
        record["basis"].append({"citation": row["citation"], "iri": row["basis"]})
    return list(records.values())


def _as_something_else(excluded: Sequence[Row]) -> list[str]:
    """What the law leaves out of the class although the body, in another capacity, is in it."""
    return [f"In another capacity it is not: {reason}." for reason in dict.fromkeys(row["because"] for row in excluded)]


def _unchecked(rows: Sequence[Row]) -> list[str]:
    if any("checkedOn" not in row for row in rows):
        return ["Unchecked: what this rests on has not yet been checked against the provision."]
    return []
