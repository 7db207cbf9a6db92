"""Read official look-up tables of areas, as ONS and mySociety publish them, of any year.

In goes a CSV file whose columns carry a family of areas and a year (``LAD19CD``, ``CSP23NM``, ``LTLA18CD``; the
Office for National Statistics' "Register of Geographic Codes" gives the families and the first three characters
of their codes), or mySociety's list of local authorities. Out comes a :class:`Lookup`: which areas the table
names and how they lie in or across one another. What to make of it beside what is held is settled in
:mod:`dutygraph.loaders.geography_held`; nothing here knows a store.
"""

from __future__ import annotations

import csv
import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ..dates import MONTHS
from ..errors import BadInput

MAX_BYTES = 256 * 1024 * 1024
"""A larger file is no look-up table: those of all output areas of England and Wales have some 30 megabytes."""

MAX_FAULTS = 50
"""Broken rows that are listed; the rest is counted."""


@dataclass(frozen=True)
class Family:
    """A family of areas that a column can hold: ``begins`` are the first characters that its codes may have."""

    name: str
    label: str
    begins: tuple[str, ...]


_DISTRICT = Family("district", "district", ("E06", "E07", "E08", "E09", "W06"))
_COUNTY = Family("county", "county", ("E10", "E11", "E13", "E61"))
_UPPER = Family("upper", "upper-tier area", ("E06", "E08", "E09", "E10", "E11", "W06"))
_HEALTH = Family("health", "health area", ("E16", "E17", "E38", "E54", "W11"))
_SMALL = Family("small", "small area", ("E", "W"))
FAMILIES: Mapping[str, Family] = {
    "LAD": _DISTRICT,
    "LTLA": _DISTRICT,
    "LAUA": _DISTRICT,
    "UA": _DISTRICT,
    "CSP": Family("csp", "partnership area", ("E22", "W14", "W22")),
    "PFA": Family("police", "police area", ("E23", "W15")),
    "FRA": Family("fire", "fire area", ("E31", "W25")),
    "CTY": _COUNTY,
    "MCTY": _COUNTY,
    "UTLA": _UPPER,
    "CTYUA": _UPPER,
    "ICB": _HEALTH,
    "CCG": _HEALTH,
    "PCT": _HEALTH,
    "LHB": _HEALTH,
    "CAUTH": Family("combined", "combined authority area", ("E47", "E61")),
    "CTRY": Family("country", "country", ("E92", "W92")),
    "LSOA": _SMALL,
    "OA": _SMALL,
    "MSOA": _SMALL,
    "WD": _SMALL,
    "PAR": _SMALL,
}
"""What the stem of a column's name stands for; other columns are left out and named in the report."""

KIND_TERMS = {
    "E06": "UnitaryArea",
    "E07": "District",
    "E08": "MetropolitanDistrict",
    "E09": "LondonBorough",
    "W06": "WelshPrincipalArea",
    "E10": "County",
    "E11": "MetropolitanCounty",
    "E22": "CSPArea",
    "W14": "CSPArea",
    "W22": "CSPArea",
    "E23": "PoliceArea",
    "W15": "PoliceArea",
    "E31": "FireArea",
    "W25": "FireArea",
    "E16": "HealthArea",
    "E17": "HealthArea",
    "E38": "HealthArea",
    "E54": "HealthArea",
    "W11": "HealthArea",
    "E47": "CombinedAuthorityArea",
    "E61": "Region",
    "E92": "Country",
    "W92": "Country",
}
"""The kind of area (a term of the ontology) by the first three characters of its code."""

EXCLUSIVE = ("csp", "police", "fire", "county", "combined", "country")
"""Families of which a district lies in at most one area at a time."""

_WHOLES = {
    "district": ("csp", "police", "fire", "county", "upper", "health", "combined", "country"),
    "csp": ("police",),
}
_HEADING = re.compile(r"([A-Z]{2,5}?)(\d{2})(CD|NM)", re.IGNORECASE)
_COUNT = re.compile(r"[A-Z]*\d*_?COUNT", re.IGNORECASE)
_CODE = re.compile(r"[EWNSKLMJX]\d{8}")
_NOWHERE = re.compile(r"[A-Z]9999999\d")
_MONTH = re.compile(rf"({'|'.join(month[:3] for month in MONTHS)})[a-z]*[ _-]*((?:20)?\d\d)", re.IGNORECASE)


@dataclass(frozen=True)
class NamedArea:
    """An area as the table names it; the days are ISO dates, from a table that gives them."""

    code: str
    name: str
    line: int
    valid_from: str | None = None
    valid_until: str | None = None
    successors: tuple[str, ...] = ()

    @property
    def kind_term(self) -> str:
        """The kind of area that its code stands for."""
        return {"E06000053": "IslesOfScillyArea", "E09000001": "CityOfLondonArea"}.get(
            self.code, KIND_TERMS[self.code[:3]]
        )


