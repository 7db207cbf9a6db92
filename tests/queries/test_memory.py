"""What is read again and again is kept, but only for a graph that cannot change."""

from __future__ import annotations

import gc
import threading
import time
from pathlib import Path

import pytest

from dutygraph.graph.store import disk_store, memory_store
from dutygraph.knowledge import KnowledgeGraph
from dutygraph.queries import memory
from dutygraph.queries.memory import keep, recall, remembered


def test_a_store_that_can_change_is_asked_anew(store_folder: Path) -> None:
    changing, fixed = memory_store(), disk_store(store_folder)
    for store in (changing, fixed):
        keep(store, ("rows", "q"), 1)
    assert recall(changing, ("rows", "q")) is None
    assert recall(fixed, ("rows", "q")) == 1


def test_the_least_lately_used_goes_first(store_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(memory._KEPT, "rows", 2)
    store = disk_store(store_folder)
    for name in "ab":
        keep(store, ("rows", name), name)
    assert recall(store, ("rows", "a")) == "a"
    keep(store, ("rows", "c"), "c")
    assert [recall(store, ("rows", name)) for name in "abc"] == ["a", None, "c"]


def test_of_many_who_ask_at_once_one_makes_a_page(store_folder: Path) -> None:
    store, made = disk_store(store_folder), []

    def make() -> str:
        time.sleep(0.05)
        made.append(1)
        return "page"

    threads = [threading.Thread(target=lambda: remembered(store, ("pages", "x"), make)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [1]


def test_a_failure_is_not_kept(store_folder: Path) -> None:
    store = disk_store(store_folder)

    def fail() -> str:
        raise LookupError("no")

    with pytest.raises(LookupError):
        remembered(store, ("pages", "y"), fail)
    assert remembered(store, ("pages", "y"), lambda: "there") == "there"


def test_what_is_kept_goes_with_its_store(store_folder: Path) -> None:
    store = disk_store(store_folder)
    keep(store, ("rows", "q"), 1)
    before = len(memory._held)
    del store
    gc.collect()
    assert len(memory._held) < before


def test_answers_put_nothing_into_what_is_kept(store_folder: Path) -> None:
    kg = KnowledgeGraph(disk_store(store_folder))
    first = kg.who("plan", "Netherby", "2015-06-01").to_dict()
    kg.who("plan", "Quillport", "2015-06-01")
    kg.duties("Netherby Borough Council", None, "2015-06-01")
    assert kg.who("plan", "Netherby", "2015-06-01").to_dict() == first
