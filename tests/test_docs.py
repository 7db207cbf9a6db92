"""What can be done is written down, and what is written down can be done."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import dutygraph
from dutygraph.cli import main
from dutygraph.queries.catalogue import questions

CHECKOUT = Path(__file__).parent.parent
README = CHECKOUT / "README.md"
PAGES = [
    path
    for path in (README, CHECKOUT / "CONTRIBUTING.md", *sorted((CHECKOUT / "docs").rglob("*.md")))
    if path.is_file()
]
TEXT = "\n".join(path.read_text(encoding="utf-8") for path in PAGES)
needs_readme = pytest.mark.skipif(not README.is_file(), reason="there is no README here")


def options() -> Iterator[tuple[str, ...]]:
    for command in main.commands.values():
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                yield tuple(sorted(parameter.opts, key=len))


@needs_readme
@pytest.mark.parametrize("name", list(main.commands))
def test_every_command_is_documented(name: str) -> None:
    assert re.search(rf"`{name}`|dutygraph {name}\b", TEXT)


@needs_readme
@pytest.mark.parametrize("option", sorted(set(options())), ids=lambda option: option[-1])
def test_every_option_is_documented(option: tuple[str, ...]) -> None:
    written = any(re.search(rf"(?<!\w){name}\b", TEXT) for name in option)
    assert written, f"{option[-1]} stands neither in README.md nor in docs/"


@needs_readme
@pytest.mark.parametrize("name", [name for name in dutygraph.__all__ if not name.startswith("__")])
def test_every_public_name_is_documented(name: str) -> None:
    assert re.search(rf"\b{name}\b", TEXT)


@needs_readme
def test_every_question_of_the_python_api_is_documented() -> None:
    methods = [name for name in vars(dutygraph.KnowledgeGraph) if not name.startswith("_") and name != "store"]
    documented = [name for name in methods if getattr(dutygraph.KnowledgeGraph, name).__doc__]
    assert documented == methods


@needs_readme
def test_every_command_that_is_written_down_is_there() -> None:
    """Words after "dutygraph" in code are commands."""
    written = set(re.findall(r"(?:^\$ |^|`|&& (?:\S+/)?)dutygraph ([a-z]+)\b", TEXT, re.MULTILINE))
    assert written <= set(main.commands), written - set(main.commands)


@needs_readme
@pytest.mark.parametrize("page", PAGES, ids=[path.name for path in PAGES])
def test_every_link_to_a_file_leads_to_one(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_every_catalogued_query_asks_in_plain_words() -> None:
    for item in questions():
        assert item.question.endswith("?"), item.name


# What the README shows is what the commands print

BLOCKS = (
    re.findall(r"^```console\n(.*?)^```", README.read_text(encoding="utf-8"), re.M | re.S) if README.is_file() else []
)
SHOWN = [
    (command, shown)
    for block in BLOCKS
    for command, shown in re.findall(r"^\$ (dutygraph [^\n]*)\n(.*?)(?=^\$ |\Z)", block, re.M | re.S)
]


@pytest.fixture(scope="module")
def real_store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A graph of the register as it is."""
    folder = tmp_path_factory.mktemp("readme") / "graph"
    assert CliRunner().invoke(main, ["build", "--store", str(folder)]).exit_code == 0
    return str(folder)


@needs_readme
@pytest.mark.parametrize(("command", "shown"), SHOWN, ids=[command for command, _shown in SHOWN])
def test_the_readme_shows_what_a_command_prints(real_store: str, command: str, shown: str) -> None:
    """Line for line; "…" stands for what was left out, and a question without a day is of another today."""
    result = CliRunner().invoke(main, [*shlex.split(command)[1:], "--store", real_store])
    assert result.exit_code == 0, result.output
    printed = iter(result.stdout.splitlines())
    for line in shown.rstrip().splitlines():
        if line.strip() == "…" or ("--on" not in command and re.search(r"\d{1,2} \w+ 20\d\d \[", line)):
            continue
        assert any(line == other for other in printed), f"not printed (any more): {line}"
