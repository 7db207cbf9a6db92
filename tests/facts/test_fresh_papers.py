"""Plans, terms of reference, minutes and web pages say the same things in other words than a commissioner's report.

The papers here are of our own invention, on the pattern of what councils and partnerships publish.
"""

from __future__ import annotations

import pytest

from dutygraph.facts import Fact, find_facts
from dutygraph.loaders.papers.model import Line, Paper
from dutygraph.loaders.papers.passages import make_passages


def facts(text: str) -> list[Fact]:
    return find_facts(Paper("901.txt", tuple(make_passages([Line(line) for line in text.split("\n")]))))


def said(kind: str, text: str) -> set[tuple[str, str, str]]:
    return {(fact.subject, fact.relation, fact.object) for fact in facts(text) if fact.kind == kind}


def members(text: str, group: str) -> set[str]:
    return {who for who, relation, what in said("membership", text) if relation == "memberOf" and what == group}


# Membership


@pytest.mark.parametrize(
    "lead",
    [
        "In Amberland the Lantern Justice Board consists of:",
        "The agencies that make up the Lantern Justice Board are;",
        "The Lantern Justice Board is made up of representatives from:",
        "There are many partners who support the work of the Lantern Justice Board. These include those from:",
    ],
)
def test_the_items_of_a_list_are_members(lead: str) -> None:
    text = f"Who we are\n\n{lead}\n\n- Amberland Police\n- The Legal Aid Agency (LAA)\n- The High Sheriff of Amber and The High Sheriff of Umber\n"
    assert members(text, "Lantern Justice Board") == {
        "Amberland Police",
        "Legal Aid Agency",
        "High Sheriff of Amber",
        "High Sheriff of Umber",
    }


@pytest.mark.parametrize(
    "text",
    [
        "The Lantern Board has the following priorities, which include:\n\n- burglary\n- serious violence\n",
        "The priorities of the Lantern Board include:\n\n- burglary\n- serious violence\n",
        "The Lantern Board will ensure that the actions include:\n\n- review of the plan\n- training\n",
    ],
)
def test_items_that_are_nobody_are_no_members(text: str) -> None:
    assert said("membership", text) == set()


def test_councillors_in_a_list_of_names_are_not_listed() -> None:
    text = "The members of the Lantern Board are:\n\n- Cllr Ada Moor\n- Cllr Bo Fen\n"
    assert members(text, "Lantern Board") == set()


def test_members_in_brackets_and_after_that_is() -> None:
    text = (
        "The Amber Safety Partnership is made up of responsible authorities (police, fire, health and probation).\n\n"
        "Local Umber Safety Partnerships, made up of representatives from responsible authorities, i.e. local authorities,"
        " police and probation, had been reviewed."
    )
    assert members(text, "Amber Safety Partnership") == {
        "responsible authorities",
        "police",
        "fire",
        "health",
        "probation",
    }
    assert members(text, "Umber Safety Partnerships") == {
        "responsible authorities",
        "local authorities",
        "police",
        "probation",
    }


def test_a_group_said_again_has_its_whole_name() -> None:
    text = (
        "The Lantern Safety Forum links councils and people. The Forum is chaired by the cabinet member for communities,"
        " housing and safety and its membership includes local councillors, Street Teams and residents."
    )
    assert ("cabinet member for communities, housing and safety", "chairs", "Lantern Safety Forum") in said(
        "membership", text
    )
    assert members(text, "Lantern Safety Forum") == {"local councillors", "Street Teams", "residents"}


def test_a_short_form_keeps_the_place_before_it() -> None:
    text = (
        "Local Criminal Justice Boards (LCJBs) meet. Amber and Umber LCJB is chaired by the Chief Crown Prosecutor's"
        " senior officer.\n\nThe Umber LCJB consists of:\n\n- Umber Police\n- Umber Probation\n"
    )
    assert members(text, "Umber Local Criminal Justice Board") == {"Umber Police", "Umber Probation"}
    assert any(what == "Amber and Umber Local Criminal Justice Board" for _, _, what in said("membership", text))


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (
            "Chaired by the Umber County Council Director of Public Health the UDP included carers."
            " The Umber Drugs Partnership (UDP) met.",
            ("Director of Public Health, Umber County Council", "chairs", "Umber Drugs Partnership"),
        ),
        (
            "The Umber Safety Partnership met. The Council currently chairs the Partnership.",
            ("Council", "chairs", "Umber Safety Partnership"),
        ),
        (
            "The Umber Strategic Board oversees the work of the Umber Safety Partnership.",
            ("Umber Strategic Board", "coordinates", "Umber Safety Partnership"),
        ),
        (
            "Work on serious violence is led by the Umber Violence Network.",
            ("Umber Violence Network", "coordinates", "serious violence"),
        ),
        (
            "The Umber Regional Adviser was a member of the Umber Justice Board and so had oversight.",
            ("Umber Regional Adviser", "memberOf", "Umber Justice Board"),
        ),
        (
            "Umber Chiefs' Council chair Ada Moor spoke of it.",
            ("Ada Moor", "chairs", "Umber Chiefs' Council"),
        ),
    ],
)
def test_who_leads_and_takes_part(text: str, fact: tuple[str, str, str]) -> None:
    assert fact in said("membership", text)


def test_the_only_area_of_a_paper_is_its_area() -> None:
    text = (
        "Justice\n\nThe PCC chairs the Lantern Justice Board. Thames Valley Police attends the Lantern Justice Board."
    )
    assert ("Police and Crime Commissioner for Thames Valley", "chairs", "Lantern Justice Board") in said(
        "membership", text
    )
