"""Compare pySHACL with rudof on our shapes: time of a whole process, memory, and whether they find the same.

Run as `python bench/compare_shacl_engines.py [TRIPLES]`; the result stands in
docs/adr/0001-shacl-engine.md. Not a test: times are measured, never asserted.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

DG = "https://w3id.org/dutygraph/def#"
ID = "https://w3id.org/dutygraph/id/"
LEG = "http://www.legislation.gov.uk/id/"
ONS = "http://statistics.data.gov.uk/id/statistical-geography/"
SHAPES = Path(__file__).parents[1] / "ontology" / "shapes.ttl"
PREFIXES = f"""@prefix dg: <{DG}> . @prefix id: <{ID}> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix eli: <http://data.europa.eu/eli/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
"""


def synthetic_data(triples: int) -> Iterator[str]:
    """Yield Turtle of the register's form, about so many triples, with a fault in one norm of fifty."""
    yield PREFIXES
    yield f"<{ID}source/s> a dg:Source ; dcterms:title 'S' ; dg:sourceKind 'legislation' ."
    yield f"<{ID}class/c> a dg:HolderClass ; rdfs:label 'c' ; skos:definition 'c' ; dg:areaKind dg:District ;"
    yield f" dg:closed true ; dg:basis <{LEG}ukpga/1/1/section/1> ; prov:wasDerivedFrom <{ID}source/s> ."
    yield f"<{ID}rule/r> a dg:MembershipRule ; dg:fills <{ID}class/c> ; dg:bodyKind dg:DistrictCouncil ;"
    yield f" dg:route 'area' ; dg:relation 'same' ; dg:phrase 'p' ; dg:basis <{LEG}ukpga/1/1/section/1> ;"
    yield f" dg:appliesIn <{ONS}E92000001> ; prov:wasDerivedFrom <{ID}source/s> ."
    for number in range(triples // 35):
        yield from _one_place(number)


def _one_place(n: int) -> Iterator[str]:
    fault = n % 50 == 0
    area, law = f"<{ONS}E0{7000000 + n}>", f"<{LEG}ukpga/1/1/section/{n + 1}>"
    known = f"prov:wasDerivedFrom <{ID}source/s> ; dg:evidence dg:Statute ; dg:checkedOn '2026-11-23'^^xsd:date"
    yield f"{law} a eli:LegalResourceSubdivision ; eli:is_part_of <{LEG}ukpga/1/1> ; rdfs:label 's. {n}' ."
    yield f"{area} a dg:District ; skos:notation 'E' ; rdfs:label 'a' ; dg:nation <{ONS}E92000001> ."
    yield f"<{ID}body/b{n}> a dg:DistrictCouncil , dg:PublicBody ; rdfs:label 'b' ;"
    yield f" dg:area {area} ; {known} ."
    yield f"<{ID}norm/n{n}> a dg:Duty ; rdfs:label 'n' ; dg:action 'act' ; {known} ;"
    yield f" dg:appliesIn <{ONS}E92000001> ;"
    yield f" dg:topic <{ID}topic/t> ; dg:basis {law} ; dg:validFrom '2003-04-01'^^xsd:date ;"
    yield f" dg:validUntil '{'2002' if fault else '2012'}-01-01'^^xsd:date" + (
        " ." if fault else f" ; dg:holder <{ID}class/c> ."
    )
    yield f"<{ID}class-membership/m{n}> a dg:ClassMembership ; dg:inClass <{ID}class/c> ; dg:forArea {area} ;"
    yield f" dg:member <{ID}body/b{n}> ; dg:byRule <{ID}rule/r> ; dg:basis {law} ; dg:evidence dg:Derived ;"
    yield f" dg:validFrom '2003-04-01'^^xsd:date ; prov:wasDerivedFrom <{ID}rule/r> ."


def run_pyshacl(data: Path, use_store: bool) -> list[tuple[str, str]]:
    """Validate with pySHACL, over a pyoxigraph store or an rdflib graph; return focus and message."""
    import pyshacl
    import rdflib

    if use_store:
        import pyoxigraph

        store = pyoxigraph.Store()
        store.bulk_load(path=str(data), format=pyoxigraph.RdfFormat.TURTLE)
        _, report, _ = pyshacl.validate(store, shacl_graph=str(SHAPES))
    else:
        _, report, _ = pyshacl.validate(rdflib.Graph().parse(data), shacl_graph=str(SHAPES))
    sh = rdflib.SH
    return [
        (str(report.value(result, sh.focusNode)), str(report.value(result, sh.resultMessage)))
        for result in report.subjects(rdflib.RDF.type, sh.ValidationResult)
    ]


def run_rudof(data: Path) -> list[tuple[str, str]]:
    """Validate with rudof; return focus and message."""
    import pyrudof

    rudof = pyrudof.Rudof(pyrudof.RudofConfig())
    rudof.read_data(str(data))
    rudof.read_shacl(str(SHAPES))
    return [(str(entry.focus_node), str(entry.message)) for entry in rudof.validate_shacl()]


def measure(engine: str, data: Path) -> None:
    """Run one engine in this process and print what it took as JSON."""
    start = time.perf_counter()
    runs = {"rudof": lambda: run_rudof(data), "pyshacl-store": lambda: run_pyshacl(data, True)}
    found = runs.get(engine, lambda: run_pyshacl(data, False))()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps([len(found), len(set(found)), round(time.perf_counter() - start, 2), peak, sorted(found)[:4]]))


def main() -> None:
    """Write the data, run each engine three times in a process of its own, print the best."""
    triples = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data.ttl"
        data.write_text("\n".join(synthetic_data(triples)), encoding="utf-8")
        for engine in ("pyshacl", "pyshacl-store", "rudof"):
            print(engine, *_best(engine, data))


def _best(engine: str, data: Path) -> list[object]:
    command = [sys.executable, __file__, "--engine", engine, str(data)]
    rows = []
    for _ in range(3):
        start = time.perf_counter()
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        if ran.returncode:
            return [ran.stderr.strip().splitlines()[-1]]
        rows.append([round(time.perf_counter() - start, 2), *json.loads(ran.stdout.splitlines()[-1])])
    return min(rows)


if __name__ == "__main__":
    if "--engine" in sys.argv:
        measure(sys.argv[2], Path(sys.argv[3]))
    else:
        main()
