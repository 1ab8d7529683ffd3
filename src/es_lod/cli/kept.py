"""What the command line says of the cache of queries, in Polish and English."""

from typing import Final

TEXTS: Final = {
    "query-cache": (
        "Zachowaj wczytane duże dane na następne zapytanie; domyślnie od drugiego pytania o nie.",
        "Keep large inputs loaded for the next query; by default once they are asked again.",
    ),
    "show-cache": (
        "Powiedz, gdzie i ile jest zachowanych danych i odpowiedzi.",
        "Say where data and answers are kept, and how much.",
    ),
    "clear-cache": (
        "Usuń zachowane dane i odpowiedzi.",
        "Delete the data and answers that are kept.",
    ),
    "cache-held": (
        (
            "{folder}: {stores:zbiór|zbiory|zbiorów}, {answers:odpowiedź|odpowiedzi|odpowiedzi}"
            ", {size} z {limit}."
        ),
        "{folder}: {stores:dataset|datasets}, {answers:answer|answers}, {size} of {limit}.",
    ),
    "cache-cleared": (
        (
            "{folder}: usunięto {stores:zbiór|zbiory|zbiorów}, "
            "{answers:odpowiedź|odpowiedzi|odpowiedzi}, {size}."
        ),
        "{folder}: {stores:dataset|datasets}, {answers:answer|answers} deleted, {size}.",
    ),
    "progress-keeping": (
        "Zachowywanie danych na następne zapytanie",
        "Keeping the data for the next query",
    ),
    "bad-cache-size": (
        "To nie jest rozmiar (np. 500M albo 2G): {}",
        "This is no size (as 500M or 2G are): {}",
    ),
    "uncached": (
        "es-lod: danych nie zachowano na następne zapytanie: {} ({})",
        "es-lod: the data are not kept for the next query: {} ({})",
    ),
    "others may write to it": ("inni mogą w nim zapisywać", "others may write to it"),
    "it is larger than ES_LOD_CACHE_SIZE": (
        "przekracza ES_LOD_CACHE_SIZE",
        "it is larger than ES_LOD_CACHE_SIZE",
    ),
    "less than 1 GiB of memory may be used": (
        "wolno użyć mniej niż 1 GiB pamięci (ulimit -v)",
        "less than 1 GiB of memory may be used (ulimit -v)",
    ),
    "damaged-cache": (
        "zachowane dane były uszkodzone; usunięto je. Zapytaj jeszcze raz.",
        "the data that were kept were damaged, and are deleted now. Ask again.",
    ),
}
