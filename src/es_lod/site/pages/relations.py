"""The relations of a record on its page: a picture, and the same as a list."""

from markupsafe import Markup

from es_lod.messages.message import LANGUAGES
from es_lod.model import Record
from es_lod.site import addresses
from es_lod.site.drawings.relations import picture
from es_lod.site.edition import Edition
from es_lod.site.facts.relations import WORDS, linker, neighbours, told
from es_lod.site.pages.rendering import Page, part


def figures(edition: Edition, record: Record) -> dict[str, Markup]:
    """What a record's page shows of its relations, by language; nothing where it has none."""
    sides = neighbours(edition, record)
    found: dict[str, Markup] = {}
    for language in LANGUAGES if any(side.shown for side in sides) else ():
        page = Page(edition, addresses.document(str(record.id)), language)
        shown = told(edition, sides, language, linker(edition, page.to))
        drawn = picture(edition, record, language, shown)
        found[language] = part(page, "relations.html.j2", WORDS, {"picture": drawn, "sides": shown})
    return found
