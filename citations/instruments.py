"""Instruments by name: which Act or instrument a title, a short name or a number stands for.

The finder knows none by heart: a caller hands it the names it knows. What a text says itself (``(c. 37)``,
``S.I. 2007/1830``) needs no table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

_REIGNS = {
    name.casefold(): name for name in ("Hen", "Edw", "Ric", "Eliz", "Ja", "Cha", "Will", "Geo", "Ann", "Vict", "Mar")
} | {"jas": "Ja", "jac": "Ja", "anne": "Ann", "mary": "Mar"}
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8"}
_CHAPTER_TYPES = {"c": "ukpga", "ch": "ukpga", "chapter": "ukpga", "asp": "asp", "anaw": "anaw", "dccc": "anaw",
                  "asc": "asc", "dsc": "asc", "nawm": "mwa", "mccc": "mwa"}  # fmt: skip
_YEAR = re.compile(r",?\s*\(?(\d{4})\)?$")
_KINDS = re.compile(r"(?i)\b(act|measure|regulations|order|rules|scheme)\b")


class Instruments:
    """Names of instruments and the legislation.gov.uk paths they stand for.

    Args:
        known: names, each with the path of its instrument. One instrument may have several names.

    >>> known = Instruments({"Crime and Disorder Act 1998": "ukpga/1998/37", "CDA 1998": "ukpga/1998/37"})
    >>> known.path("the Crime & Disorder Act, 1998"), known.path("Crime and Disorder Act"), known.path("Crime Act 1998")
    ('ukpga/1998/37', 'ukpga/1998/37', '')
    >>> known.title("ukpga/1998/37")
    'Crime and Disorder Act 1998'
    """

    def __init__(self, known: Mapping[str, str] | Iterable[tuple[str, str]] = ()) -> None:
        self._paths: dict[str, str] = {}
        self._yearless: dict[str, set[str]] = {}
        self._titles: dict[str, str] = {}
        self._short: list[str] = []
        for name, path in known.items() if isinstance(known, Mapping) else known:
            self.add(name, path)

    def add(self, name: str, path: str) -> None:
        """Add a name; the first name of an instrument is the one it is cited by."""
        self._paths.setdefault(key_of(name), path)
        self._titles.setdefault(path, name)
        if kind_of_title(name):
            self._yearless.setdefault(key_of(without_year(name)), set()).add(path)
        else:
            self._short.append(name)

    @cached_property
    def short_names(self) -> re.Pattern[str] | None:
        """A pattern for the names that are no titles ("CDA 1998"), with any white space; None if there are none."""
        if not self._short:
            return None
        names = sorted(self._short, key=len, reverse=True)
        return re.compile(r"\b(?:" + "|".join(r"\s+".join(map(re.escape, name.split())) for name in names) + r")(?!\w)")

    def path(self, name: str) -> str:
        """Return the path of the instrument with this name; empty if none, or several, have it.

        A name without its year stands for an instrument if it can be only one.
        """
        path = self._paths.get(key_of(name), "")
        if path or _YEAR.search(name):
            return path
        found = self._yearless.get(key_of(name), set())
        return next(iter(found)) if len(found) == 1 else ""

    def title(self, path: str) -> str:
        """Return the name by which an instrument is cited; empty if it is not known."""
        return self._titles.get(path, "")


def key_of(name: str) -> str:
    """Return a name in the form in which names are compared: no case, "the", punctuation or "&".

    >>> key_of("The  Police, Crime, Sentencing & Courts Act 2022")
    'police crime sentencing and courts act 2022'
    """
    words = re.sub(r"[^\w&]+", " ", name.replace("’", "").replace("'", "").casefold()).replace("&", " and ").split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)


def without_year(name: str) -> str:
    """Return a title without its year.

    >>> without_year("Crime and Disorder Act 1998")
    'Crime and Disorder Act'
    """
    return _YEAR.sub("", name)


def year_of(name: str) -> str:
    """Return the year at the end of a title; empty if it has none."""
    match = _YEAR.search(name)
    return match[1] if match else ""


def kind_of_title(name: str) -> str:
    """Return what a title says the instrument is: act, measure, regulations, order, rules, scheme; the last counts.

    >>> kind_of_title("Crime and Disorder Act 1998 (Commencement No. 3) Order 1998")
    'order'
    """
    found = _KINDS.findall(name)
    return found[-1].casefold() if found else ""


def chapter_path(mark: str, year: str, number: str, northern_ireland: bool = False) -> str:
    """Return the path of an Act from its chapter number.

    Args:
        mark: what stands before the number: c, asp, anaw, asc, nawm (or its Welsh form).
        year: calendar year of the Act.
        number: chapter number.
        northern_ireland: it is an Act of Northern Ireland's legislature.

    >>> chapter_path("c.", "1998", "37"), chapter_path("anaw", "2015", "3")
    ('ukpga/1998/37', 'anaw/2015/3')
    """
    kind = "nia" if northern_ireland else _CHAPTER_TYPES.get(mark.casefold().rstrip("."), "")
    return f"{kind}/{year}/{number}" if kind else ""


def regnal_path(years: str, reign: str, ordinal: str, chapter: str) -> str:
    """Return the path of an Act cited by regnal year; the parliament follows from reign and year.

    >>> regnal_path("49", "Geo", "3", "126"), regnal_path("24 & 25", "Vict", "", "100")
    ('ukpga/Geo3/49/126', 'ukpga/Vict/24-25/100')
    """
    name = _REIGNS.get(reign.casefold().rstrip("."), "")
    if not name:
        return ""
    numbers = re.findall(r"\d+", years)
    number = _ROMAN.get(ordinal.casefold(), ordinal)
    return f"{_parliament(name, number, int(numbers[0]))}/{name}{number}/{'-'.join(numbers)}/{chapter}"


def _parliament(reign: str, ordinal: str, year: int) -> str:
    """Say whose Act it is: of England until 1706, Great Britain until 1800, the United Kingdom since."""
    if reign == "Vict" or (reign, ordinal) in _UNITED_KINGDOM or (reign + ordinal == "Geo3" and year > 40):
        return "ukpga"
    if reign + ordinal in ("Geo1", "Geo2", "Geo3") or (reign == "Ann" and year > 5):
        return "apgb"
    return "aep"


_UNITED_KINGDOM = {("Geo", "4"), ("Will", "4"), ("Edw", "7"), ("Geo", "5"), ("Edw", "8"), ("Geo", "6"), ("Eliz", "2")}


def instrument_path(mark: str, year: str, number: str, series: str = "") -> str:
    """Return the path of a statutory instrument from its number.

    Args:
        mark: ``SI``, ``WSI``, ``SSI``, ``SR`` or ``OS`` (Welsh), with or without full stops.
        year: calendar year.
        number: its number in the year.
        series: subsidiary number that says whose it is: ``W. 87`` or ``Cy. 87`` Wales, ``N.I. 9`` Northern Ireland.

    >>> instrument_path("S.I.", "2007", "1830"), instrument_path("S.I.", "2010", "1142", "W. 101")
    ('uksi/2007/1830', 'wsi/2010/1142')
    """
    letters = re.sub(r"[^A-Z]", "", mark.upper())
    kind = {"WSI": "wsi", "SSI": "ssi", "SR": "nisr", "SRNI": "nisr", "SRO": "uksro"}.get(letters, "uksi")
    if kind == "uksi" and series:
        kind = "nisi" if series.upper().startswith("N") else "wsi" if series[0] in "WC" and series[:2] != "C." else kind
    return f"{kind}/{year}/{number}"


def european_path(kind: str, first: str, second: str) -> str:
    """Return the path of an EU regulation, decision or directive; year and number changed places in 2015.

    >>> european_path("Regulation", "2016", "679"), european_path("Regulation", "341", "2007")
    ('eur/2016/679', 'eur/2007/341')
    """
    types = {"regulation": "eur", "directive": "eudr", "decision": "eudn"}
    year_first = len(first) == 4 and 1957 <= int(first) <= 2100 and not (len(second) == 4 and int(first) < 2015)
    if kind.casefold() == "regulation" and year_first and int(first) < 2015:
        year_first = False
    year, number = (first, second) if year_first else (second, first)
    return f"{types[kind.casefold()]}/{year if len(year) == 4 else '19' + year}/{number}"
