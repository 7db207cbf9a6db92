"""Open the read indexes beside a store, and ask them by words.

Words are matched as people mean them: all of them, stemmed, in any order; "in quotes" as a phrase; with a star at
the end (``strateg*``) as a beginning. If nothing has all words, longer words that begin so count too. Nothing
that a user types is an error.

Hits are weighed (bm25), which takes as long as there are hits. The index of an extract, in which a word may have a
hundred thousand, has its words in the order of the length of their texts: of frequent words the first are taken.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
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

# Norms go before titles in an extract, whose rows have the kind in their number; elsewhere all rows are alike.
# "+rank": the best few are kept as the hits come by. With "rank" alone FTS5 sorts all of them, positions and all.
_COLUMNS = (
    "thing.iri, thing.kind, thing.label, thing.about, thing.law, thing.evidence, thing.tier, thing.valid_from, "
    "thing.valid_until"
)
_BEST = f"""
SELECT {_COLUMNS}, found.rank
FROM (
  SELECT rowid AS id, rank, (rowid >> 32) & 3 = 0 AS titled FROM words WHERE words MATCH ? {{inner}}
  ORDER BY titled, +rank, rowid LIMIT ?
) AS found
JOIN thing ON thing.id = found.id & 4294967295 {{outer}} ORDER BY found.titled, found.rank, found.id LIMIT ?
"""
_AMONG = 8
"""Hits of some kinds are looked for among so many times as many best hits first; there alone, if there are enough."""

FREQUENT = 10_000
"""Words of an extract with more hits than this are not weighed and not counted to the end."""

_COUNTED = "SELECT COUNT(*) FROM (SELECT 1 FROM words WHERE words MATCH ? {inner} LIMIT ?)"
_FIRST = "SELECT rowid & 4294967295 FROM words WHERE words MATCH ? {inner} ORDER BY rowid LIMIT ?"
_NAMED = """
SELECT actor.id FROM named JOIN actor ON actor.id = named.rowid WHERE named MATCH ?
ORDER BY actor.norms DESC, actor.id LIMIT ?
"""
_OF_ACTOR = "SELECT size, id FROM norm WHERE actor = ? {} ORDER BY size, id LIMIT ?"
_THINGS = f"""
SELECT {_COLUMNS}, -1.0 / (wanted.key + 1) FROM json_each(?) AS wanted CROSS JOIN thing ON thing.id = wanted.value
ORDER BY wanted.key
"""
_TITLED = f"""
SELECT {_COLUMNS}, -1.0 FROM enactment JOIN norm ON norm.enactment = enactment.id AND norm.kind = 0
JOIN thing ON thing.id = norm.id WHERE enactment.title = ? COLLATE NOCASE
"""
_NUMBERS = {"instrument": 0, "duty": 1, "power": 2, "prohibition": 3}
"""The kinds of an extract, as the row numbers of its words have them."""


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


class Found(NamedTuple):
    """The best hits, best first, and how many there are: just so many, or more than that (``at_least``)."""

    hits: list[Hit]
    total: int
    at_least: bool = False


@dataclass(frozen=True)
class Index:
    """An open read index: the layer that it is of, and its database."""

    layer: str
    database: sqlite3.Connection

    @property
    def has_norms(self) -> bool:
        """Say whether it has the words by which single norms are found: an extract has not."""
        return self.database.execute("SELECT 1 FROM sqlite_master WHERE name = 'said'").fetchone() is not None

    @property
    def is_ordered(self) -> bool:
        """Say whether the words of short texts come first, each row number with the kind in it."""
        return self.database.execute("SELECT 1 FROM sqlite_master WHERE name = 'named'").fetchone() is not None

    def find(self, match: str, kinds: Collection[str], limit: int) -> Found:
        """Return the best hits of an FTS5 match expression, and how many there are."""
        if self.is_ordered:
            return self._find_ordered(match, kinds, limit)
        of_kinds = f"WHERE thing.kind IN ({', '.join('?' * len(kinds))})" if kinds else ""
        rows: list[tuple[Any, ...]] = []
        for among in (limit * _AMONG, -1) if kinds else (limit,):  # -1: all
            rows = self.database.execute(
                _BEST.format(inner="", outer=of_kinds), (match, among, *kinds, limit)
            ).fetchall()
            if len(rows) == limit:
                break
        return Found(self._hits(rows), len(rows) if len(rows) < limit else self._count(match, kinds))

    def _find_ordered(self, match: str, kinds: Collection[str], limit: int) -> Found:
        numbers = [str(_NUMBERS[kind]) for kind in kinds if kind in _NUMBERS]
        if kinds and not numbers:
            return Found([], 0)
        inner = f"AND (rowid >> 32) & 3 IN ({', '.join(numbers)})" if kinds else ""
        most = max(FREQUENT, limit)
        total = self.database.execute(_COUNTED.format(inner=inner), (match, most + 1)).fetchone()[0]
        if total <= most:
            rows = self.database.execute(_BEST.format(inner=inner, outer=""), (match, limit, limit)).fetchall()
            return Found(self._hits(rows), total)
        of_kinds = f"AND kind IN ({', '.join(numbers)})" if kinds else ""
        named: list[tuple[int, int]] = []
        for (actor,) in self.database.execute(_NAMED, (match, limit)).fetchall():
            named += self.database.execute(_OF_ACTOR.format(of_kinds), (actor, limit))
        wanted = [number for _size, number in sorted(named)]
        for condition in (inner,) if kinds else ("AND (rowid >> 32) & 3", "AND (rowid >> 32) & 3 = 0"):
            if len(wanted) < limit:
                wanted += (row for (row,) in self.database.execute(_FIRST.format(inner=condition), (match, limit)))
        wanted = list(dict.fromkeys(wanted))[:limit]
        rows = self.database.execute(_THINGS, (str(wanted),)).fetchall()
        return Found(self._hits(rows), most, at_least=True)

    def titled(self, title: str) -> list[Hit]:
        """Return the instruments of an extract that have just this title, which many a norm before them may mention."""
        return self._hits(self.database.execute(_TITLED, (title,)).fetchall()) if self.is_ordered else []

    def _hits(self, rows: Sequence[tuple[Any, ...]]) -> list[Hit]:
        return [Hit(*(*row, self.layer)) for row in rows]

    def _count(self, match: str, kinds: Collection[str]) -> int:
        if not kinds:
            statement = "SELECT COUNT(*) FROM words WHERE words MATCH ?"
        else:
            places = ", ".join("?" * len(kinds))
            statement = (
                "SELECT COUNT(*) FROM words JOIN thing ON thing.id = words.rowid & 4294967295 "
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


def find_words(indexes: Sequence[Index], text: str, kinds: Collection[str], limit: int) -> Found:
    """Find things by words.

    Args:
        indexes: where to look.
        text: the words.
        kinds: only things of these kinds; empty for all.
        limit: how many hits to return at most.

    Returns:
        The hits, curated ones first and then the best match first, each thing once; and how many there are. Of words
        with more than :data:`FREQUENT` hits in an extract, holders of that name come first, then short texts.
    """
    plain = text.strip().casefold()
    for match in match_expressions(text):
        found = [index.find(match, kinds, limit + _MARGIN) for index in indexes]
        hits = [hit for some in found for hit in some.hits]
        if hits:
            if not kinds or "instrument" in kinds:
                have = {hit.iri for hit in hits}
                hits += [hit for index in indexes for hit in index.titled(text.strip()) if hit.iri not in have]
            best: dict[str, Hit] = {}
            for hit in sorted(hits, key=lambda hit: _order(hit, plain)):
                best.setdefault(hit.iri, hit)
            shown = list(best.values())[:limit]
            if any(some.at_least for some in found):
                return Found(shown, max(some.total for some in found), at_least=True)
            total = sum(some.total for some in found) - (len(hits) - len(best))
            return Found(shown, max(total, len(best)))
    return Found([], 0)


def _order(hit: Hit, plain: str) -> tuple[object, ...]:
    """What hits are sorted by; an instrument asked for by its whole title goes before all else."""
    called_so = hit.label.casefold() == plain
    return (hit.kind != "instrument" or not called_so, hit.tier, not called_so, hit.weight, hit.iri)


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
