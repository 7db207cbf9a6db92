"""An answer can be read in every format, at every width, and its four verdicts never look alike."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import pytest

from dutygraph.knowledge import KnowledgeGraph
from dutygraph.queries.formats import MARKS, grid, render
from dutygraph.queries.results import Answer

Ask = Callable[[KnowledgeGraph], Answer]
PCC = "Police and Crime Commissioner for Amberland"
RA = "responsible authorities"
ASKED: dict[str, Ask] = {
    "members": lambda kg: kg.members(RA, "Netherby", "2005-06-01"),
    "members of several areas": lambda kg: kg.members(RA, "Ambershire", "2005-06-01"),
    "members with gaps": lambda kg: kg.members(RA, "Wenshire", "2012-12-01"),
    "members not in force": lambda kg: kg.members(RA, "Netherby", "1990-01-01"),
    "members unknown": lambda kg: kg.members("review partners", "Wenshire", "2024-01-01"),
    "is yes": lambda kg: kg.is_member("Netherby Borough Council", RA, "Netherby", "2005-06-01"),
    "is no": lambda kg: kg.is_member(PCC, RA, "Netherby", "2015-06-01"),
    "is not in force": lambda kg: kg.is_member("Amberland Police Authority", RA, "Netherby", "2015-06-01"),
    "is unknown": lambda kg: kg.is_member(PCC, "review partners", "Netherby", "2024-06-01"),
    "who": lambda kg: kg.who("plan", "Netherby", "2015-06-01"),
    "who without area": lambda kg: kg.who("plan", None, "2015-06-01"),
    "who not in force": lambda kg: kg.who("serious violence", "Netherby", "2020-06-01"),
    "who unknown": lambda kg: kg.who("lighthouses", "Netherby", "2020-06-01"),
    "duties": lambda kg: kg.duties(PCC, None, "2015-06-01"),
    "duties of a class": lambda kg: kg.duties(RA, "Netherby", "2005-06-01"),
    "body": lambda kg: kg.body("Ambershire County Council", "2015-06-01"),
    "partnership": lambda kg: kg.partnership("Safer Netherby", "2018-06-01"),
    "act": lambda kg: kg.act("SPA 1998", "2018-06-01"),
    "area": lambda kg: kg.area("Quillport", "2018-06-01"),
    "changes": lambda kg: kg.changes("2012-11-21", "2012-11-22", "Netherby"),
    "no changes": lambda kg: kg.changes("2013-06-01", "2013-06-02", "Netherby"),
}


@pytest.fixture(params=ASKED, ids=list(ASKED))
def answer(request: pytest.FixtureRequest, kg: KnowledgeGraph) -> Answer:
    return ASKED[request.param](kg)


@pytest.mark.parametrize("width", range(40, 161, 10))
def test_no_line_of_a_table_is_wider_than_the_screen(answer: Answer, width: int) -> None:
    lines = render(answer, "table", width).splitlines()
    assert max(len(line) for line in lines) <= width, max(lines, key=len)
    assert not any(line != line.rstrip() for line in lines)


@pytest.mark.parametrize("width", [40, 60, 110, 160])
def test_a_table_loses_no_word_at_any_width(answer: Answer, width: int) -> None:
    def letters(text: str) -> str:
        return "".join(character for character in text if character.isalnum())

    text = letters(render(answer, "table", width))
    assert letters(answer.heading) in text and letters(answer.message) in text
    assert all(letters(note) in text for note in answer.notes)


def test_a_table_says_the_verdict_first(answer: Answer) -> None:
    head = render(answer, "table", 160).splitlines()[:2]
    assert MARKS[answer.verdict] in " ".join(head)


def test_json_reads_back_as_the_answer(answer: Answer) -> None:
    assert json.loads(render(answer, "json")) == json.loads(json.dumps(answer.to_dict()))
    assert json.loads(render(answer, "json"))["answer"] == answer.verdict


def test_csv_reads_back_with_verdict_and_day_on_every_line(answer: Answer) -> None:
    lines = list(csv.DictReader(io.StringIO(render(answer, "csv"))))
    assert len(lines) == max(1, len(answer)), "an answer without rows still says its verdict"
    assert {(line["answer"], line["as_at"]) for line in lines} == {(answer.verdict, answer.as_at)}
    assert not any("{" in (cell or "") for line in lines for cell in line.values()), "no nested values in cells"


def test_a_markdown_table_has_as_many_cells_in_every_row(answer: Answer) -> None:
    text = render(answer, "md")
    assert text.startswith("**") and MARKS[answer.verdict] in text.splitlines()[0]
    rows = [line.replace("\\|", "") for line in text.splitlines() if line.startswith("| ")]
    assert len({row.count("|") for row in rows}) <= 1


def test_every_row_has_the_same_keys(answer: Answer) -> None:
    assert len({tuple(row) for row in answer}) <= 1


def test_the_four_verdicts_never_look_alike(kg: KnowledgeGraph) -> None:
    asked = ("is yes", "is no", "is not in force", "is unknown")
    answers = [ASKED[name](kg) for name in asked]
    assert [answer.verdict for answer in answers] == ["yes", "no", "not_in_force", "unknown"]
    for form in ("table", "md"):
        texts = [render(answer, form, 110) for answer in answers]
        for text, answer in zip(texts, answers, strict=True):
            assert [mark for mark in MARKS.values() if mark in text] == [MARKS[answer.verdict]]
    assert len({render(answer, "table", 110) for answer in answers}) == 4
    yes, no, not_in_force, unknown = answers
    assert yes.message.startswith("Yes: ") and "Safe Places Act 1998, s. 5(1)(a)" in yes.message
    assert no.message.startswith("No: ") and "Safe Places Act 1998, s. 5(1)" in no.message
    assert not_in_force.message.startswith("Not on 1 June 2015") and "until 22 November 2012" in not_in_force.message
    assert "gap in dutygraph, not an answer that" in unknown.message


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("members", "yes"),
        ("members not in force", "not_in_force"),
        ("members unknown", "unknown"),
        ("who", "yes"),
        ("who not in force", "not_in_force"),
        ("who unknown", "unknown"),
    ],
)
def test_lists_have_the_same_verdicts(kg: KnowledgeGraph, name: str, verdict: str) -> None:
    assert ASKED[name](kg).verdict == verdict


# The keys that programs of others rely on

AREA = {"iri", "label", "gss"}
NORM = {
    "norm", "kind", "label", "action", "holder", "held_by", "toward", "produces", "deadline", "basis", "valid_from",
    "valid_until", "applies_in", "evidence", "sources",
}  # fmt: skip
MEMBER = {"iri", "label", "kind", "because", "basis", "valid_from", "valid_until", "checked"}


@pytest.mark.parametrize("name", ["who", "who without area", "duties", "duties of a class"])
def test_the_json_of_norms_has_the_keys_of_the_design(kg: KnowledgeGraph, name: str) -> None:
    data = ASKED[name](kg).to_dict()
    assert {"answer", "as_at", "area", "results"} <= data.keys()
    assert data["area"] is None or data["area"].keys() == AREA
    assert data["results"]
    for norm in data["results"]:
        assert norm.keys() >= NORM
        assert norm["kind"] in ("duty", "power", "prohibition")
        assert norm["holder"].keys() >= {"iri", "label", "type"}
        assert all(item.keys() == {"citation", "iri"} for item in norm["basis"]) and norm["basis"]
        assert all(item.keys() >= {"iri", "label", "because"} for item in norm["held_by"])
        assert all(item.keys() >= {"iri", "label"} for item in norm["toward"])


def test_the_json_of_members_has_the_keys_of_the_design(kg: KnowledgeGraph) -> None:
    data = ASKED["members"](kg).to_dict()
    assert {"answer", "as_at", "class", "area", "members", "not_members"} <= data.keys()
    assert data["class"].keys() == {"iri", "label"} and data["area"].keys() == AREA
    assert data["area"]["gss"] == "E07009901" and data["as_at"] == "2005-06-01"
    for member in data["members"]:
        assert member.keys() >= MEMBER and member["basis"][0].keys() == {"citation", "iri"}
    for left_out in data["not_members"]:
        assert left_out.keys() >= {"label", "because", "basis"}


def test_an_area_asked_for_is_told_even_where_the_answer_is_for_others(kg: KnowledgeGraph) -> None:
    data = ASKED["members of several areas"](kg).to_dict()
    assert data["area"]["label"] == "Ambershire"
    assert [item["label"] for item in data["areas"]] == ["Marshby", "Netherby", "Overby"]


# Python


def test_an_answer_walks_counts_and_is_never_false(kg: KnowledgeGraph) -> None:
    answer = ASKED["members not in force"](kg)
    assert list(answer) == [] and len(answer) == 0 and bool(answer)


def test_a_data_frame_has_a_line_for_each_record(kg: KnowledgeGraph) -> None:
    pytest.importorskip("pandas")
    answer = ASKED["members"](kg)
    frame = answer.to_frame()
    assert len(frame) == len(answer) and set(frame["label"]) == {row["label"] for row in answer}
    assert all(isinstance(cell, str) for cell in frame["basis"])


@pytest.mark.parametrize("width", [30, 59, 60, 61, 200])
def test_a_grid_holds_words_that_are_wider_than_their_column(width: int) -> None:
    lines = grid(["a", "b", "c"], [["x" * 90, "y z", ""], ["", "line\nbreak", "ŵ" * 70]], width)
    assert all(len(line) <= width for line in lines)
    assert "".join(lines).count("x") == 90 and "".join(lines).count("ŵ") == 70


def test_a_grid_without_rows_is_a_heading() -> None:
    assert grid(["a", "b"], [], 80)[0] == "a  b"
