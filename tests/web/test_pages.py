"""Each kind of page: it answers, in each form, with the law; and what is hostile is answered cleanly."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from dutygraph.knowledge import KnowledgeGraph

pytest.importorskip("starlette", reason="Starlette is not installed: there are no pages")
pytest.importorskip("httpx2", reason="httpx2 is not installed: the pages cannot be asked")

from starlette.testclient import TestClient

from dutygraph.web.app import create_app
from dutygraph.web.documents import column_widths

DAY = "on=2015-06-01"
THINGS = {
    "place": "/place/E07009901",
    "body": "/body/netherby-borough-council",
    "partnership": "/partnership/netherby-csp",
    "instrument": "/instrument/ukpga/1998/901",
    "provision": "/instrument/ukpga/1998/901/section/6",
    "duty": "/duty/spa1998-s6-strategy",
    "class": "/class/spa1998-responsible-authority",
    "product": "/product/safe-places-plan",
    "source": "/source/leg-spa1998",
    "topic": "/topic/community-safety",
}
ANSWERS = (
    "/",
    "/ask?q=plan&area=Netherby",
    "/is?name=Netherby+Borough+Council&class=responsible+authorities&area=Netherby",
    "/changes?from=2010-01-01&to=2015-01-01",
    "/question",
    "/question/members",
    "/partnership",
)


@pytest.fixture(scope="module")
def client(kg: KnowledgeGraph) -> Iterator[TestClient]:
    with TestClient(create_app(kg), raise_server_exceptions=False) as made:
        yield made


@pytest.mark.parametrize("path", THINGS.values(), ids=list(THINGS))
def test_a_thing_has_a_page_with_heading_title_and_language(client: TestClient, path: str) -> None:
    answer = client.get(f"{path}?{DAY}")
    assert answer.status_code == 200
    assert '<html lang="en">' in answer.text and answer.text.count("<h1>") == 1
    assert "<script>" not in answer.text and "style=" not in answer.text


@pytest.mark.parametrize("path", ANSWERS)
def test_answers_and_lists_have_pages(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", THINGS.values(), ids=list(THINGS))
def test_a_thing_is_had_as_turtle_by_ending_and_by_accept(client: TestClient, path: str) -> None:
    by_ending = client.get(f"{path}.ttl")
    by_wish = client.get(path, headers={"accept": "text/html;q=0.5, text/turtle"})
    assert by_ending.headers["content-type"].startswith("text/turtle") and by_ending.content == by_wish.content
    assert "Accept" in by_wish.headers["vary"]
    assert list(parse(by_ending.content, RdfFormat.TURTLE)) or path.endswith("section/6")


@pytest.mark.parametrize("path", THINGS.values(), ids=list(THINGS))
def test_a_thing_is_had_as_json_and_csv_with_the_same_statements(client: TestClient, path: str) -> None:
    held = json.loads(client.get(f"{path}.json?{DAY}").text)
    rows = list(csv.reader(io.StringIO(client.get(f"{path}.csv?{DAY}").content.decode("utf-8-sig"))))
    statements = sum(len(section["statements"]) for section in held["sections"].values())
    assert held["answer"] in ("yes", "no", "not_in_force", "unknown") and held["as_at"] == "2015-06-01"
    assert len(rows) == statements + 1


def test_a_page_links_to_the_law_and_keeps_place_and_day(client: TestClient) -> None:
    text = client.get("/duty/spa1998-s6-strategy?area=Netherby&on=2015-06-01").text
    assert 'href="https://www.legislation.gov.uk/ukpga/1998/901/section/6' in text
    assert "/class/spa1998-responsible-authority?area=Netherby&amp;on=2015-06-01" in text
    assert "Netherby Borough Council" in text


def test_the_link_that_brings_back_this_page_names_the_day(client: TestClient) -> None:
    text = client.get("/body/netherby-borough-council?area=Netherby").text
    assert 'rel="bookmark"' in text and "area=Netherby&amp;on=2" in text


def test_a_word_file_has_the_duties_in_tables(client: TestClient) -> None:
    docx = pytest.importorskip("docx", reason="python-docx is not installed")
    answer = client.get(f"/body/netherby-borough-council.docx?{DAY}")
    document = docx.Document(io.BytesIO(answer.content))
    headings = [part.text for part in document.paragraphs if part.style.name.startswith("Heading")]
    cells = " ".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert "Must" in headings and "must: " in cells and "Safe Places Act 1998" in cells
    assert "Guidance, not legal advice" in document.paragraphs[-2].text


def test_a_word_file_is_made_for_print(client: TestClient) -> None:
    docx = pytest.importorskip("docx", reason="python-docx is not installed")
    answer = client.get(f"/body/netherby-borough-council.docx?{DAY}")
    document = docx.Document(io.BytesIO(answer.content))
    page = document.sections[0]
    room = page.page_width - page.left_margin - page.right_margin
    for table in document.tables:
        marks = [{part.tag.rsplit("}", 1)[-1] for part in row._tr.get_or_add_trPr()} for row in table.rows]
        assert "tblHeader" in marks[0] and all("cantSplit" in found for found in marks)
        assert abs(sum(column.width for column in table.columns) - room) < room / 100
    widest = max((table for table in document.tables), key=lambda table: len(table.columns))
    assert len({column.width for column in widest.columns}) > 1
    footer = page.footer.paragraphs[0]
    assert footer.text.startswith("Netherby Borough Council, page") and "PAGE" in footer._p.xml


def test_columns_get_room_by_what_they_hold_and_no_word_is_cut() -> None:
    narrow, wide, word = column_widths([["When", "Evidence", "Law"], ["2015", "words " * 80, "a" * 30]])
    assert wide > word > narrow >= 4 * 2.0
    assert narrow + wide + word == pytest.approx(261)
    assert column_widths([["", ""]]) == [130.5, 130.5]


@pytest.mark.parametrize(
    ("question", "verdict", "said"),
    [
        ("name=Netherby+Borough+Council&class=responsible+authorities&area=Netherby&on=2015-06-01", "yes", "Yes"),
        ("name=Amberland+PCC&class=responsible+authorities&area=Netherby&on=2015-06-01", "no", "No"),
        (
            "name=Netherby+Borough+Council&class=responsible+authorities&area=Netherby&on=1990-06-01",
            "not_in_force",
            "Not in force on that day",
        ),
    ],
)
def test_answers_look_different_without_colour(client: TestClient, question: str, verdict: str, said: str) -> None:
    text = client.get(f"/is?{question}").text
    assert f'class="verdict {verdict}"' in text and f"<strong>{said}</strong>" in text


def test_the_marks_of_the_four_answers_have_four_shapes(client: TestClient) -> None:
    text = client.get("/").text
    marks = text.split('class="four"')[1].split("</ul>")[0].split("<svg")[1:]
    assert len({mark.split("</svg>")[0].split(">", 1)[1] for mark in marks}) == 4


def test_a_place_in_the_words_is_the_place(client: TestClient) -> None:
    answer = client.get("/ask?q=plan+in+Netherby&on=2015-06-01")
    assert "For <a" in answer.text and "Netherby" in answer.text


def test_an_ambiguous_or_unknown_name_is_explained(client: TestClient) -> None:
    unknown = client.get("/ask?q=Nethrbury+Council").text
    assert "Nothing is called so" in unknown or "Called so" in unknown or "Several things" in unknown
    assert client.get("/is?name=Nobody+at+all&class=responsible+authorities").status_code == 404


HOSTILE = [
    "/ask?q=%3Cscript%3Ealert(1)%3C/script%3E",
    "/ask?q=%22%7D%20UNION%20%7B%3Fs%20%3Fp%20%3Fo%7D%20%23",
    "/ask?q=%27%3B%20DROP%20ALL%20%3B",
    "/ask?q=%00%01%02",
    "/ask?q=" + "a" * 400,
    "/ask?q=plan&on=31/12/2015",
    "/ask?q=plan&on=2015-13-45",
    "/ask?q=plan&area=%22%3E%3Cscript%3E",
    "/ask?q=plan&kind=everything",
    "/place/E07009901?on=%3Cscript%3E",
    "/place/%22%7D%7B%3Fs%3Fp",
    "/place/..%2F..%2Fetc%2Fpasswd",
    "/body/..%252f..%252fetc",
    "/instrument/ukpga/../../etc/passwd",
    "/instrument/ukpga/1998/901/section/%3Cscript%3E",
    "/duty/" + "x" * 500,
    "/duty/no-such-duty",
    "/source/no-such-source",
    "/class/spa1998-responsible-authority?area=Atlantis",
    "/question/..%2f..%2fknowledge",
    "/question/members?area=%3E%20%7D%20%23&on=x",
    "/question/members.ttl",
    "/static/../app.py",
    "/static/%2e%2e/app.py",
    "/is?name=%3Cscript%3Ealert(1)%3C/script%3E&class=%3Cb%3E",
    "/changes?from=2015-01-01&to=%3Cscript%3E",
    "/changes?from=2015-06-01&to=2015-01-01",
    "/changes.exe?from=2015-01-01&to=2015-02-01",
    "/map?area=%3Cscript%3E",
    "/map",
    "/thing?iri=javascript:alert(1)",
    "/suggest?q=%3Cscript%3E&of=nothing",
    "/%3Cscript%3E",
]


@pytest.mark.parametrize("address", HOSTILE)
def test_what_is_hostile_is_answered_cleanly(client: TestClient, address: str) -> None:
    answer = client.get(address, follow_redirects=False)
    assert answer.status_code < 500, answer.text
    assert "<script>alert" not in answer.text and "Traceback" not in answer.text and "<b>" not in answer.text
    assert "root:" not in answer.text and "def create_app" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_pages_are_only_read(client: TestClient, method: str) -> None:
    assert client.request(method, "/ask?q=plan").status_code == 405


def test_a_cell_that_begins_like_a_formula_is_made_harmless() -> None:
    from dutygraph.queries.profiles import Line, Profile, Section, words
    from dutygraph.web.forms import write_form

    line = Line(((words("=HYPERLINK(1)"),),))
    profile = Profile("answer", "", "x", "x", "yes", "2015-06-01", sections=(Section("a", "A", ("what",), (line,)),))
    assert "'=HYPERLINK" in write_form(None, profile, "csv").decode()  # type: ignore[arg-type]


def test_a_holder_of_a_duty_has_the_law_that_makes_it_one(client: TestClient) -> None:
    held = json.loads(client.get("/duty/spa1998-s6-strategy.json?area=Netherby&on=2015-06-01").text)
    holders = held["sections"]["holders"]["statements"]
    assert holders and all(statement["basis"] and "answer" in statement for statement in holders)


def test_another_place_is_gone_to_and_its_day_kept(client: TestClient) -> None:
    there = client.get("/go?area=Quillport&on=2015-06-01", follow_redirects=False)
    assert there.status_code == 303 and there.headers["location"].endswith("?on=2015-06-01")
    assert "/place/" in there.headers["location"]
    assert client.get("/go?area=Atlantis").status_code == 404
    assert client.get("/go?here=javascript:alert(1)").status_code == 404


def test_a_thing_leads_to_its_map(client: TestClient) -> None:
    text = client.get("/partnership/netherby-csp?on=2015-06-01").text
    address = text.split('href="/map?')[1].split('"')[0].replace("&amp;", "&")
    drawn = client.get(f"/map?{address}")
    assert drawn.status_code == 200 and "default-src 'none'" in drawn.headers["content-security-policy"]


def test_a_map_shows_two_days_side_by_side(client: TestClient) -> None:
    drawn = client.get("/map?area=Netherby&on=2015-06-01&compare=2005-06-01")
    assert drawn.status_code == 200 and "beside 1 June 2005" in drawn.text
    assert "default-src 'none'" in drawn.headers["content-security-policy"]
    assert "beside" not in client.get("/map?area=Netherby&on=2015-06-01").text.split("</header>")[0]


def test_a_map_shows_who_sits_on_what(client: TestClient) -> None:
    text = client.get(f"/partnership/netherby-csp?{DAY}").text
    address = next(part.split('"')[0] for part in text.split('href="')[1:] if "as=matrix" in part.split('"')[0])
    drawn = client.get(address.replace("&amp;", "&"))
    assert drawn.status_code == 200 and "<table" in drawn.text and "Netherby" in drawn.text


def test_a_story_is_told_by_its_name_and_no_file_is_read_for_who_asks(client: TestClient, tmp_path: Path) -> None:
    own = tmp_path / "own.md"
    own.write_text("# Secret title\narea: Netherby\n\n## A step\nhighlight: everything\n", encoding="utf-8")
    assert client.app.state.kg.map_page(story=str(own))[0].count("Secret title")  # type: ignore[attr-defined]
    for name in (str(own), "../../../../etc/passwd", "/etc/passwd"):
        refused = client.get("/map", params={"story": name})
        assert refused.status_code == 404 and "Secret" not in refused.text and "root:" not in refused.text


@pytest.mark.parametrize(
    "asked", ["compare=" + "&compare=".join(f"200{year}-01-01" for year in range(6)), "compare=soon", "as=hairball"]
)
def test_a_map_that_cannot_be_drawn_says_why(client: TestClient, asked: str) -> None:
    refused = client.get(f"/map?area=Netherby&{asked}")
    assert refused.status_code == 400 and "Traceback" not in refused.text
