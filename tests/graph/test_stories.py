"""Stories: what a trainer writes is read, looked up on the map and told; what is wrong in it is said with its line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dutygraph.errors import BadInput
from dutygraph.graph.networks import MEMBER_OF_CLASS, SERVES, SITS_ON, Basis, Edge, Network, Node, Strip, Support
from dutygraph.graph.pages import to_page
from dutygraph.graph.stories import place_story, read_story, story_names
from dutygraph.knowledge import KnowledgeGraph

ACT = Basis("Safe Places Act 1998, s. 5(1)", "http://www.legislation.gov.uk/id/ukpga/1998/901/section/5/1")
LANES = (Strip("law", "Law"), Strip("body", "Bodies"), Strip("partnership", "Partnerships"))
NETWORK = Network(
    "Netherby Partnership",
    "2026-01-01",
    LANES,
    (Strip("district", "District"),),
    (
        Node("class", "responsible authorities", "class", "class that the law names", "law", support=Support((ACT,))),
        Node("council", "Netherby Borough Council", "body", "council", "body", "district"),
        Node("other", "Overby Borough Council", "body", "council", "body", "district"),
        Node("csp", "Netherby Partnership", "partnership", "board", "partnership", "district"),
    ),
    (
        Edge("council", "class", MEMBER_OF_CLASS, "It is in the class.", support=Support((ACT,))),
        Edge("council", "csp", SITS_ON, "It sits on it.", "chair"),
    ),
    days=("2005-06-01", "2026-01-01"),
)


def written(folder: Path, text: str, name: str = "mine.md") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


GOOD = """# Mine
area: Netherby
compare: 2005-06-01

## First
One paragraph
in two lines.

Another.
show: members of responsible authorities; this
highlight: netherby borough

## Second
day: 2005-06-01
"""


def test_a_markdown_story_is_read_and_looked_up(tmp_path: Path) -> None:
    script = read_story(written(tmp_path, GOOD))
    assert (script.title, script.head, script.compare) == ("Mine", {"area": "Netherby"}, ("2005-06-01",))
    first, second = place_story(script, NETWORK).steps
    assert first.text == ("One paragraph in two lines.", "Another.")
    assert first.shown == ("council", "csp") and first.bright == ("council",)
    assert second.shown == second.bright == () and second.day == "2005-06-01"


def test_how_only_one_name_begins_goes_before_what_several_have_in_them(tmp_path: Path) -> None:
    """As "strategy groups (England)" stands beside "county strategy groups" wherever there are two tiers."""
    both = replace(
        NETWORK, nodes=(*NETWORK.nodes, Node("county", "county responsible authorities", "class", "class", "law"))
    )
    told = place_story(read_story(written(tmp_path, "# Mine\n## One\nhighlight: responsible auth\n")), both)
    assert told.steps[0].bright == ("class",)
    script = read_story(written(tmp_path, "# Mine\n## One\nhighlight: authorities\n"))
    with pytest.raises(BadInput, match="could be: responsible authorities · county responsible authorities"):
        place_story(script, both)


def test_members_of_and_around_are_also_said_of_all_of_a_kind(tmp_path: Path) -> None:
    text = "# Mine\n## One\nshow: around all board\nhighlight: members of all board\n"
    (step,) = place_story(read_story(written(tmp_path, text)), NETWORK).steps
    assert (set(step.shown), set(step.bright)) == ({"csp", "council"}, {"council"})


def test_all_of_a_kind_here_are_those_that_serve_a_place_on_the_map(tmp_path: Path) -> None:
    """A district's map also has the partnerships of its neighbours, where they meet in one board."""
    place = Node("place", "Netherby", "area", "district", "place", "district")
    beside = Node("beside", "Overby Partnership", "partnership", "board", "partnership", "district")
    both = replace(
        NETWORK,
        nodes=(*NETWORK.nodes, place, beside),
        edges=(*NETWORK.edges, Edge("csp", "place", SERVES, "It is the partnership of the place.")),
    )
    script = read_story(written(tmp_path, "# Mine\n## One\nshow: all board here\nhighlight: netherby borough\n"))
    (step,) = place_story(script, both).steps
    assert set(step.shown) == {"csp", "council"}
    beside_only = replace(both, edges=NETWORK.edges)
    assert set(place_story(script, beside_only).steps[0].shown) == {
        "csp",
        "beside",
        "council",
    }  # where no place is on the map: all of them


