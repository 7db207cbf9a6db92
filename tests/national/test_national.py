"""The national register, loaded beside ours: places elsewhere in England and Wales are answered by the same rules."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dutygraph.knowledge import KnowledgeGraph, load_into, open_graph
from dutygraph.loaders.tables import read_tables
from dutygraph.national import FOLDER as NATIONAL
from dutygraph.register import FOLDER


@pytest.fixture(scope="module")
def kg(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeGraph]:
    folder = tmp_path_factory.mktemp("national") / "graph"
    load_into(folder, "register", ["national"])
    yield open_graph(folder)


def names(kg: KnowledgeGraph, area: str, on: str) -> set[str]:
    return {row["label"] for row in kg.members("responsible authorities", area=area, on=on) if row["name_held"]}


def test_it_fits_beside_the_register_without_a_fault() -> None:
    ours, national = read_tables([FOLDER, NATIONAL])
    assert len(national["areas"]) > 1000 and len(national["bodies"]) > 1000
    assert not {row["code"] for row in ours["areas"]} & {row["code"] for row in national["areas"]}


@pytest.mark.parametrize(
    ("area", "on", "expected"),
    [
        (
            "Cardiff",
            "2024-01-01",
            {
                "Cardiff Council",
                "Chief Constable of South Wales Police",
                "South Wales Fire and Rescue Authority",
                "Cardiff and Vale University Health Board",
                "Probation Service, Wales region",
            },
        ),
        (
            "Powys",
            "2012-07-01",
            {
                "Powys County Council",
                "Chief Constable of Dyfed-Powys Police",
                "Dyfed-Powys Police Authority",
                "Mid and West Wales Fire and Rescue Authority",
                "Powys Teaching Local Health Board",
                "Wales Probation Trust",
            },
        ),
        (
            "Bristol",
            "2010-05-01",
            {
                "Bristol City Council",
                "Chief Constable of Avon and Somerset Constabulary",
                "Avon and Somerset Police Authority",
                "Avon Fire Authority",
                "Bristol Primary Care Trust",
                "Avon and Somerset Probation Trust",
            },
        ),
    ],
)
def test_responsible_authorities_elsewhere_are_those_of_the_law(
    kg: KnowledgeGraph, area: str, on: str, expected: set[str]
) -> None:
    assert names(kg, area, on) == expected


def test_the_mayor_is_the_local_policing_body_for_leeds_from_may_2021(kg: KnowledgeGraph) -> None:
    answer = kg.members("local policing bodies", area="Leeds", on="2021-06-01")
    assert [row["label"] for row in answer if row["name_held"]] == ["Mayor of West Yorkshire"]


def test_rugby_is_answered_as_before(kg: KnowledgeGraph) -> None:
    assert "Warwickshire Police Authority" in names(kg, "Rugby", "2005-06-01")
    assert len(names(kg, "Rugby", "2005-06-01")) == 5


def test_the_folder_is_part_of_the_package() -> None:
    assert (Path(NATIONAL) / "areas.csv").is_file()
