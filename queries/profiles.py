"""A thing as people read of it: what is held, in sections, each statement with its law, dates and evidence.

A profile is a value without any form: pages, Word files, tables and JSON are written from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..dates import say_interval
from .results import Record, Verdict


@dataclass(frozen=True)
class Part:
    """Some words, and the thing that they name, if it has a page."""

    text: str
    iri: str | None = None


@dataclass(frozen=True)
class Words:
    """A line of a cell: its parts in order, after a label such as "by"."""

    parts: tuple[Part, ...]
    label: str = ""
    separate: bool = True
    """Whether the parts are a list; else they are one sentence."""

    def __str__(self) -> str:
        between = "; " if self.separate else " "
        return (f"{self.label}: " if self.label else "") + between.join(part.text for part in self.parts)


def words(text: object, iri: str | None = None, label: str = "") -> Words:
    """Return a line of a single part.

    >>> str(words("each year", label="how often"))
    'how often: each year'
    """
    return Words((Part(str(text), iri),), label)


@dataclass(frozen=True)
class Support:
    """What a statement rests on.

    Attributes:
        basis: the provisions, each ``citation`` and ``iri``.
        valid_from, valid_until: ISO days, half-open; ``attested`` if the first is only the earliest evidenced day.
        evidence: how it is known, in words.
        sources: each ``label``, ``iri`` and ``locator``.
        checked: the day on which it was checked against its source, ISO; empty if it is unchecked, None where
            no check applies.
        weak: inferred, a lead only (grade C).
        note: what else a reader must know.
    """

    basis: tuple[Record, ...] = ()
    valid_from: str | None = None
    valid_until: str | None = None
    attested: bool = False
    evidence: str = ""
    sources: tuple[Record, ...] = ()
    checked: str | None = None
    weak: bool = False
    note: str = ""

    @property
    def unchecked(self) -> bool:
        """Say whether a check applies and has not been made."""
        return self.checked == ""

    def when(self) -> str:
        """Write the dates for people."""
        return say_interval(self.valid_from, self.valid_until, attested=self.attested)

    def to_dict(self) -> Record:
        """Return it as it stands in JSON."""
        return {
            "basis": list(self.basis),
            "valid_from": self.valid_from,
            "valid_until": self.valid_until,
            "start_attested_only": self.attested,
            "evidence": self.evidence or None,
            "sources": list(self.sources),
            "checked": self.checked or None,
            "unchecked": self.unchecked,
            "weak": self.weak,
            "note": self.note or None,
        }


@dataclass(frozen=True)
class Line:
    """A statement: a cell for each column of its section, and what it rests on."""

    cells: tuple[tuple[Words, ...], ...]
    support: Support = Support()
    verdict: Verdict | None = None


@dataclass(frozen=True)
class Section:
    """Statements of one sort, under a heading.

    Attributes:
        key: a short name, for addresses and tables.
        heading: in plain words.
        columns: what each cell of a line is; empty where there is nothing to say.
        lines: the statements.
        lead: a sentence before them.
        nothing: what is said where there is none; empty leaves the section out.
        folded: long and seldom read: shown on demand.
    """

    key: str
    heading: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...] = ()
    lead: str = ""
    nothing: str = ""
    folded: bool = False

    def columns_shown(self) -> list[str]:
        """Return which of the columns on law, dates and evidence have anything in them."""
        supports = [line.support for line in self.lines]
        filled = {
            "law": any(support.basis for support in supports),
            "when": any(support.when() for support in supports),
            "evidence": any(
                support.evidence
                or support.sources
                or support.unchecked
                or support.checked
                or support.note
                or support.weak
                for support in supports
            ),
        }
        return [name for name, held in filled.items() if held]


@dataclass(frozen=True)
class Profile:
    """Everything that is held about a thing, or the answer to a question, in sections.

    Attributes:
        family: what sort of thing: ``body``, ``class``, ``norm`` …; ``answer`` for an answer.
        iri: the thing; empty for an answer.
        title: what it is called, or what was asked.
        kind: what it is, in words.
        verdict: which of the four answers it is on the day.
        as_at: the day, ISO.
        message: the answer in a sentence or two.
        area: the place for which it was asked, as in JSON, or None.
        sections: what is held.
        notes: what a reader must know.
    """

    family: str
    iri: str
    title: str
    kind: str
    verdict: Verdict
    as_at: str
    message: str = ""
    area: Record | None = None
    sections: tuple[Section, ...] = ()
    notes: tuple[str, ...] = ()
    needs_area: bool = field(default=False)

    @property
    def state(self) -> str:
        """Say the verdict in a word or two that fit what it is about; empty where there is nothing to answer."""
        if self.family in ("instrument", "product", "source", "topic") or (
            self.family == "class" and self.area is None
        ):
            return ""
        there = self.family in ("area", "body", "partnership")
        if self.verdict == "not_in_force":
            return "Not there on that day" if there else "Not in force on that day"
        if self.verdict == "yes":
            return "There on that day" if there else "In force" if self.family in ("norm", "provision") else "Yes"
        return "No" if self.verdict == "no" else "Unknown: a gap in dutygraph"

    def shown(self) -> list[Section]:
        """Return the sections that have something to say."""
        return [section for section in self.sections if section.lines or section.nothing]

    def to_dict(self) -> Record:
        """Return it as JSON has it."""
        return {
            "answer": self.verdict,
            "as_at": self.as_at,
            "iri": self.iri or None,
            "label": self.title,
            "kind": self.kind,
            "message": self.message,
            "area": self.area,
            "sections": {section.key: _section(section) for section in self.sections},
            "notes": list(self.notes),
        }

    def rows(self) -> Iterator[list[str]]:
        """Yield the statements as the rows of one table, the titles first: for CSV."""
        width = max((len(section.columns) for section in self.sections), default=0)
        yield ["section", *(f"column {at + 1}" for at in range(width)), *_SUPPORT_TITLES]
        for section in self.sections:
            for line in section.lines:
                cells = ["\n".join(map(str, cell)) for cell in line.cells]
                yield [section.heading, *cells, *[""] * (width - len(cells)), *_support_cells(line.support)]


_SUPPORT_TITLES = ["law", "valid from", "valid until", "evidence", "sources", "checked", "note"]


def _support_cells(support: Support) -> list[str]:
    sources = "; ".join(" ".join(filter(None, (item["label"], item["locator"]))) for item in support.sources)
    return [
        "; ".join(item["citation"] for item in support.basis),
        support.valid_from or "",
        support.valid_until or "",
        support.evidence,
        sources,
        "unchecked" if support.unchecked else support.checked or "",
        support.note,
    ]


def _section(section: Section) -> Record:
    def cell(lines: Sequence[Words]) -> list[Record]:
        return [
            {"label": item.label or None, "words": [{"text": part.text, "iri": part.iri} for part in item.parts]}
            for item in lines
        ]

    def statement(line: Line) -> dict[str, Any]:
        cells = {name or "about": cell(held) for name, held in zip(section.columns, line.cells, strict=True)}
        return {**cells, **line.support.to_dict(), **({"answer": line.verdict} if line.verdict else {})}

    return {"heading": section.heading, "statements": [statement(line) for line in section.lines]}
