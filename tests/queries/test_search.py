"""Anything is found by plain words, whatever a user types, and what a person checked comes first."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from dutygraph.cli import main
from dutygraph.errors import BadInput, StoreError
from dutygraph.graph.builds import build
from dutygraph.graph.indexes import Index, match_expressions
from dutygraph.graph.layers import Loading, add_layer
from dutygraph.graph.store import EndpointStore
from dutygraph.graph.words import index_in_memory
from dutygraph.knowledge import KnowledgeGraph, open_graph
from dutygraph.ontology.namespaces import DG, GRAPH, RDF, RDFS

ON = "2015-06-01"


def labels(kg: KnowledgeGraph, text: str, kinds: Sequence[str] = ()) -> list[str]:
    return [row["label"] for row in kg.search(text, kinds, on=ON)]


def test_words_are_found_in_any_form_and_order(kg: KnowledgeGraph) -> None:
    exact = labels(kg, "responsible authorities", ["class"])
    assert exact and labels(kg, "authority RESPONSIBLE", ["class"]) == exact


def test_what_is_called_just_so_comes_first(kg: KnowledgeGraph) -> None:
    assert labels(kg, "Netherby")[0] == "Netherby"
    assert len(labels(kg, "Netherby")) > 3


def test_a_kind_keeps_the_rest_out(kg: KnowledgeGraph) -> None:
    found = kg.search("Netherby", ["body", "partnership"], on=ON)
    assert {row["kind"] for row in found} <= {"body", "partnership"} and len(found) > 1


def test_a_star_finds_beginnings_and_so_does_a_word_that_nothing_has_whole(kg: KnowledgeGraph) -> None:
    assert labels(kg, "nether*") and set(labels(kg, "netherb")) == set(labels(kg, "netherb*"))


def test_a_phrase_is_found_as_it_stands(kg: KnowledgeGraph) -> None:
    assert labels(kg, '"borough council"') and not labels(kg, '"council borough"')


def test_a_norm_is_found_by_what_it_produces_and_shows_its_law(kg: KnowledgeGraph) -> None:
    norms = list(kg.search("plan", ["duty"], on=ON))
    assert norms and all(row["law"] and row["evidence"] for row in norms)


@pytest.mark.parametrize("text", ["section 6", "s. 6", "s.6"])
def test_a_place_in_an_act_is_found_however_it_is_written(kg: KnowledgeGraph, text: str) -> None:
    assert any("s. 6" in row["label"] for row in kg.search(text, ["provision"], limit=100, on=ON))


def test_an_abbreviation_finds_what_it_stands_for(kg: KnowledgeGraph) -> None:
    assert any("Police and Crime Commissioner" in label for label in labels(kg, "PCC"))


def test_nothing_found_is_a_gap_and_no_answer(kg: KnowledgeGraph) -> None:
    answer = kg.search("xylophone", on=ON)
    assert answer.verdict == "unknown" and "gap in dutygraph" in answer.message and answer.details["total"] == 0


def test_a_limit_shows_fewer_and_says_how_many_there_are(kg: KnowledgeGraph) -> None:
    answer = kg.search("netherby", limit=2, on=ON)
    assert len(answer) == 2 and answer.details["total"] > 2 and "best 2 shown" in answer.message


@pytest.mark.parametrize("text", ["", "  ", "!?", '"'])
def test_no_word_is_said(kg: KnowledgeGraph, text: str) -> None:
    with pytest.raises(BadInput, match="in a word or two"):
        kg.search(text)


def test_an_unknown_kind_is_told_the_kinds(kg: KnowledgeGraph) -> None:
    with pytest.raises(BadInput, match="duty, power, prohibition"):
        kg.search("plan", ["obligation"])


@settings(max_examples=300, deadline=None)
@given(text=st.text(max_size=40).filter(lambda text: any(c.isalnum() for c in text)))
def test_nothing_that_a_user_types_is_an_error(kg: KnowledgeGraph, text: str) -> None:
    assert kg.search(text, on=ON).verdict in ("yes", "unknown")


@pytest.mark.parametrize(
    "text",
    ["a AND b", "NEAR(a b)", "label: x", "-a", "^a", "(a", 'un"closed quote', "a*b", "a''b", "PCC's", "x\0y", "½"],
)
def test_no_operator_of_the_index_is_read_in_a_question(kg: KnowledgeGraph, text: str) -> None:
    assert kg.search(text, on=ON).verdict in ("yes", "unknown")


def test_small_words_do_not_count_unless_there_are_no_others() -> None:
    assert match_expressions("who must plan")[0] == '"plan"'
    assert match_expressions("the")[0] == '"the"'


def test_what_a_layer_brings_is_found_after_what_a_person_checked(tmp_path: Path, small_builds: Path) -> None:
    build(tmp_path / "graph")
    graph, norm = NamedNode(GRAPH + "extract"), NamedNode("http://www.legislation.gov.uk/id/ukpga/1999/1/duties/1")
    said = {"action": Literal("make a plan for Netherby"), "evidence": NamedNode(DG + "ModelExtracted")}
    quads = [Quad(norm, NamedNode(DG + name), value, graph) for name, value in said.items()]
    quads += [Quad(norm, NamedNode(RDF + "type"), NamedNode(DG + "Duty"), graph)]
    quads += [Quad(norm, NamedNode(RDFS + "label"), Literal("plan plan plan"), graph)]
    add_layer(tmp_path / "graph", Loading("extract", "extract", (), quads, "An extract"))
    answer = open_graph(tmp_path / "graph").search("plan", ["duty"], on=ON)
    assert answer.rows[-1]["iri"] == norm.value and answer.rows[0]["how"] == "curated" and len(answer) > 1
    assert (answer.rows[-1]["how"], answer.rows[-1]["layer"]) == ("extracted by a model", "extract")
    assert "1 of these were extracted from texts by a language model" in answer.notes[0]


def test_a_damaged_index_is_said_with_the_way_out(tmp_path: Path, small_builds: Path) -> None:
    made = build(tmp_path / "graph")
    (tmp_path / "graph" / "builds" / made.folder / "words" / "register.sqlite").write_bytes(b"no database at all")
    with pytest.raises(StoreError, match="dutygraph build"):
        open_graph(tmp_path / "graph").search("plan")


@pytest.mark.parametrize("kinds", [(), ("duty",), ("power",)])
def test_the_best_few_are_the_best_of_all_however_many_there_are(kinds: Sequence[str]) -> None:
    store = Store()
    for number in range(300):  # five of them powers
        thing, kind = NamedNode(f"urn:x:{number}"), "Power" if number % 60 == 59 else "Duty"
        text = "lamp lit " * (1 + number * 7 % 11) + f"word{number} " * (number % 5)
        store.add(Quad(thing, NamedNode(RDF + "type"), NamedNode(DG + kind), NamedNode(GRAPH + "x")))
        store.add(Quad(thing, NamedNode(DG + "action"), Literal(text), NamedNode(GRAPH + "x")))
    database = index_in_memory(store)
    things = {number: (iri, kind) for number, iri, kind in database.execute("SELECT id, iri, kind FROM thing")}
    ranked = database.execute("SELECT rank, rowid FROM words WHERE words MATCH 'lamp AND lit'").fetchall()
    best = [iri for iri, kind in (things[number] for _rank, number in sorted(ranked)) if not kinds or kind in kinds]
    assert [hit.iri for hit in Index("x", database).find("lamp AND lit", kinds, 4).hits] == best[:4]


def test_a_remote_store_says_what_it_lacks() -> None:
    with pytest.raises(StoreError, match="no index of words"):
        KnowledgeGraph(EndpointStore("https://example.org/sparql")).search("plan")


def test_the_command_prints_what_the_api_answers(store_folder: Path) -> None:
    result = CliRunner().invoke(main, ["search", "netherby", "--limit", "2", "--on", ON, "--store", str(store_folder)])
    assert result.exit_code == 0 and "area: Netherby" in result.stdout and "[yes]" in result.stdout
    shown = CliRunner().invoke(main, ["search", "netherby", "--show-query", "--store", str(store_folder)])
    assert "MATCH" in shown.stdout
