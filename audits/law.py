"""Legislation: is what the paper cites held and in force on its day, and has it been amended since what it names?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..citations.finding import find_citations
from ..citations.instruments import Instruments
from ..citations.uris import ID
from ..dates import say_date
from ..facts.model import Fact
from ..loaders.papers.mentions import known_instruments
from ..queries.norms import load_norms
from ..queries.results import Record
from ..queries.rows import Row, run
from .model import Finding, Held


def compare(held: Held) -> Iterator[Finding]:
    """Compare instruments, provisions and lists of amendments."""
    for fact in held.facts:
        if fact.kind == "legislation" and fact.relation == "cites":
            yield _instrument(held, fact)
    yield from _provisions(held)
    yield from _amendments(held)


def instruments_of(held: Held) -> dict[str, str]:
    """Return the paths of the instruments that the graph holds, by title, citation and the register's other names."""
    if "instruments" not in held.cache:
        names = dict(known_instruments())
        for row in run(held.store, "instruments"):
            path = row["instrument"].removeprefix(ID)
            names.update({name.removeprefix("The "): path for name in (row["label"], row.get("title", "")) if name})
        held.cache["instruments"] = names
        held.cache["instrument keys"] = {name.casefold(): path for name, path in names.items()}
    found: dict[str, str] = held.cache["instruments"]
    return found


def instrument_iri(held: Held, title: str) -> str | None:
    """Return the id of the instrument that has a title, or None if none has it."""
    instruments_of(held)
    path = held.cache["instrument keys"].get(title.casefold().removeprefix("the "))
    return f"{ID}{path}" if path else None


def _instrument(held: Held, fact: Fact) -> Finding:
    iri = instrument_iri(held, fact.object)
    row = next((row for row in run(held.store, "instruments") if row["instrument"] == iri), None) if iri else None
    if row is None:
        return held.finding(fact, "not held", f"{fact.object} is not held.", "instrument")
    basis = ({"citation": row["label"], "iri": row["instrument"]},)
    made = row.get("madeOn")
    if made and made > held.on.isoformat() and fact.object.endswith(" Bill"):
        text = f"A Bill on the day; it became the {row['label']}, made on {say_date(made)}."
        return held.finding(fact, "not held", text, "instrument", basis=basis)
    if made and made > held.on.isoformat():
        text = f"{row['label']} was made on {say_date(made)}, after the day."
        return held.finding(fact, "differs", text, "instrument", basis=basis)
    count = int(row["provisions"])
    much = f"{count} provision{'s' if count != 1 else ''}" if count else "none of its provisions"
    text = f"{row['label']} is held{f', made on {say_date(made)}' if made else ''}, with {much}."
    return held.finding(fact, "agrees", text, "instrument", basis=basis)


def _provisions(held: Held) -> Iterator[Finding]:
    """Every provision that the paper cites by number, once."""
    seen: set[str] = set()
    known = Instruments(instruments_of(held))
    for passage in held.paper.passages:
        for cited in find_citations(passage.text, known):
            if not (cited.work and cited.provision) or cited.iri in seen:
                continue
            seen.add(cited.iri)
            fact = Fact(
                "legislation",
                held.paper.doc,
                "cites",
                cited.written,
                passage.locator,
                passage.quote(cited.start, cited.end),
                "provision",
                passage=passage.number,
            )
            yield _provision(held, fact, f"{ID}{cited.work}", cited.iri)


def _provision(held: Held, fact: Fact, work: str, iri: str) -> Finding:
    rows = {row["provision"]: row for row in run(held.store, "provisions", {"thing": work})}
    inside = [row for name, row in rows.items() if name == iri or name.startswith(iri + "/")]
    row = rows.get(iri) or next((row for row in inside if _in_force(row, held.on)), inside[0] if inside else None)
    if row is None:
        return held.finding(fact, "not held", f"{fact.object} is not held.", "provision")
    basis = ({"citation": row["citation"], "iri": row["provision"]},)
    text = f"{row['citation']}: {row.get('about', 'held')}; {_force(row, held.on)}"
    verdict = "agrees" if _in_force(row, held.on) else "differs"
    return held.finding(fact, verdict, text, "provision in force", basis=basis, checked=row.get("checkedOn"))  # type: ignore[arg-type]


def _in_force(row: Row, on: date) -> bool:
    day = on.isoformat()
    return row.get("validFrom", "") <= day < row.get("validUntil", "9999")


def _force(row: Row, on: date) -> str:
    start, end, day = row.get("validFrom"), row.get("validUntil"), on.isoformat()
    if end and end <= day:
        return f"no longer in force: ended on {say_date(end)}."
    if start and start > day:
        return f"not in force yet: begins on {say_date(start)}."
    return f"in force{f' since {say_date(start)}' if start else ''}."


def _amendments(held: Held) -> Iterator[Finding]:
    """Where the paper lists amendments: changes that are held and began after the last that it names."""
    lists: dict[str, list[Fact]] = {}
    for fact in held.facts:
        if fact.kind == "legislation" and fact.relation == "amendedBy" and fact.on:
            lists.setdefault(fact.subject, []).append(fact)
    for title, facts in lists.items():
        iri, last = instrument_iri(held, title), max(facts, key=lambda fact: fact.on or "")
        if iri is None:
            yield held.finding(last, "not held", f"{title} is not held.", "later amendments")
            continue
        later = _later(held, iri, (last.on or "")[:4])
        if later:
            yield _say_later(held, last, later)


def _later(held: Held, iri: str, year: str) -> list[Record]:
    norms = [row["norm"] for row in run(held.store, "norms-of-instrument", {"instrument": iri})]
    return [
        norm
        for norm in load_norms(held.store, norms)
        if norm["valid_from"] and year < norm["valid_from"][:4] and norm["valid_from"] <= held.on.isoformat()
        if any(not basis["iri"].startswith(iri + "/") for basis in norm["basis"])
    ]


def _say_later(held: Held, fact: Fact, later: list[Record]) -> Finding:
    iri = str(instrument_iri(held, fact.subject))
    basis = {item["iri"]: item for norm in later for item in norm["basis"] if not item["iri"].startswith(iri + "/")}
    days = sorted({norm["valid_from"] for norm in later})
    what = "; ".join(dict.fromkeys(f"{norm['label']} (since {norm['valid_from']})" for norm in later))
    text = f"Changed again after {(fact.on or '')[:4]}, from {', '.join(say_date(day) for day in days)}: {what}."
    return held.finding(fact, "differs", text, "later amendments", basis=tuple(basis.values()))
