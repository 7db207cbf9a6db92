"""The map as slides: one for each step or day, in PowerPoint's own shapes, each with its words and its law."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import pytest

from dutygraph.errors import MissingExtra
from dutygraph.graph.slides import to_slides
from dutygraph.graph.stories import place_story, read_story
from dutygraph.knowledge import KnowledgeGraph

pptx = pytest.importorskip("pptx", reason="python-pptx is not installed: no slides")


def shapes(holder: Any) -> list[Any]:
    found = []
    for shape in holder:
        found.append(shape)
        found += shapes(shape.shapes) if hasattr(shape, "shapes") else []
    return found


@pytest.fixture(scope="module")
def network(kg: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("slides") / "map.pptx"
    return kg.map(str(path), area="Netherby", on="2015-06-01", compare=["2005-06-01"])


def test_a_map_of_two_days_is_two_slides_with_a_shape_for_each_box(network: Any) -> None:
    deck = pptx.Presentation(io.BytesIO(to_slides(network)))
    then, now = deck.slides
    texts = [{shape.text_frame.text.replace("\n", " ") for shape in shapes(slide.shapes) if shape.has_text_frame} for slide in (then, now)]  # fmt: skip
    assert "Amberland Police Authority" in texts[0] and "Amberland Police Authority" not in texts[1]
    assert "As at 1 June 2005. Guidance, not legal advice." in texts[0]
    for shape in shapes(now.shapes):
        assert shape.left >= 0 and shape.top >= 0
        assert shape.left + shape.width <= deck.slide_width and shape.top + shape.height <= deck.slide_height


def test_a_story_is_a_slide_for_each_step_with_notes_that_cite_the_law(network: Any, tmp_path: Path) -> None:
    (tmp_path / "mine.md").write_text(
        "# Ours\n## Who must\nThe law lists them.\nshow: responsible authorities; members of responsible authorities\n"
        "highlight: responsible authorities\n## All\n",
        encoding="utf-8",
    )
    story = place_story(read_story(str(tmp_path / "mine.md")), network)
    first, second = pptx.Presentation(io.BytesIO(to_slides(network, story))).slides
    assert (first.shapes.title.text, second.shapes.title.text) == ("Who must", "All")
    notes = first.notes_slide.notes_text_frame.text
    assert notes.startswith("The law lists them.\nSafe Places Act 1998, s. 5")
    described = [shape._element.nvSpPr.cNvPr.get("descr") for shape in shapes(first.shapes) if shape.shape_type == 5]
    assert described and all(described)
    assert any("is one of the responsible authorities" in text for text in described)


def test_without_python_pptx_it_is_said_how_to_get_it(network: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pptx", None)
    with pytest.raises(MissingExtra, match=r"dutygraph\[office\]"):
        to_slides(network)
