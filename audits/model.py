"""What an audit gives: findings, each with what the paper says, what is held, the law, and who compared them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from ..facts.model import Fact
from ..graph.store import GraphStore
from ..loaders.papers.model import Paper

Verdict = Literal["agrees", "differs", "not held"]

VERDICTS: tuple[Verdict, ...] = ("differs", "agrees", "not held")
"""The verdicts in the order in which a reader wants them."""


@dataclass(frozen=True)
class Finding:
    """One statement of a paper, compared.

    Args:
        verdict: ``agrees``, ``differs`` or ``not held`` (a gap in dutygraph, never an answer).
        kind: the kind of the statement.
        says: what the paper says, in few words.
        quote: the paper's own words; empty where a person's reading is repeated.
        locator: where they stand in the paper.
        held: what the register or the law says, or why nothing is held.
        basis: the provisions, each with ``citation`` and ``iri``.
        how: ``computed`` from the graph, or ``curated``: a person's reading that the register holds.
        rule: the comparison that was made.
        checked: the day on which a person checked what is held; None if nobody has.
        same_paper: whether what is held was taken from this very paper, and so is no second witness.
    """

    verdict: Verdict
    kind: str
    says: str
    quote: str
    locator: str
    held: str
    basis: tuple[dict[str, str], ...] = ()
    how: str = "computed"
    rule: str = ""
    checked: str | None = None
    same_paper: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Return it as it stands in JSON; ``answer`` is yes (agrees), no (differs) or unknown (not held)."""
        answer = {"agrees": "yes", "differs": "no", "not held": "unknown"}[self.verdict]
        return {"answer": answer, **self.__dict__, "basis": list(self.basis)}


@dataclass(frozen=True)
class Audit:
    """A paper held against the graph.

    Args:
        paper: the file's name.
        title: the paper's title as printed.
        as_at: the day whose law and register were asked.
        date_from: where that day comes from.
        findings: the comparisons, differing ones first.
    """

    paper: str
    title: str
    as_at: str
    date_from: str
    findings: tuple[Finding, ...]

    def of(self, verdict: Verdict, how: str | None = None) -> list[Finding]:
        """Return the findings of one verdict, computed or curated or both."""
        return [item for item in self.findings if item.verdict == verdict and how in (None, item.how)]

    @property
    def counts(self) -> dict[str, int]:
        """How many findings there are of each verdict, and how many differences are a person's reading.

        What agrees only with a row that was taken from this same paper is counted apart, as ``agrees_same_paper``.
        """
        counted = {
            verdict.replace(" ", "_"): sum(not item.same_paper for item in self.of(verdict, "computed"))
            for verdict in VERDICTS
        }
        counted["agrees_same_paper"] = sum(item.same_paper for item in self.of("agrees"))
        return {**counted, "curated": sum(item.how == "curated" for item in self.findings)}

    def to_dict(self) -> dict[str, Any]:
        """Return it as it stands in JSON."""
        head = {"paper": self.paper, "title": self.title, "as_at": self.as_at, "date_from": self.date_from}
        return {**head, "counts": self.counts, "findings": [item.to_dict() for item in self.findings]}


@dataclass(frozen=True)
class Held:
    """What a comparison may ask: the graph, the paper with all its statements, its area, and the day.

    ``own`` are the register's sources that are this paper: what rests on them alone is no second witness.
    """

    store: GraphStore
    paper: Paper
    facts: tuple[Fact, ...]
    area: str
    on: date
    own: frozenset[str] = frozenset()
    cache: dict[str, Any] = field(default_factory=dict, repr=False)

    def is_own(self, source: str | None) -> bool:
        """Say whether a row of the register was taken from this very paper."""
        return source in self.own

    def origin(self, source: str | None, label: str | None) -> str:
        """Say where a row of the register comes from; a row taken from this very paper says so."""
        return "taken into the register from this paper" if self.is_own(source) else label or "the register"

    def finding(self, fact: Fact, verdict: Verdict, held: str, rule: str, **more: Any) -> Finding:
        """Return the finding about a statement."""
        says = f"{fact.subject} – {_spoken(fact.relation)} – {fact.object}"
        if fact.more.get("contradicts"):
            held = f"{held} The paper does not agree with itself: {fact.more['note']}."
        return Finding(verdict, fact.kind, says, fact.quote, fact.locator, held, rule=rule, **more)


def _spoken(relation: str) -> str:
    """Write a relation's name as words.

    >>> _spoken("hasNoPower")
    'has no power'
    """
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in relation)
