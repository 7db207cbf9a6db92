"""A build takes the place of the old one whole or not at all, and never in a reader's way."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import dutygraph
import dutygraph.graph.builds as builds
from dutygraph.errors import BadInput, RegisterFault, StoreError
from dutygraph.graph.current import fingerprint, read_build
from dutygraph.graph.store import disk_store
from dutygraph.graph.switching import LOCK_SECONDS
from dutygraph.knowledge import load_into, open_graph, rebuild

Mend = Callable[[Path, str, str], None]
PATIENCE = 60
"""Seconds after which a process that should have answered counts as lost."""

BUILD_SLOWLY = """
import sys, time
from pathlib import Path
import dutygraph.graph.builds as builds
builds.FOLDER = Path(sys.argv[2])
def wait(*_arguments):
    print("waiting", flush=True)
    time.sleep(600)
if sys.argv[3] == "tables":
    import dutygraph.loaders.tables
    dutygraph.loaders.tables.read_tables = wait
elif sys.argv[3] == "half":
    write = builds._write
    builds._write = lambda *given, **named: (write(*given, **named), wait())
else:
    builds.put_in_use = wait
builds.build(Path(sys.argv[1]))
"""

READ = """
import sys
import dutygraph.register
from pathlib import Path
dutygraph.register.FOLDER = Path(sys.argv[2])
from dutygraph.knowledge import open_graph
for line in sys.stdin:
    if line.startswith("open"):
        kg = open_graph(sys.argv[1])
    answer = kg.members("responsible authorities", "Netherby", "2005-06-01")
    print(answer.verdict, len(answer), flush=True)
"""


@pytest.fixture
def graph(tmp_path: Path, small_builds: Path) -> Path:
    """A graph folder with one build in it."""
    folder = tmp_path / "graph"
    builds.build(folder)
    return folder


@pytest.fixture
def start() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start Python processes; none outlives the test."""
    started: list[subprocess.Popen[str]] = []
    environment = os.environ | {"PYTHONPATH": str(Path(dutygraph.__path__[0]).parent)} if _in_checkout() else os.environ

    def run(script: str, *arguments: object) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", script, *(str(item) for item in arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=dict(environment),
        )
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.communicate()


def _in_checkout() -> bool:
    """Say whether dutygraph is imported through a path that child processes do not know by themselves."""
    return str(Path(dutygraph.__path__[0]).parent) in sys.path


def state(folder: Path) -> dict[str, bytes]:
    """Every file that counts: the pointer and the build that it names."""
    held = read_build(folder)
    assert held is not None
    files = [folder / "in-use.json", *(folder / "builds" / held.folder).glob("*.sst")]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def members(folder: Path) -> int:
    held = read_build(folder)
    assert held is not None
    return len(
        dutygraph.KnowledgeGraph(disk_store(folder / "builds" / held.folder)).members(
            "responsible authorities", "Netherby", "2005-06-01"
        )
    )


def test_a_build_says_what_it_holds_and_is_found_again(graph: Path) -> None:
    held = read_build(graph)
    assert held is not None and held.quads > 1000
    assert held.version == dutygraph.__version__
    assert {path.name for path in graph.iterdir()} == {"in-use.json", "builds"}
    assert members(graph) == 5


def test_progress_is_told_from_start_to_end(tmp_path: Path, small_builds: Path) -> None:
    told: list[tuple[str, float]] = []
    builds.build(tmp_path / "graph", progress=lambda what, share: told.append((what, share)))
    shares = [share for _what, share in told]
    assert shares == sorted(shares) and shares[-1] == 1.0 and len(shares) > 3


