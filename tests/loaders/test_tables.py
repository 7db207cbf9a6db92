"""A broken register is reported whole, in plain words, and nothing of it is loaded."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from dutygraph.errors import BadInput, DutyGraphError, RegisterFault
from dutygraph.graph.builds import fill
from dutygraph.loaders.tables import MAX_CELL, read_schema, read_tables

Mend = Callable[[Path, str, str], None]
PLACE = re.compile(r"^[\w-]+/[a-z_]+\.csv(, line \d+)?(, [^:]+)?: ")


def faults_of(*folders: Path) -> Sequence[str]:
    with pytest.raises(RegisterFault) as caught:
        read_tables(folders)
    assert str(caught.value).endswith("nothing was loaded.")
    return caught.value.faults


def only_fault_of(*folders: Path) -> str:
    faults = faults_of(*folders)
    assert len(faults) == 1, faults
    return faults[0]


def test_a_sound_register_gives_every_row_of_every_table(register_folder: Path) -> None:
    (tables,) = read_tables([register_folder])
    for path in register_folder.glob("*.csv"):
        lines = len(path.read_text(encoding="utf-8").splitlines()) - 1
        assert len(tables[path.stem]) == lines, path.name


def test_cells_come_out_typed(register_folder: Path) -> None:
    (tables,) = read_tables([register_folder])
    trust = next(row for row in tables["bodies"] if row["id"] == "netherby-vale-primary-care-trust")
    assert trust["attested_from"] == date(2005, 1, 1)
    assert trust["valid_from"] is None
    assert trust["also_called"] == ("Netherby Vale PCT",)
    assert trust["successors"] == ()
    assert tables["funding"][0]["amount"] == Decimal("12500.50")
    assert trust.file == "register/bodies.csv"


def test_every_column_of_the_schema_is_described() -> None:
    for table in read_schema().values():
        for column in table.columns:
            assert column.description and column.description == column.description.strip(), (table, column)


def test_every_reference_of_the_schema_points_into_a_table() -> None:
    schema = read_schema()
    for table in schema.values():
        for column in table.columns:
            if column.refers_to and not column.refers_to.startswith("@"):
                name, _, key = column.refers_to.partition(".")
                assert schema[name].key[0] == key, f"{table.name}.{column.name}"


def test_a_british_date_is_a_fault_that_says_how_to_write_it(copied_register: Path, mend: Mend) -> None:
    mend(
        copied_register / "areas.csv",
        "E07009902,Overby,district,E,,1974-04-01",
        "E07009902,Overby,district,E,,31/01/2023",
    )
    assert only_fault_of(copied_register) == (
        'register/areas.csv, line 7, valid_from: "31/01/2023" is not a date. Write it as 2023-01-31.'
    )


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2023-02-30", "is not a day of the calendar"),
        ("2023-1-31", "is not a date"),
        ("31.01.2023", "Write it as 2023-01-31."),
        ("tomorrow", "Write year, month and day as in 2023-01-31."),
        ("٢٠٢٣-٠١-٣١", "is not a"),
        ("20230131", "is not a date"),
    ],
)
def test_a_wrong_date_is_a_fault(copied_register: Path, mend: Mend, written: str, said: str) -> None:
    mend(
        copied_register / "classes.csv",
        "yes,1998-09-30,,,E;W,ukpga/1998/901/section/5/1",
        f"yes,{written},,,E;W,ukpga/1998/901/section/5/1",
    )
    fault = only_fault_of(copied_register)
    assert fault.startswith("register/classes.csv, line 2, valid_from: ")
    assert written in fault and said in fault


def test_an_unknown_key_is_a_fault_that_names_the_nearest(copied_register: Path, mend: Mend) -> None:
    mend(
        copied_register / "rules.csv",
        "ra-unitary,spa1998-responsible-authority,unitary-council",
        "ra-unitary,spa1998-responsible-authority,unitary-councli",
    )
    assert only_fault_of(copied_register) == (
        'register/rules.csv, line 3, kind: no row of kinds.csv has the name "unitary-councli". Did you mean unitary-council or county-council?'
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "class:spa1998-directing-minister",
            "class:spa1998-directing-ministre",
            "Did you mean spa1998-directing-minister?",
        ),
        (
            "class:spa1998-directing-minister",
            "spa1998-directing-minister",
            "must begin with one of class:, body:, partnership:, text:",
        ),
        ("class:spa1998-directing-minister", "clas:spa1998-directing-minister", "must begin with one of"),
        ("class:spa1998-directing-minister", "class:", "must begin with one of"),
        ("class:spa1998-directing-minister", "area:E92000001", "must begin with one of"),
    ],
)
def test_a_holder_that_is_nobody_is_a_fault(copied_register: Path, mend: Mend, old: str, new: str, said: str) -> None:
    mend(copied_register / "norms.csv", old, new)
    fault = only_fault_of(copied_register)
    assert fault.startswith("register/norms.csv, line 7, holder: ") and said in fault


def test_a_name_given_twice_is_a_fault_with_both_places(copied_register: Path, mend: Mend) -> None:
    mend(copied_register / "topics.csv", "planning,planning", "serious-violence,planning")
    faults = faults_of(copied_register)
    assert faults[0].startswith(
        'register/topics.csv, line 4, id: "serious-violence" stands already in register/topics.csv, line 3.'
    )


def test_an_unknown_column_is_a_fault_that_names_the_nearest(copied_register: Path, mend: Mend) -> None:
    mend(copied_register / "topics.csv", "id,label,also_called,broader,note", "id,label,also_called,broder,note")
    faults = faults_of(copied_register)
    assert faults[0] == 'register/topics.csv, line 1, "broder": the table has no such column. Did you mean broader?'
    assert faults[1].startswith("register/topics.csv, line 1, broader: the column is missing.")
    assert len(faults) == 2, "rows that refer to the table are no further faults"


def test_a_column_that_stands_there_twice_is_a_fault(copied_register: Path) -> None:
    path = copied_register / "roles.csv"
    path.write_text("id,label,also_called,note,note\n", encoding="utf-8")
    assert only_fault_of(copied_register) == "register/roles.csv, line 1, note: the column stands there twice."


def test_columns_may_stand_in_any_order(copied_register: Path) -> None:
    path = copied_register / "roles.csv"
    path.write_text("label,note,id,also_called\nchair,,chair,\nmember,,member,\nguest,,guest,\n", encoding="utf-8")
    (tables,) = read_tables([copied_register])
    assert [row["id"] for row in tables["roles"]] == ["chair", "member", "guest"]


def test_an_unknown_table_is_a_fault_that_names_the_nearest(copied_register: Path) -> None:
    (copied_register / "norm.csv").write_text("id\n", encoding="utf-8")
    assert (
        only_fault_of(copied_register)
        == "register/norm.csv: no table has this name. Did you mean norms.csv or names.csv?"
    )


def test_a_missing_table_is_a_fault(copied_register: Path) -> None:
    (copied_register / "funding.csv").unlink()
    assert only_fault_of(copied_register) == "register/funding.csv: the table is missing."


def test_the_faults_of_two_files_stand_in_one_report(copied_register: Path, mend: Mend) -> None:
    mend(copied_register / "areas.csv", "Quillport,unitary-area,E,", "Quillport,unitary-area,X,")
    mend(copied_register / "rules.csv", "same,,,2021-05-10", "sane,,,10/05/2021")
    mend(copied_register / "roles.csv", "chair,chair,", "chair,,")
    with pytest.raises(RegisterFault) as caught:
        read_tables([copied_register])
    places = [fault.split(":")[0] for fault in caught.value.faults]
    assert sorted(place.split(",")[0] for place in places) == [
        "register/areas.csv",
        "register/roles.csv",
        "register/rules.csv",
        "register/rules.csv",
    ]
    assert "4 faults; nothing was loaded." in str(caught.value)
    assert all(PLACE.match(fault) for fault in caught.value.faults)


def test_windows_bytes_are_a_fault_that_says_how_to_save(copied_register: Path) -> None:
    path = copied_register / "bodies.csv"
    path.write_bytes(
        path.read_text(encoding="utf-8").replace("Cyngor Sir Wen", "Cyngor Sir Wên").encode("windows-1252")
    )
    fault = only_fault_of(copied_register)
    assert fault.startswith("register/bodies.csv, line 7: byte 0xea is not UTF-8 (is the file saved as Windows-1252?).")
    assert "CSV UTF-8" in fault


def test_utf_16_is_a_fault_and_no_crash(copied_register: Path) -> None:
    path = copied_register / "roles.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))
    assert only_fault_of(copied_register).startswith("register/roles.csv, line 1: byte 0xff is not UTF-8")


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f"])
def test_a_control_character_is_a_fault(copied_register: Path, mend: Mend, character: str) -> None:
    mend(copied_register / "roles.csv", "guest,guest,", f"guest,gu{character}est,")
    assert faults_of(copied_register)[0] == (
        f"register/roles.csv, line 4, label: the cell holds the control character U+{ord(character):04X}. Take it out."
    )


@pytest.mark.parametrize("content", [b"", b"\n", b" \r\n\r\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_a_fault_that_names_the_columns(copied_register: Path, content: bytes) -> None:
    (copied_register / "roles.csv").write_bytes(content)
    assert only_fault_of(copied_register) == (
        "register/roles.csv, line 1: the file is empty. Its first line must name the columns: id,label,also_called,note"
    )


def test_a_table_without_rows_is_sound(copied_register: Path) -> None:
    (copied_register / "funding.csv").write_text(
        (copied_register / "funding.csv").read_text(encoding="utf-8").splitlines()[0], encoding="utf-8"
    )
    (tables,) = read_tables([copied_register])
    assert tables["funding"] == []


def test_a_byte_order_mark_and_windows_line_ends_are_no_fault(copied_register: Path) -> None:
    path = copied_register / "bodies.csv"
    before = [dict(row.values) for row in read_tables([copied_register])[0]["bodies"]]
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert [dict(row.values) for row in read_tables([copied_register])[0]["bodies"]] == before


def test_blank_lines_are_no_rows(copied_register: Path, mend: Mend) -> None:
    mend(copied_register / "roles.csv", "member,member", "\n,,,\nmember,member")
    (tables,) = read_tables([copied_register])
    assert [row.line for row in tables["roles"]] == [2, 5, 6]


def test_semicolons_between_columns_are_one_fault(copied_register: Path) -> None:
    path = copied_register / "roles.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",", ";"), encoding="utf-8")
    assert only_fault_of(copied_register) == (
        "register/roles.csv, line 1: the columns are parted by semicolons. Save the table with commas."
    )


def test_a_comma_too_many_is_a_fault_that_says_why(copied_register: Path, mend: Mend) -> None:
    mend(
        copied_register / "topics.csv",
        "planning,planning,,community-safety,",
        "planning,planning, and more,,community-safety,",
    )
    fault = next(fault for fault in faults_of(copied_register) if fault.startswith("register/topics.csv"))
    assert fault == (
        "register/topics.csv, line 4: the line has 6 cells, the table 5 columns. "
        "A cell with a comma in it must stand in quotes."
    )


def test_a_quote_that_never_ends_is_a_fault(copied_register: Path, mend: Mend) -> None:
    mend(copied_register / "roles.csv", "member,member,", 'member,"member,')
    fault = faults_of(copied_register)[0]
    assert fault.startswith("register/roles.csv, line ") and "Look for an unclosed quote." in fault


def test_a_huge_cell_is_a_fault_and_takes_no_time(copied_register: Path, mend: Mend) -> None:
    mend(copied_register / "roles.csv", "chair,chair,", f"chair,{'x' * (MAX_CELL + 1)},")
    fault = faults_of(copied_register)[0]
    assert fault.startswith("register/roles.csv, line 2, label: the cell holds 20001 characters, 20000 are allowed.")
    assert len(fault) < 200


def test_a_cell_too_large_for_the_csv_reader_is_a_fault(copied_register: Path, mend: Mend) -> None:
    mend(copied_register / "roles.csv", "chair,chair,", f"chair,{'x' * 200_000},")
    assert faults_of(copied_register)[0].startswith("register/roles.csv, line ")


def test_an_empty_cell_that_is_needed_is_a_fault_that_says_what_it_needs(copied_register: Path, mend: Mend) -> None:
    mend(copied_register / "roles.csv", "chair,chair,", "chair,,")
    assert only_fault_of(copied_register) == "register/roles.csv, line 2, label: the cell is empty. It needs: Name."


def test_a_word_out_of_no_list_is_a_fault_with_the_list(copied_register: Path, mend: Mend) -> None:
    mend(copied_register / "norms.csv", "spa1998-s7-report,power", "spa1998-s7-report,right")
    assert only_fault_of(copied_register) == (
        'register/norms.csv, line 5, kind: "right" is not allowed. Allowed: duty, power, prohibition.'
    )


@pytest.mark.parametrize(
    "written", ["Chair Person", "chair/person", "chair#1", "../chair", "chair-", "<chair>", "cháir"]
)
def test_a_name_that_cannot_be_part_of_an_address_is_a_fault(copied_register: Path, mend: Mend, written: str) -> None:
    mend(copied_register / "roles.csv", "guest,guest,", f"{written},guest,")
    assert any("has not the right form. An example: chair" in fault for fault in faults_of(copied_register))


@pytest.mark.parametrize("written", ["£500", "1,000", "NaN", "Infinity", "five"])
def test_a_sum_that_is_no_number_is_a_fault(copied_register: Path, mend: Mend, written: str) -> None:
    mend(copied_register / "funding.csv", "12500.50", f'"{written}"')
    assert "is not a number" in only_fault_of(copied_register)


def test_an_end_before_its_start_is_a_fault(copied_register: Path, mend: Mend) -> None:
    mend(copied_register / "provisions.csv", "2003-04-01,2012-11-22", "2012-11-22,2003-04-01")
    assert only_fault_of(copied_register) == (
        "register/provisions.csv, line 6, valid_until: 2003-04-01 is not after 2012-11-22. "
        "It is the first day on which the row no longer holds."
    )


def test_an_interval_of_no_days_is_a_fault(copied_register: Path, mend: Mend) -> None:
    mend(copied_register / "provisions.csv", "2003-04-01,2012-11-22", "2012-11-22,2012-11-22")
    assert "2012-11-22 is not after 2012-11-22" in only_fault_of(copied_register)


def test_a_period_of_funding_that_ends_before_it_begins_is_a_fault(copied_register: Path, mend: Mend) -> None:
    mend(copied_register / "funding.csv", "2015-04-01,2016-04-01", "2016-04-01,2015-04-01")
    assert only_fault_of(copied_register).startswith(
        "register/funding.csv, line 2, period_until: 2015-04-01 is not after"
    )


def test_a_known_start_and_an_evidenced_day_together_are_a_fault(copied_register: Path, mend: Mend) -> None:
    mend(
        copied_register / "bodies.csv",
        "E38009901,Netherby Vale PCT,,2005-01-01",
        "E38009901,Netherby Vale PCT,2002-04-01,2005-01-01",
    )
    assert "attested_from: leave it empty where valid_from is known." in only_fault_of(copied_register)


@pytest.mark.parametrize(
    ("table", "old", "new", "said"),
    [
        ("bodies", "2009-04-01,quillport-council", "2009-04-01,marshby-district-council", "marshby-district-council"),
        (
            "topics",
            "community-safety,community safety,CSP work,,",
            "community-safety,community safety,CSP work,planning,",
            "planning",
        ),
        ("areas", "1974-04-01,2009-04-01,E06009901", "1974-04-01,2009-04-01,E07009900", "E07009900"),
    ],
)
def test_a_chain_that_leads_back_to_itself_is_a_fault(
    copied_register: Path, mend: Mend, table: str, old: str, new: str, said: str
) -> None:
    mend(copied_register / f"{table}.csv", old, new)
    assert f'"{said}" leads back to itself. Break the circle.' in "\n".join(faults_of(copied_register))


def test_successors_in_a_circle_are_each_a_fault(copied_register: Path, mend: Mend) -> None:
    path = copied_register / "bodies.csv"
    mend(
        path,
        "quillport-council,Quillport Council,unitary-council,E06009901,City of Quillport,2009-04-01,,,",
        "quillport-council,Quillport Council,unitary-council,E06009901,City of Quillport,2009-04-01,,,marshby-district-council",
    )
    faults = faults_of(copied_register)
    assert len(faults) == 2 and all("leads back to itself" in fault for fault in faults)


def test_a_row_with_a_fault_is_no_reason_for_faults_elsewhere(copied_register: Path, mend: Mend) -> None:
    mend(
        copied_register / "sources.csv",
        "tbl-areas,Table of invented areas,table",
        "tbl-areas,Table of invented areas,tabel",
    )
    assert "sources.csv, line 5, kind" in only_fault_of(copied_register)


def test_nothing_half_loads(copied_register: Path, mend: Mend) -> None:
    mend(copied_register / "roles.csv", "chair,chair,", "chair,,")
    with pytest.raises(RegisterFault):
        fill([copied_register])


def test_a_folder_without_tables_is_a_fault(register_folder: Path, tmp_path: Path) -> None:
    assert "there is no table here" in only_fault_of(register_folder, tmp_path)


def test_a_folder_that_is_not_there_is_a_fault(register_folder: Path, tmp_path: Path) -> None:
    assert "there is no table here" in only_fault_of(register_folder, tmp_path / "absent")


def own_register(folder: Path, table: str, *lines: str) -> Path:
    folder.mkdir(exist_ok=True)
    header = ",".join(column.name for column in read_schema()[table].columns)
    (folder / f"{table}.csv").write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return folder


OWN_BODY = "netherby-harbour-trust,Netherby Harbour Trust,public-body,E07009901,,2020-01-01,,,,,,tbl-areas,A,,"


def test_a_register_of_ones_own_may_hold_few_tables_and_refer_to_ours(register_folder: Path, tmp_path: Path) -> None:
    own = own_register(tmp_path / "own", "bodies", OWN_BODY)
    ours, theirs = read_tables([register_folder, own])
    assert theirs.keys() == {"bodies"} and theirs["bodies"][0].file == "own/bodies.csv"
    assert "netherby-harbour-trust" not in {row["id"] for row in ours["bodies"]}


def test_the_rows_of_ones_own_register_stand_in_a_graph_of_their_own(register_folder: Path, tmp_path: Path) -> None:
    own = own_register(tmp_path / "own", "bodies", OWN_BODY)
    store = fill([register_folder, own])
    rows = store.query(
        "SELECT DISTINCT ?g { GRAPH ?g { <https://w3id.org/dutygraph/id/body/netherby-harbour-trust> a ?kind } }"
    )
    assert [row["g"].value for row in rows] == ["https://w3id.org/dutygraph/graph/own"]  # type: ignore[index, union-attr]


def test_a_fault_in_ones_own_register_names_its_folder(register_folder: Path, tmp_path: Path) -> None:
    own = own_register(tmp_path / "own", "bodies", OWN_BODY.replace("E07009901", "E07009909"))
    assert only_fault_of(register_folder, own).startswith(
        'own/bodies.csv, line 2, area: no row of areas.csv has the name "E07009909". Did you mean '
    )


def test_a_name_of_ours_cannot_be_given_again_in_ones_own_register(register_folder: Path, tmp_path: Path) -> None:
    own = own_register(tmp_path / "own", "bodies", OWN_BODY.replace("netherby-harbour-trust", "quillport-council"))
    fault = only_fault_of(register_folder, own)
    assert fault.startswith(
        'own/bodies.csv, line 2, id: "quillport-council" stands already in register/bodies.csv, line 5.'
    )


@pytest.mark.parametrize("name", ["register", "derived", "ontology", "names", "♥"])
def test_a_folder_cannot_take_the_name_of_a_graph_of_ours(register_folder: Path, tmp_path: Path, name: str) -> None:
    own = own_register(tmp_path / name, "bodies", OWN_BODY)
    with pytest.raises(BadInput, match="cannot name a graph of its own"):
        fill([register_folder, own])


def test_a_schema_that_cannot_be_read_is_said_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_text("{", encoding="utf-8")
    with pytest.raises(DutyGraphError, match=r"datapackage\.json"):
        read_schema(tmp_path)
