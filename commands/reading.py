"""The commands that answer, from who to query."""

from __future__ import annotations

import click

from .options import (
    answer_with,
    area_option,
    kind_option,
    on_option,
    open_for,
    reading_options,
    standard_input,
    store_option,
    width,
)


@click.command()
@click.argument("text")
@area_option
@on_option
@kind_option
@reading_options
def who(
    text: str,
    area: str | None,
    on: str | None,
    kind: str | None,
    form: str,
    show_query: bool,
    store: str | None,
) -> None:
    """Who must, may or must not do something: TEXT is what it is about.

    \b
    Example:
      dutygraph who "serious violence" --area Rugby
    """
    answer_with(store, form, show_query, lambda kg: kg.who(text, area, on, kind))


@click.command()
@click.argument("holder")
@area_option
@on_option
@kind_option
@reading_options
def duties(
    holder: str,
    area: str | None,
    on: str | None,
    kind: str | None,
    form: str,
    show_query: bool,
    store: str | None,
) -> None:
    """What a body, post, partnership or class must, may and must not do.

    \b
    Example:
      dutygraph duties "Chief Constable of Warwickshire Police" --kind duty
    """
    answer_with(store, form, show_query, lambda kg: kg.duties(holder, area, on, kind))


@click.command()
@click.argument("holder_class", metavar="CLASS")
@click.option("--area", metavar="NAME|GSS", required=True, help="The place: a name or an ONS code such as E07000220.")
@on_option
@reading_options
def members(holder_class: str, area: str, on: str | None, form: str, show_query: bool, store: str | None) -> None:
    """Who is in a class that the law names, there, then, and why; and who is not.

    \b
    Example:
      dutygraph members "responsible authorities" --area Rugby --on 2005-06-01
    """
    answer_with(store, form, show_query, lambda kg: kg.members(holder_class, area, on))


@click.command("is")
@click.argument("name")
@click.argument("holder_class", metavar="CLASS")
@area_option
@on_option
@reading_options
def is_(
    name: str,
    holder_class: str,
    area: str | None,
    on: str | None,
    form: str,
    show_query: bool,
    store: str | None,
) -> None:
    """Is this body in that class? Yes, no, not in force on that day, or unknown: with the law.

    \b
    Example:
      dutygraph is "Warwickshire PCC" "responsible authorities" --area Rugby
    """
    answer_with(store, form, show_query, lambda kg: kg.is_member(name, holder_class, area, on))


def _thing_command(name: str, example: str, about: str) -> click.Command:
    """Make one of the commands that show a thing."""

    @click.command(name, help=f'{about}\n\n\b\nExample:\n  dutygraph {name} "{example}"')
    @click.argument("name")
    @on_option
    @reading_options
    def show(name: str, on: str | None, form: str, show_query: bool, store: str | None) -> None:
        answer_with(store, form, show_query, lambda kg: getattr(kg, command)(name, on))

    command = name
    return show


body = _thing_command(
    "body", "Rugby Borough Council", "A body or post: its names, dates, area, classes and partnerships."
)
partnership = _thing_command(
    "partnership",
    "Safer Warwickshire Partnership Board",
    "A partnership: its law or none, members, roles and duties.",
)
act = _thing_command("act", "Crime and Disorder Act 1998", "An Act or instrument and the provisions held of it.")
area = _thing_command("area", "Rugby", "A place: its codes, what it lies in, its partnerships.")


@click.command()
@click.argument("start", metavar="FROM")
@click.argument("end", metavar="TO")
@area_option
@reading_options
def changes(start: str, end: str, area: str | None, form: str, show_query: bool, store: str | None) -> None:
    """What began, ended or changed hands after the day FROM, up to and including the day TO.

    \b
    Example:
      dutygraph changes 2022-06-30 2022-07-01 --area Rugby
    """
    answer_with(store, form, show_query, lambda kg: kg.changes(start, end, area))


@click.command()
@click.argument("text", required=False)
@on_option
@reading_options
def differences(text: str | None, on: str | None, form: str, show_query: bool, store: str | None) -> None:
    """Where a paper differs from the law, or from another paper: both statements, with their places.

    \b
    Example:
      dutygraph differences "fire authority"
    """
    answer_with(store, form, show_query, lambda kg: kg.differences(text, on))


@click.command()
@area_option
@on_option
@reading_options
def overlap(area: str | None, on: str | None, form: str, show_query: bool, store: str | None) -> None:
    """Where partnerships overlap: bodies that sit on many, members in common, duties about the same thing.

    \b
    Example:
      dutygraph overlap --area Warwickshire
    """
    answer_with(store, form, show_query, lambda kg: kg.overlap(area, on))


@click.command()
@click.argument("name", metavar="NAME|FILE|-|QUERY", required=False)
@click.option("--list", "listed", is_flag=True, help="List the catalogued queries with their questions.")
@click.option(
    "--param",
    "-p",
    "parameters",
    metavar="NAME=VALUE",
    multiple=True,
    help="A parameter, e.g. on=2005-06-01.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv", "tsv", "xml", "md", "ttl", "nt", "jsonld"]),
    default="table",
    show_default=True,
    help="How to print the result; ttl, nt and jsonld are for CONSTRUCT and DESCRIBE.",
)
@click.option("--show-query", is_flag=True, help="Print the SPARQL instead of running it.")
@store_option
def query(
    name: str | None,
    listed: bool,
    parameters: tuple[str, ...],
    form: str,
    show_query: bool,
    store: str | None,
) -> None:
    """Run a catalogued query by its NAME, your own from a FILE, from standard input (-), or as it stands.

    \b
    Examples:
      dutygraph query --list
      dutygraph query members -p area=E07000220 -p on=2005-06-01 --format csv
      dutygraph query mine.rq --format json
      dutygraph query 'SELECT ?kind (COUNT(*) AS ?many) { ?thing a ?kind } GROUP BY ?kind'
    """
    from ..queries.own import list_questions, prepare, write_result

    if listed:
        click.echo(list_questions(width()))
        return
    if not name:
        raise click.UsageError("Name a catalogued query (dutygraph query --list), a .rq file, or - for standard input.")
    text = standard_input() if name == "-" else None
    sparql = prepare(name, text, parameters)
    if show_query:
        click.echo(sparql)
        return
    kg = open_for(store)
    click.echo(write_result(kg.store, sparql, form, width(), "-" if "{" in name else name), nl=False)


COMMANDS = (who, duties, members, is_, body, partnership, act, area, changes, differences, overlap, query)
