"""Every example in a docstring is true. Walked by hand: pytest's own doctests would import the package twice."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import dutygraph

LEFT_OUT = {"tests", "bench", "build", "docs", "dist"}
MODULES = [
    "dutygraph",
    *(
        module.name
        for module in pkgutil.walk_packages(dutygraph.__path__, "dutygraph.")
        if module.name.split(".")[1] not in LEFT_OUT
    ),
]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_are_true(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    assert result.failed == 0


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    examples = sum(len(test.examples) for name in MODULES for test in finder.find(importlib.import_module(name)))
    assert examples > 25
