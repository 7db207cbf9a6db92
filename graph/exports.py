"""Write the whole graph to a file in a standard RDF format."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store

from ..errors import BadInput, StoreError
from ..loaders.rdf import EXTENSIONS
from ..ontology.namespaces import PREFIXES
from .store import GraphStore, OxigraphStore


def export_graph(store: GraphStore, path: str) -> int:
    """Write every statement to a file; formats without named graphs get the union.

    Args:
        store: the graph, in memory or on disk.
        path: the file; its ending names the format. An existing file is replaced when the new one is whole.

    Returns:
        How many statements were written.

    Raises:
        BadInput: if the ending names no format.
        StoreError: if the store is remote or the file cannot be written.
    """
    target = Path(path)
    ending = target.suffix.lstrip(".").lower()
    rdf_format = RdfFormat.from_extension("rdf" if ending == "xml" else ending) if ending else None
    if rdf_format is None:
        raise BadInput(f"{target.name} names no RDF format. The ending must be one of: {EXTENSIONS}.")
    if not isinstance(store, OxigraphStore):
        raise StoreError(f"{store.location} is remote; export it there.")
    held = store.store if rdf_format.supports_datasets else _union(store.store)
    beside = target.with_name(f"{target.name}.part")
    try:
        if rdf_format.supports_datasets:
            held.dump(str(beside), rdf_format, prefixes=PREFIXES)
        else:
            held.dump(str(beside), rdf_format, from_graph=DefaultGraph(), prefixes=PREFIXES)
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise StoreError(f"{path} cannot be written: {error}") from error
    return len(held)


def _union(store: Store) -> Store:
    """Return all statements in one graph."""
    union = Store()
    union.bulk_extend(Quad(quad.subject, quad.predicate, quad.object) for quad in store)
    return union
