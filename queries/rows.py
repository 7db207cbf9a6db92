"""Run a catalogued query and read its rows as plain Python values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date

from pyoxigraph import QuerySolutions

from ..errors import QueryError
from ..graph.store import GraphStore, reading
from .catalogue import bind, question
from .memory import remembered

Row = dict[str, str]
"""The value of every bound variable, as text: an IRI, or the words of a literal."""

Values = Mapping[str, str | date | Iterable[str] | None]

_listeners: list[Callable[[str], None]] = []
"""Told of every query that runs: how ``--show-query`` sees them."""


@contextmanager
def listening() -> Iterator[list[str]]:
    """Collect the SPARQL of every query that runs inside the block.

    Yields:
        A list that fills with the queries, each once, in the order in which they run.
    """
    queries: list[str] = []

    def note(sparql: str) -> None:
        if sparql not in queries:
            queries.append(sparql)

    _listeners.append(note)
    try:
        yield queries
    finally:
        _listeners.remove(note)


def note_query(text: str) -> None:
    """Tell who listens that a query runs: in SPARQL, or as comment lines where it is not SPARQL that answers."""
    for listener in _listeners:
        listener(text)


def run(store: GraphStore, name: str, values: Values | None = None) -> list[Row]:
    """Run a catalogued SELECT query.

    Args:
        store: the graph.
        name: the query's name in the catalogue.
        values: its parameters.

    Returns:
        Its rows, which nobody may change; a variable without a value is left out.
    """
    sparql = bind(question(name).sparql, values or {})
    note_query(sparql)
    return list(remembered(store, ("rows", sparql), lambda: _read(store, name, sparql)))


def _read(store: GraphStore, name: str, sparql: str) -> list[Row]:
    result = store.query(sparql)
    if not isinstance(result, QuerySolutions):
        raise QueryError(f'The catalogued query "{name}" is no SELECT query.')
    variables = [variable.value for variable in result.variables]
    with reading(store.location):
        return [
            {name: term.value for name, term in zip(variables, solution, strict=True) if term is not None}
            for solution in result
        ]


def first_day(rows: Iterable[Row]) -> tuple[str | None, bool]:
    """Return the earliest start in rows with ``validFrom``, and whether it is only the earliest evidenced day.

    Args:
        rows: what was found; a row may have no start.

    >>> first_day([{"validFrom": "2012-06-30", "startAttested": "true"}, {"validFrom": "2023-01-31"}])
    ('2012-06-30', True)
    """
    started = [row for row in rows if "validFrom" in row]
    since = min((row["validFrom"] for row in started), default=None)
    there = [row.get("startAttested") == "true" for row in started if row["validFrom"] == since]
    return since, bool(there) and all(there)
