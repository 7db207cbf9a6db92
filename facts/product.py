"""Products: who prepares, owns or publishes which plan, strategy, assessment, report, agreement or policy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..loaders.papers.dates import printed_date
from ..loaders.papers.model import Sentence
from .context import Context, tidy
from .documents import documents
from .groups import fuller_group, last_group, section_title
from .holders import holder_of
from .model import Fact

_HEADS = (
    r"(?:[Pp]lan|[Ss]trategy|[Ss]trategies|[Aa]ssessment|[Rr]eport|[Aa]greement|[Pp]rotocol|[Ff]ramework"
    r"|[Cc]harter|[Pp]olicy|[Gg]uidance|[Tt]oolkit|[Dd]ashboard|[Pp]rogramme|[Ss]tatement|[Nn]ewsletter"
    r"|[Dd]irectory|[Tt]racker|[Hh]andbook|[Pp]athway|[Ff]indings|[Cc]ode|[Pp]ackage|[Dd]eep dives)"
)
_DOC = (
    rf"(?P<doc>(?:(?:Quarter \d|[A-Z][\w'&/-]*|[a-z][\w/-]*|\([A-Z]{{2,8}}\)|\d{{4}}(?:[/-]\d{{2,4}})?|3-year|&"
    rf"|'[\w ]+') ){{0,9}}?{_HEADS}s?(?: (?:for|of|on) (?:the )?(?:[A-Z][\w'-]+|each [A-Z]\w+)(?: (?:[A-Z][\w'-]+"
    rf"|and|the|of|in(?= [A-Z]))){{0,6}})?(?: (?:and|with) (?:a |an )?(?:supporting )?(?:delivery |performance )?"
    rf"(?:plan|framework))?(?: \d{{4}}(?:\s?[-/]\s?\d{{2,4}})?)?)"
)
_WHO = (
    r"(?P<who>I|[Ww]e|[Tt]he (?:(?!have |has |had |make |is |are |was |were |to |that |which |and |who )"
    r"(?:[A-Z][\w'&-]+|[a-z]+) ){0,4}?(?!have\b|has\b)[\w'&-]+|(?:[A-Z][\w'&/-]*|CDPs|[Mm]y)(?: (?:[A-Z][\w'&/-]*"
    r"|of|and|for|the|office|&)){0,9})"
)
_VERBS = (
    r"(?:prepar|design|build|conduct|produce|publish|develop|draft|writ|launch|finalis|adopt|introduc|issu|releas"
    r"|updat|revis|creat|commission|implement)"
)
_MADE = re.compile(
    rf"{_WHO}(?:, in partnership with [^,]{{3,40}},| \([A-Z]+\))?(?: formally)?(?: (?:has|have|had|is|are|was|were"
    rf"|will|shall|must|to|also"
    rf"|now|currently|recently|been|be|begun|started|formally|already|officially|in the process of|working on|"
    rf"(?:work(?:ed|ing)|partner(?:ed|ing)) with (?:\w+ ){{1,4}}to))* ?(?P<verb>{_VERBS}(?:e|es|ed|d|ing|s|ten)?)"
    rf"(?: and (?:finalised|published|implemented|implement|reviewed))? (?:an? |the |its |their |his |my |her "
    rf"|our |new |a new |updated |draft |')*{_DOC}"
)
_MAKING = re.compile(rf"\b{_VERBS}")
_IN_PLACE = re.compile(rf"{_WHO} (?:has|have) (?:an? |its |their )?{_DOC} in place")
_MY = re.compile(
    r"\b[Mm]y (?:new |draft )?(?P<doc>(?:(?:[A-Z][\w'&-]*|of|and|the|for) ){1,6}(?:Plan|Strategy|Charter|Policy"
    r"|Report|Framework)(?: \d{4}(?:\s?[-/]\s?\d{2,4})?)?)(?! (?:Officer|and Partnership|Team|Lead|Manager))"
)
_PASSIVE = re.compile(
    rf"(?:[Tt]he |[Aa]n? |[Mm]y )?{_DOC}(?:,)?(?: \([A-Z]+\))?(?: which)? (?:has been|have been|was|were|is"
    rf"|is being|being|are) (?:also )?(?P<verb>{_VERBS}(?:e?d|ten|ied))(?: and \w+ed)?(?: by (?:the )?"
    rf"(?P<who>[A-Z][\w'&]*(?: (?:[A-Z&][\w'&]*|and|of|the))*))?(?=[.,;]| (?!and [A-Z])[a-z]|$)"
)
_ENTERED = re.compile(
    r"(?P<who>[\w ]{2,60}?) (?:has|have) entered into an? (?P<doc>(?:[A-Z]\w+ )+Agreement with (?:the )?"
    r"(?:[A-Z]\w+ ?)+)"
)
_TITLED = re.compile(
    r"(?P<who>[A-Z][\w ]*Government|[A-Z][\w ]{3,50}?)'s (?:\w+ ){0,4}(?:strategy|plan|report|policy),? (?:titled"
    r"|entitled|called) \"(?P<doc>[^\"]{6,100})\" (?:was|has been) (?:launched|published|released)"
)
_NAMED_POLICY = re.compile(
    r"(?P<who>[Tt]he force|[A-Z][\w &]{3,50}?) (?:has |have )?(?:introduced|adopted|implemented) an? (?:new )?"
    r"(?P<noun>policy|protocol|strategy|framework)(?: and \w+)? (?:referred to as|called|known as|titled) '"
    r"(?P<doc>[^']{4,60})'"
)
_FINDINGS = re.compile(
    r"\bthe (?P<who>Government|Home Office|Ministry of Justice) published the (?P<doc>findings (?:from"
    r"|of) [A-Z\w][\w ]{6,80}?)(?=[.,;]|$)"
)
_REVIEWS = re.compile(
    rf"(?P<who>[A-Z][\w ]{{3,50}}?(?:Panel|Police|Council|Board|Partnership))(?: \([A-Z]+\))? "
    rf"(?P<verb>will review its|(?:is|are) (?:currently )?reviewing (?:the|its)) {_DOC}"
)
_ANNUAL = re.compile(r"\b(?:[Dd]raft |PCC's )?Annual Report (?:for )?(?P<year>20\d\d[/-]\d{2,4})")
_FREQUENT = re.compile(
    r"^(?P<every>Annual|Monthly|Quarterly|Weekly|Twice-yearly|Bi-annual|Biannual|Bespoke|Daily)\b"
    r"(?P<doc>[^.;]{3,160}?\breport(?:s|ing)?\b)(?P<rest>[^.;]*)"
)
_EVERY = re.compile(
    r"\b(?P<every>annual(?:ly)?|monthly|quarterly|weekly|twice[- ]yearly|bi-?annual(?:ly)?|each year|every year"
    r"|each financial year|each month|before the start of each year|before the end of each year|during each year)\b",
    re.IGNORECASE,
)
_DUE = re.compile(
    r"\b(?:due (?:to be (?:released|completed|published) )?(?:by|in|at)|should be completed by|by) "
    r"(?:the end of )?(?P<when>(?:\d{1,2} )?[A-Z][a-z]+ \d{2,4})\b"
)
_DEVELOPMENT = re.compile(
    r"\b(?:development|production|preparation|drafting|publication) of (?:an? |the )?(?:new |draft |joint )?"
    r"(?P<who>(?:[A-Z][\w&-]* (?:(?:and|of) )?){1,6}?(?:Police|Council|Partnership|Board|Service))(?:'s)? "
    rf"'?{_DOC}"
)
_APPENDED = re.compile(
    rf"(?:[Tt]he |[Aa] (?:copy of the )?)?{_DOC} (?:can be found|is|are) (?:\w+ )?(?:attached |appended |set out "
    r"|provided |included |presented )?(?:at|as|in) (?:an )?Appendix\b"
)
_OWNED_BY = re.compile(rf"{_DOC} is in place [^.]{{3,60}}?, owned by (?:the )?(?P<who>[A-Z][\w ]+?)(?= and|[.,;]|$)")
_MUST_PREPARE = re.compile(
    rf"\b(?:shall|must|required to|required by [^.]{{3,80}}? to|requires? .{{3,60}}? to)(?: be to)? (?:also )?"
    rf"(?:prepare|produce|publish"
    rf"|formulate)(?: and (?:implement|publish))? (?:an? |the |their |its )?{_DOC}"
)
_SHALL_ITEM = re.compile(
    rf"^(?:\w+ (?:the end|the start) of each year, )?(?:shall (?:be to )?)?[Pp]repare (?:an? |the )?{_DOC}"
)
_EMPTY = re.compile(
    r"^(?:(?:two|three|four|\w+ year|several|\d+) (?:reports?|programmes?|plans?)|reports|plans|the|this|a|an|new"
    r"|second|full|final|draft|report|plan|strategy|assessment|further|policy|programme|agreement|action|package"
    r"|statement|code|further report|separate report|this report|draft report|panel report|detailed update|copy"
    r"|review|updated|strategies|findings|training)$",
    re.IGNORECASE,
)
_NOT_DOCS = re.compile(
    r"\b(?:Police Uplift|work programme to|change programme|training programme|apprentice|pilot programme|degree"
    r"|entry programme|improvement programme|perpetrator programme|Assurance|communities"
    r"|engagement programme|education programme|delivery of)",
    re.IGNORECASE,
)
_RELATION = (
    (re.compile(r"^publish|^launch|^issu|^releas"), "publishes"),
    (re.compile(r"^adopt|^introduc|^implement"), "owns"),
)


def find(context: Context) -> Iterator[Fact]:
    """Find who prepares, owns and publishes which document."""
    for sentence in context.paper.sentences():
        if sentence.passage.kind in ("heading", "row"):
            continue
        for rule in (_made, _owned, _named, _passive, _reports, _in_law):
            yield from rule(context, sentence)
        for who, relation, doc, name, span in documents(context, sentence):
            yield from _fact(context, sentence, who, relation, doc, name, span)


_DUTY_DOC = re.compile(
    r"^(?:prepare|produce|publish|formulate|develop|carry out|undertake|conduct|complete|review)"
    r"(?:(?:,| and|, and)(?: (?:performance|then|annually))? \w+)* (?:an?|the|its|their) "
    r"(?P<doc>[\w'&/ -]*?(?:[Pp]lan|[Ss]trategy|[Aa]ssessment|[Rr]eport|[Aa]greement|[Aa]udit|[Pp]rotocol|[Rr]eview"
    r"|[Ss]tatement)s?(?: for (?:the )?(?:provision|delivery) of [\w']+(?: [\w']+)?(?= to | in |,|$| having "
    r"))?)\b(?: and "
    r"(?:an? |the |its )?(?P<two>[\w'&/ -]*?(?:[Pp]lan|[Ss]trategy|[Aa]ssessment"
    r"|[Rr]eport))\b)?"
)
_DUTY_DOCS = re.compile(
    r"^(?:prepare|produce|publish|formulate|develop)(?: and \w+)? (?P<doc>[\w'&/, -]*?(?:[Pp]lan|[Ss]trateg(?:y|ies)"
    r"|[Aa]ssessment|[Rr]eport)s?)\b"
)


def _one(doc: str) -> str:
    """A document's name in the singular and small letters, to see that two names are one."""
    return re.sub(r"strategies$", "strategy", doc.casefold()).removesuffix("s")


