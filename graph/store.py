"""One small store interface and its three implementations: in memory, on disk, behind a SPARQL endpoint.

Every query sees all named graphs together (the union); ``GRAPH`` asks for one of them. Answers are
pyoxigraph's own objects whichever store gives them. The disk store is opened read-only, so any number of
processes can read while another one builds (see :mod:`dutygraph.graph.builds`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import Protocol, runtime_checkable

from pyoxigraph import (
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    parse,
    parse_query_results,
)

from ..errors import DutyGraphError, QueryError, StoreError
from .current import BASE

Result = QuerySolutions | QueryBoolean | QueryTriples
TIMEOUT_SECONDS = 60


@runtime_checkable
class GraphStore(Protocol):
    """What dutygraph asks of a store."""

    @property
    def location(self) -> str:
        """Where the store is, for messages."""

    def query(self, sparql: str) -> Result:
        """Answer a SPARQL 1.1 query over the union of all graphs.

        Raises:
            QueryError: if the query is not SPARQL or cannot be run.
            StoreError: if the store cannot be read.
        """


class OxigraphStore:
    """A store of pyoxigraph, in memory or on disk.

    ``fixed`` says that nobody can change it, so that what was read once may be kept.
    """

    def __init__(self, store: Store, location: str, *, fixed: bool = False) -> None:
        self.store = store
        self.location = location
        self.fixed = fixed

    def query(self, sparql: str) -> Result:
        """Answer a SPARQL 1.1 query; see :class:`GraphStore`."""
        try:
            with reading(self.location):
                return self.store.query(sparql, use_default_graph_as_union=not names_graphs(sparql))
        except SyntaxError as error:
            raise QueryError(explain_syntax(sparql, str(error))) from error

    @cached_property
    def base(self) -> OxigraphStore:
        """What is held without the layers, where the build keeps that apart (see ``carrying.py``); else all of it."""
        folder = Path(self.location) / BASE
        if self.fixed and (folder / "CURRENT").is_file():
            with suppress(OSError):  # damaged: everything is in the whole store too
                return OxigraphStore(Store.read_only(str(folder)), self.location, fixed=True)
        return self


def base_of(store: GraphStore) -> GraphStore:
    """Return the part of a store that holds all places, bodies, posts, partnerships, classes and who is in them.

    It is asked quickly however much has been loaded beside it; where there is no such part it is the whole store.
    """
    return store.base if isinstance(store, OxigraphStore) else store


@contextmanager
def reading(location: str) -> Iterator[None]:
    """Turn what the engine raises while a query runs, or its answer is read, into errors of dutygraph.

    Answers are read row by row, so a query can fail after it has begun to answer.

    Args:
        location: where the store is, for messages.
    """
    try:
        yield
    except DutyGraphError:
        raise
    except (ValueError, RuntimeError) as error:
        raise QueryError(f"The query cannot be run: {error}") from error
    except OSError as error:
        raise StoreError(f"The graph in {location} cannot be read: {error}") from error


def memory_store(quads: Iterable[Quad] = ()) -> OxigraphStore:
    """Make a store in memory.

    >>> list(memory_store().query("SELECT * { ?s ?p ?o }"))
    []
    """
    store = Store()
    store.bulk_extend(quads)
    return OxigraphStore(store, "memory")


def disk_store(folder: Path) -> OxigraphStore:
    """Open an Oxigraph store on disk, read-only.

    Raises:
        StoreError: if there is none, or it is damaged.
    """
    if not (folder / "CURRENT").is_file():
        raise StoreError(f"There is no graph in {folder}. Make one: dutygraph build --store {folder}")
    try:
        return OxigraphStore(Store.read_only(str(folder)), str(folder), fixed=True)
    except OSError as error:
        raise StoreError(f"The graph in {folder} cannot be opened ({error}). Make it anew: dutygraph build") from error


class EndpointStore:
    """A remote SPARQL 1.1 endpoint.

    The endpoint must answer over all its graphs by default, or the user names an address that does (for
    example with ``?default-graph-uri=…``).
    """

    def __init__(self, address: str) -> None:
        self.location = address

    def query(self, sparql: str) -> Result:
        """Answer a SPARQL 1.1 query; see :class:`GraphStore`."""
        import urllib.error
        import urllib.parse
        import urllib.request

        request = urllib.request.Request(
            self.location,
            data=urllib.parse.urlencode({"query": sparql}).encode(),  # the form: not every server takes a bare query
            headers={
                "Content-Type": "application/x-www-form-urlencoded",
                "Accept": "application/sparql-results+json, application/n-triples;q=0.9",
                "User-Agent": "dutygraph",
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:
                return _read_answer(response.read(), response.headers.get_content_type())
        except urllib.error.HTTPError as error:
            detail = error.read(400).decode("utf-8", "replace").strip()
            if error.code == 400:
                raise QueryError(f"The endpoint {self.location} refused the query: {detail}") from error
            raise StoreError(f"The endpoint {self.location} answered {error.code}: {detail}") from error
        except (OSError, ValueError, SyntaxError) as error:
            raise StoreError(f"The endpoint {self.location} cannot be reached: {error}") from error


def _read_answer(data: bytes, media_type: str) -> Result:
    results_format = QueryResultsFormat.from_media_type(media_type)
    if results_format is not None:
        for _solution in _solutions(parse_query_results(data, results_format)):
            pass  # a broken answer is found out before anybody reads half of it
        return parse_query_results(data, results_format)
    rdf_format = RdfFormat.from_media_type(media_type)
    if rdf_format is None:
        raise ValueError(f"it answered in a format that dutygraph does not read: {media_type}")
    store = Store()
    store.bulk_extend(parse(data, rdf_format))
    return store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")


def _solutions(result: QuerySolutions | QueryBoolean) -> Iterable[object]:
    return result if isinstance(result, QuerySolutions) else ()


def explain_syntax(sparql: str, detail: str) -> str:
    """Say where a query is wrong, with the line and a caret, and which prefix was meant.

    Args:
        sparql: the query.
        detail: the engine's message, which begins ``error at 2:5:``.

    >>> print(explain_syntax("SELECT * { ?s dgg:p ?o }", "error at 1:20: …"))
    line 1: the prefix "dgg:" is not declared. Did you mean PREFIX dg: <https://w3id.org/dutygraph/def#>?
    """
    import re

    unknown = _undeclared(sparql)
    if unknown:
        name, number = unknown
        return f'line {number}: the prefix "{name}:" is not declared.{_suggest_prefix(name)}'
    place = re.search(r"at (\d+):(\d+)", detail)
    lines = sparql.splitlines() or [""]
    number, column = (int(place[1]), int(place[2])) if place else (1, 1)
    line = lines[min(number, len(lines)) - 1]
    return f"line {number}, column {column}: the query cannot be read from here on.\n{line}\n{' ' * (column - 1)}^"


def names_graphs(sparql: str) -> bool:
    """Say whether a query names the graphs it is over (FROM), so that it is not over the union of all.

    >>> names_graphs("SELECT * FROM <http://example.org/g> WHERE { ?s ?p ?o }")
    True
    >>> names_graphs("SELECT ?from WHERE { ?from ?p 'FROM' } # FROM")
    False
    """
    import re

    return "from" in sparql.lower() and bool(re.search(r"(?i)(?<![\w?$:-])from\b(?!\s*:)", without_quotes(sparql)))


def without_quotes(sparql: str) -> str:
    """Blank a query's addresses, texts and comments, keeping its lines, so that words of the language can be found."""
    import re

    return re.sub(_QUOTED, lambda match: re.sub(r"[^\n]", " ", match[0]), sparql, flags=re.DOTALL)


_QUOTED = r"<[^<>\"{}|^`\\\x00-\x20]*>|\"\"\".*?\"\"\"|'''.*?'''|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|#[^\n]*"


def _suggest_prefix(name: str) -> str:
    import difflib

    from ..ontology.namespaces import PREFIXES

    close = difflib.get_close_matches(name, PREFIXES, n=1, cutoff=0.6)
    if close:
        return f" Did you mean PREFIX {close[0]}: <{PREFIXES[close[0]]}>?"
    return f" Known prefixes: {', '.join(f'{prefix}:' for prefix in PREFIXES)}"


def _undeclared(sparql: str) -> tuple[str, int] | None:
    """Return the first prefix that a query uses and does not declare, with its line."""
    import re

    bare = without_quotes(sparql)
    declared = set(re.findall(r"(?i)\bprefix\s+([\w-]*)\s*:", bare))
    for match in re.finditer(r"(?<![\w?$:])([A-Za-z][\w-]*):(?=[\w%])", bare):
        if match[1] not in declared and match[1] != "_":
            return match[1], bare.count("\n", 0, match.start()) + 1
    return None
