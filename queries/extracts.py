"""What a national extract of powers and duties holds, answered from its read index.

A million and more norms that nobody has checked are asked otherwise than the register: by the words for who holds
them, by enactment in the order of its provisions, and in counts. SPARQL gives the same answers, in seconds.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date

from ..errors import BadInput, UnknownName
from ..graph.indexes import indexes_beside
from ..graph.names import name_key
from ..graph.store import GraphStore
from ..ontology.namespaces import LEG
from .results import Answer, Record
from .rows import note_query
from .spelling import says_how_names_were_read

EXTRACT = "powers-duties"
"""The layer that holds the extract."""

_COLUMNS = """
SELECT enactment.prefix || norm.tail, CASE norm.kind WHEN 1 THEN 'duty' ELSE 'power' END, actor.name, norm.action,
  norm.condition, enactment.title, norm.place, enactment.iri, enactment.as_at, norm.implicit, norm.secondary
FROM norm JOIN enactment ON enactment.id = norm.enactment JOIN actor ON actor.id = norm.actor
"""
NORMS_OF_ACTOR = f"{_COLUMNS} WHERE norm.actor IN (SELECT id FROM actor WHERE key = ?) ORDER BY norm.id"
NORMS_OF_ENACTMENT = f"{_COLUMNS} WHERE norm.enactment = ? ORDER BY norm.position, norm.id"
TOP_ACTORS = "SELECT name, norms FROM actor ORDER BY norms DESC, name LIMIT ?"
COUNTS = "SELECT kind, type, norms FROM tally ORDER BY norms DESC"
ACTORS_BESIDE = """
SELECT actor.name, found.norms FROM (
  SELECT other.actor AS actor, SUM(other.norms) AS norms
  FROM part JOIN part AS other ON other.enactment = part.enactment
  WHERE part.actor IN (SELECT id FROM actor WHERE key = ?1) GROUP BY other.actor) AS found
