"""Money in plain words: a grant received or given, a table by years, and who funds what without a figure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..loaders.papers.dates import periods, printed_date
from ..loaders.papers.model import Passage, Sentence
from .context import Context, tidy
from .model import Fact
from .money import Amount, amounts
from .phrases import group_after, group_before

_DEPARTMENT = (
    r"(?:Home (?:Office|Secretary)|Ministry of Justice|MoJ|Department (?:of|for) [A-Z]\w+(?:,? (?:and )?[A-Z]\w+)*"
    r"|DLUHC|DHSC|MHCLG"
    r"|NHS England|Youth Justice Board|YJB|Youth Endowment Fund|Welsh Government|(?:HM |UK |[Cc]entral )?Government"
    r"|Public Health"
    r"|National Lottery[\w ]*?Fund|Integrated Care Board|ICB)"
)
_GIVER = (
    rf"(?P<giver>(?:the |The )?(?:{_DEPARTMENT}|(?:local |[A-Z]\w+ ){{0,4}}"
    r"(?:PCC|OPCC|PFCC|Police(?:, Fire)? and Crime Commissioner|Commissioner|Mayor's Office|[A-Z][\w' ]{1,40}? Council"
    r"|Council|Mayor|[A-Z][\w' ]{1,40}? (?:Trust|Foundation|Fund))))"
)
_TO = r"(?:to|for|towards|to (?:fund|support|enable|help|assist|address|tackle)(?: the work of)?)"
_GAVE = re.compile(
    rf"\b{_GIVER}(?: [A-Z][a-z]+ [A-Z][a-z]+)? (?:(?:has|have|had|will|also|provisionally|again|therefore|been|is"
    rf"|are|formally) )*"
    r"(?:made available|make available|allocat(?:e|ed|es|ing)|award(?:s|ed)?|grant(?:s|ed)?|provid(?:e|es|ed|ing)"
    r"|g(?:ive|ave)s?|given"
    r"|contribut(?:e|es|ed)|invest(?:s|ed)?|commit(?:s|ted)?|set aside|approved)"
    rf" (?:an? |over |up to |around |approximately |a total of |total |annual |grant |funding of |a grant of )*$"
)
_GOT = re.compile(
    r"\b(?P<who>(?:[Tt]he |[Ee]ach )?(?:[A-Z][\w&'/-]*(?:,? (?:and|of|for|&|the))? ){0,9}(?:Commissioners?"
    r"|Council|Partnerships?|PCC|OPCC|Police|Unit|Board"
    r"|Service|Team|Network|Trust"
    r"|CSPs?|VRU|VRP|VRN|Authority|area))(?: \([A-Z]+\))? (?:(?:has|have|had|was|were|will|been|also|successfully|be"
    r"|again) )*"
    r"(?:received|receives?|awarded|granted|allocated|secured|given) (?:an? |over |around |a total of |grant "
    r"|funding of |a grant of "
    r"|an annual |a further |annual )*$"
)
_GIVEN_TO = re.compile(
    r"^ (?:of (?:this|which) )?(?:has been|was|is|will be|have been|were) (?:given|awarded|allocated|granted|paid"
    r"|passed|distributed|provided)"
    r"(?: (?:in|as) grants?)? to (?:the )?(?P<who>[\w][\w '&-]{3,70}?)(?=[.,;]|$| (?:to|for|which|who|in 20\d\d)\b)"
)
_WHOM = re.compile(
    rf"^(?: (?:of|in) (?:\w+ ){{0,2}}(?:funding|grants?|money))?(?: (?:funding|grants?|in total|per (?:year|annum)"
    rf"|each year|a year))*"
    rf" {_TO} (?:(?:the|an?|each of the) )?(?P<who>[\w][\w '&()/-]{{2,80}}?)"
    r"(?=[.,;:]|$| (?:to (?:fund|deliver|support|set|tackle|help|establish|enable|address|reduce)|for (?:the|a|their"
    r"|projects)|in 20\d\d"
    r"|which|who|that|from|over|as|through|via)\b)"
)
_ALLOCATED_TO = re.compile(r"^ (?:of funding )?(?:allocated|awarded|given|granted|paid) to (?=the |each |[A-Z])")
_TOTALS = re.compile(
    rf"\b[Tt]he {_GIVER}(?:'s)? (?:[a-z]+ )?(?:grant|funding|allocation|award|contribution)(?: for [^£.]{{3,40}}?)? "
    r"(?:totals|totalled|is|was|amounts to|amounted to)(?: (?:over|around|about|approximately))? $"
)
_FUNDED_BY = re.compile(
    r"\b(?P<verb>(?:(?:is|are|was|were|being|been|be|now|currently|jointly|primarily|mainly|part|partly|also|fully"
    r"|largely|wholly|core)"
    rf"[ -])*funded (?:\w+ly )?(?:by|through|from)) (?:a grant from |grants? from |funding from )?{_GIVER}"
)
_FROM = re.compile(
    rf"\b(?:(?:has|have|had|initially|also|previously|will) )*(?:receiv(?:e|es|ed|ing)|secur(?:e|es|ed|ing)) "
    rf"(?:[a-z]+ )?(?:core )?"
    rf"(?:funding|a grant|grants?) from {_GIVER}"
)
_FUNDS = re.compile(
    rf"\b{_GIVER} (?:(?:also|part|jointly|currently|continues? to|directly) ?-?)*(?P<verb>funds?)(?! (?:to|for|from"
    rf"|that|which|will|was|is|are"
    r"|has|have)\b) (?:the |an? )?(?P<what>[\w][\w '&/().-]{3,80}?)(?=[,;]|\.(?: |$)|$| (?:to|which|that|who|in"
    r"|across|for|through)\b)"
)
_BID = re.compile(
    r"\b(?:bids?|applied|apply|applications?|seek\w*|request\w*|would|could|up to|proposed?|proposes|precept|budget "
    r"of)\b"
)


def grants(context: Context, sentence: Sentence) -> Iterator[Fact]:
    """Find who gives how much to whom in plain words, one statement for each amount with both ends."""
    text = sentence.text
    for found_amount in amounts(text):
        amount = replace(found_amount, end=len(text[: found_amount.end].rstrip()))
        before, after = text[: amount.start], text[amount.end :]
        if _BID.search(before[-60:]):
            continue
        found = _both_ends(context, sentence, amount, before, after)
        if found:
            giver, whom, start, end = found
            when = periods(text)
            more = {"fund": _fund(text, after), "period": when[0] if when else ""}
            on = printed_date(when[0]) if when else None
            yield _money(sentence, giver, whom, (start, end), "grant", amount.pounds, on, more)
    if "fund" in text and not amounts(text):
        yield from _without_amount(context, sentence)


def _both_ends(
    context: Context, sentence: Sentence, amount: Amount, before: str, after: str
) -> tuple[str, str, int, int] | None:
    gave, got = _GAVE.search(before), _GOT.search(before)
    given, whom = _GIVEN_TO.match(after), _WHOM.match(after)
    totals = _TOTALS.search(before)
    if gave and whom:
        return _giver(context, gave["giver"]), _recipient(context, whom["who"]), gave.start(), amount.end + whom.end()
    if given:
        holder = re.search(rf"\b{_GIVER} (?:has|have|had|holds) (?:an? )?[\w ]*(?:budget|fund|grant)\b", before)
        if holder:
            return (
                _giver(context, holder["giver"]),
                _recipient(context, given["who"]),
                holder.start(),
                amount.end + given.end(),
            )
    later = _ALLOCATED_TO.match(after)
    if later:
        giver, named = _giver_near(context, sentence), group_after(context, sentence, amount.end + later.end())
        return (giver, named.name, amount.start, named.end) if giver and named else None
    if got and re.match(r" (?:grant|of funding|in funding|funding|from|to\b|for\b|in 20\d\d|was|\.)|[.,]|$", after):
        giver = _giver_near(context, sentence)
        if giver:
            return giver, _recipient(context, got["who"]), got.start(), amount.end + min(len(after), 60)
    if totals:
        whom_before = _funded_before(context, sentence, totals["giver"])
        if whom_before:
            return _giver(context, totals["giver"]), whom_before, totals.start(), amount.end
    return None


def _giver(context: Context, printed: str) -> str:
    name = re.sub(r"^[Tt]he ", "", printed)
    if name == "Home Secretary":
        return "Home Office"
    return context.name(name) or tidy(name)


def _giver_near(context: Context, sentence: Sentence) -> str:
    """Who gives what somebody received: named in the sentence or shortly before it."""
    named = [re.search(rf"\b{_DEPARTMENT}\b", sentence.text)]
    number = sentence.passage.number
    for passage in reversed(context.paper.passages[max(0, number - 8) : number + 1]):
        stop = sentence.start if passage.number == number else len(passage.text)
        named.append(
            re.search(
                rf"\b(?!(?:the )?Government\b){_DEPARTMENT}(?=(?:'s)? (?:\w+ )?(?:funding|grant))", passage.text[:stop]
            )
        )
    first = next((match for match in named if match), None)
    return _giver(context, first[0]) if first else _allocator(context, sentence)


def _allocator(context: Context, sentence: Sentence) -> str:
    """The board that shares money out, by an earlier sentence: "The Board allocated funding to each partnership"."""
    for other in sentence.passage.sentences:
        found = re.search(
            r" (?:allocate[sd]?|distribute[sd]?|award(?:s|ed)) (?:the )?(?:\w+ )?(?:funding|funds"
            r"|grants?)\b",
            other.text,
        )
        if found and other.start < sentence.start:
            board = group_before(context, other, found.start())
            return board.name if board else ""
    return ""


def _recipient(context: Context, printed: str) -> str:
    printed = re.sub(
        r"^(?:Consequently|However|Therefore|In addition|As a result|Also|Moreover), (?:the )?", "", printed
    )
    words = re.sub(
        r"^(?:(?:the|fund|support|work of|an?)\s+)+(?=\w)", "", re.sub(r"\s*\([A-Z][\w']*\)", "", printed.strip())
    )
    return context.name(words) or tidy(words)


def _funded_before(context: Context, sentence: Sentence, giver: str) -> str:
    """What an earlier sentence says that the same body funds: "The Unit is funded by the Home Office"."""
    for other in sentence.passage.sentences:
        match = _FUNDED_BY.search(other.text) if other.start < sentence.start else None
        if match and match["giver"].removeprefix("the ").removeprefix("The ") == giver.removeprefix("the "):
            return _funded(context, other, match.start())
    return ""


def _fund(text: str, after: str) -> str:
    found = re.search(r"\b(?P<fund>(?:[A-Z][\w'-]* (?:and )?){1,5}(?:Fund|Grant|Funding|Scheme))\b", text)
    plain = re.match(r" (?P<fund>(?:\w+ )?grant)\b", after)
    return tidy(found["fund"]) if found else (plain["fund"] if plain else "")


def _without_amount(context: Context, sentence: Sentence) -> Iterator[Fact]:
    """Who funds what, where the paper gives no figure: "is funded by", "funds two posts", "received funding from"."""
    text = sentence.text
    for match in _FUNDED_BY.finditer(text):
        what = _funded(context, sentence, match.start()) if not text[: match.start()].endswith("and ") else ""
        if what:
            yield _money(
                sentence, _giver(context, match["giver"]), what, (max(0, match.start() - 80), match.end()), "funded-by"
            )
    for match in _FROM.finditer(text):
        before = text[: match.start()].rstrip()
        what = _funded(context, sentence, match.start())
        if what and before:
            yield _money(
                sentence,
                _giver(context, match["giver"]),
                what,
                (max(0, match.start() - 80), match.end()),
                "funding-from",
            )
    for match in _FUNDS.finditer(text):
        if _BID.search(text[: match.start()]) or not re.search(r"[A-Za-z]{4}", match["what"]):
            continue
        if match["verb"] == "fund" and not re.search(
            r"\b(?:continue to|jointly|also)\s*$|s$", text[: match.start("verb")].rstrip()
        ):
            continue
        what = _posts(sentence, re.sub(r"^[\d.]+ (?:x )?| \(.*", "", match["what"]))
        if what and (" " in what or what.isupper()):
            yield _money(sentence, _giver(context, match["giver"]), context.expand(what), match.span(), "funds-what")


def _posts(sentence: Sentence, printed: str) -> str:
    """What is funded; posts without a name are those of the heading above: "Community Safety Coordinators"."""
    title = sentence.passage.headings[-1] if sentence.passage.headings else ""
    if re.search(r"^(?:\w+ )?posts?$", printed) and re.search(
        r"(?:Coordinator|Analyst|Officer|Advisor|Adviser)s?$", title
    ):
        return re.sub(r"s$", "", title) + " posts"
    return tidy(printed)


def _funded(context: Context, sentence: Sentence, place: int) -> str:
    """What is funded: the group or noun phrase right before "is funded by"."""
    before = re.sub(r"(?:,? (?:which|that|who|and|initially|is|are|was|were))+\s*$", "", sentence.text[:place].rstrip())
    named = group_before(context, sentence, len(before))
    if named:
        return named.name
    found = re.search(
        r"(?:^|\b(?:[Tt]he|[Aa]n?|[Oo]ur|[Tt]hese|[Tt]wo|its)\s)(?P<what>(?:[\w'&-]+ ){0,5}(?:[Tt]eam|[Ss]ervices?"
        r"|[Pp]osts?|[Rr]oles?|[Pp]rojects?"
        r"|[Pp]rogrammes?|[Ss]chemes?|[Cc]oordinators?|[Oo]fficers?|[Ww]orkers?|[Uu]nit|[Hh]ub|VRU|[Aa]dvocates?"
        r"|[Ii]nitiatives?))(?: \([A-Z]+\))?$",
        before,
    )
    return context.expand(tidy(found["what"])) if found else ""


# Tables by years

_NUMBER = re.compile(r"^£?\s?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{4,}(?:\.\d+)?)$")
_NO_ROW = re.compile(
    r"^(?:retained|balance|remaining|unallocated|difference|change|variance|population)\b", re.IGNORECASE
)


def yearly_tables(context: Context, seen: set[int]) -> Iterator[Fact]:
    """Find the rows of tables whose columns are years or amounts with the pound in their head.

    Args:
        context: the paper.
        seen: the passages that another rule has read as rows of money; those read here are added.

    Yields:
        A statement for each cell, with the year of its column as period.
    """
    passages = context.paper.passages
    for header in passages:
        if (
            header.kind != "row"
            or header.number in seen
            or not re.search(r"£|\b20\d\d", header.text)
            or _priced(header)
        ):
            continue
        rows = _rows_below(passages, header)
        if len(rows) < 2 or any(row.number in seen for row in rows):
            continue
        words = (
            " ".join(p.text for p in passages[max(0, header.number - 3) : header.number])
            + " "
            + " ".join(header.headings[-1:])
        )
        pounds = "£" in header.text or "£" in words
        if not pounds or not re.search(r"\b(?:fund|grant|award|allocat)", words, re.IGNORECASE):
            continue
        if re.search(
            r"\b(?:precept|council tax|capital programme|reserves|offences|population)\b", words, re.IGNORECASE
        ):
            continue
        giver = re.search(rf"\b{_GIVER}\b", re.sub(r"\b(?:[A-Z]\w+ )+(?:Trust|Foundation|Fund)\b", "", words))
        funder = _giver(context, giver["giver"]) if giver else context.commissioner
        heading = re.search(r"\b(?:[A-Z]\w+ ){1,4}(?:Fund|Grant|Funding)s?\b", " ".join(header.headings[-1:]))
        seen |= {header.number, *(row.number for row in rows)}
        yield from _cells(context, header, rows, funder, tidy(heading[0]) if heading else "")


def _priced(row: Passage) -> bool:
    return any(_NUMBER.match(cell) for cell in row.cells)


def _rows_below(passages: Sequence[Passage], header: Passage) -> list[Passage]:
    rows = []
    for passage in passages[header.number + 1 :]:
        if passage.kind != "row" or not _priced(passage):
            break
        rows.append(passage)
    return rows


def _cells(context: Context, header: Passage, rows: Sequence[Passage], funder: str, fund: str) -> Iterator[Fact]:
    for row in rows:
        label = next((tidy(cell) for cell in row.cells if cell and not _NUMBER.match(cell)), "")
        if not label or _NO_ROW.match(label):
            continue
        total = re.match(r"(?:grand )?total\b", label, re.IGNORECASE)
        name = f"{tidy(fund) or 'grants'} (total)" if total else context.name(label)
        for place, cell in enumerate(row.cells):
            number = _NUMBER.match(cell)
            head = header.cells[place] if place < len(header.cells) else ""
            if not number or re.search(r"%|\b(?:number|rate|rank|change|per )", head, re.IGNORECASE):
                continue
            when = periods(head)
            at = row.text.find(cell)
            yield Fact(
                "funding",
                funder,
                "funds",
                name,
                row.locator,
                row.quote(0, at + len(cell)),
                "table-by-years",
                value=round(float(number["number"].replace(",", "")), 2),
                on=printed_date(when[0]) if when else None,
                more={"fund": fund, "period": when[0] if when else ""},
                passage=row.number,
            )


def _money(
    sentence: Sentence,
    giver: str,
    whom: str,
    span: tuple[int, int],
    rule: str,
    value: float | None = None,
    on: str | None = None,
    more: dict[str, str] | None = None,
) -> Fact:
    passage = sentence.passage
    quote = sentence.quote(span[0], min(len(sentence.text), span[1]))
    more = more or {"note": "no amount given"}
    return Fact(
        "funding", giver, "funds", whom, passage.locator, quote, rule, "stated", value, on, more, passage.number
    )
