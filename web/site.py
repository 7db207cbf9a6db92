"""The pages as plain files, for a shared drive: opened by double click, found by a search that asks nobody.

The same templates are filled for one day; links are relative, and lead only to files that are there: other pages, and
beside each its maps and what can be taken away. A web page opened from a drive may not fetch anything, so the index
that is searched is a script.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from ..dates import say_date
from ..errors import BadInput, DutyGraphError, MissingExtra
from ..graph.stories import read_story, story_names
from ..queries.profiles import Profile, Section
from .addresses import Links, path_of
from .forms import ENDINGS, write_form
from .pages import BROWSE, maps_of
from .rendering import STATIC, render

if TYPE_CHECKING:
    from ..knowledge import KnowledgeGraph

Progress = Callable[[str, float], None]
MOST_AREAS = 20
"""Places for which a class's page may list its members, one after the other."""

MAPS = "/map"
"""The folder of the maps."""

_IN_WORD = ("area", "body", "class", "instrument", "partnership")
"""Families of things whose pages are registers and profiles, so that there is a Word file of each: it takes longest."""

_STATIC_FILES = ("dutygraph.css", "icon.svg", "site.js")
_FAMILIES = ("partnership", "body", "area", "class", "instrument", "product", "topic", "source", "norm")


@dataclass(frozen=True)
class FileLinks(Links):
    """How pages in files link to each other: by relative paths, and only to those that are written.

    Attributes:
        here: the path of the page that links, without its ending.
        written: the paths of all pages.
    """

    here: str = "/index"
    written: frozenset[str] = field(default_factory=frozenset)

    @property
    def served(self) -> bool:
        """Say that no forms work here."""
        return False

    def page(self, path: str, **values: str) -> str:
        """Return the relative address of a page, or of the start page if it is not written."""
        target = path if path in self.written else "/index"
        return self.file(f"{target}.html")

    def file(self, path: str) -> str:
        """Return the relative address of a file."""
        return quote(self._relative(path))

    def thing(self, iri: str | None) -> str | None:
        """Return the relative address of a thing's page, or None if it is not written."""
        path = path_of(iri) if iri else None
        return self.page(path) if path in self.written else None

    def static(self, name: str) -> str:
        """Return the relative address of a stylesheet or script."""
        return self._relative(f"/static/{name}")

    def _relative(self, target: str) -> str:
        return os.path.relpath(target, self.here.rpartition("/")[0] or "/").replace(os.sep, "/")


@dataclass(frozen=True)
class _Plan:
    """What is written: for each path the thing and what it is called."""

    things: dict[str, tuple[str, str]]
    lists: dict[str, tuple[str, list[tuple[str, str]]]]

    maps: bool = True
    word: bool = True

    def written(self) -> frozenset[str]:
        return frozenset({"/index", *self.things, *self.lists})


def write_site(
    kg: KnowledgeGraph,
    folder: Path,
    on: date,
    areas: Sequence[str] = (),
    progress: Progress = lambda _what, _share: None,
    *,
    maps: bool = True,
    word: bool = True,
) -> int:
    """Write the pages of every thing into a folder, each with its maps and what can be taken away.

    Args:
        kg: the graph.
        folder: where; it must be empty, not there yet, or hold an older site, which is replaced.
        on: the day for which the pages are written.
        areas: the places that get pages, and for which classes are resolved; bodies and partnerships of areas that have
            nothing to do with them get none. None means all of them.
        progress: told what is being written and how far it is, between 0 and 1.
        maps: whether maps are drawn.
        word: whether registers and profiles are written as Word files too, where python-docx is installed.

    Returns:
        How many pages were written.

    Raises:
        BadInput: if the folder holds something else.
        UnknownName: if a place is not held.
    """
    _check(folder)
    codes = [_code(kg, name, on) for name in areas]
    plan = replace(_plan(kg, codes), maps=maps, word=word)
    beside = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(beside, ignore_errors=True)
    (beside / "static").mkdir(parents=True)
    for name in _STATIC_FILES:
        shutil.copyfile(STATIC / name, beside / "static" / name)
    links = FileLinks(on=on.isoformat(), written=plan.written())
    written = 0
    for path, files in _pages(kg, plan, links, on, codes):
        for name, content in files.items():
            target = beside / name.lstrip("/")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        written += 1
        progress(path, written / len(plan.written()))
    shutil.rmtree(folder, ignore_errors=True)
    beside.replace(folder)
    return written


def _check(folder: Path) -> None:
    """Refuse to replace anything but a site."""
    if folder.exists() and (
        not folder.is_dir() or (any(folder.iterdir()) and not (folder / "static/site.js").is_file())
    ):
        raise BadInput(f"{folder} is there and holds no site. Name an empty folder, or one that is not there yet.")


def _code(kg: KnowledgeGraph, name: str, on: date) -> str:
    return str(kg.area(name, on).details["subject"]["iri"])


def _plan(kg: KnowledgeGraph, areas: Sequence[str]) -> _Plan:
    """Say which pages there will be."""
    things: dict[str, tuple[str, str]] = {}
    elsewhere = _elsewhere(kg, areas) if areas else frozenset()
    for family in _FAMILIES:
        for iri, label in kg.listed(family):
            path = path_of(iri)
            if path and iri not in elsewhere and (family != "area" or not areas or iri in areas):
                things[path] = (iri, label)
    for _path, (iri, _label) in [item for item in things.items() if item[0].startswith("/instrument/")]:
        things |= {path: held for provision, held in _provisions(kg, iri) if (path := path_of(provision))}
    lists = {}
    for folder, (title, family) in BROWSE.items():
        held = [(iri, label) for iri, label in kg.listed(family) if path_of(iri) in things]
        lists[f"/{folder}"] = (title, held)
    return _Plan(things, lists)


