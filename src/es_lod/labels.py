"""Names for people: labels of classes from the ontology, of fields from the shapes."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from pyoxigraph import Literal, NamedNode, parse

from es_lod import extensions
from es_lod.messages.message import LANGUAGES
from es_lod.model import part_classes, record_classes
from es_lod.model.concepts import concept_iri, notation_of
from es_lod.model.kinds import ChoiceKind
from es_lod.model.record import Field, Node, PartKind, Record
from es_lod.namespaces import DCT, RDFS, SH, SHAPES, SKOS

_Texts = dict[str, dict[str, str]]


@cache
def _texts(name: str, predicate: str) -> Mapping[str, Mapping[str, str]]:
    found: _Texts = {}
    wanted = NamedNode(predicate)
    for path in extensions.turtle_files(name):  # type: ignore[arg-type]
        for quad in parse(path=str(path)):
            if quad.predicate == wanted and isinstance(quad.object, Literal):
                texts = found.setdefault(str(quad.subject.value), {})
                texts[quad.object.language or "en"] = quad.object.value
    return found


def vocabulary_title(iri: str) -> Mapping[str, str]:
    """What a vocabulary is called, by language."""
    return _texts("ontology", DCT.title)[iri]


@cache
def class_label(cls: type[Node], language: str) -> str:
    """The label of a class: `spółdzielnia socjalna`; its name where there is none."""
    return _texts("ontology", RDFS.label).get(own_type(cls), {}).get(language, cls.__name__)


def class_names(cls: type[Node]) -> tuple[str, ...]:
    """All that a class is called: its name, and its label in each language."""
    return (cls.__name__, *(class_label(cls, tag) for tag in LANGUAGES))


def class_of_word(word: str) -> str | None:
    """The name of the record class that people call so: by its label, or as `CIS` and `OPS`."""
    for name, cls in record_classes().items():
        if word.casefold() in (class_label(cls, tag).casefold() for tag in LANGUAGES):
            return name
    kind = notation_of("entity-kind", word) or ""
    name = "".join(part.capitalize() for part in kind.split("-"))
    if name in record_classes():
        return name
    return "PublicBody" if notation_of("public-body", word) else None


def class_definition(cls: type[Node], language: str) -> str:
    """The definition of a class in the ontology, or nothing where it has none."""
    return _texts("ontology", SKOS.definition).get(own_type(cls), {}).get(language, "")


@cache
def own_type(cls: type[Node]) -> str:
    """The type that names a class: its first, but where another class begins with that, too.

    A unit is a `schema:Organization` first, as an organisation is.
    """
    classes = (*record_classes().values(), *part_classes().values())
    others = {other.types[0] for other in classes if other is not cls}
    return next((type_ for type_ in cls.types if type_ not in others), cls.types[0])


def concept_label(scheme: str, notation: str, language: str) -> str:
    """The label of a concept: `wizyta studyjna`; its notation where there is none."""
    labels = _texts("ontology", SKOS.prefLabel).get(concept_iri(scheme, notation), {})
    return labels.get(language, notation)


def choice_label(kind: ChoiceKind, word: str, language: str) -> str:
    """The label of a word of an enumeration: `odwołane`; the word itself where there is none."""
    iri = dict(kind.choices).get(word, "")
    return _texts("ontology", RDFS.label).get(iri, {}).get(language, word)


def field_label(cls: type[Node], field: Field, language: str) -> str:
    """The label of a field: `data rozpoczęcia`; its key where there is none."""
    return _of_field(cls, field.key, SH.name).get(language, field.key)


def naming_words(cls: type[Record], language: str) -> str:
    """What an id of a class is made from, in words: `nazwa, miejscowość`."""
    words = []
    for name in cls.naming:
        node: type[Node] = cls
        field: Field | None = None
        for step in name.rstrip("?").split("."):
            field = next((f for f in node.fields() if f.name == step), None)
            node = field.kind.part if field and isinstance(field.kind, PartKind) else node
        other = _NAMING.get(name, {}).get(language, name)
        words.append(field_label(node, field, language) if field else other)
    return ", ".join(words)


_NAMING: Final = {
    "type": {"pl": "typ", "en": "type"},
    "container": {"pl": "jednostka", "en": "unit"},
}


def field_description(cls: type[Node], field: Field, language: str) -> str:
    """What to write into a field, in one sentence."""
    return _of_field(cls, field.key, SH.description).get(language, "")


def shape_iri(cls: type[Node], field: Field) -> str | None:
    """The property shape of a field: that of the class, else of the nearest parent with one."""
    return _shape_iri(cls, field.key)


def _shape_iri(cls: type[Node], key: str) -> str | None:
    named = _texts("shapes", SH.name)
    shapes = (f"{SHAPES}{base.__name__}-{key}" for base in cls.__mro__)
    return next((shape for shape in shapes if shape in named), None)


@cache
def _of_field(cls: type[Node], key: str, predicate: str) -> Mapping[str, str]:
    return _texts("shapes", predicate).get(_shape_iri(cls, key) or "", {})


def shape_messages(severity: str) -> Mapping[str, Mapping[str, str]]:
    """The messages of the shapes of a severity (`Warning`), by the name of the shape.

    That of a `sh:sparql` constraint is the shape's that has it.
    """
    messages = _texts("shapes", SH.message)
    wanted, severe, constraint = (NamedNode(SH[name]) for name in (severity, "severity", "sparql"))
    found: dict[str, Mapping[str, str]] = {}
    for path in extensions.turtle_files("shapes"):
        quads = list(parse(path=str(path)))
        shapes = [q.subject for q in quads if q.predicate == severe and q.object == wanted]
        of = {q.subject: q.object for q in quads if q.predicate == constraint}
        for shape in shapes:
            texts = messages.get(shape.value) or messages.get(of[shape].value, {})
            found[shape.value.removeprefix(SHAPES)] = texts
    return found
