"""What the command line says of the cache of queries, in Polish and English."""

from typing import Final

TEXTS: Final = {
    "query-cache": (
        "Zachowaj wczytane duże dane na następne zapytanie; domyślnie tak.",
        "Keep large inputs loaded for the next query; so by default.",
    ),
    "show-cache": (
        "Powiedz, gdzie i ile jest zachowanych danych.",
        "Say where loaded data are kept, and how much.",
    ),
    "clear-cache": ("Usuń zachowane dane.", "Delete the data that are kept."),
    "cache-held": (
        "{folder}: {stores:zbiór|zbiory|zbiorów}, {size} z {limit}.",
        "{folder}: {stores:dataset|datasets}, {size} of {limit}.",
    ),
    "cache-cleared": (
        "{folder}: usunięto {stores:zbiór|zbiory|zbiorów}, {size}.",
        "{folder}: {stores:dataset|datasets} deleted, {size}.",
    ),
    "cache-off": (
        "Pamięć podręczna jest wyłączona (ES_LOD_NO_CACHE).",
        "The cache is switched off (ES_LOD_NO_CACHE).",
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
    "damaged-cache": (
        "zachowane dane były uszkodzone; usunięto je. Zapytaj jeszcze raz.",
        "the data that were kept were damaged, and are deleted now. Ask again.",
    ),
}
