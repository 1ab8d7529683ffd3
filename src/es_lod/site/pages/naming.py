"""What classes and fields are called on pages."""

from functools import cache, lru_cache

from es_lod.labels import class_label, field_label
from es_lod.model import Node, Record
from es_lod.model.fields import PartKind
from es_lod.site.pages.spelling import capitalised


@cache
def kind(cls: type[Record], language: str) -> str:
    """What a class is called, at the beginning of a line."""
    return capitalised(class_label(cls, language))


@lru_cache(maxsize=1024)
def path_label(cls: type[Node], path: tuple[str, ...], language: str) -> str:
    """The label of a field, within a part after that of the part: `punkty programu: pokazuje`."""
    labels = []
    for key in path:
        field = cls.by_key()[key]
        labels.append(field_label(cls, field, language))
        cls = field.kind.part if isinstance(field.kind, PartKind) else cls
    return ": ".join(labels)
