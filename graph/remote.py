"""Put a whole graph into another triple store by the SPARQL 1.1 Graph Store HTTP Protocol (W3C, 21 March 2013).

That is how a graph that was built on a laptop comes to a server or a cluster: every named graph is put there under
its own name, in parts, in the place of what stood there. Afterwards the server's SPARQL endpoint answers as ours does.
"""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from urllib.parse import urlencode

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Triple, serialize

from ..errors import StoreError
from .store import OxigraphStore

TRIPLES_AT_ONCE = 50_000
"""How many triples one request carries: some servers refuse larger ones, and progress is seen."""

TIMEOUT_SECONDS = 600
Progress = Callable[[str, float], None]


def publish(
    store: OxigraphStore,
    address: str,
    user: str | None = None,
    password: str = "",
    progress: Progress = lambda _what, _share: None,
) -> int:
    """Put every named graph of a store into a remote one, each in the place of the one of its name there.

    Args:
        store: what is put there.
        address: of the remote Graph Store Protocol service, such as ``http://localhost:7878/store``.
        user: who asks, if the server wants to know (basic or digest authentication).
        password: the user's.
        progress: told which graph is under way and the share done.

    Returns:
        How many statements were sent.

    Raises:
        StoreError: if the server cannot be reached or refuses; graphs put before that stay there, so ask again.
    """
    opener = _opener(address, user, password)
    graphs = [graph for graph in store.store.named_graphs() if isinstance(graph, NamedNode)]
    total, sent = len(store.store), 0
    for graph in graphs:
        method = "PUT"
        for part in _parts(store.store.quads_for_pattern(None, None, None, graph)):
            progress(graph.value.rpartition("/")[2], sent / max(total, 1))
            _send(opener, method, f"{address}?{urlencode({'graph': graph.value})}", part)
            method, sent = "POST", sent + len(part)
    progress("done", 1.0)
    return sent


def _parts(quads: Iterable[Quad]) -> Iterator[list[Triple]]:
    """Cut a graph into parts; one with blank nodes stays whole, since they are the same only within a request."""
    triples = (Triple(quad.subject, quad.predicate, quad.object) for quad in quads)
    part = list(islice(triples, TRIPLES_AT_ONCE))
    while part:
        if any(isinstance(term, BlankNode) for triple in part for term in (triple.subject, triple.object)):
            part += triples
        yield part
        part = list(islice(triples, TRIPLES_AT_ONCE))


def _opener(address: str, user: str | None, password: str) -> urllib.request.OpenerDirector:
    if user is None:
        return urllib.request.build_opener()
    passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
    passwords.add_password(None, address, user, password)
    return urllib.request.build_opener(
        urllib.request.HTTPDigestAuthHandler(passwords), urllib.request.HTTPBasicAuthHandler(passwords)
    )


def _send(opener: urllib.request.OpenerDirector, method: str, address: str, part: list[Triple]) -> None:
    request = urllib.request.Request(
        address,
        data=serialize(part, format=RdfFormat.N_TRIPLES),
        headers={"Content-Type": "application/n-triples", "User-Agent": "dutygraph"},
        method=method,
    )
    try:
        with opener.open(request, timeout=TIMEOUT_SECONDS) as response:
            response.read()
    except urllib.error.HTTPError as error:
        detail = error.read(300).decode("utf-8", "replace").strip().replace("\n", " ")
        hint = " Name the user with --user." if error.code in (401, 403) else ""
        raise StoreError(f"{address} answered {error.code} to {method}: {detail}{hint}") from error
    except (OSError, ValueError) as error:
        raise StoreError(f"{address} cannot be reached: {error}") from error
