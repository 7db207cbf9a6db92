"""How fast a large Act is read, against lxml's bare parse of the same file in the same run; and in how much memory.

Usage: ``python bench/bench_clml.py FILE [--copies 200] [--rounds 9] [--only STAGE]``

``FILE`` is a CLML file such as the Housing Act 2004's ``data.xml`` (3.6 MB, 5,337 provisions). The stages:

- ``parse``: ``lxml.etree.parse`` alone, the yardstick;
- ``read``: structure, dates, extent, status, words, citations and commentary (target: within 4 x parse);
- ``norms``: that, and every duty, power and prohibition (target: within 20 x parse);
- ``quads``: that of ``read``, citations found in the words besides, as statements.

Each stage runs in processes of its own, each just after one of the parse, so that a busy machine slows both alike.
Printed are medians of processor time and of the ratios: of the first time in each process, as a command that reads one
file pays for it, and of the later times, as a folder of many does. Stages that share a process disturb each other:
lxml's parse is up to twice as quick right after another stage as after another parse. ``--together`` measures that,
with the quickest of the rounds, which is hardest on the others.

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
from statistics import median

from lxml import etree

from dutygraph.loaders.clml.norms import norms
from dutygraph.loaders.clml.quads import document_quads
from dutygraph.loaders.clml.reader import read_document

TIMES = 5
"""How often a process runs its stage."""
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


def stages_of(path: Path) -> dict[str, Callable[[], object]]:
    return {
        "parse": lambda: etree.parse(str(path)),
        "read": lambda: read_document(path),
        "norms": lambda: count(norms(read_document(path))),
        "quads": lambda: count(document_quads(read_document(path), GRAPH)),
    }


def milliseconds_of(stage: Callable[[], object]) -> float:
    start = time.process_time()
    stage()
    return (time.process_time() - start) * 1000


def in_process(stage: str, path: Path) -> tuple[float, float]:
    """Run a stage in a process of its own; milliseconds of its first time, and the median of its later times."""
    command = [sys.executable, __file__, str(path), "--only", stage, "--rounds", str(TIMES)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=600)
    first, *later = (float(word) for word in done.stdout.split())
    return first, median(later)


def measure_apart(path: Path, rounds: int) -> None:
    """Print each stage beside the bare parse in the process just before it: medians of the rounds."""
    pairs: dict[str, list[tuple[tuple[float, float], tuple[float, float]]]] = {}
    for _round in range(rounds):
        for name in ("read", "norms", "quads"):
            pairs.setdefault(name, []).append((in_process("parse", path), in_process(name, path)))
    print(f"{'':6}{'first time, parse, ratio':>34}{'later times, parse, ratio':>34}")
    for name, held in pairs.items():
        cells = ""
        for when in (0, 1):
            ours, bare = median(one[when] for _parse, one in held), median(parse[when] for parse, _one in held)
            ratio = median(one[when] / parse[when] for parse, one in held)
            cells += f"{ours:>12.0f} ms {bare:>8.0f} ms {ratio:>7.1f}"
        print(f"{name:<6}{cells}")


def measure_together(path: Path, rounds: int) -> dict[str, float]:
    """Return the quickest of each stage's rounds, in milliseconds, all stages in this process by turns."""
    best = dict.fromkeys(stages_of(path), float("inf"))
    for _round in range(rounds):
        for name, stage in stages_of(path).items():
            best[name] = min(best[name], milliseconds_of(stage))
    return best


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
    options.add_argument("--rounds", type=int, default=9)
    options.add_argument("--copies", type=int, default=0)
    options.add_argument("--together", action="store_true", help="all stages in one process, the quickest of rounds")
    options.add_argument("--only", choices=("parse", "read", "norms", "quads"))
    given = options.parse_args()
    if given.only:
        stage = stages_of(given.file)[given.only]
        print(*(f"{milliseconds_of(stage):.2f}" for _round in range(given.rounds)))
        return
    if given.together:
        for name, best in (quickest := measure_together(given.file, given.rounds)).items():
            print(f"{name:<6} {best:>8.0f} ms {best / quickest['parse']:>5.1f} x parse")
    else:
        measure_apart(given.file, given.rounds)
    for copies in sorted({1, max(1, given.copies // 10), given.copies} - {0}) if given.copies else ():
        print(peak_memory(given.file, copies))


if __name__ == "__main__":
    main()
