"""Model, ontology and shapes agree, both ways: what one of them has, the others have."""

from collections.abc import Iterator

import pytest
import rdflib
from rdflib import RDF, RDFS, SH, SKOS, XSD, URIRef
from rdflib.collection import Collection

from es_lod import labels, resources
from es_lod.model import concepts, kinds, part_classes, record_classes
from es_lod.model.fields import Field, PartKind
from es_lod.model.record import Node
from es_lod.model.strings import StringKind
from es_lod.namespaces import CONCEPT, ES, ORG, OWL, ROV, SHAPES

CLASSES: dict[str, type[Node]] = {**record_classes(), **part_classes()}
LANGUAGES = {"pl", "en"}


def graph_of(name: str) -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in sorted(resources.folder(name).rglob("*.ttl")):
        graph.parse(path)
    return graph


ONTOLOGY = graph_of("ontology")
SHAPES_GRAPH = graph_of("shapes")


def fields() -> Iterator[tuple[type[Node], Field]]:
    for cls in CLASSES.values():
        for field in cls.fields():
            yield cls, field


FIELDS = [pytest.param(*pair, id=f"{pair[0].__name__}-{pair[1].key}") for pair in fields()]


def languages(graph: rdflib.Graph, subject: URIRef, predicate: URIRef) -> list[str | None]:
    return sorted(literal.language for literal in graph.objects(subject, predicate))


def shape_of(cls: type[Node], field: Field) -> URIRef:
    return URIRef(labels.shape_iri(cls, field) or "")


@pytest.mark.parametrize("cls", CLASSES.values(), ids=CLASSES)
def test_a_class_has_its_type_in_the_ontology_and_a_shape_that_reaches_it(cls):
    type_ = URIRef(cls.types[0])
    assert languages(ONTOLOGY, type_, RDFS.label) == ["en", "pl"]
    if str(type_).startswith(str(ES)):
        assert (type_, RDF.type, URIRef(OWL.Class)) in ONTOLOGY
    assert node_shapes(cls), "no shape reaches the class"


def node_shapes(cls: type[Node]) -> set[URIRef]:
    """The node shapes that target one of the class's types, or subjects of its properties."""
    found = {s for type_ in cls.types for s in SHAPES_GRAPH.subjects(SH.targetClass, URIRef(type_))}
    for field in cls.fields():
        found |= set(SHAPES_GRAPH.subjects(SH.targetSubjectsOf, URIRef(field.property)))
    return found


@pytest.mark.parametrize("field", {field.property: field for _, field in fields()}.values())
def test_a_field_has_a_term_with_labels(field):
    assert languages(ONTOLOGY, URIRef(field.property), RDFS.label) == ["en", "pl"]


@pytest.mark.parametrize(("cls", "field"), FIELDS)
def test_a_field_has_a_property_shape_of_its_path_and_counts(cls, field):
    shape = shape_of(cls, field)
    assert SHAPES_GRAPH.value(shape, SH.path) == URIRef(field.property)
    assert any((node, SH.property, shape) in SHAPES_GRAPH for node in node_shapes(cls))
    assert bool(SHAPES_GRAPH.value(shape, SH.minCount)) == field.required
    one = field.count() in "1?"
    if isinstance(field.kind, kinds.TextKind):
        assert (SHAPES_GRAPH.value(shape, SH.uniqueLang) is not None) == one
    else:
        assert (SHAPES_GRAPH.value(shape, SH.maxCount) is not None) == one
    for predicate in (SH.name, SH.description, SH.message):
        assert languages(SHAPES_GRAPH, shape, predicate) == ["en", "pl"], predicate
    assert SHAPES_GRAPH.value(shape, SH.severity) == SH.Violation


