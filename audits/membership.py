"""Members: is who the paper names in the class that the law names, there, on that day?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..errors import DutyGraphError
from ..facts.model import Fact
from ..facts.posts import names_another
from ..graph.names import name_key, name_words
from ..queries.lookup import Found, find
from ..queries.members import members
from ..queries.membership import is_member
from ..queries.results import Answer
from ..queries.rows import run
from .model import Finding, Held

_NO_MEMBERS = ("guest", "funder", "observer", "invited", "host", "adviser")
"""Words in names of roles whose holders are no members."""

_IN = ("memberOf", "isMember", "chairs", "coChairs")


def compare(held: Held) -> Iterator[Finding]:
    """Compare the paper's statements on membership with classes of the law, or with seats that the register holds."""
    for fact in held.facts:
        if fact.kind == "membership" and fact.relation in (*_IN, "isNotMember", "attendsAsGuest"):
            yield _compared(held, fact)


def _compared(held: Held, fact: Fact) -> Finding:
    try:
        body = find(held.store, fact.subject, ["body"], held.on)
    except DutyGraphError:
        return held.finding(fact, "not held", f"No one body called {fact.subject} is held.", "member")
    if names_another(fact.subject, body.label):
        text = f"{fact.subject} is not held; {body.label} is another, of whom this says nothing."
        return held.finding(fact, "not held", text, "member")
    named = _class_claimed(held, fact) if fact.relation != "attendsAsGuest" else None
    return _in_class(held, fact, body, named) if named else _seat(held, fact, body)


def _in_class(held: Held, fact: Fact, body: Found, named: str) -> Finding:
    try:
        answer = is_member(held.store, body.iri, named, held.area or None, held.on)
        alone = _no_body_of_its_own(held, fact, body, named) if answer.verdict == "yes" else None
    except DutyGraphError as error:
        return held.finding(fact, "not held", str(error).split(". ")[0] + ".", "class of persons")
    if alone and fact.relation in _IN:
        held_text = (
            f"{fact.subject} is no separate member: {alone['label']} – {alone['because']}. "
            f"{body.label} is a member once, as: {answer.message.removeprefix('Yes: it is ')}"
        )
        basis = tuple(alone["basis"])
        return held.finding(fact, "differs", held_text, "one body, one seat", basis=basis, checked=alone["checked"])
    return _judged(held, fact, answer)


def _judged(held: Held, fact: Fact, answer: Answer) -> Finding:
    said_in = fact.relation in _IN
    label = answer.details["class"]["label"]
    basis = tuple(answer.details["basis"])
    if answer.verdict == "unknown":
        return held.finding(fact, "not held", answer.message, "class of persons")
    agrees = (answer.verdict == "yes") == said_in
    return held.finding(
        fact, "agrees" if agrees else "differs", f"{label}: {answer.message}", "class of persons", basis=basis
    )


def _no_body_of_its_own(held: Held, fact: Fact, body: Found, named: str) -> dict[str, Any] | None:
    """Where the name is another of a body that the law leaves out in one of its capacities: that exclusion.

    A council that runs the fire service is named as fire authority, and is in the class as council only.
    """
    if name_key(fact.subject) == name_key(body.label) or not held.area:
        return None
    others = members(held.store, named, held.area, held.on).details["not_members"]
    return next((row for row in others if row["iri"] == body.iri and row["label"] != body.label), None)


def _class_claimed(held: Held, fact: Fact) -> str | None:
    """The class of persons in which the paper puts somebody, or out of which it leaves them: the role it gives them.

    A class that the passage only mentions ("meets the chief officers of police") says nothing of who is in it.
    """
    return dict(_class_keys(held)).get(_in_order(fact.more.get("role", "")))


def _in_order(text: str) -> str:
    return " ".join(name_words(text))


def _class_keys(held: Held) -> list[tuple[str, str]]:
    """Names of classes that stand for one class only and are no name of a partnership, as keys."""
    if "classes" not in held.cache:
        keys: dict[str, set[str]] = {}
        for row in run(held.store, "class-names"):
            if len(row["name"].split()) > 1:
                keys.setdefault(_in_order(row["name"]), set()).add(row["class"])
        held.cache["classes"] = [(key, next(iter(iris))) for key, iris in keys.items() if len(iris) == 1]
    return list(held.cache["classes"])


def _seat(held: Held, fact: Fact, body: Found) -> Finding:
    """Compare with the seats that the register holds; a seat that is not held is a gap, for lists are not complete."""
    try:
        group = find(held.store, fact.object, ["partnership"], held.on)
    except DutyGraphError:
        return held.finding(fact, "not held", f"No one partnership called {fact.object} is held.", "seat")
    seats = run(held.store, "partnership-members", {"thing": group.iri, "on": held.on})
    for seat in seats:
        if seat["member"] == body.iri:
            return _seated(held, fact, body, group, seat)
    return held.finding(fact, "not held", f"No seat of {body.label} on {group.label} is held.", "seat")


def _seated(held: Held, fact: Fact, body: Found, group: Found, seat: dict[str, str]) -> Finding:
    origin = held.origin(seat.get("source"), seat.get("sourceLabel"))
    text = f"{body.label} sits on {group.label} as {seat['roleLabel']} ({origin})."
    member = not any(word in seat["roleLabel"] for word in _NO_MEMBERS)
    agrees = member == (fact.relation in _IN)
    only_seen = fact.relation == "attendsAsGuest" and fact.certainty == "implied"  # a member attends, too
    if not agrees and (only_seen or not member):
        return held.finding(fact, "not held", f"Held is another part: {text}", "seat")
    basis = ({"citation": seat["citation"], "iri": seat["basis"]},) if "citation" in seat else ()
    same = agrees and held.is_own(seat.get("source"))
    return held.finding(fact, "agrees" if agrees else "differs", text, "seat", basis=basis, same_paper=same)
