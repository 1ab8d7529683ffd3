"""Of RDF, and of concepts and their schemes."""

from typing import Final

from es_lod.messages.message import Message, error, warning

MESSAGES: Final[dict[str, Message]] = {
    # RDF input and output.
    "not-in-xml": error(
        "RDF/XML nie zapisze znaków sterujących ({value}); wybierz inny format, np. Turtle.",
        "RDF/XML cannot hold control characters ({value}); choose another format, as Turtle.",
    ),
    "part-renamed": warning(
        "Część „{value}” straci swoje IRI; nadaj jej IRI właściciela z „#”, aby się nie zmieniło.",
        "The part “{value}” will lose its IRI; give it one of its owner with “#”, to keep it.",
    ),
    "not-carried-over": warning(
        "{count:trójka|trójki|trójek} RDF poza modelem ({example}); zapisz wynik jako RDF, aby je "
        "zachować.",
        "{count:triple|triples} outside the model ({example}); write the output as RDF to keep "
        "them.",
    ),
    "graph-names-dropped": warning(
        "Nie są przenoszone nazwy grafów ({count:graf|grafy|grafów}); zachowaj plik, jeśli są "
        "potrzebne.",
        "The names of graphs are not carried over ({count:graph|graphs}); keep the file if they "
        "are needed.",
    ),
    "ambiguous-type": error(
        "Zasób ma typy wzajemnie się wykluczające: {value}; zostaw jeden.",
        "The resource has types that exclude each other: {value}; keep one.",
    ),
    "near-miss-term": error(
        "„{value}” wygląda na literówkę w przestrzeni nazw; użyj IRI {hint}.",
        "“{value}” looks like a mistyped namespace; use the IRI {hint}.",
    ),
    "undeclared-term": error(
        "„{value}” nie należy do słownika {vocabulary}; użyj terminu, który do niego należy.",
        "“{value}” is not declared in the vocabulary {vocabulary}; use one of its terms.",
    ),
    "development-iri": warning(
        "„{value}” to adres roboczy albo przykładowy; opublikuj dane pod właściwym adresem.",
        "“{value}” is an address for development or examples; publish under the real one.",
    ),
    # Concepts and their schemes.
    "concept-and-scheme": error(
        "Pojęcie jest zarazem schematem pojęć (SKOS S9); rozdziel je na dwa zasoby.",
        "The concept is a concept scheme, too (SKOS S9); make two resources of it.",
    ),
    "label-twice": error(
        "Etykieta „{value}” jest zarazem preferowana i poboczna (SKOS S13); zostaw jedną.",
        "The label “{value}” is both preferred and another one (SKOS S13); keep one of them.",
    ),
    "several-labels": error(
        "Pojęcie ma kilka preferowanych etykiet w języku „{value}” (SKOS S14); zostaw jedną.",
        "The concept has several preferred labels in “{value}” (SKOS S14); keep one.",
    ),
    "related-and-broader": error(
        "„{value}” jest zarazem pokrewne i nadrzędne lub podrzędne (SKOS S27); zostaw jedno.",
        "“{value}” is both related and above or below (SKOS S27); keep one of the two.",
    ),
    "broader-cycle": error(
        "Pojęcie jest nadrzędne wobec samego siebie; usuń jedno skos:broader z tego koła.",
        "The concept is broader than itself; remove one skos:broader of the circle.",
    ),
    "empty-label": error(
        "Etykieta {value} jest pusta; wpisz ją albo usuń.",
        "The label {value} is empty; write it, or remove it.",
    ),
    "dangling-concept": error(
        "„{value}” nie jest innym pojęciem tego schematu; popraw IRI albo usuń powiązanie.",
        "“{value}” is no other concept of its scheme; mend the IRI, or remove the link.",
    ),
    "orphan-concept": warning(
        "Żadne pojęcie główne nie prowadzi do tego pojęcia; dodaj skos:broader lub topConceptOf.",
        "No top concept leads to the concept; add skos:broader, or skos:topConceptOf.",
    ),
    "untranslated-concept": warning(
        "Pojęciu brakuje {value}; dopisz tekst w tym języku.",
        "The concept has no {value}; add the text in that language.",
    ),
    "unsourced-concept": warning(
        "Pojęcie nie ma źródła; dodaj dct:source z adresem aktu lub strony.",
        "The concept has no source; add dct:source with the address of the act or page.",
    ),
    "empty-definition": warning(
        "Definicja powtarza tylko słowa etykiety: „{value}”; napisz, czym pojęcie się wyróżnia.",
        "The definition only repeats its label: “{value}”; say what tells the concept apart.",
    ),
    "misnamed-term": error(
        "Klucz kontekstu „{value}” nie zgadza się ze swoim terminem; napisz {hint}.",
        "The context's key “{value}” does not agree with its term; write {hint}.",
    ),
    "shape": error("{shape}", "{shape}"),
}
