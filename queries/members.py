"""Who is in a class that the law names: for an area, on a date, and why; and who is not.

The memberships themselves are derived at build time (``graph/rules``); here they are read, explained and
joined with what is not held: a rule in force to which no name is known is a gap, said as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..dates import NEVER_YET, say_date
from ..graph.store import GraphStore
from ..ontology.namespaces import DG
from .lookup import Found, describe, find
from .results import Answer, Record, Verdict
from .rows import Row, Values, run
from .spelling import says_how_names_were_read


@dataclass(frozen=True)
class Scope:
    """For which areas a question is answered.

    ``asked`` is the area that was named, ``areas`` those for which the law fills the class there, ``how``
    says how the second follow from the first.
    """

    asked: Found | None
    areas: tuple[Found, ...]
    how: str = ""


@says_how_names_were_read
def members(store: GraphStore, holder_class: str, area: str, on: date) -> Answer:
    """Answer who is in a holder class, for an area, on a date.

    Args:
        store: the graph.
        holder_class: name of the class ("responsible authorities").
        area: name or code of the area ("Rugby").
        on: the day.

    Returns:
        An answer whose rows are the members, each with the reason, the law and the dates.

    Raises:
        UnknownName: if class or area is not held.
        AmbiguousName: if a name stands for several things.
    """
    wanted = find(store, holder_class, ["class"], on)
    kinds = area_kinds(store, wanted.iri)
    scope = find_scope(store, area, kinds, on)
    iris = [place.iri for place in scope.areas]
    rows = run(store, "members", {"class": wanted.iri, "area": iris, "on": on}) if iris else []
    found = _merge_members(rows)
    unfilled = run(store, "unfilled-rules", {"class": wanted.iri, "area": iris, "on": on}) if iris else []
    excluded = run(store, "not-members", {"class": wanted.iri, "area": iris, "on": on}) if iris else []
    gaps = _gaps(store, unfilled, rows, excluded, scope.areas)
    held = {(record["for_area"]["iri"], record["iri"], record["capacity"]) for record in found}
    others = _merge_exclusions(excluded, held)
    verdict, message = _judge_members(store, wanted, scope, found, gaps, on)
    place = scope.asked.label if scope.asked else area
    return Answer(
        verdict=verdict,
        as_at=on.isoformat(),
        heading=f"{_capital(wanted.label)} for {place} on {say_date(on)}",
        message=message,
        rows_name="members",
        rows=found + gaps,
        details={
            "class": {"iri": wanted.iri, "label": wanted.label},
            "area": area_record(scope.asked),
            "areas": [area_record(item) for item in scope.areas],
            "not_members": others,
        },
        notes=_notes(scope, found, gaps, store, on),
    )


def area_record(area: Found | None) -> Record | None:
    """Return an area as it stands in JSON."""
    return {"iri": area.iri, "label": area.label, "gss": area.code} if area else None


def area_kinds(store: GraphStore, class_iri: str) -> list[str]:
    """Return the kinds of area for which a class is filled."""
    return [row["areaKind"] for row in run(store, "class-area-kinds", {"class": class_iri})]


def narrow_kinds(store: GraphStore, kinds: Sequence[str]) -> set[str]:
    """Return the kinds of area that are one of some kinds, or narrower."""
    return {row["kind"] for row in run(store, "narrower-kinds", {"wideKind": list(kinds)})} if kinds else set()


def find_scope(store: GraphStore, area: str, kinds: Sequence[str], on: date) -> Scope:
    """Find the areas for which a class is filled and that the named area is, contains or lies in.

    Args:
        store: the graph.
        area: name or code of the area.
        kinds: IRIs of the kinds of area for which the class is filled.
        on: the day.

    Returns:
        The scope; without areas if no area of those kinds has to do with the one named.
    """
    narrow = narrow_kinds(store, kinds)
    asked = find(store, area, ["area"], on, prefer=narrow)
    if not asked.alive(on):
        return _scope_in_time(store, asked, kinds, narrow, on)
    if asked.kind in narrow:
        return Scope(asked, (asked,))
    values: Values = {"area": asked.iri, "wideKind": list(kinds), "on": on}
    inside = run(store, "areas-within", values) if kinds else []
    if inside:
        places = tuple(describe(store, [row["found"] for row in inside]).values())
        return Scope(asked, places, f"{asked.label} ({asked.kind_label}) has {len(places)} such areas")
    around = run(store, "areas-around", values) if kinds else []
    places = tuple(describe(store, [row["found"] for row in around]).values())
    how = (
        f"{asked.label} lies in {', '.join(f'{place.label} ({place.kind_label})' for place in places)}"
        if places
        else ""
    )
    return Scope(asked, places, how)


def _scope_in_time(store: GraphStore, asked: Found, kinds: Sequence[str], narrow: set[str], on: date) -> Scope:
    """Follow an area that was not there on the day to those that were there in its place."""
    related = describe(store, [row["other"] for row in run(store, "area-history", {"area": asked.iri})])
    there = [place for place in related.values() if place.alive(on)]
    direct = tuple(place for place in there if place.kind in narrow)
    if not direct:
        rows = [
            row
            for place in there
            for row in run(store, "areas-within", {"area": place.iri, "wideKind": list(kinds), "on": on})
        ]
        direct = tuple(describe(store, [row["found"] for row in rows]).values())
    day = say_date(on)
    if asked.valid_from and on.isoformat() < asked.valid_from:
        how = f"{asked.label} ({asked.code}) began on {say_date(asked.valid_from)}; on {day} there were in its place"
    else:
        how = f"{asked.label} ({asked.code}) ended on {say_date(asked.valid_until)}; on {day} there is in its place"
    return Scope(asked, direct, how if direct else how + " areas that are not held")


def _merge_members(rows: Iterable[Row]) -> list[Record]:
    """One record for each member, area and capacity; a body that two limbs bring in is named once."""
    merged: dict[tuple[str, str, str], Record] = {}
    for row in rows:
        key = (row["area"], row["member"], row.get("capacity", ""))
        record = merged.setdefault(key, _member_record(row))
        basis = {"citation": row["citation"], "iri": row["basis"]}
        if basis not in record["basis"]:
            record["basis"].append(basis)
        reason = f"it is {row['phrase']}"
        if reason not in record["because"]:
            record["because"] += f"; {reason}"
        _widen(record, row)
    return list(merged.values())


def _widen(record: Record, row: Row) -> None:
    """Let a record hold for as long as one of the ways into the class holds; all of them hold on the day asked."""
    start, end = row.get("validFrom"), row.get("validUntil")
    if record["valid_from"] is not None and (start is None or start < record["valid_from"]):
        record["valid_from"] = start
        record["start_attested_only"] = row.get("startAttested") == "true"
    if record["valid_until"] is not None and (end is None or end > record["valid_until"]):
        record["valid_until"] = end


def _member_record(row: Row) -> Record:
    label = row.get("labelThen", row["label"])
    return {
        "iri": row["member"],
        "label": label,
        "name_held": True,
        "also_known_as": row["label"] if row["label"] != label else None,
        "kind": row["kindLabel"],
        "capacity": row.get("capacity"),
        "because": f"it is {row['phrase']}",
        "basis": [],
        "for_area": {"iri": row["area"], "label": row["areaLabel"]},
        "valid_from": row.get("validFrom"),
        "valid_until": row.get("validUntil"),
        "start_attested_only": row.get("startAttested") == "true",
        "checked": row.get("checkedOn"),
        "grade": row.get("grade"),
        "rule": row["rule"],
        "note": row.get("note"),
        "rule_note": row.get("ruleNote"),
    }


def _gaps(
    store: GraphStore, unfilled: Sequence[Row], rows: Sequence[Row], excluded: Sequence[Row], areas: Sequence[Found]
) -> list[Record]:
    """Limbs of the law that are in force for an area and under which no name is held.

    A limb is known by its provision: where one rule of it has a member (or the law says why it has none), the
    other rules of the same limb are no gap.
    """
    filled = {(row["area"], row["basis"]) for row in (*rows, *excluded)}
    satisfied = {(row["area"], row["rule"]) for row in unfilled if (row["area"], row["basis"]) in filled}
    satisfied |= {(row["area"], row["rule"]) for row in rows}
    open_rules = {(row["area"], row["rule"]): row for row in unfilled if (row["area"], row["rule"]) not in satisfied}
    if not open_rules:
        return []
    texts: dict[str, list[Row]] = {}
    for text in run(store, "rule-texts", {"rule": sorted({rule for _area, rule in open_rules})}):
        texts.setdefault(text["rule"], []).append(text)
    labels = {area.iri: area for area in areas}
    gaps = [_gap_record(row, texts[rule], labels[area]) for (area, rule), row in open_rules.items()]
    return sorted(gaps, key=lambda gap: (gap["for_area"]["label"], gap["basis"][0]["citation"]))


def _gap_record(row: Row, texts: Sequence[Row], area: Found) -> Record:
    first = texts[0]
    return {
        "iri": None,
        "label": f"{first['kindLabel']} (name not held)",
        "name_held": False,
        "also_known_as": None,
        "kind": first["kindLabel"],
        "capacity": None,
        "because": f"the law names {first['phrase']}",
        "basis": [{"citation": text["citation"], "iri": text["basis"]} for text in texts],
        "for_area": {"iri": area.iri, "label": area.label},
        "valid_from": row.get("validFrom"),
        "valid_until": row.get("validUntil"),
        "start_attested_only": False,
        "checked": first.get("checkedOn"),
        "grade": None,
        "rule": row["rule"],
        "note": None,
        "rule_note": first.get("note"),
    }


def _merge_exclusions(rows: Iterable[Row], held: set[tuple[str, str, Any]]) -> list[Record]:
    merged: dict[tuple[str, str], Record] = {}
    for row in rows:
        if (row["area"], row["body"], row.get("capacity")) in held:
            continue
        label = f"{row['label']} {row['capacity']}" if row.get("capacity") else row["label"]
        record = merged.setdefault(
            (row["body"], row["exclusion"]),
            {
                "iri": row["body"],
                "label": label,
                "because": row["because"],
                "basis": [],
                "checked": row.get("checkedOn"),
            },
        )
        basis = {"citation": row["citation"], "iri": row["basis"]}
        if basis not in record["basis"]:
            record["basis"].append(basis)
    return list(merged.values())


def _judge_members(
    store: GraphStore,
    wanted: Found,
    scope: Scope,
    found: Sequence[Record],
    gaps: Sequence[Record],
    on: date,
) -> tuple[Verdict, str]:
    place = scope.asked.label if scope.asked else ""
    if found:
        count = len({record["iri"] for record in found})
        missing = f"; for {len(gaps)} more the law names a kind of body whose name is not held" if gaps else ""
        return "yes", f"{count} {'member' if count == 1 else 'members'} held{missing}."
    if gaps:
        return "unknown", (
            "The law fills the class there on that day, but no name is held: a gap in dutygraph, not an answer "
            "that nobody is in it."
        )
    iris = [area.iri for area in scope.areas]
    rules = run(store, "rules", {"class": wanted.iri, "area": iris}) if iris else []
    reaching = _reaching(store, rules, iris, on)
    if any(_in_force(row, on) for row in reaching):
        # that somebody is left out does not say that nobody else is in: the post may be there and its name not held
        return "unknown", (
            f"The law fills the class for {place} on that day, but no member is held. This is a gap in dutygraph, or "
            "the law leaves out all who are there; it is not an answer that nobody is one."
        )
    if reaching:
        return "not_in_force", _say_force(wanted, reaching, place, on)
    if rules:
        only = describe(store, sorted({row["confined"] for row in rules})).values()
        where = ", ".join(area.label for area in only) or "areas that are not held"
        return "not_in_force", f"Not in force for {place}: the {wanted.label} are confined by law to {where}."
    if wanted.valid_from and on.isoformat() < wanted.valid_from:
        return "not_in_force", f"The class did not exist yet: it began on {say_date(wanted.valid_from)}."
    return "unknown", (
        f'No rule is held that says who the "{wanted.label}" are for {place}. '
        "This is a gap in dutygraph, or the law does not reach that place; it is not an answer that nobody is."
    )


def _reaching(store: GraphStore, rules: Sequence[Row], areas: Sequence[str], on: date) -> list[Row]:
    """Leave out rules that the law confines to other areas."""
    near = set(areas)
    if any("confined" in row for row in rules):
        near |= {row["other"] for area in areas for row in run(store, "area-relations", {"area": area, "on": on})}
    return [row for row in rules if row.get("confined") is None or row["confined"] in near]


def _in_force(rule: Row, on: date) -> bool:
    day = on.isoformat()
    return rule.get("validFrom", day) <= day < rule.get("validUntil", "9999-12-31")


def _say_force(wanted: Found, rules: Sequence[Row], place: str, on: date) -> str:
    starts = sorted(row["validFrom"] for row in rules if "validFrom" in row)
    ends = sorted(row["validUntil"] for row in rules if "validUntil" in row)
    if starts and starts[0] == NEVER_YET.isoformat():
        return f"Enacted, and no day is appointed yet on which it begins: the {wanted.label} for {place}."
    if starts and on.isoformat() < starts[0]:
        return f"Not in force on that day: the {wanted.label} for {place} begin on {say_date(starts[0])}."
    last = say_date(ends[-1]) if ends else "a day not held"
    return f"Not in force on that day: the {wanted.label} for {place} ended on {last}."


def _notes(scope: Scope, found: Sequence[Record], gaps: Sequence[Record], store: GraphStore, on: date) -> list[str]:
    notes = [f"{scope.how}: {', '.join(place.label for place in scope.areas)}."] if scope.how else []
    notes += _combination_notes(scope, store, on)
    notes += _dispute_notes(scope, store, on)
    unchecked = sorted({record["label"] for record in (*found, *gaps) if not record["checked"]})
    if unchecked:
        notes.append(f"Unchecked: the rule has not yet been checked against the provision for {', '.join(unchecked)}.")
    weak = sorted({record["label"] for record in found if record["grade"] == "C"})
    if weak:
        notes.append(f"Weak evidence (grade C, inferred) that the body was there: {', '.join(weak)}.")
    late = sorted({record["label"] for record in found if record["start_attested_only"]})
    if late:
        notes.append(f"Start not held, only the earliest evidenced day: {', '.join(late)}.")
    return notes + _rule_notes((*found, *gaps))


def _dispute_notes(scope: Scope, store: GraphStore, on: date) -> list[str]:
    """Say where sources differ on where an area lies: then the members of both places are listed."""
    iris = [area.iri for area in scope.areas]
    rows = run(store, "area-disputes", {"area": iris, "on": on}) if iris else []
    return [
        f'Sources differ on where {label} lies, and both are followed: dutygraph differences "{label}"'
        for label in sorted({row["label"] for row in rows})
    ]


def _rule_notes(records: Iterable[Record]) -> list[str]:
    """What the rules themselves say, with whom it concerns."""
    concerned: dict[str, list[str]] = {}
    for record in records:
        if record["rule_note"]:
            labels = concerned.setdefault(record["rule_note"], [])
            if record["label"] not in labels:
                labels.append(record["label"])
    return [f"{', '.join(labels)}: {note}." for note, labels in concerned.items()]


def _combination_notes(scope: Scope, store: GraphStore, on: date) -> list[str]:
    if len(scope.areas) != 1 or scope.areas[0].kind == f"{DG}CombinedCSPArea":
        return []
    rows = run(store, "areas-around", {"area": scope.areas[0].iri, "wideKind": f"{DG}CombinedCSPArea", "on": on})
    return [
        f"{scope.areas[0].label} is part of the combined area {row['label']}, for which all responsible authorities "
        f'of its parts act together (Crime and Disorder Act 1998, s. 5(1BA)). Ask for it: --area "{row["label"]}".'
        for row in rows
    ]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
