"""What a CLML file says is what the reader hands on: identifiers, words, dates, extent, status, other Acts' text."""

from __future__ import annotations

import gc
import re
from pathlib import Path

import pytest

from dutygraph.errors import BadInput
from dutygraph.loaders.clml.model import Document, Entry, Provision, Quotation, Table, Words
from dutygraph.loaders.clml.reader import MOST_DEPTH, read_document

FILES = Path(__file__).parent / "files"
SHARED = Path(__file__).parents[4] / "shared" / "clml"
ACT = "http://www.legislation.gov.uk/id/ukpga/2999/7"


@pytest.fixture(scope="module")
def act() -> Document:
    return read_document(FILES / "small_act.xml")


def provision(document: Document, path: str) -> Provision:
    (found,) = [each for each in document.walk() if each.path == path]
    return found


def test_the_document_says_what_it_is(act: Document) -> None:
    assert (act.iri, act.title, act.year, act.number) == (ACT, "Lanterns Act 2999", "2999", "7")
    assert (act.made_on, act.valid_on, act.extent, act.fragment) == ("2999-01-05", "2999-06-01", "E+W+S", False)


def test_provisions_come_in_document_order(act: Document) -> None:
    assert [each.path for each in act.walk()] == [
        "part/1",
        "section/1",
        "section/1/1",
        "section/1/1/a",
        "section/1/1/b",
        "section/1/2",
        "section/1/3",
        "section/2",
        "section/3",
        "section/4",
        "schedule/1",
        "schedule/1/paragraph/1",
    ]


def test_lead_in_items_and_tail(act: Document) -> None:
    subsection = provision(act, "section/1/1")
    assert subsection.lead_in == "If a lantern authority—"
    assert [item.own_text for item in subsection.children] == ["keep a lamp, or", "keep a wick,"]
    assert subsection.tail == "the authority must light it under the Wicks Act 2998."


def test_changes_and_citations_say_where_they_are(act: Document) -> None:
    tail = provision(act, "section/1/1").content[-1]
    assert isinstance(tail, Words)
    assert [tail.text[change.start : change.end] for change in tail.changes] == ["light"]
    (cited,) = tail.references
    assert tail.text[cited.start : cited.end] == "the Wicks Act 2998"
    assert cited.iri == "http://www.legislation.gov.uk/id/ukpga/2998/3"


def test_another_acts_words_are_no_provisions_of_this_one(act: Document) -> None:
    kinds = [type(part) for part in provision(act, "section/1/2").content]
    assert kinds == [Words, Quotation, Words]
    quotation = provision(act, "section/1/2").content[1]
    assert isinstance(quotation, Quotation) and quotation.numbers == ("4A",)
    assert "trim" not in provision(act, "section/1/2").own_text


def test_a_list_beside_a_subsection_that_ends_in_a_dash_is_its_list(act: Document) -> None:
    (_words, entry) = provision(act, "section/1/3").content
    assert isinstance(entry, Entry) and entry.definition
    assert provision(act, "section/1/3").own_text == "In this section— “lamp” means a light;"


def test_text_after_such_a_list_is_the_tail_of_the_subsection() -> None:
    beside = b"</UnorderedList><BlockText><Para><Text>unless it is dark.</Text></Para></BlockText>"
    data = (FILES / "small_act.xml").read_bytes().replace(b"</UnorderedList>", beside)
    document = read_document(Path("changed.xml"), data)
    assert provision(document, "section/1/3").tail == "unless it is dark."
    assert provision(document, "section/1").own_text == ""


@pytest.mark.parametrize(
    ("identifiers", "expected"),
    [
        ('id="section-7-2-a"', "section/7/2/a"),
        ('id="p00223"', "section/1/1/a"),
        ("", "section/1/1/a"),
    ],
)
def test_without_identifier_the_path_comes_from_the_id_or_the_number(identifiers: str, expected: str) -> None:
    data = (FILES / "small_act.xml").read_text(encoding="utf-8")
    data = data.replace('<P3 IdURI="http://www.legislation.gov.uk/id/ukpga/2999/7/section/1/1/a"', f"<P3 {identifiers}")
    document = read_document(Path("changed.xml"), data.encode())
    assert provision(document, expected).own_text == "keep a lamp, or"


def test_dates_do_not_come_from_the_snapshot_as_a_whole() -> None:
    data = (
        (FILES / "small_act.xml").read_text(encoding="utf-8").replace('<Body RestrictStartDate="2999-06-01">', "<Body>")
    )
    assert provision(read_document(Path("changed.xml"), data.encode()), "part/1").start == ""


@pytest.mark.parametrize(
    ("path", "start", "end", "extent"),
    [
        ("section/1", "2999-01-05", "2999-09-01", "E+W"),
        ("section/1/1/a", "2999-03-01", "", "E+W"),
        ("section/1/1/b", "2999-01-05", "2999-02-01", "W"),
        ("section/2", "", "", "E+W"),
        ("schedule/1/paragraph/1", "", "", "E+W+S"),
    ],
)
def test_dates_and_extent_come_from_the_nearest_that_has_them(
    act: Document, path: str, start: str, end: str, extent: str
) -> None:
    found = provision(act, path)
    assert (found.start, found.end, found.extent) == (start, end, extent)


@pytest.mark.parametrize(
    ("path", "status", "extent"),
    [
        ("section/1", "", ""),
        ("section/2", "prospective", ""),
        ("section/3", "repealed", ""),
        ("section/4", "repealed", "W"),
    ],
)
def test_what_does_not_stand_says_so(act: Document, path: str, status: str, extent: str) -> None:
    found = provision(act, path)
    assert (found.status, found.status_extent) == (status, extent)


