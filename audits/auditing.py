"""Run the comparisons over a paper's statements."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from ..dates import parse_date
from ..errors import BadInput
from ..facts.context import make_context
from ..facts.finding import find_facts
from ..graph.names import name_words
from ..graph.store import GraphStore
from ..loaders.papers.model import Paper
from ..loaders.papers.reading import read_paper
from ..queries.comparisons import differences
from ..queries.rows import run
from . import law, membership, norms, partnerships
from .model import VERDICTS, Audit, Finding, Held

COMPARISONS: dict[str, Callable[[Held], Iterator[Finding]]] = {
    "membership": membership.compare,
    "duty": norms.compare,
    "legislation": law.compare,
    "structure": partnerships.compare,
    "funding": partnerships.compare_money,
}
"""For each kind of statement that can be held against the graph how it is compared."""


def audit_paper(store: GraphStore, path: Path | str, on: str | date | None = None) -> Audit:
    """Hold what a paper says against the law and the register.

    Args:
        store: the graph.
        path: the paper.
        on: the day whose law counts; None for the paper's own date, or that of its meeting.

    Raises:
        BadInput: if the paper cannot be read, or no day is given and the paper has none.
    """
    paper = read_paper(path)
    day, origin = _day(paper, on)
    own = frozenset(_sources_of(store, paper))
    held = Held(store, paper, tuple(find_facts(paper)), make_context(paper).area, day, own)
    found = [finding for compare in COMPARISONS.values() for finding in compare(held)]
    found += _curated(held)
    found.sort(key=lambda item: (VERDICTS.index(item.verdict), item.how == "curated"))
    return Audit(paper.name, paper.title or paper.name, day.isoformat(), origin, tuple(found))


def _day(paper: Paper, on: str | date | None) -> tuple[date, str]:
    if on is not None:
        return parse_date(on), "given"
    if paper.date:
        return date.fromisoformat(paper.date), "the paper's own date"
    if paper.meeting:
        return date.fromisoformat(paper.meeting), "the date of the meeting"
    raise BadInput(f"{paper.name} has no date that could be read. Say which day's law counts: --on 2023-11-03")


def _curated(held: Held) -> Iterator[Finding]:
    """Differences from the law that a person has read in this paper and written into the register."""
    for row in differences(held.store, None, held.on).rows if held.own else ():
        if row["first"]["iri"] in held.own and row["basis"]:
            second = row["second"]
            yield Finding(
                "differs",
                "reading",
                f"{row['label']} The paper: {row['first']['says']}",
                "",
                row["first"]["locator"],
                f"{second['says']} ({second['source']}, {second['locator']})",
                tuple(row["basis"]),
                "curated",
                "a person's reading in the register",
                row["checked"],
            )


def _sources_of(store: GraphStore, paper: Paper) -> Iterator[str]:
    """The register's sources that are this paper: of its day, with the area and most words of its title."""
    wanted = {word for word in name_words(paper.title) if not word.isdigit()}
    for row in run(store, "sources"):
        if row["kind"] == "paper" and paper.date and row.get("issued") in {paper.date, paper.meeting}:
            words = set(name_words(row["title"]))
            if wanted and len(wanted & words) * 2 >= len(wanted):
                yield row["source"]
