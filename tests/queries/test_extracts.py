"""What an extract holds is asked by actor, by enactment and in counts, and the register answers as before."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

from dutygraph.cli import main
from dutygraph.errors import BadInput, UnknownName
from dutygraph.graph.builds import build
from dutygraph.graph.store import OxigraphStore
from dutygraph.graph.words import index_in_memory
from dutygraph.knowledge import KnowledgeGraph, load_into, open_graph
from dutygraph.loaders.powers_duties import COLUMNS
from dutygraph.queries.norms import _norm_words
from dutygraph.queries.rows import run

LEG = "http://www.legislation.gov.uk/id/"
ON = "2026-11-25"


def rows() -> list[list[str]]:
    """Two Acts: in the first the harbour board and the pilot, in the second the harbour board and the owner."""
    made = []
    plan = [(1, 10, "harbour board", "duty"), (1, 2, "Harbour Board", "power"), (1, 1, "pilot", "duty")]
    for act, section, actor, kind in [*plan, (2, 5, "harbour boards", "duty"), (2, 6, "owner", "duty")]:
        enactment = f"{LEG}ukpga/200{act}/{act}"
        values = {
            "dutyTempId": f"{act}{section}", "enactment": enactment, "enactmentTitle": f"Harbours Act 200{act}",
            "duty_uri": f"{LEG}duties/ukpga/200{act}/{act}/2026-01-23/{kind}/{section:04}", "enactmentYear": f"200{act}",
            "enactmentType": "ukpga", "section": f"{enactment}/section/{section}", "actor": actor, "modality": kind,
            "action": f"light lamp {section}", "inference": "explicit", "priority": "primary",
        }  # fmt: skip
        made.append([values.get(name, "") for name in COLUMNS])
    return made


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph folder with the extract in it."""
    import dutygraph.graph.builds
    import dutygraph.register

    register = Path(__file__).parents[1] / "fixtures" / "register"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dutygraph.graph.builds, "FOLDER", register)
        patch.setattr(dutygraph.register, "FOLDER", register)
        base = tmp_path_factory.mktemp("extract")
        build(base / "graph")
        with (base / "part.csv").open("w", newline="") as file:
            csv.writer(file).writerows([COLUMNS, *rows()])
        load_into(base / "graph", "powers-duties", [str(base / "part.csv")])
        yield base / "graph"


@pytest.fixture
def loaded(folder: Path) -> KnowledgeGraph:
    return open_graph(folder)


def test_an_actor_is_found_whatever_the_case_and_number(loaded: KnowledgeGraph) -> None:
    answer = loaded.extract("HARBOUR BOARDS", on=ON)
    assert [row["law"] for row in answer] == [
        "Harbours Act 2001, s. 10",
        "Harbours Act 2001, s. 2",
        "Harbours Act 2002, s. 5",
    ]
    assert answer.message == "2 duties and 1 powers." and "other spellings" in answer.notes[0]
    assert [row["law"] for row in loaded.extract("harbour board", kind="power", on=ON)] == ["Harbours Act 2001, s. 2"]


def test_an_enactment_is_answered_in_the_order_of_its_provisions(loaded: KnowledgeGraph) -> None:
    expected = ["Harbours Act 2001, s. 1", "Harbours Act 2001, s. 2", "Harbours Act 2001, s. 10"]
    for name in ("harbours act 2001", "ukpga/2001/1", "https://www.legislation.gov.uk/id/ukpga/2001/1/"):
        assert [row["law"] for row in loaded.extract(act=name, on=ON)] == expected
    assert (
        next(iter(loaded.extract(act="ukpga/2001/1", on=ON)))["iri"] == f"{LEG}duties/ukpga/2001/1/2026-01-23/duty/0001"
    )


def test_actors_are_counted_alone_and_beside_each_other(loaded: KnowledgeGraph) -> None:
    assert {row["holder"]: row["norms"] for row in loaded.extract(top=True, on=ON)}["pilot"] == 1
    beside = loaded.extract(beside="pilot", on=ON)
    assert {row["holder"]: row["norms"] for row in beside} == {"harbour board": 1, "Harbour Board": 1}
    assert [(row["kind"], row["norms"]) for row in loaded.extract(on=ON)] == [("duty", 4), ("power", 1)]


def test_an_unknown_name_suggests_what_is_near(loaded: KnowledgeGraph) -> None:
    with pytest.raises(UnknownName, match="Near it: Harbour Board"):
        loaded.extract("harbour", on=ON)
    with pytest.raises(UnknownName, match="--kind instrument"):
        loaded.extract(act="Lamps Act 1900", on=ON)


def test_without_an_extract_the_way_to_one_is_said(kg: KnowledgeGraph) -> None:
    with pytest.raises(BadInput, match="dutygraph load powers-duties"):
        kg.extract("harbour board")


def test_the_command_prints_it(folder: Path) -> None:
    asked = ["extract", "--store", str(folder), "--on", ON]
    assert "light lamp 10" in CliRunner().invoke(main, [*asked, "--actor", "harbour board"]).stdout
    assert "pilot" in CliRunner().invoke(main, [*asked, "--top", "--format", "csv"]).stdout
    assert CliRunner().invoke(main, [*asked, "--top", "--act", "x"]).exit_code == 2


def test_the_index_holds_the_words_that_the_query_finds_in_the_register(
    loaded: KnowledgeGraph, kg: KnowledgeGraph
) -> None:
    by_query = {(row["norm"], int(row["weight"]), row["words"]) for row in run(kg.store, "norm-words")}
    by_index = {(row["norm"], int(row["weight"]), row["words"]) for row in _norm_words(loaded.store)}
    assert by_query == by_index
    assert isinstance(kg.store, OxigraphStore)
    in_memory = index_in_memory(kg.store.store).execute("SELECT norm, weight, words FROM said")
    assert set(in_memory) == by_query


@pytest.mark.parametrize("text", ["plan", "strategy", "section 6", "annual report", "lamp", "harbour"])
def test_who_answers_as_without_the_extract(loaded: KnowledgeGraph, kg: KnowledgeGraph, text: str) -> None:
    assert loaded.who(text, "Netherby", "2015-06-01").to_dict() == kg.who(text, "Netherby", "2015-06-01").to_dict()
