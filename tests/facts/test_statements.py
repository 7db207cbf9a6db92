"""What a paper states is found with the words that say it; what it denies, proposes or only asks for is no fact.

The papers here are of our own invention: Amberland, its commissioner and its boards.
"""

from __future__ import annotations

import pytest

from dutygraph.facts import Fact, find_facts
from dutygraph.loaders.papers.model import Line, Paper
from dutygraph.loaders.papers.passages import make_passages

VOICE = (
    "Amberland Police and Crime Panel",
    "This report gives an update on my role as Police and Crime Commissioner (PCC) for Amberland. My office supports me.",
    "The Amberland Police and Crime Commissioner works with Amberland Police.",
)


def facts(*lines: str) -> list[Fact]:
    texts = [text for line in (*VOICE, *lines) for text in (*line.split("\n"), "")]
    return find_facts(Paper("900.txt", tuple(make_passages([Line(text) for text in texts]))))


def said(kind: str, *lines: str) -> set[tuple[str, str, str]]:
    return {(fact.subject, fact.relation, fact.object) for fact in facts(*lines) if fact.kind == kind}


PCC = "Police and Crime Commissioner for Amberland"
OFFICE = "Office of the " + PCC


# Membership


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("I chair the Lantern Crime Board.", (PCC, "chairs", "Lantern Crime Board")),
        ("As the Chair of the Lantern Crime Board, I report monthly.", (PCC, "chairs", "Lantern Crime Board")),
        (
            "The Lantern Steering Group is now chaired by Det. Supt. Moor.",
            ("Det. Supt. Moor", "chairs", "Lantern Steering Group"),
        ),
        (
            "My office attends the Lantern Audit Committee.",
            ("Office of the " + PCC, "attendsAsGuest", "Lantern Audit Committee"),
        ),
        (
            "The PCC is not a responsible authority under the Act.",
            (PCC, "isNotMember", "Community Safety Partnerships in Amberland"),
        ),
        (
            "My role as Senior Responsible Officer for the Lantern Drugs Partnership began in May.",
            (PCC, "seniorResponsibleOwnerOf", "Lantern Drugs Partnership"),
        ),
    ],
)
def test_who_takes_part(text: str, fact: tuple[str, str, str]) -> None:
    assert fact in said("membership", text)


def test_each_of_a_list_is_a_member() -> None:
    found = said(
        "membership",
        "The Lantern Board (LB) brings together representatives from health, Amberland Police and the High Sheriff.",
    )
    assert {subject for subject, relation, _ in found if relation == "memberOf"} == {
        "health",
        "Amberland Police",
        "High Sheriff",
    }


def test_attendance_without_a_stated_status_is_implied() -> None:
    (fact,) = [fact for fact in facts("My office attends the Lantern Audit Committee.") if fact.kind == "membership"]
    assert fact.certainty == "implied"


# Structure


def test_sub_groups_areas_and_old_names() -> None:
    found = said(
        "structure",
        "The Harm Delivery Group, a sub-group of the Lantern Board, met in May.",
        "There are two CDPs in Amberland, one covering Netherby, and one covering Quillport and Wenshire. Combating Drugs Partnerships (CDPs) meet quarterly.",
        "The ASB Case Review (formerly known as the Community Trigger) was used.",
    )
    assert ("Harm Delivery Group", "subGroupOf", "Lantern Board") in found
    assert ("Combating Drugs Partnership for Quillport and Wenshire", "coversArea", "Quillport and Wenshire") in found
    assert any(relation == "formerlyKnownAs" and old == "Community Trigger" for _, relation, old in found)


def test_a_working_group_named_after_the_panel_is_its_own() -> None:
    found = facts("The Police and Crime Panel Beacons and Boats working group met in May.")
    (fact,) = [fact for fact in found if fact.relation == "subGroupOf"]
    assert fact.subject == "Police and Crime Panel Beacons and Boats working group"
    assert (fact.object, fact.certainty) == ("Amberland Police and Crime Panel", "implied")


# Duties


