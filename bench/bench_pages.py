"""How fast pages answer: each kind in-process, cold and warm, the start of ``serve``, and many clients at once.

Run it as ``python bench/bench_pages.py GRAPH_FOLDER [--clients 50] [--requests 400]``. Cold is the first request of
a process for that page; warm is the median of those that follow; "another day" asks every time for another day, so
that nothing finished is kept, while the graph's own readings may be. The clients ask for ``who`` pages of different
words, places and days over HTTP, each waiting for its answer before it asks again.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import dutygraph

PAGES = (
    "/",
    "/ask?q=serious+violence&area=Rugby",
    "/place/E07000220?",
    "/body/warwickshire-county-council?",
    "/post/police-and-crime-commissioner-for-warwickshire?",
    "/partnership/safer-warwickshire-partnership-board?",
    "/instrument/ukpga/1998/37?",
    "/instrument/ukpga/1998/37/section/6?",
    "/duty/cda1998-s5-2-cooperate?area=Rugby",
    "/class/cda1998-responsible-authority?area=Rugby",
    "/product/partnership-plan?",
    "/source/paper-warwickshire-panel-csp-2023?",
    "/question/members",
    "/changes?from=2022-06-30&to=2022-07-01&area=Rugby",
)
ASKED = ("serious violence", "partnership plan", "consult", "police and crime plan", "domestic abuse", "strategy")
PLACES = ("Rugby", "Warwick", "Stratford-on-Avon", "Nuneaton and Bedworth", "North Warwickshire", "")


def milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def pages(store: str) -> None:
    from starlette.testclient import TestClient

    from dutygraph.web.app import create_app

    client = TestClient(create_app(dutygraph.open(store)))
    print(f"{'page':58} {'cold':>8} {'warm':>8} {'other day':>10}   milliseconds")
    warm = []
    for path in PAGES:
        cold = milliseconds(lambda path=path: client.get(path).raise_for_status())
        again = statistics.median(milliseconds(lambda path=path: client.get(path)) for _ in range(9))
        days = [date(2026, 1, 1) + timedelta(days=step) for step in range(5)]
        joined = [f"{path}{'&' if '?' in path else '?'}on={day}" for day in days]
        other = statistics.median(milliseconds(lambda path=path: client.get(path)) for path in joined)
        warm.append(again)
        print(f"{path:58} {cold:8.0f} {again:8.1f} {other:10.0f}")
    print(f"median of the warm pages: {statistics.median(warm):.1f} ms, slowest {max(warm):.1f} ms")


def serve(store: str, clients: int, requests: int) -> None:
    start = time.perf_counter()
    command = [sys.executable, "-m", "dutygraph.cli", "serve", "--port", "0", "--no-browser", "--store", store]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        line = next(line for line in process.stderr or () if "http://" in line)
        address = line.split("is at ")[1].split(" ")[0]
        urllib.request.urlopen(f"{address}question", timeout=30).read()
        print(f"serve answers its first page after {time.perf_counter() - start:.2f} s")
        load(address, clients, requests)
    finally:
        process.terminate()


def load(address: str, clients: int, requests: int) -> None:
    def ask(number: int) -> float:
        words, place = ASKED[number % len(ASKED)], PLACES[number // 6 % len(PLACES)]
        day = date(2026, 1, 1) + timedelta(days=number // 36 % 3)
        query = urllib.parse.urlencode({"q": words, "area": place, "on": day.isoformat()})
        return milliseconds(lambda: urllib.request.urlopen(f"{address}ask?{query}", timeout=120).read())

    start = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        times = sorted(pool.map(ask, range(requests)))
    taken = time.perf_counter() - start
    late = times[int(len(times) * 0.95)]
    print(
        f"{clients} clients, {requests} who pages: no error, {requests / taken:.0f} a second, "
        f"median {statistics.median(times):.0f} ms, p95 {late:.0f} ms, worst {times[-1]:.0f} ms"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("store")
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--requests", type=int, default=400)
    given = parser.parse_args()
    pages(given.store)
    serve(given.store, given.clients, given.requests)