def test_headings_numbers_and_notes(act: Document) -> None:
    section = provision(act, "section/1")
    assert (section.number, section.heading, section.kind) == ("1", "Duty to keep lanterns", "section")
    assert section.notes == ("c1", "c2") and section.confers_power
    assert [(note.key, note.kind) for note in act.notes] == [("c1", "F"), ("c2", "I")]
    assert provision(act, "schedule/1").heading == "Fees"


def test_a_tables_text_is_kept_apart(act: Document) -> None:
    (table,) = provision(act, "schedule/1/paragraph/1").content
    assert isinstance(table, Table) and "£2" in table.text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no XML",
        "<a",
        "<Legislation/>",
        "<html><body>Not found</body></html>",
        '<!DOCTYPE a [<!ENTITY b "c">]><Legislation IdURI="http://www.legislation.gov.uk/id/ukpga/2999/7">&b;</Legislation>',
        "<a>" * (MOST_DEPTH + 1) + "</a>" * (MOST_DEPTH + 1),
    ],
)
def test_what_is_no_clml_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(BadInput, match=r"broken\.xml") as refused:
        read_document(Path("broken.xml"), text.encode())
    assert "\n" not in str(refused.value)


def test_what_stands_in_a_prospective_provision_has_its_start() -> None:
    """A provision's dates are those of the nearest element that has some, also where the text is prospective."""
    text = f"""<Legislation IdURI="{ACT}" RestrictStartDate="2999-02-01"><Body>
    <P1 IdURI="{ACT}/section/8" Status="Prospective" RestrictStartDate="2999-03-01"><P1para>
    <P2 IdURI="{ACT}/section/8/1"><P2para><Text>One.</Text></P2para></P2>
    <P2 IdURI="{ACT}/section/8/2" RestrictExtent="W"><P2para><Text>Two.</Text></P2para></P2></P1para></P1>
    <P1 IdURI="{ACT}/section/9" Status="Prospective"><P1para><Text>Nine.</Text></P1para></P1></Body></Legislation>"""
    document = read_document(Path("prospective.xml"), text.encode())
    assert {each.path: (each.start, each.status) for each in document.walk()} == {
        "section/8": ("2999-03-01", "prospective"),
        "section/8/1": ("2999-03-01", "prospective"),
        "section/8/2": ("2999-03-01", "prospective"),
        "section/9": ("", "prospective"),
    }


def test_marks_keep_their_places_where_white_space_is_squeezed() -> None:
    text = f"""<Legislation IdURI="{ACT}"><Body><P1 IdURI="{ACT}/section/1"><P1para><Text>
       The  <Term>lamp
       keeper</Term>\tmust <Addition> light </Addition>
       it under <Citation URI="{ACT}/section/2">section\n2</Citation> .</Text></P1para></P1></Body></Legislation>"""
    (words,) = read_document(Path("spaced.xml"), text.encode()).provisions[0].content
    assert isinstance(words, Words) and words.text == "The lamp keeper must light it under section 2 ."
    assert words.terms == ("lamp keeper",)
    marks = [words.text[mark.start : mark.end] for mark in (*words.changes, *words.references)]
    assert marks == ["light ", "section 2"]


def test_a_document_is_freed_when_nobody_holds_it() -> None:
    """A folder of files must not wait for the cycle collector, document upon document."""
    gc.disable()
    try:
        read_document(FILES / "small_act.xml")
        gc.collect()
        before = len(gc.get_objects())
        for _time in range(5):
            read_document(FILES / "small_act.xml")
        assert len(gc.get_objects()) - before < 50
    finally:
        gc.enable()


def test_marks_inside_a_footnote_are_left_out_with_it() -> None:
    note = "<Footnote><Para><Text>not <Term>this</Term></Text></Para></Footnote>"
    text = f"""<Legislation IdURI="{ACT}"><Body><P1 IdURI="{ACT}/section/1"><P1para><Text>Keep <Addition
       CommentaryRef="c1">it{note}</Addition> lit.</Text></P1para></P1></Body></Legislation>"""
    (one,) = read_document(Path("noted.xml"), text.encode()).provisions[0].content
    assert isinstance(one, Words) and one.text == "Keep it lit."
    assert one.terms == () and [(change.start, change.end) for change in one.changes] == [(5, 7)]


def test_a_file_may_give_its_elements_a_prefix(act: Document) -> None:
    text = (FILES / "small_act.xml").read_text(encoding="utf-8")
    note = "keep <Emphasis>a<Footnote><Para><Text>no lamp</Text></Para></Footnote></Emphasis> wick"
    text = text.replace("keep a wick", note)
    prefixed = re.sub(r"(</?)([A-Z]\w*|table|tr|td|th)\b", r"\1leg:\2", text).replace("xmlns=", "xmlns:leg=")
    plain = read_document(Path("small_act.xml"), text.encode())
    assert len(list(plain.walk())) == len(list(act.walk())) and "no lamp" not in str(plain)
    assert "<leg:Footnote>" in prefixed
    assert read_document(Path("small_act.xml"), prefixed.encode()) == plain


def test_reading_leaves_the_cycle_collector_as_it_was() -> None:
    was_on = gc.isenabled()
    for switch in (gc.disable, gc.enable):
        switch()
        before = gc.isenabled()
        with pytest.raises(BadInput):
            read_document(Path("broken.xml"), b"<a")
        assert gc.isenabled() == before
    assert was_on == gc.isenabled()


@pytest.mark.skipif(not SHARED.is_dir(), reason="the published files are not beside this checkout")
def test_every_identifier_read_stands_in_the_published_file() -> None:
    for path in sorted(SHARED.glob("*.xml")):
        text = path.read_text(encoding="utf-8")
        document = read_document(path)
        assert all(f'IdURI="{each.iri}"' in text for each in document.walk())
