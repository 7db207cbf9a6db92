"""Documents whose maker stands in their name, in the sentence before, or after "driven by"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..loaders.papers.model import Sentence
from .context import Context, tidy
from .groups import fuller_group, groups_in
from .phrases import group_after, group_before

Made = tuple[str, str, str, str, tuple[int, int]]
"""Maker, relation, document, rule, place."""

_BODY = r"(?:Police|Council|Partnership|Board|Service|Authority|Committee|Government|Home Office|Group|Constabulary)"
_PLAN = (
    r"(?:[Ss]trategy|[Pp]olicy|[Pp]lan|[Cc]harter|[Ff]ramework|[Ss]trategic [Aa]ssessment|[Nn]eeds [Aa]ssessment"
    r"|[Dd]ashboard)"
)
_OF_BODY = re.compile(
    rf"\b(?P<who>(?:[A-Z][\w&-]* (?:and |of )?){{0,6}}?{_BODY})(?:'s?) (?:new |own |draft |current |latest )?"
    rf"(?P<doc>(?:[A-Z][\w&-]* (?:and )?){{0,5}}{_PLAN})\b(?! (?:Group|Board|Officer|team|Team|Manager|Lead))"
)
_GOVERNMENT = re.compile(rf"\bnew (?P<who>Government|Home Office) (?P<doc>(?:[A-Z][\w&-]* (?:and )?){{1,5}}{_PLAN})\b")
_SHORT_BODY = re.compile(
    rf"\b(?:[Tt]he|[Aa]n?|[Ii]ts) (?:new |draft |updated |latest |current )?(?P<who>[A-Z]{{2,6}}) "
    rf"(?P<doc>(?:[A-Z][\w&-]* (?:and )?){{0,5}}{_PLAN})\b(?! (?:Group|Board|Officer|team|Team|Manager|Lead))"
)
_DATED = re.compile(
    r"\b(?P<who>(?:[A-Z][\w'-]+ (?:(?:and|of|for|on) )?){1,6}(?:Commission|Inquiry|Inspectorate|Institute|Foundation)) "
    r"(?P<doc>(?:[A-Z]\w+ )?Report) \((?P<when>(?:[A-Z][a-z]+ )?20\d\d)\)"
)
_OF_FORCE = re.compile(
    rf"\b[Tt]he [Ff]orces?'s? (?:new |own |draft |current |latest )?(?P<doc>(?:[A-Z][\w&-]* (?:and )?){{1,5}}{_PLAN})\b"
    r"(?! (?:Group|Board|Officer|team|Team|Manager|Lead))"
)
_PRODUCED_BY = re.compile(
    rf"\b(?:[Tt]he|[Aa]n?) (?:former |new |joint )*(?P<doc>(?:'[^']{{4,60}}'|(?:[A-Z][\w&-]* (?:and )?){{1,5}}) ?"
    rf"(?:{_PLAN}|[Hh]andbook|[Rr]eport|[Tt]oolkit|[Dd]irectory|[Gg]uide)) (?:produced|prepared|developed"
    r"|published|issued|drafted|written) by (?:the )?(?P<who>[A-Z][\w'&-]*(?: (?:and |of |for )?[A-Z][\w'&-]*)*)"
)
_REPORT_ON = re.compile(
    r"\b(?:[Tt]he )?(?P<who>[A-Z][\w&-]*(?: (?:and |of |for )?[A-Z][\w'&-]*)*) (?:has |have )?(?:recently )?"
    r"(?P<verb>produced|published|issued) (?:an?|its|their) (?:\w+ )?report (?:of|on|into) (?:its |the |their )?"
    r"(?P<what>[a-z][\w ]{5,70}?)"
    r"(?=[.,;]|$| (?:which|that|and|to)\b)"
)
_WORK_PROGRAMME = re.compile(
    r"\b[Ww]ork [Pp]rogramme (?:for|of) the Panel\b|\b[Tt]he Panel's (?:current |own )?[Ww]ork [Pp]rogramme\b"
)
_DRIVEN = re.compile(
    rf"\b(?P<doc>(?:[\w&-]+ ){{1,5}}{_PLAN}),? (?:which is |is |was )?(?:driven|owned|overseen|led) by (?:the )?"
    r"(?P<who>[A-Z].{3,80})"
)
_PUT_TOGETHER = re.compile(
    r"\b(?:include|includes|including|are|is|were) (?:to )?(?:putting together|developing|establishing|producing"
    r"|preparing|completing|drafting|finalising) (?P<docs>(?:an? |the )[^.;]{6,200})"
)
_ONE_DOC = re.compile(
    r"\b(?:an?|the) (?P<doc>(?:[\w-]+ ){0,3}(?:plan|strategy|framework|assessment|protocol|charter|agreement))\b"
)
_DEVELOPED = re.compile(
    rf"^(?:An?|The|Its) (?:new |draft |detailed )?(?P<doc>(?:[\w&-]+ ){{1,4}}{_PLAN}) (?:has|have) (?:now |also "
    r"|since |recently )?been (?:developed|produced|prepared|drafted|drawn up|written|agreed)(?! by\b)"
)
_REVIEWED = re.compile(
    r"\b(?:[Tt]he|[Aa]n?) (?P<doc>(?:[\w-]+ ){0,4}(?:[Rr]eview|[Ee]valuation) of (?:the )?[\w ]{3,60}?),? (?:which )?"
    r"(?:(?:was|is|is being|has been) )?(?:commissioned|conducted|undertaken) by (?:the )?"
    r"(?P<who>[A-Z][\w'&-]*(?: (?:and |of )?[A-Z][\w'&-]*)*)"
    r"(?=[.,;]|$| (?:and|which|in|on|to|with|has|was|is)\b)"
)
_PUBLISHED = re.compile(
    r"\b(?:[Tt]he )?(?P<who>[Gg]overnment|Home Office|Ministry of Justice|College of Policing|Department for [A-Z]\w+)"
    r"(?: \([A-Za-z]+\))? (?:has |have )?(?:recently |also |then )*(?:published|issued|released) (?:new "
    r"|updated |statutory |further )*guidance\b(?P<rest>[^.]{0,160})"
)


_UNDERTAKEN = re.compile(
    r"\b(?:[Tt]he|an?|its|their|annual|new) (?P<doc>(?:[\w'-]+ ){1,6}?(?:[Aa]udit|[Aa]ssessment|[Ss]trategy|[Pp]lan"
    r"|[Rr]eport"
    r"|[Rr]eview|[Pp]rotocol|[Ee]valuation)s?),? (?:which (?:was|were|is|are) )?(?:undertaken|carried out|completed"
    r"|conducted"
    r"|agreed|owned|produced|prepared|developed|written)(?: (?:in|during) [^,.;]{3,24}?)? by (?:each of |both |all )?"
    r"(?=the |our |its |[A-Z])"
)
_WHICH_MAKES = re.compile(
    r",? (?:which|that|who) (?:then |also |annually |jointly )?(?:produces?|develops?|prepares?|writes|publishes"
    r"|draws up) "
    r"(?:an? |the |its |their )?(?P<doc>(?:[\w'-]+ ){1,5}?(?:plan|strategy|assessment|report|profile|bulletin"
    r"|newsletter)s?)\b"
)
_BEARS_NAME = re.compile(
    r"\b(?P<who>(?:[A-Z][\w&'-]* (?:(?:and|of|in the|for) )?)+(?:Partnership|Network|Board|Alliance))(?: \([A-Z]+\))? "
    r"(?P<doc>(?:(?:[A-Z][\w-]*|and|\d{4}(?:[/-]\d{2,4})?) ){0,4}(?:Plan|Strategy|Assessment|Annual Report|Action "
    r"Plan))\b"
    r"(?! (?:Group|Board|Officer|Team|Manager|Lead|Partnership))"
)
_ISSUED = re.compile(
    r"\b(?P<who>Home Office|Ministry of Justice|Youth Justice Board|YJB|College of Policing) (?:statutory |national )?"
    r"guidance (?:on|for|about) (?P<about>[a-z][\w -]{4,60}?)(?=[.,;]| (?:in order|and|which|was|is|to)\b|$)"
)


def documents(context: Context, sentence: Sentence) -> Iterator[Made]:
    """Yield who made what, by words that name no making: a genitive, "driven by", a list of tasks."""
    text = sentence.text
    for pattern, rule in ((_OF_BODY, "of-a-body"), (_GOVERNMENT, "of-government")):
        for match in pattern.finditer(text):
            who = context.name(match["who"], passage=sentence.passage)
            if len(match["doc"].split()) > 1 and not re.match(r"(?:[A-Z]+ )?Crime Plan", match["doc"]):
                yield who, "owns", match["doc"], rule, match.span()
    for match in _DRIVEN.finditer(text):
        after = [group for group in groups_in(context, match["who"]) if group.start <= 2]
        doc = _after_article(match["doc"])
        if after and doc:
            end = match.start("who") + after[0].end
            yield after[0].name, "owns", doc, "driven-by", (match.start(), end)
    yield from _by_makers(context, sentence)
    yield from _made_by_all(context, sentence)
    for match in _SHORT_BODY.finditer(text):
        who = context.expand(match["who"])
        if who != match["who"] and re.search(rf"(?:{_BODY}|Panel)$", who):
            yield context.name(match["who"]), "owns", match["doc"], "short-name-of-body", match.span()
    for match in _DATED.finditer(text):
        yield tidy(match["who"]), "publishes", match["doc"], "dated-report", match.span()
    yield from _tasks(context, sentence)
    for match in _REVIEWED.finditer(text if "by " in text else ""):
        if not re.search(r" (?:will|to|should|must) be$", match["doc"]):
            who = context.name(tidy(context.expand(match["who"])))
            yield who, "prepares", match["doc"], "review-by", match.span()
    for match in _PUBLISHED.finditer(text):
        about = groups_in(context, match["rest"]) or groups_in(context, sentence.passage.text[: sentence.start])[-1:]
        if about:
            yield (
                context.name(match["who"]),
                "publishes",
                f"guidance on {about[0].name}",
                "government-guidance",
                match.span(),
            )


def _by_makers(context: Context, sentence: Sentence) -> Iterator[Made]:
    """The force's plans, a handbook "produced by", a report on something, the panel's work programme."""
    text = sentence.text
    for match in _OF_FORCE.finditer(text):
        yield context.force, "owns", match["doc"], "of-the-force", match.span()
    for match in _PRODUCED_BY.finditer(text if " by " in text else ""):
        yield context.name(match["who"]), "prepares", match["doc"].replace("'", ""), "produced-by", match.span()
    for match in _REPORT_ON.finditer(text if " report " in text else ""):
        who = context.name(match["who"])
        relation = "prepares" if match["verb"] == "produced" else "publishes"
        if re.search(r"[A-Z]\w+ [A-Z]|Office", who):
            yield who, relation, f"report on {match['what']}", "report-on", match.span()
    for match in _WORK_PROGRAMME.finditer(text if context.area else ""):
        yield context.panel, "owns", "work programme", "work-programme", match.span()


def _made_by_all(context: Context, sentence: Sentence) -> Iterator[Made]:
    """Audits "undertaken by each of the boards", a group "which produces plans", plans that bear a group's name."""
    text = sentence.text
    for match in _UNDERTAKEN.finditer(text if " by " in text else ""):
        named = group_after(context, sentence, match.end())
        if named:
            yield named.name, "prepares", match["doc"], "undertaken-by", (match.start(), named.end)
    for match in _WHICH_MAKES.finditer(text):
        named = group_before(context, sentence, match.start())
        if named:
            yield named.name, "prepares", match["doc"], "which-makes", (named.start, match.end())
    for match in _BEARS_NAME.finditer(text):
        who = context.name(match["who"])
        if who and not re.match(r"(?:Police and Crime|Local|National|The|Draft|In|New|Local Area|Draft)$", who):
            yield who, "owns", f"{match['who']} {match['doc']}", "bears-its-name", match.span()
    for match in _ISSUED.finditer(text):
        yield context.name(match["who"]), "publishes", f"guidance on {match['about']}", "guidance-of", match.span()


