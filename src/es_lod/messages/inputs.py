"""Of inputs and outputs as a whole."""

from typing import Final

from es_lod.messages.message import Message, error, info

MESSAGES: Final[dict[str, Message]] = {
    "file-not-found": error(
        "Nie ma takiego pliku ani folderu; sprawdź nazwę i ścieżkę.",
        "There is no such file or folder; check the name and the path.",
    ),
    "file-unreadable": error(
        "Pliku nie można odczytać ({reason}); sprawdź uprawnienia i czy nie jest otwarty.",
        "The file cannot be read ({reason}); check its permissions and whether it is open.",
    ),
    "file-unwritable": error(
        "Pliku nie można zapisać ({reason}); sprawdź folder, uprawnienia i czy nie jest otwarty.",
        "The file cannot be written ({reason}); check folder, permissions, and if it is open.",
    ),
    "unknown-suffix": error(
        "Nieznany rodzaj pliku „{value}”; wybierz jeden z: {known}.",
        "Unknown kind of file “{value}”; choose one of: {known}.",
    ),
    "file-skipped": info(
        "Pominięto „{value}” w folderze; zapisz to w znanym formacie lub podaj osobno.",
        "“{value}” in the folder was skipped; save it in a known format, or name it apart.",
    ),
    "empty-folder": error(
        "W folderze nie ma plików z danymi; wskaż folder z plikami jednego z rodzajów: {known}.",
        "The folder has no data files; name one with files of the kinds: {known}.",
    ),
    "empty-file": error(
        "Plik jest pusty; wpisz rekordy (wzór: es-lod new rekordy.yaml).",
        "The file is empty; put records in it (a template: es-lod new records.yaml).",
    ),
    "binary-file": error(
        "To nie jest plik tekstowy (zawiera bajt zerowy); zapisz dane jako tekst UTF-8.",
        "This is not a text file (it has a zero byte); save the data as UTF-8 text.",
    ),
    "not-utf-8": error(
        "Plik nie jest zapisany w UTF-8; zapisz go ponownie z kodowaniem UTF-8.",
        "The file is not in UTF-8; save it again with the encoding UTF-8.",
    ),
    "file-too-large": error(
        "Plik przekracza {limit} MiB; podziel go albo zapisz jako JSON Lines (.jsonl).",
        "The file is over {limit} MiB; split it, or save it as JSON Lines (.jsonl).",
    ),
    "line-too-long": error(
        "Wiersz przekracza {limit} MiB; zapisz każdy rekord w swoim wierszu i sprawdź ich końce.",
        "The line is over {limit} MiB; write each record on its own line, and check the line ends.",
    ),
    "too-deep": error(
        "Zagnieżdżenie przekracza {limit} poziomów; zapisz rekordy osobno i odwołaj się do id.",
        "Nesting is over {limit} levels deep; write records apart and refer to them by id.",
    ),
    "syntax": error(
        "Błąd składni {format}: {reason}; popraw zapis w tym miejscu.",
        "{format} syntax error: {reason}; mend the text at this place.",
    ),
    "duplicate-key": error(
        "Klucz „{value}” powtarza się w tym samym miejscu; zostaw jeden.",
        "The key “{value}” stands twice in the same place; keep one.",
    ),
    "yaml-alias": error(
        "Kotwic i aliasów YAML (& i *) nie czytamy; wpisz wartość albo odwołaj się do id.",
        "YAML anchors and aliases (& and *) are not read; write the value out, or refer by id.",
    ),
    "yaml-tag": error(
        "Znaczników typu YAML („{value}”) nie czytamy; wpisz samą wartość.",
        "YAML tags (“{value}”) are not read; write the value alone.",
    ),
    "triple-term": error(
        "Trójek w roli obiektu (RDF 1.2) nie czytamy; opisz je osobno albo usuń.",
        "Triples as objects (RDF 1.2) are not read; describe them apart, or remove them.",
    ),
    "xml-entity": error(
        "Deklaracji encji XML (<!ENTITY) nie czytamy; zapisz dane jako Turtle.",
        "XML entity declarations (<!ENTITY) are not read; save the data as Turtle.",
    ),
    "several-documents": error(
        "Plik zawiera kilka dokumentów YAML (---); zostaw jeden z listą records.",
        "The file has several YAML documents (---); keep one with a list of records.",
    ),
    "remote-context": error(
        "Kontekst JSON-LD spoza pliku nie jest pobierany; wpisz go do pliku albo użyj {known}.",
        "A JSON-LD context is never fetched; put it into the file, or use {known}.",
    ),
    "foreign-context": error(
        "Kontekst (@context) nie jest kontekstem rekordów; użyj {known} dla rekordów, "
        "a innemu JSON-LD nadaj nazwę z końcówką .jsonld.",
        "The @context is not that of records; use {known} for records, "
        "and give other JSON-LD a name that ends in .jsonld.",
    ),
    "no-context": error(
        'Rekordy w JSON-LD potrzebują kontekstu; dopisz "@context": "{known}".',
        'Records in JSON-LD need their context; add "@context": "{known}".',
    ),
    "no-records": error(
        "Nie ma tu rekordów; zapisz mapowanie z listą „records”, listę albo jeden rekord.",
        "There are no records here; write a mapping with a list “records”, a list, or one record.",
    ),
    "invalid-base": error(
        "„{value}” nie może być podstawą; podaj bezwzględne IRI http(s) z / na końcu, bez ? i #.",
        "“{value}” cannot be a base; give an absolute http(s) IRI that ends in /, without ? and #.",
    ),
    "invalid-query": error(
        "Zapytania nie można wykonać: {reason}; popraw je albo wybierz z listy (query --list).",
        "The query cannot be run: {reason}; mend it, or choose one of the list (query --list).",
    ),
    "folder-needed": error(
        "Tabele CSV to folder plików; podaj jego nazwę zakończoną „/”, na przykład {hint}.",
        "CSV tables are a folder of files; give its name, ending in “/”, for example {hint}.",
    ),
    "rejected-exists": error(
        "Ten folder już istnieje i mogą w nim być poprawiane wiersze; podaj inny "
        "(--rejected FOLDER) albo usuń ten.",
        "This folder exists, and rows may be being mended in it; give another (--rejected FOLDER) "
        "or delete this one.",
    ),
    "folder-occupied": error(
        "Folder zawiera „{value}”, a zostałby zastąpiony w całości; podaj nowy albo pusty folder.",
        "The folder holds “{value}”, and would be replaced as a whole; give a new or empty folder.",
    ),
}
