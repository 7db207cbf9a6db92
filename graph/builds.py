"""Build the graph: registers in, a store on disk out, beside the old one and put in its place at the end.

A graph folder holds builds and a small file that names the one in use::

    graph/
      in-use.json            which build readers open, and what it was made of
      builds/20261123T2351…/ an Oxigraph store
        base/                what it holds without its layers, where it has any (see :mod:`.carrying`)
        words/               its read indexes

Readers open the build that ``in-use.json`` names. A new build is made beside it and becomes the one in use by
one atomic rename, so an interrupted build changes nothing, and who reads the old build reads on.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, QueryTriples, RdfFormat, Store

from ..errors import BadInput, StoreError
from ..ontology.namespaces import DCAT, DCTERMS, DG, GRAPH, PROV, RDF, RDFS, XSD
from ..register import FOLDER
from ..version import __version__
from .carrying import carry_layers, copy_base
from .current import BUILDS, Build, fingerprint, rule_files
from .switching import drop_others, locked, put_in_use
from .words import index_path, write_index

PART_BYTES = 6_000_000
"""How much of a file is loaded at once: about 30,000 statements (parts twice as large take 70 MB more at the peak)."""

LOADERS = 2
"""How many parts are loaded at the same time; each needs memory by its size."""

DERIVED = GRAPH + "derived"
REGISTER = GRAPH + "register"
ONTOLOGY = GRAPH + "ontology"
NAMES = GRAPH + "names"
Progress = Callable[[str, float], None]
"""Called with what is being done and the share done so far, from 0.0 to 1.0."""


def build(
    folder: Path,
    *,
    registers: Sequence[Path] = (),
    documents: Sequence[Path] = (),
    held: Build | None = None,
    progress: Progress = lambda _what, _share: None,
) -> Build:
    """Build the graph and put it in place of the one in use.

    Args:
        folder: the graph folder; it is made if it is not there.
        registers: further registers to load beside dutygraph's own.
        documents: RDF files and look-up tables of areas (CSV) to load, each into a graph of its own.
        held: the build whose layers are carried over; None for none.
        progress: told what is being done.

    Returns:
        The new build.

    Raises:
        RegisterFault: if a register has broken rows; the graph in use stays as it was.
        BadInput: if a register or document is not there, or a document cannot be read.
        StoreError: if another process builds in this folder, or the disk refuses.
    """
    folders = [FOLDER, *registers]
    for path in (*registers, *documents):
        if not path.exists():
            raise BadInput(f"{path} is not there. Bring it back, or build without it: dutygraph build --forget")
    try:
        (folder / BUILDS).mkdir(parents=True, exist_ok=True)
        with locked(folder):
            return _build(folder, folders, documents, held, progress)
    except OSError as error:
        if isinstance(error, StoreError):
            raise
        raise StoreError(
            f"The graph in {folder} cannot be built ({error.strerror or error}). Choose another folder with --store."
        ) from error


def _build(
    folder: Path, folders: Sequence[Path], documents: Sequence[Path], held: Build | None, progress: Progress
) -> Build:
    made_at = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    target = folder / BUILDS / made_at
    try:
        layers = carry_layers(folder, held, target) if held else ()
        quads = _write(_asserted(folders, documents, progress), target, progress, carried=bool(layers))
        copy_base(target, layers)
        made = Build(
            folder=made_at,
            fingerprint=fingerprint(folders),
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            version=__version__,
            quads=quads,
            registers=tuple(str(path.resolve()) for path in folders[1:]),
            documents=tuple(str(path.resolve()) for path in documents),
            layers=layers,
        )
        before = put_in_use(folder, made)
    except BaseException:
        shutil.rmtree(target, ignore_errors=True)
        raise
    drop_others(folder, made.folder, before)
    progress("done", 1.0)
    return made


def fill(
    folders: Sequence[Path],
    documents: Sequence[Path] = (),
    progress: Progress = lambda _what, _share: None,
) -> Store:
    """Make the whole graph in memory.

    Args:
        folders: the registers, dutygraph's own first.
        documents: RDF files, each loaded into a graph named after it.
        progress: told what is being done.

    Returns:
        A store in memory with everything that was asserted and everything that follows from it.

    Raises:
        RegisterFault: if a register has broken rows.
        BadInput: if a document cannot be read.
    """
    store = _asserted(folders, documents, progress)
    with tempfile.TemporaryDirectory(prefix="dutygraph-") as scratch:
        for path in list(_derive(store, Path(scratch), progress)):  # all rules before what they derive is there
            for part in _parts(path):
                _load_part(store, part, DERIVED)
    return store


def _asserted(folders: Sequence[Path], documents: Sequence[Path], progress: Progress) -> Store:
    """Make what registers, ontology and documents say, with the index of names, in memory."""
    from ..loaders.register import register_quads
    from ..loaders.tables import read_tables

    progress("reading the tables", 0.05)
    tables = read_tables(folders)
    graphs = [REGISTER, *(graph_name(path) for path in folders[1:])]
    store = Store()
    progress("turning rows into statements", 0.1)
    store.bulk_extend(register_quads(tables, graphs))
    del tables
    store.bulk_extend(_unsaid(store, _ontology_quads()))
    for path in documents:
        store.bulk_extend(_document_quads(store, path))
    progress("indexing names", 0.25)
    store.bulk_extend(_name_quads(store))
    store.bulk_extend(_metadata([*graphs, *(graph_name(path) for path in documents)]))
    return store


def _document_quads(store: Store, path: Path) -> Iterable[Quad]:
    """Return what a document of the user's says, in a graph of its own: RDF, or a look-up table of areas."""
    from ..loaders.rdf import document_quads
    from .geography import geography_quads, is_lookup

    if is_lookup(path):
        return list(geography_quads(store, path, graph_name(path)))
    return document_quads(path, graph_name(path))


