"""What the page of a record says around the data."""

from typing import Final

from es_lod.site.words import Words

WORDS: Final[Words] = {
    "facts": ("Informacje", "Facts"),
    "relations": ("Powiązania", "Relations"),
    "statements": ("Jak ustalono te informacje", "How these facts are known"),
    "statements-note": (
        "Informacje, które wywnioskowano albo co do których źródła się różnią. Pozostałe źródło "
        "podaje wprost.",
        "Facts that were inferred, or on which sources differ. The others are stated in the "
        "source.",
    ),
    "certainty": ("Pewność", "Certainty"),
    "quote": ("Słowa źródła", "Words of the source"),
    "source": ("Źródło", "Source"),
    "sources": ("Źródło informacji", "Source of the facts"),
    "incoming": ("Odwołania z innych rekordów", "What refers to this"),
    "more": (
        "i jeszcze {n:rekord|rekordy|rekordów}; wszystkie znajdzie zapytanie SPARQL.",
        "and {n:more record|more records}; a SPARQL query finds them all.",
    ),
    "data": ("Dane", "Data"),
    "iri": ("Trwały adres (IRI)", "Persistent address (IRI)"),
    "downloads": ("Pobierz jako", "Download as"),
    "changed": ("stan z dnia {day}", "as of {day}"),
    "cite": ("Cytuj tak", "Cite this as"),
    "sparql": ("Zapytanie SPARQL", "SPARQL query"),
    "sparql-open": ("Otwórz to zapytanie", "Open this query"),
    "sparql-note": (
        "Zapytanie o ten rekord. Odpowie na nie program es-lod z pobranego pliku {file}:",
        "The query for this record. The program es-lod answers it from the downloaded file {file}:",
    ),
    "removed": ("Rekord usunięto", "The record was removed"),
    "removed-when": (
        "W wydaniu danych z dnia {day} już go nie ma. Nazywał się: {name}.",
        "The edition of the data of {day} no longer has it. It was called: {name}.",
    ),
    "removed-some-time": (
        "W danych już go nie ma. Nazywał się: {name}.",
        "The data no longer have it. It was called: {name}.",
    ),
    "removed-address": (
        "Jego trwały adres nie zostanie użyty do niczego innego:",
        "Its persistent address will not be used for anything else:",
    ),
    "removed-search": ("Szukaj wśród obecnych rekordów", "Search the present records"),
}
