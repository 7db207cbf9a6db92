"""Every catalogued query is a question in plain words that runs as it stands, and takes its parameters safely."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import QuerySolutions, Store

from dutygraph.errors import BadInput, QueryError, UnknownName
from dutygraph.graph.store import OxigraphStore
from dutygraph.knowledge import KnowledgeGraph
from dutygraph.ontology.namespaces import PREFIXES
from dutygraph.queries.catalogue import Question, bind, question, questions
from dutygraph.queries.own import prepare, write_result
from dutygraph.queries.rows import listening, run

CATALOGUE = questions()
NAMES = [item.name for item in CATALOGUE]


def bare(sparql: str) -> str:
    """A query without addresses, texts and comments, in which prefixes can be looked for."""
    return re.sub(r'<[^<>\s]*>|"[^"]*"|#[^\n]*', " ", sparql)


@pytest.mark.parametrize("item", CATALOGUE, ids=NAMES)
def test_a_query_begins_with_its_question(item: Question) -> None:
    assert item.sparql.startswith("# question: ") and item.question.endswith("?") and len(item.question) > 15


@pytest.mark.parametrize("item", CATALOGUE, ids=NAMES)
def test_a_query_documents_each_parameter_and_no_other(item: Question) -> None:
    marked = re.findall(r"VALUES \?(\w+) \{[^{}]*\} # parameter", item.sparql)
    assert set(marked) == set(item.parameters)
    assert len(re.findall(r"# parameter$", item.sparql, re.MULTILINE)) == len(marked)
    assert all(words.strip() for words in item.parameters.values())


@pytest.mark.parametrize("item", CATALOGUE, ids=NAMES)
def test_a_query_declares_the_prefixes_it_uses_and_no_other(item: Question) -> None:
    declared = dict(re.findall(r"^PREFIX (\w+): <([^>]+)>$", item.sparql, re.MULTILINE))
    assert declared.items() <= PREFIXES.items(), "prefixes mean the same everywhere"
    used = set(
        re.findall(r"(?<![\w?$:])([a-z]\w*):(?=\w)", bare(re.sub(r"^PREFIX.*$", "", item.sparql, flags=re.MULTILINE)))
    )
    assert used == declared.keys()


@pytest.mark.parametrize("name", NAMES)
def test_a_query_runs_as_it_stands(kg: KnowledgeGraph, name: str) -> None:
    assert isinstance(kg.query(question(name).sparql), QuerySolutions)
    kg.ask(name)


@pytest.mark.parametrize("item", CATALOGUE, ids=NAMES)
def test_a_query_runs_with_each_restriction_lifted(kg: KnowledgeGraph, item: Question) -> None:
    for name in item.parameters:
        if name not in ("on", "from", "to"):
            list(kg.query(bind(item.sparql, {name: None})))  # type: ignore[arg-type]


@pytest.mark.parametrize("item", CATALOGUE, ids=NAMES)
def test_a_query_answers_rows_that_say_what_it_selects(small_store: Store, item: Question) -> None:
    free: dict[str, None] = {name: None for name in item.parameters if name not in ("on", "from", "to")}
    result = small_store.query(bind(item.sparql, free), use_default_graph_as_union=True)
    rows = run(OxigraphStore(small_store, "memory"), item.name, free)
    names = {variable.value for variable in result.variables}  # type: ignore[union-attr]
    assert all(row.keys() <= names for row in rows)


def test_a_query_that_is_not_there_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match=r'There is no catalogued query "membres"\. Did you mean members\?'):
        question("membres")


@pytest.mark.parametrize(
    "name", ["../queries/members", "members.rq", "", "/etc/hostname", "MEMBERS", "a" * 300, "members\x00"]
)
def test_no_name_leads_out_of_the_catalogue(name: str) -> None:
    with pytest.raises(UnknownName):
        question(name)


def test_a_parameter_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(QueryError, match=r'no parameter "aera"\. It has: area, class, on\.'):
        bind(question("members").sparql, {"aera": "x"})


# Parameters

ONE = "SELECT ?x WHERE { VALUES ?x { <a:b> } # parameter\n }"
HOSTILE = [
    '" } DROP ALL #',
    "\\",
    '\\"',
    '"""',
    "'''",
    "a:b> } #",
    "a:b>} SELECT * { ?s ?p ?o",
    "\n} #",
    "\r\n",
    "\\u0022 }",
    "?x",
    "\x00",
    "} # parameter",
    "$1 \\1 \\g<0>",
    "dg:Norm",
    "-- ; DROP TABLE norms",
]


def value_of(sparql: str) -> str:
    (row,) = Store().query(sparql)
    return str(row[0].value)


