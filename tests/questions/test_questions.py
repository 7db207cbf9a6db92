"""Questions that policy officers ask, with the answers that the law gives.

``questions.csv`` says what is asked and by which call; ``expected.csv`` what must stand in the answer. Both are
written by hand from the law and are read like this:

=============  ==================================================================================================
expect         what is checked
=============  ==================================================================================================
``verdict``    the answer is ``value``: yes, no, not_in_force or unknown
``member``     ``row`` is a member, under ``provision``; the members of a question together are all that there are
``not_member`` ``row`` is named among those that are not members, with ``provision``
``row``        a row is called ``row`` and rests on ``provision``
``absent``     no row is called ``row``, and nobody of that name holds what a row says
``basis``      the answer cites ``provision``
``text``       in the row of that name and provision ``field`` is ``value``; several values are parted by ";"
``count``      the answer has ``value`` rows
``message``    the answer in a sentence is ``value``
``says``       the answer in a sentence begins with ``value``
``fact``       of what is held about the thing, ``row`` is ``value``
``mentions``   of what is held about the thing, ``row`` has ``value`` in it
``no_law``     no provision is cited for anything that is held about the thing
=============  ==================================================================================================
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import QuerySolutions

from dutygraph.graph.builds import fill
from dutygraph.graph.store import OxigraphStore
from dutygraph.knowledge import KnowledgeGraph
from dutygraph.queries.own import prepare
from dutygraph.queries.results import Answer
from dutygraph.register import FOLDER

HERE = Path(__file__).parent
Table = list[dict[str, str]]
Record = Mapping[str, Any]


def read(name: str) -> Table:
    with (HERE / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


QUESTIONS = read("questions.csv")
EXPECTED: dict[str, Table] = defaultdict(list)
for expectation in read("expected.csv"):
    EXPECTED[expectation["question"]].append(expectation)


@pytest.fixture(scope="session")
def whole_graph() -> KnowledgeGraph:
    """The graph of dutygraph's own register, in memory."""
    return KnowledgeGraph(OxigraphStore(fill([FOLDER]), "memory"))


def ask(kg: KnowledgeGraph, question: Mapping[str, str]) -> Answer | list[Record]:
    """Run the call that a row of the table names."""
    about, area, on, kind = question["about"], question["area"] or None, question["on"], question["kind"] or None
    match question["call"]:
        case "members":
            return kg.members(question["class"], question["area"], on)
        case "is":
            return kg.is_member(about, question["class"], area, on)
        case "who":
            return kg.who(about, area, on, kind)
        case "duties":
            return kg.duties(about, area, on, kind)
        case "act":
            return kg.act(about, on)
        case "partnership":
            return kg.partnership(about, on)
        case "changes":
            start, _, end = on.partition("/")
            return kg.changes(start, end, area)
        case "query":
            return _query(kg, question)
        case other:
            raise ValueError(f"questions.csv: {other} is no call")