def test_a_broken_register_leaves_the_graph_of_yesterday(
    graph: Path, copied_register: Path, mend: Mend, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(graph)
    monkeypatch.setattr(builds, "FOLDER", copied_register)
    mend(copied_register / "roles.csv", "chair,chair,", "chair,,")
    with pytest.raises(RegisterFault, match="nothing was loaded"):
        builds.build(graph)
    assert state(graph) == before and members(graph) == 5
    assert {path.name for path in graph.iterdir()} == {"in-use.json", "builds"}


def test_a_broken_document_leaves_the_graph_of_yesterday(graph: Path, tmp_path: Path) -> None:
    before = state(graph)
    broken = tmp_path / "extra.ttl"
    broken.write_text("<https://example.org/a> nonsense", encoding="utf-8")
    with pytest.raises(BadInput, match=r"extra\.ttl, line 1"):
        load_into(graph, "rdf", [str(broken)])
    assert state(graph) == before


@pytest.mark.parametrize("place", ["tables", "half", "pointer"])
def test_a_build_that_is_killed_leaves_the_graph_of_yesterday(
    graph: Path, register_folder: Path, start: Callable[..., subprocess.Popen[str]], place: str
) -> None:
    before = state(graph)
    process = start(BUILD_SLOWLY, graph, register_folder, place)
    assert process.stdout is not None and process.stdout.readline() == "waiting\n"
    process.kill()
    process.wait(PATIENCE)
    assert state(graph) == before and members(graph) == 5
    assert (graph / "building.lock").exists(), "it had no time to take its lock away"
    old = read_build(graph)
    made = builds.build(graph)
    assert old is not None and members(graph) == 5
    left = {path.name for path in (graph / "builds").iterdir()}
    assert left == {made.folder, old.folder}, "what the killed build left is gone, what readers may have open is not"


def test_a_build_that_is_broken_off_by_hand_tidies_up(graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = state(graph)

    def interrupt(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(builds, "put_in_use", interrupt)
    with pytest.raises(KeyboardInterrupt):
        builds.build(graph)
    assert state(graph) == before
    assert len(list((graph / "builds").iterdir())) == 1 and not (graph / "building.lock").exists()


def test_a_second_builder_is_refused_while_the_first_one_builds(
    graph: Path, register_folder: Path, start: Callable[..., subprocess.Popen[str]]
) -> None:
    process = start(BUILD_SLOWLY, graph, register_folder, "tables")
    assert process.stdout is not None and process.stdout.readline() == "waiting\n"
    with pytest.raises(StoreError, match="Another process is building the graph"):
        builds.build(graph)
    assert members(graph) == 5


def test_the_graph_of_yesterday_answers_while_another_process_builds_a_newer_one(
    graph: Path,
    copied_register: Path,
    mend: Mend,
    monkeypatch: pytest.MonkeyPatch,
    start: Callable[..., subprocess.Popen[str]],
) -> None:
    process = start(BUILD_SLOWLY, graph, copied_register, "tables")
    assert process.stdout is not None and process.stdout.readline() == "waiting\n"
    mend(copied_register / "roles.csv", "chair,chair,", "chair,chairing,")
    monkeypatch.setattr(dutygraph.register, "FOLDER", copied_register)
    assert open_graph(graph).members("responsible authorities", "Netherby", "2005-06-01").verdict == "yes"


@pytest.mark.parametrize("content", ["", "999999999", "nonsense"])
def test_a_lock_that_nobody_holds_is_no_hindrance(graph: Path, content: str) -> None:
    lock = graph / "building.lock"
    lock.write_text(content, encoding="utf-8")
    if not content:
        long_ago = time.time() - 2 * LOCK_SECONDS
        os.utime(lock, (long_ago, long_ago))
    builds.build(graph)
    assert not lock.exists()


def test_two_processes_read_while_one_builds(
    graph: Path, register_folder: Path, start: Callable[..., subprocess.Popen[str]]
) -> None:
    readers = [start(READ, graph, register_folder) for _ in range(2)]

    def answers(word: str) -> list[str]:
        lines = []
        for reader in readers:
            assert reader.stdin is not None and reader.stdout is not None
            reader.stdin.write(f"{word}\n")
            reader.stdin.flush()
            lines.append(reader.stdout.readline())
        return lines

    assert answers("open") == ["yes 5\n"] * 2
    told: list[list[str]] = []
    builds.build(graph, progress=lambda _what, _share: told.append(answers("again")))
    assert len(told) > 3 and all(lines == ["yes 5\n"] * 2 for lines in told)
    assert answers("again") == ["yes 5\n"] * 2, "the old build stays for those who have it open"
    assert answers("open") == ["yes 5\n"] * 2


def test_the_build_before_stays_and_older_ones_go(graph: Path) -> None:
    first = read_build(graph)
    second, third = builds.build(graph), builds.build(graph)
    assert first is not None
    assert {path.name for path in (graph / "builds").iterdir()} == {second.folder, third.folder}


def test_a_change_of_a_table_makes_the_next_question_build_anew(
    graph: Path, copied_register: Path, mend: Mend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builds, "FOLDER", copied_register)
    monkeypatch.setattr(dutygraph.register, "FOLDER", copied_register)
    before = read_build(graph)
    open_graph(graph)
    assert read_build(graph) == before, "nothing changed, nothing is built"
    mend(copied_register / "bodies.csv", "Netherby Borough Council", "Netherby City Council")
    labels = {row["label"] for row in open_graph(graph).members("responsible authorities", "Netherby", "2005-06-01")}
    assert "Netherby City Council" in labels and read_build(graph) != before


def test_the_fingerprint_tells_registers_apart(register_folder: Path, copied_register: Path, mend: Mend) -> None:
    assert fingerprint([register_folder]) == fingerprint([copied_register])
    mend(copied_register / "roles.csv", "chair,chair,", "chair,chairing,")
    assert fingerprint([register_folder]) != fingerprint([copied_register])


def test_what_was_loaded_stays_with_every_build_until_it_is_forgotten(graph: Path, tmp_path: Path) -> None:
    extra = tmp_path / "extra.ttl"
    extra.write_text("<https://example.org/a> <https://example.org/b> 'first' .", encoding="utf-8")
    once = load_into(graph, "rdf", [str(extra)])
    extra.write_text("<https://example.org/a> <https://example.org/b> 'second' .", encoding="utf-8")
    twice = load_into(graph, "rdf", [str(extra)])
    assert once.documents == twice.documents == (str(extra.resolve()),)
    values = [row[0].value for row in open_graph(graph).query("SELECT ?o { <https://example.org/a> ?p ?o }")]  # type: ignore[index, union-attr]
    assert values == ["second"], "loading a file again replaces what came from it"
    assert rebuild(graph)[0].documents == once.documents
    assert rebuild(graph, forget=True)[0].documents == ()


def test_what_is_not_there_cannot_be_loaded(graph: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"absent\.ttl is not there"):
        load_into(graph, "rdf", [str(tmp_path / "absent.ttl")])


def test_what_was_loaded_and_is_gone_is_said_with_the_way_out(
    graph: Path, tmp_path: Path, register_folder: Path
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    shutil.copy(register_folder / "topics.csv", own / "topics.csv")
    (own / "topics.csv").write_text("id,label,also_called,broader,note\nharbour,harbour,,,\n", encoding="utf-8")
    load_into(graph, "register", [str(own)])
    shutil.rmtree(own)
    with pytest.raises(BadInput, match="dutygraph build --forget"):
        open_graph(graph)
    rebuild(graph, forget=True)
    assert members(graph) == 5


def test_a_damaged_pointer_is_said_with_the_way_out(graph: Path) -> None:
    (graph / "in-use.json").write_text('{"folder": ', encoding="utf-8")
    with pytest.raises(StoreError, match="dutygraph build --forget"):
        open_graph(graph)
    rebuild(graph, forget=True)
    assert members(graph) == 5


def test_a_build_that_was_deleted_by_hand_is_said(graph: Path) -> None:
    shutil.rmtree(graph / "builds")
    with pytest.raises(StoreError, match="There is no graph in"):
        open_graph(graph)


def test_a_pointer_holds_nothing_but_plain_values(graph: Path) -> None:
    pointer = json.loads((graph / "in-use.json").read_text(encoding="utf-8"))
    assert pointer.keys() == {
        "folder",
        "fingerprint",
        "made_at",
        "version",
        "quads",
        "registers",
        "documents",
        "layers",
    }


def test_a_folder_that_cannot_be_written_is_said_in_a_line(tmp_path: Path, small_builds: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be built"):
        builds.build(tmp_path / "file")


def test_an_endpoint_and_a_plain_store_are_no_place_to_build(store_folder: Path) -> None:
    with pytest.raises(StoreError, match="is an endpoint"):
        rebuild("https://example.org/sparql")
    with pytest.raises(StoreError, match="is a plain Oxigraph store"):
        rebuild(store_folder)


def test_every_named_graph_says_what_it_is(graph: Path) -> None:
    rows = open_graph(graph).query(
        """PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX dcterms: <http://purl.org/dc/terms/>
        SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } FILTER NOT EXISTS { GRAPH ?g { ?g a dcat:Dataset ; dcterms:title ?title } } }"""
    )
    assert list(rows) == []  # type: ignore[arg-type]
