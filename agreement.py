"""Where the sources that read an instrument agree and differ: the register, rules on its text, national lists.

For each provision and kind of norm: which sources find one there, held by whom. Sources cut norms differently, one
saying in two what another says in one, so what is compared is not the number but whether a source finds a norm of the
kind in the section, regulation, article or paragraph at all, and whether holders go by the same words.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from .citations import LegislationUri, cite_provision
from .dates import say_date
from .graph.names import name_key
from .ontology.namespaces import GRAPH, LEG
from .queries.lookup import find
from .queries.results import Answer, Record
from .queries.rows import run

if TYPE_CHECKING:
    from .graph.store import GraphStore
    from .loaders.clml.model import Document

BY_RULES = "text, by rules"
"""The name of the source that is the instrument's own text, read by rules."""

FINDINGS = {
    "agree": "every source finds such a norm there, and their holders go by the same words",
    "holders differ": "every source finds such a norm there, but the words for its holder differ",
    "differ": "some sources find such a norm there and some do not",
}
"""What the comparison can find, with what it means."""


@dataclass(frozen=True)
class Found:
    """A norm that a source finds: the source, the provision, its kind, its holder's name and what is to be done."""

    source: str
    provision: str
    kind: str
    holder: str
    action: str


def agreement(store: GraphStore, instrument: str, on: date, texts: Iterable[Path] = ()) -> Answer:
    """Compare what the sources of an instrument find in it.

    Args:
        store: the graph.
        instrument: its name, or its legislation.gov.uk id or path.
        on: the day whose norms are compared, where a source says from when until when.
        texts: files and folders of legislation.gov.uk's XML in which the instrument's text may be.

    Returns:
        A row for each provision and kind of norm: ``finding`` of :data:`FINDINGS`, ``says`` (for each source that
        finds one: holders and actions) and ``not_found_in``. ``unknown`` if fewer than two sources have the instrument.

    Raises:
        UnknownName: if no instrument goes by the name.
    """
    iri, label = _instrument(store, instrument, on)
    found = [*_held(store, iri, on), *_stated(iri, texts)]
    sources = sorted({item.source for item in found})
    rows = list(_compare(iri, found, sources))
    counts = Counter(row["finding"] for row in rows)
    said = ", ".join(f"{counts[finding]} {finding}" for finding in FINDINGS if counts[finding])
    few = len(sources) < 2
    return Answer(
        verdict="unknown" if few else "yes",
        as_at=on.isoformat(),
        heading=f"Where sources agree and differ on the {label} — on {say_date(on)}",
        message=_say_few(sources) if few else f"{len(sources)} sources: {', '.join(sources)}. By provision: {said}.",
        rows_name="agreements",
        rows=[] if few else rows,
        details={"instrument": {"iri": iri, "label": label}, "sources": sources, "counts": dict(counts)},
        notes=[
            "The register holds what its curators chose of an instrument: what it lacks is no answer that none is.",
            "Extracts by rules or by a model are checked by nobody: a line is a place to look.",
        ],
    )


def _say_few(sources: Sequence[str]) -> str:
    held = f"Only one source has it: {sources[0]}." if sources else "No source has it."
    return f"{held} Load its text (dutygraph load clml) or an extract (dutygraph load powers-duties) to compare."


def _instrument(store: GraphStore, text: str, on: date) -> tuple[str, str]:
    try:
        iri = LegislationUri.parse(text).iri
    except ValueError:
        found = find(store, text, ["instrument"], on)
        return found.iri, found.label
    labels = run(store, "labels", {"thing": iri})
    return iri, labels[0]["label"] if labels else iri.removeprefix(LEG)


def _held(store: GraphStore, instrument: str, on: date) -> Iterator[Found]:
    """What the named graphs hold, as far as it was in force on the day."""
    day = on.isoformat()
    for row in run(store, "norms-by-source", {"instrument": instrument}):
        if row.get("validFrom", "") <= day < row.get("validUntil", "9999-12-31"):
            source = row["graph"].removeprefix(GRAPH)
            yield Found(source, row["provision"], row["kind"], row.get("holder", ""), row["action"])


def _stated(instrument: str, texts: Iterable[Path]) -> Iterator[Found]:
    """What the rules find in the text, if it is there."""
    document = _text_of(instrument, texts)
    if document is None:
        return
    from .loaders.clml.norms import norms

    for norm in norms(document):
        yield Found(BY_RULES, norm.pinpoint_iri, norm.kind, norm.holder or "", norm.action)


def _text_of(instrument: str, texts: Iterable[Path]) -> Document | None:
    from .loaders.clml.loading import Reading

    there = [path for path in texts if path.exists()]
    documents = list(Reading(there, "").documents_of(instrument)) if there else []
    whole = [document for document in documents if not document.fragment] or documents
    return max(whole, key=lambda document: document.valid_on or "", default=None)


def unit(path: str) -> str:
    """Return the part of a path at which sources are compared: section, regulation, article; paragraph of a schedule.

    >>> unit("section/6/1/a"), unit("schedule/2/paragraph/4/1"), unit("schedule/paragraph/3"), unit("")
    ('section/6', 'schedule/2/paragraph/4', 'schedule/paragraph/3', '')
    """
    parts = path.split("/")
    if parts[0] == "schedule" and "paragraph" in parts:
        return "/".join(parts[: parts.index("paragraph") + 2])
    return "/".join(parts[:2])


def _compare(instrument: str, found: Iterable[Found], sources: Sequence[str]) -> Iterator[Record]:
    places: dict[tuple[str, str], dict[str, list[Found]]] = defaultdict(lambda: defaultdict(list))
    for item in found:
        path = unit(item.provision.removeprefix(instrument).strip("/"))
        places[path, item.kind][item.source].append(item)
    for (path, kind), held in sorted(places.items(), key=lambda place: (_natural(place[0][0]), place[0][1])):
        holders = {source: list(dict.fromkeys(item.holder for item in held[source] if item.holder)) for source in held}
        yield {
            "provision": {"citation": cite_provision(path) or "as a whole", "iri": f"{instrument}/{path}".rstrip("/")},
            "kind": kind,
            "finding": _judge(held, holders, sources),
            "not_found_in": [source for source in sources if source not in held],
            "says": [_said(source, held[source], holders[source]) for source in sources if source in held],
        }


def _said(source: str, norms: Sequence[Found], holders: Sequence[str]) -> Record:
    named = "; ".join(holders[:4]) + (f" and {len(holders) - 4} more" if len(holders) > 4 else "")
    return {
        "source": source,
        "label": f"{source}: {len(norms)} ({named or 'holder not named'})",
        "holders": holders,
        "actions": [item.action for item in norms],
    }


def _judge(held: dict[str, list[Found]], holders: dict[str, list[str]], sources: Sequence[str]) -> str:
    if len(held) < len(sources):
        return "differ"
    keys = [{name_key(name) for name in holders[source]} for source in sources]
    return "agree" if set.intersection(*keys) else "holders differ"


def _natural(path: str) -> tuple[tuple[int, int, str], ...]:
    parts = re.split(r"(\d+)", path)
    return tuple((1, int(part), "") if part.isdigit() else (0, 0, part) for part in parts if part)
