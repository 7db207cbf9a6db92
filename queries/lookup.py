"""From a name as a person writes it to the thing it stands for.

Exact keys are looked up in the graph; only a name that has none is compared with all names held. A name that had to be
read otherwise than it was written is said in the answer (:mod:`.spelling`); an ambiguous one is an error that lists its
candidates, an unknown one suggests the nearest: nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ..errors import AmbiguousName, BadInput, UnknownName
from ..graph.names import name_key, name_words
from ..graph.store import GraphStore
from ..ontology.namespaces import DG, ID, LEG, ONS
from .rows import Row, run
from .spelling import mend, nearest, note_reading

FAMILIES = {
    "class": (f"{ID}class/",),
    "body": (f"{ID}body/", f"{ID}post/"),
    "partnership": (f"{ID}partnership/",),
    "area": (ONS, f"{ID}area/"),
    "instrument": (LEG,),
    "product": (f"{ID}product/",),
    "topic": (f"{ID}topic/",),
}
"""What a name may stand for, and how the IRIs of each begin."""

_WORDS = {
    "class": "class of holders",
    "body": "body or post",
    "partnership": "partnership",
    "area": "place",
    "instrument": "Act or instrument",
    "product": "product",
    "topic": "topic",
}

LOCAL_GOVERNMENT_AREAS = (
    "District",
    "UnitaryArea",
    "MetropolitanDistrict",
    "LondonBorough",
    "CityOfLondonArea",
    "IslesOfScillyArea",
    "WelshPrincipalArea",
)
"""Kinds of area for which the Crime and Disorder Act 1998, s. 5(4) has the functions exercised, one by one."""

_AREA_ORDER = (
    *LOCAL_GOVERNMENT_AREAS,
    "County",
    "CombinedCSPArea",
    "PoliceArea",
    "MetropolitanCounty",
    "CombinedAuthorityArea",
    "FireArea",
    "CSPArea",
    "HealthArea",
    "ProbationArea",
    "Region",
    "Country",
)
"""Which kind of area a bare name means where several kinds have it: the smaller and the more usual first."""

_LOCAL = frozenset([*LOCAL_GOVERNMENT_AREAS, "County", "CombinedAuthorityArea", "MetropolitanCounty", "Region"])
_SORTS_OF_PLACE = frozenset(["area", "borough", "city", "county", "district"])
"""Words that say what sort of place is meant: "Rugby borough", "the county of Warwickshire"."""

_GENERIC = {DG + name for name in ("Area", "PublicBody", "Partnership", "Arrangement")}


@dataclass(frozen=True)
class Found:
    """A thing that a name stands for.

    ``valid_from`` and ``valid_until`` are ISO days, half-open, None where open or not known.
    """

    iri: str
    label: str
    family: str
    kind: str
    kind_label: str
    code: str | None = None
    valid_from: str | None = None
    valid_until: str | None = None

    def alive(self, on: date) -> bool:
        """Say whether the thing was there on a day, as far as its dates are held."""
        day = on.isoformat()
        return (not self.valid_from or self.valid_from <= day) and (not self.valid_until or day < self.valid_until)

    def describe(self) -> str:
        """Write the thing with what tells it from its namesakes."""
        end = f", until {self.valid_until}" if self.valid_until else ""
        return f"{self.label} ({', '.join(part for part in (self.code, self.kind_label) if part)}{end})"


def find(store: GraphStore, text: str, families: Sequence[str], on: date, *, prefer: Iterable[str] = ()) -> Found:
    """Find the thing that a name stands for.

    Args:
        store: the graph.
        text: a name, former name, abbreviation, official code, legislation path or IRI.
        families: what it may stand for: keys of :data:`FAMILIES`, the likeliest first.
        on: the day; a thing that was there on it goes before its namesakes that were not.
        prefer: IRIs of kinds that go before others.

    Returns:
        The thing.

    Raises:
        BadInput: if the name is empty.
        UnknownName: if nothing has the name; the message has the nearest names.
        AmbiguousName: if several things have it; the message lists them.
    """
    if not text.strip():
        raise BadInput(f"An empty name stands for nothing. Give the name of a {_WORDS[families[0]]}.")
    exact = _exact(store, text, families)
    found, as_written = (exact, True) if exact else _near(store, text, families)
    best = _choose(found, families, on, set(prefer))
    if len(best) == 1:
        if not as_written:
            note_reading(text, best)
        return best[0]
    listed = " · ".join(thing.describe() for thing in best[:8])
    more = f" · and {len(best) - 8} more" if len(best) > 8 else ""
    code = next((thing.code for thing in best if thing.code), None)
    hint = f" Ask with the code, for example {code}." if code else " Give more of the name."
    raise AmbiguousName(f'"{text}" could be: {listed}{more}.{hint}')


def candidates(store: GraphStore, text: str, families: Sequence[str], on: date) -> list[Found]:
    """Return everything that a name may stand for, what was there on the day and the likelier first.

    Args:
        store: the graph.
        text: the name.
        families: what it may stand for, the likeliest first.
        on: the day.

    Raises:
        BadInput: if the name is empty.
        UnknownName: if nothing has the name; the message has the nearest names.
    """
    if not text.strip():
        raise BadInput(f"An empty name stands for nothing. Give the name of a {_WORDS[families[0]]}.")
    exact = _exact(store, text, families)
    found, as_written = (exact, True) if exact else _near(store, text, families)
    ranked = sorted(found, key=lambda thing: (not thing.alive(on), families.index(thing.family), thing.label))
    if not as_written:
        note_reading(text, ranked)
    return ranked


def describe(store: GraphStore, iris: Iterable[str]) -> dict[str, Found]:
    """Return what things are called and what kind they are, by IRI."""
    wanted = list(dict.fromkeys(iris))
    if not wanted:
        return {}
    return {thing.iri: thing for thing in _things(run(store, "described", {"thing": wanted}))}


def _exact(store: GraphStore, text: str, families: Sequence[str]) -> list[Found]:
    text = text.strip()
    if "://" in text:
        return _of(families, _things(run(store, "described", {"thing": [text]})))
    path = text.removeprefix("/")
    if "instrument" in families and path.count("/") >= 2 and " " not in path:
        return _things(run(store, "described", {"thing": [LEG + path]}))
    return _of(families, _things(run(store, "named", {"key": name_key(text)})))


def _things(rows: Iterable[Row]) -> list[Found]:
    """One thing for each IRI; of its kinds the most telling one."""
    best: dict[str, Found] = {}
    for row in rows:
        family = family_of(row["thing"])
        generic = row["kind"] in _GENERIC or not row["kind"].startswith(DG)
        if family is None or (row["thing"] in best and generic):
            continue
        best[row["thing"]] = Found(
            row["thing"],
            row["label"],
            family,
            row["kind"],
            row.get("kindLabel", _WORDS[family]),
            row.get("code"),
            row.get("validFrom"),
            row.get("validUntil"),
        )
    return list(best.values())


def family_of(iri: str) -> str | None:
    """Say what family of things an IRI belongs to, or None.

    >>> family_of("http://statistics.data.gov.uk/id/statistical-geography/E07000220")
    'area'
    """
    return next((name for name, starts in FAMILIES.items() if iri.startswith(starts)), None)


def _of(families: Sequence[str], things: Iterable[Found]) -> list[Found]:
    return [thing for thing in things if thing.family in families]


def _choose(found: list[Found], families: Sequence[str], on: date, prefer: set[str]) -> list[Found]:
    """Keep the things of the best rank: family, kind asked for, there on the day, usual kind of area."""

    def rank(thing: Found) -> tuple[int, bool, bool, int]:
        name = thing.kind.removeprefix(DG)
        order = _AREA_ORDER.index(name) if name in _AREA_ORDER else 0
        return families.index(thing.family), thing.kind not in prefer, not thing.alive(on), order

    if not found:
        return []
    best = min(rank(thing) for thing in found)
    return [thing for thing in found if rank(thing) == best]


def _near(store: GraphStore, text: str, families: Sequence[str]) -> tuple[list[Found], bool]:
    """Things whose name holds all the words given (True), or is one misspelling away (False).

    A word is never dropped but the sort of a place: "Warwickshire Police Federation" is not Warwickshire Police.
    """
    words = set(name_words(text))
    names: dict[str, list[str]] = {}
    for row in run(store, "names"):
        if family_of(row["thing"]) in families:
            names.setdefault(row["key"], []).append(row["thing"])
    holding = [name for name in names if words and words <= set(name.split())]
    part_of = [thing for thing in _called(store, holding, names) if _may_be_cut_short(thing, words)]
    if part_of:
        return part_of, True
    if "area" in families and (bare := words - _SORTS_OF_PLACE) and bare != words:
        places = _of(["area"], _things(run(store, "named", {"key": " ".join(sorted(bare))})))
        if places:
            return places, False
    misspelt = mend(words, names)
    if misspelt:
        return _called(store, misspelt, names), False
    labels = [thing.label for name in nearest(words, names) for thing in describe(store, names[name]).values()]
    hint = f" The nearest names held: {' · '.join(list(dict.fromkeys(labels))[:4])}." if labels else ""
    raise UnknownName(
        f'No {" or ".join(_WORDS[family] for family in families)} called "{text}" is held.{hint} '
        f"A name that is not held is a gap in dutygraph, not an answer.{_hint_elsewhere(store, families)}"
    )


def _may_be_cut_short(thing: Found, words: set[str]) -> bool:
    """Say whether a part of a name is enough: "Nuneaton" for the district, "Hereford" not for a joint fire area.

    An area that is not one of local government is asked for by all that is not its kind, for it often bears the
    names of two places.
    """
    if thing.family != "area" or thing.kind.removeprefix(DG) in _LOCAL:
        return True
    left_out = set(name_words(thing.label)) - words
    return left_out <= set(name_words(thing.kind_label)) | {"area"}


def _called(store: GraphStore, keys: Sequence[str], names: Mapping[str, Sequence[str]]) -> list[Found]:
    """The things that have the plainest of some names."""
    return list(describe(store, [iri for name in _least(keys) for iri in names[name]]).values())


def _hint_elsewhere(store: GraphStore, families: Sequence[str]) -> str:
    """Say how places and bodies of the rest of the country are had, where their register is not loaded."""
    if not {"area", "body"} & set(families) or run(store, "national-loaded"):
        return ""
    return " The rest of England and Wales: dutygraph load register national"


def _least(names: Sequence[str]) -> list[str]:
    """Drop names that only add words to another one ("… Act 1998 (Commencement) Order" beside "… Act 1998")."""
    sets = {name: set(name.split()) for name in names}
    return [name for name in names if not any(other < sets[name] for other in sets.values())]
