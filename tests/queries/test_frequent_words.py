"""Of frequent words of an extract the first hits are taken, not weighed: what is found stays right, and is said so."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from dutygraph.dates import parse_date
from dutygraph.graph import indexes
from dutygraph.graph.extracts import ExtractWriter
from dutygraph.graph.indexes import Index, find_words
from dutygraph.graph.words import BY_LIST
from dutygraph.loaders.powers_duties import Enactment, Norm
from dutygraph.queries.search import _say_count

LEG = "http://www.legislation.gov.uk/id/"
LAMPS = 40


def norms() -> Iterator[Norm]:
    """Forty duties and powers to light a lamp, each with a longer text than the one before; a lamp board has three."""
    for number in range(LAMPS):
        kind = "power" if number % 4 == 3 else "duty"
        act = f"{LEG}ukpga/2001/{1 + number % 2}"
        yield Norm(
            iri=f"{LEG}duties/ukpga/2001/{1 + number % 2}/2026-01-23/{kind}/{number:04}",
            kind=kind,
            enactment=Enactment(act, f"Quay and Lamp Act 200{number % 2}", "2001", "ukpga", "1"),
            provisions=(f"{act}/section/{number + 1}",),
            actor="lamp board" if number >= LAMPS - 3 else f"keeper {number}",
            aliases=(),
            bodies=(),
            definition="",
            action="light the lamp" + " so that it is seen" * (number + 1),
            condition="",
            implicit=False,
            secondary=False,
            as_at="2026-01-23",
        )


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    path = tmp_path / "words" / "extract.sqlite"
    writer = ExtractWriter(io.BytesIO(), path)
    writer.write(sorted(norms(), key=lambda norm: (norm.enactment.iri, -len(norm.action))))
    writer.finish()
    with sqlite3.connect(path) as database:
        yield Index("extract", database)


@pytest.fixture
def frequent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexes, "FREQUENT", 10)
    monkeypatch.setattr(indexes, "_MARGIN", 0)


def numbers(found: indexes.Found) -> list[int]:
    return [int(hit.iri.rsplit("/", 1)[1]) for hit in found.hits]


def test_holders_of_that_name_come_first_then_the_shortest_texts(index: Index, frequent: None) -> None:
    found = find_words([index], "lamp light", ["duty", "power"], 5)
    assert numbers(found) == [0, 1, 2, 3, 4] and found.at_least and found.total == 10
    found = find_words([index], "lamp", ["duty", "power"], 5)
    assert numbers(found) == [37, 38, 39, 0, 1] and {hit.label for hit in found.hits[:3]} == {"lamp board"}


@pytest.mark.parametrize(("kind", "remainder"), [("duty", {0, 1, 2}), ("power", {3})])
def test_a_kind_is_kept_among_frequent_words(index: Index, frequent: None, kind: str, remainder: set[int]) -> None:
    found = find_words([index], "lamp", [kind], 8)
    if kind == "power":  # ten of them: not more than are weighed
        assert found.total == 10 and not found.at_least
    assert {number % 4 for number in numbers(found)} == remainder and {hit.kind for hit in found.hits} == {kind}


def test_words_with_no_more_hits_than_that_are_weighed_and_counted(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    weighed = find_words([index], "lamp light", ["duty", "power"], 5)
    assert (weighed.total, weighed.at_least, len(weighed.hits)) == (LAMPS, False, 5)
    monkeypatch.setattr(indexes, "FREQUENT", LAMPS)
    assert find_words([index], "lamp light", ["duty", "power"], 5) == weighed
    monkeypatch.setattr(indexes, "FREQUENT", LAMPS - 1)
    assert find_words([index], "lamp light", ["duty", "power"], 5).at_least


def test_each_enactment_is_a_hit_of_its_own_with_its_address(index: Index) -> None:
    found = find_words([index], "quay", ["instrument"], 5)
    assert {hit.iri for hit in found.hits} == {f"{LEG}ukpga/2001/1", f"{LEG}ukpga/2001/2"} and found.total == 2
    assert find_words([index], "lamp", ["body"], 5) == indexes.Found([], 0)


@pytest.mark.parametrize("most", [10, 10_000])
def test_titles_come_after_duties_unless_just_one_is_asked_for(
    index: Index, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    found = find_words([index], "lamp", (), 50)
    assert [hit.kind == "instrument" for hit in found.hits] == [False] * LAMPS + [True] * 2
    assert {(hit.tier, hit.evidence) for hit in found.hits[LAMPS:]} == {(BY_LIST, None)}
    monkeypatch.setattr(indexes, "FREQUENT", most)
    monkeypatch.setattr(indexes, "_MARGIN", 0)
    assert {hit.kind for hit in find_words([index], "lamp", (), 6).hits} == {"duty", "power"}
    found = find_words([index], "quay and LAMP act 2001", (), 3)
    assert (found.hits[0].label, found.hits[0].kind) == ("Quay and Lamp Act 2001", "instrument")
    assert not find_words([index], "Quay and Lamp Act 2001", ["body"], 3).hits


def test_an_index_made_before_words_had_an_order_is_weighed_as_ever(index: Index, frequent: None) -> None:
    index.database.execute("DROP TABLE named")
    found = find_words([index], "lamp light", ["duty", "power"], 5)
    assert found.total == LAMPS and not found.at_least and len(found.hits) == 5


def test_the_reader_is_told_how_what_is_shown_was_chosen(index: Index, frequent: None) -> None:
    said = _say_count(find_words([index], "lamp", (), 5), "lamp", parse_date("2026-01-01"))
    assert said.startswith("More than 10 found, 5 shown: holders of that name first, then the shortest texts.")
