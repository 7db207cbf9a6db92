"""Who holds a duty or power: the words that name holders, and their names spelt out."""

from __future__ import annotations

import re

from ..loaders.papers.model import Passage, Sentence
from .context import Context, tidy

NOUN = (
    r"(?:PCCs?|OPCC|DPCC|Commissioners?|CSPs?|CSP's|authorit(?:y|ies)|groups?|[Bb]oards?|[Pp]anels?"
    r"|[Cc]ommittees?|[Pp]artnerships?|partners|bod(?:y|ies)|[Pp]olice(?! (?:and|&) Crime)|[Ff]orces?"
    r"|[Cc]onstables?|[Cc]ouncils?"
    r"|agenc(?:y|ies)|organisations?|providers|members|Office|Government|Secretary|Department"
    r"|specified authorities|Service|persons)"
)
HOLDER = (
    rf"(?P<who>(?:(?:[Tt]he|[Ee]ach|[Ee]very|[Aa]ll|[Aa]ny|[Tt]hose|[Tt]hese|[Mm]embers of the|individual|local"
    rf"|relevant|elected|responsible|specified|county|strategy|partner|statutory|officer|community|safety|crime"
    rf"|disorder|scrutiny"
    rf"|[A-Z][\w'&-]*|of|and|for|policing"
    rf"|or) ){{0,9}}?{NOUN}(?: (?:of|for) (?:[A-Z]\w+ ?){{1,3}})?|I|[Tt]hey|[Ww]e"
    rf"|[Tt]he elected local policing body|[Hh]e)(?: \((?:i\.e\.?|the)[^)]*\)| \([A-Z]+s?\))?"
)


def holders_in(context: Context, printed: str, law: bool) -> list[str]:
    """Spell out the holders of a duty; "the PCC and CSP" are two."""
    printed = re.sub(r"\s*\((?:i\.?e|the|[A-Z]).*?\)$", "", printed)
    printed = re.sub(
        r"^(?:.*\b(?:[Ww]hilst|[Ww]hile|[Aa]lthough|that|how|where|which|then|therefore|addition|as|what)\s)(?="
        r"(?:the|The|each|all|a|an|CSP|PCC)\b)",
        "",
        printed,
    )
    if re.fullmatch(r"[Tt]hey|[Ww]e|[Hh]e|I", printed):
        return [] if printed != "I" else [context.commissioner]
    both = re.fullmatch(
        r"(?:[Tt]he )?(?P<one>PCCs?|[\w ]*authorities) and (?P<two>CSPs?|(?:[A-Z][\w-]+ ){1,3}Police|[\w ]+bodies)",
        printed,
    )
    parts = [both["one"], both["two"]] if both else [printed]
    names = [one_holder(context, part, law) for part in parts]
    return [name for name in names if name]


def one_holder(context: Context, printed: str, law: bool) -> str:
    """Spell one holder out; the general class where the law is set out; empty if the words name nobody."""
    bare = tidy(
        re.sub(r"^(?:each|every|all|any|individual|those|these|the)\s+", "", printed.strip(), flags=re.IGNORECASE)
    )
    bare = re.sub(r"^CSP'?s$|^[Cc]ommunity [Ss]afety [Pp]artnerships?$", "CSP", bare)
    if bare in ("strategy group", "group", "strategic board"):
        return "CSP strategy group"
    if re.fullmatch(r"CSPs? strategy group|CSPs? [Ss]trategic [Bb]oard", bare):
        return "CSP strategy group"
    if re.fullmatch(r"[Mm]embers of (?:the )?Panel", bare):
        return f"members of {context.panel}"
    name = context.name(bare, law=law)
    name = re.sub(r"^Community Safety Partnerships$", "Community Safety Partnership", name)
    return (
        ""
        if re.fullmatch(
            r"(?:bod(?:y|ies)|organisations?|members|persons|groups?|partners|partnerships?|providers|forces?|service)",
            name,
            re.IGNORECASE,
        )
        else name
    )


def holder_of(context: Context, sentence: Sentence, place: int) -> str:
    """Return who holds what a sentence asks: named before a place in it, in what leads its list in, or above."""
    found = [
        match
        for match in re.finditer(HOLDER, sentence.text[:place])
        if not re.match(r"(?:for|of) ", match["who"])  # "sets the budget for the force and must …"
    ]
    names = [name for match in reversed(found) for name in holders_in(context, match["who"], True)]
    if names:
        return names[0]
    passage = sentence.passage
    while passage.lead is not None:
        passage = context.paper.passages[passage.lead]
        name = leading_holder(context, passage) or _first_holder(context, passage) or _required(context, passage)
        if name:
            return name
    for number in range(sentence.passage.number - 1, max(-1, sentence.passage.number - 10), -1):
        other = context.paper.passages[number]
        name = leading_holder(context, other)
        if name:
            return name
    return ""


_LEAD = re.compile(
    rf"{HOLDER}(?: \(i\.?e\.?[^)]*\))?(?: (?:shall|must|include|including|can|may|will))?[\s:—-]*$|\bby an? "
    rf"(?P<by>CSP|[\w ]{{3,30}}?) as follows|{HOLDER.replace('?P<who>', '?P<two>')} is (?:required to|responsible)"
)


def _first_holder(context: Context, passage: Passage) -> str:
    """The first holder in an item that leads a list in: "the steps the strategy group takes, including to:"."""
    found = re.finditer(HOLDER, passage.text) if passage.kind == "item" else ()
    return next((name for match in found for name in holders_in(context, match["who"], True)), "")


def _required(context: Context, passage: Passage) -> str:
    """The holder whom an order in the lead requires to do something: "requiring commissioners to publish …"."""
    match = re.search(rf"\brequir(?:es|ing) {HOLDER} to\b", passage.text)
    return next(iter(holders_in(context, match["who"], True)), "") if match else ""


def leading_holder(context: Context, passage: Passage) -> str:
    """Return the holder that a passage names for the list below it: "the strategy group shall:"."""
    match = _LEAD.search(passage.text.strip())
    if not match:
        return ""
    words = match["by"] or match["who"] or match["two"]
    names = holders_in(context, words, True) if words else []
    return names[0] if names else ""
