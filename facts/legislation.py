"""Legislation: what a paper cites, and what it says of instruments - ``amends``, ``madeUnder``, ``commencedOn``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..loaders.papers.dates import date_in_words, printed_date
from ..loaders.papers.model import Sentence
from .citing import Citation, find_citations
from .context import Context, tidy
from .model import Fact

_UNDER = re.compile(r"\b(?:issued|made|laid|passed)\s+under\b")
_AMENDING = re.compile(r"\b(?:making (?:a number of )?(?:changes|amendments) to|amend(?:s|ed|ing)(?! (?:in|by)\b))\b")
_AMENDMENTS = re.compile(r"\bAmendments?\s+(?P<years>(?:19|20)\d\d(?:(?:,\s*|\s+and\s+)(?:19|20)\d\d)*)")
_CHANGED_IN = re.compile(
    r"\b(?:simplified|amended|changed|relaxed|replaced|revised|removed)\s+(?:in|by)\s+the\s+(?P<year>(?:19"
    r"|20)\d\d)\s+Amendments?"
)
_AS_AMENDED = re.compile(r"^\s*\(?(?:as )?amended(?: in| by)?\s+(?P<year>(?:19|20)\d\d)\)?")
_REVISED = re.compile(
    r"\b[Aa] (?:revised|new|updated) version of (?:the )?(?P<what>[A-Z][\w& ]+?)(?: \([A-Z]+\))? (?:was"
    r"|has been) published(?: in| on)? (?P<when>[^.,;]{4,25})"
)
_COMMENCED = re.compile(
    r"\b(?:(?P<modal>will )?(?:commence[sd]?|c[ao]mes? into (?:force|effect|operation)|took effect|go(?:es)? live"
    r"|went live|bec[oa]me law))\s+(?:on|in|from|during)?\s*"
    r"(?P<when>(?:the\s+)?(?:\d{1,2}(?:st|nd|rd|th)?(?:\s+of)?\s+)?(?:[A-Z][a-z]+\s+)?(?:19|20)\d\d)"
)
_IN_MONTH = re.compile(
    r"^(?:In|On|From|Since) (?P<when>(?:\d{1,2}(?:st|nd|rd|th)? )?(?:[A-Z][a-z]+ )?(?:19|20)\d\d),? "
)
_DUTY = re.compile(r"(?:[A-Z][\w-]*\s+){1,5}Duty\b")
_NAMED = re.compile(
    r"\b[Tt]he (?:original |above |said |same )?(?P<year>(?:19|20)\d\d )?"
    r"(?P<noun>Act|Regulations|Order|Bill)\b(?! (?:19|20)\d\d)"
)


class _Reading:
    """The instruments met so far, for "the Act" and "the Regulations"."""

    def __init__(self, context: Context) -> None:
        self.context = context
        found = [item for sentence in context.paper.sentences() for item in find_citations(sentence.text)]
        self.extra = tuple(dict.fromkeys(item.title for item in found if re.search(r"\d{4}$", item.title)))
        self.defined: dict[tuple[int, str], str] = {}
        for item in context.abbreviations:
            if item.short.startswith("the "):
                titles = find_citations(item.long, self.extra)
                if titles:
                    self.defined.setdefault((item.sentence.passage.report, item.short.split()[-1]), titles[0].title)
        self.last: dict[str, str] = {}

    def named(self, sentence: Sentence, noun: str) -> str:
        """Say which instrument "the Act" or "the Regulations" is there."""
        report = sentence.passage.report
        own = self.defined.get((report, noun))
        if own:
            return own
        earlier = [title for (where, word), title in self.defined.items() if word == noun and where <= report]
        return self.last.get(noun) or (earlier[-1] if earlier else "")

    def citations(self, sentence: Sentence) -> list[Citation]:
        """Find what a sentence cites by title, and remember it."""
        found = find_citations(sentence.text, self.extra)
        for item in found:
            noun = re.search(r"\b(Act|Regulations|Order|Bill)\b(?: \d{4})?$", item.title)
            if noun:
                self.last[noun[1]] = item.title
        return found


def find(context: Context) -> Iterator[Fact]:
    """Find what a paper cites and what it says of instruments, each once."""
    reading = _Reading(context)
    for sentence in context.paper.sentences():
        found = reading.citations(sentence)
        for item in found:
            yield _cites(context, sentence, item)
        for rule in (_made_under, _amends, _amended_by, _revised, _commenced):
            yield from rule(sentence, found, reading)


def law_of(context: Context) -> dict[int, str]:
    """Return for each passage the instrument that it is about: by title, by "the Act", or by what leads it in."""
    reading = _Reading(context)
    about: dict[int, str] = {}
    for passage in context.paper.passages:
        for sentence in passage.sentences:
            found = reading.citations(sentence)
            named = _NAMED.search(sentence.text)
            title = found[0].name if found else (reading.named(sentence, named["noun"]) if named else "")
            if title:
                about.setdefault(passage.number, title)
        if passage.number not in about and passage.lead in about:
            about[passage.number] = about[passage.lead]
    return about


def _cites(context: Context, sentence: Sentence, item: Citation) -> Fact:
    more = {}
    if item.printed and item.printed != item.name:
        more["as_printed"] = item.printed
    if item.note:
        more["note"] = item.note
    return _fact(sentence, context.paper.doc, "cites", item.name, "citation", (item.start, item.end), more=more)


def _fact(
    sentence: Sentence,
    subject: str,
    relation: str,
    what: str,
    rule: str,
    span: tuple[int, int] | None = None,
    on: str | None = None,
    more: dict[str, str] | None = None,
) -> Fact:
    start, end = span or (0, len(sentence.text))
    passage = sentence.passage
    return Fact(
        "legislation",
        subject,
        relation,
        what,
        passage.locator,
        sentence.quote(start, end),
        rule,
        on=on,
        more=more or {},
        passage=passage.number,
    )


def _first_title(sentence: Sentence, found: list[Citation], reading: _Reading, end: int) -> str:
    """The instrument that a sentence is about, before a place in it."""
    before = [item for item in found if item.start < end]
    if before:
        return before[0].title
    named = _NAMED.search(sentence.text[:end])
    return reading.named(sentence, named["noun"]) if named else ""


def _made_under(sentence: Sentence, found: list[Citation], reading: _Reading) -> Iterator[Fact]:
    for match in _UNDER.finditer(sentence.text):
        subject = _first_title(sentence, found, reading, match.start())
        after = [item.title for item in found if item.start >= match.end()]
        named = _NAMED.search(sentence.text, match.end())
        what = after[0] if after else (reading.named(sentence, named["noun"]) if named else "")
        if subject and what and subject != what and re.search(r"(?:Regulations|Order|Rules)", subject):
            yield _fact(
                sentence, subject, "madeUnder", what, "made-under", (max(0, match.start() - 40), len(sentence.text))
            )


def _amends(sentence: Sentence, found: list[Citation], reading: _Reading) -> Iterator[Fact]:
    for match in _AMENDING.finditer(sentence.text):
        subject = _first_title(sentence, found, reading, match.start())
        after = [item.title for item in found if item.start >= match.end()]
        if not subject or not after or subject in after:
            continue
        span = (match.start(), len(sentence.text))
        yield _fact(sentence, subject, "amends", after[0], "amends", span)
        if re.search(r"\band its Regulations\b", sentence.text[match.end() :]):
            made = reading.named(sentence, "Regulations")
            if made:
                yield _fact(sentence, subject, "amends", made, "amends", span)


def _amended_by(sentence: Sentence, found: list[Citation], reading: _Reading) -> Iterator[Fact]:
    for match in _AMENDMENTS.finditer(sentence.text):
        title = _first_title(sentence, found, reading, match.start())
        noun = re.search(r"\b(Act|Regulations|Order)\b", title)
        for year in re.findall(r"\d{4}", match["years"]) if title and noun else ():
            what = f"the {year} amending {noun[1].lower()}"  # type: ignore[index]
            yield _fact(sentence, title, "amendedBy", what, "amendments-listed", match.span(), year)
    for match in _CHANGED_IN.finditer(sentence.text):
        title = _first_title(sentence, found, reading, match.start()) or reading.named(sentence, "Regulations")
        noun = re.search(r"\b(Act|Regulations|Order)\b", title)
        if noun:
            what = f"the {match['year']} amending {noun[1].lower()}"
            yield _fact(sentence, what, "amends", title, "changed-in-amendments", match.span(), match["year"])
    for item in found:
        after = _AS_AMENDED.match(sentence.text[item.end :])
        if after:
            noun = re.search(r"\b(Act|Regulations|Order)\b", item.title)
            what = f"the {after['year']} amending {noun[1].lower() if noun else 'instrument'}"
            yield _fact(
                sentence,
                item.title,
                "amendedBy",
                what,
                "as-amended",
                (item.start, item.end + after.end()),
                after["year"],
            )


def _revised(sentence: Sentence, _found: list[Citation], reading: _Reading) -> Iterator[Fact]:
    for match in _REVISED.finditer(sentence.text):
        name, when = tidy(reading.context.expand(match["what"])), printed_date(match["when"])
        if when:
            yield _fact(sentence, name, "amendedBy", f"{name} {when[:4]}", "revised-version", match.span(), when)


def _commenced(sentence: Sentence, found: list[Citation], reading: _Reading) -> Iterator[Fact]:
    text = sentence.text
    match = _COMMENCED.search(text)
    opening = _IN_MONTH.match(text)
    if (
        match is None
        and opening
        and (late := re.search(r"\bc[ao]me into (?:force|effect)|\bcommenced\b|\btook effect\b", text))
    ):
        when, place, end = printed_date(opening["when"]), late.start(), late.end()
    elif match is not None:
        when, place, end = printed_date(match["when"]), match.start(), match.end()
    else:
        return
    before = [item for item in found if item.start < place]
    duties = list(_DUTY.finditer(text, 0, place))
    subject = tidy(duties[-1][0]) if duties else (before[-1].title if before else "")
    short = re.search(r"\bthe ([Dd]uty)\b", text[:place])
    if not subject and short:
        subject = last_duty(reading.context, sentence)
    if subject and when:
        start = duties[-1].start() if duties else (before[-1].start if before else (short.start() if short else 0))
        yield _fact(
            sentence,
            reading.context.expand(subject),
            "commencedOn",
            date_in_words(when),
            "commencement",
            (start, end),
            when,
        )


def last_duty(context: Context, sentence: Sentence) -> str:
    """Return the last duty with a name before a sentence, for "the Duty"."""
    own = _DUTY.findall(context.expand(sentence.text))
    if own:
        return tidy(own[0])
    number = sentence.passage.number
    for passage in reversed(context.paper.passages[max(0, number - 12) : number + 1]):
        found = _DUTY.findall(context.expand(passage.text))
        if found:
            return tidy(found[-1])
    return ""
