"""Who the actors of an extract are in law: a class of holders or a kind of body, with a grade and a reason.

A proposal for a person to judge, never a fact. Words are matched where they mean something: a class is matched only
within the enactment that defines it, since "licence holder" is another set in every Act; the same words elsewhere
are graded no, with the enactment that does define them. A kind of body goes by its name in any Act of England and
Wales, unless the Act defines the words for itself.
"""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from ..errors import BadInput
from ..graph.extracts import actor_iri
from ..graph.names import name_key
from ..graph.store import GraphStore
from ..ontology.namespaces import LEG
from .extracts import open_extract
from .results import Answer, Record
from .rows import run

GRADES = ("yes", "no", "unsure", "not judged")
"""How sure it is that the actor is the candidate; "not judged" where there is no candidate."""

_ELSEWHERE = ("asp", "ssi", "sdsi", "aosp", "nia", "apni", "nisi", "nisr", "nidsr", "mnia", "eur", "eudr", "eudn")
"""Types of legislation of Scotland, Northern Ireland and the European Union: the register's kinds are not theirs."""

_PLACE = re.compile(r"\b(?:section|regulation|article|paragraph)\s+(\d+[A-Za-z]*)", re.IGNORECASE)


@dataclass(frozen=True)
class _Class:
    """A class of holders, where it is defined."""

    iri: str
    label: str
    instrument: str
    citation: str
    place: str


@dataclass(frozen=True)
class _Kind:
    """A kind of body or post, by its own name or by another one."""

    iri: str
    label: str
    own: bool


@dataclass
class _Names:
    """What names may stand for, and what the extract adds to its actors."""

    classes: dict[str, list[_Class]] = field(default_factory=lambda: defaultdict(list))
    kinds: dict[str, list[_Kind]] = field(default_factory=lambda: defaultdict(list))
    aliases: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    definitions: dict[str, str] = field(default_factory=dict)


def resolve_holders(
    store: GraphStore, on: date, act: str | None = None, grade: str | None = None, limit: int = 1000
) -> Answer:
    """Propose who the actors of the extract are.

    Args:
        store: the graph.
        on: the day of asking.
        act: only actors of this enactment, by title or legislation.gov.uk id.
        grade: only proposals of this grade, of :data:`GRADES`.
        limit: how many to return.

    Returns:
        A row for each actor of an enactment and candidate, what holds most first: ``actor``, ``name``, ``enactment``,
        ``title``, ``norms``, ``candidate`` (IRI and label, or none), ``how`` (exact, alias, defined term, kind),
        ``grade``, ``because``; and ``decision``, empty, for a person to fill.

    Raises:
        BadInput: if no extract is loaded or the grade is unknown.
    """
    if grade and grade not in GRADES:
        raise BadInput(f'"{grade}" is no grade. Grades: {", ".join(GRADES)}.')
    database = open_extract(store)
    names = _read_names(store)
    rows: list[Record] = []
    for actor in _actors(database, names, act, every=grade in (None, "not judged") and act is not None):
        rows += [row for row in _judge(actor, names) if grade in (None, row["grade"])]
    rows.sort(key=lambda row: (GRADES.index(row["grade"]), -row["norms"], row["name"], row["enactment"]))
    counts = {word: sum(row["grade"] == word for row in rows) for word in GRADES}
    said = ", ".join(f"{count:,} {word}" for word, count in counts.items() if count)
    return Answer(
        verdict="yes" if rows else "unknown",
        as_at=on.isoformat(),
        heading="Who the actors of the extract are" + (f": {act}" if act else ""),
        message=f"{said or 'No actor has a candidate'}{f'; the first {limit} shown' if len(rows) > limit else ''}.",
        rows_name="holders",
        rows=rows[:limit],
        details={"counts": counts},
        notes=[
            "Proposals by name, within the enactment that defines the words; a person judges them. Write yes, no or "
            "unsure into the column decision of the CSV and load it: dutygraph load holders FILE.csv"
        ],
    )


def _read_names(store: GraphStore) -> _Names:
    names = _Names()
    for row in run(store, "class-names"):
        place = row["basis"].removeprefix(row["instrument"]).strip("/")
        held = names.classes[name_key(row["name"])]
        held.append(_Class(row["class"], row["label"], row["instrument"], row["citation"], place))
    for row in run(store, "kind-names"):
        kind = _Kind(row["kind"], row["label"], row["name"] == row["label"])
        if kind not in names.kinds[name_key(row["name"])]:
            names.kinds[name_key(row["name"])].append(kind)
    for row in run(store, "actor-aliases"):
        if "alias" in row:
            names.aliases[row["actor"]].add(row["alias"])
        if "definition" in row:
            names.definitions[row["actor"]] = row["definition"]
    return names


