"""The National Archives' statutory powers-and-duties extract: CSV files in, duties and powers out, defects counted.

A language model read the law of each enactment as it stood on one day and wrote a row for each power or duty: 19
columns, one set of files for each type of legislation. Rows that differ only in the alias of the actor belong
together (``dutyTempId``). What is known to be wrong in the files is handled row by row and counted in a
:class:`dutygraph.loaders.defects.Report`. Nothing but a few bytes a row is held in memory.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import IO, NamedTuple

from ..errors import BadInput
from ..ontology.namespaces import LEG
from .defects import Defect, Report
from .seen import Seen, SeenNumbers

COLUMNS = (
    "dutyTempId", "duty_uri", "enactment", "enactmentTitle", "enactmentYear", "enactmentType", "enactmentNum",
    "section", "subsection", "actor", "actorIsBody", "actorIsAlias", "actorDefinition", "body_uri", "modality",
    "action", "condition", "inference", "priority",
)  # fmt: skip
"""The header, in the publisher's order; files that have it in another order are read too."""

DEFECTS = (
    Defect(
        "columns",
        "Row with more or fewer than 19 columns",
        "the row is left out",
        "write every column, quoted where a value has a comma or a line break",
    ),
    Defect(
        "placeholder",
        'Placeholder: the action is empty or "Missing"',
        "the row is left out",
        "do not write rows for which nothing was extracted",
    ),
    Defect(
        "modality",
        "Modality is neither duty nor power",
        "taken from the word before the number in duty_uri",
        "write duty or power",
    ),
    Defect(
        "both",
        "Modality says both power and duty",
        "kept as two norms, a duty and a power",
        "write two rows, each with a duty_uri of its own",
    ),
    Defect(
        "alias",
        "Further row of the same duty for another alias of its actor",
        "grouped by dutyTempId into one norm whose actor has all the aliases",
        "write the aliases into one value of one row",
    ),
    Defect(
        "scattered",
        "Row of a duty that stands apart from its other rows",
        "the row is left out; the norm stays one",
        "keep the rows of one dutyTempId together",
    ),
    Defect(
        "repeated", "duty_uri of an earlier row, with the same content", "the row is left out", "write each duty once"
    ),
    Defect(
        "reused",
        "duty_uri of an earlier row, with other content",
        "kept under duty_uri#dutyTempId",
        "give every duty a duty_uri of its own",
    ),
    Defect(
        "address",
        "duty_uri is missing or no legislation.gov.uk address",
        "kept under an IRI made of dutyTempId",
        "give every duty a duty_uri",
    ),
    Defect(
        "obligations",
        "duty_uri under /obligations/ where others are under /duties/",
        "kept as it is",
        "settle on one path",
    ),
    Defect(
        "date",
        "duty_uri without a date",
        "kept without the day on which it was true",
        "write the date of the version into its own column",
    ),
    Defect(
        "type",
        "enactmentType is spelled out, not the code of the enactment's own address",
        "the code in the address is taken",
        "write the code, as in the address",
    ),
    Defect(
        "regnal",
        "Year by reign, not a calendar year",
        "the year at the end of the title is taken, if there is one",
        "write the calendar year",
    ),
    Defect("break", "Line break inside a value", "read as a space", "write values on one line"),
    Defect("inference", "inference is neither explicit nor implicit", "kept without it", "write explicit or implicit"),
    Defect("priority", "priority is neither primary nor secondary", "kept without it", "write primary or secondary"),
    Defect(
        "section",
        "section is no address within the enactment",
        "the norm rests on the enactment as a whole",
        "write the address of the provision",
    ),
    Defect(
        "body",
        "actorIsBody holds a name, though it reads as yes or no",
        "read as an alias",
        "write yes or no, or use body_uri alone",
    ),
)

_MODALITIES = {
    "duty": ("duty",),
    "power": ("power",),
    **dict.fromkeys(("duty|power", "power|duty", "power and duty", "duty and power"), ("duty", "power")),
}
_ADDRESS = re.compile(
    r"http://www\.legislation\.gov\.uk/id/(?P<path>duties|obligations)/[^\s<>\"{}|\\^`]+?/"
    r"(?:(?P<date>\d{4}-\d\d-\d\d)/)?(?P<kind>[a-z]+)/[^\s/<>\"{}|\\^`]+"
)
_SOUND = re.compile(r"http://www\.legislation\.gov\.uk/id/[^\x00-\x20<>\"{}|\\^`]+")
_YEAR = re.compile(r"\b(1[0-9]{3}|20[0-9]{2})\s*(?:\([^()]*\)\s*)?$")


