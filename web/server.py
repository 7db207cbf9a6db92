"""Serving the pages with uvicorn, bound to this machine unless told otherwise."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

import uvicorn

from ..errors import BadInput, DutyGraphError
from ..queries.asking import FAMILIES
from .app import create_app
from .security import LOCAL_NAMES

if TYPE_CHECKING:
    from ..knowledge import KnowledgeGraph

_EVERYWHERE = ("0.0.0.0", "::")


def serve_pages(kg: KnowledgeGraph, host: str, port: int, tell: Callable[[str], None], *, browser: bool) -> None:
    """Serve the pages until the process is interrupted.

    Args:
        kg: the graph that answers.
        host: the address to bind.
        port: the port; 0 for any free one.
        tell: told the address of the site.
        browser: open it in the browser.

    Raises:
        BadInput: if the address cannot be bound.
    """
    bound = _bind(host, port)
    name = f"[{host}]" if ":" in host else host
    shown = "127.0.0.1" if host in _EVERYWHERE else name
    address = f"http://{shown}:{bound.getsockname()[1]}/"
    hosts = None if host in _EVERYWHERE else (*LOCAL_NAMES, name)
    server = uvicorn.Server(uvicorn.Config(create_app(kg, hosts), log_level="warning", server_header=False))
    threading.Thread(target=_read_ahead, args=(kg,), daemon=True).start()
    tell(f"dutygraph is at {address} (Ctrl-C ends it)")
    if browser:
        import webbrowser

        threading.Timer(0.5, webbrowser.open, [address]).start()
    server.run(sockets=[bound])


def _read_ahead(kg: KnowledgeGraph) -> None:
    """Ask what makes the first answers slow, so that nobody waits for it; what goes wrong is said when it is asked."""
    try:
        kg.look_up("strategy")
        kg.suggest("co", FAMILIES)
    except DutyGraphError:
        return


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        bound.listen(128)  # who asks before the server is ready waits instead of being refused
    except OSError as error:
        bound.close()
        raise BadInput(f"{host}, port {port}, cannot be used: {error}. Choose another with --port.") from error
    return bound