def _tasks(context: Context, sentence: Sentence) -> Iterator[Made]:
    """Documents that a group has to make or that have been made, where the group is named before."""
    text = sentence.text
    for match in _PUT_TOGETHER.finditer(text):
        who = _group_above(context, sentence)
        for found in _ONE_DOC.finditer(match["docs"]) if who else ():
            yield who, "prepares", found["doc"], "tasks", match.span()
    made = _DEVELOPED.match(text)
    who = _group_above(context, sentence, own_passage=True) if made else ""
    if made and who:
        yield who, "prepares", made["doc"], "has-been-developed", made.span()


def _group_above(context: Context, sentence: Sentence, own_passage: bool = False) -> str:
    """The named group that a passage is about: the first of its own, else of the one before it."""
    named = [group for group in groups_in(context, sentence.passage.text[: sentence.start]) if group.name[0].isupper()]
    if named or own_passage:
        return named[0].name if named else ""
    number = sentence.passage.number
    for passage in reversed(context.paper.passages[max(0, number - 2) : number]):
        named = [group for group in groups_in(context, passage.text) if group.name[0].isupper()]
        if named and passage.report == sentence.passage.report:
            return fuller_group(context, named[0].name, passage)
    return ""


def _after_article(doc: str) -> str:
    """What follows the last article of a phrase before its head: "partners learn about the new policy"."""
    return re.sub(r"^.*\b(?:the|an?|its|their|this|how|that|had|has) (?:new )?(?=[\w-]+ )", "", doc)
