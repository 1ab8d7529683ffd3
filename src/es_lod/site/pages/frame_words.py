"""What the frame of every page says."""

from typing import Final

from es_lod.site.words import Words

FRAME: Final[Words] = {
    "skip": ("Przejdź do treści", "Skip to the content"),
    "menu": ("Menu główne", "Main menu"),
    "home": ("Start", "Home"),
    "search": ("Szukaj", "Search"),
    "places": ("Miejscowości", "Places"),
    "dates": ("Kalendarium", "Dates"),
    "dataset": ("Zbiór danych", "The dataset"),
    "queries": ("Zapytania", "Queries"),
    "catalog": ("Dla portali", "For portals"),
    "vocabulary": ("Słownik", "Vocabulary"),
    "quality": ("Jakość danych", "Data quality"),
    "twin": ("English", "Polski"),
    "publisher": ("Wydawca", "Publisher"),
    "licence": ("Licencja", "Licence"),
    "contact": ("Kontakt", "Contact"),
    "made-with": ("Strona utworzona programem es-lod", "This site is made with es-lod"),
}
"""The words of the frame that all pages have."""
