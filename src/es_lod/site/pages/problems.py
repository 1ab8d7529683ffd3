"""The page of the codes of problems, which reports name by IRIs: what each means, what to do."""

from collections.abc import Iterator
from typing import Final

from es_lod.reference.codes import codes
from es_lod.site import addresses
from es_lod.site.downloads.download import Download
from es_lod.site.edition import Edition, File
from es_lod.site.pages.rendering import pages
from es_lod.site.words import Words

WORDS: Final[Words] = {
    "title": ("Kody problemów", "Codes of problems"),
    "about": (
        "Co może znaleźć się w raporcie ze sprawdzania danych: przyczyna i co zrobić. Słowa w "
        "nawiasach klamrowych są uzupełniane. Błędów opublikowane dane nie mają.",
        "What a report on the data can say: the cause, and what to do. Words in braces are filled "
        "in. Data that is published has no errors.",
    ),
    "error": ("Błędy", "Errors"),
    "warning": ("Ostrzeżenia", "Warnings"),
    "info": ("Informacje", "Notices"),
}
_SEVERITIES: Final = ("error", "warning", "info")


def files(edition: Edition, _: tuple[Download, ...]) -> Iterator[File]:
    """The page in both languages."""
    groups = [(s, [entry for entry in codes() if entry.severity == s]) for s in _SEVERITIES]
    yield from pages(edition, addresses.PROBLEMS, "problems.html.j2", WORDS, {"groups": groups})
