"""Of whom a group is made up, in a list below it or in running text: "the Board comprises …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..loaders.papers.model import Passage, Sentence
from .context import Context, tidy
from .groups import last_group
from .model import Fact
from .people import membership
from .phrases import Named, group_after, group_before, said_again

_FROM = (
    r"(?:,? (?:(?:senior|key|nominated|strategic|lead|the|following|a range of|local|partner|statutory|core|individual)"
    r" )*(?:representatives?|representation|officers|members?|membership|organisations|agencies|partners|bodies|people"
    r"|colleagues|individuals|attendees)(?: (?:from|of|drawn from|across))?)?(?: (?:the )?following[\w ]{0,40}?)?"
)
_MADE_OF = (
    r"(?:consist(?:s|ed|ing)? of|compris(?:es?|ed|ing)(?: of)?|(?:(?:is|are|was|were|be|been) )?(?:currently )?"
    r"(?:made up|composed|constituted|formed|drawn) (?:of|from)"
    r"|(?:(?:its|whose|the|core|full|statutory|current) )*(?:membership|members) (?:currently )?"
    r"(?:includes?d?|comprises?d?|consists? of|are|is|is made up of|is drawn from)|has representation from"
    r"|has representatives from|(?:currently )?includ(?:es?|ed|ing))"
)
_LEADS = re.compile(
    rf"\b{_MADE_OF}{_FROM}(?:,)?(?: (?:from|of|as|the|both))*(?: \W?(?:responsible authorities|statutory "
    rf"partners)\W?)?\s*$"
)
_FORM = re.compile(
    r"\b(?:agencies|bodies|organisations|partners|authorities|members|representatives|services|groups|posts|people)\b"
    r"[^.]{0,60}?\b(?:that|which|who) (?:currently )?(?:make up|comprise|constitute|form|sit on|attend"
    r"|are (?:members of|represented on|part of|invited to)|support the work of|participate in|work together as) "
)
_MEMBERS_OF = re.compile(
    r"\b(?:[Mm]embers?(?:hip)?|[Cc]omposition|[Rr]epresentatives|[Pp]artners|[Aa]ttendees) (?:of|on|at|in) "
)
_PEOPLE = re.compile(
    r"\b(?:representati|members|membership|officers|agencies|organisations|partners|bodies|authorities)"
)
_TAIL = re.compile(
    r"[\s,]*(?:\b(?:are|is|include|includes|comprises?|consists? of|follows|as)\b[\s,]*"
    r"|(?:the\b ?|drawn from |made up of |set out below|listed below|following)+(?:organisations|agencies"
    r"|bodies|partners|members)?[\s,]*)*$"
)
_THESE = re.compile(
    r"^(?:These|They|Those|Members|Partners|Core members|Statutory members)\b[^.]{0,30}?"
    r"\binclude(?:s|d)?\b[^.]*$"
)
_MEMBERSHIP = re.compile(
    r"(?:(?:Core|Statutory|Current|Board|Partnership|Group) )?[Mm]ember(?:s|ship)(?: (?:is|are|includes?"
    r"|comprises?|consists? of|list|of the (?:Board|Group|Partnership|Panel)))*\s*$"
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|will|shall|must|should|has|have|can|may|ensure|provide|review|agree|to (?!be\b))\b"
)
_NOT_WHO = re.compile(
    r"^(?:development|support|production|delivery|reduction|prevention|monitoring|provision) (?:of|to|for)\b"
    r"|^(?:C?L?lr|Cllr|Councillor|Mr|Mrs|Ms|Dr)\b|[Mm]ember -|\b(?:priorit|strateg(?:y|ies)\b|plans?\b|actions?$"
    r"|action plans?\b|objective|crimes?$|theft|burglary|data\b|meetings?$|funding|grants?\b|£"
    r"|training|reports?$|workstreams?|areas of|number of (?!lay)|themes?|activit|interventions?|projects?$"
    r"|initiatives?|responsibilit|functions?$|duties|information|measures|elements?)",
    re.IGNORECASE,
)
_GROUP_ITEM = re.compile(
    r"\b(?:boards?|groups?|sub-?groups?|panels?|committees?|forums?|partnerships?)$", re.IGNORECASE
)


def composition(context: Context, sentence: Sentence) -> Iterator[Fact]:
    """Find the members in the items of a list that a sentence such as "The Board consists of:" leads in."""
    passage = sentence.passage
    if passage.kind == "item" and passage.lead is not None and not sentence.start:
        yield from _item(context, passage)


# Lists


def _item(context: Context, passage: Passage) -> Iterator[Fact]:
    lead = context.paper.passages[passage.lead or 0]
    text = re.sub(r"\s*\((?!.*\band\b)[^)]*\)", "", passage.text).strip(" ;,.")
    if len(passage.text) > 140 or len(text.split()) > 14 or _VERB.search(text) or _NOT_WHO.search(text):
        return
    whole = list_of_members(context, lead)
    if not whole:
        return
    sentence = Sentence(passage, 0, len(passage.text))
    text = re.split(r"\s[-–:]\s|:\s", text)[0]
    for part in re.split(r",? and (?=[Tt]he [A-Z])", text):
        part = re.sub(r",? [A-Z][\w&' ]+ (?:area|region|division)$", "", part)
        name = _who(context, part)
        if name and len(name) < 90:
            group = _GROUP_ITEM.search(name) and not re.search(r"Integrated Care Board$", name)
            if group and re.search(r"\bsub-?groups?\b", lead.text):
                continue
            yield membership(sentence, name, "memberOf", whole, "list-of-members", (0, len(sentence.text)))


def list_of_members(context: Context, lead: Passage) -> str:
    """Return the group whose members a passage leads in: "The agencies that make up the Board are:".

    Args:
        context: the paper.
        lead: the passage before the list.

    Returns:
        The group's name spelt out; empty if the passage leads in something else.
    """
    last = lead.sentences[-1] if lead.sentences else None
    if last is None:
        return ""
    text = last.text.rstrip(" :;-")
    verb = _LEADS.search(text)
    if verb and not (re.match(r"(?:currently )?includ", verb[0]) and not _PEOPLE.search(text)):
        before = re.sub(r",? (?:which|that|and|who|whose)\s*$", "", text[: verb.start()].rstrip())
        before = re.sub(r"(?:'s)? (?:membership|members|current membership)\s*$", "", before)
        named = group_before(context, last, len(before))
        if named:
            return named.name
        convened = re.search(r"\b(?:convened|established|set up|formed|created) an? ", before)
        return "" if not convened else getattr(group_after(context, last, convened.end()), "name", "")
    for pattern in (_FORM, _MEMBERS_OF):
        for match in pattern.finditer(text):
            named = group_after(context, last, match.end())
            if named and _TAIL.fullmatch(text, named.end):
                return named.name
    if _THESE.match(text) and len(lead.sentences) > 1:
        earlier = lead.sentences[-2]
        for match in (*_FORM.finditer(earlier.text), *_MEMBERS_OF.finditer(earlier.text)):
            named = group_after(context, earlier, match.end())
            if named:
                return named.name
    if _MEMBERSHIP.fullmatch(text):
        return _group_of_section(context, lead)
    return ""


def _group_of_section(context: Context, lead: Passage) -> str:
    """The group that the heading of a section names, for a list under "Membership:"."""
    for heading in reversed(lead.headings):
        named = re.search(
            r"(?:[A-Z][\w&'-]*(?: (?:and|of|for|in the))? )+(?:Board|Panel|Group|Partnership|Committee|Forum)\b",
            heading,
        )
        if named:
            return tidy(context.expand(named[0]))
    return ""


# Running text

_RUNS = re.compile(rf"\b{_MADE_OF}\s+(?P<list>.{{4,400}})")
_BRACKETS = re.compile(
    r"^(?P<head>[^,(]{3,80}?)(?:,? i\.?e\.?,?|,? namely|,? (?:such as|including)|\s*\() ?(?P<list>[^)]{4,300})"
)
_WHICH = re.compile(r"\bwhich includes?d? (?P<who>(?:the |an? )[\w' ]{3,60}?)(?: as (?:a|an|the|one)\b[^.,;]*)?[.,;]?$")
_STOP = re.compile(
    r"[;.](?:\s|$)|,? (?:and|but) (?:it|is|are|has|meets|reports|its|their)\b|\b(?:as (?:outlined|set out"
    r"|defined|required|well as to)|in order to|to (?:discuss|ensure|tackle|deliver|oversee|address"
    r"|reduce|work|provide|manage|improve))\b|,? (?:who|which|that|cannot|can|will|whilst) |,? had been\b| "
    r"responsible for | under the "
)


def running_text(context: Context, sentence: Sentence) -> Iterator[Fact]:
    """Find whom a sentence names as those of whom a group is made up."""
    text = sentence.text
    for match in _RUNS.finditer(text):
        place = match.start()
        before = re.sub(r"(?:,? (?:which|that|who|and|would|will|should|to|has|have))+\s*$", "", text[:place].rstrip())
        own = re.search(r"(?:\b(?:its|whose|and its|the))\s*$", before)
        before = re.sub(r"(?:\b(?:and )?(?:its|whose))\s*$", "", before).rstrip(" ,")
        named = group_before(context, sentence, len(before))
        its = re.match(r"(?:its|whose) ", match[0])
        second = re.search(r"^(?:It|This|The)\b.* and$", text[:place].rstrip())
        if named is None and second and text.startswith("It "):
            earlier = last_group(context, sentence, 0)
            named = Named(earlier, 0, 2) if earlier else None
        if named is None and (own or its or second):
            named = _subject(context, sentence, place)
        verb = text[place : match.start("list")]
        if named is None or (re.match(r"includ|bring", verb) and not _whole_subject(text, named, place)):
            continue
        if re.match(r"includ", verb) and not re.search(
            r"\b(?:represent|officers|members|councillors|agencies|experts|Police|police|Council)", match["list"][:80]
        ):
            continue
        yield from _members(context, sentence, named, match)


def _whole_subject(text: str, named: Named, place: int) -> bool:
    """Whether a group is the subject of its sentence, so that "includes" says of whom it consists."""
    before = text[: named.start].rstrip()
    opening = len(before.split()) <= 2 or re.search(r", (?:the|this|each)$", before)
    return bool(opening) and place - named.end <= 8


def _subject(context: Context, sentence: Sentence, place: int) -> Named | None:
    """The group with which a sentence begins: "The Forum is chaired by … and its membership includes"."""
    named = group_after(context, sentence, 0)
    found = re.match(r"(?:The|This|Each) ", sentence.text)
    if named is None and found:
        named = group_after(context, sentence, found.end())
    return named if named and named.end < place else None


def _members(context: Context, sentence: Sentence, named: Named, match: re.Match[str]) -> Iterator[Fact]:
    words = match["list"]
    inner = _BRACKETS.match(words)
    parts: list[str] = []
    if inner:
        parts += [inner["head"]] if re.search(r"authorit|partners|agencies|bodies", inner["head"]) else []
        parts += _split(inner["list"])
        rest = words[inner.end() :].lstrip(" )")
        parts = parts if parts else _split(words)
        if not re.search(r"authorit|partners|agencies|bodies|organisations", inner["head"]):
            parts = _split(re.sub(r"\s*\([^)]*\)", "", words))
        elif rest.startswith(", "):
            parts += _split(rest[2:])
    else:
        parts = _split(words)
    which = _WHICH.search(words)
    if which:
        parts.append(which["who"])
    span = (named.start if match.start() - named.end < 60 else match.start(), min(len(sentence.text), match.end()))
    for part in parts:
        name = _who(context, part)
        if not name or len(name) > 90 or name.endswith(" from") or _NOT_WHO.search(name) or _VERB.search(name):
            continue
        if _GROUP_ITEM.search(name) and re.match(r"compris|consist|(?:is|are|was|were)? ?made up", match[0]):
            continue  # groups within the group, of which the structure speaks
        yield membership(sentence, name, "memberOf", named.name, "made-up-of", span)


def _split(words: str) -> list[str]:
    """Take a list apart: "a range of senior officers, the police and two lay members".

    >>> _split("representatives from the police, fire and a number of lay members who are paid")
    ['representatives from the police', 'fire', 'lay members']
    """
    stop = _STOP.search(words)
    words = re.sub(r"\s*\([^)]*\)?", "", words[: stop.start()] if stop else words)
    parts = re.split(
        r",? in addition to |,? (?:as well as|together with|along with) |,\s+(?:and\s+)?|\s+and\s+(?!crime\b|Crime\b"
        r"|[Dd]isorder|criminal justice\b|Rescue|rescue|Wellbeing|Families|families|Tribunal|voluntary|other\b)"
        r"(?=[^,]*$)",
        words.strip(" .:;"),
    )
    return [
        part
        for part in (re.sub(r"^(?:and |both |a number of |a range of |also )+", "", each.strip()) for each in parts)
        if 2 < len(part) < 110
    ]


def _who(context: Context, printed: str) -> str:
    words = re.sub(
        r"^(?:(?:a|the|key|senior|other) )*(?:representatives?|representation|nominated officers|partners|agencies"
        r"|organisations|colleagues)(?: from)(?: (?:the|across|each of the|each|all))*\s+",
        "",
        printed.strip(),
    )
    words = re.sub(r"^(?:a|the|an) (?=\w)|\s+as (?:an? |the )[\w ]+$", "", words)
    if re.fullmatch(r"police|the police|Police", words):
        return "police"
    name = context.name(words) or tidy(words)
    return "" if re.match(r"(?:its|their|all|this|these|those)\b", name) else name


def resolve(context: Context, sentence: Sentence, noun: str) -> str:
    """Return what "the partnership" or "the Committee" names, or the words themselves."""
    return said_again(context, sentence, 0, noun) or noun
