"""What is drawn on a map: of a place, a partnership, an Act or instrument, or whoever holds duties.

Asks the graph and makes a plain :class:`~dutygraph.graph.networks.Network`; how it is laid out and written is the
business of :mod:`dutygraph.graph.maps`. A body that is in a class for many areas has one edge, with the list of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from ..dates import parse_date, say_date
from ..errors import BadInput
from ..graph.days import overlay
from ..graph.networks import (
    HOLDS,
    MEMBER_OF_CLASS,
    SITS_ON,
    TOWARD,
    Basis,
    Edge,
    Network,
    Strip,
    Support,
)
from ..graph.pictures import PICTURES, governance
from ..graph.store import GraphStore
from ..graph.stories import SUBJECTS, Story, place_story, read_story
from ..ontology.namespaces import DG
from .drafts import Draft
from .lookup import LOCAL_GOVERNMENT_AREAS, Found, describe, family_of, find
from .members import area_kinds, find_scope
from .money import draw_money
from .norms import duties, load_norms
from .results import VERBS, Record
from .rows import Row, run

AREA_LANES = (
    Strip("law", "Classes that the law names"),
    Strip("body", "Bodies and posts"),
    Strip("partnership", "Partnerships"),
    Strip("place", "Places"),
)
AREA_BANDS = (
    Strip("nation", "Nation"),
    Strip("service", "Region and service areas"),
    Strip("police", "Police area"),
    Strip("county", "County"),
    Strip("district", "District and partnership area"),
)
NORM_LANES = (
    Strip("holder", "Who"),
    Strip("law", "In which class"),
    Strip("norm", "What"),
    Strip("toward", "Owed to, sent to or asked"),
)
NORM_BANDS = (Strip("duty", "Must"), Strip("power", "May"), Strip("prohibition", "Must not"))
_SINGLE = {DG + name for name in LOCAL_GOVERNMENT_AREAS}


def draw(
    store: GraphStore,
    on: date,
    *,
    area: str | None = None,
    partnership: str | None = None,
    act: str | None = None,
    holder: str | None = None,
) -> Network:
    """Return what is drawn on the map of one thing, on a date.

    Args:
        store: the graph.
        on: the day.
        area: name or code of a place; or
        partnership: name of a partnership; or
        act: name of an Act or instrument; or
        holder: name of a body, post, class or partnership that holds duties.

    Raises:
        BadInput: if not exactly one thing is named, or nothing is held of it on that day.
        UnknownName: if the name is not held.
        AmbiguousName: if the name stands for several things.
    """
    asked = [(name, ask) for name, ask in zip((area, partnership, act, holder), _MAPS, strict=True) if name is not None]
    if len(asked) != 1:
        raise BadInput("A map is of one thing. Give one of: area, partnership, act, holder.")
    name, ask = asked[0]
    network = ask(store, name, on)
    if not network.edges:
        raise BadInput(
            f"Nothing is held to draw for {network.title} on {say_date(on)}. "
            "That is a gap in dutygraph, not an answer that there is nothing; another day may have more: --on DATE"
        )
    return network


def draw_days(store: GraphStore, days: Iterable[date], picture: str = "network", **asked: str | None) -> Network:
    """Return what is drawn on one map of several days: see :func:`draw` and :func:`~dutygraph.graph.days.overlay`.

    Args:
        store: the graph.
        days: the days, in any order; at least one.
        picture: network, matrix, tree or money.
        asked: what the map is of, as for :func:`draw`.

    Raises:
        BadInput: if there is no such picture of what is asked.
    """
    if picture not in PICTURES:
        raise BadInput(f"{picture} is no picture. Choose one of: {', '.join(PICTURES)}.")
    held = overlay([_draw_as(store, day, picture, asked) for day in sorted(set(days))])
    return governance(held) if picture == "tree" else replace(held, picture=picture)


def draw_told(
    store: GraphStore,
    on: str | date | None,
    compare: Iterable[str | date] = (),
    story: str | None = None,
    picture: str = "network",
    **asked: str | None,
) -> tuple[Network, Story | None]:
    """Draw a map of one or more days, and look up on it what a story names; the story may say what is drawn.

    Args:
        store: the graph.
        on: the day; None for the day that the story names, or else today.
        compare: other days, which the map shows beside that day.
        story: a file with a story, or the name of one that comes with dutygraph.
        picture: network, matrix, tree or money.
        asked: what the map is of, as for :func:`draw`.

    Raises:
        BadInput: if not exactly one thing is named, nothing is held of it, or the story cannot be told.
    """
    script = read_story(story) if story else None
    if script and not any(asked.values()):
        asked = {subject: script.head.get(subject) for subject in SUBJECTS}
    days = [on or (script.head.get("on") if script else None) or date.today()]
    days += [*compare, *(script.compare if script else ())]
    network = draw_days(store, map(parse_date, days), picture, **asked)
    return network, place_story(script, network) if script else None


def _draw_as(store: GraphStore, on: date, picture: str, asked: Mapping[str, str | None]) -> Network:
    if picture != "money":
        return draw(store, on, **asked)
    if asked.get("act"):
        raise BadInput("Money flows are drawn of a place, a partnership or a body, not of an Act.")
    holder = asked.get("holder")
    if holder:
        found = find(store, holder, ["body", "partnership"], on)
        return draw_money(store, on, [found.iri], found.label)
    network = draw(store, on, **asked)
    things = [node.id for node in network.of("body", "post", "partnership", "words")]
    return draw_money(store, on, things, network.title)


def _map_area(store: GraphStore, name: str, on: date) -> Network:
    """A place: the classes filled there, the partnerships, and the bodies and posts in them, by tier."""
    asked = find(store, name, ["area"], on)
    draft = Draft(store, on)
    places = _in_time(store, asked, on, draft)
    iris = [place.iri for place in places]
    around = dict.fromkeys([*iris, *(row["place"] for row in run(store, "map-areas", {"area": iris, "on": on}))])
    draft.places = list(around)
    rows = run(store, "map-memberships", _every(area=draft.places, on=on))
    add_memberships(draft, rows)
    held = run(store, "map-partnerships", {"area": draft.places, "on": on})
    draft.want(row["partnership"] for row in held)
    _add_seats(draft, [row["partnership"] for row in held])
    same = _same_places(store, draft.places, on)
    _seat_members(draft, rows, same)
    draft.add_surroundings()
    draft.add_places(asked=iris, same=same)
    return draft.finish(
        asked.label,
        "Who works together on community safety, and in which classes the law puts them.",
        AREA_LANES,
        AREA_BANDS,
    )


def _in_time(store: GraphStore, asked: Found, on: date, draft: Draft) -> Sequence[Found]:
    """The area that was asked for, or those in its place on the day."""
    if asked.alive(on):
        return [asked]
    rows = run(store, "area-history", {"area": asked.iri})
    there = [place for place in describe(store, [row["other"] for row in rows]).values() if place.alive(on)]
    if not there:
        raise BadInput(f"{asked.describe()} was not there on {say_date(on)}, and what was in its place is not held.")
    names = ", ".join(place.describe() for place in there)
    draft.notes.append(f"{asked.describe()} was not there on {say_date(on)}; drawn is what was in its place: {names}.")
    return there


def _every(**values: object) -> dict[str, str | date | Iterable[str] | None]:
    """Parameters of the memberships query: what is not named is not restricted."""
    return {"class": None, "member": None, "area": None} | values  # type: ignore[return-value]


def _same_places(store: GraphStore, places: Sequence[str], on: date) -> Mapping[str, str]:
    """Partnership areas that are one council's area under another code: drawn as one place."""
    kinds = {thing.iri: thing.kind for thing in describe(store, places).values()}
    wholes = [place for place in places if kinds.get(place) == f"{DG}CSPArea"]
    parts: dict[str, set[str]] = {}
    for row in run(store, "map-area-relations", {"whole": wholes, "on": on}) if wholes else []:
        if row["kind"] in _SINGLE:
            parts.setdefault(row["whole"], set()).add(row["part"])
    return {whole: next(iter(held)) for whole, held in parts.items() if len(held) == 1}


