"""What the page of the dataset says around the data."""

from typing import Final

from es_lod.formats import FORMATS
from es_lod.site.downloads.download import KINDS
from es_lod.site.words import Words

WORDS: Final[Words] = {
    "kind": ("Zbiór danych", "Dataset"),
    "facts": ("O zbiorze", "About the dataset"),
    "edition": ("Wydanie", "Edition"),
    "period": ("Okres", "Period covered"),
    "frequency": ("Aktualizacja", "Updated"),
    "keywords": ("Słowa kluczowe", "Keywords"),
    "iri": ("Trwały adres (IRI)", "Persistent address (IRI)"),
    "catalogue": ("Opis dla portali", "Description for portals"),
    "numbers": ("Liczby", "Numbers"),
    "records-by-class": ("Rekordy według rodzaju", "Records by class"),
    "class": ("Rodzaj", "Class"),
    "records": ("Rekordy", "Records"),
    "all": ("Razem", "All"),
    "triples": ("Trójki RDF", "RDF triples"),
    "references": ("Odwołania do rekordów", "References to records"),
    "events": ("Wydarzenia według lat", "Events by year"),
    "years": ("Rok", "Year"),
    "spans": ("Lata", "Years"),
    "event-count": ("Wydarzenia", "Events"),
    "no-events": ("Zbiór nie zawiera wydarzeń.", "The dataset has no events."),
    "units": ("Jednostki według rodzaju", "Units by kind"),
    "unit-kind": ("Rodzaj", "Kind"),
    "unit-count": ("Jednostki", "Units"),
    "no-units": ("Zbiór nie zawiera jednostek.", "The dataset has no units."),
    "as-table": ("To samo jako tabela", "The same as a table"),
    "as-list": ("To samo jako lista", "The same as a list"),
    "network": ("Sieć założycieli", "The founders’ network"),
    "network-told": (
        "Linia ciągła prowadzi od założyciela do założonej organizacji, przerywana od podmiotu "
        "prowadzącego do jego jednostki.",
        "A continuous line leads from a founder to the organisation founded, a broken one from an "
        "operator to its unit.",
    ),
    "network-part": ("Sieć {n}: {name}", "Network {n}: {name}"),
    "network-hidden": (
        "Nie pokazano {n:podmiotu|podmiotów|podmiotów}; wszystkie są w danych.",
        "{n:thing is|things are} not shown; the data have them all.",
    ),
    "no-network": (
        "Zbiór nie mówi o założycielach ani o prowadzących.",
        "The dataset names no founders and no operators.",
    ),
    "founded-by": (", założyciele:", ", founders:"),
    "operates": (" prowadzi:", " operates:"),
    "downloads": ("Pliki do pobrania", "Downloads"),
    "files": ("Pliki tego wydania", "The files of this edition"),
    "file": ("Plik", "File"),
    "format": ("Format", "Format"),
    "size": ("Rozmiar", "Size"),
    "checksum": ("Suma kontrolna", "Checksum"),
    "packed": ("{format}, gzip", "{format}, gzip"),
    "hash": ("Skrót kanoniczny danych", "Canonical hash of the data"),
    "hash-told": (
        "SHA-256 kanonicznych N-Quads (RDFC-1.0). Jest jeden dla plików RDF we wszystkich "
        "formatach, zmienia się tylko wraz z danymi.",
        "SHA-256 of the canonical N-Quads (RDFC-1.0). RDF files in all formats have the same one; "
        "it changes only when the data do.",
    ),
    "use": ("Jak korzystać", "How to use the data"),
    "command": ("W wierszu poleceń", "On the command line"),
    "command-told": (
        "Po zainstalowaniu programu es-lod i pobraniu pliku {file}:",
        "With the program es-lod installed and the file {file} downloaded:",
    ),
    "in-python": ("W Pythonie", "In Python"),
    "in-r": ("W R", "In R"),
    "sparql": ("W SPARQL", "In SPARQL"),
    "sparql-told": ("Zapytania przyjmuje punkt dostępowy", "Queries are taken by the endpoint"),
    "sparql-page": ("Otwórz stronę z zapytaniami", "Open the page for queries"),
    "cite": ("Jak cytować", "Cite this dataset"),
    "cited": (
        "{publisher}{year}. {title} [zbiór danych]{edition} {iri}",
        "{publisher}{year}. {title} [dataset]{edition} {iri}",
    ),
    # A Polish day ends in “r.”, whose full stop is that of the sentence, too.
    "cited-edition": (", wydanie z dnia {day}", ", edition of {day}."),
    "cited-undated": (".", "."),
    "DAILY": ("codziennie", "daily"),
    "WEEKLY": ("co tydzień", "weekly"),
    "MONTHLY": ("co miesiąc", "monthly"),
    "QUARTERLY": ("co kwartał", "quarterly"),
    "ANNUAL_2": ("dwa razy w roku", "twice a year"),
    "ANNUAL": ("raz w roku", "once a year"),
    "IRREG": ("nieregularnie", "irregularly"),
    "CC_BY_4_0": (
        "Creative Commons Uznanie autorstwa 4.0 Międzynarodowe (CC BY 4.0)",
        "Creative Commons Attribution 4.0 International (CC BY 4.0)",
    ),
    "CC_BYSA_4_0": (
        "Creative Commons Uznanie autorstwa – Na tych samych warunkach 4.0 Międzynarodowe "
        "(CC BY-SA 4.0)",
        "Creative Commons Attribution-ShareAlike 4.0 International (CC BY-SA 4.0)",
    ),
    "CC0": (
        "Creative Commons CC0 1.0 – Przekazanie do domeny publicznej",
        "Creative Commons CC0 1.0 Universal – Public Domain Dedication",
    ),
}
"""Also the frequencies and the licences of the settings, by their codes."""

FILE_TYPES: Final = {
    **{KINDS[name].file_type: format.title for name, format in FORMATS.items() if name in KINDS},
    KINDS["geojson"].file_type: "GeoJSON",
    KINDS["ics"].file_type: "iCalendar",
}
"""What the formats of downloads are called, by the codes of the EU's table."""
