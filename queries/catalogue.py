"""The catalogue of questions: ``.rq`` files that run as they stand in any SPARQL tool.

A file begins with comment lines: what it asks in plain words, and its parameters::

    # question: Who is in a class that the law names, for an area, on a date?
    # parameter class: the holder class
    SELECT … WHERE {
      VALUES ?class { <https://w3id.org/dutygraph/id/class/…> } # parameter

A line that ends in ``# parameter`` gives a parameter its example value; :func:`bind` puts other values there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from ..errors import QueryError, UnknownName

FOLDER = Path(__file__).resolve().parent
_HEADER = re.compile(r"^# (question|parameter (\w+)): (.*)$", re.MULTILINE)
_PARAMETER = re.compile(r"VALUES \?(\w+) \{[^{}]*\}(?= # parameter)")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]*")


@dataclass(frozen=True)
class Question:
    """One catalogued query: its name, its question in plain words, its parameters and its SPARQL."""

    name: str
    question: str
    parameters: Mapping[str, str]
    sparql: str


@cache
def question(name: str) -> Question:
    """Return a catalogued query.

    Raises:
        UnknownName: if there is none of that name.

    >>> question("members").question
    'Who is in a class that the law names, for an area, on a date, and why?'
    """
    path = FOLDER / f"{name}.rq"
    if not re.fullmatch(r"[a-z0-9-]{1,60}", name) or not path.is_file():
        raise UnknownName(f'There is no catalogued query "{name}".{_nearest(name)} All: dutygraph query --list')
    text = path.read_text(encoding="utf-8")
    asked, parameters = "", {}
    for kind, parameter, words in _HEADER.findall(text):
        if kind == "question":
            asked = words
        else:
            parameters[parameter] = words
    return Question(name, asked, parameters, text)


def _nearest(name: str) -> str:
    import difflib

    close = difflib.get_close_matches(name, [path.stem for path in FOLDER.glob("*.rq")], n=1)
    return f" Did you mean {close[0]}?" if close else ""


def questions() -> list[Question]:
    """Return every catalogued query, by name."""
    return [question(path.stem) for path in sorted(FOLDER.glob("*.rq"))]


def bind(sparql: str, values: Mapping[str, str | date | Iterable[str] | None]) -> str:
    """Put values in the place of a query's example values.

    Args:
        sparql: a query whose parameters are marked.
        values: for each parameter an IRI, a date, a plain text, or several IRIs; None lifts the restriction.

    Returns:
        The query with the values in it: what ``--show-query`` prints.

    Raises:
        QueryError: if the query has no such parameter.
    """
    held = set(_PARAMETER.findall(sparql))
    for name in values.keys() - held:
        known = ", ".join(sorted(held)) or "none"
        raise QueryError(f'The query has no parameter "{name}". It has: {known}.')

    def put(match: re.Match[str]) -> str:
        name = match[1]
        if name not in values:
            return match[0]
        value = values[name]
        if value is None:
            return ""
        items = [value] if isinstance(value, str | date) else list(value)
        return f"VALUES ?{name} {{ {' '.join(_write(item) for item in items)} }}"

    return _PARAMETER.sub(put, sparql)


def _write(value: str | date) -> str:
    """Write a value as a SPARQL term; nothing in it can end the term early."""
    if isinstance(value, date):
        return f'"{value.isoformat()}"^^<http://www.w3.org/2001/XMLSchema#date>'
    if _IRI.fullmatch(value) and not re.fullmatch(r"\w+:", value):
        return f"<{value}>"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"'
