"""The dataset as a `Dataset` of schema.org, told from its settings, its downloads and its records.

What it says is what the catalogue says, for those who read no DCAT.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from es_lod.formats import FORMATS
from es_lod.labels import field_label
from es_lod.model import Article, Event, Organization, Unit, Workshop
from es_lod.model.record import Record
from es_lod.namespaces import EU_ACCESS, EU_COUNTRY, LICENCE_PAGES
from es_lod.site import addresses
from es_lod.site.downloads.download import Download
from es_lod.site.edition import Edition
from es_lod.site.facts.extent import period
from es_lod.site.settings import Agent, Settings
from es_lod.site.words import Speaker, Words

_SHORTEST, _LONGEST = 50, 5000
"""How many characters a description has: what Dataset Search takes."""
_COUNTED: Final[Mapping[str, type[Record]]] = {
    "organisations": Organization,
    "units": Unit,
    "workshops": Workshop,
    "events": Event,
    "articles": Article,
}
_WORDS: Final[Words] = {
    "holds": (
        "{title}: {n:rekord|rekordy|rekordów} jako dane połączone według słownika es-lod{counts}.",
        "{title}: {n:record|records} as linked data, described with the terms of es-lod{counts}.",
    ),
    "organisations": (
        "{n:organizacja|organizacje|organizacji}",
        "{n:organisation|organisations}",
    ),
    "units": ("{n:jednostka|jednostki|jednostek}", "{n:unit|units}"),
    "workshops": ("{n:warsztat|warsztaty|warsztatów}", "{n:workshop|workshops}"),
    "events": ("{n:wydarzenie|wydarzenia|wydarzeń}", "{n:event|events}"),
    "articles": ("{n:artykuł|artykuły|artykułów}", "{n:article|articles}"),
    "poland": ("Polska", "Poland"),
}


def described(edition: Edition, downloads: tuple[Download, ...], language: str) -> dict[str, Any]:
    """The node of the dataset, in a language."""
    settings, say = edition.settings, Speaker(language, _WORDS)
    iri, publisher = settings.dataset_iri, _publisher(settings, language)
    node: dict[str, Any] = {
        "@type": "Dataset",
        "@id": iri,
        "identifier": iri,
        "name": settings.title.best(language),
        "description": _description(edition, say),
        "url": settings.url + addresses.page(addresses.DATASET, language),
        "creator": publisher,
        "publisher": publisher,
        "license": LICENCE_PAGES[settings.licence],
        "isAccessibleForFree": True,
        "conditionsOfAccess": str(EU_ACCESS.PUBLIC),
        "inLanguage": list(settings.languages),
        "spatialCoverage": {"@type": "Place", "@id": str(EU_COUNTRY.POL), "name": say("poland")},
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "@id": settings.catalogue_iri,
            "name": settings.title.best(language),
            "url": settings.url + addresses.page(addresses.CATALOGUE, language),
        },
    }
    if words := settings.keywords.get(language) or next(iter(settings.keywords.values()), ()):
        node["keywords"] = list(words)
    if covered := period(edition):
        node["temporalCoverage"] = "/".join(covered)
    if settings.date is not None:
        node |= dict.fromkeys(("version", "datePublished", "dateModified"), str(settings.date))
    node["variableMeasured"] = list(_variables(edition, language))
    node["distribution"] = [_distribution(item, settings.url) for item in downloads]
    if settings.endpoint is not None:
        node["potentialAction"] = _asking(settings.endpoint)
    return node


def _description(edition: Edition, say: Speaker) -> str:
    """The stated description; where it is too short, with what the dataset holds."""
    stated = edition.settings.description
    text = stated.best(say.language) if stated else ""
    if len(text) < _SHORTEST:
        text = f"{text} {_contents(edition, say)}".strip()
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _contents(edition: Edition, say: Speaker) -> str:
    classes = edition.counts.classes
    found = {
        name: sum(count for known, count in classes.items() if issubclass(known, cls))
        for name, cls in _COUNTED.items()
    }
    counts = ", ".join(say(name, n=found[name]) for name in _COUNTED if found[name])
    title = edition.settings.title.best(say.language).rstrip(".")
    counted = f" ({counts})" if counts else ""
    return say("holds", title=title, n=len(edition.dataset), counts=counted)


def _publisher(settings: Settings, language: str) -> dict[str, Any]:
    publisher = settings.publisher
    person = publisher.type == "PrivateIndividual(s)"
    node: dict[str, Any] = {
        "@type": "Person" if person else "Organization",
        "@id": settings.publisher_iri,
    }
    if publisher.name:
        node["name"] = publisher.name.best(language)
    if publisher.homepage:
        node["url"] = publisher.homepage
    if contact := _contact(settings.contact or publisher, language):
        node["contactPoint"] = contact
    return node


def _contact(agent: Agent, language: str) -> dict[str, Any]:
    """How to reach whom to ask; nothing where that is not said."""
    ways = {"email": agent.email, "telephone": agent.telephone}
    said = {key: value for key, value in ways.items() if value}
    named = {"name": agent.name.best(language)} if agent.name else {}
    return {"@type": "ContactPoint", **named, **said} if said else {}


def _distribution(item: Download, url: str) -> dict[str, Any]:
    return {
        "@type": "DataDownload",
        "name": item.name,
        "contentUrl": url + item.path,
        "encodingFormat": item.media_type,
        "contentSize": f"{item.size} B",
        "sha256": item.sha256,
    }


def _asking(endpoint: str) -> dict[str, Any]:
    """How an endpoint is asked.

    https://github.com/ESIPFed/science-on-schema.org/blob/main/guides/Dataset.md#accessing-data-through-a-service-endpoint
    """
    target = {
        "@type": "EntryPoint",
        "urlTemplate": f"{endpoint}?query={{query}}",
        "httpMethod": "GET",
        "contentType": ["application/sparql-results+json", FORMATS["ttl"].media_type],
    }
    asked = {"@type": "PropertyValueSpecification", "valueName": "query", "valueRequired": True}
    return {"@type": "SearchAction", "target": target, "query-input": asked}


def _variables(edition: Edition, language: str) -> Iterator[dict[str, Any]]:
    """The fields that some record states, one for each property, in the order of the model."""
    measured = edition.counts.measured
    for property_ in sorted(measured):
        cls, attribute = measured[property_]
        field = next(field for field in cls.fields() if field.name == attribute)
        name = field_label(cls, field, language)
        yield {"@type": "PropertyValue", "name": name, "propertyID": property_}
