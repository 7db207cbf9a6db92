"""How fast a map is made, drawn and dragged, beside the network library that maps are often drawn with.

Run it as ``python bench/bench_maps.py [--sizes 50 300 2000] [--runs N] [--patience SECONDS]``; it needs Chromium
with its driver, Selenium and pyvis (extra ``test``). For an invented network of each size, in the same run:

* *made*: seconds from the network to the finished page, layout included. Aim: 0.5 at 300 things, 1.5 at 2,000.
* *drawn*: milliseconds from opening the file until its first picture stands, of our page (as it opens, and with
  every thing shown), of a bare vis-network page with the same positions held fast, and of plain pyvis, which lays
  the network out by itself. Aim: ours at most one and a half times the bare page.
* *frames*: frames a second, and the 95th percentile of the time between two, while the mouse drags the map. A
  blank page is dragged first: that is what the machine can do at most. Aim: 50.

Other work on the machine slows all of them alike; read what stands in one run side by side.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from selenium.common.exceptions import WebDriverException

from dutygraph.graph.layouts import lay_out
from dutygraph.graph.networks import LIES_IN, MEMBER_OF_CLASS, SERVES, SITS_ON, Basis, Edge, Network, Node, Support
from dutygraph.graph.pages import to_page
from dutygraph.queries.maps import AREA_BANDS, AREA_LANES

FRAMES = """
window.stamps = [];
(function tick(now) { window.stamps.push(now); window.ticking = requestAnimationFrame(tick); })(performance.now());
"""
OURS = """
(function wait() {
  const map = window.dutygraphMap;
  if (!map || !map.panels()[0].cost) return requestAnimationFrame(wait);
  if (MODE) map.setMode("everything");
  requestAnimationFrame(() => { window.drawnAt = performance.now(); });
})();
"""
PLAIN = """
(function wait() {
  if (!window.network) return setTimeout(wait, 1);
  window.network.once("afterDrawing", () => { window.drawnAt = performance.now(); });
})();
"""
BARE = """<!DOCTYPE html><html><head><style>body {{ margin: 0; }} #m {{ height: 900px; }}</style>
<script>{library}</script></head><body><div id="m"></div><script>
const data = {{ nodes: new vis.DataSet({nodes}), edges: new vis.DataSet({edges}) }};
const boxes = {{ shape: "box", fixed: true, font: {{ size: 18 }} }};
const options = {{ physics: false, layout: {{ improvedLayout: false }}, nodes: boxes }};
const network = new vis.Network(document.getElementById("m"), data, options);
network.once("afterDrawing", () => {{ window.drawnAt = performance.now(); }});
network.fit();
</script></body></html>"""
BLANK = "<!DOCTYPE html><title>blank</title><canvas width=1600 height=900></canvas>"


def resting(at: int) -> Support:
    """Return what an invented fact rests on: one of many provisions, checked or not."""
    iri = f"http://www.legislation.gov.uk/id/ukpga/1998/37/section/{at}"
    basis = (Basis(f"Crime and Disorder Act 1998, s. {at}", iri),)
    return Support(basis, "1998-09-30", checked="2026-01-31" if at % 5 else None, evidence=("statute",))


def invent(size: int) -> Network:
    """Return a network as a national map has it: bodies and partnerships in tiers, two and a half facts a thing."""
    bands = [band.key for band in AREA_BANDS]
    shares = (("class", "law", 10), ("body", "body", 50), ("partnership", "partnership", 30), ("area", "place", 10))
    nodes = []
    for family, lane, share in shares:
        for at in range(max(1, size * share // 100)):
            label = f"{family.title()} of the district number {at} and its surroundings"
            tier = None if lane == "law" else bands[min(4, at * 7 % 11 // 2)]
            kind = f"{family} of kind {at % 9}"
            nodes.append(Node(f"{family}{at}", label, family, kind, lane, tier, support=resting(at)))
    ids: dict[str, list[str]] = {}
    for node in nodes:
        ids.setdefault(node.family, []).append(node.id)
    edges = tuple(_link(ids))
    return Network(f"{size} things", "2026-11-01", AREA_LANES, AREA_BANDS, tuple(nodes), edges)


def _link(ids: dict[str, list[str]]) -> Iterator[Edge]:
    for at, body in enumerate(ids["body"]):
        for step in (1, 7):
            target = ids["partnership"][(at * step) % len(ids["partnership"])]
            yield Edge(body, target, SITS_ON, f"It sits on {target}.", "member", support=resting(at))
        for step in (1, 3):
            target = ids["class"][(at * step) % len(ids["class"])]
            yield Edge(body, target, MEMBER_OF_CLASS, f"It is one of {target}.", support=resting(at))
        yield Edge(body, ids["area"][at % len(ids["area"])], SERVES, "It serves it.", quiet=True)
    for at, area in enumerate(ids["area"][1:]):
        yield Edge(area, ids["area"][at // 2], LIES_IN, "It lies in it.", quiet=True)


def library() -> str:
    """Return the network library that pyvis ships."""
    import pyvis

    path = Path(pyvis.__file__).parent / "lib" / "vis-9.1.2" / "vis-network.min.js"
    return path.read_text(encoding="utf-8").replace("</script", "<\\/script")


def write_bare(network: Network, path: Path) -> None:
    """Write the same network with the same positions for vis-network, and nothing else."""
    boxes = lay_out(network).boxes
    nodes = [{"id": box.node.id, "label": "\n".join(box.lines), "x": box.x, "y": box.y} for box in boxes]
    edges = [{"from": edge.source, "to": edge.target} for edge in network.edges if not edge.quiet]
    path.write_text(BARE.format(library=library(), nodes=json.dumps(nodes), edges=json.dumps(edges)), encoding="utf-8")


def write_plain(network: Network, path: Path) -> None:
    """Write the same network as pyvis does by itself."""
    from pyvis.network import Network as Drawing

    drawing = Drawing(cdn_resources="in_line", height="900px")
    for node in network.nodes:
        drawing.add_node(node.id, label=node.label)
    for edge in network.edges:
        drawing.add_edge(edge.source, edge.target)
    path.write_text(drawing.generate_html(notebook=False), encoding="utf-8")


def start_browser() -> Any:
    """Start a headless Chromium of 1600 by 1000."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = str(shutil.which("chromium") or shutil.which("google-chrome"))
    for switch in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1600,1000"):
        options.add_argument(switch)
    driver = webdriver.Chrome(options=options, service=Service(str(shutil.which("chromedriver"))))
    driver.set_script_timeout(120)
    return driver


