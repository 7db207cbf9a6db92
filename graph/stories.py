"""A story told on a map: a trainer's steps, each with a heading, a text and what to show or to highlight.

A story is a small Markdown or CSV file (docs/maps.md says how to write one). It is read without a map
(:func:`read_story`); then its names are looked up among the things on a map (:func:`place_story`). Every fault of a
file is told at once, with its line and, for a name that is not on the map, the nearest that is.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from io import StringIO
from pathlib import Path

from ..dates import parse_date
from ..errors import BadDate, BadInput
from .networks import MEMBER_OF_CLASS, SERVES, SITS_ON, Basis, Network, Node

STORIES = Path(__file__).resolve().parent / "stories"
"""The folder of the stories that come with dutygraph."""

SUBJECTS = ("area", "partnership", "act", "holder")
_HEAD = (*SUBJECTS, "on", "compare")
_LISTS = ("show", "highlight")
_KEYED = re.compile(r"([A-Za-z]+)\s*:\s*(.*)")
_COLUMNS = ("heading", "text", *_LISTS, "day")
_CITED_AT_MOST = 5


@dataclass(frozen=True)
class Names:
    """What a step names, as it is written, and the line where."""

    texts: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True)
class Told:
    """A step as its file has it: nothing is looked up yet."""

    heading: str
    line: int
    text: tuple[str, ...] = ()
    show: Names = field(default_factory=Names)
    highlight: Names = field(default_factory=Names)
    day: str | None = None


@dataclass(frozen=True)
class Script:
    """A story as its file has it.

    Args:
        name: of the file, for messages.
        title: what the story is called.
        head: what it says of its map: one of area, partnership, act or holder, and ``on``.
        compare: the other days of its map.
        steps: the steps, in their order.
    """

    name: str
    title: str
    head: Mapping[str, str]
    compare: tuple[str, ...]
    steps: tuple[Told, ...]


@dataclass(frozen=True)
class Step:
    """A step of a story, with its names looked up on a map.

    Args:
        heading: what it is called.
        text: paragraphs.
        shown: ids of what stands on the map; empty for everything.
        bright: ids of what is highlighted; empty for everything.
        law: the provisions that it rests on.
        day: the day of the map that it is about; None for the latest.
    """

    heading: str
    text: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    bright: tuple[str, ...] = ()
    law: tuple[Basis, ...] = ()
    day: str | None = None

    def network_of(self, network: Network) -> Network:
        """Return what of a map stands on it in this step."""
        if not self.shown:
            return network
        here = set(self.shown)
        return replace(
            network,
            nodes=tuple(node for node in network.nodes if node.id in here),
            edges=tuple(replace(edge, quiet=False) for edge in network.edges if {edge.source, edge.target} <= here),
        )


@dataclass(frozen=True)
class Story:
    """A story whose names have been looked up on a map."""

    title: str
    steps: tuple[Step, ...] = ()


def story_names() -> list[str]:
    """Return the names of the stories that come with dutygraph."""
    return sorted(path.stem for path in STORIES.glob("*.md"))


def read_story(source: str) -> Script:
    """Read a story.

    Args:
        source: a Markdown (.md) or CSV (.csv) file, or the name of a story that comes with dutygraph.

    Raises:
        BadInput: if there is no such story or file, or something in it cannot be read; all faults, with their lines.
    """
    path = STORIES / f"{source}.md" if source in story_names() else Path(source)
    if not path.is_file():
        held = ", ".join(story_names())
        raise BadInput(f"{source} is no story file and no story of dutygraph. Those that come with it: {held}.")
    if path.suffix.lower() not in (".md", ".csv"):
        raise BadInput(f"{path.name} is no story: it must be Markdown (.md) or a table (.csv).")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{source} cannot be read as UTF-8 text: {error}") from error
    faults: list[str] = []
    read = _read_table if path.suffix.lower() == ".csv" else _read_markdown
    script = read(path.name, text, faults)
    if not script.steps and not faults:
        faults.append(f"{path.name}: there are no steps in it. A step begins with a heading: ## Who must do it")
    _refuse(faults)
    return script


def _refuse(faults: list[str]) -> None:
    if faults:
        raise BadInput("\n".join(faults))


def _read_markdown(name: str, text: str, faults: list[str]) -> Script:
    """``# title``, lines for the map, then steps: ``## heading``, paragraphs, ``show:``, ``highlight:``, ``day:``."""
    title, head, compare = Path(name).stem, dict[str, str](), list[str]()
    steps: list[Told] = []
    paragraph: list[str] = []

    def close() -> None:
        if paragraph and steps:
            steps[-1] = replace(steps[-1], text=(*steps[-1].text, " ".join(paragraph)))
        paragraph.clear()

    for number, raw in enumerate(text.splitlines(), 1):
        line, where = raw.strip(), f"{name}, line {number}"
        keyed = _KEYED.fullmatch(line)
        key = keyed[1].lower() if keyed else ""
        if line.startswith("## ") or not line:
            close()
            steps += [Told(line[3:].strip(), number)] if line else []
        elif line.startswith("# ") and not steps:
            title = line[2:].strip()
        elif keyed and key in (*_LISTS, "day") and steps:
            close()
            steps[-1] = _with(steps[-1], key, keyed[2], number, where, faults)
        elif keyed and not steps:
            _add_head(head, compare, key, keyed[2], where, faults)
        elif steps:
            paragraph.append(line)
        else:
            faults.append(f'{where}: "{line}" stands before the first step. A step begins with a heading: ## Heading')
    close()
    return Script(name, title, head, tuple(compare), tuple(steps))


