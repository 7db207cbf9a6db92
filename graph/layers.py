"""Put what one source says into the graph without building the rest anew: a layer.

A layer has named graphs of its own. Loading it again takes the place of what it said before. The next build is
begun as a copy of the one in use (see :mod:`dutygraph.graph.carrying`), the layer is bulk-loaded into it, and it
becomes the one in use by the same atomic rename as any build: a load that is interrupted or fails leaves the
graph as it was, and readers read on. Later builds of the register take all layers over.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

from ..errors import BadInput, StoreError
from ..ontology.namespaces import DCAT, DCTERMS, DG, GRAPH, PROV, RDF, RDFS, XSD
from ..version import __version__
from .builds import DERIVED, NAMES, ONTOLOGY, REGISTER
from .carrying import carry_all_but, link_base
from .current import BUILDS, Build, Layer, read_build
from .names import name_keys
from .priorities import let_compaction_wait
from .streams import ProcessStream
from .switching import drop_others, locked, put_in_use
from .words import index_path, write_index

Progress = Callable[[str, float], None]
"""Called with what is being done and the share done so far, from 0.0 to 1.0."""


@dataclass(frozen=True)
class Loading:
    """What a loader gives to be loaded as a layer.

    Attributes:
        kind: the word after ``dutygraph load``, such as ``clml``.
        name: what the layer is called: letters, digits and hyphens; its graph is ``…/graph/{name}``.
        paths: the files or folders that it is made of.
        statements: its quads, all in its own graphs; or a stream of N-Triples or Turtle for its own graph, as
            bytes; or a function that is given the store, the path of the layer's
            read index (see :mod:`dutygraph.graph.words`) and a function to tell progress, and returns such a stream;
            it writes the index. Taken in one walk, while the load
            goes on: nothing needs to be held in memory.
        title: what it is, in plain words.
        publisher: who published the source, if known.
        licence: address of the licence, if known.
        source: address where the source is published, if known.
        more_graphs: IRIs of further graphs that it fills.
        notes: asked when all statements have been taken: what the user should know, a line each.
        count: asked when all statements have been taken: how many there were; needed for streams.
        named: asked when all statements have been taken: IRI and key (:func:`dutygraph.graph.names.name_key`) of
            whatever is looked up by name; left out, they are read from the graph, which takes longer.
        form: the form of a stream.
        adds: what the layer of this name holds already stays: for a source that comes document by document, whose
            statements are the same whenever a document is loaded again.
        apart: it says nothing of places, bodies, posts, partnerships, classes and who is in them, so that questions
            about those need not look into it, however large it is.
    """

    kind: str
    name: str
    paths: Sequence[Path]
    statements: Iterable[Quad] | io.IOBase | Callable[[Store, Path, Progress], io.IOBase]
    title: str
    publisher: str | None = None
    licence: str | None = None
    source: str | None = None
    more_graphs: Sequence[str] = ()
    notes: Callable[[], Sequence[str]] = field(default=tuple)
    count: Callable[[], int] | None = None
    named: Callable[[], Iterable[tuple[str, str]]] | None = None
    form: RdfFormat = RdfFormat.N_TRIPLES
    adds: bool = False
    apart: bool = False

    @property
    def graph(self) -> str:
        """IRI of the layer's named graph."""
        return GRAPH + self.name

    @property
    def names_graph(self) -> str:
        """IRI of the named graph that indexes the names of the layer's things."""
        return f"{GRAPH}{self.name}-names"

    @property
    def graphs(self) -> tuple[str, ...]:
        """All named graphs that it fills."""
        return (self.graph, self.names_graph, *self.more_graphs)


