"""What a workbook says to the person who fills it in, in Polish and in English."""

from typing import Final

from es_lod.tabular.columns import BASE, ID, LANGUAGE, OWNER, TYPE

PLAIN: Final = {
    ID: {
        "pl": "Krótka i stała nazwa rekordu, pod którą znają go inne arkusze: małe litery bez "
        "polskich znaków, cyfry i łączniki. Wpisz je zawsze: od niego zależy adres rekordu.",
        "en": "A short and lasting name of the record, by which other sheets know it: lower-case "
        "letters, digits and hyphens. Always write it: the record's address is made from it.",
    },
    TYPE: {
        "pl": "Czym jest ten rekord. Wybierz z listy najdokładniejsze słowo, które pasuje.",
        "en": "What the record is. Choose the most precise word of the list that fits.",
    },
    OWNER: {
        "pl": "Do czego należy ten wiersz: id, pełna nazwa, KRS, NIP albo REGON rekordu z innego "
        "arkusza.",
        "en": "What this row belongs to: the id, full name, KRS, NIP or REGON of a record in "
        "another sheet.",
    },
    "part-id": {
        "pl": "Własne id tego wiersza. Potrzebne tylko wtedy, gdy ktoś się na niego powołuje.",
        "en": "An id of this row. Needed only where somebody refers to it.",
    },
    BASE: {
        "pl": "Początek adresów rekordów. Zmień, gdy znasz adres, pod którym je opublikujesz; musi "
        "kończyć się ukośnikiem.",
        "en": "The beginning of the records’ addresses. Change it once you know where you will "
        "publish them; it ends in a slash.",
    },
    LANGUAGE: {
        "pl": "Język tekstów w kolumnach, które nie mówią inaczej: pl albo en.",
        "en": "The language of the texts in columns that do not say another: pl or en.",
    },
}
"""What columns without a field, and the settings, mean."""

COUNT: Final = {
    "1": {"pl": "Wymagane.", "en": "Required."},
    "?": {"pl": "Nieobowiązkowe.", "en": "Optional."},
    "+": {
        "pl": "Wymagane; kilka wartości rozdziel średnikiem.",
        "en": "Required; put semicolons between several values.",
    },
    "*": {
        "pl": "Nieobowiązkowe; kilka wartości rozdziel średnikiem.",
        "en": "Optional; put semicolons between several values.",
    },
}
"""How often a value may stand in a column."""

NOTE: Final = {
    "pl": "{description}\n\nPrzykład: {example}\n{count}\nKlucz: {key}",
    "en": "{description}\n\nExample: {example}\n{count}\nKey: {key}",
}
"""The comment of a header."""

REFUSED: Final = {
    "list": {"pl": "Wybierz wartość z listy.", "en": "Choose a value from the list."},
    "count": {"pl": "Wpisz liczbę całkowitą, na przykład 25.", "en": "Put a number, such as 25."},
    "title": {"pl": "Tego tu nie można wpisać", "en": "This cannot stand here"},
}

TITLE: Final = {"pl": "Rekordy ekonomii społecznej", "en": "Records of the social economy"}
SUBTITLE: Final = {
    "pl": "Szablon es-lod. Wpisz to, co wiesz; reszta może zostać pusta.",
    "en": "A template of es-lod. Write what you know; the rest may stay empty.",
}