@dataclass(frozen=True)
class StatedRelation:
    """That one area lies ``within`` another, or ``overlaps`` it; ``share`` is the share in small areas, if counted."""

    part: str
    word: str
    whole: str
    family: str
    line: int
    share: float | None = None


@dataclass
class Lookup:
    """What a look-up table states.

    ``as_at`` is the day for which it stands, ``as_at_basis`` how that day is known. ``partless`` are districts
    whose row leaves a family of areas empty. ``broken`` are rows that cannot be used, ``repeated`` pairs of lines,
    ``two_names`` codes that go by more than one name in the table.
    """

    file: str
    publisher: str
    licence: str
    address: str
    as_at: date
    as_at_basis: str
    used: tuple[str, ...]
    unused: tuple[str, ...]
    rows: int = 0
    elsewhere: int = 0
    areas: dict[str, NamedArea] = field(default_factory=dict)
    relations: list[StatedRelation] = field(default_factory=list)
    partless: dict[str, str] = field(default_factory=dict)
    repeated: list[tuple[int, int]] = field(default_factory=list)
    two_names: dict[str, str] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    broken_rows: int = 0

    def note_fault(self, line: int, what: str) -> None:
        """Note a broken row, listing the first fifty."""
        self.broken_rows += 1
        if len(self.broken) < MAX_FAULTS:
            self.broken.append(f"{self.file}, line {line}: {what}")

    @property
    def families(self) -> tuple[str, ...]:
        """The families of areas in which the table places others."""
        return tuple(dict.fromkeys(relation.family for relation in self.relations))


@dataclass(frozen=True)
class _Column:
    heading: str
    family: Family
    year: int
    code: int
    name: int | None


