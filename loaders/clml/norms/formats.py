"""Norms written out: a table for people, JSON lines for scripts, CSV for spreadsheets, Markdown for papers."""

from __future__ import annotations

import csv
import io
import json
import textwrap
from collections.abc import Iterable, Iterator

from .files import COLUMNS

Row = dict[str, str | None]
_SHOWN = (("pinpoint", 18), ("kind", 11), ("holder", 24))


def write(rows: Iterable[Row], form: str, width: int = 100) -> Iterator[str]:
    """Yield the text of some rows, a line or a block at a time.

    Args:
        rows: rows with the keys of :data:`COLUMNS`.
        form: ``table``, ``jsonl``, ``json``, ``csv`` or ``md``.
        width: characters that a line of the table may have.
    """
    if form == "jsonl":
        yield from (json.dumps(row, ensure_ascii=False) for row in rows)
    elif form == "json":
        yield json.dumps(list(rows), ensure_ascii=False, indent=2)
    elif form == "csv":
        yield from _csv(rows)
    elif form == "md":
        yield from _markdown(rows)
    else:
        yield from _table(rows, width)


def _csv(rows: Iterable[Row]) -> Iterator[str]:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow(row)
    yield out.getvalue().rstrip("\n")


def _markdown(rows: Iterable[Row]) -> Iterator[str]:
    yield "| provision | kind | holder | action | condition |\n|---|---|---|---|---|"
    for row in rows:
        cells = (row["pinpoint"], row["kind"], row["holder"] or "–", row["action"], row["condition"] or "")
        yield "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def _table(rows: Iterable[Row], width: int) -> Iterator[str]:
    count = 0
    widths = [size for _, size in _SHOWN]
    last = max(30, width - sum(widths) - 2 * len(widths))
    yield _line(["provision", "kind", "who", "what"], [*widths, last])
    yield "  ".join("-" * size for size in [*widths, last])
    for row in rows:
        count += 1
        what = [row["action"] or ""]
        what += [f"if: {row['condition']}"] if row["condition"] else []
        what += [f"to or with: {row['toward']}"] if row["toward"] else []
        what += [f"when: {row['deadline']}"] if row["deadline"] else []
        yield from _block(
            [row["pinpoint"] or "", row["kind"] or "", row["holder"] or "(no agent stated)"], what, widths, last
        )
    yield f"\n{count} norm{'' if count == 1 else 's'}."


def _block(cells: list[str], what: list[str], widths: list[int], last: int) -> Iterator[str]:
    columns = [textwrap.wrap(cell, size) or [""] for cell, size in zip(cells, widths, strict=True)]
    columns.append([line for text in what for line in textwrap.wrap(text, last)])
    for at in range(max(map(len, columns))):
        yield _line([column[at] if at < len(column) else "" for column in columns], [*widths, last])


def _line(cells: list[str], widths: list[int]) -> str:
    return "  ".join(cell.ljust(size) for cell, size in zip(cells, widths, strict=True)).rstrip()
