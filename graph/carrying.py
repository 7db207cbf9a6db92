"""Begin a build with what the build in use holds, less some graphs: so that a change of one source reloads only it.

The files of an Oxigraph store that hold statements (``.sst``) never change once they are written, so a copy of a
store is hard links to them: instant, and of no size. Taking statements out of a store costs far more for each
than putting them in, so a large graph is got rid of by copying the others into a new store.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Sequence
from pathlib import Path

from pyoxigraph import NamedNode, Store

from ..errors import StoreError
from .current import BASE, BUILDS, Build, Layer
from .words import FOLDER as INDEX

_DEARER = 10
"""How many statements are copied in the time that one takes to be taken out (measured: 60-200 µs and 8-15 µs)."""


def carry_layers(folder: Path, held: Build, target: Path) -> tuple[Layer, ...]:
    """Begin a build with all layers of another one, and nothing else of it.

    Args:
        folder: the graph folder.
        held: the build that has the layers.
        target: folder of the new build.

    Returns:
        The layers that were carried.

    Raises:
        StoreError: if the other build is gone or damaged.
    """
    if held.layers:
        kept = [graph for layer in held.layers for graph in layer.graphs]
        _carry(folder / BUILDS / held.folder, target, kept, sum(layer.quads for layer in held.layers), held.quads)
        _link_indexes(folder / BUILDS / held.folder, target, [layer.name for layer in held.layers])
    return held.layers


def carry_all_but(folder: Path, held: Build, target: Path, gone: Layer | None) -> None:
    """Begin a build with everything of another one but a layer.

    Args:
        folder: the graph folder.
        held: the other build.
        target: folder of the new build.
        gone: the layer that is left out, if it has it.
    """
    before = folder / BUILDS / held.folder
    if gone is None:
        _copy_store(before, target)
    else:
        store = _open(before)
        kept = [graph.value for graph in store.named_graphs() if graph.value not in gone.graphs]
        del store
        _carry(before, target, kept, held.quads - gone.quads, held.quads)
    _link_indexes(before, target, None if gone is None else _indexes_but(before, gone.name))


def link_base(folder: Path, held: Build, target: Path) -> None:
    """Give a build that will have layers a store of all the rest, which costs nothing: it is the one before them.

    A large layer makes each look-up in a store slower, also of what is not in the layer.

    Args:
        folder: the graph folder.
        held: the build in use.
        target: folder of the new build, which has the layers of the other one, and another that is apart.
    """
    before = folder / BUILDS / held.folder
    base = before / BASE if held.layers else before
    if all(layer.apart for layer in held.layers) and (base / "CURRENT").is_file():
        _copy_store(base, target / BASE)


def copy_base(target: Path, layers: Sequence[Layer]) -> None:
    """Give a build a store of all that it has without its layers, if these are apart."""
    if layers and all(layer.apart for layer in layers):
        gone = {graph for layer in layers for graph in layer.graphs}
        kept = [graph.value for graph in _open(target).named_graphs() if graph.value not in gone]
        _copy_graphs(target, target / BASE, kept)
        Store(str(target / BASE)).optimize()


def _carry(before: Path, target: Path, kept: Collection[str], keeping: int, total: int) -> None:
    """Make a store with some graphs of another one, the cheaper way."""
    if (total - keeping) * _DEARER > keeping:
        _copy_graphs(before, target, kept)
        return
    _copy_store(before, target)
    store = Store(str(target))
    for graph in list(store.named_graphs()):
        if graph.value not in kept:
            store.remove_graph(graph)
    store.flush()


def _copy_graphs(before: Path, target: Path, kept: Collection[str]) -> None:
    source = _open(before)
    target.mkdir(parents=True)
    store = Store(str(target))
    for graph in kept:
        store.bulk_extend(source.quads_for_pattern(None, None, None, NamedNode(graph)))
    store.flush()


def _copy_store(before: Path, target: Path) -> None:
    """Copy a store that nobody writes to; what never changes is linked, not copied."""
    if not (before / "CURRENT").is_file():
        raise _lost(before, "it is gone")
    target.mkdir(parents=True)
    for path in before.iterdir():
        if path.is_file() and path.name != "LOCK":
            link_or_copy(path, target / path.name, link=path.suffix == ".sst")


def link_or_copy(path: Path, to: Path, *, link: bool = True) -> None:
    """Give a file a second place, without its bytes where the disk can do that."""
    if link:
        try:
            os.link(path, to)
            return
        except OSError:
            pass  # another disk, or one that knows no hard links
    shutil.copy2(path, to)


def _link_indexes(before: Path, target: Path, names: Sequence[str] | None) -> None:
    """Take over the read indexes of some layers; None for all there are."""
    for path in sorted((before / INDEX).glob("*.sqlite")):
        if names is None or path.stem in names:
            (target / INDEX).mkdir(parents=True, exist_ok=True)
            link_or_copy(path, target / INDEX / path.name)


def _indexes_but(before: Path, name: str) -> list[str]:
    return [path.stem for path in (before / INDEX).glob("*.sqlite") if path.stem != name]


def _open(before: Path) -> Store:
    try:
        return Store.read_only(str(before))
    except OSError as error:
        raise _lost(before, str(error)) from error


def _lost(before: Path, why: str) -> StoreError:
    return StoreError(
        f"What was loaded cannot be taken over from {before} ({why}). Build without it, then load it again: "
        "dutygraph build --forget"
    )
