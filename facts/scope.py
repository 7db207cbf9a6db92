"""Groups within groups, and where a group works, where the paper says so in the middle of something else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..loaders.papers.model import Sentence
from .citing import find_citations
from .context import Context, tidy
from .groups import groups_in, last_group
from .model import Fact

_SMALL = (
    r"(?:[Ss]ub-?\s?[Gg]roup|[Ww]orking [Gg]roup|[Tt]ask [Gg]roup|[Tt]ask and [Ff]inish [Gg]roup|[Ss]ub-?[Cc]ommittee)"
)
_ITS_OWN = re.compile(
    rf",? (?:as well as|and|including|together with) its (?P<who>(?:[\w'-]+ (?:and )?){{0,5}}?{_SMALL})\b"
)
_ATTACHED = re.compile(
    r"\b(?:attached to|(?:which |that )?(?:sits?|sitting) (?:under|beneath|below|within)|set up under"
    r"|established under) the (?P<of>.{3,100})"
)
_WORKS_ACROSS = re.compile(
    r"\b(?P<who>It|This (?:board|group|partnership|panel|forum|conference)|[A-Z][\w'&() -]{2,80}?) (?:has been|is|was)"
    r" (?:operational|in operation|in place|operating|active)(?: for [\w ]{3,25}?)? (?:across|throughout) (?:all |each "
    r"of )?(?P<place>the [\w ]{3,40}? areas?(?: (?:in|of) (?:the )?[A-Z]\w+(?: [A-Z]\w+)*)?|[A-Z]\w+(?: [A-Z]\w+)*)"
)
_AT_LEVEL = re.compile(
    r"\bat (?:an? |the )?(?P<place>(?:\w+ ){1,3}area|county|district|regional)(?: \([A-Z]+\))? level\b"
)
_THEIR_AREAS = re.compile(
    r"\bin (?:their|its) (?P<place>(?:local authority|local government|police force|police|district|borough"
    r"|county) areas?)\b"
)
_SET_UP_FOR = re.compile(
    r"\b(?:[Oo]ff the back of|[Uu]nder|[Ff]ollowing|[Ii]n response to|[Aa]s part of|[Aa]rising from) (?:the )?"
    r"'(?P<source>[A-Z][^']{4,60})'.{0,120}?\b(?:set up|establish|form|create)(?:ed)? (?:dedicated |local |new |a )*'?"
    r"(?P<who>(?:[A-Z][\w-]+ ){1,5}(?:Partnership|Board|Panel|Group)s?)\b"
)
_THIS_IN_LAW = re.compile(r"\bThis is a statutory (?:responsibility|duty|requirement|function)\b")
_INTO_THIS = re.compile(
    r"\b(?P<who>The (?:[\w'-]+ ){1,4}?(?:groups?|initiatives?|boards?|panels?|forums?)) (?:will |would )?reports? "
    r"(?:in)?to this (?:group|board|panel|forum)\b"
)


def nested(context: Context, sentence: Sentence) -> Iterator[Fact]:
    """Groups within groups: "the Board as well as its X subgroup"; "a working group attached to the Board"."""
    text = sentence.text
    for match in _ITS_OWN.finditer(text if " its " in text else ""):
        before = groups_in(context, text[: match.start()])
        if before and match.start() - before[-1].end <= 12:
            who = tidy(context.expand(match["who"]))
            start = before[-1].start
            yield _fact(sentence, who, "subGroupOf", before[-1].name, "its-sub-group", (start, match.end()))
    for match in _ATTACHED.finditer(text):
        before = [group for group in groups_in(context, text) if group.end <= match.start()]
        after = [group for group in groups_in(context, match["of"]) if group.start <= 8]
        if before and after and match.start() - before[-1].end <= 3 and before[-1].name != after[0].name:
            start, end = before[-1].start, match.start("of") + after[0].end
            yield _fact(sentence, before[-1].name, "subGroupOf", after[0].name, "attached-to", (start, end))
    for match in _INTO_THIS.finditer(text):
        of = last_group(context, sentence, match.start())
        if of:
            yield _fact(sentence, tidy(match["who"]), "reportsTo", of, "reports-into-this", match.span())


def areas(context: Context, sentence: Sentence) -> Iterator[Fact]:
    """Where a group works: "operational across the six areas"; "at police area level"; "in their areas"."""
    text = sentence.text
    for match in _WORKS_ACROSS.finditer(text):
        own = groups_in(context, match["who"])
        who = own[-1].name if own else ""
        if re.match(r"It$|This ", match["who"]):
            named = groups_in(context, sentence.passage.text[: sentence.start])
            who = named[-1].name if named else ""
        if who:
            yield _fact(sentence, who, "coversArea", tidy(match["place"]), "works-across", match.span())
    for pattern, rule in ((_AT_LEVEL, "at-area-level"), (_THEIR_AREAS, "in-their-areas")):
        for match in pattern.finditer(text):
            who = _first_class(context, text[: match.start()])
            if who:
                place = re.sub(r"^(?:an?|the) ", "", match["place"])
                yield _fact(sentence, who, "coversArea", place, rule, (0, match.end()))


def origins(context: Context, sentence: Sentence) -> Iterator[Fact]:
    """What a group or scheme comes from: a named strategy, or the Act in which "this is a statutory duty"."""
    text = sentence.text
    for match in _SET_UP_FOR.finditer(text):
        who = re.sub(r"(?<=[a-z])s$", "", match["who"])
        yield _fact(sentence, who, "establishedUnder", match["source"], "set-up-for", match.span())
    for match in _THIS_IN_LAW.finditer(text):
        scheme = scheme_of_passage(context, sentence)
        if not scheme:
            continue
        yield _fact(sentence, scheme, "isStatutory", "true", "this-is-statutory", match.span(), value=True)
        for law in find_citations(text[match.end() :])[:1]:
            span = (match.start(), match.end() + law.end)
            yield _fact(sentence, scheme, "establishedUnder", law.title, "this-is-statutory", span)


def scheme_of_passage(context: Context, sentence: Sentence) -> str:
    """Return the scheme whose volunteers or members a passage begins with: "The ICVs are …"; empty if none."""
    own = re.match(r"The (?P<short>[A-Z]{2,5})s\b", sentence.passage.text)
    return f"{context.shorts[own['short']]} scheme" if own and own["short"] in context.shorts else ""


def _first_class(context: Context, text: str) -> str:
    """The partnerships or boards of a kind with which a sentence begins, in the singular."""
    found = re.match(
        r"(?:The |Each |Every )?(?P<who>(?:[A-Z][\w'-]*|and)(?: (?:[A-Z][\w'-]*|and))*? "
        r"(?:Partnership|Board|Panel|Group)s?|[A-Z]{3,6}s)\b",
        text,
    )
    if not found:
        return ""
    return re.sub(r"(?<=[a-z])s$", "", tidy(context.expand(found["who"])))


def _fact(
    sentence: Sentence, who: str, relation: str, what: str, rule: str, span: tuple[int, int], value: bool | None = None
) -> Fact:
    passage = sentence.passage
    quote = sentence.quote(*span)
    return Fact("structure", who, relation, what, passage.locator, quote, rule, value=value, passage=passage.number)
