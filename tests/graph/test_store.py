"""One suite for every store: in memory, on disk, and behind an endpoint, the same question has the same answer."""

from __future__ import annotations

import contextlib
import csv
import json
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from pyoxigraph import (
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    serialize,
)

from dutygraph.errors import QueryError, StoreError
from dutygraph.graph.remote import publish
from dutygraph.graph.store import EndpointStore, GraphStore, OxigraphStore, disk_store, explain_syntax, memory_store
from dutygraph.knowledge import KnowledgeGraph
from dutygraph.ontology.namespaces import ID
from dutygraph.queries.catalogue import questions
from dutygraph.queries.own import prepare, write_result
from dutygraph.queries.rows import run


class Endpoint(BaseHTTPRequestHandler):
    """A SPARQL 1.1 endpoint over a store in memory; some paths answer as broken servers do."""

    store: Store

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        (query,) = parse_qs(body, keep_blank_values=True)["query"]
        assert self.headers["Content-Type"] == "application/x-www-form-urlencoded"
        broken = {
            "/down": (500, "text/plain", b"out of order"),
            "/page": (200, "text/html", b"<html>log in</html>"),
            "/cut": (200, "application/sparql-results+json", b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":'),
            "/lying": (200, "application/sparql-results+json", b"<html>"),
            "/empty": (200, "application/sparql-results+json", b""),
        }
        self.answer(*(broken.get(self.path) or self.ask(query)))

    def ask(self, query: str) -> tuple[int, str, bytes]:
        try:
            result = self.store.query(query, use_default_graph_as_union=True)
        except SyntaxError as error:
            return 400, "text/plain", str(error).encode()
        if isinstance(result, QueryTriples):
            return 200, "application/n-triples; charset=utf-8", serialize(result, format=RdfFormat.N_TRIPLES) or b""
        return 200, "application/sparql-results+json", result.serialize(format=QueryResultsFormat.JSON) or b""

    def answer(self, status: int, media_type: str, data: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def address(small_store: Store) -> Iterator[str]:
    """The address of an endpoint on this machine."""
    handler = type("SmallEndpoint", (Endpoint,), {"store": small_store})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def server(small_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of another make, in a process of its own, to which the graph was published."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    if program is None:
        pytest.skip("the Oxigraph server is not installed (pip install oxigraph)")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = str(tmp_path_factory.mktemp("server"))
    command = [program, "serve", "--location", folder, "--bind", f"127.0.0.1:{port}", "--union-default-graph"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.05)
        sent = publish(OxigraphStore(small_store, "memory"), f"{address}/store")
        assert sent == len(small_store)
        yield f"{address}/query"
    finally:
        process.kill()
        process.wait()


@pytest.fixture(params=["memory", "disk", "endpoint", "server"])
def store(request: pytest.FixtureRequest, small_store: Store, store_folder: Path) -> GraphStore:
    if request.param == "memory":
        return OxigraphStore(small_store, "memory")
    if request.param == "disk":
        return disk_store(store_folder)
    return EndpointStore(request.getfixturevalue({"endpoint": "address", "server": "server"}[request.param]))


def test_it_is_a_graph_store(store: GraphStore) -> None:
    assert isinstance(store, GraphStore) and store.location


def test_a_select_query_gives_solutions_with_typed_terms(store: GraphStore) -> None:
    result = store.query(
        'SELECT ?s ?l ?none { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?l FILTER(?l = "Netherby"@en) }'
    )
    assert isinstance(result, QuerySolutions)
    assert [variable.value for variable in result.variables] == ["s", "l", "none"]
    (row,) = result
    assert row["s"] == NamedNode("http://statistics.data.gov.uk/id/statistical-geography/E07009901")
    assert row["l"] == Literal("Netherby", language="en") and row["none"] is None


def test_an_ask_query_gives_a_yes_or_no(store: GraphStore) -> None:
    result = store.query("ASK { ?s ?p ?o }")
    assert isinstance(result, QueryBoolean) and bool(result)
    assert not bool(store.query("ASK { <https://example.org/nothing> ?p ?o }"))


def test_a_construct_query_gives_triples(store: GraphStore) -> None:
    result = store.query(
        "CONSTRUCT { ?c a <https://example.org/C> } WHERE { ?c a <https://w3id.org/dutygraph/def#HolderClass> }"
    )
    assert isinstance(result, QueryTriples)
    assert len(list(result)) == 5


def test_a_question_sees_all_graphs_together_and_graph_asks_for_one(store: GraphStore) -> None:
    register, derived = ("<https://w3id.org/dutygraph/graph/register>", "<https://w3id.org/dutygraph/graph/derived>")
    pattern = "?m a <https://w3id.org/dutygraph/def#ClassMembership>"
    assert bool(store.query(f"ASK {{ {pattern} }}"))
    assert bool(store.query(f"ASK {{ GRAPH {derived} {{ {pattern} }} }}"))
    assert not bool(store.query(f"ASK {{ GRAPH {register} {{ {pattern} }} }}"))
    assert bool(
        store.query(
            f"ASK {{ {pattern} ; <https://w3id.org/dutygraph/def#member>/<http://www.w3.org/2000/01/rdf-schema#label> ?l }}"
        )
    ), "a path may lead from one graph into another"


def test_words_beyond_ascii_come_through_whole(store: GraphStore) -> None:
    (row,) = store.query('SELECT ("Ynys Môn – “❤” \\" \\n" AS ?words) {}')
    assert row["words"].value == 'Ynys Môn – “❤” " \n'  # type: ignore[index, union-attr]


@pytest.mark.parametrize(
    "query", ["SELECT * {", "", "nonsense", "DELETE WHERE { ?s ?p ?o }", "SELECT * { ?s dgg:p ?o }"]
)
def test_what_is_no_query_is_refused(store: GraphStore, query: str) -> None:
    with pytest.raises(QueryError):
        store.query(query)


def test_no_query_changes_the_graph(store: GraphStore) -> None:
    def count() -> str:
        return json.dumps(run(store, "graphs"))

    before = count()
    for update in (
        "DELETE WHERE { ?s ?p ?o }",
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "CLEAR ALL",
        "DROP ALL",
        "LOAD <file:///etc/hostname>",
    ):
        with pytest.raises(QueryError):
            store.query(update)
    assert count() == before


@pytest.mark.parametrize("name", [item.name for item in questions()])
def test_every_catalogued_question_has_the_same_answer_in_every_store(
    store: GraphStore, small_store: Store, name: str
) -> None:
    def rows(held: GraphStore) -> list[str]:
        return sorted(json.dumps(row, sort_keys=True) for row in run(held, name))

    assert rows(store) == rows(OxigraphStore(small_store, "memory"))


with (Path(__file__).parent.parent / "queries" / "asked.csv").open(encoding="utf-8", newline="") as table:
    ASKED = list(csv.DictReader(table))


@pytest.mark.parametrize("asked", ASKED, ids=[asked["query"] for asked in ASKED])
def test_every_question_with_its_parameters_has_the_same_answer_in_every_store(
    store: GraphStore, small_store: Store, asked: dict[str, str]
) -> None:
    given = [pair.replace("=id:", f"={ID}") for pair in asked["given"].split(";") if pair]
    sparql = prepare(asked["query"], None, given)
    assert write_result(store, sparql, "csv", 100) == write_result(
        OxigraphStore(small_store, "memory"), sparql, "csv", 100
    )


def test_publishing_again_takes_the_place_of_what_was_there(server: str, small_store: Store) -> None:
    publish(OxigraphStore(small_store, "memory"), server.replace("/query", "/store"))
    (row,) = run(EndpointStore(server), "graphs")[-1:]
    assert row == run(OxigraphStore(small_store, "memory"), "graphs")[-1]


def test_publishing_where_nobody_listens_or_may_not_is_said_in_a_line(address: str, small_store: Store) -> None:
    held = OxigraphStore(small_store, "memory")
    with pytest.raises(StoreError, match="cannot be reached"):
        publish(held, "http://127.0.0.1:1/store")
    with pytest.raises(StoreError, match=r"answered 501 to PUT"):
        publish(held, address)


@pytest.mark.parametrize(
    "ask",
    [
        lambda kg: kg.members("responsible authorities", "Ambershire", "2005-06-01"),
        lambda kg: kg.is_member(
            "Police and Crime Commissioner for Amberland", "responsible authorities", "Netherby", "2015-01-01"
        ),
        lambda kg: kg.who("serious violence", "Quillport", "2024-06-01"),
        lambda kg: kg.duties("Netherby Borough Council", None, "2015-01-01"),
        lambda kg: kg.changes("2012-01-01", "2013-12-31", "Netherby"),
        lambda kg: kg.body("Mayor of Quill", "2022-01-01"),
        lambda kg: kg.area("Quillport", "2018-01-01"),
        lambda kg: kg.act("Safe Places Act 1998", "2018-01-01"),
        lambda kg: kg.partnership("Safer Netherby", "2018-01-01"),
    ],
)
def test_every_question_has_the_same_answer_in_every_store(store: GraphStore, kg: KnowledgeGraph, ask: object) -> None:
    def text(held: KnowledgeGraph) -> list[str]:
        answer = ask(held).to_dict()  # type: ignore[operator]
        return json.dumps(answer, indent=1).splitlines()

    assert text(KnowledgeGraph(store)) == text(kg), "in the same order, too"


# What is true of one store only


def test_an_address_is_opened_as_an_endpoint(address: str) -> None:
    import dutygraph

    assert dutygraph.open(address).members("responsible authorities", "Netherby", "2005-06-01").verdict == "yes"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/down", "answered 500: out of order"),
        ("/page", "text/html"),
        ("/cut", "cannot be reached"),
        ("/lying", "cannot be reached"),
        ("/empty", "cannot be reached"),
    ],
)
def test_an_endpoint_that_is_broken_is_said_in_a_line(address: str, path: str, said: str) -> None:
    with pytest.raises(StoreError) as caught:
        EndpointStore(address + path).query("SELECT * { ?s ?p ?o } LIMIT 1")
    assert said in str(caught.value) and address + path in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_endpoint_that_is_not_there_is_said_in_a_line() -> None:
    with pytest.raises(StoreError, match=r"cannot be reached"):
        EndpointStore("http://127.0.0.1:1/").query("ASK {}")


def test_a_remote_store_is_no_rdflib_dataset_and_says_what_to_use(address: str) -> None:
    with pytest.raises(StoreError, match="SPARQLStore"):
        KnowledgeGraph(EndpointStore(address)).dataset()


def test_the_rdflib_dataset_sees_all_graphs_and_changes_nothing(store_folder: Path) -> None:
    rdflib = pytest.importorskip("rdflib")
    dataset = KnowledgeGraph(disk_store(store_folder)).dataset()
    rows = dataset.query("SELECT (COUNT(*) AS ?n) { ?m a <https://w3id.org/dutygraph/def#ClassMembership> }")
    assert int(next(iter(rows))[0]) > 40
    with pytest.raises(Exception, match=r"read-write instances"):
        dataset.add((rdflib.URIRef("a:a"), rdflib.URIRef("a:b"), rdflib.URIRef("a:c")))


def test_a_data_frame_has_a_column_for_each_variable(kg: KnowledgeGraph) -> None:
    pytest.importorskip("pandas")
    frame = kg.frame("SELECT ?class ?nothing { ?class a <https://w3id.org/dutygraph/def#HolderClass> }")
    assert list(frame.columns) == ["class", "nothing"] and len(frame) == 5
    with pytest.raises(QueryError, match="SELECT"):
        kg.frame("ASK {}")


def test_a_folder_without_a_graph_is_said_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"There is no graph in .* dutygraph build --store"):
        disk_store(tmp_path)