def _elsewhere(kg: KnowledgeGraph, areas: Sequence[str]) -> frozenset[str]:
    """Bodies and partnerships of areas that never had anything to do with some places.

    What a place lies in, overlaps or contains has to do with it, and so has what the places in it lie in; a body
    without an area is everywhere.
    """
    linked = kg.ask("areas-linked", {"area": list(areas)})
    near = {*areas, *(row["other"] for row in linked)}
    inside = sorted({row["other"] for row in linked if row["how"] == "contains"})
    if inside:
        near |= {row["other"] for row in kg.ask("areas-linked", {"area": inside}) if row["how"] == "in"}
    served: dict[str, set[str]] = {}
    for row in kg.ask("areas-served"):
        served.setdefault(row["thing"], set()).add(row["area"])
    return frozenset(thing for thing, places in served.items() if places.isdisjoint(near))


def _provisions(kg: KnowledgeGraph, instrument: str) -> Iterator[tuple[str, tuple[str, str]]]:
    for row in kg.ask("provisions", {"thing": instrument}):
        if "provision" in row:
            yield row["provision"], (row["provision"], row["citation"])


def _pages(
    kg: KnowledgeGraph, plan: _Plan, links: FileLinks, on: date, areas: Sequence[str]
) -> Iterator[tuple[str, dict[str, bytes]]]:
    """Fill every page, one after the other, and the index that is searched last; with each the files beside it."""
    for path, (iri, _label) in plan.things.items():
        own = replace(links, here=path)
        profile = _profile(kg, iri, on, areas)
        if profile:
            beside = [*(_maps(kg, profile, path, on) if plan.maps else ()), *_forms(kg, profile, path, plan.word)]
            taken = [{"words": words, "address": own.file(name)} for words, name, _content in beside]
            text = render("profile.html", own, title=profile.title, profile=profile, here="", taken=taken)
            yield path, {f"{path}.html": text.encode()} | {name: content for _words, name, content in beside}
    for path, (title, held) in plan.lists.items():
        own = replace(links, here=path)
        items = [{"words": label, "address": own.thing(iri)} for iri, label in held]
        yield path, {f"{path}.html": render("list.html", own, title=title, items=items).encode()}
    browse = [
        {"words": title, "address": links.page(path), "count": len(held)} for path, (title, held) in plan.lists.items()
    ]
    index = [[label, path.split("/")[1], links.page(path)] for path, (_iri, label) in plan.things.items()]
    told = [*(_stories(kg, on) if plan.maps else ())]
    stories = [{"words": title, "address": links.file(name)} for title, name, _content in told]
    values = {"browse": browse, "stories": stories, "day": say_date(on), "index": _script(index)}
    start = render("site.html", links, title="Find", **values)
    yield "/index", {"/index.html": start.encode()} | {name: content for _title, name, content in told}


def _maps(kg: KnowledgeGraph, profile: Profile, path: str, on: date) -> Iterator[tuple[str, str, bytes]]:
    """Draw the maps of a thing, each into a file that needs no other; of which nothing is held has none."""
    for words, target, picture in maps_of(profile.family, profile.iri):
        try:
            text, _policy = kg.map_page(on=on, picture=picture or "network", **target)
        except DutyGraphError:
            continue
        yield words, f"{MAPS}{path}{picture and f'-{picture}'}.html", text.encode()


def _stories(kg: KnowledgeGraph, on: date) -> Iterator[tuple[str, str, bytes]]:
    """Tell the stories that come with dutygraph, of the day; one of whose things nothing is held is left out."""
    for name in story_names():
        try:
            text, _policy = kg.map_page(on=on, story=name)
            yield read_story(name).title, f"{MAPS}/story/{Path(name).stem}.html", text.encode()
        except DutyGraphError:
            continue


def _forms(kg: KnowledgeGraph, profile: Profile, path: str, word: bool) -> Iterator[tuple[str, str, bytes]]:
    """Write what is on a page as files for an office: a Word file only where python-docx is installed."""
    for form in ("docx", "csv") if word and profile.family in _IN_WORD else ("csv",):
        try:
            yield ENDINGS[form], f"{path}.{form}", write_form(kg, profile, form)
        except MissingExtra:
            continue


def _script(index: list[list[str]]) -> str:
    """Write the index as JSON that can stand in a page: nothing in it can end the element."""
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _profile(kg: KnowledgeGraph, iri: str, on: date, areas: Sequence[str]) -> Profile | None:
    """What stands on a thing's page: a class lists its members in each place, a duty its holders in the only one."""
    try:
        if "/id/norm/" in iri and len(areas) == 1:
            return kg.profile(iri, areas[0], on)
        profile = kg.profile(iri, None, on)
        if profile.family == "class" and 0 < len(areas) <= MOST_AREAS:
            here = [_members(kg, iri, area, on) for area in areas]
            return replace(profile, message="", sections=(*filter(None, here), *profile.sections))
        return profile
    except DutyGraphError:
        return None


def _members(kg: KnowledgeGraph, iri: str, area: str, on: date) -> Section | None:
    try:
        filled = kg.profile(iri, area, on)
    except DutyGraphError:
        return None
    place = filled.area["label"] if filled.area else ""
    members = filled.sections[0]
    return replace(members, key=f"members-{area.rpartition('/')[2]}", heading=f"Who is in it: {place}")
