"""The Local Government Association's list of councils' powers and duties: a CSV file in, quads out.

The list (published as linked data at https://standards.esd.org.uk) names duties and powers of councils with the
legislation they rest on, in words and addresses of its own. Its columns are found by name; those that are not
needed may be there or not. It is made by people from the law, not held against it by us.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from ..dates import parse_date
from ..errors import BadDate, BadInput
from ..ontology.namespaces import DG, ELI, ID, LEG, PROV, RDF, RDFS, SKOS, XSD
from .defects import Defect, Report

COLUMNS = ("Identifier", "Label", "Type", "Description", "LegislationLabel", "LegislationUrl")
"""The columns without which a row says nothing."""

DEFECTS = (
    Defect("identifier", "Row without an identifier", "the row is left out", "give every row an identifier"),
    Defect("repeated", "Identifier of an earlier row", "the row is left out", "give every row its own identifier"),
    Defect("type", "Type is neither P nor D", "the row is left out", "write P for a power, D for a duty"),
    Defect("draft", "Row that is a draft", "kept, with its status", "complete or withdraw it"),
    Defect("incomplete", "Row that is not complete", "kept, with its status", "complete it"),
    Defect("address", "LegislationUrl leads to no legislation.gov.uk id", "kept without its law", "give the address"),
    Defect("date", "ApplicableFrom or ApplicableTo is no date", "kept without it", "write dates as YYYY-MM-DD"),
)
COUNCIL = DG + "LocalAuthority"
_ADDRESS = re.compile(r"https?://(?:www\.)?legislation\.gov\.uk/(?:id/)?([A-Za-z]+/[A-Za-z0-9./-]+)")
_ENDS = re.compile(r"/(?:contents|made|enacted|introduction|crossheading/.*|data\.[a-z]+)?$")
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:T.*)?|(\d\d)/(\d\d)/(\d{4})(?: .*)?")


def read_list(path: Path, graph: str, report: Report) -> Iterator[Quad]:
    """Read the list.

    Args:
        path: the file.
        graph: IRI of the named graph that takes its statements.
        report: where defects are counted.

    Yields:
        Its statements: a norm for each row, held by councils as a kind of body.

    Raises:
        BadInput: if a column is missing.
    """
    csv.field_size_limit(2**31 - 1)
    count = {"rows": 0, "duties": 0, "powers": 0}
    report.counts = count
    seen: set[str] = set()
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        reader = csv.DictReader(_trimmed_header(file))
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            raise BadInput(f"{path.name}, line 1: the header has no column {', '.join(missing)}.")
        yield from _holder(NamedNode(graph))
        for row in reader:
            count["rows"] += 1
            if _sound(row, seen, path.name, reader.line_num, report):
                kind = "Duty" if row["Type"].strip().upper() == "D" else "Power"
                count["duties" if kind == "Duty" else "powers"] += 1
                yield from _norm(row, kind, NamedNode(graph), path.name, reader.line_num, report)


def _trimmed_header(file: io.TextIOBase) -> Iterator[str]:
    for number, line in enumerate(file):
        yield ",".join(name.strip() for name in line.split(",")) if number == 0 else line


def _holder(graph: NamedNode) -> Iterator[Quad]:
    holder = NamedNode(f"{ID}actor/lga-local-authority")
    yield Quad(holder, NamedNode(RDF + "type"), NamedNode(DG + "NamedActor"), graph)
    yield Quad(holder, NamedNode(RDFS + "label"), Literal("local authority"), graph)


def _sound(row: dict[str, str], seen: set[str], file: str, line: int, report: Report) -> bool:
    identifier = (row["Identifier"] or "").strip()
    code = ""
    if not identifier:
        code = "identifier"
    elif identifier in seen:
        code = "repeated"
    elif (row["Type"] or "").strip().upper() not in ("P", "D"):
        code = "type"
    if code:
        report.note(code, file, line, row["Type"] or "", identifier)
        return False
    seen.add(identifier)
    for column, wrong, name in (("IsDraft", True, "draft"), ("IsComplete", False, "incomplete")):
        said = (row.get(column) or "").strip().lower()
        if said and (said in ("true", "1", "yes")) is wrong:
            report.note(name, file, line, said, identifier)
    return True


def _norm(row: dict[str, str], kind: str, graph: NamedNode, file: str, line: int, report: Report) -> Iterator[Quad]:
    identifier = row["Identifier"].strip()
    norm = NamedNode(f"{ID}norm/lga-{'-'.join(re.findall(r'[A-Za-z0-9]+', identifier))}")

    def say(predicate: str, value: NamedNode | Literal) -> Quad:
        return Quad(norm, NamedNode(predicate), value, graph)

    label = " ".join((row["Label"] or identifier).split())
    yield say(RDF + "type", NamedNode(DG + kind))
    yield say(RDFS + "label", Literal(label))
    yield say(DG + "action", Literal(" ".join((row["Description"] or label).split())))
    yield say(DG + "holder", NamedNode(f"{ID}actor/lga-local-authority"))
    yield say(DG + "evidence", NamedNode(DG + "PublicPage"))
    yield say(PROV + "wasDerivedFrom", graph)
    yield say(SKOS + "notation", Literal(identifier))
    for other in filter(None, (part.strip() for part in re.split(r"[|;\n]", row.get("AlternativeLabels") or ""))):
        yield say(SKOS + "altLabel", Literal(other))
    for column, word in (("IsDraft", "draft"), ("IsComplete", "complete")):
        if (row.get(column) or "").strip():
            yield say(RDFS + "comment", Literal(f"{word} according to the list: {row[column].strip().lower()}"))
    for column, name in (("ApplicableFrom", "validFrom"), ("ApplicableTo", "validUntil")):
        text = (row.get(column) or "").strip()
        day = read_day(text)
        if day:
            yield say(DG + name, Literal(day, datatype=NamedNode(XSD + "date")))
        elif text:
            report.note("date", file, line, text, identifier)
    address = legislation_address(row["LegislationUrl"] or "")
    if address:
        yield say(DG + "basis", NamedNode(address))
        yield from _law(address, row["LegislationLabel"] or "", graph)
    else:
        report.note("address", file, line, row["LegislationUrl"] or "", identifier)


def _law(address: str, label: str, graph: NamedNode) -> Iterator[Quad]:
    from ..citations import split_path

    instrument, place = split_path(address.removeprefix(LEG))
    if place:
        yield Quad(NamedNode(address), NamedNode(ELI + "is_part_of"), NamedNode(LEG + instrument), graph)
    if label.strip():
        title = NamedNode(ELI + "title")
        yield Quad(NamedNode(address), title, Literal(" ".join(label.split())), graph)


def legislation_address(text: str) -> str | None:
    """Return the legislation.gov.uk id that an address of a page or document leads to.

    >>> legislation_address("https://www.legislation.gov.uk/ukpga/1998/37/section/6/enacted")
    'http://www.legislation.gov.uk/id/ukpga/1998/37/section/6'
    """
    match = _ADDRESS.match(text.strip())
    if match is None or match[1].count("/") < 2:
        return None
    path = match[1]
    while (shorter := _ENDS.sub("", path)) != path:
        path = shorter
    return LEG + path if path.count("/") >= 2 else None


def read_day(text: str) -> str | None:
    """Return a day written as 2003-04-01 or 01/04/2003, with or without a time, as ISO; None if it is none.

    >>> read_day("01/04/2003 00:00:00"), read_day("soon")
    ('2003-04-01', None)
    """
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    try:
        return parse_date(match[1] or f"{match[4]}-{match[3]}-{match[2]}").isoformat()
    except BadDate:
        return None


def new_report(paths: Sequence[Path]) -> Report:
    """Return an empty report on the list."""
    return Report(f"Defects of the list of powers and duties ({', '.join(path.name for path in paths)})", DEFECTS)
