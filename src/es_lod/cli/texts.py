"""What the command line says, in the language of the user; imports nothing heavy.

Polish under a Polish locale, English elsewhere.
"""

import os
import sys
from typing import Final

from es_lod.cli import kept, published


def _detected() -> str:
    """The language of the environment, as gettext finds it; on Windows that of the desktop."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "pl" if value.lower().startswith("pl") else "en"
    if sys.platform == "win32":
        import ctypes

        polish = 0x15  # https://learn.microsoft.com/windows/win32/intl/language-identifiers
        return "pl" if ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == polish else "en"
    return "en"


language: Final = _detected()


def say(key: str, lang: str = language) -> str:
    """A text of the command line, in the user's language or the one asked for."""
    return TEXTS[key][lang == "en"]


TEXTS: Final = {
    **published.TEXTS,
    **kept.TEXTS,
    "INPUT": ("WEJŚCIE", "INPUT"),
    "FILE": ("PLIK", "FILE"),
    "FOLDER": ("FOLDER", "FOLDER"),
    "OLD": ("STARE", "OLD"),
    "NEW": ("NOWE", "NEW"),
    "NAME": ("NAZWA", "NAME"),
    "main": (
        "Otwarte dane połączone o polskiej ekonomii społecznej.\n\n"
        "Rekordy (YAML, JSON, JSON Lines, JSON-LD), tabele (CSV, XLSX) i RDF są czytane, "
        "sprawdzane i zapisywane jako RDF (Turtle, JSON-LD i inne) albo tabele. WEJŚCIE "
        "to plik, folder albo „-” z opcją --from.\n\n"
        "\b\nPrzykłady:\n"
        "  es-lod new rekordy.xlsx          skoroszyt do wypełnienia\n"
        "  es-lod validate rekordy.xlsx     co jest źle i jak to poprawić\n"
        "  es-lod map rekordy.xlsx -o rekordy.ttl\n"
        "  es-lod query rekordy.xlsx founders\n\n"
        "Kod wyjścia: 0 dane są zgodne, 1 nie są, 2 nie udało się wykonać.",
        "Linked Open Data of the Polish social economy.\n\n"
        "Records (YAML, JSON, JSON Lines, JSON-LD), tables (CSV, XLSX) and RDF are read, checked, "
        "and written as RDF (Turtle, JSON-LD and others) or as tables. INPUT is a file, a "
        "folder, or “-” with --from.\n\n"
        "\b\nExamples:\n"
        "  es-lod new records.xlsx          a workbook to fill in\n"
        "  es-lod validate records.xlsx     what is wrong, and how to mend it\n"
        "  es-lod map records.xlsx -o records.ttl\n"
        "  es-lod query records.xlsx founders\n\n"
        "Exit code: 0 the data conforms, 1 it does not, 2 could not run.",
    ),
    "map": (
        "Zamienia rekordy i tabele na RDF, a RDF i rekordy na tabele.\n\n"
        "Bez -o wypisuje Turtle. Sprawdza rekordy, odwołania i duplikaty; przy błędach nie "
        "zapisuje niczego, chyba że podano --keep-going. Pełne sprawdzenie robi validate.\n\n"
        "Z --keep-going pominięte rekordy trafiają do folderu obok wyniku (dane.ttl: "
        "dane.rejected/), w swojej postaci i z opisem problemu. Po poprawieniu wczytaj je razem "
        "z wynikiem:\n\n"
        "\b\n"
        "  es-lod map dane.csv -o dane.ttl --keep-going\n"
        "  es-lod map dane.ttl dane.rejected -o całość.ttl",
        "Map records and tables to RDF, and RDF and records to tables.\n\n"
        "Without -o prints Turtle. Checks records, references and duplicates; with errors nothing "
        "is written, unless --keep-going is given. For everything that can be wrong see validate."
        "\n\n"
        "With --keep-going the records that are left out go to a folder beside the output "
        "(data.ttl: data.rejected/), in their own form and with what is wrong. Mend them and read "
        "them together with the output:\n\n"
        "\b\n"
        "  es-lod map data.csv -o data.ttl --keep-going\n"
        "  es-lod map data.ttl data.rejected -o whole.ttl",
    ),
    "validate": (
        "Sprawdza wszystko, co może być źle: rekordy, odwołania, SHACL, terminy.\n\n"
        "Każdy problem ma kod, miejsce (plik, wiersz i kolumnę albo arkusz i komórkę), rekord "
        "i pole.",
        "Check everything that can be wrong: records, references, SHACL, terms.\n\n"
        "Every problem has a code, a place (file, line and column, or sheet and cell), a record "
        "and a field.",
    ),
    "query": (
        "Wykonuje zapytanie SPARQL na danych z plików, razem z ontologią i pojęciami.\n\n"
        "NAZWA to jedno z gotowych zapytań (--list); własne: --file albo --text.",
        "Ask a SPARQL query of the data of files, with ontology and concepts beside it.\n\n"
        "NAME is one of the ready queries (--list); for your own use --file or --text.",
    ),
    "diff": (
        "Mówi, co się zmieniło między dwoma wydaniami danych.\n\n"
        "Rekordy dodane, usunięte i zmienione, pole po polu; rozpoznaje je po IRI. STARE i NOWE to "
        "pliki albo foldery w dowolnej postaci.\n\n"
        "Kod wyjścia: 0 nic się nie zmieniło, 1 coś się zmieniło, 2 nie udało się wykonać.",
        "Say what changed between two editions of the data.\n\n"
        "Records added, removed and changed, field by field; they are told by their IRIs. OLD and "
        "NEW are files or folders in any form.\n\n"
        "Exit code: 0 nothing changed, 1 something did, 2 could not run.",
    ),
    "diff-format": (
        "Postać wyniku: text (słowami) albo json.",
        "The form of the result: text (in words) or json.",
    ),
    "new": (
        "Tworzy plik do wypełnienia albo do pracy.\n\n"
        "\b\nRodzaj wynika z nazwy:\n"
        "  rekordy.xlsx         skoroszyt do wypełnienia, z objaśnieniami i listami\n"
        "  organizacje.csv      jedna tabela; nazwa mówi, która\n"
        "  rekordy.yaml         szablon rekordów z objaśnieniami\n"
        "  site.yaml            ustawienia strony dla publish\n"
        "  es-lod.schema.json   JSON Schema dla edytorów\n"
        "  context.jsonld       kontekst JSON-LD",
        "Make a file to fill in or to build on.\n\n"
        "\b\nIts name says which:\n"
        "  records.xlsx         a workbook to fill in, explained, with drop-down lists\n"
        "  organisations.csv    one table; the name says which\n"
        "  records.yaml         a template of records, explained\n"
        "  site.yaml            the settings of a site, for publish\n"
        "  es-lod.schema.json   the JSON Schema, for editors\n"
        "  context.jsonld       the JSON-LD context",
    ),
    "commands": ("Polecenia", "Commands"),
    "lang": ("Język komunikatów.", "The language of messages."),
    "base": (
        "Początek IRI rekordów, zamiast podanego w dokumentach.",
        "The base of the records' IRIs, instead of what documents state.",
    ),
    "columns": (
        "Co znaczą kolumny tabel; jeśli pliku nie ma, powstaje jego szkic.",
        "What the columns of tables mean; drafted where the file is not there.",
    ),
    "columns-made": (
        "Utworzono szkic {}; niczego nie zamieniono. Sprawdź go, uzupełnij puste miejsca i "
        "uruchom to samo polecenie jeszcze raz.",
        "Drafted {}; nothing was mapped. Check it, fill in what is empty, and run the same "
        "command again.",
    ),
    "columns-no-tables": (
        "Nie ma pliku {}, a wejście nie zawiera tabel (CSV, XLSX), z których mógłby powstać.",
        "There is no file {}, and the input has no tables (CSV, XLSX) to draft it from.",
    ),
    "from": (
        "Rodzaj danych na standardowym wejściu („-”).",
        "The format of standard input (“-”).",
    ),
    "output": (
        "Plik wynikowy; rodzaj wynika z nazwy (.ttl, .jsonld, .xlsx …); folder/ to tabele CSV.",
        "Where to write; its suffix is the format (.ttl, .jsonld, .xlsx …); folder/ is CSV tables.",
    ),
    "format": ("Rodzaj wyniku, gdy nie wynika z nazwy.", "The format, where no suffix says it."),
    "keep-going": (
        "Zapisz dobre rekordy mimo błędów w innych.",
        "Write the good records in spite of errors in others.",
    ),
    "rejected": (
        "Folder na pominięte rekordy, zamiast obok wyniku (obejmuje --keep-going).",
        "A folder for the records that are left out, instead of beside the output (implies "
        "--keep-going).",
    ),
    "map-jobs": (
        "Ile procesów czyta JSON Lines i zapisuje N-Triples, Turtle albo RDF/XML; wynik jest ten "
        "sam.",
        "How many processes read JSON Lines and write N-Triples, Turtle or RDF/XML; the output is "
        "the same.",
    ),
    "report": ("Postać raportu.", "The form of the report."),
    "strict": (
        "Trójki RDF, których nie da się przenieść, są błędem.",
        "RDF triples that cannot be carried over are errors.",
    ),
    "query-file": ("Plik z zapytaniem SPARQL.", "A file with a SPARQL query."),
    "query-text": ("Treść zapytania SPARQL.", "The SPARQL query itself."),
    "query-param": (
        "Wartość zmiennej w zapytaniu: nazwa=wartość.",
        "The value of a variable of the query: name=value.",
    ),
    "query-format": (
        "Postać odpowiedzi: table, csv, tsv, json, xml; dla grafów ttl, nt, rdf, jsonld.",
        "The form of the answer: table, csv, tsv, json, xml; for graphs ttl, nt, rdf, jsonld.",
    ),
    "query-list": ("Pokaż gotowe zapytania.", "Show the ready queries."),
    "force": ("Zastąp istniejący plik.", "Replace a file that exists."),
    "interrupted": ("przerwano; niczego nie zapisano.", "interrupted; nothing is written."),
    "empty-input": (
        "Nazwa wejścia jest pusta; podaj plik albo folder.",
        "The name of an input is empty; give a file or a folder.",
    ),
    "need-from": (
        "„-” wymaga opcji --from z rodzajem danych.",
        "“-” needs the option --from with the format.",
    ),
    "need-folder": (
        "Tabele CSV to folder plików; podaj -o FOLDER/.",
        "CSV tables are a folder of files; give -o FOLDER/.",
    ),
    "no-name": (
        "Nie ma gotowego zapytania „{}”; są: {}. Własne podaj przez --file albo --text.",
        "There is no ready query “{}”; there are: {}. Give your own by --file or --text.",
    ),
    "no-inputs": ("Podaj co najmniej jedno wejście.", "Give at least one input."),
    "one-query": (
        "Podaj jedno: NAZWĘ, --file albo --text.",
        "Give one of NAME, --file and --text.",
    ),
    "bad-param": (
        "Parametr pisz nazwa=wartość, każdy raz.",
        "Write a parameter as name=value, each once.",
    ),
    "bad-format": (
        "Tej odpowiedzi nie da się zapisać jako {}.",
        "This answer cannot be written as {}.",
    ),
    "exists": (
        "Plik {} już istnieje; podaj inną nazwę albo --force.",
        "The file {} exists; give another name, or --force.",
    ),
    "unknown-new": (
        "Z nazwy {} nie wynika, co utworzyć: nazwa.xlsx, nazwa.csv, nazwa.yaml, "
        "nazwa.schema.json, context.jsonld.",
        "The name {} does not say what to make: NAME.xlsx, NAME.csv, NAME.yaml, "
        "NAME.schema.json, context.jsonld.",
    ),
    "unknown-csv": (
        "Z nazwy {} nie wynika, którą tabelę utworzyć. Są: {}.",
        "The name {} does not say which table to make. There are: {}.",
    ),
    "progress-reading": (
        "Wczytano {records:rekord|rekordy|rekordów}",
        "{records:record|records} read",
    ),
    "progress-shapes": (
        "Sprawdzanie kształtów SHACL: {records:rekord|rekordy|rekordów}",
        "Checking the SHACL shapes: {records:record|records}",
    ),
    "progress-query": (
        "Zapytanie: {records:rekord|rekordy|rekordów}",
        "Querying: {records:record|records}",
    ),
    "counts": (
        "Wczytano {read:rekord|rekordy|rekordów}, zapisano {written}, pominięto {left_out}{where}.",
        "Read {read:record|records}, wrote {written}, left out {left_out}{where}.",
    ),
    "made": ("Utworzono {}.", "Made {}."),
    "no-rows": ("Brak wyników.", "No results."),
    "OPTIONS": ("[OPCJE]", "[OPTIONS]"),
    "COMMAND": ("POLECENIE [ARGUMENTY]…", "COMMAND [ARGS]…"),
}
