"""What the commands share: their options, opening the graph with a progress bar, printing an answer."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from ..knowledge import KnowledgeGraph
    from ..queries.results import Answer

FORMATS = ("table", "json", "csv", "md")


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
def progress(
    heading: str = "Building the graph from the register (once; later questions answer at once)",
) -> Iterator[Callable[[str, float], None]]:
    """Show on stderr how far a build or load is; a plain line where stderr is no terminal."""
    bar: list[Any] = []

    def tell(what: str, share: float) -> None:
        if not bar:
            click.echo(f"{heading} …", err=True)
            bar.append(click.progressbar(length=100, file=sys.stderr, item_show_func=lambda item: item))
            bar[0].__enter__()
        bar[0].update(max(0, int(share * 100) - bar[0].pos), what)

    try:
        yield tell
    finally:
        if bar:
            bar[0].__exit__(None, None, None)


def open_for(store: str | None) -> KnowledgeGraph:
    """Open the graph that ``--store`` names, building it first, with a progress bar, where it must be."""
    from ..knowledge import open_graph

    with progress() as tell:
        return open_graph(store, tell)


def answer_with(
    store: str | None, form: str, show_query: bool, ask: Callable[[KnowledgeGraph], Answer]
) -> Answer | None:
    """Ask and print the answer, which is returned, or the SPARQL that gives it."""
    kg = open_for(store)
    if show_query:
        _show_queries(kg, ask)
        return None
    answer = ask(kg)
    from ..queries.formats import render

    click.echo(render(answer, form, width()))
    return answer


def _show_queries(kg: KnowledgeGraph, ask: Callable[[KnowledgeGraph], Answer]) -> None:
    from ..queries.rows import listening

    with listening() as queries:
        ask(kg)
    click.echo("\n\n".join(queries))


def standard_input() -> str:
    """Return the text on standard input, which is UTF-8 whatever the terminal's own encoding."""
    from ..errors import BadInput

    try:
        return sys.stdin.buffer.read().decode()
    except UnicodeDecodeError as error:
        raise BadInput(f"What came on standard input is not UTF-8 text ({error.reason}).") from error


def width() -> int:
    """Return how many columns a table may take."""
    import shutil

    if not sys.stdout.isatty() and "COLUMNS" not in os.environ:
        return 110
    return max(30, min(160, shutil.get_terminal_size((110, 24)).columns))
