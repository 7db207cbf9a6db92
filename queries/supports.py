"""What statements rest on, read from the graph for many of them at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from ..graph.store import GraphStore
from ..ontology.namespaces import DG, PROV, RDFS
from .profiles import Line, Part, Support, Words, words
from .results import VERBS, Record
from .rows import run

EVIDENCE = {
    "Statute": "statute",
    "Guidance": "statutory or official guidance",
    "Paper": "a paper",
    "OfficialTable": "an official table",
    "PublicPage": "a public page",
    "RuleExtracted": "extracted by a rule",
    "ModelExtracted": "extracted by a model",
    "Derived": "derived by rule from what is held",
}
"""How each kind of evidence is said."""

Held = dict[str, list[tuple[str, str]]]


def load_support(store: GraphStore, iris: Iterable[str]) -> dict[str, Support]:
    """Return what things, norms, memberships or awards rest on, by IRI.

    Args:
        store: the graph.
        iris: which; one of which nothing is held is left out.
    """
    wanted = sorted(set(iris))
    held: dict[str, Held] = defaultdict(lambda: defaultdict(list))
    for row in run(store, "support", {"thing": wanted}) if wanted else []:
        values = held[row["thing"]][row["property"]]
        if row["value"] not in {value for value, _label in values}:  # a value has a label in each language
            values.append((row["value"], row.get("valueLabel", row["value"])))
    return {iri: _support(found) for iri, found in held.items()}


def _support(held: Held) -> Support:
    def first(name: str) -> str | None:
        return next((value for value, _label in held.get(name, [])), None)

    sources = held.get(f"{PROV}wasDerivedFrom", [])
    locator = "; ".join(value for value, _label in held.get(f"{DG}locator", []))
    evidence = [value.removeprefix(DG) for value, _label in held.get(f"{DG}evidence", [])]
    start = first(f"{DG}validFrom")
    return Support(
        basis=tuple({"citation": label, "iri": value} for value, label in held.get(f"{DG}basis", [])),
        valid_from=start or first(f"{DG}attestedFrom"),
        valid_until=first(f"{DG}validUntil"),
        attested=start is None and f"{DG}attestedFrom" in held,
        evidence="; ".join(EVIDENCE.get(name, name) for name in evidence),
        sources=tuple({"label": label, "iri": value, "locator": place_in(locator, value)} for value, label in sources),
        checked=first(f"{DG}checkedOn") or "",
        weak=first(f"{DG}grade") == "C",
        note=first(f"{RDFS}comment") or "",
    )


def place_in(locator: str, source: str) -> str | None:
    """Return the place in one source; a locator for several names each source before its places."""
    name = source.rpartition("/")[2]
    own = [part.removeprefix(f"{name} ") for part in locator.split("; ") if part.startswith(f"{name} ")]
    return "; ".join(own) or locator or None


def norm_support(norm: Record) -> Support:
    """Return what a norm rests on, from its record."""
    return Support(
        basis=tuple(norm["basis"]),
        valid_from=norm["valid_from"],
        valid_until=norm["valid_until"],
        evidence=str(EVIDENCE.get(norm["evidence"], norm["evidence"])),
        sources=tuple({"label": item["label"], "iri": item["iri"], "locator": None} for item in norm["sources"]),
        checked=norm["checked"] or "",
        note=norm["note"] or "",
    )


_TEXTS = (("condition", "if"), ("deadline", "by"), ("frequency", "how often"), ("in_part", "in part"))
_LINKS = (("toward", "to or with"), ("produces", "produces"), ("only_in", "only in"))


def norm_words(norm: Record) -> tuple[Words, ...]:
    """Say what must, may or must not be done, and under which circumstances."""
    said = [words(norm["action"], norm["norm"], VERBS[norm["kind"]])]
    said += [words(norm[name], label=label) for name, label in _TEXTS if norm[name]]
    said += [Words(parts_of(norm[name]), label) for name, label in _LINKS if norm[name]]
    return tuple(said)


def parts_of(things: Iterable[Any]) -> tuple[Part, ...]:
    """Name things, each with its page."""
    return tuple(Part(item["label"], item["iri"]) for item in things)


def holder_words(norm: Record) -> tuple[Words, ...]:
    """Say who holds a norm: the class that the law names, and the bodies that are in it, where they were resolved."""
    named = [Words(parts_of(norm["holders"]))]
    bodies = [item for item in norm["held_by"] if item["iri"] not in {held["iri"] for held in norm["holders"]}]
    return tuple(named + ([Words(parts_of(bodies), "here")] if bodies else []))


def norm_line(norm: Record, *, holder: bool = True) -> Line:
    """Return a norm as a statement: what, and who."""
    cells = (norm_words(norm), holder_words(norm)) if holder else (norm_words(norm),)
    return Line(cells, norm_support(norm))
