"""Linked Open Data of the Polish social economy: records, RDF, SHACL.

import es_lod

dataset = es_lod.load("records.yaml")
report = dataset.validate()
dataset.save("records.ttl")
es_lod.publish(dataset, "site.yaml", "site")
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from es_lod.dataset import Dataset
    from es_lod.differences import Difference, difference
    from es_lod.errors import EsLodError, InputError, InvalidData, InvalidRecord, Problem
    from es_lod.model import *  # noqa: F403  # the record classes, as its __all__ lists them
    from es_lod.report import Report
    from es_lod.site.publishing import publish
    from es_lod.solutions import Solutions
    from es_lod.values import PartialDate, Text, Texts

    __version__: str
    load = Dataset.load
    loads = Dataset.loads

__all__ = [  # noqa: F405  # the classes come from es_lod.model
    "Address",
    "AgendaItem",
    "Article",
    "Association",
    "ChurchLegalPerson",
    "Company",
    "ContactPoint",
    "Dataset",
    "Difference",
    "EsLodError",
    "Event",
    "EventSeries",
    "Foundation",
    "Identifier",
    "InputError",
    "InvalidData",
    "InvalidRecord",
    "LegalFormPeriod",
    "LocalGovernment",
    "Node",
    "OccupationalTherapyWorkshop",
    "Organization",
    "Part",
    "PartialDate",
    "ParticipantGroup",
    "Place",
    "Problem",
    "Programme",
    "PublicBody",
    "Record",
    "RegulatedRole",
    "Report",
    "Service",
    "SocialCooperative",
    "SocialIntegrationCentre",
    "SocialIntegrationClub",
    "Solutions",
    "Statement",
    "StatusGrant",
    "SupportCentre",
    "Text",
    "Texts",
    "Unit",
    "VocationalActivityEstablishment",
    "Workshop",
    "difference",
    "load",
    "loads",
    "publish",
]

_HOMES = {
    "Dataset": "dataset",
    "Difference": "differences",
    "EsLodError": "errors",
    "InputError": "errors",
    "InvalidData": "errors",
    "InvalidRecord": "errors",
    "PartialDate": "values",
    "Problem": "errors",
    "Report": "report",
    "Solutions": "solutions",
    "Text": "values",
    "Texts": "values",
    "difference": "differences",
    "publish": "site.publishing",
}


def __getattr__(name: str) -> Any:
    """Names are imported when first used: `es-lod --help` needs none of them."""
    from importlib import import_module, metadata

    if name == "__version__":
        return metadata.version("es-lod")
    if name in ("load", "loads"):
        value = getattr(import_module("es_lod.dataset").Dataset, name)
    elif name in __all__:
        value = getattr(import_module(f"es_lod.{_HOMES.get(name, 'model')}"), name)
    else:
        raise AttributeError(f"module 'es_lod' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
