"""A national extract from CSV to finished graph with its index, beside what else could be done with the same files.

    python bench/generate_powers_duties.py /tmp/extract --rows 100000
    python bench/bench_powers_duties.py /tmp/extract --work /tmp/work

Side by side in one run, each stage in a process of its own, with its time and its peak of memory:

- reading with Python's ``csv.reader`` alone, and reading, checking and counting (``--check``);
- the whole load (``load powers-duties``) into a graph that holds the register, and the disk that it takes;
- pyoxigraph's bulk loader alone, on the same statements written out as N-Quads;
- the publisher's own design: one SQLite table, four indexes, FTS5 over action, condition and actor;
- DuckDB's table of the same rows, if ``duckdb`` is installed (MIT; needed by nothing else);
- warm medians of six questions on all three; ``members`` before and after.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from dutygraph.commands.allocators import allocator_environment

LAYER = "powers-duties"
REPEATS = 7


def rows(folder: Path) -> Iterator[list[str]]:
    """Yield the rows of all files, without headers."""
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            next(reader)
            yield from reader


def size_of(path: Path) -> int:
    """Return the bytes of a file or of all files in a folder; a file with two places counts once."""
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return sum({file.stat().st_ino: file.stat().st_size for file in files}.values())


def stage_csv(folder: Path, _work: Path) -> dict[str, Any]:
    """Read the rows and do nothing."""
    return {"rows": sum(1 for _row in rows(folder))}


def stage_check(folder: Path, _work: Path) -> dict[str, Any]:
    """Read, check and count."""
    from dutygraph.sources import check_source

    return {"counts": check_source(LAYER, [str(folder)], lambda _what, _share: None).counts}


def stage_build(_folder: Path, work: Path) -> dict[str, Any]:
    """Build the graph of the register."""
    from dutygraph.knowledge import rebuild

    made, _folder = rebuild(work / "graph")
    return {"statements": made.quads, "bytes": size_of(work / "graph" / "builds" / made.folder)}


def stage_load(folder: Path, work: Path) -> dict[str, Any]:
    """Load the extract."""
    from dutygraph.knowledge import load_into

    made = load_into(work / "graph", LAYER, [str(folder)])
    return {"statements": made.layers[-1].quads, "bytes": size_of(work / "graph" / "builds" / made.folder)}


def stage_compact(_folder: Path, work: Path) -> dict[str, Any]:
    """Put the files in order, as ``dutygraph compact`` does: the statements are then read out far more quickly."""
    from dutygraph.graph.compacting import compact

    made = compact(work / "graph")
    return {"bytes": size_of(work / "graph" / "builds" / made.folder)}


def stage_dump(_folder: Path, work: Path) -> dict[str, Any]:
    """Write the statements out for the bulk loader."""
    from pyoxigraph import NamedNode, RdfFormat, Store, serialize

    from dutygraph.graph.current import read_build

    held = read_build(work / "graph")
    if held is None:
        raise SystemExit("nothing was loaded")
    store = Store.read_only(str(work / "graph" / "builds" / held.folder))
    quads = store.quads_for_pattern(None, None, None, NamedNode(held.layers[-1].graphs[0]))
    serialize(quads, str(work / "statements.nq"), RdfFormat.N_QUADS)
    return {}


def stage_bulk(_folder: Path, work: Path) -> dict[str, Any]:
    """Let the bulk loader load the written statements into its named graph, and nothing else."""
    from pyoxigraph import RdfFormat, Store

    store = Store(str(work / "bulk"))
    store.bulk_load(path=str(work / "statements.nq"), format=RdfFormat.N_QUADS)
    store.flush()
    return {"bytes": size_of(work / "bulk")}


SCHEMA = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
CREATE TABLE duties (duty_id INTEGER PRIMARY KEY, duty_uri TEXT, enactment_uri TEXT, enactment_title TEXT,
  enactment_year TEXT, enactment_type TEXT, enactment_num TEXT, section_uri TEXT, subsection TEXT, actor TEXT,
  actor_is_body TEXT, actor_is_alias TEXT, actor_definition TEXT, body_uri TEXT, modality TEXT, action TEXT,
  condition TEXT, inference TEXT, priority TEXT, order_key TEXT);
CREATE VIRTUAL TABLE duties_fts USING fts5 (action, condition, actor, content='duties', content_rowid='duty_id',
  tokenize='porter unicode61');
"""
INDEXES = """
CREATE INDEX idx_enactment ON duties (enactment_uri, order_key);
CREATE INDEX idx_type_year ON duties (enactment_type, enactment_year);
CREATE INDEX idx_actor ON duties (actor);
CREATE INDEX idx_modality ON duties (modality, priority, inference);
INSERT INTO duties_fts (rowid, action, condition, actor) SELECT duty_id, action, condition, actor FROM duties;
"""


