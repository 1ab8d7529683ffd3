"""TriG from templates, a graph for each record: https://www.w3.org/TR/trig/."""

from collections.abc import Iterable

from es_lod.model.outline import Outline, Values
from es_lod.rdf.turtle import Turtle


class Graphs(Turtle):
    """Records in graphs, and what others say of them, which brings the prefixes.

    None stands for the base, and there are no paragraphs.
    """

    def graph(self, name: str, outline: Outline, values: Values) -> str:
        """All that is stated about a record and its parts, in a graph."""
        return f"{self._iri(name)} {{\n{self.text(outline, values)}}}\n"

    def said(self, subject: str, pairs: Iterable[tuple[str, str]]) -> str:
        """What is stated in no graph: properties with terms."""
        clauses = " ;\n\t".join(self._predicate(property_) + term for property_, term in pairs)
        return f"{self._iri(subject)} {clauses} .\n"

    def iri(self, iri: str) -> str:
        """An IRI as a term."""
        return self._iri(iri)

    def literal(self, value: str, datatype: str) -> str:
        """A value of a datatype that has nothing to escape."""
        return value.join(self._around(datatype))

    def _block(self, outline: Outline, values: Values, subject: str, id_: str) -> str:
        clauses = " ;\n\t\t".join(filter(None, self._stated(outline, values, subject, id_)))
        return f"\t{subject} {clauses} .\n" if clauses else ""
