"""Extensions: packages of others that add classes, fields, terms and shapes.

An extension names a module under the entry point group `es_lod.extensions`. Importing it
registers its record classes; its attributes `ONTOLOGY` and `SHAPES`, where it has them, are
folders (`pathlib.Path`) of Turtle files that are loaded beside ours.
"""

from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType
from typing import Literal

from es_lod import resources

_ATTRIBUTE = {"ontology": "ONTOLOGY", "shapes": "SHAPES"}


@cache
def modules() -> tuple[ModuleType, ...]:
    """The modules of all installed extensions, by the name of their entry point."""
    found = sorted(entry_points(group="es_lod.extensions"), key=lambda entry: entry.name)
    return tuple(entry.load() for entry in found)


def turtle_files(name: Literal["ontology", "shapes"]) -> list[Path]:
    """All Turtle files of the ontology or the shapes, ours first, then those of extensions."""
    folders = [resources.folder(name)]
    folders += [
        Path(getattr(module, _ATTRIBUTE[name]))
        for module in modules()
        if hasattr(module, _ATTRIBUTE[name])
    ]
    return [path for folder in folders for path in sorted(folder.rglob("*.ttl"))]