def read_lookup(path: Path, as_at: date | None = None) -> Lookup:
    """Read one look-up table.

    Args:
        path: the CSV file, UTF-8 with or without a byte-order mark.
        as_at: the day for which it stands; None to take it from the columns' year and the file's name.

    Returns:
        What the table states, with its broken and repeated rows.

    Raises:
        BadInput: if it is no such table: not there, too large, a web page or workbook, in another encoding,
            parted by something other than commas, or without a column that is known.
    """
    _refuse_foreign(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            reader = csv.reader(file, strict=True)
            header = [cell.strip() for cell in next(reader, [])]
            _refuse_header(header, path.name)
            if "gss-code" in header:
                from .authorities import read_authorities

                return read_authorities(path, header, numbered(reader), as_at)
            return _read_columns(path, header, reader, as_at)
        except UnicodeDecodeError as error:
            raise BadInput(_say_encoding(path, error)) from error
        except csv.Error as error:
            raise BadInput(
                f"{path.name}, line {reader.line_num}: the line is no CSV ({error}). Look for an unclosed quote."
            ) from error


def _refuse_foreign(path: Path) -> None:
    """Refuse what is not there, too large, or plainly something else than a table."""
    try:
        if path.is_dir():
            raise BadInput(f"{path.name} is a folder. Name the CSV files in it.")
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(4096)
    except OSError as error:
        raise BadInput(f"{path} cannot be read ({error.strerror}).") from error
    if size > MAX_BYTES:
        raise BadInput(
            f"{path.name} has {size // 2**20:,} MB, and no look-up table is larger than {MAX_BYTES // 2**20}. "
            "Choose the look-up without boundaries, or cut it to the columns you need."
        )
    if not start.strip():
        raise BadInput(f"{path.name} is empty. Its first line must name columns such as LAD27CD and CSP27CD.")
    opening = start.removeprefix(b"\xef\xbb\xbf").lstrip()[:200].lower()
    what = next((said for begins, said in _FOREIGN.items() if opening.startswith(begins)), None)
    if what is None and b"\0" in start:
        what = 'no text in UTF-8 (UTF-16, or a binary file): save it as "CSV UTF-8"'
    if what:
        raise BadInput(f"{path.name} is {what}.")


_FOREIGN = {
    b"<": "a web page or XML, not a table: on the download page choose CSV",
    b"{": "JSON, not a table: on the download page choose CSV, the look-up without boundaries",
    b"[": "JSON, not a table: on the download page choose CSV",
    b"pk\x03\x04": 'a workbook or a ZIP archive: open it and save the sheet as "CSV UTF-8"',
    b"\xd0\xcf\x11\xe0": 'an old Excel workbook: open it and save the sheet as "CSV UTF-8"',
    b"%pdf": "a PDF, not a table",
}


def _say_encoding(path: Path, error: UnicodeDecodeError) -> str:
    line, byte = 1, error.object[error.start]
    with path.open("rb") as file:
        for number, text in enumerate(file, start=1):
            try:
                text.decode()
            except UnicodeDecodeError as found:
                line, byte = number, text[found.start]
                break
    return (
        f"{path.name}, line {line}: byte 0x{byte:02x} is not UTF-8 (is the file saved as Windows-1252?). "
        'In the spreadsheet choose "CSV UTF-8" when you save.'
    )


def _refuse_header(header: Sequence[str], file: str) -> None:
    for mark, called in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
        if len(header) == 1 and header[0].count(mark) >= 1:
            raise BadInput(f"{file}, line 1: the columns are parted by {called}. Save the table with commas.")
    twice = [name for name, count in Counter(header).items() if count > 1 and name]
    if twice:
        raise BadInput(f'{file}, line 1: the column "{twice[0]}" stands there twice. Take one of them out.')


def _columns(header: Sequence[str]) -> list[_Column]:
    """Return the columns of codes that are known, each with the column of its names."""
    places = {heading.upper(): number for number, heading in enumerate(header)}
    found = []
    for heading, number in places.items():
        match = _HEADING.fullmatch(heading)
        if match and match[3] == "CD" and match[1] in FAMILIES:
            year = int(match[2]) + (1900 if int(match[2]) >= 80 else 2000)
            name = places.get(heading.removesuffix("CD") + "NM")
            found.append(_Column(heading, FAMILIES[match[1]], year, number, name))
    return found


def _listing(header: Sequence[str], first: Sequence[str]) -> list[_Column]:
    """Return the columns of a plain list ``code, name``, whose codes say what they are."""
    places = {heading.casefold(): number for number, heading in enumerate(header)}
    if "code" in places and "name" in places and len(first) == len(header) and _CODE.fullmatch(first[places["code"]]):
        begins = first[places["code"]][:3]
        for family in FAMILIES.values():
            if begins in family.begins and begins in KIND_TERMS:
                return [_Column(header[places["code"]], family, 0, places["code"], places["name"])]
    return []


def numbered(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Yield each row that is not empty with the number of its first line."""
    line = 2
    for cells in reader:
        start, line = line, reader.line_num + 1  # type: ignore[attr-defined]
        if any(cell.strip() for cell in cells):
            yield start, [cell.strip() for cell in cells]


def _read_columns(path: Path, header: list[str], reader: Iterator[list[str]], as_at: date | None) -> Lookup:
    rows = numbered(reader)
    first = next(rows, None)
    columns = _columns(header) or (_listing(header, first[1]) if first else [])
    if not any(column.family.name != "small" for column in columns):
        raise BadInput(
            f"{path.name}, line 1: no column is known. A look-up table has columns of codes with a year, such as "
            f"LAD27CD, CSP27CD, PFA27CD; here they are: {', '.join(header)[:120]}"
        )
    day, basis = as_at_day(path.name, max(column.year for column in columns if column.family.name != "small"), as_at)
    taken = {place for column in columns for place in (column.code, column.name) if place is not None}
    counts = next((number for number, heading in enumerate(header) if _COUNT.fullmatch(heading)), None)
    taken |= {counts} if counts is not None else set()
    lookup = Lookup(
        file=path.name,
        publisher="Office for National Statistics",
        licence="Open Government Licence v3.0",
        address="https://geoportal.statistics.gov.uk/",
        as_at=day,
        as_at_basis=basis,
        used=tuple(header[number] for number in sorted(taken)),
        unused=tuple(heading for number, heading in enumerate(header) if number not in taken),
    )
    tally = _Tally(lookup, columns, counts, len(header))
    for line, cells in (first, *rows) if first else ():
        tally.add(line, cells)
    tally.close()
    if not lookup.areas and not lookup.broken:
        raise BadInput(f"{path.name} names no area of England and Wales.")
    return lookup


def as_at_day(file: str, year: int, given: date | None) -> tuple[date, str]:
    """Return the day for which a table stands, and how it is known.

    The month in the file's name counts if its year is that of the columns; the last day of the month is taken,
    since what is found then was so by then.

    >>> as_at_day("lad_csp_pfa_dec2019.csv", 2019, None)[0]
    datetime.date(2019, 12, 31)
    """
    if given:
        return given, "as you said"
    for match in _MONTH.finditer(file):
        named = int(match[2][-2:]) + 2000
        if year in (0, named):
            month = [name[:3].casefold() for name in MONTHS].index(match[1].casefold()) + 1
            return date(named, month, monthrange(named, month)[1]), "last day of the month in the file's name"
    alone = re.search(r"(?<!\d)(20\d\d)(?!\d)", file)
    if not year and not alone:
        raise BadInput(
            f"{file} does not say for which day it stands. Put month and year into its name, as in names_apr2027.csv."
        )
    year = year or int(alone[1])  # type: ignore[index]
    return date(year, 12, 31), "last day of the year; a month in the file's name, as in lad_csp_apr2027.csv, tells more"


class _Tally:
    """Rows counted into areas and relations: only pairs are kept, however many rows there are."""

    def __init__(self, lookup: Lookup, columns: Sequence[_Column], counts: int | None, width: int) -> None:
        self.lookup, self.columns, self.counts, self.width = lookup, columns, counts, width
        self.pairs: dict[tuple[str, str, str, str], list[int]] = {}
        """(part family, part, whole family, whole) → number of the first line, small areas counted."""
        self.seen: dict[int, int] = {}
        self.counted = counts is not None or any(column.family.name == "small" for column in columns)

    def add(self, line: int, cells: Sequence[str]) -> None:
        """Take in one row."""
        self.lookup.rows += 1
        if len(cells) != self.width:
            self.lookup.note_fault(line, f"the line has {len(cells)} cells, the header {self.width}.")
            return
        codes = self._codes(line, cells)
        if codes is None:
            return
        before = self.seen.setdefault(hash(tuple(codes.items())), line)
        if before != line:
            self.lookup.repeated.append((line, before))
            return
        self._name(line, cells, codes)
        self._pair(line, codes, self._weight(line, cells))

    def _codes(self, line: int, cells: Sequence[str]) -> dict[_Column, str] | None:
        """Return the row's codes; None if it is broken or of another country."""
        codes = {column: cells[column.code].upper() for column in self.columns}
        for column, code in codes.items():
            if code[:1] in ("S", "N") and _CODE.fullmatch(code) and column.family.name != "small":
                self.lookup.elsewhere += 1
                return None
            if not code or _NOWHERE.fullmatch(code):
                continue
            if not _CODE.fullmatch(code):
                self.lookup.note_fault(line, f'"{code[:40]}" in {column.heading} is no code such as E07000220.')
                return None
            if not code.startswith(column.family.begins):
                said = f"a {column.family.label} begins with {', '.join(column.family.begins)}"
                self.lookup.note_fault(line, f'"{code}" in {column.heading}: the code of {said}.')
                return None
        return {column: "" if _NOWHERE.fullmatch(code) else code for column, code in codes.items()}

    def _weight(self, line: int, cells: Sequence[str]) -> int:
        if self.counts is None:
            return 1
        try:
            return int(cells[self.counts])
        except ValueError:
            self.lookup.note_fault(line, f'"{cells[self.counts][:40]}" is no number of small areas.')
            return 0

    def _name(self, line: int, cells: Sequence[str], codes: Mapping[_Column, str]) -> None:
        for column, code in codes.items():
            if code[:3] in KIND_TERMS and column.family.name != "small":
                name = cells[column.name] if column.name is not None else ""
                held = self.lookup.areas.setdefault(code, NamedArea(code, name, line))
                if name and held.name and name != held.name:
                    said = f'line {line}: {code} is called "{name}", in line {held.line} "{held.name}"'
                    self.lookup.two_names.setdefault(code, said)

    def _pair(self, line: int, codes: Mapping[_Column, str], weight: int) -> None:
        for part_column, part in codes.items():
            for whole_column, whole in codes.items():
                families = part_column.family.name, whole_column.family.name
                if not part or families[1] not in _WHOLES.get(families[0], ()) or part == whole:
                    continue
                if not whole:
                    self.lookup.partless.setdefault(part, families[1])
                elif whole[:3] in KIND_TERMS and not whole.startswith("E61"):  # Greater London is a region
                    name = _family_of(whole) if families[1] == "upper" else families[1]
                    self.pairs.setdefault((families[0], part, name, whole), [line, 0])[1] += weight

    def close(self) -> None:
        """Turn the pairs into relations: in one whole only is within it, in several overlaps each."""
        totals: dict[tuple[str, str, str], int] = {}
        for (part_family, part, family, _whole), (_line, weight) in self.pairs.items():
            totals[part_family, part, family] = totals.get((part_family, part, family), 0) + weight
        for (part_family, part, family, whole), (line, weight) in self.pairs.items():
            total = totals[part_family, part, family]
            word = "within" if weight == total else "overlaps"
            share = round(weight / total, 4) if self.counted and total else None
            self.lookup.relations.append(StatedRelation(part, word, whole, family, line, share))


def _family_of(code: str) -> str:
    """Return the family of an upper-tier area: counties are the only ones that hold districts."""
    return "county" if code[:3] in _COUNTY.begins else "upper"
