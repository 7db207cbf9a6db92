"""Answers written out: as a table for people, JSON for programs, CSV for spreadsheets, Markdown for papers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..citations import group_citations, split_citation
from ..dates import say_date, say_interval
from ..errors import BadInput
from .results import VERBS, Answer, Record

FORMATS = ("table", "json", "csv", "md")
MARKS = {
    "yes": "[yes]",
    "no": "[no]",
    "not_in_force": "[not in force on that day]",
    "unknown": "[unknown: a gap in dutygraph]",
}
"""How the four answers are told apart without colour."""

NARROWEST = 10
"""Characters below which a column of words cannot be read."""

LONGEST_WHOLE = 16
"""Letters of a word up to which no column breaks it."""

_Column = tuple[str, Callable[[Record], str]]


def render(answer: Answer, form: str, width: int = 100) -> str:
    """Write an answer out.

    Args:
        answer: the answer.
        form: one of :data:`FORMATS`.
        width: characters that a line of the table may have.

    Returns:
        The text, without a line break at its end.
    """
    if form == "json":
        import json

        return json.dumps(answer.to_dict(), indent=2, ensure_ascii=False)
    if form == "csv":
        return _csv(answer)
    if form == "md":
        return _markdown(answer)
    return _table(answer, width)


def flatten(record: Record) -> Record:
    """Return a record whose nested values are written as text, for a cell each.

    >>> flatten({"basis": [{"citation": "s. 5", "iri": "x"}], "held": True})
    {'basis': 's. 5', 'held': True}
    """
    return {name: _cell(value) for name, value in record.items()}


def _cell(value: Any) -> Any:
    if isinstance(value, Mapping):
        return value.get("citation") or value.get("label") or ""
    if isinstance(value, list | tuple):
        return "; ".join(str(_cell(item)) for item in value)
    return value


def write_rows(answer: Answer, path: Path) -> int:
    """Write every row of an answer into a CSV file.

    Args:
        answer: the answer.
        path: the file; UTF-8.

    Returns:
        How many rows were written.

    Raises:
        BadInput: if the file cannot be written.
    """
    try:
        path.write_text(_csv(answer) + "\n", encoding="utf-8")
    except OSError as error:
        raise BadInput(f"{path} cannot be written ({error.strerror}). Choose another file with -o.") from error
    return len(answer.rows)


def _csv(answer: Answer) -> str:
    import csv
    import io

    out = io.StringIO()
    rows = [flatten(row) for row in answer.rows]
    names = dict.fromkeys(name for row in rows for name in row if name not in ("answer", "as_at"))
    writer = csv.DictWriter(out, ["answer", "as_at", *names], lineterminator="\n")
    writer.writeheader()
    for row in rows or [{}]:
        writer.writerow({"answer": answer.verdict, "as_at": answer.as_at, **row})
    return out.getvalue().rstrip("\n")


def _markdown(answer: Answer) -> str:
    columns = _columns(answer)
    lines = [f"**{answer.heading}** {MARKS[answer.verdict]}", "", answer.message]
    rows = _table_rows(answer)
    if rows:
        lines += ["", _pipe([title for title, _ in columns]), _pipe(["---"] * len(columns))]
        lines += [_pipe([take(row).replace("\n", "<br>") for _, take in columns]) for row in rows]
    for heading, listed in _extras(answer):
        lines += ["", f"{heading}:", "", *(f"- {line}" for line in listed)]
    return "\n".join(lines)


def _pipe(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _table(answer: Answer, width: int) -> str:
    lines = [*_head(answer, width), *_wrap(answer.message, width)]
    rows = _table_rows(answer)
    if rows:
        columns = _columns(answer)
        body = [[take(row) for _, take in columns] for row in rows]
        lines += ["", *grid([title for title, _ in columns], body, width)]
    for heading, listed in _extras(answer):
        lines += ["", f"{heading}:"]
        for line in listed:
            first, *rest = _wrap(line, width - 4)
            lines += [f"  - {first}", *(f"    {part}" for part in rest)]
    return "\n".join(lines)


def _head(answer: Answer, width: int) -> list[str]:
    """The heading with its verdict, which is never broken over two lines."""
    *lines, last = _wrap(answer.heading, width)
    mark = MARKS[answer.verdict]
    fits = len(last) + 1 + len(mark) <= width
    return [*lines, f"{last} {mark}"] if fits else [*lines, last, mark]


def grid(titles: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Write a table whose cells wrap inside their columns.

    Args:
        titles: the headings.
        rows: the cells; a cell may hold line breaks.
        width: characters that a line may have; columns share what they ask for more than their fair part.

    Returns:
        The lines.
    """
    if width < 60:
        return _stacked(titles, rows, width)
    columns = [[title, *(row[i] for row in rows)] for i, title in enumerate(titles)]
    wanted = [max(len(line) for text in column for line in text.split("\n")) for column in columns]
    weights = [sum(map(len, column)) ** 0.5 + 1 for column in columns]
    widths = _share(wanted, weights, [_least(column) for column in columns], width - 2 * (len(titles) - 1))
    if sum(widths) + 2 * (len(titles) - 1) > width:
        return _stacked(titles, rows, width)
    body = [_grid_row(row, widths) for row in rows]
    lines = [*_grid_row(titles, widths), "  ".join("-" * size for size in widths)]
    apart = any(len(part) > 2 for part in body)
    for position, part in enumerate(body):
        lines += [""] * (apart and position > 0) + part
    return lines


