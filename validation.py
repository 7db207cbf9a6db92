"""Check everything: the tables, the graph against its shapes (SHACL), the ontology with a reasoner.

Also counts what is unchecked, because a fact that nobody has held against its provision is shown as such.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pyoxigraph import Store

from .errors import DutyGraphError, RegisterFault
from .graph.store import GraphStore, OxigraphStore
from .ontology import checks
from .ontology.namespaces import GRAPH
from .register import FOLDER

EXTRACTS = {GRAPH + "powers-duties", GRAPH + "lga-powers"}
"""Named graphs of norms that others extracted: as large as they are, and without what a curated norm must have."""

_ONTOLOGY = Path(__file__).resolve().parent / "ontology"


@dataclass(frozen=True)
class Part:
    """One part of the check: what was checked, whether it is sound, and what was found."""

    name: str
    sound: bool
    message: str
    findings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """What was checked and found."""

    parts: tuple[Part, ...]

    @property
    def sound(self) -> bool:
        """Say whether no part has a fault."""
        return all(part.sound for part in self.parts)

    def to_text(self) -> str:
        """Write the report for people."""
        lines: list[str] = []
        for part in self.parts:
            lines.append(f"{'[ok]   ' if part.sound else '[fault]'} {part.name}: {part.message}")
            lines += [f"          {finding}" for finding in part.findings]
        return "\n".join([*lines, "Sound." if self.sound else "Not sound: see the faults above."])

    def to_json(self) -> str:
        """Write the report as JSON."""
        return json.dumps({"sound": self.sound, "parts": [asdict(part) for part in self.parts]}, indent=2)


def validate_graph(store: GraphStore | None, folder: str | None = None) -> Report:
    """Check the register, the graph and the ontology.

    Args:
        store: the graph to check; None to build the register in memory and check that.
        folder: a register of the user's own, checked together with dutygraph's.

    Returns:
        The report; a fault in one part does not hide the others.
    """
    folders = [FOLDER, *([Path(folder)] if folder else [])]
    parts = [_check_register(folders)]
    if parts[0].sound:
        if not isinstance(store, OxigraphStore):
            from .graph.builds import fill

            store = OxigraphStore(fill(folders), "memory")
        parts += [_check_shapes(store), _count_unchecked(store)]
    parts.append(_check_ontology())
    return Report(tuple(parts))


def _check_register(folders: Sequence[Path]) -> Part:
    from .loaders.tables import read_tables

    try:
        registers = read_tables(folders)
    except RegisterFault as error:
        return Part("register", False, f"{len(error.faults)} faults; nothing was loaded.", error.faults)
    rows = sum(len(table) for register in registers for table in register.values())
    tables = sum(len(register) for register in registers)
    return Part("register", True, f"{rows:,} rows in {tables} tables, every reference resolves.")


def _check_shapes(store: OxigraphStore) -> Part:
    named = {graph.value for graph in store.store.named_graphs()} & EXTRACTS
    findings = checks.check_shapes(_without(store.store, named) if named else store.store)
    faults = [finding for finding in findings if finding.severity == "violation"]
    warnings = len(findings) - len(faults)
    shown = tuple(f"{finding.focus}: {finding.message}" for finding in faults[:50])
    message = f"{len(faults)} violations, {warnings} warnings."
    if named:
        message += " Not checked, since their sources have a form of their own: " + ", ".join(sorted(named)) + "."
    return Part("shapes (SHACL)", not faults, message, shown)


def _without(store: Store, named: set[str]) -> Store:
    """Return, in memory, all graphs of a store but some."""
    rest = Store()
    for graph in store.named_graphs():
        if graph.value not in named:
            rest.bulk_extend(store.quads_for_pattern(None, None, None, graph))
    return rest


def _count_unchecked(store: OxigraphStore) -> Part:
    from .queries.rows import run

    rows = run(store, "holdings")
    unchecked = {row["what"]: int(row["unchecked"]) for row in rows}
    total = sum(int(row["count"]) for row in rows)
    listed = tuple(
        f"{row['what']}: {row['unchecked']} of {row['count']} unchecked" for row in rows if row["unchecked"] != "0"
    )
    return Part(
        "checked facts",
        True,
        f"{sum(unchecked.values()):,} of {total:,} facts are unchecked, and shown so.",
        listed,
    )


def _check_ontology() -> Part:
    try:
        report = checks.check_consistency(_ONTOLOGY / "dutygraph.ttl")
    except checks.ReasonerMissing as error:
        return Part("ontology (HermiT)", True, f"not run: {error}")
    except DutyGraphError as error:
        return Part("ontology (HermiT)", False, str(error))
    message = f"{'consistent' if report.consistent else 'inconsistent'}, {report.classes_owlready} classes."
    return Part("ontology (HermiT)", report.consistent, message)
