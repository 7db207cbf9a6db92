"""Sources that read one instrument are held against each other, provision by provision."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from dutygraph.agreement import agreement, unit
from dutygraph.cli import main
from dutygraph.graph.builds import build
from dutygraph.knowledge import KnowledgeGraph, load_into, open_graph
from dutygraph.loaders.powers_duties import COLUMNS
from dutygraph.queries.results import Record
from dutygraph.queries.rows import run

LEG = "http://www.legislation.gov.uk/id/"
ACT = f"{LEG}ukpga/1998/901"
ON = date(2015, 6, 1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A graph folder in which an extract, too, has read the Safe Places Act."""
    import dutygraph.graph.builds
    import dutygraph.register

    register = Path(__file__).parent / "fixtures" / "register"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dutygraph.graph.builds, "FOLDER", register)
        patch.setattr(dutygraph.register, "FOLDER", register)
        base = tmp_path_factory.mktemp("agreement")
        build(base / "graph")
        with (base / "part.csv").open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            for number, (section, kind, actor) in enumerate(
                [("6/1", "duty", "responsible authority"), ("77", "power", "owner"), ("7/1", "duty", "somebody else")]
            ):
                values = {
                    "dutyTempId": str(number), "duty_uri": f"{LEG}duties/ukpga/1998/901/2014-01-23/{kind}/{number:04}",
                    "enactment": ACT, "enactmentTitle": "Safe Places Act 1998", "enactmentType": "ukpga",
                    "enactmentYear": "1998", "section": f"{ACT}/section/{section}", "actor": actor, "modality": kind,
                    "action": f"do {number}", "inference": "explicit", "priority": "primary",
                }  # fmt: skip
                writer.writerow([values.get(name, "") for name in COLUMNS])
        load_into(base / "graph", "powers-duties", [str(base / "part.csv")])
        yield base / "graph"


def rows(folder: Path) -> dict[tuple[str, str], Record]:
    answer = agreement(open_graph(folder).store, "Safe Places Act 1998", ON)
    assert answer.verdict == "yes" and answer.details["sources"] == ["powers-duties", "register"]
    return {(row["provision"]["citation"], row["kind"]): row for row in answer}


def test_both_find_a_duty_of_the_same_holder(folder: Path) -> None:
    row = rows(folder)["s. 6", "duty"]
    assert row["finding"] == "agree" and row["not_found_in"] == []
    assert [item["source"] for item in row["says"]] == ["powers-duties", "register"]


def test_what_only_one_finds_is_said(folder: Path) -> None:
    row = rows(folder)["s. 77", "power"]
    assert row["finding"] == "differ" and row["not_found_in"] == ["register"]


def test_every_norm_of_the_register_in_force_is_in_the_comparison(folder: Path) -> None:
    held = {
        row["norm"]
        for row in run(open_graph(folder).store, "norms-by-source", {"instrument": ACT})
        if row["graph"].endswith("/register") and row.get("validFrom", "") <= "2015-06-01" < row.get("validUntil", "9")
    }
    shown = sum(
        len(item["actions"]) for row in rows(folder).values() for item in row["says"] if item["source"] == "register"
    )
    assert held and shown >= len(held)


def test_one_source_alone_cannot_agree(kg: KnowledgeGraph) -> None:
    answer = agreement(kg.store, "SPA 1998", ON)
    assert answer.verdict == "unknown" and "Only one source has it: register" in answer.message


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("regulation/9/2", "regulation/9"),
        ("schedule/2/part/1/paragraph/4/1", "schedule/2/part/1/paragraph/4"),
        ("", ""),
    ],
)
def test_provisions_are_compared_at_the_level_of_sections(path: str, expected: str) -> None:
    assert unit(path) == expected


def test_the_command_prints_one_finding_alone(folder: Path) -> None:
    asked = ["agreement", "ukpga/1998/901", "--only", "differ", "--on", "2015-06-01", "--store", str(folder)]
    result = CliRunner().invoke(main, [*asked, "--format", "csv"])
    assert "powers-duties: 1 (owner)" in result.stdout and ",agree," not in result.stdout
