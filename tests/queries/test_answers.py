"""The questions of the Python API, answered on the small invented register."""

from __future__ import annotations

from datetime import date

import pytest

from dutygraph.errors import BadDate, BadInput, UnknownName
from dutygraph.knowledge import KnowledgeGraph
from dutygraph.queries.results import Answer

RA = "responsible authorities"
PCC = "Police and Crime Commissioner for Amberland"


def norms(answer: Answer) -> list[str]:
    return [row["norm"].rsplit("/", 1)[1] for row in answer]


def facts(answer: Answer, what: str) -> list[str]:
    return [row["value"] for row in answer if row["what"] == what]


# who


def test_who_must_do_something_is_answered_with_the_bodies_of_the_place(kg: KnowledgeGraph) -> None:
    (row,) = kg.who("serious violence", "Netherby", "2024-06-01").rows
    assert [body["label"] for body in row["held_by"]] == [
        "Chief Constable of Amberland Police",
        "Netherby Borough Council",
    ]
    assert row["held_by"][1]["because"] == "it is the council for the area"
    assert row["deadline"] == "2024-01-31"


def test_the_law_of_the_place_is_the_law_of_its_nation(kg: KnowledgeGraph) -> None:
    assert norms(kg.who("serious violence", "Netherby", "2024-06-01")) == ["sva2022-s8-violence-england"]
    assert norms(kg.who("serious violence", "Wenshire", "2024-06-01")) == ["sva2022-s8-violence-wales"]
    assert len(kg.who("serious violence", None, "2024-06-01")) == 2


def test_a_duty_that_is_not_in_force_yet_is_told_with_its_dates(kg: KnowledgeGraph) -> None:
    answer = kg.who("serious violence", "Wenshire", "2023-06-01")
    assert answer.verdict == "not_in_force" and "from 31 January 2024" in answer.message
    assert [item["norm"].rsplit("/", 1)[1] for item in answer.details["other_dates"]] == ["sva2022-s8-violence-wales"]


def test_a_duty_confined_to_an_area_is_not_told_of_another(kg: KnowledgeGraph) -> None:
    assert norms(kg.who("door checks", "Quillport", "2010-06-01")) == ["spa1998-quillport-pilot"]
    assert norms(kg.who("door checks", "Netherby", "2010-06-01")) == []


def test_an_unchecked_duty_is_called_unchecked(kg: KnowledgeGraph) -> None:
    answer = kg.who("door checks", "Quillport", "2010-06-01")
    assert answer.rows[0]["checked"] is None and any(note.startswith("Unchecked") for note in answer.notes)


def test_a_duty_amended_is_two_norms_and_the_later_names_the_earlier(kg: KnowledgeGraph) -> None:
    assert norms(kg.duties(RA, "Netherby", "2007-07-31")) == ["spa1998-s6-strategy"]
    answer = kg.duties(RA, "Netherby", "2007-08-01")
    assert norms(answer) == ["spa1998-s6-plan"]
    assert answer.rows[0]["revision_of"]["iri"].endswith("spa1998-s6-strategy")


def test_words_are_found_in_products_topics_and_provisions(kg: KnowledgeGraph) -> None:
    for text in ("partnership plan", "planning", "regulation 9", "reg. 9", "who must make a plan?"):
        assert "spa1998-s6-plan" in norms(kg.who(text, "Netherby", "2015-06-01")), text


def test_what_is_not_in_force_is_said_of_these_words_alone(kg: KnowledgeGraph) -> None:
    answer = kg.who("partnership plan", "Netherby", "1990-01-01")
    assert answer.verdict == "not_in_force"
    assert any("other words may find law that was in force" in note for note in answer.notes)
    assert not any("other words" in note for note in kg.who("partnership plan", "Netherby", "2015-06-01").notes)


@pytest.mark.parametrize(("kind", "count"), [("duty", 0), ("power", 1), ("prohibition", 1), (None, 2)])
def test_only_a_kind_of_norm_can_be_asked_for(kg: KnowledgeGraph, kind: str | None, count: int) -> None:
    answer = kg.who("report", None, "2015-06-01", kind)
    assert len([row for row in answer if kind in (None, row["kind"])]) == len(answer) == count


def test_a_kind_of_norm_that_is_none_is_refused(kg: KnowledgeGraph) -> None:
    with pytest.raises(BadInput, match="Kinds: duty, power, prohibition"):
        kg.who("report", kind="right", on="2015-06-01")


@pytest.mark.parametrize("text", ["", "  ", "?!", "\x00"])
def test_words_that_say_nothing_are_refused(kg: KnowledgeGraph, text: str) -> None:
    with pytest.raises(BadInput):
        kg.who(text, on="2015-06-01")


# duties


