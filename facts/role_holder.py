"""Who holds which office: a person's name beside a post, in lists of those present, contacts, heads, text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..loaders.papers.metadata import iso_date
from ..loaders.papers.model import Sentence
from .context import COMMISSIONER, Context, tidy
from .model import Fact

_TITLE = r"(?:(?:C?L?lr|Cllr|Councillor|Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Baroness|Lord|Lady|Det\. Supt\.|T/)\.?\s+)"
_GIVEN = r"(?:[A-Z][a-z]+(?:-[A-Z][a-z]+)?)"
_FAMILY = r"(?:(?:O'\s?|Mc|Mac|Tek-)?[A-Z][a-z]+(?:-[A-Z][a-z]+)?)"
PERSON = rf"(?:{_TITLE}?{_GIVEN}\s(?:[A-Z]\s)?{_FAMILY})"
_RANK = (
    r"(?:Temporary |T/|Acting |Interim |Deputy |Assistant |Chief |Lead |Senior |Overview and |Democratic,? "
    r"|Governance |Head of |Panel |Scrutiny |and |OPCC |PCC |Executive |Det\. |Detective )*"
)
_CAPS = r"[A-Z][\w'&-]*"
_MORE = rf"(?:,? (?:(?:and|of|for|&) )?{_CAPS})*"
_POST = (
    rf"(?:(?:Deputy )?Police (?:and|&) Crime Commissioner|PCC|(?:Temporary |Deputy |Assistant )?Chief Constable|"
    rf"(?:Deputy )?Chief Executive(?: Officer)?|Treasurer|Chief Finance Officer"
    rf"|Director of {_CAPS}{_MORE}|Head of {_CAPS}{_MORE}|(?:{_CAPS},? (?:and )?){{0,6}}(?:Manager|Officer"
    rf"|Practitioner|Commissioner|Solicitor|Coordinator|Advisor|Adviser|Secretary|Director|Team Leader)"
    r"|(?:Vice[- ])?Chair(?:man|person|woman)?|(?:Chief )?Superintendent|Inspector|ACC|Lord Chancellor|Leader)"
)
_NAME_AT = re.compile(rf"(?<![A-Za-z])(?P<name>{PERSON})\s?(?:,|\s?[-:]\s?)\s?(?:the )?(?=[A-Z])")
_POST_AT = re.compile(
    rf"(?P<post>{_POST}(?:(?:, | for | of )(?:the )?(?:OPCC|[A-Z]{{3}}\b|(?:{_CAPS}(?: (?:and|of|for|the|&))* ?)+"
    rf"(?:, {_CAPS}(?: {_CAPS})*)?))?)"
)
_POST_NAME = re.compile(
    rf"(?P<post>(?:(?:[A-Z][\w'-]+|and|of) ){{0,6}}(?:Chief Constable|Superintendent|Commissioner|Chief Executive"
    rf"(?: Officer)?|Inspector|ACC|Secretary)),?\s(?:- )?(?:Mr |Mrs |Ms )?(?P<name>(?!Mr |Mrs |Ms "
    rf"|The ){_GIVEN}\s{_FAMILY})\b"
)
_IN_POST = re.compile(
    rf"(?P<name>{PERSON})\s(?:continues to enjoy (?:her|his) role as|continues in (?:her|his) role as|in (?:her"
    rf"|his) position as|as|is|who is)\s(?:the\s)?(?P<post>(?:OPCC )?{_RANK}{_POST})"
)
_POST_OF = re.compile(
    rf"(?P<post>(?:{_CAPS} (?:and )?){{0,4}}(?:Manager|Officer|Director)) \((?P<body>[A-Z][\w ]+)\): "
    rf"(?P<name>{PERSON})"
)
_AFTER_NAME = re.compile(
    rf"(?P<name>{_GIVEN} O'\s?[A-Z][a-z]+|{PERSON}),? (?P<post>(?:Deputy )?Chief Executive(?: Officer)?),? "
    rf"(?P<body>[A-Z]\w+ (?:MBC|City Council|[A-Z]\w+ Council))"
)
_BODY_CHAIR = re.compile(
    r"\b(?:[Tt]he )?(?P<body>(?:[A-Z][\w'&-]*(?: (?:and|of|for))? )+(?:Council|Board|Panel|Partnership|Committee|Forum"
    rf"|Group)),?(?:'s)? (?P<post>[Cc]hair(?:man|woman|person)?),? (?P<name>{PERSON})"
)
_LABEL = re.compile(
    rf"^(?P<post>(?:Lead|Contact|Report|Responsible|Reporting) (?:Officer|Author|Director)): (?P<name>{PERSON})$"
)
_CHAIR = re.compile(rf"(?P<name>{PERSON})\s\((?P<post>(?:Vice[- ])?Chair(?:man|person)?)\)")
_OFFICIAL = re.compile(rf"\b{_POST}\b")
_NOT_A_PERSON = re.compile(
    r"\b(?:Police|Crime|Council|Panel|Board|Community|County|Report|Safety|Officer|Member|Chief|Working|Office"
    r"|West|North|South|East|Home|Town|Street|Hall|Court|Item|Hotel|House|Local|Criminal|Justice|Final"
    r"|Version|Budget|Member|Lay|Draft|Annual|Head|Action|Force|Public|Victim|Drug|Road|Fire|Service|Performance"
    r"|New|Year|Appendix|Minutes|Agenda|Lead|Serious|Violence|Key|Contact|Point|Executive|Governance|Finance"
    r"|Independent|National|Royal|Sexual|Violence|Digital|Expert|Witnesses|Estates|Strategic|Bins|Surrender"
    r"|Analyst|Higher"
    r"|Officers|Enforcement|Orders?|Governance|Interim|Democratic|Media|Victims?|Support|Regional|Joint|Area"
    r"|Safer|Domestic|Abuse|Reduction|Network|Unit|Partnership|Team|Director|Neighbourhood|Road|Rural|Business|Sub|In|On|At|For|By|As|January|February|March|April"
    r"|June|July|August|September|October|November|December|Deputy|Assistant|Mental|Health|Social|Care)\b"
)
_FOR_THE_OFFICE = re.compile(r"\b(?:OPCC|[Mm]y office|[Oo]ffice of the P[\w ]+?) (?:was|were|is|are) represented by $")
_PAST = re.compile(r"\b(?:[Ff]ormer|[Pp]revious(?:ly)?|outgoing|ex-)\b")


def find(context: Context) -> Iterator[Fact]:
    """Find the office-holders that a paper names, each person and post once, with the body where it is printed."""
    found = [fact for sentence in context.paper.sentences() for fact in _in_sentence(context, sentence)]
    for fact in found:
        words = _words(fact)
        fuller = [
            other for other in found if other.subject == fact.subject and other is not fact and words < _words(other)
        ]
        if not fuller:
            yield _with_office(context, fact)


def _words(fact: Fact) -> frozenset[str]:
    folded = re.sub(r"['’]", "", fact.object.casefold())
    return frozenset(re.findall(r"\w+", folded)) - {"of", "the", "and", "for"}


def _with_office(context: Context, fact: Fact) -> Fact:
    """The author of a commissioner's own report is of the office, where the report says no more."""
    author = context.paper.author.startswith(fact.subject)
    bare = "," not in re.sub(r", (?=Governance|Planning)", " ", fact.object) and " of " not in fact.object.replace(
        "Head of", ""
    )
    own = re.search(r"Head of|Chief|Policy", fact.object) and "Commissioner" not in fact.object
    return (
        replace(fact, object=f"{fact.object}, {context.office}") if author and bare and own and context.area else fact
    )


