"""The command that draws: map."""

from __future__ import annotations

import click

from .options import on_option, open_for, store_option


@click.command("map")
@click.option("--area", metavar="NAME|GSS", help="Draw the partnerships of this place and who is in them.")
@click.option("--partnership", metavar="NAME", help="Draw this partnership, its members and neighbours.")
@click.option("--holder", metavar="NAME", help="Draw what this body, post or class holds and sits on.")
@click.option("--act", metavar="NAME", help="Draw the duties of this Act or instrument and who holds them.")
@on_option
@click.option("-o", "--output", metavar="FILE", required=True, help="The file; .html, .svg, .png or .graphml.")
@store_option
def map_(
    area: str | None,
    partnership: str | None,
    holder: str | None,
    act: str | None,
    on: str | None,
    output: str,
    store: str | None,
) -> None:
    """Draw a map into one file that opens offline in any browser.

    \b
    Example:
      dutygraph map --area Warwickshire -o map.html
    """
    if sum(1 for target in (area, partnership, holder, act) if target) != 1:
        raise click.UsageError("Say what to draw: one of --area, --partnership, --holder or --act.")
    drawn = open_for(store).map(output, area=area, partnership=partnership, holder=holder, act=act, on=on)
    click.echo(f"{output}: {len(drawn.nodes)} things, {len(drawn.edges)} links, as at {drawn.as_at}", err=True)


COMMANDS = (map_,)
