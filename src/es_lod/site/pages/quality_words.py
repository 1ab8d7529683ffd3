"""What the page of the quality of the data says around the numbers."""

from typing import Final

from es_lod.site.words import Words

WORDS: Final[Words] = {
    "title": ("Jakość danych", "Data quality"),
    "about": (
        "Wynik sprawdzenia danych tego wydania: rekordy, odwołania, kształty SHACL, użyte terminy "
        "i pojęcia, dane osobowe. Dane z błędami nie są publikowane.",
        "The outcome of checking the data of this edition: records, references, SHACL shapes, the "
        "terms and concepts used, personal data. Data with errors are not published.",
    ),
    "report": ("Wynik sprawdzenia", "Validation report"),
    "error": ("Błędy", "Errors"),
    "warning": ("Ostrzeżenia", "Warnings"),
    "info": ("Informacje", "Notices"),
    "codes": ("co znaczą kody problemów", "what the codes of problems mean"),
    "whole": ("Cały wynik", "The whole report"),
    "nothing": ("Nie ma uwag.", "There is nothing to note."),
    "more": (
        "i jeszcze {n:uwaga|uwagi|uwag}; wszystkie są w pliku {file}.",
        "and {n:more|more}; the file {file} has all of them.",
    ),
    "coverage": ("Kompletność", "Completeness"),
    "fields": ("Pola według rodzaju rekordu", "Fields by class"),
    "coverage-told": (
        "Ile rekordów każdego rodzaju podaje każde pole. Puste pole nie jest błędem: źródło może "
        "go nie podawać.",
        "How many records of each class state each field. An empty field is no mistake: the source "
        "may not state it.",
    ),
    "class": ("{label}: {n:rekord|rekordy|rekordów}", "{label}: {n:record|records}"),
    "field": ("Pole", "Field"),
    "stated": ("Podane", "Stated"),
    "part": ("Udział", "Share"),
    "of": ("{part} z {whole}", "{part} of {whole}"),
    "identifiers": ("Identyfikatory", "Identifiers"),
    "identifier": ("Identyfikator", "Identifier"),
    "identifiers-told": (
        "Udział rekordów, które podają identyfikator, wśród tych, które mogą go mieć.",
        "The share of records that state an identifier, of those that can have it.",
    ),
    "krs": ("KRS", "KRS"),
    "nip": ("NIP", "NIP"),
    "regon": ("REGON", "REGON"),
    "precisions": ("Dokładność dat", "Precision of dates"),
    "dates-told": (
        "Daty są tak dokładne jak ich źródło, także w częściach rekordów.",
        "Dates are as precise as their source, those in parts of records too.",
    ),
    "precision": ("Dokładność", "Precision"),
    "year": ("rok", "year"),
    "month": ("miesiąc", "month"),
    "day": ("dzień", "day"),
    "time": ("dzień i godzina", "day and time"),
    "date-count": ("Daty", "Dates"),
    "no-dates": ("Rekordy nie podają dat.", "The records state no dates."),
    "references": ("Odwołania", "References"),
    "references-told": (
        "Dokąd prowadzą odwołania z rekordów.",
        "Where the references of records lead.",
    ),
    "target": ("Dokąd prowadzą", "Where they lead"),
    "reference-count": ("Odwołania", "References"),
    "inside": ("do rekordów zbioru", "to records of the dataset"),
    "outside": ("poza zbiór", "outside the dataset"),
    "missing": ("do rekordów, których zbiór nie opisuje", "to records that are not described"),
    "sources": ("Źródła", "Sources"),
    "sourced": (
        "Rekordy, które podają źródło swoich informacji: {part} z {whole} ({percent}).",
        "Records that state the source of their facts: {part} of {whole} ({percent}).",
    ),
}
