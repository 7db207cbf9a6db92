"""The one box: from any words to the things that are called so and the norms that are about them.

:func:`ask` is the one function behind the search page; another search can take its place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from ..errors import BadInput, DutyGraphError, StoreError, UnknownName
from ..graph.store import GraphStore
from .lookup import Found, candidates, family_of, find
from .memory import remembered
from .norms import who
from .profiles import Profile
from .results import Answer, Record
from .rows import run
from .search import search
from .spelling import readings

FAMILIES = ("area", "body", "partnership", "class", "instrument", "product", "topic")
_MOST = 25
_WHERE = re.compile(r"(.*\S)\s+(?:in|for|at|within)\s+(\S.*)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Asked:
    """What the words that were asked lead to.

    Attributes:
        text: the words, without the place where one was found in them.
        area: the place, as chosen or as found in the words; empty for none.
        things: what is called so.
        answer: the duties, powers and prohibitions about it; None if the words are only a name.
        notes: what a reader must know of how the words were read.
        unknown: what is said where nothing is called so, with the nearest names.
        texts: what has the words in it besides, as :func:`dutygraph.queries.search.search` finds it.
    """

    text: str
    area: str = ""
    things: Sequence[Found] = ()
    answer: Answer | None = None
    notes: Sequence[str] = ()
    unknown: str = ""
    texts: Sequence[Record] = ()

    def profile(self) -> Profile | None:
        """Return the answer in the form in which things are shown."""
        return self.answer.profile() if self.answer else None


def ask(store: GraphStore, text: str, area: str | None, on: date, kind: str | None = None) -> Asked:
    """Find what words lead to: things by name, norms by what they are about.

    Args:
        store: the graph.
        text: the words; "… in Rugby" names the place where none is chosen.
        area: the place that is chosen.
        on: the day.
        kind: only duties, powers or prohibitions; None for all.

    Raises:
        BadInput: if there are no words, or far too many.
        UnknownName: if the place that is chosen is not held.
    """
    text = " ".join(text.split())
    if not text:
        raise BadInput("Say in a word or two what you want to know, for example: serious violence")
    if len(text) > 300:
        raise BadInput("That is too long to search for. Say it in a few words.")
    named = _named(store, text, on)
    if not area and all(thing.label.casefold() != text.casefold() for thing in named.things):
        with readings() as notes:
            about, place = _split(store, text, on)
        if place:
            named = _named(store, about, on)
            named = replace(named, area=place, notes=(*notes, *named.notes))
    place_asked = area or named.area or None
    answer = who(store, named.text, place_asked, on, kind)
    shown = {thing.iri for thing in named.things} | {norm["norm"] for norm in answer.rows}
    return replace(named, area=place_asked or "", answer=answer, texts=_texts(store, named.text, shown, on))


def _texts(store: GraphStore, text: str, shown: set[str], on: date) -> list[Record]:
    """What has the words in it and is not shown yet; nothing where the store has no index of words."""
    try:
        hits = search(store, text, on, limit=_MOST)
    except (BadInput, StoreError):
        return []
    return [hit for hit in hits.rows if hit["iri"] not in shown]


def _named(store: GraphStore, text: str, on: date) -> Asked:
    try:
        with readings() as notes:
            return Asked(text, things=candidates(store, text, FAMILIES, on)[:_MOST], notes=notes)
    except UnknownName as error:
        return Asked(text, unknown=str(error))


def _split(store: GraphStore, text: str, on: date) -> tuple[str, str]:
    """Part "… in Rugby" into what is asked and the place, if there is a place of exactly that name."""
    match = _WHERE.fullmatch(text)
    if match is None:
        return text, ""
    try:
        place = find(store, match[2].rstrip("?. "), ["area"], on)
    except DutyGraphError:
        return text, ""
    return match[1], place.code or place.label


def suggest(store: GraphStore, text: str, families: Sequence[str], most: int = 12) -> list[str]:
    """Return names that begin with, or have in them, what was typed: the shortest first.

    Args:
        store: the graph.
        text: what was typed.
        families: what the names may stand for.
        most: how many names at most.
    """
    typed = text.strip().casefold()
    if len(typed) < 2:
        return []
    names = remembered(store, ("labels", "all"), lambda: _labels(store))
    hits = [
        (not low.startswith(typed), len(label), label)
        for low, label, family in names
        if typed in low and family in families
    ]
    return list(dict.fromkeys(label for _begins, _length, label in sorted(hits)))[:most]


def listed(store: GraphStore, family: str) -> list[tuple[str, str]]:
    """Return everything of a family that has a name: IRI and name, by name."""
    if family == "source":
        return [(row["source"], row["title"]) for row in run(store, "sources")]
    if family == "norm":
        return list({row["norm"]: row["label"] for row in run(store, "norms", {"norm": None})}.items())
    rows = run(store, "labelled")
    return [(row["thing"], row["label"]) for row in rows if family_of(row["thing"]) == family]


def _labels(store: GraphStore) -> list[tuple[str, str, str]]:
    return [(row["label"].casefold(), row["label"], family_of(row["thing"]) or "") for row in run(store, "labelled")]