def add_layer(folder: Path, loading: Loading, progress: Progress = lambda _what, _share: None) -> Build:
    """Load a layer, in the place of the one of the same name if there is one, and put the new build in use.

    Args:
        folder: the graph folder, with a build in it.
        loading: what is loaded.
        progress: told what is being done.

    Returns:
        The new build; the last of its layers is this one.

    Raises:
        BadInput: if the source cannot be read, or its name is taken by another part of the graph.
        StoreError: if another process builds in this folder, or the disk refuses.
    """
    try:
        with locked(folder) as at_work:
            made = _add(folder, loading, _telling(progress, at_work))
    except OSError as error:
        if isinstance(error, StoreError):
            raise
        raise StoreError(
            f"{loading.kind} cannot be loaded into {folder} ({error.strerror or error}). The graph is as it was."
        ) from error
    progress("done", 1.0)
    return made


def _add(folder: Path, loading: Loading, progress: Progress) -> Build:
    held = read_build(folder)
    if held is None:
        raise StoreError(f"There is no graph in {folder} to load {loading.kind} into. Make one: dutygraph build")
    _refuse_taken_names(loading, held)
    made_at = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    target = folder / BUILDS / made_at
    gone = next((layer for layer in held.layers if layer.name == loading.name), None)
    try:
        layer = _fill(folder, held, gone, loading, target, progress)
        made = replace(
            held,
            folder=made_at,
            made_at=layer.loaded_at,
            quads=held.quads - (gone.quads if gone else 0) + layer.quads,
            layers=(*(other for other in held.layers if other is not gone), layer),
        )
        before = put_in_use(folder, made)
    except BaseException:
        shutil.rmtree(target, ignore_errors=True)
        raise
    drop_others(folder, made.folder, before)
    return made


def _refuse_taken_names(loading: Loading, held: Build) -> None:
    others = {graph for layer in held.layers if layer.name != loading.name for graph in layer.graphs}
    taken = {REGISTER, DERIVED, ONTOLOGY, NAMES, *others} & set(loading.graphs)
    if taken:
        raise BadInput(f"The graph {min(taken)} holds something else already. Give the file or folder another name.")


def _telling(progress: Progress, at_work: Callable[[], None]) -> Progress:
    def tell(what: str, share: float) -> None:
        at_work()
        progress(what, share)

    return tell


def _fill(folder: Path, held: Build, gone: Layer | None, loading: Loading, target: Path, progress: Progress) -> Layer:
    """Make the next build: a copy of the one in use, with the layer in it."""
    progress(f"making room for {loading.title}", 0.0)
    kept = gone if loading.adds else None
    carry_all_but(folder, held, target, None if kept else gone)
    if loading.apart:
        link_base(folder, held, target)
    before = len(Store.read_only(str(target))) if kept else 0
    index = index_path(target, loading.name)
    index.unlink(missing_ok=True)
    counted = _load(target, loading, index, progress)
    progress("indexing names", 0.97)
    store = Store(str(target))
    extra = [*_describe(loading, kept.paths if kept else ()), *_names(store, loading)]
    store.bulk_extend(extra)
    store.flush()
    brought = kept.quads + len(store) - before if kept else counted + len(extra)
    progress("indexing words", 0.98)
    if not index.exists():
        graphs = [NamedNode(graph) for graph in (loading.graph, *loading.more_graphs)]
        write_index(store, graphs, index)
    return Layer(
        kind=loading.kind,
        name=loading.name,
        paths=tuple(dict.fromkeys([*(kept.paths if kept else ()), *(str(path.resolve()) for path in loading.paths)])),
        graphs=loading.graphs,
        quads=brought,
        loaded_at=datetime.now(UTC).isoformat(timespec="seconds"),
        notes=tuple(loading.notes()),
        apart=loading.apart,
    )


