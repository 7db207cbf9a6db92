"""Find instruments and provisions in a sentence, and write them as the guide does: short title, year, provision.

A year that the paper leaves out is supplied where the titles known (of the register, of the paper, and the well-known
Acts below) have only one; a misprinted title or year is mended only where one known title is meant, and what stands
in the paper is kept.

Why this stands beside :mod:`dutygraph.citations`: that module answers "which provision of which instrument, by its
official address", and says nothing where the title is not held; it is what links a paper's mentions and what the audit
follows. A fact of the kind legislation says instead what the paper cites *in the paper's words mended*: also an
instrument that we do not hold, a Bill, a title with a digit wrong, together with what is printed.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .. import register

KNOWN = (
    "Children Act 1989",
    "Freedom of Information Act 2000",
    "Data Protection Act 1998",
    "Data Protection Act 2018",
    "Domestic Abuse Act 2021",
    "Modern Slavery Act 2015",
    "Mental Health Act 1983",
    "Local Government Act 1972",
    "Local Government Finance Act 1988",
    "Localism Act 2011",
    "Police and Criminal Evidence Act 1984",
    "Terrorism Act 2000",
    "Offensive Weapons Act 2019",
    "Regulation of Investigatory Powers Act 2000",
    "Investigatory Powers Act 2016",
    "Care Act 2014",
    "Counter-Terrorism and Security Act 2015",
    "Fire and Rescue Services Act 2004",
    "Health and Safety at Work etc. Act 1974",
    "European Convention on Human Rights",
)
"""Titles that papers cite and the register need not hold (legislation.gov.uk; the Convention: Rome, 1950)."""

_HEAD = re.compile(
    r"\b(?:Act|Regulations|Order|Bill|Measure|Rules|Convention on Human Rights)(?![\w-])(?P<year>,? (?:of )?\(?"
    r"(?:1[89]|20)\d\d\b\)?)?"
)
_TOKEN = re.compile(r"\([A-Z][^()]{2,70}\)|[\w'&-]+\.?,?|[^\w\s]+")
_LINK = {"and", "of", "for", "the", "in", "to", "with", "on", "at", "by", "etc", "etc.", "from", "&", "or"}
_LEADING = {
    "the",
    "under",
    "in",
    "section",
    "sections",
    "schedule",
    "as",
    "and",
    "this",
    "part",
    "by",
    "of",
    "with",
    "new",
    "within",
    "article",
    "from",
    "both",
    "on",
    "for",
    "chapter",
    "paragraph",
    "to",
    "original",
    "government",
    "disclosable",
    "that",
    "these",
    "since",
    "following",
    "s",
    "ss",
}
_PART = (
    r"(?:(?:[Ss]ections?|[Ss]s?\.?|[Rr]egulations?|[Rr]eg\.|[Aa]rticles?|[Aa]rt\.|[Ss]chedules?|[Ss]ch\.?"
    r"|[Pp]aragraphs?|[Pp]ara\.?|[Pp]art|[Cc]hapter|[Rr]ule)"
    r"\s?(?:\d+[A-Z]{0,3}(?:\(\w{1,4}\))*|[IVX]+\b)(?:\s?(?:,|and|to|-)\s?\d+[A-Z]{0,2}(?:\(\w{1,4}\))*)*)"
)
_BEFORE = re.compile(rf"(?P<parts>{_PART}(?:,?\s(?:of\s)?{_PART})*)\s*(?:of|to|in|under)?\s*(?:the\s+)?$")
_AFTER = re.compile(rf"^(?:\s\([A-Z]{{2,6}}\))?,?\s*\(?(?P<parts>{_PART}(?:,?\s{_PART})*)")
_CODE = re.compile(r"\b(?:[Ss]tatutory )?Code of Practice (?:for|on) [A-Z]\w+(?:(?: (?:of|and|for|the|in))* [A-Z]\w+)*")
_UNIT = {
    "section": "s.",
    "s": "s.",
    "ss": "s.",
    "regulation": "reg.",
    "reg": "reg.",
    "article": "Art.",
    "art": "Art.",
    "schedule": "Sch.",
    "sch": "Sch.",
    "paragraph": "para.",
    "para": "para.",
    "part": "Pt.",
    "chapter": "Ch.",
    "rule": "r.",
}
SHORTS = {"ECHR": "European Convention on Human Rights"}


@dataclass(frozen=True)
class Citation:
    """An instrument, or a provision of it, cited in a text.

    Args:
        name: the canonical name, with the provision.
        title: the instrument alone.
        printed: what stands in the paper, where it differs.
        start: where it begins in the text.
        end: where it ends.
        note: a doubt, in words.
    """

    name: str
    title: str
    printed: str
    start: int
    end: int
    note: str = ""


@lru_cache(maxsize=1)
def known_titles() -> tuple[str, ...]:
    """Return the titles of the register's instruments and the well-known ones, without a leading "The"."""
    with (Path(register.__file__).parent / "instruments.csv").open(encoding="utf-8", newline="") as file:
        held = [row["title"].removeprefix("The ") for row in csv.DictReader(file)]
    return tuple(dict.fromkeys([*held, *KNOWN]))


