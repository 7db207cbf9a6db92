"""A duty as a fact: its action shortened to the first clause; and what is only proposed, which is never law."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..loaders.papers.model import Sentence
from .context import Context
from .holders import holders_in
from .model import Fact

_STOP = re.compile(
    r"(?:;\s|\.\s|,? and for the |, and (?=[A-Z])|,? but (?=cannot|are|is|may|must)|,? and (?=must\b|shall\b"
    r"|may\b|can\b|where there\b|those\b)"
    r"|,? and it (?:is|will|must)\b|\s\(see\b|,? and whether\b|,? which (?:also|is|was|will)\b| whose function is\b)"
)
_PROPOSED = re.compile(
    r"\b(?:recommend(?:ed|s|ations?)?|propos(?:ed|es|als?)|consider(?:ed|ing)?|consult\w*|whether"
    r"|explor\w+)\b[^.]{0,80}?(?P<who>(?:the )?(?:Home Office|PCCs?|CSPs?|Government|Panel|PCC"
    r"|[A-Z]\w+ Council))(?:'s)? (?:should(?: have)?|undertake|legislate|to|be required to) (?P<act>.{5,140})"
)
_NEW_DUTY = re.compile(
    r"\b(?:introducing|introduce|a) (?:a )?new duty (?:for|on) (?P<who>[A-Z]\w+) to (?P<act>.{5,120})"
)
_TO_PUBLISH = re.compile(
    r"\b[Pp]roposals? to [^.]*?\b(?P<what>[\w ]{3,80}?), including a requirement to (?P<act>\w+) them"
)


def duty_fact(
    sentence: Sentence,
    who: str,
    relation: str,
    act: str,
    rule: str,
    span: tuple[int, int],
    law: str,
    force: str = "law",
    certainty: str = "stated",
    toward: str = "",
) -> Iterator[Fact]:
    """Make a duty, power or denial; nothing if the holder or the action is missing."""
    act = shortened(act)
    if not who or len(act) < 4:
        return
    more = {"force": force, "basis": law if law and law != "law" else "", "counterparty": toward}
    yield Fact(
        "duty",
        who,
        relation,
        act,
        sentence.passage.locator,
        sentence.quote(*span),
        rule,
        certainty,
        more=more,
        passage=sentence.passage.number,
    )


def shortened(act: str) -> str:
    """Shorten an action to its first clause, twenty-five words at most."""
    stop = _STOP.search(act)
    act = act[: stop.start()] if stop else act
    act = re.sub(r"\s*\((?:[^)]{25,}|[A-Z]{2,6}s?)\)", "", act)
    act = act if act.count("'") % 2 == 0 or not act.rstrip(" .").endswith("'") else act.rstrip(" .'")
    act = re.sub(r"^the holding of ", "hold ", act)
    act = act[:1].lower() + act[1:] if re.match(r"[A-Z][a-z]+ [a-z]", act) else act
    return " ".join(tidy_end(act).split()[:25])


def tidy_end(text: str) -> str:
    """Strip what a clause leaves at its end."""
    return re.sub(r"[\s,;:.–-]+(?:and|or|to)?[\s,;:.–-]*$", "", text.strip())


def first_clause(act: str) -> str:
    """Return an action up to where another begins."""
    stop = _STOP.search(act)
    return act[: stop.start()] if stop else act


def proposals(context: Context, sentence: Sentence) -> Iterator[Fact]:
    """Recommended, consulted upon or considered: not in force."""
    text = sentence.text
    lead = context.paper.passages[sentence.passage.lead].text if sentence.passage.lead is not None else ""
    if not re.search(r"\b(?:[Rr]ecommend|[Pp]ropos|[Cc]onsult|[Cc]onsider|[Ww]hether|introduc)", text + " " + lead):
        return
    for match in (*_NEW_DUTY.finditer(text), *_PROPOSED.finditer(text)):
        force = "recommendation" if re.search(r"recommend", text, re.IGNORECASE) else "proposal"
        for name in holders_in(context, match["who"], True):
            yield from duty_fact(sentence, name, "proposedDuty", match["act"], "proposal", match.span(), "", force)
    for match in _TO_PUBLISH.finditer(text):
        yield from duty_fact(
            sentence,
            "Community Safety Partnership",
            "proposedDuty",
            f"{match['act']} {match['what'].split(' of ')[-1]}",
            "proposal",
            match.span(),
            "",
            "proposal",
        )
