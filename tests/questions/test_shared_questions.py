"""The project's shared questions: each is answered by a question of ours, or listed with the reason why not yet.

The shared file lies beside the repository and is not part of it; without it these tests are skipped.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from dutygraph.graph.builds import fill
from dutygraph.graph.store import OxigraphStore
from dutygraph.knowledge import KnowledgeGraph
from dutygraph.register import FOLDER

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[2] / "shared" / "questions" / "core.json"
CLASS_OF_NAMES = " as a responsible authority"


def read(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


ANSWERED: dict[str, list[dict[str, str]]] = defaultdict(list)
for question in read("questions.csv"):
    for shared_id in filter(None, question["answers"].split(";")):
        ANSWERED[shared_id].append(question)
ABOUT_MEMBERS = sorted(key for key, asked in ANSWERED.items() if any(item["call"] == "members" for item in asked))
with (HERE.parent / "national" / "questions.csv").open(encoding="utf-8", newline="") as elsewhere:
    ELSEWHERE = {row["answers"] for row in csv.DictReader(elsewhere) if row["answers"]}
"""Questions about places that the national register holds: tests/national answers them."""

UNANSWERED = {row["id"]: row["reason"] for row in read("unanswered.csv")}


@pytest.fixture(scope="module")
def shared() -> dict[str, dict[str, Any]]:
    if not SHARED.is_file():
        pytest.skip(f"the shared questions are not there: {SHARED}")
    return {row["id"]: row for row in json.loads(SHARED.read_text(encoding="utf-8"))}


@pytest.fixture(scope="module")
def whole_graph() -> KnowledgeGraph:
    """The graph of dutygraph's own register, in memory."""
    return KnowledgeGraph(OxigraphStore(fill([FOLDER]), "memory"))


def test_every_shared_question_is_answered_or_listed_with_a_reason(shared: dict[str, dict[str, Any]]) -> None:
    assert sorted(set(shared) - set(ANSWERED) - set(UNANSWERED) - ELSEWHERE) == []
    assert sorted((set(ANSWERED) | set(UNANSWERED) | ELSEWHERE) - set(shared)) == []


def test_no_question_is_both_answered_and_listed_as_unanswered() -> None:
    assert sorted(set(ANSWERED) & set(UNANSWERED)) == []


def test_every_unanswered_question_has_its_reason() -> None:
    assert [name for name, reason in UNANSWERED.items() if not reason.strip()] == []


@pytest.mark.parametrize("shared_id", ABOUT_MEMBERS)
def test_members_leave_out_whom_the_shared_question_forbids(
    shared: dict[str, dict[str, Any]], whole_graph: KnowledgeGraph, shared_id: str
) -> None:
    for question in ANSWERED[shared_id]:
        if question["call"] != "members":
            continue
        answer = whole_graph.members(question["class"], question["area"], question["on"])
        held = {row["label"].casefold() for row in answer} | {row["kind"].casefold() for row in answer}
        for name in shared[shared_id]["must_not"]:
            if name.endswith(CLASS_OF_NAMES) and question["class"] != "responsible authorities":
                continue
            plain = name.removesuffix(CLASS_OF_NAMES).removeprefix("a ").removeprefix("an ")
            assert plain.casefold() not in held, f"{question['question']} {name}"
