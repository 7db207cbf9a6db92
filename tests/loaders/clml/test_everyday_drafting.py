"""What an eighth reading of Acts of 1960 to 2019 taught: courts, persons taken somewhere, agents in the items."""

from __future__ import annotations

from pathlib import Path

import pytest

from dutygraph.loaders.clml.norms import norms
from dutygraph.loaders.clml.norms.lexicon import ADVERBS, VERBS, singular
from dutygraph.loaders.clml.reader import read_document

from .test_norms import found, provision, read, section

Norms = list[tuple[str, str | None, str]]

CASES: list[tuple[list[str | list[str]], Norms]] = [
    # a place is no deeming
    (["He shall be taken to a lighthouse within six hours."], [("duty", None, "be taken")]),
    (["He shall be taken to have agreed."], []),
    (["Every letter may be read or examined by the warden."], [("power", "warden", "be read")]),
    (["The letter is to be read as one with the chart."], []),
    # an agent refers, a text is read
    (["The board shall refer to the crew the case of a pilot."], [("duty", "board", "refer to")]),
    (["In this Act, a reference to a boat shall refer to a raft."], []),
    # a burden of proof is nobody's duty
    (["For the purposes of a ruling by the board it shall be for a pilot to show that the fog was thick."], []),
    (["No offence under section 1 shall be committed in respect of the boat by the pilot."], []),
    # as soon as practicable after a day
    (
        ["As soon as practicable after the end of each year the board shall make a report."],
        [("duty", "board", "make a")],
    ),
    (["As soon as possible after 4th April the board shall make a report."], [("duty", "board", "make a")]),
    # a court that hears
    (["A court hearing an appeal must quash the order."], [("duty", "court", "quash the")]),
    # a purpose set before the second infinitive
    (
        [
            "It shall be the duty of every pilot to keep each lamp in good order and, for that purpose, to replace its wick."
        ],
        [("duty", "pilot", "keep each"), ("duty", "pilot", "replace its")],
    ),
    # rights with a time before their infinitive
    (
        [
            "A pilot shall, on producing, if so required, his badge, have a right at all reasonable hours to enter a boat."
        ],
        [("power", "pilot", "enter a")],
    ),
    (
        ["A pilot authorised by the board shall be entitled at any reasonable time to enter a boat."],
        [("power", "pilot", "enter a")],
    ),
    # several of a kind, and plurals in -men
    (
        ["If three or more seamen think that the water is bad, they may complain to the master."],
        [("power", "seaman", "complain to")],
    ),
    (
        ["If the seamen are displeased with the action taken by the master they may sing."],
        [("power", "seaman", "sing")],
    ),
    # a name in front of a name
    (
        ["Where a prisoner custody officer is on board, it shall be his duty to ring the bell."],
        [("duty", "prisoner custody officer", "ring the")],
    ),
    (["Before the Executive gives advice it shall consult the crew."], [("duty", "executive", "consult the")]),
    # the items of a passive name its agent
    (
        [
            "An application may be made—",
            ["in a harbour, by the harbour board;", "at sea, by the master."],
        ],
        [("power", "harbour board", "be made")],
    ),
    (
        ["The charge must be fixed—", ["by agreement between the parties; or", "by the board."]],
        [("duty", None, "be fixed")],
    ),
    # a condition between dashes, with clauses of its own
    (
        ["The board— where it thinks it fair that a pilot should pay or that he should sing— shall tell him."],
        [("duty", "board", "tell him")],
    ),
    # cases joined to the sentence before, pronouns behind a title, places, relative clauses with two objects
    (
        ["The pilot may appeal to the board and on such an appeal the board may either hear or turn away the crew."],
        [("power", "pilot", "appeal to"), ("power", "board", "hear or")],
    ),
    (
        ["Where a badge is taken by the warden under section 3 of the Lantern Act he may sell it."],
        [("power", "warden", "sell it")],
    ),
    (
        ["A warden at a harbour in England, Wales or Northern Ireland may stop a boat."],
        [("power", "warden", "stop a")],
    ),
    (
        ["A court which has fined a pilot, or his master, in pursuance of this section may, if it likes, sing."],
        [("power", "court", "sing")],
    ),
    (
        ["If a pilot appeals under section 2 within the period the harbour board may not sell the boat."],
        [("prohibition", "harbour board", "sell the")],
    ),
    (["An order designating a person as the owner may also provide for a fee."], [("power", None, "provide for")]),
    (["The board shall from time to time issue charts."], [("duty", "board", "issue charts")]),
    (
        ["The board may stop a boat for the purpose of enabling a search and report to be made."],
        [("power", "board", "stop a")],
    ),
    (["A request shall not be made except by the pilot."], [("prohibition", None, "be made")]),
    (["A pilot who obeys shall be under no liability for loss."], []),
    (["A badge shall not be transferable."], []),
    (["A rowing club may ask for a lamp."], [("power", "rowing club", "ask for")]),
    (
        ["The pilot has the right (without prejudice to any other right) to stop work."],
        [("power", "pilot", "stop work")],
    ),
    (
        [
            "Every badge shall be subject to the following conditions, namely—",
            ["the pilot shall wear it;", "no boat shall be lent."],
        ],
        [("duty", "pilot", "wear it"), ("prohibition", None, "be lent")],
    ),
    (["A pilot shall at no time leave the boat."], [("prohibition", "pilot", "leave the")]),
    # verbs
    (["The board may subsidise a ferry."], [("power", "board", "subsidise a")]),
    (
        ["The board must mend the pier and refurbish its lamps."],
        [("duty", "board", "mend the"), ("duty", "board", "refurbish its")],
    ),
]


