"""Duties and powers: who must, may, need not or cannot do what, and what stands behind it - law, policy, a proposal.

Anything but law that were shown as a statutory duty would harm those who rely on it: a duty has the force ``law`` only
where the sentence, the words that lead its list in, or its section set out legislation; recommendations, options and
consultations are ``proposedDuty``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..loaders.papers.model import Sentence
from .citing import find_citations
from .context import COMMISSIONER, Context, tidy
from .groups import groups_in
from .holders import HOLDER, NOUN, holder_of, holders_in, leading_holder, one_holder
from .legislation import law_of
from .model import Fact
from .obligations import obligations
from .proposals import duty_fact, first_clause, proposals
from .scope import scheme_of_passage
from .structure import scheme_before

_MUST = (
    r"(?:must(?: then| also)?|shall(?: also)?|(?:is|are|am) (?:also )?(?:required(?: by law| by statute| under "
    r"(?:the )?(?:[A-Z][\w,]* |and |of )+\d{4})?(?: by the (?:[A-Z][\w]* |and )+\d{4})?|obliged|legally bound"
    r"|under a (?:statutory |legal )?duty) to|ha(?:s|ve) (?:a|the|an) (?:statutory |legal |mutual |reciprocal )?"
    r"(?:duty|responsibility|obligation) to|owe responsibility to)"
)
_MAY = r"(?:may(?: also| choose to)?|can(?: also)?|ha(?:s|ve) (?:the|a) (?:statutory )?power to)"
_ACTIVE = re.compile(
    rf"(?:^|(?<=[\s(\"'])){HOLDER},? (?P<modal>{_MUST}|{_MAY})-? (?:\([^)]{{3,90}}\)\)? )?(?:\([a-z]\) )?"
    rf"(?:in exercising their functions, )?(?P<act>(?!be (?:at|expected|considered|found"
    rf"|viewed|used)\b)[a-z].*)"
)
_REQUIRES = re.compile(
    r"\b(?P<by>requires?|requiring|places? an? (?:mutual |statutory |reciprocal )?(?:duty|obligation) on"
    r"|placed an? (?:obligation|duty) on|gives?|will require|[Tt]here is (?:also )?an? (?:similar )?"
    r"(?:mutual |statutory |reciprocal |legal )+duty on) (?P<who>(?:the |an? )?(?:[A-Z][\w'&-]*|[a-z]+,?|and"
    r"|of|for|the|specified)(?: (?:\(?[A-Z][\w'&(),-]*|[a-z]+,?|and)){0,24}?) (?:to|a role to|a duty to"
    r"|the power to) (?P<act>[a-z].*)"
)
_AND_FOR = re.compile(
    r"\b(?P<by>requires?) [^.]{5,240}? and for (?P<who>(?:the |an? )?(?:[A-Z][\w'&-]*|[a-z]+)(?: (?:[A-Z][\w'&-]*"
    r"|[a-z]+)){0,10}?) to (?P<act>[a-z].*)"
)
_REQUIREMENT = re.compile(
    r"\b(?P<by>(?:statutory|legal) requirement) (?:for|on) (?:an? (?:local )?(?:body|group|partnership) of )?'?"
    r"(?P<who>(?:the |an? )?(?:[A-Z][\w&-]*|[a-z]+)(?: (?:[A-Z][\w&-]*|[a-z]+)){0,6}?)'? to (?P<act>[a-z].*)"
)
_PASSIVE = re.compile(
    r"^(?P<what>(?:A copy of )?(?:[Tt]he |[Aa]n? )?[\w ]{3,60}?) (?:must|shall) be (?P<done>sent|given|published"
    r"|considered|submitted|provided|reviewed)\b(?P<rest>.*)"
)
_NO = (
    (re.compile(r"\b(?:but )?cannot (?P<act>(?!be\b)[a-z].{3,120})"), "hasNoPower"),
    (
        re.compile(
            r"\b(?:but )?(?:is|are) (?:under )?no(?:t under any)? (?:legal )?obligation to (?P<act>[\w ]{3,80})"
        ),
        "hasNoDuty",
    ),
    (
        re.compile(r"\b[Tt]here is no (?:legal |statutory )?(?:obligation|duty|requirement) to (?P<act>[\w ]{3,80})"),
        "hasNoDuty",
    ),
    (
        re.compile(r"\b(?:is|are) not (?:itself |themselves )?(?:subject to|bound by) (?P<act>the [\w ]{3,60})"),
        "hasNoDuty",
    ),
    (re.compile(r"\bdo(?:es)? not (?:generally |normally )?owe (?P<act>an? [\w -]{3,110})"), "hasNoDuty"),
    (re.compile(r"\b(?:is|are) not (?:required|obliged) to (?P<act>[\w ]{3,80})"), "hasNoDuty"),
    (re.compile(r"\b(?:is|are) not responsible for (?P<act>[\w ]{3,60})"), "hasNoDuty"),
)
_POWER_OF = re.compile(r"^(?:\([a-z]\) )?[Tt]he power (?:to|of) (?P<act>.{5,200})")
_RESPONSIBLE = re.compile(
    rf"{HOLDER} (?:is|are) responsible for (?P<act>[a-z]+ing .{{5,160}})|(?P<own>I|PCCs?|[Tt]he PCC) ha(?:s|ve"
    rf"|d) (?:had )?(?:a )?(?:statutory )?responsibility (?:for|to) (?P<do>.{{5,160}})"
)
_STATUTORY_FOR = re.compile(
    r"(?P<what>[\w' -]{4,60}?) \(a statutory (?P<kind>responsibility|duty|counter-terrorism duty)(?: of "
    r"(?P<who>CSPs?|PCCs?|[\w ]+?)(?=[),])| that applies to (?:the same )?(?P<to>[\w ]+?)(?= as|[,)]))"
)
_STATUTORY_DUTY = re.compile(
    r"\bmy statutory (?:duty|responsibility)\b|\bimportant part of my role to (?P<act>.{5,120})"
    r"|\bThis is a statutory responsibility\b"
)
_DUE_REGARD = re.compile(r"\bmust be given due regard by (?P<who>PCCs?|[\w ]{3,40}?)(?P<rest> when .*)?(?=[.,]|$)")
_OBLIGED = re.compile(r"\bthere is (?:also )?an obligation to (?P<act>.{5,120})")
_BY_LAW = re.compile(
    r"\band (?:is|are) required by law to (?P<act>.{5,140})|\b[Ii]t is a statutory requirement to (?P<do>.{5,120})"
)
_HAS_DUTY = re.compile(
    r"\bit has an? (?:[A-Z][\w ]+ )?Duty under the [^.]{5,60}? to (?P<act>have due regard[^.]{0,100})"
)
_AS_REQUIRED = re.compile(rf"\b[Aa]s required by law, {HOLDER} (?:has|have) (?P<act>[a-z]+ .*)")
_REGARD_WHO = re.compile(
    r"\bto the (?P<who>PCC|Panel|Commissioner|Chief Constable),? (?:who|which) must (?P<act>.{5,80})|, which the "
    r"(?P<two>PCC|Panel|Commissioner) must (?P<do>.{3,60})"
)
_UNDER_LAW = re.compile(
    r"\bcore (?:duties|functions) under (?:the )?(?P<law>common law|[A-Z][\w ]+) are\b"
    r"|\bPolice owe responsibility to (?P<act>take all reasonable measures)"
)
_OWN_DUTIES = re.compile(
    r"\b(?P<whose>[Mm]y|[Tt]he|[Tt]heir) (?:(?:primary|main|key|core|statutory|legal) )+(?:obligations|duties"
    r"|responsibilities) (?:as|of) (?:an? |the )?(?:(?i:police and crime commissioners?)|PCCs?)\b"
)
_MY_RESPONSIBILITY = re.compile(
    r"\b(?:fulfil|discharge|meet|exercise|perform|deliver)(?:s|l?ing|ing)? my (?P<legal>statutory |legal )?"
    r"(?:responsibility|duty|obligation) to (?P<act>[a-z].{5,160})"
)
_STATUTORY_CORE = re.compile(r"secure the maintenance of|hold .{3,40} to account")
"""What section 1 of the Police Reform and Social Responsibility Act 2011 asks of a commissioner, in papers' words."""
_MODAL = re.compile(rf"\b(?:{_MUST}|{_MAY})")
_PARTS = re.compile(r"(?:;\s*(?:and\s+)?|,?\s+and\s+|,?\s+but\s+)(?=(?:also )?(?:must|shall|may|can)\b (?!be\b))")
_LEGAL_TITLE = re.compile(
    r"\b(?:[Ll]egislation|[Ll]egal|Act|Regulations?|Duty|[Ss]tatutory|Agreement|Plan|Assessment|Group|Strateg\w+"
    r"|Order|Background|Authorities)\b"
)
_PAST_OR_OPTION = re.compile(r"\b(?:would|could|might|if)\b")