def _map_partnership(store: GraphStore, name: str, on: date) -> Network:
    """A partnership: what is above and below it, who sits on it, and who is in the classes that sit on it."""
    found = find(store, name, ["partnership"], on)
    draft = Draft(store, on)
    near = [row["other"] for row in run(store, "partnerships-near", {"thing": found.iri})]
    groups = [found.iri, *(iri for iri in dict.fromkeys(near) if family_of(iri) == "partnership")]
    draft.want(groups)
    seats = _add_seats(draft, groups)
    draft.add_surroundings()
    served = draft.areas_of(groups)
    draft.places = list(served)
    members: list[Row] = []
    for iri in sorted({row["member"] for row in seats if family_of(row["member"]) == "class"}):
        scopes = [find_scope(store, place, area_kinds(store, iri), on) for place in served]
        areas = list(dict.fromkeys(place.iri for scope in scopes for place in scope.areas))
        if areas:
            draft.places += [place for place in areas if place not in draft.places]
            members += run(store, "map-memberships", {**_every(area=areas, on=on), "class": [iri]})
    add_memberships(draft, members)
    _seat_members(draft, members, _same_places(store, served, on))
    add_memberships(draft, run(store, "map-memberships", {**_every(on=on), "member": groups}))
    draft.add_places(asked=[], same={})
    return draft.finish(found.label, "Who sits on it, in what role, and under which law.", AREA_LANES, AREA_BANDS)


def _map_act(store: GraphStore, name: str, on: date) -> Network:
    """An Act or instrument: its duties, powers and prohibitions, whose they are, and toward whom."""
    found = find(store, name, ["instrument"], on)
    draft = Draft(store, on)
    norms = load_norms(store, [row["norm"] for row in run(store, "map-norms", {"instrument": found.iri, "on": on})])
    _add_norms(draft, norms)
    return draft.finish(found.label, "Who must, may or must not do what, and toward whom.", NORM_LANES, NORM_BANDS)


