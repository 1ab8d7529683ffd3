"""The tables of `shapes/`: which lines of a valid file change, and what that gives.

Most rows derive from the model: each field, by its kind, takes the rows of `values.txt`, each
period those of `periods.txt`. What is special to a class stands in `<Class>.txt`, what the law has
to say in `<Class>-law.txt`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import NamedNode, Triple, parse

from es_lod import labels
from es_lod.model import Field, Node, Record, find, kinds, part_classes, record_classes, strings
from es_lod.model.concepts import schemes
from es_lod.model.fields import PartKind
from es_lod.namespaces import CONCEPT, RDF, SHAPES, expanded

FOLDER = Path(__file__).parent / "shapes"

_SECTIONS = {
    kinds.TextKind: "text",
    kinds.TextsKind: "text",
    kinds.CountKind: "count",
    kinds.ConceptKind: "concept",
    kinds.ChoiceKind: "choice",
    kinds.RefKind: "ref",
    kinds.PropertyKind: "property",
    kinds.ValueKind: "value",
    PartKind: "part",
    strings.StringKind: "string",
    strings.KrsKind: "krs",
    strings.NipKind: "nip",
    strings.RegonKind: "regon",
    strings.TercKind: "terc",
    strings.PostcodeKind: "postcode",
    strings.PhoneKind: "phone",
    strings.EmailKind: "email",
    strings.LanguageKind: "language",
    strings.CountryKind: "country",
}


@dataclass(frozen=True)
class Expected:
    """A result: local name of the shape or `sh:sparql` constraint, component, severity, path.

    `path` as written; `told` says that the result names the value that stands there. Rows of a
    class's own tables leave both open.
    """

    shape: str
    component: str
    severity: str = "Violation"
    path: str | None = None
    told: bool = False


@dataclass(frozen=True)
class Row:
    """The lines of a class's valid file that change, predicate → values in Turtle."""

    cls: str
    lines: tuple[tuple[str, str], ...]
    expected: Expected | None = None


@cache
def classes() -> Mapping[str, type[Node]]:
    """Each class that has a valid file."""
    every: dict[str, type[Node]] = {**record_classes(), **part_classes()}
    return {name: cls for name, cls in every.items() if (FOLDER / f"{name}.ttl").exists()}


@cache
def valid_files() -> Mapping[str, list[Triple]]:
    """Class → the triples of its valid file, all of one subject."""
    return {name: triples(f"{name}.ttl") for name in classes()}


def triples(name: str) -> list[Triple]:
    """The triples of a file of the folder."""
    return [quad.triple for quad in parse(path=str(FOLDER / name))]


def thing(cls: str) -> NamedNode:
    """What the valid file of a class describes."""
    return valid_files()[cls][0].subject


def another(part: str) -> NamedNode:
    """A second part, said to be the same as in the valid file."""
    return NamedNode(f"{thing(part).value}-2")


def rows() -> Iterator[Row]:
    """All rows. A class's own row stands in place of a derived one with the same lines."""
    for name, cls in classes().items():
        own = list(_own(name))
        told = {_written(row) for row in own}
        derived = [row for item in cls.fields() for row in _of_field(name, cls, item)]
        derived += [row for period in cls.periods for row in _of_period(name, cls, *period)]
        yield from (row for row in derived if _written(row) not in told)
        yield from own


def _written(row: Row) -> tuple[tuple[str, str], ...]:
    return tuple((predicate_iri(predicate), value) for predicate, value in row.lines)


def predicate_iri(written: str) -> str:
    """The IRI of a predicate as a row has it: `a`, a prefixed name, an IRI in angle brackets."""
    return RDF.type if written == "a" else expanded(written.strip("<>"))