def made_by_duty(context: Context, found: Sequence[Fact]) -> list[Fact]:
    """Find the documents that a duty makes its holder prepare, where the paper says of no other maker there.

    Args:
        context: the paper.
        found: the statements found so far.

    Returns:
        Statements of the kind product, each with the words of its duty.
    """
    told = {fact.passage for fact in found if fact.kind == "product"}
    known = {(fact.subject, _one(fact.object)) for fact in found if fact.kind == "product"}
    made = []
    for fact in found:
        if fact.kind != "duty" or fact.relation != "hasDuty" or fact.passage in told:
            continue
        parts = re.split(r",\s+(?:and\s+)?(?=prepare|produce|publish|develop)", fact.object)
        found_docs = [_DUTY_DOC.match(part) or _DUTY_DOCS.match(part) for part in parts]
        for doc in (doc for match in found_docs if match for doc in match.groupdict().values()):
            name = _document(context, re.sub(r"^(?:evidence[- ]led|new|draft) ", "", doc), 16) if doc else ""
            relation = "publishes" if fact.object.startswith("publish") else "prepares"
            if name and (fact.subject, _one(name)) not in known:
                place = (fact.locator, fact.quote, "must-make", fact.certainty)
                made.append(Fact("product", fact.subject, relation, name, *place, passage=fact.passage))
    return made


