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


def places() -> list[Path]:
    """Where extensions are: files of modules, folders of packages, folders of Turtle files."""
    found: list[Path] = []
    for module in modules():
        found += map(Path, getattr(module, "__path__", None) or [str(module.__file__)])
    return found + [folder for name in _ATTRIBUTE for folder in _folders(name)]


def turtle_files(name: Literal["ontology", "shapes"]) -> list[Path]:
    """All Turtle files of the ontology or the shapes, ours first, then those of extensions."""
    folders = [resources.folder(name), *_folders(name)]
    return [path for folder in folders for path in sorted(folder.rglob("*.ttl"))]


def _folders(name: str) -> list[Path]:
    attribute = _ATTRIBUTE[name]
    return [Path(getattr(found, attribute)) for found in modules() if hasattr(found, attribute)]
