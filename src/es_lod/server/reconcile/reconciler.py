"""`Reconciler`: the Reconciliation API 0.2 over a dataset, without HTTP.

https://reconciliation-api.github.io/specs/0.2/
"""

from collections.abc import Mapping
from typing import Any, Final

from es_lod.dataset import Dataset
from es_lod.messages.message import LANGUAGES
from es_lod.report import Report
from es_lod.server.reconcile import extending, preview, suggesting
from es_lod.server.reconcile.entities import Entities
from es_lod.server.reconcile.judging import Candidate, candidates
from es_lod.server.reconcile.manifest import NAME, SUGGESTED, manifest
from es_lod.server.reconcile.properties import described_type, lineage, property_named, type_named
from es_lod.server.reconcile.reading import Query, extension, known_type, queries
from es_lod.site.edition import Edition
from es_lod.site.pages.listing import name_of
from es_lod.site.settings import Settings

_LANGUAGE: Final = LANGUAGES[0]


class Reconciler:
    """Finds the records that names and numbers mean. Safe to ask from several threads.

    Requests are the trees of their JSON; those that the specification does not allow raise
    `Refused`. Answers are trees again, in Polish or English.
    """

    def __init__(self, dataset: Dataset, settings: Settings) -> None:
        self._entities = Entities(dataset)
        self._edition = Edition(dataset, settings, Report([]))

    def manifest(self, url: str, language: str = _LANGUAGE) -> dict[str, Any]:
        """The service manifest; `url` is where the service is reached, and ends in `reconcile`."""
        return manifest(self._edition.settings, self._entities.base, url, language)

    def query(self, batch: Mapping[str, Any], language: str = _LANGUAGE) -> dict[str, Any]:
        """The results of a batch of queries: key → `{"result": candidates}`, the best first."""
        return {
            key: {"result": self._result(query, language)} for key, query in queries(batch).items()
        }

    def _result(self, query: Query, language: str) -> list[dict[str, Any]]:
        return [_told(found, language) for found in candidates(self._entities, query)]

    def suggest_entity(
        self, prefix: str, cursor: int = 0, language: str = _LANGUAGE
    ) -> dict[str, Any]:
        """The entities that a prefix may be meant to begin, after the first `cursor` of them."""
        return suggesting.entities(self._entities, prefix, cursor, language)

    def suggest_type(
        self, prefix: str, cursor: int = 0, language: str = _LANGUAGE
    ) -> dict[str, Any]:
        """The types that a prefix may be meant to begin."""
        return suggesting.types(prefix, cursor, language)

    def suggest_property(
        self, prefix: str, cursor: int = 0, language: str = _LANGUAGE
    ) -> dict[str, Any]:
        """The properties that a prefix may be meant to begin."""
        return suggesting.properties_named(prefix, cursor, language)

    def flyout(self, what: str, id_: str, language: str = _LANGUAGE) -> dict[str, Any] | None:
        """A piece of HTML about a suggestion: `what` is `entity`, `property` or `type`."""
        html: str | None = None
        match SUGGESTED.index(what):
            case 0 if entity := self._entities.find(id_):
                html = preview.flyout_of_record(entity.record, language)
            case 1 if property_ := property_named(id_):
                html = preview.flyout_of_property(property_, language)
            case 2 if cls := type_named(id_):
                html = preview.flyout_of_type(cls, language)
        return {"id": id_, "html": html} if html is not None else None

    def preview(
        self, id_: str, language: str = _LANGUAGE, path: str = f"{NAME}/preview"
    ) -> bytes | None:
        """The preview of an entity, an HTML page; nothing where there is no such entity.

        `path` is where the page stands below the site: its links are relative.
        """
        entity = self._entities.find(id_)
        if entity is None:
            return None
        return preview.preview(self._edition, entity.record, path, language)

    def extend(self, request: Mapping[str, Any], language: str = _LANGUAGE) -> dict[str, Any]:
        """The values of properties of entities; of unknown ids there are none."""
        return extending.extended(self._entities, extension(request), language)

    def propose(
        self, type_: str | None, limit: int | None = None, language: str = _LANGUAGE
    ) -> dict[str, Any]:
        """The properties that entities of a type can have."""
        cls = known_type(type_, "type") if type_ else None
        return extending.proposed(cls, limit, language)


def _told(candidate: Candidate, language: str) -> dict[str, Any]:
    """A candidate as the API has it."""
    record = candidate.entity.record
    return {
        "id": candidate.entity.id,
        "name": name_of(record).best(language),
        "description": preview.what_it_is(record, language),
        "score": round(100 * candidate.score, 1),
        "match": candidate.match,
        "type": [described_type(cls, language) for cls in lineage(type(record))],
        "features": [{"id": id_, "value": value} for id_, value in candidate.features.items()],
    }
