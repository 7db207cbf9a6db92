"""The commands that look along time: panel, timeline, successors."""

from __future__ import annotations

from pathlib import Path

import click

from .options import answer_with, area_option, on_option, open_for, reading_options


@click.command()
@click.argument("holder_class", metavar="CLASS")
@click.option("--on", "days", metavar="DATE", multiple=True, help="A day; may be repeated. Default: today.")
@area_option
@click.option("--kind-of-area", metavar="KIND", help='Only areas of this kind, such as "London borough".')
@click.option("-o", "--output", metavar="FILE", help="Write every row into this CSV file, and print the summary.")
@reading_options
def panel(
    holder_class: str,
    days: tuple[str, ...],
    area: str | None,
    kind_of_area: str | None,
    output: str | None,
    form: str,
    show_query: bool,
    store: str | None,
) -> None:
    """Who was in a class, in every area, current and former, on each of several days; what is not held says so.

    \b
    Examples:
      dutygraph panel "responsible authorities" --on 1999-06-01 --on 2012-06-01 -o panel.csv
      dutygraph panel "responsible authorities" --on 2024-01-01 --kind-of-area "London borough" --format csv
    """
    from ..queries.formats import write_rows

    answer = answer_with(store, form, show_query, lambda kg: kg.panel(holder_class, days, area, kind_of_area))
    if output and answer:
        count = write_rows(answer, Path(output))
        click.echo(f"{output}: {count:,} rows", err=True)


@click.command()
@click.argument("area", metavar="NAME|GSS")
@click.option("--class", "holder_class", metavar="CLASS", help="The class. Default: the responsible authorities.")
@click.option("-o", "--output", metavar="FILE", help="Draw it into this file: .html, .svg or .png.")
@reading_options
def timeline(
    area: str, holder_class: str | None, output: str | None, form: str, show_query: bool, store: str | None
) -> None:
    """Who was responsible in a place, period by period: who came, who went, what is not held.

    \b
    Examples:
      dutygraph timeline Rugby
      dutygraph timeline Leeds --class "local policing bodies" -o leeds.html
    """
    if not output:
        answer_with(store, form, show_query, lambda kg: kg.timeline(area, holder_class))
        return
    answer = open_for(store).timeline(area, holder_class, path=output)
    click.echo(f"{output}: {answer.message}", err=True)


@click.command()
@click.argument("name")
@on_option
@reading_options
def successors(name: str, on: str | None, form: str, show_query: bool, store: str | None) -> None:
    """What took over from a body, and what it took over from, step by step; who is in its classes on a day.

    \b
    Example:
      dutygraph successors "Warwickshire Police Authority"
    """
    answer_with(store, form, show_query, lambda kg: kg.successors(name, on))


COMMANDS = (panel, timeline, successors)