def _fact(
    context: Context,
    sentence: Sentence,
    who: str,
    relation: str,
    doc: str,
    rule: str,
    span: tuple[int, int],
    certainty: str = "stated",
) -> Iterator[Fact]:
    doc = _document(context, doc, longest=16 if rule == "titled" else 11)
    if not who or not doc or len(who) > 90:
        return
    text = sentence.text
    every, due = _EVERY.search(text), _DUE.search(text[span[0] :])
    more = {
        "frequency": every["every"].lower() if every else "",
        "deadline": printed_date(due["when"]) or "" if due else "",
    }
    when = re.search(r"\b(?:in|on) (?P<when>(?:\d{1,2}(?:st|nd|rd|th)? )?(?:[A-Z][a-z]+ )?20\d\d)\b", text)
    on = printed_date(when["when"]) if when and relation == "publishes" else None
    for one in _split(doc):
        yield Fact(
            "product",
            who,
            relation,
            one,
            sentence.passage.locator,
            sentence.quote(*span),
            rule,
            certainty,
            on=on,
            more=more,
            passage=sentence.passage.number,
        )


def _split(doc: str) -> list[str]:
    """Two documents in one phrase: "a strategic delivery plan and performance framework"."""
    found = re.fullmatch(
        r"(?P<one>.+? (?:plan|strategy|agreement)) (?:and|with) (?:a |an )?(?:supporting )?(?P<two>(?:\w+ )?"
        r"(?:framework|assessment|strategy|report))",
        doc,
    )
    return [found["one"], found["two"]] if found and "strategy and delivery plan" not in doc else [doc]


