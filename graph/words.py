"""The read index beside the store: what can be found by words, in SQLite (FTS5), derived and never the truth.

Each layer has a file of its own in the build's folder ``words``, the register and what is built with it has
``register.sqlite``. A file has two things: ``thing``, a row for each thing that can be found, and ``words``, a
full-text index over it. The tokenizer takes accents away and stems English words (porter), so "strategies" finds
"strategy". A loader may write a file of its own with more in it, as long as it has these two.
"""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, Store

from ..ontology.namespaces import DCTERMS, DG, ELI, ORG, RDF, RDFS, SKOS, XSD

FOLDER = "words"
"""The folder of a build that holds its read indexes."""

REGISTER_FILE = "register"
"""Name of the index of everything that is no layer."""

KINDS = {
    DG + "Duty": "duty",
    DG + "Power": "power",
    DG + "Prohibition": "prohibition",
    ELI + "LegalResourceSubdivision": "provision",
    ELI + "LegalResource": "instrument",
    DG + "HolderClass": "class",
    DG + "PublicBody": "body",
    ORG + "Post": "post",
    DG + "Partnership": "partnership",
    DG + "Arrangement": "arrangement",
    DG + "Product": "product",
    DG + "FundingAward": "funding",
    DG + "Area": "area",
    SKOS + "Concept": "topic",
    DG + "Source": "source",
}
"""What can be found, and the word for each kind; a thing of several kinds is the first of them."""

CURATED, BY_RULE, BY_MODEL, BY_LIST = 0, 1, 2, 3
"""How a thing came to be known: by a person, by a program's rules, by a language model; or only named, in a list of
such. The first rank first."""

PLACES = {"s": "section", "reg": "regulation", "sch": "schedule", "para": "paragraph", "art": "article", "r": "rule"}
"""How citations write where in an instrument something stands, and the whole words."""

_PLACE = re.compile(r"\b(s|reg|sch|para|art|r)s?\.\s*(?=\d)", re.IGNORECASE)
_NORMS = {"duty", "power", "prohibition"}
_LINK_WEIGHTS = {DG + "topic": 3, DG + "produces": 3, DG + "holder": 1, DG + "basis": 1}
_TEXT_WEIGHTS = {DG + "action": 2, DG + "condition": 1}
_TIERS = {DG + "RuleExtracted": BY_RULE, DG + "ModelExtracted": BY_MODEL}
_ABOUT = (DG + "action", DCTERMS + "description", SKOS + "definition", DG + "purpose", RDFS + "comment")
_NAMES = {SKOS + "altLabel", ELI + "title", ORG + "identifier", SKOS + "notation", SKOS + "prefLabel"}
_LINKS = {DG + name for name in ("holder", "toward", "topic", "produces", "basis")} | {ELI + "is_part_of"}
_SILENT = {DG + name for name in ("nameKey", "grade", "locator", "relation", "route", "sourceKind")}
_TEXTS = {XSD + "string", RDF + "langString"}

_SCHEMA = """
CREATE TABLE thing (
  id INTEGER PRIMARY KEY, iri TEXT NOT NULL, kind TEXT NOT NULL, label TEXT NOT NULL, about TEXT, law TEXT,
  evidence TEXT, tier INTEGER NOT NULL, valid_from TEXT, valid_until TEXT, names TEXT, body TEXT);
CREATE INDEX thing_iri ON thing (iri);
CREATE VIRTUAL TABLE words USING fts5 (
  label, names, about, body, content='thing', content_rowid='id',
  tokenize="porter unicode61 remove_diacritics 2", prefix='3');
INSERT INTO words (words, rank) VALUES ('rank', 'bm25(8.0, 6.0, 3.0, 1.0)');
CREATE TABLE said (norm TEXT NOT NULL, weight INTEGER NOT NULL, words TEXT NOT NULL);
"""


@dataclass
class _Thing:
    """What one graph says of one thing, as far as words go."""

    kinds: set[str] = field(default_factory=set)
    label: str = ""
    names: list[str] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    links: list[tuple[str, NamedNode]] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)


def index_path(build: Path, name: str = REGISTER_FILE) -> Path:
    """Return where a build has the read index of a layer; of the register and what is built with it by default."""
    return build / FOLDER / f"{name}.sqlite"


def write_index(store: Store, graphs: Iterable[NamedNode], path: Path | str, *, ordered: bool = True) -> int:
    """Write the index of what some named graphs hold.

    Args:
        store: the graph.
        graphs: which of its named graphs; each is read in one walk, so that memory does not grow with them.
        path: the file; ":memory:" is refused, see :func:`index_in_memory`.
        ordered: whether the store gives the statements of a graph subject by subject, as one on disk does.

    Returns:
        How many things can be found.
    """
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(path)
    try:
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        return _fill(database, store, graphs, ordered=ordered)
    finally:
        database.close()


def index_in_memory(store: Store) -> sqlite3.Connection:
    """Return the index of a whole store that has none beside it."""
    database = sqlite3.connect(":memory:", check_same_thread=False)
    _fill(database, store, store.named_graphs(), ordered=False)  # type: ignore[arg-type]
    return database