def _of_field(name: str, cls: type[Node], item: Field) -> Iterator[Row]:
    shape = (labels.shape_iri(cls, item) or "").removeprefix(SHAPES)
    path = f"<{item.property}>"

    def row(value: str, component: str, *, told: bool = False) -> Row:
        expected = (
            Expected(shape, component, path=path, told=told) if component != "valid" else None
        )
        return Row(name, ((path, value),), expected)

    values = list(_values(item))
    for value, component in values:
        yield row(value, component, told=True)
    if item.required:
        yield row("", "MinCount")
    stated = str(next(t.object for t in valid_files()[name] if t.predicate.value == item.property))
    if isinstance(item.kind, (kinds.TextKind, kinds.TextsKind)):
        one = isinstance(item.kind, kinds.TextKind)
        yield row(f'{stated} , "inaczej"@pl', "UniqueLang" if one else "valid")
        yield row(f'{stated} , "otherwise"@en', "valid")
    else:
        more = next(value for value, outcome in values if outcome == "valid" and value != stated)
        yield row(f"{stated} , {more}", "MaxCount" if item.count() in "1?" else "valid")


def _values(item: Field) -> Iterator[tuple[str, str]]:
    """What may stand in a field, and what may not with the component that reports it."""
    kind = item.kind
    for value, outcome in _sections()[_section(kind)]:
        if not (isinstance(kind, kinds.ConceptKind) and value.startswith(f"{kind.scheme}:")):
            yield value, outcome
    match kind:
        case kinds.ConceptKind(scheme):
            some = sorted(schemes()[scheme])[:2]
            yield from ((f"<{CONCEPT}{scheme}/{notation}>", "valid") for notation in some)
        case kinds.ChoiceKind(choices):
            yield from ((f"<{iri}>", "valid") for _, iri in choices)
        case kinds.RefKind(targets):
            wanted = tuple(cls for target in targets if (cls := find(target)))
            # Any page may be a source, and an article may be about anything.
            anything = targets in (("Record",), ("Article",))
            for name, cls in classes().items():
                if issubclass(cls, Record):
                    fits = anything or issubclass(cls, wanted)
                    yield str(thing(name)), "valid" if fits else "Node"
        case PartKind(part):
            name = part.__name__
            yield str(another(name)), "valid"
            yield str(thing("Event")), "Node"
            yield str(thing("Place" if name == "Address" else "Address")), "Node"


def _section(kind: kinds.Kind) -> str:
    match kind:
        case kinds.DateKind(time):
            return "datetime" if time else "date"
        case kinds.DecimalKind(low, high):
            return f"decimal {low} {high}"
        case kinds.IriKind(web):
            return "web address" if web else "iri"
    return _SECTIONS[type(kind)]


def _of_period(name: str, cls: type[Node], start: str, end: str) -> Iterator[Row]:
    by_name = {item.name: item for item in cls.fields()}
    first, last = by_name[start], by_name[end]
    one, other = f"<{first.property}>", f"<{last.property}>"
    expected = {
        "order": Expected(f"{name}-{last.key}-order", "SPARQL", path=other, told=True),
        "start": Expected(f"{name}-{first.key}", "Or", path=one, told=True),
        "end": Expected(f"{name}-{last.key}", "Or", path=other, told=True),
    }
    timed = getattr(first.kind, "time", False)
    for begins, ends, outcome in _cells("periods.txt"):
        if timed or "dateTime" not in begins + ends:
            yield Row(name, ((one, begins), (other, ends)), expected.get(outcome))


def _own(name: str) -> Iterator[Row]:
    for line in (line for path in _tables(name) for line in _lines(path)):
        changes, outcome = re.split(r"\s+=>\s+", line)
        lines = [change.partition(" ")[::2] for change in re.split(r"\s+;\s+", changes)]
        expected = None if outcome == "valid" else Expected(*outcome.split())
        yield Row(name, tuple(lines), expected)


def _tables(name: str) -> list[str]:
    """The tables of a class: `Event.txt`, `Event-law.txt`."""
    return sorted(path.name for path in FOLDER.glob("*.txt") if path.stem.split("-")[0] == name)


@cache
def _sections() -> Mapping[str, list[tuple[str, str]]]:
    """Section of values.txt → its rows: a value as it is written, and what reports it."""
    found: dict[str, list[tuple[str, str]]] = {}
    section = ""
    for value, *outcome in _cells("values.txt"):
        if outcome:
            found[section].append((value, outcome[0]))
        elif value.startswith("["):
            section = value.strip("[]")
            found[section] = []
        else:
            found[section] += found[value.removeprefix("@")]
    return found


def _cells(name: str) -> Iterator[list[str]]:
    return (re.split(r"\s{2,}", line) for line in _lines(name))


def _lines(name: str) -> list[str]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]