def test_the_duties_of_a_body_come_through_its_classes_with_the_reason(kg: KnowledgeGraph) -> None:
    answer = kg.duties("Netherby Borough Council", None, "2024-06-01")
    assert set(norms(answer)) == {"spa1998-s6-plan", "sva2022-s8-violence-england"}
    (held_as,) = answer.rows[0]["held_by"]
    assert held_as["label"] == "Netherby Borough Council"
    assert held_as["because"].startswith("it is one of the responsible authorities for Netherby")
    assert "Safe Places Act 1998, s. 5(1)(a)" in held_as["because"]


def test_the_duties_of_a_body_are_those_of_its_own_nation(kg: KnowledgeGraph) -> None:
    assert norms(kg.duties("Wenshire Council", None, "2010-06-01")) == ["spa1998-s6-plan-wales"]


def test_a_duty_that_names_a_body_is_its_own(kg: KnowledgeGraph) -> None:
    answer = kg.duties(PCC, None, "2015-06-01")
    held = {row["norm"].rsplit("/", 1)[1]: row["held_by"][0]["because"] for row in answer}
    assert held["spa1998-s7-no-second-report"] == "it is named itself"
    assert held["spa1998-s7-report"].startswith("it is one of the local policing bodies for Amberland")


def test_a_body_that_is_gone_has_no_duties_today(kg: KnowledgeGraph) -> None:
    assert norms(kg.duties("Amberland Police Authority", None, "2012-06-01")) == [
        "spa1998-s6-plan",
        "spa1998-s7-report",
    ]
    assert norms(kg.duties("Amberland Police Authority", None, "2015-06-01")) == []


def test_a_body_without_duties_is_unknown_and_not_free(kg: KnowledgeGraph) -> None:
    answer = kg.duties("Quillport and Marsh Fire Authority", None, "2002-06-01")
    assert answer.verdict == "unknown" and "not an answer that there is none" in answer.message


def test_a_duty_that_rests_on_guidance_says_so(kg: KnowledgeGraph) -> None:
    rows = kg.duties("Safer Netherby", None, "2018-06-01").rows
    assert {row["norm"].rsplit("/", 1)[1]: row["evidence"] for row in rows}["gui-board-minutes"] == "Guidance"


# is


@pytest.mark.parametrize(
    ("name", "area", "on", "verdict"),
    [
        ("Netherby Borough Council", "Netherby", "2005-06-01", "yes"),
        ("Netherby Borough Council", None, "2005-06-01", "yes"),
        ("Netherby Borough Council", "Overby", "2005-06-01", "no"),
        ("Netherby Borough Council", "Netherby", "1998-09-29", "not_in_force"),
        (PCC, "Netherby", "2015-06-01", "no"),
        ("Amberland Police Authority", "Netherby", "2012-11-21", "yes"),
        ("Amberland Police Authority", "Netherby", "2012-11-22", "not_in_force"),
        ("Minister for Safe Places", "Netherby", "2015-06-01", "no"),
        ("Chief Constable of Quillshire Police", "Quillport", "2015-06-01", "yes"),
        ("Quill Combined Authority", "Quillport", "2017-05-07", "not_in_force"),
        ("Quill Combined Authority", "Quillport", "2017-05-08", "yes"),
    ],
)
def test_is_this_body_in_that_class(kg: KnowledgeGraph, name: str, area: str | None, on: str, verdict: str) -> None:
    answer = kg.is_member(name, RA, area, on)
    assert answer.verdict == verdict
    assert answer.details["basis"], "every answer of these cites the law"
    assert "Safe Places Act 1998, s. 5(1)" in answer.message or "Sch. 1" in answer.message


def test_what_no_rule_decides_is_unknown(kg: KnowledgeGraph) -> None:
    assert kg.is_member(PCC, "specified authorities", "Netherby", "2024-06-01").verdict == "unknown"


# things


def test_a_body_is_told_with_its_names_capacities_and_places(kg: KnowledgeGraph) -> None:
    answer = kg.body("Ambershire CC", "2015-06-01")
    assert any("as fire authority" in value for value in facts(answer, "acts also"))
    assert any("responsible authorities" in value and "Netherby" in value for value in facts(answer, "is one of the"))


def test_a_successor_and_a_predecessor_are_told(kg: KnowledgeGraph) -> None:
    assert facts(kg.body("Marshby District Council", "2005-06-01"), "followed by") == ["Quillport Council"]
    assert facts(kg.body("Quillport Council", "2015-06-01"), "took over from") == ["Marshby District Council"]


def test_a_body_that_was_not_there_on_the_day_is_not_in_force(kg: KnowledgeGraph) -> None:
    answer = kg.body("Marshby District Council", "2015-06-01")
    assert answer.verdict == "not_in_force" and any("was not there on 1 June 2015" in note for note in answer.notes)


