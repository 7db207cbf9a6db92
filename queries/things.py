"""Everything that is held about one thing: a body or post, a partnership, an Act or instrument, an area."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from ..dates import say_date
from ..graph.store import GraphStore
from ..ontology.namespaces import DCTERMS, DG, ELI, ORG, PROV, RDFS, SKOS
from .lookup import Found, family_of, find
from .members import area_kinds, find_scope
from .norms import load_norms
from .results import VERBS, Answer, Record
from .rows import Row, Values, first_day, run
from .spelling import says_how_names_were_read

FACTS = {
    f"{SKOS}definition": "definition",
    f"{DCTERMS}description": "about",
    f"{ELI}title": "title",
    f"{ELI}date_document": "made on",
    f"{SKOS}altLabel": "also called",
    f"{SKOS}notation": "code",
    f"{ORG}identifier": "code",
    f"{DG}area": "area",
    f"{DG}nation": "nation",
    f"{DG}appliesIn": "applies in",
    f"{DG}statutory": "statutory",
    f"{DG}setUpBy": "set up by",
    f"{DG}contents": "what is in it",
    f"{DG}preparedFrom": "made from",
    f"{DG}basis": "basis",
    f"{DG}validFrom": "from",
    f"{DG}attestedFrom": "evidenced from (start not held)",
    f"{DG}validUntil": "until",
    f"{DG}successor": "followed by",
    f"{DCTERMS}isReplacedBy": "followed by",
    f"{DG}partOf": "part of",
    f"{DG}reportsTo": "reports to",
    f"{RDFS}comment": "note",
    f"{DG}evidence": "evidence",
    f"{DG}grade": "grade of evidence",
    f"{DG}locator": "place in the source",
    f"{PROV}wasDerivedFrom": "source",
    f"{DG}checkedOn": "checked on",
}
"""The facts that are held about a thing itself, as people say them, in the order in which they read them."""
_DERIVED = f"{PROV}wasDerivedFrom"


@says_how_names_were_read
def body(store: GraphStore, name: str, on: date) -> Answer:
    """Show what is held about a body or post, on a date."""
    found = find(store, name, ["body"], on)
    rows = _facts(store, found)
    rows += [_row("called", row["label"], row) for row in run(store, "names-of", {"thing": found.iri})]
    rows += [
        _row("acts also", f"{row['capacity']}, {row['areaLabel']}", row)
        for row in run(store, "capacities-of", {"thing": found.iri})
    ]
    rows += [_row("took over from", row["label"], row) for row in run(store, "predecessors", {"thing": found.iri})]
    rows += combination_rows(store, found, on)
    rows += _class_rows(store, found, on)
    seats = run(store, "partnerships-of", {"thing": found.iri, "on": on})
    rows += _told_once(_row(f"{row['roleLabel']} of", _seat(row), row) for row in seats)
    rows += _product_rows(store, found, on)
    rows += _money_rows(store, found)
    return _profile(found, on, rows)


@says_how_names_were_read
def partnership(store: GraphStore, name: str, on: date) -> Answer:
    """Show what is held about a partnership, on a date."""
    found = find(store, name, ["partnership"], on)
    rows = _facts(store, found)
    rows += [_row("called", row["label"], row) for row in run(store, "names-of", {"thing": found.iri})]
    rows += [_row(row["how"], row["label"], row) for row in run(store, "partnerships-near", {"thing": found.iri})]
    rows += combination_rows(store, found, on)
    seats = run(store, "partnership-members", {"thing": found.iri, "on": on})
    rows += _told_once(_row(row["roleLabel"], row["label"], row) for row in seats)
    rows += _bodies_in_seats(store, found, seats, on)
    rows += _class_rows(store, found, on)
    rows += _norm_rows(store, found, on)
    rows += _money_rows(store, found)
    return _profile(found, on, rows)


def combination_rows(store: GraphStore, found: Found, on: date) -> list[Record]:
    """Return the areas that it combines, and the instrument by which a partnership does, or that none is held.

    Args:
        store: the graph.
        found: a partnership, or a body that several councils share.
        on: the day.
    """
    parts = run(store, "combined-areas", {"partnership": found.iri, "on": on})
    safety = [row for row in parts if row["combinedKind"] == f"{DG}CombinedCSPArea"]
    rows = _told_once(
        _row("combines" if row in safety else "its area takes in", row["label"], row)
        | ({"valid_from": row["attestedFrom"], "start_attested_only": True} if _only_attested(row) else {})
        for row in parts
    )
    if safety and not any("citation" in row for row in safety):
        rows.append(_record("combined by", _NO_INSTRUMENT, None))
    return rows


def _only_attested(row: Row) -> bool:
    return "validFrom" not in row and "attestedFrom" in row


_NO_INSTRUMENT = (
    "the instrument is not held: an order or an agreement (in England Crime and Disorder Act 1998, s. 5(1A) and (1B)); "
    "districts may also work together without one"
)


def _bodies_in_seats(store: GraphStore, found: Found, seats: list[Row], on: date) -> list[Record]:
    """Who the members are, where the seat is a class that the law names."""
    places = [row["value"] for row in run(store, "facts", {"thing": found.iri}) if row["property"] == f"{DG}area"]
    classes = {row["member"]: row["label"] for row in seats if family_of(row["member"]) == "class"}
    rows: list[Record] = []
    for iri, label in classes.items():
        for place in places:
            scope = find_scope(store, place, area_kinds(store, iri), on)
            values: Values = {"class": [iri], "area": [item.iri for item in scope.areas], "on": on}
            held = run(store, "class-holders", values) if scope.areas else []
            names = {row["member"]: row["label"] for row in held}
            rows += [_record(f"one of the {label}", name, body) for body, name in names.items()]
    return rows


@says_how_names_were_read
def area(store: GraphStore, name: str, on: date) -> Answer:
    """Show what is held about an area, on a date."""
    found = find(store, name, ["area"], on)
    rows = _facts(store, found)
    rows += [
        _row(
            row["how"],
            f"{row['label']} ({', '.join(filter(None, (row.get('code'), row['kindLabel'])))})",
            row,
        )
        for row in run(store, "area-relations", {"area": found.iri, "on": on})
    ]
    rows += _told_once(
        _row("partnership", f"{row['label']} ({row['kindLabel']}, {row['areaLabel']})", row)
        for row in run(store, "area-partnerships", {"area": found.iri, "on": on})
    )
    rows += [
        _row("the law fills", f"{row['label']}: {row['members']} held", row)
        for row in run(store, "classes-in-area", {"area": found.iri, "on": on})
        if "class" in row
    ]
    return _profile(found, on, rows)


@says_how_names_were_read
def act(store: GraphStore, name: str, on: date) -> Answer:
    """Show an Act or instrument with the provisions held of it."""
    found = find(store, name, ["instrument"], on)
    facts = _facts(store, found)
    rows = sorted(run(store, "provisions", {"thing": found.iri}), key=lambda row: _law_order(row["citation"]))
    day = on.isoformat()
    records = [
        {
            "provision": row["provision"],
            "citation": row["citation"],
            "about": row.get("about"),
            "norms": int(row["norms"]),
            "rules": int(row["rules"]),
            "valid_from": row.get("validFrom"),
            "valid_until": row.get("validUntil"),
            "text_from": row.get("textFrom"),
            "in_force": row.get("validFrom", "") <= day < row.get("validUntil", "9999"),
            "commenced_by": row.get("commencedBy"),
            "checked": row.get("checkedOn"),
            "note": row.get("note"),
        }
        for row in rows
        if "provision" in row
    ]
    unchecked = sum(not record["checked"] for record in records)
    return Answer(
        verdict="yes",
        as_at=day,
        heading=f"{found.label} — as held for {say_date(on)}",
        message=f"{len(records)} provisions held, {unchecked} of them unchecked. "
        "What is not listed is not held, which says nothing of the law.",
        rows_name="provisions",
        rows=records,
        details={"subject": {"iri": found.iri, "label": found.label}, "facts": facts},
    )


def _law_order(citation: str) -> tuple[bool, list[tuple[int, int, str]]]:
    """Sections before Schedules, as they stand in the text."""
    return "Sch." in citation, citation_order(citation)


def _profile(found: Found, on: date, rows: list[Record]) -> Answer:
    notes = (
        ["Evidence of grade C: inferred, a lead only."]
        if any(row["what"] == "grade of evidence" and row["value"] == "C" for row in rows)
        else []
    )
    if not found.alive(on):
        notes.append(f"{found.label} was not there on {say_date(on)}.")
    return Answer(
        verdict="yes" if found.alive(on) else "not_in_force",
        as_at=on.isoformat(),
        heading=f"{found.label} ({found.kind_label}) — on {say_date(on)}",
        message=f"{len(rows)} facts held.",
        rows_name="facts",
        rows=rows,
        details={"subject": {"iri": found.iri, "label": found.label, "kind": found.kind_label, "code": found.code}},
        notes=notes,
    )


def _record(what: str, value: str, iri: str | None) -> Record:
    """A fact without law, dates or sources."""
    return {
        "what": what,
        "value": value,
        "iri": iri,
        "basis": [],
        "sources": [],
        "valid_from": None,
        "valid_until": None,
        "start_attested_only": False,
    }


def _facts(store: GraphStore, found: Found) -> list[Record]:
    rows = run(store, "facts", {"thing": found.iri})
    order = list(FACTS)
    known = [row for row in rows if row["property"] in FACTS and row["value"] != found.label]
    known.sort(key=lambda row: order.index(row["property"]))
    places = next((row["value"] for row in known if row["property"] == f"{DG}locator"), None)
    named = {row["value"]: _own_place(places, row["value"]) for row in known if row["property"] == _DERIVED}
    return [
        _record(FACTS[row["property"]], _placed(row, named), row["value"] if "://" in row["value"] else None)
        for row in known
        if row["property"] != f"{DG}locator" or not any(named.values())
    ]


def _placed(row: Row, places: Mapping[str, str | None]) -> str:
    """The value of a fact; a source with its place."""
    return ", ".join(filter(None, (fact_value(row), places.get(row["value"]))))


def fact_value(row: Row) -> str:
    """Write the value of a fact for people."""
    if row["property"] == f"{DG}statutory":
        return "yes" if row["value"] == "true" else "no"
    return row.get("valueLabel", row["value"].removeprefix(DG))


def _row(what: str, value: str, row: Row) -> Record:
    iri = next((row[name] for name in ("other", "partnership", "member", "class", "area") if name in row), None)
    return _record(what, value, iri) | {
        "basis": [{"citation": row["citation"], "iri": row["basis"]}] if "citation" in row else [],
        "sources": [_source(row)] if "sourceLabel" in row else [],
        "valid_from": row.get("validFrom"),
        "valid_until": row.get("validUntil"),
    }


def _source(row: Row) -> Record:
    return {"label": row["sourceLabel"], "iri": row.get("source"), "locator": _place(row)}


def _place(row: Row) -> str | None:
    """Where in this source it stands."""
    return _own_place(row.get("locator"), row.get("source", "")) or row.get("locator")


def _own_place(locator: str | None, source: str) -> str | None:
    """Where in one source it stands, if a row that rests on several names each before its places."""
    name = source.rpartition("/")[2]
    own = [part.removeprefix(f"{name} ") for part in (locator or "").split("; ") if part.startswith(f"{name} ")]
    return "; ".join(own) or None


def _told_once(rows: Iterable[Record]) -> list[Record]:
    """Make one row of those that say the same under several provisions or sources."""
    told: dict[tuple[str | None, ...], Record] = {}
    for row in rows:
        key = (row["what"], row["value"], row["iri"], row["valid_from"], row["valid_until"])
        held = told.setdefault(key, row | {"basis": [], "sources": []})
        for part in ("basis", "sources"):
            held[part] += [item for item in row[part] if item not in held[part]]
    return list(told.values())


def _seat(row: Row) -> str:
    return row["label"] + (f" (as one of the {row['through']})" if "through" in row else "")


def _product_rows(store: GraphStore, found: Found, on: date) -> list[Record]:
    """What the body, or a class it is in, must bring out, by when and how often."""
    return [
        _record("must bring out", f"{item['label']}{_when(norm)}", item["iri"])
        | {name: norm[name] for name in ("basis", "valid_from", "valid_until")}
        for norm in _norms_in_force(store, found, on)
        if norm["kind"] == "duty"
        for item in norm["produces"]
    ]


def _money_rows(store: GraphStore, found: Found) -> list[Record]:
    """What it gave and what it got, as far as held."""
    given = run(store, "money-from", {"funder": found.iri})
    got = run(store, "money-to", {"recipient": found.iri})
    rows = [_row("paid", f"{_award(row)} to {row['recipientLabel']}{_purpose(row)}", row) for row in given]
    rows += [_row("was paid", f"{_award(row)} by {row['funderLabel']}{_purpose(row)}", row) for row in got]
    return _told_once(rows)


def _award(row: Row) -> str:
    return f"£{Decimal(row['amount']):,.2f}".removesuffix(".00")


def _purpose(row: Row) -> str:
    parts = [row[name] for name in ("purpose", "fund") if row.get(name)]
    return f" ({'; '.join(dict.fromkeys(parts))})" if parts else ""


def _class_rows(store: GraphStore, found: Found, on: date) -> list[Record]:
    """One row for each class that the body is in, with its areas."""
    grouped: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in run(store, "classes-of", {"member": found.iri, "on": on}):
        grouped[row["class"], row.get("capacity", "")].append(row)
    return [_class_row(rows, capacity) for (_class, capacity), rows in grouped.items()]


def _class_row(rows: list[Row], capacity: str) -> Record:
    places = list(dict.fromkeys(row["areaLabel"] for row in rows))
    basis = {row["basis"]: row["citation"] for row in rows}
    label = rows[0]["classLabel"] + (f" ({capacity})" if capacity else "")
    shown = ", ".join(places[:6]) + (f" and {len(places) - 6} more" if len(places) > 6 else "")
    since, attested = first_day(rows)
    return _record("is one of the", f"{label} for {shown}", rows[0]["class"]) | {
        "basis": [{"citation": citation, "iri": iri} for iri, citation in basis.items()],
        "valid_from": since,
        "start_attested_only": attested,
    }


def _norm_rows(store: GraphStore, found: Found, on: date) -> list[Record]:
    """What the thing itself, or a class it is in, must, may and must not do."""
    return [
        _record(VERBS[norm["kind"]], f"{norm['action']}{_when(norm)}", norm["norm"])
        | {name: norm[name] for name in ("basis", "valid_from", "valid_until")}
        for norm in _norms_in_force(store, found, on)
    ]


def _norms_in_force(store: GraphStore, found: Found, on: date) -> list[Record]:
    """The norms of the thing itself and of the classes it is in, on a date, in the order of their provisions."""
    holders = [
        found.iri,
        *dict.fromkeys(row["class"] for row in run(store, "classes-of", {"member": found.iri, "on": on})),
    ]
    norms = load_norms(store, {row["norm"] for row in run(store, "held-norms", {"holder": holders})})
    day = on.isoformat()
    return [
        norm
        for norm in sorted(norms, key=lambda norm: citation_order(norm["basis"][0]["citation"]))
        if (norm["valid_from"] or "") <= day < (norm["valid_until"] or "9999")
    ]


def _when(norm: Record) -> str:
    parts = [part for part in (norm["frequency"], norm["deadline"]) if part]
    return f" ({'; '.join(parts)})" if parts else ""


def citation_order(citation: str) -> list[tuple[int, int, str]]:
    """Return what citations are ordered by, as a lawyer reads: s. 6 before s. 17."""
    import re

    parts: Iterable[str] = re.split(r"(\d+)", citation)
    return [(1, int(part), "") if part.isdigit() else (0, 0, part) for part in parts if part]
