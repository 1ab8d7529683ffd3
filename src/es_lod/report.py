"""The report: all problems of one run, as text, JSON or SHACL's own Turtle."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final, overload

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from es_lod.errors import Location, Problem
from es_lod.messages import Number
from es_lod.namespaces import PREFIXES, PROBLEM, RDF, SH, XSD

_ORDER: Final = {"error": 0, "warning": 1, "info": 2}
_WORDS: Final = {
    "pl": {"error": "błąd", "warning": "ostrzeżenie", "info": "informacja"},
    "en": {"error": "error", "warning": "warning", "info": "information"},
}
_HINTS: Final = {"pl": "Czy chodziło o „{}”?", "en": "Did you mean “{}”?"}
_SUMMARY: Final = {
    "pl": (
        "{state}: {error:błąd|błędy|błędów}, "
        "{warning:ostrzeżenie|ostrzeżenia|ostrzeżeń}, {info:informacja|informacje|informacji}."
    ),
    "en": "{state}: {error:error|errors}, {warning:warning|warnings}, {info:notice|notices}.",
}
_STATES: Final = {
    "pl": ("Dane nie są zgodne", "Dane są zgodne"),
    "en": ("Does not conform", "Conforms"),
}
_NOTICES: Final = 10
"""How many notices of one code a person is told; `--report json` has all."""
_MORE: Final = {
    "pl": "… i jeszcze {count:taka informacja|takie informacje|takich informacji} [{code}].",
    "en": "… and {count:more such notice|more such notices} [{code}].",
}
_NOT_WHOLE: Final = {
    "pl": "Nie udało się wczytać wszystkich danych",
    "en": "Not all of the data could be read",
}
_STRICT: Final = ("not-carried-over", "graph-names-dropped", "part-renamed")


class Report(Sequence[Problem]):
    """The problems of one run, in the order of their places. `strict` makes losses errors.

    `is_whole` says that all inputs were read: without that there is no verdict on the data.
    """

    def __init__(
        self, problems: Iterable[Problem], *, strict: bool = False, is_whole: bool = True
    ) -> None:
        self._is_whole = is_whole
        judged = (
            replace(problem, override="error") if strict and problem.code in _STRICT else problem
            for problem in problems
        )
        self._problems = sorted(judged, key=_place)

    @overload
    def __getitem__(self, index: int) -> Problem: ...

    @overload
    def __getitem__(self, index: slice) -> list[Problem]: ...

    def __getitem__(self, index: int | slice) -> Problem | list[Problem]:
        return self._problems[index]

    def __len__(self) -> int:
        return len(self._problems)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._problems)

    def __repr__(self) -> str:
        return f"<Report. {self.summary()}>"

    @property
    def errors(self) -> list[Problem]:
        """The problems because of which the data does not conform."""
        return [problem for problem in self if problem.severity == "error"]

    @property
    def conforms(self) -> bool:
        """Whether there is no error; warnings may be."""
        return not self.errors

    def summary(self, language: str = "en") -> str:
        """One line with the verdict and the counts."""
        counts = dict.fromkeys(_ORDER, 0)
        for problem in self:
            counts[problem.severity] += 1
        numbers = {severity: Number(n) for severity, n in counts.items()}
        state = _STATES[language][self.conforms] if self._is_whole else _NOT_WHOLE[language]
        return _SUMMARY[language].format(state=state, **numbers)

    def to_text(self, language: str = "en") -> str:
        """A line for each problem with its place, record and field, then the summary.

        Of notices with one code only the first are told, and how many there are more.
        """
        lines = [line(problem, language) for problem in self.told()]
        return "\n".join([*lines, *self.untold(language), self.summary(language)]) + "\n"

    def told(self) -> Iterator[Problem]:
        """The problems that a person wants to see: not the same notice of a thousand rows."""
        counts: Counter[str] = Counter()
        for problem in self:
            if problem.severity == "info":
                counts[problem.code] += 1
            if counts[problem.code] <= _NOTICES:
                yield problem

    def untold(self, language: str = "en") -> Iterator[str]:
        """A line for each code whose notices `told` leaves out."""
        counts = Counter(problem.code for problem in self if problem.severity == "info")
        for code, count in counts.items():
            if count > _NOTICES:
                yield _MORE[language].format(count=Number(count - _NOTICES), code=code)

    def to_json(self) -> str:
        """A JSON list of `{code, severity, record, field, value, location, hint, message}`."""
        return json.dumps([p.to_json() for p in self], ensure_ascii=False, indent=2) + "\n"

    def to_turtle(self, base: str) -> str:
        """A `sh:ValidationReport`: https://www.w3.org/TR/shacl/#validation-report.

        Results of the record checks have our code as constraint component.
        """
        triples = list(self._triples(base))
        names = {"sh": PREFIXES["sh"], "problem": PROBLEM, "id": base}
        return (serialize(triples, format=RdfFormat.TURTLE, prefixes=names) or b"").decode()

    def _triples(self, base: str) -> Iterator[Triple]:
        report = BlankNode("report")
        yield Triple(report, NamedNode(RDF.type), NamedNode(SH.ValidationReport))
        verdict = Literal(str(self.conforms).lower(), datatype=NamedNode(XSD.boolean))
        yield Triple(report, NamedNode(SH.conforms), verdict)
        nodes = [BlankNode(f"result{i}") for i in range(len(self))]
        for node in nodes:
            yield Triple(report, NamedNode(SH.result), node)
        severities = {"error": SH.Violation, "warning": SH.Warning, "info": SH.Info}
        for node, problem in zip(nodes, self, strict=True):
            focus = _focus(problem.record, base) or report
            yield Triple(node, NamedNode(RDF.type), NamedNode(SH.ValidationResult))
            yield Triple(node, NamedNode(SH.focusNode), focus)
            yield Triple(
                node, NamedNode(SH.resultSeverity), NamedNode(severities[problem.severity])
            )
            component = NamedNode(PROBLEM + problem.code)
            yield Triple(node, NamedNode(SH.sourceConstraintComponent), component)
            for language, text in problem.message.items():
                yield Triple(node, NamedNode(SH.resultMessage), Literal(text, language=language))
            if problem.value:
                yield Triple(node, NamedNode(SH.value), Literal(printable(problem.value)))


def _focus(record: str | None, base: str) -> NamedNode | None:
    """The IRI of a record; none for what is written where an id should be."""
    from es_lod.iris import resolve

    try:
        return NamedNode(resolve(record, base)) if record else None
    except ValueError:
        return None


def line(problem: Problem, language: str) -> str:
    """One problem as a line: place, severity, record and field, text, hint, code."""
    place = f"{problem.location}: " if problem.location else ""
    word = _WORDS[language][problem.severity]
    record = printable(problem.record)
    record += (" · " if problem.field else ": ") if record else ""
    return f"{printable(place)}{word}: {record}{told(problem, language)} [{problem.code}]"


def told(problem: Problem, language: str) -> str:
    """What is wrong, for someone who has the record before them: field, text, hint."""
    where = f"{printable(problem.field)}: " if problem.field else ""
    hint = f" {_HINTS[language].format(printable(problem.hint))}" if _asks(problem) else ""
    return f"{where}{problem.message[language]}{hint}"


def _asks(problem: Problem) -> bool:
    return problem.hint is not None and problem.severity == "error"


def printable(text: str | None) -> str:
    """A text without control characters: input may hold terminal escapes."""
    return "".join(c if c.isprintable() else "�" for c in text or "")


def _at(place: Location) -> tuple[int, int]:
    """Row and column of a place, of a cell too."""
    cell = re.fullmatch("([A-Z]{1,3})([0-9]+)", place.cell or "")
    if cell is None:
        return place.line or 0, place.column or 0
    from es_lod.readers.sheets import column

    return int(cell[2]), column(cell[1])


def _place(problem: Problem) -> tuple[object, ...]:
    place = problem.location
    at = (place.file, place.sheet or "", *_at(place)) if place else ("", "", 0, 0)
    return (*at, _ORDER[problem.severity], problem.record or "", problem.field or "", problem.code)
