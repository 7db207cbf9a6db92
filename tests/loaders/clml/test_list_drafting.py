"""Subjects, conditions and modals that stand apart: in lead-ins, in items, in brackets, behind a list."""

from __future__ import annotations

import pytest

from .test_norms import found

Norms = list[tuple[str, str | None, str]]

CASES: list[tuple[list[str | list[str]], Norms]] = [
    # the lead-in names the subject, an item begins with a condition of its own
    (
        [
            "The court by which he is fined—",
            ["if it is sure that the fog is thick, shall make an order;", "must say so."],
        ],
        [("duty", "court", "make an"), ("duty", "court", "say so")],
    ),
    (
        ["If a gate is closed the warden who closes it—", ["where a ferry serves a council, must ring;", "may sing."]],
        [("duty", "warden", "ring"), ("power", "warden", "sing")],
    ),
    # the items of an if-clause
    (["A boat is safe if—", ["fees are due or a toll is to be paid for it;", "it is dry."]], []),
    # brackets that go on with the subject
    (
        ["The board must hold a meeting before closing the pier (and may hold one before mending it)."],
        [("duty", "board", "hold a"), ("power", "board", "hold one")],
    ),
    (["The board is not required to hold a meeting (but may do so)."], [("power", "board", "do so")]),
    # but before doing so
    (
        ["The board may by order vary or revoke a scheme but before doing so must consult the crew."],
        [("power", "board", "vary or"), ("duty", "board", "consult the")],
    ),
    # it stands for the text that says something
    (
        ["If a scheme provides for stewards to be named by a harbour board, it must also provide for their pay."],
        [("duty", None, "provide for")],
    ),
    (
        ["If a notice is served on a harbour board, it must provide a boat."],
        [("duty", "harbour board", "provide a")],
    ),
    # the verb of a that-clause behind a list
    (
        [
            "The scheme must provide that any plan to—",
            ["sell a boat, or", "let a pier,"],
            "must be approved by the crew.",
        ],
        [("duty", None, "provide that")],
    ),
    # nouns that look like verbs, adverbs that look like agents, clauses with insertions
    (
        ["The board shall publish a notice of a place where copies may be had, and shall send a copy to the crew."],
        [("duty", "board", "publish a"), ("duty", "board", "send a")],
    ),
    (["A scheme may be varied by a later scheme thereunder made."], [("power", None, "be varied")]),
    (
        ["The board shall keep a chart in such form as the warden, with the consent of the crew, may direct."],
        [("duty", "board", "keep a")],
    ),
    (
        ["If the board has facts that it considers may assist a warden, the board must give them to the warden."],
        [("duty", "board", "give them")],
    ),
    (
        ["The board may sound a bell; and, having carried out that task, it must ring again."],
        [("power", "board", "sound a"), ("duty", "board", "ring again")],
    ),
    (
        [
            "No loan shall be made by the board for a quay, dock or pier, and no grant or loan shall be made by the crew."
        ],
        [("prohibition", "board", "be made"), ("prohibition", "crew", "be made")],
    ),
    (
        ["The board shall mend a quay, dock or pier, and the warden shall clear the channel."],
        [("duty", "board", "mend a"), ("duty", "warden", "clear the")],
    ),
    # quantities as subjects, and before verbs
    (["Not more than one permit may be granted."], [("prohibition", None, "be granted")]),
    (["At least two members of the crew must sing."], [("duty", "member", "sing")]),
    (["At least once a year the board must meet."], [("duty", "board", "meet")]),
    (["Those copies shall each include a list."], [("duty", None, "include a")]),
    (["A person wishing to oppose a plan shall give notice."], [("duty", "person", "give notice")]),
    # may be authorised, may be required: powers to authorise and to require
    (["A warden may be authorised by the board to act as a pilot."], [("power", "board", "be authorised")]),
    (["A warden may be required to attend."], [("power", None, "be required")]),
    (["A warden shall not be required to attend."], []),
    (
        ["The board shall at least once in every year consult the crew about the steps that should be taken."],
        [("duty", "board", "consult the")],
    ),
    (
        ["Plans made by the board with a person other than a trust shall require that person to publish a chart."],
        [("duty", None, "require that")],
    ),
    # a part of a document that is drawn up is not the text itself
    (["Part 2 of the scheme is to list the piers."], [("duty", None, "list the")]),
    (["Part 2 of this Act is to be read with Part 3."], []),
    # a list after a semicolon has a sentence of its own
    (
        [
            "The docks shall be open to view; and that warden—",
            ["may, after giving notice to a person likely to be harmed, close a dock;", "shall not himself sell it."],
        ],
        [("power", "warden", "close a"), ("prohibition", "warden", "himself sell")],
    ),
    (
        [
            "A crew shall act as agents for the harbour board; and it shall be a term—",
            ["that the crew shall obey;"],
            "and, if at any time the harbour board are satisfied, they may give notice.",
        ],
        [("duty", "crew", "act as"), ("power", "harbour board", "give notice")],
    ),
    (["Any dispute shall be referred to and settled by the warden."], [("duty", "warden", "be referred")]),
    (["A dock may be referred to in a plan as a basin."], []),
    # passives of older Acts
    (["All practicable steps must be taken to mend the pier."], [("duty", None, "be taken")]),
    (
        ["No room used as, or being, a shop in which a crew is housed shall be dark."],
        [("prohibition", None, "be dark")],
    ),
    (["The permit must, when granting it, be stamped."], [("duty", None, "be stamped")]),
    (["The crew are not entitled by virtue of this section to sell the boat."], [("prohibition", "crew", "sell the")]),
    (
        ["The notice must state that the board are minded to refuse it and set out the reasons."],
        [("duty", None, "state that"), ("duty", None, "set out")],
    ),
    # words of older Acts
    (
        ["It shall not be lawful for any person to fish in the lake, nor shall any person leave a boat there."],
        [("prohibition", "person", "fish in"), ("prohibition", "person", "leave a")],
    ),
    (
        ["No toll shall be taken, nor shall the gate be closed by the warden."],
        [("prohibition", None, "be taken"), ("prohibition", "warden", "be closed")],
    ),
    (["The wardens shall have full power and authority to hear the matter."], [("power", "warden", "hear the")]),
    (["The clerk is hereby authorised and required to keep a book."], [("duty", "clerk", "keep a")]),
    (
        ["A constable may arrest any person whom he suspects, and shall take him before a justice."],
        [("power", "constable", "arrest any"), ("duty", "constable", "take him")],
    ),
    (["Taking a boat shall be simple larceny and a felony."], []),
    (["A warning must inform the crew."], [("duty", None, "inform the")]),
    # titles in capitals are read whole; what is joined to them is not
    (
        ["The Mayor's Office for Ferries and Docks must keep a book."],
        [("duty", "mayor's office for ferries and docks", "keep a")],
    ),
    (
        ["The Commissioner of Police for the City of Wells and the Common Council may meet."],
        [("power", "commissioner of police for the city of wells", "meet")],
    ),
    (["The Boat Commissioner for Wells may act."], [("power", "boat commissioner for wells", "act")]),
    (["No man shall come armed to the fair."], [("prohibition", "man", "come armed")]),
    (["If a berth falls free, the warden shall as soon as may be fill it."], [("duty", "warden", "fill it")]),
    (["The Annex shall be replaced by the text in the Annex to this Regulation."], []),
    # a requirement on the content is no discretion; "subject to" is no verb
    (["Rules made by a warden shall be such as to avoid noise."], [("duty", None, "be such")]),
    (["The toll is to be such as the warden thinks fit."], []),
]


@pytest.mark.parametrize(("parts", "expected"), CASES)
def test_norms_of_lists(parts: list[str | list[str]], expected: Norms) -> None:
    assert found(*parts) == expected
