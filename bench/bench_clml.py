"""How fast a large Act is read, against lxml's bare parse of the same file in the same run; and in how much memory.

Usage: ``python bench/bench_clml.py FILE [--copies 200] [--rounds 7] [--only STAGE]``

``FILE`` is a CLML file such as the Housing Act 2004's ``data.xml`` (3.6 MB, 5,337 provisions). Measured, as processor
time, the best of the rounds, which alternate so that a busy machine slows both alike:

- ``parse``: ``lxml.etree.parse`` alone, the yardstick;
- ``read``: structure, dates, extent, status, words, citations and commentary (target: within 4 x parse);
- ``norms``: that, and every duty, power and prohibition (target: within 20 x parse);
- ``quads``: that of ``read``, citations found in the words besides, as statements.

Times swing by a half on a busy machine. What does not is the number of instructions: ``--only STAGE`` runs one stage,
so that ``valgrind --tool=cachegrind --cache-sim=no python bench/bench_clml.py FILE --only read --rounds 2``, less the
same with ``--rounds 1``, counts those of one round.

With ``--copies`` the file is copied under different ids into a temporary folder, and the folder's documents are read
one after the other in a process of its own: its peak memory must not grow with their number.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from lxml import etree

from dutygraph.loaders.clml.norms import norms
from dutygraph.loaders.clml.quads import document_quads
from dutygraph.loaders.clml.reader import read_document

GRAPH = "https://w3id.org/dutygraph/graph/legislation"

READ_FOLDER = """
import resource, sys
from pathlib import Path
from dutygraph.loaders.clml.loading import Reading

def peak():
    status = Path("/proc/self/status")
    if status.exists():  # Linux's ru_maxrss would count what the process that started this one held
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

reading = Reading([Path(sys.argv[1])], "https://w3id.org/dutygraph/graph/legislation")
count = sum(1 for _quad in reading.quads())
print(reading.read, count, peak() // 1024)
"""


def count(values: object) -> int:
    return sum(1 for _value in values)  # type: ignore[attr-defined]


def measure(path: Path, rounds: int, only: str | None = None) -> dict[str, float]:
    """Return the best processor time of each stage, or of one alone, in milliseconds."""
    stages: dict[str, Callable[[], object]] = {
        "parse": lambda: etree.parse(str(path)),
        "read": lambda: read_document(path),
        "norms": lambda: count(norms(read_document(path))),
        "quads": lambda: count(document_quads(read_document(path), GRAPH)),
    }
    stages = {name: stage for name, stage in stages.items() if only in {name, None}}
    best = dict.fromkeys(stages, float("inf"))
    for _round in range(rounds):
        for name, stage in stages.items():
            start = time.process_time()
            stage()
            best[name] = min(best[name], time.process_time() - start)
    return {name: seconds * 1000 for name, seconds in best.items()}


def peak_memory(path: Path, copies: int) -> str:
    """Return what reading copies of a file under different ids takes."""
    text = path.read_text(encoding="utf-8")
    work = read_document(path).iri.partition("/id/")[2]
    kind, year, _number = work.split("/")[:3]
    with tempfile.TemporaryDirectory() as folder:
        for number in range(copies):
            (Path(folder) / f"{number}.xml").write_text(
                text.replace(f"/{work}", f"/{kind}/{year}/{90000 + number}"), encoding="utf-8"
            )
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", READ_FOLDER, folder], capture_output=True, text=True, check=True, timeout=3600
        )
        read, quads, megabytes = done.stdout.split()
    seconds = time.perf_counter() - start
    return f"{read:>5} documents  {int(quads):>12,} statements  {seconds:>7.1f} s  peak {megabytes:>5} MB"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("file", type=Path)
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--copies", type=int, default=0)
    options.add_argument("--only", choices=("parse", "read", "norms", "quads"))
    given = options.parse_args()
    times = measure(given.file, given.rounds, given.only)
    for name, milliseconds in times.items():
        ratio = f"  {milliseconds / times['parse']:>5.1f} x parse" if "parse" in times else ""
        print(f"{name:<6} {milliseconds:>8.0f} ms{ratio}")
    for copies in sorted({1, max(1, given.copies // 10), given.copies} - {0}) if given.copies else ():
        print(peak_memory(given.file, copies))


if __name__ == "__main__":
    main()
