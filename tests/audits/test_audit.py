"""A paper held against the invented register: what agrees, what differs, what is a gap, and how it is written down."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pytest
from pyoxigraph import Store

from dutygraph.audits import Audit, audit_paper
from dutygraph.audits.formats import FORMATS, write_audit
from dutygraph.audits.model import Held
from dutygraph.audits.partnerships import _elsewhere
from dutygraph.audits.word import write_word
from dutygraph.errors import BadInput
from dutygraph.graph.builds import fill
from dutygraph.graph.store import OxigraphStore
from dutygraph.knowledge import KnowledgeGraph
from dutygraph.loaders.papers.model import Paper
from dutygraph.register import FOLDER

PAPER = """Amberland Police and Crime Panel

Report Date: 3 November 2023

Safe places in Amberland

1. Responsible authorities

1.1 Under the Safe Places Act 1998, the following bodies are designated as 'responsible authorities' in Amberland:

- Netherby Borough Council
- Chief Constable of Amberland Police
- Police and Crime Commissioner for Amberland
- Ambershire Harbour Watch Council

1.2 The Safe Places Act 1998 (section 5(1)(c)) named the police authority. Section 7(1) of the Safe Places Act 1998 is
on reports.

1.3 The Imaginary Places Act 1999 is another Act.

2. Meetings

2.1 The Harbour Talks Board brings together Netherby Borough Council and the Police and Crime Commissioner for Amberland to
advise the responsible authorities each month.

