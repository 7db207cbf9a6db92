"""The command line: thin commands that parse, call the Python API and print.

Data goes to stdout, progress and messages to stderr. Exit codes: 0 answered (also "nobody"), 1 the input or the
data was wrong, 2 the usage was wrong. Heavy libraries are imported inside the commands that need them.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from .version import __version__

if TYPE_CHECKING:
    from .knowledge import KnowledgeGraph
    from .queries.results import Answer

FORMATS = ("table", "json", "csv", "md")
CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 110}


class _Commands(click.Group):
    """The commands in the order in which they are written, with expected errors said in a line or two."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        from .errors import DutyGraphError

        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="replace")  # a letter that the terminal lacks is no reason to stop
        try:
            return super().invoke(ctx)
        except DutyGraphError as error:
            click.echo(f"Error: {error}", err=True)
            ctx.exit(1)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)


@click.group(cls=_Commands, context_settings=CONTEXT)
@click.version_option(__version__, prog_name="dutygraph")
def main() -> None:
    """Who must, may or must not do what, where, and on which date: community safety and criminal justice law
    in England and Wales, with the law cited. Guidance, not legal advice.

    \b
    Examples:
      dutygraph members "responsible authorities" --area Rugby --on 2005-06-01
      dutygraph who "serious violence" --area Rugby
      dutygraph is "Police and Crime Commissioner for Warwickshire" "responsible authorities" --area Rugby
    """


def store_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command ``--store``."""
    return click.option(
        "--store",
        metavar="PATH|URL",
        envvar="DUTYGRAPH_STORE",
        help="Another graph: a folder, or the address of a SPARQL 1.1 endpoint. Default: your data folder.",
    )(command)


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a reading command the options that all of them take."""
    command = store_option(command)
    command = click.option("--show-query", is_flag=True, help="Print the SPARQL that answers instead of the answer.")(
        command
    )
    return click.option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        default="table",
        show_default=True,
        help="How to print it.",
    )(command)


def on_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command ``--on``."""
    return click.option("--on", metavar="DATE", help="The day, as 2005-06-01. Default: today.")(command)


def area_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command ``--area``."""
    return click.option("--area", metavar="NAME|GSS", help="The place: a name or an ONS code such as E07000220.")(
        command
    )


def kind_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command ``--kind``."""
    return click.option(
        "--kind",
        type=click.Choice(["duty", "power", "prohibition"]),
        help="Only duties, powers or prohibitions.",
    )(command)


@contextmanager
def _progress() -> Iterator[Callable[[str, float], None]]:
    """Show on stderr how far a build is; a plain line where stderr is no terminal."""
    bar: list[Any] = []

    def tell(what: str, share: float) -> None:
        if not bar:
            click.echo("Building the graph from the register (once; later questions answer at once) …", err=True)
            bar.append(click.progressbar(length=100, file=sys.stderr, item_show_func=lambda item: item))
            bar[0].__enter__()
        bar[0].update(max(0, int(share * 100) - bar[0].pos), what)

    try:
        yield tell
    finally:
        if bar:
            bar[0].__exit__(None, None, None)


def _open(store: str | None) -> KnowledgeGraph:
    from .knowledge import open_graph

    with _progress() as tell:
        return open_graph(store, tell)


def _answer(store: str | None, form: str, show_query: bool, ask: Callable[[KnowledgeGraph], Answer]) -> None:
    """Ask and print the answer, or the SPARQL that gives it."""
    kg = _open(store)
    if show_query:
        _show_queries(kg, ask)
        return
    answer = ask(kg)
    from .queries.formats import render

    click.echo(render(answer, form, _width()))


def _show_queries(kg: KnowledgeGraph, ask: Callable[[KnowledgeGraph], Answer]) -> None:
    from .queries.rows import listening

    with listening() as queries:
        ask(kg)
    click.echo("\n\n".join(queries))


def _standard_input() -> str:
    """Return the text on standard input, which is UTF-8 whatever the terminal's own encoding."""
    from .errors import BadInput

    try:
        return sys.stdin.buffer.read().decode()
    except UnicodeDecodeError as error:
        raise BadInput(f"What came on standard input is not UTF-8 text ({error.reason}).") from error


def _width() -> int:
    import shutil

    if not sys.stdout.isatty() and "COLUMNS" not in os.environ:
        return 110
    return max(30, min(160, shutil.get_terminal_size((110, 24)).columns))


@main.command()
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
    _answer(store, form, show_query, lambda kg: kg.who(text, area, on, kind))


@main.command()
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
    _answer(store, form, show_query, lambda kg: kg.duties(holder, area, on, kind))


@main.command()
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
    _answer(store, form, show_query, lambda kg: kg.members(holder_class, area, on))


@main.command("is")
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
    _answer(store, form, show_query, lambda kg: kg.is_member(name, holder_class, area, on))


def _add_thing_command(name: str, example: str, about: str) -> None:
    """Add one of the commands that show a thing."""

    @main.command(name, help=f'{about}\n\n\b\nExample:\n  dutygraph {name} "{example}"')
    @click.argument("name")
    @on_option
    @reading_options
    def show(name: str, on: str | None, form: str, show_query: bool, store: str | None) -> None:
        _answer(store, form, show_query, lambda kg: getattr(kg, command)(name, on))

    command = name


