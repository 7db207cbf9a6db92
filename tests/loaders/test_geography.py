"""Look-up tables of any year are read by what their columns say, or refused in a line that tells what to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import dutygraph.loaders.geography
from dutygraph.errors import BadInput
from dutygraph.loaders.geography import Lookup, read_lookup

Read = Callable[[str, str | bytes], Lookup]
POLICE = """LAD27CD,LAD27NM,PFA27CD,PFA27NM,ObjectId
E07009901,Netherby,E23009901,Amberland,1
E07009902,Overby,E23009901,Amberland,2
"""


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def write_and_read(name: str, content: str | bytes) -> Lookup:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_lookup(path)

    return write_and_read


def pairs(lookup: Lookup) -> set[tuple[str, str, str]]:
    return {(item.part, item.word, item.whole) for item in lookup.relations}


def test_the_columns_say_what_lies_in_what(read: Read) -> None:
    lookup = read("lookup.csv", POLICE)
    assert pairs(lookup) == {
        ("E07009901", "within", "E23009901"),
        ("E07009902", "within", "E23009901"),
    }
    assert lookup.areas["E07009901"].name == "Netherby" and lookup.areas["E23009901"].kind_term == "PoliceArea"
    assert lookup.unused == ("ObjectId",)


@pytest.mark.parametrize(
    "content",
    [
        "\ufeff" + POLICE,
        POLICE.replace("\n", "\r\n"),
        POLICE.replace("LAD27", "LTLA31").replace("PFA27", "PFA31"),
        POLICE.replace("LAD27CD,LAD27NM", "lad27cd,lad27nm"),
        "PFA27NM,PFA27CD,LAD27NM,LAD27CD\nAmberland,E23009901,Netherby,E07009901\nAmberland,E23009901,Overby,E07009902\n",
        "LAD27CD,PFA27CD\nE07009901,E23009901\nE07009902,E23009901\n",
        POLICE + "\n\n,,,,\n",
    ],
    ids=[
        "byte-order mark",
        "Windows lines",
        "another year",
        "small letters",
        "another order",
        "no names",
        "empty lines",
    ],
)
def test_form_makes_no_difference(read: Read, content: str) -> None:
    assert pairs(read("lookup.csv", content)) == pairs(read("plain.csv", POLICE))


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("lad_pfa_dec2027.csv", date(2027, 12, 31)),
        ("Districts_to_PFA_(April_2027)_Lookup_in_EW.csv", date(2027, 4, 30)),
        ("lookup_may26.csv", date(2027, 12, 31)),
        ("lookup.csv", date(2027, 12, 31)),
    ],
)
def test_the_day_comes_from_the_columns_and_the_month_of_the_name(read: Read, name: str, day: date) -> None:
    assert read(name, POLICE).as_at == day


def test_a_district_in_one_partnership_area_and_that_in_a_police_area(read: Read) -> None:
    lookup = read("a.csv", "LAD27CD,CSP27CD,PFA27CD\nE07009901,E22009901,E23009901\nE07009902,E22009901,E23009901\n")
    assert pairs(lookup) == {
        ("E07009901", "within", "E22009901"),
        ("E07009902", "within", "E22009901"),
        ("E07009901", "within", "E23009901"),
        ("E07009902", "within", "E23009901"),
        ("E22009901", "within", "E23009901"),
    }


def test_small_areas_counted_tell_whole_from_part(read: Read) -> None:
    counted = "LAD27CD,ICB27CD,LSOA21_COUNT\nE07009901,E54009901,30\nE07009901,E54009902,10\nE07009902,E54009902,5\n"
    lookup = read("a.csv", counted)
    assert pairs(lookup) == {
        ("E07009901", "overlaps", "E54009901"),
        ("E07009901", "overlaps", "E54009902"),
        ("E07009902", "within", "E54009902"),
    }
    assert {item.whole: item.share for item in lookup.relations if item.part == "E07009901"} == {
        "E54009901": 0.75,
        "E54009902": 0.25,
    }


def test_small_areas_listed_one_by_one_are_counted(read: Read) -> None:
    rows = "".join(f"E0100{number:04d},E07009901,E54009901\n" for number in range(3))
    lookup = read("a.csv", f"LSOA21CD,LAD27CD,ICB27CD\n{rows}E01009999,E07009901,E54009902\n")
    assert {(item.whole, item.word, item.share) for item in lookup.relations} == {
        ("E54009901", "overlaps", 0.75),
        ("E54009902", "overlaps", 0.25),
    }
    assert lookup.repeated == []


def test_an_upper_tier_area_counts_as_county_and_a_district_is_not_in_itself(read: Read) -> None:
    lookup = read("a.csv", "LTLA27CD,UTLA27CD\nE07009901,E10009901\nE06009901,E06009901\nE08009901,E11009901\n")
    assert {(item.part, item.whole, item.family) for item in lookup.relations} == {
        ("E07009901", "E10009901", "county"),
        ("E08009901", "E11009901", "county"),
    }


def test_an_empty_cell_and_the_code_for_nowhere_state_nothing(read: Read) -> None:
    lookup = read("a.csv", "LAD27CD,CTY27CD\nE07009901,E10009901\nE06009901,\nE06009902,E99999999\n")
    assert pairs(lookup) == {("E07009901", "within", "E10009901")}
    assert set(lookup.partless) == {"E06009901", "E06009902"} and not lookup.broken


def test_rows_of_other_countries_are_counted_and_left_out(read: Read) -> None:
    lookup = read("a.csv", POLICE + "S12009901,Glen,S23000009,Scotland,3\nN09000001,Lough,N24000001,North,4\n")
    assert lookup.elsewhere == 2 and len(lookup.relations) == 2


def test_repeated_rows_are_told_by_line_and_counted_once(read: Read) -> None:
    lookup = read("a.csv", POLICE + "E07009901,Netherby,E23009901,Amberland,9\n")
    assert lookup.repeated == [(4, 2)] and len(lookup.relations) == 2


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("E0700990,Netherby,E23009901,Amberland,3", 'a.csv, line 4: "E0700990" in LAD27CD is no code'),
        ("E23009901,Netherby,E07009903,Amberland,3", "the code of a district begins with E06"),
        ("E07009903,Farby,E23009901", "the line has 3 cells, the header 5"),
    ],
)
def test_a_broken_row_is_told_by_line(read: Read, row: str, said: str) -> None:
    lookup = read("a.csv", POLICE + row + "\n")
    assert len(lookup.broken) == 1 and said in lookup.broken[0]


def test_a_code_with_two_names_keeps_the_first_and_is_told(read: Read) -> None:
    lookup = read("a.csv", POLICE + "E07009901,Somewhere,E23009902,Quillshire,3\n")
    assert lookup.areas["E07009901"].name == "Netherby" and not lookup.broken
    assert list(lookup.two_names.values()) == ['line 4: E07009901 is called "Somewhere", in line 2 "Netherby"']


def test_of_many_broken_rows_the_first_are_listed_and_all_counted(read: Read) -> None:
    lookup = read("a.csv", POLICE + "".join(f"x{n},x,x,x,x\n" for n in range(80)))
    assert (len(lookup.broken), lookup.broken_rows) == (50, 80)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<!DOCTYPE html><html>", "a web page or XML, not a table"),
        ('\ufeff{"type": "FeatureCollection"}', "JSON, not a table"),
        (b"PK\x03\x04rest", "a workbook or a ZIP archive"),
        (POLICE.encode("utf-16"), "no text in UTF-8"),
        (POLICE.replace(",", ";"), "parted by semicolons"),
        (POLICE.replace(",", "\t"), "parted by tabs"),
        (POLICE.replace("Overby", "Ynys Môn").encode("latin-1"), "line 3: byte 0xf4 is not UTF-8"),
        (POLICE.split("\n", 1)[1], "no column is known"),
        ("name,colour\nNetherby,red\n", "no column is known"),
        ("LAD27CD,LAD27CD\nE07009901,E07009901\n", "stands there twice"),
        ('LAD27CD,PFA27CD\n"E07009901,E23009901\n', "the line is no CSV"),
        ("", "is empty"),
        ("\n\n", "is empty"),
        ("LAD27CD,PFA27CD\nS12009901,S23000009\n", "names no area of England and Wales"),
        ("LAD27CD,PFA27CD\n", "names no area of England and Wales"),
    ],
)
def test_what_is_no_look_up_table_is_refused_in_a_line(read: Read, content: str | bytes, said: str) -> None:
    with pytest.raises(BadInput, match=said) as caught:
        read("a.csv", content)
    assert len(str(caught.value).splitlines()) == 1


def test_a_huge_file_is_refused_unread(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dutygraph.loaders.geography, "MAX_BYTES", 20)
    with pytest.raises(BadInput, match="no look-up table is larger"):
        read("a.csv", POLICE)


def test_a_folder_or_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is a folder"):
        read_lookup(tmp_path)
    with pytest.raises(BadInput, match="cannot be read"):
        read_lookup(tmp_path / "none.csv")


def test_a_plain_list_of_codes_and_names_is_known_by_its_codes(read: Read) -> None:
    lookup = read("boards_apr2027.csv", "code,name,nhs_region\nE54009901,NHS Amber Integrated Care Board,East\n")
    assert lookup.areas["E54009901"].kind_term == "HealthArea" and lookup.as_at == date(2027, 4, 30)
    with pytest.raises(BadInput, match="Put month and year into its name"):
        read("boards.csv", "code,name\nE54009901,NHS Amber Integrated Care Board\n")


AUTHORITIES = """local-authority-code,official-name,nice-name,gss-code,start-date,end-date,replaced-by,county-la,combined-authority
NET,Netherby Borough Council,Netherby,E07009901,1974-04-01,,,AMB,
MAR,Marshby District Council,Marshby,E07009900,1974-04-01,2009-03-31,QUI,AMB,
QUI,Quillport Council,Quillport,E06009901,2009-04-01,,,,QCA
AMB,Ambershire County Council,Ambershire,E10009901,1974-04-01,,,,
QCA,Quill Combined Authority,Quill,E47009901,2016-04-01,,,,
GLE,Glen Council,Glen,S12009901,1996-04-01,,,,
"""


def test_the_list_of_authorities_has_days_successors_counties_and_combined_authorities(read: Read) -> None:
    lookup = read("authorities_2027.csv", AUTHORITIES)
    assert lookup.publisher == "mySociety" and lookup.elsewhere == 1
    gone = lookup.areas["E07009900"]
    assert (gone.valid_until, gone.successors) == ("2009-04-01", ("E06009901",))
    assert pairs(lookup) == {("E07009901", "within", "E10009901"), ("E06009901", "within", "E47009901")}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("2009-03-31", "31/03/2009", "is no date such as"),
        ("2009-03-31", "1970-01-01", "before it begins"),
        ("E10009901,1974-04-01,,,,", "E10009901,1974-04-01,,,", "the line has 8 cells"),
    ],
)
def test_a_broken_row_of_the_list_of_authorities_is_told(read: Read, old: str, new: str, said: str) -> None:
    lookup = read("authorities_2027.csv", AUTHORITIES.replace(old, new))
    assert len(lookup.broken) == 1 and said in lookup.broken[0]


def test_a_list_of_authorities_without_a_needed_column_is_refused(read: Read) -> None:
    with pytest.raises(BadInput, match="has no column end-date"):
        read("authorities_2027.csv", AUTHORITIES.replace("end-date", "ended"))
