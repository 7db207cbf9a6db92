"""Money: who funds whom with how much, from tables and from sentences; totals and sub-totals too, the name says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..loaders.papers.dates import periods, printed_date
from ..loaders.papers.model import Passage, Sentence
from .context import COMMISSIONER, Context, tidy
from .grants import grants, yearly_tables
from .groups import earlier_sentences
from .legislation import last_duty
from .model import Fact
from .money import MONEY, Amount, amounts, misprints

_NOT_FUNDING = re.compile(
    r"\b(?:precept|council tax|underspend|overspend|deficit|surplus|reserves?|outturn|revenue budget|capital "
    r"(?:programme|budget|schemes?)"
    r"|savings?|overtime|band D|pay award|worth of|cost of|costs?|expenditure|spending against|in cash"
    r"|funding gap|balance|settlement"
    r"|borrow\w*|estates?|net budget|total budget|funding for policing|budget meeting|pension|additional income"
    r"|fine[sd]?)\b",
    re.IGNORECASE,
)
_FUND = re.compile(
    r"(?P<fund>(?:(?:[A-Z][\w'&-]*|of|and|the|for)\s+){0,7}(?:Fund|Grant|Grants Scheme)\b(?:,?\s+[Rr]ound\s+\d)?)"
    r"|(?P<round>[Rr]ounds?\s+[\d, and]+\d?\s+of\s+(?:the\s+)?(?:(?:Home Office|Ministry of Justice)(?:'s)?\s+)?"
    r"(?P<of>(?:[A-Z][\w'-]*\s+){1,5}[Ff]und))"
    r"|(?P<nth>(?:first|second|third|fourth|fifth|sixth)\s+(?:Home Office\s+)?(?P<what>"
    r"(?:[A-Z][\w'-]*\s+){1,4}[Ff]und))"
    r"|(?P<plain>(?:[A-Z][\w'-]*\s+){1,6}(?:[Ff]und(?:ing)?|budget))\b"
)
_ORDINAL = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6}
_FUNDER = re.compile(
    r"\b(?P<name>Home Office|Ministry of Justice|MoJ|NHS England(?: (?:&|and) Improvement)?|NHSE/I|Department "
    r"(?:of|for) [A-Z][\w ]+?(?=[,.;]| to | for | and the)"
    r"|Government|Youth Endowment Fund|National Lottery Heritage Fund)\b"
)
_GIVES = re.compile(
    r"\b(?:I|PCC|Commissioner|OPCC|office|Police and Crime Commissioner)\s+(?:have|has|had|will be|am|is|are)?\s*"
    r"(?:also|now|since|recently)?\s*"
    r"(?:been\s+)?(?:(?:approved|provid|award|grant|commit|invest|allocat|fund|contribut|ringfenc|earmark|giv"
    r"|approv|distribut|spen[dt])\w*)"
)
_WON = re.compile(
    r"\b(?:secur(?:e|ed|ing)|obtain(?:ed|ing)|attract(?:ed|ing)|awarded|received|receive|successful in (?:a|the"
    r"|securing|attracting|obtaining)|successful in [A-Z]\w+ (?:for|with) a|successful bid)\b"
)
_BIDS_WON = re.compile(r"\bsuccessful were\b[^£]*\bbids\b")
_KEPT = re.compile(r"\b(?:kept|maintained|held) the (?P<who>[\w ]+? budget) at [^£]{0,70}$")
_BUDGET_OF = re.compile(r"\b[Bb]udget (?:for|of) (?:the )?(?P<who>[A-Z][\w ]+?)(?: for \d{4}[\d/-]*)? is $")
_BID = re.compile(
    r"\b(?:bids? (?:for|seeking|requesting)|submitted a bid|applied for|up to £|would (?:cost|generate|provide)"
    r"|seeking (?:over|up to)?|apply for)\b",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"\b(?:sub-?\s?)?total\b|\ballocation$", re.IGNORECASE)


def find(context: Context) -> Iterator[Fact]:
    """Find the money of a paper: lists and tables under a sentence that says who gives it, then sentences."""
    rows: set[int] = set()
    for group in _money_lists(context):
        rows |= {passage.number for passage in group.rows}
        yield from _list_facts(context, group)
    yield from yearly_tables(context, rows)
    for passage in context.paper.passages:
        if passage.number in rows or passage.kind in ("row", "heading"):
            continue
        for sentence in passage.sentences:
            found = list(_sentence_facts(context, sentence))
            told = {fact.value for fact in found}
            yield from found
            yield from (fact for fact in grants(context, sentence) if fact.value not in told)


# Lists and tables


@dataclass(frozen=True)
class _MoneyList:
    """Rows or items with an amount each, and the passages before them that say what the money is."""

    rows: Sequence[Passage]
    before: Sequence[Passage]


def _money_lists(context: Context) -> Iterator[_MoneyList]:
    """Runs of rows of which at least half hold exactly one amount, below a text that speaks of funding."""
    passages = context.paper.passages
    number = 0
    while number < len(passages):
        end = number
        while end < len(passages) and (_could_be_row(passages[end]) or _is_part(passages, end, number)):
            end += 1
        run = passages[number:end]
        priced = [passage for passage in run if len(amounts(passage.text)) == 1]
        if len(priced) >= 3 and len(priced) * 2 >= len(run):
            before = _leading(passages, number)
            words = " ".join(passage.text for passage in (*before, *run[:2]))
            if re.search(r"\b(?:fund|grant|award|allocat)", words, re.IGNORECASE) and not _not_awards(words):
                yield _MoneyList(run, before)
        number = max(end, number + 1)


def _is_part(passages: Sequence[Passage], place: int, first: int) -> bool:
    """A short line between rows is the heading of a part of the table."""
    if not first < place < len(passages) - 1 or len(passages[place].text) > 70:
        return False
    return (
        passages[place - 1].kind == "row"
        and passages[place + 1].kind == "row"
        and not passages[place].text.endswith(".")
    )


def _not_awards(words: str) -> bool:
    return bool(re.search(r"\b(?:precept|council tax|capital programme|reserves)\b", words, re.IGNORECASE))


def _could_be_row(passage: Passage) -> bool:
    short = passage.kind in ("row", "item", "paragraph") and len(passage.text) < 160
    return passage.kind == "row" or (short and bool(re.fullmatch(r"[^.£]{3,80}:\s*£[\d,.]+\w?", passage.text)))


def _leading(passages: Sequence[Passage], number: int) -> Sequence[Passage]:
    """The passages of the section before a list, three at most."""
    section = passages[number].headings
    return [
        passage
        for passage in passages[max(0, number - 3) : number]
        if passage.headings == section or passage.kind == "heading"
    ]


def _list_facts(context: Context, group: _MoneyList) -> Iterator[Fact]:
    words = " ".join(passage.text for passage in group.before)
    section = " ".join(group.rows[0].headings[-1:])
    funder = _list_funder(context, words)
    fund = _fund_name(section + ". " + words) or _plain_fund(context, words, section)
    when = periods(words)
    part = ""
    for position, passage in enumerate(group.rows):
        found = amounts(passage.text)
        label = _label(passage)
        if label.casefold() in ("activity", "agency", "funding", "recipient", "item"):
            continue
        if len(found) != 1:
            part = label if not found and label else part
            continue
        name = _recipient(context, group, position, label, part, words)
        more = {"fund": fund, "period": when[0] if when else _row_period(label)}
        yield Fact(
            "funding",
            funder,
            "funds",
            name,
            passage.locator,
            passage.quote(0, found[0].end),
            "money-list",
            value=found[0].pounds,
            on=printed_date(more["period"] or ""),
            more=more,
            passage=passage.number,
        )


def _row_period(label: str) -> str:
    found = periods(label)
    return found[0] if found else ""


def _label(passage: Passage) -> str:
    if passage.kind == "row":
        cells = [cell for cell in passage.cells if cell and not MONEY.search(cell)]
        return tidy(cells[0]) if cells else ""
    return tidy(re.sub(r":?\s*£.*", "", passage.text))


def _list_funder(context: Context, words: str) -> str:
    """Who gives the money of a list: the commissioner where he awards it, else the department that is named."""
    gives = re.search(
        r"\b(?:PCC|Commissioner|I|office)(?:'s)?\s+(?:has|have|had|also|is|\s)*(?:awarded|provided|granted"
        r"|allocated|invested|funded|determined|recognises)"
        r"|\bPCC'?s? (?:annual )?(?:grant|budget|allocation|Police Main Grant)|\bPolice Main Grant",
        words,
    )
    department = _FUNDER.search(words)
    if gives and not (department and re.search(r"\bsecur|\bbid", words)):
        return context.commissioner
    if department:
        return context.name(department["name"])
    return context.commissioner


def _recipient(context: Context, group: _MoneyList, position: int, label: str, part: str, words: str) -> str:
    """The name of a row: a total says of what; a bare place under "N local CSPs" is the partnership of that place."""
    name = context.name(label)
    if _TOTAL.search(label) or not label:
        whole = _whole(context, words)
        kind = "sub-total" if re.search(r"sub", label, re.IGNORECASE) else "total"
        of = part if kind == "sub-total" and part else whole
        return f"{tidy(of)} ({kind})" if of else f"({kind})"
    if re.match(r"\d+ ", label):
        return (
            f"{name} (sub-total)"
            if re.search(r"\bCSPs?|partnerships?|councils?|areas?\b", label, re.IGNORECASE)
            else name
        )
    class_row = any(
        re.match(r"\d+ (?:local )?(?:CSPs?|Community Safety Partnerships?)\b", _label(later))
        for later in group.rows[position + 1 :]
    )
    if (
        class_row
        and part
        and re.fullmatch(r"[A-Z][a-z]+(?:(?: and | & | )[A-Z][a-z]+)*", label)
        and re.search(r"local", part, re.IGNORECASE)
    ):
        return f"{label} Community Safety Partnership"
    return name


def _whole(context: Context, words: str) -> str:
    each = re.search(r"\b(?:to|for) each (CSP|Community Safety Partnership)\b", words)
    if each:
        return f"Community Safety Partnerships in {context.area}" if context.area else "Community Safety Partnerships"
    together = re.search(r"\bwe have together secured\b", words)
    if together and context.area:
        return f"{context.commissioner} and partners"
    about = re.search(r"\bbudget for ([a-z][a-z ]{3,40}?) (?:is|was|has)\b", words)
    return f"{about[1]} budget" if about else ""


def _plain_fund(context: Context, words: str, section: str) -> str:
    award = re.search(r"\b(?:annual )?grant award\b", words)
    if award:
        return "PCC annual grant award"
    budget = re.search(r"\b([Cc]ommunity [Ss]afety [Bb]udget|budget for [a-z ]+?)(?= (?:is|was|has)\b)", words)
    return budget[1] if budget else (section if re.search(r"[Ff]und|[Gg]rant", section) else "")


# Sentences


def _sentence_facts(context: Context, sentence: Sentence) -> Iterator[Fact]:
    text = sentence.text
    found = sorted((*amounts(text), *misprints(text)), key=lambda amount: amount.start)
    if not found or len(found) > 4:
        return
    kept = _KEPT.search(text[: found[0].start])
    gives, won = _GIVES.search(text), _WON.search(text)
    funder = _FUNDER.search(text)
    awarded = re.search(r"\b(?:awarded|granted|allocated|received funding|provided funding|funded|funding)\b", text)
    if not (
        gives
        or won
        or (funder and awarded)
        or (_fund_name(text) and awarded)
        or "of funding over" in text
        or kept
        or _BIDS_WON.search(text)
    ) or _is_running_cost(text):
        return
    before: Fact | None = None
    for place, amount in enumerate(found):
        if _NOT_AWARDED.search(text[: amount.start]) or _unattributed(text):
            continue
        further = place and re.search(
            r"\b(?:as well as|and|plus) (?:an? )?(?:further|additional)\s*$", text[found[place - 1].end : amount.start]
        )
        fact = _one(context, sentence, amount, found[place + 1].start if place + 1 < len(found) else len(text))
        if further and before:
            fact = replace(
                before,
                value=amount.pounds,
                quote=sentence.quote(max(0, amount.start - 110), min(len(text), amount.end + 60)),
            )
        if fact:
            before = fact
            yield fact


_NOT_AWARDED = re.compile(r"\btotal value of (?:over )?$|\bon top of [\w ]{3,40}$")


def _unattributed(text: str) -> bool:
    """Money of which a sentence says only that it "has been secured", neither for whom nor from where."""
    return bool(re.search(r"\bhas (?:already )?been secured\b", text)) and not (
        _FUNDER.search(text) or _fund_name(text)
    )


def _is_running_cost(text: str) -> bool:
    return bool(_NOT_FUNDING.search(text)) and not _fund_name(text)


def _one(context: Context, sentence: Sentence, amount: Amount, stop: int) -> Fact | None:
    text = sentence.text
    if _BID.search(text[max(0, amount.start - 45) : amount.end]) and not (_WON.search(text) or _BIDS_WON.search(text)):
        return None
    start = _clause_start(text, amount.start)
    clause = text[start:]
    funder, implied = _funder(context, sentence, amount)
    recipient = _whom(context, sentence, amount, stop, funder)
    if not funder or not recipient:
        return None
    fund = (
        _round(sentence)
        or _fund_name(text)
        or _fund_name(context.paper.passages[sentence.passage.number - 1].text if sentence.passage.number else "")
    )
    when = periods(clause)
    more = {"fund": fund, "period": when[0] if when else "", "note": _hedge(text, amount)}
    return Fact(
        "funding",
        funder,
        "funds",
        recipient,
        sentence.passage.locator,
        sentence.quote(max(start, amount.start - 110), min(len(text), amount.end + 90)),
        "money-in-sentence",
        "implied" if implied else "stated",
        amount.pounds,
        printed_date(more["period"]) if more["period"] else None,
        more,
        sentence.passage.number,
    )


def _round(sentence: Sentence) -> str:
    """The fund of the passage, where the sentence names only its round: "In round 3 …"."""
    found = re.search(r"\b[Ii]n [Rr]ound (?P<number>\d)\b", sentence.text)
    fund = _fund_name(sentence.passage.text) if found else ""
    return f"{fund} Round {found['number']}" if found and fund else ""


def _clause_start(text: str, place: int) -> int:
    before = [match.end() for match in re.finditer(r"[;,]\s|\band\s", text[:place])]
    return before[-1] if before and place - before[-1] > 25 else max(0, text.rfind(". ", 0, place) + 1)


def _hedge(text: str, amount: Amount) -> str:
    if amount.pounds is None:
        return f"the amount is misprinted: {text[amount.start : amount.end]}"
    found = re.search(
        r"\b(over|about|approximately|around|circa|just under|almost|nearly|up to|more than)\s*$", text[: amount.start]
    )
    return found[1] if found else ""


def _fund_name(text: str) -> str:
    """The fund that a text names, with its round, written one way."""
    for match in _FUND.finditer(text):
        if match["round"]:
            rounds = re.search(r"(\d[\d, and]*?)(?= of\b)", match["round"])
            return tidy(f"{match['of']} rounds {rounds[1].strip()}" if rounds else match["of"])
        if match["nth"]:
            return tidy(f"{match['what'].replace(' fund', ' Fund')} Round {_ORDINAL[match['nth'].split()[0]]}")
        if match["fund"]:
            name = tidy(re.sub(r"^(?:(?:the|of|for|and|In|From|A|An|This|Home Office(?:'s)?)\s+)+", "", match["fund"]))
            if len(name.split()) > 1 and not re.search(r"\b(?:Main|Revenue|Government) Grant$", name):
                return name
    return ""


def _funder(context: Context, sentence: Sentence, amount: Amount) -> tuple[str, bool]:
    """Who gives: the department that a bid went to or a fund is of; else the commissioner who commits it."""
    text = sentence.text
    own = re.search(
        r"\b(?:I|PCC|Commissioner)\s+(?:have|has|had|will|am|also|now|since|recently|pleased to|\s)*"
        r"(?:been able to )?(?:committed|invested|allocated|provided|granted|awarded|contributed|ringfenced"
        r"|earmarked|funded|approved|distributed|have granted)\b",
        text,
    )
    mine = re.search(
        r"\b[Mm]y(?: \w+)? (?:contribution|£)|contributed from my office",
        text[max(0, amount.start - 60) : amount.end + 60],
    )
    departments = [
        match for match in _FUNDER.finditer(text) if not re.search(r"\bmatch[- ]?fund", text[: match.start()])
    ]
    if (
        own
        and own.start() < amount.start
        and not re.search(r"\b(?:from|to) the (?:Home Office|Ministry of Justice)\b", text)
    ):
        return context.commissioner, False
    if mine:
        return context.commissioner, False
    if re.search(r"\bfunded through (?:the )?[\w ]*Grant\b", text[: amount.start]):
        return context.commissioner, False
    if departments:
        pair = re.search(rf"{departments[0]['name']} and (?:the )?(?P<other>Home Office|Ministry of Justice)", text)
        both = f" and {pair['other']}" if pair else ""
        return context.name(departments[0]["name"]) + both, False
    near = [
        match
        for passage in context.paper.passages[max(0, sentence.passage.number - 2) : sentence.passage.number + 1]
        for match in _FUNDER.finditer(passage.text)
        if match["name"] != "Government"
    ]
    near = [match for match in near if not re.search(r"\bmatch[- ]?fund", match.string[: match.start()])]
    if not near:
        start = max(0, sentence.passage.number - 8)
        near = [
            match
            for passage in context.paper.passages[start : sentence.passage.number]
            for match in re.finditer(r"(?P<name>Home Office|Ministry of Justice)(?= [\w ]{0,30}[Ff]und)", passage.text)
        ]
    if (_WON.search(text) or _BIDS_WON.search(text) or re.search(r"\bof funding\b|\bwas awarded\b", text)) and near:
        return context.name(near[-1]["name"]), True
    if re.search(r"\bSafer Streets\b", text):
        return "Home Office", True
    return (
        ("", False)
        if _WON.search(text)
        else (context.commissioner if re.search(r"\bmy budget\b|\bI\b|\bPCC\b", text) else "", True)
    )


_TO = re.compile(
    r"^(?:[^£.;]{0,40}?)\b(?:to(?! (?:deliver|support|fund|tackle|continue|help|provide|run|invest|pilot"
    r"|commission|address|work|develop|enable|over|employ))|for|towards|in|into|on)\s+"
    r"(?:the\s+)?(?P<who>[^,.;£]{3,90}?)(?=,|\.|;|$|£| to (?:deliver|support|fund|help|provide|run|tackle"
    r"|continue|address|work)| for | in 20| over | as well| which| who| that| until| up to| across| from )"
)


def _whom(context: Context, sentence: Sentence, amount: Amount, stop: int, funder: str) -> str:
    """Whom the money reaches, by the words around the amount."""
    text = sentence.text
    before = text[: amount.start]
    example = re.search(
        r"^(?:The )?(?P<who>[A-Z][\w &]+?(?:project|programme|scheme|service))\b(?:, in partnership with "
        r"(?P<with>[A-Z][\w &]+?) Council,)?.* in which [^£]{0,40}$",
        before,
    )
    if example:
        return context.expand(tidy(example["who"])) + (f" ({example['with']})" if example["with"] else "")
    budget = _budget(context, before)
    if budget:
        return budget
    passive = re.search(
        r"(?:^|[.;,] |\b(?:and|that|for|bids?(?: \(\w+\))? for) )(?P<who>(?:Bid \d )?[A-Z][\w'&/ ,-]{2,70}?)\s+"
        r"(?:(?:have|has|was|were|had) (?:also )?(?:been )?(?:awarded|granted|allocated)|received(?: funding of)?"
        r"|will receive|to receive|,? which was granted)[^£]{0,25}$",
        before,
    )
    if passive and not re.search(r"\b(?:I|PCC)\b", passive["who"]):
        who = re.sub(r" (?:has|have|had)$", "", passive["who"])
        who = re.sub(r"^(?:Through|With|From|Following|Using|Under) [^,]{3,60}, (?=[A-Z])", "", who)
        return context.name(re.sub(r"^.* with (?=each )", "", who))
    if re.match(r"[^.£]{0,20}\b(?:was awarded|of funding over)\b", text[amount.end :]) and (
        helped := _helped(context, sentence)
    ):
        return helped
    labelled = re.search(r"\b(?:for|and) (?P<who>[A-Z][\w' ]{2,50}?(?:Council|Partnership|Police|Trust))\s*$", before)
    if labelled:
        return context.name(labelled["who"])
    if funder != context.commissioner:
        return _won_by(context, sentence, amount, stop)
    through = re.match(r"[^.;£]{0,60}?\bthrough the (?P<who>[A-Z][\w ]+?)(?= \(|[.,;]|$)", text[amount.end : stop])
    if through:
        return _local(context, context.name(through["who"]))
    after = _TO.match(text[amount.end : stop])
    if after:
        if after["who"].startswith("each "):
            return " ".join(after["who"].split())
        who = re.sub(
            r"^(?:a|the|an|each|further)\s+(?=[a-z]{2})",
            lambda match: match[0] if match[0].startswith("each") else "",
            after["who"],
        )
        who = re.sub(rf"^{re.escape(context.area)}'s ", "", who) if context.area else who
        who = re.sub(r"\b(?:wide|pilot|new|further|additional|commissioning and evaluation of an?) ", "", who)
        return context.name(who) if not re.match(r"(?:total|20\d\d|order|line|this)", who) else ""
    named = re.search(r"\b(?:granted|given|provided|awarded|allocated)\s+(?P<who>[A-Z][\w' &]{2,60}?)\s*$", before)
    if named:
        return context.name(named["who"])
    verb = re.search(
        r"£[^ ]+(?: of funding)? to (?:commission|pilot|deliver|support|fund|develop) (?:a |an |the )?"
        r"(?P<who>[^,.;]{5,90})",
        text[amount.start :],
    )
    if not verb:
        return ""
    who = re.split(r" (?:to|for|of|who|which|that|as well) ", verb["who"])[0]
    return context.name(re.sub(r"\b(?:wide|pilot|new|further|additional) ", "", who))


def _budget(context: Context, before: str) -> str:
    """The budget of which a sentence gives the amount, or the whole area that won it."""
    held = _KEPT.search(before) or _BUDGET_OF.search(before)
    if held:
        return context.expand(held["who"])
    budget = re.search(r"(?P<who>[A-Z][\w ]+? Budget) is funded through (?:the )?[\w ]*Grant\b[^.£]*$", before)
    whole = re.search(r"\btotal value of the funding to (?:the )?(?P<who>[A-Z][\w ]+?) to $", before)
    if budget or whole:
        return context.expand(re.sub(r"^.* the ", "", budget["who"])) if budget else f"{whole['who']} (total)"  # type: ignore[index]
    return ""


def _around(context: Context, sentence: Sentence) -> str:
    """The sentences of the passage and the passage before it."""
    number = sentence.passage.number
    return " ".join(passage.text for passage in context.paper.passages[max(0, number - 1) : number + 1])


def _helped(context: Context, sentence: Sentence) -> str:
    """The organisation that the sentence before supported in its bid."""
    for other in earlier_sentences(context, sentence, 2):
        found = re.search(
            r"\b(?:supported|partnered with|helped|worked with) (?P<who>[A-Z]\w+(?: [A-Z]\w+)*)", other.text
        )
        if found:
            fund = _fund_name(other.text)
            what = re.sub(r" Fund$", "s" if not fund.endswith("s Fund") else "", fund)
            return f"{found['who']} ({what.lower()})" if fund else found["who"]
    return ""


def _local(context: Context, name: str) -> str:
    """The partnerships that a local commissioner funds are those of his area."""
    return f"{name} in {context.area}" if name == "Community Safety Partnerships" and context.area else name


def _won_by(context: Context, sentence: Sentence, amount: Amount, stop: int) -> str:
    """The winner of a bid, with what it is for in brackets."""
    text = sentence.text
    purpose = re.search(
        r"(?:to (?:deliver|support|help|fund|tackle|address|roll out|develop|work)|(?:for|towards)"
        r"(?: the provision of)?(?: a| an| the)?(?: force wide)?)\s+(?P<what>[a-z][^,.;£]{5,80}?)(?=,|\.|;|$"
        r"| across | in | over | from | until )",
        text[amount.end : stop],
    )
    done = re.match(
        r"[^£.;]{0,60}? that has funded (?:the completion of )?(?:an? |the )?(?P<what>[A-Z][^.;,]{5,90})",
        text[amount.end :],
    )
    if done:
        return f"{context.commissioner} ({tidy(done['what'])})"
    extra = re.search(r"\bon top of (?P<what>the [a-z ]+?funding)\b", text[amount.end :])
    if extra:
        return f"{context.commissioner} (on top of {extra['what'].removeprefix('the ')})"
    partners = re.search(r"\b(?:together|with partners|in conjunction with|external partners)\b", text)
    role = re.match(
        r"[^£.;]{0,30}? to continue the role of the (?P<what>[A-Z][\w ]+?)(?= for|[.,]|$)", text[amount.end : stop]
    )
    if role:
        return context.expand(role["what"])
    near = re.search(
        r"\b(?P<who>OPCC|[Mm]y office|VRP|PCC) (?:was|were|has|have|had)(?: been)?(?: able to)? (?:successful"
        r"|secured|awarded|make)",
        text,
    )
    subject = near or re.search(r"\b(?P<who>OPCC|PCC|VRP|I|[Mm]y office|[Ww]e)\b", text)
    who = context.commissioner
    if not subject and re.search(
        r"\bcollaborative\b.*\bcommunity safety\b|\bcommunity safety\b.*\bcollaborative\b", _around(context, sentence)
    ):
        return f"community safety partners in {context.area}"
    if subject and subject["who"] == "VRP":
        who = context.name("VRP")
    elif subject and re.fullmatch(r"OPCC|[Mm]y office", subject["who"]) and COMMISSIONER in who:
        who = context.office
    name = f"{who} and partners" if partners else who
    if purpose and re.match(r"(?:the )?(?:next|extra|\d|two|three|number|partners?\b)", purpose["what"]):
        duty = re.search(r"\bunder the (?P<what>[A-Z]\w+)\b", text[amount.end :])
        named = last_duty(context, sentence) if duty else ""
        return f"{who} ({named} support)" if named else name
    return f"{name} ({tidy(purpose['what'])})" if purpose else name
