"""How long the whole country takes: to build it, and to answer for every area on twelve days.

Run it as ``python bench/bench_national.py [--store FOLDER]``. Aims: the national build in under 30 s and 1 GiB; the
responsible authorities of every area, current and former, on twelve days from 1999 to today in under two seconds; one
area asked in a process of its own no slower than with dutygraph's own register alone. For comparison the panel's days
are also answered as a user would without it: one ``members`` call an area (a sample of 20 areas on one day, scaled up).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import dutygraph
from dutygraph.knowledge import open_graph

DAYS = [f"{year}-06-01" for year in (1999, 2002, 2004, 2005, 2007, 2010, 2012, 2013, 2016, 2020, 2023, 2026)]
CLASS = "responsible authorities"
BUILD = """
import resource, sys, time
from dutygraph.knowledge import load_into
begun = time.perf_counter()
made = load_into(sys.argv[1], "register", ["national"])
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(time.perf_counter() - begun, peak, made.quads)
"""


def run(*words: str) -> str:
    """Run a process of its own, from the checkout or from where dutygraph is installed."""
    home = Path(dutygraph.__path__[0]).parent
    checkout = {} if "site-packages" in str(home) else {"PYTHONPATH": str(home)}
    done = subprocess.run(
        [sys.executable, *words], check=True, capture_output=True, text=True, env={**os.environ, **checkout}
    )
    return done.stdout


def verdict(value: float, aim: float) -> str:
    return "met" if value < aim else "MISSED"


def measure_panel(folder: Path) -> None:
    kg = open_graph(folder)
    kg.panel(CLASS, DAYS[:1])  # warm
    begun = time.perf_counter()
    answer = kg.panel(CLASS, DAYS)
    took = time.perf_counter() - begun
    areas = sorted({row["code"] for row in answer if row["on"] == DAYS[-1] and row["code"]})
    begun = time.perf_counter()
    for code in areas[:20]:
        kg.members(CLASS, area=code, on=DAYS[-1])
    each = (time.perf_counter() - begun) / 20
    print(f"panel, {len(answer):,} rows on {len(DAYS)} days {took:17.2f} s   aim 2 s  {verdict(took, 2)}")
    print(f"one members call an area and day, scaled {each * len(areas) * len(DAYS):9.1f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description="Time to build the national graph and to ask it.")
    parser.add_argument("--store", type=Path, help="A folder to build in and keep; default: one that is thrown away.")
    kept = parser.parse_args().store
    with tempfile.TemporaryDirectory() as scratch:
        folder = kept or Path(scratch) / "national"
        took, peak, quads = (float(part) for part in run("-c", BUILD, str(folder)).split())
        print(f"national build, {quads:,.0f} statements {took:16.1f} s   aim 30 s  {verdict(took, 30)}")
        print(f"peak memory {peak:36.0f} MiB aim 1024 MiB  {verdict(peak, 1024)}")
        measure_panel(folder)
        begun = time.perf_counter()
        words = ("-m", "dutygraph.cli", "members", CLASS, "--area", "Rugby", "--on", "2005-06-01", "--format", "json")
        held = json.loads(run(*words, "--store", str(folder)))
        print(f"members for Rugby, {len(held['members'])} rows, whole process {time.perf_counter() - begun:6.2f} s")


if __name__ == "__main__":
    main()
