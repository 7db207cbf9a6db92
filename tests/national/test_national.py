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


def facts(kg: KnowledgeGraph, partnership: str, what: str, on: str) -> dict[str, list[str]]:
    rows = kg.partnership(partnership, on=on).rows
    return {row["value"]: [law["citation"] for law in row["basis"]] for row in rows if row["what"] == what}


def test_a_combined_partnership_shows_both_councils_and_that_its_instrument_is_not_held(kg: KnowledgeGraph) -> None:
    name = "North Devon Community Safety Partnership"
    assert set(facts(kg, name, "combines", "2024-01-01")) == {"North Devon", "Torridge"}
    (words,) = facts(kg, name, "combined by", "2024-01-01")
    assert "not held" in words
    held = facts(kg, name, "one of the responsible authorities", "2024-01-01")
    assert {"North Devon District Council", "Torridge District Council"} <= set(held)


def test_a_partnership_combined_by_order_shows_the_order(kg: KnowledgeGraph) -> None:
    combined = facts(kg, "Dorset Community Safety Partnership", "combines", "2015-01-01")
    assert len(combined) == 6 and all("SI 2010/970, art. 3" in laws for laws in combined.values())


def test_a_known_gap_is_shown_as_a_name_that_is_not_held(kg: KnowledgeGraph) -> None:
    missing = [
        row for row in kg.members("responsible authorities", area="Lewes", on="2005-06-01") if not row["name_held"]
    ]
    assert "Crime and Disorder Act 1998, s. 5(1)(e)" in {law["citation"] for row in missing for law in row["basis"]}


def test_what_is_legislated_is_answered_from_its_day(kg: KnowledgeGraph) -> None:
    assert "Elmbridge Borough Council" in names(kg, "Elmbridge", "2027-03-31")
    assert {"East Surrey Council", "Chief Constable of Surrey Police"} <= names(kg, "Elmbridge", "2027-04-01")
    assert names(kg, "East Surrey", "2027-04-01") == names(kg, "Elmbridge", "2027-04-01")
