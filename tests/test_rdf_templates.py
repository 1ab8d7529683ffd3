"""Formats of RDF from templates: byte for byte what pyoxigraph writes for the quads."""

import io
from collections.abc import Iterable

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, RdfFormat, parse, serialize
from reference_mapping import quads
from strategies import BASES, datasets
from test_plain import entry_of
from written import trees

import es_lod
from es_lod import Dataset
from es_lod.formats import FORMATS
from es_lod.model import (
    AgendaItem,
    ContactPoint,
    Event,
    Foundation,
    Place,
    Record,
    SocialIntegrationCentre,
)
from es_lod.model.outline import outlined
from es_lod.namespaces import AS, DEFAULT_BASE, FEED_PREFIXES, PREFIXES
from es_lod.rdf import texts
from es_lod.rdf.texts import TEMPLATES
from es_lod.rdf.trig import Graphs
from es_lod.readers.plain import Plain, plain, told
from es_lod.serialize import write, write_quads

EXAMPLES = sorted(set((ROOT / "examples").glob("*.yaml")) - {ROOT / "examples" / "site.yaml"})
OTHER_BASES = (
    "https://schema.org/",
    "http://www.w3.org/ns/",
    "http://www.w3.org/2004/02/skos/",
    "https://w3id.org/es-lod/",
    "https://w3id.org/es-lod/concept/topic/",
    "https://a.pl/x'y(z)/",
    "https://a.pl/%C4%85/~,;=@/",
)
"""Bases in which names are odd, or with which other namespaces begin."""


def by_templates(records: Iterable[Record | Plain], format: str, base: str) -> str:
    written = TEMPLATES[format](base, "pl")
    texts = []
    for record in records:
        if isinstance(record, Plain):
            known = TEMPLATES[format](base, record.place.language)
            texts.append(known.text(record.outline, record.values))
        else:
            texts.append(written.text(*outlined(record)))
    return "".join([written.head, *texts, written.tail])


def by_pyoxigraph(records: Iterable[Record | Plain], format: str, base: str) -> str:
    built = (record.record if isinstance(record, Plain) else record for record in records)
    out = io.BytesIO()
    write_quads((q for record in built for q in quads(record, base)), out, FORMATS[format], base)
    return out.getvalue().decode()


def assert_graphs(records: Iterable[Record | Plain], base: str) -> None:
    """That each record in a graph is what pyoxigraph writes with these prefixes."""
    known = {**PREFIXES, **FEED_PREFIXES}
    for n, record in enumerate(records):
        graph = NamedNode(f"https://a.pl/feed/1.trig#{n}")
        outline, values, language = told(record)
        trig = Graphs(base, language, known)
        text = trig.head + trig.said(graph.value, [(AS.object, trig.iri(f"{base}a"))])
        text += trig.graph(graph.value, outline, values)
        built = record.record if isinstance(record, Plain) else record
        every = [Quad(graph, NamedNode(AS.object), NamedNode(f"{base}a"))]
        every += (Quad(q.subject, q.predicate, q.object, graph) for q in quads(built, base))
        assert text == serialize(every, format=RdfFormat.TRIG, prefixes=known).decode()


def assert_equal(records: Iterable[Record | Plain], base: str) -> None:
    several = list(records)
    built = [record.record if isinstance(record, Plain) else record for record in several]
    said = [quad for record in built for quad in quads(record, base)]
    read = [quad for record in several for quad in texts.quads(*told(record), base)]
    assert read == said
    assert_graphs(several, base)
    for format in TEMPLATES:
        assert by_templates(several, format, base) == by_pyoxigraph(several, format, base)


@given(datasets())
@settings(max_examples=60)
def test_generated_records(dataset):
    assert_equal(dataset, dataset.base)


@given(
    trees(), st.sampled_from(("pl", "en", "de-ch-1901")), st.sampled_from((*BASES, *OTHER_BASES))
)
@settings(max_examples=200)
def test_plain_records(tree, language, base):
    found = plain(entry_of(tree, language))
    if found is not None:
        assert_equal([found], base)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("base", [*BASES, *OTHER_BASES])
def test_examples(path, base):
    assert_equal(es_lod.load(path, base=base), base)


@pytest.mark.parametrize("base", OTHER_BASES)
def test_ids_that_begin_other_namespaces(base):
    ids = ("org", "core", "adms", "locn", "ns", "name", "shapes", "2018")
    place = Place(name="A")
    assert_equal(
        (
            Event(id=id_, name="A", event_type="study-visit", start_date="2018", location=place)
            for id_ in ids
        ),
        base,
    )


