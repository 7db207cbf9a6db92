"""Two places of a paper that disagree: both stay, and the note of each names the other. Neither wins."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from .model import Fact

_POLAR = {"memberOf": "isNotMember", "chairs": "isNotMember", "hasDuty": "hasNoDuty", "hasPower": "hasNoPower"}
_SMALL = frozenset(
    ("the", "of", "and", "for", "to", "a", "an", "in", "on", "at", "by", "with", "from", "its", "their", "that")
)


def name_each_other(facts: Sequence[Fact]) -> list[Fact]:
    """Give every statement that another of the paper contradicts a note with the other's place and words.

    Args:
        facts: all statements of a paper.

    Returns:
        The same statements in the same order; those that disagree with another have ``note`` and ``contradicts``.
    """
    notes: dict[int, list[str]] = defaultdict(list)
    where: dict[int, list[str]] = defaultdict(list)
    groups: dict[str, list[int]] = defaultdict(list)
    for place, fact in enumerate(facts):
        groups[fact.kind].append(place)
    for kind, disagree in _TESTS.items():
        places = groups.get(kind, [])
        for at, one in enumerate(places):
            for other in places[at + 1 :]:
                if disagree(facts[one], facts[other]):
                    for this, that in ((one, other), (other, one)):
                        notes[this].append(_says(facts[that]))
                        where[this].append(facts[that].locator)
    return [_noted(fact, notes[place], where[place]) if place in notes else fact for place, fact in enumerate(facts)]


def _noted(fact: Fact, notes: list[str], where: list[str]) -> Fact:
    before = str(fact.more.get("note", ""))
    note = "; ".join(dict.fromkeys(part for part in (before, *notes) if part))
    return replace(fact, more={**fact.more, "note": note, "contradicts": "; ".join(dict.fromkeys(filter(None, where)))})


def _says(fact: Fact) -> str:
    """What a statement says, in a few words with its place: "Item 11 para 21 says £247,115"."""
    if fact.kind == "funding" and isinstance(fact.value, int | float):
        said = f"£{fact.value:,.0f}" if float(fact.value).is_integer() else f"£{fact.value:,.2f}"
    elif fact.relation in ("commencedOn", "standsFor"):
        said = fact.object
    elif fact.relation == "isStatutory":
        said = "statutory" if fact.value else "not statutory"
    else:
        said = f"{_words(fact.relation)} {fact.object}"
    return f"{fact.locator or 'elsewhere it'} says {said}"


def _words(relation: str) -> str:
    return re.sub(r"(?=[A-Z])", " ", relation).lower()


# What disagrees


def _funding(one: Fact, other: Fact) -> bool:
    """Two sums for one grant: the same giver and the same purpose, no other fund, year or round."""
    if one.value is None or other.value is None or one.value == other.value or one.passage == other.passage:
        return False
    if one.subject != other.subject or "total)" in one.object + other.object or not _PURPOSE.search(one.object):
        return False
    if not _same_recipient(one.object, other.object) or re.findall(r"\d+", one.object) != re.findall(
        r"\d+", other.object
    ):
        return False
    funds = [str(fact.more.get("fund", "")) for fact in (one, other)]
    if all(funds) and not _alike(funds[0], funds[1], 0.6):
        return False
    if one.rule == other.rule == "table-by-years" or {one.rule, other.rule} & {"money-list"}:
        return False
    return _same_time(one.on, other.on) and _same_time(one.more.get("period"), other.more.get("period"))


_PURPOSE = re.compile(r"[(]|\b(?:project|programme|scheme|service|post|role|[Pp]athfinder|pilot)s?\b")
"""A recipient so precise that two sums for it cannot be two grants: a project, or a purpose in brackets."""


def _same_recipient(one: str, other: str) -> bool:
    """Whether two recipients are one: by their names, or by the purpose in brackets after the same name."""
    first, second = re.search(r"\(([^)]+)\)$", one), re.search(r"\(([^)]+)\)$", other)
    if first and second:
        names = one[: first.start()].replace(" and partners", ""), other[: second.start()].replace(" and partners", "")
        return names[0].strip() == names[1].strip() and _alike(first[1], second[1], 0.65)
    return _alike(one, other, 0.8)


def _same_time(one: object, other: object) -> bool:
    first, second = str(one or ""), str(other or "")
    size = min(len(first), len(second))
    return not size or first[:size] == second[:size]


def _polar(one: Fact, other: Fact) -> bool:
    """A seat and its denial; a duty or power and its denial, on the same holder for the same action."""
    pairs = ((one, other), (other, one))
    opposed = any(_POLAR.get(first.relation) == second.relation for first, second in pairs)
    if not opposed or not _alike(one.subject, other.subject, 0.99):
        return False
    roles = [str(fact.more.get("role", "")) for fact in (one, other)]
    return (not all(roles) or roles[0] == roles[1]) and _alike(one.object, other.object, 0.75)


def _structure(one: Fact, other: Fact) -> bool:
    return (
        one.relation == other.relation == "isStatutory"
        and one.value != other.value
        and _alike(one.subject, other.subject, 0.99)
    )


def _legislation(one: Fact, other: Fact) -> bool:
    if one.relation != "commencedOn" or other.relation != "commencedOn" or one.subject != other.subject:
        return False
    return bool(one.on and other.on) and not _same_time(one.on, other.on)


def _abbreviation(one: Fact, other: Fact) -> bool:
    return (
        one.subject == other.subject
        and not one.subject.startswith("the ")
        and not _alike(one.object, other.object, 0.6)
    )


_TESTS: dict[str, Callable[[Fact, Fact], bool]] = {
    "funding": _funding,
    "membership": _polar,
    "duty": _polar,
    "structure": _structure,
    "legislation": _legislation,
    "abbreviation": _abbreviation,
}


def _alike(one: str, other: str, share: float) -> bool:
    first, second = _content(one), _content(other)
    return bool(first and second) and 2 * len(first & second) >= share * (len(first) + len(second))


def _content(text: str) -> frozenset[str]:
    return frozenset(word.rstrip("s") for word in re.findall(r"[a-z0-9]+", text.casefold()) if word not in _SMALL)
