"""The settings of a site, `site.yaml`: what the records do not say of themselves.

Everything has a default but `base`, `url`, `title` and `publisher`.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from es_lod.errors import InputError, InvalidValue, Problem
from es_lod.model import kinds, strings
from es_lod.namespaces import (
    EU_FREQUENCY,
    EU_LANGUAGE,
    EU_LICENCE,
    EU_THEME,
    PUBLISHER_TYPE,
    Namespace,
)
from es_lod.readers.entries import Locate, Tree
from es_lod.readers.sources import document
from es_lod.site.addresses import CATALOGUE, DATASET, SPREAD_ABOVE
from es_lod.site.settings_kinds import BaseKind, DayKind, EndpointKind, UrlKind, WhetherKind
from es_lod.site.settings_reader import SettingsReader
from es_lod.values import PartialDate, Text, Texts


def _words(namespace: Namespace, words: str) -> kinds.ChoiceKind:
    return kinds.ChoiceKind(tuple((word, namespace[word]) for word in words.split()))


# https://op.europa.eu/en/web/eu-vocabularies/authority-tables
LICENCES: Final = _words(EU_LICENCE, "CC_BY_4_0 CC0 CC_BYSA_4_0")
LICENCE_NAMES: Final = {"CC_BY_4_0": "CC BY 4.0", "CC0": "CC0 1.0", "CC_BYSA_4_0": "CC BY-SA 4.0"}
"""What people call the licences."""
FREQUENCIES: Final = _words(
    EU_FREQUENCY, "DAILY WEEKLY MONTHLY QUARTERLY ANNUAL_2 ANNUAL IRREG UNKNOWN"
)
THEMES: Final = _words(EU_THEME, "AGRI ECON EDUC ENER ENVI GOVE HEAL INTR JUST REGI SOCI TECH TRAN")
PUBLISHERS: Final = _words(
    PUBLISHER_TYPE,
    "Academia-ScientificOrganisation Company IndustryConsortium LocalAuthority NationalAuthority "
    "NonGovernmentalOrganisation NonProfitOrganisation PrivateIndividual(s) RegionalAuthority "
    "StandardisationBody SupraNationalAuthority",
)
LANGUAGES: Final = kinds.ChoiceKind((("pl", EU_LANGUAGE.POL), ("en", EU_LANGUAGE.ENG)))

KEYWORDS: Final = Texts({"pl": ["ekonomia społeczna"], "en": ["social economy"]})
"""The keywords of a dataset that states none: portals demand one."""


@dataclass(frozen=True, slots=True)
class Agent:
    """Who publishes: name, type, IRI, home page, REGON; or whom to ask: name, e-mail, telephone."""

    name: Text | None = None
    iri: str | None = None
    type: str | None = None
    homepage: str | None = None
    regon: str | None = None
    email: str | None = None
    telephone: str | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """What `site.yaml` says. `url` ends in a slash; `date` is that of the edition, a day.

    `host` is where the files really lie, where `url` is a permanent address that redirects there;
    `endpoint` answers SPARQL queries over the dataset. `spread` says whether the files of records
    are spread over folders; where it says nothing, those of many records are.
    """

    base: str
    url: str
    title: Text
    publisher: Agent
    description: Text | None = None
    contact: Agent | None = None
    licence: str = "CC_BY_4_0"
    languages: tuple[str, ...] = ("en", "pl")
    themes: tuple[str, ...] = ("SOCI",)
    frequency: str = "UNKNOWN"
    keywords: Texts = KEYWORDS
    date: PartialDate | None = None
    host: str | None = None
    endpoint: str | None = None
    spread: bool | None = None

    def spreads(self, pages: int) -> bool:
        """Whether the files of so many records, removed ones included, are spread over folders."""
        return pages > SPREAD_ABOVE if self.spread is None else self.spread

    @property
    def moment(self) -> str | None:
        """The beginning of the edition's day, since dane.gov.pl passes over an `xsd:date`."""
        return f"{self.date}T00:00:00Z" if self.date is not None else None

    @property
    def dataset_iri(self) -> str:
        """The IRI of the dataset, which is also that of its page."""
        return self.url + DATASET

    @property
    def catalogue_iri(self) -> str:
        """The IRI of the catalogue."""
        return self.url + CATALOGUE

    @property
    def service_iri(self) -> str:
        """The IRI of the endpoint as a service: where the page of the dataset tells of it."""
        return f"{self.dataset_iri}#sparql"

    @property
    def publisher_iri(self) -> str:
        """The publisher's own IRI, else where the page of the dataset tells of it."""
        return self.publisher.iri or f"{self.dataset_iri}#publisher"

    @property
    def contact_iri(self) -> str:
        """The IRI of whom to ask: where the page of the dataset tells of it."""
        return f"{self.dataset_iri}#contact"


def dated(settings: "Settings", day: str) -> "Settings":
    """The settings with another day of the edition. Raises `InputError`."""
    try:
        return replace(settings, date=DayKind().parse(day))
    except InvalidValue as error:
        raise InputError(
            [Problem(error.code, field="date", hint=error.hint, params=error.params)]
        ) from None


_PERSON: Final = {"email": strings.EmailKind(), "telephone": strings.PhoneKind()}
_FIELDS: Final[dict[str, Any]] = {
    "base": BaseKind(),
    "url": UrlKind(),
    "title": kinds.TextKind(),
    "publisher": {
        "name": kinds.TextKind(),
        "type": PUBLISHERS,
        "iri": kinds.IriKind(web=True),
        "homepage": kinds.IriKind(web=True),
        "regon": strings.RegonKind(),
        **_PERSON,
    },
    "description": kinds.TextKind(),
    "contact": {"name": kinds.TextKind(), **_PERSON},
    "licence": LICENCES,
    "languages": LANGUAGES,
    "themes": THEMES,
    "frequency": FREQUENCIES,
    "keywords": kinds.TextsKind(),
    "date": DayKind(),
    "host": UrlKind(),
    "endpoint": EndpointKind(),
    "spread": WhetherKind(),
}
_REQUIRED: Final = {
    (): ("base", "url", "title", "publisher"),
    ("publisher",): ("name", "type"),
    ("contact",): ("email",),
}
_MANY: Final = ("languages", "themes")


def read_settings(path: str | Path) -> Settings:
    """The settings of a file. Raises `InputError` with everything that is wrong in it."""
    return taken(*document(path))


def taken(tree: Tree, locate: Locate) -> Settings:
    """The settings that a document holds. Raises `InputError` with everything wrong in it."""
    reader = SettingsReader(locate, _REQUIRED, _MANY)
    found = reader.mapping(tree, _FIELDS, ())
    if reader.problems:
        raise InputError(reader.problems)
    for key in ("publisher", "contact"):
        if key in found:
            found[key] = Agent(**found[key])
    return Settings(**found)


def stated(settings: Settings) -> dict[str, Any]:
    """The settings as `taken` reads them back: mappings, lists and strings, no key without value.

    What is a default is stated too, so that another version of the program reads the same.
    """
    found: dict[str, Any] = _plain(asdict(settings))
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items() if item is not None}
    if isinstance(value, bool):
        return value
    return list(value) if isinstance(value, tuple) else str(value)