def _derive(store: Store, folder: Path, progress: Progress) -> Iterator[Path]:
    """Write who is in which holder class, for which area, between which dates, as the rules derive it.

    The rules run over one default graph with only those properties in it that they name: first the updates
    (``.ru``), which lay out what the rules proper match, then the queries (``.rq``), each into a file of N-Triples,
    which keeps the memory small; a file is given as soon as it is whole.
    """
    progress("deriving who is in which class", 0.35)
    texts = {path: path.read_text(encoding="utf-8") for path in rule_files()}
    named = {DG + name for name in re.findall(r"\bdg:(\w+)", " ".join(texts.values()))}
    work = Store()
    for predicate in (
        *(NamedNode(iri) for iri in sorted(named)),
        NamedNode(RDF + "type"),
        NamedNode(RDFS + "subClassOf"),
    ):
        held = store.quads_for_pattern(None, predicate, None, None)
        work.bulk_extend(Quad(quad.subject, predicate, quad.object) for quad in held)
    for path, text in texts.items():
        if path.suffix == ".ru":
            work.update(text)
            continue
        result = work.query(text)
        if not isinstance(result, QueryTriples):
            raise StoreError(f"{path.name} is no CONSTRUCT query: a rule must say which statements follow.")
        written = folder / f"{path.stem}.nt"
        result.serialize(str(written), RdfFormat.N_TRIPLES)
        yield written


def graph_name(path: Path) -> str:
    """Return the IRI of the named graph for a folder or file.

    >>> graph_name(Path("My Register"))
    'https://w3id.org/dutygraph/graph/my-register'
    """
    slug = "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in path.stem.lower()).split())
    if not slug or GRAPH + slug in (REGISTER, DERIVED, ONTOLOGY, NAMES):
        raise BadInput(f'"{path.name}" cannot name a graph of its own. Give the folder or file another name.')
    return GRAPH + slug


def _unsaid(store: Store, quads: Iterable[Quad]) -> Iterator[Quad]:
    """Leave out what the registers say already, so that no query over all graphs counts it twice."""
    return (
        quad
        for quad in quads
        if next(store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None), None) is None
    )


def _ontology_quads() -> Iterator[Quad]:
    from .. import ontology
    from ..loaders.rdf import document_quads

    yield from document_quads(Path(str(ontology.__file__)).parent / "dutygraph.ttl", ONTOLOGY)


