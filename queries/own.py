"""Run a catalogued query or one of the user's own, and write its result in any standard format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    serialize,
)

from ..errors import BadInput, QueryError
from ..graph.store import GraphStore, reading
from ..ontology.namespaces import PREFIXES, area_iri, is_gss, shorten
from .catalogue import bind, question, questions
from .formats import grid

_RESULT_FORMATS = {
    "json": QueryResultsFormat.JSON,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "xml": QueryResultsFormat.XML,
}
_GRAPH_FORMATS = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "jsonld": RdfFormat.JSON_LD}


def list_questions(width: int) -> str:
    """Write the catalogue: name, question and parameters of every query, and the known prefixes."""
    rows = [[item.name, item.question, ", ".join(item.parameters)] for item in questions()]
    lines = grid(["name", "question", "parameters"], rows, width)
    lines += ["", "Known prefixes:", *(f"  PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items())]
    return "\n".join(lines)


def prepare(name: str, text: str | None, parameters: Sequence[str]) -> str:
    """Return the SPARQL to run.

    Args:
        name: name of a catalogued query, path of a file, ``-``, or the query itself, which has a "{" in it.
        text: the query, if it came on standard input.
        parameters: ``name=value`` pairs; a value is an IRI, an ONS code, a date or a text.

    Raises:
        BadInput: if a parameter has no "=" or the file cannot be read.
        UnknownName: if no catalogued query has the name.
    """
    if text is None:
        text = _read(name)
    values: dict[str, str | date] = {}
    for pair in parameters:
        key, equals, value = pair.partition("=")
        if not equals:
            raise BadInput(f'"{pair}" is no parameter. Write name=value, for example on=2005-06-01.')
        values[key.strip()] = _value(value.strip())
    return bind(text, values) if values else text


@dataclass(frozen=True)
class Answered:
    """A catalogued question that was run: what was run and the rows of its answer.

    Attributes:
        sparql: the query as it ran.
        titles: the columns.
        rows: the cells, each ``text`` for people and ``iri`` if it is one.
        examples: the parameters' values in the query, as written there.
        is_graph: whether the answer is a graph, shown as rows of three.
    """

    sparql: str
    titles: tuple[str, ...]
    rows: list[list[dict[str, str | None]]]
    examples: dict[str, str]
    is_graph: bool = False


def answered(store: GraphStore, name: str, values: Mapping[str, str]) -> Answered:
    """Run a catalogued question and return its answer as rows.

    Args:
        store: the graph.
        name: the question's name.
        values: parameters as people write them: an IRI, an ONS code, a date or a text.

    Raises:
        UnknownName: if there is no such question.
        QueryError: if it has no such parameter.
    """
    sparql = prepare(name, question(name).sparql, [f"{key}={value}" for key, value in values.items()])
    with reading(store.location):
        result = store.query(sparql)
        if isinstance(result, QueryBoolean):
            return Answered(
                sparql, ("answer",), [[{"text": "yes" if result else "no", "iri": None}]], _examples(sparql)
            )
        if isinstance(result, QueryTriples):
            terms = [[_shown(term) for term in (held.subject, held.predicate, held.object)] for held in result]
            return Answered(sparql, ("subject", "property", "value"), terms, _examples(sparql), is_graph=True)
        titles = tuple(variable.value for variable in result.variables)
        return Answered(sparql, titles, [[_shown(term) for term in row] for row in result], _examples(sparql))


def description(store: GraphStore, thing: str, form: str) -> bytes:
    """Write the statements of a thing, and those of others that name it, as RDF.

    Args:
        store: the graph.
        thing: its IRI.
        form: ``ttl``, ``nt`` or ``jsonld``.
    """
    with reading(store.location):
        result = store.query(bind(question("description").sparql, {"thing": thing}))
        triples = [Triple(*solution) for solution in result] if isinstance(result, QuerySolutions) else []
        return serialize(triples, format=_GRAPH_FORMATS[form], prefixes=PREFIXES) or b""


def _shown(term: object) -> dict[str, str | None]:
    return {"text": _cell(term), "iri": term.value if isinstance(term, NamedNode) else None}


def _examples(sparql: str) -> dict[str, str]:
    """The values that stand in a query for its parameters, as people write them."""
    import re

    held = re.findall(r'VALUES \?(\w+) \{ (?:<([^>]*)>|"([^"]*)"[^ ]*)', sparql)
    return {name: iri or text for name, iri, text in held}


def _read(name: str) -> str:
    if "{" in name:
        return name
    path = Path(name)
    if path.suffix or len(path.parts) > 1:
        try:
            return path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = "there is no such file" if isinstance(error, FileNotFoundError) else str(error)
            raise BadInput(
                f"{name} cannot be read as a query: {reason}. Give a file, a query between quotes, or a name of: "
                "dutygraph query --list"
            ) from error
    return question(name).sparql


def _value(text: str) -> str | date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    if is_gss(text):
        return area_iri(text)
    prefix, colon, local = text.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else text


def write_result(store: GraphStore, sparql: str, form: str, width: int, name: str = "-") -> str:
    """Run a query and write its result.

    Args:
        store: the graph.
        sparql: the query.
        form: ``table``, ``md``, or a format of SPARQL results or RDF.
        width: characters that a line of the table may have.
        name: where the query came from, for error messages.

    Raises:
        QueryError: if the query cannot be read or run, or gives no result in that format.
    """
    try:
        with reading(store.location):
            return _write(store.query(sparql), form, width)
    except QueryError as error:
        if name == "-" or "line" not in str(error):
            raise
        raise QueryError(f"{name}, {error}") from error


def _write(result: QuerySolutions | QueryBoolean | QueryTriples, form: str, width: int) -> str:
    if isinstance(result, QueryTriples):
        rdf_format = _GRAPH_FORMATS.get(form, RdfFormat.TURTLE if form == "table" else None)
        if rdf_format is None:
            raise QueryError(f"The query gives a graph, which {form} cannot hold. Use --format ttl, nt or jsonld.")
        return (serialize(result, format=rdf_format, prefixes=PREFIXES) or b"").decode()
    if form in _RESULT_FORMATS:
        data = result.serialize(format=_RESULT_FORMATS[form])
        return data.decode().rstrip("\n") + "\n"  # type: ignore[union-attr]
    if form not in ("table", "md"):
        raise QueryError(f"The query gives rows, which {form} cannot hold. Use --format table, json, csv, tsv or xml.")
    if isinstance(result, QueryBoolean):
        return f"{'yes' if result else 'no'}\n"
    titles = [variable.value for variable in result.variables]
    rows = [[_cell(term) for term in solution] for solution in result]
    if form == "md":
        lines = [_pipe(titles), _pipe(["---"] * len(titles)), *(_pipe(row) for row in rows)]
    else:
        lines = [*grid(titles, rows, width), "", f"{len(rows)} rows"]
    return "\n".join(lines) + "\n"


def _pipe(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _cell(term: object) -> str:
    if term is None:
        return ""
    value = str(getattr(term, "value", term))
    return shorten(value)
