"""Older and other drafting: "shall", "it shall be the duty of", provisos, lists of bodies as subjects, EU style."""

from __future__ import annotations

import pytest

from .test_norms import found

Norms = list[tuple[str, str | None, str]]

CASES: list[tuple[str, Norms]] = [
    # a date before the subject
    ("Before the end of each year the harbour board shall make a plan.", [("duty", "harbour board", "make a")]),
    ("Before the expiry of the term the landlord shall give notice.", [("duty", "landlord", "give notice")]),
    ("After a meeting of the board the clerk shall write a report.", [("duty", "clerk", "write a")]),
    ("Before the hearing begins, the clerk shall ring the bell.", [("duty", "clerk", "ring the")]),
    ("Before the board removes the gate the master shall ring the bell.", [("duty", "master", "ring the")]),
    # names that hold an "and"
    (
        "A request by the docks and ferries committee must be met; the fee may be waived by the committee.",
        [("duty", None, "be met"), ("power", "docks and ferries committee", "be waived")],
    ),
    # negations and provisos
    ("A council shall neither sell nor let the hall.", [("prohibition", "council", "sell nor")]),
    (
        "The council may make byelaws: Provided that they shall not make any byelaw by night.",
        [("power", "council", "make byelaws:"), ("prohibition", "council", "make any")],
    ),
    ("Provided that no toll shall be taken on a Sunday.", [("prohibition", None, "be taken")]),
    # joined infinitives and passives
    (
        "It shall be the duty of every council to light the pier and to mend the rails.",
        [("duty", "council", "light the"), ("duty", "council", "mend the")],
    ),
    (
        "It shall be the duty of the board to take steps to clear the channel and to mark the rocks.",
        [("duty", "board", "take steps")],
    ),
    (
        "The chart shall be drawn by the surveyor and approved by the Minister.",
        [("duty", "surveyor", "be drawn"), ("duty", "minister", "approved by")],
    ),
    ("The chart may be altered or withdrawn by the Minister.", [("power", "minister", "be altered")]),
    (
        "Goods shall be kept in stores owned and insured by the company.",
        [("duty", None, "be kept")],
    ),
    # pronouns
    (
        "The report shall be sent by the board to the Minister and shall be laid by him before the assembly.",
        [("duty", "board", "be sent"), ("duty", "minister", "be laid")],
    ),
    ("The applicant shall be entitled to be heard.", [("power", "applicant", "be heard")]),
    # clauses within the if-clause and after "or"
    (
        "If the owner is absent at the time the chart is to be drawn, the surveyor shall draw it.",
        [("duty", "surveyor", "draw it")],
    ),
    (
        "The clerk shall state the amount by which the toll is to be, or may be, reduced by the board.",
        [("duty", "clerk", "state the")],
    ),
    ("A police and crime commissioner must keep a plan.", [("duty", "police and crime commissioner", "keep a")]),
    (
        "Where a constable wishes to board and no person is in charge, he shall leave a note.",
        [("duty", "constable", "leave a")],
    ),
    ("Where a pilot is ill, it shall be his duty to report.", [("duty", "pilot", "report")]),
    (
        "It shall be the duty of every owner to keep such lamps as may be prescribed, and to bring them to the pilot.",
        [("duty", "owner", "keep such"), ("duty", "owner", "bring them")],
    ),
    (
        "It shall be the duty of every owner, if asked to do so by the pilot, to light a lamp.",
        [("duty", "owner", "light a")],
    ),
    ("The log shall be open to inspection by the public.", [("duty", None, "be open")]),
    ("It shall not be open to the court to vary the toll.", []),
    ("A statement made in the log shall be privileged.", []),
    ("The pilots shall have such other functions as may be prescribed.", []),
    # where a clause before the modal ends
    (
        "At least one month before making a claim under subsection (2) above the company shall give notice.",
        [("duty", "company", "give notice")],
    ),
    (
        "2 or more justices of the peace for the area for which the court acts shall together view the quay.",
        [("duty", "justice of the peace", "view the")],
    ),
    (
        "The clerk to the wardens who view the quay shall, as soon as practicable, notify the owner.",
        [("duty", "clerk", "notify the")],
    ),
    (
        "The court shall hear any person who objects to the order and may dismiss the claim.",
        [("duty", "court", "hear any"), ("power", "court", "dismiss the")],
    ),
    (
        "Where a harbour board are of opinion that a buoy is needed, they may apply to the court for leave.",
        [("power", "harbour board", "apply to")],
    ),
    (
        "If the harbour board think that an applicant is afloat, they shall make inquiries. They may also ask the pilot.",
        [("duty", "harbour board", "make inquiries"), ("power", "harbour board", "ask the")],
    ),
    ("A person shall not be qualified to be a pilot if he is under age.", []),
    ("Member States shall ensure that masters keep a log.", [("duty", "member state", "ensure that")]),
    # "above" and "this" end a subject; a clause that is over does not take the next modal
    (
        "A boat to which section 2 above applies shall not be retaken after dusk.",
        [("prohibition", None, "be retaken")],
    ),
    (
        "The pilot shall test the lamp both before and after it is filled and shall report any fault.",
        [("duty", "pilot", "test the"), ("duty", "pilot", "report any")],
    ),
    # lists within a subject, negations
    (
        "Any person who was party to a claim or is hurt by the order, award or other act of the court may query the claim.",
        [("power", "person", "query the")],
    ),
    ("No more than one pilot shall be authorised to enter the tug.", [("prohibition", "pilot", "enter the")]),
    ("Neither subsection (1) nor subsection (3) above shall preclude the sale of a boat.", []),
    ("It shall not be necessary in any warrant to name the boat.", []),
    # what is joined, and what an infinitive holds
    (
        "It shall be the duty of every pilot to watch the tide and to advise, warn and help masters.",
        [("duty", "pilot", "watch the"), ("duty", "pilot", "advise, warn")],
    ),
    (
        "The court may issue a warrant authorising any pilot to board the boat, if need be by force, and remove the lamp.",
        [("power", "court", "issue a")],
    ),
    (
        "The chart shall be in the prescribed form and sent to the owner in the prescribed manner.",
        [("duty", None, "be in"), ("duty", None, "sent to")],
    ),
    # conditions without commas, and whom a sentence leaves out
    (
        "The harbour board may if they think fit determine that there shall be two piers.",
        [("power", "harbour board", "determine that")],
    ),
    (
        "Where a master is convicted by a magistrates’ court, other than a youth court, the court may hear the owner.",
        [("power", "magistrates’ court", "hear the")],
    ),
    # relative clauses, and what goes on after them
    (
        "The Minister may name pilots who have been trained to steer and may at any time dismiss them.",
        [("power", "minister", "name pilots"), ("power", "minister", "dismiss them")],
    ),
    (
        "Where a boat is moved from one dock to another the owner of the dock from which it is moved shall ring the bell.",
        [("duty", "owner", "ring the")],
    ),
    (
        "Notwithstanding section 4 above a court which is not a youth court may hear the pilot.",
        [("power", "court", "hear the")],
    ),
    (
        "Where a pilot is to be examined, notice of the hour when, and the cause on which, the pilot is to be so examined "
        "shall be sent by the clerk to the owner.",
        [("duty", "clerk", "be sent")],
    ),
    (
        "The board may sell a dock which is, or is to be, closed and a pier which has been or is to be moved.",
        [("power", "board", "sell a")],
    ),
    # who "they" and "the committee" are
    (
        "If after the approval of a chart by the Secretary of State the harbour committee consider that it is wrong, they "
        "shall mend it.",
        [("duty", "harbour committee", "mend it")],
    ),
    (
        "Where a children's harbour committee is formed, the committee shall keep a log.",
        [("duty", "children's harbour committee", "keep a")],
    ),
    # where an insertion ends
    (
        "The pilot shall, subject to section 4 above, act at discretion.",
        [("duty", "pilot", "act at")],
    ),
    ("The court may, in its discretion, order costs.", [("power", "court", "order costs")]),
    (
        "The court may inquire into the claim and, after hearing any pilot who may be produced, deal with it.",
        [("power", "court", "inquire into"), ("power", "court", "deal with")],
    ),
    (
        "Where leave is given by a sheriff, whether before or after the sale, the owner, if hurt by it, may appeal.",
        [("power", "owner", "appeal")],
    ),
    (
        "The clerk shall give the owner time to read, and reply to, the letter.",
        [("duty", "clerk", "give the")],
    ),
    # what is joined to a clause, and what goes on after it
    (
        "The board may do whatever may be necessary in execution of the order and recover the cost from the owner.",
        [("power", "board", "do whatever"), ("power", "board", "recover the")],
    ),
    (
        "The board may fell such trees as are likely to fall on the quay and may recover the cost.",
        [("power", "board", "fell such"), ("power", "board", "recover the")],
    ),
    (
        "Before giving such approval that council, if they are not the harbour board, shall consult the board.",
        [("duty", "council", "consult the")],
    ),
    (
        "Any owner aggrieved by the refusal of a council to approve any plans, drawings and maps sent to them may appeal.",
        [("power", "owner", "appeal")],
    ),
    (
        "It shall be the duty of every council to pay a sum to a pilot whose age is, in his case, the upper limit of the "
        "working age, and every such council shall have power to dismiss a pilot.",
        [("duty", "council", "pay a"), ("power", "council", "dismiss a")],
    ),
    (
        "The owner shall, if the court so directs, be permitted to re-enter and remain in the boat.",
        [("power", "owner", "re-enter and")],
    ),
    # lists in a subject, and what is joined
    (
        "An owner of, or other person interested in, boats on which a sum has been charged may at any time pay the sum.",
        [("power", "owner", "pay the")],
    ),
    (
        "The person having charge of the boat, any pilot and every other person who is an owner, lender or buyer of the boat "
        "are entitled to be heard.",
        [("power", "person", "be heard")],
    ),
    (
        "The court shall have power, on the owner asking for it, to vary that order and also to close the pier.",
        [("power", "court", "vary that"), ("power", "court", "close the")],
    ),
    ("The court shall have power by order to close the pier.", [("power", "court", "close the")]),
    (
        "The board shall either warn the pilot or tell the owner of their decision not to do so and give him a statement.",
        [("duty", "board", "warn the"), ("duty", "board", "give him")],
    ),
    # provisos, legal effect
    (
        "The order may provide for tolls, except that, subject to section 4, the toll shall not exceed a penny.",
        [("power", None, "provide for"), ("prohibition", None, "exceed a")],
    ),
    ("Anything so authorised shall not be precluded by section 4.", []),
    ("The undertaking shall be in writing.", [("duty", None, "be in")]),
    # names, and "that" before a noun
    (
        "Pilots may be appointed by the chief inspector of constabulary to be wardens.",
        [("power", "chief inspector of constabulary", "be appointed")],
    ),
    (
        "In fulfilling that purpose, the harbour board must light the pier.",
        [("duty", "harbour board", "light the")],
    ),
    # what interrupts a subject or stands before its verb
    (
        "Not less than two months previous notice in writing stating briefly the ground of the sale shall be given by the board.",
        [("duty", "board", "be given")],
    ),
    (
        "A council which have named, or joined in the naming of, a pilot under this section, shall pay him.",
        [("duty", "council", "pay him")],
    ),
    (
        "A pilot who, on a claim duly made, is refused a licence or a chart may appeal to the court.",
        [("power", "pilot", "appeal to")],
    ),
    (
        "Before deciding whether or not to approve the chart the Minister shall consider any claim.",
        [("duty", "minister", "consider any")],
    ),
    ("The governor shall, if he knows the owner, at once inform him.", [("duty", "governor", "inform him")]),
    ("The chaplain shall visit daily all prisoners.", [("duty", "chaplain", "visit daily")]),
    ("Every workplace shall have a lamp.", [("duty", None, "have a")]),
    # joined, and provisos
    (
        "The master may without leave enter the dock at that place and remain until dusk.",
        [("power", "master", "enter the"), ("power", "master", "remain until")],
    ),
    (
        "Every request shall be recorded by the clerk to whom it was made and promptly communicated to the owner.",
        [("duty", "clerk", "be recorded"), ("duty", None, "communicated to")],
    ),
    (
        "Rules may be made early, so however that so much of any rules as is to have effect from a date earlier than that on "
        "which they are made shall not harm any owner.",
        [("power", None, "be made"), ("prohibition", None, "harm any")],
    ),
    # names, and who a pronoun is
    (
        "The Comptroller and Auditor General shall examine each account.",
        [("duty", "comptroller and auditor general", "examine each")],
    ),
    ("Any person duly authorised by the board may enter a boat.", [("power", "person", "enter a")]),
    (
        "If any pilot shows a cause, the clerk may defer the case and, if he does so, he shall tell the owner.",
        [("power", "clerk", "defer the"), ("duty", "clerk", "tell the")],
    ),
    (
        "Crown Court Rules may give a right. The court before which a pilot is summoned may defer the case.",
        [("power", None, "give a"), ("power", "court", "defer the")],
    ),
    # a negation that comes late, an alternative that is no duty, and what "provision" is
    ("The court shall in any event not accept the claim.", [("prohibition", "court", "accept the")]),
    (
        "A grant may be given, if the pier is being or is to be built by a company, by way of loan.",
        [("power", None, "be given,")],
    ),
    (
        "Rules may differ and, in particular, provision may be made for pilots.",
        [("power", None, "differ"), ("power", None, "be made")],
    ),
    # where clauses end, and what only looks like one
    ("Evidence given before a court shall be given on oath.", [("duty", None, "be given")]),
    (
        "On hearing of a meeting at which claims on the pier are to be put, the board shall name a clerk.",
        [("duty", "board", "name a")],
    ),
    (
        "A pilot may wear a coat of his own if and in so far as it is clean, and shall be permitted to keep it dry.",
        [("power", "pilot", "wear a"), ("power", "pilot", "keep it")],
    ),
    (
        "No order shall be made except after a hearing in which evidence is given: Provided that the Minister may direct a sale.",
        [("prohibition", None, "be made"), ("power", "minister", "direct a")],
    ),
    (
        "An order may name any pilot who is, on such day as may be stated, the master of a boat and who is hurt and shall "
        "state a date.",
        [("power", None, "name any"), ("duty", None, "state a")],
    ),
    (
        "The Minister may carry out a survey or draw and print a chart.",
        [("power", "minister", "carry out")],
    ),
    # who is named
    (
        "If it appears to any two or more harbour boards that a pier is needed, they may build it.",
        [("power", "harbour board", "build it")],
    ),
    (
        "Subject to what concerns certain special authorities, it shall be the duty of the following authorities to light it.",
        [("duty", "authority", "light it")],
    ),
    (
        "The tasks of the licensing authority must be done by those authorities jointly.",
        [("duty", "licensing authority", "be done")],
    ),
    ("The sale shall be held only after confirmation by the Minister.", [("duty", None, "be held")]),
    ("The said court may order the owner to pay.", [("power", "court", "order the")]),
    (
        "A pilot who grants, or joins in granting, any rights shall be entitled to be paid by the owner.",
        [("power", "pilot", "be paid")],
    ),
]


