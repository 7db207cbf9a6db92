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
        "Local Umber Safety Partnerships, made up of representatives from responsible authorities, i.e. local "
        "authorities,"
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
        "The Lantern Safety Forum links councils and people. The Forum is chaired by the cabinet member for "
        "communities,"
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


# Structure


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (
            "The Umber Drugs Partnership was formed in 2021 and is accountable to the national Joint Drugs Unit.",
            ("Umber Drugs Partnership", "reportsTo", "Joint Drugs Unit"),
        ),
        (
            "The Umber Authority Group (UAG) appoints a chair in April. This would feed into an officers' group.",
            ("Umber Authority Group", "reportsTo", "officers' group"),
        ),
        (
            "The community safety partnership comprises the statutory officer group, the resilience partnership and 4"
            " strategic boards responsible for delivering the plan.",
            ("resilience partnership", "partOf", "community safety partnership"),
        ),
        (
            "The youth justice system established by Section 37 of the Crime and Disorder Act 1998 aims at prevention.",
            ("youth justice system", "establishedUnder", "Crime and Disorder Act 1998, s.37"),
        ),
        (
            "Section 19 of the Police and Justice Act 2006 required every Local Authority to have a Crime and "
            "Disorder Committee.",
            ("Crime and Disorder Committee", "establishedUnder", "Police and Justice Act 2006, s.19"),
        ),
        (
            "Domestic Homicide Reviews were statutory and took long.",
            ("Domestic Homicide Review", "isStatutory", "true"),
        ),
        (
            "Umber Safe Partnership was set up under the Crime and Disorder Act 1998 as the statutory Community Safety"
            " Partnership for the City of Umber.",
            ("Umber Safe Partnership", "coversArea", "City of Umber"),
        ),
    ],
)
def test_how_groups_hang_together(text: str, fact: tuple[str, str, str]) -> None:
    assert fact in said("structure", text)


def test_reports_to_a_meeting_of_what_was_done_are_no_structure() -> None:
    assert not said("structure", "The officer reported to the meeting that crime had fallen.")


# Duties


def duties(text: str) -> set[tuple[str, str, str]]:
    return said("duty", text)


def test_duties_with_their_section_in_the_middle() -> None:
    text = "The County Council has a statutory duty under Section 40 of the Crime and Disorder Act 1998 to produce an annual Plan."
    (fact,) = [fact for fact in facts(text) if fact.kind == "duty"]
    assert (fact.subject, fact.relation, fact.object) == ("County Council", "hasDuty", "produce an annual Plan")
    assert fact.more["force"] == "law"
    assert str(fact.more["basis"]).startswith("Crime and Disorder Act 1998")


def test_an_act_that_requires_and_enables() -> None:
    text = (
        "The Police and Justice Act 2006 required every Local Authority to have a scrutiny committee with the power "
        "to make"
        " reports.\n\nThe Police Reform and Social Responsibility Act 2011 enables the Commissioner to award grants."
    )
    assert duties(text) >= {
        ("Local Authority", "hasDuty", "have a scrutiny committee with the power to make reports"),
        ("scrutiny committee", "hasPower", "make reports"),
        ("Police and Crime Commissioner", "hasPower", "award grants"),
    }


def test_a_duty_placed_on_several() -> None:
    text = (
        "Section 325 of the Criminal Justice Act 2003 imposes a statutory duty on the Police, Probation and Prison "
        "Services"
        " in the 42 areas to establish arrangements."
    )
    assert {who for who, _, what in duties(text) if what == "establish arrangements"} == {
        "police",
        "Probation",
        "Prison Services",
    }


def test_the_items_below_statutory_responsibilities() -> None:
    text = (
        "Community safety partnership\n\nThe Crime and Disorder Act 1998 was reviewed. There remain some key statutory"
        " responsibilities which must be met:\n\n- prepare an annual strategic assessment\n- reduce reoffending\n"
        "- a strategy group to be made up of officers\n"
    )
    assert duties(text) == {
        ("Community Safety Partnership", "hasDuty", "prepare an annual strategic assessment"),
        ("Community Safety Partnership", "hasDuty", "reduce reoffending"),
    }
    assert ("Community Safety Partnership", "prepares", "annual strategic assessment") in said("product", text)


def test_the_holder_is_the_whole_group_and_not_its_last_word() -> None:
    text = (
        "The Crime and Disorder (Overview and Scrutiny) Regulations 2009 apply. A crime and disorder committee shall "
        "meet"
        " to review decisions made under the Crime and Disorder Act 1998."
    )
    assert {who for who, _, _ in duties(text)} == {"crime and disorder committee"}


