"""Write an extract of duties and powers as statements and as a read index, in one walk over its norms.

The statements are as few as tell what the source says (nine or so a norm), since each costs its share of the load:
a norm has its kind, holder, provisions, action and condition, evidence and the day on which it was true; that a
reading is implicit or secondary is said only where it is so. An actor is one node in each enactment, for the same
words name other persons in another Act. What norms have in common, publisher, licence, files, is said of the graph.

The read index has every norm in legal order within its enactment, its actors with their counts, and the words: those
of the shortest texts first, so that the first hits of frequent words are good ones without weighing all of them.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from ..citations import cite_provision
from ..loaders.powers_duties import Norm
from ..ontology.namespaces import DG, ELI, ID, LEG, RDFS, SKOS, XSD
from .names import name_key
from .streams import Checked
from .words import BY_LIST, BY_MODEL

BATCH = 20_000
_STEP = 16
"""Texts whose lengths differ by fewer characters may stand in any order: the steps cost room in the index of words."""
_ORDER = re.compile(r"\d+")
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"})
_LAYOUT = f"""
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -64000;
PRAGMA page_size = 8192; PRAGMA threads = 1;
CREATE TABLE enactment (id INTEGER PRIMARY KEY, iri TEXT NOT NULL, title TEXT NOT NULL, year TEXT, type TEXT,
  as_at TEXT, prefix TEXT NOT NULL);
CREATE TABLE actor (id INTEGER PRIMARY KEY, name TEXT NOT NULL, key TEXT NOT NULL, norms INTEGER);
CREATE TABLE norm (id INTEGER PRIMARY KEY, tail TEXT, kind INTEGER NOT NULL, enactment INTEGER NOT NULL, actor INTEGER,
  place TEXT, position TEXT, action TEXT, condition TEXT, implicit INTEGER, secondary INTEGER, names TEXT,
  size INTEGER NOT NULL);
CREATE TABLE tally (kind TEXT NOT NULL, type TEXT NOT NULL, norms INTEGER NOT NULL);
CREATE TABLE part (enactment INTEGER, actor INTEGER, norms INTEGER, PRIMARY KEY (actor, enactment)) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 (label, names, about, body, content='',
  tokenize="porter unicode61 remove_diacritics 2");
INSERT INTO words (words, rank) VALUES ('rank', 'bm25(8.0, 6.0, 3.0, 1.0)');
INSERT INTO words (words, rank) VALUES ('hashsize', 134217728);
CREATE VIRTUAL TABLE named USING fts5 (name, content='', tokenize="porter unicode61 remove_diacritics 2");
CREATE VIEW thing AS SELECT norm.id AS id,
  CASE norm.kind WHEN 0 THEN enactment.iri ELSE enactment.prefix || norm.tail END AS iri,
  CASE norm.kind WHEN 1 THEN 'duty' WHEN 2 THEN 'power' WHEN 3 THEN 'prohibition' ELSE 'instrument' END AS kind,
  coalesce(actor.name, enactment.title) AS label, norm.action AS about,
  enactment.title || coalesce(', ' || norm.place, '') AS law,
  CASE norm.kind WHEN 0 THEN NULL ELSE 'ModelExtracted' END AS evidence,
  CASE norm.kind WHEN 0 THEN {BY_LIST} ELSE {BY_MODEL} END AS tier, NULL AS valid_from, NULL AS valid_until
  FROM norm JOIN enactment ON enactment.id = norm.enactment LEFT JOIN actor ON actor.id = norm.actor;
"""
_WORDS = """
INSERT INTO words (rowid, label, names, about, body)
  SELECT (norm.size << 34) | (norm.kind << 32) | norm.id, coalesce(actor.name, enactment.title), norm.names,
    norm.action, norm.condition
  FROM norm JOIN enactment ON enactment.id = norm.enactment LEFT JOIN actor ON actor.id = norm.actor ORDER BY 1;
