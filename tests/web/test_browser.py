"""The pages in a real browser: silent console, no foreign request, WCAG 2.2 AA, keyboard, zoom, small screens."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from dutygraph.knowledge import KnowledgeGraph

pytest.importorskip("selenium", reason="Selenium is not installed: no page is tried in a browser")
uvicorn = pytest.importorskip("uvicorn", reason="uvicorn is not installed: no page can be served")

WHERE = "area=Netherby&on=2015-06-01"
PAGES = {
    "start": "/",
    "ask": f"/ask?q=plan&{WHERE}",
    "ask unknown": "/ask?q=zzyzx",
    "place": "/place/E07009901?on=2015-06-01",
    "body": f"/body/netherby-borough-council?{WHERE}",
    "partnership": f"/partnership/netherby-csp?{WHERE}",
    "instrument": "/instrument/ukpga/1998/901",
    "provision": "/instrument/ukpga/1998/901/section/6",
    "duty": f"/duty/spa1998-s6-strategy?{WHERE}",
    "class": f"/class/spa1998-responsible-authority?{WHERE}",
    "product": "/product/safe-places-plan?on=2015-06-01",
    "topic": "/topic/community-safety?on=2015-06-01",
    "source": "/source/leg-spa1998",
    "yes": f"/is?name=Netherby+Borough+Council&class=responsible+authorities&{WHERE}",
    "no": f"/is?name=Amberland+PCC&class=responsible+authorities&{WHERE}",
    "is form": "/is",
    "changes": "/changes?from=2010-01-01&to=2015-01-01",
    "questions": "/question",
    "question": "/question/members",
    "list": "/partnership",
    "not found": "/body/nobody-at-all",
}
TAB, ENTER = "\ue004", "\ue007"
FITS = "return document.documentElement.scrollWidth <= window.innerWidth"


@pytest.fixture(scope="module")
def site(kg: KnowledgeGraph) -> Iterator[str]:
    """The site on a free port of this machine."""
    from dutygraph.web.app import create_app

    server = uvicorn.Server(uvicorn.Config(create_app(kg), port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    for _ in range(400):
        if server.started:
            break
        time.sleep(0.05)
    assert server.started
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture
def opened(browser: Any, site: str) -> Iterator[Any]:
    yield browser
    browser.size(0, 0)


@pytest.mark.parametrize("path", PAGES.values(), ids=list(PAGES))
def test_a_page_is_silent_asks_nobody_else_and_keeps_wcag(opened: Any, site: str, path: str) -> None:
    opened.open(site + path)
    foreign = [address for address in opened.requests() if not address.startswith(site)]
    complaints = [line for line in opened.complaints() if "404 (Not Found)" not in line or "nobody" not in line]
    assert foreign == [] and complaints == []
    assert opened.violations() == []


def test_what_breaks_wcag_is_found(opened: Any, site: str) -> None:
    opened.open(f"{site}/is")
    opened.run("document.querySelector('label').remove(); document.documentElement.removeAttribute('lang')")
    assert {line.split(":")[0] for line in opened.violations()} == {"html-has-lang", "label"}


@pytest.mark.parametrize("path", PAGES.values(), ids=list(PAGES))
def test_a_page_fits_a_screen_of_320_pixels_and_200_per_cent_zoom(opened: Any, site: str, path: str) -> None:
    opened.size(320, 640)
    opened.open(site + path)
    assert opened.run(FITS), opened.run("return document.documentElement.scrollWidth")
    opened.size(640, 480)  # 1280 by 960 at 200 per cent
    assert opened.run(FITS)


def test_asking_by_keyboard_alone_leads_to_an_answer(opened: Any, site: str) -> None:
    opened.open(f"{site}/")
    for _ in range(30):
        opened.press(TAB)
        if opened.run("return document.activeElement.id") == "q":
            break
    opened.press("plan", TAB, "Netherby", ENTER)
    opened.wait_for("return location.pathname === '/ask' && document.readyState === 'complete'")
    assert "area=Netherby" in opened.driver.current_url
    assert "Netherby" in opened.find(".asat").text


def test_the_first_stop_of_the_keyboard_skips_to_the_content(opened: Any, site: str) -> None:
    opened.open(f"{site}/body/netherby-borough-council")
    opened.press(TAB)
    assert opened.run("return document.activeElement.textContent") == "Skip to main content"
    opened.press(ENTER)
    assert opened.run("return location.hash") == "#main"


def test_every_link_and_field_is_reached_by_keyboard(opened: Any, site: str) -> None:
    opened.open(f"{site}/partnership/netherby-csp?{WHERE}")
    count = opened.run(
        "return [...document.querySelectorAll('a[href], button, input, summary')]"
        ".filter((part) => part.checkVisibility() && part.type !== 'hidden').length"
    )
    reached = set()
    for _ in range(count * 4 + 20):
        opened.press(TAB)
        place = opened.run(
            "const all = [...document.querySelectorAll('*')]; return all.indexOf(document.activeElement)"
        )
        tag = opened.run("return document.activeElement.tagName")
        if tag in ("A", "BUTTON", "INPUT", "SUMMARY"):
            reached.add(place)
        if len(reached) >= count:
            break
    assert len(reached) >= count


def test_the_place_and_the_day_stay_on_the_next_page(opened: Any, site: str) -> None:
    opened.open(f"{site}/duty/spa1998-s6-strategy?{WHERE}")
    opened.find("#holders a").click()
    opened.wait_for("return document.readyState === 'complete'")
    assert "area=Netherby" in opened.driver.current_url and "on=2015-06-01" in opened.driver.current_url
    assert opened.find("#area").get_attribute("value") == "Netherby"


def test_names_are_suggested_while_typing(opened: Any, site: str) -> None:
    opened.open(f"{site}/")
    opened.find("#area").send_keys("Neth")
    opened.wait_for("return document.querySelectorAll('datalist option').length > 0")
    assert opened.run("return document.querySelector('datalist option').value") == "Netherby"


def test_pages_are_whole_without_javascript(opened: Any, site: str) -> None:
    opened.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        opened.driver.get(f"{site}/ask?q=plan&{WHERE}")
        assert "Must" in opened.driver.page_source and "Safe Places Act 1998" in opened.driver.page_source
    finally:
        opened.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_script_in_a_question_is_only_text(opened: Any, site: str) -> None:
    opened.open(f"{site}/ask?q=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E%3Cscript%3Ealert(2)%3C%2Fscript%3E")
    assert opened.run("return document.querySelectorAll('main img, main script').length") == 0
    assert opened.complaints() == []


def test_a_page_prints_without_forms_and_navigation(opened: Any, site: str) -> None:
    opened.open(f"{site}/body/netherby-borough-council?{WHERE}")
    opened.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        hidden = "return ['form', '.top nav', '.take'].every((part) => getComputedStyle(document.querySelector(part)).display === 'none')"
        assert opened.run(hidden)
        opened.size(690, 1000)  # A4 within its margins is narrower than the screens on which tables are stacked
        cell = "getComputedStyle(document.querySelector('td[data-label=Evidence]'))"
        assert opened.run(f"return {cell}.display") == "table-cell"
        assert opened.run(f"return parseFloat({cell}.width)") > 690 * 0.3
        head = "return getComputedStyle(document.querySelector('main table:not(.about) thead')).display"
        assert opened.run(head) == "table-header-group"
    finally:
        opened.size(0, 0)
        opened.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
