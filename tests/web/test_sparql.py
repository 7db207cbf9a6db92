"""The endpoint against the SPARQL 1.1 Protocol, section by section, as far as it applies to a read-only service.

The numbers are those of https://www.w3.org/TR/sparql11-protocol/. Then three clients that people use, and what must
not happen: updates, other hosts, queries without end.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from pyoxigraph import RdfFormat, parse

from dutygraph.graph.store import disk_store
from dutygraph.knowledge import KnowledgeGraph

pytest.importorskip("starlette", reason="Starlette is not installed: there is no endpoint")
pytest.importorskip("httpx2", reason="httpx2 is not installed: the endpoint cannot be asked")

import uvicorn
from starlette.testclient import TestClient

from dutygraph.web.app import create_app
from dutygraph.web.protocol import Refused, read_get
from dutygraph.web.workers import Limits

CLASSES = "SELECT ?class WHERE { ?class a <https://w3id.org/dutygraph/def#HolderClass> }"
GRAPH = "CONSTRUCT { ?s a ?t } WHERE { ?s a ?t . ?s a <https://w3id.org/dutygraph/def#HolderClass> }"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
REGISTER = "https://w3id.org/dutygraph/graph/register"
LIMITS = Limits(seconds=2.0, rows=50, at_once=1, waiting=3)
JSON = "application/sparql-results+json"


@pytest.fixture(scope="module")
def client(store_folder: Path) -> Iterator[TestClient]:
    app = create_app(KnowledgeGraph(disk_store(store_folder)), limits=LIMITS)
    with TestClient(app, raise_server_exceptions=False) as made:
        yield made


def count(answer: object) -> int:
    return len(answer.json()["results"]["bindings"])  # type: ignore[attr-defined]


# 2.1.1 to 2.1.3: the three ways to ask


def test_a_query_by_get(client: TestClient) -> None:
    answer = client.get("/sparql", params={"query": CLASSES})
    assert answer.status_code == 200 and answer.headers["content-type"] == JSON
    assert answer.json()["head"]["vars"] == ["class"] and count(answer) == 5


def test_a_query_by_post_as_a_form(client: TestClient) -> None:
    assert count(client.post("/sparql", data={"query": CLASSES})) == 5


def test_a_query_by_post_as_it_stands(client: TestClient) -> None:
    headers = {"content-type": "application/sparql-query; charset=utf-8"}
    assert count(client.post("/sparql", content=CLASSES, headers=headers)) == 5


def test_letters_beyond_ascii_come_through(client: TestClient) -> None:
    answer = client.post("/sparql", data={"query": 'SELECT ("Sŵn – 火" AS ?x) {}'})
    assert answer.json()["results"]["bindings"][0]["x"]["value"] == "Sŵn – 火"


# 2.1.4: the graphs that a query is over


@pytest.mark.parametrize("way", ["get", "post", "direct"])
def test_the_default_graph_is_that_of_the_request(client: TestClient, way: str) -> None:
    asked = {"query": CLASSES, "default-graph-uri": "http://example.org/empty"}
    if way == "get":
        answer = client.get("/sparql", params=asked)
    elif way == "post":
        answer = client.post("/sparql", data=asked)
    else:
        headers = {"content-type": "application/sparql-query"}
        rest = urlencode({"default-graph-uri": "http://example.org/empty"})
        answer = client.post(f"/sparql?{rest}", content=CLASSES, headers=headers)
    assert answer.status_code == 200 and count(answer) == 0


def test_several_default_graphs_are_one(client: TestClient) -> None:
    asked = urlencode([("query", CLASSES), ("default-graph-uri", REGISTER), ("default-graph-uri", "http://x.example/")])
    assert count(client.get(f"/sparql?{asked}")) == 5


def test_the_graphs_of_the_request_take_the_place_of_those_of_the_query(client: TestClient) -> None:
    query = CLASSES.replace("WHERE", "FROM <http://example.org/empty> WHERE")
    assert count(client.get("/sparql", params={"query": query})) == 0
    assert count(client.get("/sparql", params={"query": query, "default-graph-uri": REGISTER})) == 5


def test_named_graphs_are_those_of_the_request(client: TestClient) -> None:
    query = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
    everything = count(client.get("/sparql", params={"query": query}))
    assert everything > 1
    assert count(client.get("/sparql", params={"query": query, "named-graph-uri": REGISTER})) == 1


# 2.1.5 and 2.1.6: what the client accepts, and what it gets


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        ("", JSON),
        ("*/*", JSON),
        (JSON, JSON),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/csv;q=0.3, application/sparql-results+xml;q=0.8", "application/sparql-results+xml"),
        ("application/json", "application/json"),
    ],
)
def test_rows_come_in_the_form_that_is_wanted_most(client: TestClient, accept: str, given: str) -> None:
    answer = client.get("/sparql", params={"query": CLASSES}, headers={"accept": accept})
    assert answer.status_code == 200 and answer.headers["content-type"] == given
    assert "spa1998-responsible-authority" in answer.text


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("*/*", RdfFormat.TURTLE),
        ("text/turtle", RdfFormat.TURTLE),
        ("application/n-triples", RdfFormat.N_TRIPLES),
        ("application/rdf+xml", RdfFormat.RDF_XML),
        ("application/ld+json", RdfFormat.JSON_LD),
    ],
)
def test_graphs_come_in_the_form_that_is_wanted_most(client: TestClient, accept: str, form: RdfFormat) -> None:
    answer = client.get("/sparql", params={"query": GRAPH}, headers={"accept": accept})
    assert answer.status_code == 200 and answer.headers["content-type"].startswith(form.media_type)
    assert len({quad.subject for quad in parse(answer.content, form)}) == 5


def test_a_yes_or_no(client: TestClient) -> None:
    assert client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"}).json()["boolean"] is True
    xml = client.get(
        "/sparql", params={"query": "ASK { <a:b> ?p ?o }"}, headers={"accept": "application/sparql-results+xml"}
    )
    assert "<boolean>false</boolean>" in xml.text


@pytest.mark.parametrize(("query", "accept"), [(CLASSES, "text/turtle"), (GRAPH, "text/csv"), (CLASSES, "image/png")])
def test_what_cannot_be_given_as_wanted_is_refused_with_what_can(client: TestClient, query: str, accept: str) -> None:
    answer = client.get("/sparql", params={"query": query}, headers={"accept": accept})
    assert answer.status_code == 406 and "one of" in answer.text


# 2.1.7: failure


@pytest.mark.parametrize(
    "asked",
    [
        "query=",
        "query=SELECT",
        "default-graph-uri=http://x.example/",
        f"{urlencode({'query': CLASSES})}&{urlencode({'query': CLASSES})}",
        urlencode({"query": CLASSES, "default-graph-uri": "no address"}),
        "query=%ff",
    ],
)
def test_what_is_not_well_asked_is_refused_with_400(client: TestClient, asked: str) -> None:
    answer = client.get(f"/sparql?{asked}")
    assert answer.status_code == 400 and len(answer.text) > 10 and "Traceback" not in answer.text


def test_a_broken_query_is_told_where(client: TestClient) -> None:
    answer = client.post("/sparql", data={"query": "SELECT * {\n ?s ?p ?o . ,\n}"})
    assert answer.status_code == 400 and answer.text.startswith("line 3, column 2") and "^" in answer.text


def test_another_media_type_is_refused(client: TestClient) -> None:
    answer = client.post("/sparql", content=CLASSES, headers={"content-type": "text/plain"})
    assert answer.status_code == 415


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_another_method_is_refused(client: TestClient, method: str) -> None:
    assert client.request(method, "/sparql").status_code == 405


def test_a_body_without_end_is_not_read(client: TestClient) -> None:
    answer = client.post("/sparql", data={"query": "#" * (LIMITS.length + 1)})
    assert answer.status_code == 413


# 2.2: updates, which a read-only service refuses


@pytest.mark.parametrize("way", ["form", "direct", "get"])
def test_an_update_is_refused_and_changes_nothing(client: TestClient, way: str) -> None:
    before = client.get("/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}).text
    if way == "form":
        answer = client.post("/sparql", data={"update": "DROP ALL"})
    elif way == "get":
        answer = client.get("/sparql", params={"update": "DROP ALL"})
    else:
        answer = client.post("/sparql", content="DROP ALL", headers={"content-type": "application/sparql-update"})
    assert answer.status_code == 403 and "read-only" in answer.text
    assert client.get("/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}).text == before


def test_an_update_in_the_place_of_a_query_is_no_query(client: TestClient) -> None:
    assert client.post("/sparql", data={"query": "INSERT DATA { <a:b> <a:c> <a:d> }"}).status_code == 400


# Service description, CORS, people


def test_without_a_query_the_service_describes_itself(client: TestClient) -> None:
    answer = client.get("/sparql", headers={"accept": "text/turtle"})
    said = {
        (quad.predicate.value.rpartition("#")[2], str(quad.object)) for quad in parse(answer.content, RdfFormat.TURTLE)
    }
    assert ("supportedLanguage", "<http://www.w3.org/ns/sparql-service-description#SPARQL11Query>") in said
    assert ("name", f"<{REGISTER}>") in said
    assert any(name == "comment" and "2 seconds" in value for name, value in said)


def test_pages_of_other_hosts_may_ask(client: TestClient) -> None:
    asked = client.options("/sparql", headers={"origin": "https://x.example", "access-control-request-method": "POST"})
    assert asked.status_code == 204 and "POST" in asked.headers["access-control-allow-methods"]
    assert client.get("/sparql", params={"query": CLASSES}).headers["access-control-allow-origin"] == "*"


def test_a_browser_is_led_to_the_query_page(client: TestClient) -> None:
    accept = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
    page = client.get("/sparql", params={"query": CLASSES}, headers=accept)
    assert page.status_code == 200 and page.url.path == "/query" and "spa1998-responsible-authority" in page.text
    file = client.get("/sparql", params={"query": CLASSES, "format": "csv"}, headers=accept)
    assert file.headers["content-type"].startswith("text/csv")


# What must not happen


@pytest.mark.parametrize(
    "query",
    [
        "ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "ASK { service silent ?x { ?s ?p ?o } }",
        "ASK { FILTER(1<2)SERVICE<http://127.0.0.1:9/>{?s ?p ?o} }",
        "ASK { # <\nSERVICE <http://127.0.0.1:9/> { ?s ?p ?o } # >\n}",
        "ASK { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    ],
)
def test_no_other_host_is_asked(query: str) -> None:
    with pytest.raises(Refused):
        read_get(urlencode({"query": query}), "*/*")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service ?p 'SERVICE' }",
        "PREFIX service: <http://x.example/> ASK { ?s service:x service:SERVICE }",
        "ASK { ?s ?p <http://x.example/SERVICE> } # SERVICE",
        "ASK { ?s ?p '\\u0041' }",
    ],
)
def test_the_word_service_alone_is_no_offence(query: str) -> None:
    asked = read_get(urlencode({"query": query}), "*/*")
    assert asked is not None and asked.sparql == query


def test_a_query_without_end_is_stopped_and_the_next_is_answered(client: TestClient) -> None:
    started = time.monotonic()
    answer = client.post("/sparql", data={"query": ENDLESS})
    took = time.monotonic() - started
    assert answer.status_code == 503 and "stopped after 2 seconds" in answer.text
    assert LIMITS.seconds <= took < LIMITS.seconds + 1
    assert count(client.get("/sparql", params={"query": CLASSES})) == 5


def test_more_rows_than_the_limit_are_cut_and_that_is_said(client: TestClient) -> None:
    answer = client.get("/sparql", params={"query": "SELECT ?s ?p ?o { ?s ?p ?o }"})
    assert count(answer) == LIMITS.rows and "more than 50 rows" in answer.headers["dutygraph-cut"]
    exact = client.get("/sparql", params={"query": f"SELECT ?s ?p ?o {{ ?s ?p ?o }} LIMIT {LIMITS.rows}"})
    assert count(exact) == LIMITS.rows and "dutygraph-cut" not in exact.headers


@pytest.mark.parametrize("script", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'])
def test_nothing_in_a_query_or_an_answer_becomes_part_of_the_page(client: TestClient, script: str) -> None:
    quoted = script.replace('"', '\\"')
    page = client.post("/query", data={"query": f'SELECT ("{quoted}" AS ?x) {{}}'}).text
    assert script not in page and "&lt;" in page
    assert script not in client.post("/query", data={"query": script}).text


# The query page


def test_the_query_page_offers_the_catalogue_and_takes_a_question(client: TestClient) -> None:
    page = client.get("/query", params={"name": "members"}).text
    assert "Who is in a class that the law names" in page and "VALUES ?class" in page


def test_the_query_page_shows_rows_that_lead_to_things(client: TestClient) -> None:
    page = client.post("/query", data={"query": CLASSES})
    assert page.status_code == 200 and 'href="/class/spa1998-responsible-authority"' in page.text
    assert "5 rows" in page.text


def test_the_query_page_says_where_a_query_is_wrong_and_keeps_it(client: TestClient) -> None:
    page = client.post("/query", data={"query": "SELECT ?kept WHERE { ?kept dgg:x ?y }"})
    assert page.status_code == 400 and "Did you mean PREFIX dg:" in page.text and "?kept dgg:x ?y" in page.text


# Clients that people use


@pytest.fixture(scope="module")
def address(store_folder: Path) -> Iterator[str]:
    app = create_app(KnowledgeGraph(disk_store(store_folder)), limits=LIMITS)
    bound = socket.socket()
    bound.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{bound.getsockname()[1]}/sparql"
    server.should_exit = True
    thread.join(10)
    with contextlib.suppress(OSError):
        bound.close()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_asks_it(address: str, method: str) -> None:
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    store = SPARQLStore(address, method=method, returnFormat="json")
    assert len(list(store.query(CLASSES))) == 5


def test_sparqlwrapper_asks_it(address: str) -> None:
    wrapper = pytest.importorskip("SPARQLWrapper", reason="SPARQLWrapper is not installed")
    asked = wrapper.SPARQLWrapper(address)
    asked.setReturnFormat(wrapper.JSON)
    for method in (wrapper.GET, wrapper.POST):
        asked.setMethod(method)
        asked.setQuery(CLASSES)
        assert len(asked.queryAndConvert()["results"]["bindings"]) == 5
    asked.setQuery(GRAPH)
    asked.setReturnFormat(wrapper.TURTLE)
    assert b"HolderClass" in asked.queryAndConvert()


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl_asks_it(address: str) -> None:
    done = subprocess.run(
        ["curl", "-sf", "--max-time", "20", "--data-urlencode", f"query={CLASSES}", address],
        capture_output=True,
        check=True,
        timeout=30,
    )
    assert len(json.loads(done.stdout)["results"]["bindings"]) == 5


def test_our_own_store_asks_it(address: str) -> None:
    from dutygraph.knowledge import open_graph

    answer = open_graph(address).members("responsible authorities", "Netherby", "2005-06-01")
    assert answer.verdict == "yes" and len(answer) == 5
