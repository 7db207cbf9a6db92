"""Who goes first while a large source is loaded: the bulk loader's threads, on whose pace everything waits.

The process that reads the source gives way to them, and so does compaction, by which the engine puts its files in
order in the background: nothing that is loaded waits for it, and what of it is not done when the load ends is not
missed (the files that it makes from freshly loaded ones are even larger, since the engine does not compress them).
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_THREADS = Path("/proc/self/task")
_COMPACTION = "rocksdb:low"
"""How the engine names its threads that compact files."""


def give_way() -> None:
    """Let other processes go before this one: on two cores the one that loads must not wait."""
    if hasattr(os, "nice"):  # Windows has none
        os.nice(10)


def let_compaction_wait() -> None:
    """Let the engine compact files only while a core has nothing else to do; where threads cannot be told so, nothing.

    Compaction begins with a store's first load: call this when the store is open.
    """
    with suppress(OSError):  # no such folder: not Linux
        for thread in _THREADS.iterdir():
            with suppress(OSError):  # it has ended meanwhile
                if (thread / "comm").read_text(encoding="utf-8").strip() == _COMPACTION:
                    os.setpriority(os.PRIO_PROCESS, int(thread.name), 19)
