"""``dutygraph serve`` as a real process: it says where it is, answers at once, and only to this machine."""

from __future__ import annotations

import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from dutygraph.errors import BadInput

pytest.importorskip("uvicorn", reason="uvicorn is not installed: nothing is served")

START = "import sys; from dutygraph.cli import main; main(sys.argv[1:])"


@pytest.fixture(scope="module")
def address(store_folder: Path) -> Iterator[str]:
    options = ["serve", "--port", "0", "--no-browser", "--store", str(store_folder)]
    process = subprocess.Popen([sys.executable, "-c", START, *options], stderr=subprocess.PIPE, text=True)
    try:
        found = re.search(r"http://\S+", process.stderr.readline() if process.stderr else "")
        assert found
        yield found[0]
    finally:
        process.terminate()
        process.wait(20)


def test_it_is_at_this_machine_and_answers_as_soon_as_it_says_so(address: str) -> None:
    assert address.startswith("http://127.0.0.1:")
    with urllib.request.urlopen(f"{address}ask?q=plan&area=Netherby&on=2015-06-01", timeout=60) as answer:
        assert answer.status == 200 and b"Netherby Borough Council" in answer.read()
        assert "uvicorn" not in str(answer.headers)


def test_it_refuses_other_names_and_very_long_addresses(address: str) -> None:
    for request, code in (
        (urllib.request.Request(address, headers={"Host": "evil.example"}), 421),
        (urllib.request.Request(f"{address}ask?q={'x' * 30_000}"), 414),
    ):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request, timeout=60)
        assert refused.value.code == code


def test_a_port_that_is_taken_is_said(address: str) -> None:
    from dutygraph.web.server import serve_pages

    port = int(address.rstrip("/").rpartition(":")[2])
    with pytest.raises(BadInput, match=r"cannot be used: .* Choose another with --port\."):
        serve_pages(None, "127.0.0.1", port, print, browser=False)  # type: ignore[arg-type]
