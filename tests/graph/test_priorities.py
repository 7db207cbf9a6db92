"""While a large source is loaded, what nobody waits for gives way."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from pyoxigraph import Store

from dutygraph.graph import priorities


def compaction_threads() -> dict[str, int]:
    """The engine's threads that compact files, each with its niceness."""
    found = {}
    for thread in Path("/proc/self/task").iterdir():
        if (thread / "comm").read_text(encoding="utf-8").strip() == "rocksdb:low":
            found[thread.name] = os.getpriority(os.PRIO_PROCESS, int(thread.name))
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="threads have priorities of their own on Linux only")
def test_compaction_waits_and_the_rest_of_the_process_does_not(tmp_path: Path) -> None:
    before = os.getpriority(os.PRIO_PROCESS, 0)
    store = Store(str(tmp_path / "store"))
    priorities.let_compaction_wait()
    assert compaction_threads() and set(compaction_threads().values()) == {19}
    assert os.getpriority(os.PRIO_PROCESS, 0) == before
    del store


def test_a_system_without_such_threads_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(priorities, "_THREADS", tmp_path / "no-such-folder")
    priorities.let_compaction_wait()


def test_a_thread_that_ended_meanwhile_is_passed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "17").mkdir()  # its name can no longer be read
    monkeypatch.setattr(priorities, "_THREADS", tmp_path)
    priorities.let_compaction_wait()
