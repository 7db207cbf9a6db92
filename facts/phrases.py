"""Which group stands before or after a verb, by name, by short form, as a class, or as "the Board" said again."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..loaders.papers.model import Sentence
from .context import FIELD, GROUP_HEADS, Context, tidy

_HEADS = rf"(?:{GROUP_HEADS}|Unit|Collaborative|Conference)"
_LOW = r"(?:sub-?group|partnership|board|group|committee|panel|forum|network|alliance)"
_CAPITAL = r"(?:[A-Z0-9][\w&'/-]*|&)"
_NAME = rf"(?:{_CAPITAL}(?:,? (?:and|of|for|on)| in the| of the| for the)? )*{_HEADS}s?"
_BRACKET = r"(?: \((?:the )?[A-Z][\w&'/ -]{1,40}\))?"
_WORD = r"(?:(?!(?:the|a|an|and|of|to|for|in|on|by|with|that|which|its|their|is|are|be)\b)[a-z][\w'-]*)"
_BEFORE = re.compile(rf"(?<![\w&])(?P<name>{_NAME}|(?:{_WORD} ){{0,4}}{_LOW}s?){_BRACKET},?\s*$")
_AFTER = re.compile(
    rf"(?:(?:the|an?|each|every|all|our|its|this|local|wider|county|new|both|two|three|four|five|six|seven|eight"
    rf"|nine|ten|\d+) )*"
    rf"(?P<name>{_NAME}|(?:{_WORD} ){{0,4}}{_LOW}s?)\b{_BRACKET}"
    r"(?! (?:Manager|Officer|Team|Plan|Strategy|Lead|Fund|plan|strategy|members?|meetings?)\b)"
)
_AGAIN = re.compile(rf"(?:Sub-?[Gg]roup|{_HEADS}|{_LOW})", re.IGNORECASE)
_NO_NAME = re.compile(
    r"^(?:(?:In|At|Of|For|The|This|Each|Every|Local|All|Our|Its|Their|These|Those|As|When|Both|A|An|And|By|To|Following"
    r"|Under|Within|Through|From|Also|However|Currently|Agenda|Report|local|wider|the|said|same|new|old|existing|own"
    r"|two|three|four"
    r"|five|six|seven|eight|nine|ten|multi-agency|\d+) )+"
)
_SHORT = r"(?P<short>[A-Z][A-Za-z&]*[A-Z])(?:'?s)?"
_SHORT_BEFORE = re.compile(rf"(?:(?P<place>{_CAPITAL}(?: (?:and |& )?{_CAPITAL})*) )?(?<![\w(&]){_SHORT},?\s*$")
_SHORT_AFTER = re.compile(
    rf"(?:(?:the|an?|each|every|all|our|its|this|local|wider|county|both|two|three|four|five|six|seven|eight|nine"
    rf"|ten|\d+) )*"
    rf"(?:(?P<place>{_CAPITAL}(?: (?:and |& )?{_CAPITAL})*) )?(?<![\w(&]){_SHORT}\b(?![\w&'-]| (?:[Tt]eam|[Pp]ost"
    rf"|[Cc]oordinator|[Ll]ead|[Bb]udget|[Pp]lan|[Ss]trategy|[Ff]und|[Ff]unding|[Mm]eeting)s?\b)"
)


_LONGEST = 150
"""The most letters before a verb in which a group's name is looked for."""


@dataclass(frozen=True)
class Named:
    """A group in a sentence: its name spelt out, and where it stands."""

    name: str
    start: int
    end: int


def group_before(context: Context, sentence: Sentence, place: int) -> Named | None:
    """Return the group that ends right before a place of a sentence, as before "comprises" or "is chaired by".

    Args:
        context: the paper.
        sentence: the sentence.
        place: where the verb begins.

    Returns:
        The group; none if no group stands there, or "the Board" repeats a name that the paper does not give.
    """
    text = sentence.text[:place].rstrip()
    skipped = max(0, len(text) - _LONGEST)
    skipped = text.find(" ", skipped) + 1 if skipped else 0
    near = text[skipped:]
    held = _short_form(context, _SHORT_BEFORE.search(near), near)
    if held:
        return Named(held.name, held.start + skipped, held.end + skipped)
    match = _BEFORE.search(near)
    return _spelt(context, sentence, match["name"], match.start() + skipped, match.end() + skipped) if match else None


