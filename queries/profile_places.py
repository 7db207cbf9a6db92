"""The profile of a place: its partnerships, who is responsible for what, how it lies, what came and went."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from ..dates import NEVER_YET, say_date
from ..graph.store import GraphStore
from ..ontology.namespaces import ENGLAND, WALES
from .lookup import Found, family_of
from .members import area_kinds, find_scope
from .profile_parts import fact_section, supported
from .profiles import Line, Part, Profile, Section, Support, Words, words
from .rows import Row, run
from .supports import load_support, parts_of

_TOO_WIDE = ("country", "region", "nation")
"""Kinds of area around a place whose comings and goings do not belong to its own timeline."""


def area_profile(store: GraphStore, found: Found, _area: str | None, on: date) -> Profile:
    """Return everything that is held about a place on a day."""
    relations = run(store, "area-relations", {"area": found.iri, "on": on})
    return Profile(
        family="area",
        iri=found.iri,
        title=found.label,
        kind=found.kind_label,
        verdict="yes" if found.alive(on) else "not_in_force",
        as_at=on.isoformat(),
        message="" if found.alive(on) else f"{found.label} was not there on {say_date(on)}.",
        area={"iri": found.iri, "label": found.label, "gss": found.code},
        sections=(
            _partnerships(store, found, on),
            _responsible(store, found, on),
            fact_section(store, found),
            _lies(relations),
            _timeline(store, found, relations, on),
        ),
    )


def _partnerships(store: GraphStore, found: Found, on: date) -> Section:
    rows = run(store, "area-partnerships", {"area": found.iri, "on": on})
    rows.sort(key=lambda row: row.get("statutory") != "true")
    cells = {}
    for row in rows:
        law = {"true": "statutory", "false": "not statutory"}.get(row.get("statutory", ""), "not held")
        name = [words(row["label"], row["partnership"])]
        name += [words(row["areaLabel"], row["ofArea"], "of")] if row["ofArea"] != found.iri else []
        cells[row["partnership"]] = (tuple(name), (words(row["kindLabel"]),), (words(law),))
    return Section(
        "partnerships",
        "Partnerships",
        ("partnership", "kind", "statutory or not"),
        supported(store, cells),
        nothing="No partnership is held for this place and day.",
    )


def _responsible(store: GraphStore, found: Found, on: date) -> Section:
    """Who is responsible for what: topic by topic the classes that the law names, and the bodies in them here."""
    nations = [row["nation"] for row in run(store, "nations", {"area": found.iri})] or [ENGLAND, WALES]
    rows = run(store, "topic-holders", {"nation": sorted(nations), "on": on})
    rows = [row for row in rows if "topic" in row]
    bodies = _bodies(store, found, {row["holder"] for row in rows}, on)
    topics: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if bodies.get(row["holder"]):
            topics[row["topic"]].append(row)
    lines = []
    for topic, held in topics.items():
        held.sort(key=lambda row: -int(row["norms"]))
        who = [
            Words(parts_of(bodies[row["holder"]]), f"{row['holderLabel']} ({_count(int(row['norms']))})")
            for row in held
        ]
        lines.append(Line(((words(held[0]["topicLabel"], topic),), tuple(who))))
    lead = (
        "By topic: the classes that the law names, how many duties, powers and prohibitions each has, and who they are."
    )
    return Section("responsible", "Who is responsible for what", ("about", "who"), tuple(lines), lead=lead)


def _count(norms: int) -> str:
    return "1 norm" if norms == 1 else f"{norms} norms"


def _bodies(store: GraphStore, found: Found, classes: Iterable[str], on: date) -> dict[str, list[dict[str, str]]]:
    """The bodies in each class for the place on the day; classes filled for the same areas are asked of together."""
    filled: dict[tuple[str, ...], list[str]] = defaultdict(list)  # classes by the areas for which they are filled
    for iri in sorted(iri for iri in classes if family_of(iri) == "class"):
        scope = find_scope(store, found.iri, area_kinds(store, iri), on)
        filled[tuple(sorted(area.iri for area in scope.areas))].append(iri)
    held: dict[str, list[dict[str, str]]] = defaultdict(list)
    for areas, named in filled.items():
        for row in run(store, "class-holders", {"class": named, "area": areas, "on": on}) if areas else []:
            body = {"iri": row["member"], "label": row["label"]}
            if body not in held[row["class"]]:
                held[row["class"]].append(body)
    return held


def _lies(rows: Sequence[Row]) -> Section:
    lines = []
    for row in rows:
        support = Support(
            valid_from=row.get("validFrom") or row.get("attestedFrom"),
            valid_until=row.get("validUntil"),
            attested="validFrom" not in row and "attestedFrom" in row,
            weak=row.get("grade") == "C",
        )
        kind = ", ".join(filter(None, (row["kindLabel"], row.get("code"))))
        lines.append(Line(((words(row["how"]),), (words(row["label"], row["other"]),), (words(kind),)), support))
    return Section("lies", "How it lies", ("", "place", "kind"), tuple(lines))


def _timeline(store: GraphStore, found: Found, relations: Sequence[Row], on: date) -> Section:
    """What came and went, in the place and in those that it lies in, the latest first."""
    around = [
        row["other"]
        for row in relations
        if row["how"] == "lies in" and not row["kindLabel"].lower().startswith(_TOO_WIDE)
    ]
    rows = run(store, "area-timeline", {"area": [found.iri, *around]})
    supports = load_support(store, {row["of"] for row in rows})
    events: dict[tuple[str, ...], Line] = {}
    for row in rows:
        for day, began in ((row.get("validFrom"), True), (row.get("validUntil"), False)):
            if day and day != NEVER_YET.isoformat():
                basis = supports.get(row["of"], Support()).basis
                events.setdefault((day, row["thing"], row.get("class", ""), str(began)), _event(row, day, began, basis))
    ordered = [events[key] for key in sorted(events, reverse=True)]
    return Section("timeline", "Timeline", ("day", "what"), tuple(ordered), folded=True)


def _event(row: Row, day: str, began: bool, basis: tuple[dict[str, str], ...]) -> Line:
    name = Part(row["label"], row["thing"])
    if row["what"] == "class":
        verb = "joined the" if began else "left the"
        said = Words((name, Part(verb), Part(row["classLabel"], row["class"])), separate=False)
    else:
        said = Words((name, Part("began" if began else "ended")), separate=False)
    return Line(((words(say_date(day)),), (said,)), Support(basis=basis))
