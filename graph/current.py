"""Which build of the graph is in use, and whether it still fits the register it was made of.

Kept apart from :mod:`dutygraph.graph.builds`, because every question needs this and few need to build.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import StoreError
from ..version import __version__

POINTER = "in-use.json"
BUILDS = "builds"
BASE = "base"
"""The folder of a build that holds a store of what it has without its layers, where all of these are apart."""

RULES = Path(__file__).resolve().parent / "rules"
_FORM = "with read indexes 2"
"""What a build consists of; other words here have every graph built anew."""

_ONTOLOGY = Path(__file__).resolve().parent.parent / "ontology"


@dataclass(frozen=True)
class Layer:
    """What was loaded from one source into named graphs of its own, beside the register (see ``layers.py``).

    Attributes:
        kind: the word after ``dutygraph load``.
        name: what it is called; a layer of the same name takes its place.
        paths: what it was loaded from.
        graphs: IRIs of its named graphs, the one that describes it first.
        quads: how many statements it brought.
        loaded_at: when, ISO.
        notes: what its loader has to say, a line each.
        apart: it says nothing of places, bodies, posts, partnerships, classes and who is in them.
    """

    kind: str
    name: str
    paths: tuple[str, ...]
    graphs: tuple[str, ...]
    quads: int
    loaded_at: str
    notes: tuple[str, ...] = ()
    apart: bool = False

    @classmethod
    def read(cls, data: dict[str, Any]) -> Layer:
        """Make a layer of what JSON holds, where a tuple is a list."""
        fields: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in data.items()
        }
        return cls(**fields)


@dataclass(frozen=True)
class Build:
    """One build of the graph.

    ``fingerprint`` changes when the registers or the program change; ``registers`` and ``documents`` are what
    the user loaded beside dutygraph's own register and is built with it; ``layers`` are what each build after
    the load takes over from the one before.
    """

    folder: str
    fingerprint: str
    made_at: str
    version: str
    quads: int
    registers: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    layers: tuple[Layer, ...] = ()


def read_build(folder: Path) -> Build | None:
    """Return the build in use, or None if there is none.

    Raises:
        StoreError: if the file that names it is damaged.
    """
    try:
        data = json.loads((folder / POINTER).read_text(encoding="utf-8"))
        lists = {name: tuple(data[name]) for name in ("registers", "documents")}
        return Build(**{**data, **lists, "layers": tuple(map(Layer.read, data.get("layers", ())))})
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise StoreError(
            f"{folder / POINTER} is damaged ({error}). Make the graph anew: dutygraph build --forget"
        ) from error


def rule_files() -> list[Path]:
    """Return the rules that derive facts, in the order in which they run: updates (``.ru``) and queries (``.rq``)."""
    return sorted([*RULES.glob("*.ru"), *RULES.glob("*.rq")])


def fingerprint(registers: Sequence[Path]) -> str:
    """Return a short text that changes when a table, a rule, the ontology or the program changes.

    Args:
        registers: the folders whose tables go into the graph.
    """
    files = [path for folder in registers for path in sorted(folder.glob("*.csv"))]
    files += sorted(_ONTOLOGY.glob("*.ttl")) + rule_files()
    check = zlib.crc32(f"{__version__} {_FORM}".encode())
    for path in files:
        check = zlib.crc32(path.name.encode(), check)
        check = zlib.crc32(path.read_bytes(), check)
    return f"{__version__}-{check:08x}"
