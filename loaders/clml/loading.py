"""CLML files, folders and ZIP files as one stream of quads, a document at a time.

A document that cannot be read is reported and left out; the rest is loaded. Memory does not grow with the number of
documents: each is read, written and let go.
"""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from pyoxigraph import Quad

from ...errors import BadInput
from .model import Document

PUBLISHER = "The National Archives"
LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"

MOST_REPORTED = 20
"""How many unread documents are named; the rest are counted."""

_UNPACKING = (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, EOFError, ValueError)
"""What unpacking a broken, encrypted or exotic member of a ZIP file raises."""


class Reading:
    """A load of CLML as it goes on.

    Args:
        paths: files (``.xml``), folders, which are searched through, and ZIP files.
        graph: IRI of the named graph that takes the statements.
    """

    def __init__(self, paths: Sequence[Path], graph: str) -> None:
        self.paths = paths
        self.graph = graph
        self.read = 0
        self.faults: list[str] = []
        self.unread = 0

    def quads(self) -> Iterator[Quad]:
        """Yield the statements of every document that can be read.

        Raises:
            BadInput: if none can be read; the message is that of the first.
        """
        from .norms.quads import norm_quads
        from .quads import document_quads, name_of

        for document in self.documents():
            yield from document_quads(document, self.graph)
            yield from norm_quads(document, self.graph, name_of(document))
        if not self.read:
            raise BadInput(self.faults[0] if self.faults else f"There is no XML file in {self.paths[0]}.")

    def documents(self) -> Iterator[Document]:
        """Yield every document that can be read, and note those that cannot."""
        read_document = _reader()
        for path, data in self._files():
            try:
                document = read_document(path, data)
            except BadInput as error:
                self._note(str(error))
                continue
            self.read += 1
            yield document

    def documents_of(self, instrument: str) -> Iterator[Document]:
        """Yield the documents of one instrument; a file that does not name it is not taken apart.

        Args:
            instrument: its id IRI.
        """
        read_document = _reader()
        words = instrument.partition("/id/")[2].encode()
        for path, data in self._files():
            try:
                held = path.read_bytes() if data is None else data
                document = read_document(path, held) if words in held else None
            except (BadInput, OSError):
                continue
            if document is not None and document.iri == instrument:
                yield document

    def report(self) -> list[str]:
        """Return what the user should know: how many were read, which were not and why."""
        documents = "1 document" if self.read == 1 else f"{self.read:,} documents"
        lines = [f"{documents} read."]
        if self.unread:
            lines[0] += f" {self.unread:,} could not be read and {'was' if self.unread == 1 else 'were'} left out:"
            lines += self.faults
        if self.unread > len(self.faults):
            lines.append(f"… and {self.unread - len(self.faults):,} more.")
        return lines

    def _note(self, fault: str) -> None:
        self.unread += 1
        if len(self.faults) < MOST_REPORTED:
            self.faults.append(fault)

    def _files(self) -> Iterator[tuple[Path, bytes | None]]:
        for path in self.paths:
            if path.is_dir():
                yield from ((file, None) for file in _xml_files(path))
            elif zipfile.is_zipfile(path):
                yield from self._members(path)
            else:
                yield path, None

    def _members(self, path: Path) -> Iterator[tuple[Path, bytes]]:
        from .parsing import MOST_BYTES

        try:
            with zipfile.ZipFile(path) as archive:
                for member in archive.infolist():
                    name = Path(f"{path.name}:{member.filename}")
                    if not member.filename.lower().endswith(".xml"):
                        continue
                    if member.file_size > MOST_BYTES:
                        self._note(f"{name} is larger than {MOST_BYTES >> 20} MB. It is not read.")
                        continue
                    try:
                        data = archive.read(member)
                    except _UNPACKING as error:
                        self._note(f"{name} cannot be unpacked: {error}")
                        continue
                    yield name, data
        except (zipfile.BadZipFile, OSError) as error:
            self._note(f"{path.name} is no sound ZIP file: {error}")


def _xml_files(folder: Path) -> Iterator[Path]:
    """Yield the XML files in a folder and those within it, in a settled order, one folder's names at a time."""
    for here, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            if name.lower().endswith(".xml"):
                yield Path(here) / name


def _reader() -> Callable[[Path, bytes | None], Document]:
    from .reader import read_document

    return read_document