class Enactment(NamedTuple):
    """An enactment as the extract names it; ``year`` is a calendar year or empty."""

    iri: str
    title: str
    year: str
    type: str
    number: str


class Norm(NamedTuple):
    """One power or duty of the extract.

    Attributes:
        iri: its own, the publisher's where that can be used.
        kind: ``duty`` or ``power``.
        enactment: where it stands.
        provisions: addresses of the provisions it rests on, never empty.
        actor: the words for who holds it.
        aliases: other names of the actor.
        bodies: the publisher's addresses of bodies that the actor is.
        definition: the words by which the enactment defines the actor, or empty.
        as_at: the day whose text was read, ISO, or empty.
    """

    iri: str
    kind: str
    enactment: Enactment
    provisions: tuple[str, ...]
    actor: str
    aliases: tuple[str, ...]
    bodies: tuple[str, ...]
    definition: str
    action: str
    condition: str
    implicit: bool
    secondary: bool
    as_at: str


Reading = tuple[Iterator[list[str]], Callable[[], int], Callable[[], int]]
"""Rows, the line of the last of them, the bytes read so far."""


@dataclass(frozen=True)
class Member:
    """A CSV file, alone or in a ZIP archive: its name, its size in bytes and how to open it."""

    name: str
    size: int
    open: Callable[[], IO[bytes]]


def find_members(paths: Sequence[Path]) -> list[Member]:
    """Return the CSV files that paths name: files, folders of files, ZIP archives.

    Raises:
        BadInput: if there is none, or one has not the 19 columns.
    """
    members: list[Member] = []
    for path in paths:
        if path.is_dir():
            found = sorted(path.rglob("*.csv"))
            members += [Member(str(file.relative_to(path)), file.stat().st_size, file_opener(file)) for file in found]
        elif path.suffix.lower() == ".zip":
            members += _zipped(path)
        else:
            members.append(Member(path.name, path.stat().st_size, file_opener(path)))
    if not members:
        raise BadInput(f"There is no CSV file in {', '.join(str(path) for path in paths)}.")
    return members


def file_opener(path: Path) -> Callable[[], IO[bytes]]:
    """Return a function that opens a file for reading."""
    return lambda: path.open("rb")


def _zipped(path: Path) -> Iterator[Member]:
    def opener(name: str) -> Callable[[], IO[bytes]]:
        return lambda: zipfile.ZipFile(path).open(name)

    try:
        with zipfile.ZipFile(path) as archive:
            for item in archive.infolist():
                if item.filename.lower().endswith(".csv"):
                    yield Member(item.filename, item.file_size, opener(item.filename))
    except zipfile.BadZipFile as error:
        raise BadInput(f"{path.name} is no ZIP archive: {error}.") from error


@contextmanager
def reading_rows(
    member: Member, columns: Sequence[str]
) -> Iterator[tuple[Iterator[list[str]], Callable[[], int], Callable[[], int]]]:
    """Open a CSV file and read its header.

    Args:
        member: the file.
        columns: the columns it must have, in the order in which rows shall have them.

    Yields:
        Its rows, a function that gives the line of the row read last, one that gives the bytes read so far.

    Raises:
        BadInput: if a column is missing.
    """
    csv.field_size_limit(2**31 - 1)
    with member.open() as file, io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace", newline="") as text:
        reader = csv.reader(text)
        header = [name.strip() for name in next(reader, [])]
        missing = [name for name in columns if name not in header]
        if missing:
            raise BadInput(
                f"{member.name}, line 1: the header has no column {', '.join(missing)}. "
                f"It must have: {','.join(columns)}"
            )
        rows: Iterator[list[str]] = reader
        if header != list(columns):
            pick, width = itemgetter(*(header.index(name) for name in columns)), len(header)
            rows = (list(pick(row)) if len(row) == width else row for row in reader)
        yield rows, lambda: reader.line_num, file.tell


