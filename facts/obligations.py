"""Duties as minutes, web pages and plans tell them: past tense, the Act as subject, lists below "statutory duties"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..loaders.papers.model import Passage, Sentence
from .citing import find_citations
from .context import Context, tidy
from .groups import groups_in
from .holders import leading_holder, one_holder
from .model import Fact
from .phrases import group_before, said_again
from .proposals import duty_fact, first_clause

_BODY = (
    r"(?:PCCs?|OPCC|CSPs?|CDRPs?|ICBs?|(?:[Cc]ommissioner|[Aa]uthorit(?:y|ie)|[Gg]roup|[Bb]oard|[Pp]anel"
    r"|[Cc]ommittee|[Pp]artnership"
    r"|[Pp]artner|[Bb]od(?:y|ie)|[Ff]orce|[Cc]onstable|[Cc]ouncil|[Aa]genc(?:y|ie)|[Oo]rganisation|[Pp]rovider"
    r"|[Mm]ember|[Ss]ervice"
    r"|[Tt]eam|[Tt]rust|[Ss]chool|[Pp]rison|[Oo]fficer|[Gg]overnor)s?|[Pp]olice|[Pp]robation|[Gg]overnment"
    r"|[Ss]ecretary of State)"
)
_DETERMINER = r"(?:the|The|each|Each|every|Every|all|All|an?|An?|other|Other|both|Both|any|Any|these|These|local|Local)"
_CLAUSE = re.compile(
    r"(?:^|[,;:\"]\s*|\b(?:that|and|which|where|whereby|as|whilst|while|but|since|because)\s)(?P<who>[^,;:\"]{2,110})$"
)
_ASIDE = re.compile(r", (?:along with|together with|as well as|in partnership with|with) [^,]{3,60},?$")
_MODAL = re.compile(
    r"\b(?:(?P<legal>(?:is|are|was|were|be|being) (?:also |now |further |legally |statutorily )?(?:required|obliged)"
    r"|ha(?:s|ve|d) (?:also )?an? \"?(?:(?:new|statutory|legal|mutual|joint|shared|specific) )*"
    r"(?:duty|responsibility|obligation)"
    r"|(?:is|are|was|were) under an? (?:(?:statutory|legal) )*(?:duty|obligation))"
    r"(?P<under>,? (?:under|by|in accordance with) [^.;]{3,90}?)?\"?,? to|must|shall) (?=(?P<act>[a-z].*))"
)
_BY_ACT = re.compile(
    r"\b(?P<by>requir(?:es?|ed|ing)|oblig(?:es?|ed|ing)|(?:plac|impos|creat|introduc)(?:es?|ed|ing) (?:an? |the "
    r")?(?:(?:new|statutory|legal"
    r"|mutual|general|specific) )*(?:dut(?:y|ies)|obligations?|responsibilit(?:y|ies)|requirements?) (?:on|for|upon)"
    r"|(?:responsibility|duty|obligation) (?:for|on)|enabl(?:es|ed)|allow(?:s|ed)|empower(?:s|ed)"
    r"|permit(?:s|ted))"
    r" (?P<who>[^.;:]{3,150}?) to (?P<act>(?!(?:be able|an?|the|its|their)\b)[a-z].*)"
)
_POWER = re.compile(r"enabl|allow|empower|permit")
_WITH_POWER = re.compile(r"\bwith (?:the )?powers? to (?P<act>[a-z].*)")
_ACCOUNT = re.compile(r",? (?:who|which|that) (?:(?:would|will|shall|must) )?(?P<act>holds? [^.;,]{3,60}? to account)")
_LISTED = re.compile(
    r"\b(?:statutory|legal) (?:and \w+ )?(?:duties|responsibilities|requirements|obligations|functions)\b[^.]*$"
    r"|\b(?:has|have|had|required|obliged|need) to\s*$|\b(?:duties|responsibilities|requirements) (?:are|include|as "
    r"follows)\b[^.]*$"
)
_VERB = re.compile(
    r"^(?:to )?(?P<act>(?:act|agree|analyse|appoint|arrange|assess|carry out|collaborate|commission|complete|conduct"
    r"|consider"
    r"|consult|co-?operate|co-?ordinate|deliver|develop|engage|ensure|establish|evaluate|exercise|formulate|give"
    r"|have|hold"
    r"|identify|implement|inform|keep|maintain|make|meet|monitor|oversee|prepare|prevent|produce|promote|protect"
    r"|provide|publish"
    r"|reduce|refer|report|respond|review|scrutinise|send|set|share|submit|support|tackle|take|undertake|work)\b.*)",
    re.IGNORECASE,
)
_HOW = re.compile(r"\b(?:steps|ways?|how|matters|functions|what|actions?|things)\b[^,;.]{0,50}$")
_OPTION = re.compile(r"\b(?:would|could|might|may|should|if|not|propos\w+|recommend\w+|consult(?:ed|ation) on)\b")
_NOBODY = re.compile(
    r"^(?:it|they|we|he|she|there|this|who|members?|persons?|people|partners?|organisations?)$", re.IGNORECASE
)


def obligations(context: Context, sentence: Sentence, law: str, own: bool) -> Iterator[Fact]:
    """Find duties and powers in law that the narrower rules did not find.

    Args:
        context: the paper.
        sentence: the sentence.
        law: the instrument that the passage, or the section before it, cites; ``law`` for mere words of law.
        own: whether the passage itself cites it.

    Yields:
        Duties and powers with the force of law, and none without an instrument or words that say so.
    """
    yield from _modal(context, sentence, law, own)
    yield from _by_act(context, sentence, law, own)
    yield from _items(context, sentence, law)
    yield from _oversight(context, sentence, law)


_OVERSIGHT = re.compile(
    r" (?:(?:also|formally|regularly|publicly) )?(?P<act>(?:scrutinises?|reviews? and scrutinises?) (?:the |and "
    r")[^.;]{4,90}"
    r"|holds? (?:the |its )[^.;,]{3,60}? to account[^.;]{0,60})"
)
_WATCHED = re.compile(
    r"\b(?:PCC|[Cc]ommissioner|[Cc]hief [Cc]onstable|[Ff]orce|[Pp]olice|CSP|[Pp]artnership|authorities)\b"
)


def _oversight(context: Context, sentence: Sentence, law: str) -> Iterator[Fact]:
    """ "The Panel scrutinises the Commissioner", "holds him to account": practice where no law is cited."""
    for match in _OVERSIGHT.finditer(sentence.text):
        act = re.sub(r"^(scrutinise|review|hold)s\b", r"\1", match["act"]).replace("and scrutinises", "and scrutinise")
        if not _WATCHED.search(act) or _OPTION.search(sentence.text[: match.start()][-30:]):
            continue
        for who in holders_before(context, sentence, match.start()):
            span = (match.start(), match.end())
            yield from duty_fact(sentence, who, "hasDuty", act, "oversight", span, law, "law" if law else "practice")


def _modal(context: Context, sentence: Sentence, law: str, own: bool) -> Iterator[Fact]:
    text = sentence.text
    for match in _MODAL.finditer(text):
        before = text[: match.start()]
        plain, alone = not match["legal"], " to " not in re.sub(r"\b(?:must|shall)\b.*", "", text)
        if not (law or re.search(r"statutory|legal", match["legal"] or "")):
            continue
        if plain and alone and not find_citations(before):  # "forces must …" beside an Act is mostly no law
            continue
        if _OPTION.search(before[-25:]) or _HOW.search(before) or re.match(r"(?:be|have been)\b", match["act"]):
            continue
        cited = find_citations(match["under"]) if match["under"] else []
        basis = cited[0].name if cited else law
        for who in holders_before(context, sentence, match.start()):
            end = match.start("act") + len(first_clause(match["act"]))
            act = match["act"].replace('"', "")
            yield from duty_fact(sentence, who, "hasDuty", act, "plain-duty", (match.start(), end), basis or "law")
    for match in _WITH_POWER.finditer(text) if own else ():
        named = group_before(context, sentence, match.start())
        if named and re.search(r"\brequir|\bdut(?:y|ies)\b", text[: match.start()]):
            end = match.start("act") + len(first_clause(match["act"]))
            span = (match.start(), end)
            yield from duty_fact(sentence, named.name, "hasPower", match["act"], "with-the-power", span, law)
    for match in _ACCOUNT.finditer(text) if law else ():
        named = group_before(context, sentence, match.start())
        if named:
            act = re.sub(r"^holds\b", "hold", match["act"])
            name = one_holder(context, re.sub(r"(?<=[a-z])s$", "", named.name), True) or named.name
            yield from duty_fact(sentence, name, "hasDuty", act, "holds-to-account", (named.start, match.end()), law)


def _by_act(context: Context, sentence: Sentence, law: str, own: bool) -> Iterator[Fact]:
    """ "The Act requires every local authority to …"; "enables the Commissioner to …"; "places a duty on …"."""
    text = sentence.text
    for match in _BY_ACT.finditer(text) if own else ():
        power = _POWER.match(match["by"])
        before = text[: match.start()]
        if power and not find_citations(before):
            continue
        if (
            not power
            and re.match(r"requir|oblig", match["by"])
            and not re.search(
                r"\b(?:Act|Regulations|Order|legislation|regulations|[Ss]ection|duty|law|requirement)\b", before
            )
        ):
            continue
        if _OPTION.search(before[-25:]) or re.search(r"\bpropos|\brecommend", before):
            continue
        end = match.start("act") + len(first_clause(match["act"]))
        for who in _several(context, sentence, match["who"]):
            relation = "hasPower" if power else "hasDuty"
            yield from duty_fact(sentence, who, relation, match["act"], "act-requires", (match.start(), end), law)


def _several(context: Context, sentence: Sentence, printed: str) -> list[str]:
    """Those upon whom a duty is placed: "the Police, Probation and Prison Services in the 42 areas" are three."""
    printed = re.sub(r"\s*\([^)]*\)| - (?:including|such as) [^-]* -|,? also known as [^,]*,?", "", printed)
    printed = re.sub(
        r",? (?:in|within|across|for) (?:the |each |every |England|Community|CSPs).*$|, [a-z]+ing .*$", "", printed
    )
    parts = re.split(
        r",\s*(?:and\s+)?|\s+and\s+(?!Crime\b|Disorder\b|Rescue\b)(?=(?:the |other |all |[A-Z]|[a-z]+ (?:authorities"
        r"|bodies|agencies)))",
        printed,
    )
    names = []
    for part in parts:
        part = re.sub(r"^(?:(?:any|all|both|tier \w+|relevant|new) )+", "", part.strip())
        if re.search(rf"(?:^|\b){_BODY}$", part):
            names.append(_name(context, sentence, part))
    return [name for name in dict.fromkeys(names) if name]


def holders_before(context: Context, sentence: Sentence, place: int) -> list[str]:
    """Return who holds the duty whose modal begins at a place: the noun phrase before it, both of two.

    Args:
        context: the paper.
        sentence: the sentence.
        place: where "must", "is required" or "has a duty" begins.

    Returns:
        The holders spelt out; none if the words before name no body.
    """
    before = sentence.text[:place].rstrip()
    before = _ASIDE.sub("", before)
    before = re.sub(r"(?:\s|,)+(?:also|now|therefore|then|each|still|all|both|each year|currently)$", "", before)
    before = re.sub(r"\s*\([^)]{1,60}\)$", "", before)
    found = _CLAUSE.search(before)
    both = re.search(
        rf"(?P<one>\b{_DETERMINER} [^,;:]{{0,50}}?{_BODY}) and (?P<two>(?:the |other |all "
        rf")+[^,;:]{{3,60}}?{_BODY})$",
        before,
    )
    if both:
        names = [_name(context, sentence, both["one"]), _name(context, sentence, both["two"])]
        return [name for name in names if name]
    lists = re.search(rf"(?:^|\b){_DETERMINER} (?:[\w'&-]+ )*?and (?:[\w'&-]+ )*?{_BODY}$", before)
    words = (
        lists[0]
        if lists and found and len(lists[0]) > len(found["who"]) and len(lists[0]) < 60
        else found["who"]
        if found
        else ""
    )
    last = [match.start() for match in re.finditer(rf"\b{_DETERMINER} (?=[^ ])", words)]
    words = words[last[-1] :] if last and re.search(rf"{_BODY}$", words[last[-1] :]) else words
    if re.match(r"(?:so|thus|hence|then) ", words):
        return []  # a conclusion of the paper's, not what the law says
    if not re.search(rf"\b{_BODY}$", words) or len(words.split()) > 9 or re.search(r" (?:is|are|has|have|was) ", words):
        return []
    name = _name(context, sentence, words)
    return [name] if name else []


def _name(context: Context, sentence: Sentence, printed: str) -> str:
    bare = tidy(re.sub(rf"^(?:(?![Ll]ocal){_DETERMINER} )+", "", printed.strip()))
    if re.fullmatch(r"(?:[Pp]artnership|[Bb]oard|[Cc]ommittee|[Ff]orum|[Pp]anel|[Gg]roup)", bare):
        again = said_again(context, sentence, max(0, sentence.text.find(printed)), bare)
        return one_holder(context, again, True) if again else ""
    if re.fullmatch(r"(?:agencies|authorities|bodies|councils)", bare) and re.match(r"[Oo]ther ", printed.strip()):
        return f"other {bare}"
    name = one_holder(context, bare, True)
    return "" if _NOBODY.match(name) else name


def _items(context: Context, sentence: Sentence, law: str) -> Iterator[Fact]:
    """Items below "key statutory responsibilities which must be met:" or "local authorities have to:"."""
    passage = sentence.passage
    if passage.kind != "item" or passage.lead is None or sentence.start or not law:
        return
    lead = context.paper.passages[passage.lead]
    last = lead.sentences[-1].text.rstrip(" :;-") if lead.sentences else ""
    verb = _VERB.match(sentence.text)
    if not verb or not _LISTED.search(last) or _OPTION.search(last):
        return
    for who in _who_of_list(context, lead, last):
        yield from duty_fact(sentence, who, "hasDuty", verb["act"], "statutory-list", (0, len(sentence.text)), law)


def _who_of_list(context: Context, lead: Passage, last: str) -> list[str]:
    own = lead.sentences[-1]
    modal = re.search(r"\b(?:has|have|had|is|are|was|were) (?:to|required to|obliged to)\s*$", last)
    if modal:
        return holders_before(context, own, modal.start())
    of = re.search(rf"\b(?:of|on|for) (?P<who>(?:the |each |all )?(?:[\w'&-]+ ){{0,5}}{_BODY})\b", last)
    if of:
        name = _name(context, own, of["who"])
        return [name] if name else []
    name = leading_holder(context, lead)
    if name:
        return [name]
    for text in (lead.text, *reversed(lead.headings)):
        plain = re.search(r"\b(?:CSPs?|[Cc]ommunity [Ss]afety [Pp]artnerships?)\b", text)
        named = groups_in(context, text)
        if plain or named:
            return [one_holder(context, "CSP", True) if plain else named[0].name]
    return []