@pytest.mark.parametrize(
    "text",
    [
        "The Council is required to agree the budget.",
        "The Crime and Disorder Act 1998 applies. Forces must achieve reductions in crime.",
        "The Board considered how the Council must act under the Crime and Disorder Act 1998.",
        "The steps that each authority shall take are set out. See the Crime and Disorder Act 1998.",
    ],
)
def test_what_no_law_asks_is_no_duty_in_law(text: str) -> None:
    assert duties(text) == set()


# Documents and money


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (
            "The crime audits undertaken in 2004 by each of the five Umber Partnerships came first.",
            ("Umber Partnerships", "prepares", "crime audits"),
        ),
        (
            "The Umber Officers Group, which produces action plans, meets monthly.",
            ("Umber Officers Group", "prepares", "action plans"),
        ),
        (
            "Members saw the draft Umber Safety Partnership Action Plan.",
            ("Umber Safety Partnership", "owns", "Umber Safety Partnership Action Plan"),
        ),
    ],
)
def test_documents_with_their_makers(text: str, fact: tuple[str, str, str]) -> None:
    assert fact in said("product", text)


def money(text: str) -> set[tuple[str, str, float | None]]:
    return {(fact.subject, fact.object, fact.value) for fact in facts(text) if fact.kind == "funding"}


def test_grants_received_given_and_made_available() -> None:
    text = (
        "The Government announced Home Office funding for units.\n\nUmber Police and Crime Commissioner has received "
        "a £1.16M"
        " grant to establish a unit.\n\nThe Home Secretary has provisionally allocated £35 million to Police and Crime"
        " Commissioners in 18 areas for units.\n\nThe PCC has made available £175,000 of funding to fund the work of"
        " Community Safety Partnerships in 2025/26."
    )
    assert {value for giver, _, value in money(text) if giver == "Home Office" and value} == {1160000, 35000000}
    assert any(whom.startswith("Community Safety Partnership") and value == 175000 for _, whom, value in money(text))


def test_a_table_by_years() -> None:
    text = (
        "Community Safety Fund\n\nThe PCC gave grants to councils.\n\n\t2019/20 £\t2020/21 £\nUmber\t136,091\t134,699\n"
        "Amber CC\t441,082\t436,567\nRetained by PCC\t303,948\t331,948\n"
    )
    found = [fact for fact in facts(text) if fact.kind == "funding"]
    assert {(fact.object, fact.value, fact.on) for fact in found} == {
        ("Umber", 136091, "2019"),
        ("Umber", 134699, "2020"),
        ("Amber CC", 441082, "2019"),
        ("Amber CC", 436567, "2020"),
    }


def test_funders_without_a_figure() -> None:
    text = (
        "The Umber Violence Unit is funded primarily by the Home Office.\n\nThe PCC funds two advocate posts.\n\nA "
        "national"
        " team would be funded by the Council if the bid were won."
    )
    held = money(text)
    assert ("Home Office", "Umber Violence Unit", None) in held
    assert all(value is None for _, _, value in held)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Lead Officer: Ada Moor", ("Ada Moor", "holds", "Lead Officer")),
        ("Umber Chiefs' Council chair Ada Moor said so.", ("Ada Moor", "holds", "Chair, Umber Chiefs' Council")),
        (
            "Ada-Jean Moor, Public Protection Team Leader presented it.",
            ("Ada-Jean Moor", "holds", "Public Protection Team Leader"),
        ),
    ],
)
def test_office_holders(text: str, fact: tuple[str, str, str]) -> None:
    assert fact in said("role_holder", text)


# Contradictions


def test_two_sums_for_one_grant_name_each_other() -> None:
    text = (
        "1. The PCC was successful in a bid to the Home Office for £725,744 for a medium risk perpetrator "
        "programme.\n\n"
        "2. The PCC was successful in a bid to the Home Office for £1.2 million for a medium risk perpetrator "
        "programme.\n"
    )
    first, second = [fact for fact in facts(text) if fact.kind == "funding"]
    assert "£1,200,000" in first.more["note"] and "£725,744" in second.more["note"]
    assert first.more["contradicts"] and second.more["contradicts"]


@pytest.mark.parametrize(
    "text",
    [
        "1. In 2022/23 the PCC granted £10,000 to the Lantern project.\n\n2. In 2023/24 the PCC granted £12,000 to "
        "the Lantern project.\n",
        "1. The PCC granted £10,000 to the Lantern Council.\n\n2. The PCC granted £12,000 to the Lantern Council.\n",
    ],
)
def test_grants_of_two_years_or_for_anything_contradict_nothing(text: str) -> None:
    assert not any("contradicts" in fact.more for fact in facts(text))


