"""Of records: their fields, and what one says of another."""

from typing import Final

from es_lod.messages.message import Message, error, info, warning

MESSAGES: Final[dict[str, Message]] = {
    # A record's own fields.
    "not-a-record": error(
        "„{value}” nie jest rekordem; wpisz klucze z wartościami.",
        "“{value}” is no record; write keys with values.",
    ),
    "missing-type": error(
        "Rekord nie ma typu; dodaj „type”, na przykład: {known}.",
        "The record has no type; add “type”, for example: {known}.",
    ),
    "unknown-type": error(
        "Nieznany typ „{value}”; użyj jednego z: {known}.",
        "Unknown type “{value}”; use one of: {known}.",
    ),
    "unknown-key": error(
        "Typ {type} nie ma pola „{value}”; popraw nazwę albo usuń to pole.",
        "{type} has no field “{value}”; mend the name, or remove the field.",
    ),
    "missing": error(
        "Brakuje wymaganego pola „{label}”; dopisz je.",
        "The required field “{label}” is missing; add it.",
    ),
    "not-one-value": error(
        "To pole ma tylko jedną wartość, a podano kilka; zostaw jedną.",
        "This field takes one value, and several are given; keep one.",
    ),
    "invalid-value": error(
        "Wartość „{value}” nie pasuje do tego pola; wpisz to, co tu pasuje: {expected}.",
        "The value “{value}” does not fit this field; write what fits here: {expected}.",
    ),
    "invalid-text": error(
        "Tekst jest pusty, jest wielokropkiem albo ma znaki sterujące; wpisz zwykły tekst.",
        "The text is empty, an ellipsis, or has control characters; write plain text.",
    ),
    "missing-language": error(
        "Tekst „{value}” nie ma języka; oznacz go, na przykład @pl.",
        "The text “{value}” has no language; tag it, for example @pl.",
    ),
    "invalid-language": error(
        "„{value}” nie jest kodem języka; użyj na przykład pl, en albo uk.",
        "“{value}” is no language tag; use for example pl, en or uk.",
    ),
    "invalid-date": error(
        "„{value}” nie jest datą z kalendarza; pisz 2018-06-19, 2018-06 albo 2018{time}.",
        "“{value}” is no date of the calendar; write 2018-06-19, 2018-06 or 2018{time}.",
    ),
    "invalid-count": error(
        "„{value}” nie jest liczbą; wpisz liczbę całkowitą od 0 do 999999999.",
        "“{value}” is no count; write a whole number from 0 to 999999999.",
    ),
    "invalid-number": error(
        "„{value}” nie jest stopniem dziesiętnym z zakresu {low}…{high}; pisz na przykład 50.0121.",
        "“{value}” is no decimal degree within {low}…{high}; write for example 50.0121.",
    ),
    "invalid-iri": error(
        "„{value}” nie jest bezwzględnym IRI; wpisz pełny adres, na przykład https://….",
        "“{value}” is no absolute IRI; write the full address, for example https://….",
    ),
    "invalid-krs": error(
        "„{value}” nie jest numerem KRS; wpisz 10 cyfr, z zerami na początku.",
        "“{value}” is no KRS number; write 10 digits, leading zeros included.",
    ),
    "invalid-nip": error(
        "„{value}” nie jest poprawnym NIP: 10 cyfr, ostatnia kontrolna; sprawdź przepisanie.",
        "“{value}” is no valid NIP: 10 digits, the last a check digit; check the copying.",
    ),
    "invalid-regon": error(
        "„{value}” nie jest poprawnym REGON: 9 lub 14 cyfr z kontrolną; sprawdź przepisanie.",
        "“{value}” is no valid REGON: 9 or 14 digits with check digit; check the copying.",
    ),
    "lost-digits": error(
        "„{value}” to liczba, w której arkusz pominął cyfry; przepisz numer ze źródła jako tekst.",
        "“{value}” is a number from a spreadsheet, digits are lost; copy it anew, as text.",
    ),
    "invalid-terc": error(
        "„{value}” nie jest kodem TERC; wpisz 2, 4 albo 7 cyfr, pierwsze dwie województwa.",
        "“{value}” is no TERC code; write 2, 4 or 7 digits, the first two those of a voivodeship.",
    ),
    "invalid-postcode": error(
        "„{value}” nie jest kodem pocztowym; wpisz kod, w Polsce jako 30-070.",
        "“{value}” is no postcode; write one, in Poland as 30-070.",
    ),
    "invalid-phone": error(
        "„{value}” nie jest numerem telefonu; pisz +48120000001, jeden numer w polu.",
        "“{value}” is no telephone number; write +48120000001, one number a field.",
    ),
    "invalid-email": error(
        "„{value}” nie jest adresem e-mail; pisz nazwa@domena.pl.",
        "“{value}” is no e-mail address; write name@domain.pl.",
    ),
    "invalid-country": error(
        "„{value}” nie jest kodem kraju; użyj dwóch liter, na przykład PL.",
        "“{value}” is no country code; use two letters, for example PL.",
    ),
    "unknown-concept": error(
        "„{value}” nie jest pojęciem ze słownika {scheme}; użyj jednej z notacji: {known}.",
        "“{value}” is no concept of the scheme {scheme}; use one of its notations: {known}.",
    ),
    "unknown-choice": error(
        "„{value}” nie należy do możliwych wartości; użyj jednej z: {known}.",
        "“{value}” is not one of the possible values; use one of: {known}.",
    ),
    "invalid-id": error(
        "„{value}” nie może być id; użyj małych liter a–z, cyfr i łączników, najwyżej 80 znaków.",
        "“{value}” cannot be an id; use lower-case a–z, digits and hyphens, at most 80 characters.",
    ),
    "invalid-reference": error(
        "„{value}” nie jest odwołaniem; podaj id rekordu albo pełne IRI.",
        "“{value}” is no reference; give the id of a record or an absolute IRI.",
    ),
    # Across fields and records.
    "end-before-start": error(
        "Koniec {value} jest wcześniejszy niż początek {start} ({startField}); popraw jedną z dat.",
        "The end {value} is before the start {start} ({startField}); mend one of the dates.",
    ),
    "dangling-reference": error(
        "Nie ma rekordu o id „{value}”; popraw id, dodaj rekord albo podaj pełne IRI.",
        "There is no record with the id “{value}”; mend the id, add the record or give an IRI.",
    ),
    "wrong-class": error(
        "Rekord „{value}” ma typ {actual}; wskaż tu rekord jednego z typów: {expected}.",
        "The record “{value}” is of type {actual}; name a record here that is one of: {expected}.",
    ),
    "self-reference": warning(
        "Rekord „{value}” odwołuje się do samego siebie; popraw id albo usuń odwołanie.",
        "The record “{value}” refers to itself; mend the id, or remove the reference.",
    ),
    "duplicate-id": error(
        "Id „{value}” ma już inny rekord; nadaj inne id albo połącz oba rekordy.",
        "Another record has the id “{value}” already; give another id or merge the two.",
    ),
    "operator-conflict": error(
        "Jednostka ma operatora „{value}”, a „{other}” podaje, że ją prowadzi; zostaw jedno.",
        "The unit has the operator “{value}”, but “{other}” says that it operates it; keep one.",
    ),
    "described-elsewhere": error(
        "„{value}” opisano gdzie indziej; podaj operatora w rekordzie tej jednostki.",
        "“{value}” is described elsewhere; state the operator in the record of that unit.",
    ),
    "no-id": error(
        "Rekord nie ma id i nie da się go utworzyć z pól {fields}; dopisz „id”.",
        "The record has no id, and none can be made from its fields {fields}; add “id”.",
    ),
    "minted-id": info(
        "Rekord nie ma id, utworzono „{value}”; wpisz je na stałe, bo zmiana nazwy zmieni IRI.",
        "The record has no id, “{value}” was made; write it down, for a new name changes the IRI.",
    ),
    "part-collision": error(
        "Dwie części mają ten sam identyfikator „{value}”; nadaj jednej własne „id”.",
        "Two parts have the same identifier “{value}”; give one of them an “id” of its own.",
    ),
    "invalid-statement": error(
        "„{value}” nie jest {expected} tego rekordu; popraw stwierdzenie.",
        "“{value}” is no {expected} of this record; mend the statement.",
    ),
    "normalised": info(
        "„{original}” zapisano jako „{value}”; sprawdź, czy to ta sama wartość.",
        "“{original}” was written as “{value}”; check that it is the same value.",
    ),
    # Personal data. The value is not told: see `es_lod.personal`.
    "pesel": error(
        "Numer PESEL jest daną osobową i nie może zostać opublikowany; usuń go.",
        "A PESEL number is personal data and must not be published; remove it.",
    ),
    "personal-email": warning(
        "„{value}” wygląda na adres osoby; podaj adres organizacji, na przykład biuro@….",
        "“{value}” looks like a person's address; give one of the organisation, such as biuro@….",
    ),
    "person-in-contact": warning(
        "„{value}” wygląda na nazwisko osoby; wpisz stanowisko lub dział, na przykład sekretariat.",
        "“{value}” looks like a person's name; write a post or a department, such as secretariat.",
    ),
}
