"""Put what the commands print today into README.md: ``python tests/refresh_readme.py``.

A block that ends in "…" keeps its number of lines; a block that leaves out the first lines of the output goes on
leaving them out. :mod:`tests.test_docs` fails where the README no longer tells what is printed.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"
BLOCK = re.compile(r"(?<=^```console\n)(.*?)(?=^```)", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ (dutygraph [^\n]*)\n(.*?)(?=^\$ |\Z)", re.MULTILINE | re.DOTALL)


def printed(command: str, store: str) -> list[str]:
    arguments = [sys.executable, "-m", "dutygraph.cli", *shlex.split(command)[1:], "--store", store]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True, encoding="utf-8")
    return done.stdout.rstrip().splitlines()


def refreshed(shown: list[str], lines: list[str]) -> list[str]:
    """The lines to show in the place of those shown so far."""
    if shown and shown[0] not in lines[:1]:
        word = shown[0].split()[0]
        start = next((at for at, line in enumerate(lines) if line.split()[:1] == [word]), 0)
        lines = lines[start:]
    return [*lines[: len(shown) - 1], "…"] if shown and shown[-1].strip() == "…" else lines


def main() -> None:
    with tempfile.TemporaryDirectory() as store:

        def run(match: re.Match[str]) -> str:
            shown = match[2].rstrip().splitlines()
            return "\n".join([f"$ {match[1]}", *refreshed(shown, printed(match[1], store))]) + "\n"

        text = BLOCK.sub(lambda block: COMMAND.sub(run, block[0]), README.read_text(encoding="utf-8"))
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
