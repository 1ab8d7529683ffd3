"""Where the files that ship with the library are: the ontology, the shapes, the named queries.

They stand once in the project, at its top level; a wheel carries a copy in ``es_lod/data``.
"""

from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parent.parent
_PLACES = {
    "ontology": (_PACKAGE / "data" / "ontology", _CHECKOUT / "ontology"),
    "shapes": (_PACKAGE / "data" / "shapes", _CHECKOUT / "shapes"),
    "queries": (_PACKAGE / "data" / "queries", _CHECKOUT / "examples" / "queries"),
}


def folder(name: Literal["ontology", "shapes", "queries"]) -> Path:
    """Return the folder of the Turtle files (``ontology``, ``shapes``) or of the SPARQL files.

    Looks in the installed package, then in the checkout that the package runs from. The package
    must lie unpacked on a disk: a zip archive on the import path is not supported.

    Raises FileNotFoundError, naming both places, if the folder is in neither: the installation
    is broken.
    """
    for place in _PLACES[name]:
        if place.is_dir():
            return place
    tried = " or ".join(str(place) for place in _PLACES[name])
    raise FileNotFoundError(f"es-lod is incompletely installed: no folder {tried}")