def _stacked(titles: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """For narrow screens: one line a cell, a blank line between rows."""
    lines: list[str] = []
    for row in rows:
        for title, cell in zip(titles, row, strict=True):
            if cell:
                lines += _wrap(f"{title}: {cell}", width)
        lines.append("")
    return lines[:-1]


def _least(column: Sequence[str]) -> int:
    """How wide a column must be for its words to stay whole."""
    longest = max((len(word) for text in column for word in text.split()), default=0)
    return max(NARROWEST, min(longest, LONGEST_WHOLE))


def _share(wanted: Sequence[int], weights: Sequence[float], least: Sequence[int], room: int) -> list[int]:
    """Part the room among columns: what they want if it fits, else by how much text they hold."""
    widths = [0] * len(wanted)
    open_columns = set(range(len(wanted)))
    while open_columns:
        unit = (room - sum(widths)) / sum(weights[i] for i in open_columns)
        content = {i for i in open_columns if wanted[i] <= unit * weights[i]}
        narrow = {i for i in open_columns if unit * weights[i] < least[i]} if not content else set()
        for i in content or narrow or open_columns:
            widths[i] = wanted[i] if content else min(wanted[i], max(least[i], int(unit * weights[i])))
        open_columns = open_columns - (content or narrow or open_columns)
    return widths


def _grid_row(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    wrapped = [_wrap(cell, size) or [""] for cell, size in zip(cells, widths, strict=True)]
    height = max(len(part) for part in wrapped)
    return [
        "  ".join(
            (part[i] if i < len(part) else "").ljust(size) for part, size in zip(wrapped, widths, strict=True)
        ).rstrip()
        for i in range(height)
    ]


def _wrap(text: str, width: int) -> list[str]:
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            while len(word) > width:
                if line:
                    lines.append(line)
                    line = ""
                lines.append(word[:width])
                word = word[width:]
            if line and len(line) + 1 + len(word) > width:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}" if line else word
        lines.append(line)
    return lines


def _citations(record: Record) -> str:
    return "\n".join(group_citations(item["citation"] for item in record["basis"]))


def _dates(record: Record) -> str:
    return say_interval(
        record.get("valid_from"), record.get("valid_until"), attested=bool(record.get("start_attested_only"))
    )


def _checked(record: Record) -> str:
    return str(record.get("checked") or "unchecked")


def _member(record: Record) -> str:
    name = record["label"] + (f" {record['capacity']}" if record["capacity"] else "")
    return str(name) + (f"\n(now {record['also_known_as']})" if record["also_known_as"] else "")


def _norm_what(record: Record) -> str:
    parts = [f"{VERBS[record['kind']]} {record['action']}"]
    for name, word in (
        ("condition", "if"),
        ("deadline", "by"),
        ("frequency", "how often"),
        ("in_part", "in part"),
    ):
        if record[name]:
            parts.append(f"{word}: {record[name]}")
    for name, word in (("toward", "to or with"), ("produces", "produces")):
        if record[name]:
            parts.append(f"{word}: {'; '.join(item['label'] for item in record[name])}")
    return "\n".join(parts)


def _hit(record: Record) -> str:
    about = f"\n{VERBS.get(record['kind'], '')} {record['about']}".replace("\n ", "\n") if record["about"] else ""
    return f"{record['kind']}: {record['label']}" + ("" if record["about"] == record["label"] else about)


def _period_members(record: Record) -> str:
    lines = [f"{member['label']} ({_say_basis(member)})" for member in record["members"]]
    lines += [f"{gap['label']}: name not held ({_say_basis(gap)})" for gap in record["not_held"]]
    return "\n".join(lines) or ("nobody that is held" if record["in_force"] else "no rule in force")


def _came_and_went(record: Record) -> str:
    return "\n".join([*(f"+ {name}" for name in record["came"]), *(f"- {name}" for name in record["went"])])


def _law_and_sources(record: Record) -> str:
    return "\n".join(filter(None, (_citations(record), *(item["label"] for item in record["sources"]))))


def _extracted(record: Record) -> str:
    words = f"{VERBS[record['kind']]} {record['action']}"
    return words + (f"\nif: {record['condition']}" if record["condition"] else "")


def _norm_who(record: Record) -> str:
    return "; ".join(item["label"] for item in record["holders"])


def _law(record: Record) -> str:
    return _citations(record) + ("" if record.get("checked") else "\n(unchecked)")


def _law_or_source(record: Record) -> str:
    said_in = [", ".join(filter(None, (item["label"], item["locator"]))) for item in record["sources"]]
    return "\n".join(filter(None, (_citations(record), *said_in)))


def _in_force(record: Record) -> str:
    """The dates held; of a text read from XML only since when it reads so, which is no commencement."""
    since = record.get("text_from")
    return _dates(record) or (f"text as from {say_date(since)}" if since else "dates not held")


def _table_rows(answer: Answer) -> list[Record]:
    """Return the rows as a table shows them: a member of several areas once, with the areas."""
    if answer.rows_name == "memberships":
        return [row for row in answer.rows if row["area"]]
    if answer.rows_name == "facts":
        return _merge_facts(answer.rows)
    if answer.rows_name == "panel":
        return _by_limb(answer.details["summary"])
    if answer.rows_name != "members":
        return list(answer.rows)
    merged: dict[tuple[str, ...], Record] = {}
    for row in answer.rows:
        key = (row["label"], str(row["capacity"]), row["because"], _citations(row), _dates(row))
        areas = merged.setdefault(key, {**row, "areas": []})["areas"]
        areas.append(row["for_area"]["label"])
    return list(merged.values())


def _by_limb(summary: Sequence[Record]) -> list[Record]:
    """One row for each limb of the law, with names held and not held; days with the same counts stand together."""
    limbs: dict[str, Record] = {}
    for row in summary:
        said = f"{row['held']}" + (f", not held {row['not_held']}" if row["not_held"] else "")
        runs = limbs.setdefault(row["limb"], {"limb": row["limb"], "basis": row["basis"][:1], "runs": []})["runs"]
        if runs and runs[-1][2] == said:
            runs[-1][1] = row["on"]
        else:
            runs.append([row["on"], row["on"], said])
    return list(limbs.values())


def _counts(record: Record) -> str:
    return "\n".join(f"{a if a == b else f'{a} to {b}'}: {said}" for a, b, said in record["runs"])


def _merge_facts(rows: Sequence[Record]) -> list[Record]:
    """Write facts of the same sort on one line, where neither law nor dates part them."""
    merged: list[Record] = []
    for row in rows:
        plain = not (row["basis"] or row["sources"] or row["valid_from"] or row["valid_until"])
        if (
            plain
            and merged
            and merged[-1]["what"] == row["what"]
            and not (merged[-1]["basis"] or merged[-1]["sources"])
        ):
            merged[-1] = {**merged[-1], "value": f"{merged[-1]['value']}; {row['value']}"}
        else:
            merged.append(row)
    return merged


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _columns(answer: Answer) -> list[_Column]:
    columns = _COLUMNS[answer.rows_name]
    if answer.rows_name == "members" and len({row["for_area"]["iri"] for row in answer.rows}) > 1:
        return [*columns, ("for", lambda row: ", ".join(row["areas"]))]
    return columns


_WORDS = {
    "law": "norm",
    "class": "limb of a class",
    "body": "body",
    "area": "area",
    "partnership": "partnership",
    "hands": "membership",
}
_COLUMNS: dict[str, list[_Column]] = {
    "members": [
        ("who", _member),
        ("because", lambda row: row["because"]),
        ("law", _law),
        ("when", _dates),
    ],
    "panel": [
        ("limb", lambda row: row["limb"]),
        ("law", _citations),
        ("names held", _counts),
    ],
    "periods": [
        ("when", _dates),
        ("who", _period_members),
        ("came and went", _came_and_went),
    ],
    "succession": [
        ("", lambda row: {"before": "gave way", "after": "gave way", "class": "one of the"}[row["way"]]),
        ("what", lambda row: row["label"] + (f"\nfor {', '.join(row['areas'])}" if row["areas"] else "")),
        ("until", lambda row: row["on"] or ("" if row["way"] == "class" else "day not held")),
        ("then", lambda row: row["successor"]["label"] if row["successor"] else "none of those in its place"),
        ("law or source", _law_and_sources),
    ],
    "findings": [
        ("finding", lambda row: row["finding"]),
        ("provision", lambda row: row["provision"]["citation"]),
        ("kind", lambda row: row["kind"]),
        ("what", lambda row: row["what"]),
        ("because", lambda row: row["because"]),
    ],
    "memberships": [
        ("for", lambda row: row["area"]["label"] if row["area"] else ""),
        ("because", lambda row: row["because"] or ""),
        ("law", _law),
        ("when", _dates),
    ],
    "results": [
        ("what", _norm_what),
        ("who", _norm_who),
        ("law", _law),
        ("when", lambda row: _dates(row) if row["valid_from"] else f"start not held {_dates(row)}".strip()),
    ],
    "hits": [
        ("what", _hit),
        ("law", lambda row: row["law"] or ""),
        ("when", _dates),
        ("evidence", lambda row: "\n".join(filter(None, (row["evidence"], row["how"])))),
    ],
    "extracted": [
        ("what", _extracted),
        ("who", lambda row: row["holder"]),
        ("law", lambda row: row["law"]),
        ("as at", lambda row: row["as_at"] or ""),
    ],
    "agreements": [
        ("provision", lambda row: row["provision"]["citation"]),
        ("kind", lambda row: row["kind"]),
        ("finding", lambda row: row["finding"]),
        ("found in", lambda row: "\n".join(item["label"] for item in row["says"])),
        ("not in", lambda row: "; ".join(row["not_found_in"])),
    ],
    "holders": [
        ("actor", lambda row: f"{row['name']}\n{row['title']}"),
        ("norms", lambda row: f"{row['norms']:,}"),
        ("is it?", lambda row: row["candidate"]["label"] if row["candidate"] else ""),
        ("grade", lambda row: row["grade"]),
        ("because", lambda row: row["because"]),
    ],
    "actors": [("who", lambda row: row["holder"]), ("norms", lambda row: f"{row['norms']:,}")],
    "counts": [
        ("kind", lambda row: row["kind"]),
        ("type of legislation", lambda row: row["type"]),
        ("norms", lambda row: f"{row['norms']:,}"),
    ],
    "facts": [
        ("what", lambda row: row["what"]),
        ("", lambda row: row["value"]),
        ("law or source", _law_or_source),
        ("when", _dates),
    ],
    "provisions": [
        ("provision", lambda row: split_citation(row["citation"])[1] or row["citation"]),
        ("about", lambda row: row["about"] or ""),
        ("in force", _in_force),
        ("norms", lambda row: str(row["norms"] or "")),
        ("rules", lambda row: str(row["rules"] or "")),
        ("checked", _checked),
    ],
    "differences": [
        ("point", lambda row: row["label"]),
        ("one says", lambda row: f"{row['first']['says']}\n({row['first']['source']}, {row['first']['locator']})"),
        (
            "the other says",
            lambda row: f"{row['second']['says']}\n({row['second']['source']}, {row['second']['locator']})",
        ),
        ("law", _law),
    ],
    "overlaps": [
        ("what", lambda row: row["what"]),
        ("", lambda row: row["label"]),
        ("how many", lambda row: str(row["count"])),
        ("which", lambda row: "; ".join(row["which"])),
    ],
    "changes": [
        ("on", lambda row: row["on"]),
        ("what", lambda row: f"{_WORDS[row['what']]} {row['change']}"),
        ("", lambda row: row["label"] + (f"\n{row['detail']}" if row["detail"] else "")),
        ("where", lambda row: ", ".join(row["areas"] or row["applies_in"])),
        ("law", _law),
    ],
}


def _say_basis(record: Record) -> str:
    return "; ".join(group_citations(item["citation"] for item in record["basis"]))


def _extras(answer: Answer) -> list[tuple[str, list[str]]]:
    extras = []
    others = answer.details.get("not_members")
    if others:
        extras.append(
            (
                "Not members",
                [f"{item['label']}: {item['because']} ({_say_basis(item)})" for item in others],
            )
        )
    classes = answer.details.get("classes")
    if classes:
        listed = [f"{item['label']}: {'; '.join(body['label'] for body in item['bodies'])}" for item in classes]
        extras.append((f"Who they are for {answer.details['area']['label']} on that day", listed))
    held_as = answer.details.get("held_as")
    if held_as:
        extras.append(("Through what it holds them", [_capital(item["because"]) for item in held_as]))
    facts = answer.details.get("facts")
    if facts:
        extras.append(("Held about it", [f"{fact['what']}: {fact['value']}" for fact in facts]))
    if answer.notes:
        extras.append(("Notes", list(answer.notes)))
    return extras
