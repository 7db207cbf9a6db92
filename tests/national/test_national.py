"""The national register, loaded beside ours: places elsewhere in England and Wales are answered by the same rules."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from dutygraph.errors import UnknownName
from dutygraph.graph.stories import read_story, story_names
from dutygraph.knowledge import KnowledgeGraph, load_into, open_graph
from dutygraph.loaders.tables import read_tables
from dutygraph.national import FOLDER as NATIONAL
from dutygraph.queries.lookup import find
from dutygraph.register import FOLDER


@pytest.fixture(scope="module")
def kg(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeGraph]:
    folder = tmp_path_factory.mktemp("national") / "graph"
    load_into(folder, "register", ["national"])
    yield open_graph(folder)


HERE = Path(__file__).parent
LOCAL_GOVERNMENT = ("E06", "E07", "E08", "E09", "W06")


def read(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


QUESTIONS, EXPECTED = read("questions.csv"), read("expected.csv")


def names(kg: KnowledgeGraph, area: str, on: str) -> set[str]:
    return {row["label"] for row in kg.members("responsible authorities", area=area, on=on) if row["name_held"]}


def test_it_fits_beside_the_register_without_a_fault() -> None:
    ours, national = read_tables([FOLDER, NATIONAL])
    assert len(national["areas"]) > 1000 and len(national["bodies"]) > 1000
    assert not {row["code"] for row in ours["areas"]} & {row["code"] for row in national["areas"]}


@pytest.mark.parametrize("question", QUESTIONS, ids=[question["id"] for question in QUESTIONS])
def test_a_question_elsewhere_is_answered_as_the_law_says(kg: KnowledgeGraph, question: dict[str, str]) -> None:
    answer = kg.members(question["class"], area=question["area"], on=question["on"])
    held = {row["label"]: {item["citation"] for item in row["basis"]} for row in answer}
    expected = {row["member"]: row["provision"] for row in EXPECTED if row["question"] == question["id"]}
    assert held.keys() == expected.keys()
    assert {name: provision for name, provision in expected.items() if provision not in held[name]} == {}


@pytest.mark.parametrize("question", QUESTIONS, ids=[question["id"] for question in QUESTIONS])
def test_a_panel_and_a_timeline_agree_with_the_answer_for_the_day(kg: KnowledgeGraph, question: dict[str, str]) -> None:
    day = question["on"]
    expected = {row["member"] for row in EXPECTED if row["question"] == question["id"]}
    panel = kg.panel(question["class"], [day], area=question["area"])
    assert {row["member"] for row in panel} == expected
    periods = list(kg.timeline(question["area"], question["class"]))
    (period,) = (row for row in periods if (row["valid_from"] or "") <= day < (row["valid_until"] or "9999"))
    assert {str(item["label"]).split(" in the functions")[0] for item in period["members"]} == expected


def test_a_panel_of_the_country_says_of_every_area_and_day_what_is_held(kg: KnowledgeGraph) -> None:
    days = ["1999-06-01", "2012-06-01", "2024-01-01"]
    panel = list(kg.panel("responsible authorities", days))
    answered = {(row["code"], row["on"]) for row in panel if row["answer"] != "not_in_force"}
    today = {code for code, day in answered if day == "2024-01-01" and code and code[:3] in LOCAL_GOVERNMENT}
    assert len(today) == 318
    assert {row["answer"] for row in panel} <= {"yes", "unknown", "not_in_force"}


def test_what_warwickshire_police_authority_held_is_held_today_by_whom_the_chain_names(kg: KnowledgeGraph) -> None:
    answer = kg.successors("Warwickshire Police Authority", on="2026-11-25")
    assert [item["label"] for item in answer.details["in_place"]] == ["Police and Crime Commissioner for Warwickshire"]
    seats = {row["label"]: row["successor"] for row in answer if row["way"] == "class"}
    assert seats["responsible authorities"] is None
    assert seats["local policing bodies"]["label"] == "Police and Crime Commissioner for Warwickshire"


@pytest.mark.parametrize(
    ("name", "before", "day"),
    [
        ("Mayor of West Yorkshire", "Police and Crime Commissioner for West Yorkshire", "2021-05-10"),
        ("Mayor's Office for Policing and Crime", "Metropolitan Police Authority", "2012-01-16"),
    ],
)
def test_a_policing_body_says_what_came_before_it_and_since_when(
    kg: KnowledgeGraph, name: str, before: str, day: str
) -> None:
    facts = list(kg.body(name, on="2026-11-25"))
    assert any(row["what"] == "took over from" and str(row["value"]).startswith(before) for row in facts)
    policing = [row for row in facts if row["what"] == "is one of the" and "local policing bodies" in row["value"]]
    assert day in {row["valid_from"] for row in policing}


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


@pytest.mark.parametrize(
    ("name", "councils", "since"),
    [
        ("Gwent Area Planning Board", {"Blaenau Gwent", "Caerphilly", "Monmouthshire", "Newport", "Torfaen"}, None),
        ("Berkshire East Combatting Drugs Partnership", {"Bracknell Forest", "Slough", "Windsor and Maidenhead"}, None),
        ("Leicestershire Youth and Justice Service", {"Leicestershire", "Rutland"}, None),
        ("West Mercia YOT", {"Herefordshire", "Shropshire", "Telford and Wrekin", "Worcestershire"}, "2012-10-01"),
    ],
)
def test_what_several_councils_share_says_which_and_since_when(
    kg: KnowledgeGraph, name: str, councils: set[str], since: str | None
) -> None:
    ask = kg.body if name.endswith(("Service", "YOT")) else kg.partnership
    rows = [row for row in ask(name, on="2026-11-25") if row["what"] == "its area takes in"]
    assert {row["value"] for row in rows} == councils
    if since:
        assert {(row["valid_from"], row["start_attested_only"]) for row in rows} == {(since, False)}
    else:
        assert all(row["start_attested_only"] for row in rows)


def test_its_page_says_so_too(kg: KnowledgeGraph) -> None:
    (about,) = (part for part in kg.profile("Gwent APB", on="2026-11-25").sections if part.key == "about")
    (line,) = (line for line in about.lines if str(line.cells[0][0]) == "its area takes in")
    assert str(line.cells[1][0]) == "Blaenau Gwent; Caerphilly; Monmouthshire; Newport; Torfaen"
    assert line.support.attested and line.support.valid_from == "2014-02-12"


def test_a_violence_reduction_unit_is_found_by_the_name_that_it_uses(kg: KnowledgeGraph) -> None:
    for name in ("Bedfordshire VERU", "Wales Violence Prevention Unit", "Thames Valley Violence Reduction Unit"):
        rows = kg.partnership(name, on="2026-11-25").rows
        assert any(row["what"] == "area" and "police area" in row["value"] for row in rows)


def test_a_partnership_that_rests_on_two_provisions_is_told_once_of_its_area(kg: KnowledgeGraph) -> None:
    told = [row["value"] for row in kg.area("Cardiff", on="2026-11-25") if row["what"] == "partnership"]
    assert len(told) == len(set(told)) and any("South Wales Police and Crime Panel" in value for value in told)


def test_each_council_of_wales_has_one_planning_board_of_seven_and_bridgend_changed(kg: KnowledgeGraph) -> None:
    def boards(area: str, on: str = "2026-11-25") -> set[str]:
        told = [row["value"] for row in kg.area(area, on=on) if row["what"] == "partnership"]
        return {value.partition(" (")[0] for value in told if "area planning board" in value}

    with (Path(NATIONAL) / "areas.csv").open(encoding="utf-8", newline="") as table:
        councils = [row["label"] for row in csv.DictReader(table) if row["kind"] == "welsh-principal-area"]
    served = {council: boards(council) for council in councils}
    assert len(served) == 22 and {council for council, there in served.items() if len(there) != 1} == set()
    assert len(set().union(*served.values())) == 7
    assert served["Bridgend"] == {"Cwm Taf Morgannwg Area Planning Board"} and boards("Bridgend", "2020-01-01") == set()


def test_a_known_gap_is_shown_as_a_name_that_is_not_held(kg: KnowledgeGraph) -> None:
    missing = [
        row for row in kg.members("responsible authorities", area="Lewes", on="2005-06-01") if not row["name_held"]
    ]
    assert "Crime and Disorder Act 1998, s. 5(1)(e)" in {law["citation"] for row in missing for law in row["basis"]}


def test_what_is_legislated_is_answered_from_its_day(kg: KnowledgeGraph) -> None:
    assert "Elmbridge Borough Council" in names(kg, "Elmbridge", "2027-03-31")
    assert {"East Surrey Council", "Chief Constable of Surrey Police"} <= names(kg, "Elmbridge", "2027-04-01")
    assert names(kg, "East Surrey", "2027-04-01") == names(kg, "Elmbridge", "2027-04-01")


@pytest.mark.parametrize("story", story_names())
@pytest.mark.parametrize(
    "area",
    [
        "Rugby",
        "Warwickshire",
        "South Warwickshire",
        "Bournemouth",
        "Leeds",
        "Westminster",
        "Isles of Scilly",
        "Cardiff",
    ],
)
def test_the_stories_that_come_with_dutygraph_can_be_told_of_every_kind_of_place(
    kg: KnowledgeGraph, story: str, area: str
) -> None:
    page, _policy = kg.map_page(story=story, area=area, on="2026-11-01")
    assert read_story(story).title in page


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("London", "E61000001"),
        ("Warks", "E10000031"),
        ("county of Warwickshire", "E10000031"),
        ("Rugby borough", "E07000220"),
        ("Stratford upon Avon", "E07000221"),
        ("West Mids", "E23000014"),
        ("Mid and West Wales", "W25000002"),
        ("Nuneaton", "E07000219"),
        ("Caerdydd", "W06000015"),
        ("Ynys Mon", "W06000001"),
    ],
)
def test_a_place_is_found_by_the_names_that_people_use(kg: KnowledgeGraph, written: str, meant: str) -> None:
    assert find(kg.store, written, ["area"], date(2026, 11, 1)).code == meant


@pytest.mark.parametrize("written", ["Hereford", "Gwynedd and Mon", "Mid Wales"])
def test_a_joint_area_is_not_asked_for_by_one_of_its_places(kg: KnowledgeGraph, written: str) -> None:
    with pytest.raises(UnknownName, match="The nearest names held"):
        find(kg.store, written, ["area"], date(2026, 11, 1))


@pytest.mark.parametrize(
    ("holders", "area", "on", "member"),
    [
        (
            "relevant review bodies (police complaints)",
            "City of London",
            "2021-06-01",
            "Common Council of the City of London",
        ),
        ("relevant emergency services in England", "Westminster", "2021-06-01", "London Fire Commissioner"),
        ("London Assembly", "Westminster", "2021-06-01", "Greater London Authority"),
        ("MAPPA duty to co-operate agencies", "Kent police area", "2010-10-01", "West Kent Primary Care Trust"),
        (
            "MAPPA duty to co-operate agencies",
            "West Midlands police area",
            "2024-10-01",
            "NHS Black Country Integrated Care Board",
        ),
    ],
)
def test_a_class_that_is_filled_for_police_areas_has_bodies_whose_own_area_is_another(
    kg: KnowledgeGraph, holders: str, area: str, on: str, member: str
) -> None:
    assert member in {row["label"] for row in kg.members(holders, area=area, on=on)}


@pytest.mark.parametrize(
    ("holders", "area", "on"),
    [
        ("elected local policing bodies", "City of London", "2021-06-01"),
        ("Commissioner for Victims and Witnesses", "Rugby", "2014-06-01"),
        ("domestic abuse local partnership boards", "Rugby", "2024-06-01"),
    ],
)
def test_that_somebody_is_left_out_does_not_say_that_nobody_is_in(
    kg: KnowledgeGraph, holders: str, area: str, on: str
) -> None:
    answer = kg.members(holders, area=area, on=on)
    assert (answer.verdict, answer.rows) == ("unknown", [])
    assert "it is not an answer that nobody is" in answer.message
    assert answer.details["not_members"]


def test_a_kind_of_body_that_only_london_has_is_no_gap_elsewhere(kg: KnowledgeGraph) -> None:
    answer = kg.members("elected local policing bodies", area="Manchester", on="2012-06-01")
    assert answer.verdict == "not_in_force"


@pytest.mark.parametrize(
    ("area", "trusts"),
    [
        ("Rugby", {"West Midlands Ambulance Service University NHS Foundation Trust"}),
        ("High Peak", {"East Midlands Ambulance Service NHS Trust", "North West Ambulance Service NHS Trust"}),
        ("Hull", {"Yorkshire Ambulance Service NHS Trust", "East Midlands Ambulance Service NHS Trust"}),
        (
            "Southampton",
            {
                "South Central Ambulance Service NHS Foundation Trust",
                "South East Coast Ambulance Service NHS Foundation Trust",
                "Isle of Wight NHS Trust",
            },
        ),
        ("Camden", {"London Ambulance Service NHS Trust"}),
        ("City of London", {"London Ambulance Service NHS Trust"}),
    ],
)
def test_the_emergency_services_of_a_police_area_have_every_ambulance_trust_that_serves_it(
    kg: KnowledgeGraph, area: str, trusts: set[str]
) -> None:
    answer = kg.members("relevant emergency services in England", area=area, on="2024-10-01")
    assert {row["label"] for row in answer if row["kind"] == "ambulance trust"} == trusts
    assert not [row for row in answer if not row["name_held"]]


def test_an_ambulance_trust_is_no_emergency_service_in_wales(kg: KnowledgeGraph) -> None:
    assert not list(kg.members("relevant emergency services in England", area="Cardiff", on="2024-10-01"))
