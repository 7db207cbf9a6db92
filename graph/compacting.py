"""Put the files of the store in order, so that SPARQL over much that was loaded answers several times as fast.

The bulk loader writes a set of files for each million statements, and every look-up in the store asks each set that
may have an answer. Compaction makes one of them. It takes time and room that a load need not take, so it is a step of
its own. As every change it makes a new build beside the one in use: who reads that reads on.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from pyoxigraph import Store

from ..errors import StoreError
from .carrying import carry_all_but, link_base
from .current import BUILDS, Build, read_build
from .switching import drop_others, locked, put_in_use


def compact(folder: Path, progress: Callable[[str, float], None] = lambda _what, _share: None) -> Build:
    """Make a build that holds the same as the one in use, with its files in order, and put it in use.

    Args:
        folder: the graph folder, with a build in it.
        progress: told what is being done.

    Returns:
        The new build.

    Raises:
        StoreError: if there is no graph, another process builds in this folder, or the disk refuses.
    """
    try:
        with locked(folder):
            made = _compact(folder, progress)
    except OSError as error:
        if isinstance(error, StoreError):
            raise
        raise StoreError(
            f"The files of the graph in {folder} cannot be put in order ({error.strerror or error}). "
            "The graph is as it was."
        ) from error
    progress("done", 1.0)
    return made


def _compact(folder: Path, progress: Callable[[str, float], None]) -> Build:
    held = read_build(folder)
    if held is None:
        raise StoreError(f"There is no graph in {folder}. Make one: dutygraph build")
    made = replace(held, folder=datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f"))
    target = folder / BUILDS / made.folder
    try:
        progress("taking over what is held", 0.0)
        carry_all_but(folder, held, target, None)
        if held.layers:
            link_base(folder, held, target)
        progress("putting the files in order (three seconds for each million statements)", 0.05)
        Store(str(target)).optimize()
        before = put_in_use(folder, made)
    except BaseException:
        shutil.rmtree(target, ignore_errors=True)
        raise
    drop_others(folder, made.folder, before)
    return made


def store_bytes(folder: Path, made: Build) -> int:
    """Return how many bytes the files of a build's statements have."""
    return sum(path.stat().st_size for path in (folder / BUILDS / made.folder).glob("*.sst"))
