"""What is asked, what is answered, and why something is not answered."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from es_lod.messages import Number
from es_lod.query import MAX_DEPTH
from es_lod.site.words import Words

Kind: TypeAlias = Literal["solutions", "boolean", "graph"]

RESULTS: Final = ("json", "xml", "csv", "tsv")
"""The formats of solutions and of booleans."""
GRAPHS: Final = ("ttl", "nt", "rdf", "jsonld")
"""The formats of graphs, as `es_lod.formats` names them."""


class Question(NamedTuple):
    """A SPARQL query as the Protocol has it.

    The graphs are IRIs. Without any, the query's own `FROM` counts; without that, the default
    graph is the union of all graphs, and each named graph can be named.
    https://www.w3.org/TR/sparql11-protocol/#dataset
    """

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


class Limits(NamedTuple):
    """How much a question may cost."""

    seconds: float = 30
    """From its arrival to its answer, waiting included."""
    rows: int = 100_000
    """Solutions, or triples, of an answer."""
    size: int = 64 * 2**20
    """Bytes of an answer."""
    body: int = 2**20
    """Bytes of a request."""
    memory: int = 2**31
    """Bytes that a question may need beside the data, where the system can limit them."""


class Answer(NamedTuple):
    """A file with a whole answer, which the caller deletes.

    `rows` are solutions or triples; a boolean is one.
    """

    kind: Kind
    format: str
    rows: int
    path: Path


class Refusal(Exception):
    """Why a question is not answered: a stable code, a status of HTTP, and the texts."""

    def __init__(self, code: str, **params: Any) -> None:
        self._key = code
        self._params = params
        self.code = code.partition("-")[0]
        self.status = STATUSES[self.code]
        numbers = {k: Number(v) if isinstance(v, int) else v for k, v in params.items()}
        self.text: dict[str, str] = {
            language: text.format_map(_spoken(numbers, language))
            for language, text in zip(("pl", "en"), WORDS[code], strict=True)
        }
        super().__init__(self.text["en"])

    def to_json(self) -> dict[str, Any]:
        """The refusal as a process tells it another."""
        return {"refusal": self._key, "params": self._params}

    @classmethod
    def from_json(cls, refusal: Mapping[str, Any]) -> "Refusal":
        """The refusal as another process told it."""
        return cls(refusal["refusal"], **refusal["params"])


def _spoken(params: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Parameters of which some, such as reasons, are texts in two languages themselves."""
    return {k: v[language] if isinstance(v, Mapping) else v for k, v in params.items()}


STATUSES: Final = {
    "malformed": 400,
    "deep": 400,
    "service": 400,
    "fields": 400,
    "missing": 400,
    "several": 400,
    "encoding": 400,
    "readonly": 403,
    "unnamed": 404,
    "unacceptable": 406,
    "unwritable": 406,
    "late": 408,
    "long": 413,
    "body": 413,
    "type": 415,
    # A correct question that would be answered in vain again: neither malformed (400) nor a
    # passing trouble of the server (503).
    "rows": 422,
    "size": 422,
    "time": 503,
    "memory": 503,
    "busy": 503,
    "closed": 503,
    "failed": 503,
}
"""The status of HTTP for each code."""

