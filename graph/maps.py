"""Maps as files: an interactive page, a picture, slides, or data for network tools; the ending of the name says which.

All are made of the same network and the same layout. What is written is put in place only when it is whole.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from ..dates import say_date
from ..errors import BadInput, StoreError
from .drawings import Mark, draw, marks_to_png, marks_to_svg
from .groups import overview
from .layouts import lay_out
from .matrices import draw_matrix, to_matrix_page
from .networks import Network, to_networkx
from .pages import to_page
from .slides import to_slides
from .stories import Story

ENDINGS = ("html", "svg", "png", "graphml", "gexf", "pptx")


def write_map(network: Network, path: str, story: Story | None = None) -> None:
    """Write a map to a file.

    Args:
        network: what is drawn.
        path: the file; its ending names the form. An existing file is replaced when the new one is whole.
        story: what is told on it; pages and slides tell it.

    Raises:
        BadInput: if the ending names no form of map, or the picture cannot be written so.
        MissingExtra: if the form needs a package that is not installed.
        StoreError: if the file cannot be written.
    """
    target = Path(path)
    if network.picture == "matrix" and target.suffix.lower() == ".pptx":
        raise BadInput("A matrix: no slide is large enough for it. Write it as .html, .svg or .png.")
    _check_matrix(network, story)
    content = _writer(target)(network, story)
    beside = target.with_name(f"{target.name}.part")
    try:
        beside.write_bytes(content)
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise StoreError(f"{path} cannot be written: {error}") from error


def check_ending(path: str) -> None:
    """Refuse a file name that names no form of map, before anything is asked of the graph.

    Raises:
        BadInput: if the ending names no form of map.
    """
    _writer(Path(path))


def _writer(target: Path) -> Callable[[Network, Story | None], bytes]:
    ending = target.suffix.lstrip(".").lower()
    if ending not in ENDINGS:
        raise BadInput(f"{target.name} names no form of map. The ending must be one of: {', '.join(ENDINGS)}.")
    return _FORMS[ending]


def page_of(network: Network, story: Story | None = None) -> str:
    """Return a map as a page, in the picture that was chosen.

    Args:
        network: what is drawn.
        story: what is told on it.

    Raises:
        BadInput: if a matrix is to show several days or to tell a story.
    """
    _check_matrix(network, story)
    return to_matrix_page(network) if network.picture == "matrix" else to_page(network, story=story)


def _check_matrix(network: Network, story: Story | None) -> None:
    if network.picture == "matrix" and (story or network.days):
        raise BadInput("A matrix is of one day, without a story.")


def _page_bytes(network: Network, story: Story | None) -> bytes:
    return page_of(network, story).encode("utf-8")


def _svg_bytes(network: Network, story: Story | None) -> bytes:
    return marks_to_svg(f"{network.title}, as at {say_date(network.as_at)}", *_drawn(network)).encode("utf-8")


def _png_bytes(network: Network, story: Story | None) -> bytes:
    return marks_to_png(*_drawn(network))


def _drawn(network: Network) -> tuple[float, float, list[Mark]]:
    """The shapes of the picture."""
    if network.picture == "matrix":
        return draw_matrix(network)
    shown, _inside = overview(network)
    return draw(shown, lay_out(shown))


def _graphml_bytes(network: Network, story: Story | None) -> bytes:
    import networkx

    return _graph_bytes(network, networkx.write_graphml)


def _gexf_bytes(network: Network, story: Story | None) -> bytes:
    import networkx

    return _graph_bytes(network, networkx.write_gexf)


def _graph_bytes(network: Network, write: Callable[[Any, BytesIO], None]) -> bytes:
    """The whole network, not its groups, as networkx writes it."""
    written = BytesIO()
    write(to_networkx(network), written)
    return written.getvalue()


_FORMS = {
    "html": _page_bytes,
    "svg": _svg_bytes,
    "png": _png_bytes,
    "graphml": _graphml_bytes,
    "gexf": _gexf_bytes,
    "pptx": to_slides,
}