def _actors(database: sqlite3.Connection, names: _Names, act: str | None, *, every: bool) -> Iterator[Record]:
    """Yield the actors that may have a candidate, by their own words or by an alias; or all of an enactment."""
    query = (
        "SELECT actor.name, actor.key, enactment.iri, enactment.title, enactment.type, part.norms FROM part "
        "JOIN actor ON actor.id = part.actor JOIN enactment ON enactment.id = part.enactment"
    )
    values: tuple[str, ...] = ()
    if act:
        iri = LEG + act.strip().removeprefix(LEG).strip("/")
        query += " WHERE enactment.iri = ? OR enactment.title = ? COLLATE NOCASE"
        values = (iri, act.strip())
    telling = names.classes.keys() | names.kinds.keys()
    for name, key, iri, title, code, norms in database.execute(query, values):
        actor = actor_iri(iri, name)
        if every or key in telling or actor in names.aliases or actor in names.definitions:
            yield {
                "actor": actor,
                "name": name,
                "key": key,
                "enactment": iri,
                "title": title,
                "type": code,
                "norms": norms,
            }


def _judge(actor: Record, names: _Names) -> Iterator[Record]:
    """Yield a row for each candidate of an actor, or one that says there is none."""
    tried = [(actor["key"], "exact", actor["name"])]
    tried += [(name_key(alias), "alias", alias) for alias in sorted(names.aliases.get(actor["actor"], ()))]
    found: dict[str, Record] = {}
    for key, how, said in tried:
        for row in (*_classes(actor, names, key, how, said), *_kinds(actor, names, key, how, said)):
            held = found.get(row["candidate"]["iri"])
            if held is None or GRADES.index(row["grade"]) < GRADES.index(held["grade"]):
                found[row["candidate"]["iri"]] = row
    if any(row["grade"] == "yes" and row["how"] != "kind" for row in found.values()):
        found = {iri: row for iri, row in found.items() if row["grade"] == "yes" and row["how"] != "kind"}
    yield from found.values()
    if not found:
        yield _row(actor, None, "", "not judged", "no class or kind of body that is held goes by these words")


def _classes(actor: Record, names: _Names, key: str, how: str, said: str) -> Iterator[Record]:
    definition = names.definitions.get(actor["actor"], "")
    for item in names.classes.get(key, ()):
        candidate = {"iri": item.iri, "label": item.label}
        if item.instrument != actor["enactment"]:
            why = f'"{said}" is a class of another enactment ({item.citation}); the same words here are other persons'
            yield _row(actor, candidate, how, "no", why)
        elif definition and _points_at(definition, item.place):
            why = f'the extract gives "{said}" the meaning that stands there: {item.citation}'
            yield _row(actor, candidate, "defined term", "yes", why)
        elif definition and _PLACE.search(definition):
            why = f"the class is defined here ({item.citation}), but the extract has the words from another provision"
            yield _row(actor, candidate, how, "unsure", why)
        else:
            yield _row(actor, candidate, how, "yes", f'this enactment defines "{said}": {item.citation}')


def _points_at(definition: str, place: str) -> bool:
    """Say whether a definition refers to the section, regulation or article that a class rests on."""
    parts = place.split("/")
    return len(parts) > 1 and any(number.lower() == parts[1].lower() for number in _PLACE.findall(definition))


def _kinds(actor: Record, names: _Names, key: str, how: str, said: str) -> Iterator[Record]:
    for kind in names.kinds.get(key, ()):
        candidate = {"iri": kind.iri, "label": kind.label}
        if actor["actor"] in names.definitions:
            grade, why = "unsure", f'the enactment defines "{said}" for itself'
        elif actor["type"] in _ELSEWHERE:
            grade, why = (
                "unsure",
                f'"{said}" is a kind of body of England and Wales; this is other law ({actor["type"]})',
            )
        elif not kind.own:
            grade, why = (
                "unsure",
                f'"{said}" is another name of {kind.label}, which each enactment may use in its own sense',
            )
        elif how == "alias":
            grade, why = "unsure", f'the extract says that "{said}" is one of those meant; there may be others'
        else:
            grade, why = "yes", f'"{said}" is the name of the kind of body, and the enactment defines no other sense'
        yield _row(actor, candidate, "kind" if how == "exact" else how, grade, why)


def _row(actor: Record, candidate: Record | None, how: str, grade: str, because: str) -> Record:
    return {
        "actor": actor["actor"],
        "name": actor["name"],
        "enactment": actor["enactment"],
        "title": actor["title"],
        "norms": actor["norms"],
        "candidate": candidate,
        "candidate_iri": candidate["iri"] if candidate else "",
        "how": how,
        "grade": grade,
        "because": because,
        "decision": "",
        "decided_by": "",
        "decided_on": "",
        "note": "",
    }
