"""Loading next year's look-up table: what it says stands beside what is held, and the report shows what changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import dutygraph.graph.builds
import dutygraph.graph.geography
import dutygraph.register
from dutygraph.cli import main
from dutygraph.errors import BadInput
from dutygraph.geography import check_geography, load_geography
from dutygraph.knowledge import KnowledgeGraph, open_graph
from dutygraph.loaders.geography_held import HeldGeography
from dutygraph.ontology.namespaces import area_iri

NEXT_YEAR = """LAD27CD,LAD27NM,PFA27CD,PFA27NM
E07009901,Netherby,E23009902,Quillshire
E07009902,Overby-on-Sea,E23009901,Amberland
E07009903,Farby,E23009901,Amberland
E06009901,Quillport,E23009901,Amberland
W06009901,Wenshire,W15009901,North Wen
"""
REGISTER = Path(__file__).parent / "fixtures" / "register"
GRAPH = "https://w3id.org/dutygraph/graph/lad-pfa-apr2027"
Run = Callable[..., Result]


@pytest.fixture(scope="module", autouse=True)
def invented_register() -> Iterator[None]:
    """Builds take the invented register for dutygraph's own, so that they take no time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dutygraph.graph.builds, "FOLDER", REGISTER)
        patch.setattr(dutygraph.register, "FOLDER", REGISTER)
        yield


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tables") / "lad_pfa_apr2027.csv"
    path.write_text(NEXT_YEAR, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph folder into which nothing is loaded."""
    folder = tmp_path_factory.mktemp("held") / "graph"
    open_graph(folder)
    return folder


@pytest.fixture(scope="module")
def loaded_folder(tmp_path_factory: pytest.TempPathFactory, table: Path) -> Path:
    folder = tmp_path_factory.mktemp("loaded") / "graph"
    load_geography(folder, [str(table)])
    return folder


@pytest.fixture(scope="module")
def loaded(loaded_folder: Path) -> KnowledgeGraph:
    return open_graph(loaded_folder)


@pytest.fixture(scope="module")
def report(folder: Path, table: Path) -> dict[str, Any]:
    return check_geography(folder, [str(table)])[0].data


@pytest.fixture
def run(folder: Path) -> Run:
    return lambda *words: CliRunner().invoke(main, ["load", *map(str, words), "--store", str(folder)])


def test_a_code_that_is_not_held_is_told(report: dict[str, Any]) -> None:
    assert report["unknown_codes"] == [{"code": "E07009903", "name": "Farby", "kind": "District", "line": 4}]


def test_a_district_that_moved_is_told_with_where_it_is_held(report: dict[str, Any]) -> None:
    (moved,) = report["moved"]
    assert moved["area"]["name"] == "Netherby" and moved["other"]["code"] == "E23009902" and moved["line"] == 2
    assert [item["other"]["code"] for item in moved["held"]] == ["E23009901"]


def test_whole_in_place_of_part_is_told(report: dict[str, Any]) -> None:
    assert [(item["area"]["code"], item["relation"]) for item in report["extent_differs"]] == [("E06009901", "within")]


def test_a_new_name_is_told(report: dict[str, Any]) -> None:
    assert [(item["name"], item["held"]["name"]) for item in report["names_changed"]] == [("Overby-on-Sea", "Overby")]


def test_districts_without_a_partnership_area_are_told(report: dict[str, Any]) -> None:
    codes = [item["code"] for item in report["districts_without_partnership"]]
    assert codes == ["E06009901", "E07009901", "E07009902", "E07009903", "W06009901"]


@pytest.mark.parametrize(("listed", "missing"), [(7, ["E07009901"]), (0, [])], ids=["nearly all", "an extract"])
def test_an_area_left_out_is_told_only_if_the_table_has_nearly_all(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, listed: int, missing: list[str]
) -> None:
    """Two districts are held in 2027; so that one of them is a small share, others are held as well."""
    real = dutygraph.graph.geography.held_geography

    def with_more(*arguments: Any) -> HeldGeography:
        held = real(*arguments)
        more = [replace(held.by_code["E07009902"], iri=area_iri(f"E0700900{number}")) for number in range(7)]
        return replace(held, areas={**held.areas, **{area.iri: area for area in more}})

    monkeypatch.setattr(dutygraph.graph.geography, "held_geography", with_more)
    codes = ["E07009902", *(f"E0700900{number}" for number in range(listed))]
    path = tmp_path / "extract_apr2027.csv"
    path.write_text("LAD27CD\n" + "\n".join(codes), encoding="utf-8")
    found = check_geography(folder, [str(path)])[0].data["held_but_missing"]
    assert [item["code"] for item in found] == missing


def test_a_check_loads_nothing(run: Run, folder: Path, table: Path) -> None:
    before = (folder / "in-use.json").read_text(encoding="utf-8")
    result = run("geography", table, "--check")
    assert result.exit_code == 0 and "Codes not known until now (1):" in result.stdout
    assert (folder / "in-use.json").read_text(encoding="utf-8") == before


def test_the_report_is_there_as_json(run: Run, table: Path) -> None:
    (data,) = json.loads(run("geography", table, "--check", "--format", "json").stdout)
    assert data["as_at"] == "2027-04-30" and data["relations"] == {"police": 5}


def test_what_is_loaded_stands_in_a_graph_of_its_own_with_its_source(loaded: KnowledgeGraph) -> None:
    asked = f"""PREFIX dg: <https://w3id.org/dutygraph/def#> PREFIX prov: <http://www.w3.org/ns/prov#>
    PREFIX dcterms: <http://purl.org/dc/terms/>
    SELECT ?part ?from ?issued WHERE {{ GRAPH <{GRAPH}> {{ ?relation a dg:AreaRelation ; dg:part ?part ;
      dg:attestedFrom ?from ; dg:evidence dg:OfficialTable ; prov:wasDerivedFrom ?source .
      ?source dcterms:publisher ?publisher ; dcterms:issued ?issued }} }}"""
    found = {tuple(term.value.rsplit("/", 1)[-1] for term in row) for row in loaded.query(asked)}  # type: ignore[union-attr]
    day = "2027-04-30"
    assert found == {(code, day, day) for code in ("E07009901", "E07009903", "E06009901")}


def test_a_new_district_is_answered_with_what_the_table_says_of_it(loaded: KnowledgeGraph) -> None:
    answer = loaded.members("responsible authorities", area="Farby", on="2027-06-01")
    labels = {row["label"]: row["name_held"] for row in answer}
    assert labels["Chief Constable of Amberland Police"]
    assert not all(labels.values()), "the council of a new district is not held, which must show"


def test_a_moved_district_has_no_silent_winner(loaded: KnowledgeGraph) -> None:
    answer = loaded.members("responsible authorities", area="Netherby", on="2027-06-01")
    assert len({row["label"] for row in answer if row["label"].startswith("Chief")}) == 2
    assert any("Sources differ on where Netherby lies" in note for note in answer.notes)
    (difference,) = [row for row in loaded.differences("Netherby") if "2027" in row["label"]]
    assert "Quillshire" in str(difference) and "Amberland" in str(difference)


def test_what_is_held_already_is_answered_once(loaded: KnowledgeGraph) -> None:
    answer = loaded.members("responsible authorities", area="Overby", on="2027-06-01")
    labels = [row["label"] for row in answer]
    assert len(labels) == len(set(labels))
    asked = """PREFIX dg: <https://w3id.org/dutygraph/def#> PREFIX prov: <http://www.w3.org/ns/prov#>
    SELECT DISTINCT ?relation WHERE { ?relation a dg:AreaRelation ; dg:whole ?whole ; dg:part
      <http://statistics.data.gov.uk/id/statistical-geography/E07009902> . ?whole a dg:PoliceArea }"""
    assert len(list(loaded.query(asked))) == 1  # type: ignore[arg-type]


def test_loading_it_again_changes_nothing(loaded: KnowledgeGraph, loaded_folder: Path, table: Path) -> None:
    size = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    before = next(iter(loaded.query(size)))[0].value  # type: ignore[call-overload, index]
    report = load_geography(loaded_folder, [str(table)])[1][0].data
    assert len(report["unknown_codes"]) == 1, "what came from the table itself is not held against it"
    assert next(iter(open_graph(loaded_folder).query(size)))[0].value == before  # type: ignore[call-overload, index]


def test_two_files_of_one_name_are_not_mixed(loaded_folder: Path, tmp_path: Path, table: Path) -> None:
    other = tmp_path / table.name
    other.write_text(NEXT_YEAR, encoding="utf-8")
    with pytest.raises(BadInput, match="Another file of the name"):
        load_geography(loaded_folder, [str(other)])


@pytest.mark.parametrize("check", [(), ("--check",)])
def test_a_table_with_a_broken_row_is_told_and_not_loaded(
    run: Run, folder: Path, tmp_path: Path, check: tuple[str, ...]
) -> None:
    table = tmp_path / "broken_apr2027.csv"
    table.write_text(NEXT_YEAR + "nonsense,x,y,z\n", encoding="utf-8")
    before = (folder / "in-use.json").read_text(encoding="utf-8")
    result = run("geography", table, *check)
    assert result.exit_code == 1 and "line 7" in result.output and "Traceback" not in result.output
    assert (folder / "in-use.json").read_text(encoding="utf-8") == before


def test_only_look_up_tables_are_checked_so(run: Run, table: Path) -> None:
    assert run("rdf", table, "--check").exit_code == 2
    assert "is no CSV file" in run("geography", Path(__file__), "--check").output
    assert "is a table, no RDF" in run("rdf", table).output
