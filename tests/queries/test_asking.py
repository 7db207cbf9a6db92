"""The one box: words, a place among them, names."""

from __future__ import annotations

from datetime import date

import pytest

from dutygraph.errors import BadInput
from dutygraph.knowledge import KnowledgeGraph
from dutygraph.queries.asking import ask

DAY = date(2024, 6, 1)


def test_a_place_at_the_end_of_the_words_is_the_place(kg: KnowledgeGraph) -> None:
    asked = ask(kg.store, "serious violence in Netherby", None, DAY)
    assert (asked.text, asked.area) == ("serious violence", "E07009901")
    assert asked.answer.verdict == "yes" and asked.answer.rows[0]["held_by"]


def test_words_that_name_no_place_stay_whole(kg: KnowledgeGraph) -> None:
    asked = ask(kg.store, "Serious violence strategy in England", None, DAY)
    assert asked.answer.verdict == "yes" and asked.answer.rows[0]["label"] == "Serious violence strategy in England"


def test_a_place_that_is_chosen_is_the_place_whatever_the_words_say(kg: KnowledgeGraph) -> None:
    assert ask(kg.store, "serious violence in Netherby", "Overby", DAY).area == "Overby"


@pytest.mark.parametrize("text", ["", "  ", "x" * 301])
def test_no_words_and_far_too_many_are_refused(kg: KnowledgeGraph, text: str) -> None:
    with pytest.raises(BadInput):
        ask(kg.store, text, None, DAY)
