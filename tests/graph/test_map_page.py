"""The map in a real browser: it asks nobody for anything, complains of nothing, is found in and is clicked."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from dutygraph.graph.builds import fill
from dutygraph.graph.store import OxigraphStore
from dutygraph.knowledge import KnowledgeGraph
from dutygraph.register import FOLDER

pytest.importorskip("selenium", reason="Selenium is not installed: the page is not tried in a browser")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="Chromium and its driver are not installed")

SWITCHES = (
    "--headless=new",
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--window-size=1600,1000",
)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("map") / "map.html"
    KnowledgeGraph(OxigraphStore(fill([FOLDER]), "memory")).map(str(path), area="Warwickshire", on="2026-11-01")
    return path


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for switch in SWITCHES:
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(str(DRIVER)))
    yield driver
    driver.quit()


@pytest.fixture
def browser(chromium: Any, page: Path) -> Any:
    for kind in ("browser", "performance"):
        chromium.get_log(kind)
    chromium.get(page.as_uri())
    wait_for(chromium, "return Boolean(window.dutygraphMap)")
    return chromium


def wait_for(browser: Any, script: str) -> None:
    for _ in range(100):
        if browser.execute_script(script):
            return
        time.sleep(0.05)
    raise AssertionError(f"never true: {script}")


def find(browser: Any, selector: str) -> Any:
    return browser.find_element("css selector", selector)


def requests(browser: Any) -> list[str]:
    messages = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    sent = [item["params"]["request"]["url"] for item in messages if item["method"] == "Network.requestWillBeSent"]
    return [address for address in sent if not address.startswith("data:")]


def search(browser: Any, words: str) -> None:
    find(browser, "#words").clear()
    find(browser, "#words").send_keys(words)


def test_the_page_asks_for_itself_only_and_the_console_is_silent(browser: Any, page: Path) -> None:
    search(browser, "rugby borough")
    find(browser, "#results button").click()
    find(browser, "#whole").click()
    assert requests(browser) == [page.as_uri()]
    assert browser.get_log("browser") == []


def test_every_box_is_drawn_where_the_layout_put_it(browser: Any) -> None:
    places = browser.execute_script(
        "const { network, data } = dutygraphMap; const at = network.getPositions();"
        "return data.nodes.map((node) => Math.abs(at[node.id].x - node.x) + Math.abs(at[node.id].y - node.y))"
    )
    assert places and max(places) < 1.5


def test_what_is_searched_is_found_by_keyboard_alone(browser: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    search(browser, "RUGBY community")
    assert "found" in find(browser, "#found").text
    find(browser, "#words").send_keys(Keys.ARROW_DOWN)
    browser.switch_to.active_element.send_keys(Keys.ENTER)
    assert find(browser, "#details h2").text.startswith("Rugby")
    find(browser, "body").send_keys(Keys.ESCAPE)
    assert not find(browser, "#details").is_displayed()


def test_what_is_not_there_is_not_found(browser: Any) -> None:
    search(browser, "atlantis")
    assert find(browser, "#found").text == "0 found" and not find(browser, "#results").is_displayed()


def test_a_click_on_a_box_shows_the_fact_with_its_law(browser: Any) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    x, y = browser.execute_script(
        "const { network, data } = dutygraphMap;"
        "const node = data.nodes.find((item) => item.label === 'responsible authorities');"
        "const at = network.canvasToDOM(node), box = document.getElementById('canvas').getBoundingClientRect();"
        "return [at.x - box.width / 2, at.y - box.height / 2]"
    )
    ActionChains(browser).move_to_element_with_offset(find(browser, "#canvas"), round(x), round(y)).click().perform()
    wait_for(browser, "return !document.getElementById('details').hidden")
    assert find(browser, "#details h2").text == "responsible authorities"
    link = find(browser, "#details a")
    assert link.get_attribute("href").startswith("https://www.legislation.gov.uk/ukpga/1998/37/section/5")


def test_a_name_in_the_tables_leads_to_the_map(browser: Any) -> None:
    link = find(browser, "#partnerships a[data-node]")
    name = link.get_attribute("textContent")
    browser.execute_script("arguments[0].click()", link)
    assert find(browser, "#details h2").text == name


def test_nothing_is_wider_than_a_small_screen(browser: Any) -> None:
    size = {"width": 320, "height": 640, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 320
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_every_field_has_a_label_and_no_heading_level_is_skipped(browser: Any) -> None:
    assert browser.execute_script("return [...document.querySelectorAll('input')].every((item) => item.labels.length)")
    levels = browser.execute_script("return [...document.querySelectorAll('h1,h2,h3')].map((item) => +item.tagName[1])")
    assert levels[0] == 1 and all(later - earlier <= 1 for earlier, later in pairwise(levels))
    assert browser.execute_script("return [...document.querySelectorAll('table')].every((item) => item.caption)")
