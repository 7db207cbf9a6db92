"""Each catalogued question with the table that answers it on the invented register, worked out from its rows by hand.

``asked.csv`` says what each query is given and which of its columns count (prefixed names stand for addresses);
``tables/NAME.csv`` holds all the rows of the answer. A row that is missing, or one too many, fails.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions

from dutygraph.knowledge import KnowledgeGraph
from dutygraph.ontology.namespaces import DG, ID
from dutygraph.queries.catalogue import questions
from dutygraph.queries.own import prepare

HERE = Path(__file__).parent
AREAS = "http://statistics.data.gov.uk/id/statistical-geography/"
NORMAL = {ID: "id:", DG: "dg:", AREAS: ""}


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


ASKED = read(HERE / "asked.csv")


def given(asked: dict[str, str]) -> list[str]:
    return [pair.replace("=id:", f"={ID}") for pair in asked["given"].split(";") if pair]


def shortened(value: str) -> str:
    for long, short in NORMAL.items():
        if value.startswith(long):
            return short + value.removeprefix(long)
    return value


def answered(kg: KnowledgeGraph, asked: dict[str, str]) -> list[tuple[str, ...]]:
    """The distinct rows of the columns that count."""
    solutions = kg.query(prepare(asked["query"], None, given(asked)))
    assert isinstance(solutions, QuerySolutions)
    columns = asked["columns"].split(";")
    rows = [tuple(shortened(row[name].value) if row[name] else "" for name in columns) for row in solutions]
    return list(dict.fromkeys(rows))


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: str(asked["query"]))
def test_a_question_is_answered_with_its_table(kg: KnowledgeGraph, asked: dict[str, str]) -> None:
    table = read(HERE / "tables" / f"{asked['query']}.csv")
    columns = asked["columns"].split(";")
    expected = Counter(tuple(row[name] for name in columns) for row in table)
    assert Counter(answered(kg, asked)) == expected


def test_tables_are_many_and_of_questions_that_are_asked() -> None:
    names = {asked["query"] for asked in ASKED}
    assert names == {path.stem for path in (HERE / "tables").glob("*.csv")}
    assert names <= {item.name for item in questions()} and len(names) >= 40