def find(context: Context) -> Iterator[Fact]:
    """Find duties, powers and their denials, and what is only proposed."""
    laws = law_of(context)
    section: dict[tuple[str, ...], str] = {}
    for passage in context.paper.passages:
        if passage.kind in ("heading", "row"):
            continue
        own = laws.get(passage.number, "")
        key = (*passage.headings, str(passage.report))
        carried = section.get(key, "") if re.search(_LEGAL_TITLE, " ".join(passage.headings[-2:])) else ""
        if own:
            section[key] = own
        recent = next((laws[at] for at in range(passage.number - 1, passage.number - 12, -1) if at in laws), "")
        for sentence in passage.sentences:
            if re.search(r"\b(?:your crime|contact you|tell you)\b", sentence.text):
                continue
            yield from _sentence(context, sentence, own, carried, recent)


def _sentence(context: Context, sentence: Sentence, own: str, carried: str, recent: str) -> Iterator[Fact]:
    proposed = list(proposals(context, sentence))
    if proposed:
        yield from proposed
        return
    law = own or carried or _words_of_law(sentence.text)
    found = [*_denials(context, sentence, law), *_special(context, sentence, law)]
    if law:
        found += _listed(context, sentence, law)
        found += _active(context, sentence, law, bool(own))
        found += _required(context, sentence, law)
        found += _passive(context, sentence, law)
    yield from found
    if not found:  # the wider ways of saying so, where the narrower find nothing
        yield from obligations(context, sentence, law or recent, bool(own))