2.2 Netherby Borough Council attended the Netherby Community Safety Partnership.
"""


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "panel.txt"
    path.write_text(PAPER, encoding="utf-8")
    return path


@pytest.fixture
def audit(kg: KnowledgeGraph, paper: Path) -> Audit:
    return kg.audit(paper)


def verdict(audit: Audit, words: str) -> str:
    found = [item.verdict for item in audit.findings if words in item.says]
    assert found, f"nothing says {words}: {[item.says for item in audit.findings]}"
    return found[0]


def test_the_papers_own_date_counts_unless_another_is_given(kg: KnowledgeGraph, paper: Path, audit: Audit) -> None:
    assert audit.as_at == "2023-11-03"
    assert kg.audit(paper, "2005-06-01").as_at == "2005-06-01"


def test_a_paper_without_a_date_asks_for_one(kg: KnowledgeGraph, tmp_path: Path) -> None:
    (tmp_path / "undated.txt").write_text("A note on safe places.\n", encoding="utf-8")
    with pytest.raises(BadInput, match="--on"):
        kg.audit(tmp_path / "undated.txt")


def test_members_of_a_class_that_the_law_names(audit: Audit) -> None:
    assert verdict(audit, "Netherby Borough Council") == "agrees"
    assert verdict(audit, "Commissioner for Amberland – member of – Community Safety") == "differs"
    assert verdict(audit, "Harbour Watch") == "not held"


def test_a_provision_that_has_ended_is_told_from_one_in_force(audit: Audit) -> None:
    assert verdict(audit, "s. 5(1)(c)") == "differs"
    assert verdict(audit, "s. 7(1)") == "agrees"


def test_an_act_that_is_not_held_is_a_gap(audit: Audit) -> None:
    assert verdict(audit, "Imaginary Places Act 1999") == "not held"


def test_a_class_that_is_only_mentioned_says_nothing_of_who_is_on_a_board(audit: Audit) -> None:
    assert verdict(audit, "Commissioner for Amberland – member of – Harbour Talks Board") == "not held"


def test_who_is_seen_at_a_meeting_may_well_be_a_member(audit: Audit) -> None:
    assert verdict(audit, "Netherby Borough Council – attends as guest") == "not held"


def test_a_bill_that_became_an_act_later_is_no_difference(tmp_path: Path) -> None:
    paper = tmp_path / "bill.txt"
    paper.write_text(
        "Report Date: 3 November 2023\n\n1. The Victims and Prisoners Bill is before Parliament.\n", encoding="utf-8"
    )
    audit = audit_paper(OxigraphStore(fill([FOLDER]), "memory"), paper)
    (found,) = [item for item in audit.findings if item.says.endswith("Victims and Prisoners Bill")]
    assert found.verdict == "not held" and "became the Victims and Prisoners Act 2024" in found.held


def norms_of(kg: KnowledgeGraph, folder: Path, text: str, on: str) -> list[tuple[str, str, str]]:
    paper = folder / "duties.txt"
    paper.write_text(f"Report Date: 3 November 2023\n\n1. Legislation\n\n1.1 {text}\n", encoding="utf-8")
    return [
        (item.verdict, item.rule, " ".join(basis["citation"] for basis in item.basis))
        for item in kg.audit(paper, on).findings
        if item.kind == "duty"
    ]


@pytest.mark.parametrize(
    ("text", "on", "verdict", "rule"),
    [
        ("the policing body may ask the responsible authorities for a report.", "2023-11-03", "agrees", "norm"),
        (
            "the policing body must ask the responsible authorities for a report.",
            "2023-11-03",
            "differs",
            "kind of norm",
        ),
        (
            "the responsible authorities must make a plan for safe places and carry it out.",
            "2023-11-03",
            "agrees",
            "norm",
        ),
        (
            "the responsible authorities must make and publish a strategy for safe places.",
            "2005-06-01",
            "agrees",
            "norm",
        ),
        (
            "the responsible authorities must make and publish a strategy for safe places.",
            "2023-11-03",
            "differs",
            "in force",
        ),
        ("the responsible authorities must paint the harbour lamps green.", "2023-11-03", "not held", "norm"),
    ],
)
def test_duties_against_norms(kg: KnowledgeGraph, tmp_path: Path, text: str, on: str, verdict: str, rule: str) -> None:
    (found,) = norms_of(kg, tmp_path, f"Under the Safe Places Act 1998, {text}", on)
    assert found[:2] == (verdict, rule)
    assert verdict == "not held" or "Safe Places Act 1998" in found[2]


def test_what_was_taken_from_the_same_paper_is_no_second_witness(kg: KnowledgeGraph, tmp_path: Path) -> None:
    text = "{}\n\nReport Date: 5 March 2024\n\n1. Netherby Borough Council chairs the Netherby Community Safety Partnership.\n"
    counts = {}
    for title in ("Paper of the Netherby board", "Harbour lamps of Quillport"):
        (tmp_path / "own.txt").write_text(text.format(title), encoding="utf-8")
        audit = kg.audit(tmp_path / "own.txt")
        counts[title] = (audit.counts["agrees"], audit.counts["agrees_same_paper"])
        assert ("BUT FROM THIS SAME PAPER" in write_audit(audit, "table")) == ("board" in title)
    assert counts == {"Paper of the Netherby board": (0, 1), "Harbour lamps of Quillport": (1, 0)}


@pytest.mark.parametrize("who", ["Office of the Police and Crime Commissioner", "Deputy Police and Crime Commissioner"])
def test_an_office_or_a_deputy_is_not_the_post(kg: KnowledgeGraph, tmp_path: Path, who: str) -> None:
    lists = PAPER.replace("- Police and Crime Commissioner for", f"- {who} for")
    (tmp_path / "panel.txt").write_text(lists, encoding="utf-8")
    assert (
        verdict(kg.audit(tmp_path / "panel.txt"), f"{who} for Amberland – member of – Community Safety") == "not held"
    )


def test_every_judgement_has_its_law(audit: Audit) -> None:
    judged = [item for item in audit.findings if item.verdict != "not held" and item.kind == "membership"]
    assert judged and all(item.basis and item.quote and item.locator for item in judged)


def test_counts_and_json_say_the_same(audit: Audit) -> None:
    read = json.loads(write_audit(audit, "json"))
    assert read["counts"]["differs"] == sum(item["answer"] == "no" for item in read["findings"])
    assert {item["answer"] for item in read["findings"]} <= {"yes", "no", "unknown"}


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_has_the_difference(audit: Audit, form: str) -> None:
    assert "the list does not name commissioners" in " ".join(write_audit(audit, form).split())


def test_the_word_file_links_to_the_law(audit: Audit) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document(io.BytesIO(write_word(audit)))
    links = {part.target_ref for part in document.part.rels.values() if part.is_external}
    assert links == {basis["iri"] for item in audit.findings for basis in item.basis}
    assert "held against law and register" in document.paragraphs[0].text


@pytest.mark.parametrize(
    ("name", "label", "elsewhere"),
    [
        ("Night listener scheme", "Night listener scheme (Moorland)", True),
        ("Night listener scheme", "Night listener scheme (Amberland)", False),
        ("Night listener scheme in Moorland", "Night listener scheme (Moorland)", False),
        ("Night listener scheme", "Night listener scheme (the kind)", False),
    ],
)
def test_the_scheme_of_another_area_is_not_the_papers(name: str, label: str, elsewhere: bool) -> None:
    paper = Held(OxigraphStore(Store(), ""), Paper("a.txt", ()), (), "Amberland", date(2024, 1, 1))
    assert _elsewhere(paper, name, label) is elsewhere