LAW = "The Crime and Disorder Act 1998 (the Act) sets out that each CSP strategy group:\n- shall prepare a strategic assessment; and\n- may invite guests."


def duties(*lines: str) -> set[tuple[str, str, str, str]]:
    return {
        (fact.subject, fact.relation, fact.object, fact.more["force"]) for fact in facts(*lines) if fact.kind == "duty"
    }


def test_items_of_a_list_are_duties_and_powers_of_the_holder_that_leads_them_in() -> None:
    found = duties("1. Key legislation", LAW)
    assert ("CSP strategy group", "hasDuty", "prepare a strategic assessment", "law") in found
    assert ("CSP strategy group", "hasPower", "invite guests", "law") in found


def test_a_denial_keeps_its_polarity_and_its_holder() -> None:
    found = duties(
        "1. Key legislation",
        "Under the Police Reform and Social Responsibility Act 2011, PCCs can make grants to CSPs but are under no obligation to do so.",
        "Under the Police Reform and Social Responsibility Act 2011, PCCs can approve mergers between CSPs but cannot instruct mergers.",
    )
    general = "Police and Crime Commissioner"
    assert (general, "hasPower", "make grants to CSPs", "law") in found
    assert (general, "hasNoDuty", "make grants to CSPs", "law") in found
    assert (general, "hasNoPower", "instruct mergers", "law") in found
    assert not any(relation == "hasDuty" for _, relation, _, _ in found)


def test_what_is_recommended_or_consulted_upon_is_never_law() -> None:
    found = duties(
        "The review recommended that the Home Office undertake a full review of CSPs under the Crime and Disorder Act 1998.",
        "The consultation considered whether PCCs should review the plans of CSPs.",
    )
    assert found and {(relation, force) for _, relation, _, force in found} <= {
        ("proposedDuty", "recommendation"),
        ("proposedDuty", "proposal"),
    }


def test_who_says_i_has_the_duty_as_the_local_post() -> None:
    found = duties(
        "As PCC I have a responsibility to answer each inspection of the harbour.",
        "My main duties as a Police and Crime Commissioner include:\n- To keep the beacons lit;\n- A statutory duty to hear the harbour masters.",
        "This helps me to fulfil my responsibility to secure the maintenance of an efficient police force.",
    )
    assert (PCC, "hasDuty", "answer each inspection of the harbour", "law") in found
    assert {(PCC, "hasDuty", act, "law") for act in ("keep the beacons lit", "hear the harbour masters")} <= found
    assert (PCC, "hasDuty", "secure the maintenance of an efficient police force", "law") in found
    assert not any(holder == "Police and Crime Commissioner" for holder, *_ in found)


def test_a_responsibility_of_ones_own_that_is_not_called_statutory_is_no_duty_in_law() -> None:
    assert duties("This helps me to fulfil my responsibility to greet visitors at the harbour.") == set()


def test_what_the_law_gave_all_commissioners_one_day_is_of_the_general_class() -> None:
    found = duties("Since May 2020, I have had responsibility for reviewing complaints about the harbour.")
    assert {holder for holder, *_ in found} == {"Police and Crime Commissioner"}


def test_a_plain_wish_is_no_duty() -> None:
    assert (
        duties("The PCC must be pleased with the progress.", "We will continue to meet.", "Partners should try harder.")
        == set()
    )


# Products, money, office-holders


def test_documents_and_who_makes_them() -> None:
    found = said(
        "product",
        "My Safer Amberland Plan sets the course.",
        "The Lantern Hate Crime Partnership has published its new Hate Crime Strategy.",
    )
    assert (PCC, "owns", "Safer Amberland Plan") in found
    assert ("Lantern Hate Crime Partnership", "publishes", "Hate Crime Strategy") in found


def test_documents_whose_maker_stands_in_their_name() -> None:
    found = said(
        "product",
        "I support the development of an Amberland Police 'Harbour Crime Action Plan'.",
        "The Quarter 1 force performance report can be found at Appendix A.",
        "The lantern budget report can be found at Appendix B.",
    )
    assert ("Amberland Police", "prepares", "Harbour Crime Action Plan") in found
    assert ("Amberland Police", "prepares", "Quarter 1 force performance report") in found
    assert not any("lantern" in name for _, _, name in found)


