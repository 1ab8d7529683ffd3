"""What is saved is what is loaded, in every format, by every processor; over generated records.

Then the other side: generated records conform, and with one broken field they do not.
"""

import hashlib
import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import pyoxigraph
import pytest
import rdflib
from conftest import EXAMPLE
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from pyld import jsonld
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Quad, RdfFormat
from strategies import PHRASES, TAGS, datasets, values

import es_lod
from es_lod import Dataset
from es_lod.context import context
from es_lod.errors import InputError, InvalidRecord, InvalidValue
from es_lod.formats import FORMATS, GRAPHS
from es_lod.model import (
    Address,
    Field,
    Foundation,
    Kind,
    Node,
    Organization,
    Part,
    Record,
    SocialIntegrationCentre,
    Statement,
    Workshop,
    find,
    kinds,
    part_classes,
    record_classes,
)
from es_lod.model import strings as plain
from es_lod.model.concepts import schemes
from es_lod.model.fields import PartKind
from es_lod.namespaces import CONCEPT, DEFAULT_BASE, RDF, XSD
from es_lod.namespaces import CONTEXT as CONTEXT_IRI
from es_lod.validate.stages import shape_report
from es_lod.values import Text, Texts

CLASSES = {**record_classes(), **part_classes()}
KINDS = list(dict.fromkeys(field.kind for cls in CLASSES.values() for field in cls.fields()))
ALONE = [
    kind
    for kind in KINDS
    if not isinstance(kind, (PartKind, kinds.RefKind, kinds.PropertyKind, kinds.ValueKind))
]
"""The kinds whose values stand for themselves: neither parts nor names of something else."""
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


def thorough(examples: int) -> settings:
    """The same examples in every run, however long each takes."""
    return settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=SLOW,
    )


def drawn(strategy: st.SearchStrategy[Any], number: int) -> list[Any]:
    """A fixed number of draws from a strategy, independent of each other, the same in every run.

    A search for a failing example would vary those that it has; the first of each is the simplest.
    """
    found = []
    for n in range(number):

        @seed(n)
        @settings(thorough(2), phases=[Phase.generate])
        @given(strategy)
        def draw(value):
            found.append(value)

        draw()
    return found[1::2]


@cache
def records_of(cls: type[Record]) -> list[Dataset]:
    """Datasets of one record each: it refers to things elsewhere only."""
    return drawn(datasets(classes=(cls,), size=1), 12)


@cache
def mixed() -> list[Dataset]:
    """Datasets of several records, which begin with one of every class."""
    every = record_classes().values()
    return [dataset for cls in every for dataset in drawn(datasets(classes=(cls,)), 24)]


@pytest.fixture(scope="module")
def example_dataset() -> Dataset:
    return es_lod.load(EXAMPLE)


def nodes(node: Node) -> Iterator[Node]:
    """A record and all its parts."""
    yield node
    for field in type(node).fields():
        if isinstance(field.kind, PartKind):
            for part in items(node, field):
                yield from nodes(part)


def items(node: Node, field: Field) -> tuple[Any, ...]:
    """The values of a field; none where it is not stated."""
    value = getattr(node, field.name)
    return value if field.many else () if value in (None, Texts()) else (value,)


def stated(found: Iterable[Dataset]) -> set[tuple[str, str]]:
    """The class and key of every field that has a value."""
    every = (node for dataset in found for record in dataset for node in nodes(record))
    return {
        (type(node).__name__, field.key)
        for node in every
        for field in type(node).fields()
        if items(node, field)
    }


# Nothing is forgotten by the strategies.


@pytest.mark.parametrize("kind", ALONE, ids=str)
def test_every_kind_of_value_is_drawn_in_the_form_that_data_has(kind):
    for value in drawn(values(kind), 30):
        assert kind.parse(value) == value


@pytest.mark.parametrize("name", record_classes())
def test_every_field_of_a_record_is_drawn(name):
    cls = record_classes()[name]
    asked = {(name, field.key) for field in cls.fields()}
    assert asked - stated(records_of(cls)) == set()


def test_every_field_of_every_part_is_drawn():
    asked = {(cls.__name__, field.key) for cls in part_classes().values() for field in cls.fields()}
    found = [dataset for cls in record_classes().values() for dataset in records_of(cls)]
    assert asked - stated(found) == set()


