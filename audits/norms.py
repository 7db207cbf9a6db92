"""Duties and powers: is there such a norm, on whom, in which force, and was it in force on the day?

Statement and norm are matched by the words of action and label, each word weighed by how rare it is among the norms
held (inverse document frequency, K. Spärck Jones 1972). Only a clear match is judged; the rest is not held.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ..dates import say_date
from ..errors import DutyGraphError
from ..facts.model import Fact
from ..facts.posts import names_another
from ..graph.names import name_words
from ..queries.lookup import candidates, find
from ..queries.norms import load_norms
from ..queries.results import Record
from ..queries.rows import run
from .law import instrument_iri
from .model import Finding, Held

CLEAR = 0.5
"""The least share of weighed words in common for which statement and norm count as the same position."""

STRONG = 0.7
"""The least such share for saying that the law has another holder, or a duty where the paper has a power."""

_COUNTS = frozenset(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"))
_KINDS = {"hasDuty": "duty", "hasPower": "power", "hasNoDuty": "duty", "hasNoPower": "power"}


@dataclass(frozen=True)
class _Pool:
    """Norms with their telling words, and how much each word tells."""

    norms: list[tuple[Record, frozenset[str]]]
    weight: dict[str, float]


def compare(held: Held) -> Iterator[Finding]:
    """Compare duties and powers that the paper puts down to the law; proposals, practice and contracts are no law."""
    for fact in held.facts:
        if fact.kind == "duty" and fact.relation in _KINDS and fact.more.get("force") == "law":
            yield _compared(held, fact)


def _compared(held: Held, fact: Fact) -> Finding:
    work = instrument_iri(held, fact.more.get("basis", ""))
    matches = _matches(held, fact, work)
    if not matches:
        return held.finding(fact, "not held", "No norm held is clearly the same position.", "norm")
    alive = [norm for norm in matches if _in_force(norm, held)]
    named = [norm for norm in matches if work and _rests_on(norm, work)]
    if work and not named:
        near = f"{_holder(matches[0])} {_must(matches[0])} {matches[0]['action']}"
        text = f"Under the law that the paper names no such norm is held. The nearest: {near} ({_cited(matches[0])})."
        return held.finding(fact, "not held", text, "norm")
    if named and not fact.relation.startswith("hasNo") and not any(_in_force(norm, held) for norm in named):
        return _ended(held, fact, named, alive)
    alive = [norm for norm in named or alive if _in_force(norm, held)]
    if not alive:
        return held.finding(fact, "not held", "No norm in force on the day is clearly the same position.", "norm")
    mine = [norm for norm in alive if _is_holder(held, fact, norm)]
    kind = _KINDS[fact.relation]
    best = next((norm for norm in mine if norm["kind"] == kind), mine[0] if mine else alive[0])
    if not mine and not named:
        return held.finding(fact, "not held", "No norm of that holder is clearly the same position.", "norm")
    return _judged(held, fact, best, bool(mine))


def _judged(held: Held, fact: Fact, norm: Record, same_holder: bool) -> Finding:
    denied, kind = fact.relation.startswith("hasNo"), _KINDS[fact.relation]
    text = f"{_holder(norm)} {_must(norm)} {norm['action']} ({norm['label']})."
    apart = not same_holder or denied == (norm["kind"] == kind)
    if apart and (_likeness(held, fact, norm) < STRONG or (denied and not same_holder)):
        return held.finding(fact, "not held", f"No norm held is clearly the same. The nearest: {text}", "norm")
    if not same_holder:
        return _found(held, fact, "differs", f"The law puts it on another: {text}", norm, "holder")
    if denied == (norm["kind"] == kind):
        lead = "The law has it as " + ("a " + norm["kind"]) + ": "
        return _found(held, fact, "differs", lead + text, norm, "kind of norm")
    if not set(name_words(fact.subject)) & set(name_words(_holder(norm))):
        text += f" The law names {_holder(norm)}, which the paper calls {fact.subject}."
    return _found(held, fact, "agrees", text, norm, "norm")


def _ended(held: Held, fact: Fact, gone: list[Record], alive: list[Record]) -> Finding:
    """The provision that the paper rests on had ended, or had not begun; what was in force instead is said."""
    old, day = gone[0], held.on.isoformat()
    ended = old["valid_until"] and old["valid_until"] <= day
    when = f"ended on {say_date(old['valid_until'])}" if ended else f"begins on {say_date(old['valid_from'])}"
    text = f"{_cited(old)} was not in force on the day: {old['label']} {when}."
    basis = list(old["basis"])
    successors = alive or _in_its_place(held, old)
    if successors:
        new = successors[0]
        text += f" In force then: {_cited(new)}, {_holder(new)} {_must(new)} {new['action']}."
        basis += new["basis"]
    return held.finding(fact, "differs", text, "in force", basis=tuple(basis), checked=old["checked"])


def _in_its_place(held: Held, old: Record) -> list[Record]:
    """Norms in force on the same topics and of the same kind, the one most like the old one first."""
    topics = {topic["iri"] for topic in old["topics"]}
    pool = _pool(held)
    wanted = frozenset(name_words(f"{old['label']} {old['action']}"))
    found = [
        (_share(pool, wanted, words), norm)
        for norm, words in pool.norms
        if norm["kind"] == old["kind"] and _in_force(norm, held) and topics & {topic["iri"] for topic in norm["topics"]}
    ]
    found.sort(key=lambda item: -item[0])
    return [norm for share, norm in found if share >= CLEAR / 2]


def _found(held: Held, fact: Fact, verdict: str, text: str, norm: Record, rule: str) -> Finding:
    return held.finding(fact, verdict, text, rule, basis=tuple(norm["basis"]), checked=norm["checked"])  # type: ignore[arg-type]


def _matches(held: Held, fact: Fact, work: str | None) -> list[Record]:
    """The norms that are clearly what the statement says, the likest first."""
    pool = _pool(held)
    own = frozenset(name_words(fact.object)) - frozenset(name_words(fact.subject))
    if len(own) < 2:
        return []
    scored = []
    for norm, words in pool.norms:
        share = _share(pool, own, words)
        if share >= CLEAR and not _count_apart(own, words):
            scored.append((share + (0.2 if work and _rests_on(norm, work) else 0.0), norm))
    scored.sort(key=lambda item: -item[0])
    return [norm for score, norm in scored if score >= scored[0][0] - 0.25]


def _count_apart(own: frozenset[str], words: frozenset[str]) -> bool:
    """Whether both name numbers and not the same: one person or two is not one position."""
    return bool(own & _COUNTS and words & _COUNTS and not own & words & _COUNTS)


def _likeness(held: Held, fact: Fact, norm: Record) -> float:
    own = frozenset(name_words(fact.object)) - frozenset(name_words(fact.subject))
    return _share(_pool(held), own, frozenset(name_words(norm["action"])))


def _share(pool: _Pool, own: frozenset[str], words: frozenset[str]) -> float:
    """The weighed words in common, against the mean of both sides (Dice)."""
    both = sum(pool.weight.get(word, 0.0) for word in own & words)
    total = sum(pool.weight.get(word, pool.weight[""]) for word in own) + sum(pool.weight[word] for word in words)
    return 2 * both / total if total else 0.0


def _pool(held: Held) -> _Pool:
    if "norms" not in held.cache:
        iris = [row["norm"] for row in run(held.store, "norm-words")]
        nations = _nations(held)
        norms = [
            (norm, frozenset(name_words(norm["action"])))
            for norm in load_norms(held.store, list(dict.fromkeys(iris)))
            if not nations or any(place["iri"] in nations for place in norm["applies_in"])
        ]
        counts = Counter(word for _norm, words in norms for word in words)
        weight = {word: math.log((1 + len(norms)) / count) for word, count in counts.items()}
        held.cache["norms"] = _Pool(norms, {**weight, "": math.log(1 + len(norms)) / 2})
    pool: _Pool = held.cache["norms"]
    return pool


def _nations(held: Held) -> set[str]:
    """The nations in which the paper's area lies; none if that is not held, and then norms of all are compared."""
    try:
        area = find(held.store, held.area, ["area"], held.on) if held.area else None
    except DutyGraphError:
        area = None
    return {row["nation"] for row in run(held.store, "nations", {"area": area.iri})} if area else set()


