"""The manifest of the service: what it offers, and where.

https://reconciliation-api.github.io/specs/0.2/#service-manifest
"""

from importlib.metadata import version
from typing import Any, Final

from es_lod.namespaces import ES
from es_lod.server.reconcile.properties import basic_types, described_type
from es_lod.server.reconcile.reading import BATCH
from es_lod.site import addresses
from es_lod.site.settings import Settings
from es_lod.site.words import Speaker, Words

NAME: Final = "reconcile"
"""The last part of the service's address."""
SUGGESTED: Final = ("entity", "property", "type")
"""What the service suggests while one types."""
WIDTH: Final = 400
HEIGHT: Final = 200
"""The size of a preview, in pixels."""

_WORDS: Final[Words] = {
    "limit": ("Najwięcej wartości", "Most values"),
    "limit-help": (
        "Ile wartości wziąć z każdego rekordu; 0 to wszystkie.",
        "How many values to take of each record; 0 takes all.",
    ),
    "content": ("Pojęcia i wybory jako", "Concepts and choices as"),
    "content-help": (
        "Nazwa dla ludzi albo kod, taki jak w plikach z danymi.",
        "A name for people, or the code that data files have.",
    ),
    "label": ("nazwa", "name"),
    "code": ("kod", "code"),
}


def manifest(settings: Settings, base: str, url: str, language: str) -> dict[str, Any]:
    """The manifest in a language.

    `url` is where the service is reached, without a slash at its end; all that it leads to lies on
    the same server.
    """
    site = url.removesuffix(NAME)
    dataset = site + addresses.page(addresses.DATASET, language)
    return {
        "versions": ["0.2"],
        "name": settings.title.best(language),
        "identifierSpace": base,
        "schemaSpace": str(ES),
        "documentation": dataset,
        "serviceVersion": version("es-lod"),
        "logo": site + "logo.svg",
        "defaultTypes": [described_type(cls, language) for cls in basic_types()],
        "view": {"url": site + addresses.thing("{{id}}")},
        "preview": {
            "url": f"{url}/{language}/preview?id={{{{id}}}}",
            "width": WIDTH,
            "height": HEIGHT,
        },
        "suggest": {
            what: {
                "service_url": url,
                "service_path": f"/{language}/suggest/{what}",
                "flyout_service_url": url,
                "flyout_service_path": f"/{language}/flyout/{what}?id=${{id}}",
            }
            for what in SUGGESTED
        },
        "extend": {
            "propose_properties": {
                "service_url": url,
                "service_path": f"/{language}/extend/propose",
            },
            "property_settings": _settings(language),
        },
        "batchSize": BATCH,
    }


def _settings(language: str) -> list[dict[str, Any]]:
    """What can be set for each property whose values are fetched."""
    say = Speaker(language, _WORDS)
    return [
        {
            "name": "limit",
            "type": "number",
            "default": 0,
            "label": say("limit"),
            "help_text": say("limit-help"),
        },
        {
            "name": "content",
            "type": "select",
            "default": "label",
            "label": say("content"),
            "help_text": say("content-help"),
            "choices": [{"value": value, "name": say(value)} for value in ("label", "code")],
        },
    ]
