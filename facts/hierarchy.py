"""To whom a group answers, of which groups it consists, what it was set up under, and whether the law asks for it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..loaders.papers.model import Sentence
from .citing import find_citations
from .context import Context, tidy
from .groups import last_group
from .model import Fact
from .phrases import Named, group_after, group_before, plain_name

_ANSWERS = re.compile(
    r"\b(?:(?:is|are|was|were|being|be|remains?|also|jointly|directly|ultimately) )*(?:accountable|answerable) to "
    r"|\b(?:(?:will|would|should|also) )*(?:reports?|reporting|answers?|feeds?) (?:(?:directly|up|regularly"
    r"|quarterly|annually"
    r"|on progress|progress|back|its work) )*(?:in)?to "
)
_SELF = re.compile(
    r"(?:\bit|\bthis|\bthey|\bThis|\bIt|\bThey|\bthe group|\bThe group|\bthe board|\bThe board)(?:'s| is| are)?$"
)
_SUBJECT_END = re.compile(
    r"(?:,? (?:which|that|who|and|will|would|is|are|was|be|has been|also|directly|to|established to [\w ]{3,80}))+\s*$"
)
_OF_GROUPS = re.compile(
    r"\b(?:consists? of|compris(?:es|ed|ing)|(?:is|was) (?:made up|composed) of|is supported by|is delivered through"
    r"|(?:has|had) (?:\w+ )?(?:sub-?\s?groups?|delivery groups?)(?: called|:)?) (?P<list>.{6,300})"
)
_GROUP_ITEM = re.compile(
    r"^(?:the |an? |our |its |\d+ |two |three |four |five |six )*(?P<name>[\w'&/() -]{4,90}?(?:[Bb]oard|[Gg]roup"
    r"|[Pp]anel"
    r"|[Cc]ommittee|[Ff]orum|[Pp]artnership|[Ss]ub-?[Gg]roup)s?)(?: \([A-Z]{2,8}\))?(?: (?:responsible|for|which"
    r"|that|chaired|led|to)"
    r"\b.*)?[.;]?$"
)
_ONE_OF = re.compile(
    r"\b(?:is|are|forms?|was) (?:one of the|part of the|one part of the|an? \w+ of the) (?:[\w-]+ )*?(?:of the |of "
    r")?(?=[A-Z])"
)
_SET_UP = re.compile(
    r"\b(?:(?:is|are|was|were|has been|have been|been|first|formally|originally|initially|legally) )*"
    r"(?:established|created|set up|introduced|formed|constituted)(?: (?:in|for|as) [^.;]{3,60}?)?"
    r" (?:by|under|through|in accordance with|as a result of) (?:the |section|Section|s\.|Part|part)*"
)
_ESTABLISH = re.compile(
    r"\b(?:(?:have|establish|appoint|set up|maintain|create|form)(?: and \w+)?|requirement for|establishment of)"
    r" (?:an? )(?:new |local |joint )?(?P<who>(?:[\w'-]+ ){0,5}?(?i:committee|panel|board|partnership|forum))\b"
)
_IS_STATUTORY = re.compile(
    r"(?P<who>[A-Z][\w'& -]{3,70}?)(?: \([A-Z]\w+\))? (?:are|were|is|was|remains?) (?P<not>not )?(?:an? "
    r")?statutory(?P<noun> "
    r"(?:requirements?|partnerships?|bod(?:y|ies)|boards?|duty|processe?s?|responsibilit(?:y|ies)))?"
    r"(?=[,.;]| and\b| under\b| in\b| made\b| set\b|$)"
)
_CALLED = re.compile(
    r"\bstatutory (?:partnerships?|bod(?:y|ies)|boards?|groups?) (?:called|known as|named) "
    r"(?P<who>(?:[A-Z][\w&-]*(?: (?:and )?)?)+)"
)
_IS_THE = re.compile(
    r"\b(?:is|was|are|were) (?:now )?the statutory (?P<what>(?:[\w-]+ ){0,4}?(?:[Pp]artnership|[Bb]oard|[Pp]anel"
    r"|[Cc]ommittee|[Gg]roup))"
    r" (?:for|in|of|across) (?:the )?(?P<area>[A-Z][\w'-]+(?:(?:, | and | of )(?:the )?[A-Z][\w'-]+| "
    r"[A-Z][\w'-]+){0,5})"
)
_AS_THE = re.compile(
    r"\bas the statutory (?P<what>(?:[A-Z][\w&-]*(?: (?:and )?)?)+?) for (?:the )?(?P<area>(?:City|County|Borough"
    r"|District"
    r"|Royal Borough) of [A-Z]\w+(?: [A-Z]\w+)?|[A-Z]\w+(?: [A-Z]\w+)?)"
)
_AREAS = (
    re.compile(r"\b(?:coterminous|co-terminous) with (?P<area>(?:each |the )?[\w' ]{4,60}?)(?=[,.;]|$)"),
    re.compile(r"\bintroduced in (?P<area>each [\w ]{3,40}? area)\b"),
    re.compile(
        r"\b(?:covers?|covering|serves?|serving) (?:the )?(?:whole of )?(?:the )?(?P<area>(?:(?:County|City|Borough"
        r"|District"
        r"|unitary authority|county|district|borough) (?:of )?)?[A-Z]\w+(?:(?: and |, | )[A-Z]\w+){0,3}"
        r"(?: (?:area|county|district|borough))?)(?=[,.;]|$)"
    ),
)
_IN_EACH = re.compile(r"^In (?P<area>each (?:[a-z]+ ){1,4}area)s?,? there (?:is|are|must be) (?:an? )?(?:[a-z]+ ){0,4}")
_AT_LEVEL = re.compile(r"\bat (?:an? |the )?(?P<area>county|district|borough|city|force|regional|local) level\b")
_IN_PLACE = re.compile(r"^(?:In|Across) (?:the )?(?P<area>[A-Z]\w+(?: (?:and )?[A-Z]\w+){0,3}),? the (?=[A-Z])")
_FOOTPRINT = re.compile(
    r"\b(?:geographical |geographic )?(?:footprint|boundary|area) of (?:the )?(?P<who>[A-Z][\w' ]{4,60}?) (?:is|be"
    r"|will be|was|are)"
    r" (?:based on |that of )?(?:an? |the )?(?P<area>[A-Z]\w+(?: [A-Z]\w+){0,2}?)(?: Partnership| area)?(?= (?:due"
    r"|due to|and|which)\b|[.,;]|$)"
)


def hierarchy(context: Context, sentence: Sentence) -> Iterator[Fact]:
    """Find to whom groups answer, what they consist of and come from, in words of all papers."""
    for rule in (_answers, _of_groups, _set_up, _statutory, _covers):
        yield from rule(context, sentence)


def _answers(context: Context, sentence: Sentence) -> Iterator[Fact]:
    """ "is accountable to the Unit"; "which reports to the Board"; "It feeds into the Forum"."""
    text = sentence.text
    for match in _ANSWERS.finditer(text):
        if re.search(r"\b(?:the|an?|last|this|our|annual|first|final|full|further)\s*$", text[: match.start()]):
            continue  # a report to somebody
        what = group_after(context, sentence, match.end()) or _unit(context, text, match.end())
        one = _answering(context, sentence, match.start()) if what else None
        if one and what and not what.name.endswith(one.name):
            yield _fact(
                sentence, one.name, "reportsTo", what.name, "answers-to", (min(one.start, match.start()), what.end)
            )


def _unit(context: Context, text: str, place: int) -> Named | None:
    """A body other than a group: "the national Joint Combating Drugs Unit", "Cabinet"."""
    found = re.match(
        r"(?:the )?(?:national |council's )?(?P<who>(?:[A-Z][\w&-]* )*(?:Unit|Cabinet|Council|Office))\b", text[place:]
    )
    return Named(tidy(context.expand(found["who"])), place, place + found.end()) if found else None


def _answering(context: Context, sentence: Sentence, place: int) -> Named | None:
    before = _SUBJECT_END.sub("", sentence.text[:place].rstrip()).rstrip(" ,")
    named = group_before(context, sentence, len(before))
    if named:
        return named
    if _SELF.search(before) or re.match(r"(?:It|This|They)\b", sentence.text):
        earlier = _said_before(context, sentence) or last_group(context, sentence, 0)
        return Named(earlier, place, place) if earlier else None
    opening = re.match(r"(?:The |Each )?", sentence.text)
    first = group_after(context, sentence, opening.end()) if opening else None
    return first if first and first.end < place else None


def _said_before(context: Context, sentence: Sentence) -> str:
    """The group with which the sentence before begins, be it named in small letters."""
    for other in reversed([one for one in sentence.passage.sentences if one.start < sentence.start]):
        named = group_after(context, other, 0)
        if named:
            return named.name
    return ""


def _of_groups(context: Context, sentence: Sentence) -> Iterator[Fact]:
    """ "The partnership comprises the officer group, the resilience forum and 4 boards": groups within a group."""
    text = sentence.text
    for match in _OF_GROUPS.finditer(text):
        whole = group_before(context, sentence, match.start())
        if whole is None:
            continue
        for part in re.split(r",\s+(?:and\s+)?|\s+and\s+(?=(?:the |an? |\d|[A-Z]))", match["list"]):
            found = _GROUP_ITEM.match(part.strip())
            name = plain_name(context, found["name"]) if found else ""
            if name and name != whole.name and not re.search(r"\b(?:representatives?|members?|officers from)\b", part):
                yield _fact(sentence, name, "partOf", whole.name, "consists-of-groups", (whole.start, match.end()))
    for match in _ONE_OF.finditer(text):
        one, of = group_before(context, sentence, match.start()), group_after(context, sentence, match.end())
        if one and of and one.name != of.name and "group" not in match[0]:
            yield _fact(sentence, one.name, "partOf", of.name, "one-of", (one.start, of.end))


def _set_up(context: Context, sentence: Sentence) -> Iterator[Fact]:
    """ "was established under the Act"; "the system established by section 37"; "requires … to have a"."""
    text = sentence.text
    laws = find_citations(text)
    for match in _SET_UP.finditer(text):
        after = [law for law in laws if match.end() - 12 <= law.start <= match.end() + 6]
        named = group_before(context, sentence, match.start()) or _system(context, text[: match.start()])
        if after and named and not re.search(r"\b(?:[Oo]rder|[Dd]uty)$", named.name):
            law = after[0]
            yield _fact(sentence, named.name, "establishedUnder", law.name, "set-up-under", (named.start, law.end))
    first = next((law for law in laws if law.start < 16), None)
    for match in _ESTABLISH.finditer(text) if first else ():
        if first and first.end <= match.start():
            who = plain_name(context, match["who"])
            if who and len(who.split()) > 1:
                yield _fact(sentence, who, "establishedUnder", first.name, "law-asks-for", (first.start, match.end()))
                break


def _system(context: Context, before: str) -> Named | None:
    """A system, scheme or service that a law set up: "the youth justice system"."""
    found = re.search(r"\b[Tt]he (?P<who>(?:[\w'-]+ ){1,4}(?:system|scheme|service|process|arrangements))\s*$", before)
    return Named(context.expand(found["who"]), found.start(), found.end()) if found else None


def _statutory(context: Context, sentence: Sentence) -> Iterator[Fact]:
    text = sentence.text
    for match in _IS_STATUTORY.finditer(text if "statutory" in text else ""):
        who = plain_name(context, re.sub(r"^.*\b(?:that|as|since|and|because) (?:the )?", "", match["who"]))
        who = re.sub(r"(?<=[a-z])s$", "", who)
        if len(who.split()) > 1 and not re.search(
            r"\b(?:responsibilities|duties|functions|consultees?|partner)$|^(?:Publication|Production)\b", who
        ):
            value = not match["not"]
            yield _fact(sentence, who, "isStatutory", "true" if value else "false", "is-statutory", match.span(), value)
    for match in _CALLED.finditer(text):
        who = re.sub(r"(?<=[a-z])s$", "", tidy(context.expand(match["who"])))
        yield _fact(sentence, who, "isStatutory", "true", "statutory-called", match.span(), True)
    for match in _IS_THE.finditer(text):
        named = group_before(context, sentence, match.start())
        if named:
            yield _fact(
                sentence, named.name, "isStatutory", "true", "is-the-statutory", (named.start, match.end()), True
            )
            yield _fact(
                sentence, named.name, "coversArea", match["area"], "is-the-statutory", (named.start, match.end())
            )
    for match in _AS_THE.finditer(text):
        opening = re.match(r"(?:The )?", text)
        named = group_after(context, sentence, opening.end() if opening else 0)
        if named and named.end < match.start():
            yield _fact(
                sentence, named.name, "isStatutory", "true", "as-the-statutory", (named.start, match.end()), True
            )
            yield _fact(
                sentence, named.name, "coversArea", match["area"], "as-the-statutory", (named.start, match.end())
            )


def _covers(context: Context, sentence: Sentence) -> Iterator[Fact]:
    """Where groups work: "coterminous with", "in each council area", "at district level", "In Amberland, the Board"."""
    text = sentence.text
    for pattern in _AREAS:
        for match in pattern.finditer(text):
            before = re.sub(r"(?:,? (?:which|that|are|is|were|and|,))+\s*$", "", text[: match.start()].rstrip()).rstrip(
                " ,"
            )
            named = group_before(context, sentence, len(before))
            if named:
                yield _fact(
                    sentence, named.name, "coversArea", tidy(match["area"]), "works-in", (named.start, match.end())
                )
    opening = _IN_EACH.match(text)
    called = re.search(r"\bcalled (?=[A-Z])", text) if opening else None
    named = group_after(context, sentence, called.end() if called else opening.end()) if opening else None
    if opening and named:
        area = re.sub(r"^each ", "", opening["area"])
        yield _fact(sentence, re.sub(r"(?<=[a-z])s$", "", named.name), "coversArea", area, "in-each", (0, named.end))
    local = _IN_PLACE.match(text)
    named = group_after(context, sentence, local.end()) if local else None
    if local and named and re.match(r" (?:consists?|is|comprises?|meets|brings|has)\b", text[named.end :]):
        name = named.name if local["area"] in named.name else f"{local['area']} {named.name}"
        yield _fact(sentence, name, "coversArea", local["area"], "in-place", (0, named.end))
    for match in list(_AT_LEVEL.finditer(text))[:1]:
        first = re.match(r"(?P<who>[A-Z]\w+(?: [A-Z]\w+)+) (?:has|had|was|is|works|operates|provides)\b", text)
        named = group_after(context, sentence, 0) or (Named(first["who"], 0, first.end("who")) if first else None)
        if named and named.end < match.start():
            yield _fact(sentence, named.name, "coversArea", match["area"], "at-level", (named.start, match.end()))
    for match in _FOOTPRINT.finditer(text):
        yield _fact(
            sentence, tidy(context.expand(match["who"])), "coversArea", match["area"], "footprint", match.span()
        )


def _fact(
    sentence: Sentence, who: str, relation: str, what: str, rule: str, span: tuple[int, int], value: bool | None = None
) -> Fact:
    passage = sentence.passage
    quote = sentence.quote(max(0, span[0]), min(len(sentence.text), span[1]))
    return Fact("structure", who, relation, what, passage.locator, quote, rule, value=value, passage=passage.number)
