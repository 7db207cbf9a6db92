"""The map in a real browser: it asks nobody for anything, complains of nothing, is found in, filtered and clicked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from dutygraph.graph.builds import fill
from dutygraph.graph.groups import overview
from dutygraph.graph.layouts import FONT, lay_out
from dutygraph.graph.store import OxigraphStore
from dutygraph.knowledge import KnowledgeGraph
from dutygraph.queries.maps import draw
from dutygraph.register import FOLDER

pytest.importorskip("selenium", reason="Selenium is not installed: the page is not tried in a browser")

READY = "return Boolean(window.dutygraphMap)"
ARROW_DOWN, ENTER, ESCAPE, TAB = "\ue015", "\ue007", "\ue00c", "\ue004"


@pytest.fixture(scope="module")
def real() -> KnowledgeGraph:
    return KnowledgeGraph(OxigraphStore(fill([FOLDER]), "memory"))


@pytest.fixture(scope="module")
def page(real: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("map") / "map.html"
    real.map(str(path), area="Warwickshire", on="2026-11-01")
    return path


@pytest.fixture
def opened(browser: Any, page: Path) -> Iterator[Any]:
    browser.open(page.as_uri(), READY)
    yield browser
    browser.size(0, 0)


def search(browser: Any, words: str) -> None:
    browser.find("#words").clear()
    browser.find("#words").send_keys(words)


def click_on(browser: Any, label: str) -> None:
    """Click on the box of a thing, where it stands on the canvas."""
    from selenium.webdriver.common.action_chains import ActionChains

    x, y = browser.run(
        "const { scene, view, panels } = dutygraphMap, canvas = panels()[0].canvas;"
        "const box = scene().list.find((item) => item.node.label === arguments[0]);"
        "return [(box.x - view.x) * view.scale - canvas.clientWidth / 2, (box.y - view.y) * view.scale - canvas.clientHeight / 2]",
        label,
    )
    canvas = browser.find("#panels canvas")
    ActionChains(browser.driver).move_to_element_with_offset(canvas, round(x), round(y)).click().perform()


def shown(browser: Any) -> list[str]:
    return list(browser.run("return dutygraphMap.scene().list.map((box) => box.node.label)"))


def test_the_page_asks_for_itself_only_and_the_console_is_silent(opened: Any, page: Path) -> None:
    search(opened, "rugby borough")
    opened.find("#results button").click()
    for button in ("#whole", "#everything", "#overview", "#larger", "#fit", "#filter"):
        opened.find(button).click()
    assert opened.requests() == [page.as_uri()]
    assert opened.complaints() == []


def test_what_is_searched_is_found_by_keyboard_alone(opened: Any) -> None:
    search(opened, "RUGBY community")
    assert "found" in opened.find("#found").text
    opened.press(ARROW_DOWN, ENTER)
    assert opened.find("#found").text.startswith("Rugby")
    opened.press(ESCAPE)
    assert not opened.find("#details").is_displayed()


def test_what_stands_in_a_group_is_found_and_shown_with_what_it_is_linked_to(opened: Any) -> None:
    assert "Stratford-on-Avon District Council" not in shown(opened)
    search(opened, "stratford district council")
    opened.find("#results button").click()
    there = shown(opened)
    assert "Stratford-on-Avon District Council" in there and len(there) > 2
    opened.find("#back").click()
    assert "Stratford-on-Avon District Council" not in shown(opened)


def test_what_is_not_there_is_not_found(opened: Any) -> None:
    search(opened, "atlantis")
    assert opened.find("#found").text == "0 found" and not opened.find("#results").is_displayed()


def test_a_click_on_a_box_shows_the_fact_with_its_law(opened: Any) -> None:
    click_on(opened, "responsible authorities")
    assert opened.find("#details h2").text == "responsible authorities"
    link = opened.find("#details a")
    assert link.get_attribute("href").startswith("https://www.legislation.gov.uk/ukpga/1998/37/section/5")


def test_what_a_body_sits_on_is_shown_alone(opened: Any) -> None:
    click_on(opened, "Police and Crime Commissioner for Warwickshire")
    opened.find("#only").click()
    there = shown(opened)
    assert "Warwickshire Police and Crime Panel" in there and "Health and Wellbeing Board (Warwickshire)" not in there


def test_a_group_opens(opened: Any) -> None:
    label = next(label for label in shown(opened) if label.endswith("district or borough council"))
    click_on(opened, label)
    opened.find("#details .acts button").click()
    assert {"Rugby Borough Council", "Warwick District Council"} <= set(shown(opened))


def test_the_keyboard_alone_goes_from_box_to_box_and_chooses_one(opened: Any) -> None:
    opened.run("document.querySelector('#panels canvas').focus()")
    opened.press(ARROW_DOWN)
    first = opened.find("#cursor").get_attribute("textContent")
    opened.press(ARROW_DOWN)
    second = opened.find("#cursor").get_attribute("textContent")
    assert first and second and first != second
    opened.press(ENTER)
    assert second.startswith(opened.find("#details h2").text)


def test_the_tab_key_alone_reaches_every_control(opened: Any) -> None:
    opened.find("#filter").click()
    opened.run("document.querySelector('.skip').focus()")
    reached: list[str] = []
    for _ in range(60):
        opened.press(TAB)
        reached.append(opened.run("const at = document.activeElement; return at.id || at.value || at.tagName"))
        if reached[-1] == "A" and len(reached) > 5:
            break
    assert {"words", "whole", "overview", "everything", "filter", "smaller", "larger", "fit", "full"} <= set(reached)
    assert {"kind", "law", "role", "evidence", "linked", "clear", "CANVAS", "sits on"} <= set(reached)


@pytest.mark.parametrize(
    ("field", "value", "there", "gone"),
    [
        ("kind", "partnership: police and crime panel", "Warwickshire Police and Crime Panel", "Rugby Community Safety Partnership"),
        ("role", "chair", None, "responsible authorities"),
        ("law", "yes", "Rugby Community Safety Partnership", "Community Safety Analysts (Warwickshire)"),
        ("evidence", "unchecked", "Rugby Community Safety Partnership", None),
    ],
)  # fmt: skip
def test_a_filter_leaves_only_what_passes_it(
    opened: Any, field: str, value: str, there: str | None, gone: str | None
) -> None:
    from selenium.webdriver.support.ui import Select

    before = shown(opened)
    opened.find("#filter").click()
    Select(opened.find(f"#{field}")).select_by_value(value)
    after = shown(opened)
    assert after and set(after) != set(before) and "things are shown" in opened.find("#kept").text
    assert (there is None or there in after) and gone not in after
    opened.find("#clear").click()
    opened.wait_for(f"return dutygraphMap.scene().list.length === {len(before)}")


def test_a_kind_of_line_is_taken_off_and_put_back(opened: Any) -> None:
    count = "return dutygraphMap.scene().links.filter((link) => link.kind === 'sits on').length"
    held = opened.run(count)
    opened.find("#legend input[value='sits on']").click()
    assert held and opened.run(count) == 0
    opened.find("#legend input[value='sits on']").click()
    assert opened.run(count) == held


def test_no_two_boxes_overlap_in_any_view(opened: Any) -> None:
    overlapping = (
        "const list = dutygraphMap.scene().list; return list.flatMap((one, at) => list.slice(at + 1)"
        ".filter((other) => Math.abs(one.x - other.x) < (one.w + other.w) / 2 - 0.1 && Math.abs(one.y - other.y) < (one.h + other.h) / 2 - 0.1)"
        ".map((other) => one.node.label + ' / ' + other.node.label))"
    )
    assert opened.run(overlapping) == []
    opened.find("#everything").click()
    assert opened.run(overlapping) == []
    for label in ("Rugby Borough Council", "responsible authorities", "Warwickshire"):
        opened.run("dutygraphMap.only(dutygraphMap.data.nodes.find((node) => node.label === arguments[0]).id)", label)
        assert opened.run(overlapping) == []


def test_a_name_in_the_tables_leads_to_the_map(opened: Any) -> None:
    link = opened.find("#partnerships a[data-node]")
    name = link.get_attribute("textContent")
    opened.run("arguments[0].click()", link)
    assert name in shown(opened)


@pytest.mark.parametrize(("width", "height"), [(320, 640), (800, 500), (1920, 1080)])
def test_nothing_is_wider_than_the_screen(opened: Any, width: int, height: int) -> None:
    """320 pixels is a phone, or a screen of 1280 at 400 %; 800 by 500 is the test's window at 200 %."""
    opened.size(width, height)
    opened.find("#filter").click()
    assert opened.run("return document.documentElement.scrollWidth") <= width
    assert opened.find("#panels canvas").size["width"] >= 0.6 * width
    assert opened.find("#panels canvas").size["height"] >= 250


