"""What the tests share: a small invented register, its graph in memory and on disk, and a way to break it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Store

import dutygraph.graph.builds
import dutygraph.loaders.tables  # takes its schema from the real register, before FOLDER is changed
import dutygraph.register
from dutygraph.graph.builds import fill
from dutygraph.graph.store import OxigraphStore
from dutygraph.knowledge import KnowledgeGraph

FIXTURES = Path(__file__).parent / "fixtures"
REGISTER = FIXTURES / "register"

os.environ.pop("DUTYGRAPH_STORE", None)


@pytest.fixture(scope="session")
def register_folder() -> Path:
    """The invented register: Ambershire with two districts, Quillport, and Wenshire in Wales."""
    return REGISTER


@pytest.fixture(scope="session")
def small_store() -> Store:
    """The graph of the invented register, in memory."""
    return fill([REGISTER])


@pytest.fixture(scope="session")
def kg(small_store: Store) -> KnowledgeGraph:
    """The graph of the invented register, to be asked."""
    return KnowledgeGraph(OxigraphStore(small_store, "memory"))


@pytest.fixture(scope="session")
def store_folder(small_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same graph as a plain Oxigraph store on disk: what ``--store`` takes."""
    folder = tmp_path_factory.mktemp("store") / "plain"
    disk = Store(str(folder))
    disk.bulk_extend(small_store)
    disk.flush()
    del disk
    return folder


@pytest.fixture
def small_builds(monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let builds take the invented register for dutygraph's own, so that they take no time."""
    monkeypatch.setattr(dutygraph.graph.builds, "FOLDER", REGISTER)
    monkeypatch.setattr(dutygraph.register, "FOLDER", REGISTER)
    return REGISTER


@pytest.fixture
def copied_register(tmp_path: Path) -> Path:
    """A copy of the invented register, to be broken."""
    return Path(shutil.copytree(REGISTER, tmp_path / "register"))


@pytest.fixture
def mend() -> Callable[[Path, str, str], None]:
    """Replace words in a file that holds them exactly once."""

    def replace(path: Path, old: str, new: str) -> None:
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    return replace
