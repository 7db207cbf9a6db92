"""The kinds of source that ``dutygraph load`` takes into named graphs of their own, and who reads each.

A new kind is one line in :data:`SOURCES`: what it is, and a function that turns paths into what
:func:`dutygraph.graph.layers.add_layer` loads. Nothing heavy is imported before a source is read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import BadInput

if TYPE_CHECKING:
    from .graph.layers import Loading


@dataclass(frozen=True)
class Source:
    """A kind of source.

    Attributes:
        about: what it is, for help texts.
        read: turns files and folders into layers to be loaded; a layer of the same name is replaced. It checks
            what it can before it returns; a loading's statements may be read later, while they are loaded.
    """

    about: str
    read: Callable[[Sequence[Path]], Sequence[Loading]]


SOURCES: dict[str, Source] = {}
"""Every kind by the word after ``dutygraph load``."""


def find_paths(texts: Sequence[str]) -> list[Path]:
    """Return the paths that a user named, each once.

    Raises:
        BadInput: if one of them is not there.
    """
    paths = list(dict.fromkeys(Path(text).resolve() for text in texts))
    for path in paths:
        if not path.exists():
            raise BadInput(f"{path} is not there.")
    return paths
