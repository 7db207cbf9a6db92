"""Partnerships: statutory or not, under which law, part of what, answering to whom; and the money held for them."""

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
    """Compare what the paper says of partnerships: whether statutory, under which law, part of or answering to what."""
    for fact in held.facts:
        if fact.kind == "structure" and fact.relation in ("isStatutory", "establishedUnder"):
            yield _compared(held, fact)
        elif fact.kind == "structure" and fact.relation in _ABOVE:
            yield from _above(held, fact)


_ABOVE = {"reportsTo": ("reports to",), "partOf": ("is part of",), "subGroupOf": ("is part of",)}


def _above(held: Held, fact: Fact) -> Iterator[Finding]:
    """Compare to what a group belongs or answers; nothing where neither of the two is held."""
    group, whole = _group(held, fact.subject), _group(held, fact.object)
    group = group if group and _same_name(held, fact.subject, group.label, fact.object) else None
    whole = whole if whole and _same_name(held, fact.object, whole.label, fact.subject) else None
    if group is None or whole is None or group.iri == whole.iri:
        missing = fact.subject if group is None else fact.object
        if group is None and whole is None:
            return
        yield held.finding(fact, "not held", f"No one partnership called {missing} is held.", "partnership")
        return
    for row in run(held.store, "above-and-below", {"partnership": group.iri}):
        if row["how"] in _ABOVE[fact.relation] and row["other"] == whole.iri:
            sources = {
                line["sourceLabel"]
                for line in run(held.store, "partnership-basis", {"partnership": group.iri})
                if "sourceLabel" in line
            }
            same = bool(sources) and sources <= _own_titles(held)
            text = f"{group.label} {row['how']} {whole.label} ({'; '.join(sorted(sources)) or 'the register'})."
            yield held.finding(fact, "agrees", text, "above", same_paper=same)
            return
    text = f"That {group.label} {_ABOVE[fact.relation][0]} {whole.label} is not held."
    yield held.finding(fact, "not held", text, "above")


def _same_name(held: Held, name: str, label: str, beside: str) -> bool:
    """Whether two names are one, but for the area and for the other group that the statement names."""
    area = set(name_words(held.area))
    for left_out in (area | set(name_words(beside)), area, set()):
        one, other = set(name_words(name)) - left_out, set(name_words(label)) - left_out
        if one and other and 2 * len(one & other) >= 0.6 * (len(one) + len(other)):
            return True
    return False


def _own_titles(held: Held) -> set[str]:
    """The titles of the register's sources that are this very paper."""
    return {row["title"] for row in run(held.store, "sources") if row["source"] in held.own}


def _compared(held: Held, fact: Fact) -> Finding:
    group = _group(held, fact.subject)
    rows = run(held.store, "partnership-basis", {"partnership": group.iri}) if group else []
    if group is None or not rows:
        classes = _classes(held, fact.subject)
        if classes:
            return _in_law(held, fact, classes)
        return held.finding(fact, "not held", f"No one partnership called {fact.subject} is held.", "partnership")
    return _statutory(held, fact, group, rows) if fact.relation == "isStatutory" else _basis(held, fact, group, rows)


def _classes(held: Held, name: str) -> dict[str, list[Row]]:
    """The classes of groups or persons that have the name, England's and Wales's, with where each rests."""
    key = sorted(name_words(name))
    found: dict[str, list[Row]] = {}
    for row in run(held.store, "class-names"):
        if sorted(name_words(row["name"])) == key:
            found.setdefault(row["label"], []).append(row)
    return found


def _in_law(held: Held, fact: Fact, classes: dict[str, list[Row]]) -> Finding:
    """Compare with classes that the law names: where one rests on a provision, the law asks for it."""
    iri = instrument_iri(held, _title(fact.object)) if fact.relation == "establishedUnder" else None
    resting = [
        name for name, rows in classes.items() if iri and any(row["basis"].startswith(f"{iri}/") for row in rows)
    ]
    name = resting[0] if resting else next(iter(classes))
    basis = _cited(classes[name])
    text = f"{name[:1].upper()}{name[1:]} rest on {'; '.join(item['citation'] for item in basis)}."
    agrees = bool(resting) if fact.relation == "establishedUnder" else bool(fact.value)
    return held.finding(fact, "agrees" if agrees else "not held", text, "named in law", basis=basis)


def _title(printed: str) -> str:
    """The title of an instrument without the provision: "Police and Justice Act 2006, s.19"."""
    return re.split(r", (?:ss?|regs?|arts?|paras?|Sch|Pt|Ch)\.", printed)[0]


def _statutory(held: Held, fact: Fact, group: Found, rows: list[Row]) -> Finding:
    if "statutory" not in rows[0]:
        return held.finding(fact, "not held", f"Whether {group.label} is statutory is not held.", "statutory")
    statutory = rows[0]["statutory"] == "true"
    text = f"{group.label} is {'' if statutory else 'not '}required by statute."
    verdict = "agrees" if statutory == bool(fact.value) else "differs"
    return held.finding(fact, verdict, text, "statutory", basis=_cited(rows))  # type: ignore[arg-type]


def _basis(held: Held, fact: Fact, group: Found, rows: list[Row]) -> Finding:
    iri, basis = instrument_iri(held, _title(fact.object)), _cited(rows)
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
