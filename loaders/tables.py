"""Read the tables of a register strictly: every fault of every table in one report, or all the rows.

In goes one or more folders of CSV files with the schema of ``register/datapackage.json`` (Frictionless Data
Package 2, Table Schema; ``refersTo`` is our own addition for references out of list cells). Out come typed
rows. A register with a broken row is refused whole: nothing of it is loaded.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from ..dates import mend_date
from ..errors import BadInput, RegisterFault
from ..register import FOLDER

MAX_CELL = 20_000
"""Characters that one cell may hold; a longer one is a fault (an unclosed quote swallows the rest of a file)."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Characters that no cell may hold: no format for tables or graphs carries them safely."""

REFERENCES = {
    "class": "classes",
    "body": "bodies",
    "partnership": "partnerships",
    "area": "areas",
}
"""Prefix of a reference such as ``body:rugby-borough-council`` and the table it points into."""

_PREFIXES_ALLOWED = {
    "@holder": ("class", "body", "partnership", "text"),
    "@thing": ("body", "area", "partnership"),
}


@dataclass(frozen=True)
class Column:
    """One column of a table, as ``datapackage.json`` describes it."""

    name: str
    kind: str
    description: str
    required: bool
    allowed: tuple[str, ...]
    pattern: re.Pattern[str] | None
    refers_to: str | None
    delimiter: str
    example: str


@dataclass(frozen=True)
class Table:
    """One table: its file, columns and key."""

    name: str
    path: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    def column(self, name: str) -> Column:
        """Return the column of that name."""
        return next(column for column in self.columns if column.name == name)


@dataclass(frozen=True)
class Row:
    """One row: where it stands and its typed values.

    ``values`` holds str, :class:`datetime.date`, :class:`decimal.Decimal`, a tuple of str for a list, or None
    for an empty cell (an empty list is an empty tuple).
    """

    file: str
    line: int
    values: Mapping[str, Any]

    def __getitem__(self, column: str) -> Any:
        """Return the value of a column."""
        return self.values[column]


@dataclass
class _Report:
    """The faults found so far, in the order of files and lines."""

    faults: list[str] = field(default_factory=list)
    broken_keys: dict[str, set[str]] = field(default_factory=dict)
    """Keys of rows that have faults of their own: a reference to one of them is no further fault."""
    unread: set[str] = field(default_factory=set)
    """Tables that could not be read at all: references into them are not judged."""

    def add(self, file: str, line: int | None, column: str | None, what: str) -> None:
        """Note one fault."""
        place = ", ".join(part for part in (file, f"line {line}" if line else "", column or "") if part)
        self.faults.append(f"{place}: {what}")


def read_schema(folder: Path = FOLDER) -> dict[str, Table]:
    """Read the schema of the register's tables.

    Args:
        folder: the folder that holds ``datapackage.json``.

    Returns:
        Each table by its name, in the order of the file.

    Raises:
        BadInput: if the file is missing or is no data package.
    """
    path = folder / "datapackage.json"
    try:
        package = json.loads(path.read_text(encoding="utf-8"))
        return {item["name"]: _table(item) for item in package["resources"]}
    except (OSError, ValueError, KeyError) as error:
        raise BadInput(f"{path.name} in {folder} cannot be read as a data package ({error}).") from error


def _table(resource: Mapping[str, Any]) -> Table:
    schema = resource["schema"]
    key = schema["primaryKey"]
    return Table(
        name=resource["name"],
        path=resource["path"],
        title=resource["title"],
        columns=tuple(_column(item) for item in schema["fields"]),
        key=(key,) if isinstance(key, str) else tuple(key),
    )


def _column(item: Mapping[str, Any]) -> Column:
    constraints = item.get("constraints", {})
    pattern = constraints.get("pattern")
    return Column(
        name=item["name"],
        kind=item["type"],
        description=item["description"],
        required=bool(constraints.get("required")),
        allowed=tuple(constraints.get("enum", ())),
        pattern=re.compile(pattern) if pattern else None,
        refers_to=item.get("refersTo"),
        delimiter=item.get("delimiter", ";"),
        example=str(item.get("example", "")),
    )


def read_tables(folders: Sequence[Path]) -> list[dict[str, list[Row]]]:
    """Read and check registers that are to be loaded together.

    Args:
        folders: the registers; the first one must be complete, a further one may hold any of the tables and
            may refer to rows of the others.

    Returns:
        For each folder its rows by table.

    Raises:
        RegisterFault: with every fault of every table of every folder; nothing was loaded.
    """
    schema = read_schema()
    report = _Report()
    registers = [
        _read_folder(folder, schema, report, complete=number == 0, label=_label(folder, number))
        for number, folder in enumerate(folders)
    ]
    keys = _check_keys(registers, schema, report)
    for name, broken in report.broken_keys.items():
        keys[name] |= broken
    for register in registers:
        for name, rows in register.items():
            _check_references(schema[name], rows, keys, report)
            _check_intervals(rows, report)
    _check_cycles(registers, report)
    if report.faults:
        raise RegisterFault(report.faults)
    return registers


