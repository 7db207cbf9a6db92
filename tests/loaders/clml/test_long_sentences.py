"""Long sentences: clauses without commas, insertions, lists within lists, names and short forms among several bodies."""

from __future__ import annotations

import pytest

from .test_norms import found, provision, read, section

Norms = list[tuple[str, str | None, str]]

CASES: list[tuple[list[str | list[str]], Norms]] = [
    # a clause ends without a comma
    (
        ["Before draining any lock to which an order under this section applies the board shall warn the crew."],
        [("duty", "board", "warn the")],
    ),
    (
        ["Where the harbour officer records his findings as aforesaid he shall also record his reasons."],
        [("duty", "harbour officer", "record his")],
    ),
    (
        [
            "If either House of Parliament passes a motion requiring the chart to be withdrawn the board shall withdraw it."
        ],
        [("duty", "board", "withdraw it")],
    ),
    (
        [
            "If a port authority has grounds to believe that a person may be a victim of trafficking it must tell the board."
        ],
        [("duty", "port authority", "tell the")],
    ),
    # words that only seem to open a clause
    (
        [
            "Where there is given in the hall a play, a copy of the script on which that performance was based shall be "
            "delivered to the clerk."
        ],
        [("duty", None, "be delivered")],
    ),
    (
        ["Subject to this Act, no pier, whether or not licensed for the sale of fish, shall be used for dancing."],
        [("prohibition", None, "be used")],
    ),
    (
        ["The board may name wardens, whether from among its members or not, may pay them and may dismiss them."],
        [("power", "board", "name wardens,"), ("power", "board", "pay them"), ("power", "board", "dismiss them")],
    ),
    (
        [
            "If the chief officer of police believes that, because of particular works in the dock, his powers will not "
            "suffice, he shall apply to the council."
        ],
        [("duty", "chief officer of police", "apply to")],
    ),
    (
        ["Wardens shall wear such dress as the board may fix when keeping the gate, and shall not leave it."],
        [("duty", "warden", "wear such"), ("prohibition", "warden", "leave it")],
    ),
    (
        ["If the panel cannot agree on a question arising before it, the question must be decided by the chair."],
        [("duty", "chair", "be decided")],
    ),
    # modals joined to others
    (
        ["The wardens may meet at such times as they may agree and must—", ["keep minutes;", "publish them."]],
        [("power", "warden", "meet at"), ("duty", "warden", "keep minutes"), ("duty", "warden", "publish them")],
    ),
    (
        ["A board may by byelaws fix the places at which boats may be moored, or nets or lines may be dried."],
        [("power", "board", "fix the")],
    ),
    (["A direction may, however, not provide for a fee."], [("prohibition", None, "provide for")]),
    (
        ["If he suspects theft, a warden may search the boat and for that purpose require the crew to stop it."],
        [("power", "warden", "search the"), ("power", "warden", "require the")],
    ),
    (
        ["The board must publish the approved plan, and act in accordance with it."],
        [("duty", "board", "publish the"), ("duty", "board", "act in")],
    ),
    # duties that name their holder
    (["It shall be the Minister’s duty to ensure that the lock is safe."], [("duty", "minister", "ensure that")]),
    (
        [
            "It shall be the duty of each board—",
            ["if requested by a crew to clear a berth, to arrange for the clearance."],
        ],
        [("duty", "board", "arrange for")],
    ),
    (["It shall be part of the functions of the Minister to light the piers."], []),
    # no norms
    (["A licence shall not be required for a boat by reason only of a play given on it."], []),
    (["The meetings shall take such form as may be agreed between the boards."], []),
    (["In this section no account shall be taken of a day on which the lock is shut."], []),
    (
        ["The condition is that the board thinks—", ["that the boat is used or may be used by the crew;"]],
        [],
    ),
    # provision that is made, not a provision of the text
    (["Provision of oars may be made in such way as to confer a right of use."], [("power", None, "be made")]),
    # lists
    (
        ["The plan must –", ["name the harbour master;", "state the depth."]],
        [("duty", None, "name the"), ("duty", None, "state the")],
    ),
    (
        ["An agreement may be—", ["varied with the consent of the boards;", "replaced by a later agreement."]],
        [("power", None, "varied with"), ("power", None, "replaced by")],
    ),
    (
        ["The court shall not, unless—", ["a fee is due; or", "the crew agree,"], "issue a warrant against a boat."],
        [("prohibition", "court", "issue a")],
    ),
    (
        [
            "A relevant board—",
            ["in the case of a meeting of a forum, or, in Wells, a pier forum, must consider its views."],
        ],
        [("duty", "relevant board", "consider its")],
    ),
    # agents
    (
        ["The plan shall be agreed by the relevant Category 1 responders."],
        [("duty", "relevant category 1 responder", "be agreed")],
    ),
    (["The money may be used by the board only for repairs."], [("power", "board", "be used")]),
    (["The notice may be sent by post by the recorded delivery service."], [("power", None, "be sent")]),
    (
        ["No pier shall be used for dancing except under a licence granted under this Act by the board."],
        [("prohibition", None, "be used")],
    ),
    (
        ["No motion shall be passed by either House of Parliament."],
        [("prohibition", "house of parliament", "be passed")],
    ),
    (["The witness must be called by the owner."], [("duty", "owner", "be called")]),
    (
        ["An educational, prison or dock authority for an area and a harbour board may act together."],
        [("power", "educational, prison or dock authority", "act together")],
    ),
    (
        ["A combined authority set up under the Ports, Piers and Docks Act 2009 may act."],
        [("power", "combined authority", "act")],
    ),
    (["If LMA becomes aware of a wreck, it must tell the crew."], [("duty", "lma", "tell the")]),
    (["An organisation’s trafficking statement may include a map."], [("power", None, "include a")]),
]


