"""Names as people write them find what they mean, or say what they could mean; nothing is guessed."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dutygraph.errors
from dutygraph.errors import AmbiguousName, DutyGraphError, UnknownName
from dutygraph.graph.names import ABBREVIATIONS, name_key, name_words
from dutygraph.knowledge import KnowledgeGraph
from dutygraph.queries.lookup import FAMILIES, describe, family_of, find

ON = date(2020, 1, 1)

with (Path(__file__).parent.parent / "fixtures" / "names.csv").open(encoding="utf-8", newline="") as table:
    NAMES = list(csv.DictReader(table))


@pytest.mark.parametrize("row", NAMES, ids=[row["why"] for row in NAMES])
def test_a_name_finds_what_it_means(kg: KnowledgeGraph, row: dict[str, str]) -> None:
    families, on = row["families"].split(), date.fromisoformat(row["on"])
    if row["expected"].startswith("!"):
        with pytest.raises(getattr(dutygraph.errors, row["expected"][1:])):
            find(kg.store, row["text"], families, on)
    else:
        assert find(kg.store, row["text"], families, on).iri.endswith("/" + row["expected"])


def test_an_ambiguous_name_lists_its_candidates_with_what_tells_them_apart(kg: KnowledgeGraph) -> None:
    with pytest.raises(AmbiguousName) as caught:
        find(kg.store, "Chief Constable", ["body"], ON)
    message = str(caught.value)
    assert message.startswith('"Chief Constable" could be: ')
    for name in ("Amberland Police", "Quillshire Police", "North Wen Police"):
        assert f"Chief Constable of {name} (chief officer of police)" in message
    assert message.count("\n") <= 1


def test_an_unknown_name_suggests_the_nearest_and_is_called_a_gap(kg: KnowledgeGraph) -> None:
    with pytest.raises(UnknownName) as caught:
        find(kg.store, "Netherbury Castle", ["area"], ON)
    assert 'No place called "Netherbury Castle" is held.' in str(caught.value)
    assert "Netherby" in str(caught.value) and "a gap in dutygraph" in str(caught.value)


def test_a_body_that_was_there_on_the_day_goes_before_its_namesake_that_was_not(kg: KnowledgeGraph) -> None:
    found = find(kg.store, "E31009902", ["area"], ON)
    assert found.alive(ON) and not found.alive(date(1990, 1, 1))


def test_every_label_held_finds_its_thing_or_lists_it(kg: KnowledgeGraph) -> None:
    rows = kg.query(
        """PREFIX dg: <https://w3id.org/dutygraph/def#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        SELECT ?thing ?label { ?thing dg:nameKey ?key ; rdfs:label ?label }"""
    )
    for row in rows:  # type: ignore[union-attr]
        iri, label = row["thing"].value, row["label"].value  # type: ignore[index]
        family = family_of(iri)
        assert family is not None, iri
        try:
            found = find(kg.store, label, [family], ON)
            assert found.label == label, "another thing of the same name may be meant, but no other name"
        except AmbiguousName as error:
            assert label in str(error)


def test_things_are_described_in_the_order_of_their_names(kg: KnowledgeGraph) -> None:
    start = "https://w3id.org/dutygraph/id/body/"
    found = describe(kg.store, [f"{start}quillport-council", f"{start}netherby-borough-council", f"{start}nobody"])
    assert [thing.label for thing in found.values()] == ["Netherby Borough Council", "Quillport Council"]
    assert describe(kg.store, []) == {}


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_has_things_that_are_found(kg: KnowledgeGraph, family: str) -> None:
    rows = kg.query("SELECT DISTINCT ?s { ?s <https://w3id.org/dutygraph/def#nameKey> ?key }")
    assert any(family_of(row["s"].value) == family for row in rows)  # type: ignore[index, union-attr]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("St. Mary's", "St Marys"),
        ("Police & Crime Panel", "police and crime panel"),
        ("Ynys Môn", "ynys mon"),
        ("Council for Rugby", "Rugby Council"),
        ("CSPs", "community safety partnership"),
        ("Rugby’s council", "rugby council"),
    ],
)
def test_names_meet_in_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(("one", "other"), [("North Wen", "South Wen"), ("Wen", "Wenshire"), ("police", "policy")])
def test_different_names_keep_different_keys(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_abbreviations_are_written_in_small_plain_letters() -> None:
    for short, long in ABBREVIATIONS.items():
        assert short == short.lower() and long == long.lower()
        assert name_words(short) == name_words(long), short


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=40), st.sampled_from(sorted(FAMILIES)))
def test_no_text_breaks_the_search(kg: KnowledgeGraph, text: str, family: str) -> None:
    try:
        assert find(kg.store, text, [family], ON).family == family
    except DutyGraphError as error:
        assert str(error)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=40))
def test_the_key_of_a_key_is_the_key(text: str) -> None:
    assert name_key(name_key(text)) == name_key(text)