def _name_quads(store: Store) -> Iterator[Quad]:
    from .names import name_keys

    predicate, graph = NamedNode(DG + "nameKey"), NamedNode(NAMES)
    for iri, key in name_keys(store):
        yield Quad(NamedNode(iri), predicate, Literal(key), graph)


_TITLES = {
    REGISTER: "dutygraph register: curated facts with the provision they rest on",
    DERIVED: "What follows from the register by its membership rules",
    ONTOLOGY: "dutygraph ontology",
    NAMES: "Index of names",
}


def _metadata(graphs: Iterable[str]) -> Iterator[Quad]:
    """Describe every named graph in itself (DCAT, PROV)."""
    now = Literal(datetime.now(UTC).isoformat(timespec="seconds"), datatype=NamedNode(XSD + "dateTime"))
    for iri in (DERIVED, ONTOLOGY, NAMES, *graphs):
        graph = NamedNode(iri)
        yield Quad(graph, NamedNode(RDF + "type"), NamedNode(DCAT + "Dataset"), graph)
        title = Literal(_TITLES.get(iri, iri.removeprefix(GRAPH)), language="en")
        yield Quad(graph, NamedNode(DCTERMS + "title"), title, graph)
        yield Quad(graph, NamedNode(RDFS + "label"), title, graph)
        yield Quad(graph, NamedNode(DCAT + "version"), Literal(__version__), graph)
        yield Quad(graph, NamedNode(PROV + "generatedAtTime"), now, graph)
        if iri in _TITLES:
            yield Quad(graph, NamedNode(DCTERMS + "publisher"), Literal("dutygraph contributors"), graph)
            yield Quad(graph, NamedNode(DCTERMS + "license"), NamedNode(_LICENCE), graph)


_LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"


def _write(store: Store, target: Path, progress: Progress, *, carried: bool) -> int:
    """Write what is asserted, what follows from it and the index of words to disk; return how many quads there are.

    The engine lets other threads run while it loads (not while it answers queries), so the disk is filled while the
    rules run and while the words are indexed.

    Args:
        store: what is asserted.
        target: folder of the store on disk.
        progress: told what is being done.
        carried: whether layers were carried into it; they were compacted when they were loaded.
    """
    target.mkdir(parents=True, exist_ok=True)
    disk = Store(str(target))
    with tempfile.TemporaryDirectory(prefix="dutygraph-") as scratch, ThreadPoolExecutor(LOADERS) as loaders:
        asserted = Path(scratch) / "asserted.nq"
        store.dump(str(asserted), RdfFormat.N_QUADS)
        loading: list[Future[None]] = [loaders.submit(_load_part, disk, part) for part in _parts(asserted)]
        try:
            for path in _derive(store, Path(scratch), progress):
                loading += [loaders.submit(_load_part, disk, part, DERIVED) for part in _parts(path)]
            progress("writing the graph", 0.8)
            graphs = [graph for graph in store.named_graphs() if isinstance(graph, NamedNode) and graph.value != NAMES]
            write_index(store, graphs, index_path(target), ordered=False)
            for loaded in loading:
                loaded.result()
        except BaseException:
            loaders.shutdown(cancel_futures=True)  # nobody waits for what is thrown away
            raise
    if not carried:
        disk.optimize()  # without it, questions over everything take more than twice as long
    disk.flush()
    return len(disk)


def _parts(path: Path) -> Iterator[tuple[Path, int, int]]:
    """Cut a file of statements, one a line, into parts of whole lines: the file, where it begins, how long it is."""
    with path.open("rb") as lines:
        begin, size = 0, path.stat().st_size
        while begin < size:
            lines.seek(begin + PART_BYTES)
            lines.readline()
            end = min(lines.tell(), size)
            yield path, begin, end - begin
            begin = end


def _load_part(store: Store, part: tuple[Path, int, int], graph: str | None = None) -> None:
    """Load a part of a file: N-Quads as they are, or N-Triples into a named graph."""
    path, begin, length = part
    with path.open("rb") as lines:
        lines.seek(begin)
        data = lines.read(length)
    if graph is None:
        store.bulk_load(data, RdfFormat.N_QUADS)
    else:
        store.bulk_load(data, RdfFormat.N_TRIPLES, to_graph=NamedNode(graph))
