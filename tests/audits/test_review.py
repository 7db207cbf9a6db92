"""A review goes out as a table and comes back as rows of an own register: whole or not at all, and once."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import dutygraph.reviews
from dutygraph.errors import BadInput, RegisterFault
from dutygraph.loaders.tables import read_tables
from dutygraph.reviews import COLUMNS, load_review

REGISTER = Path(__file__).parents[1] / "fixtures" / "register"

SEAT = {
    **dict.fromkeys(COLUMNS, ""),
    "decision": "accept",
    "id": "a1",
    "kind": "membership",
    "subject": "Netherby Borough Council",
    "subject_id": "body:netherby-borough-council",
    "relation": "memberOf",
    "object": "Netherby CSP",
    "object_id": "partnership:netherby-csp",
    "quote": "the council is a member",
    "locator": "2.1",
    "paper": "panel.txt",
    "title": "Safe places",
    "date": "2023-11-03",
}
MONEY = {**SEAT, "id": "a2", "kind": "funding", "relation": "funds", "value": "500.0", "on": "2023", "object_id": ""}
DUTY = {**SEAT, "id": "a3", "kind": "duty", "relation": "hasDuty"}


@pytest.fixture(autouse=True)
def invented(monkeypatch: pytest.MonkeyPatch) -> None:
    """References lead into the invented register."""
    monkeypatch.setattr(dutygraph.reviews, "FOLDER", REGISTER)


def write(folder: Path, *rows: dict[str, str]) -> Path:
    path = folder / "review.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_accepted_rows_become_rows_of_a_sound_register_once(tmp_path: Path) -> None:
    table = write(
        tmp_path, SEAT, MONEY, {**SEAT, "id": "a4", "decision": "reject"}, {**SEAT, "id": "a5", "decision": ""}
    )
    for _time in range(2):
        assert load_review(table, tmp_path / "own").rows == {"sources": 1, "memberships": 1, "funding": 1}
    own = read_tables([REGISTER, tmp_path / "own"])[1]
    assert {name: len(rows) for name, rows in own.items() if rows} == {"sources": 1, "memberships": 1, "funding": 1}
    seat = (tmp_path / "own" / "memberships.csv").read_text(encoding="utf-8")
    assert "body:netherby-borough-council,netherby-csp,member" in seat and "Paper,paper-panel,2.1" in seat


def test_an_edited_row_takes_the_place_of_what_was_loaded(tmp_path: Path) -> None:
    load_review(write(tmp_path, SEAT), tmp_path / "own")
    load_review(write(tmp_path, {**SEAT, "decision": "edit", "locator": "9.9"}), tmp_path / "own")
    lines = (tmp_path / "own" / "memberships.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 2 and "9.9" in lines[1]


def test_what_cannot_become_a_row_is_told(tmp_path: Path) -> None:
    loaded = load_review(write(tmp_path, SEAT, DUTY, {**SEAT, "id": "a6", "object_id": ""}), tmp_path / "own")
    assert [line.split(":")[0] for line in loaded.left] == ["line 3", "line 4"]


@pytest.mark.parametrize(
    ("column", "value"),
    [("decision", "maybe"), ("locator", ""), ("on", "last year"), ("object_id", "Netherby CSP")],
)
def test_a_broken_row_is_refused_with_line_and_column(tmp_path: Path, column: str, value: str) -> None:
    table = write(tmp_path, SEAT, {**SEAT, "id": "a7", column: value})
    with pytest.raises(BadInput, match=f"line 3, column {column}:"):
        load_review(table, tmp_path / "own")
    assert not (tmp_path / "own").exists()


def test_an_unknown_partnership_leaves_the_register_as_it_was(tmp_path: Path) -> None:
    with pytest.raises(RegisterFault):
        load_review(write(tmp_path, {**SEAT, "object_id": "partnership:nowhere"}), tmp_path / "own")
    assert not (tmp_path / "own").exists()
