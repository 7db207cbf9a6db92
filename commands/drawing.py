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
@click.option("--compare", metavar="DATE", multiple=True, help="Another day to lay beside that one; may be repeated.")
@click.option("--story", metavar="FILE|NAME", help="A story to tell on the map, step by step: a file, or one of ours.")
@click.option(
    "--as",
    "picture",
    type=click.Choice(["network", "matrix", "tree", "money", "timeline"]),
    default="network",
    show_default=True,
    help="Which picture; matrix: who sits on what; tree: what is part of what; money: who funds whom.",
)
@click.option(
    "-o", "--output", metavar="FILE", required=True, help="The file; .html, .pptx, .svg, .png, .graphml or .gexf."
)
@store_option
def map_(
    area: str | None,
    partnership: str | None,
    holder: str | None,
    act: str | None,
    on: str | None,
    compare: tuple[str, ...],
    story: str | None,
    picture: str,
    output: str,
    store: str | None,
) -> None:
    """Draw a map into one file that opens offline in any browser.

    \b
    Examples:
      dutygraph map --area Warwickshire -o map.html
      dutygraph map --area Rugby --compare 2005-06-01 -o then-and-now.html
      dutygraph map --story serious-violence-duty --area Rugby -o story.html
    """
    named = sum(1 for target in (area, partnership, holder, act) if target)
    if named > 1 or (not named and not story):
        raise click.UsageError("Say what to draw: one of --area, --partnership, --holder or --act.")
    if picture == "timeline":
        _draw_timeline(area, compare, story, output, store)
        return
    drawn = open_for(store).map(
        output,
        area=area,
        partnership=partnership,
        holder=holder,
        act=act,
        on=on,
        compare=compare,
        story=story,
        picture=picture,
    )
    click.echo(f"{output}: {len(drawn.nodes)} things, {len(drawn.edges)} links, as at {drawn.as_at}", err=True)


def _draw_timeline(
    area: str | None, compare: tuple[str, ...], story: str | None, output: str, store: str | None
) -> None:
    """Draw who was responsible in a place, period by period: what the command ``timeline`` draws."""
    if not area or compare or story:
        raise click.UsageError("A timeline is of a place: give --area, and neither --compare nor --story.")
    answer = open_for(store).timeline(area, path=output)
    click.echo(f"{output}: {answer.message}", err=True)


COMMANDS = (map_,)
