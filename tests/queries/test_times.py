"""Along time: every area on several days, one area period by period, who came before and after a body."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner

from dutygraph.cli import main
from dutygraph.errors import BadInput
from dutygraph.knowledge import KnowledgeGraph
from dutygraph.queries.formats import render

DAYS = ["1999-06-01", "2005-06-01", "2012-06-01", "2024-01-01"]
RA = "responsible authorities"


def seats(answer: object, day: str, area: str) -> set[str]:
    rows = [row for row in answer if row["on"] == day and row["area"] == area]  # type: ignore[attr-defined]
    return {row["member"] for row in rows if row["answer"] == "yes"}


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("area", ["Netherby", "Overby", "Quillport", "Wenshire"])
def test_a_panel_says_what_members_says_area_by_area(kg: KnowledgeGraph, day: str, area: str) -> None:
    one = kg.members(RA, area=area, on=day)
    if area not in {place["label"] for place in one.details["areas"]}:
        pytest.skip("another area stood in its place on that day")
    panel = kg.panel(RA, [day])
    assert seats(panel, day, area) == {row["label"] for row in one if row["name_held"]}
    unknown = [row for row in panel if row["area"] == area and row["answer"] == "unknown"]
    assert len(unknown) == sum(not row["name_held"] for row in one)


def test_a_panel_has_no_row_for_a_day_on_which_an_area_was_not_there(kg: KnowledgeGraph) -> None:
    rows = kg.panel(RA, DAYS)
    assert {row["on"] for row in rows if row["area"] == "Marshby"} == {"1999-06-01", "2005-06-01"}
    assert {row["on"] for row in rows if row["area"] == "Quillport"} == {"2012-06-01", "2024-01-01"}


def test_an_area_without_a_rule_in_force_says_so_instead_of_nothing(kg: KnowledgeGraph) -> None:
    rows = list(kg.panel(RA, ["1990-01-01"]))
    assert rows and {row["answer"] for row in rows} == {"not_in_force"}


def test_the_summary_of_a_panel_counts_its_rows(kg: KnowledgeGraph) -> None:
    answer = kg.panel(RA, DAYS)
    summary = answer.details["summary"]
    assert sum(row["held"] for row in summary) == sum(row["answer"] == "yes" for row in answer)
    assert sum(row["not_held"] for row in summary) == sum(row["answer"] == "unknown" for row in answer)


def test_a_panel_is_one_csv_with_one_line_a_row(kg: KnowledgeGraph) -> None:
    answer = kg.panel(RA, DAYS)
    lines = list(csv.reader(io.StringIO(render(answer, "csv"))))
    assert len(lines) == len(answer) + 1
    assert len(set(lines[0])) == len(lines[0])


def test_a_kind_of_area_that_no_area_is_of_is_told_which_there_are(kg: KnowledgeGraph) -> None:
    with pytest.raises(BadInput, match=r"Kinds held: .*district"):
        kg.panel(RA, DAYS, kind_of_area="shire")


def test_a_timeline_has_no_gap_and_no_overlap(kg: KnowledgeGraph) -> None:
    rows = list(kg.timeline("Netherby"))
    assert len(rows) > 3
    assert [row["valid_until"] for row in rows[:-1]] == [row["valid_from"] for row in rows[1:]]
    assert rows[-1]["valid_until"] is None


@pytest.mark.parametrize("area", ["Netherby", "Quillport", "Wenshire"])
def test_a_timeline_says_on_each_first_day_what_members_says(kg: KnowledgeGraph, area: str) -> None:
    for row in kg.timeline(area):
        if row["valid_from"] is None or row["valid_from"] > "9000":
            continue
        one = kg.members(RA, area=area, on=row["valid_from"])
        assert {item["iri"] for item in row["members"]} == {item["iri"] for item in one if item["name_held"]}


def test_a_former_area_is_shown_as_it_was(kg: KnowledgeGraph) -> None:
    rows = list(kg.timeline("Marshby"))
    assert rows[-1]["valid_until"] == "2009-04-01"


def test_a_county_is_told_to_ask_for_one_district(kg: KnowledgeGraph) -> None:
    with pytest.raises(BadInput, match="Netherby"):
        kg.timeline("Ambershire")


@pytest.mark.parametrize("ending", ["html", "svg", "png"])
def test_a_timeline_is_drawn_into_one_file_that_asks_nobody(kg: KnowledgeGraph, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"line.{ending}"
    answer = kg.timeline("Netherby", path=str(path))
    data = path.read_bytes()
    assert len(data) > 2000
    if ending != "png":
        text = data.decode()
        assert all(member["label"] in text for row in answer for member in row["members"])
        assert "src=" not in text and "@import" not in text and "url(" not in text


def test_a_timeline_page_carries_the_facts_as_a_table_too(kg: KnowledgeGraph, tmp_path: Path) -> None:
    path = tmp_path / "line.html"
    rows = list(kg.timeline("Netherby", path=str(path)))
    text = path.read_text(encoding="utf-8")
    assert text.count("<th scope='row'>") == len(rows)
    assert '<html lang="en">' in text and "default-src 'none'" in text


def test_a_timeline_in_no_known_form_says_which_there_are(kg: KnowledgeGraph, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"\.html, \.svg, \.png"):
        kg.timeline("Netherby", path=str(tmp_path / "line.docx"))


def test_successors_are_followed_forward_and_back(kg: KnowledgeGraph) -> None:
    forward = kg.successors("Amberland Police Authority", on="2024-01-01")
    steps = [row for row in forward if row["way"] == "after"]
    assert steps and all(step["on"] and step["sources"] for step in steps)
    after = forward.details["in_place"][0]["label"]
    back = kg.successors(after, on="2024-01-01")
    assert "Amberland Police Authority" in {row["label"] for row in back if row["way"] == "before"}


def test_the_commands_answer(store_folder: Path, tmp_path: Path) -> None:
    for words in (
        ["panel", RA, "--on", "2005-06-01", "-o", str(tmp_path / "panel.csv")],
        ["timeline", "Netherby"],
        ["timeline", "Netherby", "--format", "md"],
        ["successors", "Amberland Police Authority", "--format", "csv"],
    ):
        result = CliRunner().invoke(main, [*words, "--store", str(store_folder)])
        assert result.exit_code == 0, result.output
    assert (tmp_path / "panel.csv").read_text(encoding="utf-8").startswith("answer,as_at,on,")
