"""A long load starts anew with a faster allocator of memory where the machine has one, and only then."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence

import pytest

from dutygraph.commands import allocators

linux = pytest.mark.skipif(sys.platform != "linux", reason="libraries are loaded first so on Linux only")


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A machine that has the libraries put into the list."""
    held: list[str] = []
    monkeypatch.delenv("LD_PRELOAD", raising=False)
    monkeypatch.delenv("MALLOC_CONF", raising=False)
    monkeypatch.setattr("ctypes.util.find_library", lambda name: f"lib{name}.so.9" if name in held else None)
    monkeypatch.setattr(os, "sysconf", lambda _name: 4096, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    return held


def test_the_quickest_allocator_of_the_machine_is_taken(machine: list[str]) -> None:
    assert allocators.allocator_environment() == {}
    machine.append("mimalloc")
    assert allocators.allocator_environment() == {"LD_PRELOAD": "libmimalloc.so.9"}
    machine.append("jemalloc")
    around = allocators.allocator_environment()
    assert around.pop("LD_PRELOAD") == "libjemalloc.so.9"
    assert "thp:always" in around["MALLOC_CONF"]


def test_settings_of_the_user_stay(machine: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    machine.append("jemalloc")
    monkeypatch.setenv("MALLOC_CONF", "narenas:1")
    assert allocators.allocator_environment() == {"LD_PRELOAD": "libjemalloc.so.9"}


@pytest.mark.parametrize("said", ["", "libother.so"])
def test_what_the_user_loads_first_stays(machine: list[str], monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    machine.append("jemalloc")
    monkeypatch.setenv("LD_PRELOAD", said)
    assert allocators.allocator_environment() == {}


def test_other_systems_and_larger_pages_are_left_alone(machine: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    machine.append("jemalloc")
    monkeypatch.setattr(os, "sysconf", lambda _name: 65536, raising=False)
    assert allocators.allocator_environment() == {}
    monkeypatch.setattr(os, "sysconf", lambda _name: 4096, raising=False)
    monkeypatch.setattr(sys, "platform", "darwin")
    assert allocators.allocator_environment() == {}


@pytest.mark.parametrize(
    ("arguments", "restarts"),
    [
        (["load", "powers-duties", "extract"], True),
        (["load", "powers-duties", "extract", "--check"], False),
        (["load", "register", "national"], False),
        (["members", "responsible authorities"], False),
        ([], False),
    ],
)
def test_only_the_long_load_starts_anew(
    machine: list[str], monkeypatch: pytest.MonkeyPatch, arguments: list[str], restarts: bool
) -> None:
    machine.append("jemalloc")
    started: list[tuple[str, Sequence[str], str]] = []
    monkeypatch.setattr(
        os, "execve", lambda path, words, around: started.append((path, words, around.get("LD_PRELOAD")))
    )
    allocators.restart_with_allocator(arguments)
    assert started == ([(sys.executable, sys.orig_argv, "libjemalloc.so.9")] if restarts else [])


SCRIPT = """
import os, sys
from dutygraph.commands import allocators
allocators.ALLOCATORS = ("m",)  # a library that every Linux has
print(os.environ.get("LD_PRELOAD"), flush=True)
sys.argv = ["dutygraph", "load", "powers-duties", "no-such-folder"]
from dutygraph.cli import main
main({arguments})
"""


@linux
def test_a_process_starts_itself_once_and_goes_on() -> None:
    around = {name: value for name, value in os.environ.items() if name != "LD_PRELOAD"}
    command = [sys.executable, "-c", SCRIPT.format(arguments="")]
    done = subprocess.run(command, env=around, capture_output=True, text=True, timeout=60, check=False)
    before, after = done.stdout.split()
    assert before == "None"
    assert after.startswith("libm.so")
    assert done.returncode == 1
    assert "no-such-folder" in done.stderr


@linux
def test_a_program_that_gives_arguments_is_never_started_anew() -> None:
    around = {name: value for name, value in os.environ.items() if name != "LD_PRELOAD"}
    command = [sys.executable, "-c", SCRIPT.format(arguments="sys.argv[1:]")]
    done = subprocess.run(command, env=around, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.split() == ["None"]
    assert "no-such-folder" in done.stderr
