"""The profiles of those who act: bodies and posts, partnerships, and the classes that the law names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from ..dates import say_date
from ..graph.store import GraphStore
from .lookup import Found, family_of
from .members import area_kinds, find_scope, members
from .norms import duties
from .profile_parts import (
    combination_lines,
    fact_section,
    linked_norms,
    membership_section,
    money_section,
    norm_sections,
    seat_section,
    supported,
)
from .profiles import Line, Profile, Section, Support, Words, words
from .results import Answer, Record
from .rows import Row, Values, first_day, run
from .supports import load_support, norm_line, norm_words, parts_of


def body_profile(store: GraphStore, found: Found, area: str | None, on: date) -> Profile:
    """Return what a body or post must, may and must not do, makes, consults, sits on, and got."""
    held = duties(store, found.iri, area, on)
    rows = run(store, "classes-of", {"member": found.iri, "on": on})
    more = [
        Line(((words("took over from"),), (words(row["label"], row["other"]),)))
        for row in run(store, "predecessors", {"thing": found.iri})
    ]
    return Profile(
        family=found.family,
        iri=found.iri,
        title=found.label,
        kind=found.kind_label,
        verdict="yes" if found.alive(on) else "not_in_force",
        as_at=on.isoformat(),
        message=_there(found, held, on),
        area=held.details["area"],
        sections=(
            fact_section(store, found, [*more, *combination_lines(store, found, on)]),
            _makes(held.rows),
            _consults(held.rows),
            *norm_sections(held.rows, nothing=held.message if held.verdict == "unknown" else ""),
            _classes(rows),
            membership_section(store, found, _with_areas(store, rows, on), on),
            money_section(store, found.iri),
        ),
        notes=tuple(held.notes),
    )


def _there(found: Found, held: Answer, on: date) -> str:
    if not found.alive(on):
        return f"{found.label} was not there on {say_date(on)}."
    return held.message


def _makes(norms: Sequence[Record]) -> Section:
    """What must be made, by when, and who gets it."""
    lines = []
    for norm in norms:
        if norm["kind"] == "duty" and norm["produces"]:
            when = [words(norm[name]) for name in ("deadline", "frequency") if norm[name]]
            what = (Words(parts_of(norm["produces"])), words(norm["action"], norm["norm"], "must"))
            lines.append(Line((what, tuple(when)), norm_line(norm).support))
    return Section("products", "What it must produce, and by when", ("what", "by when"), tuple(lines))


def _consults(norms: Sequence[Record]) -> Section:
    """Who must be consulted, told or sent a copy."""
    lines = []
    for norm in norms:
        if norm["kind"] == "duty" and norm["toward"]:
            whom = [Words(parts_of(norm["toward"]))]
            here = [body for item in norm["toward"] for body in item.get("bodies", [])]
            whom += [Words(parts_of(here), "here")] if here else []
            lines.append(Line((tuple(whom), (norm_words(norm)[0],)), norm_line(norm).support))
    return Section("toward", "Whom it must consult, tell or send copies", ("whom", "what"), tuple(lines))


def _classes(rows: Sequence[Row]) -> Section:
    """The classes that the law names and the body is in, with the areas and the law."""
    grouped: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row["class"], row.get("capacity", ""), row["phrase"]].append(row)
    lines = []
    for (iri, capacity, phrase), held in grouped.items():
        label = held[0]["classLabel"] + (f" ({capacity})" if capacity else "")
        places = {row["area"]: row["areaLabel"] for row in held}
        basis = {row["basis"]: row["citation"] for row in held}
        since, attested = first_day(held)
        support = Support(
            basis=tuple({"citation": citation, "iri": law} for law, citation in basis.items()),
            valid_from=since,
            attested=attested,
            evidence="derived by rule from what is held",
        )
        where = Words(parts_of([{"iri": area, "label": name} for area, name in places.items()]))
        lines.append(Line(((words(label, iri), words(f"it is {phrase}", label="because")), (where,)), support))
    return Section("classes", "Classes that the law names, and it is in", ("class", "for"), tuple(lines))


def _with_areas(store: GraphStore, rows: Sequence[Row], on: date) -> dict[str, tuple[str, set[str]]]:
    """For each class the areas for which the body is in it, and those in which they lie."""
    held: dict[str, tuple[str, set[str]]] = {}
    for row in rows:
        areas = held.setdefault(row["class"], (row["classLabel"], set()))[1]
        if row["area"] not in areas:
            around = run(store, "area-relations", {"area": row["area"], "on": on})
            areas |= {row["area"], *(near["other"] for near in around if near["how"] == "lies in")}
    return held


_NEAR_WORDS = {
    "is part of": "above: it is part of",
    "reports to": "above: it reports to",
    "has as a part": "below: has as a part",
    "is reported to by": "below: reports to it",
}


def partnership_profile(store: GraphStore, found: Found, area: str | None, on: date) -> Profile:
    """Return a partnership's law or none, members, what is above and below, duties, products, money and papers."""
    held = duties(store, found.iri, area, on)
    seats = seat_section(store, found.iri, on)
    support = load_support(store, [found.iri]).get(found.iri, Support())
    return Profile(
        family=found.family,
        iri=found.iri,
        title=found.label,
        kind=found.kind_label,
        verdict="yes" if found.alive(on) else "not_in_force",
        as_at=on.isoformat(),
        message="" if found.alive(on) else f"{found.label} was not there on {say_date(on)}.",
        area=held.details["area"],
        sections=(
            fact_section(store, found, combination_lines(store, found, on)),
            _near(store, found),
            seats,
            _in_seats(store, found, seats, on),
            _makes(held.rows),
            *norm_sections(held.rows),
            money_section(store, found.iri),
            _papers(support, seats),
        ),
        notes=tuple(held.notes),
    )


