"""A candidate statement: something that a paper says, with the words that say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

KINDS = (
    "membership",
    "structure",
    "duty",
    "legislation",
    "product",
    "funding",
    "abbreviation",
    "role_holder",
)
"""The kinds of statement, in the order in which they are printed."""

FORCES = ("law", "guidance", "policy", "practice", "contract", "funding condition", "recommendation", "proposal")
"""What may stand behind a duty. Only ``law`` makes it a duty in law."""

_FIRST = ("doc", "kind", "subject", "relation", "object", "value", "on", "locator", "quote", "certainty")
_MORE = (
    "force",
    "basis",
    "counterparty",
    "role",
    "frequency",
    "deadline",
    "fund",
    "period",
    "as_printed",
    "note",
    "rule",
)


@dataclass(frozen=True)
class Fact:
    """A candidate statement.

    Args:
        kind: one of :data:`KINDS`.
        subject: who or what it is about, spelt out.
        relation: how subject and object stand to one another, such as ``memberOf`` or ``hasNoPower``.
        object: the other end; of a duty, the action in few words.
        locator: section or paragraph as printed.
        quote: the paper's own words, at most 200 letters.
        rule: the rule that found it, so that a reader can judge it.
        certainty: ``stated``, or ``implied`` where a reader has to infer it.
        value: pounds for funding, a count elsewhere, true or false for ``isStatutory`` and ``dissolved``.
        on: a date that the paper gives: ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``.
        more: what else is said: force and basis of a duty, fund and period of money, role, frequency, note …
        passage: the number of the passage in the paper.
    """

    kind: str
    subject: str
    relation: str
    object: str
    locator: str
    quote: str
    rule: str
    certainty: str = "stated"
    value: float | bool | None = None
    on: str | None = None
    more: Mapping[str, str] = field(default_factory=dict)
    passage: int = -1

    def row(self, doc: str) -> dict[str, Any]:
        """Return it with the keys of the annotation guide; the keys after ``certainty`` only where they apply."""
        held: dict[str, Any] = {
            "doc": doc,
            "kind": self.kind,
            "subject": self.subject,
            "relation": self.relation,
            "object": self.object,
            "value": self.value,
            "on": self.on,
            "locator": self.locator,
            "quote": self.quote,
            "certainty": self.certainty,
            **{key: value for key, value in self.more.items() if value},
            "rule": self.rule,
        }
        return {key: held[key] for key in (*_FIRST, *_MORE) if key in held}
