"""The commands that keep the graph: load, build, validate, export, info."""

from __future__ import annotations

import sys

import click

from ..sources import SOURCES
from .options import open_for, progress, store_option

_WORTH_COMPACTING = 2_000_000
"""From how many statements of a load on it is worth saying that files can be put in order: there are three sets."""


@click.command()
@click.argument("kind", type=click.Choice(["register", "rdf", "geography", *SOURCES]))
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@click.option("--check", is_flag=True, help="Say what is wrong or what would change, and load nothing.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "md"]),
    default="table",
    show_default=True,
    help="How to print the report of --check or of geography.",
)
@click.option("--on", metavar="DATE", help="clml: the text of an identifier as it stood on that day.")
@store_option
def load(kind: str, paths: tuple[str, ...], check: bool, form: str, on: str | None, store: str | None) -> None:
    """Load something of your own beside dutygraph's register: a register (a folder of tables), RDF files,
    official look-up tables of areas (CSV with columns such as LAD27CD and CSP27CD), legislation (clml: files,
    folders or ZIP files of legislation.gov.uk's XML, or identifiers such as ukpga/1998/37, which are fetched), the
    national powers-and-duties extract (powers-duties) or the Local Government Association's list (lga-powers).

    The graph is built anew with it, beside the old one; if anything is wrong, the old one stays. The word
    "national" stands for the areas and bodies of the rest of England and Wales, which come with dutygraph.

    \b
    Examples:
      dutygraph load register my-council/
      dutygraph load register national
      dutygraph load rdf extra.ttl
      dutygraph load papers panel-report.pdf
      dutygraph load geography lad_csp_pfa_dec2027.csv --check
      dutygraph load clml housing-act.xml acts/ bulk.zip
      dutygraph load clml ukpga/1998/37 --on 2012-04-01
      dutygraph load powers-duties extract/ --check --format md > defects.md
      dutygraph load powers-duties extract/
    """
    if kind == "geography":
        _load_geography(paths, check, form, store)
        return
    if check:
        _check_source(kind, paths, form)
        return
    from ..knowledge import load_into

    with progress(f"Loading {kind}") as tell:
        made = load_into(store, kind, _as_at(kind, paths, on), tell)
    for note in made.layers[-1].notes if kind in SOURCES else ():
        click.echo(note)
    click.echo(f"Loaded. The graph now holds {made.quads:,} statements.")
    if kind in SOURCES and made.layers[-1].quads >= _WORTH_COMPACTING:
        click.echo("If you will ask it in SPARQL: dutygraph compact makes such questions several times as fast.")


def _as_at(kind: str, paths: tuple[str, ...], on: str | None) -> tuple[str, ...]:
    """Return the identifiers with the day whose text is wanted."""
    if on is None:
        return paths
    if kind != "clml":
        raise click.UsageError(
            "--on is for identifiers of legislation: dutygraph load clml ukpga/1998/37 --on 2012-04-01"
        )
    from ..dates import parse_date

    return tuple(f"{path.rstrip('/')}/{parse_date(on).isoformat()}" for path in paths)


def _check_source(kind: str, paths: tuple[str, ...], form: str) -> None:
    from ..sources import check_source

    if kind not in SOURCES or SOURCES[kind].check is None:
        raise click.UsageError(f"{kind} cannot be checked so. A register: dutygraph validate --register FOLDER")
    with progress(f"Checking {kind}") as tell:
        report = check_source(kind, paths, tell)
    if form == "json":
        click.echo(report.to_json())
    elif form == "md":
        click.echo(report.to_markdown(f"dutygraph load {kind} {' '.join(paths)} --check --format md"))
    else:
        click.echo("\n".join([report.title, *report.to_lines()]))


def _load_geography(paths: tuple[str, ...], check: bool, form: str, store: str | None) -> None:
    from ..geography import check_geography, load_geography, reports_to_json

    made = None
    with progress() as tell:
        if check:
            reports = check_geography(store, paths, tell)
        else:
            made, reports = load_geography(store, paths, tell)
    click.echo(reports_to_json(reports) if form == "json" else "\n\n".join(report.to_text() for report in reports))
    if made:
        click.echo(f"Loaded. The graph now holds {made.quads:,} statements.", err=form == "json")
    if not all(report.sound for report in reports):
        sys.exit(1)


@click.command()
@click.option("--forget", is_flag=True, help="Leave out what was loaded beside dutygraph's own register.")
@store_option
def build(forget: bool, store: str | None) -> None:
    """Build the graph anew from the register and from what was loaded beside it.

    \b
    Example:
      dutygraph build --store ./graph
    """
    from ..knowledge import rebuild

    with progress() as tell:
        made, folder = rebuild(store, tell, forget=forget)
    click.echo(f"{made.quads:,} statements in {folder}")


@click.command()
@store_option
def compact(store: str | None) -> None:
    """Put the files of the graph in order, after a large load: SPARQL then answers several times as fast.

    It takes some three seconds for each million statements, and up to twice as much disk. What the graph holds stays
    the same, and so do the answers. The questions of dutygraph itself are quick without it.

    \b
    Example:
      dutygraph compact
    """
    from ..graph.compacting import compact as put_in_order
    from ..graph.compacting import store_bytes
    from ..graph.current import read_build
    from ..knowledge import graph_folder

    folder = graph_folder(store)
    held = read_build(folder)
    with progress("Putting the files in order") as tell:
        made = put_in_order(folder, tell)
    sizes = [f"{store_bytes(folder, build) / 1e6:,.0f} MB" for build in (made, held) if build]
    click.echo(f"{made.quads:,} statements in {folder}: {sizes[0]} of files, {sizes[-1]} before")


@click.command()
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
    from ..validation import validate_graph

    report = validate_graph(open_for(store).store if folder is None else None, folder)
    click.echo(report.to_json() if form == "json" else report.to_text())
    if not report.sound:
        sys.exit(1)


@click.command()
@click.argument("path", metavar="FILE", type=click.Path(dir_okay=False))
@store_option
def export(path: str, store: str | None) -> None:
    """Write the whole graph to FILE; its ending names the format: nq, trig, ttl, nt, rdf, jsonld.

    \b
    Example:
      dutygraph export dutygraph.nq
    """
    from ..graph.exports import export_graph

    count = export_graph(open_for(store).store, path)
    click.echo(f"{count:,} statements written to {path}", err=True)


@click.command()
@click.argument("address", metavar="URL")
@click.option("--user", metavar="NAME", help="Who asks, if the server wants to know.")
@click.option("--password", envvar="DUTYGRAPH_PASSWORD", default="", help="The user's; better by DUTYGRAPH_PASSWORD.")
@store_option
def publish(address: str, user: str | None, password: str, store: str | None) -> None:
    """Put the whole graph into another triple store by the SPARQL 1.1 Graph Store Protocol at URL.

    Each named graph takes the place of the one of its name there. Afterwards ask that server with --store.

    \b
    Example:
      dutygraph publish http://localhost:7878/store
      dutygraph members "responsible authorities" --area Rugby --store http://localhost:7878/query
    """
    from ..knowledge import publish_graph

    kg = open_for(store)
    with progress("Publishing the graph") as tell:
        sent = publish_graph(kg, address, user, password, tell)
    click.echo(f"{sent:,} statements put there.")


@click.command()
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
    from ..queries.overview import overview, write_overview

    held = overview(open_for(store).store)
    click.echo(write_overview(held, form))


COMMANDS = (load, build, compact, validate, export, publish, info)
