"""Records as things of schema.org.

A field whose property is schema.org's own keeps that name: the model is the mapping. The tables
below have only what differs.
"""

from collections.abc import Callable, Mapping
from functools import cache
from itertools import chain
from typing import Any, Final, TypeAlias

from es_lod.iris import is_web, resolve
from es_lod.model import AgendaItem, Article, Event, Identifier, Place, Record, Service, kinds
from es_lod.model.record import Field, PartKind
from es_lod.model.record import Node as Described
from es_lod.namespaces import ADMS, DCT, ES, ORG, Term
from es_lod.site import addresses
from es_lod.site.facts.known import Known, value_of
from es_lod.site.schema_org.nodes import (
    Node,
    Pairs,
    add,
    audience,
    concept,
    identifier,
    label,
    listed,
    local,
    main_class,
    own_type,
    said,
)
from es_lod.values import decimal_text

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


def thing(known: Known, record: Record) -> Node | None:
    """The node of a record; nothing where its page should have none.

    It is one for all languages: what is said otherwise in each is a `Said`.
    """
    return _Writer(known, record).thing()


class _Writer:
    """Makes the node of one record, and those that it refers to."""

    def __init__(self, known: Known, record: Record) -> None:
        self._known = known
        self._record = record
        self._settings = known.edition.settings

    def thing(self) -> Node | None:
        name = main_class(type(self._record))
        if name is None or (name in _EVENTS and not self._is_found()):
            return None
        node = self._head(self._record)
        if own := own_type(type(self._record)):
            node["additionalType"] = own
        self._fill(node, self._record)
        node["mainEntityOfPage"] = self._page
        if name in _EVENTS:  # one event a page, and its address is the event's
            node.setdefault("url", self._page)
        for link in self._known.incoming(str(self._record.id)):
            if len(link.path) == 1 and link.path[0] in _PARENTS:
                add(node, "subOrganization", self.reference(link.source))
        return node

    def _page(self, language: str) -> str:
        page = addresses.page(addresses.document(str(self._record.id)), language)
        return self._settings.url + page

    def _is_found(self) -> bool:
        """Whether search engines take an event: by its day, and a location with an address."""
        start, location = value_of(self._record, "start_date"), value_of(self._record, "location")
        has_address = location is not None and self.place(location) is not None
        is_online = value_of(self._record, "online_url") is not None
        return start is not None and len(start) >= _DAY and (has_address or is_online)

    def place(self, place: Place) -> Node | None:
        node: Node = {"@type": main_class(type(place))}
        self._fill(node, place)
        return node if "address" in node else None

    def _head(self, record: Record) -> Node:
        """Class, IRI and name. What is an event is not called one where it only is referred to.

        Search engines would ask for the day and the location of that, too.
        """
        name, iri = main_class(type(record)), self._iri(str(record.id))
        node = {"@type": name} if name and (record is self._record or name not in _EVENTS) else {}
        if is_web(iri):
            node["@id"] = iri
        add(node, record.title, said(getattr(record, record.title)))
        return node

    def _iri(self, id_: str) -> str:
        return resolve(id_, self._known.edition.dataset.base)

    def reference(self, id_: str) -> Node | None:
        """A thing that is described elsewhere: who it is, and its web page where it has one."""
        record = self._known.find(id_)
        if record is None:
            iri = self._iri(id_)
            return {"@id": iri} if is_web(iri) else None
        node = self._head(record)
        for url in listed(value_of(record, "url")):
            add(node, "url", url)
        return node

    def part(self, part: Described) -> Node | None:
        if isinstance(part, Place):
            return self.place(part)
        node = {"@type": name} if (name := main_class(type(part))) else {}
        self._fill(node, part)
        return node if node.keys() - {"@type"} else None

    def _fill(self, node: Node, of: Described) -> None:
        """Write the fields of a record or part."""
        for name, way in _ways(type(of)):
            value = getattr(of, name)
            if value is not None:
                for item in listed(value):
                    for key, told in way(self, item):
                        add(node, key, told)

    def identifier(self, part: Identifier) -> Pairs:
        register = label("register", part.register)
        return [("identifier", identifier(register, part.notation))]

    def agenda_item(self, part: AgendaItem) -> Pairs:
        """An item has no day of its own and is no event: it has no class of schema.org."""
        agenda = type(self._record).by_key()["agenda"]
        fragment = part.fragment(agenda)
        node = {"@id": f"{self._iri(str(self._record.id))}#{fragment}"}
        node["additionalType"] = str(ES.AgendaItem)
        self._fill(node, part)
        return [("subEvent", node)]

    def online(self, url: str) -> Pairs:
        return [("location", {"@type": "VirtualLocation", "url": url})]

    def offer(self, part: Service) -> Pairs:
        return [("makesOffer", {"@type": "Offer", "itemOffered": self.part(part) or {}})]


_Way: TypeAlias = Callable[[_Writer, Any], Pairs]
"""The keys and values that one value of a field becomes."""
_SPECIAL: Final[Mapping[Term, _Way]] = {
    ADMS.identifier: _Writer.identifier,
    ES.agendaItem: _Writer.agenda_item,
    ES.onlineUrl: _Writer.online,
    ES.service: _Writer.offer,
}


@cache
def _ways(cls: type[Described]) -> tuple[tuple[str, _Way], ...]:
    """The fields of a class that become something; the title of a record stands in its head."""
    title = cls.title if issubclass(cls, Record) else ""
    ways = ((field.name, _way(cls, field)) for field in cls.fields() if field.name != title)
    return tuple((name, way) for name, way in ways if way is not None)


def _way(cls: type[Described], field: Field) -> _Way | None:
    key = local(field.property) or _KEYS.get(field.property)
    if special := _SPECIAL.get(field.property):
        return special
    if field.property in (ES.krs, ES.nip, ES.regon):
        return _number(field)
    if field.property == DCT.type and isinstance(field.kind, kinds.ConceptKind):
        key = next((key for of, key in _KINDS.items() if issubclass(cls, of)), None)
        scheme = field.kind.scheme
        return (lambda _, notation: [(key, label(scheme, notation))]) if key else None
    if key is None:
        return None
    if isinstance(field.kind, kinds.TextsKind):
        return lambda _, texts: [(key, name) for name in dict.fromkeys(chain(*texts.values()))]
    if isinstance(field.kind, kinds.DateKind) and issubclass(cls, Event):
        return lambda _, date: [(key, date)] if len(date) >= _DAY else []
    value = _value(field)
    return lambda writer, item: [(key, value(writer, item))]


def _number(field: Field) -> _Way:
    """The number of a register."""
    register, is_tax_id = field.key.upper(), field.property == ES.nip

    def number(_: _Writer, value: str) -> Pairs:
        stated = [("identifier", identifier(register, value))]
        return [*stated, ("taxID", value)] if is_tax_id else stated

    return number


def _value(field: Field) -> Callable[[_Writer, Any], Any]:
    """What a value of a field becomes."""
    match field.kind:
        case kinds.TextKind():
            return lambda _, text: said(text)
        case kinds.DecimalKind():
            return lambda _, number: decimal_text(number)
        case kinds.IriKind():
            return lambda _, iri: iri if is_web(iri) else None
        case kinds.RefKind():
            return _Writer.reference
        case kinds.ChoiceKind(choices):
            chosen = {word: str(term) for word, term in choices}
            return lambda _, word: chosen[word]
        case kinds.ConceptKind(scheme):
            told = audience if field.property == DCT.audience else concept
            return lambda _, notation: told(scheme, notation)
        case PartKind():
            return _Writer.part
    return lambda _, value: value
