"""What papers cite, and what they say of instruments."""

from __future__ import annotations

import pytest

from dutygraph.facts import Fact, find_facts
from dutygraph.facts.citing import find_citations
from dutygraph.loaders.papers.model import Line, Paper
from dutygraph.loaders.papers.passages import make_passages


def facts(*lines: str) -> list[Fact]:
    texts = [text for line in lines for text in (line, "")]
    return find_facts(Paper("900.txt", tuple(make_passages([Line(text) for text in texts]))))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Under Section 12 of the Police Reform and Social Responsibility Act 2011, it must",
            ["Police Reform and Social Responsibility Act 2011, s.12"],
        ),
        ("the Children Act 2004 s31(9) says", ["Children Act 2004, s.31(9)"]),
        (
            "Articles 2 and 3 of the ECHR",
            ["European Convention on Human Rights, Art.2", "European Convention on Human Rights, Art.3"],
        ),
        ("duties of the Equality Act (2010)", ["Equality Act 2010"]),
        ("the Police, Crime Sentencing and Courts Act", ["Police, Crime, Sentencing and Courts Act 2022"]),
        ("the Act and Regulations, and an Order", []),
        ("a Community or Suspended Sentence Order", []),
        ("the Widgets (Safety) (Amendment) Regulations 2019 apply", ["Widgets (Safety) (Amendment) Regulations 2019"]),
    ],
)
def test_citations_are_written_as_the_guide_wants(text: str, names: list[str]) -> None:
    assert [citation.name for citation in find_citations(text)] == names


def test_a_misprinted_year_is_mended_and_what_stands_there_kept() -> None:
    (citation,) = find_citations("owed under the Human Rights Act 1988")
    assert (citation.name, citation.printed) == ("Human Rights Act 1998", "Human Rights Act 1988")
    assert "1988" in citation.note


def test_commencement_amendment_and_parent_act_are_found() -> None:
    found = {
        (fact.subject, fact.relation, fact.object)
        for fact in facts(
            "The Widgets Act 1999 (the Act) is the main law.",
            "The Widgets (Safety) Regulations 2001 and Amendments 2005 and 2009 (the Regulations) were made under the Act.",
            "The Safe Widgets Duty commenced on 4 March 2020.",
        )
    }
    assert ("Widgets (Safety) Regulations 2001", "madeUnder", "Widgets Act 1999") in found
    assert ("Widgets (Safety) Regulations 2001", "amendedBy", "the 2009 amending regulations") in found
    assert ("Safe Widgets Duty", "commencedOn", "4 March 2020") in found


def test_every_quotation_stands_in_the_paper() -> None:
    line = 'The **Widgets Act 1999** ("the Act") came into force on 1 May 2000.'
    found = facts(line)
    assert found and all(fact.quote in line for fact in found)
