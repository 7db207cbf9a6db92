"""What another process writes arrives as it was written, or is not loaded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat

from dutygraph.errors import BadInput, StoreError
from dutygraph.graph.current import read_build
from dutygraph.graph.layers import Loading, add_layer
from dutygraph.graph.streams import ProcessStream
from dutygraph.knowledge import rebuild

WRITER = """
import json, sys
from dutygraph.graph.streams import Checked
out = Checked(sys.stdout.buffer)
for number in range(20_000):
    out.write(b"<urn:x:%d> <urn:y> <urn:z> .\\n" % number)
sys.stdout.buffer.flush()
found = {"checksum": out.checksum, "statements": 20_000} | json.loads(sys.stdin.read() or "{}")
open(sys.argv[1], "w").write(json.dumps(found))
"""


LATE = """
import os, sys
sys.stdout.write("<urn:x:1> <urn:y> <urn:z> .\\n")
sys.stdout.flush()
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
sys.exit(3)
"""

TORN = """
import json, sys
sys.stdout.write("<urn:x:1> <urn:y> <urn")
open(sys.argv[1], "w").write(json.dumps({"error": "lamps.csv, line 2: no lamp."}))
"""


def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, found: str) -> tuple[bytes, ProcessStream]:
    """Read all of a process that says at its end what is given here besides its checksum."""
    (tmp_path / "lamp_writer.py").write_text(WRITER, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    with ProcessStream("lamp_writer", [], lambda _what, _share: None, found) as stream:
        data = b"".join(iter(lambda: stream.read(2046), b""))
        stream.finish()
        return data, stream


def test_what_is_written_arrives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data, stream = read(tmp_path, monkeypatch, "")
    assert data.count(b"\n") == 20_000 and stream.findings["statements"] == 20_000


def test_what_arrives_otherwise_than_it_was_written_is_no_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(StoreError, match="did not arrive"):
        read(tmp_path, monkeypatch, '{"checksum": 1}')


def test_what_the_process_found_wanting_is_said_in_its_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadInput, match="no lamp"):
        read(tmp_path, monkeypatch, '{"error": "There is no lamp."}')


def test_a_process_that_fails_after_its_last_statement_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "late_writer.py").write_text(LATE, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    with ProcessStream("late_writer", [], lambda _what, _share: None) as stream:
        assert b"".join(iter(lambda: stream.read(2046), b"")).count(b"\n") == 1
        with pytest.raises(StoreError, match="code 3"):
            stream.finish()


def test_what_breaks_off_is_told_in_the_words_of_the_process_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "torn_writer.py").write_text(TORN, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    rebuild(tmp_path / "graph")
    before = read_build(tmp_path / "graph")

    def opened(_store: object, _index: Path, progress: Callable[[str, float], None]) -> ProcessStream:
        return ProcessStream("torn_writer", [], progress)

    loading = Loading("lamps", "lamps", [tmp_path], opened, "Lamps", form=RdfFormat.TURTLE)
    with pytest.raises(BadInput, match=r"lamps\.csv, line 2"):
        add_layer(tmp_path / "graph", loading)
    assert read_build(tmp_path / "graph") == before