def test_the_maker_of_a_document_is_named_whole() -> None:
    found = said(
        "product", "The harbour report was designed and produced by the Lantern Watch and Beacon Board therefore."
    )
    assert found == {("Lantern Watch and Beacon Board", "prepares", "harbour report")}


def money(*lines: str) -> set[tuple[str, str, float]]:
    return {(fact.subject, fact.object, float(fact.value or 0)) for fact in facts(*lines) if fact.kind == "funding"}


def test_a_table_of_awards_with_its_total() -> None:
    found = money(
        "The PCC has awarded the following grant amounts to each CSP:",
        "Netherby CSP\t£10,500\nQuillport CSP (North)\t£2,250.50\nWenshire CSP\t£1.5m\nTotal\t£1,512,750.50",
    )
    assert (PCC, "Netherby Community Safety Partnership", 10500.0) in found
    assert (PCC, "Quillport Community Safety Partnership (North)", 2250.5) in found
    assert (PCC, "Community Safety Partnerships in Amberland (total)", 1512750.5) in found


def test_a_bid_without_a_result_is_no_funding() -> None:
    assert (
        money(
            "The Women's Group has submitted a bid to the Ministry of Justice, seeking over £250,000 to support its work."
        )
        == set()
    )


def test_precepts_and_savings_are_no_funding() -> None:
    assert money("I will raise the precept by £15 and have agreed savings of £2.5m in the budget.") == set()


def test_office_holders_with_their_bodies() -> None:
    found = said(
        "role_holder",
        "Ada Quill, Amberland Police and Crime Commissioner",
        "Ben Moor – Chief Executive, OPCC",
        "Cllr Cy Reed (Chair) – Netherby Borough Council",
    )
    assert ("Ada Quill", "holds", PCC) in found
    assert ("Ben Moor", "holds", "Chief Executive, Office of the " + PCC) in found
    assert ("Cllr Cy Reed", "holds", "Chair, Amberland Police and Crime Panel") in found


def test_who_represents_the_office_holds_a_post_in_it() -> None:
    found = said(
        "role_holder", "The OPCC were represented by Ada Quill in her position as the Chief Executive Officer."
    )
    assert found == {("Ada Quill", "holds", "Chief Executive Officer, Office of the " + PCC)}


def test_every_quotation_stands_in_the_paper_and_is_short() -> None:
    lines = [*VOICE, LAW, "The **PCC** is **not** a responsible authority under the Act.", "Netherby CSP\t£10,500"]
    paper = " ".join(" ".join(lines).split())
    found = facts(*lines[len(VOICE) :])
    assert found and all(" ".join(fact.quote.split()) in paper and len(fact.quote) <= 200 for fact in found)


def test_a_review_still_to_come_is_no_document() -> None:
    assert not said("product", "A review of the boats will be undertaken by the Lantern Water Board.")


def test_the_statutory_scheme_is_the_one_of_its_volunteers() -> None:
    lines = (
        "My office runs the Dog Welfare Visitors (DWV).",
        "The DWVs visit kennels. This is a statutory responsibility detailed in the Police Reform Act 2002.",
    )
    assert said("structure", *lines) >= {
        ("Dog Welfare Visitor scheme", "isStatutory", "true"),
        ("Dog Welfare Visitor scheme", "establishedUnder", "Police Reform Act 2002"),
    }


def test_a_mutual_duty_binds_both() -> None:
    text = (
        "The Police Reform and Social Responsibility Act 2011 places a mutual duty on PCCs and responsible authorities "
        "in Community Safety Partnerships (CSPs) to cooperate to reduce crime."
    )
    assert {fact[0] for fact in said("duty", text)} == {"Police and Crime Commissioner", "responsible authorities"}