def find_citations(text: str, extra: tuple[str, ...] = ()) -> list[Citation]:
    """Find the instruments and provisions that a text cites.

    Args:
        text: a sentence, without marks of emphasis.
        extra: titles that the paper gives in full elsewhere.

    >>> [found.name for found in find_citations("section 149 of the Equality Act 2010 and the Human Rights Act")]
    ['Equality Act 2010, s.149', 'Human Rights Act 1998']
    """
    found: list[Citation] = []
    for head in _HEAD.finditer(text):
        start = _title_start(text, head.start())
        printed = text[start : head.end()].strip(" ,")
        if start < head.start() and len(printed.split()) > 1:
            found += _with_provisions(text, start, head.end(), printed, extra)
    found += [Citation(match[0], match[0], "", match.start(), match.end()) for match in _CODE.finditer(text)]
    for match in re.finditer(r"\bECHR\b", text):
        found += [
            item
            for item in _with_provisions(text, match.start(), match.end(), SHORTS["ECHR"], extra)
            if item.name != item.title
        ]
    return sorted(found, key=lambda item: item.start)


def _title_start(text: str, end: int) -> int:
    """Walk back from the noun of a title over the words that belong to it."""
    tokens = list(_TOKEN.finditer(text, max(0, end - 260), end))
    place = len(tokens)
    while place > 0 and _belongs(tokens, place - 1):
        place -= 1
    while place < len(tokens) and (
        tokens[place][0].strip(".,").casefold() in _LEADING
        or tokens[place][0][:1].isdigit()
        or tokens[place][0].casefold() in _LINK
    ):
        place += 1
    return tokens[place].start() if place < len(tokens) else end


def _belongs(tokens: list[re.Match[str]], place: int) -> bool:
    token = tokens[place][0]
    if token.endswith(".") and token not in ("etc.",) and len(token) > 2:
        return False
    if token[:1].isupper() or re.match(r"\(\w", token):
        return True
    if token.rstrip(",").casefold() in _LINK and place > 0:
        before = tokens[place - 1][0]
        return (
            before[:1].isupper()
            or before.startswith("(")
            or (before.casefold() in _LINK and place > 1 and tokens[place - 2][0][:1].isupper())
        )
    return False


def _with_provisions(text: str, start: int, end: int, printed: str, extra: tuple[str, ...]) -> Iterator[Citation]:
    title, note = canonical_title(printed, extra)
    if not title:
        return
    before, after = _BEFORE.search(text[:start]), _AFTER.match(text[end:])
    if not before and not after:
        yield Citation(title, title, printed if printed != title else "", start, end, note)
        return
    parts = before["parts"] if before else after["parts"]  # type: ignore[index]
    begin, stop = (before.start(), end) if before else (start, end + after.end())  # type: ignore[union-attr]
    whole = text[begin:stop].lstrip("( ")
    for pinpoint in _pinpoints(parts):
        yield Citation(f"{title}, {pinpoint}", title, whole, begin, stop, note)


