"""Citations in text: what is found, what it is bound to, what is left alone. A new case is a line in a file."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutygraph.citations import Instruments, LegislationUri, cite_range, find_citations
from dutygraph.citations.uris import ID, id_iri

HERE = Path(__file__).parent
KNOWN = Instruments(
    [
        ("Crime and Disorder Act 1998", "ukpga/1998/37"),
        ("CDA 1998", "ukpga/1998/37"),
        ("Deddf Trosedd ac Anhrefn 1998", "ukpga/1998/37"),
        ("Ddeddf Trosedd ac Anhrefn 1998", "ukpga/1998/37"),
        ("Police, Crime, Sentencing and Courts Act 2022", "ukpga/2022/32"),
    ]
)


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lines(name: str) -> list[str]:
    return [line for line in (HERE / name).read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


@pytest.mark.parametrize("row", rows("found.csv"), ids=lambda row: row["text"][:60])
def test_what_is_attached_is_bound(row: dict[str, str]) -> None:
    found = find_citations(row["text"], KNOWN)
    assert [each.written for each in found] == row["written"].split(" | ")
    assert [each.iri.removeprefix(ID) for each in found] == row["iri"].split(" | ")


@pytest.mark.parametrize("text", lines("unbound.txt"))
def test_what_is_not_attached_is_not_bound(text: str) -> None:
    assert not [each for each in find_citations(text, KNOWN) if each.provision and each.iri]


def test_the_mention_is_where_it_says() -> None:
    text = "As to plans, see sections 5 and 6 of the Crime and\nDisorder Act 1998."
    for found in find_citations(text, KNOWN):
        assert " ".join(text[found.start : found.end].split()) == found.text
        assert found.text == "sections 5 and 6 of the Crime and Disorder Act 1998"


def test_a_range_has_both_ends() -> None:
    (found,) = find_citations("sections 5A–5C of the Crime and Disorder Act 1998", KNOWN)
    assert (found.provision, found.until) == ("section/5A", "section/5C")
    assert found.until_iri == ID + "ukpga/1998/37/section/5C"


def test_an_acts_own_text_cites_itself() -> None:
    found = find_citations(
        "subsection (2), section 9 and paragraph 3 of Schedule 1 to this Act",
        KNOWN,
        here="ukpga/1998/37",
        section="section/6/1",
    )
    assert [each.provision for each in found] == ["section/6/2", "section/9", "schedule/1/paragraph/3"]
    assert {each.work for each in found} == {"ukpga/1998/37"}


@given(st.text(alphabet="s. 6(1)abcSchpreg–,;&toandofthatActCDA1998SI/20\n“”\"'", max_size=120))
def test_any_text_can_be_read(text: str) -> None:
    for found in find_citations(text, KNOWN):
        assert 0 <= found.start < found.end <= len(text)


@pytest.mark.parametrize("row", rows("addresses.csv"), ids=lambda row: row["address"])
def test_addresses_are_taken_apart(row: dict[str, str]) -> None:
    uri = LegislationUri.parse(row["address"])
    assert (uri.work, uri.provision, uri.version) == (row["work"], row["provision"], row["version"])
    assert uri.iri == ID + row["iri"]
    assert LegislationUri.parse(uri.address) == uri


@pytest.mark.parametrize("address", ["", "ukpga", "ukpga/1998", "https://example.org/ukpga/1998/37", "ukpga/1998/x"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="no address"):
        LegislationUri.parse(address)


def test_a_version_is_an_address_and_no_identifier() -> None:
    uri = LegislationUri.parse("ukpga/1998/37/section/6").at(date(2012, 4, 1))
    assert uri.address == "http://www.legislation.gov.uk/ukpga/1998/37/section/6/2012-04-01"
    assert id_iri(uri.address) == uri.iri


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        ("section/5", "", "s. 5"),
        ("section/5", "section/7", "ss. 5–7"),
        ("regulation/4", "regulation/7", "regs 4–7"),
        ("section/5/1", "section/5/3", "s. 5(1)–(3)"),
        ("schedule/1/paragraph/2", "schedule/1/paragraph/4", "Sch. 1 paras 2–4"),
        ("schedule/1", "schedule/3", "Schs. 1–3"),
    ],
)
def test_a_run_is_written_as_lawyers_write_it(first: str, last: str, written: str) -> None:
    assert cite_range(first, last) == written