@pytest.mark.parametrize(("parts", "expected"), CASES)
def test_norms_in_everyday_drafting(parts: list[str | list[str]], expected: Norms) -> None:
    assert found(*parts) == expected


def test_a_court_that_is_only_appealed_to_is_not_the_court() -> None:
    xml = section(
        provision("1", "Where a court orders a boat to be sunk, the owner may appeal to the Crown Court."),
        provision("2", "Where a court makes such an order it may fine the owner."),
        provision("3", "The court may vary the order."),
    )
    assert read(xml)[1:] == [("power", "court", "fine the"), ("power", "court", "vary the")]


def test_a_court_that_did_something_is_the_court() -> None:
    xml = section(
        provision("1", "A master may be fined by a magistrates’ court."),
        provision("2", "The court may hear the pilot."),
    )
    assert read(xml)[-1] == ("power", "magistrates’ court", "hear the")


def test_no_verb_is_an_adverb() -> None:
    assert not VERBS & ADVERBS
    assert {word for word in ADVERBS if word.endswith(("ate", "ise", "ize", "ify"))} == {"likewise", "otherwise"}


@pytest.mark.parametrize(("word", "one"), [("seamen", "seaman"), ("ombudsmen", "ombudsman"), ("specimen", "specimen")])
def test_plurals_in_men(word: str, one: str) -> None:
    assert singular(word) == one


@pytest.mark.parametrize(
    ("lead", "items"),
    [
        ("An application may be made—", ["in a harbour, by the harbour board;", "at sea, by the master."]),
        ("An application may be made by—", ["the harbour board;", "the crew."]),
    ],
)
def test_the_first_of_several_agents_is_said_to_be_the_first_alone(lead: str, items: list[str]) -> None:
    xml = section(provision("1", lead, items))
    (norm,) = norms(read_document(Path("x.xml"), xml.encode()))
    assert (norm.holder, norm.rule) == ("harbour board", "may; passive, by-phrase, first of the items")


def test_an_agent_in_the_sentence_is_not_the_first_of_anything() -> None:
    (norm,) = norms(read_document(Path("x.xml"), section(provision("1", "It may be made by the crew.")).encode()))
    assert norm.rule == "may; passive, by-phrase, stated"
