"""Who publishes, and whom to ask, as a catalogue says it."""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from es_lod.iris import mailto
from es_lod.namespaces import DCATAPPL, DCT, FOAF, RDF, VCARD
from es_lod.site.harvest.triples import texts, triple
from es_lod.site.settings import PUBLISHERS, Settings


def agents(settings: Settings, iri: str) -> Iterator[Triple]:
    """The publisher, and whom to ask; where nobody is named, at the publisher's pages."""
    publisher = settings.publisher
    yield triple(iri, RDF.type, NamedNode(FOAF.Agent))
    yield from texts(iri, FOAF.name, publisher.name)
    if publisher.type:
        kind = dict(PUBLISHERS.choices)[publisher.type]
        yield triple(iri, DCT.type, NamedNode(kind))
    if publisher.homepage:
        yield triple(iri, FOAF.homepage, NamedNode(publisher.homepage))
        yield triple(publisher.homepage, RDF.type, NamedNode(FOAF.Document))
    if publisher.regon:
        yield triple(iri, DCATAPPL.regon, Literal(publisher.regon))
    yield from _contact(settings)


def _contact(settings: Settings) -> Iterator[Triple]:
    contact = settings.contact or settings.publisher
    node = settings.contact_iri
    for class_ in (VCARD.Kind, VCARD.Organization):
        yield triple(node, RDF.type, NamedNode(class_))
    yield from texts(node, VCARD.fn, contact.name or settings.publisher.name)
    if contact.email:
        yield triple(node, VCARD.hasEmail, NamedNode(mailto(contact.email)))
    if contact.telephone:
        yield triple(node, VCARD.hasTelephone, NamedNode(f"tel:{contact.telephone}"))
    page = settings.publisher.homepage or settings.url
    yield triple(node, VCARD.hasURL, NamedNode(page))
