"""Who runs what: schemes, programmes and reviews that a body runs, oversees or leads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..loaders.papers.model import Sentence
from .context import Context, plural, tidy
from .groups import groups_in
from .model import Fact
from .people import SUBJECT, membership, who_is

_SCHEME = r"(?:[Pp]rogramme|[Ss]cheme|[Pp]ilot)"
_RUN_BY = re.compile(
    rf"\b(?P<what>(?:[\w'-]+ ){{1,6}}{_SCHEME}s?),? (?:which )?(?:(?:is|are|was|were|being|has been|have been) )*"
    r"(?:coordinated|co-ordinated|run|overseen|managed|hosted|operated|facilitated) by (?:the )?"
    r"(?P<who>[A-Z][\w'&-]*(?: (?:[A-Z][\w'&-]*|and|of|for|the))*)"
)
_RUNS = re.compile(
    rf"{SUBJECT}(?: (?:has|have|had|also|continues? to|currently|now))* (?:oversees?|overseen|runs?|operates?|operated"
    r"|manages?|managed|coordinates?|coordinated) (?:an? |the |its |my |both the )(?:volunteer |national |regional )?"
    rf"(?P<what>(?:[\w'-]+ (?:\([A-Z]+\) )?){{1,8}}?{_SCHEME}s?)\b"
)
_LEADS = re.compile(
    rf"{SUBJECT} (?:is|are|am) (?:also |currently |now )*(?:leading(?: on)?|coordinating) (?:an? |the )?(?:new |major "
    r"|comprehensive |detailed |wider )?(?P<what>(?:[\w-]+ ){0,2}review(?: (?:of|into) [\w' -]{4,90}?)?)"
    r"(?= (?:across|in|with|and|which)\b|[,.;]|$)"
)
_KEY_ROLE = re.compile(
    rf"{SUBJECT} (?:also )?(?:plays?|has|have) an? (?:\w+ )?(?:key|active|full|leading|important|central) role "
    r"(?:in|on) (?:the )?(?P<rest>.{4,140})"
)
_INVITED = re.compile(
    rf"{SUBJECT} (?:is|are) (?:also )?invited to (?:all |each |every |attend )+(?:of )?(?P<rest>.{{2,80}})"
)
_LED = re.compile(r"\b(?P<who>[Pp]olice|PCC|OPCC|[Cc]ouncil|[Hh]ealth|[A-Z]{2,5})[- ]led (?P<rest>[A-Z].{4,80})")


def taking_part(context: Context, sentence: Sentence) -> Iterator[Fact]:
    """Find who "plays a key role in", is invited to, or leads which groups."""
    text = sentence.text
    for match in _KEY_ROLE.finditer(text if " role " in text else ""):
        who, end = who_is(context, match["who"], sentence), 8
        for group in groups_in(context, match["rest"]) if who else ():
            if group.start <= end:
                end = group.end + 12
                yield membership(sentence, who, "memberOf", group.name, "key-role-in", match.span())
    for match in _INVITED.finditer(text if "invited" in text else ""):
        who = who_is(context, match["who"], sentence)
        first = [group for group in groups_in(context, match["rest"]) if group.start <= 5]
        if who and first:
            yield membership(sentence, who, "attendsAsGuest", first[0].name, "invited-to", match.span())
    for match in _LED.finditer(text):
        first = [group for group in groups_in(context, match["rest"]) if not group.start]
        who = context.force if match["who"] in ("Police", "police") else context.name(match["who"])
        if first and who:
            end = match.start("rest") + first[0].end
            yield membership(sentence, who, "coordinates", first[0].name, "led", (match.start(), end))


def running(context: Context, sentence: Sentence) -> Iterator[Fact]:
    """Find who runs, oversees or leads which scheme, programme or review."""
    text = sentence.text
    for match in _RUN_BY.finditer(text if " by " in text else ""):
        who, what = who_is(context, tidy(match["who"]), sentence), _bare(context, match["what"])
        if who and what:
            yield membership(sentence, who, "coordinates", what, "run-by", match.span())
    for match in _RUNS.finditer(text):
        who = who_is(context, re.sub(r" (?:continues?|also)$", "", match["who"]), sentence)
        for what in _each(context, match["what"]):
            if who and what:
                yield membership(sentence, who, "coordinates", what, "runs", match.span())
    for match in _LEADS.finditer(text if "review" in text else ""):
        who = who_is(context, match["who"], sentence)
        if who and len(match["what"].split()) > 1:
            yield membership(sentence, who, "coordinates", context.expand(match["what"]), "leads-review", match.span())


def _each(context: Context, printed: str) -> list[str]:
    """Two schemes in one phrase: "the custody visitors and the appropriate adult schemes"."""
    two = re.fullmatch(rf"(?P<one>.+?) and the (?P<two>.+?) (?P<noun>{_SCHEME})s", printed)
    parts = [f"{two['one']} {two['noun']}", f"{two['two']} {two['noun']}"] if two else [printed]
    return [_bare(context, re.sub(r"s (?=\([A-Z]+\)|scheme$)", " ", part)) for part in parts]


def _bare(context: Context, printed: str) -> str:
    """Leave out what only leads a name in; what is left must still say which programme it is."""
    name = re.sub(r"^.*\b(?:range of|number of|variety of|the|an?|its|their|this|all|these|those|that) ", "", printed)
    name = tidy(context.expand(re.sub(r" \([A-Z]+\)", "", name)))
    vague = re.fullmatch(
        r"(?i)(?:new|pilot|wider|work|other|own|same|whole|current|national|change|several|\w+ing)? ?"
        rf"(?:{_SCHEME}s?)",
        name,
    )
    return "" if vague or (name == plural(name) and len(name.split()) < 3) else name