def padded(folder: Path) -> Iterator[list[str]]:
    """Yield the first row of each duty_uri, with a key that sorts as the law is ordered."""
    import re

    number, seen = re.compile(r"\d+"), set()
    for row in rows(folder):
        if row[1] not in seen:
            seen.add(row[1])
            yield [*row, number.sub(lambda match: match[0].zfill(6), f"{row[7]}/{row[8]}")]


def stage_sqlite(folder: Path, work: Path) -> dict[str, Any]:
    """Build the publisher's design."""
    database = sqlite3.connect(work / "duties.db")
    database.executescript(SCHEMA)
    places = ", ".join("?" * 20)
    database.executemany(f"INSERT OR IGNORE INTO duties VALUES ({places})", padded(folder))
    database.commit()
    database.executescript(INDEXES)
    database.commit()
    database.close()
    return {"bytes": size_of(work / "duties.db")}


def stage_duckdb(_folder: Path, work: Path) -> dict[str, Any]:
    """Copy SQLite's table into DuckDB, through CSV."""
    import duckdb

    database = sqlite3.connect(work / "duties.db")
    with (work / "duties.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        cursor = database.execute("SELECT * FROM duties ORDER BY duty_id")
        writer.writerow([column[0] for column in cursor.description])
        writer.writerows(cursor)
    duck = duckdb.connect(str(work / "duties.duckdb"))
    source = f"read_csv('{work / 'duties.csv'}', all_varchar = true, max_line_size = 10000000)"
    duck.execute(f"CREATE TABLE duties AS SELECT * FROM {source}")
    duck.close()
    return {"bytes": size_of(work / "duties.duckdb")}


def median(ask: Callable[[], Any]) -> tuple[float, int]:
    """Return the warm median in milliseconds, and how many rows came."""
    count, times = len(ask()), []
    for _ in range(REPEATS):
        began = time.perf_counter()
        ask()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times), count


def stage_questions(_folder: Path, work: Path) -> dict[str, Any]:
    """Ask the six questions of our index, of SQLite and of DuckDB."""
    from dutygraph.graph.indexes import find_words
    from dutygraph.knowledge import open_graph
    from dutygraph.queries import extracts

    store = open_graph(work / "graph").store
    ours, theirs = extracts.open_extract(store), sqlite3.connect(work / "duties.db")
    actor = theirs.execute(
        "SELECT actor FROM duties GROUP BY actor ORDER BY COUNT(*) DESC LIMIT 1 OFFSET 4"
    ).fetchone()[0]
    enactment = theirs.execute(
        "SELECT enactment_uri FROM duties GROUP BY 1 ORDER BY COUNT(*) DESC LIMIT 1 OFFSET 3"
    ).fetchone()[0]
    number = ours.execute("SELECT id FROM enactment WHERE iri = ?", (enactment,)).fetchone()[0]
    key = extracts.name_key(actor)
    columns = "duty_uri, modality, actor, action, condition, enactment_title, section_uri, enactment_uri, subsection"
    columns += ", inference, priority"
    plain = {
        "all duties of one actor": (f"SELECT {columns} FROM duties WHERE actor = ?", (actor,)),
        "one enactment in section order": (
            f"SELECT {columns} FROM duties WHERE enactment_uri = ? ORDER BY order_key", (enactment,)),
        "top 20 actors": ("SELECT actor, COUNT(*) FROM duties GROUP BY actor ORDER BY 2 DESC LIMIT 20", ()),
        "count by modality and type": ("SELECT modality, enactment_type, COUNT(*) FROM duties GROUP BY 1, 2", ()),
        "other actors on its enactments": (
            "SELECT actor, COUNT(*) FROM duties WHERE enactment_uri IN (SELECT DISTINCT enactment_uri FROM duties "
            "WHERE actor = ?) AND actor <> ? GROUP BY actor ORDER BY 2 DESC LIMIT 20", (actor, actor)),
    }  # fmt: skip
    found: dict[str, dict[str, tuple[float, int]]] = {
        "ours": {
            "all duties of one actor": median(lambda: ours.execute(extracts.NORMS_OF_ACTOR, (key,)).fetchall()),
            "one enactment in section order": median(
                lambda: ours.execute(extracts.NORMS_OF_ENACTMENT, (number,)).fetchall()
            ),
            "top 20 actors": median(lambda: ours.execute(extracts.TOP_ACTORS, (20,)).fetchall()),
            "count by modality and type": median(lambda: ours.execute(extracts.COUNTS).fetchall()),
            "other actors on its enactments": median(
                lambda: ours.execute(extracts.ACTORS_BESIDE, (key, 20)).fetchall()
            ),
        },
        "sqlite": {
            name: median(lambda q=query, v=values: theirs.execute(q, v).fetchall())
            for name, (query, values) in plain.items()
        },
    }
    from dutygraph.graph.indexes import open_indexes

    theirs.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab ('main', 'duties_fts', 'row')")
    rows_held = theirs.execute("SELECT COUNT(*) FROM duties").fetchone()[0]
    usual = theirs.execute("SELECT term FROM vocabulary ORDER BY ABS(doc - ?) LIMIT 2", (rows_held * 0.03,)).fetchall()
    ranked = "SELECT duties.* FROM duties_fts JOIN duties ON duty_id = duties_fts.rowid "
    ranked += "WHERE duties_fts MATCH ? ORDER BY rank LIMIT 25"
    for name, pair in (("usual", [term for (term,) in usual]), ("most frequent", ["keep", "register"])):
        words = f"two {name} words, ranked, top 25"
        match = " AND ".join(f'"{word}"' for word in pair)
        found["ours"][words] = median(lambda p=pair: find_words(open_indexes(store), " ".join(p), (), 25).hits)
        found["sqlite"][words] = median(lambda m=match: theirs.execute(ranked, (m,)).fetchall())
    if (work / "duties.duckdb").exists():
        import duckdb

        duck = duckdb.connect(str(work / "duties.duckdb"), read_only=True)
        found["duckdb"] = {
            name: median(lambda q=query, v=values: duck.execute(q, v).fetchall())
            for name, (query, values) in plain.items()
        }
    return found


