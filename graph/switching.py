"""One builder at a time, and one atomic step from the build in use to the next.

Whoever makes a build (the register's in :mod:`dutygraph.graph.builds`, a layer's in :mod:`dutygraph.graph.layers`)
makes it beside the one in use and calls :func:`put_in_use` at the end.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from ..errors import StoreError
from .current import BUILDS, POINTER, Build, read_build

LOCK_SECONDS = 600
"""A lock that nobody has touched for so long was left by a build that was killed."""


def put_in_use(folder: Path, made: Build) -> str | None:
    """Name the new build as the one in use and return the folder of the one before it."""
    try:
        before = read_build(folder)
    except StoreError:
        before = None
    pointer = folder / f"{POINTER}.{os.getpid()}"
    pointer.write_text(json.dumps(asdict(made), indent=1), encoding="utf-8")
    pointer.replace(folder / POINTER)
    return before.folder if before else None


def drop_others(folder: Path, *kept: str | None) -> None:
    """Remove all builds but the one in use and the one before it, which a running reader may still have open.

    What a killed build left goes too; a build that a reader on Windows has open stays until next time.
    """
    for path in (folder / BUILDS).iterdir():
        if path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)


@contextmanager
def locked(folder: Path) -> Iterator[Callable[[], None]]:
    """Let one process build in a folder at a time.

    Yields:
        A function to call now and then, which says that the builder is at work: a load can take long.

    Raises:
        StoreError: if another process builds there.
    """
    path = folder / "building.lock"
    for _attempt in range(2):
        try:
            handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
            break
        except FileExistsError:
            if _alive(path):
                raise StoreError(
                    f"Another process is building the graph in {folder}. "
                    f"Wait for it, or, if it is gone, delete {path.name} there."
                ) from None
            path.unlink(missing_ok=True)
    else:
        raise StoreError(f"The graph in {folder} is locked. Delete {path} if no build is running.")
    try:
        os.write(handle, str(os.getpid()).encode())
        os.close(handle)
        yield lambda: os.utime(path)
    finally:
        path.unlink(missing_ok=True)


def _alive(lock: Path) -> bool:
    """Say whether the process that made the lock still runs (or may: on doubt it does, for ten minutes)."""
    try:
        age = time.time() - lock.stat().st_mtime
        number = int(lock.read_text(encoding="utf-8") or "0")
    except (OSError, ValueError):
        return False
    if age > LOCK_SECONDS:
        return False
    if os.name == "nt" or number == 0:
        return True
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
