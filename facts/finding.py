"""Run the rules over a paper and put their statements in order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from ..loaders.papers.model import Paper
from . import abbreviation, duty, funding, legislation, membership, product, role_holder, structure
from .context import Context, make_context
from .contradictions import name_each_other
from .model import KINDS, Fact

RULES: tuple[Callable[[Context], Iterable[Fact]], ...] = (
    membership.find,
    structure.find,
    duty.find,
    legislation.find,
    product.find,
    funding.find,
    abbreviation.find,
    role_holder.find,
)
"""One function for each kind of statement."""


def find_facts(paper: Paper) -> list[Fact]:
    """Find the candidate statements of a paper.

    Args:
        paper: the paper, as :func:`dutygraph.loaders.papers.reading.read_paper` returns it.

    Returns:
        The statements, by kind and then in reading order; each once, where the paper first says it.
    """
    context = make_context(paper)
    found = [fact for rule in RULES for fact in rule(context) if fact.subject and fact.object and fact.quote]
    found += product.made_by_duty(context, found)
    return name_each_other(sorted(_once(found), key=lambda fact: (KINDS.index(fact.kind), fact.passage)))


def _once(facts: Iterable[Fact]) -> Iterator[Fact]:
    """Leave out what the paper says again; a statement is preferred to what is only implied."""
    kept: dict[tuple[object, ...], Fact] = {}
    for fact in facts:
        key = (fact.kind, _fold(fact.subject), fact.relation, _fold(fact.object), fact.value, fact.on and fact.kind)
        before = kept.get(key)
        if before is None:
            kept[key] = fact
        elif before.certainty == "implied" and fact.certainty == "stated":
            kept[key] = replace(fact, more={**before.more, **fact.more})
    dated = {(where[:3], fact.on) for where, fact in kept.items() if fact.relation == "commencedOn"}
    made = {where[:2] + where[3:4] for where, fact in kept.items() if fact.relation in ("prepares", "publishes")}
    for where, fact in kept.items():
        if fact.relation == "owns" and where[:2] + where[3:4] in made:
            continue  # who prepares or publishes a document owns it
        finer = any(
            same == where[:3] and on and fact.on and on != fact.on and on.startswith(fact.on) for same, on in dated
        )
        if not (fact.relation == "commencedOn" and finer):
            yield fact


def _fold(text: str) -> str:
    text = re.sub(r"\b(20\d\d)\s?[-/]\s?(?:20)?(\d\d)\b", r"\1-\2", text)  # 2021-2022 is 2021/22
    return " ".join(text.casefold().replace("&", "and").replace("'", "").split())