def test_each_character_that_a_text_may_have():
    for first in range(0x20, 0x30000, 0x400):
        characters = "".join(map(chr, range(first, first + 0x400)))
        kept = "".join(c for c in characters if not 0x7F <= ord(c) < 0xA0)
        kept = "".join(c for c in kept if not 0xD800 <= ord(c) < 0xE000)
        kept = "".join(c for c in kept if c not in "\ufffe\uffff")
        if kept.strip():
            assert_equal([Foundation(id="a", name=f"a{kept}\tb\nc")], DEFAULT_BASE)


def test_a_part_of_which_nothing_is_stated():
    record = Foundation(id="a", name="A", contact_point=[ContactPoint()])
    assert_equal([record], DEFAULT_BASE)


@pytest.mark.parametrize("stated", [{}, {"telephone": "+48120000001"}])
def test_a_part_that_has_no_type(stated, monkeypatch):
    """As one of an extension may be."""
    monkeypatch.setattr(ContactPoint, "types", ())
    record = Foundation(id="a", name="A", contact_point=[ContactPoint(**stated), ContactPoint()])
    turtle, ntriples = (
        set(parse(by_templates([record], name, DEFAULT_BASE).encode(), format=format))
        for name, format in (("ttl", RdfFormat.TURTLE), ("nt", RdfFormat.N_TRIPLES))
    )
    assert turtle == ntriples


def test_numbers_of_all_forms():
    for number in (0, 50, -50, 50.5, "1e-7", "-0.5", "0.123456789012"):
        place = Place(latitude=number)
        made = {"name": "A", "event_type": "study-visit", "start_date": "2018", "location": place}
        assert_equal([Event(id="a", **made), Event(id="b", **made)], DEFAULT_BASE)


@pytest.mark.parametrize("raw", [50, "50", "19.5", 0, -7])
def test_numbers_as_documents_have_them(raw):
    tree = {"id": "a", "type": "Event", "name": "A", "eventType": "study-visit"}
    tree |= {"startDate": "2018", "location": {"latitude": raw}, "participantCount": "12"}
    found = plain(entry_of(tree))
    assert found is not None
    assert_equal([found], DEFAULT_BASE)


def test_parts_in_the_order_of_their_fragments():
    items = [AgendaItem(name=name, position=n) for n, name in enumerate(("Ż", "B", "A"), 1)]
    event = Event(
        id="a",
        name="A",
        event_type="study-visit",
        start_date="2018",
        agenda=items,
        location=Place(name="A"),
    )
    assert_equal([event], DEFAULT_BASE)


def _written(records: list[Record], format: str, left_over: list[Quad]) -> str:
    out = io.BytesIO()
    write(records, out, FORMATS[format], DEFAULT_BASE, left_over)
    return out.getvalue().decode()


@pytest.mark.parametrize("format", TEMPLATES)
@pytest.mark.parametrize("number", [0, 1, 2, 512, 513, 514])
@pytest.mark.parametrize("has_more", [False, True])
def test_what_no_record_carries_follows_the_last_record(format, number, has_more):
    records = [Foundation(id=f"f{n}", name="A") for n in range(number)]
    subject = NamedNode(f"{DEFAULT_BASE}f{max(number - 1, 0)}")
    left = [Quad(subject, NamedNode("https://a.pl/p"), subject)] if has_more else []
    every = [quad for record in records for quad in quads(record, DEFAULT_BASE)] + left
    out = io.BytesIO()
    write_quads(every, out, FORMATS[format], DEFAULT_BASE)
    assert _written(list(records), format, left) == out.getvalue().decode()


def test_a_statement_about_each_kind_of_field():
    unit = SocialIntegrationCentre(
        id="u",
        name={"pl": "A", "en": "B"},
        alternate_name=["C", "D"],
        operator="o",
        operated_since="2018-06",
        capacity=12,
        contact_point=[ContactPoint(telephone="+48120000001")],
        statements=[
            {"property": key, "value": value, "certainty": "inferred"}
            for key, value in (
                ("name", {"pl": "A"}),
                ("alternateName", "D"),
                ("operator", "o"),
                ("operatedSince", "2018-06"),
                ("capacity", "12"),
                ("contactPoint", "contactPoint"),
                ("description", None),
            )
        ],
    )
    assert_equal([unit], DEFAULT_BASE)
    assert_equal(Dataset([unit, Foundation(id="o", name="O")]), DEFAULT_BASE)
