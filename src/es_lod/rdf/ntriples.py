"""N-Triples from templates: https://www.w3.org/TR/n-triples/."""

from collections.abc import Sequence
from typing import Any

from pyoxigraph import Literal

from es_lod.model.outline import Outline, Values
from es_lod.rdf.templates import Step, Templates, Term, Terms


class NTriples(Templates):
    """A line for each triple."""

    def _subject(self, id_: str) -> str:
        return f"<{id_}>" if ":" in id_ else f"<{self._base}{id_}>"

    def _part(self, id_: str, fragment: str) -> str:
        return f"{self._subject(id_)[:-1]}#{fragment}>"

    def _iri(self, iri: str) -> str:
        return f"<{iri}>"

    def _literal(self, value: Any) -> str:
        return str(Literal(value))

    def _number(self, value: str, datatype: str) -> str:
        return f'"{value}"^^<{datatype}>'

    def _always(self, property_: str, terms: Sequence[str]) -> Step:
        lines = ("", *(f" <{property_}> {term} .\n" for term in terms))
        return lambda _, subject, __: subject.join(lines)

    def _single(self, property_: str, n: int, term: Term) -> Step:
        before = f" <{property_}> "
        return lambda values, subject, _: f"{subject}{before}{term(values[n])} .\n"

    def _several(self, property_: str, n: int | None, terms: Terms) -> Step:
        before = f" <{property_}> "

        def step(values: Values, subject: str, id_: str) -> str:
            found = terms(None if n is None else values[n], id_)
            if len(found) == 1:
                return f"{subject}{before}{found[0]} .\n"
            return "".join([f"{subject}{before}{term} .\n" for term in found])

        return step

    def _block(self, outline: Outline, values: Values, subject: str, id_: str) -> str:
        return "".join(self._stated(outline, values, subject, id_))