def _words_of_law(text: str) -> str:
    return (
        "law"
        if re.search(
            r"\b(?:by law|statutory (?:duty|responsibility|obligation|requirement)|legal(?:ly)? (?:duty|bound"
            r"|obligation)|common law)\b",
            text,
        )
        else ""
    )


# The rules


def _listed(context: Context, sentence: Sentence, law: str) -> Iterator[Fact]:
    """An item of a list that a holder leads in: "each strategy group: - shall …; and …"."""
    passage = sentence.passage
    if passage.lead is None or sentence.start:
        return
    lead = context.paper.passages[passage.lead]
    text = sentence.text
    power = _POWER_OF.match(text)
    outer = context.paper.passages[lead.lead] if lead.lead is not None else None
    who = (
        leading_holder(context, lead)
        or (leading_holder(context, outer) if outer else "")
        or (holder_of(context, sentence, 0) if power or re.search(r"\bincluding to:?$", lead.text) else "")
    )
    if not who:
        return
    if power:
        act = re.split(r",? which the |,? who must", power["act"])[0]
        yield from duty_fact(
            sentence, who, "hasPower", re.sub(r"^veto", "veto", act), "power-in-list", (0, len(text)), law
        )
        return
    strategies = re.search(r"\bstrategies that must be '?(?P<do>[\w ]+)'? by\b", lead.text)
    if re.match(r"a strateg(?:y|ies) for\W*$", text):
        return
    if strategies or re.match(r"a strateg(?:y|ies) for", text):
        yield from duty_fact(
            sentence, who, "hasDuty", f"formulate and implement {text}", "strategy-in-list", (0, len(text)), law
        )
        return
    modal = re.search(
        r"\b(?P<modal>shall|must|may|can)(?: \w+)?[\s:—-]*$|\bincluding to:?\s*$|\brequired to[:\s]*$", lead.text
    )
    first = re.match(r"(?P<modal>shall|must|may|can)\b", text)
    nested = context.paper.passages[lead.lead] if lead.lead is not None else None
    if not modal and not first and nested is not None and re.match(r"a strateg(?:y|ies) for", lead.text):
        yield from duty_fact(
            sentence,
            who,
            "hasDuty",
            f"formulate and implement a strategy for {text}",
            "strategy-in-list",
            (0, len(text)),
            law,
        )
        return
    if not (modal or first):
        return
    for part in _PARTS.split(text):
        yield from _part(context, sentence, who, part, modal, law)


