"""Who leads: posts that chair a group, bodies that oversee or lead work, members in words of all papers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..loaders.papers.model import Sentence
from .context import Context, tidy
from .groups import last_group
from .model import Fact
from .people import SUBJECT, membership, who_is
from .phrases import Named, group_after, group_before
from .role_holder import PERSON

_OFFICE = (
    r"(?:[Dd]irector|[Oo]fficer|[Mm]ember|[Cc]hief [Ee]xecutive|[Mm]anager|[Cc]ommissioner|[Cc]ouncillor|[Ll]eader"
    r"|[Ll]ead"
    r"|[Ii]nspector|[Ss]uperintendent|[Cc]hair|[Jj]udge|[Rr]epresentative|[Hh]ead|[Mm]ayor|[Cc]onstable|[Hh]older"
    r"|[Cc]ommander|PCC|[Cc]oordinator|[Aa]dviser|[Aa]dvisor|[Mm]agistrate)"
)
_CHAIRED = re.compile(
    r"\b(?P<verb>[Cc]o-?[Cc]haired|[Cc]haired)(?P<and>(?:,? and [a-z]+ed)?) by (?:the |an? |our |its )?"
    rf"(?P<who>(?:[\w'&/-]+,? ){{0,8}}?(?:{_OFFICE})s?"
    r"(?:(?: of| for)(?: the)? (?:[\w'&-]+(?:,(?= [\w-]+(?:,| and)))?(?: (?:and|&|of|for the))? ?){1,8})?)"
    r"(?=[.,;)]|$|\s)"
)
_WHO_END = re.compile(
    r",? (?:and|but) (?:its?|is|are|has|have|was|meets?|comprises?|includes?|consists?|brings?|reports?|oversees?"
    r"|the|all"
    r"|supported|attended)\b.*|,? (?:who|which|that|on|in|at|with|from|to|as|meets?|since|until|is|was|whose|currently"
    r"|the [A-Z]{2,}|the (?:[A-Z][\w-]* )+(?:Board|Partnership|Group|Panel))\b.*"
)
_NOW_CHAIRS = re.compile(
    rf"{SUBJECT} (?:(?:currently|also|now|jointly|will|has|have) )*(?P<verb>co-?chairs?|chairs?|chaired) (?=the "
    rf"|this |our |its "
    r"|both |[A-Z])"
)
_OVERSEES = re.compile(
    r"\b(?P<verb>oversees?|oversaw|leads?|coordinates?|co-ordinates?|governs?|manages?|drives?) (?:(?:and|or) \w+s? "
    r")?(?:the )?"
    r"(?:(?:overall |strategic |day to day )*(?:work|delivery|activity|activities|business|development|direction"
    r"|functions|"
    r"governance|performance)(?: and \w+)? of )(?=the |our |its |this |each |[A-Z])"
)
_WORK_LED = re.compile(
    r"\b(?:[Tt]he |[Tt]his |[Oo]ur )?(?:[Ww]ork|[Aa]ctivity|[Ww]orkstream|[Rr]esponse|[Pp]rogramme)s? (?:of work "
    r")?(?:on|to|around"
    r"|for) (?P<what>(?!this\b|date\b|be\b)[\w' -]{4,70}?),? (?:which )?(?:(?:is|was|are|has been|is being|being"
    r"|will be) )*"
    r"(?:led|coordinated|co-ordinated|overseen|driven) by (?:the )?(?P<who>[A-Z][\w'&-]*(?: (?:[A-Z][\w'&-]*|and|of"
    r"|for|the))*)"
)
_WAS_MEMBER = re.compile(
    rf"{SUBJECT} (?:(?:is|are|was|were|became|remains?|also|now|currently|a|an|both|statutory|full|core|voting"
    rf"|active) )+"
    r"(?:partner|member|representative)s? (?:of|on|in) (?=the |each |this |our |[A-Z])"
)
_BODY_CHAIR = re.compile(
    rf"\b(?:[Tt]he )?(?P<body>(?:[A-Z][\w'&-]*(?: (?:and|of|for))? )+(?:Council|Board|Panel|Partnership|Committee"
    rf"|Forum|Group)),?"
    rf"(?:'s)? (?:[Cc]hair|[Cc]hairman|[Cc]hairwoman|[Cc]hairperson),? (?P<who>{PERSON})"
)
_PERSON_CHAIRS = re.compile(
    rf"(?P<who>{PERSON}),? (?:(?:is|was|as|who is|in (?:her|his) role as) )?(?:the |our )?(?P<vice>(?:[Vv]ice"
    rf"|[Dd]eputy)[- ])?"
    r"[Cc]hair(?:man|woman|person)? of (?=(?:the |our |both )?[A-Z])"
)
_OVERSIGHT = re.compile(
    r"\b(?:has|have) been (?:established|set up|convened|created|formed) to (?:provide|oversee|lead|coordinate) "
    r"(?P<what>(?:strategic )?(?:oversight|governance|leadership)[^.;]{0,40}? of |)(?:the )?"
    r"(?P<of>(?:[\w'-]+ ){0,4}?(?:programme|strategy|plan|unit|partnership|work)\b)"
)


def leading(context: Context, sentence: Sentence) -> Iterator[Fact]:
    """Find who oversees, leads or belongs to a group, and the chairs that stand before a name."""
    for rule in (_oversees, _members, _body_chair):
        yield from rule(context, sentence)


def chaired_by_post(context: Context, sentence: Sentence) -> Iterator[Fact]:
    """Find posts that chair: "is chaired by the cabinet member for …"; "chaired by the Director, the Board …"."""
    text = sentence.text
    for match in _CHAIRED.finditer(text):
        who = _WHO_END.sub("", match["who"]).strip(" ,")
        if not re.search(_OFFICE, who) or re.search(r"\bindependent(?:ly)?\b", who[:14]):
            continue
        group = _what_is_chaired(context, sentence, match)
        name = _post(context, who)
        if group and name and len(name) < 100:
            end = match.start("who") + len(who)
            yield membership(sentence, name, "chairs", group, "chaired-by-post", (match.start(), end))


def _what_is_chaired(context: Context, sentence: Sentence, match: re.Match[str]) -> str:
    """The group before "is chaired by", the one that "it" means, or the one after the comma."""
    text = sentence.text
    before = re.sub(
        r"(?:,? (?:which|that|who|and|is|are|was|were|being|been|has|have|will|be|currently|jointly|now"
        r"|independently|also))+\s*$",
        "",
        text[: match.start()].rstrip(),
    )
    named = group_before(context, sentence, len(before))
    if named:
        return named.name
    if re.fullmatch(r"(?:It|This|They|This group|This board|The meeting)?", before.strip()):
        if before:
            return last_group(context, sentence, 0)
        later = re.search(r",? the (?=[A-Z])", text[match.start("who") :])
        after = group_after(context, sentence, match.start("who") + later.end()) if later else None
        return after.name if after else ""
    short = re.search(r"^(?:-\s*)?chaired by", text[match.start() :]) and re.search(r"[,;-]\s*$", before)
    after = None
    if short:
        later = re.search(r" the (?=[A-Z]{2,})", text[match.start("who") :])
        after = group_after(context, sentence, match.start("who") + later.end()) if later else None
    return after.name if after else ""


def _post(context: Context, who: str) -> str:
    """A post spelt out, and whose it is after it: "Amberland County Council Director of Public Health"."""
    body = re.match(
        r"(?P<body>(?:[A-Z][\w'&-]* )+(?:Council|Police|Service|Authority|Board))(?:'s)? (?P<post>(?:[A-Z]|cabinet"
        r"|portfolio)"
        r"[\w' -]+)$",
        who,
    )
    if body:
        return f"{context.expand(body['post'])}, {context.expand(body['body'])}"
    return context.name(re.sub(r"^(?:council|force|authority)'s ", "", who))


def now_chairs(context: Context, sentence: Sentence) -> Iterator[Fact]:
    """Find who "currently chairs the Partnership", a group that is named only before."""
    for match in _NOW_CHAIRS.finditer(sentence.text):
        printed = re.sub(r" (?:is|are|was|will|continues) (?:\w+ing )?to$", "", match["who"])
        who = who_is(context, printed, sentence) or tidy(printed)
        named = group_after(context, sentence, match.end())
        if named and who and who[0].isupper() and not re.search(r"\b(?:Chair|Vice)\b", who):
            yield membership(sentence, who, "chairs", named.name, "now-chairs", (match.start(), named.end))


def _oversees(context: Context, sentence: Sentence) -> Iterator[Fact]:
    """ "The Board oversees the work of the Partnership"; "work on serious violence is led by the Network"."""
    text = sentence.text
    for match in _OVERSEES.finditer(text):
        before = re.sub(
            r"(?: (?:which|that|who|and|also|will|to|is|responsible))+\s*$", "", text[: match.start()].rstrip()
        )
        one, other = group_before(context, sentence, len(before)), group_after(context, sentence, match.end())
        if one and other and one.name != other.name:
            yield membership(sentence, one.name, "coordinates", other.name, "oversees-work-of", (one.start, other.end))
    for match in _WORK_LED.finditer(text):
        who, what = who_is(context, match["who"], sentence), tidy(context.expand(match["what"]))
        if who and what:
            yield membership(sentence, who, "coordinates", what, "work-led-by", match.span())
    for match in _OVERSIGHT.finditer(text):
        named = group_before(context, sentence, match.start())
        what = tidy(match["of"])
        if named and len(what.split()) == 1:
            what = f"{_less(named)} {what}" if _less(named) else ""
        if named and what:
            yield membership(sentence, named.name, "coordinates", what, "set-up-to-oversee", (named.start, match.end()))


def _less(named: Named) -> str:
    """What a leadership board leads, by its own name: "Violence Reduction Unit Leadership Board"."""
    found = re.fullmatch(
        r"(?P<of>.{6,}?) (?:Leadership|Oversight|Programme|Strategic|Executive|Management) (?:Board|Group)", named.name
    )
    return found["of"] if found else ""


def _members(context: Context, sentence: Sentence) -> Iterator[Fact]:
    for match in _WAS_MEMBER.finditer(sentence.text):
        who, named = who_is(context, match["who"], sentence), group_after(context, sentence, match.end())
        if named and who and len(who) < 80 and not re.match(r"(?:There|Members?|It|This)\b", who):
            yield membership(sentence, who, "memberOf", named.name, "is-member", (match.start(), named.end))


def _body_chair(context: Context, sentence: Sentence) -> Iterator[Fact]:
    for match in _BODY_CHAIR.finditer(sentence.text):
        body = tidy(context.expand(match["body"]))
        yield membership(sentence, match["who"], "chairs", body, "body-chair", match.span())
    for match in _PERSON_CHAIRS.finditer(sentence.text if " of " in sentence.text else ""):
        named = group_after(context, sentence, match.end())
        relation = "viceChairOf" if match["vice"] else "chairs"
        if named and not re.search(r"\b(?:former|previous|outgoing)\s*$", sentence.text[: match.start()]):
            span = (match.start(), named.end)
            yield membership(sentence, match["who"], relation, named.name, "person-chairs", span)
