"""All dumps are one graph: read by several parsers, canonised by two implementations."""

import json
import shutil
import subprocess
from collections import Counter

import pyoxigraph
import pytest
import rdflib
from conftest import ROOT, WEB, need
from pyld import jsonld
from pyoxigraph import RdfFormat
from test_roundtrip import rdfc_hash

import es_lod
from es_lod.formats import FORMATS as NAMED
from es_lod.namespaces import RDF
from es_lod.serialize import texts
from es_lod.site import graph

# https://www.w3.org/TR/rdf-canon/#dfn-rdfc-1-0
SCRIPT = WEB / "canonize.mjs"
FORMATS = {
    "ttl": (RdfFormat.TURTLE, "turtle"),
    "nt": (RdfFormat.N_TRIPLES, "nt"),
    "nq": (RdfFormat.N_QUADS, "nquads"),
    "trig": (RdfFormat.TRIG, "trig"),
    "jsonld": (RdfFormat.JSON_LD, None),
    "rdf": (RdfFormat.RDF_XML, "xml"),
}


@pytest.fixture(scope="module")
def expected(examples_site):
    return json.loads((examples_site / "MANIFEST.json").read_text(encoding="utf-8"))["rdfc-1.0"]


@pytest.fixture(scope="module")
def canonized():
    """The hash of N-Quads by Digital Bazaar's rdf-canonize."""
    node = shutil.which("node")
    missing = "node is not installed (Debian: nodejs)" if node is None else None
    if not (WEB / "node_modules" / "rdf-canonize").exists():
        missing = "rdf-canonize is not installed (make web, which needs npm)"
    need(missing)

    def run(nquads: bytes) -> str:
        done = subprocess.run([node, SCRIPT], input=nquads, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    return run


def in_one_graph(quads):
    return [pyoxigraph.Triple(quad.subject, quad.predicate, quad.object) for quad in quads]


def by_oxigraph(path):
    format_, _ = FORMATS[path.suffix[1:]]
    return in_one_graph(pyoxigraph.parse(path.read_bytes(), format=format_))


def by_others(path):
    """What rdflib reads; JSON-LD is read by PyLD, which fetches nothing here."""
    _, name = FORMATS[path.suffix[1:]]
    if name is None:
        nquads = jsonld.to_rdf(json.loads(path.read_bytes()), {"format": "application/n-quads"})
    else:
        dataset = rdflib.Dataset()
        dataset.parse(path, format=name)
        graph = rdflib.Graph()
        for subject, predicate, object_, _ in dataset.quads():
            graph.add((subject, predicate, object_))
        nquads = graph.serialize(format="nt")
    return in_one_graph(pyoxigraph.parse(nquads, format=RdfFormat.N_QUADS))


@pytest.mark.slow
@pytest.mark.parametrize("read", [by_oxigraph, by_others])
@pytest.mark.parametrize("format_", FORMATS)
def test_two_implementations_find_one_hash(examples_site, expected, canonized, format_, read):
    triples = read(examples_site / "dump" / f"es.{format_}")
    assert len(triples) > 500
    assert rdfc_hash(triples) == expected
    assert canonized(pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES)) == expected


def test_the_two_implementations_name_blank_nodes_alike(canonized):
    """The records have none: here are some that tell only by what is around them."""
    pairs = ("ab", "bc", "ca", "ad", "de")
    texts = [
        "".join(f"_:{a} <https://example.org/knows> _:{b} .\n" for a, b in order)
        for order in (pairs, [pair.translate(str.maketrans("abcde", "edcab")) for pair in pairs])
    ]
    hashes = [rdfc_hash(pyoxigraph.parse(t, format=RdfFormat.N_TRIPLES)) for t in texts]
    assert len({*hashes, *(canonized(text.encode()) for text in texts)}) == 1


def test_the_hash_is_that_of_the_canonical_graph(examples_site, expected):
    """Ours is made without canonization, which has nothing to do where no node is blank."""
    assert rdfc_hash(by_oxigraph(examples_site / "dump" / "es.nq")) == expected


def test_a_dataset_that_is_sorted_in_pieces_has_the_same_hash(monkeypatch, expected):
    dataset = es_lod.load(ROOT / "examples")
    pieces = list(texts(dataset, NAMED["nt"], dataset.base))
    at_once = graph.graph(pieces)
    monkeypatch.setattr(graph, "_RUN", 1000)
    assert graph.graph(pieces) == at_once
    for block in (1, 100, 400):
        monkeypatch.setattr(graph, "_BLOCK", block)
        assert graph.graph([*pieces, *pieces[:20], *pieces]) == at_once
    assert at_once.hash == expected


def test_what_is_counted_is_in_the_graph(examples_site):
    found = by_oxigraph(examples_site / "dump" / "es.nq")
    dataset = es_lod.load(ROOT / "examples")
    counted = graph.graph(texts(dataset, NAMED["nt"], dataset.base))
    assert counted.triples == len(found)
    assert counted.subjects == len({triple.subject for triple in found})
    assert counted.objects == len({triple.object for triple in found})
    assert counted.properties == Counter(triple.predicate.value for triple in found)
    types = (t.object.value for t in found if t.predicate.value == RDF.type)
    assert counted.classes == Counter(types)
