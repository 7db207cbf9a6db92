"""The shared papers, where they lie beside the checkout: every format gives the same facts, every quotation stands there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import pytest

from dutygraph.facts import Fact, find_facts
from dutygraph.loaders.papers.reading import read_paper

FOLDER = Path(__file__).parents[3].parent / "shared" / "papers"
PAPERS = sorted(FOLDER.glob("*.txt"))
needs_papers = pytest.mark.skipif(not PAPERS, reason="the shared papers are not beside this checkout")
Render = Callable[[str, Path], Path]


@cache
def stated(path: Path) -> tuple[Fact, ...]:
    """The facts of a paper as text, found once for all tests here."""
    return tuple(find_facts(read_paper(path)))


def keys(facts: Sequence[Fact]) -> set[tuple[object, ...]]:
    return {(fact.kind, fact.subject, fact.relation, fact.object, fact.value) for fact in facts}


@needs_papers
@pytest.mark.parametrize("path", PAPERS, ids=[path.name[:3] for path in PAPERS])
def test_every_quotation_stands_in_the_paper(path: Path) -> None:
    text = " ".join(path.read_text(encoding="utf-8").split())
    found = stated(path)
    assert found and [fact.quote for fact in found if " ".join(fact.quote.split()) not in text] == []


@needs_papers
@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_word_and_pdf_give_the_same_facts_within_five_in_a_hundred(
    form: str, tmp_path: Path, render_word: Render, render_pdf: Render
) -> None:
    """All papers together, since one of them holds fewer than twenty facts."""
    same = first = second = 0
    for path in PAPERS:
        text = path.read_text(encoding="utf-8")
        made = (render_word if form == "docx" else render_pdf)(text, tmp_path / f"{path.stem}.{form}")
        one, other = keys(stated(path)), keys(find_facts(read_paper(made)))
        same, first, second = same + len(one & other), first + len(one), second + len(other)
    assert 2 * same / (first + second) >= 0.95
