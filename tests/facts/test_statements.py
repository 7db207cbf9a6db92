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
