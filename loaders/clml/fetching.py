"""Fetch legislation from legislation.gov.uk, politely (https://www.legislation.gov.uk/developer).

The site asks for at most 3,000 requests in five minutes from one address and answers 429 or 436 beyond that. We name
ourselves, wait between requests, obey ``Retry-After``, and keep what we fetched: a dated version for good, the
current text for a day, after which the site is asked whether it changed.
"""

from __future__ import annotations

import http.client
import os
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from email.utils import formatdate, parsedate_to_datetime
from pathlib import Path

from ...citations.uris import LegislationUri
from ...errors import BadInput
from ...version import __version__

SITE = "https://www.legislation.gov.uk/"
USER_AGENT = f"dutygraph/{__version__} (+https://w3id.org/dutygraph)"
SECONDS_BETWEEN_REQUESTS = 300 / 3000
FRESH_SECONDS = 24 * 3600
TRIES = 4
LONGEST_WAIT = 300
TIMEOUT_SECONDS = 60
_BUSY = frozenset({429, 436, 500, 502, 503, 504})


def is_identifier(text: str) -> bool:
    """Say whether a text names an instrument on legislation.gov.uk, with or without a version.

    >>> is_identifier("ukpga/1998/37"), is_identifier("ukpga/1998/37/2012-04-01"), is_identifier("acts/housing.xml")
    (True, True, False)
    """
    try:
        LegislationUri.parse(text)
    except ValueError:
        return False
    return True


def default_cache() -> Path:
    """Return the folder in which fetched files are kept."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("dutygraph", appauthor=False)) / "legislation"


class Site:
    """legislation.gov.uk, or a server with the same addresses.

    Args:
        address: where it is; default legislation.gov.uk, or ``DUTYGRAPH_LEGISLATION_SITE``.
        cache: folder for what was fetched.
        sleep: waits that many seconds.
        timeout: seconds without a byte after which a request is given up.
    """

    def __init__(
        self,
        address: str | None = None,
        cache: Path | None = None,
        *,
        sleep: Callable[[float], None] = time.sleep,
        timeout: float = TIMEOUT_SECONDS,
    ) -> None:
        self.address = (address or os.environ.get("DUTYGRAPH_LEGISLATION_SITE") or SITE).rstrip("/") + "/"
        self.cache = cache
        self.sleep = sleep
        self.timeout = timeout
        self._last = 0.0

    def fetch(self, identifier: str) -> Path:
        """Return a file with the text of an instrument, fetched if it is not at hand.

        Args:
            identifier: ``ukpga/1998/37``, or a version of it: ``ukpga/1998/37/2012-04-01``, ``…/enacted``.

        Raises:
            BadInput: if the site has no such instrument, cannot be reached, or answers with what is no legislation.
        """
        uri = LegislationUri.parse(identifier)
        parts = [part for part in (uri.path, uri.version, uri.language) if part]
        if any(part in (".", "..") for part in uri.path.split("/")):
            raise BadInput(f'"{identifier}" is no identifier. Write type, year and number: ukpga/1998/37.')
        kept = (self.cache or default_cache()) / f"{'/'.join(parts)}.xml"
        age = time.time() - kept.stat().st_mtime if kept.is_file() else None
        if age is not None and (age < FRESH_SECONDS or uri.version):
            return kept
        address = f"{self.address}{'/'.join(parts)}/data.xml"
        data = self._ask(address, identifier, kept if age is not None else None)
        if data is None:
            os.utime(kept)
            return kept
        _check(data, identifier)
        return _keep(data, kept)

    def _ask(self, address: str, identifier: str, kept: Path | None) -> bytes | None:
        """Return what the site answers; None if what is kept is still the same."""
        headers = {"User-Agent": USER_AGENT, "Accept": "application/xml"}
        if kept is not None:
            headers["If-Modified-Since"] = formatdate(kept.stat().st_mtime, usegmt=True)
        request = urllib.request.Request(address, headers=headers)
        fault = ""
        for attempt in range(TRIES):
            self._wait_turn()
            try:
                with urllib.request.urlopen(request, timeout=self.timeout) as answer:
                    return _read(answer, identifier)
            except urllib.error.HTTPError as error:
                if error.code == 304:
                    return None
                if error.code not in _BUSY:
                    raise BadInput(_refusal(error.code, identifier)) from error
                fault = f"it answered {error.code}"
                self._wait_as_told(error.headers.get("Retry-After") or "", attempt)
            except (http.client.IncompleteRead, http.client.HTTPException, TimeoutError, ConnectionError) as error:
                fault = f"the answer broke off: {type(error).__name__}"
                self._wait_as_told("", attempt)
            except OSError as error:
                raise BadInput(_offline(identifier, str(getattr(error, "reason", error)))) from error
        raise BadInput(_offline(identifier, f"after {TRIES} tries {fault}"))

    def _wait_turn(self) -> None:
        """Keep the pace that the site asks for."""
        due = self._last + SECONDS_BETWEEN_REQUESTS
        now = time.monotonic()
        if now < due:
            self.sleep(due - now)
        self._last = time.monotonic()

    def _wait_as_told(self, retry_after: str, attempt: int) -> None:
        """Wait as long as ``Retry-After`` says, else longer with each attempt; not after the last."""
        if attempt < TRIES - 1:
            told = _seconds(retry_after)
            self.sleep(min(LONGEST_WAIT, 2.0**attempt if told is None else told))


def _seconds(retry_after: str) -> float | None:
    """Return how long to wait: ``Retry-After`` is a number of seconds or a date (RFC 9110, 10.2.3)."""
    if retry_after.strip().isdigit():
        return float(retry_after)
    try:
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - time.time())
    except (TypeError, ValueError):
        return None


def _read(answer: http.client.HTTPResponse, identifier: str) -> bytes:
    from .parsing import MOST_BYTES

    data = answer.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise BadInput(f"What legislation.gov.uk sent for {identifier} is larger than {MOST_BYTES >> 20} MB.")
    expected = answer.headers.get("Content-Length") or ""
    if expected.isdigit() and len(data) < int(expected):
        raise http.client.IncompleteRead(data, int(expected) - len(data))
    return data


def _check(data: bytes, identifier: str) -> None:
    """Refuse what is no legislation before it is kept."""
    from .reader import read_document

    try:
        read_document(Path(f"{identifier} from legislation.gov.uk"), data)
    except BadInput as error:
        raise BadInput(f"{str(error).rstrip('.')}. Nothing was kept; try again later.") from error


def _keep(data: bytes, kept: Path) -> Path:
    kept.parent.mkdir(parents=True, exist_ok=True)
    beside = kept.with_name(f"{kept.name}.{os.getpid()}")
    beside.write_bytes(data)
    beside.replace(kept)
    return kept


def _refusal(code: int, identifier: str) -> str:
    if code == 404:
        return f"legislation.gov.uk has no {identifier}. Write type, year and number: ukpga/1998/37, uksi/2007/1830."
    return f"legislation.gov.uk refused {identifier} (it answered {code}). Look at the page: {SITE}{identifier}"


def _offline(identifier: str, why: str) -> str:
    return (
        f"legislation.gov.uk cannot be reached for {identifier} ({why}). "
        "Try again later, or save its data.xml and load the file: dutygraph load clml FILE"
    )