JOIN actor ON actor.id = found.actor WHERE actor.key <> ?1 ORDER BY found.norms DESC, actor.name LIMIT ?2
"""
_NAMES = (
    "iri", "kind", "holder", "action", "condition", "title", "place", "enactment", "as_at", "implicit", "secondary",
)  # fmt: skip
_WARNING = (
    "Extracted from legislation by a language model, true for the day given, and checked by nobody: read the provision."
)


def open_extract(store: GraphStore) -> sqlite3.Connection:
    """Return the read index of the extract.

    Raises:
        BadInput: if none is loaded; the message says how to.
    """
    for index in indexes_beside(store):
        if index.layer == EXTRACT:
            return index.database
    raise BadInput(f"No extract of powers and duties is loaded. Load one: dutygraph load {EXTRACT} FOLDER")


def extract_of_actor(store: GraphStore, actor: str, on: date, limit: int, kind: str | None = None) -> Answer:
    """Answer which duties and powers the extract gives to whom it calls so, in whatever enactment.

    Args:
        store: the graph.
        actor: the words for the holder, as "local authority"; case, plural and the usual abbreviations do not matter.
        on: the day of asking.
        limit: how many to show.
        kind: ``duty`` or ``power``; None for both.

    Raises:
        UnknownName: if nobody is called so; the message has the nearest.
    """
    database = open_extract(store)
    key = name_key(actor)
    names = [row[0] for row in database.execute("SELECT name FROM actor WHERE key = ? ORDER BY norms DESC", (key,))]
    if not names:
        raise UnknownName(_say_unknown(database, actor))
    rows = [row for row in _ask(database, NORMS_OF_ACTOR, key) if kind is None or row[1] == kind]
    said = f'by the words "{names[0]}"' + (f" (and {len(names) - 1} other spellings)" if len(names) > 1 else "")
    notes = [f"They hold {said} in many enactments; the same words in another Act may mean other persons."]
    return _answer(f'What the extract says that "{actor}" must and may do', rows, limit, on, notes)


def _say_unknown(database: sqlite3.Connection, actor: str) -> str:
    words = [f"%{word}%" for word in name_key(actor).split()]
    like = " AND ".join("key LIKE ?" for _word in words) or "0"
    query = f"SELECT name FROM actor WHERE {like} ORDER BY norms DESC LIMIT 5"
    near = [row[0] for row in database.execute(query, words)]
    nearest = f" Near it: {' · '.join(near)}." if near else ""
    return f'Nobody is called "{actor}" in the extract.{nearest}'


@says_how_names_were_read
def extract_of_enactment(store: GraphStore, name: str, on: date, limit: int, kind: str | None = None) -> Answer:
    """Answer which duties and powers the extract finds in an enactment, in the order of its provisions.

    Args:
        store: the graph.
        name: its title, or its legislation.gov.uk id or path.
        on: the day of asking.
        limit: how many to show.
        kind: ``duty`` or ``power``; None for both.

    Raises:
        UnknownName: if the extract has no such enactment.
    """
    database = open_extract(store)
    path = name.strip().removeprefix("https:").removeprefix("http:").removeprefix("//www.legislation.gov.uk/")
    iri = LEG + path.removeprefix("id/").strip("/")
    found = database.execute("SELECT id, title FROM enactment WHERE iri = ?", (iri,)).fetchall()
    if not found:
        found = database.execute(
            "SELECT id, title FROM enactment WHERE title = ? COLLATE NOCASE", (name.strip(),)
        ).fetchall()
    if not found:
        raise UnknownName(
            f'The extract has no enactment "{name}". Find its title: dutygraph search "{name}" --kind instrument'
        )
    rows = [row for number, _title in found for row in _ask(database, NORMS_OF_ENACTMENT, number)]
    rows = [row for row in rows if kind is None or row[1] == kind]
    return _answer(f"What the extract finds in the {found[0][1]}", rows, limit, on, [])


def _ask(database: sqlite3.Connection, query: str, *values: object) -> list[tuple[str, ...]]:
    note_query(f"# asked of the read index beside the graph (SQLite), with {values}:\n" + query)
    return database.execute(query, values).fetchall()


def _answer(heading: str, rows: Sequence[tuple[str, ...]], limit: int, on: date, notes: Sequence[str]) -> Answer:
    duties = sum(row[1] == "duty" for row in rows)
    shown = "" if len(rows) <= limit else f", the first {limit} shown"
    return Answer(
        verdict="yes" if rows else "unknown",
        as_at=on.isoformat(),
        heading=heading,
        message=f"{duties:,} duties and {len(rows) - duties:,} powers{shown}." if rows else "It finds none.",
        rows_name="extracted",
        rows=[_record(row) for row in rows[:limit]],
        details={"total": len(rows), "evidence": "ModelExtracted"},
        notes=[*notes, _WARNING],
    )


def _record(row: tuple[str, ...]) -> Record:
    record: Record = dict(zip(_NAMES, row, strict=True))
    title, place = record.pop("title"), record.pop("place")
    record["law"] = f"{title}, {place}" if place else title
    record["as_at"] = record["as_at"] or None
    return record | {"implicit": bool(record["implicit"]), "secondary": bool(record["secondary"])}


def actors_of_extract(store: GraphStore, on: date, limit: int, beside: str | None = None) -> Answer:
    """Answer who holds the most duties and powers in the extract, or who stands beside an actor in its enactments.

    Args:
        store: the graph.
        on: the day of asking.
        limit: how many actors.
        beside: only actors of the enactments that name this one; the numbers count norms in those enactments.

    Raises:
        UnknownName: if nobody is called so.
    """
    database = open_extract(store)
    if beside is None:
        heading, rows = "Who holds the most duties and powers in the extract", _ask(database, TOP_ACTORS, limit)
    else:
        heading = f'Who else holds duties and powers in the enactments that name "{beside}"'
        rows = _ask(database, ACTORS_BESIDE, name_key(beside), limit)
        if not rows:
            raise UnknownName(_say_unknown(database, beside))
    return Answer(
        verdict="yes" if rows else "unknown",
        as_at=on.isoformat(),
        heading=heading,
        message=f"{len(rows)} shown.",
        rows_name="actors",
        rows=[{"holder": name, "norms": int(norms)} for name, norms in rows],
        notes=["Actors are counted by their words: one word may stand for many persons.", _WARNING],
    )


def counts_of_extract(store: GraphStore, on: date) -> Answer:
    """Answer how many duties and powers the extract has, by type of legislation."""
    rows = _ask(open_extract(store), COUNTS)
    total = sum(int(row[2]) for row in rows)
    return Answer(
        verdict="yes",
        as_at=on.isoformat(),
        heading="What the extract of powers and duties holds",
        message=f"{total:,} norms.",
        rows_name="counts",
        rows=[{"kind": kind, "type": code, "norms": int(norms)} for kind, code, norms in rows],
        notes=[_WARNING],
    )
