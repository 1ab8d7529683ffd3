"""Turtle from templates: https://www.w3.org/TR/turtle/."""

import io
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from es_lod.context import prefixes
from es_lod.iris import resolve
from es_lod.model.outline import KEPT, Outline, Values
from es_lod.namespaces import RDF, XSD
from es_lod.rdf.templates import Step, Templates, Term, Terms

_TYPE: Final = NamedNode(RDF.type)
_IS_NAME: Final = re.compile("[A-Za-z0-9-]+").fullmatch


class Turtle(Templates):
    """A paragraph for each record; `names` are prefixes in place of those of records."""

    def __init__(self, base: str, language: str, names: Mapping[str, str] | None = None) -> None:
        super().__init__(base, language)
        self._prefixes = dict(names or {**prefixes(), "id": base})
        self._namespaces = tuple(self._prefixes.values())
        # A base such as `http://www.w3.org/ns/`: the name of a part may be one of theirs.
        self._has_others = any(ns.startswith(base) and ns != base for ns in self._namespaces)
        self._name = lru_cache(maxsize=KEPT)(self._shortened)
        self._before, _, self._after = self._iri(f"{base}x").rpartition("x")
        self._hash = "#" if self._after else "\\#"
        self.head = "".join(self._lines(RDF.type)[:-1])

    def _subject(self, id_: str) -> str:
        if self._is_plain(id_):
            return f"{self._before}{id_}{self._after}"
        return self._iri(resolve(id_, self._base))

    def _part(self, id_: str, fragment: str) -> str:
        if self._is_plain(id_) and _IS_NAME(fragment):
            return f"{self._before}{id_}{self._hash}{fragment}{self._after}"
        return self._iri(f"{resolve(id_, self._base)}#{fragment}")

    def _is_plain(self, id_: str) -> bool:
        """Whether all that begins with an id is written in the way of the base."""
        return ":" not in id_ and not self._has_others

    def _iri(self, iri: str) -> str:
        return self._name(iri) if iri.startswith(self._namespaces) else f"<{iri}>"

    def _shortened(self, iri: str) -> str:
        """A prefixed name, where one can be written: pyoxigraph knows."""
        return self._lines(iri)[-1].partition(" ")[0]

    def _lines(self, iri: str, value: NamedNode | Literal = _TYPE) -> list[str]:
        """A document with one triple about an IRI."""
        triple = Triple(NamedNode(iri), _TYPE, value)
        text = serialize([triple], format=RdfFormat.TURTLE, prefixes=self._prefixes) or b""
        return io.StringIO(text.decode()).readlines()

    def _literal(self, value: Any) -> str:
        return self._lines(RDF.type, Literal(value))[-1].split(" ", 2)[2].removesuffix(" .\n")

    def _number(self, value: str, datatype: str) -> str:
        is_short = datatype == XSD.integer or "." in value
        return value if is_short else f'"{value}"^^{self._iri(datatype)}'

    def _predicate(self, property_: str) -> str:
        return "a " if property_ == RDF.type else f"{self._iri(property_)} "

    def _always(self, property_: str, terms: Sequence[str]) -> Step:
        clause = self._predicate(property_) + " , ".join(terms)
        return lambda *_: clause

    def _single(self, property_: str, n: int, term: Term) -> Step:
        predicate = self._predicate(property_)
        return lambda values, _, __: predicate + term(values[n])

    def _several(self, property_: str, n: int | None, terms: Terms) -> Step:
        predicate = self._predicate(property_)

        def step(values: Values, _: str, id_: str) -> str:
            found = terms(None if n is None else values[n], id_)
            return predicate + " , ".join(found) if found else ""

        return step

    def _block(self, outline: Outline, values: Values, subject: str, id_: str) -> str:
        # As `serialize` has it: an empty line before each subject that is no fragment.
        gap = "" if "#" in subject else "\n"
        clauses = " ;\n\t".join(filter(None, self._stated(outline, values, subject, id_)))
        # Of a part without a type, as one of an extension may be, nothing may be said.
        return f"{gap}{subject} {clauses} .\n" if clauses else ""