def _pinpoints(parts: str) -> list[str]:
    """Write provisions short: ``s.12``, ``Art.2`` and ``Art.3`` apart.

    In the body of an Act what is numbered within Part and Chapter is a section; paragraphs are found in schedules only.
    """
    units = re.findall(
        r"([A-Za-z]+)\.?\s?((?:\d+[A-Z]{0,3}|[IVX]+)(?:\(\w{1,4}\))*(?:\s?(?:,|and|to|-)\s?\d+[A-Z]{0,2}"
        r"(?:\(\w{1,4}\))*)*)",
        parts,
    )
    named = [
        (_UNIT.get(unit.casefold().rstrip("s") or "s", _UNIT.get(unit.casefold(), "")), number)
        for unit, number in units
    ]
    named = [(unit, number) for unit, number in named if unit]
    if not named:
        return []
    if named[0][0] in ("Pt.", "Ch.") and len(named) > 1 and not any(unit == "Sch." for unit, _number in named):
        named = [("s." if named[-1][0] == "para." else named[-1][0], named[-1][1])]
    if len(named) == 1:
        unit, numbers = named[0]
        return [f"{unit}{number}" for number in re.findall(r"\d+[A-Z]{0,3}(?:\(\w{1,4}\))*|[IVX]+", numbers)]
    if named[0][0] == "para." and named[1][0] == "Sch.":
        named.reverse()
    return [" ".join(f"{unit}{number}" for unit, number in named)]


def canonical_title(printed: str, extra: tuple[str, ...] = ()) -> tuple[str, str]:
    """Return the title that is meant and a doubt in words; empty if it is no title.

    >>> canonical_title("Human Rights Act 1988")
    ('Human Rights Act 1998', 'the paper prints 1988; no such Act is known')
    """
    bare = (
        re.sub(r"[()]", "", re.sub(r"\((?=(?:19|20)\d\d\))", "", printed))
        if re.search(r"\((?:19|20)\d\d\)$", printed)
        else printed
    )
    bare = re.sub(r"(?<=Act),? of (?=\d{4})", " ", bare)
    year = re.search(r"(?:1[89]|20)\d\d$", bare)
    stem = _plain(bare[: year.start()] if year else bare)
    titles = (*extra, *known_titles())
    exact = [title for title in titles if _plain(title) == _plain(bare)]
    if exact:
        return exact[0], ""
    same = list(dict.fromkeys(title for title in titles if _plain(re.sub(r"\s\d{4}$", "", title)) == stem))
    if year:
        if len(same) == 1 and _one_digit_off(same[0][-4:], year[0]):
            return same[0], f"the paper prints {year[0]}; no such Act is known"
        close = [title for title in titles if title.endswith(year[0]) and _close(_plain(title), _plain(bare))]
        return (close[0], "") if close else (bare.strip(), "")
    if len(same) == 1:
        return same[0], ""
    if re.fullmatch(r"(?:(?:acts?|regulations|orders?|bill|rules|amendments?|and|the|or)\s?)+", stem):
        return "", ""
    ends = list(dict.fromkeys(title for title in titles if _plain(re.sub(r"\s\d{4}$", "", title)).endswith(" " + stem)))
    if len(ends) == 1 and len(stem.split()) > 2:
        return ends[0], ""
    own = re.search(r"\b(?:Act|Bill|Convention on Human Rights)$", bare.strip()) and len(stem.split()) > 2
    return (bare.strip(), "") if own or same else ("", "")


def _plain(title: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9 ]", " ", title.casefold().replace("&", "and")).split())


def _one_digit_off(one: str, other: str) -> bool:
    return sum(left != right for left, right in zip(one, other, strict=False)) == 1


def _close(one: str, other: str) -> bool:
    """One small word more or less, or the end of a longer title."""
    first, second = one.split(), other.split()
    small = {"and", "of", "the", "for"}
    if [word for word in first if word not in small] == [word for word in second if word not in small]:
        return True
    return one.endswith(other) and len(second) >= 4
