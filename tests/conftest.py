"""What the tests share: a small invented register, its graph in memory and on disk, and a way to break it."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Store

import dutygraph.graph.builds
import dutygraph.loaders.tables  # takes its schema from the real register, before FOLDER is changed
import dutygraph.register
from dutygraph.graph.builds import fill
from dutygraph.graph.store import OxigraphStore
from dutygraph.knowledge import KnowledgeGraph

FIXTURES = Path(__file__).parent / "fixtures"
REGISTER = FIXTURES / "register"

os.environ.pop("DUTYGRAPH_STORE", None)


@pytest.fixture(scope="session")
def register_folder() -> Path:
    """The invented register: Ambershire with two districts, Quillport, and Wenshire in Wales."""
    return REGISTER


@pytest.fixture(scope="session")
def small_store() -> Store:
    """The graph of the invented register, in memory."""
    return fill([REGISTER])


@pytest.fixture(scope="session")
def kg(small_store: Store) -> KnowledgeGraph:
    """The graph of the invented register, to be asked."""
    return KnowledgeGraph(OxigraphStore(small_store, "memory"))


@pytest.fixture(scope="session")
def store_folder(small_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same graph as a plain Oxigraph store on disk: what ``--store`` takes."""
    folder = tmp_path_factory.mktemp("store") / "plain"
    disk = Store(str(folder))
    disk.bulk_extend(small_store)
    disk.flush()
    del disk
    return folder


@pytest.fixture
def small_builds(monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let builds take the invented register for dutygraph's own, so that they take no time."""
    monkeypatch.setattr(dutygraph.graph.builds, "FOLDER", REGISTER)
    monkeypatch.setattr(dutygraph.register, "FOLDER", REGISTER)
    return REGISTER


@pytest.fixture
def copied_register(tmp_path: Path) -> Path:
    """A copy of the invented register, to be broken."""
    return Path(shutil.copytree(REGISTER, tmp_path / "register"))


@pytest.fixture
def mend() -> Callable[[Path, str, str], None]:
    """Replace words in a file that holds them exactly once."""

    def replace(path: Path, old: str, new: str) -> None:
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    return replace


# A real browser, for pages and maps

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
SWITCHES = (
    "--headless=new",
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--window-size=1600,1000",
)
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
"""Which of axe-core's rules a page must keep: those of WCAG 2.2, levels A and AA."""


class Browser:
    """Chromium as a test uses it: opens pages, looks and waits, and says what was asked of whom."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def open(self, address: str, ready: str = "return document.readyState === 'complete'") -> None:
        """Open a page with a clean log and wait until it is ready."""
        for kind in ("browser", "performance"):
            self.driver.get_log(kind)
        self.driver.get(address)
        self.wait_for(ready)

    def run(self, script: str, *values: Any) -> Any:
        return self.driver.execute_script(script, *values)

    def wait_for(self, script: str) -> None:
        for _ in range(200):
            if self.run(script):
                return
            time.sleep(0.05)
        raise AssertionError(f"never true: {script}")

    def find(self, selector: str) -> Any:
        return self.driver.find_element("css selector", selector)

    def press(self, *keys: str) -> None:
        """Press keys, one after the other, wherever the focus is."""
        from selenium.webdriver.common.action_chains import ActionChains

        for key in keys:
            ActionChains(self.driver).send_keys(key).perform()

    def requests(self) -> list[str]:
        """Return the addresses that were asked since the page was opened."""
        messages = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        sent = [item["params"]["request"]["url"] for item in messages if item["method"] == "Network.requestWillBeSent"]
        return [address for address in sent if not address.startswith(("data:", "blob:"))]

    def complaints(self) -> list[str]:
        """Return what the console says since the page was opened."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def size(self, width: int, height: int) -> None:
        """Make the window as large as a screen; 0 gives it back its own size."""
        if not width:
            self.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
            return
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)

    def violations(self) -> list[str]:
        """Return what axe-core finds against WCAG 2.2 AA: the rule, and the elements that break it."""
        from importlib.util import find_spec

        found = find_spec("axe_playwright_python")
        if found is None or found.origin is None:
            pytest.skip("axe-core is not installed (axe-playwright-python)")
        code = Path(found.origin).with_name("axe.min.js").read_text(encoding="utf-8")
        # through the debugger, for a page's own policy lets no foreign script in
        self.driver.execute_cdp_cmd("Runtime.evaluate", {"expression": f"{code};0"})
        asked = {"runOnly": {"type": "tag", "values": list(RULES)}}
        broken = self.driver.execute_async_script(
            "const done = arguments[1]; axe.run(document, arguments[0]).then((said) => done(said.violations))", asked
        )
        return [f"{item['id']}: {node['html'][:160]}" for item in broken for node in item["nodes"]]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium; skipped where it, its driver or Selenium is not installed."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="Selenium is not installed: no page is tried")
    if not (CHROMIUM and DRIVER):
        pytest.skip("Chromium and its driver are not installed")
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for switch in SWITCHES:
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(str(DRIVER)))
    driver.set_script_timeout(300)
    yield Browser(driver)
    driver.quit()