def group_after(context: Context, sentence: Sentence, place: int) -> Named | None:
    """Return the group that begins at a place of a sentence, as after "chairs" or "a member of"."""
    text = sentence.text[place:]
    short = _SHORT_AFTER.match(text)
    held = _short_form(context, short, text)
    if held:
        return Named(held.name, place, place + held.end)
    match = _AFTER.match(text)
    return _spelt(context, sentence, match["name"], place, place + match.end()) if match else None


def _short_form(context: Context, match: re.Match[str] | None, text: str) -> Named | None:
    """A short form of a group, with the place that is printed before it: "Devon and Cornwall LCJB"."""
    if match is None:
        return None
    short = match["short"]
    long = context.shorts.get(short) or context.shorts.get(short.rstrip("s")) or FIELD.get(short.rstrip("s"))
    if not long or not re.search(rf"(?:{_HEADS})$", long):
        return None
    place = _NO_NAME.sub("", f"{match['place']} ").strip() if match["place"] else ""
    if place and (place.split()[0] in ("The", "In", "A") or place in long):
        place = ""
    place = re.sub(r"'s$", "", context.expand(place.replace("&", "and") if " & " in place else place))
    return Named(f"{place} {long}".strip(), match.start(), match.end())


def _spelt(context: Context, sentence: Sentence, printed: str, start: int, end: int) -> Named | None:
    bare = _NO_NAME.sub("", printed)
    bare = re.sub(r"^(?:.*\b(?:that|where|when|which) )?(?:the |an? )?", "", bare) if bare[:1].islower() else bare
    bare = re.sub(r"^(?:\w+ed|\w+ing) (?=[a-z])", "", bare)
    name = tidy(context.expand(bare))
    if re.search(r"\bChief Executives?$", name):
        return None
    if _AGAIN.fullmatch(re.sub(r"s$", "", name)):
        name = said_again(context, sentence, start, name)
    if name.casefold() == "responsible authority group":
        name = "Responsible Authority Group"
    return Named(name, start, end) if name else None


def plain_name(context: Context, printed: str) -> str:
    """Spell a name out without "the", "each", numbers and what else only leads it in."""
    bare = _NO_NAME.sub("", printed.strip())
    return tidy(context.expand(bare))


def said_again(context: Context, sentence: Sentence, place: int, noun: str) -> str:
    """Return the name that "the Board" or "the partnership" repeats: the last one before it that ends so.

    Args:
        context: the paper.
        sentence: where it is said again.
        place: where in the sentence.
        noun: what is said again, one word.

    Returns:
        The name spelt out; empty if the eight passages before give none.
    """
    number, head = sentence.passage.number, re.sub(r"s$", "", noun)
    pattern = re.compile(rf"(?:{_CAPITAL}(?: (?:and|of|for|on)| in the| of the| for the)? )+(?i:{head})\b")
    shorts = {short: long for short, long in context.shorts.items() if long.casefold().endswith(f" {head.casefold()}")}
    for passage in reversed(context.paper.passages[max(0, number - 8) : number + 1]):
        text = passage.text[: sentence.start + place] if passage.number == number else passage.text
        found = [(match.start(), match[0]) for match in _capitalised(pattern, text)]
        for short, long in shorts.items():
            found += [(match.start(), long) for match in re.finditer(rf"(?<![\w(]){re.escape(short)}(?!\w)", text)]
        names = [_NO_NAME.sub("", name) for _place, name in sorted(found)]
        names = [name for name in names if len(name.split()) > 1]
        if names:
            return tidy(context.expand(names[-1]))
    return ""


def _capitalised(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    return [match for match in pattern.finditer(text) if match[0][0].isupper() and " " in match[0]]
