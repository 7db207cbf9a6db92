"""Duties and powers: is there such a norm, on whom, in which force, and was it in force on the day?

Statement and norm are matched by the words of action and label, each word weighed by how rare it is among the norms
held (inverse document frequency, K. Spärck Jones 1972). Only a clear match is judged; the rest is not held.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..dates import say_date
from ..facts.model import Fact
from ..graph.names import name_words
from ..queries.results import Record
from .law import instrument_iri
from .model import Finding, Held
from .plain import another_object, plain_match
from .pool import cited_as, holder_label, in_force, is_holder, must_or_may, pool_of, rests_on, share_of

CLEAR = 0.5
"""The least share of weighed words in common for which statement and norm count as the same position."""

STRONG = 0.7
"""The least such share for saying that the law has another holder, or a duty where the paper has a power."""

_COUNTS = frozenset(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"))
_KINDS = {"hasDuty": "duty", "hasPower": "power", "hasNoDuty": "duty", "hasNoPower": "power"}


def compare(held: Held) -> Iterator[Finding]:
    """Compare duties and powers that the paper puts down to the law; proposals, practice and contracts are no law.

    Who scrutinises whom or holds whom to account is said as practice, too: where the law asks for it, that is shown.
    """
    for fact in held.facts:
        if fact.kind == "duty" and fact.relation in _KINDS and fact.more.get("force") == "law":
            yield _plainly(held, fact, _compared(held, fact))
        elif fact.rule == "oversight":
            missing = held.finding(fact, "not held", "No law that asks for this is held.", "plain wording")
            yield _plainly(held, fact, missing)


def _plainly(held: Held, fact: Fact, found: Finding) -> Finding:
    """What is held in other words: where the paper says in plain words what one norm of that holder asks or allows."""
    norm = plain_match(held, fact, _KINDS[fact.relation]) if found.verdict == "not held" else None
    if norm is None:
        return found
    bound = next((one for one in norm["holders"] if is_holder(held, fact, {**norm, "holders": [one]})), norm["holder"])
    text = f"In other words: {bound['label']} {must_or_may(norm)} {norm['action']} ({norm['label']})."
    if not set(name_words(fact.subject)) & set(name_words(bound["label"])):
        text += f" The law names {bound['label']}, which the paper calls {fact.subject}."
    return _found(held, fact, "agrees", text, norm, "plain wording")


def _compared(held: Held, fact: Fact) -> Finding:
    work = instrument_iri(held, fact.more.get("basis", ""))
    matches = _matches(held, fact, work)
    if not matches:
        return held.finding(fact, "not held", "No norm held is clearly the same position.", "norm")
    alive = [norm for norm in matches if in_force(norm, held)]
    named = [norm for norm in matches if work and rests_on(norm, work)]
    if work and not named:
        near = f"{holder_label(matches[0])} {must_or_may(matches[0])} {matches[0]['action']}"
        text = f"Under the law that the paper names no such norm is held. The nearest: {near} ({cited_as(matches[0])})."
        return held.finding(fact, "not held", text, "norm")
    if named and not fact.relation.startswith("hasNo") and not any(in_force(norm, held) for norm in named):
        return _ended(held, fact, named, alive)
    alive = [norm for norm in named or alive if in_force(norm, held)]
    if not alive:
        return held.finding(fact, "not held", "No norm in force on the day is clearly the same position.", "norm")
    mine = [norm for norm in alive if is_holder(held, fact, norm) or _in_condition(fact, norm)]
    kind = _KINDS[fact.relation]
    best = next((norm for norm in mine if norm["kind"] == kind), mine[0] if mine else alive[0])
    if not mine and not named:
        return held.finding(fact, "not held", "No norm of that holder is clearly the same position.", "norm")
    return _judged(held, fact, best, bool(mine))


def _in_condition(fact: Fact, norm: Record) -> bool:
    """Whether the norm's condition names the holder: it binds responsible authorities, "for providers of probation"."""
    words = set(name_words(fact.subject))
    return len(words) > 1 and words <= set(name_words(norm["condition"] or ""))


