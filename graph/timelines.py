"""A timeline drawn: one bar for each body that was in a class, from when until when, one file that asks nobody.

In goes an answer of :mod:`dutygraph.queries.timelines` as plain values; out comes a page with the drawing and the
same facts as a table, an SVG or a PNG, in the colours of the maps. A hatched bar is a limb of the law under which no
name is held.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from ..dates import say_interval
from ..errors import BadInput
from .drawings import ADVICE, ATTRIBUTION, INK, SOFT, STYLES, Mark, marks_to_png, marks_to_svg
from .layouts import FONT, wrap

ENDINGS = (".html", ".svg", ".png")
_NAMES, _RIGHT, _TOP, _ROW, _BAR, _SIZE = 400.0, 1560.0, 130.0, 44.0, 24.0, 15
_GAP = "#b0b0b0"


@dataclass
class _Bar:
    """A body, or a limb without a name, with the spans in which it was there."""

    label: str
    because: str
    held: bool
    spans: list[tuple[str | None, str | None]] = field(default_factory=list)


def write_timeline(answer: Mapping[str, Any], path: str) -> None:
    """Draw a timeline into a file.

    Args:
        answer: the answer, as JSON has it.
        path: the file; its ending names the form.

    Raises:
        BadInput: if the ending names no form, or the file cannot be written.
        MissingExtra: if a PNG is asked for and Pillow is not installed.
    """
    target = Path(path)
    write = _FORMS.get(target.suffix.lower())
    if write is None:
        raise BadInput(f"{target.name} names no form of timeline. The ending must be one of: {', '.join(ENDINGS)}.")
    data = write(answer)
    try:
        target.write_bytes(data)
    except OSError as error:
        raise BadInput(f"{path} cannot be written ({error.strerror}). Choose another file with -o.") from error


def draw_timeline(answer: Mapping[str, Any]) -> tuple[float, float, list[Mark]]:
    """Make a timeline into plain shapes, from the back to the front; return width, height and the shapes."""
    bars = _bars(answer["periods"])
    first, last = _years(answer)
    bottom = _TOP + _ROW * len(bars)
    marks = [mark for year in range(first, last + 1) for mark in _year(year, first, last, bottom)]
    marks += [mark for at, bar in enumerate(bars) for mark in _row(bar, _TOP + _ROW * at, first, last)]
    heading = [
        _text(20, 40, answer["question"], size=28, bold=True),
        _text(20, 70, f"{answer['message']} {ADVICE}", size=16, fill=SOFT),
    ]
    footer = [
        _text(20, bottom + 50 + 20 * at, line, size=14, fill=SOFT) for at, line in enumerate(_small_print(answer))
    ]
    return _RIGHT + 30, bottom + 70 + 20 * len(footer), [*marks, *heading, *footer]


def _small_print(answer: Mapping[str, Any]) -> list[str]:
    texts = ["Grey, broken outline: the law names such a body; its name is not held.", *answer["notes"], ATTRIBUTION]
    return [line for text in texts for line in wrap(text, _RIGHT - 160)]


def _bars(periods: Sequence[Mapping[str, Any]]) -> list[_Bar]:
    """Join the periods of each body, in the order of the limbs of the law and of their beginning."""
    bars: dict[str, _Bar] = {}
    for period in periods:
        span = (period["valid_from"], period["valid_until"])
        for item in (*period["members"], *period["not_held"]):
            held = "iri" in item
            label = item["label"] if held else f"{item['label']}: name not held"
            spans = bars.setdefault(label, _Bar(label, f"{item['because']} ({_law(item)})", held)).spans
            if spans and spans[-1][1] == span[0]:
                spans[-1] = (spans[-1][0], span[1])
            else:
                spans.append(span)
    return sorted(bars.values(), key=lambda bar: (bar.spans[0][0] or "", bar.because))


def _law(item: Mapping[str, Any]) -> str:
    return str(item["basis"][0]["citation"]) if item["basis"] else "law not held"


def _years(answer: Mapping[str, Any]) -> tuple[int, int]:
    days = [day for period in answer["periods"] for day in (period["valid_from"], period["valid_until"]) if day]
    years = [int(day[:4]) for day in days] or [1998]
    return min(years), max(*years, int(answer["as_at"][:4])) + 1


def _at(day: str, first: int, last: int) -> float:
    """Where a day stands from left to right."""
    when = date.fromisoformat(day)
    share = (when.year - first + (when.timetuple().tm_yday - 1) / 366) / (last - first)
    return _NAMES + (_RIGHT - _NAMES) * share


def _year(year: int, first: int, last: int, bottom: float) -> list[Mark]:
    x = _at(f"{year}-01-01", first, last)
    line = Mark("polygon", ((x, _TOP - 10), (x, bottom)), stroke="#dfe3e6", width=1)
    every = max(1, round((last - first) / 14))
    named = (year - first) % every == 0
    return [line, Mark("text", ((x, _TOP - 18),), text=str(year), fill=SOFT, size=14)] if named else [line]


def _row(bar: _Bar, top: float, first: int, last: int) -> list[Mark]:
    lines = wrap(bar.label, (_NAMES - 40) * FONT / _SIZE)
    marks = [
        Mark(
            "text", ((20, top + 18 - 8 * (len(lines) - 1) + 17 * at),), text=line, fill=INK, size=_SIZE, anchor="start"
        )
        for at, line in enumerate(lines)
    ]
    style = STYLES["body"]
    for start, end in bar.spans:
        left = _at(start, first, last) if start else _NAMES
        right = _at(end, first, last) if end else _RIGHT
        right = max(right, left + 2)
        corners = ((left, top), (right, top), (right, top + _BAR), (left, top + _BAR))
        about = f"{bar.label}\n{bar.because}\n{say_interval(start, end)}"
        fill, stroke = (style.fill, style.stroke) if bar.held else ("#f1f1f1", _GAP)
        marks.append(Mark("polygon", corners, fill=fill, stroke=stroke, width=2, broken=not bar.held, about=about))
        if start and right - left > 90:
            marks.append(_text(left + 6, top + 17, start, size=13, fill=SOFT))
    return marks


def _text(x: float, y: float, text: str, *, size: float, fill: str = INK, bold: bool = False) -> Mark:
    return Mark("text", ((x, y),), text=text, fill=fill, size=size, anchor="start", bold=bold)


def _svg(answer: Mapping[str, Any]) -> str:
    return marks_to_svg(answer["question"], *draw_timeline(answer))


def _page(answer: Mapping[str, Any]) -> str:
    """One page with the drawing and its text twin; its policy lets it ask nobody for anything."""
    rows = "\n".join(
        f"<tr><th scope='row'>{escape(say_interval(row['valid_from'], row['valid_until']) or 'start not held')}</th>"
        f"<td><ul>{_items(row)}</ul></td></tr>"
        for row in answer["periods"]
    )
    notes = "".join(f"<li>{escape(note)}</li>" for note in (*answer["notes"], ADVICE, ATTRIBUTION))
    return _TEMPLATE.format(title=escape(answer["question"]), svg=_svg(answer), rows=rows, notes=notes)


def _items(row: Mapping[str, Any]) -> str:
    held = [f"{item['label']}: {item['because']} ({_law(item)})" for item in row["members"]]
    gaps = [f"{item['label']}, name not held: {item['because']} ({_law(item)})" for item in row["not_held"]]
    return "".join(f"<li>{escape(line)}</li>" for line in (*held, *gaps)) or "<li>no rule in force</li>"


_TEMPLATE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 17px/1.45 Arial, Helvetica, 'Liberation Sans', sans-serif; color: #1a1a1a; margin: 1.5rem; }}
.drawing {{ overflow-x: auto; }} svg {{ width: 100%; min-width: 60rem; height: auto; }}
table {{ border-collapse: collapse; }} th, td {{ border: 1px solid #767676; padding: .4rem .7rem; text-align: left; }}
th, td {{ vertical-align: top; }} ul {{ margin: 0; padding-left: 1.1rem; }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
<div class="drawing" tabindex="0" role="region" aria-label="Drawing">{svg}</div>
<h2>The same as a table</h2>
<table>
<caption>Period by period</caption>
<thead><tr><th scope="col">When</th><th scope="col">Who, by which law</th></tr></thead>
<tbody>
{rows}
</tbody>
</table>
<h2>Notes</h2>
<ul>{notes}</ul>
</main>
</body>
</html>
"""
_FORMS: dict[str, Callable[[Mapping[str, Any]], bytes]] = {
    ".html": lambda answer: _page(answer).encode(),
    ".svg": lambda answer: _svg(answer).encode(),
    ".png": lambda answer: marks_to_png(*draw_timeline(answer)),
}