def _is_holder(held: Held, fact: Fact, norm: Record) -> bool:
    """Whether the paper's holder is the norm's: by name, or as member of the class that the norm binds."""
    iris = {holder["iri"] for holder in norm["holders"]}
    named = _named(held, fact.subject)
    if named & iris:
        return True
    members, day = {iri for iri in named if "/class/" not in iri}, held.on.isoformat()
    rows = run(held.store, "class-memberships", {"class": iris, "member": members}) if members and iris else []
    return any(row.get("validFrom", "") <= day < row.get("validUntil", "9999") for row in rows)


def _named(held: Held, name: str) -> set[str]:
    key = f"named {name}"
    if key not in held.cache:
        found: set[str] = set()
        for family in ("class", "body", "partnership"):
            try:
                things = candidates(held.store, name, [family], held.on)
            except DutyGraphError:
                continue
            found |= {thing.iri for thing in things if not names_another(name, thing.label)}
        held.cache[key] = found
    return set(held.cache[key])


def _rests_on(norm: Record, work: str) -> bool:
    return any(basis["iri"].startswith(work + "/") for basis in norm["basis"])


def _in_force(norm: Record, held: Held) -> bool:
    day = held.on.isoformat()
    return (norm["valid_from"] or "") <= day < (norm["valid_until"] or "9999")


def _cited(norm: Record) -> str:
    return str(norm["basis"][0]["citation"] if norm["basis"] else norm["label"])


def _holder(norm: Record) -> str:
    return str(norm["holder"]["label"] if norm["holder"] else "nobody named")


def _must(norm: Record) -> str:
    return {"duty": "must", "power": "may", "prohibition": "must not"}[norm["kind"]]