def _judged(held: Held, fact: Fact, norm: Record, same_holder: bool) -> Finding:
    denied, kind = fact.relation.startswith("hasNo"), _KINDS[fact.relation]
    text = f"{holder_label(norm)} {must_or_may(norm)} {norm['action']} ({norm['label']})."
    if same_holder and another_object(fact, norm):
        return held.finding(fact, "not held", f"No norm held is clearly the same. The nearest: {text}", "norm")
    apart = not same_holder or denied == (norm["kind"] == kind)
    if apart and (_likeness(held, fact, norm) < STRONG or (denied and not same_holder)):
        return held.finding(fact, "not held", f"No norm held is clearly the same. The nearest: {text}", "norm")
    if not same_holder:
        return _found(held, fact, "differs", f"The law puts it on another: {text}", norm, "holder")
    if denied == (norm["kind"] == kind):
        lead = "The law has it as " + ("a " + norm["kind"]) + ": "
        return _found(held, fact, "differs", lead + text, norm, "kind of norm")
    if not set(name_words(fact.subject)) & set(name_words(holder_label(norm))):
        text += f" The law names {holder_label(norm)}, which the paper calls {fact.subject}."
    return _found(held, fact, "agrees", text, norm, "norm")


def _ended(held: Held, fact: Fact, gone: list[Record], alive: list[Record]) -> Finding:
    """The provision that the paper rests on had ended, or had not begun; what was in force instead is said."""
    old, day = gone[0], held.on.isoformat()
    ended = old["valid_until"] and old["valid_until"] <= day
    when = f"ended on {say_date(old['valid_until'])}" if ended else f"begins on {say_date(old['valid_from'])}"
    text = f"{cited_as(old)} was not in force on the day: {old['label']} {when}."
    basis = list(old["basis"])
    successors = alive or _in_its_place(held, old)
    if successors:
        new = successors[0]
        text += f" In force then: {cited_as(new)}, {holder_label(new)} {must_or_may(new)} {new['action']}."
        basis += new["basis"]
    return held.finding(fact, "differs", text, "in force", basis=tuple(basis), checked=old["checked"])


def _in_its_place(held: Held, old: Record) -> list[Record]:
    """Norms in force on the same topics and of the same kind, the one most like the old one first."""
    topics = {topic["iri"] for topic in old["topics"]}
    pool = pool_of(held)
    wanted = frozenset(name_words(f"{old['label']} {old['action']}"))
    found = [
        (share_of(pool, wanted, words), norm)
        for norm, words in pool.norms
        if norm["kind"] == old["kind"] and in_force(norm, held) and topics & {topic["iri"] for topic in norm["topics"]}
    ]
    found.sort(key=lambda item: -item[0])
    return [norm for share, norm in found if share >= CLEAR / 2]


def _found(held: Held, fact: Fact, verdict: str, text: str, norm: Record, rule: str) -> Finding:
    return held.finding(fact, verdict, text, rule, basis=tuple(norm["basis"]), checked=norm["checked"])  # type: ignore[arg-type]


def _matches(held: Held, fact: Fact, work: str | None) -> list[Record]:
    """The norms that are clearly what the statement says, the likest first."""
    pool = pool_of(held)
    own = frozenset(name_words(fact.object)) - frozenset(name_words(fact.subject))
    if len(own) < 2:
        return []
    scored = []
    for norm, words in pool.norms:
        share = share_of(pool, own, words)
        if share >= CLEAR and not _count_apart(own, words):
            scored.append((share + (0.2 if work and rests_on(norm, work) else 0.0), norm))
    scored.sort(key=lambda item: -item[0])
    return [norm for score, norm in scored if score >= scored[0][0] - 0.25]


def _count_apart(own: frozenset[str], words: frozenset[str]) -> bool:
    """Whether both name numbers and not the same: one person or two is not one position."""
    return bool(own & _COUNTS and words & _COUNTS and not own & words & _COUNTS)


def _likeness(held: Held, fact: Fact, norm: Record) -> float:
    own = frozenset(name_words(fact.object)) - frozenset(name_words(fact.subject))
    return share_of(pool_of(held), own, frozenset(name_words(norm["action"])))
