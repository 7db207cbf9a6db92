"""What is installed is whole: no data file stays behind in the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

import dutygraph

CHECKOUT = Path(__file__).parent.parent
INSTALLED = Path(dutygraph.__path__[0])
ROOMS = ("graph", "loaders", "ontology", "queries", "register", "web")
DATA = {".ttl", ".rq", ".ru", ".csv", ".json", ".html", ".js", ".css", ".typed", ".txt", ".svg"}
FILES = sorted(
    path.relative_to(CHECKOUT)
    for path in [
        *CHECKOUT.glob("*.py"),
        *CHECKOUT.glob("*.typed"),
        *(p for room in ROOMS for p in (CHECKOUT / room).rglob("*")),
    ]
    if path.is_file() and path.suffix in DATA | {".py"} and "__pycache__" not in path.parts and path.name != "setup.py"
)


def test_the_checkout_has_data_to_look_for() -> None:
    suffixes = {path.suffix for path in FILES}
    assert {".ttl", ".rq", ".ru", ".csv", ".json", ".typed", ".py"} <= suffixes


@pytest.mark.parametrize("path", FILES, ids=[path.as_posix() for path in FILES])
def test_a_file_of_the_checkout_is_installed(path: Path) -> None:
    assert (INSTALLED / path).read_bytes() == (CHECKOUT / path).read_bytes()


def installed() -> metadata.Distribution | None:
    try:
        return metadata.distribution("dutygraph")
    except metadata.PackageNotFoundError:
        return None


@pytest.mark.skipif(installed() is None, reason="dutygraph runs out of its checkout here")
def test_the_installed_package_says_what_it_is() -> None:
    held = installed()
    assert held is not None
    assert held.version == dutygraph.__version__
    said = dict(held.metadata.items())
    assert "MIT" in (said.get("License-Expression"), said.get("License"))
    assert said["Requires-Python"] == ">=3.11"
    assert any(point.name == "dutygraph" and point.value == "dutygraph.cli:main" for point in held.entry_points)
    requirements = " ".join(held.requires or ())
    assert "pandas" in requirements and 'extra == "frames"' in requirements.replace("'", '"')


@pytest.mark.skipif(installed() is None, reason="dutygraph runs out of its checkout here")
def test_the_command_is_on_the_path() -> None:
    name = "dutygraph.exe" if os.name == "nt" else "dutygraph"
    command = Path(sys.executable).parent / name
    done = subprocess.run([command, "--version"], capture_output=True, text=True, check=True, timeout=60)
    assert dutygraph.__version__ in done.stdout