def _load(target: Path, loading: Loading, index: Path, progress: Progress) -> int:
    store = Store(str(target))
    let_compaction_wait()
    statements = loading.statements
    if isinstance(statements, io.IOBase) or callable(statements):
        with statements if isinstance(statements, io.IOBase) else statements(store, index, progress) as stream:
            try:
                graph = NamedNode(loading.graph)
                store.bulk_load(stream, loading.form, to_graph=graph, lenient=True)  # type: ignore[arg-type]
                if isinstance(stream, ProcessStream):
                    del store  # closed, it does not compact files beside what is still to be done
                    progress("finishing the index of words", 0.95)
                    stream.finish()
            except SyntaxError as error:
                if isinstance(stream, ProcessStream) and stream.at_end:  # what broke off has its reason there
                    stream.finish()
                raise BadInput(f"The loader of {loading.kind} wrote what is no RDF: {error.msg}") from error
        return loading.count() if loading.count else 0
    counted = [0]
    store.bulk_extend(_own(statements, loading, counted, progress))
    return counted[0]


def _own(statements: Iterable[Quad], loading: Loading, counted: list[int], progress: Progress) -> Iterator[Quad]:
    """Pass quads on and count them; one outside the layer's graphs would stay when the layer is replaced."""
    graphs = {NamedNode(graph) for graph in loading.graphs}
    for quad in statements:
        if quad.graph_name not in graphs:
            raise BadInput(f"The loader of {loading.kind} wrote into {quad.graph_name}, which is not its graph.")
        counted[0] += 1
        if counted[0] % 100_000 == 0:
            progress(f"{counted[0]:,} statements of {loading.title}", 0.5)
        yield quad


def _names(store: Store, loading: Loading) -> list[Quad]:
    """Index the names of the things that the layer brings, as the register's are indexed."""
    graphs = [NamedNode(graph) for graph in (loading.graph, *loading.more_graphs)]
    predicate, index = NamedNode(DG + "nameKey"), NamedNode(loading.names_graph)
    named = loading.named() if loading.named else name_keys(store, graphs)
    return [Quad(NamedNode(iri), predicate, Literal(key), index) for iri, key in named]


def _describe(loading: Loading, earlier: Sequence[str]) -> Iterator[Quad]:
    """Describe the layer in its own graph (DCAT, PROV): what it is, whose, when loaded, from which files.

    A layer that is added to keeps what is said of it; the files that it is made of already are not named again.
    """
    for iri in loading.graphs:
        graph = NamedNode(iri)
        title = f"Index of names: {loading.title}" if iri == loading.names_graph else loading.title
        yield Quad(graph, NamedNode(RDF + "type"), NamedNode(DCAT + "Dataset"), graph)
        yield Quad(graph, NamedNode(DCTERMS + "title"), Literal(title, language="en"), graph)
        yield Quad(graph, NamedNode(RDFS + "label"), Literal(title, language="en"), graph)
        if not earlier:
            yield Quad(graph, NamedNode(DCAT + "version"), Literal(__version__), graph)
            yield Quad(graph, NamedNode(PROV + "generatedAtTime"), _now(), graph)
    graph = NamedNode(loading.graph)
    if loading.publisher:
        yield Quad(graph, NamedNode(DCTERMS + "publisher"), Literal(loading.publisher), graph)
    if loading.licence:
        yield Quad(graph, NamedNode(DCTERMS + "license"), NamedNode(loading.licence), graph)
    if loading.source:
        yield Quad(graph, NamedNode(DCAT + "landingPage"), NamedNode(loading.source), graph)
    new = [path for path in loading.paths if str(path.resolve()) not in earlier]
    for number, path in enumerate(new, len(earlier) + 1):
        entity = NamedNode(f"{loading.graph}#file-{number}")
        yield Quad(graph, NamedNode(PROV + "wasDerivedFrom"), entity, graph)
        yield Quad(entity, NamedNode(RDF + "type"), NamedNode(PROV + "Entity"), graph)
        yield Quad(entity, NamedNode(RDFS + "label"), Literal(path.name), graph)


def _now() -> Literal:
    return Literal(datetime.now(UTC).isoformat(timespec="seconds"), datatype=NamedNode(XSD + "dateTime"))
