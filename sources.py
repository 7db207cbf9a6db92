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


@dataclass(frozen=True)
class Source:
    """A kind of source.

    Attributes:
        about: what it is, for help texts.
        find: turns what the user named into files and folders, fetching them if need be.
        read: turns files and folders into layers to be loaded; a layer of the same name is replaced. It checks
            what it can before it returns; a loading's statements may be read later, while they are loaded.
    """

    about: str
    read: Callable[[Sequence[Path]], Sequence[Loading]]
    find: Callable[[Sequence[str]], list[Path]] = find_paths


def _find_clml(texts: Sequence[str]) -> list[Path]:
    """Return files and folders as they are; an identifier (``ukpga/1998/37``) is fetched from legislation.gov.uk."""
    from .loaders.clml.fetching import Site, is_identifier

    site = Site()
    fetched = {text: site.fetch(text) for text in texts if not Path(text).exists() and is_identifier(text)}
    return list(dict.fromkeys(fetched[text] if text in fetched else find_paths([text])[0] for text in texts))


def _read_clml(paths: Sequence[Path]) -> Sequence[Loading]:
    from .graph.layers import Loading
    from .loaders.clml.loading import LICENCE, PUBLISHER, Reading
    from .loaders.clml.quads import GRAPH_NAME
    from .ontology.namespaces import graph

    reading = Reading(paths, graph(GRAPH_NAME))
    return [
        Loading(
            kind="clml",
            name=GRAPH_NAME,
            paths=paths,
            statements=reading.quads(),
            title="Texts of Acts and instruments, from legislation.gov.uk",
            publisher=PUBLISHER,
            licence=LICENCE,
            source="https://www.legislation.gov.uk/",
            notes=reading.report,
            adds=True,
        )
    ]


SOURCES: dict[str, Source] = {
    "clml": Source("Acts and instruments in legislation.gov.uk's XML", _read_clml, _find_clml),
}
"""Every kind by the word after ``dutygraph load``."""
