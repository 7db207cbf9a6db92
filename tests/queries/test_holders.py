"""Who an actor is in law is proposed within the enactment that defines the words, judged by a person, and loaded back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from dutygraph.cli import main
from dutygraph.errors import BadInput, RegisterFault
from dutygraph.graph.builds import build
from dutygraph.knowledge import KnowledgeGraph, load_into, open_graph
from dutygraph.loaders.powers_duties import COLUMNS
from dutygraph.queries.results import Record
from dutygraph.queries.rows import run

LEG = "http://www.legislation.gov.uk/id/"
CLASS = "https://w3id.org/dutygraph/id/class/spa1998-responsible-authority"
ROWS = [
    ("ukpga/1998/901", "responsible authority", "", ""),
    ("ukpga/1998/901", "safe places authority", "", ""),
    ("ukpga/1998/901", "partner", "responsible authorities", ""),
    ("ukpga/1998/901", "local policing body", "", "has the meaning given by section 7"),
    ("ukpga/1998/901", "directing minister", "", "has the meaning given by section 44"),
    ("ukpga/2001/5", "responsible authority", "", ""),
    ("ukpga/2001/5", "council", "", ""),
    ("ukpga/2001/5", "local authority", "", ""),
    ("asp/2001/6", "council", "", ""),
    ("ukpga/2001/5", "owner", "", ""),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A graph folder with an extract of invented Acts in it."""
    import dutygraph.graph.builds
    import dutygraph.register

    register = Path(__file__).parents[1] / "fixtures" / "register"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dutygraph.graph.builds, "FOLDER", register)
        patch.setattr(dutygraph.register, "FOLDER", register)
        base = tmp_path_factory.mktemp("holders")
        build(base / "graph")
        with (base / "part.csv").open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            for number, (path, actor, alias, definition) in enumerate(ROWS):
                values = {
                    "dutyTempId": str(number), "duty_uri": f"{LEG}duties/{path}/2026-01-23/duty/{number:04}",
                    "enactment": LEG + path, "enactmentTitle": f"Act of {path}", "enactmentYear": "2001",
                    "enactmentType": path.split("/")[0], "section": f"{LEG}{path}/section/1", "actor": actor,
                    "actorIsAlias": alias, "actorDefinition": definition, "modality": "duty", "action": "act",
                    "inference": "explicit", "priority": "primary",
                }  # fmt: skip
                writer.writerow([values.get(name, "") for name in COLUMNS])
        load_into(base / "graph", "powers-duties", [str(base / "part.csv")])
        yield base / "graph"


@pytest.fixture
def loaded(folder: Path) -> KnowledgeGraph:
    return open_graph(folder)


def proposal(kg: KnowledgeGraph, path: str, name: str) -> Record:
    [row] = [row for row in kg.holders(act=path, on="2026-01-01") if row["name"] == name]
    return row


@pytest.mark.parametrize(
    ("name", "how"), [("responsible authority", "exact"), ("safe places authority", "exact"), ("partner", "alias")]
)
def test_a_class_is_matched_within_the_enactment_that_defines_it(loaded: KnowledgeGraph, name: str, how: str) -> None:
    row = proposal(loaded, "ukpga/1998/901", name)
    assert (row["candidate_iri"], row["how"], row["grade"]) == (CLASS, how, "yes")
    assert "s. 5(1)" in row["because"]


def test_the_same_words_in_another_act_are_no_match_and_say_why(loaded: KnowledgeGraph) -> None:
    row = proposal(loaded, "ukpga/2001/5", "responsible authority")
    assert (row["candidate_iri"], row["grade"]) == (CLASS, "no") and "another enactment" in row["because"]


def test_a_definition_that_points_at_the_provision_decides_and_one_that_points_elsewhere_casts_doubt(
    loaded: KnowledgeGraph,
) -> None:
    assert proposal(loaded, "ukpga/1998/901", "local policing body")["how"] == "defined term"
    assert proposal(loaded, "ukpga/1998/901", "local policing body")["grade"] == "yes"
    assert proposal(loaded, "ukpga/1998/901", "directing minister")["grade"] == "unsure"


def test_a_kind_of_body_goes_by_its_own_name_and_only_there(loaded: KnowledgeGraph) -> None:
    assert (proposal(loaded, "ukpga/2001/5", "council")["grade"]) == "yes"
    assert (proposal(loaded, "asp/2001/6", "council")["grade"]) == "unsure"


def test_what_has_no_candidate_is_not_judged(loaded: KnowledgeGraph) -> None:
    row = proposal(loaded, "ukpga/2001/5", "owner")
    assert row["grade"] == "not judged" and row["candidate"] is None


def test_a_grade_keeps_the_rest_out(loaded: KnowledgeGraph) -> None:
    assert {row["grade"] for row in loaded.holders(grade="no")} == {"no"}
    with pytest.raises(BadInput, match="not judged"):
        loaded.holders(grade="perhaps")


def test_the_table_is_edited_and_loaded_back(folder: Path, tmp_path: Path) -> None:
    printed = CliRunner().invoke(
        main, ["holders", "--act", "ukpga/1998/901", "--format", "csv", "--store", str(folder)]
    )
    rows = list(csv.DictReader(io.StringIO(printed.stdout)))
    for row in rows:
        row["decision"] = "yes" if row["name"] == "responsible authority" else "no" if row["name"] == "partner" else ""
    path = tmp_path / "review.csv"
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    assert load_into(folder, "holders", [str(path)]).layers[-1].notes == ("decisions: 2",)
    found = run(open_graph(folder).store, "extracted-norms-of", {"holder": CLASS})
    assert [row["actorLabel"] for row in found] == ["responsible authority"]


def test_a_broken_review_is_reported_whole_and_nothing_is_loaded(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "review.csv"
    path.write_text("actor,candidate_iri,decision\nx,y,perhaps\n,,\n", encoding="utf-8")
    with pytest.raises(RegisterFault, match=r"review\.csv, line 2, decision") as error:
        load_into(folder, "holders", [str(path)])
    assert len(error.value.faults) == 3