def test_records_of_every_class_and_references_of_every_kind_are_drawn():
    classes: set[str] = set()
    inner: set[Kind] = set()
    outer: set[Kind] = set()
    for dataset in mixed():
        classes |= {type(record).__name__ for record in dataset}
        for record in dataset:
            for node in nodes(record):
                for field in type(node).fields():
                    if isinstance(field.kind, kinds.RefKind):
                        named = set(items(node, field))
                        inner |= {field.kind} if any(id_ in dataset for id_ in named) else set()
                        outer |= {field.kind} if any(id_ not in dataset for id_ in named) else set()
    asked = {kind for kind in KINDS if isinstance(kind, kinds.RefKind)}
    assert classes == set(record_classes())
    assert inner == asked
    assert outer == asked


def test_every_form_of_value_is_drawn():
    """The forms that a kind has: precisions, languages, parts with and without an id …"""
    lengths, tags, parts, about, ids = set(), set(), set(), set(), set()
    texts = ""
    for dataset in [*mixed(), *(d for cls in record_classes().values() for d in records_of(cls))]:
        for record in dataset:
            ids.add(es_lod.iris.is_absolute(record.id))
            for node in nodes(record):
                if isinstance(node, Part):
                    parts.add((type(node), node.id is None))
                if isinstance(node, Statement):
                    kind = type(record).by_key()[node.property].kind
                    about.add((type(kind), node.value is None))
                for field in type(node).fields():
                    for value in items(node, field):
                        if isinstance(field.kind, kinds.DateKind):
                            lengths.add((field.kind, min(len(value), 11)))
                        if isinstance(value, (Text, Texts)):
                            tags |= set(value)
                            texts += str(list(value.values()))
    kinds_of_records = {
        type(field.kind) for cls in record_classes().values() for field in cls.fields()
    }
    dates = {kind for kind in KINDS if isinstance(kind, kinds.DateKind)}
    assert ids == {True, False}
    assert set(TAGS) <= tags
    assert all(any(c in texts for c in repr(p)[1:-1]) for p in PHRASES)
    assert lengths == {(k, n) for k in dates for n in ((4, 7, 10, 11) if k.time else (4, 7, 10))}
    assert parts == {(cls, own) for cls in part_classes().values() for own in (True, False)}
    assert {kind for kind, _ in about} >= kinds_of_records - {kinds.ValueKind, kinds.PropertyKind}


# One graph in all formats.


