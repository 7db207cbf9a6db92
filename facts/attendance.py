"""Guests and those who attend: attendance without a stated status is implied."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..loaders.papers.model import Sentence
from .context import Context
from .groups import groups_in, last_group
from .model import Fact
from .people import SUBJECT, first_group, membership, person, who_is

_GUESTS = re.compile(
    r"^(?P<who>.{3,140}?),?\s+(?:are|is|were|was) invited as guests? to (?P<rest>.+?)(?:\.| and seek\b|$)"
)
_AS_GUESTS = re.compile(r"^(?P<who>.{3,100}?)\s+(?:also )?attends? (?P<rest>.+?) as guests?(?P<more>.*)$")
_ATTENDED = re.compile(r"^(?P<verb>Attended|Chaired|Participated in|Presented at)\s+(?:the )?(?P<rest>.{4,120})")
_ATTENDS = re.compile(rf"{SUBJECT} (?:participated in|attended|attends|attend)\s+(?:the |a )?(?P<rest>[A-Z].{{4,120}})")
_WHICH_ATTENDS = re.compile(r"\bwhich (?P<who>my [A-Z][\w ]+?|the [A-Z][\w ]+?|OPCC|I) attends?\b")
_REPRESENTING = re.compile(
    r"\b(?P<who>[A-Z][a-z]+)?\s?(?:will be )?[^.]*?\brepresenting (?P<whom>the office|the PCC|me) at "
    r"(?P<rest>.{4,200})"
)


def guests(context: Context, sentence: Sentence) -> Iterator[Fact]:
    """Those invited as guests, or who attend as guests, each with each group."""
    text = sentence.text
    invited = _GUESTS.match(text)
    attend = _AS_GUESTS.match(text)
    found = invited or attend
    if not found:
        return
    who = re.sub(r"^In [A-Z]\w+, ", "", found["who"])
    people = [
        name
        for part in re.split(r",? (?:and|or) (?=a |an |the |his |her |my )|, (?=and )", who)
        for name in [context.name(part)]
        if name
    ]
    people = [name for name in people if not name.startswith("Deputy")]
    words = re.sub(r"\((?:aka|also)[^)]*\)", "", found["rest"] + (" and " + attend["more"] if attend else ""))
    words = re.sub(r"\(a (?:meeting|group)[^)]*\)", "", words)
    for name in dict.fromkeys(people):
        for group in groups_in(context, words):
            yield membership(sentence, name, "attendsAsGuest", group.name, "guests", (0, len(text)), role="guest")


def attendance(context: Context, sentence: Sentence) -> Iterator[Fact]:
    """Attendance without a stated status is implied."""
    text = sentence.text
    passage = sentence.passage
    item = _ATTENDED.match(text) if passage.lead is not None else None
    if item and re.search(r"\bI have\b", context.paper.passages[passage.lead or 0].text):
        group = first_group(context, item["rest"], 25)
        if group:
            chaired = item["verb"] == "Chaired"
            yield membership(
                sentence,
                context.commissioner,
                "chairs" if chaired else "attendsAsGuest",
                re.sub(r" meeting$", "", group),
                "own-diary",
                (0, len(text)),
                certainty="stated" if chaired else "implied",
            )
    for match in _ATTENDS.finditer(text if "attend" in text or "participated" in text else ""):
        group, who = first_group(context, match["rest"], 5), who_is(context, match["who"], sentence)
        if group and who and not item:
            yield membership(sentence, who, "attendsAsGuest", group, "attends", match.span(), certainty="implied")
    for match in _WHICH_ATTENDS.finditer(text):
        group, who = last_group(context, sentence, match.start()), who_is(context, match["who"], sentence)
        if group and who:
            yield membership(
                sentence,
                who,
                "attendsAsGuest",
                group,
                "attends",
                (max(0, match.start() - 60), match.end()),
                certainty="implied",
            )
    found = _REPRESENTING.search(text)
    if found:
        who = person(context, found["who"]) if found["who"] else ""
        for board in groups_in(context, found["rest"]):
            if who:
                yield membership(
                    sentence, who, "memberOf", board.name, "represents", (0, len(text)), certainty="implied"
                )
