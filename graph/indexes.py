"""Open the read indexes beside a store, and ask them by words.

Words are matched as people mean them: all of them, stemmed, in any order; "in quotes" as a phrase; with a star at
the end (``strateg*``) as a beginning. If nothing has all words, longer words that begin so count too. Nothing
that a user types is an error.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from ..errors import StoreError
from .names import ABBREVIATIONS
from .store import GraphStore, OxigraphStore
from .words import FOLDER, REGISTER_FILE, index_in_memory, write_places_out

_opened: WeakKeyDictionary[GraphStore, list[Index]] = WeakKeyDictionary()
_TERM = re.compile(r'"([^"]*)"|([\w&]+(?:[\'’]\w+)?\*?)')
_SMALL = frozenset(
    re.findall(
        r"\w+",
        "a an and are at be by can do does for from has have how in is it its may must of on or shall should that the "
        "their to was were what when where which who with",
    )
)
_MARGIN = 25
"""How many more hits than wanted are weighed, because law goes before papers where words fit alike."""

_LAW = ("Statute", "Guidance")

# "+rank": the best few are kept as the hits come by. With "rank" alone FTS5 sorts all of them, positions and all.
_RESULTS = """
SELECT thing.iri, thing.kind, thing.label, thing.about, thing.law, thing.evidence, thing.tier, thing.valid_from,
  thing.valid_until, found.rank
