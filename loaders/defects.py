"""What is wrong with a source, counted, with places: a report that its publisher can act on."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

SAMPLES = 10
"""How many places are shown of each defect."""


@dataclass(frozen=True)
class Defect:
    """A kind of defect: what it is called, what is wrong, what the loader does, what the publisher could do."""

    code: str
    wrong: str
    handled: str
    remedy: str


@dataclass
class Report:
    """Counts and samples of defects, and plain counts of what was read.

    Attributes:
        title: what was checked.
        known: the defects that are looked for, in the order of the report.
        counts: how many things of each kind were read.
    """

    title: str
    known: tuple[Defect, ...]
    counts: dict[str, int] = field(default_factory=dict)
    found: dict[str, int] = field(default_factory=dict)
    samples: dict[str, list[dict[str, str | int]]] = field(default_factory=dict)

    def note(self, code: str, file: str, line: int, value: str, identifier: str = "", address: str = "") -> None:
        """Count a defect, and keep its place if it is one of the first.

        Args:
            code: which defect.
            file: name of the file.
            line: line of the file where the row begins, from 1.
            value: what stands there.
            identifier: the row's own number or id.
            address: the row's own IRI.
        """
        count = self.found[code] = self.found.get(code, 0) + 1
        if count <= SAMPLES:
            place: dict[str, str | int] = {
                "file": file,
                "line": line,
                "value": value[:120],
                "id": identifier,
                "iri": address,
            }
            self.samples.setdefault(code, []).append(place)

    def to_dict(self) -> dict[str, object]:
        """Return the report as plain values."""
        return {
            "title": self.title,
            "counts": self.counts,
            "defects": [
                {
                    "code": defect.code,
                    "count": self.found.get(defect.code, 0),
                    "wrong": defect.wrong,
                    "handled": defect.handled,
                    "remedy": defect.remedy,
                    "samples": self.samples.get(defect.code, []),
                }
                for defect in self.known
            ],
        }

    def to_json(self) -> str:
        """Write the report as JSON."""
        return json.dumps(self.to_dict(), indent=2, ensure_ascii=False)

    def to_lines(self) -> list[str]:
        """Write counts and the defects that were found, a line each."""
        lines = [f"{name}: {count:,}" for name, count in self.counts.items()]
        for defect in self.known:
            if defect.code in self.found:
                lines.append(f"{self.found[defect.code]:,} × {defect.wrong}; {defect.handled}")
        return lines

    def to_markdown(self, command: str) -> str:
        """Write the report for the publisher.

        Args:
            command: the command that gives it again.
        """
        lines = [f"# {self.title}", "", *(f"- {name}: {count:,}" for name, count in self.counts.items()), ""]
        lines += ["| Defect | Rows |", "|---|---|"]
        lines += [f"| {defect.wrong} | {self.found.get(defect.code, 0):,} |" for defect in self.known]
        for defect in self.known:
            if defect.code not in self.found:
                continue
            lines += ["", f"## {defect.wrong} ({self.found[defect.code]:,})", ""]
            lines += [f"What dutygraph does: {defect.handled}.", "", f"What would mend it: {defect.remedy}.", ""]
            lines += ["| File | Line | Id | Value | IRI |", "|---|---|---|---|---|"]
            for place in self.samples[defect.code]:
                cells = (place[name] for name in ("file", "line", "id", "value", "iri"))
                lines.append(
                    "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
                )
            if self.found[defect.code] > len(self.samples[defect.code]):
                lines += ["", f"The first {SAMPLES} of {self.found[defect.code]:,}."]
        lines += ["", "## How to get this report again", "", f"`{command}`", ""]
        lines += ["Lines are those of the file, from 1 with the header, where the row begins."]
        return "\n".join(lines)
