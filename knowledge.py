"""The Python API: open the graph and ask.

>>> import dutygraph                                             # doctest: +SKIP
>>> kg = dutygraph.open()                                        # doctest: +SKIP
>>> kg.members("responsible authorities", area="Rugby", on="2005-06-01").to_frame()   # doctest: +SKIP
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import QuerySolutions

from .dates import parse_date
from .errors import BadInput, MissingExtra, QueryError, StoreError
from .graph.store import EndpointStore, GraphStore, OxigraphStore, Result, base_of, disk_store, reading

if TYPE_CHECKING:
    import pandas
    import rdflib

    from .audits.model import Audit
    from .graph.current import Build
    from .graph.networks import Network
    from .queries.asking import Asked
    from .queries.own import Answered
    from .queries.profiles import Profile
    from .queries.results import Answer
    from .queries.rows import Values

Progress = Callable[[str, float], None]


class KnowledgeGraph:
    """A graph that can be asked.

    Every question takes ``on``, a day as ``YYYY-MM-DD`` or :class:`datetime.date`; None is today. Answers are
    :class:`dutygraph.queries.results.Answer`: ``verdict`` is one of yes, no, not_in_force, unknown; ``rows``
    are plain dictionaries; ``to_frame()`` gives a pandas data frame.

    Args:
        store: any :class:`dutygraph.graph.store.GraphStore`.
    """

    def __init__(self, store: GraphStore) -> None:
        self.store = store

    def members(self, holder_class: str, area: str, on: str | date | None = None) -> Answer:
        """Return who is in a class that the law names, for an area, on a date, and who is not, with the law.

        Args:
            holder_class: name of the class, such as "responsible authorities".
            area: name or ONS code of the area.
            on: the day.

        Raises:
            UnknownName: if a name is not held; the message has the nearest.
            AmbiguousName: if a name stands for several things.
            BadDate: if the day is not a date.
        """
        from .queries.members import members

        return members(base_of(self.store), holder_class, area, _day(on))

    def panel(
        self,
        holder_class: str,
        on: Sequence[str | date] = (),
        area: str | None = None,
        kind_of_area: str | None = None,
    ) -> Answer:
        """Return who was in a class, for every area, on each of several days, with what is not held.

        Args:
            holder_class: name of the class, such as "responsible authorities".
            on: the days; none for today.
            area: only this area or the areas in it; None for all, current and former.
            kind_of_area: only areas of this kind, such as "London borough".

        Returns:
            One row for each area, day and member; ``details["summary"]`` counts names held and not held.
        """
        from .queries.panels import panel

        return panel(base_of(self.store), holder_class, [_day(day) for day in on or (None,)], area, kind_of_area)

    def timeline(self, area: str, holder_class: str | None = None, path: str | None = None) -> Answer:
        """Return who was in a class for an area, period by period, and draw it if a file is named.

        Args:
            area: name or ONS code of the area.
            holder_class: name of the class; None for the responsible authorities.
            path: a file to draw it into: .html, .svg or .png.
        """
        from .queries.timelines import RESPONSIBLE_AUTHORITIES, timeline

        answer = timeline(base_of(self.store), area, holder_class or RESPONSIBLE_AUTHORITIES, date.today())
        if path:
            from .graph.timelines import write_timeline

            write_timeline(answer.to_dict(), path)
        return answer

    def successors(self, name: str, on: str | date | None = None) -> Answer:
        """Return what took over from a body and what it took over from, and who is in its classes on a day."""
        from .queries.successions import successors

        return successors(base_of(self.store), name, _day(on))

    def is_member(self, name: str, holder_class: str, area: str | None = None, on: str | date | None = None) -> Answer:
        """Return whether a body is in a class: yes, no, not in force on that day, or unknown, with the law."""
        from .queries.membership import is_member

        return is_member(base_of(self.store), name, holder_class, area, _day(on))

    def who(self, text: str, area: str | None = None, on: str | date | None = None, kind: str | None = None) -> Answer:
        """Return who must, may or must not do something, found by any words.

        Args:
            text: what it is about.
            area: where; the classes are resolved to the bodies there.
            on: the day.
            kind: "duty", "power" or "prohibition"; None for all.
        """
        from .queries.norms import who

        return who(self.store, text, area, _day(on), kind)

    def duties(
        self, holder: str, area: str | None = None, on: str | date | None = None, kind: str | None = None
    ) -> Answer:
        """Return what a body, post, partnership or class must, may and must not do."""
        from .queries.norms import duties

        return duties(self.store, holder, area, _day(on), kind)

    def search(self, text: str, kinds: Sequence[str] = (), limit: int = 25, on: str | date | None = None) -> Answer:
        """Return what is held about some words: duties, provisions, bodies, partnerships, Acts, products, anything.

        Args:
            text: the words; "in quotes" a phrase, with a star at its end a beginning of words.
            kinds: only things of these kinds, such as "duty" or "partnership"; empty for all.
            limit: how many hits to return; what a person has checked comes before what a program extracted.
            on: the day.
        """
        from .queries.search import search

        return search(self.store, text, _day(on), kinds, limit)

    def extract(
        self,
        actor: str | None = None,
        act: str | None = None,
        *,
        beside: str | None = None,
        top: bool = False,
        kind: str | None = None,
        limit: int = 25,
        on: str | date | None = None,
    ) -> Answer:
        """Return what the national extract of powers and duties holds, where it is loaded.

        Args:
            actor: the duties and powers of whom it calls so, in whatever enactment …
            act: … or those of an enactment, by title or legislation.gov.uk id, in the order of its provisions …
            beside: … or the other actors of the enactments that name this one …
            top: … or the actors with the most; without any of these, counts by kind and type of legislation.
            kind: "duty" or "power"; None for both.
            limit: how many to return.
            on: the day of asking.
        """
        from .queries import extracts

        if actor is not None:
            return extracts.extract_of_actor(self.store, actor, _day(on), limit, kind)
        if act is not None:
            return extracts.extract_of_enactment(self.store, act, _day(on), limit, kind)
        if beside is not None or top:
            return extracts.actors_of_extract(self.store, _day(on), limit, beside)
        return extracts.counts_of_extract(self.store, _day(on))

    def holders(
        self, act: str | None = None, grade: str | None = None, limit: int = 1000, on: str | date | None = None
    ) -> Answer:
        """Return who the actors of the national extract may be in law, graded, for a person to judge.

        Args:
            act: only actors of this enactment, by title or legislation.gov.uk id.
            grade: only "yes", "no", "unsure" or "not judged".
            limit: how many to return.
            on: the day of asking.
        """
        from .queries.holders import resolve_holders

        return resolve_holders(self.store, _day(on), act, grade, limit)

    def body(self, name: str, on: str | date | None = None) -> Answer:
        """Return what is held about a body or post."""
        from .queries.things import body

        return body(self.store, name, _day(on))

    def partnership(self, name: str, on: str | date | None = None) -> Answer:
        """Return what is held about a partnership."""
        from .queries.things import partnership

        return partnership(self.store, name, _day(on))

    def act(self, name: str, on: str | date | None = None) -> Answer:
        """Return an Act or instrument with its provisions, as far as held."""
        from .queries.things import act

        return act(self.store, name, _day(on))

    def area(self, name: str, on: str | date | None = None) -> Answer:
        """Return what is held about an area."""
        from .queries.things import area

        return area(self.store, name, _day(on))

    def profile(self, name: str, area: str | None = None, on: str | date | None = None) -> Profile:
        """Return everything that is held about a thing, in sections, each statement with its law and evidence.

        Args:
            name: its IRI, a name, or a legislation path.
            area: the place for which classes are resolved to bodies.
            on: the day.
        """
        from .queries.showing import profile

        return profile(self.store, name, area, _day(on))

    def look_up(
        self, text: str, area: str | None = None, on: str | date | None = None, kind: str | None = None
    ) -> Asked:
        """Return what words lead to: things by name, duties by what they are about; "… in Rugby" names the place."""
        from .queries.asking import ask

        return ask(self.store, text, area, _day(on), kind)

    def suggest(self, text: str, families: Sequence[str]) -> list[str]:
        """Return names of things of these families that have in them what was typed."""
        from .queries.asking import suggest

        return suggest(self.store, text, families)

    def listed(self, family: str) -> list[tuple[str, str]]:
        """Return everything of a family of things ("area", "body", "partnership" …): IRI and name, by name."""
        from .queries.asking import listed

        return listed(self.store, family)

    def description(self, thing: str, form: str = "ttl") -> bytes:
        """Return the statements of a thing and about it as RDF: "ttl", "nt" or "jsonld"."""
        from .queries.own import description

        return description(self.store, thing, form)

    def answered(self, name: str, values: Mapping[str, str]) -> Answered:
        """Run a catalogued question with parameters as people write them; return its rows and its SPARQL."""
        from .queries.own import answered

        return answered(self.store, name, values)

    def answer_as(self, name: str, values: Mapping[str, str], form: str) -> str:
        """Run a catalogued question and write its answer in a standard format: csv, json, ttl, nt or jsonld."""
        from .queries.catalogue import question
        from .queries.own import prepare, write_result

        sparql = prepare(name, question(name).sparql, [f"{key}={value}" for key, value in values.items()])
        return write_result(self.store, sparql, form, 100, name)

    def map_page(
        self,
        *,
        on: str | date | None = None,
        compare: Sequence[str | date] = (),
        story: str | None = None,
        picture: str = "network",
        **target: str | None,
    ) -> tuple[str, str]:
        """Return a map as a page, and the Content-Security-Policy that fits it; see :meth:`map` for what is drawn."""
        from .graph.maps import page_of
        from .graph.pages import policy_of
        from .queries.maps import draw_told

        drawn = page_of(*draw_told(self.store, on, compare, story, picture, **target))
        return drawn, policy_of(drawn)

    def changes(self, start: str | date, end: str | date, area: str | None = None) -> Answer:
        """Return what began, ended or changed hands after one day, up to and including another."""
        from .queries.changes import changes

        return changes(self.store, parse_date(start), parse_date(end), area)

    def map(
        self,
        path: str,
        *,
        area: str | None = None,
        partnership: str | None = None,
        holder: str | None = None,
        act: str | None = None,
        on: str | date | None = None,
        compare: Sequence[str | date] = (),
        story: str | None = None,
        picture: str = "network",
    ) -> Network:
        """Draw a map into a file: partnerships, bodies and the law between them.

        Args:
            path: the file; its ending names the format: .html, .pptx, .svg, .png, .graphml or .gexf.
            area: what is drawn: the partnerships of a place …
            partnership: … or one partnership …
            holder: … or what a body, post or class holds …
            act: … or the duties of an Act. Where a story is told, it may say what is drawn.
            on: the day.
            compare: other days, which the map shows beside that day.
            picture: network, matrix (who sits on what), tree (what is part of what) or money (who funds whom).
            story: a file with a story to tell on the map, or the name of one that comes with dutygraph.

        Returns:
            What was drawn.

        Raises:
            BadInput: if not exactly one thing is named, nothing is held of it, or the story cannot be told.
        """
        from .graph.maps import check_ending, write_map
        from .queries.maps import draw_told

        check_ending(path)
        asked = {"area": area, "partnership": partnership, "holder": holder, "act": act}
        network, told = draw_told(self.store, on, compare, story, picture, **asked)
        write_map(network, path, told)
        return network

    def differences(self, text: str | None = None, on: str | date | None = None) -> Answer:
        """Return where a source says otherwise than the law or another source, with both places."""
        from .queries.comparisons import differences

        return differences(self.store, text, _day(on))

    def audit(self, paper: Path | str, on: str | date | None = None) -> Audit:
        """Hold what a paper says against the law and the register on its date: agrees, differs, or not held."""
        from .audits import audit_paper

        return audit_paper(self.store, paper, on)

    def overlap(self, area: str | None = None, on: str | date | None = None) -> Answer:
        """Return where partnerships overlap: bodies on many of them, members in common, the same duties."""
        from .queries.comparisons import overlap

        return overlap(self.store, area, _day(on))

    def query(self, sparql: str) -> Result:
        """Answer any SPARQL 1.1 query over all graphs together.

        Returns:
            pyoxigraph's solutions, triples or boolean.

        Raises:
            QueryError: if the query cannot be read, with line and cause.
        """
        return self.store.query(sparql)

    def ask(self, name: str, values: Values | None = None) -> list[dict[str, str]]:
        """Run a catalogued query by its name and return its rows; see ``dutygraph query --list``."""
        from .queries.rows import run

        return run(self.store, name, values)

    def frame(self, sparql: str) -> pandas.DataFrame:
        """Answer a SPARQL SELECT query as a pandas data frame of texts.

        Raises:
            MissingExtra: if pandas is not installed.
            QueryError: if it is no SELECT query, or cannot be read or run.
        """
        try:
            import pandas
        except ImportError as error:
            raise MissingExtra('Data frames need pandas: pip install "dutygraph[frames]"') from error
        solutions = self.store.query(sparql)
        if not isinstance(solutions, QuerySolutions):
            raise QueryError("A data frame is made of rows. Ask a SELECT query.")
        names = [variable.value for variable in solutions.variables]
        with reading(self.store.location):
            rows = [[None if term is None else term.value for term in solution] for solution in solutions]
        return pandas.DataFrame(rows, columns=names)

    def dataset(self) -> rdflib.Dataset:
        """Return the same store as an :class:`rdflib.Dataset`, whose default graph is the union of all graphs.

        The store on disk is open read-only: reading and SPARQL work, changes are refused.

        Raises:
            StoreError: if the graph is behind a remote endpoint; use rdflib's SPARQLStore there.
        """
        if not isinstance(self.store, OxigraphStore):
            raise StoreError(f"{self.store.location} is remote. Open it with rdflib's SPARQLStore instead.")
        import rdflib
        from oxrdflib import OxigraphStore as RdflibStore

        return rdflib.Dataset(store=RdflibStore(store=self.store.store), default_union=True)


def _day(on: str | date | None) -> date:
    return date.today() if on is None else parse_date(on)


def default_folder() -> Path:
    """Return the folder of the default graph: ``DUTYGRAPH_STORE``, or one in the user's data folder."""
    named = os.environ.get("DUTYGRAPH_STORE")
    if named:
        return Path(named)
    import platformdirs

    return Path(platformdirs.user_data_dir("dutygraph", appauthor=False)) / "graph"