FROM (SELECT rowid AS id, rank FROM words WHERE words MATCH ? ORDER BY +rank, rowid LIMIT ?) AS found
JOIN thing ON thing.id = found.id {} ORDER BY found.rank, found.id LIMIT ?
"""
_AMONG = 8
"""Hits of some kinds are looked for among so many times as many best hits first; there alone, if there are enough."""


@dataclass(frozen=True)
class Hit:
    """A thing that was found by words; ``tier`` and ``rank`` (bm25) say how well, the smaller the better."""

    iri: str
    kind: str
    label: str
    about: str | None
    law: str | None
    evidence: str | None
    tier: int
    valid_from: str | None
    valid_until: str | None
    rank: float
    layer: str

    @property
    def weight(self) -> float:
        """The rank, in which what rests on law counts half as much again as what rests on a paper or table."""
        return self.rank * (1.5 if self.evidence in _LAW else 1.0)


@dataclass(frozen=True)
class Index:
    """An open read index: the layer that it is of, and its database."""

    layer: str
    database: sqlite3.Connection

    @property
    def has_norms(self) -> bool:
        """Say whether it has the words by which single norms are found: an extract has not."""
        return self.database.execute("SELECT 1 FROM sqlite_master WHERE name = 'said'").fetchone() is not None

    def find(self, match: str, kinds: Collection[str], limit: int) -> list[Hit]:
        """Return the best hits of an FTS5 match expression."""
        of_kinds = f"WHERE thing.kind IN ({', '.join('?' * len(kinds))})" if kinds else ""
        rows: list[tuple[Any, ...]] = []
        for among in (limit * _AMONG, -1) if kinds else (limit,):  # -1: all
            rows = self.database.execute(_RESULTS.format(of_kinds), (match, among, *kinds, limit)).fetchall()
            if len(rows) == limit:
                break
        return [Hit(*(*row, self.layer)) for row in rows]

    def count(self, match: str, kinds: Collection[str]) -> int:
        """Return how many things an FTS5 match expression finds."""
        if not kinds:
            statement = "SELECT COUNT(*) FROM words WHERE words MATCH ?"
        else:
            places = ", ".join("?" * len(kinds))
            statement = (
                "SELECT COUNT(*) FROM words JOIN thing ON thing.id = words.rowid "
                f"WHERE words MATCH ? AND thing.kind IN ({places})"
            )
        return int(self.database.execute(statement, (match, *kinds)).fetchone()[0])


def indexes_beside(store: GraphStore) -> list[Index]:
    """Return the read indexes that lie beside a store on disk; empty if there are none.

    Raises:
        StoreError: if one is damaged.
    """
    if isinstance(store, OxigraphStore) and (Path(store.location) / FOLDER / f"{REGISTER_FILE}.sqlite").is_file():
        return open_indexes(store)
    return []


def open_indexes(store: GraphStore) -> list[Index]:
    """Return the read indexes of a store, the register's first; they stay open as long as the store.

    Args:
        store: a build on disk; for a store that has no indexes beside it one is made in memory.

    Raises:
        StoreError: if the store is remote, or an index is damaged.
    """
    if store not in _opened:
        if not isinstance(store, OxigraphStore):
            raise StoreError(f"{store.location} is remote and has no index of words. Ask it in SPARQL: dutygraph query")
        files = sorted(
            (Path(store.location) / FOLDER).glob("*.sqlite"), key=lambda p: (p.stem != REGISTER_FILE, p.stem)
        )
        if not any(path.stem == REGISTER_FILE for path in files):
            _opened[store] = [Index(REGISTER_FILE, index_in_memory(store.store))]
        else:
            _opened[store] = [Index(path.stem, _open(path)) for path in files]
    return _opened[store]


def _open(path: Path) -> sqlite3.Connection:
    try:
        address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        database = sqlite3.connect(address, uri=True, check_same_thread=False)
        database.execute("SELECT 1 FROM thing LIMIT 1")
    except sqlite3.Error as error:
        raise StoreError(f"The index of words {path} is damaged ({error}). Make it anew: dutygraph build") from error
    return database


def find_words(indexes: Sequence[Index], text: str, kinds: Collection[str], limit: int) -> tuple[list[Hit], int]:
    """Find things by words.

    Args:
        indexes: where to look.
        text: the words.
        kinds: only things of these kinds; empty for all.
        limit: how many hits to return at most.

    Returns:
        The hits, curated ones first and then the best match first, each thing once; and how many there are.
    """
    plain = text.strip().casefold()
    wanted = limit + _MARGIN
    for match in match_expressions(text):
        found = [(index, index.find(match, kinds, wanted)) for index in indexes]
        hits = [hit for _index, some in found for hit in some]
        if hits:
            total = sum(len(some) if len(some) < wanted else index.count(match, kinds) for index, some in found)
            best: dict[str, Hit] = {}
            for hit in sorted(hits, key=lambda hit: (hit.tier, hit.label.casefold() != plain, hit.weight, hit.iri)):
                best.setdefault(hit.iri, hit)
            return list(best.values())[:limit], max(total - (len(hits) - len(best)), len(best))
    return [], 0


def match_expressions(text: str) -> list[str]:
    """Turn what a user typed into FTS5 match expressions, the strictest first; empty if it holds no word.

    >>> match_expressions('the "serious violence" strateg*')
    ['"serious violence" AND "strateg"*']
    >>> match_expressions("PCC's plan?")[0]
    '("PCC s" OR ("police" "crime" "commissioner")) AND "plan"'
    """
    terms = [(phrase or word, bool(phrase)) for phrase, word in _TERM.findall(write_places_out(text))]
    telling = [term for term in terms if term[1] or term[0].lower() not in _SMALL] or terms
    strict = [_term(words, phrase, longer=False) for words, phrase in telling]
    loose = [_term(words, phrase, longer=True) for words, phrase in telling]
    found = [" AND ".join(filter(None, part)) for part in (strict, loose)]
    return list(dict.fromkeys(match for match in found if match))


def _term(words: str, phrase: bool, *, longer: bool) -> str:
    """One term of a match expression; quoted, so that nothing in it is read as an operator."""
    plain = " ".join(re.findall(r"\w+", words))
    if not plain:
        return ""
    star = "*" if words.endswith("*") or (longer and not phrase and len(plain) > 2) else ""
    written = f'"{plain}"{star}'
    short = re.sub(r"[’']s$", "", words.lower())
    meant = ABBREVIATIONS.get(short) or ABBREVIATIONS.get(short.removesuffix("s"))
    if meant and not phrase:
        whole = " ".join(f'"{word}"' for word in meant.split())
        return f"({written} OR ({whole}))"
    if plain.lower() == "section":
        return f'({written} OR "s")'
    return written
