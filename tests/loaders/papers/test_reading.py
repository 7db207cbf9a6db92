"""A paper is read whatever its format, its words are kept to the letter, and nothing in it is trusted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dutygraph.errors import BadInput
from dutygraph.loaders.papers.model import Paper
from dutygraph.loaders.papers.reading import read_paper

Render = Callable[[str, Path], Path]


def locators(paper: Paper) -> dict[str, str]:
    return {passage.text: passage.locator for passage in paper.passages}


def test_sections_items_and_rows_have_their_places(text_paper: Path) -> None:
    paper = read_paper(text_paper)
    found = locators(paper)
    assert found["shall prepare a strategic assessment during each year; and"] == "2.1 a"
    assert found["shall send a copy of it to the PCC."] == "2.1 b"
    rows = [passage for passage in paper.passages if passage.kind == "row" and "Lighting" in passage.text]
    assert rows[0].cells == ("Netherby Borough Council", "£12,500", "Lighting") and rows[0].locator == "3"


def test_an_item_knows_the_words_that_lead_its_list_in(text_paper: Path) -> None:
    paper = read_paper(text_paper)
    item = next(passage for passage in paper.passages if passage.text.startswith("shall prepare"))
    assert item.lead is not None and paper.passages[item.lead].text.endswith("each strategy group:")


def test_a_security_marking_is_no_part_of_the_paper(text_paper: Path) -> None:
    assert "OFFICIAL" not in read_paper(text_paper).text


def test_author_and_date_are_metadata(text_paper: Path) -> None:
    paper = read_paper(text_paper)
    assert (paper.doc, paper.author, paper.date) == ("123", "Ada Quill, Head of Partnerships", "2024-03-05")


def test_a_quotation_keeps_the_marks_of_the_paper_that_the_text_leaves_out(text_paper: Path) -> None:
    passage = next(passage for passage in read_paper(text_paper).passages if "responsible authority" in passage.text)
    assert passage.text == "The PCC is not a responsible authority under the Act."
    assert passage.quote(4, 16) == "PCC is **not** a"


def test_each_passage_begins_in_the_text_where_it_says(text_paper: Path) -> None:
    paper = read_paper(text_paper)
    assert all(paper.text[passage.start :].startswith(passage.raw) for passage in paper.passages)


def test_numbering_restarts_with_each_appendix(tmp_path: Path) -> None:
    path = tmp_path / "pack.txt"
    path.write_text("1. First\n\nSome words here.\n\nAppendix A\n\n1. Again\n\nOther words here.\n", encoding="utf-8")
    assert locators(read_paper(path)) | {} == {
        "First": "1",
        "Some words here.": "1",
        "Appendix A": "App A Appendix A",
        "Again": "App A 1",
        "Other words here.": "App A 1",
    }


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_word_and_pdf_give_the_same_passages(
    form: str, text_paper: Path, tmp_path: Path, render_word: Render, render_pdf: Render
) -> None:
    made = {"docx": render_word, "pdf": render_pdf}[form](
        text_paper.read_text(encoding="utf-8"), tmp_path / f"123.{form}"
    )
    same = [(passage.kind, passage.locator, passage.text) for passage in read_paper(text_paper).passages]
    assert [(passage.kind, passage.locator, passage.text) for passage in read_paper(made).passages] == same


def test_html_is_read_without_its_scripts(tmp_path: Path) -> None:
    path = tmp_path / "paper.html"
    path.write_text(
        "<html><head><title>x</title><script>alert(1)</script></head><body><h1>Report</h1><p>The <b>board</b> meets:</p>"
        "<ol><li>in May</li><li>in June</li></ol><table><tr><td>Netherby</td><td>£5</td></tr></table></body></html>",
        encoding="utf-8",
    )
    paper = read_paper(path)
    assert [(passage.kind, passage.text) for passage in paper.passages] == [
        ("heading", "Report"),
        ("paragraph", "The board meets:"),
        ("item", "in May"),
        ("item", "in June"),
        ("row", "Netherby\t£5"),
    ]


# Untrusted input


def test_a_document_that_swells_is_refused(tmp_path: Path, bomb: bytes) -> None:
    path = tmp_path / "bomb.docx"
    path.write_bytes(bomb)
    with pytest.raises(BadInput, match="unpacks to more than"):
        read_paper(path)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        (
            "a.pdf",
            b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\ntrailer << /Root 1 0 R >>",
            "pages|cannot be read",
        ),
        ("b.pdf", b"no pdf at all", "is no PDF"),
        ("c.docx", b"PK\x03\x04broken", "no sound Word document"),
        ("d.txt", b"\0\1\2\3" * 100, "is no text file"),
        ("e.txt", b"  \n \n", "holds no text"),
        ("f.doc", b"\xd0\xcf\x11\xe0", "Save it as .docx"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_line(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(BadInput, match=message) as caught:
        read_paper(path)
    assert "\n" not in str(caught.value)


def test_a_scan_is_told_apart_from_an_empty_paper(tmp_path: Path) -> None:
    pytest.importorskip("reportlab")
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "scan.pdf"
    canvas = Canvas(str(path))
    canvas.rect(50, 50, 400, 600, fill=1)
    canvas.showPage()
    canvas.save()
    with pytest.raises(BadInput, match="without text, such as a scan"):
        read_paper(path)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="There is no file"):
        read_paper(tmp_path / "none.txt")


def test_a_text_without_full_stops_is_taken_in_pieces(tmp_path: Path) -> None:
    """No rule is to be kept busy by one endless sentence."""
    path = tmp_path / "endless.txt"
    path.write_text("The Safer Board and Police " * 4000, encoding="utf-8")
    sentences = list(read_paper(path).sentences())
    assert max(len(sentence.text) for sentence in sentences) <= 1200
    assert " ".join(sentence.text for sentence in sentences).split() == path.read_text(encoding="utf-8").split()


def test_the_paper_is_of_its_own_day_not_of_the_meeting_before(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(
        "Report to the Police and Crime Panel\n\nOffice of the Commissioner\n\n14th September 2017\n\n1) Purpose:\n\n"
        "This tells members what has happened since the panel last met on 22nd June 2017.\n",
        encoding="utf-8",
    )
    paper = read_paper(path)
    assert (paper.date, paper.meeting) == ("2017-09-14", "")


def test_a_numbered_paragraph_in_a_list_has_its_own_number(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(
        "1 Purpose\n\n- 1.1 The Act says:\n- 1.2 Each body must report.\n- 1.3 It must be sent to:\n- the panel;\n",
        encoding="utf-8",
    )
    found = locators(read_paper(path))
    assert found["Each body must report."] == "1.2"
    assert found["the panel;"] == "1.3"


def test_a_quotation_begins_and_ends_with_whole_words(text_paper: Path) -> None:
    passage = next(passage for passage in read_paper(text_paper).passages if "responsible authority" in passage.text)
    assert passage.quote(5, 15) == "PCC is **not**"
