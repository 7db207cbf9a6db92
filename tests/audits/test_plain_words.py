"""Plain words for what the law says are found, near misses are not: an agreement that the law does not support does harm."""

from __future__ import annotations

from pathlib import Path

import pytest

from dutygraph.audits import Audit, audit_paper
from dutygraph.audits.model import Finding
from dutygraph.audits.norms import _in_condition
from dutygraph.facts.model import Fact
from dutygraph.graph.builds import fill
from dutygraph.graph.store import OxigraphStore
from dutygraph.register import FOLDER

PAPER = """Warwickshire Police and Crime Panel

Report Date: 3 November 2023

1. Who answers to whom

1.1 The Warwickshire Police and Crime Panel scrutinises the Police and Crime Commissioner for Warwickshire.

1.2 The PCC holds the Chief Constable of Warwickshire Police to account for the performance of the force.

1.3 The Warwickshire Police and Crime Panel holds the Police and Crime Commissioner for Warwickshire to account.

1.4 The Warwickshire Police and Crime Panel scrutinises the Chief Constable of Warwickshire Police.

2. Legislation

2.1 Under the Police Reform and Social Responsibility Act 2011 the PCC must issue a police and crime plan. The PCC must send
the annual report to the Panel. The PCC must send a copy of the annual report to the Home Secretary. The Panel may veto the
proposed budget. The PCC must produce a report on burglary.

2.2 Under the Crime and Disorder (Formulation and Implementation of Strategy) Regulations 2007 the CSP strategy group must
prepare a strategic assessment during each year, which helps. The PCC must prepare a strategic assessment.

2.5 Under the Crime and Disorder Act 1998 the Council must formulate and implement a strategy to reduce fire risk. Under the
Police Reform and Social Responsibility Act 2011 the Panel may require the Chief Constable to attend and answer questions.

2.3 Under the Domestic Abuse Act 2021 local authorities must publish a strategy for support in safe accommodation.

2.4 There must be a strategy group: the CSP strategy group was established under the Crime and Disorder (Formulation and
Implementation of Strategy) Regulations 2007. The CSP strategy group was established under the Imaginary Places Act 1999.
"""


@pytest.fixture(scope="module")
def store() -> OxigraphStore:
    return OxigraphStore(fill([FOLDER]), "memory")


@pytest.fixture(scope="module")
def audit(store: OxigraphStore, tmp_path_factory: pytest.TempPathFactory) -> Audit:
    path = tmp_path_factory.mktemp("papers") / "plain.txt"
    path.write_text(PAPER, encoding="utf-8")
    return audit_paper(store, path)


def found(audit: Audit, words: str) -> Finding:
    held = [item for item in audit.findings if words in item.says]
    assert len(held) == 1, [item.says for item in audit.findings]
    return held[0]


@pytest.mark.parametrize(
    ("words", "law"),
    [
        ("Panel – has duty – scrutinise the Police and Crime Commissioner", "s. 28(6)"),
        ("hold the Chief Constable of Warwickshire Police to account", "s. 1(7)"),
        ("issue a police and crime plan", "s. 5(1)"),
        ("send the annual report to the Panel", "s. 12(2)"),
        ("CSP strategy group – has duty – prepare a strategic assessment", "SI 2007/1830, reg. 5(1)"),
        ("strategy group – established under – Crime and Disorder (", "SI 2007/1830, reg. 3"),
    ],
)
def test_the_law_says_so_in_other_words(audit: Audit, words: str, law: str) -> None:
    item = found(audit, words)
    assert item.verdict == "agrees"
    assert any(law in basis["citation"] for basis in item.basis)


@pytest.mark.parametrize(
    "words",
    [
        "Panel – has duty – hold the Police and Crime Commissioner",
        "scrutinise the Chief Constable",
        "to the Home Secretary",
        "veto the proposed budget",
        "report on burglary",
        "reduce fire risk",
        "require the Chief Constable to attend",
        "Commissioner – has duty – prepare a strategic assessment",
    ],
)
def test_what_the_law_does_not_say_is_never_agreed(audit: Audit, words: str) -> None:
    assert found(audit, words).verdict == "not held"


@pytest.mark.parametrize(("who", "named"), [("providers of lantern services", True), ("lantern councils", False)])
def test_a_holder_whom_only_the_condition_names_is_no_other_holder(who: str, named: bool) -> None:
    fact = Fact("duty", who, "hasDuty", "appoint a warden", "1", "appoint", "modal")
    norm = {"condition": "for providers of lantern services, where there are several"}
    assert _in_condition(fact, norm) is named


def test_an_agreement_rests_on_the_act_that_the_paper_names(audit: Audit) -> None:
    item = found(audit, "publish a strategy for support")  # not section 8(7) of another Act: "publish the strategy"
    assert {basis["citation"].split(",")[0] for basis in item.basis} <= {"Domestic Abuse Act 2021"}


def test_an_act_that_is_not_the_groups_own_is_no_agreement(audit: Audit) -> None:
    assert [
        item.verdict for item in audit.findings if "Imaginary Places Act 1999" in item.says and item.kind == "structure"
    ] in (
        [],
        ["not held"],
    )


def test_what_the_register_holds_of_groups_above(store: OxigraphStore, tmp_path: Path) -> None:
    path = tmp_path / "groups.txt"
    path.write_text(
        "Warwickshire Police and Crime Panel\n\nReport Date: 3 November 2024\n\n1. The Serious Violence Partnership "
        "Delivery"
        " Group reports into the Safer Warwickshire Partnership Board.\n\n2. The Performance Panel reports into the "
        "Safer"
        " Warwickshire Partnership Board.\n",
        encoding="utf-8",
    )
    verdicts = {
        item.says.split(" – ")[0]: item.verdict
        for item in audit_paper(store, path).findings
        if "reports to" in item.says
    }
    assert verdicts["Serious Violence Partnership Delivery Group"] == "agrees"
    assert verdicts["Performance Panel"] == "not held"  # not the working group that has both words in its name


def test_statements_that_contradict_each_other_name_each_other(store: OxigraphStore, tmp_path: Path) -> None:
    path = tmp_path / "money.txt"
    path.write_text(
        "Warwickshire Police and Crime Panel\n\nReport Date: 3 November 2023\n\n1. The PCC is statutory in all he does."
        " Lantern Scheme is a statutory scheme.\n\n2. Lantern Scheme is not statutory.\n",
        encoding="utf-8",
    )
    items = [item for item in audit_paper(store, path).findings if item.says.startswith("Lantern Scheme")]
    assert len(items) == 2
    assert all("does not agree with itself" in item.held for item in items)