def open_graph(store: str | Path | None = None, progress: Progress | None = None) -> KnowledgeGraph:
    """Open the graph; build it first if it is not there or no longer fits the register.

    Args:
        store: a graph folder, a plain Oxigraph store, or the address of a SPARQL 1.1 endpoint; None for
            ``DUTYGRAPH_STORE`` or the user's data folder.
        progress: told what is being done while the graph is built.

    Returns:
        The graph.

    Raises:
        StoreError: if it cannot be opened or built.
    """
    address = str(store) if store is not None else os.environ.get("DUTYGRAPH_STORE", "")
    if address.startswith(("http://", "https://")):
        return KnowledgeGraph(EndpointStore(address))
    folder = Path(store) if store is not None else default_folder()
    if (folder / "CURRENT").is_file():
        return KnowledgeGraph(disk_store(folder))
    return KnowledgeGraph(disk_store(_current_build(folder, progress)))


def _current_build(folder: Path, progress: Progress | None) -> Path:
    """Return the folder of the build in use, made anew where it is missing or out of date."""
    from .graph.current import BUILDS, fingerprint, read_build
    from .register import FOLDER

    held = read_build(folder)
    registers = [Path(path) for path in held.registers] if held else []
    if held and fingerprint([FOLDER, *registers]) == held.fingerprint:
        return folder / BUILDS / held.folder
    from .graph.builds import build

    try:
        made = build(
            folder,
            registers=registers,
            documents=[Path(path) for path in held.documents] if held else [],
            held=held,
            progress=progress or (lambda _what, _share: None),
        )
    except StoreError:
        if held and (folder / BUILDS / held.folder).is_dir():
            return folder / BUILDS / held.folder
        raise
    return folder / BUILDS / made.folder


