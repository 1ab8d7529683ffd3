"""What the query page says."""
# long texts are written in pieces

from typing import Final

from es_lod.site.words import Words

WORDS: Final[Words] = {
    "title": ("Zapytania SPARQL", "SPARQL queries"),
    "short": ("SPARQL", "SPARQL"),
    "intro": (
        "Zapytaj dane o cokolwiek: wybierz gotowe zapytanie, zmień je albo napisz własne. "
        "Wynik to tabela, którą można pobrać i do której prowadzi stały link.",
        "Ask the data anything: take a ready query, change it, or write your own. "
        "The result is a table that can be downloaded and has a permanent link.",
    ),
    "failed": ("Błąd", "Error"),
    # The editor
    "query": ("Zapytanie", "Query"),
    "run": ("Wykonaj zapytanie", "Run the query"),
    "run-long": ("Wykonaj długie zapytanie", "Run a long query"),
    "too-long": (
        "Zapytanie ma ponad {n} znaków i nie mieści się w adresie: jego wynik nie ma stałego "
        "linku. Zapisz tekst zapytania.",
        "The query has over {n} characters and does not fit into an address: its result has no "
        "permanent link. Keep the text of the query.",
    ),
    "long-told": (
        "Przycisk „Wykonaj długie zapytanie” jest dla zapytań, które nie mieszczą się w adresie "
        "(ponad {n} znaków).",
        "The button “Run a long query” is for queries that do not fit into an address (over "
        "{n} characters).",
    ),
    "keys": (
        "Ctrl+Enter wykonuje zapytanie, Ctrl+spacja podpowiada nazwy po polsku i po angielsku, "
        "Tab opuszcza pole.",
        "Ctrl+Enter runs the query, Ctrl+Space suggests terms by their Polish and English names, "
        "Tab leaves the field.",
    ),
    "at": ("Miejsce: wiersz {line}, znak {column}.", "Place: line {line}, character {column}."),
    "parser-says": ("Komunikat parsera", "What the parser says"),
    "undeclared": (
        "Prefiks {prefix}: nie jest zadeklarowany.",
        "The prefix {prefix}: is not declared.",
    ),
    "declare": ("Dopisz na początku:", "Add at the beginning:"),
    # The named query
    "named": ("Gotowe zapytania", "Ready queries"),
    "columns-told": ("Kolumny", "Columns"),
    "parameters-told": ("Parametry", "Parameters"),
    "how-bound": (
        "Aby zawęzić zapytanie, wpisz po pierwszym WHERE { wiersz z wartością:",
        "To narrow the query, write a line with a value after the first WHERE {:",
    ),
    "explained": (
        "Co jest w kolumnach i jak zawęzić zapytanie",
        "The columns, and how to narrow the query",
    ),
    # The result
    "result": ("Wynik", "Result"),
    "rows": ("{n:wiersz|wiersze|wierszy}", "{n:row|rows}"),
    "columns": ("{n:kolumna|kolumny|kolumn}", "{n:column|columns}"),
    "triples": ("{n:trójka|trójki|trójek}", "{n:triple|triples}"),
    "first-rows": (
        "Pokazano {n:pierwszy wiersz|pierwsze wiersze|pierwszych wierszy}; "
        "reszta jest w plikach do pobrania.",
        "The first {n:row is|rows are} shown; the rest is in the downloads.",
    ),
    "first-triples": (
        "Pokazano {n:pierwszą trójkę|pierwsze trójki|pierwszych trójek}; "
        "reszta jest w plikach do pobrania.",
        "The first {n:triple is|triples are} shown; the rest is in the downloads.",
    ),
    "empty": (
        "Nic nie pasuje do zapytania: tabela nie ma wierszy.",
        "Nothing matches the query: the table has no rows.",
    ),
    "empty-graph": (
        "Nic nie pasuje do zapytania: graf jest pusty.",
        "Nothing matches the query: the graph is empty.",
    ),
    "no-columns": (
        "Zapytanie nie ma zmiennych, więc wiersze nie mają kolumn.",
        "The query has no variables, so the rows have no columns.",
    ),
    "yes": ("Tak", "Yes"),
    "no": ("Nie", "No"),
    "yes-told": (
        "Wzorzec zapytania pasuje do danych.",
        "The pattern of the query matches the data.",
    ),
    "no-told": (
        "Wzorzec zapytania nie pasuje do danych.",
        "The pattern of the query does not match the data.",
    ),
    "download": ("Pobierz", "Download"),
    "permanent": ("Stały link do tego zapytania", "Permanent link to this query"),
    "table": ("Tabela wyniku", "Table of the result"),
    "row": ("Nr", "No."),
    "cut": ("skrócono", "cut"),
    "unbound": ("brak", "none"),
    "turtle": ("Jako Turtle", "As Turtle"),
    "subject": ("podmiot", "subject"),
    "predicate": ("predykat", "predicate"),
    "object": ("obiekt", "object"),
    # The pictures
    "chart": ("Wykres", "Chart"),
    "chart-of": ("{number} dla każdej wartości: {label}", "{number} for each {label}"),
    "chart-pair": (
        "{number} i {other} dla każdej wartości: {label}",
        "{number} and {other} for each {label}",
    ),
    "timeline": ("Oś czasu", "Timeline"),
    "years-of": ("Liczba wierszy według roku: {date}", "Number of rows by year: {date}"),
    "spans": ("Okresy", "Periods"),
    "spans-of": ("Od {begins} do {ends}", "From {begins} to {ends}"),
    "network": ("Sieć", "Network"),
    "network-of": ("Od {first} do {second}", "From {first} to {second}"),
    "network-part": ("Sieć {n}: {name}", "Network {n}: {name}"),
    "map": ("Mapa", "Map"),
    "map-of": ("Miejsca według współrzędnych: {n}.", "Places by their co-ordinates: {n}."),
    "outline": ("Zarys granic: Natural Earth.", "Outline of borders: Natural Earth."),
    "of-first": (
        "Obraz {n:pierwszego wiersza|pierwszych wierszy|pierwszych wierszy}.",
        "A picture of the first {n:row|rows}.",
    ),
    "hidden": ("Nie pokazano: {n}.", "Not shown: {n}."),
    # About
    "about": ("Dla programów i notatników", "For programs and notebooks"),
    "about-told": (
        "Ten adres jest punktem dostępowym SPARQL 1.1: GET i POST, wyniki jako JSON, XML, CSV i "
        "TSV, grafy jako Turtle, N-Triples, RDF/XML i JSON-LD. Wszystkie grafy nazwane są też "
        "częścią grafu domyślnego, a z nimi słownik i pojęcia.",
        "This address is a SPARQL 1.1 endpoint: GET and POST, results as JSON, XML, CSV and TSV, "
        "graphs as Turtle, N-Triples, RDF/XML and JSON-LD. All named graphs are part of the "
        "default graph, too, and with them the vocabulary and the concepts.",
    ),
    "limits": (
        "Zapytanie może trwać {seconds} s i dać {rows} wierszy.",
        "A query may take {seconds} s and give {rows} rows.",
    ),
    "vocabulary-told": ("Klasy i właściwości opisuje", "Classes and properties are described by"),
    "the-vocabulary": ("słownik", "the vocabulary"),
    # What the script says
    "suggestions": ("Podpowiedzi", "Suggestions"),
    "class": ("klasa", "class"),
    "property": ("właściwość", "property"),
    "concept": ("pojęcie", "concept"),
    "value": ("wartość", "value"),
    "variable": ("zmienna", "variable"),
    "keyword": ("słowo SPARQL", "SPARQL keyword"),
}
"""The words of the page; those of the script stand in its form."""
