"""Fetching from a server with legislation.gov.uk's addresses that behaves, and one that does not."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from dutygraph.errors import BadInput
from dutygraph.loaders.clml.fetching import SECONDS_BETWEEN_REQUESTS, TRIES, USER_AGENT, Site
from dutygraph.loaders.clml.reader import read_document

SMALL = (Path(__file__).parent / "files" / "small_act.xml").read_bytes()
Answer = Callable[[BaseHTTPRequestHandler], None]


def sound(handler: BaseHTTPRequestHandler, data: bytes = SMALL, kind: str = "application/xml") -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(data)))
    handler.end_headers()
    handler.wfile.write(data)


def refusal(code: int, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


def truncated(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(SMALL)))
    handler.end_headers()
    handler.wfile.write(SMALL[:2000])
    handler.close_connection = True


def slow(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(1)


class Server:
    """A server on this machine; ``answers`` are given in turn, the last one for good."""

    def __init__(self) -> None:
        self.answers: list[Answer] = [sound]
        self.asked: list[tuple[str, dict[str, str]]] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.asked.append((self.path, dict(self.headers.items())))
                answer = server.answers.pop(0) if len(server.answers) > 1 else server.answers[0]
                answer(self)

            def log_message(self, *_args: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.http.server_port}/"


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    thread = threading.Thread(target=made.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield made
    made.http.shutdown()
    made.http.server_close()


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def site(server: Server, tmp_path: Path, waits: list[float]) -> Site:
    return Site(server.address, tmp_path / "cache", sleep=waits.append, timeout=0.3)


def test_an_identifier_is_fetched_at_the_sites_address_by_a_named_agent(site: Site, server: Server) -> None:
    assert read_document(site.fetch("ukpga/2999/7")).title == "Lanterns Act 2999"
    site.fetch("https://www.legislation.gov.uk/ukpga/2999/7/2999-03-01")
    assert [path for path, _headers in server.asked] == ["/ukpga/2999/7/data.xml", "/ukpga/2999/7/2999-03-01/data.xml"]
    assert {headers["User-Agent"] for _path, headers in server.asked} == {USER_AGENT}
    assert USER_AGENT.startswith("dutygraph/") and "http" in USER_AGENT


def test_what_was_fetched_is_kept(site: Site, server: Server) -> None:
    first = site.fetch("ukpga/2999/7")
    assert site.fetch("ukpga/2999/7") == first
    assert len(server.asked) == 1


def test_after_a_day_the_site_is_asked_whether_the_text_changed(site: Site, server: Server) -> None:
    kept = site.fetch("ukpga/2999/7")
    before = time.time() - 3 * 24 * 3600
    os.utime(kept, (before, before))
    server.answers = [refusal(304)]
    assert site.fetch("ukpga/2999/7").read_bytes() == SMALL
    assert server.asked[-1][1]["If-Modified-Since"] == formatdate(before, usegmt=True)
    site.fetch("ukpga/2999/7")
    assert len(server.asked) == 2


def test_a_dated_version_is_kept_for_good(site: Site, server: Server) -> None:
    kept = site.fetch("ukpga/2999/7/2999-03-01")
    os.utime(kept, (1, 1))
    site.fetch("ukpga/2999/7/2999-03-01")
    assert len(server.asked) == 1


def test_what_the_site_does_not_have_is_said_so(site: Site, server: Server) -> None:
    server.answers = [refusal(404)]
    with pytest.raises(BadInput, match="has no ukpga/2999/9"):
        site.fetch("ukpga/2999/9")
    assert len(server.asked) == 1


@pytest.mark.parametrize("told", ["7", formatdate(time.time() + 7.5, usegmt=True)])
def test_a_busy_site_is_asked_again_when_it_says(site: Site, server: Server, waits: list[float], told: str) -> None:
    server.answers = [
        refusal(429, Retry_After="7" if told == "7" else formatdate(time.time() + 7.5, usegmt=True)),
        sound,
    ]
    site.fetch("ukpga/2999/7")
    assert len(server.asked) == 2
    assert 5 <= max(waits) <= 8


def test_a_site_that_stays_busy_is_given_up_in_plain_words(site: Site, server: Server) -> None:
    server.answers = [refusal(503)]
    with pytest.raises(BadInput, match="it answered 503"):
        site.fetch("ukpga/2999/7")
    assert len(server.asked) == TRIES


@pytest.mark.parametrize("broken", [truncated, slow])
def test_a_broken_answer_is_asked_for_again_and_never_kept(
    site: Site, server: Server, tmp_path: Path, broken: Answer
) -> None:
    server.answers = [broken, sound]
    assert site.fetch("ukpga/2999/7").read_bytes() == SMALL
    server.answers = [broken]
    with pytest.raises(BadInput, match="broke off"):
        site.fetch("ukpga/2999/8")
    assert not list((tmp_path / "cache").rglob("8.xml*"))


@pytest.mark.parametrize(
    "data",
    [
        b"<html><body>Down for maintenance</body></html>",
        b"",
        SMALL.replace(b"\xe2\x80\x94", b"\x97"),  # an em dash of another encoding than the file says
        b'<?xml version="1.0" encoding="ascii"?>' + SMALL,
    ],
)
def test_what_is_no_legislation_is_never_kept(site: Site, server: Server, tmp_path: Path, data: bytes) -> None:
    server.answers = [lambda handler: sound(handler, data)]
    with pytest.raises(BadInput, match="Nothing was kept"):
        site.fetch("ukpga/2999/7")
    assert not list((tmp_path / "cache").rglob("*.xml*"))


def test_the_files_own_encoding_counts_whatever_the_server_says(site: Site, server: Server) -> None:
    data = b'<?xml version="1.0" encoding="iso-8859-1"?>' + SMALL.decode().replace("—", "-").replace("“", '"').replace(
        "”", '"'
    ).encode("iso-8859-1")
    server.answers = [lambda handler: sound(handler, data, "text/xml; charset=utf-8")]
    assert "£2" in read_document(site.fetch("ukpga/2999/7")).provisions[-1].children[0].own_text


def test_offline_is_said_with_the_way_out(tmp_path: Path, waits: list[float]) -> None:
    site = Site("http://127.0.0.1:9/", tmp_path, sleep=waits.append, timeout=0.3)
    with pytest.raises(BadInput, match="cannot be reached") as refused:
        site.fetch("ukpga/2999/7")
    assert "dutygraph load clml FILE" in str(refused.value)


def test_requests_keep_the_pace_that_the_site_asks_for(site: Site, waits: list[float]) -> None:
    for number in range(4):
        site.fetch(f"ukpga/2999/{number}")
    assert sum(waits) == pytest.approx(3 * SECONDS_BETWEEN_REQUESTS, abs=0.2)
    assert SECONDS_BETWEEN_REQUESTS * 3000 >= 300


@pytest.mark.parametrize("identifier", ["ukpga/2999/7/../../../secret", "ukpga/2999/7/./x"])
def test_an_identifier_cannot_leave_the_cache(site: Site, server: Server, identifier: str) -> None:
    with pytest.raises(BadInput, match="no identifier"):
        site.fetch(identifier)
    assert not server.asked