@pytest.mark.parametrize("value", HOSTILE)
def test_nothing_in_a_value_can_end_the_term(value: str) -> None:
    assert value_of(bind(ONE, {"x": value})) == value


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=60))
@example("a:%zz")
@example("http://[")
@example("A:")
def test_a_text_comes_through_as_it_is_or_is_refused(value: str) -> None:
    sparql = bind(ONE, {"x": value})
    try:
        assert value_of(sparql) == value
    except SyntaxError:
        assert re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", value), "only what looks like an address may be refused as one"


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.text(st.characters(exclude_categories=("Cs",)), max_size=20).map(lambda text: " " + text), max_size=5)
)
def test_several_values_come_through_each(values: list[str]) -> None:
    rows = [row[0].value for row in Store().query(bind(ONE, {"x": values}))]  # type: ignore[index, union-attr]
    assert rows == values


@given(st.dates())
def test_a_date_is_a_date(day: date) -> None:
    sparql = bind("SELECT (DATATYPE(?x) AS ?t) ?x WHERE { VALUES ?x { 1 } # parameter\n }", {"x": day})
    (row,) = Store().query(sparql)  # type: ignore[misc]
    assert row[0].value.endswith("#date") and row[1].value == day.isoformat()  # type: ignore[index]


def test_what_listens_hears_each_query_once_as_it_ran(kg: KnowledgeGraph) -> None:
    with listening() as queries:
        kg.members("responsible authorities", "Netherby", "2005-06-01")
        count = len(queries)
        kg.members("responsible authorities", "Netherby", "2005-06-01")
    assert count == len(queries) > 3
    for sparql in queries:
        list(kg.query(sparql))  # type: ignore[arg-type]
    kg.members("responsible authorities", "Overby", "2005-06-01")
    assert len(queries) == count, "it hears nothing any more"


# Queries of one's own


def test_a_parameter_may_be_a_date_a_code_a_prefixed_name_or_a_text() -> None:
    sparql = prepare("members", None, ["class=dg:Norm", "area=E07009901", "on=2005-06-01"])
    assert "VALUES ?class { <https://w3id.org/dutygraph/def#Norm> }" in sparql
    assert "VALUES ?area { <http://statistics.data.gov.uk/id/statistical-geography/E07009901> }" in sparql
    assert '"2005-06-01"^^<http://www.w3.org/2001/XMLSchema#date>' in sparql
    assert 'VALUES ?key { "a=b" }' in prepare("named", None, ["key=a=b"])


@pytest.mark.parametrize("pair", ["area", ""])
def test_a_parameter_without_a_value_is_refused(pair: str) -> None:
    with pytest.raises(BadInput, match=r"Write name=value"):
        prepare("members", None, [pair])


@pytest.mark.parametrize("form", ["table", "json", "csv", "tsv", "xml", "md"])
def test_rows_are_written_in_every_format_of_rows(kg: KnowledgeGraph, form: str) -> None:
    text = write_result(kg.store, question("names").sparql, form, 100)
    assert "E07009901" in text and text.endswith("\n")


@pytest.mark.parametrize("form", ["table", "ttl", "nt", "jsonld"])
def test_graphs_are_written_in_every_format_of_graphs(kg: KnowledgeGraph, form: str) -> None:
    text = write_result(kg.store, "CONSTRUCT WHERE { ?s a <https://w3id.org/dutygraph/def#HolderClass> }", form, 100)
    assert "spa1998-responsible-authority" in text


@pytest.mark.parametrize("form", ["table", "md", "json", "xml", "csv", "tsv"])
def test_a_yes_or_no_is_written_or_refused_in_words(kg: KnowledgeGraph, form: str) -> None:
    try:
        text = write_result(kg.store, "ASK { ?s ?p ?o }", form, 100)
    except QueryError as error:
        assert form in str(error)
    else:
        assert "true" in text or "yes" in text


@pytest.mark.parametrize(
    ("sparql", "form"),
    [("SELECT * { ?s ?p ?o } LIMIT 1", "ttl"), ("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 1", "csv"), ("ASK {}", "nt")],
)
def test_a_format_that_cannot_hold_the_result_is_refused_with_those_that_can(
    kg: KnowledgeGraph, sparql: str, form: str
) -> None:
    with pytest.raises(QueryError, match="Use --format"):
        write_result(kg.store, sparql, form, 100)


def test_a_pipe_and_a_line_break_do_not_break_a_markdown_table(kg: KnowledgeGraph) -> None:
    text = write_result(kg.store, 'SELECT ("a|b\\nc" AS ?x) {}', "md", 100)
    assert text.splitlines()[-1] == "| a\\|b c |"