WORDS: Final[Words] = {
    "malformed": (
        "To nie jest poprawne zapytanie SPARQL 1.1: {reason}",
        "This is no correct SPARQL 1.1 query: {reason}",
    ),
    "deep": (
        f"Zapytanie jest zbyt zagnieżdżone (nawiasy: najwyżej {MAX_DEPTH} poziomów). Uprość je; "
        "długi szereg wartości zapisz w VALUES.",
        f"The query nests too deeply (brackets: at most {MAX_DEPTH} levels). Simplify it; write a "
        "long series of values in VALUES.",
    ),
    "service": (
        "SERVICE nie działa: ten serwer niczego nie pobiera. Zapytaj drugi serwer osobno albo "
        "połącz oba w programie, który pyta kilka źródeł (np. Comunica).",
        "SERVICE is not answered: this server fetches nothing. Ask the other server on its own, "
        "or combine both in a program that asks several sources (such as Comunica).",
    ),
    "fields": (
        "To nie są pola formularza (może ich być {most}); zakoduj je ponownie.",
        "These are no fields of a form (of which there may be {most}); encode them anew.",
    ),
    "missing": (
        "Brakuje zapytania; podaj je w polu „query”.",
        "The query is missing; give it in the field “query”.",
    ),
    "several": (
        "Zapytanie podano kilka razy; podaj je raz.",
        "The query is given several times; give it once.",
    ),
    "encoding": (
        "To nie jest tekst w UTF-8; zapisz zapytanie w UTF-8 i zakoduj je procentowo w adresie.",
        "This is no text in UTF-8; write the query in UTF-8, percent-encoded in an address.",
    ),
    "readonly": (
        "Tych danych nie można tu zmieniać: można je czytać (SELECT, ASK, CONSTRUCT, DESCRIBE).",
        "These data cannot be changed here, only read (SELECT, ASK, CONSTRUCT, DESCRIBE).",
    ),
    "type": (
        "Zapytanie wysyła się jako {types}; podaj to w nagłówku Content-Type.",
        "A query is sent as {types}; say so in the header Content-Type.",
    ),
    "late": (
        "Żądanie nie nadeszło w całości w ciągu {seconds} s; wyślij je ponownie.",
        "The request did not arrive as a whole within {seconds} s; send it again.",
    ),
    "body": (
        "Treść żądania może mieć najwyżej {size}; skróć ją.",
        "The body of a request may have {size} at most; make it shorter.",
    ),
    "unnamed": (
        "Nie ma gotowego zapytania „{name}”; ich lista jest na stronie zapytań.",
        "There is no ready query “{name}”; the page of queries lists them.",
    ),
    "unacceptable-any": (
        "Nie ma odpowiedzi w formacie „{asked}”. SELECT i ASK: {results}; CONSTRUCT i DESCRIBE: "
        "{graphs}; strona z formularzem: {page}.",
        "There is no answer as “{asked}”. SELECT and ASK: {results}; CONSTRUCT and DESCRIBE: "
        "{graphs}; a page with a form: {page}.",
    ),
    "unacceptable-solutions": (
        "Odpowiedzią na to zapytanie jest tabela. Poproś o JSON, XML, CSV lub TSV.",
        "The answer to this query is a table. Ask for JSON, XML, CSV or TSV.",
    ),
    "unacceptable-boolean": (
        "Odpowiedzią na to zapytanie jest prawda lub fałsz. Poproś o JSON, XML, CSV lub TSV.",
        "The answer to this query is true or false. Ask for JSON, XML, CSV or TSV.",
    ),
    "unacceptable-graph": (
        "Odpowiedzią na to zapytanie jest graf. Poproś o Turtle, N-Triples, RDF/XML lub JSON-LD.",
        "The answer to this query is a graph. Ask for Turtle, N-Triples, RDF/XML or JSON-LD.",
    ),
    "unwritable": (
        "Tej odpowiedzi nie da się zapisać w tym formacie: {reason}. Poproś o inny format.",
        "This answer cannot be written in this format: {reason}. Ask for another format.",
    ),
    "long": (
        "Zapytanie ma ponad {size}. Skróć je.",
        "The query has over {size}. Shorten it.",
    ),
    "rows": (
        "Odpowiedź ma ponad {rows:wiersz|wiersze|wierszy}. Zawęź zapytanie, pobierz ją częściami "
        "(ORDER BY, LIMIT, OFFSET) albo weź cały zrzut danych.",
        "The answer has over {rows:row|rows}. Narrow the query, fetch it in parts (ORDER BY, "
        "LIMIT, OFFSET), or take the dump of all data.",
    ),
    "size": (
        "Odpowiedź ma ponad {size}. Zawęź zapytanie, pobierz ją częściami "
        "(ORDER BY, LIMIT, OFFSET) albo weź cały zrzut danych.",
        "The answer has over {size}. Narrow the query, fetch it in parts (ORDER BY, "
        "LIMIT, OFFSET), or take the dump of all data.",
    ),
    "time": (
        "Odpowiedź zajęłaby ponad {seconds} s. Zawęź zapytanie, dodaj LIMIT albo weź cały zrzut "
        "danych i pytaj u siebie.",
        "The answer would take over {seconds} s. Narrow the query, add LIMIT, or take the dump of "
        "all data and ask it at home.",
    ),
    "memory": (
        "Odpowiedź potrzebuje więcej pamięci, niż wolno. Zawęź zapytanie; pamięć zajmują przede "
        "wszystkim ORDER BY, DISTINCT, GROUP BY i łączenie wzorców bez wspólnej zmiennej.",
        "The answer needs more memory than is allowed. Narrow the query; memory goes above all "
        "into ORDER BY, DISTINCT, GROUP BY and the join of patterns that share no variable.",
    ),
    "busy": (
        "Serwer odpowiada teraz na zbyt wiele zapytań. Spróbuj za chwilę.",
        "The server is answering too many queries now. Try again in a moment.",
    ),
    "closed": (
        "Serwer właśnie się zamyka lub wczytuje dane. Spróbuj za chwilę.",
        "The server is closing down or loading its data. Try again in a moment.",
    ),
    "failed": (
        "Serwer nie mógł odpowiedzieć: {reason}. Jeśli to się powtarza, napisz do wydawcy danych.",
        "The server could not answer: {reason}. If that happens again, write to the publisher.",
    ),
}
"""The texts of refusals by code; `unacceptable` by the kind of the answer, too."""