@pytest.mark.parametrize(("cls", "field"), FIELDS)
def test_a_field_has_a_property_shape_of_its_kind(cls, field):
    shape = shape_of(cls, field)
    node_kind = SHAPES_GRAPH.value(shape, SH.nodeKind)
    nodes = {str(node).removeprefix(SHAPES) for node in SHAPES_GRAPH.objects(shape, SH.node)}
    match field.kind:
        case PartKind(part=part):
            (node,) = nodes
            assert node == f"part-{part.__name__}"
            alternatives = Collection(
                SHAPES_GRAPH, SHAPES_GRAPH.value(URIRef(SHAPES + node), SH["or"])
            )
            asked = [SHAPES_GRAPH.value(item, SH["class"]) for item in alternatives]
            assert URIRef(part.types[0]) in asked
        case kinds.RefKind(targets):
            # What is referred to may be described elsewhere; a source may be any page.
            every = targets in (("Record",), ("Article",))
            assert nodes == (set() if every else {f"ref-{in_words(targets)}"})
        case kinds.ConceptKind() if field.property == ORG.classification:
            schemes = SHAPES_GRAPH.value(shape, SH["or"]) or SHAPES_GRAPH.value(shape, SH.node)
            assert schemes is not None
        case kinds.ConceptKind(scheme):
            assert nodes == {f"scheme-{scheme}"}
        case kinds.ChoiceKind(choices):
            listed = SHAPES_GRAPH.value(shape, SH["in"])
            assert set(Collection(SHAPES_GRAPH, listed)) == {URIRef(iri) for _, iri in choices}
            return
        case kinds.DateKind(time):
            either = Collection(SHAPES_GRAPH, SHAPES_GRAPH.value(shape, SH["or"]))
            names = {str(node).removeprefix(f"{SHAPES}value-") for node in either}
            dates = {"date", "gYearMonth", "gYear"}
            assert names == (dates | {"dateTime"} if time else dates)
            return
        case kinds.ValueKind():
            return
        case kinds.IriKind() | kinds.PropertyKind():
            pass
        case _:
            assert SHAPES_GRAPH.value(shape, SH.datatype) == datatype(field.kind)
            return
    assert node_kind == SH.IRI


def in_words(names: tuple[str, ...]) -> str:
    """How a shape is named for classes: `OrganizationUnitOrWorkshop`."""
    *first, last = names
    return f"{''.join(first)}Or{last}" if first else last


def datatype(kind: kinds.Kind) -> URIRef:
    if isinstance(kind, (kinds.TextKind, kinds.TextsKind)):
        return RDF.langString
    if isinstance(kind, StringKind):
        return XSD.string
    assert isinstance(kind, (kinds.CountKind, kinds.DecimalKind))
    return URIRef(kind.datatype)


def test_every_term_of_ours_is_in_the_model():
    described = {
        str(term)
        for type_ in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
        for term in ONTOLOGY.subjects(RDF.type, URIRef(type_))
        if str(term).startswith(str(ES))
    }
    used = {str(type_) for cls in CLASSES.values() for type_ in cls.types}
    used |= {str(field.property) for _, field in fields()}
    # `operates` is the inverse of a property of the model: input, JSON-LD and queries have it.
    assert described == {term for term in used if term.startswith(str(ES))} | {str(ES.operates)}


def test_every_term_of_others_that_has_a_label_is_used():
    labelled = {
        str(term) for term in ONTOLOGY.subjects(RDFS.label) if not str(term).startswith(CONCEPT)
    }
    used = {str(type_) for cls in CLASSES.values() for type_ in cls.types}
    used |= {str(field.property) for _, field in fields()}
    used |= {str(cls.owner_property) for cls in part_classes().values()}
    for _, field in fields():
        if isinstance(field.kind, kinds.ChoiceKind):
            used |= {str(iri) for _, iri in field.kind.choices}
    # What the hierarchy of our own terms rests on.
    above = (RDFS.subClassOf, RDFS.subPropertyOf)
    used |= {str(term) for predicate in above for term in ONTOLOGY.objects(None, predicate)}
    assert {t for t in labelled if not t.startswith(str(ES))} <= used


def test_every_property_shape_is_of_a_field():
    described = {str(s) for s in SHAPES_GRAPH.subjects(RDF.type, SH.PropertyShape)}
    # A warning is of a rule, not of a field.
    described -= {str(s) for s in SHAPES_GRAPH.subjects(SH.severity, SH.Warning)}
    declared = {str(shape_of(cls, field)) for cls, field in fields()}
    # rdf:subject is said by where a statement stands.
    assert described == declared | {f"{SHAPES}Statement-subject"}


def test_schemes_and_fields_agree():
    asked = {
        field.kind.scheme for _, field in fields() if isinstance(field.kind, kinds.ConceptKind)
    }
    described = {
        str(scheme).removeprefix(CONCEPT)
        for scheme in ONTOLOGY.subjects(RDF.type, SKOS.ConceptScheme)
    }
    assert asked == described == set(concepts.schemes())


def test_notations_are_the_last_segments_of_the_concepts():
    for concept, notation in ONTOLOGY.subject_objects(SKOS.notation):
        scheme = ONTOLOGY.value(concept, SKOS.inScheme)
        assert str(concept) == f"{scheme}/{notation}"
        assert languages(ONTOLOGY, concept, SKOS.prefLabel) == ["en", "pl"]
        assert languages(ONTOLOGY, concept, SKOS.definition) == ["en", "pl"]


def test_a_key_has_one_property_everywhere():
    properties: dict[str, set[str]] = {}
    for _, field in fields():
        properties.setdefault(field.key, set()).add(str(field.property))
    assert {key: found for key, found in properties.items() if len(found) > 1} == {}
    assert properties["legalForm"] == {str(ROV.orgType)}
