"""Folders and ZIP files of documents: what is sound is loaded, what is broken is reported, nothing is doubled."""

from __future__ import annotations

import tracemalloc
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from dutygraph.cli import main
from dutygraph.errors import BadInput
from dutygraph.graph.builds import build
from dutygraph.loaders.clml.loading import Reading

FILES = Path(__file__).parent / "files"
GRAPH = "https://w3id.org/dutygraph/graph/legislation"
SMALL = (FILES / "small_act.xml").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "acts"
    (made / "deeper").mkdir(parents=True)
    (made / "one.xml").write_text(SMALL, encoding="utf-8")
    (made / "broken.xml").write_text(SMALL[:900], encoding="utf-8")
    (made / "page.xml").write_text("<html><body>Sorry</body></html>", encoding="utf-8")
    (made / "notes.txt").write_text("no XML", encoding="utf-8")
    (made / "deeper" / "two.xml").write_text(SMALL.replace("/2999/7", "/2999/8"), encoding="utf-8")
    return made


@pytest.fixture
def small_graph(tmp_path: Path, small_builds: Path) -> Path:
    """A graph folder with the invented register in it."""
    build(tmp_path / "graph")
    return tmp_path / "graph"


def test_a_broken_file_is_reported_and_the_rest_loads(folder: Path) -> None:
    reading = Reading([folder], GRAPH)
    instruments = {quad.subject.value for quad in reading.quads() if quad.object.value.endswith("#LegalResource")}  # type: ignore[union-attr]
    assert {iri.rpartition("/")[2] for iri in instruments} == {"7", "8"}
    report = "\n".join(reading.report())
    assert "2 documents read. 2 could not be read" in report
    assert "broken.xml, line" in report and "page.xml" in report


def test_a_zip_file_is_read_without_unpacking_it(folder: Path, tmp_path: Path) -> None:
    archive = tmp_path / "acts.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for path in folder.rglob("*.*"):
            file.write(path, path.relative_to(folder).as_posix())
    from_folder, from_zip = (set(Reading([path], GRAPH).quads()) for path in (folder, archive))
    assert from_folder == from_zip


def test_where_nothing_can_be_read_the_load_fails(tmp_path: Path) -> None:
    (tmp_path / "broken.xml").write_text("<a", encoding="utf-8")
    with pytest.raises(BadInput, match="this is no XML"):
        list(Reading([tmp_path / "broken.xml"], GRAPH).quads())
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadInput, match="no XML file"):
        list(Reading([tmp_path / "empty"], GRAPH).quads())


def test_memory_does_not_grow_with_the_number_of_documents(tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"{number}.xml").write_text(SMALL.replace("/2999/7", f"/2999/{number}"), encoding="utf-8")

    def peak(paths: list[Path]) -> int:
        tracemalloc.start()
        for _quad in Reading(paths, GRAPH).quads():
            pass
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    few = sorted(tmp_path.glob("*.xml"))[:4]
    peak([tmp_path])  # fills the caches, whose size is bounded
    assert peak([tmp_path]) < 2 * peak(few)


def test_the_command_loads_and_loading_again_adds_nothing(folder: Path, tmp_path: Path, small_graph: Path) -> None:
    store = small_graph
    counts = []
    for _time in range(2):
        done = CliRunner().invoke(main, ["load", "clml", str(folder), "--store", str(store)])
        assert done.exit_code == 0, done.output
        counts.append(done.output.rpartition("holds ")[2])
    assert counts[0] == counts[1]
    assert "broken.xml" in done.output
    done = CliRunner().invoke(main, ["load", "clml", str(folder / "one.xml"), "--store", str(store)])
    asked = "SELECT (COUNT(*) AS ?n) { ?s <http://data.europa.eu/eli/ontology#is_part_of> <http://www.legislation.gov.uk/id/ukpga/2999/7> }"
    shown = CliRunner().invoke(main, ["query", "-", "--format", "csv", "--store", str(store)], input=asked)
    assert shown.output.split() == ["n", "2"]


def test_the_day_is_for_identifiers_of_legislation(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["load", "rdf", "x.ttl", "--on", "2012-04-01", "--store", str(tmp_path / "g")])
    assert done.exit_code == 2 and "--on is for identifiers" in done.output
