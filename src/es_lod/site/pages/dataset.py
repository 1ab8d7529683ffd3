"""The page of the dataset: what it is, its numbers and files, how to use and cite it."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from markupsafe import Markup

from es_lod.formats import FORMATS
from es_lod.labels import class_label
from es_lod.messages.message import LANGUAGES
from es_lod.model import Record
from es_lod.namespaces import LICENCE_PAGES, SDO
from es_lod.site import addresses
from es_lod.site.downloads.download import Download
from es_lod.site.drawings import network as drawn_network
from es_lod.site.drawings import plots
from es_lod.site.drawings.plots import Bar
from es_lod.site.edition import Edition, File
from es_lod.site.facts.extent import period
from es_lod.site.facts.figures import Figures, figures
from es_lod.site.facts.network import Group, network
from es_lod.site.facts.relations import Item
from es_lod.site.pages.citation import asked, bibtex, commands, in_python, in_r
from es_lod.site.pages.dataset_words import FILE_TYPES, WORDS
from es_lod.site.pages.lists import by_class
from es_lod.site.pages.rendering import Page, rendered
from es_lod.site.pages.spelling import capitalised, date_said, number_said, size_said
from es_lod.site.schema_org import scripts as schema_org
from es_lod.site.served import is_here
from es_lod.site.words import Speaker
from es_lod.values import PartialDate

_FILE: Final = "es.ttl"


class Offer(NamedTuple):
    """A download as the page tells of it."""

    name: str
    href: str
    address: str
    media_type: str
    format: str
    size: str
    sha256: str


class Counted(NamedTuple):
    """A line of a table: a label, perhaps with a link, and a number."""

    label: str
    href: str | None
    said: str


class Drawn(NamedTuple):
    """A group of the network: the picture, and for each thing what it was founded by, or has."""

    picture: Markup
    lines: list[tuple[str, Item, list[Item]]]


def files(edition: Edition, downloads: tuple[Download, ...]) -> Iterator[File]:
    """The page in both languages."""
    counted, ties = figures(edition), network(edition)
    covered = period(edition)
    for language in LANGUAGES:
        page = Page(edition, addresses.DATASET, language)
        say = Speaker(language, WORDS)
        values = {
            **_about(page, say),
            **_numbers(page, say, counted),
            "period": [date_said(day, language) for day in dict.fromkeys(covered or ())],
            "groups": [_group(page, say, i, group) for i, group in enumerate(ties.groups, 1)],
            "hidden": ties.hidden,
            "offers": [_offer(page, say, item) for item in downloads],
            "hash": edition.graph.hash,
            "commands": commands(_FILE),
            "file": _FILE,
            "python": in_python(_FILE),
            "r": in_r(edition.settings, downloads),
            "asked": asked(edition.settings),
            "queries": page.to_queries() if is_here(edition.settings) else None,
            "json_ld": schema_org.dataset(edition, downloads, language),
        }
        yield rendered(page, "dataset.html.j2", WORDS, values)


def _about(page: Page, say: Speaker) -> dict[str, Any]:
    settings = page.edition.settings
    publisher = settings.publisher
    edition = date_said(PartialDate(settings.date), page.language) if settings.date else None
    iri = settings.dataset_iri
    cited = say(
        "cited",
        publisher=publisher.name.best(page.language) if publisher.name else "",
        year=f" ({settings.date[:4]})" if settings.date else "",
        title=settings.title.best(page.language),
        edition=say("cited-edition", day=edition) if edition else say("cited-undated"),
        iri=iri,
    )
    return {
        "iri": iri,
        "edition_day": edition,
        "licence": say(settings.licence),
        "licence_page": LICENCE_PAGES[settings.licence],
        "author": publisher.iri or publisher.homepage,
        "types": (SDO.AboutPage, SDO.Dataset),
        "frequency": None if settings.frequency == "UNKNOWN" else say(settings.frequency),
        "keywords": settings.keywords.get(page.language) or (),
        "contact": settings.contact or publisher,
        "catalogues": [
            (f"{settings.catalogue_iri}.{name}", FORMATS[name].media_type)
            for name in addresses.CATALOGUES
        ],
        "cited": cited,
        "bibtex": bibtex(settings, page.language),
    }


def _numbers(page: Page, say: Speaker, counted: Figures) -> dict[str, Any]:
    years = [Bar(y.said, y.events, number_said(y.events, page.language)) for y in counted.years]
    spans = any(y.first != y.last for y in counted.years)
    units = _lines(page, counted.units)
    bars = [
        Bar(line.label, count, line.said)
        for line, (_, count) in zip(units, counted.units, strict=True)
    ]
    return {
        "classes": _lines(page, counted.classes),
        "records": number_said(len(page.edition.dataset), page.language),
        "triples": number_said(page.edition.graph.triples, page.language),
        "references": number_said(counted.references, page.language),
        "years": [Counted(bar.label, None, bar.said) for bar in years],
        "year_word": "spans" if spans else "years",
        "year_plot": plots.columns(_begins(years), say("events")) if years else None,
        "units": units,
        "unit_plot": plots.rows(bars, say("units")) if bars else None,
    }


def _begins(years: Sequence[Bar]) -> list[Bar]:
    """Bars with the first year of each span: more would not have room below them."""
    return [bar._replace(label=bar.label[:4] + "–" * ("–" in bar.label)) for bar in years]


def _lines(page: Page, classes: Sequence[tuple[type[Record], int]]) -> list[Counted]:
    """Classes with their numbers; one whose records all have their pages elsewhere has no list."""
    listed = by_class(page.edition)
    return [
        Counted(
            capitalised(class_label(cls, page.language)),
            page.to(addresses.of_class(cls.__name__)) if cls in listed else None,
            number_said(count, page.language),
        )
        for cls, count in classes
    ]


def _offer(page: Page, say: Speaker, item: Download) -> Offer:
    format = FILE_TYPES.get(item.kind.file_type, item.kind.file_type)
    return Offer(
        item.name,
        page.to_file(item.path),
        page.edition.settings.url + item.path,
        item.media_type,
        say("packed", format=format) if item.is_packed else format,
        size_said(item.size, page.language),
        item.sha256,
    )


def _group(page: Page, say: Speaker, number: int, group: Group) -> Drawn:
    items = {id_: _item(page, id_) for id_ in group.members}
    named = next((t.second for t in group.ties if t.key == "founders"), group.members[0])
    label = say("network-part", n=str(number), name=items[named].name)
    lines: dict[tuple[str, str], list[Item]] = {}
    for key, first, second in group.ties:
        if key == "founders":
            lines.setdefault(("founded-by", second), []).append(items[first])
        else:
            lines.setdefault(("operates", first), []).append(items[second])
    told = [(word, items[id_], others) for (word, id_), others in lines.items()]
    return Drawn(drawn_network.group(group, items, label), told)


def _item(page: Page, id_: str) -> Item:
    kind, called, lang, href = page.see(id_)
    return Item("", kind, called, href, True, lang=lang)