@pytest.mark.parametrize(("words", "expected"), CASES, ids=[words[:50] for words, _ in CASES])
def test_norms_in_older_drafting(words: str, expected: Norms) -> None:
    assert found(words) == expected


def test_a_proviso_may_begin_with_but_so_that() -> None:
    assert found("Rules may—", ["be framed anew,"], "but so that rules shall not close any quay.") == [
        ("power", None, "be framed"),
        ("prohibition", None, "close any"),
    ]


def test_items_after_and_are_sentences_of_their_own() -> None:
    assert found(
        "The board shall send the chart to the Minister, and—",
        ["the Minister may, after reading it, approve it;", "in reading it, the Minister may hear the board."],
    ) == [
        ("duty", "board", "send the"),
        ("power", "minister", "approve it"),
        ("power", "minister", "hear the"),
    ]


def test_a_colon_before_the_dash_is_no_verb() -> None:
    assert found("Escalators shall:—", ["function safely;", "be lit"]) == [
        ("duty", None, "function safely"),
        ("duty", None, "be lit"),
    ]


def test_the_first_of_the_following_bodies_holds_the_norm() -> None:
    assert found("The following may bring a claim—", ["a council;", "the chief officer of police;"]) == [
        ("power", "council", "bring a")
    ]


def test_words_after_a_list_of_duties_go_on_with_them() -> None:
    assert found("A board shall—", ["keep a chart, and", "sound the channel;"], "and mark the rocks accordingly.") == [
        ("duty", "board", "keep a"),
        ("duty", "board", "sound the"),
        ("duty", "board", "mark the"),
    ]


def test_a_second_modal_after_a_list_goes_on_with_the_subject() -> None:
    parts = ("A board which makes a claim shall publish a notice—", ["stating the claim, and", "naming the quay,"])
    assert found(*parts, "and shall fix a copy to the gate of the quay.") == [
        ("duty", "board", "publish a"),
        ("duty", "board", "fix a"),
    ]