@pytest.mark.parametrize(
    ("text", "one", "two", "act"),
    [
        (
            "The Police Reform and Social Responsibility Act 2011 applies. There is also a similar reciprocal duty on the "
            "PCC and criminal justice bodies to cooperate.",
            "Police and Crime Commissioner",
            "criminal justice bodies",
            "cooperate",
        ),
        (
            "The Police Reform and Social Responsibility Act 2011 requires CSPs to read the plan and for the PCC and CSPs "
            "to meet each other.",
            "Police and Crime Commissioner",
            "Community Safety Partnership",
            "meet the",
        ),
    ],
)
def test_a_duty_said_of_two_at_once(text: str, one: str, two: str, act: str) -> None:
    held = {fact[0] for fact in said("duty", text) if fact[2].startswith(act)}
    assert held == {one, two}


def test_a_group_said_again_without_its_name_is_the_named_one() -> None:
    text = (
        "The Lantern Women Alliance met for the first time after the launch of the strategic partnership. Representation "
        "includes the police, probation and health."
    )
    assert ("probation", "memberOf", "Lantern Women Alliance") in said("membership", text)


@pytest.mark.parametrize(
    ("text", "whom", "value", "note"),
    [
        (
            "The budget for the Lantern Crime Partnership for 2022-2023 is £5,945m, funded through the Home Office.",
            ("Home Office", "Lantern Crime Partnership"),
            None,
            "the amount is misprinted: £5,945m",
        ),
        (
            "The PCC has therefore kept the community safety budget at the same level, for some years now, at £3,863,308.",
            (PCC, "community safety budget"),
            3863308.0,
            "",
        ),
        (
            "Also successful were the Safer Rivers 4 bids for Lantern Council £365,667, for lights, and Moor Council "
            "£227,100, to mend a bridge.",
            ("Home Office", "Moor Council"),
            227100.0,
            "",
        ),
    ],
)
def test_money_kept_won_by_several_or_misprinted(
    text: str, whom: tuple[str, str], value: float | None, note: str
) -> None:
    lines = ("The Safer Rivers Fund was introduced by the Home Office.", text)
    found = {(fact.subject, fact.object): fact for fact in facts(*lines) if fact.kind == "funding"}
    assert found[whom].value == value
    assert found[whom].more.get("note", "") == note


def test_one_person_holds_one_post_however_its_apostrophe_is_printed() -> None:
    lines = (
        "The campaign was led by Amberland Victim's Commissioner Nora Quill.",
        "This was said by Victims Commissioner Nora Quill.",
    )
    assert [one for one in said("role_holder", *lines) if one[0] == "Nora Quill"] == [
        ("Nora Quill", "holds", "Amberland Victim's Commissioner")
    ]


def test_a_document_is_not_owned_and_published_as_two_facts() -> None:
    lines = ("I published my Police and Crime Plan in May. My Police and Crime Plan says more.",)
    found = [one for one in said("product", *lines) if one[2] == "Police and Crime Plan"]
    assert len(found) == 1


def test_an_order_that_requires_one_thing_in_its_lead_binds_in_its_items() -> None:
    lines = (
        "In August 2021 the Elected Local Policing Bodies (Specified Information) Order 2011 applied, requiring PCCs to "
        "publish figures. The order states that:",
        "- The figures must be published on a website.",
        "- They should be clear.",
    )
    assert "Police and Crime Commissioner" in {one[0] for one in said("duty", *lines) if "website" in one[2]}


def test_actions_under_letters_are_two_duties() -> None:
    lines = (
        "The Police Reform and Social Responsibility Act 2011 applies: the elected local policing body must- (a) give the "
        "panel a response to any report...and (b) publish any such response'.",
    )
    assert {one[2] for one in said("duty", *lines)} == {
        "give the panel a response to any report",
        "publish any such response",
    }


def test_a_commissioner_beside_the_local_force_is_the_local_one() -> None:
    text = "As public authorities, the PCC and Amberland Police must, under the Equality Act 2010, have due regard to need."
    assert {one[0] for one in said("duty", text)} <= {PCC, "Amberland Police"}
    text = "Under the Equality Act 2010, the PCC and Amberland Police must have due regard to need."
    assert {one[0] for one in said("duty", text)} == {PCC, "Amberland Police"}