def _fill(database: sqlite3.Connection, store: Store, graphs: Iterable[NamedNode], *, ordered: bool) -> int:
    database.executescript(_SCHEMA)
    said: list[tuple[str, int, str]] = []
    rows = (row for graph in graphs for row in _rows(store, graph, said, ordered=ordered))
    database.executemany(
        "INSERT INTO thing (iri, kind, label, about, law, evidence, tier, valid_from, valid_until, names, body) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    database.executemany("INSERT INTO said VALUES (?, ?, ?)", said)
    database.execute("INSERT INTO words (words) VALUES ('rebuild')")
    database.execute("INSERT INTO words (words) VALUES ('optimize')")
    database.commit()
    return int(database.execute("SELECT COUNT(*) FROM thing").fetchone()[0])


def _rows(
    store: Store, graph: NamedNode, said_by_norms: list[tuple[str, int, str]], *, ordered: bool
) -> Iterator[tuple[object, ...]]:
    names: dict[NamedNode, str] = {}
    quads: Iterable[Quad] = store.quads_for_pattern(None, None, None, graph)
    if not ordered:
        quads = sorted(quads, key=lambda quad: str(quad.subject))
    for subject, said in groupby(quads, key=lambda quad: quad.subject):
        thing = _gather(said)
        kind = next((word for iri, word in KINDS.items() if iri in thing.kinds), None)
        if kind and isinstance(subject, NamedNode) and (thing.label or thing.texts.get(DG + "action")):
            yield _row(subject.value, kind, thing, store, names)
            if kind in _NORMS:
                said_by_norms += _said(subject.value, thing, store, names)


def _gather(said: Iterable[Quad]) -> _Thing:
    thing = _Thing()
    for quad in said:
        predicate, value = quad.predicate.value, quad.object
        if isinstance(value, NamedNode):
            if predicate == RDF + "type":
                thing.kinds.add(value.value)
            elif predicate in _LINKS:
                thing.links.append((predicate, value))
            elif predicate == DG + "evidence":
                thing.facts[predicate] = value.value
        elif isinstance(value, Literal):
            _gather_text(thing, predicate, value)
    return thing


def _gather_text(thing: _Thing, predicate: str, value: Literal) -> None:
    if value.datatype.value not in _TEXTS:
        thing.facts[predicate] = value.value
    elif predicate == RDFS + "label":
        thing.label = thing.label or value.value
    elif predicate in _NAMES:
        thing.names.append(value.value)
    elif predicate not in _SILENT:
        thing.texts[predicate].append(value.value)


def _row(iri: str, kind: str, thing: _Thing, store: Store, names: dict[NamedNode, str]) -> tuple[object, ...]:
    about = next((text for predicate in _ABOUT for text in thing.texts.get(predicate, ())), None)
    linked = {predicate: _names_of(store, other, names) for predicate, other in thing.links}
    words = [text for texts in thing.texts.values() for text in texts if text != about]
    words += [_names_of(store, other, names) for _predicate, other in thing.links]
    law = linked.get(DG + "basis") or (thing.label if kind == "provision" else None)
    if law or kind == "provision":
        words.append(write_places_out(f"{law} {thing.label}"))
    evidence = thing.facts.get(DG + "evidence", "")
    label = thing.label or (about or "")
    return (
        iri,
        kind,
        label,
        about,
        law,
        evidence.removeprefix(DG) or None,
        _TIERS.get(evidence, CURATED),
        thing.facts.get(DG + "validFrom"),
        thing.facts.get(DG + "validUntil"),
        " · ".join(dict.fromkeys(name for name in thing.names if name != label)),
        " · ".join(dict.fromkeys(words)),
    )


def _said(iri: str, thing: _Thing, store: Store, names: dict[NamedNode, str]) -> Iterator[tuple[str, int, str]]:
    """What a norm is found by and how much each counts: the rows of the catalogued query "norm-words"."""
    if thing.label:
        yield iri, 4, thing.label
    for predicate, weight in _TEXT_WEIGHTS.items():
        for text in thing.texts.get(predicate, ()):
            yield iri, weight, text
    for predicate, other in thing.links:
        if predicate in _LINK_WEIGHTS:
            also = store.quads_for_pattern(other, NamedNode(SKOS + "altLabel"), None, None)
            texts = [_names_of(store, other, names)]
            texts += [quad.object.value for quad in also if predicate != DG + "basis"]  # type: ignore[union-attr]
            for text in filter(None, texts):
                yield iri, _LINK_WEIGHTS[predicate], text


def write_places_out(text: str) -> str:
    """Return a citation's places in whole words, so that "section 17" finds what is cited as "s. 17".

    >>> write_places_out("Crime and Disorder Act 1998, s. 17")
    'Crime and Disorder Act 1998, section 17'
    """
    return _PLACE.sub(lambda match: PLACES[match[1].lower()] + " ", text)


def _names_of(store: Store, thing: NamedNode, names: dict[NamedNode, str]) -> str:
    """What something is called, whichever graph says so; remembered, for as long as that is cheap."""
    if thing not in names:
        if len(names) > 50_000:
            names.clear()
        label = NamedNode(RDFS + "label")
        names[thing] = next((q.object.value for q in store.quads_for_pattern(thing, label, None, None)), "")  # type: ignore[union-attr]
    return names[thing]