class Reader:
    """Reads the files of an extract once.

    Args:
        members: the files.
        report: where defects are counted.
        progress: called now and then with rows and bytes read so far.
    """

    def __init__(
        self,
        members: Sequence[Member],
        report: Report,
        progress: Callable[[int, int], None] = lambda _rows, _bytes: None,
    ) -> None:
        self._members = members
        self._report = report
        self._progress = progress
        self._addresses = Seen()
        self._ids = SeenNumbers()
        self._file, self._line = "", 0
        self._key: tuple[str, str, str, str] | None = None
        self._enactment = Enactment("", "", "", "", "")
        self._enactment_defects: tuple[str, ...] = ()
        self._prefix, self._as_at = "\0", ""
        self._place: tuple[str, str] | None = None
        self._rests_on: tuple[str, ...] = ()
        self._section: str | None = None
        self._stem = ""
        self.rows = 0

    def norms(self) -> Iterator[Norm]:
        """Yield the powers and duties, each alias group once, and count what was read in the report."""
        count = {"duty": 0, "power": 0}
        for row, others in self.groups():
            for norm in self._norms(row, others):
                count[norm.kind] += 1
                yield norm
        self._report.counts["duties"], self._report.counts["powers"] = count["duty"], count["power"]

    def check(self) -> None:
        """Read, check and count everything, and make nothing of it."""
        count = {"duty": 0, "power": 0}
        for row, _others in self.groups():
            for kind in _MODALITIES.get(row[14]) or (self._kind_of(row),):
                count[kind] += 1
        self._report.counts["duties"], self._report.counts["powers"] = count["duty"], count["power"]

    def groups(self) -> Iterator[tuple[list[str], list[list[str]]]]:
        """Yield every sound row that stands for a norm, with the further rows of its aliases."""
        done = 0
        for member in self._members:
            self._file = member.name
            with reading_rows(member, COLUMNS) as (rows, line, position):
                yield from self._groups(rows, line, lambda: done + position())  # noqa: B023
            done += member.size
            self._progress(self.rows, done)
        self._report.counts = {"files": len(self._members), "rows": self.rows}

    def _groups(
        self, rows: Iterator[list[str]], line: Callable[[], int], position: Callable[[], int]
    ) -> Iterator[tuple[list[str], list[list[str]]]]:
        first: list[str] = []
        others: list[list[str]] = []
        start, after, number = 0, 1, self.rows
        for row in rows:
            begins, after = after + 1, line()
            if not row:
                continue
            number += 1
            if not number % 20_000:
                self.rows = number
                self._progress(number, position())
            if len(row) != 19:
                self._report.note("columns", self._file, begins, f"{len(row)} columns: {','.join(row)}", row[0])
            elif first and row[0] == first[0]:
                others.append(row)
                self._report.note("alias", self._file, begins, row[11], row[0], row[1])
            else:
                self._line = start
                if first and self._sound(first):
                    yield first, others
                first, others, start = row, [], begins
        self._line, self.rows = start, number
        if first and self._sound(first):
            yield first, others

    def _sound(self, row: list[str]) -> bool:
        """Check a row, count what is wrong with it, and say whether it stands for a norm of its own."""
        if self._key != (row[2], row[3], row[4], row[5]):
            self._enter(row)
        address, action, condition = row[1], row[15], row[16]
        for code in self._enactment_defects:
            self._note(code, row, row[5] if code == "type" else row[4])
        if not action or action == "Missing":
            self._note("placeholder", row, action)
            return False
        if not address.startswith(self._prefix):
            self._read_address(row)
        if "\n" in action or "\n" in condition or "\r" in action or "\n" in row[9] or "\n" in row[12]:
            self._note("break", row, action)
        if row[14] not in ("duty", "power"):
            self._note("both" if row[14] in _MODALITIES else "modality", row, row[14])
        if row[17] not in ("explicit", "implicit"):
            self._note("inference", row, row[17])
        if row[18] not in ("primary", "secondary"):
            self._note("priority", row, row[18])
        if row[10]:
            self._note("body", row, row[10])
        if not row[7].startswith(row[2]):
            self._note("section", row, row[7])
        return self._is_new(row)

    def _is_new(self, row: list[str]) -> bool:
        if self._ids.see(row[0]):
            self._note("scattered", row, row[11])
            return False
        seen = self._addresses.see(row[1], (row[7], row[8], row[9], row[14], row[15], row[16]))
        if seen == Seen.SAME:
            self._note("repeated", row, row[15])
            return False
        if seen == Seen.OTHER and row[1]:
            self._note("reused", row, row[15])
            row[1] = f"{row[1]}#{row[0]}"
        return True

    def _note(self, code: str, row: list[str], value: str) -> None:
        self._report.note(code, self._file, self._line, value, row[0], row[1])

    def _enter(self, row: list[str]) -> None:
        """Read what rows of one enactment have in common."""
        self._key = (row[2], row[3], row[4], row[5])
        self._prefix, self._place, self._section = "\0", None, None
        path = row[2].removeprefix(LEG).strip("/")
        sound = row[2].startswith(LEG) and _SOUND.fullmatch(row[2]) is not None
        code = path.split("/")[0] if sound else row[5]
        year = row[4].strip()
        defects = ["type"] if row[5] != code else []
        if not (len(year) == 4 and year.isdigit()):
            defects.append("regnal")
            match = _YEAR.search(row[3].strip())
            year = match[1] if match else ""
        iri = (
            row[2].rstrip("/") if sound else f"{LEG}{code}/{year or '0'}/{re.sub(r'[^A-Za-z0-9]+', '-', row[6]) or '0'}"
        )
        self._enactment = Enactment(iri, " ".join(row[3].split()), year, code, row[6])
        self._enactment_defects = tuple(defects)

    def _read_address(self, row: list[str]) -> None:
        """Read the day and the path of a duty's own address; rows of one enactment have them in common."""
        match = _ADDRESS.fullmatch(row[1])
        self._prefix, self._as_at = "\0", ""
        if match is None:
            self._note("address", row, row[1])
            row[1] = ""
            return
        self._as_at = match["date"] or ""
        if not match["date"]:
            self._note("date", row, row[1])
        if match["path"] == "obligations":
            self._note("obligations", row, row[1])
        elif match["date"]:
            self._prefix = row[1][: match.end("date") + 1]

    def _kind_of(self, row: list[str]) -> str:
        match = _ADDRESS.match(row[1])
        return "power" if match and match["kind"] == "power" else "duty"

    def _norms(self, row: list[str], others: list[list[str]]) -> Iterator[Norm]:
        kinds = _MODALITIES.get(row[14]) or (self._kind_of(row),)
        own = kinds[0] if len(kinds) == 1 else self._kind_of(row)
        iri = row[1] or f"https://w3id.org/dutygraph/id/norm/powers-duties-{_slug(row[0])}"
        aliases: tuple[str, ...] = ()
        bodies: tuple[str, ...] = ()
        if others or row[11] or row[10] or row[13]:
            every = (row, *others)
            names = (name for other in every for name in (other[11], other[10]) if name and name != row[9])
            aliases = tuple(dict.fromkeys(names))
            bodies = tuple(dict.fromkeys(other[13] for other in every if other[13] and _SOUND.fullmatch(other[13])))
        for kind in kinds:
            yield Norm(
                iri if kind == own else f"{iri}{'-' if '#' in iri else '#'}{kind}",
                kind,
                self._enactment,
                self._provisions(row),
                _plain(row[9]) or "no actor named",
                aliases,
                bodies,
                _plain(row[12]),
                _plain(row[15]),
                _plain(row[16]),
                row[17] == "implicit",
                row[18] == "secondary",
                self._as_at,
            )

    def _provisions(self, row: list[str]) -> tuple[str, ...]:
        """The provisions a norm rests on: subsections of the section where they are plain numbers."""
        key = (row[7], row[8])
        if key != self._place:
            self._place, self._rests_on = key, self._find_provisions(row)
        return self._rests_on

    def _find_provisions(self, row: list[str]) -> tuple[str, ...]:
        if row[7] != self._section:
            self._section, section = row[7], row[7].rstrip("/")
            sound = section.startswith(self._enactment.iri) and _SOUND.fullmatch(section)
            self._stem = section if sound else ""
        section, within = self._stem, row[8]
        if not section:
            return (self._enactment.iri,)
        if within.isalnum() and within.isascii():  # as most are
            return (f"{section}/{within}",)
        parts = [part.strip("() ") for part in within.split("|")]
        if within and all(part.isalnum() and part.isascii() for part in parts):
            return tuple(f"{section}/{part}" for part in dict.fromkeys(parts))
        return (section,)


def _plain(text: str) -> str:
    """Return a text on one line, without space around it; most are so already, which is cheap to see."""
    return text if text.isprintable() and text[:1] != " " and text[-1:] != " " else " ".join(text.split())


def _slug(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-") or "0"


def new_report(members: Sequence[Member]) -> Report:
    """Return an empty report on an extract."""
    return Report(f"Defects of the powers-and-duties extract ({len(members)} files)", DEFECTS)


def check_headers(members: Sequence[Member]) -> None:
    """Read nothing but the headers.

    Raises:
        BadInput: if a file has not the 19 columns.
    """
    for member in members:
        with reading_rows(member, COLUMNS):
            pass
