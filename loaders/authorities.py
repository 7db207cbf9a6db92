"""Read mySociety's list of local authorities (``gss-code``, ``start-date``, ``replaced-by``, …) as a look-up table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from ..errors import BadInput
from .geography import KIND_TERMS, Lookup, NamedArea, StatedRelation, as_at_day

_NEEDED = ("local-authority-code", "official-name", "nice-name", "start-date", "end-date", "replaced-by")
_USED = (*_NEEDED, "gss-code", "county-la", "combined-authority")
_WHOLES = {"county-la": "county", "combined-authority": "combined"}


def read_authorities(
    path: Path, header: Sequence[str], rows: Iterable[tuple[int, list[str]]], as_at: date | None
) -> Lookup:
    """Read the list.

    Args:
        path: the file, for its name.
        header: the names of its columns.
        rows: number of the line and cells.
        as_at: the day for which it stands; None to take it from the file's name.

    Returns:
        The areas of England and Wales with their days and successors, and the counties and combined authorities in
        which they lie.

    Raises:
        BadInput: if a column is missing.
    """
    missing = [name for name in _NEEDED if name not in header]
    if missing:
        raise BadInput(f"{path.name}, line 1: the list of local authorities has no column {', '.join(missing)}.")
    day, basis = as_at_day(path.name, 0, as_at)
    lookup = Lookup(
        file=path.name,
        publisher="mySociety",
        licence="CC BY 4.0",
        address="https://pages.mysociety.org/uk_local_authority_names_and_codes/",
        as_at=day,
        as_at_basis=basis,
        used=tuple(name for name in header if name in _USED),
        unused=tuple(name for name in header if name not in _USED),
    )
    kept = [(line, row) for line, row in _records(lookup, header, rows) if _usable(lookup, line, row)]
    codes = {row["local-authority-code"]: row["gss-code"] for _line, row in kept}
    for line, row in kept:
        code = row["gss-code"]
        after = tuple(codes[word] for word in _words(row["replaced-by"]) if word in codes)
        before = lookup.areas.get(code)
        if before:
            lookup.repeated.append((line, before.line))
            continue
        lookup.areas[code] = NamedArea(
            code, row["nice-name"], line, row["start-date"] or None, _until(row["end-date"]), after
        )
        lookup.relations += _relations(line, row, codes, day)
    return lookup


def _records(
    lookup: Lookup, header: Sequence[str], rows: Iterable[tuple[int, list[str]]]
) -> Iterable[tuple[int, dict[str, str]]]:
    for line, cells in rows:
        lookup.rows += 1
        if len(cells) == len(header):
            yield line, dict(zip(header, cells, strict=True))
        else:
            lookup.note_fault(line, f"the line has {len(cells)} cells, the header {len(header)}.")


def _usable(lookup: Lookup, line: int, row: Mapping[str, str]) -> bool:
    """Say whether a row is of England and Wales and sound; a broken one is noted."""
    code = row["gss-code"]
    if code[:1] in ("S", "N") or code[:3] not in KIND_TERMS:
        lookup.elsewhere += 1
        return False
    for column in ("start-date", "end-date"):
        if row[column] and not _is_day(row[column]):
            lookup.note_fault(line, f'"{row[column][:40]}" in {column} is no date such as 2023-04-01.')
            return False
    if row["start-date"] and row["end-date"] and row["end-date"] < row["start-date"]:
        lookup.note_fault(line, f"{code} ends on {row['end-date']}, before it begins ({row['start-date']}).")
        return False
    return True


def _is_day(text: str) -> bool:
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _relations(line: int, row: Mapping[str, str], codes: Mapping[str, str], day: date) -> Iterable[StatedRelation]:
    """The county and the combined authority of an area that is there on the day of the list."""
    if row["end-date"] and row["end-date"] < day.isoformat():
        return
    for column, family in _WHOLES.items():
        whole = codes.get(row.get(column, ""), "")
        if whole and whole != row["gss-code"] and not whole.startswith("E61"):  # Greater London is a region
            yield StatedRelation(row["gss-code"], "within", whole, family, line)


def _until(end: str) -> str | None:
    """Return the day on which an area is gone.

    The list gives the last day for some areas (2020-03-31) and the day after it for others (2023-04-01).

    >>> _until("2020-03-31"), _until("2023-04-01")
    ('2020-04-01', '2023-04-01')
    """
    if not end:
        return None
    after = date.fromisoformat(end) + timedelta(days=1)
    return after.isoformat() if after.day == 1 else end


def _words(cell: str) -> list[str]:
    return [word for word in re.split(r"[,; ]+", cell) if word]