def rdfc_hash(quads: Iterable[Quad | pyoxigraph.Triple]) -> str:
    """The hash of a graph: https://www.w3.org/TR/rdf-canon/#dfn-rdfc-1-0."""
    graph = pyoxigraph.Dataset(Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    graph.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    lines = pyoxigraph.serialize(graph, format=RdfFormat.N_QUADS).splitlines(keepends=True)
    return hashlib.sha256(b"".join(sorted(lines))).hexdigest()


def graph_of(text: str, format_: str, base: str | None = None) -> list[Quad]:
    """What pyoxigraph reads in a text, without our reader."""
    return list(pyoxigraph.parse(text, getattr(RdfFormat, FORMATS[format_].rdf), base_iri=base))


def comes_back(dataset: Dataset, format_: str) -> None:
    """A dataset is written in a format, read, and written again as the same bytes."""
    text = dataset.dumps(format_)
    loaded = es_lod.loads(text, format_, base=dataset.base)
    assert [p for p in loaded.problems if p.severity != "info"] == []
    assert loaded.left_over == ()
    assert loaded == dataset
    assert rdfc_hash(graph_of(text, format_)) == rdfc_hash(dataset.quads())
    assert rdfc_hash(loaded.quads()) == rdfc_hash(dataset.quads())
    assert loaded.dumps(format_) == text


@thorough(80)
@given(datasets())
def test_what_is_written_is_read(dataset):
    for format_ in GRAPHS:
        comes_back(dataset, format_)


@pytest.mark.parametrize("format_", GRAPHS)
def test_the_example_comes_back(format_, example_dataset, tmp_path):
    comes_back(example_dataset, format_)
    path, again = tmp_path / f"data.{format_}", tmp_path / f"again.{format_}"
    example_dataset.save(path)
    loaded = es_lod.load(path)
    assert loaded == example_dataset
    loaded.save(again)
    assert again.read_bytes() == path.read_bytes()


def test_jsonld_of_ours_is_read_as_records(example_dataset):
    text = example_dataset.dumps("jsonld")
    assert es_lod.loads(text, "jsonld").graphs == ()


def test_jsonld_with_workshops_of_two_units_comes_back():
    given = [
        Foundation(id="a", name="A"),
        Foundation(id="b", name="B"),
        Workshop(id="w", name="W", workshop_type=["culinary"]),
        Workshop(id="v", name="V", workshop_type=["care"]),
        SocialIntegrationCentre(id="of-b", name="C", operator="b", workshops=["w", "v"]),
        SocialIntegrationCentre(id="of-a", name="D", operator="a", workshops=["w"]),
    ]
    comes_back(Dataset(given), "jsonld")


# What is taken comes back, and what cannot come back is refused.

ODD: dict[str, tuple[dict[str, Any], str]] = {
    "a language tag with an empty extension": ({"name": {"pl-a": "x"}}, DEFAULT_BASE),
    "a language tag of two regions": ({"name": {"pl-pl-pl": "x"}}, DEFAULT_BASE),
    "an IRI whose scheme is a prefix of ours": ({"same_as": "org:serwis"}, DEFAULT_BASE),
    "such an IRI in capitals": ({"same_as": "ORG:serwis"}, DEFAULT_BASE),
    "an IRI in a namespace of ours": ({"same_as": "https://schema.org/serwis"}, DEFAULT_BASE),
    "an IRI of a concept": ({"same_as": CONCEPT + "topic/problem-areas"}, DEFAULT_BASE),
    "the IRI of a choice": ({"same_as": "https://schema.org/EventScheduled"}, DEFAULT_BASE),
    "an IRI that is not in NFC": ({"same_as": "https://x.pl/o\u0301"}, DEFAULT_BASE),
    "another spelling of schema.org": ({"same_as": "http://schema.org/Thing"}, DEFAULT_BASE),
    "an IRI that begins with the base": ({"same_as": DEFAULT_BASE + "serwis"}, DEFAULT_BASE),
    "an address with a capital scheme": ({"url": "HTTPS://serwis.pl/"}, DEFAULT_BASE),
    "an id with a fragment": ({"id": "https://x.pl/o#ja"}, DEFAULT_BASE),
    "an id that is a keyword in JSON-LD": ({"id": "id"}, DEFAULT_BASE),
    "an id that is the keyword of types": ({"id": "type"}, DEFAULT_BASE),
    "an id that is the keyword of graphs": ({"id": "records"}, DEFAULT_BASE),
    "an id outside the base": ({"id": "https://x.pl/ja"}, DEFAULT_BASE),
    "a base that ends in #": ({}, "https://x.pl/dane#"),
    "a base with a query": ({}, "https://x.pl/?id=/"),
    "a base with a fragment": ({}, "https://x.pl/#/"),
    "a base with dots": ({}, "https://x.pl/a/../"),
    "a base in capitals": ({}, "HTTPS://X.PL/"),
    "a name that is no word": ({"name": "🎉"}, DEFAULT_BASE),
    "a name with many lines": ({"name": "a\n\n\nb\tc"}, DEFAULT_BASE),
}


@pytest.mark.parametrize("name", ODD)
def test_what_is_taken_comes_back_and_conforms(name):
    fields, base = ODD[name]
    given = {
        "id": "serwis",
        "name": "SerwiS",
        "address": Address(address_locality="Tarnów"),
        **fields,
    }
    key = es_lod.model.fields.camel(next(iter(fields), "address"))
    value = {"address": "address", "sameAs": fields.get("same_as"), "url": fields.get("url")}
    about = {"property": key, "certainty": "stated"} if key != "id" else {}
    about |= {"value": value[key]} if key in value else {}
    given |= {"statements": [about]} if about else {}
    try:
        dataset = Dataset([Organization(**given)], base=base)
    except (InvalidRecord, InputError):
        return
    errors = [problem for problem in dataset.problems if problem.severity == "error"]
    if any(key in steps(problem) for problem in errors):
        return
    assert errors == []
    for format_ in GRAPHS:
        comes_back(dataset, format_)
    are_of_one_mind(dataset)
    # A mistyped namespace is told of any IRI.
    assert [p for p in dataset.validate().errors if p.code != "near-miss-term"] == []


@pytest.mark.parametrize("key", ["eventType", "name", "startDate", "agenda"])
@pytest.mark.parametrize("broken", [["nie-ma-takiego"], None, {"pl": 5}])
def test_a_statement_about_a_broken_field_is_told_as_wrong(key, broken):
    event = {
        "type": "Event",
        "id": "e",
        "name": "E",
        "startDate": "2018",
        "eventType": ["gala"],
        "statements": {"property": key, "value": "gala", "certainty": "stated"},
        key: broken,
    }
    loaded = es_lod.loads(json.dumps({"records": [event]}), "json")
    assert {problem.record for problem in loaded.problems} == {"e"}
    assert any(problem.severity == "error" for problem in loaded.problems)


@pytest.mark.parametrize("space", ["\u2028", "\u2029"])
def test_yaml_with_a_line_break_of_unicode_is_refused_and_its_escape_is_read(space):
    with pytest.raises(InputError):
        es_lod.loads(f"type: Organization\nid: a\nname: jeden {space} dwa\n")
    escaped = json.dumps(f"jeden {space} dwa")
    assert es_lod.loads(f"type: Organization\nid: a\nname: {escaped}\n")["a"].name == Text(
        f"jeden {space} dwa"
    )


def test_a_text_is_not_lost_where_two_tags_are_one():
    with pytest.raises(InvalidRecord):
        Organization(name={"PL": "jeden", "pl": "dwa"})


@pytest.mark.parametrize("name", CLASSES)
def test_the_default_of_a_field_may_be_given(name):
    cls = CLASSES[name]
    optional = {n: info.default for n, info in cls.model_fields.items() if not info.is_required()}
    found = (d for known in record_classes().values() for d in records_of(known))
    node = next(node for d in found for r in d for node in nodes(r) if type(node) is cls)
    required = {field.name: getattr(node, field.name) for field in cls.fields() if field.required}
    assert cls(**required, **optional) == cls(**required)


# Three processors, one graph.


def by_pyld(document: object) -> list[Quad]:
    def load(url: str, _: object) -> dict[str, object]:
        assert url == CONTEXT_IRI
        return {"contextUrl": None, "documentUrl": url, "document": {"@context": context()}}

    options = {"format": "application/n-quads", "documentLoader": load}
    return graph_of(jsonld.to_rdf(document, options), "nq")


def by_rdflib(text: str, format_: str) -> list[Quad]:
    graph = rdflib.Graph(bind_namespaces="none").parse(data=text, format=format_)
    return graph_of(graph.serialize(format="nt", encoding="utf-8").decode(), "nt")


@pytest.fixture
def _lexical_forms_kept(monkeypatch):
    """Keep rdflib from writing 1E-12 for the decimal 0.000000000001."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)


def are_of_one_mind(dataset: Dataset) -> None:
    """All processors read the dataset's graph from its JSON-LD; we read its records."""
    text = dataset.dumps("jsonld")
    document = json.loads(text)
    by_name = {**document, "@context": [CONTEXT_IRI, {"@base": dataset.base}]}
    expected = rdfc_hash(dataset.quads())
    assert rdfc_hash(graph_of(text, "jsonld")) == expected
    assert rdfc_hash(by_pyld(document)) == expected
    assert rdfc_hash(by_pyld(by_name)) == expected
    assert rdfc_hash(by_rdflib(text, "json-ld")) == expected
    assert es_lod.loads(json.dumps(by_name), "jsonld") == dataset


@pytest.mark.usefixtures("_lexical_forms_kept")
@settings(thorough(60), suppress_health_check=[*SLOW, HealthCheck.function_scoped_fixture])
@given(datasets())
def test_three_processors_read_one_graph_from_our_jsonld(dataset):
    are_of_one_mind(dataset)


def test_three_processors_read_one_graph_from_the_example(example_dataset):
    are_of_one_mind(example_dataset)


@thorough(40)
@given(datasets())
def test_rdflib_carries_the_records(dataset):
    graph = dataset.to_rdflib()
    assert len(graph) == len(set(dataset.quads()))
    assert Dataset.from_rdflib(graph, base=dataset.base) == dataset


def test_rdflib_carries_the_example(example_dataset):
    assert Dataset.from_rdflib(example_dataset.to_rdflib()) == example_dataset


# Nothing is dropped silently.


def is_kept_or_told(text: str, base: str) -> None:
    """Every triple of an input is written again, or something is said to be wrong or changed."""
    loaded = es_lod.loads(text, "nt", base=base)
    changed = {"normalised", "part-renamed"}
    told = [p for p in loaded.problems if p.severity == "error" or p.code in changed]
    assert told or set(graph_of(text, "nt")) <= set(map(with_blank_node, loaded.quads()))


def with_blank_node(quad: Quad) -> Quad:
    """The quad with its blank node named as in the texts of these tests: names are no data."""
    is_blank = isinstance(quad.object, BlankNode)
    return Quad(quad.subject, quad.predicate, BlankNode("x")) if is_blank else quad


@thorough(60)
@given(datasets(), st.randoms(use_true_random=False))
def test_a_triple_more_is_kept_or_told(dataset, chance):
    text = dataset.dumps("nt")
    subject, predicate, _ = chance.choice(text.split("\n")[:-1]).split(" ", 2)
    term = chance.choice(wrong_terms(chance.choice(KINDS)))
    is_kept_or_told(f"{text}{subject} {predicate} {term} .\n", dataset.base)


@pytest.mark.parametrize("term", ['"x"', "<https://x.pl/>", "_:x"])
@pytest.mark.parametrize("name", ["subject", "predicate", "object"])
def test_another_term_in_a_statement_is_kept_or_told(name, term):
    stated = Statement(id="s", property="krs", value="0000413516", certainty="stated")
    given = Organization(id="a", name="A", krs="0000413516", statements=[stated])
    text = Dataset([given]).dumps("nt")
    part, predicate = f"<{DEFAULT_BASE}a#s>", f"<{RDF[name]}>"
    is_kept_or_told(f"{text}{part} {predicate} {term} .\n", DEFAULT_BASE)
    kept = [line for line in text.split("\n") if f"{part} {predicate}" not in line]
    is_kept_or_told("\n".join([*kept, f"{part} {predicate} {term} .", ""]), DEFAULT_BASE)


# The order of the input is not data.


def shuffled(tree: Any, chance: random.Random) -> Any:
    """A document with its keys and lists in another order."""
    if isinstance(tree, dict):
        keys = list(tree)
        chance.shuffle(keys)
        return {key: shuffled(tree[key], chance) for key in keys}
    if isinstance(tree, list):
        return chance.sample([shuffled(item, chance) for item in tree], len(tree))
    return tree


@thorough(60)
@given(datasets(), st.randoms(use_true_random=False), st.sampled_from(("json", "yaml")))
def test_the_order_of_keys_and_values_does_not_matter(dataset, chance, format_):
    records = json.loads(dataset.dumps("jsonld"))["records"]
    document = {"base": dataset.base, "records": shuffled(records, chance)}
    text = json.dumps(document, ensure_ascii=False)
    if format_ == "yaml":
        # The parser takes these two for line breaks, as YAML 1.1 did, and folds the space around.
        text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    loaded = es_lod.loads(text, format_)
    assert [p for p in loaded.problems if p.severity != "info"] == []
    assert loaded == dataset
    for record in dataset:
        alone = [Dataset([of[record.id]], base=of.base) for of in (loaded, dataset)]
        assert list(alone[0].quads()) == list(alone[1].quads())


def test_a_prefixed_name_in_a_statement_is_of_the_record_around_nested_ones():
    statement = {"property": "es:operatedSince", "certainty": "stated"}
    workshop = {"type": "Workshop", "id": "w", "name": "W", "workshopType": "care"}
    centre = {
        "type": "SocialIntegrationCentre",
        "id": "c",
        "name": "C",
        "operator": {"type": "Foundation", "id": "f", "name": "F"},
        "operatedSince": "2015",
        "workshops": [workshop],
        "statements": [statement],
    }
    loaded = es_lod.loads(json.dumps({"records": [centre]}), "json")
    assert loaded.problems == ()
    assert loaded["c"].statements[0].property == "operatedSince"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The example, and generated records as JSON-LD and as Turtle."""
    place = tmp_path_factory.mktemp("input")
    (place / "a.yaml").write_bytes(EXAMPLE.read_bytes())
    generated = [dataset for dataset in mixed() if dataset.base == DEFAULT_BASE]
    largest = sorted(generated, key=lambda dataset: -len(list(dataset.quads())))
    taken: set[str] = set()
    for dataset in largest:
        if taken.isdisjoint({record.id for record in dataset}) and len(taken) < 20:
            taken |= {record.id for record in dataset}
            dataset.save(place / f"{len(taken)}.{'ttl' if len(taken) % 2 else 'jsonld'}")
    return place


@pytest.mark.parametrize("format_", GRAPHS)
def test_bytes_do_not_depend_on_the_hash_seed(format_, folder):
    def mapped(seed: str) -> bytes:
        command = [sys.executable, "-m", "es_lod.cli", "map", str(folder), "--format", format_]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(command, env=environment, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout

    first = mapped("1")
    assert first
    assert mapped("2") == first


# Generated records conform; with one broken field they do not.


@thorough(20)
@given(datasets())
def test_generated_records_conform(dataset):
    assert dataset.validate().errors == []


BROKEN: dict[type[Kind], tuple[Any, ...]] = {
    kinds.TextKind: ("", " ", "a\u0007b", {"po polsku": "x"}, {"pl": ["a", "b"]}, {"pl": ""}, {}),
    kinds.TextsKind: ("", {"pl": ["x", ""]}, {"po polsku": "x"}, [["x"]], True, {"pl": 5}),
    kinds.DateKind: ("2018-13-45", "2018-02-30", "2018-06-19T10:00", "2018-06-19T10:00+02:75", "x"),
    kinds.CountKind: (-1, 1.5, "dwa", True, 10**9, "\u0661"),
    kinds.DecimalKind: (181, -181, "x", True, "NaN", "50,1,2", 0.1234567890123),
    kinds.IriKind: ("rops.krakow.pl", "https://a b/", "https://[/", "/a", "x" * 3000),
    kinds.ConceptKind: ("nie-ma-takiego", {"pl": "x"}),
    kinds.ChoiceKind: ("nie-ma-takiego", True),
    kinds.RefKind: ("nie-ma-takiego", "Nie ma takiego", "a/b", True),
    kinds.PropertyKind: ("nieMaTakiego", "", "schema:nieMaTakiego"),
    kinds.ValueKind: ("nie ma takiej", {"pl": "nie ma takiej"}, True),
    PartKind: ("tekst", 7, ["tekst"], {"nieMaTakiego": 1}),
    plain.StringKind: ("", "\t", "a\u0007b", {"pl": "x"}, True, "\ud800"),
    plain.KrsKind: ("0", "12345678901", "KRS", "0000000000", "1.5"),
    plain.NipKind: ("5260250275", "526025027", "x"),
    plain.RegonKind: ("123456786", "1234", "12345678512348"),
    plain.TercKind: ("01", "34", "126", "1261010", "12610"),
    plain.PostcodeKind: ("3", "30_070", "-", "30-070-30-070"),
    plain.PhoneKind: ("12 34", "(12) 422 06 36 wew. 5", "+480000"),
    plain.EmailKind: ("biuro", "biuro@rops", "@rops.pl", "a b@rops.pl"),
    plain.CountryKind: ("Polska", "P", "1A"),
    plain.LanguageKind: ("polski", "p", "pl_PL"),
}
"""What a document may say that is no value of the kind."""


def wrong(kind: Kind) -> tuple[Any, ...]:
    timed = isinstance(kind, kinds.DateKind) and not kind.time
    web = isinstance(kind, kinds.IriKind) and kind.web
    extra = ("2018-06-19T10:00:00Z",) * timed + ("mailto:biuro@rops.krakow.pl",) * web
    return BROKEN[type(kind)] + extra


@pytest.mark.parametrize("kind", ALONE, ids=str)
def test_what_is_no_value_of_a_kind_is_refused(kind):
    for value in wrong(kind):
        with pytest.raises(InvalidValue):
            kind.parse(value)


def trees(tree: Any) -> Iterator[tuple[dict[str, Any], type[Record]]]:
    """The records of a document, nested ones too."""
    for value in tree.values() if isinstance(tree, dict) else tree:
        if isinstance(value, (dict, list)):
            yield from trees(value)
    if isinstance(tree, dict) and (cls := find(str(listed(tree.get("type"))[0]))):
        yield tree, cls


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def places(tree: dict[str, Any], cls: type[Node]) -> Iterator[tuple[dict[str, Any], Field]]:
    """The fields that a document states of a record and of its parts."""
    for field in cls.fields():
        if field.key in tree:
            yield tree, field
            if isinstance(field.kind, PartKind):
                for part in listed(tree[field.key]):
                    yield from places(part, field.kind.part)


@thorough(150)
@given(datasets(), st.randoms(use_true_random=False))
def test_one_broken_field_is_an_error_of_its_record(dataset, chance):
    records = json.loads(dataset.dumps("jsonld"))["records"]
    record, cls = chance.choice(list(trees(records)))
    node, field = chance.choice(list(places(record, cls)))
    broken = chance.choice(wrong(field.kind))
    node[field.key] = [*listed(node[field.key]), broken] if field.many else broken
    text = json.dumps({"base": dataset.base, "records": records})
    loaded = es_lod.loads(text, "json")
    errors = [problem for problem in loaded.problems if problem.severity == "error"]
    id_ = es_lod.iris.relative(record["id"], dataset.base)
    told = [p for p in errors if es_lod.iris.relative(str(p.record), dataset.base) == id_]
    assert any(field.key in steps(problem) for problem in told), (field, broken, errors)
    assert id_ not in loaded or {problem.code for problem in told} & WHOLE
    with pytest.raises(es_lod.InvalidData):
        loaded.dumps()


def steps(problem: es_lod.Problem) -> list[str]:
    """The keys on the way to a problem."""
    return re.findall(r"\w+", problem.field or "")


WHOLE = {"dangling-reference", "invalid-statement"}
"""What is wrong across fields and records: the record itself is whole."""

TYPED = f"^^<{XSD}"
TERMS: dict[type[Kind], tuple[str, ...]] = {
    kinds.TextKind: ('"x"', '" "@pl', "<https://x.pl/>"),
    kinds.TextsKind: ('"x"', '" "@pl', "<https://x.pl/>"),
    kinds.DateKind: (
        '"2018"',
        '"2018"@pl',
        f'"2018"{TYPED}integer>',
        f'"2018-02-30"{TYPED}date>',
        f'"2018-06-19Z"{TYPED}date>',
        f'"2018-13"{TYPED}gYearMonth>',
        f'"2018-06-19T10:00:00"{TYPED}dateTime>',
        "<https://x.pl/>",
    ),
    kinds.CountKind: (
        '"25"',
        f'"25"{TYPED}int>',
        f'"-1"{TYPED}integer>',
        f'"1000000000"{TYPED}integer>',
    ),
    kinds.DecimalKind: ('"50.1"', f'"5.0E1"{TYPED}double>', f'"181"{TYPED}decimal>'),
    kinds.IriKind: ('"https://x.pl/"', f'"https://x.pl/"{TYPED}anyURI>'),
    kinds.ConceptKind: ('"x"', f"<{CONCEPT}topic/nie-ma-takiego>", "<https://x.pl/>"),
    kinds.ChoiceKind: ('"scheduled"', "<https://schema.org/Thing>"),
    kinds.RefKind: ('"x"',),
    kinds.PropertyKind: ('"name"',),
    kinds.ValueKind: ('"nie ma takiej"', "<https://x.pl/nie-ma>"),
    PartKind: ('"x"', "<https://x.pl/>"),
    plain.StringKind: ('"x"@pl', '" "', "<https://x.pl/>"),
    plain.KrsKind: ('"123"', '"x"@pl'),
    plain.NipKind: ('"5260250275"', '"526-025-02-74"', '"x"@pl'),
    plain.RegonKind: ('"123456786"', '"12345678512348"', '"x"@pl'),
    plain.TercKind: ('"01"', '"1261010"', '"x"@pl'),
    plain.PostcodeKind: ('"30-070"@pl', '""'),
    plain.PhoneKind: ('"422 06 36"', '"+48124220636"@pl'),
    plain.EmailKind: ('"biuro"', '"biuro@rops.krakow.pl"@pl'),
    plain.CountryKind: ('"Polska"', '"PL"@pl'),
    plain.LanguageKind: ('"po polsku"', '"pl"@pl'),
}
"""What RDF may say that is no value of the kind."""

NOT_IN_SHAPES = (kinds.ValueKind,)
"""What only the model can tell: whether the record has the value that a statement is about."""


def wrong_terms(kind: Kind) -> tuple[str, ...]:
    timed = isinstance(kind, kinds.DateKind) and not kind.time
    web = isinstance(kind, kinds.IriKind) and kind.web
    time = f'"2018-06-19T10:00:00Z"{TYPED}dateTime>'
    return TERMS[type(kind)] + (time,) * timed + ("<mailto:biuro@rops.krakow.pl>",) * web


@cache
def sample(kind: Kind) -> tuple[Dataset, Quad, Field]:
    """A dataset of one record, a triple of it with a value of a kind, and the triple's field."""
    for known in record_classes().values():
        for dataset in records_of(known):
            quads = list(dataset.quads())
            for cls in (known, *part_classes().values()):
                typed = {quad.subject for quad in quads if quad.object.value == cls.types[0]}
                for field in (field for field in cls.fields() if field.kind == kind):
                    for quad in quads:
                        if quad.subject in typed and quad.predicate.value == field.property:
                            return dataset, quad, field
    raise AssertionError(f"no record has a value of {kind}")


def spoilt(kind: Kind, term: str, id_: str) -> str:
    """The sample of a kind in N-Triples under another id, with one wrong term."""
    dataset, found, _ = sample(kind)
    (record,) = dataset
    subject = f"{found.subject} {found.predicate} "
    lines = [line for line in dataset.dumps("nt").split("\n") if not line.startswith(subject)]
    old = re.escape(es_lod.iris.resolve(record.id, dataset.base))
    text = "\n".join([*lines, f"{subject}{term} .", ""])
    return re.sub(f"<{old}(?=[#>])", f"<{DEFAULT_BASE}{id_}", text)


def test_one_broken_term_is_an_error_of_its_record_and_the_shapes_alone_find_it():
    cases = {}
    for kind in KINDS:
        for term in wrong_terms(kind):
            cases[f"r{len(cases)}"] = kind, term
    text = "".join(spoilt(kind, term, id_) for id_, (kind, term) in cases.items())
    dataset = es_lod.loads(text, "nt")
    by_all, by_shapes = blamed(dataset.validate().errors), blamed(shape_report(dataset).errors)
    missed = {"all": [], "shapes": []}
    for id_, (kind, term) in cases.items():
        key = sample(kind)[2].key
        if key not in by_all.get(id_, ()):
            missed["all"].append((kind, term))
        if key not in by_shapes.get(id_, ()):
            missed["shapes"] += [(kind, term)] * (type(kind) not in NOT_IN_SHAPES)
    assert missed == {"all": [], "shapes": []}


def blamed(errors: Iterable[es_lod.Problem]) -> dict[str, set[str]]:
    """Record → the keys on the way to its errors."""
    found: dict[str, set[str]] = {}
    for problem in errors:
        found.setdefault(str(problem.record), set()).update(steps(problem))
    return found


# The JSON-LD context.


def scoped(cls: type[Node]) -> dict[str, Any]:
    """The terms that the context of a class brings."""
    return context()[cls.__name__]["@context"]


def test_no_notation_is_a_term_or_a_prefix_of_the_context():
    """Or it would be expanded as that term: the values of concepts are `@vocab`-relative."""
    words = {word for k in KINDS if isinstance(k, kinds.ChoiceKind) for word, _ in k.choices}
    terms = {*context(), *(key for cls in CLASSES.values() for key in scoped(cls))}
    notations = set().union(*schemes().values())
    assert notations & (terms | words) == set()
    assert words & terms == set()
    assert not any(":" in word for word in notations | words)


def test_a_key_of_the_context_is_one_property_in_every_class():
    found: dict[str, set[str]] = {}
    for cls in CLASSES.values():
        for key, term in scoped(cls).items():
            name = term if isinstance(term, str) else term.get("@id") or term["@reverse"]
            found.setdefault(key, set()).add(name)
    assert {key: names for key, names in found.items() if len(names) > 1} == {}


@pytest.mark.parametrize("name", CLASSES)
def test_properties_of_a_class_differ(name):
    """Or RDF could not say which key a triple, or a statement, is about."""
    properties = [field.property for field in CLASSES[name].fields()]
    assert len(set(properties)) == len(properties)


COERCED: dict[type[Kind], dict[str, Any]] = {
    kinds.TextKind: {"@container": "@language"},
    kinds.TextsKind: {"@container": "@language"},
    kinds.DateKind: {"@type": XSD.date},
    kinds.DecimalKind: {"@type": XSD.decimal},
    kinds.IriKind: {"@type": "@id"},
    kinds.RefKind: {"@type": "@id"},
    kinds.PropertyKind: {"@type": "@id"},
}
"""What the term of a field says beside its property. Strings and counts need nothing."""


def full(name: str) -> str:
    """The IRI of a prefixed name in the context; keywords stay."""
    prefix, _, local = name.partition(":")
    return f"{context()[prefix]}{local}" if local and not name.startswith("@") else name


def reversed_(of: tuple[str, str]) -> str:
    """The property that a key of input only sets on other records."""
    target, attribute = of
    return next(f.property for f in record_classes()[target].fields() if f.name == attribute)


@pytest.mark.parametrize("name", CLASSES)
def test_the_terms_of_a_class_are_what_its_fields_say(name):
    cls = CLASSES[name]
    assert full(context()[name]["@id"]) == cls.types[0]
    terms = scoped(cls)
    for field in cls.fields():
        term = terms[field.key]
        expanded = {"@id": term} if isinstance(term, str) else dict(term)
        expanded = {key: full(v) if isinstance(v, str) else v for key, v in expanded.items()}
        expected = {"@id": str(field.property), **COERCED.get(type(field.kind), {})}
        if isinstance(field.kind, kinds.ConceptKind):
            vocabulary = f"{CONCEPT}{field.kind.scheme}/"
            expected |= {"@type": "@vocab", "@context": {"@vocab": vocabulary}}
        if isinstance(field.kind, kinds.ChoiceKind):
            words = {word: full(iri) for word, iri in expanded.pop("@context").items()}
            expected |= {"@type": "@vocab"}
            assert words == {word: str(iri) for word, iri in field.kind.choices}
        assert expanded == expected
    others = {key: terms[key] for key in terms if key not in cls.by_key()}
    assert {key: full(term.get("@id") or term["@reverse"]) for key, term in others.items()} == {
        **({"subject": cls.owner_property} if getattr(cls, "owner_property", None) else {}),
        **{key: reversed_(of) for key, of in getattr(cls, "inverse", {}).items()},
    }
    assert all("@reverse" in others[key] for key in getattr(cls, "inverse", {}))


def test_the_context_has_the_aliases_of_the_documents():
    aliases = {key: context()[key] for key in ("id", "type", "records")}
    assert aliases == {"id": "@id", "type": "@type", "records": "@graph"}
    assert "@language" not in context()
    assert "@vocab" not in context()
