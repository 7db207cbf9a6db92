"""Dates as papers print them: whole, to the month, to the year; of a financial year, the year it begins."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = {
    "january": 1,
    "february": 2,
    "march": 3,
    "april": 4,
    "may": 5,
    "june": 6,
    "july": 7,
    "august": 8,
    "september": 9,
    "october": 10,
    "november": 11,
    "december": 12,
}
_MONTH = "(?:" + "|".join(name.capitalize() for name in _MONTHS) + ")"
_DAY = re.compile(rf"\b(\d{{1,2}})\s?(?:st|nd|rd|th)?\s+(?:of\s+)?({_MONTH}),?\s+((?:19|20)\d\d)\b")
_OF_MONTH = re.compile(rf"\b({_MONTH})\s+((?:19|20)\d\d)\b")
_FINANCIAL = re.compile(r"\b((?:19|20)\d\d)\s?[/-]\s?(?:(?:19|20)?\d\d)\b")
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")


def printed_date(text: str) -> str | None:
    """Return the first date of a text as ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``; nothing if there is none.

    >>> [printed_date(text) for text in ("on 31st January 2023", "in June 2022", "for 2017/18", "soon")]
    ['2023-01-31', '2022-06', '2017', None]
    """
    day = _DAY.search(text)
    if day:
        try:
            return date(int(day[3]), _MONTHS[day[2].lower()], int(day[1])).isoformat()
        except ValueError:
            return f"{day[3]}-{_MONTHS[day[2].lower()]:02}"
    month = _OF_MONTH.search(text)
    if month:
        return f"{month[2]}-{_MONTHS[month[1].lower()]:02}"
    found = _FINANCIAL.search(text) or _YEAR.search(text)
    return found[1] if found else None


def date_in_words(iso: str) -> str:
    """Write a date in words, as coarse as it is.

    >>> date_in_words("2023-01-31"), date_in_words("2022-06"), date_in_words("1998")
    ('31 January 2023', 'June 2022', '1998')
    """
    parts = iso.split("-")
    names = [name.capitalize() for name in _MONTHS]
    words = [str(int(parts[2]))] if len(parts) > 2 else []
    words += [names[int(parts[1]) - 1]] if len(parts) > 1 else []
    return " ".join([*words, parts[0]])


def periods(text: str) -> list[str]:
    """Return the financial years and spans of years that a text names, as printed."""
    return [
        match[0]
        for match in re.finditer(
            r"(?:19|20)\d\d\s?[/-]\s?\d{2,4}(?:\s(?:to|and|-)\s(?:19|20)\d\d\s?[/-]\s?\d{2,4})?|over (?:\w+"
            r"|\d+) years|(?:\w+) years?(?= to)",
            text,
        )
    ]