def _map_holder(store: GraphStore, name: str, on: date) -> Network:
    """A body, post, class or partnership: what it must, may and must not do, itself or in a class."""
    found = find(store, name, ["body", "class", "partnership"], on)
    draft = Draft(store, on)
    answer = duties(store, found.iri, None, on)
    _add_norms(draft, answer.rows)
    holders = {item["iri"] for norm in answer.rows for item in norm["holders"]}
    classes = sorted(iri for iri in holders if family_of(iri) == "class" and iri != found.iri)
    if classes:
        rows = run(store, "map-memberships", {**_every(on=on), "class": classes, "member": [found.iri]})
        add_memberships(draft, rows)
    draft.notes.extend(answer.notes)
    return draft.finish(
        found.label, "What it must, may and must not do, and through which class.", NORM_LANES, NORM_BANDS
    )


_MAPS = (_map_area, _map_partnership, _map_act, _map_holder)


def add_memberships(draft: Draft, rows: Sequence[Row]) -> None:
    """Add one edge for each body, class and capacity, with the areas for which it holds."""
    grouped: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        grouped.setdefault((row["member"], row["class"], row.get("capacity", "")), []).append(row)
    for (member, holder_class, capacity), held in grouped.items():
        support = Draft.join(_membership_support(row) for row in held)
        areas = _areas(held, support)
        phrases = "; ".join(dict.fromkeys(row["phrase"] for row in held))
        said = f"{held[0]['memberLabel']}{f' ({capacity})' if capacity else ''}"
        where = ", ".join(dict.fromkeys(row["areaLabel"] for row in held))
        draft.want((member, holder_class))
        draft.edges.append(
            Edge(
                member,
                holder_class,
                MEMBER_OF_CLASS,
                f"{said} is one of the {held[0]['classLabel']} for {where}: it is {phrases}.",
                capacity,
                areas,
                support,
            )
        )


def _membership_support(row: Row) -> Support:
    return Support(
        basis=(Basis(row["citation"], row["basis"]),),
        valid_from=row.get("validFrom"),
        valid_until=row.get("validUntil"),
        attested=row.get("startAttested") == "true",
        checked=row.get("checkedOn"),
        evidence=("derived from the rule, the body and the area",),
        note=row.get("ruleNote", ""),
    )


def _areas(rows: Sequence[Row], whole: Support) -> tuple[str, ...]:
    """The areas, each with its own dates where they are not those of all."""
    supports: dict[str, list[Support]] = {}
    for row in rows:
        supports.setdefault(row["areaLabel"], []).append(_membership_support(row))
    joined = {label: Draft.join(items).say_dates() for label, items in supports.items()}
    return tuple(label if dates == whole.say_dates() else f"{label} ({dates})" for label, dates in joined.items())


def _add_seats(draft: Draft, partnerships: Sequence[str]) -> list[Row]:
    """Add who sits on partnerships: one edge a seat."""
    rows = run(draft.store, "map-seats", {"partnership": partnerships, "on": draft.on}) if partnerships else []
    seats: dict[str, list[Row]] = {}
    for row in rows:
        seats.setdefault(row["seat"], []).append(row)
    for held in seats.values():
        row = held[0]
        draft.want((row["member"], row["partnership"]))
        draft.edges.append(
            Edge(
                row["member"],
                row["partnership"],
                SITS_ON,
                "",
                row["roleLabel"],
                support=Draft.join(Draft.row_support(item) for item in held),
            )
        )
    return rows


def _seat_members(draft: Draft, rows: Sequence[Row], same: Mapping[str, str]) -> None:
    """Where a class sits on a partnership, seat each body that is in the class for the partnership's area."""
    seats = [edge for edge in draft.edges if edge.kind == SITS_ON and family_of(edge.source) == "class"]
    for seat in seats:
        areas = {place for area in draft.areas_of([seat.target]) for place in (area, same.get(area, area))}
        held: dict[str, list[Row]] = {}
        for row in rows:
            if row["class"] == seat.source and row["area"] in areas:
                held.setdefault(row["member"], []).append(row)
        for member, found in held.items():
            support = Draft.join([seat.support, *(_membership_support(row) for row in found)])
            role = f"{seat.role}, as one of the {found[0]['classLabel']}"
            draft.edges.append(Edge(member, seat.target, SITS_ON, "", role, support=support))
        if held:
            draft.edges[draft.edges.index(seat)] = replace(seat, quiet=True)


def _add_norms(draft: Draft, norms: Iterable[Record]) -> None:
    """Add duties, powers and prohibitions, with edges from whoever holds them and to those they are toward."""
    for norm in norms:
        draft.add_norm(norm)
        support = Draft.norm_support(norm)
        for item in norm["holders"]:
            draft.want((item["iri"],))
            sentence = f"{item['label']} {VERBS[norm['kind']]} {norm['action']}."
            draft.edges.append(Edge(item["iri"], norm["norm"], HOLDS, sentence, VERBS[norm["kind"]], support=support))
        for item in norm["toward"]:
            draft.want((item["iri"],))
            sentence = f"{norm['label']}: toward {item['label']}."
            draft.edges.append(Edge(norm["norm"], item["iri"], TOWARD, sentence, "toward", support=support))