def _document(context: Context, printed: str, longest: int = 11) -> str:
    if printed.startswith("to "):
        return ""
    doc = re.sub(r"\s*\([A-Z]{2,8}\)", "", printed)
    doc = re.sub(r"^.*\b(?:called|titled|entitled) ", "", doc)
    doc = re.sub(
        rf"^(?:[\w'-]+ )*?(?:how|about|that|with) (?:the|an?|its|their) (?:new )?(?=[\w-]+(?: [\w-]+)* ?{_HEADS})",
        "",
        doc,
    )
    doc = tidy(
        re.sub(
            r"^(?:(?:new|updated|draft|revised|final|first|own|more|comprehensive|an?|the|its|their|his|my|of|and"
            r"|that|to|series of) )+",
            "",
            context.expand(doc),
        )
    )
    doc = re.sub(r" (?:for|of|on) (?:the|each|every|a|and|in|to)$| (?:in|to|the|and|of|for)$", "", doc)
    if re.match(r"(?:review|as|which|how|that|single|in|what|who|part|with|by|Head of|ensure|support)\b", doc):
        return ""
    if re.search(r"\b(?:delivered|these|those)\b", doc):
        return ""
    if _EMPTY.match(doc) or len(doc) < 6 or len(doc.split()) > longest or _NOT_DOCS.search(doc):
        return ""
    return doc


def _maker(context: Context, printed: str, sentence: Sentence) -> str:
    """Who makes a document; "the force", "the CDPs", "I" spelt out."""
    if re.match(r"[A-Z]'s ", printed):
        return ""
    printed = re.sub(r" (?:have|has|are|is|were|was) .*$", "", printed)
    printed = re.sub(r"^(?:for|to|of|by) (?=[A-Z])", "", printed)
    these = re.match(r"These (?P<noun>[a-z]+s)$", printed)
    if these:
        named = re.findall(rf"(?:[A-Z][\w-]* ){{1,4}}(?i:{these['noun']})\b", sentence.passage.text[: sentence.start])
        return tidy(named[-1]) if named else ""
    printed = re.sub(
        r"^.*\b(?:that|and|where|when|as|which|whilst|year|Plan) (?=(?:I|the [A-Z]|The [A-Z]|my|PCC)\b)", "", printed
    )
    if re.fullmatch(
        r"[Ww]e|[Tt]his|[Tt]hese(?: \w+)?|[Ii]t|[Tt]hey|There|In|As|A|An|Following|During|Since|Work|Part|One", printed
    ):
        return ""
    name = context.name(printed, passage=sentence.passage)
    name = re.sub(r"^Community Safety Partnership (?=strategy group$)", "CSP ", name)
    if re.fullmatch(r"(?:Board|board|group|Group|partnership|Partnership|Panel|panel)", name):
        name = last_group(context, sentence, sentence.text.find(printed))
    if (
        re.match(r"[Tt]he ", printed)
        and name
        and name[0].islower()
        and not re.search(r"(?:group|board|panel|police|partners|authorities)$", name)
    ):
        return ""
    if not re.search(
        r"[A-Z]{2}|[A-Z][a-z]+ [A-Z]|[Cc]ommissioner|[Ff]orce|group|board|Government|Police|^I$|office|Panel"
        r"|Partnerships?|Home|partners|police",
        printed + name,
    ):
        return ""
    return fuller_group(context, name, sentence.passage)