def _add_head(head: dict[str, str], compare: list[str], key: str, value: str, where: str, faults: list[str]) -> None:
    if key not in _HEAD:
        faults.append(f'{where}: "{key}" says nothing of a map. What can be said there: {", ".join(_HEAD)}.')
    elif key == "compare":
        compare += [day for day in (_day(part, where, faults) for part in _split(value)) if day]
    elif key == "on":
        head[key] = _day(value, where, faults) or ""
    else:
        head[key] = value


def _with(step: Told, key: str, value: str, number: int, where: str, faults: list[str]) -> Told:
    if key == "day":
        return replace(step, day=_day(value, where, faults))
    names = Names(tuple(_split(value)), number)
    if not names.texts:
        faults.append(f'{where}: nothing stands after "{key}:".')
    return replace(step, show=names) if key == "show" else replace(step, highlight=names)


def _split(value: str) -> list[str]:
    return [part.strip() for part in value.split(";") if part.strip()]


def _day(value: str, where: str, faults: list[str]) -> str | None:
    try:
        return parse_date(value.strip()).isoformat()
    except BadDate as error:
        faults.append(f"{where}: {error}")
        return None


def _read_table(name: str, text: str, faults: list[str]) -> Script:
    """A table with the columns heading, text, show, highlight and day; only heading must be there."""
    reader = csv.DictReader(StringIO(text))
    unknown = [column for column in reader.fieldnames or [] if column not in _COLUMNS]
    if unknown or "heading" not in (reader.fieldnames or []):
        said = f"no column may be called {', '.join(map(repr, unknown))}" if unknown else 'there is no column "heading"'
        faults.append(f"{name}, line 1: {said}. The columns of a story: {', '.join(_COLUMNS)}.")
        return Script(name, Path(name).stem, {}, (), ())
    steps: list[Told] = []
    for row in reader:
        number = reader.line_num
        step = Told((row["heading"] or "").strip(), number, tuple(filter(None, [(row.get("text") or "").strip()])))
        if not step.heading:
            faults.append(f"{name}, line {number}, heading: it is empty.")
        for key in (*_LISTS, "day"):
            value = (row.get(key) or "").strip()
            if value:
                step = _with(step, key, value, number, f"{name}, line {number}, {key}", faults)
        steps.append(step)
    return Script(name, Path(name).stem.replace("-", " ").capitalize(), {}, (), tuple(steps))


def place_story(script: Script, network: Network) -> Story:
    """Look up what a story names among the things on a map.

    Args:
        script: the story.
        network: the map.

    Raises:
        BadInput: if a name is not on the map, could be several things, or a day is not one of the map's days; all
            faults, each with its line and the nearest name.
    """
    faults: list[str] = []
    finder = _Finder(network)
    steps = []
    for told in script.steps:
        shown, bright = (
            _look_up(finder, names, f"{script.name}, line {names.line}, {key}", faults)
            for key, names in (("show", told.show), ("highlight", told.highlight))
        )
        if told.day and told.day not in (network.days or (network.as_at,)):
            faults.append(
                f"{script.name}, line {told.line}: {told.day} is none of the days of this map "
                f"({', '.join(network.days or (network.as_at,))}). Add it: --compare {told.day}"
            )
        shown = list(dict.fromkeys([*shown, *bright])) if shown else []
        law = _law(network, set(bright or shown), set(shown or bright))
        steps.append(Step(told.heading, told.text, tuple(shown), tuple(bright), law, told.day))
    _refuse(faults)
    return Story(script.title, tuple(steps))


