"""Lists that are set in: before the verb, below a lead-in that has its own, with sentences of their own, of holders."""

from __future__ import annotations

import pytest

from .test_norms import found

Norms = list[tuple[str, str | None, str]]

CASES: list[tuple[list[str | list[str]], Norms]] = [
    # the verb comes after the list
    (
        ["The board shall, in—", ["making a chart, or", "changing a light,"], "consult the crews."],
        [("duty", "board", "consult the")],
    ),
    (
        [
            "Where the Minister receives a report, he shall—",
            ["in the case of a wreck, and", "in any other case,"],
            "lay a copy.",
        ],
        [("duty", "minister", "lay a")],
    ),
    (
        [
            "The board may, by serving a notice that states—",
            ["one or more classes, and", "a date,"],
            "set the depth of a dock.",
        ],
        [("power", "board", "set the")],
    ),
    (
        ["The council must—", ["send a copy, and", "keep a copy,"], "for the time being."],
        [
            ("duty", "council", "send a"),
            ("duty", "council", "keep a"),
        ],
    ),
    # the lead-in has a verb, and each item another
    (
        ["The Minister shall consider it and—", ["cancel the fee, or", "lower the fee."]],
        [("duty", "minister", "consider it"), ("duty", "minister", "cancel the"), ("duty", "minister", "lower the")],
    ),
    # sentences of their own in the items
    (
        [
            "The following rules must be observed on a pier—",
            ["gates must open outwards;", "fires must not be lit by night."],
        ],
        [("duty", None, "be observed"), ("duty", None, "open outwards"), ("prohibition", None, "be lit")],
    ),
    (
        [
            "A copy must be kept for five days except that—",
            ["where a meeting is called late, a copy must be sent out at once;"],
        ],
        [("duty", None, "be kept"), ("duty", None, "be sent")],
    ),
    (
        [
            "The board must close the lock, and in those circumstances—",
            ["rule 1 does not apply, and", "it must tell the crew."],
        ],
        [("duty", "board", "close the"), ("duty", "board", "tell the")],
    ),
    (
        ["Two boards may join in naming a panel, and any such panel—", ["may meet by night; and", "may name a clerk."]],
        [("power", "board", "join in"), ("power", "panel", "meet by"), ("power", "panel", "name a")],
    ),
    # holders in the items, or before the list
    (
        ["It is the duty of—", ["the board, in a case of fire, and", "the crew, in other cases,"], "to ring the bell."],
        [("duty", "board", "ring the")],
    ),
    (
        ["The general duty of the warden is—", ["to guard the pier, and", "to light it."]],
        [("duty", "warden", "guard the"), ("duty", "warden", "light it")],
    ),
    (["The duty of a pilot is to report each wreck."], [("duty", "pilot", "report each")]),
    (
        [
            "A warden shall have the following duties as respects crews, namely—",
            ["to guard them; and", "to feed them."],
        ],
        [("duty", "warden", "guard them"), ("duty", "warden", "feed them")],
    ),
    # whom the clause is about
    (["Written notice from the board that it intends to act must state why."], [("duty", None, "state why")]),
    (
        ["Where the panel fails to act, the end of the process is reached and the commissioner may issue the order."],
        [("power", "commissioner", "issue the")],
    ),
    (
        [
            "The Minister shall determine the cases in which a vacancy in a post, or a post of mate, shall be advertised."
        ],
        [("duty", "minister", "determine the")],
    ),
    (["A crew who have, or may have, needs must ask the board."], [("duty", "crew", "ask the")]),
    (["No one who has seen that chart may be a member of the panel."], [("prohibition", "person", "be a")]),
    (
        ["The governing body, head or principal of a school, college or academy may appeal."],
        [("power", "governing body", "appeal")],
    ),
    (
        ["An applicant for the grant, renewal or transfer of a licence shall give notice."],
        [("duty", "applicant", "give notice")],
    ),
    (
        ["Where both parties address the court twice the prosecutor shall sum up first."],
        [("duty", "prosecutor", "sum up")],
    ),
    (
        ["Where it is not practicable for the new board to act, it must tell the old council."],
        [("duty", "new board", "tell the")],
    ),
    (
        ["No later than 6 months after each election, the Ministers must review the plan."],
        [("duty", "minister", "review the")],
    ),
    (
        ["Before approving a plan, the officer must be satisfied that it is sound."],
        [("duty", "officer", "be satisfied")],
    ),
    (["The accused may address the court."], [("power", "accused", "address the")]),
    # where the verb is
    (["A board may not under subsection (1) above arrange for a tow."], [("prohibition", "board", "arrange for")]),
    (
        ["The board may in such cases as they think fit, after a vote, grant a licence."],
        [("power", "board", "grant a")],
    ),
    (
        ["The board may grant a licence on such terms as, subject to the rules below, they may fix."],
        [("power", "board", "grant a")],
    ),
    (["The letters may only be opened, read or stopped by the warden."], [("power", "warden", "be opened,")]),
    # modals that go on
    (
        ["The Minister may bring the rules into force; and may revoke them."],
        [("power", "minister", "bring the"), ("power", "minister", "revoke them")],
    ),
    (
        ["An order may be limited to such cases as may be specified by it and may make different provision for each."],
        [("power", None, "be limited"), ("power", None, "make different")],
    ),
    (
        ["The court shall, unless it thinks that to do so would be unfair, impose a fine and may impose other terms."],
        [("duty", "court", "impose a"), ("power", "court", "impose other")],
    ),
    (
        ["The board may act by a committee, clerk or officer of theirs and subsection (2) above shall apply to it."],
        [("power", "board", "act by")],
    ),
    # announced, or named, in the items
    (
        ["The court may by order authorise the receiver to do any of the following—", ["hold land;", "employ agents."]],
        [("power", "court", "authorise the")],
    ),
    (
        ["An application may be made by—", ["the owner;", "the council."]],
        [("power", "owner", "be made")],
    ),
    (
        ["The board shall—", ["have power itself to mend the pier; and", "be entitled to recover the cost."]],
        [
            ("power", "board", "mend the"),
            ("power", "board", "recover the"),
        ],
    ),
    (
        [
            "A court may, on the application of a person hurt in breach of—",
            ["section 27 or 28, or", "rule 3,"],
            "award a sum.",
        ],
        [("power", "court", "award a")],
    ),
    (
        ["A board shall not—", ["otherwise than by way of repair, build a pier; or", "sell one."]],
        [("prohibition", "board", "build a"), ("prohibition", "board", "sell one")],
    ),
    # two noun phrases side by side; a clause that is what somebody directs
    (["Before any such inspection the board shall, after a vote, warn the crew."], [("duty", "board", "warn the")]),
    (
        ["The Minister may direct that listed pier consent, given by an order, shall not apply to a pier."],
        [("power", "minister", "direct that")],
    ),
    (
        ["Whenever a boat is left in a dock the board which manages that dock shall ensure that it is safe."],
        [("duty", "board", "ensure that")],
    ),
    (["Each authority looking after a child in a home shall name a visitor."], [("duty", "authority", "name a")]),
    (["A board carrying out a survey must consult the crews."], [("duty", "board", "consult the")]),
    (["A board proposing to carry out a survey must tell the crews."], [("duty", "board", "tell the")]),
    # verbs and agents
    (["The Minister may by order grant scheduled pier consent."], [("power", "minister", "grant scheduled")]),
    (["The consent may be given only on an application by an owner."], [("power", None, "be given")]),
    (
        ["The board must describe how tenders are to be weighed and, in particular, specify the marks."],
        [("duty", "board", "describe how"), ("duty", "board", "specify the")],
    ),
    (
        ["Any person authorised as mentioned in that rule shall have a right to enter a dock."],
        [("power", "person", "enter a")],
    ),
    # no norms
    (["The liquor found shall be forfeited."], []),
    (["The debtor shall have no liability to pay the sum."], []),
    (["The certificate shall exempt the boat from being weighed."], []),
    (["An order under this section shall be made by statutory instrument."], []),
    (["The office of the warden shall thereupon become vacant."], []),
    (["A board is only required to act so far as the rules provide."], []),
]


@pytest.mark.parametrize(("parts", "expected"), CASES)
def test_norms_around_lists(parts: list[str | list[str]], expected: Norms) -> None:
    assert found(*parts) == expected