INSERT INTO words (words) VALUES ('optimize');
INSERT INTO named (rowid, name) SELECT id, name FROM actor;
"""
_INDEXES = """
CREATE INDEX part_enactment ON part (enactment, actor, norms);
CREATE INDEX norm_enactment ON norm (enactment, position);
CREATE INDEX norm_actor ON norm (actor, size);
CREATE INDEX actor_key ON actor (key);
CREATE INDEX enactment_iri ON enactment (iri);
CREATE INDEX enactment_title ON enactment (title COLLATE NOCASE);
UPDATE actor SET norms = (SELECT SUM(norms) FROM part WHERE part.actor = actor.id);
CREATE INDEX actor_norms ON actor (norms DESC, name);
"""
_KINDS = {"duty": 1, "power": 2, "prohibition": 3}
_CLASSES = {"duty": "Duty", "power": "Power", "prohibition": "Prohibition"}


class ExtractWriter:
    """Writes norms as Turtle and into a read index.

    Args:
        out: takes the Turtle, as bytes.
        index: path of the read index, or None to write none.
        known: IRIs of enactments that the graph names already, which keep their names.
        evidence: name of the evidence in the ontology.

    ``statements`` counts what was written, ``named`` has IRI and key of each enactment that it names.
    """

    def __init__(
        self, out: IO[bytes] | Checked, index: Path | None, known: Iterable[str] = (), evidence: str = "ModelExtracted"
    ) -> None:
        self._out = out
        self._known = set(known)
        self._tail = f";d:evidence d:{evidence}"
        self._database = _make(index) if index else None
        self._enactments: dict[str, int] = {}
        self._actors: dict[str, int] = {}
        self._types: list[str] = [""]
        self._counts: dict[tuple[int, int, str], int] = {}
        self._provisions: set[str] = set()
        self._here: dict[tuple[object, ...], str] = {}
        self._said: set[tuple[str, str]] = set()
        self._now = ""
        self._prefix = ""
        self._norms: list[tuple[object, ...]] = []
        self._lines: list[str] = [_HEAD]
        self._id = 0
        self.statements = 0
        self.named: list[tuple[str, str]] = []

    def write(self, norms: Iterable[Norm]) -> None:
        """Write norms, in the order in which they come; those of an enactment best stand together."""
        for norm in norms:
            if norm.enactment.iri != self._now:
                self._enter(norm)
            self._state(norm)
            if self._database:
                self._index(norm)
            if len(self._lines) >= BATCH:
                self.flush()
        self.flush()

    def finish(self) -> None:
        """Put the read index in order and close it.

        The words are indexed here and not as the norms come, in one statement: by now whoever reads the Turtle has
        all of it, and works on one core. SQLite sorts with a thread of its own meanwhile.
        """
        self.flush()
        if self._database:
            self._database.executemany("INSERT INTO actor (id, name, key) VALUES (?, ?, ?)", _keyed(self._actors))
            self._write_counts(self._database)
            self._database.executescript(_WORDS)
            self._database.executescript(_INDEXES)
            self._database.commit()
            self._database.execute("ANALYZE")
            self._database.close()

    def _write_counts(self, database: sqlite3.Connection) -> None:
        """Write how many norms each actor has in each enactment, and how many there are of each kind and type."""
        parts: dict[tuple[int, int], int] = {}
        tally: dict[tuple[str, str], int] = {}
        for (actor, enactment, kind), count in self._counts.items():
            parts[actor, enactment] = parts.get((actor, enactment), 0) + count
            of_kind = (kind, self._types[enactment])
            tally[of_kind] = tally.get(of_kind, 0) + count
        rows = ((enactment, actor, count) for (actor, enactment), count in sorted(parts.items()))
        database.executemany("INSERT INTO part VALUES (?, ?, ?)", rows)
        database.executemany(
            "INSERT INTO tally VALUES (?, ?, ?)", ((*key, count) for key, count in sorted(tally.items()))
        )

    def flush(self) -> None:
        """Hand over what was gathered."""
        self._out.write("".join(self._lines).encode())
        self._lines.clear()
        if self._database:
            self._database.executemany("INSERT INTO norm VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)", self._norms)
        self._norms.clear()

    def comment(self, text: str) -> None:
        """Write a comment line, by which the reader of the Turtle is told how far the work is."""
        self._lines.append(f"#{text}\n")

    def _enter(self, norm: Norm) -> None:
        """Begin an enactment; one that was left and comes again is known."""
        enactment = norm.enactment
        self._now = enactment.iri
        self._provisions.clear()
        self._here.clear()
        self._said.clear()
        if enactment.iri in self._enactments:
            return
        number = self._enactments[enactment.iri] = len(self._enactments) + 1
        self._types.append(enactment.type)
        title = enactment.title or enactment.iri.removeprefix(LEG)
        if enactment.iri not in self._known:
            self._lines.append(f'<{enactment.iri}> a e:LegalResource;r:label "{title.translate(_ESCAPES)}".\n')
            self.named.append((enactment.iri, name_key(title)))
            self.statements += 2
        self._prefix = norm.iri[: norm.iri.rfind("/", 0, norm.iri.rfind("/")) + 1]
        if self._database:
            self._id += 1
            row = (number, enactment.iri, title, enactment.year, enactment.type, norm.as_at, self._prefix)
            self._database.execute("INSERT INTO enactment VALUES (?,?,?,?,?,?,?)", row)
            path = enactment.iri.removeprefix(LEG).replace("/", " ")
            self._norms.append((self._id, None, 0, number, *[None] * 7, path, len(title) // _STEP))

    def _state(self, norm: Norm) -> None:
        for provision in norm.provisions:
            if provision not in self._provisions:
                self._provisions.add(provision)
                if provision != self._now:
                    self._lines.append(f"<{provision}> e:is_part_of <{self._now}>.\n")
                    self.statements += 1
        basis = f"<{'>,<'.join(norm.provisions)}>"
        line = (
            f"<{norm.iri}> a d:{_CLASSES[norm.kind]};d:holder {self._actor(norm)};d:basis {basis};"
            f'd:action "{_escaped(norm.action)}"{self._tail}'
        )
        self.statements += 4 + len(norm.provisions)
        if norm.condition:
            line += f';d:condition "{_escaped(norm.condition)}"'
            self.statements += 1
        if norm.as_at:
            line += f';d:asAt "{norm.as_at}"^^x:date'
            self.statements += 1
        if norm.implicit:
            line += ";d:implicit true"
            self.statements += 1
        if norm.secondary:
            line += ";d:secondary true"
            self.statements += 1
        self._lines.append(line + ".\n")

    def _actor(self, norm: Norm) -> str:
        """The node of an actor in its enactment, described as far as it has not been yet."""
        key = (norm.actor, norm.aliases, norm.bodies, norm.definition)
        known = self._here.get(key)
        if known:
            return known
        iri = self._here[key] = f"<{actor_iri(norm.enactment.iri, norm.actor)}>"
        said = [f'r:label "{norm.actor.translate(_ESCAPES)}"', "a d:NamedActor"]
        said += [f's:altLabel "{" ".join(alias.split()).translate(_ESCAPES)}"' for alias in norm.aliases]
        said += [f"r:seeAlso <{body}>" for body in norm.bodies]
        said += [f's:definition "{norm.definition.translate(_ESCAPES)}"'] if norm.definition else []
        new = [words for words in dict.fromkeys(said) if (iri, words) not in self._said]
        if new:
            self._said.update((iri, words) for words in new)
            self._lines.append(f"{iri} {';'.join(new)}.\n")
            self.statements += len(new)
        return iri

    def _index(self, norm: Norm) -> None:
        self._id += 1
        number = self._enactments[self._now]
        actor = self._actors.setdefault(norm.actor, len(self._actors) + 1)
        counted = (actor, number, norm.kind)
        self._counts[counted] = self._counts.get(counted, 0) + 1
        place, position = _place(norm)
        tail = norm.iri.removeprefix(self._prefix)
        self._norms.append(
            (
                self._id,
                tail,
                _KINDS[norm.kind],
                number,
                actor,
                place,
                position,
                norm.action,
                norm.condition or None,
                norm.implicit,
                norm.secondary,
                " ".join(norm.aliases) if norm.aliases else None,
                (len(norm.action) + len(norm.condition)) // _STEP,
            )
        )


_HEAD = (
    f"@prefix d: <{DG}> .\n@prefix e: <{ELI}> .\n@prefix r: <{RDFS}> .\n@prefix s: <{SKOS}> .\n@prefix x: <{XSD}> .\n"
)


def _keyed(actors: dict[str, int]) -> Iterator[tuple[int, str, str]]:
    return ((number, name, name_key(name)) for name, number in actors.items())


def _make(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(path)
    database.executescript(_LAYOUT)
    database.execute("BEGIN")
    return database


def _escaped(text: str) -> str:
    """Return a text as it stands between quotes in Turtle; most need no change, which is cheap to see."""
    return text if text.isprintable() and '"' not in text and "\\" not in text else text.translate(_ESCAPES)


def actor_iri(enactment: str, actor: str) -> str:
    """Return the IRI of an actor as an enactment names it; the same words in another Act are another node.

    >>> actor_iri("http://www.legislation.gov.uk/id/ukpga/1998/37", "Local authority")
    'https://w3id.org/dutygraph/id/actor/ukpga-1998-37-local-authority'
    """
    return f"{ID}actor/{'-'.join(_SLUG.findall(f'{enactment.removeprefix(LEG)} {actor}'.lower()))}"


_SLUG = re.compile(r"[a-z0-9]+")
_places: dict[str, tuple[str | None, str]] = {}


def _place(norm: Norm) -> tuple[str | None, str]:
    """Return where a norm stands, as lawyers write it, and a text that sorts as the law is ordered."""
    path = norm.provisions[0].removeprefix(norm.enactment.iri).strip("/")
    if path not in _places:
        if len(_places) > 20_000:
            _places.clear()
        _places[path] = (cite_provision(path) or None, _ORDER.sub(lambda number: number[0].zfill(6), path))
    written, position = _places[path]
    if len(norm.provisions) == 1:
        return written, position
    more = "".join(f", {provision.rsplit('/', 1)[1]}" for provision in norm.provisions[1:])
    return (f"{written}{more}" if written else None), position
