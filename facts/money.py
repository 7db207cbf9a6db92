"""Amounts of money in a text, misprinted ones apart: ``£100,00`` and ``£5,945m`` leave open how much was meant."""

from __future__ import annotations

import re
from dataclasses import dataclass

MONEY = re.compile(
    r"£\s?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?!,\d|\.?\d)\s?(?P<scale>[mM]\b|[mM]illion\b|k\b"
    r"|K\b|bn\b"
    r"|billion\b|thousand\b)?"
)
_SCALE = {"m": 1e6, "million": 1e6, "k": 1e3, "thousand": 1e3, "bn": 1e9, "billion": 1e9}
_MISPRINT = re.compile(
    r"£\s?(?:\d{1,3}(?:,\d{3})+\s?(?:m|million|bn|billion)\b|\d{1,3}(?:,\d{3})*,\d{1,2}(?![\d,])|\d{1,3}(?:,\d{3})*"
    r",\d{4,}(?![\d,])|\d+\.\d+\.\d+)"
)


@dataclass(frozen=True)
class Amount:
    """An amount of money in a text: pounds, none if misprinted, and where it stands."""

    pounds: float | None
    start: int
    end: int


def amounts(text: str) -> list[Amount]:
    """Find the amounts in a text; a figure that is misprinted is left out.

    >>> [amount.pounds for amount in amounts("£1.9m, £465k, £1,407,708 and £100,00")]
    [1900000.0, 465000.0, 1407708.0]
    """
    misprinted = {amount.start for amount in misprints(text)}
    found = []
    for match in MONEY.finditer(text):
        if match.start() in misprinted or re.match(r",\d", text[match.end("number") :]):
            continue
        number = round(float(match["number"].replace(",", "")) * _SCALE.get((match["scale"] or "").lower(), 1), 2)
        found.append(Amount(number, match.start(), match.end()))
    return found


def misprints(text: str) -> list[Amount]:
    """Find the figures that are misprinted, so that the amount stays open.

    >>> [(amount.pounds, amount.start) for amount in misprints("£5,945m, £100,00 and £1,407,708")]
    [(None, 0), (None, 9)]
    """
    return [Amount(None, match.start(), match.end()) for match in _MISPRINT.finditer(text)]
