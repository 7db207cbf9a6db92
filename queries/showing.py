"""From a name or IRI to its profile, and from an answer to one: the one door of pages, files and exports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from ..citations import split_path
from ..errors import UnknownName
from ..graph.store import GraphStore
from ..ontology.namespaces import ID, LEG
from .lookup import FAMILIES, Found, describe, find
from .profile_bodies import body_profile, class_profile, member_section, non_member_section, partnership_profile
from .profile_law import instrument_profile, norm_profile, provision_profile
from .profile_parts import norm_sections
from .profile_places import area_profile
from .profile_sources import difference_line, product_profile, source_profile, topic_profile
from .profiles import Line, Profile, Section, Support, Words, words
from .results import Answer, Record
from .supports import parts_of

_OF_FAMILY: dict[str, Callable[[GraphStore, Found, str | None, date], Profile]] = {
    "area": area_profile,
    "body": body_profile,
    "class": class_profile,
    "instrument": instrument_profile,
    "partnership": partnership_profile,
    "product": product_profile,
    "topic": topic_profile,
}


def profile(store: GraphStore, name: str, area: str | None, on: date) -> Profile:
    """Return everything that is held about a thing.

    Args:
        store: the graph.
        name: its IRI, a name, or a legislation path.
        area: the place for which classes are resolved to bodies; None for none.
        on: the day.

    Raises:
        UnknownName: if nothing is held under that name; the message has the nearest.
        AmbiguousName: if a name stands for several things.
    """
    if name.startswith(f"{ID}norm/"):
        return norm_profile(store, name, area, on)
    if name.startswith(f"{ID}source/"):
        return source_profile(store, name, on)
    if name.startswith(LEG) and split_path(name.removeprefix(LEG))[1]:
        return provision_profile(store, name, on)
    found = describe(store, [name]).get(name) if "://" in name else find(store, name, list(FAMILIES), on)
    if found is None:
        short = name.rpartition("/")[2]
        raise UnknownName(f'Nothing called "{short}" is held. What is not held is a gap in dutygraph, not an answer.')
    return _OF_FAMILY[found.family](store, found, area, on)


def answer_profile(answer: Answer) -> Profile:
    """Return an answer to a question in the form in which things are shown."""
    return Profile(
        family="answer",
        iri="",
        title=answer.heading,
        kind="answer",
        verdict=answer.verdict,
        as_at=answer.as_at,
        message=answer.message,
        area=answer.details.get("area"),
        sections=tuple(_SECTIONS[answer.rows_name](answer)),
        notes=tuple(answer.notes),
    )


def _results(answer: Answer) -> Sequence[Section]:
    others = [
        Line(((words(norm["label"], norm["norm"], norm["kind"]),),), _when(norm))
        for norm in answer.details["other_dates"]
    ]
    return [
        *norm_sections(answer.rows),
        Section("other-dates", "In force on other days", ("what",), tuple(others), folded=len(others) > 10),
    ]


def _when(record: Record) -> Support:
    return Support(
        basis=tuple(record["basis"]), valid_from=record.get("valid_from"), valid_until=record.get("valid_until")
    )


def _members(answer: Answer) -> Sequence[Section]:
    return [member_section(answer), non_member_section(answer)]


def _memberships(answer: Answer) -> Sequence[Section]:
    lines = []
    for row in answer.rows:
        where = (words(row["area"]["label"], row["area"]["iri"]),) if row["area"] else ()
        support = Support(
            basis=tuple(row["basis"]),
            valid_from=row["valid_from"],
            valid_until=row["valid_until"],
            checked=row["checked"] or "",
        )
        lines.append(Line((where, (words(row["because"] or "the law lists exhaustively who is in it"),)), support))
    about = [answer.details["subject"], answer.details["class"]]
    asked = Line(((Words(parts_of(about)),),))
    return [
        Section("asked", "Asked about", ("",), (asked,)),
        Section("law", "What this rests on", ("for", "because"), tuple(lines)),
    ]


_CHANGE_WORDS = {
    "law": "Duties, powers and prohibitions",
    "class": "Classes that the law names",
    "body": "Bodies and posts",
    "area": "Places",
    "partnership": "Partnerships",
    "hands": "Who joined or left a class",
}


def _changes(answer: Answer) -> Sequence[Section]:
    from ..dates import say_date

    lines: dict[str, list[Line]] = {what: [] for what in _CHANGE_WORDS}
    for row in answer.rows:
        what = [words(row["label"], row["iri"], row["change"])]
        what += [words(row["detail"])] if row["detail"] else []
        where = row["areas"] or row["applies_in"]
        checked = (row["checked"] or "") if row["what"] != "hands" else None
        support = Support(basis=tuple(row["basis"]), checked=checked)
        place = (words(", ".join(where)),) if where else ()
        lines[row["what"]].append(Line(((words(say_date(row["on"])),), tuple(what), place), support))
    return [
        Section(f"changes-{what}", heading, ("on", "what", "where"), tuple(lines[what]))
        for what, heading in _CHANGE_WORDS.items()
    ]


def _differing(answer: Answer) -> Sequence[Section]:
    lines = tuple(difference_line(row) for row in answer.rows)
    return [Section("differences", "Where sources differ", ("point", "one says", "the other says"), lines)]


_SECTIONS: dict[str, Callable[[Answer], Sequence[Section]]] = {
    "results": _results,
    "members": _members,
    "memberships": _memberships,
    "changes": _changes,
    "differences": _differing,
}