def test_a_damaged_graph_is_said_with_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").write_text("MANIFEST-000001\n", encoding="utf-8")
    with pytest.raises(StoreError, match="dutygraph build"):
        disk_store(tmp_path)


def test_a_store_in_memory_can_be_made_of_quads() -> None:
    quad = Quad(NamedNode("a:a"), NamedNode("a:b"), NamedNode("a:c"), NamedNode("a:g"))
    assert [row["s"].value for row in memory_store([quad]).query("SELECT ?s { ?s ?p ?o }")] == ["a:a"]  # type: ignore[index, union-attr]


def test_a_query_that_fails_while_it_answers_is_an_error_of_ours() -> None:
    with pytest.raises(QueryError, match="cannot be run"):
        memory_store().query("SELECT (<https://example.org/f>(1) AS ?x) {}")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (
            "SELECT * {\n ?s dgg:p ?o }",
            'line 2: the prefix "dgg:" is not declared. Did you mean PREFIX dg: <https://w3id.org/dutygraph/def#>?',
        ),
        ("SELECT * { ?s zzzzzz:p ?o }", 'the prefix "zzzzzz:" is not declared. Known prefixes: dg:, '),
        ("SELECT * { ?s ?p }", "line 1, column "),
        ("SELECT ?s\nWHERE { ?s ?p ?o FILTR(?o) }", "line 2, column "),
        ("# dgg:p\nSELECT * { ?s ?p 'dgg:p'", "line 2"),
    ],
)
def test_a_mistake_in_a_query_is_shown_in_its_place(query: str, said: str) -> None:
    with pytest.raises(QueryError) as caught:
        memory_store().query(query)
    assert said in str(caught.value)


def test_a_caret_stands_under_the_place() -> None:
    message = explain_syntax("SELECT *\n{ ?s ?p }", "error at 2:9: expected something")
    assert message.splitlines()[1:] == ["{ ?s ?p }", "        ^"]
