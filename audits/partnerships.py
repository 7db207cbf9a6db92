"""Partnerships: statutory or not, under which law, for which area; and the money that the register holds for them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..errors import DutyGraphError
from ..facts.model import Fact
from ..graph.names import name_words
from ..queries.lookup import Found, find
from ..queries.rows import Row, run
from .law import instrument_iri
from .model import Finding, Held


def compare(held: Held) -> Iterator[Finding]:
    """Compare what the paper says of partnerships: whether statutory, and established under which law."""
    for fact in held.facts:
        if fact.kind == "structure" and fact.relation in ("isStatutory", "establishedUnder"):
            yield _compared(held, fact)


def _compared(held: Held, fact: Fact) -> Finding:
    group = _group(held, fact.subject)
    rows = run(held.store, "partnership-basis", {"partnership": group.iri}) if group else []
    if group is None or not rows:
        return held.finding(fact, "not held", f"No one partnership called {fact.subject} is held.", "partnership")
    return _statutory(held, fact, group, rows) if fact.relation == "isStatutory" else _basis(held, fact, group, rows)


def _statutory(held: Held, fact: Fact, group: Found, rows: list[Row]) -> Finding:
    if "statutory" not in rows[0]:
        return held.finding(fact, "not held", f"Whether {group.label} is statutory is not held.", "statutory")
    statutory = rows[0]["statutory"] == "true"
    text = f"{group.label} is {'' if statutory else 'not '}required by statute."
    verdict = "agrees" if statutory == bool(fact.value) else "differs"
    return held.finding(fact, verdict, text, "statutory", basis=_cited(rows))  # type: ignore[arg-type]


def _basis(held: Held, fact: Fact, group: Found, rows: list[Row]) -> Finding:
    iri, basis = instrument_iri(held, fact.object), _cited(rows)
    if iri is None or not basis:
        return held.finding(fact, "not held", f"The basis of {group.label} is not held.", "basis")
    agrees = any(item["iri"].startswith(iri) for item in basis)
    text = f"{group.label} rests on {'; '.join(item['citation'] for item in basis)}."
    return held.finding(fact, "agrees" if agrees else "differs", text, "basis", basis=basis)


def _cited(rows: list[Row]) -> tuple[dict[str, str], ...]:
    once = {row["basis"]: row["citation"] for row in rows if "citation" in row}
    return tuple({"citation": name, "iri": iri} for iri, name in once.items())


def _group(held: Held, name: str) -> Found | None:
    """The partnership that has the name itself; a name that only comes near would be a guess."""
    try:
        found = find(held.store, name, ["partnership"], held.on)
    except DutyGraphError:
        return None
    names = [found.label, *(row["label"] for row in run(held.store, "names-of", {"thing": found.iri}))]
    near = any(set(name_words(name)) & set(name_words(own)) for own in names)
    return found if near and not _elsewhere(held, name, found.label) else None


def _elsewhere(held: Held, name: str, label: str) -> bool:
    """Whether what is held is that of another area, by the place in brackets after its name."""
    place = re.search(r"\((?P<place>[A-Z][^()]*)\)$", label)
    return place is not None and not set(name_words(place["place"])) & set(name_words(f"{name} {held.area}"))


def compare_money(held: Held) -> Iterator[Finding]:
    """Compare sums with the awards that the register holds for the recipient."""
    for fact in held.facts:
        if fact.kind == "funding" and isinstance(fact.value, float | int):
            group = _group(held, fact.object)
            rows = run(held.store, "money-to", {"recipient": group.iri}) if group else []
            same = [row for row in rows if abs(float(row["amount"]) - fact.value) < 0.5]
            if same:
                same.sort(key=lambda row: held.is_own(row.get("source")))  # another witness first
                source = same[0].get("source")
                origin = held.origin(source, same[0].get("sourceLabel"))
                text = f"£{fact.value:,.0f} to {fact.object} is held ({origin})."
                yield held.finding(fact, "agrees", text, "award", same_paper=held.is_own(source))
            else:
                yield held.finding(fact, "not held", "No award of that sum to that recipient is held.", "award")
