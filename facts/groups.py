"""Boards, panels, partnerships and their like: their names in a text, and which of them "this group" is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..loaders.papers.model import Passage, Sentence
from .context import GROUP_HEADS as HEADS
from .context import Context, Group, tidy

_LINK = r"(?: \([A-Z]+\))?(?:,? (?:and|&|to)| (?:of|for|on|in)(?: the)?|,)?"
_CAPITALISED = (
    rf"(?:(?:[A-Z][\w'&/-]*|&){_LINK} ){{1,9}}(?:(?:working|steering|operational|executive|delivery|task|finish"
    rf"|local|strategic|county|and) )*"
)
_NAMED = re.compile(
    rf"(?:(?:my|our|the|an?|its|each|county|independent) )?(?P<name>{_CAPITALISED}(?:{HEADS}|[Gg]roup"
    rf"|[Ss]ub-?group|meetings?)s?)\b(?! (?:Manager|Officer|Member|Chair|Fund|Meeting House))"
)
_PLAIN = re.compile(
    r"\b(?P<name>(?:(?:[A-Z]{2,}|countywide|county|regional|joint|local|monthly|quarterly|lived experience"
    r"|task and finish|operational|strategic|steering|working|scrutiny|delivery|bi-annual|"
    r"independent|multi-agency|new|cross agency|strategy) )+(?:strategy |review |scrutiny |delivery |working "
    r"|steering )?(?:group|panel|board|forum|summit|partnership)s?)\b"
    r"(?! (?:oversight|approach|working|structures?|strategy|plan|arrangements?|response|agencies|and governance))"
)
_NOT_GROUPS = re.compile(
    r"^(?:Police and Crime Panel|Report|Members?|Chair\w*|Community Safety Partnerships?|The Board|Item|Board"
    r"|Panel|Group|Partnership|Executive|Chief|Appointment|Minutes|Agenda|Terms|Update)$"
    r"|Chief Executive|Health (?:&|and) Safety Executive|Executive (?:lead|Officer)|Finance and|^(?:West|North"
    r"|South|East) \w+ Police|Management Framework|Constable|Conference$|^(?:A|And|Of) "
)


def groups_in(context: Context, text: str) -> list[Group]:
    """Find the groups that a text names, short forms included, in reading order."""
    held = context.groups_of_texts.get(text)
    if held is None:
        held = context.groups_of_texts[text] = tuple(_find_groups(context, text))
    return list(held)


def _find_groups(context: Context, text: str) -> list[Group]:
    found: list[Group] = []
    if not _MAY_NAME.search(text) and not context.group_short.search(text):
        return found
    for match in _NAMED.finditer(text):
        name = _clean(context, match["name"])
        two = _TWO.match(name)
        if two:
            cut = match.start("name") + match["name"].find(two["one"].split()[-1]) + len(two["one"].split()[-1])
            found.append(Group(two["one"], match.start("name"), cut))
            found.append(Group(two["two"], cut + 1, match.end("name")))
        elif name:
            start = match.start("name") + len(match["name"]) - len(_lead_cut(match["name"]))
            found.append(Group(name, start, match.end("name")))
    for match in context.group_short.finditer(text):
        if not any(group.start <= match.start() < group.end for group in found):
            found.append(Group(_with_place(context, text, match), match.start(), match.end()))
    for match in _PLAIN.finditer(text):
        if not any(group.start < match.end() and match.start() < group.end for group in found):
            name = context.expand(re.sub(r"^(?:new|monthly|quarterly) ", "", match["name"]))
            topic = _TOPIC.match(text, match.end())
            if topic:  # "a countywide group looking at …" has no other name
                name = f"{name} on {context.expand(topic['topic'])}"
            found.append(Group(name, match.start(), match.end()))
    return sorted(found, key=lambda group: group.start)


_PLACE = re.compile(r"(?P<place>[A-Z][a-z]+(?:[ -](?:and |& )?[A-Z][a-z]+){0,3}) $")


def _with_place(context: Context, text: str, match: re.Match[str]) -> str:
    """A short form spelt out, with the place that is printed before it: "Devon and Cornwall LCJB"."""
    long = context.shorts[match["short"]]
    found = _PLACE.search(text[: match.start()])
    place = _lead_cut(found["place"] + " ").strip().replace("&", "and") if found else ""
    return f"{place} {long}" if place and place not in long else long


_TOPIC = re.compile(
    r" (?:looking at|(?:to )?focus(?:ed|ing)? on|set up to tackle)(?: the)? (?P<topic>[\w/&' -]{3,80}?)"
    r"(?=[,.;:]|$| (?:which|that|who|across|in|to|with)\b)"
)
_TWO = re.compile(
    r"(?P<one>[A-Z].*?\b(?:Board|Panel|Committee|Forum|Partnerships)),? and (?:the )?(?P<two>[A-Z]\w+ .*)$"
)
_MAY_NAME = re.compile(rf"(?:{HEADS}|[Gg]roup|panel|board|forum|[Ss]ub-?group|meeting)s?\b")


def _lead_cut(name: str) -> str:
    return re.sub(
        r"^(?:(?:The|In|At|As|For|Following|This|And|Of|From|Since|[A-Z][a-z]+shire's|County|Through|Within|When|With"
        r"|Both|Also|Chaired|Attended|Each|On|My|Our|An?|Her|His|Its|These|Whilst|To|By|All|Cllrs?|Chair|of|the"
        r"|for|to|and|in|on|my) )+",
        "",
        name,
    )


def _clean(context: Context, printed: str) -> str:
    name = _lead_cut(printed)
    name = re.sub(
        r"^.*\b(?:Chairman|Chair|Member|Members|Officer|Commissioner|PCC|Manager|Executive|Constable)s?,? (?:of"
        r"|for|to|on|and) (?:the )?",
        "",
        name,
    )
    name = re.sub(
        r"^(?:\w+'s) (?=[A-Z].* )",
        lambda match: match[0] if match[0].startswith(("Children", "Women", "Victim")) else "",
        name,
    )
    name = tidy(context.expand(re.sub(r"\s*\([A-Z][A-Za-z&]*\)", "", name)))
    if (
        len(name.split()) < 2
        or _NOT_GROUPS.search(name)
        or (re.search(r"\bmeetings?$", name) and not re.search(r"[A-Z]\w+ [A-Z]\w+ meeting", name))
    ):
        return ""
    return name


def last_group(context: Context, sentence: Sentence, before: int | None = None) -> str:
    """Return the group that "this", "the board", "it" means: the last one named before a place."""
    place = len(sentence.text) if before is None else before
    own = groups_in(context, without_appositives(sentence.text[:place]))
    if own:
        return _not_meant_again(own, sentence.text)
    for earlier in earlier_sentences(context, sentence):
        found = groups_in(context, earlier.text)
        if found:
            return _not_meant_again(found, earlier.text)
    return ""


def _not_meant_again(groups: list[Group], text: str) -> str:
    """The last group, but the one with a name where the last is only "the strategic partnership" said of it again."""
    last = groups[-1]
    again = last.name[0].islower() and text[: last.start].endswith("the ")
    named = [group for group in groups[:-1] if group.name[0].isupper()]
    return named[-1].name if again and named else last.name


def fuller_group(context: Context, name: str, passage: Passage) -> str:
    """Return the whole name of a group of which a passage repeats only the end; the name itself if it has no other."""
    whole = [group.name for group in groups_in(context, passage.text) if group.name.endswith(f" {name}")]
    return whole[0] if whole else name


def without_appositives(text: str) -> str:
    """Leave out what stands between commas to explain a name: "the Group, a sub-group of the Board, is now …"."""
    return re.sub(r", (?:an?|the) (?:sub-?group|part|member|body|forum)\b[^,]*,", "", text)


def earlier_sentences(context: Context, sentence: Sentence, reach: int = 4) -> Iterator[Sentence]:
    """Go back over the sentences of the passage, then of the passages before it in the section."""
    passage = sentence.passage
    yield from (other for other in reversed(passage.sentences) if other.start < sentence.start)
    for number in range(passage.number - 1, max(-1, passage.number - reach), -1):
        other = context.paper.passages[number]
        if other.report != passage.report:
            return
        yield from reversed(other.sentences)


_CUT = re.compile(
    r"\s(?:to (?!whom)|who\b|which\b|that\b|in order\b|in an? (?:\w+ and )?(?:collaborative|cohesive|\w+ed) "
    r"|has\b|have\b|is\b|are\b|will\b|would\b|cannot\b|whilst\b|\(such|at police\b|to enable\b|each month\b|with "
    r"(?:the|a) (?:aim|overall|purpose|view)\b|aimed\b|across (?:the|West)\b|from across\b|involved in\b"
    r"|come together\b|so that\b|where\b|on behalf\b|working\b|by\b)"
)
_NO_MEMBER = re.compile(
    r"\b(?:has|have|is|are|was|were|will|would|can|cannot|offer|action|oversight|data|range of|sessions"
    r"|support function|needed|including|whilst|£|addressing|levels?|way|people)\b|^persons?$|PCC/OPCC|^\W|^'"
    r"|backlog|giving|£"
)
_INTRO = re.compile(
    r"^(?:(?:senior |key |a (?:wide |diverse )?(?:range|variety) of |individual |all |the |both |a number of "
    r"|local |representatives? |representation |partners? |professionals |colleagues |members |agencies "
    r"|organisations |bodies |"
    r"criminal justice agencies |key criminal justice agencies )*)(?:from(?: the| across)?|such as|including|of)\s+",
    re.IGNORECASE,
)


def listed(text: str) -> list[str]:
    """Take a list in running text apart: "the police, probation and the High Sheriff".

    >>> listed("representatives from the police, probation, prisons, and local authorities to reduce crime")
    ['police', 'probation', 'prisons', 'local authorities']
    """
    text = text.split(";")[0]
    field = re.match(r"partners (?:from across [A-Z]\w+(?: [A-Z]\w+)? )?involved in (?P<what>[a-z][\w ]+)", text)
    if field:
        return [f"{field['what'].strip()} partners"]
    sector = re.match(
        r"a (?:wide )?range of (?P<who>professionals|organisations|agencies|partners) from across "
        r"(?P<rest>the [\w ]+? sectors?)\b",
        text,
    )
    if sector:
        return [f"{sector['who']} from {sector['rest']}"]
    kind = re.match(r"an? (?:wide |diverse )?(?P<who>range of [a-z][\w ]{3,40}?) (?:who|that)\b", text)
    if kind:
        return [kind["who"]]
    text = re.sub(r"\s*\((?:aka|also|e\.?g|for example)[^)]*\)", "", text)
    intro = _INTRO.match(text)
    if intro:
        text = text[intro.end() :]
    text = re.split(r"\betc\.? (?=[A-Z])", text)[0]
    such = re.search(r"\bsuch as\s+", text)
    if such and "," not in text[: such.start()]:
        text = text[such.end() :]
    cut = _CUT.search(text)
    text = text[: cut.start()] if cut else text
    parts = re.split(
        r",\s+(?:and\s+)?|\s+and\s+(?:the\s+)?(?=[^,]*$)|\s+as well as\s+|\s+with "
        r"(?:senior )?representatives? from\s+(?:the )?",
        text.strip(" .:"),
    )
    return [
        item
        for part in parts
        for item in [tidy(re.sub(r"^(?:and|also|including|representatives of|the)\s+", "", part))]
        if 2 < len(item) < 70 and item not in ("etc", "others") and not _NO_MEMBER.search(item)
    ]


def section_title(passage: Passage) -> str:
    """Return the heading right above a passage."""
    return passage.headings[-1] if passage.headings else ""
