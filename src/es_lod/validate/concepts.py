"""The SKOS lint: what concepts and their schemes owe to those who use them.

The integrity conditions are those of https://www.w3.org/TR/skos-reference/: S9, S13, S14, S27. The
rest is what we ask of a concept that is described and not merely named: that it can be reached from
the top of its scheme, and has labels, a definition and a source that say something.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, Quad, Triple

from es_lod.errors import Problem
from es_lod.iris import relative, resolve
from es_lod.messages.message import LANGUAGES
from es_lod.model import Node, Record
from es_lod.model.concepts import schemes
from es_lod.model.fields import PartKind
from es_lod.namespaces import CONCEPT, DCT, RDF, SKOS, prefixed
from es_lod.rdf.texts import quads
from es_lod.readers.plain import Plain, told

_LABELS: Final = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
_MATCHES: Final = tuple(
    SKOS[f"{kind}Match"] for kind in ("exact", "close", "broad", "narrow", "related")
)
_LINKS: Final = (SKOS.broader, SKOS.narrower, SKOS.related, *_MATCHES)
_NEEDED: Final = {
    *(RDF.type, SKOS.inScheme, SKOS.topConceptOf, SKOS.hasTopConcept, SKOS.definition, DCT.source),
    *(*_LABELS, *_LINKS),
}
_MOST_CIRCLES: Final = 50
# Words that a definition may have beside those of its label without saying more.
_POLISH: Final = ("albo", "czyli", "dla", "jako", "jest", "która", "które", "który", "lub", "oraz")
_ENGLISH: Final = ("and", "are", "for", "from", "into", "that", "the", "this", "which", "with")
_EMPTY_WORDS: Final = frozenset((*_POLISH, "przez", "przy", "się", "ten", "tym", *_ENGLISH))


class ConceptLint:
    """Looks at triples as they go by, and keeps those of concepts; `problems` judges them.

    RDF comes before records: few of these are of what is described as a concept there.
    """

    def __init__(self, base: str) -> None:
        self._base = base
        # Subject → predicate → objects, as an ordered set.
        self._said: dict[str, dict[str, dict[Any, None]]] = {}
        # Of these, once all triples are seen.
        self._described: set[str] = set()
        self._circling: set[str] = set()
        self._reached: set[str] = set()

    @property
    def subjects(self) -> list[str]:
        """The things of which something is said so far that concerns concepts, without parts."""
        return list(dict.fromkeys(iri.partition("#")[0] for iri in self._said))

    def check(self, triple: Quad | Triple) -> None:
        """Look at one triple."""
        predicate = triple.predicate.value
        if predicate in _NEEDED and isinstance(triple.subject, NamedNode):
            said = self._said.setdefault(triple.subject.value, {})
            said.setdefault(predicate, {})[triple.object] = None

    def passing_quads(self, data: Iterable[Quad]) -> Iterator[Quad]:
        """Quads that no record carries, each looked at before it goes on."""
        for quad in data:
            self.check(quad)
            yield quad

    def passing(self, records: Iterable[Record | Plain]) -> Iterator[Record | Plain]:
        """The records, each looked at before it goes on."""
        said = set(self.subjects)
        for item in records:
            cls = item.cls if isinstance(item, Plain) else type(item)
            if _describes_concepts(cls) or (said and resolve(str(item.id), self._base) in said):
                for quad in quads(*told(item), self._base):
                    self.check(quad)
            yield item

    def problems(self) -> list[Problem]:
        """What is wrong with the concepts, each in the order of its first triple."""
        concepts = [iri for iri in self._said if self._is(iri, SKOS.Concept)]
        self._described = {s for s in self._said if self._is(s, SKOS.ConceptScheme)}
        self._circling = self._circles()
        self._reached = self._from_the_top(concepts)
        return [problem for iri in concepts for problem in self._of(iri)]

    def _is(self, iri: str, type_: str) -> bool:
        return NamedNode(type_) in self._all(iri, RDF.type)

    def _all(self, iri: str, predicate: str) -> Collection[Any]:
        return self._said.get(iri, {}).get(predicate, {})

    def _iris(self, iri: str, predicate: str) -> list[str]:
        return [o.value for o in self._all(iri, predicate) if isinstance(o, NamedNode)]

    def _of(self, iri: str) -> Iterator[Problem]:
        def told(code: str, value: str | None = None) -> Problem:
            return Problem(code, relative(iri, self._base), value=value)

        if self._is(iri, SKOS.ConceptScheme):  # S9
            yield told("concept-and-scheme")
        yield from (told("label-twice", label) for label in self._doubled(iri))
        yield from (told("several-labels", language) for language in self._several(iri))
        yield from (told("related-and-broader", other) for other in self._related(iri))
        if iri in self._circling:
            yield told("broader-cycle")
        yield from (told("empty-label", prefixed(p)) for p in _LABELS if self._has_empty(iri, p))
        yield from (told("dangling-concept", other) for other in self._dangling(iri))
        # A concept of a scheme that is not described here is a stub: others say the rest.
        if not self._described.isdisjoint(self._schemes(iri)):
            yield from (told(*pair) for pair in self._missing(iri))

    def _doubled(self, iri: str) -> Iterator[str]:
        """S13: one label under two of the labelling properties."""
        found = [label for predicate in _LABELS for label in self._all(iri, predicate)]
        return (str(label.value) for label in dict.fromkeys(found) if found.count(label) > 1)

    def _several(self, iri: str) -> Iterator[str]:
        """S14: several preferred labels in one language."""
        found = [o.language for o in self._all(iri, SKOS.prefLabel) if isinstance(o, Literal)]
        return (str(language) for language in dict.fromkeys(found) if found.count(language) > 1)

    def _related(self, iri: str) -> Iterator[str]:
        """S27: related to a concept that is above or below."""
        for other in self._iris(iri, SKOS.related):
            if other in self._above(iri) or iri in self._above(other):
                yield other

    def _above(self, iri: str) -> set[str]:
        """All concepts that are broader, at any distance."""
        found: set[str] = set()
        waiting = [iri]
        while waiting:
            for other in self._iris(waiting.pop(), SKOS.broader):
                if other not in found:
                    found.add(other)
                    waiting.append(other)
        return found

    def _has_empty(self, iri: str, predicate: str) -> bool:
        return any(not o.value.strip() for o in self._all(iri, predicate) if isinstance(o, Literal))

    def _dangling(self, iri: str) -> Iterator[str]:
        """Links to no concept: to itself, to no IRI, or to one that its scheme does not have."""
        for predicate in _LINKS:
            for other in self._all(iri, predicate):
                if not isinstance(other, NamedNode) or other.value == iri:
                    yield str(getattr(other, "value", other))
                elif not self._is(other.value, SKOS.Concept) and self._should_be(other.value):
                    yield other.value

    def _should_be(self, iri: str) -> bool:
        """Whether a concept would have to be known here, by its IRI."""
        if iri.startswith(CONCEPT):
            scheme, _, notation = iri.removeprefix(CONCEPT).partition("/")
            return notation not in schemes().get(scheme, ())
        # Its scheme is one of those that its IRI begins with.
        starts = [iri[: found.end()] for found in re.finditer("[/#]", iri)]
        return any(s in self._described or s[:-1] in self._described for s in starts)

    def _schemes(self, iri: str) -> list[str]:
        return [*self._iris(iri, SKOS.inScheme), *self._iris(iri, SKOS.topConceptOf)]

    def _missing(self, iri: str) -> Iterator[tuple[str, str | None]]:
        if iri not in self._reached:
            yield "orphan-concept", None
        for predicate in (SKOS.prefLabel, SKOS.definition):
            stated = {o.language for o in self._all(iri, predicate) if isinstance(o, Literal)}
            for language in LANGUAGES:
                if language not in stated:
                    yield "untranslated-concept", f"{prefixed(predicate)}@{language}"
        if not self._all(iri, DCT.source):
            yield "unsourced-concept", None
        for definition in self._all(iri, SKOS.definition):
            if isinstance(definition, Literal) and self._says_nothing(iri, definition):
                yield "empty-definition", definition.value

    def _circles(self) -> set[str]:
        """The concepts that are above themselves; of very many circles the first ones."""
        above = {iri: set(self._iris(iri, SKOS.broader)) for iri in self._said}
        found: set[str] = set()
        for _ in range(_MOST_CIRCLES):
            try:
                TopologicalSorter(above).prepare()
            except CycleError as error:
                circle = set(error.args[1])
                found |= circle
                above = {iri: others - circle for iri, others in above.items() if iri not in circle}
            else:
                break
        return found

    def _from_the_top(self, concepts: Iterable[str]) -> set[str]:
        """The concepts that a top concept leads to."""
        below: dict[str, list[str]] = {}
        for iri in self._said:
            for other in self._iris(iri, SKOS.broader):
                below.setdefault(other, []).append(iri)
        named = {
            top for scheme in self._described for top in self._iris(scheme, SKOS.hasTopConcept)
        }
        waiting = [iri for iri in concepts if iri in named or self._all(iri, SKOS.topConceptOf)]
        found = set(waiting)
        while waiting:
            for iri in below.get(waiting.pop(), ()):
                if iri not in found:
                    found.add(iri)
                    waiting.append(iri)
        return found

    def _says_nothing(self, iri: str, definition: Literal) -> bool:
        """Whether a definition has no word that the labels of its language do not have."""
        labels = [
            label.value
            for predicate in _LABELS
            for label in self._all(iri, predicate)
            if isinstance(label, Literal) and label.language == definition.language
        ]
        return _stems(definition.value) <= _stems(" ".join(labels))


def lint_concepts(data: Iterable[Quad | Triple], base: str) -> list[Problem]:
    """What the lint finds in triples."""
    found = ConceptLint(base)
    for triple in data:
        found.check(triple)
    return found.problems()


@cache
def _describes_concepts(cls: type[Node]) -> bool:
    """Whether records of a class are concepts or schemes, as those of an extension may be."""
    return not {SKOS.Concept, SKOS.ConceptScheme}.isdisjoint(cls.types) or any(
        _describes_concepts(field.kind.part)
        for field in cls.links()
        if isinstance(field.kind, PartKind)
    )


def _stems(text: str) -> set[str]:
    """The beginnings of the words of a text: what inflection leaves alone."""
    words = re.findall(r"\w{3,}", text.lower())
    return {word[:5] for word in words if word not in _EMPTY_WORDS}