def _query(kg: KnowledgeGraph, question: Mapping[str, str]) -> list[Record]:
    """Run a catalogued query for a class and an area."""
    holder_class = kg.members(question["class"], question["area"]).details
    parameters = [f"class={holder_class['class']['iri']}", f"area={holder_class['area']['iri']}"]
    solutions = kg.query(prepare(question["about"], None, parameters))
    assert isinstance(solutions, QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    rows = [{name: term and term.value for name, term in zip(names, row, strict=True)} for row in solutions]
    return [{**row, "label": row["kindLabel"], "basis": [{"citation": row["citation"]}]} for row in rows]


def name_of(row: Record) -> str:
    """The name of a row; with the capacity, if it is bound in one only."""
    label = row.get("label") or row.get("because") or row.get("citation") or ""
    return f"{label} ({row['capacity']})" if row.get("capacity") else str(label)


def provisions(row: Record) -> set[str]:
    if "citation" in row and "basis" not in row:
        return {row["citation"]}
    return {basis["citation"] for basis in row.get("basis", ())}


def words(value: object) -> set[str]:
    """The words of a field: of a text itself, of a list its labels."""
    if value is None:
        return set()
    if isinstance(value, str):
        return {value}
    assert isinstance(value, Iterable)
    return {item["label"] if isinstance(item, Mapping) else str(item) for item in value}


class Checker:
    """Compares an answer with its expectations and collects what differs."""

    def __init__(self, answer: Answer | list[Record]) -> None:
        self.rows = list(answer)
        self.answer = answer

    def faults(self, expectations: Table) -> list[str]:
        found = [fault for line in expectations if (fault := getattr(self, f"_{line['expect']}")(line))]
        return found + self._whole(expectations)

    def _named(self, line: Mapping[str, str]) -> list[Record]:
        rows = [row for row in self.rows if name_of(row) == line["row"]]
        return [row for row in rows if not line["provision"] or line["provision"] in provisions(row)]

    def _whole(self, expectations: Table) -> list[str]:
        """Members are compared as a whole set, once any are expected."""
        wanted = {line["row"] for line in expectations if line["expect"] == "member"}
        if not wanted:
            return []
        held = {name_of(row) for row in self.rows}
        return [f"should not be a member: {name}" for name in sorted(held - wanted)]

    def _verdict(self, line: Mapping[str, str]) -> str:
        assert isinstance(self.answer, Answer)
        verdict = self.answer.verdict
        return "" if verdict == line["value"] else f"answer: {verdict}, not {line['value']}. {self.answer.message}"

    def _member(self, line: Mapping[str, str]) -> str:
        return "" if self._named(line) else f"should be a member: {line['row']} ({line['provision']})"

    def _not_member(self, line: Mapping[str, str]) -> str:
        assert isinstance(self.answer, Answer)
        named = [row for row in self.answer.details["not_members"] if row["label"] == line["row"]]
        if any(line["provision"] in provisions(row) for row in named):
            return ""
        return f"should be named as no member: {line['row']} ({line['provision']})"

    def _row(self, line: Mapping[str, str]) -> str:
        return "" if self._named(line) else f"missing: {line['row']} ({line['provision']})"

    def _absent(self, line: Mapping[str, str]) -> str:
        names = {name_of(row) for row in self.rows} | {row.get("label") for row in self.rows}
        holders = {holder["label"] for row in self.rows for holder in row.get("held_by", ())}
        return f"should not be there: {line['row']}" if line["row"] in names | holders else ""

    def _basis(self, line: Mapping[str, str]) -> str:
        cited = set().union(*(provisions(row) for row in self.rows)) if self.rows else set()
        return "" if line["provision"] in cited else f"should be cited: {line['provision']}"

    def _text(self, line: Mapping[str, str]) -> str:
        wanted = {line["value"]} if isinstance(self._value(line), str) else set(line["value"].split(";"))
        held = [words(row.get(line["field"])) for row in self._named(line)]
        return "" if wanted in held else f"{line['row']}, {line['field']}: {held}, not {sorted(wanted)}"

    def _value(self, line: Mapping[str, str]) -> object:
        return next((row.get(line["field"]) for row in self._named(line)), None)

    def _message(self, line: Mapping[str, str]) -> str:
        assert isinstance(self.answer, Answer)
        return "" if self.answer.message == line["value"] else f"says: {self.answer.message}"

    def _says(self, line: Mapping[str, str]) -> str:
        assert isinstance(self.answer, Answer)
        return "" if self.answer.message.startswith(line["value"]) else f"says: {self.answer.message}"

    def _facts(self, name: str) -> list[str]:
        return [row["value"] for row in self.rows if row["what"] == name]

    def _fact(self, line: Mapping[str, str]) -> str:
        held = self._facts(line["row"])
        return "" if line["value"] in held else f"{line['row']}: {held}, not {line['value']}"

    def _mentions(self, line: Mapping[str, str]) -> str:
        held = self._facts(line["row"])
        return "" if any(line["value"] in text for text in held) else f"{line['row']}: {held} without {line['value']}"

    def _no_law(self, line: Mapping[str, str]) -> str:
        cited = set().union(*(provisions(row) for row in self.rows))
        return f"cites {sorted(cited)}" if cited or self._facts("basis") else ""

    def _count(self, line: Mapping[str, str]) -> str:
        return "" if len(self.rows) == int(line["value"]) else f"{len(self.rows)} rows, not {line['value']}"


@pytest.mark.parametrize("question", QUESTIONS, ids=[question["id"] for question in QUESTIONS])
def test_answer_is_what_the_law_says(whole_graph: KnowledgeGraph, question: dict[str, str]) -> None:
    faults = Checker(ask(whole_graph, question)).faults(EXPECTED[question["id"]])
    assert not faults, "\n".join([question["question"], *faults])


def test_every_question_has_a_name_of_its_own_and_an_expected_answer() -> None:
    names = [question["id"] for question in QUESTIONS]
    assert len(names) == len(set(names))
    assert [name for name in names if not EXPECTED[name]] == []
    assert set(EXPECTED) <= set(names)


def test_every_expected_member_and_row_names_its_provision() -> None:
    lines = [line for table in EXPECTED.values() for line in table if line["expect"] in ("member", "not_member", "row")]
    assert [line for line in lines if not line["provision"]] == []


def test_the_four_answers_are_all_asked_for() -> None:
    verdicts = {line["value"] for table in EXPECTED.values() for line in table if line["expect"] == "verdict"}
    assert verdicts == {"yes", "no", "not_in_force", "unknown"}


def test_no_member_is_named_as_no_member_too(whole_graph: KnowledgeGraph) -> None:
    for question in QUESTIONS:
        if question["call"] != "members":
            continue
        answer = whole_graph.members(question["class"], question["area"], question["on"])
        members = {(row["iri"], row["capacity"]) for row in answer if row["iri"]}
        others = {row["iri"] for row in answer.details["not_members"] if " as " not in row["label"]}
        assert not {iri for iri, capacity in members if not capacity} & others, question["question"]