def test_no_rule_of_wcag_is_broken(browser: Any, kg: KnowledgeGraph, tmp_path: Path) -> None:
    kg.map(str(tmp_path / "map.html"), area="Ambershire", on="2015-06-01")
    browser.open((tmp_path / "map.html").as_uri(), READY)
    assert browser.violations() == []
    browser.find("#filter").click()
    click_on(browser, "responsible authorities")
    search(browser, "council")
    assert browser.violations() == []
    browser.size(320, 640)
    assert browser.violations() == []
    browser.size(0, 0)


def test_no_rule_of_wcag_is_broken_on_a_map_of_two_hundred_things(opened: Any) -> None:
    """Long tables too: what is not laid out before it is scrolled to lies, to axe-core, on top of what follows."""
    assert opened.violations() == []


def test_every_field_has_a_label_and_no_heading_level_is_skipped(opened: Any) -> None:
    assert opened.run("return [...document.querySelectorAll('input, select')].every((item) => item.labels.length)")
    levels = opened.run("return [...document.querySelectorAll('h1,h2,h3')].map((item) => +item.tagName[1])")
    assert levels[0] == 1 and all(later - earlier <= 1 for earlier, later in pairwise(levels))
    assert opened.run("return [...document.querySelectorAll('table')].every((item) => item.caption)")


