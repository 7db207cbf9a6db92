"""The command that serves the pages: serve."""

from __future__ import annotations

import click

from .options import open_for, store_option


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
    from ..errors import MissingExtra

    kg = open_for(store)
    try:
        from ..web.server import serve_pages
    except ImportError as error:
        raise MissingExtra('The pages need more packages: pip install "dutygraph[web]"') from error
    serve_pages(kg, host, port, tell=lambda line: click.echo(line, err=True), browser=not no_browser)


COMMANDS = (serve,)
