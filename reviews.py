"""Review: what a paper states as a table that a person judges, and what was accepted as rows of an own register."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from .dates import parse_date
from .errors import BadInput, DutyGraphError
from .facts.finding import find_facts
from .facts.posts import names_another
from .graph.store import GraphStore
from .loaders.papers.reading import read_paper
from .loaders.tables import read_schema, read_tables
from .ontology.namespaces import ID
from .queries.lookup import find
from .register import FOLDER

COLUMNS = (
    *("decision", "id", "kind", "subject", "subject_id", "relation", "object", "object_id", "value", "on", "force"),
    *("quote", "locator", "certainty", "rule", "fund", "paper", "title", "date", "publisher"),
)
DECISIONS = ("", "accept", "reject", "edit")
ROLES = {"memberOf": "member", "attendsAsGuest": "guest", "chairs": "chair"}
"""The register's role for each relation of a membership that can become a row."""

_Cells = dict[str, str]


@dataclass
class Loaded:
    """What a review brought: rows written for each table, and what was accepted and cannot become a row yet."""

    rows: dict[str, int] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)


def review_table(store: GraphStore, path: Path | str) -> str:
    """Return the candidates of a paper as CSV, decisions left empty, names linked where one thing has the name."""
    paper = read_paper(path)
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n", restval="", extrasaction="ignore")
    writer.writeheader()
    about = {"paper": paper.name, "title": paper.title, "date": paper.date or paper.meeting, "publisher": paper.body}
    day = parse_date(about["date"]) if about["date"] else date.today()
    for fact in find_facts(paper):
        row = {key: "" if value is None else str(value) for key, value in fact.row(paper.doc).items()}
        key = "|".join((paper.name, fact.kind, fact.subject, fact.relation, fact.object, str(fact.value), str(fact.on)))
        row["id"] = hashlib.sha256(key.encode()).hexdigest()[:12]
        for end in ("subject", "object") if fact.kind in ("membership", "funding") else ():
            row[f"{end}_id"] = _linked(store, row[end], day)
        writer.writerow({**row, **about})
    return out.getvalue()


def _linked(store: GraphStore, name: str, day: date) -> str:
    try:
        found = find(store, name, ["body", "partnership"], day)
    except DutyGraphError:
        return ""
    if names_another(name, found.label):
        return ""
    kind, _, slug = found.iri.removeprefix(ID).partition("/")
    return f"{'body' if kind == 'post' else kind}:{slug}"


def load_review(table: Path | str, register: Path | str) -> Loaded:
    """Write what a person accepted into the tables of an own register; the same review twice doubles nothing.

    Raises:
        BadInput: if a row is broken; every fault with line and column, and nothing is written.
        RegisterFault: if the register would not be sound with the new rows; nothing is written.
    """
    rows = _accepted(Path(table))
    loaded = Loaded()
    tables: dict[str, dict[str, _Cells]] = {name: {} for name in ("sources", "memberships", "funding")}
    for line, row in rows:
        made = _row(row)
        if isinstance(made, str):
            loaded.left.append(f"line {line}: {row['subject']} – {row['relation']} – {row['object']}: {made}")
            continue
        source = _source(row)
        tables["sources"][source["id"]] = source
        tables["memberships" if row["kind"] == "membership" else "funding"][made["id"]] = made
    _write(Path(register), {name: held for name, held in tables.items() if held})
    loaded.rows = {name: len(held) for name, held in tables.items() if held}
    return loaded


def _accepted(path: Path) -> list[tuple[int, _Cells]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} cannot be read as a UTF-8 table: {error}") from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise BadInput(f"{path}, line 1: no column {missing[0]}. Keep the columns that dutygraph review wrote.")
    faults: list[str] = []
    found = []
    for cells in reader:
        row = {name: (cells.get(name) or "").strip() for name in COLUMNS}
        wrong = list(_faults(row))
        faults += [f"{path}, line {reader.line_num}, column {column}: {what}" for column, what in wrong]
        if not wrong and row["decision"].lower() in ("accept", "edit"):
            found.append((reader.line_num, row))
    if faults:
        raise BadInput("\n".join(faults))
    return found


def _faults(row: _Cells) -> Iterable[tuple[str, str]]:
    decision = row["decision"].lower()
    if decision not in DECISIONS:
        yield "decision", f'"{row["decision"]}" is none of accept, reject, edit, or empty.'
    if decision not in ("accept", "edit"):
        return
    for name in ("id", "kind", "subject", "relation", "object", "quote", "locator", "paper"):
        if not row[name]:
            yield name, "it is empty, and an accepted row needs it."
    if row["kind"] == "funding" and not re.fullmatch(r"\d+(\.\d+)?", row["value"]):
        yield "value", f'"{row["value"]}" is no amount in pounds such as 50000.'
    if row["on"] and not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", row["on"]):
        yield "on", f'"{row["on"]}" is no date such as 2023-11-03, 2023-11 or 2023.'
    for name in ("subject_id", "object_id"):
        if row[name] and not re.fullmatch(r"(body|partnership|class):[a-z0-9-]+", row[name]):
            yield name, f'"{row[name]}" is no id such as body:rugby-borough-council.'


def _source(row: _Cells) -> _Cells:
    slug = "-".join(re.findall(r"[a-z0-9]+", row["paper"].rsplit(".", 1)[0].lower()))
    made = {"id": f"paper-{slug or 'unnamed'}", "title": row["title"] or row["paper"], "kind": "paper"}
    return {**made, "publisher": row["publisher"], "date": row["date"]}


def _row(row: _Cells) -> _Cells | str:
    """The register's row, or why there can be none yet."""
    common = {"id": f"review-{row['id']}", "evidence": "Paper", "source": _source(row)["id"], "locator": row["locator"]}
    subject = row["subject_id"] or f"text:{row['subject']}"
    note = {"note": f"the paper gives {row['on']}"} if row["on"] else {}
    if row["kind"] == "funding":
        target = row["object_id"] or f"text:{row['object']}"
        return {**common, **note, "funder": subject, "recipient": target, "fund": row["fund"], "amount": row["value"]}
    if row["kind"] != "membership" or row["relation"] not in ROLES:
        return f"a {row['kind']} with {row['relation']} is no row of memberships or funding, which a review fills"
    if not row["object_id"].startswith("partnership:"):
        return "no partnership is linked; write its id into object_id, such as partnership:rugby-csp"
    group = row["object_id"].removeprefix("partnership:")
    return {**common, **note, "member": subject, "organization": group, "role": ROLES[row["relation"]]}


def _write(folder: Path, tables: dict[str, dict[str, _Cells]]) -> None:
    """Write into a copy first: a register is changed whole or not at all."""
    if not tables:
        return
    schema = read_schema()
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "register"
        if folder.is_dir():
            shutil.copytree(folder, copy)
        copy.mkdir(exist_ok=True)
        for name, new in tables.items():
            path, columns = copy / f"{name}.csv", [column.name for column in schema[name].columns]
            old: dict[str, _Cells] = {}
            if path.is_file():
                with path.open(encoding="utf-8-sig", newline="") as file:
                    old = {row["id"]: row for row in csv.DictReader(file)}
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, columns, lineterminator="\n", restval="")
                writer.writeheader()
                writer.writerows({**old, **new}.values())
        read_tables([FOLDER, copy])
        folder.mkdir(parents=True, exist_ok=True)
        for name in tables:
            shutil.copy(copy / f"{name}.csv", folder / f"{name}.csv")
