"""What a paper mentions: bodies, partnerships, posts, areas, legislation, abbreviations, money and dates.

Names are linked to what the register calls so (labels, other names, the paper's own short forms spelt out), each
link with its reason. A name that stands for several things keeps all of them: nothing is guessed. Among namesakes
of which one alone bears the name of the paper's area, that one is meant, and the reason says so.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ... import register
from ...citations import find_citations
from ...ontology.namespaces import area_iri, thing
from .abbreviations import Abbreviation
from .dates import printed_date
from .model import Paper, Passage

_TABLES = (("bodies", "body"), ("partnerships", "partnership"), ("areas", "area"))
_LONGEST = 12
_WORD = re.compile(r"[\w&'/-]+")
_MONEY = re.compile(r"£\s?\d[\d,.]*\s?(?:m|k|bn|million|billion)?\b", re.IGNORECASE)
_DATE = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)\s+(?:19|20)\d\d\b"
)


@dataclass(frozen=True)
class Link:
    """A thing that a mention may stand for, and why."""

    iri: str
    label: str
    reason: str


@dataclass(frozen=True)
class Mention:
    """A place in a passage that names something.

    Args:
        kind: body, partnership, post, area, legislation, abbreviation, money or date.
        text: the words of the passage.
        passage: the number of the passage.
        start: where it begins in the text of the passage.
        end: where it ends.
        links: what it may stand for: none, one, or several where the name is ambiguous.
        value: of a date, the day, month or year; of an abbreviation, what it stands for.
    """

    kind: str
    text: str
    passage: int
    start: int
    end: int
    links: tuple[Link, ...] = ()
    value: str = ""


@dataclass(frozen=True)
class _Name:
    iri: str
    label: str
    kind: str
    how: str


def find_mentions(paper: Paper, abbreviations: tuple[Abbreviation, ...] = (), area: str = "") -> list[Mention]:
    """Find what a paper mentions, in reading order.

    Args:
        paper: the paper.
        abbreviations: what it expands, so that its short forms are linked too.
        area: the area it is about, which tells namesakes apart.
    """
    shorts = {item.short: item.long for item in abbreviations}
    found: list[Mention] = []
    for passage in paper.passages:
        found += sorted(_in_passage(passage, shorts, area), key=lambda mention: mention.start)
    return found


def _in_passage(passage: Passage, shorts: Mapping[str, str], area: str) -> Iterator[Mention]:
    text = passage.text
    taken: list[tuple[int, int]] = []
    for citation in find_citations(text, known_instruments()):
        if citation.iri:
            link = Link(citation.iri, citation.written, f"cited by name ({citation.how})")
            taken.append((citation.start, citation.end))
            yield Mention("legislation", citation.text, passage.number, citation.start, citation.end, (link,))
    for mention in _named(passage, shorts, area):
        if not any(start < mention.end and mention.start < end for start, end in taken):
            yield mention
    for match in _MONEY.finditer(text):
        yield Mention("money", match[0], passage.number, match.start(), match.end())
    for match in _DATE.finditer(text):
        value = printed_date(match[0]) or ""
        yield Mention("date", match[0], passage.number, match.start(), match.end(), value=value)


def _named(passage: Passage, shorts: Mapping[str, str], area: str) -> Iterator[Mention]:
    """The longest known name at each capital letter, one after another."""
    words = list(_WORD.finditer(passage.text))
    place = 0
    while place < len(words):
        if not words[place][0][0].isupper():
            place += 1
            continue
        step = 1
        for size in range(min(_LONGEST, len(words) - place), 0, -1):
            start, end = words[place].start(), words[place + size - 1].end()
            mention = _mention(passage, start, end, shorts, area)
            if mention:
                yield mention
                step = size
                break
        place += step


def _mention(passage: Passage, start: int, end: int, shorts: Mapping[str, str], area: str) -> Mention | None:
    printed = passage.text[start:end]
    bare = re.sub(r"'s$|(?<=[A-Z])'?s$", "", printed)
    if bare in shorts:
        long = shorts[bare]
        links = _links(long, area, f'the paper says that {bare} is "{long}"')
        return Mention(_kind_of(long, "abbreviation"), printed, passage.number, start, end, links, long)
    if len(bare) < 4:
        return None
    links = _links(bare, area, "")
    if not links:
        return None
    return Mention(_kind_of(bare, "body"), printed, passage.number, start, end, links)


def _links(name: str, area: str, because: str) -> tuple[Link, ...]:
    held = known_names().get(_key(name), ())
    if not held and area:
        held = known_names().get(_key(f"{name} for {area}"), ()) or known_names().get(_key(f"{area} {name}"), ())
        because = because or ""
        because += f"{'; ' if because else ''}the one of {area}, which the paper is about" if held else ""
    things = list({entry.iri: entry for entry in held}.values())
    ours = [entry for entry in things if area and area.casefold() in entry.label.casefold()]
    if len(things) > 1 and len(ours) == 1:
        things, because = (
            ours,
            "; ".join(part for part in (because, f"of several so called, the one of {area}") if part),
        )
    several = f"; {len(things)} things are called so" if len(things) > 1 else ""
    return tuple(Link(entry.iri, entry.label, (because or entry.how) + several) for entry in things)


def _kind_of(name: str, otherwise: str) -> str:
    held = known_names().get(_key(name), ())
    return held[0].kind if held else otherwise


def _key(name: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", name.casefold().replace("&", " and ").replace("'", "")))


@lru_cache(maxsize=1)
def known_names() -> Mapping[str, tuple[_Name, ...]]:
    """The names of the register's bodies, posts, partnerships and areas, folded, with the things so called."""
    found: dict[str, list[_Name]] = {}
    for table, kind in _TABLES:
        for row in _rows(table):
            iri = area_iri(row["code"]) if kind == "area" else thing(kind, row["id"])
            post = kind == "body" and re.search(r"commissioner|constable|chief-officer|mayor", row["kind"])
            shown = "post" if post else kind
            for name, how in ((row["label"], "its name in the register"), *_others(row.get("also_called", ""))):
                found.setdefault(_key(name), []).append(_Name(iri, row["label"], shown, how))
    return {key: tuple(names) for key, names in found.items() if key}


def _others(text: str) -> list[tuple[str, str]]:
    return [(name.strip(), "another name in the register") for name in text.split(";") if name.strip()]


@lru_cache(maxsize=1)
def known_instruments() -> Mapping[str, str]:
    """Titles and other names of the register's instruments, each with its legislation.gov.uk path."""
    names: dict[str, str] = {}
    for row in _rows("instruments"):
        for name in (row["title"].removeprefix("The "), *row["also_called"].split(";")):
            if name.strip():
                names[name.strip()] = row["id"]
    return names


def _rows(table: str) -> list[dict[str, str]]:
    folder = Path(register.__file__).parent
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
