"""Load official look-up tables of areas and say what they change: ``dutygraph load geography``.

In go look-up tables (:mod:`dutygraph.loaders.geography`) and the graph in use; out comes, for each table, a report of
what it states, what is unknown, missing, renamed or moved, and, unless it is only checked, a new build with it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .dates import say_date
from .errors import BadInput
from .graph.builds import graph_name
from .graph.current import Build, read_build
from .graph.geography import compare_lookups, is_lookup, refuse_broken
from .graph.store import OxigraphStore
from .knowledge import Progress, default_folder, load_into, open_graph
from .loaders.geography import FAMILIES, NamedArea, StatedRelation
from .loaders.geography_held import Comparison, HeldArea, HeldRelation, Moved

SHOWN = 20
"""Lines of each part of the report that are printed for people; the JSON has them all."""


@dataclass(frozen=True)
class GeographyReport:
    """What a look-up table states and changes; ``data`` is what the JSON shows."""

    data: dict[str, Any]

    @property
    def sound(self) -> bool:
        """Say whether no row is broken."""
        return not self.data["broken"]

    def to_text(self) -> str:
        """Write the report for people."""
        return "\n".join(_lines(self.data))


def check_geography(
    store: str | Path | None, paths: Sequence[str], progress: Progress = lambda _what, _share: None
) -> list[GeographyReport]:
    """Hold look-up tables against the graph in use, loading nothing.

    Args:
        store: the graph folder; None for the default.
        paths: the tables.
        progress: told what is being done if the graph has to be built first.

    Returns:
        A report for each table.

    Raises:
        BadInput: if a file is no look-up table.
    """
    return [GeographyReport(_report(item)) for item in _compare(store, paths, progress)]


def load_geography(
    store: str | Path | None, paths: Sequence[str], progress: Progress = lambda _what, _share: None
) -> tuple[Build, list[GeographyReport]]:
    """Load look-up tables, each into a graph of its own, beside what is held.

    Returns:
        The new build, and what each table changed.

    Raises:
        BadInput: if a file is no look-up table or has a broken row; the graph in use stays as it was.
    """
    compared = _compare(store, paths, progress)
    for item in compared:
        refuse_broken(item)
    _refuse_namesakes(store, paths)
    reports = [GeographyReport(_report(item)) for item in compared]
    return load_into(store, "geography", paths, progress), reports


def _refuse_namesakes(store: str | Path | None, paths: Sequence[str]) -> None:
    """Refuse two files of one name: the second would be mixed with the first in one graph."""
    held = read_build(Path(store) if store is not None else default_folder())
    known = {graph_name(path): path for path in map(Path, held.documents if held else ())}
    for path in (Path(text).resolve() for text in paths):
        other = known.setdefault(graph_name(path), path)
        if other.resolve() != path:
            raise BadInput(
                f"Another file of the name {path.name} is loaded already, from {other.parent}. Rename this one."
            )


def _compare(store: str | Path | None, paths: Sequence[str], progress: Progress) -> list[Comparison]:
    held = open_graph(store, progress).store
    if not isinstance(held, OxigraphStore):
        raise BadInput(f"{held.location} is an endpoint. Check and load look-up tables in a graph folder.")
    files = [Path(text) for text in paths]
    for path in files:
        if path.is_file() and not is_lookup(path):
            raise BadInput(f"{path.name} is no CSV file. Look-up tables are loaded as CSV, with .csv as their ending.")
    return compare_lookups(held.store, {path: graph_name(path) for path in files})


def reports_to_json(reports: Sequence[GeographyReport]) -> str:
    """Write reports as JSON, a list with one object for each table."""
    return json.dumps([report.data for report in reports], ensure_ascii=False, indent=1)


def _report(made: Comparison) -> dict[str, Any]:
    lookup = made.lookup
    return {
        "file": lookup.file,
        "publisher": lookup.publisher,
        "as_at": lookup.as_at.isoformat(),
        "as_at_basis": lookup.as_at_basis,
        "columns_used": list(lookup.used),
        "columns_not_used": list(lookup.unused),
        "rows": lookup.rows,
        "rows_elsewhere": lookup.elsewhere,
        "areas": len(lookup.areas),
        "relations": {
            family: sum(relation.family == family for relation in lookup.relations) for family in lookup.families
        },
        "already_held": len(made.confirmed),
        "unknown_codes": [_named(area) for area in made.new_areas],
        "not_there_then": [_named(area) | {"held": _held_area(known)} for area, known in made.not_there],
        "held_but_missing": [_held_area(area) for area in made.missing],
        "names_changed": [_named(area) | {"held": _held_area(known)} for area, known in made.renamed],
        "dates_differ": [_dated(area) | {"held": _held_area(known)} for area, known in made.other_dates],
        "moved": [_moved(made, item) for item in made.moved],
        "extent_differs": [_moved(made, item) for item in made.other_extent],
        "new_relations": [_stated(made, item) for item in made.added],
        "held_only_from_later": [
            _stated(made, item) | {"held_from": relation.start} for item, relation in made.earlier
        ],
        "held_relations_missing": [_held(made, relation) for relation in made.gone],
        "districts_without_partnership": [
            {"code": code, "name": lookup.areas[code].name} for code in made.without_partnership
        ],
        "repeated": [{"line": line, "first_line": first} for line, first in lookup.repeated],
        "two_names": list(lookup.two_names.values()),
        "broken": lookup.broken,
        "broken_rows": lookup.broken_rows,
    }


def _named(area: NamedArea) -> dict[str, Any]:
    return {"code": area.code, "name": area.name, "kind": area.kind_term, "line": area.line}


def _dated(area: NamedArea) -> dict[str, Any]:
    return _named(area) | {"valid_from": area.valid_from, "valid_until": area.valid_until}


def _held_area(area: HeldArea) -> dict[str, Any]:
    code = area.iri.rsplit("/", 1)[1]
    return {"code": code, "name": area.label, "valid_from": area.valid_from, "valid_until": area.valid_until}


def _stated(made: Comparison, item: StatedRelation) -> dict[str, Any]:
    areas = made.lookup.areas
    return {
        "area": {"code": item.part, "name": areas[item.part].name},
        "relation": item.word,
        "other": {"code": item.whole, "name": areas[item.whole].name},
        "family": item.family,
        "share": item.share,
        "line": item.line,
    }


def _held(made: Comparison, relation: HeldRelation) -> dict[str, Any]:
    areas = made.held.areas
    return {
        "area": _held_area(areas[relation.part]),
        "relation": relation.word,
        "other": _held_area(areas[relation.whole]),
    }


def _moved(made: Comparison, item: Moved) -> dict[str, Any]:
    return _stated(made, item.stated) | {"held": [_held(made, relation) for relation in item.held]}


# For people


def _lines(data: dict[str, Any]) -> list[str]:
    labels = {family.name: family.label for family in FAMILIES.values()}
    stated = ", ".join(f"{count:,} in a {labels[family]}" for family, count in data["relations"].items())
    lines = [
        f"{data['file']}: {data['publisher']}, as at {say_date(data['as_at'])} ({data['as_at_basis']})",
        f"  {data['rows']:,} rows, {data['areas']:,} areas; relations: {stated or 'none, a list of names'}; "
        f"{data['already_held']:,} of them held already",
    ]
    if data["rows_elsewhere"]:
        lines.append(f"  {data['rows_elsewhere']:,} rows of other countries or kinds are left out")
    if data["columns_not_used"]:
        names = data["columns_not_used"]
        more = f" and {len(names) - 8} more" if len(names) > 8 else ""
        lines.append(f"  columns not used: {', '.join(names[:8])}{more}")
    before = len(lines)
    for key, (title, say) in _PARTS.items():
        items = data[key]
        if items:
            lines.append(f"  {title} ({len(items):,}):")
            lines += [f"    {say(item)}" for item in items[:SHOWN]]
            lines += [f"    … {len(items) - SHOWN:,} more: --format json has them all"] if len(items) > SHOWN else []
    if len(lines) == before:
        lines.append("  Nothing in it differs from what is held.")
    return lines


def _say_area(item: dict[str, Any]) -> str:
    return f"{item['name'] or 'no name'} ({item['code']})"


def _say_relation(item: dict[str, Any]) -> str:
    word = "in" if item["relation"] == "within" else "in part in"
    line = f", line {item['line']}" if "line" in item else ""
    return f"{_say_area(item['area'])} {word} {_say_area(item['other'])}{line}"


def _say_moved(item: dict[str, Any]) -> str:
    held = "; ".join(
        f"{'in' if one['relation'] == 'within' else 'in part in'} {_say_area(one['other'])}" for one in item["held"]
    )
    return f"{_say_relation(item)}; held: {held}"


def _say_life(item: dict[str, Any]) -> str:
    return f"from {item['valid_from'] or 'a day not held'} until {item['valid_until'] or 'now'}"


_PARTS: dict[str, tuple[str, Callable[[Any], str]]] = {
    "broken": ("Broken rows, for which nothing is loaded", str),
    "repeated": (
        "Rows that stand there twice",
        lambda item: f"line {item['line']} repeats line {item['first_line']}",
    ),
    "two_names": ("One code, two names; the first is kept", str),
    "unknown_codes": (
        "Codes not known until now",
        lambda item: f"{_say_area(item)}, {item['kind']}, line {item['line']}",
    ),
    "held_but_missing": (
        "Held for that day and not in the table: ended? (nothing is ended by loading)",
        lambda item: f"{_say_area(item)}, held {_say_life(item)}",
    ),
    "not_there_then": (
        "In the table, and by what is held not there on that day",
        lambda item: f"{_say_area(item)}, held {_say_life(item['held'])}",
    ),
    "names_changed": (
        "Names that differ; both are kept",
        lambda item: f"{_say_area(item)}, held as {item['held']['name']}",
    ),
    "dates_differ": (
        "Days that differ; those held stay",
        lambda item: f"{_say_area(item)}: {_say_life(item)}; held: {_say_life(item['held'])}",
    ),
    "moved": ("Moved, or in dispute: both stay, and `dutygraph differences` shows them", _say_moved),
    "extent_differs": ("Whole or part differs: both stay", _say_moved),
    "new_relations": ("Not held until now", _say_relation),
    "held_only_from_later": (
        "Held only from a later day; the table shows it earlier",
        lambda item: f"{_say_relation(item)}; held from {item['held_from']}",
    ),
    "held_relations_missing": ("Held for that day and not in the table; they stay", _say_relation),
    "districts_without_partnership": ("Districts without a partnership area on that day", _say_area),
}