# Then and now


def test_letters_of_the_overview_can_be_read_in_a_room(real: KnowledgeGraph) -> None:
    drawn, _inside = overview(draw(real.store, on=date(2026, 11, 1), area="Warwickshire"))
    layout = lay_out(drawn)
    room = (1920, 890)  # what a projector of 1080 lines leaves for the map
    assert FONT * min(room[0] / layout.width, room[1] / layout.height) >= 19
    named = {node.label for node in drawn.nodes}
    assert {"responsible authorities", "Safer Warwickshire Partnership Board", "Warwickshire County Council"} <= named


@pytest.fixture(scope="module")
def days(kg: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("days") / "map.html"
    kg.map(str(path), area="Netherby", on="2015-06-01", compare=["2005-06-01", "2012-12-01"])
    return path


@pytest.fixture
def compared(browser: Any, days: Path) -> Any:
    browser.open(days.as_uri(), READY)
    return browser


def visible(browser: Any, panel: int = 0) -> list[str]:
    """What stands on a panel on its day."""
    script = (
        "const { scene, panels, data } = dutygraphMap, day = panels()[arguments[0]].day;"
        "const there = (node) => !node.days || node.days.includes(day);"
        "return scene().list.map((box) => box.node).flatMap((node) => node.members ? data.nodes.filter((part) => part.group === node.id) : [node])"
        ".filter(there).map((node) => node.label)"
    )
    return list(browser.run(script, panel))


def test_the_slider_goes_from_day_to_day_by_keyboard(compared: Any) -> None:
    assert compared.find("#said").text == "1 June 2015"
    assert "Amberland Police Authority" not in visible(compared)
    compared.run("document.getElementById('day').focus()")
    compared.press("\ue011")  # Home
    assert compared.find("#said").text == "1 June 2005"
    assert "Amberland Police Authority" in visible(compared)
    assert "Police and Crime Commissioner for Amberland" not in visible(compared)
    compared.press("\ue014")
    assert compared.find("#said").text == "1 December 2012"


def test_two_days_stand_side_by_side_in_the_same_places(compared: Any) -> None:
    compared.find("#beside").click()
    assert [item.text for item in compared.driver.find_elements("css selector", "figcaption")] == ["1 June 2005", "1 June 2015"]  # fmt: skip
    then, now = visible(compared, 0), visible(compared, 1)
    assert "Amberland Police Authority" in then and "Amberland Police Authority" not in now
    assert (
        "Police and Crime Commissioner for Amberland" in now
        and "Police and Crime Commissioner for Amberland" not in then
    )
    drawn = "return dutygraphMap.panels().map((panel) => panel.canvas.toDataURL())"
    left, right = compared.run(drawn)
    assert left != right and compared.complaints() == []
    assert compared.violations() == []
    compared.find("#beside").click()
    assert compared.run("return dutygraphMap.panels().length") == 1


# A story


@pytest.fixture
def told(browser: Any, kg: KnowledgeGraph, tmp_path: Path) -> Any:
    (tmp_path / "mine.md").write_text(
        "# Ours\n\n## One\nFirst.\nshow: responsible authorities; members of responsible authorities\n"
        "highlight: responsible authorities\n\n## Two\nSecond.\nhighlight: Netherby Borough Council\n\n## Three\nLast.\n",
        encoding="utf-8",
    )
    kg.map(str(tmp_path / "map.html"), area="Netherby", on="2015-06-01", story=str(tmp_path / "mine.md"))
    browser.open((tmp_path / "map.html").as_uri(), READY)
    return browser


PAGE_DOWN, PAGE_UP, RIGHT, LEFT, HOME, END = "\ue00f", "\ue00e", "\ue014", "\ue012", "\ue011", "\ue010"


def heading(browser: Any) -> str:
    return str(browser.find("#story h2").text)


def test_presenter_keys_lead_through_a_story(told: Any) -> None:
    assert heading(told) == "One" and len(shown(told)) >= 3
    path = []
    for key in (PAGE_DOWN, RIGHT, PAGE_DOWN, PAGE_UP, LEFT, LEFT, END, HOME, " ", "n", "p"):
        told.press(key)
        path.append(heading(told))
    assert path == ["Two", "Three", "Three", "Two", "One", "One", "Three", "One", "Two", "Three", "Two"]
    told.press(ESCAPE)
    assert not told.find("#story").is_displayed() and told.complaints() == []


def test_a_step_shows_and_highlights_what_it_names_and_cites_its_law(told: Any) -> None:
    first = shown(told)
    assert "responsible authorities" in first and told.find("#story .law a").get_attribute("href")
    bright = "const { state, data } = dutygraphMap; return [...state.bright].map((id) => data.nodes.find((node) => node.id === id).label)"
    told.wait_for("return Boolean(dutygraphMap.state.bright)")
    assert told.run(bright) == ["responsible authorities"]
    told.press(RIGHT)
    told.wait_for("return dutygraphMap.state.step === 1")
    assert len(shown(told)) > len(first)
    told.press(RIGHT)
    told.wait_for("return dutygraphMap.state.bright === null")


def test_a_story_is_told_with_buttons_in_full_screen_and_on_a_small_screen_too(told: Any) -> None:
    told.find("#later").click()
    assert heading(told) == "Two" and told.run("return document.activeElement.id") == "later"
    told.press("f")
    told.wait_for("return document.getElementById('stage').classList.contains('full')")
    told.press(RIGHT, "f")
    assert heading(told) == "Three"
    told.size(320, 640)
    assert told.run("return document.documentElement.scrollWidth") <= 320
    assert told.violations() == []
    told.size(0, 0)
