"""RDF/XML from templates: https://www.w3.org/TR/rdf-syntax-grammar/."""

import io
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from es_lod.context import prefixes
from es_lod.iris import resolve
from es_lod.model.outline import KEPT, Outline, Values, tagged
from es_lod.namespaces import RDF
from es_lod.rdf.templates import Step, Templates, Term, Terms

_TYPE: Final = NamedNode(RDF.type)


class _Tag(NamedTuple):
    """What stands between `<` and the attributes of an element, and the name that ends it."""

    opening: str
    name: str


class RdfXml(Templates):
    """An element for each subject, named for its first type.

    A term is what stands behind the name of its property: `rdf:resource="…"/>`, or attributes and
    content up to the end tag, which `_element` completes.
    """

    tail = "</rdf:RDF>"

    def __init__(self, base: str, language: str) -> None:
        super().__init__(base, language)
        self._prefixes = {**prefixes(), "id": base}
        self._escaped_base = _escaped(base)
        self._of_class = lru_cache(maxsize=KEPT)(self._class_tag)
        self.head = "".join(self._lines(_TYPE, _TYPE)[:2])

    def _lines(self, predicate: NamedNode, value: NamedNode | Literal) -> list[str]:
        """A document with one triple: pyoxigraph knows how names are written."""
        triple = Triple(_TYPE, predicate, value)
        text = serialize([triple], format=RdfFormat.RDF_XML, prefixes=self._prefixes) or b""
        return io.StringIO(text.decode()).readlines()

    def _class_tag(self, types: Sequence[str]) -> _Tag:
        if not types:
            return _Tag("rdf:Description", "rdf:Description")
        opening = self._lines(_TYPE, NamedNode(types[0]))[2].partition(" rdf:about=")[0]
        return _tag(opening)

    def _property(self, property_: str) -> _Tag:
        return _tag(self._lines(NamedNode(property_), Literal("x"))[3].partition(">")[0])

    def _subject(self, id_: str) -> str:
        return f' rdf:resource="{self._about(id_)}"/>'

    def _about(self, id_: str) -> str:
        return _escaped(resolve(id_, self._base)) if ":" in id_ else self._escaped_base + id_

    def _part(self, id_: str, fragment: str) -> str:
        return f' rdf:resource="{self._about(id_)}#{fragment}"/>'

    def _iri(self, iri: str) -> str:
        return f' rdf:resource="{_escaped(iri)}"/>'

    def _text(self, value: Any, _: str) -> Sequence[str]:
        pairs = ((self._language, value),) if type(value) is str else sorted(value)
        return [self._tagged(tag, string) for tag, string in pairs]

    def _texts(self, value: Any, _: str) -> Sequence[str]:
        return [self._tagged(tag, string) for tag, string in tagged(value, self._language)]

    def _tagged(self, tag: str, string: str) -> str:
        return f' xml:lang="{tag}">{_escaped(string)}</'

    @staticmethod
    def _string(value: str) -> str:
        return f">{_escaped(value)}</"

    def _literal(self, value: Any) -> str:
        line = self._lines(_TYPE, Literal(value))[3]
        return line.removeprefix("\t\t<rdf:type").removesuffix("rdf:type>\n")

    def _around(self, datatype: str) -> tuple[str, str]:
        return f' rdf:datatype="{_escaped(datatype)}">', "</"

    def _number(self, value: str, datatype: str) -> str:
        return value.join(self._around(datatype))

    def _always(self, property_: str, terms: Sequence[str]) -> Step:
        # The first of the types names the element.
        lines = "".join(_element(self._property(property_), term) for term in terms[1:])
        return lambda *_: lines

    def _single(self, property_: str, n: int, term: Term) -> Step:
        tag = self._property(property_)
        return lambda values, _, __: _element(tag, term(values[n]))

    def _several(self, property_: str, n: int | None, terms: Terms) -> Step:
        tag = self._property(property_)

        def step(values: Values, _: str, id_: str) -> str:
            found = terms(None if n is None else values[n], id_)
            return "".join([_element(tag, term) for term in found])

        return step

    def _block(self, outline: Outline, values: Values, subject: str, id_: str) -> str:
        stated = "".join(self._stated(outline, values, subject, id_))
        if not (stated or outline.cls.types):
            return ""
        tag = self._of_class(outline.cls.types)
        about = subject.removeprefix(' rdf:resource="').removesuffix('"/>')
        return f'\t<{tag.opening} rdf:about="{about}">\n{stated}\t</{tag.name}>\n'


def _tag(opening: str) -> _Tag:
    opening = opening.lstrip("\t<")
    return _Tag(opening, opening.partition(" ")[0])


def _element(tag: _Tag, term: str) -> str:
    end = "" if term.endswith("/>") else f"{tag.name}>"
    return f"\t\t<{tag.opening}{term}{end}\n"


def _escaped(text: str) -> str:
    """A text or an IRI as pyoxigraph has it in content and in attributes alike."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("'", "&apos;")
