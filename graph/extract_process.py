"""The process that reads a powers-and-duties extract: Turtle to standard output, the read index into a file.

    python -m dutygraph.graph.extract_process FINDINGS INDEX PATH…

FINDINGS takes the report as JSON, INDEX the read index. On standard input come the IRIs of enactments that the
graph names already, a line each. See :mod:`dutygraph.graph.streams`.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from ..errors import DutyGraphError
from ..loaders.powers_duties import Member, Reader, find_members, new_report
from .extracts import ExtractWriter
from .priorities import give_way
from .streams import Checked


def run(index: Path, known: Sequence[str], paths: Sequence[Path]) -> dict[str, object]:
    """Write the Turtle and the index, and return what was found: statements, notes, counts, the Turtle's checksum.

    Raises:
        BadInput: if a file cannot be read.
    """
    members = find_members(paths)
    report = new_report(members)
    out = Checked(sys.stdout.buffer)
    writer = ExtractWriter(out, index, known)
    reader = Reader(members, report, say_progress(members, writer.comment))
    writer.write(reader.norms())
    end_output()  # the other process need not wait for the index
    writer.finish()
    return {
        "statements": writer.statements,
        "named": writer.named,
        "notes": report.to_lines(),
        "counts": report.counts,
        "checksum": out.checksum,
    }


def end_output() -> None:
    """Tell whoever reads the standard output that there is no more."""
    sys.stdout.buffer.flush()
    with Path(os.devnull).open("wb") as nowhere:  # the interpreter flushes once more at its exit
        os.dup2(nowhere.fileno(), sys.stdout.fileno())


def say_progress(members: Sequence[Member], say: Callable[[str], None]) -> Callable[[int, int], None]:
    """Return a function that says rows, rate and remaining time as a comment of the stream."""
    total = sum(member.size for member in members) or 1
    began = time.monotonic()

    def tell(rows: int, done: int) -> None:
        spent, share = max(time.monotonic() - began, 0.001), min(done / total, 1.0)
        left = spent / share - spent if share else 0.0
        say(f"% {share * 0.9:.4f} {rows:,} rows, {rows / spent:,.0f} a second, {left:,.0f} s left")

    return tell


def main() -> None:
    """Run as a process."""
    give_way()
    findings, index, *paths = map(Path, sys.argv[1:])
    try:
        found = run(index, sys.stdin.read().split(), paths)
    except DutyGraphError as error:
        found = {"error": str(error)}
    except BrokenPipeError:
        sys.exit(1)
    findings.write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main()