def drawn(driver: Any, page: Path, watch: str, patience: float) -> float | None:
    """Return after how many milliseconds the first picture stands, or None if it never does."""
    if watch:
        driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": watch})
    driver.set_page_load_timeout(patience)
    end = time.monotonic() + patience
    try:
        driver.get(page.as_uri())
        while time.monotonic() < end:
            at = driver.execute_script("return window.drawnAt || null")
            if at:
                return float(at)
            time.sleep(0.05)
    except WebDriverException as error:  # a page that never answers is a result too
        print(f"    ({type(error).__name__})")
    return None


def measure_page(name: str, page: Path, watch: str, runs: int, patience: float) -> None:
    """Print when a page is drawn, the median of several new browsers, and how it is dragged in the last."""
    times, frames = [], (0.0, 0.0)
    for _ in range(runs):
        driver = start_browser()
        try:
            took = drawn(driver, page, watch, patience)
            if took is None:
                print(f"    {name:<28}{'never':>12} (within {patience:.0f} s)")
                return
            times.append(took)
            frames = dragged(driver)
        except WebDriverException as error:
            print(f"    {name:<28}{times[-1] if times else 0:>12.0f} then no answer ({type(error).__name__})")
            return
        finally:
            driver.quit()
    print(f"    {name:<28}{statistics.median(times):>12.0f}{frames[0]:>10.0f}{frames[1]:>10.0f}")


def dragged(driver: Any) -> tuple[float, float]:
    """Return the frames a second and the 95th percentile of milliseconds a frame, while the map is dragged about."""
    send = driver.execute_cdp_cmd
    driver.execute_script(FRAMES)

    def mouse(kind: str, x: float, y: float) -> None:
        send(
            "Input.dispatchMouseEvent", {"type": kind, "x": x, "y": y, "button": "left", "buttons": 1, "clickCount": 1}
        )

    mouse("mousePressed", 1200, 250)
    driver.execute_script("window.stamps.length = 0")
    for step in range(1, 121):
        mouse("mouseMoved", 1200 - 6 * min(step, 120 - step), 250 + 3 * min(step, 120 - step))
    stamps = driver.execute_script("cancelAnimationFrame(window.ticking); return window.stamps")
    mouse("mouseReleased", 1200, 250)
    gaps = [later - earlier for earlier, later in pairwise(stamps)]
    if not gaps:
        return 0.0, float("inf")
    return 1000 * len(gaps) / sum(gaps), statistics.quantiles(gaps, n=20)[-1] if len(gaps) > 1 else gaps[0]


def measure(folder: Path, size: int, runs: int, patience: float) -> None:
    """Print what is measured for one size."""
    network = invent(size)
    times, work = [], []
    for _ in range(max(3, runs)):
        start, started = time.perf_counter(), time.process_time()
        page = to_page(network)
        times.append(time.perf_counter() - start)
        work.append(time.process_time() - started)
    ours, bare, plain = (folder / f"{name}-{size}.html" for name in ("ours", "bare", "plain"))
    ours.write_text(page, encoding="utf-8")
    write_bare(network, bare)
    write_plain(network, plain)
    print(
        f"\n{len(network.nodes)} things, {len(network.edges)} facts: made in {statistics.median(times):.2f} s "
        f"(best {min(times):.2f}; processor {min(work):.2f}); {len(page) / 1e6:.1f} MB"
    )
    print(f"    {'page':<28}{'drawn, ms':>12}{'frames/s':>10}{'95 %, ms':>10}")
    measure_page("ours, as it opens", ours, OURS.replace("MODE", "false"), runs, patience)
    measure_page("ours, every thing shown", ours, OURS.replace("MODE", "true"), runs, patience)
    measure_page("vis-network, fixed", bare, "", runs, patience)
    measure_page("plain pyvis", plain, PLAIN, 1, patience)


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[50, 300, 2000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--patience", type=float, default=60)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        blank = folder / "blank.html"
        blank.write_text(BLANK, encoding="utf-8")
        print(f"    {'page':<28}{'drawn, ms':>12}{'frames/s':>10}{'95 %, ms':>10}")
        measure_page("a blank page", blank, "window.drawnAt = 1", 1, options.patience)
        for size in options.sizes:
            measure(folder, size, options.runs, options.patience)


if __name__ == "__main__":
    main()