def _made(context: Context, sentence: Sentence) -> Iterator[Fact]:
    text = sentence.text
    for match in _MADE.finditer(text if _MAKING.search(text) else ""):
        if re.search(
            r"\b(?:not|never|could|would|may|should|might|recommend\w*|consider\w*)\b",
            match[0].split(match["verb"])[0][-40:],
        ):
            continue
        if match["verb"] == "draft" and re.search(r" (?:the|an?|his|her|its|their|my|our)$", match["who"]):
            continue  # "presented the draft report"
        who = _maker(context, match["who"], sentence)
        relation = next((name for pattern, name in _RELATION if pattern.match(match["verb"])), "prepares")
        yield from _fact(context, sentence, who, relation, match["doc"], "makes", match.span())
    for match in _IN_PLACE.finditer(text if "in place" in text else ""):
        yield from _fact(
            context,
            sentence,
            _maker(context, match["who"], sentence),
            "prepares",
            match["doc"],
            "has-in-place",
            match.span(),
        )


def _owned(context: Context, sentence: Sentence) -> Iterator[Fact]:
    text = sentence.text
    if context.first_person:
        for match in _MY.finditer(text):
            published = re.search(r"\bpublished\b", text[match.end() : match.end() + 60])
            yield from _fact(
                context,
                sentence,
                context.commissioner,
                "publishes" if published else "owns",
                match["doc"],
                "my-document",
                (max(0, match.start() - 20), match.end() + 20),
            )
    for match in re.finditer(
        r"\b(?:the )?(?:PCC|Commissioner)'s (?P<doc>(?:[A-Z][\w'&-]* (?:and )?){1,6}(?:Plan|Strategy))(?! and)", text
    ):
        yield from _fact(context, sentence, context.commissioner, "owns", match["doc"], "his-document", match.span())
    for match in _OWNED_BY.finditer(text if "owned by" in text else ""):
        yield from _fact(
            context, sentence, context.expand(match["who"]), "owns", match["doc"], "owned-by", match.span()
        )
    for match in _ENTERED.finditer(text if "entered into" in text else ""):
        who = _maker(context, re.sub(r"^.*, ", "", match["who"]), sentence)
        yield from _fact(
            context,
            sentence,
            re.sub(r"^.*?(?=Police and Crime)", "", who) if "years" in who else who,
            "owns",
            match["doc"],
            "entered-into",
            match.span(),
        )


def _named(context: Context, sentence: Sentence) -> Iterator[Fact]:
    """Documents by their titles: titled plans, named policies, findings of reviews, annual reports."""
    text = sentence.text
    for match in _TITLED.finditer(text if "'s " in text else ""):
        who = context.name(match["who"])
        yield from _fact(context, sentence, who, "publishes", match["doc"], "titled", match.span())
    for match in _NAMED_POLICY.finditer(text if "'" in text else ""):
        doc = f"{match['doc']} {match['noun']}"
        yield from _fact(
            context, sentence, _maker(context, match["who"], sentence), "owns", doc, "named-policy", match.span()
        )
    for match in re.finditer(
        r"(?P<who>[A-Z][\w ]{3,60}?)(?: \([A-Z]+\))? published its (?:\w+ )?report:? '(?P<doc>[^']{8,120})'", text
    ):
        yield from _fact(
            context, sentence, context.name(match["who"]), "publishes", match["doc"], "its-report", match.span()
        )
    for match in re.finditer(
        rf"\b(?:role|part) in (?:producing|developing|preparing|drafting) (?:the |its |an? )?{_DOC}", text
    ):
        who = last_group(context, sentence, match.start())
        yield from _fact(context, sentence, who, "prepares", match["doc"], "role-in-producing", match.span())
    yield from _by_context(context, sentence)
    for match in _FINDINGS.finditer(text):
        yield from _fact(
            context,
            sentence,
            context.name(match["who"]),
            "publishes",
            match["doc"].replace(" its ", " "),
            "findings",
            match.span(),
        )
    for match in _REVIEWS.finditer(text if "review" in text else ""):
        relation = "owns" if match["verb"].startswith("will") else "prepares"
        yield from _fact(
            context, sentence, _maker(context, match["who"], sentence), relation, match["doc"], "reviews", match.span()
        )
    for match in _ANNUAL.finditer(text) if sentence.passage.kind != "heading" else ():
        if context.area and re.search(r"\bPCC|[Cc]ommissioner|\bI\b", " ".join((*sentence.passage.headings, text))):
            yield from _fact(
                context,
                sentence,
                context.commissioner,
                "prepares",
                f"annual report {match['year']}",
                "annual-report",
                match.span(),
            )


