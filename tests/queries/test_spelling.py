"""A name that is nearly one that is held: read as it, and said so; or the nearest names, and nothing guessed."""

from __future__ import annotations

from datetime import date

import pytest
from starlette.testclient import TestClient

from dutygraph.errors import UnknownName
from dutygraph.knowledge import KnowledgeGraph
from dutygraph.queries.asking import ask
from dutygraph.queries.lookup import candidates, find
from dutygraph.queries.spelling import nearest, readings
from dutygraph.web.app import create_app

ON = "2024-06-01"
READ = 'Nothing held is called "Quilport": it was read as Quillport (E06009901, unitary area).'


def test_every_question_says_what_it_read_a_misspelt_place_as(kg: KnowledgeGraph) -> None:
    answers = [
        kg.members("responsible authorities", area="Quilport", on=ON),
        kg.is_member("Quillport Council", "responsible authorities", "Quilport", ON),
        kg.who("serious violence", "Quilport", ON),
        kg.duties("Quillport Council", "Quilport", ON),
        kg.area("Quilport", ON),
        kg.timeline("Quilport"),
        kg.panel("responsible authorities", [ON], "Quilport"),
        kg.changes("2010-01-01", "2012-01-01", "Quilport"),
        kg.overlap("Quilport", ON),
    ]
    for answer in answers:
        assert list(answer.notes).count(READ) == 1, answer.heading
        assert READ in answer.to_dict()["notes"]


def test_a_misspelt_body_and_class_are_said_too(kg: KnowledgeGraph) -> None:
    notes = kg.members("responsable authorities", area="Quillport", on=ON).notes
    assert any(note.startswith('Nothing held is called "responsable authorities"') for note in notes)
    notes = kg.body("Quilport Council", ON).notes
    assert notes[0].startswith('Nothing held is called "Quilport Council": it was read as Quillport Council (')


def test_a_name_that_is_held_or_is_a_part_of_one_is_read_without_a_word(kg: KnowledgeGraph) -> None:
    for area in ("Quillport", "quillport ", "E06009901"):
        assert not [note for note in kg.area(area, ON).notes if "read as" in note]


def test_one_question_says_nothing_of_the_one_before(kg: KnowledgeGraph) -> None:
    kg.area("Quilport", ON)
    with readings() as notes:
        find(kg.store, "Netherby", ["area"], date(2024, 6, 1))
        assert notes == []
        candidates(kg.store, "Quilport", ["area"], date(2024, 6, 1))
    assert notes == [READ]


def test_a_word_is_never_dropped(kg: KnowledgeGraph) -> None:
    with pytest.raises(UnknownName, match=r"The nearest names held: .*Amberland Police"):
        find(kg.store, "Amberland Police Federation", ["body"], date(2024, 6, 1))


def test_the_nearest_are_the_likest_word_by_word() -> None:
    assert nearest(["nuneton"], ["congleton", "luton", "bedworth nuneaton"], 1) == ["bedworth nuneaton"]
    assert nearest(["police", "federation"], ["police", "harbour watch"]) == ["police"]
    assert nearest(["atlantis"], ["rugby", "warwick"]) == []


def test_the_one_box_and_its_page_say_it(kg: KnowledgeGraph) -> None:
    assert list(ask(kg.store, "Quilport", None, date(2024, 6, 1)).notes)
    assert list(ask(kg.store, "serious violence in Quilport", None, date(2024, 6, 1)).notes) == [READ]
    with TestClient(create_app(kg)) as client:
        page = client.get("/ask?q=serious+violence&area=Quilport&on=2024-06-01").text
        assert "it was read as Quillport (E06009901, unitary area)" in page
        assert "Nothing held is called “" not in client.get("/ask?q=Quillport").text
        assert "it was read as Quillport" in client.get("/ask?q=Quilport").text
