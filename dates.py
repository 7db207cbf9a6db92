"""Dates as users write them and as the graph keeps them.

Every interval in dutygraph is half-open: it holds on ``valid_from`` and no longer holds on ``valid_until``.
"""

from __future__ import annotations

import re
from datetime import date

from .errors import BadDate

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_SHORT = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_BRITISH = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


NEVER_YET = date(9999, 12, 31)
"""Stands in the graph as the first day of what is enacted and has no day appointed on which it begins."""


def parse_date(text: str | date) -> date:
    """Read a date written YYYY-MM-DD.

    Args:
        text: the date as text, or a :class:`datetime.date`, which is returned as it is.

    Returns:
        The day.

    Raises:
        BadDate: if the text is not a date in that form, with the right form of it where it can be told.

    >>> parse_date("2005-06-01")
    datetime.date(2005, 6, 1)
    """
    if isinstance(text, date):
        return text
    try:
        if _ISO.fullmatch(text.strip()):
            return date.fromisoformat(text.strip())
    except ValueError as error:
        raise BadDate(f'"{text}" is not a day of the calendar ({error}).') from error
    raise BadDate(f'"{text}" is not a date. {mend_date(text)}')


def mend_date(text: str) -> str:
    """Say how a date that was written in another way is to be written.

    >>> mend_date("31/01/2023"), mend_date("2005-6-1")
    ('Write it as 2023-01-31.', 'Write it as 2005-06-01.')
    """
    british, short = _BRITISH.fullmatch(text.strip()), _SHORT.fullmatch(text.strip())
    if british or short:
        day, month, year = (int(part) for part in (british.groups() if british else short.groups()[::-1]))  # type: ignore[union-attr]
        try:
            return f"Write it as {date(year, month, day).isoformat()}."
        except ValueError:
            pass
    return "Write year, month and day as in 2023-01-31."


def say_date(day: date | str | None) -> str:
    """Write a date for people.

    >>> say_date(date(2005, 6, 1))
    '1 June 2005'
    """
    if not day:
        return ""
    value = day if isinstance(day, date) else date.fromisoformat(day)
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def say_interval(valid_from: str | None, valid_until: str | None, *, attested: bool = False) -> str:
    """Write a half-open interval for people.

    Args:
        valid_from: first day, ISO, or None if open.
        valid_until: first day on which it no longer holds, ISO, or None if open.
        attested: True if ``valid_from`` is only the earliest evidenced day.

    >>> say_interval("2003-04-01", "2012-11-22")
    'from 1 April 2003 until 22 November 2012'
    """
    start = ""
    if valid_from == NEVER_YET.isoformat():
        return "enacted, no day appointed yet on which it begins"
    if valid_from:
        start = f"by {say_date(valid_from)} (start not held)" if attested else f"from {say_date(valid_from)}"
    end = f"until {say_date(valid_until)}" if valid_until else ""
    return " ".join(part for part in (start, end) if part)
