"""What dane.gov.pl harvests as XML: one dataset and its files, valid to version 1.10 of its schema.

The portal looks for the MD5 of the file beside it, in a file that holds nothing else.
"""

import hashlib
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree

from es_lod.namespaces import HARVESTER, LICENCE_PAGES
from es_lod.site.addresses import DANEGOV, DANEGOV_SUM, DATASET
from es_lod.site.downloads.download import Download
from es_lod.site.edition import Edition, File
from es_lod.site.harvest.distributions import (
    description,
    identifier,
    plain,
    shortened,
    title,
)
from es_lod.site.settings import KEYWORDS, LICENCE_NAMES, Settings
from es_lod.values import Text, Texts

MAX_TITLE: Final = 300
MAX_DESCRIPTION: Final = 1000
MAX_URL: Final = 1000
"""The longest texts, and the longest address of a dataset, that the portal takes."""
# How often the data change, in the portal's words; what it has no word for is `notApplicable`.
_FREQUENCIES: Final = {
    "DAILY": "daily",
    "WEEKLY": "weekly",
    "MONTHLY": "monthly",
    "QUARTERLY": "quarterly",
    "ANNUAL_2": "everyHalfYear",
    "ANNUAL": "yearly",
}
_CONDITIONS: Final = {
    "CC_BY_4_0": "Uznanie autorstwa 4.0 Międzynarodowe",
    "CC_BYSA_4_0": "Uznanie autorstwa – Na tych samych warunkach 4.0 Międzynarodowe",
}
"""The licences that the schema has a word for, which is what people call them."""
# Version 1.10 has no word for CC0. Without conditions a dataset may be used freely, which is what
# CC0 means; that it is CC0, its description says.
_FREE: Final = {
    "pl": "Dane udostępniono na zasadach CC0 1.0: {}",
    "en": "The data are released under CC0 1.0: {}",
}


def files(edition: Edition, downloads: tuple[Download, ...]) -> Iterator[File]:
    """The document, and its MD5."""
    data = document(edition.settings, downloads)
    yield File(DANEGOV, data)
    digest = hashlib.md5(data, usedforsecurity=False).hexdigest()
    yield File(DANEGOV_SUM, f"{digest}\n".encode())


def document(settings: Settings, downloads: tuple[Download, ...]) -> bytes:
    """The XML document."""
    root = ElementTree.Element("datasets", xmlns=HARVESTER)
    dataset = ElementTree.SubElement(root, "dataset", status="published")
    _add(dataset, "extIdent", DATASET)
    _texts(dataset, "title", settings.title, MAX_TITLE)
    _described(dataset, settings)
    if len(settings.url) <= MAX_URL:
        _add(dataset, "url", settings.url)
    _add(dataset, "updateFrequency", _FREQUENCIES.get(settings.frequency, "notApplicable"))
    categories = ElementTree.SubElement(dataset, "categories")
    for theme in settings.themes:
        _add(categories, "category", theme)
    if settings.licence in _CONDITIONS:
        conditions = ElementTree.SubElement(dataset, "conditions")
        page = LICENCE_PAGES[settings.licence]
        # The portal takes the name of a licence only together with a text.
        _add(
            conditions,
            "dbOrCopyrighted",
            f"Creative Commons {_CONDITIONS[settings.licence]}: {page}",
        )
        _add(conditions, "dbOrCopyrightedLicenseChosen", LICENCE_NAMES[settings.licence])
    resources = ElementTree.SubElement(dataset, "resources")
    for item in plain(downloads):
        _resource(ElementTree.SubElement(resources, "resource"), item, settings)
    tags = ElementTree.SubElement(dataset, "tags")
    for tag, word in keywords(settings):
        _add(tags, "tag", word).set("lang", tag)
    _updated(dataset, settings)
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, "utf-8", xml_declaration=True)
    return written + b"\n"


def keywords(settings: Settings) -> list[tuple[str, str]]:
    """The Polish and English keywords with their languages; those of the field where none are."""
    return _words(settings.keywords) or _words(KEYWORDS)


def _words(texts: Texts) -> list[tuple[str, str]]:
    return [(tag, word) for tag in ("pl", "en") for word in texts.get(tag, ())]


def described(settings: Settings, tag: str, longest: int = MAX_DESCRIPTION) -> str:
    """The description of the dataset in a language, with the licence where no field takes it."""
    text = settings.description or settings.title
    if settings.licence in _CONDITIONS:
        return shortened(text.best(tag), longest)
    free = _FREE[tag].format(LICENCE_PAGES[settings.licence])
    return f"{shortened(text.best(tag), longest - len(free) - 1)} {free}"


def _described(dataset: ElementTree.Element, settings: Settings) -> None:
    node = ElementTree.SubElement(dataset, "description")
    _add(node, "polish", described(settings, "pl"))
    if "en" in (settings.description or settings.title):
        _add(node, "english", described(settings, "en"))


def _resource(node: ElementTree.Element, item: Download, settings: Settings) -> None:
    node.set("status", "published")
    _add(node, "extIdent", identifier(item))
    _add(node, "url", settings.url + item.path)
    _texts(node, "title", title(item), MAX_TITLE)
    _texts(node, "description", description(item), MAX_DESCRIPTION)
    if settings.date is not None:
        _add(node, "dataDate", settings.date)
    _updated(node, settings)


def _updated(node: ElementTree.Element, settings: Settings) -> None:
    when = settings.moment
    if when is not None:
        _add(node, "lastUpdateDate", when)


def _texts(parent: ElementTree.Element, name: str, text: Text, longest: int) -> None:
    node = ElementTree.SubElement(parent, name)
    # A title in Polish is a must: where there is none, that in another language stands there.
    _add(node, "polish", shortened(text.best("pl"), longest))
    if "en" in text:
        _add(node, "english", shortened(text["en"], longest))


def _add(parent: ElementTree.Element, name: str, text: str) -> ElementTree.Element:
    node = ElementTree.SubElement(parent, name)
    node.text = text
    return node
