"""Run queries in processes of their own, with a time limit that holds: a process that takes too long is killed."""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import Store

from ..errors import StoreError
from ..graph.store import GraphStore, OxigraphStore
from .protocol import Refused


@dataclass(frozen=True)
class Limits:
    """What one query may take.

    Attributes:
        seconds: time to answer.
        rows: rows or triples that are given; there may be more.
        at_once: queries that run at the same time.
        waiting: queries that may wait for their turn; one more is told to come again.
        length: bytes of a request.
    """

    seconds: float = 20.0
    rows: int = 100_000
    at_once: int = 2
    waiting: int = 20
    length: int = 200_000


DEFAULT_LIMITS = Limits()


class _Worker:
    """One process that answers queries over a store on disk."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", f"{__package__}.worker", str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def ask(self, request: Mapping[str, Any], seconds: float) -> tuple[dict[str, Any], bytes]:
        """Return the answer.

        Raises:
            TimeoutError: if it took too long; the process is gone then.
            EOFError: if the process died of the query.
        """
        timer = threading.Timer(seconds, self.process.kill)
        timer.start()
        try:
            return self._ask(request)
        except (OSError, EOFError) as error:
            if timer.finished.is_set():  # it was not cancelled yet: the timer has struck
                raise TimeoutError from error
            raise EOFError from error
        finally:
            timer.cancel()

    def _ask(self, request: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
        requests, answers = self.process.stdin, self.process.stdout
        if requests is None or answers is None:
            raise EOFError
        requests.write(json.dumps(request).encode() + b"\n")
        requests.flush()
        line = answers.readline()
        if not line:
            raise EOFError
        head = json.loads(line)
        data = answers.read(head["length"])
        if len(data) < head["length"]:
            raise EOFError
        return head, data

    def end(self) -> None:
        """End the process."""
        self.process.kill()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):  # it was writing when the process died
                    stream.close()
        self.process.wait()


class Workers:
    """Processes that answer queries over one store, made when they are first needed.

    Args:
        store: a store on disk is opened by each process; one in memory is first written to a temporary folder.
        limits: what one query may take.
    """

    def __init__(self, store: GraphStore, limits: Limits) -> None:
        self.store = store
        self.limits = limits
        self._free: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        for _place in range(limits.at_once):
            self._free.put(None)
        self._waiting = threading.Semaphore(limits.at_once + limits.waiting)
        self._copy: tempfile.TemporaryDirectory[str] | None = None
        self._folder: Path | None = None
        self._lock = threading.Lock()

    def ask(self, request: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
        """Answer one query; see :func:`dutygraph.web.worker.answer`.

        Raises:
            Refused: if too many are waiting, or the query takes more time or memory than it may.
        """
        if not self._waiting.acquire(blocking=False):
            raise Refused(503, "Too many queries are waiting. Ask again in a few seconds.")
        try:
            return self._ask(request)
        finally:
            self._waiting.release()

    def _ask(self, request: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
        worker = self._free.get()
        try:
            worker = worker or _Worker(self._store_folder())
            return worker.ask(request, self.limits.seconds)
        except TimeoutError:
            worker = _ended(worker)
            raise Refused(
                503, f"The query was stopped after {self.limits.seconds:g} seconds. Ask for less, or in parts."
            ) from None
        except EOFError:
            worker = _ended(worker)
            raise Refused(500, "The query took more memory than it may, or the engine failed on it.") from None
        finally:
            self._free.put(worker)

    def _store_folder(self) -> Path:
        with self._lock:
            if self._folder is None:
                self._folder = self._found_folder()
            return self._folder

    def _found_folder(self) -> Path:
        folder = Path(self.store.location)
        if (folder / "CURRENT").is_file():
            return folder
        if not isinstance(self.store, OxigraphStore):
            raise StoreError(f"{self.store.location} is an endpoint itself: ask it there.")
        self._copy = tempfile.TemporaryDirectory(prefix="dutygraph-")
        copy = Store(self._copy.name)
        copy.bulk_extend(self.store.store)
        copy.flush()
        return Path(self._copy.name)

    def close(self) -> None:
        """End the processes."""
        for _place in range(self.limits.at_once):
            worker = self._free.get()
            if worker is not None:
                worker.end()
            self._free.put(None)
        if self._copy is not None:
            self._copy.cleanup()
            self._copy, self._folder = None, None


def _ended(worker: _Worker | None) -> _Worker | None:
    """End a process and return what stands in its place: none, until the next query needs one."""
    if worker is not None:
        worker.end()
    return None