def _look_up(finder: _Finder, names: Names, where: str, faults: list[str]) -> list[str]:
    found: list[str] = []
    for text in names.texts:
        try:
            found += finder.find(text)
        except BadInput as error:
            faults.append(f"{where}: {error}")
    return list(dict.fromkeys(found))


def _law(network: Network, bright: set[str], shown: set[str]) -> tuple[Basis, ...]:
    """The provisions that a step rests on: of its bright things, then of what links them, a few at most."""
    nodes = [item for node in network.nodes if node.id in bright for item in node.support.basis]
    pairs = (({edge.source, edge.target}, edge) for edge in network.edges)
    links = [item for ends, edge in pairs if ends & bright and ends <= shown for item in edge.support.basis]
    held = dict.fromkeys([*nodes, *links])
    return tuple(held)[:_CITED_AT_MOST]


class _Finder:
    """Finds things on a map by their names, or by words such as "members of specified authorities"."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.groups: tuple[tuple[str, Callable[[str], list[str]]], ...] = (
            ("members of ", self._members),
            ("around ", self._around),
            ("all ", self._all),
        )

    def find(self, text: str) -> list[str]:
        """Return the ids of what a text names.

        Raises:
            BadInput: if it names nothing on the map, or several things.
        """
        lowered = text.casefold()
        if lowered == "everything":
            return [node.id for node in self.network.nodes]
        for start, ask in self.groups:
            if lowered.startswith(start):
                return ask(text[len(start) :].strip())
        return [self._one(text).id]

    def _one(self, text: str) -> Node:
        wanted = text.casefold()
        if wanted == "this":
            wanted = self.network.title.casefold()
        exact = [node for node in self.network.nodes if node.label.casefold() == wanted]
        begun = [node for node in self.network.nodes if node.label.casefold().startswith(wanted)]
        near = exact or (begun if len(begun) == 1 else [])
        near = near or [node for node in self.network.nodes if wanted in node.label.casefold()]
        if len(exact) > 1:
            near = exact[:1]  # one name, two things in different tiers: the first, which is the wider
        if len(near) == 1:
            return near[0]
        if near:
            raise BadInput(f'"{text}" could be: {" · ".join(node.label for node in near[:5])}. Write the whole name.')
        raise BadInput(f'"{text}" is not on the map of {self.network.title}.{_nearest(text, self._labels())}')

    def _labels(self) -> Iterable[str]:
        return (node.label for node in self.network.nodes)

    def _members(self, text: str) -> list[str]:
        """Who is in a class, or sits on a partnership."""
        targets = self._middle(text)
        kinds = (MEMBER_OF_CLASS, SITS_ON)
        return [edge.source for edge in self.network.edges if edge.target in targets and edge.kind in kinds]

    def _around(self, text: str) -> list[str]:
        """A thing with everything that it is linked to, but for places."""
        middle = self._middle(text)
        ends = [
            pair
            for pair in ((edge.source, edge.target) for edge in self.network.edges)
            if not set(pair).isdisjoint(middle)
        ]
        places = {node.id for node in self.network.of("area")}
        return [*middle, *(end for pair in ends for end in pair if end not in places)]

    def _middle(self, text: str) -> list[str]:
        """What "members of" and "around" are said of: one thing by name, or all of a kind."""
        return self._all(text[4:].strip()) if text.casefold().startswith("all ") else [self._one(text).id]

    def _all(self, text: str) -> list[str]:
        """Everything of a kind, or of a family such as partnership; with "here" what of it serves a place on the map,
        if any does."""
        kind = re.sub(r"\s+here$", "", text, flags=re.IGNORECASE)
        held = self._of_kind(kind)
        if kind == text:
            return held
        serving = {edge.source for edge in self.network.edges if edge.kind == SERVES}
        return [node for node in held if node in serving] or held

    def _of_kind(self, text: str) -> list[str]:
        wanted = text.casefold()
        held = [node.id for node in self.network.nodes if wanted in (node.kind.casefold(), node.family)]
        if not held:
            kinds = dict.fromkeys(each for node in self.network.nodes for each in (node.family, node.kind))
            raise BadInput(f'nothing on the map of {self.network.title} is a "{text}".{_nearest(text, kinds)}')
        return held


def _nearest(text: str, names: Iterable[str]) -> str:
    folded = {name.casefold(): name for name in names}
    close = get_close_matches(text.casefold(), folded, n=1, cutoff=0.4)
    return f' Nearest: "{folded[close[0]]}".' if close else ""
