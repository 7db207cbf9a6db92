"""Membership: who takes part in, chairs, answers for, attends, runs or hosts what; and who does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..loaders.papers.model import Passage, Sentence
from .attendance import attendance, guests
from .composition import composition, running_text
from .context import Context, tidy
from .groups import earlier_sentences, groups_in, last_group, listed, without_appositives
from .leading import chaired_by_post, leading, now_chairs
from .model import Fact
from .people import SUBJECT, first_group, membership, person, who_is
from .role_holder import PERSON
from .running import running, taking_part
from .structure import instances

_TOGETHER = re.compile(
    r"\b(?:brings?|bringing|brought) together\s+(?P<list>[^;]{4,400})|\b[Rr]epresentation (?:includes|including"
    r"|from)\s+(?P<rep>.{4,400})|\b(?:made up of|composed of|consists of|comprises|comprising|membership includes"
    r"|members include)\s+(?P<made>.{4,300})"
    r"|\battended by\s+(?P<att>[a-z].{4,200})"
)
_COME_TOGETHER = re.compile(r"\bis the forum where (?P<list>.{4,200}?) come together")
_CHAIRS = re.compile(
    rf"{SUBJECT}(?: has| have| had|,)?(?: also| now| currently| continues to| continuing to| recently| is| is now"
    rf"| are)?\s+(?P<verb>chairs?|chaired|chairing|co-chairs?|leads?|led|facilitates?|hold|holds)\s+"
    rf"(?:a series of |an? (?:formal )?(?:monthly )?|the |this )?(?P<rest>.{{3,140}})"
)
_CHAIRING = re.compile(r"\b(?:co-)?chair|\blea?d|\bfacilitat|\bholds?\b")
_CHAIRED_BY = re.compile(
    r"\b(?:chaired|led|deputised|hosted|overseen|run|coordinated|co-ordinated|facilitated|convened)(?:,"
    r"| and \w+)? (?:by|through) (?:the |a )?(?=(?P<who>.{3,120}))"
)
_CHAIR_OF = re.compile(
    r"\b(?:(?P<vice>[Vv]ice[- ]?)?[Cc]hair(?:man|person|woman|manship)?)(?: position)? (?:of|for) (?P<rest>"
    r"(?:both )?.{3,140})"
)
_SRO = re.compile(r"\b(?P<role>[Ss]enior [Rr]esponsible (?:[Oo]fficer|[Oo]wner)|SRO)\b(?P<rest>.{0,160})")
_HOSTED = re.compile(
    r"(?P<what>[Tt]hese posts|(?:(?:[A-Z][\w]*'?s?|x|\d) )+posts?|posts|[A-Z][\w ]{3,50}?(?:function|service"
    r"|team))(?:,)?(?: that"
    r"| which)? (?:are|is) hosted (?:with)?(?:in|by) (?:the )?(?P<who>[A-Z][\w' &]+?)(?:'s? (?:[A-Z][\w ]+)?"
    r"(?:[Tt]eam|[Uu]nit|Department)?)?(?=[.,;]| and| to)"
)
_HOSTING = re.compile(
    r"(?P<who>[A-Z][\w' &]{1,50}?) (?:took over responsibility for hosting|hosts?|employs) the "
    r"(?P<what>[A-Z][\w' -]{3,60}?(?:function|service|posts?|team))"
)
_SETS_UP = re.compile(
    rf"{SUBJECT}(?: (?:have|has|had|also))*\s+(?:established|set up|convened|convenes|oversees?|coordinates?"
    rf"|co-ordinates?|facilitates?|runs?|operates?)\s+(?:an? |the |its |both the (?:volunteer )?"
    rf"|two regional strategic forums: )?(?P<what>.{{4,160}})"
)
_SETTING_UP = re.compile(r"\b(?:establish|set up|conven|overs|coordinat|co-ordinat|facilitat|runs?|operat)")
_PARTNER = re.compile(
    r"(?P<who>[A-Z][\w' &]{2,60}?) (?:is|are) (?:an? )?(?:integral |key |active |full )?(?:partner|member)s? "
    r"(?:in|of|on) the (?P<rest>.{4,120})"
)
_SITS = re.compile(r"(?P<who>.{3,80}?) (?:have agreed to |has agreed to )?sits? on (?:an? |the )(?P<rest>.{4,100})")
_WORKED = re.compile(
    r"(?P<who>[Tt]he force|[A-Z][\w ]{2,40}?) (?:have|has) worked with (?P<other>[A-Z][\w &]{3,50}?) to (?:set up"
    r"|establish|create) (?:an? )?(?P<rest>.{4,100})"
)
_NOT = re.compile(
    r"\b(?:the |an? )?(?P<who>(?:[A-Z][\w']+ ){0,6}[A-Z]\w+) (?:is|are) not (?:an? )?(?:"
    r"(?P<role>responsible authorit(?:y|ies)|specified authorit(?:y|ies))|members? of (?P<rest>.{4,80}))"
)
_NEITHER = re.compile(
    r"\bneither (?P<one>I|the PCC|[\w' ]{2,40}?) nor (?P<two>[\w' ]{2,40}?) (?:am|is|are) (?:an? )?"
    r"(?P<role>responsible authorit(?:y|ies)|members?)(?: (?:of|for) (?P<rest>[\w' ]{2,60}))?"
)
_SEAT = re.compile(r"(?P<kind>Substantive|Co-opted) [Mm]ember\s*-?\s*(?P<who>[A-Z][\w' &]+?(?:Council|Authority))\b")
_COUNCILLORS = re.compile(
    r"^(?:Cllr [\w .'-]+?(?:\([^)]*\))?,? ?)+[-–] (?P<who>[A-Z][\w' ]+?(?:City|Borough|District|County"
    r"|Metropolitan)? ?(?:Borough )?Council)$"
)
_PRESENT_CHAIR = re.compile(rf"(?P<who>{PERSON}) \((?P<vice>Vice[- ]?)?Chair(?:man|person)?\)")


def find(context: Context) -> Iterator[Fact]:
    """Find who takes part in what."""
    for passage in context.paper.passages:
        yield from _designated(context, passage)
        yield from _seats(context, passage)
        for sentence in passage.sentences:
            for rule in _RULES:
                yield from rule(context, sentence)


# Lists


def _designated(context: Context, passage: Passage) -> Iterator[Fact]:
    """Items below "the following bodies are designated as responsible authorities", "members are:" and the like."""
    lead = context.paper.passages[passage.lead] if passage.lead is not None else None
    if passage.kind != "item" or lead is None or len(passage.text) > 110:
        return
    found = re.search(
        r"\b(?:following|these) (?:bodies|organisations|agencies|partners|persons).{0,60}?\b"
        r"(?P<role>responsible authorities|specified authorities|members)\b",
        lead.text,
    )
    if not found:
        return
    where = re.search(rf"\bin ({re.escape(context.area)}|[A-Z]\w+)", lead.text)
    named = groups_in(context, lead.text)
    role = "responsible authority" if "responsible" in found["role"] else found["role"].rstrip("s")
    whole = (
        named[0].name
        if named and "responsible" not in found["role"]
        else f"Community Safety Partnerships in {where[1] if where else context.area}"
    )
    sentence = passage.sentences[0]
    yield membership(
        sentence,
        context.name(sentence.text),
        "memberOf",
        whole,
        "designated-bodies",
        (0, len(sentence.text)),
        role=role,
    )


def _seats(context: Context, passage: Passage) -> Iterator[Fact]:
    """Seats on a panel by council, as agendas list them, and the chairs among those present."""
    sentence = Sentence(passage, 0, len(passage.text))
    for match in _SEAT.finditer(passage.text):
        if match["kind"] == "Substantive":
            yield membership(
                sentence,
                context.name(match["who"]),
                "memberOf",
                context.panel,
                "seat",
                match.span(),
                role="substantive member",
            )
    found = _COUNCILLORS.match(passage.text) if len(passage.text) < 300 else None
    if found and context.area:
        yield membership(
            sentence,
            context.name(found["who"]),
            "memberOf",
            context.panel,
            "councillors-of",
            found.span(),
            role="member",
        )
    for match in _PRESENT_CHAIR.finditer(passage.text):
        relation = "viceChairOf" if match["vice"] else "chairs"
        yield membership(sentence, match["who"], relation, context.panel, "chair-in-list", match.span())


def _made_up(context: Context, sentence: Sentence) -> Iterator[Fact]:
    """Those who come together in a group; in the wider ways of saying so where the narrower find nobody."""
    explained = _EXPLAINED.search(sentence.text)  # "responsible authorities (police, fire and health)"
    found = list(running_text(context, sentence)) if explained else []
    found = found or list(_together(context, sentence))
    yield from found or running_text(context, sentence)


_EXPLAINED = re.compile(r"\b(?:authorities|partners|agencies|bodies|organisations)(?: \([a-z][^)]*,|,? i\.e\.?)")


def _together(context: Context, sentence: Sentence) -> Iterator[Fact]:
    text = sentence.text
    forum = _COME_TOGETHER.search(text)
    match = next(iter(_TOGETHER.finditer(text)), None)
    for later in list(_TOGETHER.finditer(text))[1:]:
        yield from _gathered(context, sentence, later)
    if forum:
        for item in listed(re.sub(r",? and representatives (?:from|of) the ", ", ", forum["list"])):
            group = last_group(context, sentence, forum.start())
            yield membership(
                sentence,
                context.name(item),
                "memberOf",
                group,
                "come-together",
                (max(0, forum.start() - 40), len(text)),
            )
        return
    if not match:
        return
    yield from _gathered(context, sentence, match)


def _gathered(context: Context, sentence: Sentence, match: re.Match[str]) -> Iterator[Fact]:
    text, group = sentence.text, _gathering(context, sentence, match)
    if not group:
        return
    items = listed(next(value for value in match.groupdict().values() if value))
    for item in items:
        count = re.match(r"(\d+) (?!.*\bx\b)", item)
        who = context.name(re.sub(r"^\d+ ", "", item))
        if who == "Community Safety Partnerships" and context.area:
            who = f"{who} in {context.area}"
        if (
            who
            and not re.match(r"(?:'|substantive|representatives? (?:from|of)$)", who)
            and not re.search(
                r"\b(?:action|data|range|funding|experiences?|information|teams?$)\b", who.removeprefix("range of ")
            )
        ):
            fact = membership(
                sentence,
                _bare_police(context, item, who),
                "memberOf",
                group,
                "brings-together",
                (max(0, match.start() - 30), len(text)),
            )
            yield fact if not count else replace(fact, value=int(count[1]))


_OWN_SUBJECT = re.compile(
    r"^(?:This|It|They|These|The board|The group|The panel|The partnership|The forum|The composition)\b", re.IGNORECASE
)


def _gathering(context: Context, sentence: Sentence, match: re.Match[str]) -> str:
    """The group that gathers the people of a list: named shortly before it, or meant by "this", "they", "the board"."""
    before = without_appositives(sentence.text[: match.start()])
    if re.search(r"\b(?:role in|[Bb]y|to|may be|can be|event|levers to)\s*$", before) or "event" in before[-40:]:
        return ""
    own = groups_in(context, before)
    if own and re.search(r"\b(?:budget|funded|team)\b", before[own[-1].end :]):
        return ""
    if own:
        near = len(before) - own[-1].end <= (60 if match["made"] is None else 25)
        return own[-1].name if near else ""
    if re.search(r"^The composition of the Panel\b|\bthe Panel is\b", before):
        return context.panel
    if match["made"] is not None and not re.search(
        r"(?:panel|board|group|partnership|committee|forum),?\s*$", before, re.IGNORECASE
    ):
        return ""
    short = len(before) < 40 or match["rep"] is not None
    if not (_OWN_SUBJECT.match(before) or (short and not re.match(r"[A-Z][\w-]+ (?:meetings|training)", before))):
        return ""
    return last_group(context, sentence, match.start())


def _bare_police(context: Context, printed: str, name: str) -> str:
    return "police" if printed.casefold() in ("police", "the police") else name


# Chairs and those who answer


def _led(context: Context, sentence: Sentence) -> Iterator[Fact]:
    """Those who chair; in the wider ways of saying so where the narrower find nobody."""
    by = list(_chaired_by(context, sentence))
    yield from by or chaired_by_post(context, sentence)
    chairs = list(_chairs(context, sentence))
    yield from chairs or now_chairs(context, sentence)


def _chairs(context: Context, sentence: Sentence) -> Iterator[Fact]:
    text = sentence.text
    for match in _CHAIRS.finditer(text if _CHAIRING.search(text) else ""):
        group = first_group(context, match["rest"], 45)
        who = who_is(context, match["who"], sentence)
        verb = match["verb"]
        if (
            not group
            or not who
            or (verb in ("leads", "lead", "led", "facilitates", "facilitate") and verb not in ("led",))
        ):
            continue
        implied = verb in ("hold", "holds")
        if implied and not re.match(r"I$|.*PCC$", match["who"]):
            continue
        for name in context_instances(context, re.sub(r" meetings?$", "", group)):
            yield membership(
                sentence, who, "chairs", name, "chairs", match.span(), certainty="implied" if implied else "stated"
            )
    for match in _CHAIR_OF.finditer(text):
        who = _chair_subject(context, sentence, match.start())
        relation = "viceChairOf" if match["vice"] else "chairs"
        groups = (
            _both(context, sentence) if match["rest"].startswith("both") else [first_group(context, match["rest"], 30)]
        )
        for group in groups:
            if group and who:
                yield membership(sentence, who, relation, group, "chair-of", (max(0, match.start() - 60), match.end()))


_GENERAL = r"Community Safety Partnerships?"


def _both(context: Context, sentence: Sentence) -> list[str]:
    """The two boards that "both Boards" means: the two named most often in the passage."""
    names = [group.name for group in groups_in(context, sentence.passage.text)]
    names += [
        group.name for other in earlier_sentences(context, sentence, 6) for group in groups_in(context, other.text)
    ]
    names = [re.sub(r"(?<=Board)s$", "", name) for name in names if not re.fullmatch(_GENERAL, name)]
    ordered = sorted(dict.fromkeys(names), key=lambda name: -names.count(name))
    return ordered[:2]


def _chair_subject(context: Context, sentence: Sentence, place: int) -> str:
    before = sentence.text[:place]
    if re.search(r"^As (?:the )?$", before) or re.search(
        r"\b(?:I have taken on|I took up|[Mm]y (?:role|position) as|I (?:am|was)|I have "
        r"(?:recently )?been appointed)\b",
        before,
    ):
        return context.commissioner if context.first_person else ""
    found = re.search(
        r"\b(?P<who>PCC|Commissioner|Deputy PCC|[A-Z]\w+ [A-Z]\w+)(?:'s)?(?: position as| role as| is| was)? "
        r"(?:the )?(?:new |current )?$",
        before,
    )
    return context.name(found["who"]) if found else ""


def _chaired_by(context: Context, sentence: Sentence) -> Iterator[Fact]:
    text = sentence.text
    for match in _CHAIRED_BY.finditer(text):
        verb = match[0].split()[0].rstrip(",")
        who = re.split(
            r"(?<!Det)(?<!Supt)[.](?! Supt)|,? (?:who|which|and (?!Crime|Gender|Women|Operations)|that|to"
            r"|on (?:behalf|an? )|as|through|for (?![A-Z]|the [A-Z])|in|from|with)\b|[;,(]",
            match["who"],
        )[0].strip()
        who = re.sub(r"^my (?=[A-Z])", "", who)
        group = last_group(context, sentence, match.start())
        this = re.match(r"This (?:forum|group|board|panel|meeting)\b", text)
        own = [found.name for other in sentence.passage.sentences for found in groups_in(context, other.text)]
        if this and group not in own:
            titles = re.match(r"(?:[A-Z][\w-]+ ){1,4}(?=was|is|has)", sentence.passage.text)
            group = tidy(titles[0]) if titles else ""
        name = _post_of(context, who)
        if not group or not name or len(name) > 90 or not re.match(rf"[A-Z]|.*, {re.escape(context.force)}$", name):
            continue
        relation = {"chaired": "chairs", "led": "chairs", "deputised": "viceChairOf", "hosted": "hosts"}.get(
            verb, "coordinates"
        )
        if relation not in ("chairs", "viceChairOf") and groups_in(context, text[: match.start()]) == []:
            continue
        near = groups_in(context, without_appositives(text[: match.start()]))
        if (
            verb != "chaired"
            and near
            and match.start() - near[-1].end
            > 25 + len(text[: match.start()]) - len(without_appositives(text[: match.start()]))
        ):
            continue
        if verb == "led" and not near and not this:
            continue
        if verb == "led" and not re.search(
            r"\b(?:forum|group|board|partnership|panel|CDP)\b", text[: match.start()], re.IGNORECASE
        ):
            continue
        yield membership(
            sentence, name, relation, group, "chaired-by", (max(0, match.start() - 70), match.start() + 40 + len(who))
        )


def _post_of(context: Context, who: str) -> str:
    if re.fullmatch(r"[a-z][a-z ]+ (?:Superintendent|Inspector|Sergeant)", who) and context.area:
        return f"{who}, {context.force}"
    if re.match(r"(?:Head of|ACC|Assistant Chief Constable|Detective|Director|Superintendent)", who) and context.area:
        name = context.expand(who)
        return name if name.endswith("Police") else f"{name}, {context.force}"
    ranked = (
        re.match(rf"{re.escape(context.area)} (?P<post>(?:Chief )?Superintendent .+)", who) if context.area else None
    )
    if ranked:
        return f"{ranked['post']}, {context.force}"
    return context.name(who)


def _sro(context: Context, sentence: Sentence) -> Iterator[Fact]:
    text = sentence.text
    for match in _SRO.finditer(text):
        after = match["rest"]
        group = first_group(context, after, 45) or ""
        before = text[: match.start()]
        holder = re.search(r"\bis (?:the )?(?P<who>[A-Z][\w ]{2,60})", after)
        own = re.search(r"\b[Mm]y role as |\bI am (?:the )?$", before)
        hers = re.search(
            r"(?P<who>[A-Z][a-z]+) (?:continues in (?:her|his) role|is|acts|serves) as (?:the )?$", before
        ) or re.search(r"\bthe (?P<who>PCC) could take the role as $", before)
        if own:
            who = context.commissioner
        elif holder and group and after.index(holder[0]) > 3:
            who = context.name(re.sub(r" \(.*", "", holder["who"]))
        elif hers:
            who = person(context, hers["who"])
        else:
            continue
        if hers and "could" in before:
            agreed = re.search(r"\bagreed by all\b|\bthis was agreed\b", sentence.passage.text)
            group = (
                group
                or first_group(context, " ".join(sentence.passage.headings[-1:]), 200)
                or last_group(context, sentence, match.start())
            )
            if not agreed:
                continue
        for name in context_instances(context, group) if group else ():
            yield membership(
                sentence,
                who,
                "seniorResponsibleOwnerOf",
                name,
                "senior-responsible",
                (max(0, match.start() - 40), match.end()),
                role=match["role"],
            )


def context_instances(context: Context, group: str) -> list[str]:
    """A class of which the paper names local instances stands for these ("one covering …, and one covering …")."""
    held = instances(context)
    return held.get(
        re.sub(r"s$", "", group.casefold().replace("combatting", "combating").removeprefix("local ")), [group]
    )


# Hosts, conveners, partners


def _hosts(context: Context, sentence: Sentence) -> Iterator[Fact]:
    text = sentence.text
    for match in (*_HOSTED.finditer(text), *_HOSTING.finditer(text)) if "host" in text or "employs" in text else ():
        what = tidy(match["what"])
        if re.search(r"posts?$", what):
            title = sentence.passage.headings[-1] if sentence.passage.headings else ""
            named = re.search(r"(?:Coordinator|Analyst|Officer|Advisor)s?$", title)
            what = re.sub(r"s$", "", title) + " posts" if named else what
        who = context.name(re.sub(r"'s?$", "", match["who"]))
        who = re.sub(r"^(.*?)'s? .*(?:Team|Unit|unit|team)$", r"\1", who)
        yield membership(sentence, who, "hosts", context.expand(what), "hosts", match.span())


def _convenes(context: Context, sentence: Sentence) -> Iterator[Fact]:
    text = sentence.text
    for match in re.finditer(r"\b[Mm]y (?P<what>(?:[A-Z][\w-]* ){1,5}(?:\([A-Z]+\) )?[Ss]cheme)\b", text):
        if context.first_person:
            yield membership(
                sentence,
                context.commissioner,
                "coordinates",
                f"{tidy(match['what'])} ({context.area})",
                "my-scheme",
                match.span(),
            )
    for match in re.finditer(
        r"\b[Ii]n terms of (?P<what>[\w ]{5,50}), (?P<who>the [Pp]olice|[\w ]{3,30}) (?:are|is) the lead agency", text
    ):
        who = context.force if "olice" in match["who"] else context.name(match["who"])
        yield membership(sentence, who, "coordinates", match["what"], "lead-agency", match.span(), role="lead agency")
    for match in _SETS_UP.finditer(text if _SETTING_UP.search(text) else ""):
        if _WORKED.search(text) or re.match(r"for |.* other for", match["who"]):
            continue
        who = who_is(context, match["who"], sentence)
        groups = [group for group in groups_in(context, match["what"]) if group.start <= 12]
        scheme = re.match(r"(?:[A-Z][\w']+ (?:(?:of|to|for|and) )?){1,6}(?:\([A-Z]+\) )?[Ss]chemes?\b", match["what"])
        name = groups[0].name if groups else (tidy(context.expand(scheme[0])) if scheme else "")
        if who and name and not re.match(r"(?:Panel|Members?)\b|.*(?:Strategy|Plan|Fund)$", who):
            yield membership(sentence, who, "coordinates", name, "convenes", match.span())
    for match in _WORKED.finditer(text if "worked with" in text else ""):
        group = first_group(context, match["rest"], 15)
        for who in (match["who"], match["other"]):
            if group:
                yield membership(sentence, context.name(who), "memberOf", group, "set-up-together", match.span())
    seats = (
        *_PARTNER.finditer(text if "partner" in text or "member" in text else ""),
        *_SITS.finditer(text if "sit" in text else ""),
    )
    for match in seats:
        group, who = first_group(context, match["rest"], 12), who_is(context, match["who"], sentence)
        if group and who and len(who) < 70:
            yield membership(sentence, who, "memberOf", group, "partner-in", match.span())


def _denials(context: Context, sentence: Sentence) -> Iterator[Fact]:
    text = sentence.text
    whole = f"Community Safety Partnerships in {context.area}" if context.area else "Community Safety Partnership"
    for match in _NOT.finditer(text):
        role = (match["role"] or "member").rstrip("s").replace("authoritie", "authority")
        what = whole if match["role"] else first_group(context, match["rest"] or "", 12)
        if what:
            yield membership(
                sentence, context.name(match["who"]), "isNotMember", what, "is-not", match.span(), role=role
            )
    for match in _NEITHER.finditer(text):
        for who in (match["one"], match["two"]):
            yield membership(
                sentence, context.name(who), "isNotMember", whole, "neither-nor", match.span(), role=match["role"]
            )


def _meets(context: Context, sentence: Sentence) -> Iterator[Fact]:
    """Those with whom the commissioner meets in a meeting of his: "a summit where I meet with …"; "a meeting of …"."""
    text = sentence.text
    found = re.search(
        r"(?P<before>.*)\bwhere I meet with (?P<who>[A-Z][\w ]{4,60}?)(?= from each| to discuss|,|\.)", text
    )
    group = last_group(context, sentence, found.start("who")) if found else ""
    if found and group:
        yield membership(sentence, context.expand(found["who"]), "memberOf", group, "meets-with", found.span())
    meeting = re.search(
        r"(?P<group>[A-Z][\w ]+? Group) \(a meeting of (?P<who>[A-Z][\w ]+? leads) across the (?P<where>county"
        r"|area|force)\)",
        text,
    )
    if meeting:
        where = context.area or meeting["where"]
        yield membership(
            sentence,
            f"{meeting['who']} across {where}",
            "memberOf",
            f"{where} {meeting['group']}",
            "meeting-of",
            meeting.span(),
        )


def _established(context: Context, sentence: Sentence) -> Iterator[Fact]:
    """Groups set up by someone; forums that a team facilitates."""
    text = sentence.text
    for match in re.finditer(
        r"\b(?:has|have) been (?:established|set up|convened) by (?:the )?(?P<who>[A-Z][\w ]{1,40}?)(?= to |[.,;]|$)",
        text,
    ):
        group = last_group(context, sentence, match.start())
        if group and groups_in(context, text[: match.start()]):
            yield membership(sentence, context.name(match["who"]), "coordinates", group, "established-by", match.span())
    found = re.search(
        r"(?P<who>The team|[A-Z][\w ]{2,40}?) facilitates? (?:two|three|four|several) [\w ]{3,40}?: (?P<rest>.*)", text
    )
    if found:
        teams = [
            re.findall(r"(?:[A-Z][\w]* ){1,4}Team\b", passage.text)
            for passage in context.paper.passages[max(0, sentence.passage.number - 8) : sentence.passage.number]
        ]
        named = [team for held in teams for team in held]
        who = context.expand(named[-1]) if found["who"] == "The team" and named else context.name(found["who"])
        for forum in groups_in(context, found["rest"]):
            yield membership(
                sentence,
                tidy(re.sub(r"^The ", "", who)),
                "coordinates",
                forum.name,
                "facilitates",
                (0, found.start("rest") + 60),
            )


_RULES = (
    _established,
    _made_up,
    composition,
    _meets,
    _led,
    _sro,
    guests,
    attendance,
    _hosts,
    _convenes,
    _denials,
    running,
    taking_part,
    leading,
)