def stage_members(_folder: Path, work: Path) -> dict[str, Any]:
    """Ask for members as a whole process, again and again."""
    command = [sys.executable, "-m", "dutygraph.cli", "members", "responsible authorities", "--area", "Rugby"]
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        subprocess.run([*command, "--store", str(work / "graph")], check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - began)
    return {"median": statistics.median(times)}


def run(stage: str, folder: Path, work: Path) -> dict[str, Any]:
    """Run a stage in a process of its own; its time, its peak of memory with that of its own processes."""
    began = time.perf_counter()
    command = [sys.executable, __file__, str(folder), "--work", str(work), "--stage", stage]
    faster = allocator_environment() if stage == "load" else {}  # as the command has it where the machine does
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=os.environ | faster)
    found = json.loads(done.stdout.splitlines()[-1])
    found["seconds"] = time.perf_counter() - began
    if faster:
        print(f"load: with {' '.join(faster.values())}")
    line = f"{stage:10} {found['seconds']:8.1f} s  {found['cpu']:8.1f} s of CPU  {found['peak']:6.0f} MB memory"
    print(line + (f"  {found['bytes'] / 1e6:8.0f} MB disk" if "bytes" in found else ""), flush=True)
    return found


def main() -> None:
    """Run all stages and say the ratios that count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--work", type=Path, required=True, help="a folder for what is built; what is in it goes")
    parser.add_argument("--stage", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.stage:
        found = globals()[f"stage_{given.stage}"](given.folder, given.work)
        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        cpu = sum(one.ru_utime + one.ru_stime for one in used)
        print(json.dumps({**found, "peak": sum(one.ru_maxrss for one in used) / 1024, "cpu": cpu}))
        return
    shutil.rmtree(given.work, ignore_errors=True)
    given.work.mkdir(parents=True)
    stages = [
        "csv",
        "check",
        "build",
        "members",
        "sqlite",
        "load",
        "compact",
        "dump",
        "bulk",
    ]  # compact and dump are no part of what is compared
    found: dict[str, dict[str, Any]] = {}
    for stage in stages:
        found[stage] = run(stage, given.folder, given.work)
    os.sync()
    after = run("members", given.folder, given.work)
    try:
        import duckdb as _duckdb  # noqa: F401

        run("duckdb", given.folder, given.work)
    except ImportError:
        print("duckdb is not installed: pip install duckdb")
    questions = run("questions", given.folder, given.work)
    say(found, after, questions)


def say(found: dict[str, dict[str, Any]], after: dict[str, Any], questions: dict[str, Any]) -> None:
    """Print the ratios and the questions."""
    disk = found["load"]["bytes"] - found["build"]["bytes"]
    print(
        f"\n{found['csv']['rows']:,} rows, {found['load']['statements']:,} statements; ratios of time, and of CPU time:"
    )
    for words, one, other in (
        ("reading, checking, counting / csv.reader", "check", "csv"),
        ("load / bulk loader alone", "load", "bulk"),
        ("load / SQLite, FTS5 and 4 indexes", "load", "sqlite"),
    ):
        ratios = [found[one][measure] / found[other][measure] for measure in ("seconds", "cpu")]
        print(f"{words:42} {ratios[0]:6.2f} {ratios[1]:6.2f}")
    print(f"{'disk / SQLite':42} {disk / found['sqlite']['bytes']:6.2f}")
    print(f"{'members after / before':42} {after['median'] / found['members']['median']:6.2f}\n")
    engines = [name for name in ("ours", "sqlite", "duckdb") if name in questions]
    print(f"{'warm medians, ms':34}" + "".join(f"{name:>12}" for name in engines) + f"{'rows':>12}")
    for name in questions["ours"]:
        cells = [questions[engine].get(name) for engine in engines]
        print(
            f"{name:34}"
            + "".join(f"{cell[0]:12.2f}" if cell else f"{'-':>12}" for cell in cells)
            + f"{cells[0][1]:12,}"
        )


if __name__ == "__main__":
    main()