def _part(
    context: Context, sentence: Sentence, who: str, part: str, modal: re.Match[str] | None, law: str
) -> Iterator[Fact]:
    own = re.match(r"(?:also )?(?P<modal>shall|must|may|can)(?: be to)?\s+", part)
    word = own["modal"] if own else (modal["modal"] if modal and modal.groupdict().get("modal") else "shall")
    act = part[own.end() :] if own else part
    place = sentence.text.find(part)
    appointed = re.match(
        r"consist of (?P<what>[\w ]+ persons) appointed by (?:one or more of )?(?:the )?(?P<by>[\w ]+authorities)", act
    )
    invited = re.search(r"\bsuch other persons as the (?P<by>[\w ]+?) invites\b", act)
    if appointed:
        group = who
        yield from duty_fact(
            sentence,
            one_holder(context, appointed["by"], True),
            "hasDuty",
            f"appoint {appointed['what']} to the {group}",
            "appointed-by",
            (place, place + len(part)),
            law,
            toward=group,
        )
    elif invited:
        start = sentence.text.find("such other persons")
        yield from duty_fact(
            sentence,
            who,
            "hasPower",
            "invite other persons to attend",
            "invites",
            (max(place, start), len(sentence.text)),
            law,
        )
    else:
        for piece in _conjoined(act):
            start = sentence.text.find(piece)
            yield from duty_fact(
                sentence,
                who,
                "hasPower" if word in ("may", "can") else "hasDuty",
                piece,
                "item-of-list",
                (max(0, start - 6), start + len(piece)),
                law,
            )
    jointly = re.search(r"\bthose (?P<who>providers)\b shall (?P<act>.*)", part)
    if jointly:
        start = sentence.text.find(jointly[0])
        yield from duty_fact(
            sentence,
            "providers of probation services",
            "hasDuty",
            jointly["act"],
            "those-shall",
            (start, start + len(jointly[0])),
            law,
        )


def _conjoined(act: str) -> list[str]:
    """Two actions in one: "obtain …; including the holding of …"; "X; and prepare Y"."""
    parts = re.split(
        r";\s*(?:and\s+)?(?:including\s+)?(?=(?:prepare|implement|the holding|publish|send|provide)\b)", act
    )
    return [part for part in parts if len(part) > 8]


def _active(context: Context, sentence: Sentence, law: str, own: bool) -> Iterator[Fact]:
    text = sentence.text
    for match in _ACTIVE.finditer(text if _MODAL.search(text) else ""):
        power = re.match(_MAY, match["modal"])
        legal = own or re.search(r"\b(?:statutory|law|legal|required)\b", match["modal"])
        if power and not (
            own or re.search(r"[Ll]egislation|Act\b|Regulations", " ".join(sentence.passage.headings[-2:]))
        ):
            continue
        if not power and not legal and not re.match(r"must|shall", match["modal"]):
            continue
        if re.search(
            r"\b(?:steps|ways?|how|matters|functions|what)(?: in which| that| which)? (?:[Tt]he )?"
            r"$",
            text[max(0, match.start() - 14) : match.start()],
        ):
            continue
        if _PAST_OR_OPTION.search(text[max(0, match.start() - 30) : match.start()]) or re.match(
            r"(?:be|have been|no longer|owe|meet the requirements)\b", match["act"]
        ):
            continue
        names = holders_in(context, match["who"], True) or (
            [holder_of(context, sentence, match.start())] if match["who"] in ("They", "they") else []
        )
        if names == [COMMISSIONER] and re.search(r"\bthe Panel\b", text):
            names = [context.commissioner]  # a report to a panel speaks of its own commissioner
        if COMMISSIONER in names and {context.force, context.panel} & set(names):
            names = [context.commissioner if name == COMMISSIONER else name for name in names]  # beside a local body
        yield from _split_actions(context, sentence, match, names, "hasPower" if power else "hasDuty", law)


