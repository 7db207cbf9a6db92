"""The site as an application: its pages, what they refuse, what every answer carries."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dutygraph.knowledge import KnowledgeGraph

pytest.importorskip("starlette", reason="Starlette is not installed: there are no pages")
pytest.importorskip("httpx2", reason="httpx2 is not installed: the pages cannot be asked")

from starlette.testclient import TestClient

from dutygraph.web.app import create_app


@pytest.fixture(scope="module")
def client(kg: KnowledgeGraph) -> Iterator[TestClient]:
    with TestClient(create_app(kg), raise_server_exceptions=False) as made:
        yield made


def test_the_start_page_answers_with_a_strict_policy(client: TestClient) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_what_is_not_there_is_a_clean_page(client: TestClient) -> None:
    answer = client.get("/nowhere/at/all")
    assert answer.status_code == 404 and "no page at this address" in answer.text
    assert "Traceback" not in answer.text


def test_another_host_name_is_refused(client: TestClient) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 421


@pytest.mark.parametrize("address", ["/?area=" + "x" * 20000, "/" + "y" * 700])
def test_an_address_that_is_too_long_is_refused(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 414
