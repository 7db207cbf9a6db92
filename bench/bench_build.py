"""How long it takes to make the graph of the register, and where the time goes.

Run it as ``python bench/bench_build.py [--runs N]``. Aim: under ten seconds from the tables to a graph that can be
asked, as a whole process. For comparison it also times the least that any such build must do: read the same CSV
files with :mod:`csv`, and bulk-load as many statements, as they come out in the end, into a store on disk.
"""

from __future__ import annotations

import argparse
import csv
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from pyoxigraph import Quad, Store

import dutygraph
from dutygraph.graph.builds import build, fill
from dutygraph.register import FOLDER

AIM_SECONDS = 10.0


def median(runs: int, work: Callable[[], object]) -> float:
    taken = []
    for _run in range(runs):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def whole_process() -> None:
    """Build as a user does: a process of its own, in an empty folder."""
    home = Path(dutygraph.__path__[0]).parent
    checkout = {} if "site-packages" in str(home) else {"PYTHONPATH": str(home)}
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "dutygraph.cli", "build", "--store", folder],
            check=True,
            capture_output=True,
            env={**os.environ, **checkout},
        )


def floor(quads: list[Quad]) -> None:
    """Read the tables without looking at them, and load statements that are there already."""
    for path in FOLDER.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as table:
            list(csv.reader(table))
    with tempfile.TemporaryDirectory() as folder:
        store = Store(folder)
        store.bulk_extend(quads)
        store.flush()


def stages() -> dict[str, float]:
    """Seconds from each word of progress to the next one."""
    told: list[tuple[str, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder), progress=lambda what, _share: told.append((what, time.perf_counter())))
    following = [when for _what, when in told[1:]]
    return {what: later - when for (what, when), later in zip(told, following, strict=False)}


def main() -> None:
    parser = argparse.ArgumentParser(description="Time to build the graph of the register.")
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    quads = list(fill([FOLDER]))
    took, least = median(runs, whole_process), median(runs, lambda: floor(quads))
    print(f"{len(quads):,} statements; medians of {runs} runs")
    verdict = "met" if took < AIM_SECONDS else "MISSED"
    print(f"{'dutygraph build, whole process':<40} {took:7.2f} s   aim {AIM_SECONDS:.0f} s  {verdict}")
    print(f"{'read the tables, load the statements':<40} {least:7.2f} s   ratio {took / least:.1f}")
    for what, seconds in stages().items():
        print(f"    {what:<36} {seconds:7.2f} s")


if __name__ == "__main__":
    main()
