"""Every failure that dutygraph expects, as one family of exceptions.

A message says what was wrong, where, what to do next and the nearest right thing, in one or two lines; the
same text reaches the user from the Python API, the web and the command line. Each class is also a
:class:`ValueError` or :class:`LookupError`, so callers who know nothing of dutygraph can catch it.
"""

from __future__ import annotations

from collections.abc import Sequence


class DutyGraphError(Exception):
    """The root of every error that dutygraph raises on purpose."""


class BadDate(DutyGraphError, ValueError):
    """A date that is not written YYYY-MM-DD, or does not exist."""


class BadInput(DutyGraphError, ValueError):
    """Input that cannot be used: an empty name, an unknown format, a missing file."""


class UnknownName(DutyGraphError, LookupError):
    """A name that stands for nothing in the graph; the message suggests the nearest."""


class AmbiguousName(DutyGraphError, LookupError):
    """A name that stands for several things; the message lists them with what tells them apart."""


class RegisterFault(DutyGraphError, ValueError):
    """A register with broken rows. Nothing of it was loaded.

    Args:
        faults: one line of text for each fault: file, line, column, what is wrong, how to mend it.
    """

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        count = len(self.faults)
        end = "1 fault; nothing was loaded." if count == 1 else f"{count} faults; nothing was loaded."
        super().__init__("\n".join((*self.faults, end)))


class StoreError(DutyGraphError, OSError):
    """The graph on disk, or the endpoint, cannot be opened, read or built."""


class QueryError(DutyGraphError, ValueError):
    """A SPARQL query that cannot be read or run; the message gives line and cause."""


class MissingExtra(DutyGraphError, ImportError):
    """A feature whose optional package is not installed; the message says how to install it."""