def _in_sentence(context: Context, sentence: Sentence) -> Iterator[Fact]:
    text = sentence.text
    if not re.search(r"[A-Z][a-z]+ [A-Z]", text):
        return
    taken: list[tuple[int, int]] = []
    starts = [
        match
        for match in _NAME_AT.finditer(text)
        if not _NOT_A_PERSON.search(match["name"]) and not re.search(r"\b(?:of|for|the)\s$", text[: match.start()])
    ]
    for number, match in enumerate(starts):
        stop = starts[number + 1].start() if number + 1 < len(starts) else len(text)
        post = _POST_AT.match(text[:stop].rstrip(), match.end())
        ranked = post and re.search(r"(?:Superintendent|Constable|Inspector)$", post["post"])
        if ranked and post and re.match(rf" {PERSON}", text[post.end() :]):
            continue  # the rank of the next in the list
        fact = (
            _fact(context, sentence, match["name"], post["post"], (match.start(), post.end()), "name-post")
            if post
            else None
        )
        if fact and post:
            taken.append((match.start(), post.end()))
            yield fact
    for found in _AFTER_NAME.finditer(text):
        printed = f"{found['post']}, {context.expand(found['body'])}"
        fact = _fact(context, sentence, found["name"], printed, found.span(), "post-after-name")
        if fact:
            taken.append(found.span())
            yield replace(fact, object=printed)
    for found in _POST_OF.finditer(text):
        printed = f"{found['post']}, {context.expand(found['body'])}"
        fact = _fact(context, sentence, found["name"], printed, found.span(), "post-of-body")
        if fact:
            taken.append(found.span())
            yield replace(fact, object=printed)
    for found in (*_BODY_CHAIR.finditer(text), *_LABEL.finditer(text)):
        body = context.expand(found["body"]) if "body" in found.groupdict() else ""
        printed = found["post"].capitalize() if body else found["post"]
        fact = _fact(context, sentence, found["name"], printed, found.span(), "post-by-body")
        if fact:
            taken.append(found.span())
            yield replace(fact, object=f"{printed}, {body}" if body else printed)
    for pattern, rule in ((_POST_NAME, "post-name"), (_IN_POST, "in-post"), (_CHAIR, "chair")):
        for found in pattern.finditer(text):
            if any(start < found.end() and found.start() < end for start, end in taken):
                continue
            fact = _fact(context, sentence, found["name"], found["post"], found.span(), rule)
            if fact and _FOR_THE_OFFICE.search(text[: found.start()]) and "," not in fact.object:
                fact = replace(fact, object=_with_body(fact.object, context.office))
            if fact:
                yield fact


