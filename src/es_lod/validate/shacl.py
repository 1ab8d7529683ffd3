"""SHACL: the results of the engine as problems of the records' fields.

https://www.w3.org/TR/shacl/#validation-report
"""

from es_lod.errors import Problem
from es_lod.model import kinds, part_classes, record_classes
from es_lod.model.record import Field
from es_lod.namespaces import SHAPES
from es_lod.validate import engines, shapes
from es_lod.validate.data import Data, ntriples
from es_lod.validate.results import Engine, Result


def results(data: Data, engine: Engine | None = None) -> list[Result]:
    """The results for data, in a fixed order, each once.

    The vocabulary is put beside the data: class hierarchy and concepts that shapes look at.
    """
    data.add(ntriples(shapes.vocabulary()))
    return judged(data, engine)


def judged(data: Data, engine: Engine | None = None) -> list[Result]:
    """The results for data that have the vocabulary in them, as far as shapes look at it."""
    found = set((engine or engines.chosen())(data, shapes.known()))
    return sorted(result for result in found if f"<{result.focus}>" not in data.beside)


def shaped_field(result: Result) -> Field | None:
    """The field that a result speaks of: its shape's name says so, else its path."""
    cls, _, key = result.shape.removeprefix(SHAPES).partition("-")
    classes = {**record_classes(), **part_classes()}
    declared = classes.get(cls)
    if declared is None and cls == "Record":
        declared = record_classes()["Event"]
    if declared is None:
        # A warning is named for its rule; its path is that of one key, whatever the class.
        every = (field for known in classes.values() for field in known.fields())
        return next((field for field in every if field.property == result.path), None)
    field = declared.by_key().get(key.partition("-")[0])
    by_path = (f for f in declared.fields() if f.property == result.path)
    return field or next(by_path, None)


def code(result: Result, field: Field | None) -> str:
    """The code of a result: the one that the model has for the same fault, where it has one.

    What the model does not know, the warnings, have the name of their shape.
    """
    if result.severity == "Warning" and result.shape.startswith(SHAPES):
        return result.shape.removeprefix(SHAPES)
    if result.constraint.endswith("-order"):
        return "end-before-start"
    match result.component:
        case "MinCountConstraintComponent":
            return "missing"
        case "MaxCountConstraintComponent" | "UniqueLangConstraintComponent":
            return "not-one-value"
    if field is None:
        return "shape"
    if result.component == "NodeConstraintComponent" and hasattr(field.kind, "targets"):
        return "wrong-class"
    is_text = isinstance(field.kind, (kinds.TextKind, kinds.TextsKind))
    if is_text and result.component == "DatatypeConstraintComponent":
        return "missing-language"
    return field.kind.code


def severity(result: Result) -> str:
    """`error`, `warning` or `info`."""
    return {"Violation": "error", "Warning": "warning"}.get(result.severity, "info")


def problem(result: Result, record: str | None, path: str | None, field: Field | None) -> Problem:
    """A result as a problem of a record's field; its text is the shape's message."""
    texts = dict(result.message)
    text = {
        "pl": texts.get("pl") or texts.get("en") or result.component,
        "en": texts.get("en") or texts.get("pl") or result.component,
    }
    return Problem(
        code(result, field),
        record,
        path,
        result.value or None,
        params={"shape": text},
        override=severity(result),  # type: ignore[arg-type]
        text=text,
    )
