"""How fast a question is answered: the whole process, against the least that any such process must do.

Run it as ``python bench/bench_reading.py [--store FOLDER] [--runs N]``. Without a store it builds the register's
graph in a temporary folder first. It compares

* ``dutygraph members …`` (warm) with the floor: start Python, import click and pyoxigraph, open the same store
  on disk read-only, ask one SELECT. Aim: at most twice the floor.
* ``dutygraph --help`` with ``python -c "import click"``. Aim: at most one and a half times that.

Every process runs several times, in turn with the one it is compared with, so that both see the same machine;
the median counts.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import dutygraph

WARM_UP = 3
FLOOR = """
import sys, click, pyoxigraph
store = pyoxigraph.Store.read_only(sys.argv[1])
list(store.query("SELECT ?s { ?s <https://w3id.org/dutygraph/def#nameKey> 'rugby' }", use_default_graph_as_union=True))
"""
MEMBERS = ["members", "responsible authorities", "--area", "Rugby", "--on", "2005-06-01"]
QUESTIONS = {
    "members … --area Rugby": MEMBERS,
    "members … --format json": [*MEMBERS, "--format", "json"],
    "is PCC … --area Rugby": [
        "is",
        "Police and Crime Commissioner for Warwickshire",
        "responsible authorities",
        "--area",
        "Rugby",
    ],
    "body Rugby Borough Council": ["body", "Rugby Borough Council"],
    "who serious violence": ["who", "serious violence", "--area", "Rugby"],
    "duties Chief Constable": ["duties", "Chief Constable of Warwickshire Police"],
}
TARGETS = {"members … --area Rugby": 2.0}


def command() -> list[str]:
    """The installed command, or the module where only a checkout is there."""
    beside = shutil.which("dutygraph", path=str(Path(sys.executable).parent))
    return [beside] if beside else [sys.executable, "-m", "dutygraph.cli"]


def environment() -> dict[str, str]:
    """The environment of a user: compiled modules are kept, as pip keeps those of an installed package."""
    home = Path(dutygraph.__path__[0]).parent
    checkout = {} if "site-packages" in str(home) else {"PYTHONPATH": str(home)}
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, **checkout}


def seconds(arguments: Sequence[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment())
    return time.perf_counter() - begun


def medians(runs: int, *commands: Sequence[str]) -> list[float]:
    """The median seconds of each command; they take turns."""
    taken: list[list[float]] = [[] for _ in commands]
    for run in range(WARM_UP + runs):
        for held, arguments in zip(taken, commands, strict=True):
            took = seconds(arguments)
            if run >= WARM_UP:
                held.append(took)
    return [statistics.median(held) for held in taken]


def row(what: str, took: float, against: float, target: float | None) -> str:
    ratio = took / against
    verdict = "" if target is None else f"{target:.1f}  {'met' if ratio <= target else 'MISSED'}"
    return f"{what:<30} {took * 1000:8.1f} {against * 1000:8.1f} {ratio:6.2f}  {verdict}"


def build_in(folder: Path) -> Path:
    held = json.loads((folder / "in-use.json").read_text(encoding="utf-8"))
    return folder / "builds" / str(held["folder"])


def main() -> None:
    parser = argparse.ArgumentParser(description="Whole-process times of questions against the floor.")
    parser.add_argument("--store", help="a graph folder; default: the register's graph, built for the occasion")
    parser.add_argument("--runs", type=int, default=21)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(arguments.store or Path(temporary) / "graph")
        subprocess.run(
            [*command(), "build", "--store", str(folder)], check=True, capture_output=True, env=environment()
        )
        floor = [sys.executable, "-c", FLOOR, str(build_in(folder))]
        print(f"{'medians of ' + str(arguments.runs) + ' processes':<30} {'ms':>8} {'floor':>8} {'ratio':>6}  aim")
        for what, question in QUESTIONS.items():
            took, least = medians(arguments.runs, [*command(), *question, "--store", str(folder)], floor)
            print(row(what, took, least, TARGETS.get(what)), flush=True)
        took, least = medians(arguments.runs, [*command(), "--help"], [sys.executable, "-c", "import click"])
        print(row("--help (floor: import click)", took, least, 1.5))


if __name__ == "__main__":
    main()
