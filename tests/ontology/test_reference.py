"""The reference page is true to the ontology, opens offline, and can be read by everybody."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

import dutygraph

pytest.importorskip("rdflib")
from dutygraph.ontology.checks import ONTOLOGY_FILE
from dutygraph.ontology.reference import main, reference_page

PAGE = Path(dutygraph.__path__[0]) / "docs" / "ontology.html"


class Outline(HTMLParser):
    """Collects ids, links to them, headings and every attribute that could fetch something."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings: list[int] = []
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.ids += [values["id"]] if "id" in values else []
        self.links += [values["href"]] if tag == "a" else []
        self.headings += [int(tag[1])] if re.fullmatch(r"h[1-6]", tag) else []
        if tag != "a":
            self.fetched += [values[name] for name in ("src", "href", "data", "srcset", "action") if name in values]


@pytest.fixture(scope="module")
def page() -> str:
    return reference_page()


@pytest.fixture(scope="module")
def outline(page: str) -> Outline:
    parser = Outline()
    parser.feed(page)
    return parser


def test_published_page_is_up_to_date(page: str) -> None:
    if not PAGE.is_file():
        pytest.skip("docs are not part of the installed package")
    remedy = "Run: python -m dutygraph.ontology.reference docs/ontology.html"
    assert PAGE.read_text(encoding="utf-8") == page, remedy


def test_page_asks_nothing_of_the_network(page: str, outline: Outline) -> None:
    assert [address for address in outline.fetched if not address.startswith("data:")] == []
    assert "@import" not in page
    assert "url(" not in page
    assert "<script" not in page


def test_every_term_has_an_anchor_of_its_own_and_every_link_leads_somewhere(outline: Outline) -> None:
    terms = re.findall(r"^dg:(\w+) a ", ONTOLOGY_FILE.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(terms) <= set(outline.ids)
    assert len(outline.ids) == len(set(outline.ids))
    assert {link.removeprefix("#") for link in outline.links} <= set(outline.ids)


def test_page_has_language_title_and_orderly_headings(page: str, outline: Outline) -> None:
    assert '<html lang="en">' in page
    assert re.search(r"<title>[^<]+</title>", page)
    assert outline.headings.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(outline.headings, outline.headings[1:], strict=False))


def test_welsh_is_marked_as_welsh(page: str) -> None:
    assert '<span lang="cy">dyletswydd</span>' in page


def test_page_can_be_printed(page: str) -> None:
    assert "@media print" in page


def test_command_writes_the_page_and_says_how_it_is_used(
    page: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "out.html")]) == 0
    assert (tmp_path / "out.html").read_text(encoding="utf-8") == page
    assert main([]) == 2
    assert "Usage" in capsys.readouterr().err