def _lettered(act: str) -> list[str]:
    """Actions under letters in running text: "(a) give a response, and (b) publish it"; none if it has no letters.

    >>> _lettered("(a) give a response ... and (b) publish it"), _lettered("report on (a) crime, and (b) fire")
    (['give a response', 'publish it'], [])
    """
    if not re.match(r"[\s—–-]*\(a\) ", act):
        return []
    return [re.sub(r"[\s.,;…]*(?:\band)?\s*$", "", part) for part in re.split(r"\([a-h]\) ", act)[1:]]


def _split_actions(
    context: Context, sentence: Sentence, match: re.Match[str], names: list[str], relation: str, law: str
) -> Iterator[Fact]:
    lettered = _lettered(f"{match[0][: match.start('act') - match.start()][-4:]}{match['act']}")
    parts = lettered or _PARTS.split(match["act"])
    place = match.start()
    for number, part in enumerate(parts):
        inner = re.match(r"(?P<modal>must|shall|may|can)(?: choose to| then| also)? (?P<act>.*)", part)
        if number and not inner and not lettered:
            continue
        now = relation if not inner else ("hasPower" if inner["modal"] in ("may", "can") else "hasDuty")
        act = inner["act"] if inner else part
        start = place if not number else sentence.text.find(part, place)
        for name in names:
            other = next((one for one in names if one != name), "")
            said = act.replace("each other's", f"the {other}'s").replace("each other", f"the {other}") if other else act
            end = sentence.text.find(act, start) + len(first_clause(act))
            yield from duty_fact(sentence, name, now, said, "modal", (start, max(end, start + 20)), law, toward=other)


def _required(context: Context, sentence: Sentence, law: str) -> Iterator[Fact]:
    text = "" if _POWER_OF.match(sentence.text) else sentence.text
    for match in (*_REQUIRES.finditer(text), *_AND_FOR.finditer(text), *_REQUIREMENT.finditer(text)):
        printed = re.sub(r"\s*\([^)]*\)", "", match["who"])
        listed = (
            [
                part
                for part in re.split(
                    r",\s*(?:and\s+)?|(?<!fire)\s+and\s+(?=[a-z]+ authorities|responsible|health|CSPs)", printed
                )
                if part
            ]
            if "," in printed
            else re.split(r"\s+and\s+(?=(?:[a-z]+ ){0,3}(?:authorities|bodies|agencies)\b|CSPs)", printed)
        )
        relation = "hasPower" if re.search(r"\bgives?\b", match["by"]) else "hasDuty"
        span = (match.start(), match.start("act") + len(first_clause(match["act"])))
        parts = [re.sub(r" in (?:Community Safety Partnerships|CSPs).*", "", part).strip() for part in listed]
        bound = [part for part in parts if re.search(rf"{NOUN}$", part)]
        names = [name for part in bound for name in holders_in(context, part, True)]
        for name in names:
            others = [other for other in names if other != name]
            act = match["act"].replace("each other", f"the {others[0]}") if len(others) == 1 else match["act"]
            yield from duty_fact(sentence, name, relation, act, "law-requires", span, law)