def _label(folder: Path, number: int) -> str:
    """Return how messages name the folder."""
    return "register" if number == 0 else folder.name


def _read_folder(
    folder: Path, schema: Mapping[str, Table], report: _Report, *, complete: bool, label: str
) -> dict[str, list[Row]]:
    found = sorted(path.name for path in folder.glob("*.csv")) if folder.is_dir() else []
    known = {table.path: table for table in schema.values()}
    if not found:
        report.add(
            str(folder),
            None,
            None,
            "there is no table here. A register is a folder of CSV files such as norms.csv.",
        )
        return {}
    for name in found:
        if name not in known:
            report.add(f"{label}/{name}", None, None, f"no table has this name.{_nearest(name, known)}")
    if complete:
        for name in known.keys() - set(found):
            report.add(f"{label}/{name}", None, None, "the table is missing.")
    tables: dict[str, list[Row]] = {}
    for table in schema.values():
        if table.path not in found:
            continue
        rows = _read_table(folder / table.path, table, f"{label}/{table.path}", report)
        if rows is None:
            report.unread.add(table.name)
        tables[table.name] = rows or []
    return tables


def _read_table(path: Path, table: Table, file: str, report: _Report) -> list[Row] | None:
    """Return the sound rows of a table, or None if it could not be read at all."""
    text = _read_text(path, file, report)
    if text is None:
        return None
    if not text.strip():
        report.add(file, 1, None, f"the file is empty. Its first line must name the columns: {_header(table)}")
        return None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip() for name in next(reader)]
        if not _check_header(header, table, file, report):
            return None
        return list(_read_rows(reader, header, table, file, report))
    except csv.Error as error:
        report.add(file, reader.line_num, None, f"the line is no CSV ({error}). Look for an unclosed quote.")
        return None


def _read_text(path: Path, file: str, report: _Report) -> str | None:
    try:
        data = path.read_bytes()
    except OSError as error:
        report.add(file, None, None, f"the file cannot be read ({error.strerror}).")
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        report.add(
            file,
            line,
            None,
            f"byte 0x{data[error.start]:02x} is not UTF-8 (is the file saved as Windows-1252?). "
            'In the spreadsheet choose "CSV UTF-8" when you save.',
        )
        return None


def _header(table: Table) -> str:
    return ",".join(column.name for column in table.columns)


def _check_header(header: list[str], table: Table, file: str, report: _Report) -> bool:
    names = [column.name for column in table.columns]
    if len(header) == 1 and ";" in header[0]:
        report.add(file, 1, None, "the columns are parted by semicolons. Save the table with commas.")
        return False
    unknown = [name for name in header if name not in names]
    missing = [name for name in names if name not in header]
    twice = [name for name, count in Counter(header).items() if count > 1]
    for name in unknown:
        report.add(file, 1, f'"{name}"', f"the table has no such column.{_nearest(name, names)}")
    for name in missing:
        report.add(file, 1, name, "the column is missing. An empty column is allowed, a missing one is not.")
    for name in twice:
        report.add(file, 1, name, "the column stands there twice.")
    return not (unknown or missing or twice)


def _read_rows(
    reader: Iterator[list[str]], header: Sequence[str], table: Table, file: str, report: _Report
) -> Iterator[Row]:
    columns = [table.column(name) for name in header]
    line = 2
    for cells in reader:
        start, line = line, reader.line_num + 1  # type: ignore[attr-defined]
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(columns):
            report.add(
                file,
                start,
                None,
                f"the line has {len(cells)} cells, the table {len(columns)} columns. "
                "A cell with a comma in it must stand in quotes.",
            )
            report.broken_keys.setdefault(table.name, set()).update(cell.strip() for cell in cells[:1])
            continue
        before = len(report.faults)
        values = {
            column.name: _value(cell.strip(), column, file, start, report)
            for column, cell in zip(columns, cells, strict=True)
        }
        if len(report.faults) == before:
            yield Row(file, start, values)
        else:
            report.broken_keys.setdefault(table.name, set()).add(cells[header.index(table.key[0])].strip())


def _value(cell: str, column: Column, file: str, line: int, report: _Report) -> Any:
    def fault(what: str) -> None:
        report.add(file, line, column.name, what)

    if len(cell) > MAX_CELL:
        fault(f"the cell holds {len(cell)} characters, {MAX_CELL} are allowed. Look for an unclosed quote.")
        return None
    control = _CONTROL.search(cell)
    if control:
        fault(f"the cell holds the control character U+{ord(control[0]):04X}. Take it out.")
        return None
    if not cell:
        if column.required:
            fault(f"the cell is empty. It needs: {column.description}.")
        return () if column.kind == "list" else None
    if column.kind == "list":
        parts = tuple(part.strip() for part in cell.split(column.delimiter) if part.strip())
        for part in parts:
            _check_word(part, column, fault)
        return parts
    if column.kind == "date":
        return _date(cell, fault)
    if column.kind == "number":
        return _number(cell, fault)
    _check_word(cell, column, fault)
    return cell