def load_into(
    store: str | Path | None, kind: str, paths: Sequence[str], progress: Progress = lambda _what, _share: None
) -> Build:
    """Load registers, RDF files, look-up tables of areas or another kind of source beside dutygraph's register.

    Args:
        store: the graph folder; None for the default.
        kind: ``register`` (folders of tables), ``rdf`` or ``geography`` (files), or one of
            :data:`dutygraph.sources.SOURCES`.
        paths: what to load; loading a path again replaces what came from it. The register "national" is that of
            the rest of England and Wales, which comes with dutygraph.
        progress: told what is being done.

    Returns:
        The new build, with what loaders have to say in the notes of its layers; if anything is wrong the one in
        use stays.

    Raises:
        RegisterFault: if a table has a broken row.
        BadInput: if a path is missing or in no known format.
    """
    from .sources import SOURCES

    return (_load_layer if kind in SOURCES else _load_beside)(graph_folder(store), kind, paths, progress)


def _load_layer(folder: Path, kind: str, paths: Sequence[str], progress: Progress) -> Build:
    """Load what has graphs of its own into a copy of the build in use, without building that anew."""
    from .graph.layers import add_layer
    from .sources import SOURCES

    source = SOURCES[kind]
    loadings = source.read(source.find(paths))
    if not loadings:
        raise BadInput(f"There is nothing to load in {', '.join(paths)}.")
    _current_build(folder, progress)
    return [add_layer(folder, loading, progress) for loading in loadings][-1]


