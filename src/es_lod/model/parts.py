"""The parts of records: addresses, agenda items, periods and the like."""

import warnings
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import Field

from es_lod.model.kinds import ConceptKind, DecimalKind
from es_lod.model.record import Conflict, Part
from es_lod.model.types import (
    Count,
    Country,
    Date,
    Degrees,
    Email,
    Many,
    Name,
    Phone,
    Postcode,
    Ref,
    String,
    Terc,
    WebAddress,
)
from es_lod.namespaces import ADMS, DCT, ES, LOCN, ROV, SDO, SKOS
from es_lod.values import is_polish_postcode, polish_postcode

if TYPE_CHECKING:
    from es_lod.model.organisations import Organization, Unit, Workshop

_VALIDITY = (("valid_from", "valid_until"),)
ParticipantKind = Annotated[str, ConceptKind("participant-kind")]
CountQualifier = Annotated[str, ConceptKind("count-qualifier")]
Topic = Annotated[str, ConceptKind("topic")]


class Address(Part, types=(SDO.PostalAddress,)):
    """A postal address; the street both as written and taken apart."""

    street_address: Annotated[String | None, SDO.streetAddress] = None
    thoroughfare: Annotated[String | None, LOCN.thoroughfare] = None
    locator_designator: Annotated[String | None, LOCN.locatorDesignator] = None
    postal_code: Annotated[Postcode | None, SDO.postalCode] = None
    address_locality: Annotated[String | None, SDO.addressLocality] = None
    address_region: Annotated[String | None, SDO.addressRegion] = None
    address_country: Annotated[Country | None, SDO.addressCountry] = None
    terc: Annotated[Terc | None, ES.terc] = None

    across: ClassVar[Mapping[str, Callable[[Any], bool]]] = {"postal_code": is_polish_postcode}

    def conflicts(self) -> Iterator[Conflict]:
        """Also: a Polish postcode is NN-NNN; an address without a country is Polish."""
        yield from super().conflicts()
        polish = self.address_country in (None, "PL")
        code = self.postal_code
        if code and polish and not is_polish_postcode(code):
            yield Conflict("invalid-postcode", "postalCode", {"value": code}, polish_postcode(code))


class Place(Part, types=(SDO.Place,), naming=("name",)):
    """A place, with address, territorial unit or coordinates (WGS 84)."""

    name: Annotated[Name | None, SDO.name] = None
    address: Annotated[Address | None, SDO.address] = None
    terc: Annotated[Terc | None, ES.terc] = None
    latitude: Annotated[Degrees | None, SDO.latitude, DecimalKind(-90, 90)] = None
    longitude: Annotated[Degrees | None, SDO.longitude, DecimalKind(-180, 180)] = None


class ContactPoint(Part, types=(SDO.ContactPoint,), naming=("contact_type",)):
    """A way to reach an organisation; of offices, not of persons."""

    telephone: Annotated[Phone | None, SDO.telephone] = None
    fax_number: Annotated[Phone | None, SDO.faxNumber] = None
    email: Annotated[Email | None, SDO.email] = None
    contact_type: Annotated[String | None, SDO.contactType] = None


with warnings.catch_warnings():
    # The key is a contract; that classes have `ABCMeta.register` troubles nobody.
    warnings.filterwarnings("ignore", message='Field name "register"')

    class Identifier(Part, types=(ADMS.Identifier,), naming=("register",)):
        """An identifier in a register that has no field of its own."""

        notation: Annotated[String, SKOS.notation]
        # `Field()` says that it is required: pydantic takes the method for a default.
        register: Annotated[str, ES.register, ConceptKind("register")] = Field()
        issued: Annotated[Date | None, DCT.issued] = None


class AgendaItem(Part, types=(ES.AgendaItem,), naming=("name",)):
    """An item of an event's agenda; not an event of its own."""

    name: Annotated[Name, SDO.name]
    session_type: Annotated[str | None, DCT.type, ConceptKind("session-type")] = None
    position: Annotated[Count | None, ES.position] = None
    topics: Annotated[Many[Topic], DCT.subject] = ()
    shows: Annotated[Many[Ref["Organization | Unit | Workshop"]], ES.shows] = ()


class ParticipantGroup(Part, types=(ES.ParticipantGroup,), naming=("group_kind",)):
    """A group of an event's participants, with or without its number."""

    group_kind: Annotated[ParticipantKind, DCT.type]
    participant_count: Annotated[Count | None, ES.participantCount] = None
    count_qualifier: Annotated[CountQualifier | None, ES.countQualifier] = None
    terc: Annotated[Terc | None, ES.terc] = None


class Service(Part, types=(ES.Service,), naming=("name",)):
    """A service that an organisation offers."""

    name: Annotated[Name, SDO.name]
    activity: Annotated[Many[Annotated[str, ConceptKind("activity")]], DCT.type] = ()
    audience: Annotated[Many[ParticipantKind], DCT.audience] = ()


class RegulatedRole(Part, types=(ES.RegulatedRole,), naming=("role",), periods=_VALIDITY):
    """A role that the law regulates, such as an employment agency."""

    role: Annotated[str, ES.role, ConceptKind("regulated-role")]
    notation: Annotated[String | None, SKOS.notation] = None
    valid_from: Annotated[Date | None, ES.validFrom] = None
    valid_until: Annotated[Date | None, ES.validUntil] = None
    observed_on: Annotated[Date | None, ES.observedOn] = None


class StatusGrant(
    Part, types=(ES.StatusGrant,), naming=("status", "valid_from"), periods=_VALIDITY
):
    """A status or registration, granted by an authority for a time."""

    status: Annotated[str, ES.status, ConceptKind("status")]
    authority: Annotated[Ref["Organization"] | None, ES.authority] = None
    decision: Annotated[String | None, DCT.identifier] = None
    legal_basis: Annotated[Many[WebAddress], ES.legalBasis] = ()
    valid_from: Annotated[Date | None, ES.validFrom] = None
    valid_until: Annotated[Date | None, ES.validUntil] = None
    observed_on: Annotated[Date | None, ES.observedOn] = None


class LegalFormPeriod(Part, types=(ES.LegalFormPeriod,), naming=("legal_form",), periods=_VALIDITY):
    """A legal form for a time: it may change without a new legal person."""

    legal_form: Annotated[str, ROV.orgType, ConceptKind("legal-form")]
    valid_from: Annotated[Date | None, ES.validFrom] = None
    valid_until: Annotated[Date | None, ES.validUntil] = None
    observed_on: Annotated[Date | None, ES.observedOn] = None