_add_thing_command("body", "Rugby Borough Council", "A body or post: its names, dates, area, classes and partnerships.")
_add_thing_command(
    "partnership",
    "Safer Warwickshire Partnership Board",
    "A partnership: its law or none, members, roles and duties.",
)
_add_thing_command("act", "Crime and Disorder Act 1998", "An Act or instrument and the provisions held of it.")
_add_thing_command("area", "Rugby", "A place: its codes, what it lies in, its partnerships.")


@main.command()
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
    _answer(store, form, show_query, lambda kg: kg.changes(start, end, area))


@main.command()
@click.argument("text", required=False)
@on_option
@reading_options
def differences(text: str | None, on: str | None, form: str, show_query: bool, store: str | None) -> None:
    """Where a paper differs from the law, or from another paper: both statements, with their places.

    \b
    Example:
      dutygraph differences "fire authority"
    """
    _answer(store, form, show_query, lambda kg: kg.differences(text, on))


@main.command()
@area_option
@on_option
@reading_options
def overlap(area: str | None, on: str | None, form: str, show_query: bool, store: str | None) -> None:
    """Where partnerships overlap: bodies that sit on many, members in common, duties about the same thing.

    \b
    Example:
      dutygraph overlap --area Warwickshire
    """
    _answer(store, form, show_query, lambda kg: kg.overlap(area, on))


@main.command()
@click.argument("name", metavar="NAME|FILE|-", required=False)
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
    """Run a catalogued query by its NAME, your own from a FILE, or from standard input (-).

    \b
    Examples:
      dutygraph query --list
      dutygraph query members -p area=E07000220 -p on=2005-06-01 --format csv
      dutygraph query mine.rq --format json
    """
    from .queries.own import list_questions, prepare, write_result

    if listed:
        click.echo(list_questions(_width()))
        return
    if not name:
        raise click.UsageError("Name a catalogued query (dutygraph query --list), a .rq file, or - for standard input.")
    text = _standard_input() if name == "-" else None
    sparql = prepare(name, text, parameters)
    if show_query:
        click.echo(sparql)
        return
    kg = _open(store)
    click.echo(write_result(kg.store, sparql, form, _width(), name), nl=False)


@main.command("map")
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
    drawn = _open(store).map(output, area=area, partnership=partnership, holder=holder, act=act, on=on)
    click.echo(f"{output}: {len(drawn.nodes)} things, {len(drawn.edges)} links, as at {drawn.as_at}", err=True)


@main.command()
@click.argument("kind", type=click.Choice(["register", "rdf"]))
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@store_option
def load(kind: str, paths: tuple[str, ...], store: str | None) -> None:
    """Load something of your own beside dutygraph's register: a register (a folder of tables) or RDF files.

    The graph is built anew with it, beside the old one; if anything is wrong, the old one stays. The word
    "national" stands for the areas and bodies of the rest of England and Wales, which come with dutygraph.

    \b
    Examples:
      dutygraph load register my-council/
      dutygraph load register national
      dutygraph load rdf extra.ttl
    """
    from .knowledge import load_into

    with _progress() as tell:
        made = load_into(store, kind, paths, tell)
    click.echo(f"Loaded. The graph now holds {made.quads:,} statements.")


@main.command()
@click.option("--forget", is_flag=True, help="Leave out what was loaded beside dutygraph's own register.")
@store_option
def build(forget: bool, store: str | None) -> None:
    """Build the graph anew from the register and from what was loaded beside it.

    \b
    Example:
      dutygraph build --store ./graph
    """
    from .knowledge import rebuild

    with _progress() as tell:
        made, folder = rebuild(store, tell, forget=forget)
    click.echo(f"{made.quads:,} statements in {folder}")


@main.command()
@click.option("--register", "folder", metavar="FOLDER", help="Check a register of your own before you load it.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How to print it.",
)
@store_option
def validate(folder: str | None, form: str, store: str | None) -> None:
    """Check the register, the graph (SHACL) and the ontology (reasoner), and count what is unchecked.

    \b
    Example:
      dutygraph validate
    """
    from .validation import validate_graph

    report = validate_graph(_open(store).store if folder is None else None, folder)
    click.echo(report.to_json() if form == "json" else report.to_text())
    if not report.sound:
        sys.exit(1)


@main.command()
@click.argument("path", metavar="FILE", type=click.Path(dir_okay=False))
@store_option
def export(path: str, store: str | None) -> None:
    """Write the whole graph to FILE; its ending names the format: nq, trig, ttl, nt, rdf, jsonld.

    \b
    Example:
      dutygraph export dutygraph.nq
    """
    from .graph.exports import export_graph

    count = export_graph(_open(store).store, path)
    click.echo(f"{count:,} statements written to {path}", err=True)


@main.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How to print it.",
)
@store_option
def info(form: str, store: str | None) -> None:
    """Versions, where the graph is, what it holds and how much of it is unchecked: for reports and citations.

    \b
    Example:
      dutygraph info
    """
    from .queries.overview import overview, write_overview

    held = overview(_open(store).store)
    click.echo(write_overview(held, form))


if __name__ == "__main__":
    main()
