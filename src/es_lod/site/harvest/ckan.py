"""What dane.gov.pl reads from a CKAN: the answer of `package_search`, with one package.

https://docs.ckan.org/en/latest/api/
"""

import json
import re
import uuid
from collections.abc import Iterator
from typing import Any, Final

from es_lod.iris import slug
from es_lod.namespaces import LICENCE_PAGES
from es_lod.site.addresses import CKAN
from es_lod.site.downloads.download import Download
from es_lod.site.edition import Edition, File
from es_lod.site.harvest.danegov import MAX_DESCRIPTION, MAX_TITLE, keywords
from es_lod.site.harvest.distributions import (
    LICENCE_TITLES,
    description,
    plain,
    shortened,
    title,
)
from es_lod.site.settings import Settings

_LICENCES: Final = {"CC_BY_4_0": "cc-by", "CC_BYSA_4_0": "cc-by-sa", "CC0": "cc-zero"}
"""CKAN's own words for the licences."""
_NO_TAG: Final = re.compile(r"[^\w .-]+")
"""What CKAN does not take in a keyword."""


def files(edition: Edition, downloads: tuple[Download, ...]) -> Iterator[File]:
    """The answer as a file, which a portal reads like a CKAN's."""
    package = _package(edition.settings, downloads)
    tree = {"success": True, "result": {"count": 1, "results": [package]}}
    data = json.dumps(tree, ensure_ascii=False, indent=2).encode() + b"\n"
    yield File(CKAN, data)


def _package(settings: Settings, downloads: tuple[Download, ...]) -> dict[str, Any]:
    text = settings.description or settings.title
    resources = [
        _resource(settings, item, position) for position, item in enumerate(plain(downloads))
    ]
    tags = list(dict.fromkeys(_tags(settings)))
    return {
        "id": _uuid(settings.dataset_iri),
        "name": _name(settings.title.best("pl"), "dataset"),
        "title": shortened(settings.title.best("pl"), MAX_TITLE),
        "notes": shortened(text.best("pl"), MAX_DESCRIPTION),
        "url": settings.url,
        "type": "dataset",
        "state": "active",
        "private": False,
        "isopen": True,
        "license_id": _LICENCES[settings.licence],
        "license_title": LICENCE_TITLES[settings.licence],
        "license_url": LICENCE_PAGES[settings.licence],
        **_dates(settings, "metadata_created", "metadata_modified"),
        **({"version": settings.date} if settings.date else {}),
        "organization": _organization(settings),
        "num_tags": len(tags),
        "tags": [{"name": tag, "display_name": tag, "state": "active"} for tag in tags],
        "num_resources": len(resources),
        "resources": resources,
    }


def _organization(settings: Settings) -> dict[str, Any]:
    """The publisher. Without an `image_url`, even an empty one, dane.gov.pl imports nothing."""
    iri = settings.publisher_iri
    called = settings.publisher.name.best("pl") if settings.publisher.name else settings.url
    return {
        "id": _uuid(iri),
        "name": _name(called, "publisher"),
        "title": shortened(called, 100),
        "description": "",
        "image_url": "",
        "type": "organization",
        "is_organization": True,
        "state": "active",
    }


def _resource(settings: Settings, item: Download, position: int) -> dict[str, Any]:
    address = settings.url + item.path
    return {
        "id": _uuid(address),
        "package_id": _uuid(settings.dataset_iri),
        "position": position,
        "name": title(item)["pl"],
        "description": description(item)["pl"],
        "url": address,
        "format": item.suffix.upper(),
        "mimetype": item.kind.media_type,
        "size": item.size,
        "hash": f"sha256:{item.sha256}",
        "state": "active",
        **_dates(settings, "created", "last_modified"),
    }


def _dates(settings: Settings, *keys: str) -> dict[str, str]:
    """CKAN writes moments without an offset, in UTC."""
    when = settings.moment
    return dict.fromkeys(keys, when.removesuffix("Z")) if when else {}


def _tags(settings: Settings) -> Iterator[str]:
    """The keywords in Polish, else those in English: here they have no language."""
    words = keywords(settings)
    first = words[0][0]
    for tag, word in words:
        cleaned = shortened(_NO_TAG.sub(" ", word), 100).rstrip("…")
        if tag == first and len(cleaned) >= 2:
            yield cleaned


def _name(text: str, otherwise: str) -> str:
    """A name as CKAN takes it, of two characters at least."""
    name = slug(text)
    return name if len(name) >= 2 else otherwise


def _uuid(iri: str) -> str:
    """The same identifier for the same IRI, of 36 characters."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, iri))