STEPS: Final = {
    "pl": (
        (
            "Zacznij od organizacji",
            "Każda rzecz to jeden wiersz w swoim arkuszu. Najpierw organizacje, potem to, co się "
            "do nich odwołuje: jednostki (CIS, KIS, ZAZ, WTZ, OWES), warsztaty, wydarzenia.",
        ),
        (
            "Wypełniaj tylko potrzebne",
            "Arkusze i kolumny, których nie potrzebujesz, zostaw puste. Rzadziej używane kolumny "
            "są zwinięte po prawej: rozwija je znak + nad nagłówkami.",
        ),
        (
            "Czytaj komentarze",
            "Wskaż nagłówek myszą: zobaczysz, co wpisać, z przykładem. Lista rozwijana podaje "
            "słowa, które można wybrać.",
        ),
        (
            "Kilka wartości",
            "Rozdziel je średnikiem: gmina-a; gmina-b. Lista rozwijana wstawia jedną, następne "
            "dopisz.",
        ),
        (
            "Odwołania",
            "Rekord z innego arkusza wskazuje jego id. Może go też wskazać pełna nazwa, KRS, NIP "
            "albo REGON, jeśli nie powtarza się w danych.",
        ),
        (
            "Daty",
            "Tak dokładnie jak źródło: 2018-06-19 albo 19.06.2018, sam miesiąc 2018-06, sam rok "
            "2014.",
        ),
        (
            "Teksty i numery",
            "Komórki są tekstem, dlatego zera na początku KRS, kody pocztowe i numery domów "
            "zostają, jak je wpiszesz. Wklejaj jako wartości (Wklej specjalnie).",
        ),
        (
            "Bez danych osobowych",
            "Telefony i adresy e-mail tylko instytucji. Uczestników opisują grupy i ich liczba, "
            "nigdy nazwiska.",
        ),
    ),
    "en": (
        (
            "Begin with organisations",
            "Each thing is a row in its sheet. Organisations first, then what refers to them: "
            "units (CIS, KIS, ZAZ, WTZ, OWES), workshops, events.",
        ),
        (
            "Fill in what you need",
            "Leave sheets and columns that you do not need empty. Columns that are rarely used "
            "are folded on the right: the + above the headers unfolds them.",
        ),
        (
            "Read the comments",
            "Point at a header: you see what to write, with an example. Drop-down lists offer the "
            "words to choose from.",
        ),
        (
            "Several values",
            "Put semicolons between them: gmina-a; gmina-b. The drop-down list puts one in, you "
            "add the others.",
        ),
        (
            "References",
            "A record of another sheet is named by its id. Its full name, KRS, NIP or REGON will "
            "do, too, where no other record has the same.",
        ),
        (
            "Dates",
            "As precise as the source: 2018-06-19 or 19.06.2018, a month 2018-06, a year 2014.",
        ),
        (
            "Texts and numbers",
            "Cells are text, so that leading zeros of KRS numbers, postcodes and house numbers "
            "stay as you write them. Paste values only (Paste Special).",
        ),
        (
            "No personal data",
            "Telephones and e-mail addresses of institutions only. Participants are described by "
            "groups and their size, never by names.",
        ),
    ),
}

HEADINGS: Final = {
    "steps": {"pl": "Jak wypełniać", "en": "How to fill it in"},
    "colours": {"pl": "Co znaczą kolory", "en": "What the colours mean"},
    "records": {"pl": "Arkusze rekordów", "en": "Sheets of records"},
    "parts": {
        "pl": "Arkusze szczegółów: po kilka wierszy na rekord",
        "en": "Sheets of details: several rows a record",
    },
    "next": {"pl": "Gdy skończysz", "en": "When you have finished"},
}

COLOURS: Final = {
    "required": {
        "pl": ("nazwa *", "Kolumna wymagana: bez niej wiersz jest błędny."),
        "en": ("name *", "A required column: a row without it is wrong."),
    },
    "optional": {
        "pl": ("opis", "Kolumna, którą można zostawić pustą."),
        "en": ("description", "A column that may stay empty."),
    },
    "further": {
        "pl": ("inna nazwa", "Kolumna rzadziej używana, na początku zwinięta."),
        "en": ("alternate name", "A column that is used less often, folded at first."),
    },
    "example": {
        "pl": ("# przyklad", "Wiersz, który zaczyna się od #, nie jest czytany. Można go usunąć."),
        "en": ("# przyklad", "A row that begins with # is not read. You may delete it."),
    },
}

NEXT: Final = {
    "pl": (
        (
            "Sprawdź",
            "es-lod validate {name}",
            "Dowiesz się wszystkiego, co trzeba poprawić, z arkuszem i komórką.",
        ),
        ("Zamień na RDF", "es-lod map {name} -o {stem}.ttl", "Powstanie plik dla portali."),
    ),
    "en": (
        (
            "Check it",
            "es-lod validate {name}",
            "It tells everything that needs mending, with sheet and cell.",
        ),
        ("Map it to RDF", "es-lod map {name} -o {stem}.ttl", "It makes the file for portals."),
    ),
}
"""Commands for what comes after."""

CLOSE: Final = {
    "pl": (
        "Zapisz i zamknij skoroszyt",
        "Polecenia wpisuje się w terminalu otwartym w folderze z tym plikiem.",
    ),
    "en": (
        "Save and close the workbook",
        "The commands are typed in a terminal that is open in the folder of this file.",
    ),
}
