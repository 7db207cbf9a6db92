"""Write facts down: a JSON object a line, JSON, CSV, Markdown or a table for the terminal."""

from __future__ import annotations

import csv
import io
import json
import textwrap
from collections.abc import Sequence
from typing import Any

FORMATS = ("table", "jsonl", "json", "csv", "md")
COLUMNS = (
    "doc",
    "kind",
    "subject",
    "relation",
    "object",
    "value",
    "on",
    "locator",
    "quote",
    "certainty",
    "force",
    "rule",
)


def write_facts(rows: Sequence[dict[str, Any]], form: str, width: int = 110) -> str:
    """Write rows of facts.

    Args:
        rows: what :meth:`dutygraph.facts.model.Fact.row` gives.
        form: one of :data:`FORMATS`.
        width: columns of the terminal, for the table.
    """
    if form == "jsonl":
        return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    if form == "json":
        return json.dumps(list(rows), ensure_ascii=False, indent=1)
    if form == "csv":
        return _csv(rows)
    if form == "md":
        return _markdown(rows)
    return _table(rows, width)


def _csv(rows: Sequence[dict[str, Any]]) -> str:
    columns = [*COLUMNS[:-1], *sorted({key for row in rows for key in row} - set(COLUMNS)), "rule"]
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows({key: "" if value is None else value for key, value in row.items()} for row in rows)
    return out.getvalue().rstrip("\n")


def _markdown(rows: Sequence[dict[str, Any]]) -> str:
    shown = ("kind", "subject", "relation", "object", "value", "on", "force", "locator", "quote")
    lines = ["| " + " | ".join(shown) + " |", "|" + "---|" * len(shown)]
    for row in rows:
        cells = ("" if row.get(key) is None else str(row.get(key)) for key in shown)
        lines.append("| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |")
    return "\n".join(lines)


def _table(rows: Sequence[dict[str, Any]], width: int) -> str:
    """A block for each fact: what is said, then where and in which words."""
    lines: list[str] = []
    heading = None
    for row in rows:
        if (row["doc"], row["kind"]) != heading:
            heading = (row["doc"], row["kind"])
            count = sum((other["doc"], other["kind"]) == heading for other in rows)
            lines += ["", f"{row['doc']}  {row['kind'].replace('_', ' ').upper()} ({count})"]
        lines += _block(row, width)
    if not rows:
        return "No facts were found."
    return "\n".join(lines).lstrip("\n")


def _block(row: dict[str, Any], width: int) -> list[str]:
    amount = (
        f"  £{row['value']:,.2f}".removesuffix(".00") if row["kind"] == "funding" and row["value"] is not None else ""
    )
    said = f"{row['subject']}  {row['relation']}  {row['object']}{amount}"
    marks = ", ".join(str(row[key]) for key in ("on", "force", "fund", "role") if row.get(key))
    said += f"  ({marks})" if marks else ""
    said += "  [implied]" if row["certainty"] == "implied" else ""
    return [*_wrapped(said, "  ", width), *_wrapped(f'{row["locator"]}: "{row["quote"]}"', "      ", width)]


def _wrapped(text: str, indent: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=indent + "  ")
