"""Find the abbreviations that a paper itself expands: ``Integrated Care Board (ICB)``, ``the 1998 Act ("the Act")``.

The long form is sought in the words before the brackets, as Schwartz and Hearst do it ("A simple algorithm for
identifying abbreviation definitions in biomedical text", 2003), with first letters of words before letters within.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .model import Paper, Sentence

_SHORT = re.compile(r"\(\s*[\"']?(?P<short>(?:the )?[A-Z][A-Za-z0-9&/.-]{1,9}(?:'?s)?)[\"']?\s*\)")
_LAW_NAME = re.compile(
    r"\(\s*(?:hereafter |referred to as )?[\"']?(?P<short>[Tt]he (?:\d{4} )?(?:Act|Regulations|Order|Bill|Code"
    r"|Convention))[\"']?\s*\)"
)
_LAW = re.compile(
    r"(?:[A-Z(][\w',()&-]*\s+(?:(?:and|of|for|the|etc\.?|in|to|on)\s+)*){1,16}(?:Act|Regulations|Order|Bill|Code"
    r"|Convention on Human Rights)"
    r"(?:\s+\(?(?:19|20)\d\d\)?)?(?:\s+and\s+Amendments[\d ,and]{4,40})?\s*$"
)
_LONG = re.compile(
    r"(?P<short>\b[A-Z]{2,8})(?P<noun>(?: [a-z]+)?) \((?P<long>[A-Z][a-z]+(?:[ -](?:of |and |for "
    r"|the )?[A-Z][a-z]+){1,6})\)"
)
_WORD = re.compile(r"[A-Za-z0-9&/'.]+(?:'s)?|,")
_SMALL = {"of", "and", "the", "for", "to", "in", "on", "with", "by", "into", "a", "an", "at", "&", "or", "england"}
_NO_ABBREVIATIONS = {
    "OFFICIAL",
    "RESTRICTED",
    "SENSITIVE",
    "CIC",
    "MBE",
    "OBE",
    "UK",
    "EU",
    "TBC",
    "II",
    "III",
    "IV",
    "NA",
    "N/A",
}


@dataclass(frozen=True)
class Abbreviation:
    """A short form, what it stands for, and where the paper says so.

    Args:
        short: the short form in the singular.
        long: the long form in the singular.
        printed: the short form as printed.
        sentence: where the paper expands it.
        start: where the expansion begins in the sentence.
        end: where it ends.
    """

    short: str
    long: str
    printed: str
    sentence: Sentence
    start: int
    end: int


def find_abbreviations(paper: Paper) -> list[Abbreviation]:
    """Find what the paper expands, in reading order; a second expansion only if it says something else.

    >>> from .passages import make_passages
    >>> from .model import Line
    >>> line = Line("Integrated Care Boards (ICBs) sit on the Drugs Board (DB).")
    >>> paper = Paper("x.txt", tuple(make_passages([line])))
    >>> [(found.short, found.long) for found in find_abbreviations(paper)]
    [('ICB', 'Integrated Care Board'), ('DB', 'Drugs Board')]
    """
    found: list[Abbreviation] = []
    for sentence in paper.sentences():
        for new in (*_in_brackets(sentence), *_expanded_in_brackets(sentence), *_laws(sentence)):
            _add(found, new)
    return found


def _add(found: list[Abbreviation], new: Abbreviation) -> None:
    for place, old in enumerate(found):
        if old.short != new.short:
            continue
        if _same(old.long, new.long):
            if _initials(new.long, new.short) and not _initials(old.long, old.short):
                found[place] = new
            return
    found.append(new)


def _same(one: str, other: str) -> bool:
    first, second = set(_folded(one)), set(_folded(other))
    return len(first & second) * 2 >= 1.2 * min(len(first), len(second))


def _folded(text: str) -> list[str]:
    return [word.rstrip("s") for word in re.findall(r"[a-z0-9]+", text.casefold()) if word not in _SMALL]


def _in_brackets(sentence: Sentence) -> Iterator[Abbreviation]:
    for match in _SHORT.finditer(sentence.text):
        printed = match["short"].removeprefix("the ")
        short = _singular_short(printed)
        if sum(letter.isupper() for letter in short) < 2 or short.upper() in _NO_ABBREVIATIONS:
            continue
        long = long_form(sentence.text[: match.start()], short)
        if long:
            begin = sentence.text.rfind(long, 0, match.start())
            begin = begin if begin >= 0 else max(0, match.start() - len(long) - 1)
            name = _long_singular(long, short, printed)
            yield Abbreviation(short, name, printed, sentence, begin, match.end())


def _expanded_in_brackets(sentence: Sentence) -> Iterator[Abbreviation]:
    for match in _LONG.finditer(sentence.text):
        if _initials(match["long"], match["short"]):
            yield Abbreviation(match["short"], match["long"], match["short"], sentence, match.start(), match.end())


def _laws(sentence: Sentence) -> Iterator[Abbreviation]:
    for match in _LAW_NAME.finditer(sentence.text):
        before = _LAW.search(sentence.text[: match.start()])
        noun = match["short"].split()[-1]
        if before and noun.rstrip("s") in before[0]:
            title = re.sub(r"^(?:(?:The|Under|In|By|As)\s+|[Ss]ection \d+\w* of the\s+|the\s+)+", "", before[0].strip())
            title = re.sub(r"\s+and\s+Amendments.*", "", title)
            start = sentence.text.find(title)
            yield Abbreviation("the " + match["short"][4:], title, match["short"], sentence, start, match.end())


def _singular_short(printed: str) -> str:
    return re.sub(r"(?<=[A-Z0-9])'?s$", "", printed).strip(".")


def _long_singular(long: str, short: str, printed: str) -> str:
    """Put the long form into the singular where it is a plural: by the short form, or by its own last letter."""
    long = re.sub(r"'s?$", "", long)
    compound = re.search(r" (?:of|on|and|&|for) ", long)
    if printed != short and re.match(r"\w+[^s]s of ", long):
        return re.sub(r"^(\w+)s of ", r"\1 of ", long)
    plural = re.search(r"[^s'u]s$|ies$", long) and (printed != short or not (short.endswith("S") or compound))
    if not plural:
        return long
    return re.sub(r"ies$", "y", long) if long.endswith("ies") else long[:-1]


def long_form(before: str, short: str) -> str:
    """Return the words before a bracket that a short form abbreviates; empty if there are none.

    >>> long_form("the work of the Police and Crime Commissioner's", "PCC")
    "Police and Crime Commissioner's"
    """
    letters = [letter.lower() for letter in short if letter.isalnum()]
    words = [match for match in _WORD.finditer(before) if match[0] != ","][-(len(letters) * 2 + 4) :]
    start = _by_initials(words, letters, small=False)
    if start is None:
        start = _by_initials(words, letters, small=True)
    if start is None:
        start = _by_letters(words, letters)
    if start is None:
        start = _by_first_initials(words, letters)
    if start is None:
        return ""
    end = words[-1].end()
    if len(words) > start + 1 and words[-1][0].islower() and words[-1][0][0] != letters[-1]:
        end = words[-2].end()  # "the Alliance Governance Group meeting (AGG)"
    long = before[words[start].start() : end].strip().rstrip("\"' ")
    return "" if re.search(r"[;:]|\. [A-Z]", long) else long.lstrip("\"'")


def _parts(word: str) -> list[str]:
    return [part for part in re.split(r"[-/]", word.lower()) if part]


def _by_initials(words: list[re.Match[str]], letters: list[str], small: bool) -> int | None:
    """Match each letter with the first letter of a word, from the last back; small words count only where said so."""
    left = list(letters)
    for place in range(len(words) - 1, -1, -1):
        word = words[place][0].lower().strip("'.")
        if not left:
            return place + 1
        if word and word[0] == left[-1] and (small or word not in _SMALL):
            left.pop()
            if not left:
                return place
        elif word not in _SMALL or place == len(words) - 1:
            return None
    return None


def _by_letters(words: list[re.Match[str]], letters: list[str]) -> int | None:
    """Match the letters anywhere in the words, from the last back; the first letter begins a word, and most do."""
    text = [
        (place, position, letter) for place, word in enumerate(words) for position, letter in enumerate(word[0].lower())
    ]
    index, initials = len(text) - 1, 0
    for number, letter in enumerate(reversed(letters)):
        first = number == len(letters) - 1
        while index >= 0 and (text[index][2] != letter or (first and text[index][1] != 0)):
            index -= 1
        if index < 0:
            return None
        initials += text[index][1] == 0
        place = text[index][0]
        index -= 1
    used = len(words) - place
    capital = words[place][0][:1].isupper() or all(word[0][:1].islower() for word in words[place:])
    return place if initials * 2 >= len(letters) and used <= len(letters) + 3 and capital else None


def _by_first_initials(words: list[re.Match[str]], letters: list[str]) -> int | None:
    """Accept a long form that is cut short: its words begin with the first letters, three or more."""
    for count in range(min(len(letters) - 1, len(words)), 2, -1):
        tail = [word[0].lower()[0] for word in words[-count:]]
        if tail == letters[:count] and words[-count][0][0].isupper():
            return len(words) - count
    return None


def _initials(long: str, short: str) -> bool:
    letters = [letter.lower() for letter in short if letter.isalnum()]
    words = [part for word in re.findall(r"[A-Za-z0-9-]+", long) for part in word.split("-") if part]
    every = [word[0].lower() for word in words]
    return letters in (every, [word[0].lower() for word in words if word.lower() not in _SMALL])