def test_fire_and_rescue_authorities_are_one_holder() -> None:
    text = (
        "The Police, Crime, Sentencing and Courts Act will require local authorities, the police, fire and rescue "
        "authorities and health authorities to work together."
    )
    assert {one[0] for one in said("duty", text)} == {
        "local authorities",
        "police",
        "fire and rescue authorities",
        "health authorities",
    }


def test_the_commissioners_office_without_its_apostrophe() -> None:
    text = "The safety directory was produced by the Police and Crime Commissioners Office in May."
    assert (OFFICE, "prepares", "safety directory") in said("product", text)


def test_a_group_without_a_name_is_called_by_what_it_looks_at() -> None:
    text = "I chair a countywide group looking at river swimming, which reports into the Lantern Water Board."
    assert (PCC, "chairs", "countywide group on river swimming") in said("membership", text)
    assert ("countywide group on river swimming", "reportsTo", "Lantern Water Board") in said("structure", text)


def test_whose_budget_one_sets_is_not_who_must_prepare_the_plan() -> None:
    text = "The PCC sets the budget for Amberland Police and is required by law to produce a Police and Crime Plan."
    assert {one[0] for one in said("product", text)} == {"Police and Crime Commissioner"}


def test_a_year_printed_two_ways_is_one_annual_report() -> None:
    lines = ("The PCC presented the draft Annual Report 2021-2022.", "The PCC published the Annual Report 2021-22.")
    assert len([one for one in said("product", *lines) if one[1] == "prepares" and "2021" in one[2]]) == 1


def test_publication_of_a_report_is_a_duty_and_no_body() -> None:
    assert not [
        one
        for one in said("structure", "Publication of an annual report is a statutory requirement.")
        if one[1] == "isStatutory"
    ]


def test_a_long_title_in_quotation_marks_is_a_title_all_the_same() -> None:
    text = (
        "The UK Government's river strategy, titled \"Clean Water: a ten-year rivers plan to wash every bank and save the "
        'fish" was launched in May 2021.'
    )
    found = [one for one in said("product", text) if one[1] == "publishes"]
    assert [one[0] for one in found] == ["HM Government"] and "Clean Water" in found[0][2]


def test_a_department_publishes_guidance_on_the_group_of_the_passage() -> None:
    text = (
        "I chair the Lantern Crime Board. The Ministry of Justice have recently published updated guidance strengthening "
        "it."
    )
    assert ("Ministry of Justice", "publishes", "guidance on Lantern Crime Board") in said("product", text)


def test_a_short_form_that_the_paper_does_not_expand_stays_in_names() -> None:
    assert ("ASB Case Review", "formerlyKnownAs", "Community Trigger") in said(
        "structure", "The role in the ASB Case Review (formerly known as the Community Trigger) was set out."
    )


def test_a_statutory_requirement_for_somebody_is_his_duty() -> None:
    text = (
        "The Crime and Disorder Act 1998 sets out the statutory requirement for a local body of 'responsible authorities' to "
        "work together."
    )
    assert ("responsible authorities", "hasDuty", "work together") in said("duty", text)


def test_that_duties_can_be_owed_is_no_power() -> None:
    assert not said("duty", "The police can owe duties under the Human Rights Act 1998 to protect bathers.")


def test_what_must_be_considered_keeps_its_words_apart() -> None:
    lines = (
        "Under the Police Reform and Social Responsibility Act 2011 the Panel reads the precept.",
        "Under that Act, the Panel must act, as the precept must be considered and a view given by 8 February.",
    )
    assert not [one for one in said("duty", *lines) if "preceptand" in one[2]]


def test_what_leads_a_sentence_in_is_no_part_of_who_gets_the_money() -> None:
    text = "Through this funding from the Ministry of Justice, Moor Refuge have been awarded £543,867 until March 2025."
    found = {fact.object for fact in facts(text) if fact.kind == "funding"}
    assert found == {"Moor Refuge"}
