"""Answers as values: what the Python API returns, and what JSON, tables and pages are made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import pandas

    from .profiles import Profile

Verdict = Literal["yes", "no", "not_in_force", "unknown"]
"""The four answers, which never look alike: with the law, no with the law, not on that day, a gap of ours."""

Record = dict[str, Any]

VERBS = {"duty": "must", "power": "may", "prohibition": "must not"}
"""How a norm of each kind is said."""


@dataclass(frozen=True)
class Answer:
    """An answer to a question, with the law.

    Attributes:
        verdict: which of the four answers it is.
        as_at: the day it is for, ISO; two days parted by "/" for an interval.
        heading: what was asked, in plain words.
        message: the answer in a sentence or two.
        rows: the answer as records, one a line of a table.
        details: further parts of the answer by name, as they stand in JSON.
        notes: what a reader must know: gaps, weak evidence, unchecked facts.
    """

    verdict: Verdict
    as_at: str
    heading: str
    message: str
    rows_name: str
    rows: Sequence[Record] = ()
    details: Mapping[str, Any] = field(default_factory=dict)
    notes: Sequence[str] = ()

    def __iter__(self) -> Iterator[Record]:
        """Walk through the records."""
        return iter(self.rows)

    def __len__(self) -> int:
        """Return how many records there are."""
        return len(self.rows)

    def __bool__(self) -> bool:
        """An answer is an answer even if it has no rows; look at ``verdict``."""
        return True

    def profile(self) -> Profile:
        """Return the answer in sections, in the form in which pages and Word files show things."""
        from .showing import answer_profile

        return answer_profile(self)

    def to_dict(self) -> Record:
        """Return the answer as the JSON of the command line has it."""
        return {
            "answer": self.verdict,
            "as_at": self.as_at,
            "question": self.heading,
            "message": self.message,
            **self.details,
            self.rows_name: list(self.rows),
            "notes": list(self.notes),
        }

    def to_frame(self) -> pandas.DataFrame:
        """Return the records as a pandas data frame, one row a record, nested values as text.

        Raises:
            MissingExtra: if pandas is not installed.
        """
        try:
            import pandas
        except ImportError as error:
            from ..errors import MissingExtra

            raise MissingExtra('Data frames need pandas: pip install "dutygraph[frames]"') from error
        from .formats import flatten

        return pandas.DataFrame([flatten(row) for row in self.rows])