def _by_context(context: Context, sentence: Sentence) -> Iterator[Fact]:
    """Documents whose maker stands in their own name: a force's report in an appendix, a plan being developed."""
    text = sentence.text
    for match in _DEVELOPMENT.finditer(text):
        who = _maker(context, match["who"], sentence)
        yield from _fact(context, sentence, who, "prepares", match["doc"], "development-of", match.span())
    for match in _APPENDED.finditer(text if "Appendix" in text else ""):
        own = re.search(rf"\b(?:force|{re.escape(context.force)})\b", match["doc"])
        who = context.force if own else ""
        yield from _fact(context, sentence, who, "prepares", match["doc"], "appended", match.span())


def _passive(context: Context, sentence: Sentence) -> Iterator[Fact]:
    for match in _PASSIVE.finditer(sentence.text if " by " in sentence.text else ""):
        if not match["who"] or re.search(r"[.;]", match[0]):
            continue
        relation = next((name for pattern, name in _RELATION if pattern.match(match["verb"])), "prepares")
        yield from _fact(
            context, sentence, _maker(context, match["who"], sentence), relation, match["doc"], "made-by", match.span()
        )


def _reports(context: Context, sentence: Sentence) -> Iterator[Fact]:
    """Items such as "Monthly performance reports for each group" under the heading of the posts that write them."""
    passage = sentence.passage
    match = _FREQUENT.match(sentence.text)
    if not match or passage.kind != "item":
        return
    title = section_title(passage)
    if not re.search(r"(?:Analysts?|Officers?|Coordinators?|Team|Unit)$", title) or match["every"] == "Bespoke":
        return
    to = re.search(r"(?:\bfor|\bto)(?: the| each)? (?P<who>[A-Z][\w' ]+?)(?: \(|,| and attendance|\.|$)", match["rest"])
    doc = re.sub(r"/analytical|, and bespoke.*|CSP (?=Performance)", "", match["doc"].strip())
    doc = re.sub(r"reports?(?:ing)?$", "report", doc.strip())
    doc = re.sub(r"^Performance", "performance", doc)
    if to:
        doc += f" for {context.expand(to['who']).strip()}"
    yield Fact(
        "product",
        title,
        "prepares",
        doc,
        passage.locator,
        sentence.quote(),
        "regular-reports",
        more={"frequency": match["every"].lower()},
        passage=passage.number,
    )


def _in_law(context: Context, sentence: Sentence) -> Iterator[Fact]:
    """What a group must prepare, with the holder that the duty rules find."""
    passage, text = sentence.passage, sentence.text
    match = _MUST_PREPARE.search(text) or (_SHALL_ITEM.match(text) if passage.kind == "item" else None)
    if not match:
        return
    item = passage.kind == "item" and passage.lead is not None
    who = (holder_of(context, sentence, 0) if item else "") or holder_of(context, sentence, match.start())
    local = (
        re.search(r"\(i\.?e\.? (?P<who>[A-Z]{3,}|[A-Z][\w ]+)\)", context.paper.passages[passage.lead or 0].text)
        if item
        else None
    )
    if local:
        who = context.name(local["who"])
    yield from _fact(context, sentence, who, "prepares", match["doc"], "must-prepare", match.span())
