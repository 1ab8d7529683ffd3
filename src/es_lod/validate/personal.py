"""Personal data in records, in the trees that they are read from, and in triples.

A PESEL is an error wherever it stands, and what holds one is not written. A person's e-mail
address or name in a contact is a warning.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from es_lod.errors import Location, Path, Problem, key_path
from es_lod.iris import relative
from es_lod.model import Node, kinds
from es_lod.model.fields import PartKind
from es_lod.model.parts import ContactPoint
from es_lod.namespaces import SDO, prefixed
from es_lod.personal import holds_pesel, is_personal_email, names_person
from es_lod.rdf.graph import Graph
from es_lod.readers.entries import Entry, Tree
from es_lod.readers.origins import Built

if TYPE_CHECKING:
    from es_lod.validate.within import Told

TELEPHONES = ("telephone", "faxNumber")
_NUMBERS = (kinds.CountKind, kinds.DecimalKind, kinds.DateKind, PartKind)


def in_record(told: "Told", nodes: Iterable[tuple[Path, Node]]) -> Iterator[Problem]:
    """Personal data in a record, given with the nodes within it.

    What was read is searched for PESEL numbers as it was written: see `in_entry`.
    """
    for steps, node in nodes:
        if told.origin is None:
            for key in _keys_with_pesel(node):
                yield told.problem("pesel", (*steps, key))
        if isinstance(node, ContactPoint):
            if node.email and is_personal_email(node.email):
                yield told.problem("personal-email", (*steps, "email"), node.email)
            if node.contact_type and names_person(node.contact_type):
                yield told.problem("person-in-contact", (*steps, "contactType"), node.contact_type)


def _keys_with_pesel(node: Node) -> Iterator[str]:
    if holds_pesel(str(getattr(node, "id", None))):
        yield "id"
    for field in type(node).fields():
        if not isinstance(field.kind, _NUMBERS) and any(
            map(holds_pesel, _strings(getattr(node, field.name)))
        ):
            yield field.key


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _strings(tuple(value.values()))
    elif isinstance(value, tuple):
        for item in value:
            yield from _strings(item)


def in_entry(entry: Entry, built: Iterable[Built], base: str) -> list[Problem]:
    """Each PESEL in what an entry says: in values, unknown keys and nested records too.

    `base` begins the IRI of each record.
    """
    ids: dict[Path, str | None] = {item.origin.path: item.record.id for item in built}
    found = []
    if holds_pesel(base):
        found.append(Problem("pesel", field="base", location=entry.locate(entry.path, False)))
    for path, record, at_key in _places(entry.tree, (), ()):
        place = entry.locate((*entry.path, *path), at_key)
        field = key_path(path[len(record) :])
        found.append(Problem("pesel", ids.get(record), field, location=place))
    return found


def _places(tree: Tree, path: Path, record: Path) -> Iterator[tuple[Path, Path, bool]]:
    """Where a PESEL stands: its path, that of the record around it, whether it is in the key."""
    if isinstance(tree, dict):
        record = path if "type" in tree else record
        for key, value in tree.items():
            if holds_pesel(str(key)):
                yield (*path, key), record, True
            yield from _places(value, (*path, key), record)
    elif isinstance(tree, list):
        for i, item in enumerate(tree):
            yield from _places(item, (*path, i), record)
    elif tree is not None:
        word = "tel. " if path and path[-1] in TELEPHONES else ""
        if holds_pesel(f"{word}{tree}"):
            yield path, record, False


def in_left_over(graph: Graph, base: str, place: Location) -> Iterator[Problem]:
    """Personal data in the triples that no record carries, and in the names of graphs."""
    contact = str(SDO.ContactPoint)
    for quad in graph.left_over():
        subject = str(getattr(quad.subject, "value", quad.subject))
        told = Problem("pesel", relative(subject, base), prefixed(quad.predicate.value))
        if is_clean(quad):
            name = quad.object.value if isinstance(quad.object, Literal) else ""
            is_name = quad.predicate.value == SDO.name and contact in graph.types(quad.subject)
            if is_name and names_person(f"p. {name}"):
                yield replace(told, code="person-in-contact", value=name, location=place)
        else:
            yield told.at(place)
    if any(holds_pesel(str(name)) for name in graph.graph_names):
        yield Problem("pesel", location=place)


def is_clean(quad: Quad) -> bool:
    """Whether no PESEL stands in a quad."""
    terms = (quad.subject, quad.predicate, quad.object, quad.graph_name)
    return not any(
        holds_pesel(term.value) for term in terms if isinstance(term, (NamedNode, Literal))
    )
