"""Of tables: their headers, cells and files of columns."""

from typing import Final

from es_lod.messages.message import Message, error, info, warning

MESSAGES: Final[dict[str, Message]] = {
    "read-as-windows-1250": info(
        "Plik nie jest w UTF-8, więc odczytano go jako Windows-1250; sprawdź polskie litery.",
        "The file is not in UTF-8 and was read as Windows-1250; check the Polish letters.",
    ),
    "iso-8859-2": error(
        "Plik jest zapisany w ISO-8859-2; zapisz go ponownie z kodowaniem UTF-8.",
        "The file is in ISO-8859-2; save it again with the encoding UTF-8.",
    ),
    "cell-too-long": error(
        "Komórka przekracza {limit:znak|znaki|znaków}; skróć tekst i sprawdź, czy cudzysłów "
        "jest zamknięty.",
        "The cell is over {limit:character|characters}; shorten the text, and check that its "
        "quotation mark is closed.",
    ),
    "too-many-columns": error(
        "Wiersz ma ponad {limit:kolumnę|kolumny|kolumn}; sprawdź separator i końce wierszy.",
        "The row has over {limit:column|columns}; check the delimiter and the line ends.",
    ),
    "formula-without-value": error(
        "Formuła nie ma zapisanego wyniku; otwórz plik w arkuszu, przelicz i zapisz ponownie.",
        "The formula has no saved result; open the file in a spreadsheet and save it again.",
    ),
    "cell-error": error(
        "Komórka pokazuje błąd (jak #N/D!, #ADR! albo ####); wpisz do niej właściwą wartość.",
        "The cell shows an error (such as #N/A, #REF! or ####); write the right value into it.",
    ),
    "date-without-year": error(
        "Data jest pokazana bez roku; zmień format komórki na datę z rokiem i sprawdź ją.",
        "The date is shown without its year; choose a format with the year, and check it.",
    ),
    "macros-ignored": info(
        "Skoroszyt zawiera makra, których się nie uruchamia ani nie czyta; usuń je, gdy są zbędne.",
        "The workbook has macros, which are neither run nor read; remove them if not needed.",
    ),
    "comment-row": info(
        "Wiersz „{value}” zaczyna się od # i nie jest czytany; usuń #, jeśli to dane.",
        "The row “{value}” begins with # and is not read; remove the # if it is data.",
    ),
    "merged-cells": warning(
        "Komórki {value} są scalone i tylko pierwsza ma wartość; rozdziel je i wpisz ją w każdą.",
        "The cells {value} are merged and only the first has the value; split them, and fill each.",
    ),
    "unknown-table": error(
        "Nie wiadomo, co zawiera tabela „{value}”; użyj nagłówków z szablonu albo opisz własne "
        "w pliku kolumn (--columns).",
        "It is not known what the table “{value}” holds; use the headers of a template, or "
        "describe your own in a file of columns (--columns).",
    ),
    "unmapped-column": error(
        "Kolumna „{value}” nie ma celu w pliku {columns}; wpisz tam pole albo „-”, by ją pominąć.",
        "The column “{value}” leads nowhere in {columns}; write a field there, or “-” to leave it.",
    ),
    "unmapped-value": error(
        "Nie podano, co znaczy „{value}”; wpisz notację albo „-”, by pominąć tę wartość.",
        "It is not said what “{value}” means; write a notation, or “-” to leave the value out.",
    ),
    "unknown-header": error(
        "Tabela nie ma nagłówka „{value}”; popraw go w pliku kolumn albo usuń stamtąd.",
        "The table has no header “{value}”; mend it in the columns file, or remove it there.",
    ),
    "unknown-target": error(
        "„{value}” nie jest polem tabeli „{table}”; użyj klucza albo etykiety pola.",
        "“{value}” is no field of the table “{table}”; use the key or the label of a field.",
    ),
    "mapped-twice": error(
        "Pole „{value}” ma jedną wartość, a prowadzą do niego dwie kolumny; zostaw jedną albo "
        "złącz je w constants.",
        "The field “{value}” takes one value, and two columns lead to it; keep one, or join them "
        "under constants.",
    ),
    "bad-template": error(
        "„{value}” ma nawias klamrowy bez pary; popraw (zwykłą klamrę podwój).",
        "“{value}” has a brace without its pair; put headers in braces, and double plain braces.",
    ),
    "no-header-row": error(
        "Tabela nie ma wiersza {value}; podaj numer wiersza, w którym stoją nagłówki.",
        "The table has no row {value}; give the number of the row where the headers stand.",
    ),
    "unknown-sheet": error(
        "Nie ma arkusza ani pliku „{value}”; popraw nazwę tabeli w pliku kolumn.",
        "There is no sheet or file “{value}”; mend the table's name in the columns file.",
    ),
    "columns-unused": error(
        "Żadna tabela nie ma nagłówków opisanych w tym pliku; sprawdź je i numer ich wiersza.",
        "No table has the headers that this file describes; check them and their row's number.",
    ),
    "sheet-skipped": warning(
        "Pominięto arkusz „{value}”: nie ma nagłówków rekordów; popraw je, jeśli to dane.",
        "The sheet “{value}” was skipped: it has no headers of records; mend them if it is data.",
    ),
    "unknown-column": error(
        "Nieznany nagłówek „{value}”; popraw go, usuń kolumnę albo opisz ją w pliku kolumn.",
        "Unknown header “{value}”; mend it, remove the column, or describe it in a columns file.",
    ),
    "duplicate-column": error(
        "Kolumna „{value}” powtarza się; zostaw jedną.",
        "The column “{value}” stands twice; keep one.",
    ),
    "missing-column": error(
        "Brakuje kolumny „{column}”; dodaj ją, bo każdy rekord musi mieć to pole.",
        "The column “{column}” is missing; add it, since every record must have this field.",
    ),
    "nameless-column": error(
        "Wartość „{value}” stoi w kolumnie bez nagłówka; wpisz nagłówek albo usuń wartość.",
        "The value “{value}” stands in a column without a header; add one, or remove the value.",
    ),
    "unknown-setting": error(
        "Nieznane ustawienie „{value}”; użyj base albo language.",
        "Unknown setting “{value}”; use base or language.",
    ),
    "unknown-owner": error(
        "Wiersz należy do „{value}”, ale tabele nie mają takiego rekordu; popraw właściciela.",
        "The row belongs to “{value}”, but no table has such a record; mend the owner.",
    ),
    "unknown-name": error(
        "Żaden rekord nie nazywa się „{value}” i nie ma takiego numeru; popraw albo podaj id.",
        "No record is called “{value}” or has that number; mend it, or give an id.",
    ),
    "ambiguous-name": error(
        "Kilka rekordów nazywa się „{value}”; podaj id tego, o który chodzi.",
        "Several records are called “{value}”; give the id of the one that is meant.",
    ),
    "not-text": error(
        "W komórce jest „{value}” jako data albo liczba; ustaw format Tekst i wpisz ponownie.",
        "The cell holds “{value}” as a date or number; format it as text, and type it again.",
    ),
    "number-as-text": info(
        "Liczbę {value} odczytano jako tekst; sprawdź, czy nie zgubiła zer na początku.",
        "The number {value} was read as text; check that it lost no zeros at its beginning.",
    ),
    "too-many-rows": error(
        "Arkusz „{value}” miałby ponad {limit} wierszy; zapisz tabele jako CSV.",
        "The sheet “{value}” would have over {limit} rows; write the tables as CSV.",
    ),
}