def test_a_table_tells_the_same(tmp_path: Path) -> None:
    text = 'heading,text,show,highlight\nFirst,"One, two.",around responsible authorities,\nSecond,,all council,this\n'
    first, second = place_story(read_story(written(tmp_path, text, "our-story.csv")), NETWORK).steps
    assert first.shown == ("class", "council") and first.text == ("One, two.",)
    assert second.shown == ("council", "other", "csp") and second.bright == ("csp",)


def test_a_step_cites_the_law_of_what_it_is_about() -> None:
    script = read_story("community-safety-partnership")
    step = place_story(script.__class__("x", "x", {}, (), script.steps[:1]), NETWORK).steps[0]
    assert step.law == (ACT,)


def test_every_fault_is_told_with_its_line_and_the_nearest_name(tmp_path: Path) -> None:
    text = (
        "# Mine\n\n## First\nshow: Netherby Borough Councl\nhighlight: borough council; all cuncil\nday: 2010-01-01\n"
    )
    with pytest.raises(BadInput) as raised:
        place_story(read_story(written(tmp_path, text)), NETWORK)
    lines = str(raised.value).splitlines()
    assert lines[0] == (
        'mine.md, line 4, show: "Netherby Borough Councl" is not on the map of Netherby Partnership. '
        'Nearest: "Netherby Borough Council".'
    )
    assert lines[1].startswith('mine.md, line 5, highlight: "borough council" could be: Netherby Borough Council · Ove')
    assert 'is a "cuncil". Nearest: "council"' in lines[2]
    assert "2010-01-01 is none of the days of this map (2005-06-01, 2026-01-01)" in lines[3]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.md", "stray words\n## S\n", 'a.md, line 1: "stray words" stands before the first step'),
        ("a.md", "# T\ncolour: red\n## S\n", 'a.md, line 2: "colour" says nothing of a map'),
        ("a.md", "# T\non: 31/01/2023\n## S\n", "a.md, line 2: "),
        ("a.md", "# T\n", "a.md: there are no steps in it"),
        ("a.md", "## S\nshow: ;\n", 'a.md, line 2: nothing stands after "show:"'),
        ("a.csv", "title,text\nx,y\n", "a.csv, line 1: no column may be called 'title'"),
        ("a.csv", "text\nx\n", 'a.csv, line 1: there is no column "heading"'),
        ("a.csv", "heading,text\n,x\n", "a.csv, line 2, heading: it is empty"),
        ("a.txt", "## S\n", "a.txt is no story"),
    ],
)
def test_a_story_that_cannot_be_read_says_where(tmp_path: Path, name: str, text: str, said: str) -> None:
    with pytest.raises(BadInput) as raised:
        read_story(written(tmp_path, text, name))
    assert said in str(raised.value)


def test_a_story_that_is_not_there_says_which_are() -> None:
    with pytest.raises(BadInput, match="community-safety-partnership, serious-violence-duty"):
        read_story("no-such-story")


def test_a_story_stands_in_the_page_in_words_too(tmp_path: Path) -> None:
    story = place_story(read_story(written(tmp_path, GOOD.replace("Another.", "<script>alert(1)</script>"))), NETWORK)
    page = to_page(NETWORK, story=story)
    assert "<h4>First</h4><p>One paragraph in two lines.</p><p>&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page and page == to_page(NETWORK, story=story)


@pytest.mark.parametrize("name", story_names())
@pytest.mark.parametrize("area", ["Netherby", "Quillport"])
def test_a_map_with_a_story_is_of_what_the_command_says(
    kg: KnowledgeGraph, tmp_path: Path, name: str, area: str
) -> None:
    """The invented register lacks what our stories name, and says so by line; the map itself is that of the place."""
    with pytest.raises(BadInput, match=f"{name}.md, line .* is not on the map of {area}"):
        kg.map(str(tmp_path / "map.html"), area=area, on="2015-06-01", story=name)
    assert not list(tmp_path.iterdir())