def _load_beside(folder: Path, kind: str, paths: Sequence[str], progress: Progress) -> Build:
    """Build the graph anew, with registers, RDF files and look-up tables beside dutygraph's own."""
    from .graph.builds import build
    from .graph.current import read_build
    from .graph.geography import is_lookup

    held = read_build(folder)
    registers = [Path(path) for path in held.registers] if held else []
    documents = [Path(path) for path in held.documents] if held else []
    for text in paths:
        path = _known_register(kind, text) or Path(text).resolve()
        if not path.exists():
            raise BadInput(f"{text} is not there.")
        if kind == "rdf" and is_lookup(path):
            raise BadInput(f"{path.name} is a table, no RDF. Look-up tables of areas: dutygraph load geography FILE")
        known = registers if kind == "register" else documents
        if path not in known:
            known.append(path)
    return build(folder, registers=registers, documents=documents, held=held, progress=progress)


def _known_register(kind: str, name: str) -> Path | None:
    """Return the folder of a register that comes with dutygraph and is loaded on demand."""
    from .national import FOLDER

    return FOLDER if kind == "register" and name == "national" else None


def rebuild(
    store: str | Path | None, progress: Progress = lambda _what, _share: None, *, forget: bool = False
) -> tuple[Build, Path]:
    """Build the graph anew.

    Args:
        store: the graph folder; None for the default.
        progress: told what is being done.
        forget: leave out what was loaded beside dutygraph's own register.

    Returns:
        The new build and the graph folder.
    """
    from .graph.builds import build
    from .graph.current import read_build

    folder = graph_folder(store)
    held = None if forget else read_build(folder)
    made = build(
        folder,
        registers=[Path(path) for path in held.registers] if held else [],
        documents=[Path(path) for path in held.documents] if held else [],
        held=held,
        progress=progress,
    )
    return made, folder


def publish_graph(
    kg: KnowledgeGraph,
    address: str,
    user: str | None = None,
    password: str = "",
    progress: Progress = lambda _what, _share: None,
) -> int:
    """Put a whole graph into another triple store; see :func:`dutygraph.graph.remote.publish`.

    Raises:
        StoreError: if the graph is behind an endpoint itself, or the other store cannot be reached or refuses.
    """
    from .graph.remote import publish

    if not isinstance(kg.store, OxigraphStore):
        raise StoreError(f"{kg.store.location} is an endpoint itself. Publish from a graph folder.")
    return publish(kg.store, address, user, password, progress)


def graph_folder(store: str | Path | None) -> Path:
    """Return the graph folder, refusing what dutygraph cannot build in."""
    folder = Path(store) if store is not None else default_folder()
    if str(store or "").startswith(("http://", "https://")):
        raise StoreError(f"{store} is an endpoint. Build in a folder, then: dutygraph publish URL")
    if (folder / "CURRENT").is_file():
        raise StoreError(f"{folder} is a plain Oxigraph store, not a graph folder. Choose another folder with --store.")
    return folder