def _passive(context: Context, sentence: Sentence, law: str) -> Iterator[Fact]:
    match = _PASSIVE.match(sentence.text)
    if not match:
        inner = re.search(
            r"\b(?P<what>the [\w ]{3,40}?) must be (?P<done>considered|reviewed|sent) (?P<rest>.*)", sentence.text
        )
        match = inner if inner else None
    if match is None:
        return
    who = holder_of(context, sentence, 0)
    verb = {
        "sent": "send",
        "given": "give",
        "published": "publish",
        "considered": "consider",
        "submitted": "submit",
        "provided": "provide",
        "reviewed": "review",
    }[match["done"]]
    if who:
        yield from duty_fact(
            sentence,
            who,
            "hasDuty",
            f"{verb} {match['what'][:1].lower() + match['what'][1:]} {match['rest'].strip()}",
            "must-be-done",
            (match.start(), len(sentence.text)),
            law,
        )


def _denials(context: Context, sentence: Sentence, law: str) -> Iterator[Fact]:
    text = sentence.text
    for pattern, relation in _NO:
        for match in pattern.finditer(text):
            before = [found for found in _holders_before(text, match.start()) if found["who"]]
            after = re.match(r", but the (?P<who>PCC|Commissioner)", text[match.end() :]) if not before else None
            names = [name for found in before[:1] for name in holders_in(context, found["who"], True)]
            if after:
                names = [context.name(after["who"], law=True)]
            if not names and "obligation" in match[0]:
                names = [holder_of(context, sentence, match.start())]
            legal = law or (relation == "hasNoDuty" and re.search(r"\bobligation|subject to|owe|Duty\b", match[0]))
            act = match["act"]
            if re.match(r"do so\b", act):
                said = re.search(r"\b(?:can|may) (?P<act>.*)", text[: match.start()])
                if not said:
                    continue
                act = said["act"]
            for name in names:
                if name and legal:
                    start = before[-1].start() if before else match.start()
                    start = start if match.start() - start < 80 else match.start()
                    yield from duty_fact(sentence, name, relation, act, "denial", (start, match.end()), law)


def _holders_before(text: str, place: int) -> list[re.Match[str]]:
    """The holders that a clause names before a place, none of them part of the title of an Act."""
    titles = [(item.start, item.end) for item in find_citations(text)]
    found = [
        match for match in re.finditer(HOLDER, text[:place]) if not re.search(r"[.;:] ", text[match.end() : place])
    ]
    return [match for match in found if not any(start < match.end() and match.start() < end for start, end in titles)]


def _special(context: Context, sentence: Sentence, law: str) -> Iterator[Fact]:
    """Forms of their own: "a statutory responsibility of CSPs", "my statutory duty", "as required by law"."""
    text = sentence.text
    for match in _STATUTORY_FOR.finditer(text):
        who = match["who"] or match["to"] or ""
        what = tidy(re.sub(r"^funding for ", "", match["what"]))
        act = f"carry out {what}" if match["kind"] == "responsibility" else f"comply with the {what} duty"
        holder = "responsible authorities" if "responsible authorities" in who else one_holder(context, who, True)
        yield from duty_fact(sentence, holder, "hasDuty", act, "statutory-of", match.span(), law)
    for match in _STATUTORY_DUTY.finditer(text):
        scheme = "" if match["act"] else (scheme_before(context, sentence, "schemes?") or "")
        if match[0].startswith("This"):
            scheme = scheme_of_passage(context, sentence) or scheme
        act = match["act"] or (f"run an {scheme}" if scheme else "")
        yield from duty_fact(
            sentence,
            context.name("PCC", law=True),
            "hasDuty",
            act,
            "statutory-duty",
            (max(0, match.start() - 40), match.end()),
            law,
        )
    for match in _DUE_REGARD.finditer(text):
        short = re.search(r"\b(?P<what>[A-Z]{2,5}|[A-Z][\w ]+?)\b", text)
        what = context.expand(short["what"]) if short else "it"
        yield from duty_fact(
            sentence,
            one_holder(context, match["who"], True),
            "hasDuty",
            f"give due regard to the {what}{match['rest'] or ''}",
            "due-regard",
            match.span(),
            law,
        )
    for match in _BY_LAW.finditer(text):
        before = _holders_before(text, match.start())
        names = [name for found in before[:1] for name in holders_in(context, found["who"], True)]
        if match["do"] and re.search(r"\bthe (?:PCC|Commissioner)\b", text):
            names = [COMMISSIONER]
        for name in names or [holder_of(context, sentence, match.start())]:
            yield from duty_fact(
                sentence, name, "hasDuty", match["act"] or match["do"], "required-by-law", match.span(), law
            )
    for match in _HAS_DUTY.finditer(text):
        named = [group.name for group in groups_in(context, sentence.passage.text[: sentence.start + match.start()])]
        yield from duty_fact(
            sentence, named[-1] if named else context.panel, "hasDuty", match["act"], "it-has-a-duty", match.span(), law
        )
    for match in _OBLIGED.finditer(text):
        who = (
            "police"
            if re.search(r"\b[Pp]olice\b", sentence.passage.text + " ".join(sentence.passage.headings))
            else holder_of(context, sentence, match.start())
        )
        yield from duty_fact(sentence, who, "hasDuty", match["act"], "obligation", match.span(), law)
    yield from _answerable(context, sentence, law)
    yield from _under_law(context, sentence)


