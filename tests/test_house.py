"""The house is built as it was drawn: who may import whom, how long things may be, what a module must say."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import dutygraph

HOUSE = Path(dutygraph.__path__[0])
ROOMS = ("audits", "citations", "commands", "facts", "graph", "loaders", "ontology", "queries", "register", "web")
MODULES = sorted(
    path
    for path in [*HOUSE.glob("*.py"), *(path for room in ROOMS for path in (HOUSE / room).rglob("*.py"))]
    if path.name != "setup.py"
)
NAMES = [path.relative_to(HOUSE).as_posix() for path in MODULES]
MAY_IMPORT = {
    "errors": set(),
    "dates": {"errors"},
    "citations": set(),
    "version": set(),
    "register": set(),
    "ontology": {"errors"},
    "loaders": {"errors", "dates", "citations", "version", "ontology", "register"},
    "facts": {"errors", "dates", "citations", "ontology", "register", "loaders"},
    "graph": {"errors", "dates", "citations", "version", "ontology", "register", "loaders"},
    "queries": {"errors", "dates", "citations", "version", "ontology", "register", "graph"},
    "web": {"errors", "dates", "citations", "version", "ontology", "graph", "queries", "knowledge"},
}
"""For each room the rooms beneath it. What is not named here stands on top and may use them all."""

HEAVY = (
    "rdflib",
    "oxrdflib",
    "networkx",
    "pyvis",
    "owlready2",
    "pandas",
    "pyshacl",
    "pyrudof",
    "numpy",
    "jinja2",
    "starlette",
    "uvicorn",
)
LONGEST_FUNCTION, LONGEST_MODULE = 60, 600


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def room_of(path: Path) -> str:
    return path.relative_to(HOUSE).with_suffix("").parts[0]


def imported_rooms(path: Path) -> set[str]:
    """The rooms and modules of the house that a module imports, wherever in it."""
    depth = len(path.relative_to(HOUSE).parts)
    rooms = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.level == depth:
            rooms |= {node.module.split(".")[0]} if node.module else {alias.name for alias in node.names}
    return rooms


def each_module() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", MODULES, ids=NAMES)


@each_module()
def test_nothing_imports_upwards(path: Path) -> None:
    room = room_of(path)
    if room in MAY_IMPORT:
        assert imported_rooms(path) - {room} <= MAY_IMPORT[room]


@each_module()
def test_inside_the_house_imports_are_relative(path: Path) -> None:
    for node in ast.walk(tree(path)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) and node.level == 0 else []
        assert not any(name.split(".")[0] == "dutygraph" for name in names)


@each_module()
def test_a_module_says_what_it_is_for(path: Path) -> None:
    assert len(ast.get_docstring(tree(path)) or "") > 15


@each_module()
def test_every_public_name_has_a_docstring(path: Path) -> None:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    bare = [
        node.name
        for node in tree(path).body
        if isinstance(node, kinds) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert not bare


@each_module()
def test_a_module_is_no_longer_than_it_may_be(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


@each_module()
def test_no_function_is_longer_than_it_may_be(path: Path) -> None:
    lengths = {node.name: (node.end_lineno or 0) - node.lineno + 1 for node in functions(path)}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


@each_module()
def test_every_function_says_what_it_returns(path: Path) -> None:
    assert [node.name for node in functions(path) if node.returns is None] == []


@each_module()
def test_nothing_is_asserted_of_what_users_give_and_nothing_caught_unseen(path: Path) -> None:
    nodes = list(ast.walk(tree(path)))
    assert not any(isinstance(node, ast.Assert) for node in nodes)
    assert not any(isinstance(node, ast.ExceptHandler) and node.type is None for node in nodes)


def test_most_functions_are_short() -> None:
    lengths = sorted((node.end_lineno or 0) - node.lineno + 1 for path in MODULES for node in functions(path))
    assert lengths[len(lengths) * 9 // 10] <= 36


def loaded_by(script: str, store: Path) -> set[str]:
    """The modules that a process has loaded when the script is through."""
    home = str(HOUSE.parent)
    environment = os.environ | ({"PYTHONPATH": home} if "site-packages" not in home else {})
    script += "\nimport sys; print('\\n'.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script, str(store)],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
        timeout=60,
    )
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "question",
    [
        'members("responsible authorities", "Netherby", "2005-06-01")',
        'is_member("Amberland PCC", "responsible authorities", "Netherby", "2015-06-01")',
        'who("plan", "Netherby", "2015-06-01")',
        'duties("Netherby Borough Council", None, "2015-06-01")',
        'body("Netherby Borough Council", "2015-06-01")',
        'act("SPA 1998", "2015-06-01")',
        'area("Quillport", "2015-06-01")',
        'changes("2012-01-01", "2013-01-01")',
    ],
)
def test_an_answer_loads_nothing_heavy(store_folder: Path, question: str) -> None:
    script = f"import sys, dutygraph\nassert dutygraph.open(sys.argv[1]).{question}.verdict"
    assert not {name for name in loaded_by(script, store_folder) if name.split(".")[0] in HEAVY}


def test_an_answer_loads_nothing_that_builds(store_folder: Path) -> None:
    script = "import sys, dutygraph\ndutygraph.open(sys.argv[1]).members('responsible authorities', 'Netherby', '2005-06-01')"
    loaded = loaded_by(script, store_folder)
    assert not {name for name in loaded if name.startswith(("dutygraph.loaders", "dutygraph.graph.builds"))}


def test_importing_dutygraph_loads_next_to_nothing(store_folder: Path) -> None:
    loaded = loaded_by("import dutygraph", store_folder)
    assert {name for name in loaded if name.startswith("dutygraph")} == {"dutygraph", "dutygraph.version"}
    assert "pyoxigraph" not in loaded and "click" not in loaded


def test_help_loads_no_store(store_folder: Path) -> None:
    loaded = loaded_by("import dutygraph.cli", store_folder)
    assert "pyoxigraph" not in loaded and not {name for name in loaded if name.split(".")[0] in HEAVY}


def test_every_public_name_can_be_had_and_an_unknown_one_cannot() -> None:
    for name in dutygraph.__all__:
        assert getattr(dutygraph, name) is not None
    with pytest.raises(AttributeError, match="dutygraph has no name 'knights'"):
        _ = dutygraph.knights