@pytest.mark.parametrize(("parts", "expected"), CASES)
def test_norms_of_long_sentences(parts: list[str | list[str]], expected: Norms) -> None:
    assert found(*parts) == expected


def test_the_authority_is_the_one_that_acts_not_the_one_named_most_often() -> None:
    xml = section(
        provision("1", "A responsible authority may apply to the relevant licensing authority for a review."),
        provision("2", "The applicant must tell each responsible authority."),
        provision("3", "The relevant licensing authority may reject the application of a responsible authority."),
        provision("4", "Where the authority rejects it, the authority must give its reasons."),
    )
    assert read(xml)[-1] == ("duty", "relevant licensing authority", "give its")


def test_an_appropriate_tribunal_keeps_its_adjective() -> None:
    xml = section(
        provision("1", "A crew may appeal to the appropriate tribunal."),
        provision("2", "The tribunal may quash the order."),
    )
    assert read(xml)[-1] == ("power", "appropriate tribunal", "quash the")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "Subject to subsection (4), no instrument that is an order of the board under section 3(1), 4 or 5 is to be made "
            "unless the crew agree.",
            [("prohibition", None, "be made")],
        ),
        (
            "Every pilot authority shall from time to time when required by the board furnish them with charts.",
            [("duty", "pilot authority", "furnish them")],
        ),
        ("The charge of the first lender shall have priority over all others.", []),
        ("A draft of the chart is to proceed in that House as if it were not a hybrid chart.", []),
    ],
)
def test_numbers_short_conditions_and_legal_effects(words: str, expected: Norms) -> None:
    assert found(words) == expected


def test_a_name_in_capitals_is_not_that_of_another_body() -> None:
    xml = section(
        provision("1", "The Council may send visitors, subject to directions of the Lantern Council."),
        provision("2", "The Council shall send the Lantern Council a copy of the report."),
    )
    assert read(xml)[-1] == ("duty", "council", "send the")


def test_a_name_in_capitals_may_be_short_for_the_name_before_it() -> None:
    xml = section(
        provision("1", "There is to be a Lantern Council, and the Lantern Council may make rules."),
        provision("2", "The Council shall publish them."),
    )
    assert read(xml)[-1] == ("duty", "lantern council", "publish them")
