"""Linked Open Data of the Polish social economy: records, RDF, SHACL.

import es_lod

dataset = es_lod.load("records.yaml")
report = dataset.validate()
dataset.save("records.ttl")
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from es_lod.dataset import Dataset
    from es_lod.errors import EsLodError as EsLodError
    from es_lod.errors import InputError as InputError
    from es_lod.errors import InvalidData as InvalidData
    from es_lod.errors import InvalidRecord as InvalidRecord
    from es_lod.errors import Problem as Problem
    from es_lod.model import *  # noqa: F403  # the record classes, as its __all__ lists them
    from es_lod.report import Report as Report
    from es_lod.values import PartialDate as PartialDate
    from es_lod.values import Text as Text
    from es_lod.values import Texts as Texts

    __version__: str
    load = Dataset.load
    loads = Dataset.loads

_HOMES = {
    "Dataset": "dataset",
    "EsLodError": "errors",
    "InputError": "errors",
    "InvalidData": "errors",
    "InvalidRecord": "errors",
    "PartialDate": "values",
    "Problem": "errors",
    "Report": "report",
    "Text": "values",
    "Texts": "values",
}


def __getattr__(name: str) -> Any:
    """Names are imported when first used: `es-lod --help` needs none of them."""
    from importlib import import_module, metadata

    if name == "__version__":
        return metadata.version("es-lod")
    if name in ("load", "loads"):
        value = getattr(import_module("es_lod.dataset").Dataset, name)
    elif name in _HOMES:
        value = getattr(import_module(f"es_lod.{_HOMES[name]}"), name)
    elif name[:1].isupper() and name in (model := import_module("es_lod.model")).__all__:
        value = getattr(model, name)
    else:
        raise AttributeError(f"module 'es_lod' has no attribute {name!r}")
    globals()[name] = value
    return value