def test_weak_evidence_is_told(kg: KnowledgeGraph) -> None:
    assert any("grade C" in note for note in kg.body("Netherby Vale PCT", "2005-06-01").notes)


def test_a_partnership_is_told_with_its_members_and_roles(kg: KnowledgeGraph) -> None:
    answer = kg.partnership("Netherby CSP", "2018-06-01")
    assert facts(answer, "chair")[0].startswith("Netherby Borough Council")
    assert any("the shopkeepers of Netherby" in value for value in facts(answer, "guest"))
    assert facts(answer, "statutory") == ["yes"]
    assert any("the people of Netherby" in value for value in facts(answer, "reports to"))


def test_an_act_is_told_in_the_order_of_its_provisions(kg: KnowledgeGraph) -> None:
    answer = kg.act("SPA 1998", "2018-06-01")
    places = [row["citation"].partition(", ")[2] for row in answer]
    assert places.index("s. 5(1)") < places.index("s. 5(1)(a)") < places.index("s. 6(1)") < places.index("s. 9(1)")
    repealed = next(row for row in answer if row["citation"].endswith("s. 5(1)(c)"))
    assert repealed["in_force"] is False


def test_an_area_is_told_with_what_it_lies_in(kg: KnowledgeGraph) -> None:
    text = " ".join(row["value"] for row in kg.area("Netherby", "2015-06-01"))
    for name in ("Ambershire", "Amberland", "Netherby and Overby", "Netherby Community Safety Partnership"):
        assert name in text


# changes


def changed(answer: Answer) -> set[tuple[str, str, str]]:
    return {(row["on"], row["change"], row["label"]) for row in answer}


def test_what_began_ended_and_changed_hands_is_told(kg: KnowledgeGraph) -> None:
    held = changed(kg.changes("2012-11-21", "2012-11-22"))
    day = "2012-11-22"
    assert (day, "ended", "Amberland Police Authority") in held
    assert (day, "began", PCC) in held
    assert (day, "began", "No second report") in held
    assert all(on == day for on, _change, _label in held)


def test_the_first_day_is_not_counted_and_the_last_one_is(kg: KnowledgeGraph) -> None:
    assert changed(kg.changes("2012-11-22", "2012-12-31")) == set()
    assert changed(kg.changes("2012-11-01", "2012-11-21")) == set()
    assert changed(kg.changes("2012-11-21", "2012-11-22"))


def test_changes_of_a_place_leave_out_those_of_others(kg: KnowledgeGraph) -> None:
    held = {label for _on, _change, label in changed(kg.changes("2008-01-01", "2010-01-01", "Wenshire"))}
    assert "Quillport Council" not in held
    held = {label for _on, _change, label in changed(kg.changes("2008-01-01", "2010-01-01", "Quillport"))}
    assert "Quillport Council" in held


def test_two_days_in_the_wrong_order_are_refused(kg: KnowledgeGraph) -> None:
    with pytest.raises(BadInput, match="Give the earlier day first"):
        kg.changes("2013-01-01", "2012-01-01")


# days


def test_a_day_may_be_a_date(kg: KnowledgeGraph) -> None:
    as_text = kg.members(RA, "Netherby", "2005-06-01")
    assert kg.members(RA, "Netherby", date(2005, 6, 1)).to_dict() == as_text.to_dict()


@pytest.mark.parametrize("on", ["01/06/2005", "2005-6-1", "today", "", "2005-02-30", "2005-06-01T00:00"])
def test_a_day_that_is_no_date_is_refused(kg: KnowledgeGraph, on: str) -> None:
    with pytest.raises(BadDate):
        kg.members(RA, "Netherby", on)


@pytest.mark.parametrize("on", ["0001-01-01", "1066-10-14", "9999-12-31"])
def test_days_at_the_ends_of_the_calendar_are_answered(kg: KnowledgeGraph, on: str) -> None:
    assert kg.members(RA, "Netherby", on).as_at == on
    assert kg.body("Netherby Borough Council", on).as_at == on


def test_a_question_without_a_day_is_of_today(kg: KnowledgeGraph) -> None:
    assert date.fromisoformat(kg.members(RA, "Netherby").as_at)


def test_an_unknown_name_is_no_answer(kg: KnowledgeGraph) -> None:
    for ask in (
        lambda: kg.members("knights", "Netherby", "2005-06-01"),
        lambda: kg.members(RA, "Atlantis", "2005-06-01"),
        lambda: kg.is_member("Knight of Ni", RA, None, "2005-06-01"),
        lambda: kg.body("Knight of Ni", "2005-06-01"),
        lambda: kg.act("Magna Carta", "2005-06-01"),
    ):
        with pytest.raises(UnknownName, match="A name that is not held is a gap in dutygraph, not an answer"):
            ask()
