"""The commands that show pages: serve to a browser, site into files."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click

from .options import on_option, open_for, store_option


@click.command()
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="The port; 0 for any free one."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to bind; 0.0.0.0 lets others ask.")
@click.option("--no-browser", is_flag=True, help="Do not open the browser.")
@store_option
def serve(port: int, host: str, no_browser: bool, store: str | None) -> None:
    """Serve the pages to a browser on this machine, until Ctrl-C.

    \b
    Example:
      dutygraph serve --port 8765 --no-browser
    """
    kg = open_for(store)
    with _web_installed():
        from ..web.server import serve_pages
    serve_pages(kg, host, port, tell=lambda line: click.echo(line, err=True), browser=not no_browser)


@click.command()
@click.argument("folder", metavar="OUT", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--area", "areas", metavar="NAME|GSS", multiple=True, help="A place; may be repeated. Default: all places."
)
@click.option("--maps/--no-maps", default=True, show_default=True, help="Draw the maps: about as large as the rest.")
@click.option("--word/--no-word", default=True, show_default=True, help="Write Word files: they take the longest.")
@on_option
@store_option
def site(folder: Path, areas: tuple[str, ...], maps: bool, word: bool, on: str | None, store: str | None) -> None:
    """Write the pages as plain files into the folder OUT, for a shared drive: open index.html by double click.

    \b
    Example:
      dutygraph site pages --area Rugby --area Warwick --on 2026-11-25
    """
    from ..dates import parse_date

    day = parse_date(on) if on else date.today()
    kg = open_for(store)
    with _web_installed():
        from ..web.site import write_site
    with click.progressbar(length=1000, file=sys.stderr, label="Writing pages") as bar:

        def tell(_what: str, share: float) -> None:
            bar.update(int(share * 1000) - bar.pos)

        count = write_site(kg, folder, day, areas, tell, maps=maps, word=word)
    click.echo(f"{folder}/index.html: {count} pages, as at {day.isoformat()}", err=True)


@contextmanager
def _web_installed() -> Iterator[None]:
    """Say which extra is missing."""
    from ..errors import MissingExtra

    try:
        yield
    except ImportError as error:
        raise MissingExtra('The pages need more packages: pip install "dutygraph[web]"') from error


COMMANDS = (serve, site)