def _near(store: GraphStore, found: Found) -> Section:
    rows = run(store, "partnerships-near", {"thing": found.iri})
    lines = [Line(((words(_NEAR_WORDS[row["how"]]),), (words(row["label"], row["other"]),))) for row in rows]
    return Section("near", "Above and below", ("", "partnership or body"), tuple(lines))


def _in_seats(store: GraphStore, found: Found, seats: Section, on: date) -> Section:
    """Who the members are, where a seat is a class that the law names."""
    classes = {part.iri: part.text for line in seats.lines for part in line.cells[0][0].parts if part.iri}
    places = [row["value"] for row in run(store, "facts", {"thing": found.iri}) if row["property"].endswith("#area")]
    lines = []
    for iri, label in classes.items():
        if family_of(iri) != "class":
            continue
        for place in places:
            scope = find_scope(store, place, area_kinds(store, iri), on)
            values: Values = {"class": [iri], "area": [item.iri for item in scope.areas], "on": on}
            rows = run(store, "class-holders", values) if scope.areas else []
            for row in rows:
                why = words(f"it is {row['phrase']}", label="because")
                lines.append(Line(((words(row["label"], row["member"]), why), (words(label, iri),))))
    return Section("bodies", "The bodies in those classes, here and then", ("body", "as one of the"), tuple(lines))


def _papers(support: Support, seats: Section) -> Section:
    """The papers and other sources in which the partnership is found."""
    places: dict[str, tuple[str, list[str]]] = {}
    for item in (*support.sources, *(source for line in seats.lines for source in line.support.sources)):
        held = places.setdefault(item["iri"], (item["label"], []))[1]
        if item["locator"] and item["locator"] not in held:
            held.append(item["locator"])
    lines = [
        Line(((words(label, iri),), (words("; ".join(held)),) if held else ())) for iri, (label, held) in places.items()
    ]
    return Section("papers", "Papers and other sources", ("source", "where in it"), tuple(lines))


def class_profile(store: GraphStore, found: Found, area: str | None, on: date) -> Profile:
    """Return what a class is, how the law fills it, who is in it in a place, and what it must do."""
    filled = _members(store, found, area, on) if area else None
    norms = linked_norms(store, [found.iri], ["holder"], on)
    owed = linked_norms(store, [found.iri], ["toward"], on)
    return Profile(
        family=found.family,
        iri=found.iri,
        title=found.label,
        kind="class of persons that the law names",
        verdict=filled.verdict if filled else ("yes" if found.alive(on) else "not_in_force"),
        as_at=on.isoformat(),
        message=filled.message if filled else "Choose a place to see who is in it there.",
        area=filled.details["area"] if filled else None,
        sections=(
            *(_member_sections(filled) if filled else ()),
            fact_section(store, found),
            _rules(store, found),
            *norm_sections(norms),
            Section("owed", "Owed to it, or it gets copies", ("what", "who"), tuple(norm_line(norm) for norm in owed)),
        ),
        notes=tuple(filled.notes) if filled else (),
        needs_area=filled is None,
    )


def _members(store: GraphStore, found: Found, area: str, on: date) -> Answer:
    return members(store, found.iri, area, on)


def _member_sections(filled: Answer) -> tuple[Section, Section]:
    return member_section(filled), non_member_section(filled)


def member_section(filled: Answer) -> Section:
    """Return the members of a class in a place as statements, each with the answer that it is."""
    several = len({row["for_area"]["iri"] for row in filled.rows}) > 1
    lines = []
    for row in filled.rows:
        name = row["label"] + (f" {row['capacity']}" if row["capacity"] else "")
        who = [words(name, row["iri"]), words(row["because"], label="because")]
        who += [words(row["also_known_as"], label="now")] if row["also_known_as"] else []
        who += [words(row["for_area"]["label"], row["for_area"]["iri"], "for")] if several else []
        support = Support(
            basis=tuple(row["basis"]),
            valid_from=row["valid_from"],
            valid_until=row["valid_until"],
            attested=row["start_attested_only"],
            evidence="derived by rule from what is held" if row["name_held"] else "",
            checked=row["checked"] or "",
            weak=row["grade"] == "C",
            note=row["note"] or "",
        )
        lines.append(Line((tuple(who),), support, "yes" if row["name_held"] else "unknown"))
    return Section("members", "Who is in it, here and then", ("who",), tuple(lines), nothing=filled.message)


def non_member_section(filled: Answer) -> Section:
    """Return who one might expect in the class, and the law that leaves them out."""
    lines = [
        Line(
            ((words(item["label"], item["iri"]), words(item["because"], label="because")),),
            Support(basis=tuple(item["basis"]), checked=item["checked"] or ""),
            "no",
        )
        for item in filled.details["not_members"]
    ]
    return Section("not-members", "Who is not in it", ("who",), tuple(lines))


def _rules(store: GraphStore, found: Found) -> Section:
    """How the law fills the class."""
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in run(store, "rules-of", {"class": found.iri}):
        grouped[row["rule"]].append(row)
    cells = {}
    for rule, rows in grouped.items():
        capacity = f" ({rows[0]['capacity']})" if "capacity" in rows[0] else ""
        where = list(dict.fromkeys(row["nationLabel"] for row in rows if "nationLabel" in row))
        only = {row["only"]: row["onlyLabel"] for row in rows if "only" in row}
        place = [words(" and ".join(where))] if where else []
        place += [Words(parts_of([{"iri": iri, "label": name} for iri, name in only.items()]), "only")] if only else []
        cells[rule] = ((words(rows[0]["phrase"] + capacity), words(rows[0]["kindLabel"], label="kind")), tuple(place))
    return Section(
        "rules", "How the law fills it", ("whom the law names", "where"), supported(store, cells), folded=True
    )
