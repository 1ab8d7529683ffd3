"""Records as things of schema.org.

A field whose property is schema.org's own keeps that name: the model is the mapping. The tables
below have only what differs.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, Final, TypeAlias

from es_lod.iris import is_web, resolve
from es_lod.labels import concept_label
from es_lod.model import AgendaItem, Article, Event, Identifier, Place, Record, Service, kinds
from es_lod.model.concepts import concept_iri
from es_lod.model.record import Field, PartKind
from es_lod.model.record import Node as Described
from es_lod.namespaces import ADMS, CONCEPT, DCT, ES, ORG, SDO, Term
from es_lod.rdf.emit import plain
from es_lod.site import addresses
from es_lod.site.edition import Edition

Node: TypeAlias = dict[str, Any]
"""A node of JSON-LD."""

_KEYS: Final[Mapping[Term, str]] = {
    ES.operatedBy: "parentOrganization",
    ORG.subOrganizationOf: "parentOrganization",
    DCT.subject: "about",
    DCT.audience: "audience",
}
"""Properties of others that schema.org has a name for."""
_KINDS: Final[Mapping[type[Described], str]] = {
    Event: "keywords",
    Article: "keywords",
    Service: "serviceType",
}
"""Class → what schema.org calls its `dct:type`."""
_PARENTS: Final = ("operator", "partOf")
"""The fields by which a part of an organisation names the whole."""
_EVENTS: Final = ("Event", "EventSeries")
_DAY: Final = len("2018-06-19")


def thing(edition: Edition, record: Record, language: str) -> Node | None:
    """The node of a record; nothing where its page should have none."""
    return _Writer(edition, record, language).thing()


@cache
def main_class(cls: type[Described]) -> str | None:
    """The name of the class of schema.org that the instances of a class belong to."""
    # That a service is one stands in the ontology: rdfs:subClassOf.
    own = (*cls.types, SDO.Service) if issubclass(cls, Service) else cls.types
    return next((_local(type_) for type_ in own if _local(type_)), None)


class _Writer:
    """Makes the node of one record, and those that it refers to, in one language."""

    def __init__(self, edition: Edition, record: Record, language: str) -> None:
        self._edition = edition
        self._record = record
        self._language = language
        self._special: dict[Term, Callable[[Any], Iterator[tuple[str, Any]]]] = {
            ADMS.identifier: self._identifier,
            ES.agendaItem: self._agenda_item,
            ES.onlineUrl: self._online,
            ES.service: self._offer,
        }

    def thing(self) -> Node | None:
        name = main_class(type(self._record))
        if name is None or (name in _EVENTS and not self._is_found()):
            return None
        node = self._head(self._record)
        if own := [type_ for type_ in type(self._record).types if type_.startswith(str(ES))]:
            node["additionalType"] = own[0]
        self._fill(node, self._record)
        page = addresses.page(addresses.document(str(self._record.id)), self._language)
        node["mainEntityOfPage"] = self._edition.settings.url + page
        if name in _EVENTS:  # one event a page, and its address is the event's
            node.setdefault("url", node["mainEntityOfPage"])
        for link in self._edition.incoming(str(self._record.id)):
            if len(link.path) == 1 and link.path[0] in _PARENTS:
                _add(node, "subOrganization", self._reference(link.source))
        return node

    def _is_found(self) -> bool:
        """Whether search engines take an event: by its day, and a location with an address."""
        start = getattr(self._record, "start_date", None)
        location = getattr(self._record, "location", None)
        has_address = location is not None and self._place(location) is not None
        is_online = getattr(self._record, "online_url", None) is not None
        return start is not None and len(start) >= _DAY and (has_address or is_online)

    def _place(self, place: Place) -> Node | None:
        node = self._part(place)
        return node if "address" in node else None

    def _head(self, record: Record) -> Node:
        """Class, IRI and name. What is an event is not called one where it only is referred to.

        Search engines would ask for the day and the location of that, too.
        """
        name, iri = main_class(type(record)), self._iri(str(record.id))
        node = {"@type": name} if name and (record is self._record or name not in _EVENTS) else {}
        if is_web(iri):
            node["@id"] = iri
        _add(node, record.title, getattr(record, record.title).best(self._language))
        return node

    def _iri(self, id_: str) -> str:
        return resolve(id_, self._edition.dataset.base)

    def _reference(self, id_: str) -> Node | None:
        """A thing that is described elsewhere: who it is, and its web page where it has one."""
        record = self._edition.dataset.find(id_)
        if record is None:
            iri = self._iri(id_)
            return {"@id": iri} if is_web(iri) else None
        node = self._head(record)
        for url in _listed(getattr(record, "url", None)):
            _add(node, "url", url)
        return node

    def _part(self, part: Described) -> Node:
        node = {"@type": name} if (name := main_class(type(part))) else {}
        self._fill(node, part)
        return node if node.keys() - {"@type"} else {}

    def _fill(self, node: Node, of: Described) -> None:
        """Write the fields of a record or part."""
        title = type(of).title if isinstance(of, Record) else ""
        for field in type(of).fields():
            value = getattr(of, field.name)
            if value is None or field.name == title:
                continue  # the title stands in the head
            for item in _listed(value):
                for key, value in self._pairs(of, field, item):
                    _add(node, key, value)

    def _pairs(self, of: Described, field: Field, item: Any) -> Iterator[tuple[str, Any]]:
        """The keys and values that one value of a field becomes."""
        key = _local(field.property) or _KEYS.get(field.property)
        if special := self._special.get(field.property):
            yield from special(item)
        elif field.property in (ES.krs, ES.nip, ES.regon):
            yield "identifier", _identifier(field.key.upper(), item)
            if field.property == ES.nip:
                yield "taxID", item
        elif field.property == DCT.type and isinstance(field.kind, kinds.ConceptKind):
            if named := next((k for cls, k in _KINDS.items() if isinstance(of, cls)), None):
                yield named, concept_label(field.kind.scheme, item, self._language)
        elif isinstance(item, Place):
            yield from ((key, place) for place in [self._place(item)] if key)
        elif key and not (isinstance(of, Event) and _is_vague(field, item)):
            yield from ((key, value) for value in self._values(field, item))

    def _values(self, field: Field, item: Any) -> Iterator[Any]:
        match field.kind:
            case kinds.TextKind():
                yield item.best(self._language)
            case kinds.TextsKind():
                yield from dict.fromkeys(name for names in item.values() for name in names)
            case kinds.DecimalKind():
                yield plain(item)
            case kinds.IriKind():
                yield item if is_web(item) else None
            case kinds.RefKind():
                yield self._reference(item)
            case kinds.ChoiceKind(choices):
                yield str(dict(choices)[item])
            case kinds.ConceptKind(scheme):
                yield self._concept(scheme, item, field)
            case PartKind():
                yield self._part(item)
            case _:
                yield item

    def _concept(self, scheme: str, notation: str, field: Field) -> Node:
        label = concept_label(scheme, notation, self._language)
        if field.property == DCT.audience:
            return {"@type": "Audience", "audienceType": label}
        iri, terms = concept_iri(scheme, notation), CONCEPT + scheme
        return {"@type": "DefinedTerm", "@id": iri, "name": label, "inDefinedTermSet": terms}

    def _identifier(self, part: Identifier) -> Iterator[tuple[str, Node]]:
        label = concept_label("register", part.register, self._language)
        yield "identifier", _identifier(label, part.notation)

    def _agenda_item(self, part: AgendaItem) -> Iterator[tuple[str, Node]]:
        """An item has no day of its own and is no event: it has no class of schema.org."""
        agenda = type(self._record).by_key()["agenda"]
        fragment = part.fragment(agenda)
        node = {"@id": f"{self._iri(str(self._record.id))}#{fragment}"}
        node["additionalType"] = str(ES.AgendaItem)
        self._fill(node, part)
        yield "subEvent", node

    @staticmethod
    def _online(url: str) -> Iterator[tuple[str, Node]]:
        yield "location", {"@type": "VirtualLocation", "url": url}

    def _offer(self, part: Service) -> Iterator[tuple[str, Node]]:
        yield "makesOffer", {"@type": "Offer", "itemOffered": self._part(part)}


@cache
def _local(iri: Term) -> str:
    """The name of a term of schema.org; empty for others."""
    return iri.removeprefix(str(SDO)) if iri.startswith(str(SDO)) else ""


def _is_vague(field: Field, item: Any) -> bool:
    return isinstance(field.kind, kinds.DateKind) and len(item) < _DAY


def _identifier(register: str, value: str) -> Node:
    return {"@type": "PropertyValue", "propertyID": register, "value": value}


def _listed(value: Any) -> tuple[Any, ...]:
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def _add(node: Node, key: str, value: Any) -> None:
    """Add a value to a key; a second one makes a list."""
    if value is None or value == {}:
        return
    if key not in node:
        node[key] = value
    elif isinstance(node[key], list):
        node[key].append(value)
    else:
        node[key] = [node[key], value]