def _fact(
    context: Context, sentence: Sentence, printed: str, post: str, span: tuple[int, int], rule: str
) -> Fact | None:
    name = re.sub(r"^(?:The|Mr|Mrs|Ms)\s", "", printed.replace("O' ", "O'"))
    held = _post(context, post)
    text = sentence.text
    if not held or _NOT_A_PERSON.search(name) or not _OFFICIAL.search(post):
        return None
    left = re.match(r"\s*(?:departed|left|stepped down|retired)", text[span[1] :])
    past = left or _PAST.search(text[max(0, span[0] - 25) : span[0]])
    passage = sentence.passage
    on = _dated(context, passage.number) if rule == "chair" else None
    return Fact(
        "role_holder",
        name,
        "held" if past else "holds",
        held,
        passage.locator,
        sentence.quote(*span),
        rule,
        on=on,
        passage=passage.number,
    )


def _dated(context: Context, number: int) -> str | None:
    """The day of the meeting whose minutes or agenda name a chair: the last whole date printed above."""
    for passage in reversed(context.paper.passages[max(0, number - 12) : number]):
        if len(passage.text) < 120 and (day := iso_date(passage.text)):
            return day
    return None


def _post(context: Context, printed: str) -> str:
    """Spell a post out: post or body first, then whose it is."""
    printed = tidy(re.sub(r"\s+(?:and|of|the|for|-)$", "", printed.strip()))
    parts = [
        part.strip()
        for part in re.split(
            r",\s(?=Office|West|[A-Z]\w+ (?:Police|County|Council|Children|Borough)|OPCC|[A-Z]{3,4}$)", printed
        )
    ]
    elsewhere = re.fullmatch(
        r"(?:PCC|Police (?:and|&) Crime Commissioner) for (?:the )?(?P<area>[A-Z]\w+(?: [A-Z]\w+)?)", printed
    )
    if elsewhere:
        return f"{COMMISSIONER} for {elsewhere['area']}"
    post = re.sub(r"^(?:PCC|OPCC)\s+", "", parts[0])
    own = parts[0].startswith(("PCC ", "OPCC "))
    if re.search(r"Police (?:and|&) Crime Commissioner$", post) or post == "PCC":
        deputy = "Deputy " if "Deputy" in post else ""
        return context.of_area(f"{deputy}{COMMISSIONER}") if "Victim" not in post else post
    elsewhere = re.fullmatch(
        r"(?:PCC|Police (?:and|&) Crime Commissioner) for (?:the )?(?P<area>[A-Z]\w+(?: [A-Z]\w+)?)", post
    )
    if elsewhere:
        return f"{COMMISSIONER} for {elsewhere['area']}"
    if "Police and Crime Commissioner" in post and "Office" not in post:
        return ""
    post = re.sub(r"^.* and (?=Chief Superintendent|Superintendent)", "", post)
    if len(parts) > 1:
        body = context.office if re.match(r"Office of|OPCC", parts[1]) else context.expand(parts[1])
        return _with_body(post, body)
    if re.fullmatch(r"(?:Vice[- ])?Chair(?:man|person)?", post):
        return f"{post}, {context.panel}"
    if own:
        return _with_body(post, context.office)
    if re.fullmatch(r"(?:ACC|(?:Temporary |Deputy )?(?:Assistant )?Chief Constable|(?:Chief )?Superintendent)", post):
        return _with_body(context.expand(post), context.force)
    ranked = re.match(
        r"(?P<area>[A-Z][a-z]+ [A-Z][a-z]+|[A-Z][a-z]+) (?P<rank>(?:Chief )?Superintendent|Chief Constable"
        r"|Inspector)$",
        post,
    )
    if ranked:
        return _with_body(ranked["rank"], f"{ranked['area']} Police") if ranked["area"] in (context.area,) else post
    if post in (
        "ACC",
        "Assistant Chief Constable",
        "Temporary Chief Constable",
        "Chief Constable",
        "Superintendent",
        "Chief Superintendent",
    ):
        return _with_body(context.expand(post), context.force)
    return context.expand(post)


def _with_body(post: str, body: str) -> str:
    if post in ("Chief Constable",):
        return f"{post} of {body}"
    return f"{post}, {body}"
