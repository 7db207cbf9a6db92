"""Putting the files of a graph in order changes no answer, and nothing at all where it cannot be done."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from dutygraph.cli import main
from dutygraph.commands import keeping
from dutygraph.errors import StoreError
from dutygraph.graph.compacting import compact, store_bytes
from dutygraph.graph.current import BASE, BUILDS, read_build
from dutygraph.knowledge import load_into, open_graph, rebuild

HEADER = (
    "dutyTempId,duty_uri,enactment,enactmentTitle,enactmentYear,enactmentType,enactmentNum,section,subsection,actor,"
    "actorIsBody,actorIsAlias,actorDefinition,body_uri,modality,action,condition,inference,priority"
)
ACT = "http://www.legislation.gov.uk/id/ukpga/1998/37"
ROW = (
    f"1,http://www.legislation.gov.uk/id/duties/ukpga/1998/37/2025-11-13/duty/0001,{ACT},Crime and Disorder Act 1998,1998,"
    f"ukpga,37,{ACT}/section/6,1,lamplighter,,,,,duty,light the lamps,,explicit,primary"
)


@pytest.fixture
def folder(tmp_path: Path, small_builds: Path) -> Path:
    """A graph with a layer that stands apart."""
    graph = tmp_path / "graph"
    rebuild(graph)
    extract = tmp_path / "extract.csv"
    extract.write_text(f"{HEADER}\n{ROW}\n", encoding="utf-8")
    load_into(graph, "powers-duties", [str(extract)])
    return graph


def duties(folder: Path) -> int:
    kg = open_graph(folder)
    return len(list(kg.query('SELECT ?n { ?n <https://w3id.org/dutygraph/def#action> "light the lamps" }')))


def test_it_holds_the_same_afterwards_and_answers_the_same(folder: Path) -> None:
    before = read_build(folder)
    asked = list(open_graph(folder).members("responsible authorities", area="Netherby", on="2005-06-01"))
    made = compact(folder)
    assert before and made.folder != before.folder and made == read_build(folder)
    assert (made.quads, made.layers, made.fingerprint) == (before.quads, before.layers, before.fingerprint)
    assert store_bytes(folder, made) > 0
    assert duties(folder) == 1
    assert list(open_graph(folder).members("responsible authorities", area="Netherby", on="2005-06-01")) == asked
    assert any(row["label"] == "lamplighter" for row in open_graph(folder).search("lamps"))
    assert (folder / BUILDS / made.folder / BASE / "CURRENT").is_file(), (
        "the part without the layer is kept apart still"
    )


def test_who_reads_the_build_before_reads_on(folder: Path) -> None:
    reader = open_graph(folder)
    compact(folder)
    assert list(reader.members("responsible authorities", area="Netherby", on="2005-06-01"))


def test_it_can_be_done_twice_and_a_layer_replaced_after_it(folder: Path, tmp_path: Path) -> None:
    compact(folder)
    compact(folder)
    extract = tmp_path / "extract.csv"
    extract.write_text(f"{HEADER}\n{ROW.replace('light the lamps', 'put out the lamps')}\n", encoding="utf-8")
    load_into(folder, "powers-duties", [str(extract)])
    assert duties(folder) == 0


def test_a_graph_without_layers_has_no_part_apart(small_builds: Path, tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    rebuild(graph)
    made = compact(graph)
    assert not (graph / BUILDS / made.folder / BASE).exists()


def test_without_a_graph_it_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="dutygraph build"):
        compact(tmp_path)


def test_a_failure_leaves_the_graph_as_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = read_build(folder)

    def full(*_paths: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("dutygraph.graph.compacting.put_in_use", full)
    with pytest.raises(StoreError, match=r"No space left on device.*as it was"):
        compact(folder)
    assert before and read_build(folder) == before
    assert duties(folder) == 1
    compacted = [path.name for path in (folder / BUILDS).iterdir() if path.name > before.folder]
    assert compacted == []


def test_the_command_says_what_it_did(folder: Path) -> None:
    done = CliRunner().invoke(main, ["compact", "--store", str(folder)])
    assert done.exit_code == 0
    assert "MB of files" in done.stdout and "statements in" in done.stdout


def test_a_large_load_says_that_it_can_be_done(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command = ["load", "powers-duties", str(tmp_path / "extract.csv"), "--store", str(folder)]
    assert "dutygraph compact" not in CliRunner().invoke(main, command).stdout
    monkeypatch.setattr(keeping, "_WORTH_COMPACTING", 5)
    assert "dutygraph compact" in CliRunner().invoke(main, command).stdout
