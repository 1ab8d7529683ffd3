"""The texts of problems, in Polish and English, by code.

Each text says what is wrong and what to do. `{name}` is filled from the problem's parameters;
`{count:błąd|błędy|błędów}` is a number followed by the right form of the noun.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True, slots=True)
class Message:
    """The severity and the two texts of one code."""

    severity: Literal["error", "warning", "info"]
    pl: str
    en: str


class Number(int):
    """An integer whose format specification is the forms of a noun.

    `{n:error|errors}` takes English plurals, `{n:błąd|błędy|błędów}` Polish ones (one; two to
    four, but not twelve to fourteen; many).
    """

    def __format__(self, spec: str) -> str:
        forms = spec.split("|")
        if len(forms) == 2:
            return f"{int(self)} {forms[self != 1]}"
        if len(forms) == 3:
            return f"{int(self)} {forms[self._polish()]}"
        return int.__format__(self, spec)

    def _polish(self) -> int:
        if self == 1:
            return 0
        few = 2 <= self % 10 <= 4 and not 12 <= self % 100 <= 14
        return 1 if few else 2


def render(code: str, params: Mapping[str, object]) -> dict[str, str]:
    """The texts of a problem: `{"pl": …, "en": …}`.

    A parameter that is a mapping `{"pl": …, "en": …}` is itself taken in the language.
    """
    message = CATALOGUE[code]
    return {
        "pl": message.pl.format_map(_Parameters(params, "pl")),
        "en": message.en.format_map(_Parameters(params, "en")),
    }


class _Parameters(dict[str, object]):
    def __init__(self, params: Mapping[str, object], language: str) -> None:
        super().__init__(
            (key, _printable(value, language, 900 if key == "known" else 200))
            for key, value in params.items()
        )

    def __missing__(self, key: str) -> str:
        return "–"


def _printable(value: object, language: str, longest: int) -> object:
    if isinstance(value, Mapping):
        return value.get(language, "{…}")
    if isinstance(value, bool) or value is None:
        return "–"
    if isinstance(value, int):
        return Number(value)
    text = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in str(value))
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _error(pl: str, en: str) -> Message:
    return Message("error", pl, en)


def _warning(pl: str, en: str) -> Message:
    return Message("warning", pl, en)


def _info(pl: str, en: str) -> Message:
    return Message("info", pl, en)


CATALOGUE: Final[dict[str, Message]] = {
    # The input as a whole.
    "file-not-found": _error(
        "Nie ma takiego pliku ani folderu; sprawdź nazwę i ścieżkę.",
        "There is no such file or folder; check the name and the path.",
    ),
    "file-unreadable": _error(
        "Pliku nie można odczytać ({reason}); sprawdź uprawnienia i czy nie jest otwarty.",
        "The file cannot be read ({reason}); check its permissions and whether it is open.",
    ),
    "file-unwritable": _error(
        "Pliku nie można zapisać ({reason}); sprawdź folder, uprawnienia i czy nie jest otwarty.",
        "The file cannot be written ({reason}); check folder, permissions, and if it is open.",
    ),
    "unknown-suffix": _error(
        "Nieznany rodzaj pliku „{value}”; obsługiwane: {known}.",
        "Unknown kind of file “{value}”; known are: {known}.",
    ),
    "file-skipped": _info(
        "Pominięto plik: rodzaj „{value}” nie należy do rekordów ani do RDF.",
        "The file was skipped: “{value}” is no kind of records or RDF.",
    ),
    "empty-folder": _error(
        "W folderze nie ma plików z danymi; obsługiwane rodzaje: {known}.",
        "The folder has no data files; known kinds are: {known}.",
    ),
    "empty-file": _error(
        "Plik jest pusty; wpisz rekordy (wzór: es-lod new rekordy.yaml).",
        "The file is empty; put records in it (a template: es-lod new records.yaml).",
    ),
    "binary-file": _error(
        "To nie jest plik tekstowy (zawiera bajt zerowy); zapisz dane jako tekst UTF-8.",
        "This is not a text file (it has a zero byte); save the data as UTF-8 text.",
    ),
    "not-utf-8": _error(
        "Plik nie jest zapisany w UTF-8; zapisz go ponownie z kodowaniem UTF-8.",
        "The file is not in UTF-8; save it again with the encoding UTF-8.",
    ),
    "file-too-large": _error(
        "Plik przekracza {limit} MiB; podziel go albo zapisz jako JSON Lines (.jsonl).",
        "The file is over {limit} MiB; split it, or save it as JSON Lines (.jsonl).",
    ),
    "line-too-long": _error(
        "Wiersz przekracza {limit} MiB; każdy rekord ma mieć swój wiersz: sprawdź ich końce.",
        "The line is over {limit} MiB; every record has a line of its own: check the line ends.",
    ),
    # Tables.
    "read-as-windows-1250": _info(
        "Plik nie jest w UTF-8; odczytano go jako Windows-1250. Sprawdź polskie litery.",
        "The file is not in UTF-8; it was read as Windows-1250. Check the Polish letters.",
    ),
    "iso-8859-2": _error(
        "Plik jest zapisany w ISO-8859-2; zapisz go ponownie z kodowaniem UTF-8.",
        "The file is in ISO-8859-2; save it again with the encoding UTF-8.",
    ),
    "cell-too-long": _error(
        "Komórka przekracza {limit:znak|znaki|znaków}; skróć tekst i sprawdź, czy cudzysłów "
        "jest zamknięty.",
        "The cell is over {limit:character|characters}; shorten the text, and check that its "
        "quotation mark is closed.",
    ),
    "too-many-columns": _error(
        "Wiersz ma ponad {limit:kolumnę|kolumny|kolumn}; sprawdź separator i końce wierszy.",
        "The row has over {limit:column|columns}; check the delimiter and the line ends.",
    ),
    "formula-without-value": _error(
        "Formuła nie ma zapisanego wyniku; otwórz plik w arkuszu, przelicz i zapisz ponownie.",
        "The formula has no saved result; open the file in a spreadsheet and save it again.",
    ),
    "cell-error": _error(
        "Komórka pokazuje błąd (jak #N/D!, #ADR! albo ####); wpisz do niej właściwą wartość.",
        "The cell shows an error (such as #N/A, #REF! or ####); write the right value into it.",
    ),
    "date-without-year": _error(
        "Data jest pokazana bez roku; zmień format komórki na datę z rokiem i sprawdź ją.",
        "The date is shown without its year; choose a format with the year, and check it.",
    ),
    "macros-ignored": _info(
        "Skoroszyt zawiera makra; nie są uruchamiane ani czytane.",
        "The workbook has macros; they are neither run nor read.",
    ),
    "too-deep": _error(
        "Zagnieżdżenie przekracza {limit} poziomów; zapisz rekordy osobno i odwołaj się do id.",
        "Nesting is over {limit} levels deep; write records apart and refer to them by id.",
    ),
    "syntax": _error(
        "Błąd składni {format}: {reason}. Popraw zapis w tym miejscu.",
        "{format} syntax error: {reason}. Mend the text at this place.",
    ),
    "duplicate-key": _error(
        "Klucz „{value}” powtarza się w tym samym miejscu; zostaw jeden.",
        "The key “{value}” stands twice in the same place; keep one.",
    ),
    "yaml-alias": _error(
        "Kotwic i aliasów YAML (& i *) nie czytamy; wpisz wartość albo odwołaj się do id.",
        "YAML anchors and aliases (& and *) are not read; write the value out, or refer by id.",
    ),
    "yaml-tag": _error(
        "Znaczników typu YAML („{value}”) nie czytamy; wpisz samą wartość.",
        "YAML tags (“{value}”) are not read; write the value alone.",
    ),
    "triple-term": _error(
        "Trójek w roli obiektu (RDF 1.2) nie czytamy; opisz je osobno albo usuń.",
        "Triples as objects (RDF 1.2) are not read; describe them apart, or remove them.",
    ),
    "xml-entity": _error(
        "Deklaracji encji XML (<!ENTITY) nie czytamy; zapisz dane jako Turtle.",
        "XML entity declarations (<!ENTITY) are not read; save the data as Turtle.",
    ),
    "several-documents": _error(
        "Plik zawiera kilka dokumentów YAML (---); zostaw jeden z listą records.",
        "The file has several YAML documents (---); keep one with a list of records.",
    ),
    "remote-context": _error(
        "Kontekst JSON-LD spoza pliku nie jest pobierany; wpisz go do pliku albo użyj {known}.",
        "A JSON-LD context is never fetched; put it into the file, or use {known}.",
    ),
    "foreign-context": _error(
        "Kontekst (@context) nie jest kontekstem rekordów: dla rekordów użyj {known}, "
        "innemu JSON-LD nadaj nazwę z końcówką .jsonld.",
        "The @context is not that of records: for records use {known}, "
        "and give other JSON-LD a name that ends in .jsonld.",
    ),
    "no-context": _error(
        'Rekordy w JSON-LD potrzebują kontekstu; dopisz "@context": "{known}".',
        'Records in JSON-LD need their context; add "@context": "{known}".',
    ),
    "no-records": _error(
        "Oczekiwano rekordów: mapowania z listą „records”, listy albo jednego rekordu.",
        "Records are expected: a mapping with a list “records”, a list, or one record.",
    ),
    "invalid-base": _error(
        "„{value}” nie jest bezwzględnym IRI http(s) zakończonym na /, bez ? i #.",
        "“{value}” is not an absolute http(s) IRI that ends in /, without ? and #.",
    ),
    "invalid-query": _error(
        "Zapytania nie można wykonać: {reason}. Popraw je; nazwane pokaże query --list.",
        "The query cannot be run: {reason}. Mend it; query --list shows the named ones.",
    ),
    # Tables.
    "unknown-table": _error(
        "Nie wiadomo, co zawiera tabela „{value}”; użyj nagłówków z szablonu albo opisz własne "
        "w pliku kolumn (--columns).",
        "It is not known what the table “{value}” holds; use the headers of a template, or "
        "describe your own in a file of columns (--columns).",
    ),
    "unmapped-column": _error(
        "Kolumna „{value}” nie ma celu w pliku {columns}; wpisz tam pole albo „-”, by ją pominąć.",
        "The column “{value}” leads nowhere in {columns}; write a field there, or “-” to leave it.",
    ),
    "unmapped-value": _error(
        "Nie podano, co znaczy „{value}”; wpisz notację albo „-”, by pominąć tę wartość.",
        "It is not said what “{value}” means; write a notation, or “-” to leave the value out.",
    ),
    "unknown-header": _error(
        "Tabela nie ma nagłówka „{value}”; popraw go w pliku kolumn albo usuń stamtąd.",
        "The table has no header “{value}”; mend it in the columns file, or remove it there.",
    ),
    "unknown-target": _error(
        "„{value}” nie jest polem tabeli „{table}”; użyj klucza albo etykiety pola.",
        "“{value}” is no field of the table “{table}”; use the key or the label of a field.",
    ),
    "mapped-twice": _error(
        "Pole „{value}” ma jedną wartość, a prowadzą do niego dwie kolumny; zostaw jedną albo "
        "złącz je w constants.",
        "The field “{value}” takes one value, and two columns lead to it; keep one, or join them "
        "under constants.",
    ),
    "bad-template": _error(
        "„{value}” ma nawias klamrowy bez pary; nagłówki bierz w klamry, zwykłą klamrę podwajaj.",
        "“{value}” has a brace without its pair; put headers in braces, and double plain braces.",
    ),
    "no-header-row": _error(
        "Tabela nie ma wiersza {value}; podaj numer wiersza, w którym stoją nagłówki.",
        "The table has no row {value}; give the number of the row where the headers stand.",
    ),
    "unknown-sheet": _error(
        "Nie ma arkusza ani pliku „{value}”; popraw nazwę tabeli w pliku kolumn.",
        "There is no sheet or file “{value}”; mend the table's name in the columns file.",
    ),
    "columns-unused": _error(
        "Żadna tabela nie ma nagłówków opisanych w tym pliku; sprawdź je i numer ich wiersza.",
        "No table has the headers that this file describes; check them and their row's number.",
    ),
    "sheet-skipped": _warning(
        "Pominięto arkusz „{value}”: nie ma nagłówków rekordów; popraw je, jeśli to dane.",
        "The sheet “{value}” was skipped: it has no headers of records; mend them if it is data.",
    ),
    "unknown-column": _error(
        "Nieznany nagłówek „{value}”; popraw go, usuń kolumnę albo opisz ją w pliku kolumn.",
        "Unknown header “{value}”; mend it, remove the column, or describe it in a columns file.",
    ),
    "duplicate-column": _error(
        "Kolumna „{value}” powtarza się; zostaw jedną.",
        "The column “{value}” stands twice; keep one.",
    ),
    "missing-column": _error(
        "Brakuje kolumny „{column}”; dodaj ją, bo każdy rekord musi mieć to pole.",
        "The column “{column}” is missing; add it, since every record must have this field.",
    ),
    "nameless-column": _error(
        "Wartość „{value}” stoi w kolumnie bez nagłówka; wpisz nagłówek albo usuń wartość.",
        "The value “{value}” stands in a column without a header; add one, or remove the value.",
    ),
    "unknown-setting": _error(
        "Nieznane ustawienie „{value}”; możliwe są base i language.",
        "Unknown setting “{value}”; there are base and language.",
    ),
    "unknown-owner": _error(
        "Wiersz należy do „{value}”, ale tabele nie mają takiego rekordu; popraw właściciela.",
        "The row belongs to “{value}”, but no table has such a record; mend the owner.",
    ),
    "unknown-name": _error(
        "Żaden rekord nie nazywa się „{value}” i nie ma takiego numeru; popraw albo podaj id.",
        "No record is called “{value}” or has that number; mend it, or give an id.",
    ),
    "ambiguous-name": _error(
        "Kilka rekordów nazywa się „{value}”; podaj id tego, o który chodzi.",
        "Several records are called “{value}”; give the id of the one that is meant.",
    ),
    "not-text": _error(
        "W komórce jest „{value}” jako data albo liczba; ustaw format Tekst i wpisz ponownie.",
        "The cell holds “{value}” as a date or number; format it as text, and type it again.",
    ),
    "number-as-text": _info(
        "Liczbę {value} odczytano jako tekst; sprawdź, czy nie zgubiła zer na początku.",
        "The number {value} was read as text; check that it lost no zeros at its beginning.",
    ),
    "too-many-rows": _error(
        "Arkusz „{value}” miałby ponad {limit} wierszy; zapisz tabele jako CSV.",
        "The sheet “{value}” would have over {limit} rows; write the tables as CSV.",
    ),
    "folder-needed": _error(
        "Tabele CSV to folder plików; podaj jego nazwę zakończoną „/”, na przykład {hint}.",
        "CSV tables are a folder of files; give its name, ending in “/”, for example {hint}.",
    ),
    "rejected-exists": _error(
        "Ten folder już istnieje, a mogą w nim być poprawiane wiersze: przenieś go, usuń albo "
        "podaj inny (--rejected FOLDER).",
        "This folder exists, and rows may be being mended in it: move it, delete it, or name "
        "another (--rejected FOLDER).",
    ),
    "folder-occupied": _error(
        "Folder zawiera „{value}”, który nie jest tabelą; podaj nowy albo pusty folder.",
        "The folder holds “{value}”, which is no table; give a new or empty folder.",
    ),
    # A record's own fields.
    "not-a-record": _error(
        "Oczekiwano rekordu (kluczy z wartościami), a jest „{value}”.",
        "A record (keys with values) is expected here, not “{value}”.",
    ),
    "missing-type": _error(
        "Rekord nie ma typu; dodaj „type”, na przykład: {known}.",
        "The record has no type; add “type”, for example: {known}.",
    ),
    "unknown-type": _error(
        "Nieznany typ „{value}”; użyj jednego z: {known}.",
        "Unknown type “{value}”; use one of: {known}.",
    ),
    "unknown-key": _error(
        "Typ {type} nie ma pola „{value}”; popraw nazwę albo usuń to pole.",
        "{type} has no field “{value}”; mend the name, or remove the field.",
    ),
    "missing": _error(
        "Brakuje wymaganego pola „{field}”; dopisz je.",
        "The required field “{field}” is missing; add it.",
    ),
    "not-one-value": _error(
        "To pole ma tylko jedną wartość, a podano kilka; zostaw jedną.",
        "This field takes one value, and several are given; keep one.",
    ),
    "invalid-value": _error(
        "Wartość „{value}” nie pasuje do tego pola; oczekiwano: {expected}.",
        "The value “{value}” does not fit this field; expected: {expected}.",
    ),
    "invalid-text": _error(
        "Tekst jest pusty, jest wielokropkiem albo ma znaki sterujące; wpisz zwykły tekst.",
        "The text is empty, an ellipsis, or has control characters; write plain text.",
    ),
    "missing-language": _error(
        "Tekst „{value}” nie ma języka; oznacz go, na przykład @pl.",
        "The text “{value}” has no language; tag it, for example @pl.",
    ),
    "invalid-language": _error(
        "„{value}” nie jest kodem języka; użyj na przykład pl, en albo uk.",
        "“{value}” is no language tag; use for example pl, en or uk.",
    ),
    "invalid-date": _error(
        "„{value}” nie jest datą z kalendarza; pisz 2018-06-19, 2018-06 albo 2018{time}.",
        "“{value}” is no date of the calendar; write 2018-06-19, 2018-06 or 2018{time}.",
    ),
    "invalid-count": _error(
        "„{value}” nie jest liczbą; wpisz liczbę całkowitą od 0 do 999999999.",
        "“{value}” is no count; write a whole number from 0 to 999999999.",
    ),
    "invalid-number": _error(
        "„{value}” nie jest stopniem dziesiętnym z zakresu {low}…{high}; pisz na przykład 50.0121.",
        "“{value}” is no decimal degree within {low}…{high}; write for example 50.0121.",
    ),
    "invalid-iri": _error(
        "„{value}” nie jest bezwzględnym IRI; wpisz pełny adres, na przykład https://….",
        "“{value}” is no absolute IRI; write the full address, for example https://….",
    ),
    "invalid-krs": _error(
        "„{value}” nie jest numerem KRS; KRS ma 10 cyfr, z zerami na początku.",
        "“{value}” is no KRS number; it has 10 digits, leading zeros included.",
    ),
    "invalid-nip": _error(
        "„{value}” nie jest poprawnym NIP: 10 cyfr, ostatnia kontrolna; sprawdź przepisanie.",
        "“{value}” is no valid NIP: 10 digits, the last a check digit; check the copying.",
    ),
    "invalid-regon": _error(
        "„{value}” nie jest poprawnym REGON: 9 lub 14 cyfr z kontrolną; sprawdź przepisanie.",
        "“{value}” is no valid REGON: 9 or 14 digits with check digit; check the copying.",
    ),
    "lost-digits": _error(
        "„{value}” to liczba, w której arkusz pominął cyfry; przepisz numer ze źródła jako tekst.",
        "“{value}” is a number from a spreadsheet, digits are lost; copy it anew, as text.",
    ),
    "invalid-terc": _error(
        "„{value}” nie jest kodem TERC: 2, 4 albo 7 cyfr, pierwsze dwie to województwo.",
        "“{value}” is no TERC code: 2, 4 or 7 digits, the first two a voivodeship.",
    ),
    "invalid-postcode": _error(
        "„{value}” nie jest kodem pocztowym; w Polsce pisz 30-070.",
        "“{value}” is no postcode; in Poland write 30-070.",
    ),
    "invalid-phone": _error(
        "„{value}” nie jest numerem telefonu; pisz +48120000001, jeden numer w polu.",
        "“{value}” is no telephone number; write +48120000001, one number a field.",
    ),
    "invalid-email": _error(
        "„{value}” nie jest adresem e-mail; pisz nazwa@domena.pl.",
        "“{value}” is no e-mail address; write name@domain.pl.",
    ),
    "invalid-country": _error(
        "„{value}” nie jest kodem kraju; użyj dwóch liter, na przykład PL.",
        "“{value}” is no country code; use two letters, for example PL.",
    ),
    "unknown-concept": _error(
        "„{value}” nie jest pojęciem ze słownika {scheme}; użyj jednej z notacji: {known}.",
        "“{value}” is no concept of the scheme {scheme}; use one of its notations: {known}.",
    ),
    "unknown-choice": _error(
        "„{value}” nie należy do możliwych wartości: {known}.",
        "“{value}” is not one of the possible values: {known}.",
    ),
    "invalid-id": _error(
        "„{value}” nie może być id: małe litery a–z, cyfry i łączniki, najwyżej 80 znaków.",
        "“{value}” cannot be an id: lower-case a–z, digits and hyphens, at most 80 characters.",
    ),
    "invalid-reference": _error(
        "„{value}” nie jest odwołaniem; podaj id rekordu albo pełne IRI.",
        "“{value}” is no reference; give the id of a record or an absolute IRI.",
    ),
    # Across fields and records.
    "end-before-start": _error(
        "Koniec {value} jest wcześniejszy niż początek {start} ({startField}); popraw jedną z dat.",
        "The end {value} is before the start {start} ({startField}); mend one of the dates.",
    ),
    "dangling-reference": _error(
        "Nie ma rekordu o id „{value}”; popraw id, dodaj rekord albo podaj pełne IRI.",
        "There is no record with the id “{value}”; mend the id, add the record or give an IRI.",
    ),
    "wrong-class": _error(
        "Rekord „{value}” ma typ {actual}, a tu oczekiwano: {expected}.",
        "The record “{value}” is of type {actual}, but this field expects: {expected}.",
    ),
    "self-reference": _warning(
        "Rekord „{value}” odwołuje się do samego siebie; popraw id albo usuń odwołanie.",
        "The record “{value}” refers to itself; mend the id, or remove the reference.",
    ),
    "duplicate-id": _error(
        "Id „{value}” ma już inny rekord; nadaj inne id albo połącz oba rekordy.",
        "Another record has the id “{value}” already; give another id or merge the two.",
    ),
    "operator-conflict": _error(
        "Jednostka ma operatora „{value}”, a „{other}” podaje, że ją prowadzi; zostaw jedno.",
        "The unit has the operator “{value}”, but “{other}” says that it operates it; keep one.",
    ),
    "described-elsewhere": _error(
        "„{value}” opisano gdzie indziej; operatora może podać tylko rekord tej jednostki.",
        "“{value}” is described elsewhere; only the record of that unit can state its operator.",
    ),
    "no-id": _error(
        "Rekord nie ma id i nie da się go utworzyć z pól {fields}; dopisz „id”.",
        "The record has no id, and none can be made from its fields {fields}; add “id”.",
    ),
    "minted-id": _info(
        "Rekord nie ma id; utworzono „{value}”. Wpisz je na stałe: zmiana nazwy zmieni IRI.",
        "The record has no id; “{value}” was made. Write it down: a new name changes the IRI.",
    ),
    "part-collision": _error(
        "Dwie części mają ten sam identyfikator „{value}”; nadaj jednej własne „id”.",
        "Two parts have the same identifier “{value}”; give one of them an “id” of its own.",
    ),
    "invalid-statement": _error(
        "„{value}” nie jest {expected} tego rekordu; popraw stwierdzenie.",
        "“{value}” is no {expected} of this record; mend the statement.",
    ),
    "normalised": _info(
        "„{original}” zapisano jako „{value}”.",
        "“{original}” was written as “{value}”.",
    ),
    # Personal data. The value is not told: see `es_lod.personal`.
    "pesel": _error(
        "Usuń numer PESEL: jest daną osobową i nie może zostać opublikowany.",
        "Remove the PESEL number: it is personal data and must not be published.",
    ),
    "personal-email": _warning(
        "„{value}” wygląda na adres osoby; podaj adres organizacji, na przykład biuro@….",
        "“{value}” looks like a person's address; give one of the organisation, such as biuro@….",
    ),
    "person-in-contact": _warning(
        "„{value}” wygląda na nazwisko osoby; wpisz stanowisko lub dział, na przykład sekretariat.",
        "“{value}” looks like a person's name; write a post or a department, such as secretariat.",
    ),
    # RDF input and output.
    "not-in-xml": _error(
        "RDF/XML nie zapisze znaków sterujących ({value}); wybierz inny format, np. Turtle.",
        "RDF/XML cannot hold control characters ({value}); choose another format, as Turtle.",
    ),
    "part-renamed": _warning(
        "Część „{value}” dostanie IRI swojego właściciela z „#”; poprzednie IRI przepada.",
        "The part “{value}” gets an IRI of its owner with “#”; its own IRI is lost.",
    ),
    "not-carried-over": _warning(
        "{count:trójka|trójki|trójek} RDF poza modelem ({example}); zachowa je tylko zapis do RDF.",
        "{count:triple|triples} outside the model ({example}); only RDF output keeps them.",
    ),
    "graph-names-dropped": _warning(
        "Nazwy grafów nie są przenoszone: {count:graf|grafy|grafów}.",
        "Graph names are not carried over: {count:graph|graphs}.",
    ),
    "ambiguous-type": _error(
        "Zasób ma typy wzajemnie się wykluczające: {value}; zostaw jeden.",
        "The resource has types that exclude each other: {value}; keep one.",
    ),
    "near-miss-term": _error(
        "„{value}” wygląda na literówkę w przestrzeni nazw; właściwe IRI: {hint}.",
        "“{value}” looks like a mistyped namespace; the right IRI is {hint}.",
    ),
    "undeclared-term": _error(
        "„{value}” nie należy do słownika {vocabulary}; użyj terminu, który do niego należy.",
        "“{value}” is not declared in the vocabulary {vocabulary}; use one of its terms.",
    ),
    "development-iri": _warning(
        "„{value}” to adres roboczy albo przykładowy; opublikuj dane pod właściwym adresem.",
        "“{value}” is an address for development or examples; publish under the real one.",
    ),
    # Concepts and their schemes.
    "concept-and-scheme": _error(
        "Pojęcie jest zarazem schematem pojęć (SKOS S9); rozdziel je na dwa zasoby.",
        "The concept is a concept scheme, too (SKOS S9); make two resources of it.",
    ),
    "label-twice": _error(
        "Etykieta „{value}” jest zarazem preferowana i poboczna (SKOS S13); zostaw jedną.",
        "The label “{value}” is both preferred and another one (SKOS S13); keep one of them.",
    ),
    "several-labels": _error(
        "Pojęcie ma kilka preferowanych etykiet w języku „{value}” (SKOS S14); zostaw jedną.",
        "The concept has several preferred labels in “{value}” (SKOS S14); keep one.",
    ),
    "related-and-broader": _error(
        "„{value}” jest zarazem pokrewne i nadrzędne lub podrzędne (SKOS S27); zostaw jedno.",
        "“{value}” is both related and above or below (SKOS S27); keep one of the two.",
    ),
    "broader-cycle": _error(
        "Pojęcie jest nadrzędne wobec samego siebie; usuń jedno skos:broader z tego koła.",
        "The concept is broader than itself; remove one skos:broader of the circle.",
    ),
    "empty-label": _error(
        "Etykieta {value} jest pusta; wpisz ją albo usuń.",
        "The label {value} is empty; write it, or remove it.",
    ),
    "dangling-concept": _error(
        "„{value}” nie jest innym pojęciem tego schematu; popraw IRI albo usuń powiązanie.",
        "“{value}” is no other concept of its scheme; mend the IRI, or remove the link.",
    ),
    "orphan-concept": _warning(
        "Żadne pojęcie główne nie prowadzi do tego pojęcia; dodaj skos:broader lub topConceptOf.",
        "No top concept leads to the concept; add skos:broader, or skos:topConceptOf.",
    ),
    "untranslated-concept": _warning(
        "Pojęciu brakuje {value}; dopisz tekst w tym języku.",
        "The concept has no {value}; add the text in that language.",
    ),
    "unsourced-concept": _warning(
        "Pojęcie nie ma źródła; dodaj dct:source z adresem aktu lub strony.",
        "The concept has no source; add dct:source with the address of the act or page.",
    ),
    "empty-definition": _warning(
        "Definicja powtarza tylko słowa etykiety: „{value}”; napisz, czym pojęcie się wyróżnia.",
        "The definition only repeats its label: “{value}”; say what tells the concept apart.",
    ),
    "misnamed-term": _error(
        "Klucz kontekstu „{value}” nie zgadza się ze swoim terminem; właściwa pisownia: {hint}.",
        "The context's key “{value}” does not agree with its term; the right spelling: {hint}.",
    ),
    "shape": _error("{shape}", "{shape}"),
}
"""Every code with its severity and its texts."""