def _check_word(word: str, column: Column, fault: Any) -> None:
    if column.allowed and word not in column.allowed:
        fault(f'"{word}" is not allowed. Allowed: {", ".join(column.allowed)}.')
    elif column.pattern and not column.pattern.fullmatch(word):
        fault(f'"{word}" has not the right form. An example: {column.example}')


def _date(cell: str, fault: Any) -> date | None:
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", cell):
            return date.fromisoformat(cell)
    except ValueError as error:
        fault(f'"{cell}" is not a day of the calendar ({error}).')
        return None
    fault(f'"{cell}" is not a date. {mend_date(cell)}')
    return None


def _number(cell: str, fault: Any) -> Decimal | None:
    try:
        number = Decimal(cell)
        if number.is_finite():
            return number
    except InvalidOperation:
        pass
    fault(f'"{cell}" is not a number. Write it without signs and separators, as in 1234.50.')
    return None


def _check_keys(
    registers: Sequence[Mapping[str, list[Row]]], schema: Mapping[str, Table], report: _Report
) -> dict[str, set[str]]:
    keys: dict[str, set[str]] = {name: set() for name in schema}
    for name, table in schema.items():
        seen: dict[tuple[Any, ...], Row] = {}
        for row in (row for register in registers for row in register.get(name, ())):
            key = tuple(row[column] for column in table.key)
            first = seen.setdefault(key, row)
            if first is not row:
                shown = " ".join(str(part) for part in key if part is not None)
                report.add(
                    row.file,
                    row.line,
                    table.key[0],
                    f'"{shown}" stands already in {first.file}, line {first.line}. Give the row a name of its own.',
                )
            keys[name].add(str(key[0]))
    return keys


def _check_references(table: Table, rows: Iterable[Row], keys: Mapping[str, set[str]], report: _Report) -> None:
    columns = [column for column in table.columns if column.refers_to]
    for row in rows:
        for column in columns:
            value = row[column.name]
            for word in value if isinstance(value, tuple) else (value,) if value else ():
                what = _reference_fault(word, str(column.refers_to), keys, report.unread)
                if what:
                    report.add(row.file, row.line, column.name, what)


def _reference_fault(word: str, refers_to: str, keys: Mapping[str, set[str]], unread: set[str]) -> str | None:
    if not refers_to.startswith("@"):
        table = refers_to.partition(".")[0]
        return None if word in keys[table] or table in unread else _unknown_key(word, table, keys)
    prefix, colon, name = word.partition(":")
    allowed = _PREFIXES_ALLOWED[refers_to]
    if not colon or prefix not in allowed or not name:
        return f'"{word}" must begin with one of {", ".join(f"{item}:" for item in allowed)}'
    if prefix == "text" or name in keys[REFERENCES[prefix]] or REFERENCES[prefix] in unread:
        return None
    return _unknown_key(name, REFERENCES[prefix], keys)


def _unknown_key(word: str, table: str, keys: Mapping[str, set[str]]) -> str:
    return f'no row of {table}.csv has the name "{word}".{_nearest(word, keys[table])}'


def _nearest(word: str, words: Iterable[str]) -> str:
    import difflib

    close = difflib.get_close_matches(word, list(words), n=2, cutoff=0.6)
    return f" Did you mean {' or '.join(close)}?" if close else ""


def _check_intervals(rows: Iterable[Row], report: _Report) -> None:
    for row in rows:
        for first, last in (("valid_from", "valid_until"), ("period_from", "period_until")):
            attested = row.values.get("attested_from")
            start, end = row.values.get(first) or attested, row.values.get(last)
            if start and end and start >= end:
                what = f"{end} is not after {start}. It is the first day on which the row no longer holds."
                report.add(row.file, row.line, last, what)
        if row.values.get("valid_from") and row.values.get("prospective"):
            report.add(row.file, row.line, "prospective", "leave it empty where valid_from is known.")
        if row.values.get("valid_from") and row.values.get("attested_from"):
            report.add(row.file, row.line, "attested_from", "leave it empty where valid_from is known.")


def _check_cycles(registers: Sequence[Mapping[str, list[Row]]], report: _Report) -> None:
    chains = (
        ("kinds", "id", "broader"),
        ("topics", "id", "broader"),
        ("norms", "id", "revision_of"),
        ("bodies", "id", "successors"),
        ("areas", "code", "successors"),
        ("partnerships", "id", "part_of"),
    )
    for name, key, link in chains:
        rows = {row[key]: row for register in registers for row in register.get(name, ())}
        for start, row in rows.items():
            if _reaches_itself(start, rows, link):
                report.add(row.file, row.line, link, f'"{start}" leads back to itself. Break the circle.')


def _reaches_itself(start: str, rows: Mapping[str, Row], link: str) -> bool:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        row = rows.get(waiting.pop())
        value = row[link] if row else ()
        for following in value if isinstance(value, tuple) else (value,) if value else ():
            if following == start:
                return True
            if following not in seen:
                seen.add(following)
                waiting.append(following)
    return False
