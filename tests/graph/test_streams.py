"""What another process writes arrives as it was written, or is not loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from dutygraph.errors import BadInput, StoreError
from dutygraph.graph.streams import ProcessStream

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
