"""What changed between two datasets: records added, removed, and changed field by field.

Records are the same where their absolute IRI is; parts where their owner and fragment are.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pyoxigraph import CanonicalizationAlgorithm
from pyoxigraph import Dataset as Quads

from es_lod.dataset import Dataset
from es_lod.iris import relative, resolve
from es_lod.labels import class_label, concept_label, field_label
from es_lod.messages import Number
from es_lod.messages.message import LANGUAGES
from es_lod.model import Node, Part, Record, kinds, record_classes
from es_lod.model.fields import Field, PartKind
from es_lod.report import printable
from es_lod.values import Text

Values = tuple[str, ...]
_NOTHING: Final = "–"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field whose values differ.

    `path` is a key path; a part in a list stands in it by its fragment
    (`agenda[agenda-dyskusja].name`). `language` is that of a text, or nothing. `before` and `after`
    are the values as documents write them: what is in both is left out of a field of several.
    """

    path: str
    field: Field
    owner: type[Node]
    language: str | None
    before: Values
    after: Values

    def to_json(self) -> dict[str, object]:
        """The change as `{field, label, language, before, after}`."""
        return {
            "field": self.path,
            "label": {tag: field_label(self.owner, self.field, tag) for tag in LANGUAGES},
            "language": self.language,
            "before": list(self.before),
            "after": list(self.after),
        }


