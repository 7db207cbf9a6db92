"""The command as users run it: a process of its own, with pipes, signals, and whatever encoding the machine has."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import dutygraph

PATIENCE = 60
MEMBERS = ["members", "responsible authorities", "--area", "Netherby", "--on", "2005-06-01"]


@pytest.fixture
def environment(store_folder: Path) -> dict[str, str]:
    home = str(Path(dutygraph.__path__[0]).parent)
    known = os.environ | {"DUTYGRAPH_STORE": str(store_folder)}
    return known | ({"PYTHONPATH": home} if home in sys.path and "site-packages" not in home else {})


def run(environment: dict[str, str], *arguments: str, **more: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "dutygraph.cli", *arguments]
    return subprocess.run(command, capture_output=True, timeout=PATIENCE, env=environment, check=False, **more)  # type: ignore[call-overload, no-any-return]


def test_a_question_is_answered_on_stdout(environment: dict[str, str]) -> None:
    done = run(environment, *MEMBERS)
    assert done.returncode == 0 and not done.stderr
    assert "Netherby Borough Council" in done.stdout.decode()


def test_an_error_is_two_lines_at_most_on_stderr(environment: dict[str, str]) -> None:
    done = run(environment, "members", "responsible authorities", "--area", "Atlantis")
    assert done.returncode == 1 and not done.stdout
    assert done.stderr.startswith(b"Error: ") and len(done.stderr.splitlines()) <= 2


def test_wrong_usage_has_code_2(environment: dict[str, str]) -> None:
    assert run(environment, "members").returncode == 2


def test_a_query_comes_from_standard_input(environment: dict[str, str]) -> None:
    done = run(environment, "query", "-", "--format", "csv", input=b"SELECT (1 AS ?one) {}")
    assert done.returncode == 0 and done.stdout.split() == [b"one", b"1"]


def test_bytes_that_are_no_text_on_standard_input_are_said(environment: dict[str, str]) -> None:
    done = run(environment, "query", "-", input=b"SELECT * { ?s ?p '\xea' }")
    assert done.returncode == 1 and b"Traceback" not in done.stderr and b"UTF-8" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="pipes close in another way there")
def test_a_pipe_that_closes_early_ends_quietly(environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "dutygraph.cli", "query", "-", "--format", "csv"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdin is not None and process.stdout is not None and process.stderr is not None
        process.stdout.close()
        process.stdin.write(b"SELECT * { ?s ?p ?o . ?a ?b ?c } LIMIT 20000")
        process.stdin.close()
        assert process.wait(PATIENCE) == 0
        assert process.stderr.read() == b""


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_letters_that_the_terminal_lacks_break_nothing(environment: dict[str, str], encoding: str) -> None:
    done = run(environment | {"PYTHONIOENCODING": encoding}, "query", "-", input="SELECT ('ŵ – é' AS ?x) {}".encode())
    assert done.returncode == 0 and b"Traceback" not in done.stderr


def test_no_colour_and_no_movement_go_into_a_pipe(environment: dict[str, str]) -> None:
    assert b"\x1b" not in run(environment, *MEMBERS).stdout
    assert b"\x1b" not in run(environment, "--help").stdout


@pytest.mark.parametrize(
    ("package", "arguments", "extra"),
    [
        ("starlette", ["serve", "--no-browser"], "web"),
        ("pdfminer", ["facts", "paper.pdf"], "papers"),
    ],
)
def test_a_package_that_is_not_installed_is_named_with_its_extra(
    environment: dict[str, str], tmp_path: Path, package: str, arguments: list[str], extra: str
) -> None:
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.4\n")
    script = f"import sys; sys.modules[{package!r}] = None\nfrom dutygraph.cli import main\nmain({arguments!r})"
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        timeout=PATIENCE,
        env=environment,
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 1 and b"Traceback" not in done.stderr
    assert f"dutygraph[{extra}]".encode() in done.stderr, done.stderr
