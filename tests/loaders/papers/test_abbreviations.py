"""Abbreviations are those that the paper expands, in the singular."""

from __future__ import annotations

import pytest

from dutygraph.loaders.papers.abbreviations import find_abbreviations, long_form
from dutygraph.loaders.papers.model import Line, Paper
from dutygraph.loaders.papers.passages import make_passages


def found(*lines: str) -> dict[str, str]:
    paper = Paper("x.txt", tuple(make_passages([Line(line) for line in lines])))
    return {item.short: item.long for item in find_abbreviations(paper)}


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("the Safer Amberland Partnership Board (SAPB) meets", "SAPB", "Safer Amberland Partnership Board"),
        ("all Local Policing Areas (LPAs) report", "LPA", "Local Policing Area"),
        ("violence against women and girls (VAWG) rose", "VAWG", "violence against women and girls"),
        ("an Assurance and Accountability (A&A) meeting", "A&A", "Assurance and Accountability"),
        ("the RCT (Randomised Control Test) began", "RCT", "Randomised Control Test"),
        ("the Quill Governance Group meeting (QGG)", "QGG", "Quill Governance Group"),
        ("under the Widgets Act 1999 (“the Act”) it must", "the Act", "Widgets Act 1999"),
    ],
)
def test_what_a_bracket_abbreviates(text: str, short: str, long: str) -> None:
    assert found(text) == {short: long}


def test_a_bracket_that_abbreviates_nothing_is_left_alone() -> None:
    assert found("the report (RESTRICTED) and Netherby (Wenshire) were noted") == {}
    assert long_form("quite other words", "XYZ") == ""


def test_the_act_may_change_within_a_pack() -> None:
    paper = Paper(
        "x.txt",
        tuple(
            make_passages([Line("the Widgets Act 1999 (the Act)."), Line(""), Line("The Gadgets Act 2005 (the Act).")])
        ),
    )
    assert [item.long for item in find_abbreviations(paper)] == ["Widgets Act 1999", "Gadgets Act 2005"]