def test_a_duty_and_its_denial_name_each_other() -> None:
    text = (
        "The Council must prepare a lantern plan under the Crime and Disorder Act 1998.\n\n"
        "The Council is not required to prepare a lantern plan under the Crime and Disorder Act 1998.\n"
    )
    held = [fact for fact in facts(text) if fact.kind == "duty"]
    assert {fact.relation for fact in held} == {"hasDuty", "hasNoDuty"}
    assert all(fact.more.get("contradicts") is not None for fact in held)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        (
            "The Umber Police and Crime Panel scrutinises the Commissioner's decisions.",
            "scrutinise the Commissioner's decisions",
        ),
        ("The PCC holds the Chief Constable to account.", "hold the Chief Constable to account"),
    ],
)
def test_who_watches_whom_is_practice_where_no_law_is_cited(text: str, act: str) -> None:
    (fact,) = [fact for fact in facts(text) if fact.kind == "duty"]
    assert (fact.object, fact.more["force"]) == (act, "practice")


# What a second set of texts showed


def test_lists_led_in_by_a_semicolon_or_the_responsible_authorities() -> None:
    text = (
        "Umber Safety Boards are made up of representatives from the 'responsible authorities';\n\n- Umber Police\n- "
        "Umber"
        " Council\n\nThe responsible authorities that make up the Amber Safety Board are the:\n\n- Amber Police\n- "
        "Amber Council\n"
    )
    assert {"Umber Police", "Umber Council"} <= members(text, "Umber Safety Boards")
    assert members(text, "Amber Safety Board") == {"Amber Police", "Amber Council"}


def test_a_force_with_an_ampersand_names_the_whole_area() -> None:
    text = "Devon & Cornwall Police attend. The PCC chairs the Lantern Justice Board."
    assert ("Police and Crime Commissioner for Devon and Cornwall", "chairs", "Lantern Justice Board") in said(
        "membership", text
    )


def test_a_report_to_a_panel_is_no_reporting_line() -> None:
    text = "The Umber Safety Partnership has changed since the last report to the Umber Scrutiny Panel."
    assert not [fact for fact in facts(text) if fact.relation == "reportsTo"]


def test_a_responsibility_for_two_is_not_cut_inside_a_name() -> None:
    text = (
        "The Police Reform and Social Responsibility Act 2011 introduced a responsibility for Police and Crime "
        "Commissioners"
        " and responsible authorities to act in cooperation with each other."
    )
    assert {who for who, _, _ in duties(text)} == {"Police and Crime Commissioner", "responsible authorities"}


def test_a_director_of_a_network_has_its_whole_name() -> None:
    text = "The Panel welcomed Ada Moor, Director, Violence Reduction Network, to the meeting."
    assert any(who == "Ada Moor" and "Violence Reduction Network" in post for who, _, post in said("role_holder", text))


def test_functions_that_a_council_must_cover_are_no_duty_of_their_own() -> None:
    text = (
        "The Local Government Act 2000 lists scrutiny as one of the functions the council must ensure its plans cover."
    )
    assert duties(text) == set()


def test_several_documents_that_one_duty_asks_for() -> None:
    text = (
        "The Crime and Disorder Act 1998 led to the Community Safety Partnership being required to consult the "
        "community,"
        " prepare a strategic assessment, and prepare and implement its partnership plan."
    )
    assert {what for _, _, what in said("product", text)} == {"strategic assessment", "partnership plan"}


def test_a_named_chair_chairs() -> None:
    text = "Witnesses were Ada Moor, Chair of the Umber Safety Partnership and Bo Fen, Vice-Chair of the Umber Justice Board."
    assert {
        ("Ada Moor", "chairs", "Umber Safety Partnership"),
        ("Bo Fen", "viceChairOf", "Umber Justice Board"),
    } <= said("membership", text)


def test_the_statutory_partnership_for_its_areas() -> None:
    held = said("structure", "North Umber Safety Partnership was the statutory partnership for Amber, Ochre and Sepia.")
    assert ("North Umber Safety Partnership", "isStatutory", "true") in held
    assert ("North Umber Safety Partnership", "coversArea", "Amber, Ochre and Sepia") in held


def test_money_that_a_board_shares_out() -> None:
    text = (
        "The Umber Communities Board allocated funding from a budget to each Safety Partnership. Consequently, the "
        "Amber Safety"
        " Partnership had been allocated £107,400 for 2011/12 which was an increase on the £90,327 allocated to the "
        "Partnership"
        " in 2010/11."
    )
    assert money(text) == {
        ("Umber Communities Board", "Amber Safety Partnership", 107400),
        ("Umber Communities Board", "Amber Safety Partnership", 90327),
    }


def test_that_a_board_can_meet_what_an_act_requires_is_no_power() -> None:
    assert not duties("The Umber Board can meet the requirements of the Police and Justice Act 2006.")