def _answerable(context: Context, sentence: Sentence, law: str) -> Iterator[Fact]:
    """As required by law; responsible for; "to the PCC, who must …"."""
    text = sentence.text
    for match in _AS_REQUIRED.finditer(text):
        act = re.sub(r"^written\b", "write", match["act"])
        for name in holders_in(context, match["who"], True):
            yield from duty_fact(sentence, name, "hasDuty", act, "as-required-by-law", match.span(), law)
    for match in _RESPONSIBLE.finditer(text):
        act = re.sub(r"^carrying out", "carry out", match["act"] or match["do"])
        act = re.sub(r"^scrutinising", "scrutinise", act)
        statutory = law or re.search(r"statutory|scrutinis", match[0]) or match["own"] == "I"
        names = holders_in(context, match["who"] or match["own"], True) if statutory else []
        if match["own"] == "I" and re.search(r"\bha(?:ve|s) had\b", match[0]):
            names = [COMMISSIONER]  # "since 2020 I have had …": the law changed for all of them
        for name in names:
            yield from duty_fact(sentence, name, "hasDuty", act, "responsible-for", match.span(), law)
    for match in _MY_RESPONSIBILITY.finditer(text if context.first_person else ""):
        if law or match["legal"] or _STATUTORY_CORE.match(match["act"]):
            end = match.start("act") + len(first_clause(match["act"]))
            span = (match.start(), end)
            yield from duty_fact(
                sentence, context.commissioner, "hasDuty", match["act"], "my-responsibility", span, law or "law"
            )
    for match in _REGARD_WHO.finditer(text):
        act = match["act"] or f"{match['do']} {'the public meeting' if 'meeting' in text[: match.start()] else ''}"
        yield from duty_fact(
            sentence,
            context.name(match["who"] or match["two"], law=True),
            "hasDuty",
            act,
            "who-must",
            (max(0, match.start() - 50), match.end()),
            law,
        )


def _under_law(context: Context, sentence: Sentence) -> Iterator[Fact]:
    """Items below "the core duties under common law are:" and "the police owe responsibility to take all …:"."""
    passage = sentence.passage
    if passage.lead is None:
        return
    match = _UNDER_LAW.search(context.paper.passages[passage.lead].text)
    if match:
        act = f"{match['act']} where there is {sentence.text}" if match["act"] else sentence.text
        yield from duty_fact(
            sentence,
            "police",
            "hasDuty",
            act,
            "duties-in-list",
            (0, len(sentence.text)),
            match["law"] or "Human Rights Act 1998",
        )
        return
    own = _OWN_DUTIES.search(context.paper.passages[passage.lead].text)
    if own:
        who = context.commissioner if own["whose"] in ("My", "my") else COMMISSIONER
        act = re.sub(r"^(?:A (?:statutory |legal )?duty (?:and electoral mandate )?)?[Tt]o ", "", sentence.text)
        yield from duty_fact(sentence, who, "hasDuty", act, "duties-in-list", (0, len(sentence.text)), "law")