@dataclass(frozen=True, slots=True)
class RecordChange:
    """A record that is in one dataset only (`added`, `removed`), or in both and `changed`.

    `record` is its id, or its IRI where it is outside the base. A record whose class differs has
    both class names in `types`.
    """

    change: str
    record: str
    types: tuple[str, ...]
    name: Text
    fields: tuple[FieldChange, ...] = ()

    def to_json(self) -> dict[str, object]:
        """The change as `{change, record, type, name, fields}`."""
        return {
            "change": self.change,
            "record": self.record,
            "type": self.types[-1],
            "formerType": self.types[0] if len(self.types) > 1 else None,
            "name": dict(self.name),
            "fields": [change.to_json() for change in self.fields],
        }


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed, in the order of the new dataset, what is gone last.

    `triples` are the counts of triples outside the model that were added and removed.
    """

    records: tuple[RecordChange, ...]
    triples: tuple[int, int]
    names: Mapping[str, Text] = field(default_factory=dict)
    """What the records of both datasets are called, by id: for the text."""

    def __bool__(self) -> bool:
        return bool(self.records) or any(self.triples)

    def to_json(self) -> str:
        """A JSON object `{records, triples: {added, removed}}`."""
        added, removed = self.triples
        tree = {
            "records": [change.to_json() for change in self.records],
            "triples": {"added": added, "removed": removed},
        }
        return json.dumps(tree, ensure_ascii=False, indent=2) + "\n"

    def to_text(self, language: str = "en") -> str:
        """The changes in words, `pl` or `en`: a line a record and one a field, then the counts."""
        words = _WORDS[language]
        lines = []
        for change in self.records:
            types = " → ".join(class_label(record_classes()[t], language) for t in change.types)
            name = change.name.best(language)
            lines.append(f"{words[change.change]}: {types} “{name}” ({change.record})")
            lines += [f"    {self._told(item, language)}" for item in change.fields]
        counts: dict[str, Any] = {
            kind: Number(sum(change.change == kind for change in self.records))
            for kind in ("added", "removed", "changed")
        }
        more, fewer = map(Number, self.triples)
        if more or fewer:
            lines.append(words["triples"].format(added=more, removed=fewer))
        lines.append(words["summary"].format(**counts) if self else words["same"])
        return "".join(f"{_quoted(printable(line), language)}\n" for line in lines)

    def _told(self, change: FieldChange, language: str) -> str:
        label = field_label(change.owner, change.field, language)
        tag = f", {change.language}" if change.language else ""
        before, after = (
            "; ".join(self._worded(change.field.kind, value, language) for value in values)
            for values in (change.before, change.after)
        )
        return f"{label} ({change.path}{tag}): {before or _NOTHING} → {after or _NOTHING}"

    def _worded(self, kind: kinds.Kind, value: str, language: str) -> str:
        if isinstance(kind, kinds.ConceptKind):
            return concept_label(kind.scheme, value, language)
        if isinstance(kind, kinds.RefKind) and value in self.names:
            return f"“{self.names[value].best(language)}” ({value})"
        return value


_WORDS: Final = {
    "pl": {
        "added": "+ dodano",
        "removed": "- usunięto",
        "changed": "~ zmieniono",
        "same": "Nic się nie zmieniło.",
        "summary": (
            "Dodano {added:rekord|rekordy|rekordów}, usunięto {removed:rekord|rekordy|rekordów}, "
            "zmieniono {changed:rekord|rekordy|rekordów}."
        ),
        "triples": (
            "Poza modelem dodano {added:trójkę|trójki|trójek} RDF, "
            "usunięto {removed:trójkę|trójki|trójek}."
        ),
    },
    "en": {
        "added": "+ added",
        "removed": "- removed",
        "changed": "~ changed",
        "same": "Nothing changed.",
        "summary": (
            "Added {added:record|records}, removed {removed:record|records}, "
            "changed {changed:record|records}."
        ),
        "triples": (
            "Outside the model {added:triple|triples} of RDF added, "
            "{removed:triple|triples} removed."
        ),
    },
}


def _quoted(text: str, language: str) -> str:
    return text.replace("“", "„") if language == "pl" else text


def difference(old: Dataset, new: Dataset) -> Difference:
    """What changed from one dataset to another.

    A record is named by its id where it is in the base of the new dataset.
    """
    before, after = _by_iri(old), _by_iri(new)
    changes = [
        change
        for iri, record in after.items()
        if (change := _compared(relative(iri, new.base), before.get(iri), record)) is not None
    ]
    changes += [
        _whole("removed", relative(iri, new.base), record)
        for iri, record in before.items()
        if iri not in after
    ]
    gone, come = _canonical(old), _canonical(new)
    every = (record for dataset in (old, new) for record in dataset)
    names = {str(record.id): getattr(record, record.title) for record in every}
    return Difference(tuple(changes), (len(come - gone), len(gone - come)), names)


def _by_iri(dataset: Dataset) -> dict[str, Record]:
    return {resolve(str(record.id), dataset.base): record for record in dataset}


def _canonical(dataset: Dataset) -> set[object]:
    """The triples outside the model; blank nodes have the names of RDFC-1.0."""
    quads = Quads(dataset.left_over)
    quads.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return set(quads)


def _whole(change: str, id_: str, record: Record) -> RecordChange:
    return RecordChange(change, id_, (type(record).__name__,), getattr(record, record.title))


def _compared(id_: str, old: Record | None, new: Record) -> RecordChange | None:
    if old is None:
        return _whole("added", id_, new)
    types = tuple(dict.fromkeys((type(old).__name__, type(new).__name__)))
    fields = tuple(_changes(old, new))
    if len(types) == 1 and not fields:
        return None
    return RecordChange("changed", id_, types, getattr(new, new.title), fields)


_Leaf = tuple[Field, type[Node], Values]


def _changes(old: Record, new: Record) -> Iterator[FieldChange]:
    before, after = dict(_leaves(old)), dict(_leaves(new))
    for key in {**after, **before}:
        field_, owner, _ = after.get(key) or before[key]
        was, now = (leaves.get(key, (None, None, ()))[2] for leaves in (before, after))
        gone = tuple(value for value in was if value not in now)
        come = tuple(value for value in now if value not in was)
        if gone or come:
            path, language = key
            yield FieldChange(path, field_, owner, language, gone, come)


def _leaves(node: Node, prefix: str = "") -> Iterator[tuple[tuple[str, str | None], _Leaf]]:
    """The values of a record and its parts by key path and language."""
    for field_ in type(node).fields():
        value = getattr(node, field_.name)
        path = f"{prefix}{field_.key}"
        if value is None or value == ():
            continue
        if isinstance(field_.kind, PartKind):
            for part in value if field_.many else (value,):
                step = f"{path}[{part.fragment(field_)}]" if field_.many else path
                yield from _part(part, step, field_, type(node))
        elif isinstance(value, Mapping):
            for language, text in value.items():
                texts = (text,) if isinstance(text, str) else tuple(text)
                yield (path, language), (field_, type(node), texts)
        else:
            values = value if isinstance(value, tuple) else (value,)
            yield (path, None), (field_, type(node), tuple(map(str, values)))


def _part(
    part: Part, path: str, field_: Field, owner: type[Node]
) -> Iterator[tuple[tuple[str, str | None], _Leaf]]:
    inner = list(_leaves(part, f"{path}."))
    # A part without any value is there all the same.
    yield from inner or [((path, None), (field_, owner, ("",)))]
