"""The pages as plain files: every link leads to a file that is there, and a browser opens them from the drive."""

from __future__ import annotations

import csv
import re
import sys
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from click.testing import CliRunner

from dutygraph.cli import main
from dutygraph.errors import BadInput, UnknownName
from dutygraph.knowledge import KnowledgeGraph

pytest.importorskip("jinja2", reason="Jinja2 is not installed: there are no pages")
pytest.importorskip("starlette", reason="Starlette is not installed: there are no pages")

import dutygraph.web.site
from dutygraph.web.site import _forms, _plan, _stories, write_site

DAY = date(2015, 6, 1)
ELSEWHERE = ("https://www.legislation.gov.uk/", "https://www.nationalarchives.gov.uk/", "data:,")


@pytest.fixture(scope="module")
def folder(kg: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("site") / "pages"
    write_site(kg, made, DAY, ["Netherby"])
    return made


def test_every_link_is_relative_and_leads_to_a_file_that_is_there(folder: Path) -> None:
    pages = list(folder.rglob("*.html"))
    assert len(pages) > 60
    for page in pages:
        for address in re.findall(r'(?:href|src)="([^"#]+)(?:#[^"]*)?"', page.read_text(encoding="utf-8")):
            if not address.startswith(ELSEWHERE):
                assert (page.parent / unquote(unescape(address))).resolve().is_file(), (page, address)


def test_bodies_and_partnerships_of_other_areas_get_no_page_where_places_are_named(
    folder: Path, kg: KnowledgeGraph
) -> None:
    held = {page.stem for page in (folder / "body").glob("*.html")}
    assert {"netherby-borough-council", "ambershire-county-council", "netherby-vale-primary-care-trust"} <= held
    assert not {"overby-district-council", "quillport-council"} & held
    everywhere = {path for path in _plan(kg, []).things if path.startswith("/body/")}
    assert {"/body/overby-district-council", "/body/quillport-council"} <= everywhere


def taken_from(page: Path) -> dict[str, Path]:
    """What a page offers to be taken away, by the words of its link."""
    offered = page.read_text(encoding="utf-8").partition('id="take"')[2]
    return {words: page.parent / unquote(to) for to, words in re.findall(r'<a href="([^"]+)">([^<]+)<', offered)}


@pytest.mark.parametrize("page", ["place/E07009901", "body/netherby-borough-council"])
def test_a_page_leads_to_its_map_which_holds_what_it_needs(folder: Path, page: str) -> None:
    drawn = taken_from(folder / f"{page}.html")["Map"]
    assert drawn.resolve() == folder / f"map/{page}.html"
    text = drawn.read_text(encoding="utf-8")
    assert "Netherby Borough Council" in text and "as at" in text.lower() and "1 June 2015" in text
    assert not re.search(r'<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)="(?!data:)', text)


def test_a_partnership_leads_to_who_sits_on_what(folder: Path) -> None:
    offered = [taken_from(page) for page in (folder / "partnership").iterdir() if page.suffix == ".html"]
    assert any("Who sits on what" in links and "Map" in links for links in offered)


def test_a_page_without_a_map_leads_to_none(folder: Path) -> None:
    pages = [page for page in (folder / "topic").iterdir() if page.suffix == ".html"]
    assert pages and not any("Map" in taken_from(page) for page in pages)
    assert not (folder / "map/topic").exists()


def test_a_page_is_taken_away_as_a_table_with_what_stands_on_it(folder: Path) -> None:
    table = taken_from(folder / "body/netherby-borough-council.html")["Spreadsheet (CSV)"]
    rows = list(csv.reader(table.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0][0] == "section" and "law" in rows[0] and len(rows) > 3
    assert all("Spreadsheet (CSV)" in taken_from(page) for page in (folder / "duty").rglob("*.html"))


def test_a_page_is_taken_away_as_a_word_file(folder: Path) -> None:
    docx = pytest.importorskip("docx", reason="python-docx is not installed")
    written = docx.Document(str(taken_from(folder / "body/netherby-borough-council.html")["Word"]))
    assert written.paragraphs[0].text == "Netherby Borough Council"


def test_without_python_docx_a_page_offers_no_word_file(kg: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    profile = kg.profile("Netherby Borough Council", None, DAY)
    assert [name for _words, name, _content in _forms(kg, profile, "/body/netherby", True)] == ["/body/netherby.csv"]


def test_stories_are_told_of_the_day_where_their_things_are_held(
    kg: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert list(_stories(kg, DAY)) == []  # those that come with dutygraph are of places that are not held here
    own = tmp_path / "netherby.md"
    own.write_text("# Netherby told\npartnership: Ambershire Safe Places Board\n\n## One step\nSome words.\n", "utf-8")
    monkeypatch.setattr(dutygraph.web.site, "story_names", lambda: [str(own)])
    ((title, name, content),) = _stories(kg, DAY)
    assert (title, name) == ("Netherby told", "/map/story/netherby.html")
    assert "Some words." in content.decode() and "1 June 2015" in content.decode()


def test_a_class_lists_its_members_in_each_place_that_was_asked_for(folder: Path) -> None:
    text = (folder / "class/spa1998-responsible-authority.html").read_text(encoding="utf-8")
    assert "Who is in it: Netherby" in text and "Netherby Borough Council" in text


def test_only_places_that_were_asked_for_have_pages(folder: Path) -> None:
    assert [path.stem for path in (folder / "place").glob("*.html")] == ["E07009901"]


def test_no_page_has_a_form_that_needs_a_server(folder: Path) -> None:
    assert not any('action="/' in page.read_text(encoding="utf-8") for page in folder.rglob("*.html"))


def test_a_site_replaces_an_older_site_and_nothing_else(kg: KnowledgeGraph, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep me", encoding="utf-8")
    with pytest.raises(BadInput, match="holds no site"):
        write_site(kg, tmp_path, DAY)
    assert (tmp_path / "mine.txt").is_file()
    with pytest.raises(UnknownName):
        write_site(kg, folder, DAY, ["Atlantis"])
    assert (folder / "index.html").is_file()


def test_the_command_writes_a_site(store_folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "out"
    command = ["site", str(target), "--area", "Netherby", "--no-maps", "--no-word", "--on", "2015-06-01"]
    command += ["--store", str(store_folder)]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0, result.output
    assert (target / "index.html").is_file() and "as at 2015-06-01" in result.output
    assert not (target / "map").exists() and not list(target.rglob("*.docx"))
    assert list(taken_from(target / "body/netherby-borough-council.html")) == ["Spreadsheet (CSV)"]


def test_a_browser_opens_and_searches_it_from_the_drive(browser: Any, folder: Path) -> None:
    browser.open((folder / "index.html").as_uri())
    browser.find("#q").send_keys("netherby borough")
    browser.wait_for("return document.querySelectorAll('#results a').length > 0")
    browser.find("#results a").click()
    browser.wait_for("return location.pathname.endsWith('/body/netherby-borough-council.html')")
    assert "Netherby Borough Council" in browser.find("h1").text
    assert all(address.startswith(folder.as_uri()) for address in browser.requests())
    assert browser.complaints() == []
    assert browser.violations() == []  # axe itself asks for the stylesheet, so that it comes last
    browser.open((folder / "index.html").as_uri())
    assert browser.violations() == []


def test_a_browser_opens_a_map_from_the_drive(browser: Any, folder: Path) -> None:
    browser.open((folder / "body/netherby-borough-council.html").as_uri())
    browser.run("document.querySelector('.contents a[href=\"#take\"]').click()")
    browser.run("document.querySelector('#take:target a').click()")
    browser.wait_for("return location.pathname.endsWith('/map/body/netherby-borough-council.html')")
    browser.wait_for("return typeof dutygraphMap === 'object' && dutygraphMap.scene().list.length > 3")
    assert "Netherby Borough Council" in browser.find("h1").text
    assert all(address.startswith(folder.as_uri()) for address in browser.requests())
    assert browser.complaints() == []
