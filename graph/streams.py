"""Let another process write statements while this one loads them: a loader with a core of its own.

The other process writes RDF to its standard output. It says how far it is in comment lines of the form
``#% SHARE WORDS``. Before it ends, which may be some time after its last statement, it writes what it found out, as
JSON, into a file that it was given, with the checksum of all that it wrote through :class:`Checked`: what does not
arrive as it was written is never put in use.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any
from zlib import crc32

from ..errors import BadInput, StoreError

MARK = b"#% "
"""How a comment line begins that says how far the work is."""

_BUFFER = 1 << 20
Progress = Callable[[str, float], None]


class Checked:
    """Takes bytes for another process and keeps their checksum.

    Args:
        out: where they go.
    """

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self.checksum = 0

    def write(self, data: bytes) -> None:
        """Write bytes."""
        self.checksum = crc32(data, self.checksum)
        self._out.write(data)


class ProcessStream(io.RawIOBase):
    """The statements that a module of dutygraph writes when it is run as a process.

    Args:
        module: its name, such as ``dutygraph.graph.extract_process``.
        arguments: its arguments; the path of the file for its findings is put before them.
        progress: told how far it is.
        text: what it reads from its standard input.
    """

    def __init__(self, module: str, arguments: Sequence[str], progress: Progress, text: str = "") -> None:
        super().__init__()
        self._progress = progress
        self._scratch = tempfile.TemporaryDirectory(prefix="dutygraph-")
        self._findings = Path(self._scratch.name) / "findings.json"
        given = Path(self._scratch.name) / "given.txt"
        given.write_text(text, encoding="utf-8")
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, str(self._findings), *arguments],
            stdin=given.open("rb"),
            stdout=subprocess.PIPE,
            bufsize=_BUFFER,
            env=os.environ | {"PYTHONPATH": _path()},
        )
        self._checksum = 0
        self.at_end = False
        self.findings: dict[str, Any] = {}

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Return the next statements.

        The end says that the process writes no more; whether all went well, :meth:`finish` says.
        """
        if self._process.stdout is None:
            return b""
        data = self._process.stdout.read(size if size and size > 0 else 1 << 20)
        if data:
            self._checksum = crc32(data, self._checksum)
            self._tell(data)
        else:
            self.at_end = True
        return data

    def _tell(self, data: bytes) -> None:
        start = data.rfind(MARK)
        end = data.find(b"\n", start)
        if start >= 0 and end >= 0:
            share, words = data[start + len(MARK) : end].decode().split(" ", 1)
            self._progress(words, float(share))

    def finish(self) -> None:
        """Wait for the process, which may have work of its own after the last statement, and take its findings.

        Raises:
            BadInput: if the process found the source wanting; the message is its own.
            StoreError: if the process ended before it was through, or what came is not what it wrote.
        """
        code = self._process.wait()
        if self._findings.exists():
            self.findings = json.loads(self._findings.read_text(encoding="utf-8"))
        if "error" in self.findings:
            raise BadInput(self.findings["error"])
        if code:
            raise StoreError(
                f"The process that reads the source ended too early (code {code}). The graph is as it was."
            )
        if self.findings.get("checksum") != self._checksum:
            raise StoreError("The source did not arrive as it was read. The graph is as it was: load it again.")

    def close(self) -> None:
        """Stop the process if it still runs, and tidy up."""
        if not self.closed:
            if self._process.poll() is None:
                self._process.kill()
            self._process.wait()
            if self._process.stdout:
                self._process.stdout.close()
            self._scratch.cleanup()
        super().close()


def _path() -> str:
    """The import path of this process, so that the other one finds the same dutygraph."""
    return os.pathsep.join(dict.fromkeys(filter(None, [*sys.path, os.environ.get("PYTHONPATH", "")])))
