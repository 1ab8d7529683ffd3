"""Organisations, the units that they operate, and the workshops of these."""

from typing import Annotated

from es_lod.model.kinds import ConceptKind
from es_lod.model.parts import (
    Address,
    ContactPoint,
    Identifier,
    LegalFormPeriod,
    RegulatedRole,
    Service,
    StatusGrant,
)
from es_lod.model.record import NamedRecord
from es_lod.model.types import (
    Count,
    Date,
    Krs,
    Many,
    Name,
    Names,
    Nip,
    Ref,
    Regon,
    Some,
    WebAddress,
)
from es_lod.namespaces import ADMS, ES, ORG, ROV, SDO, SKOS
from es_lod.values import Texts

EntityKind = Annotated[str, ConceptKind("entity-kind")]


class Organization(
    NamedRecord,
    types=(SDO.Organization, ORG.Organization),
    naming=("name", "address.address_locality?"),
    periods=(("founding_date", "dissolution_date"),),
    inverse={"operates": ("Unit", "operator")},
):
    """An organisation: a legal person, or a body that acts like one."""

    legal_form: Annotated[str | None, ROV.orgType, ConceptKind("legal-form")] = None
    kind: Annotated[Many[EntityKind], ORG.classification] = ()
    krs: Annotated[Krs | None, ES.krs] = None
    nip: Annotated[Nip | None, ES.nip] = None
    regon: Annotated[Regon | None, ES.regon] = None
    identifiers: Annotated[Many[Identifier], ADMS.identifier] = ()
    address: Annotated[Address | None, SDO.address] = None
    contact_point: Annotated[Many[ContactPoint], SDO.contactPoint] = ()
    url: Annotated[Many[WebAddress], SDO.url] = ()
    founding_date: Annotated[Date | None, SDO.foundingDate] = None
    founding_note: Annotated[Name | None, ES.foundingNote] = None
    dissolution_date: Annotated[Date | None, SDO.dissolutionDate] = None
    founders: Annotated[Many[Ref["Organization"]], SDO.founder] = ()
    part_of: Annotated[Ref["Organization"] | None, ORG.subOrganizationOf] = None
    services: Annotated[Many[Service], ES.service] = ()
    regulated_roles: Annotated[Many[RegulatedRole], ES.regulatedRole] = ()
    statuses: Annotated[Many[StatusGrant], ES.statusGrant] = ()
    legal_forms: Annotated[Many[LegalFormPeriod], ES.legalFormPeriod] = ()


class SocialCooperative(Organization, types=(ES.SocialCooperative, ORG.FormalOrganization)):
    """A spółdzielnia socjalna."""


class Foundation(Organization, types=(ES.Foundation, ORG.FormalOrganization)):
    """A fundacja."""


class Association(Organization, types=(ES.Association, ORG.FormalOrganization)):
    """A stowarzyszenie."""


class Company(Organization, types=(ES.Company, ORG.FormalOrganization)):
    """A commercial company."""


class ChurchLegalPerson(Organization, types=(ES.ChurchLegalPerson, ORG.FormalOrganization)):
    """A legal person of a church or a religious association."""


class LocalGovernment(Organization, types=(ES.LocalGovernment, ORG.FormalOrganization)):
    """A gmina, a powiat, a voivodeship, or a union of them."""


class PublicBody(Organization, types=(ES.PublicBody, SDO.GovernmentOrganization)):
    """A public body without legal personality, such as an OPS or a ROPS."""

    kind: Annotated[Many[Annotated[str, ConceptKind("public-body")]], ORG.classification] = ()


class Workshop(
    NamedRecord,
    types=(ES.Workshop, ORG.OrganizationalUnit),
    naming=("container", "name"),
):
    """A workshop of a unit: a place where a trade is learnt."""

    workshop_type: Annotated[Some[Annotated[str, ConceptKind("workshop-type")]], ES.workshopType]
    hidden_label: Annotated[Names, SKOS.hiddenLabel] = Texts()
    capacity: Annotated[Count | None, ES.capacity] = None


class Unit(
    NamedRecord,
    types=(SDO.Organization, ORG.OrganizationalUnit),
    naming=("type", "operator"),
    periods=(("operated_since", "operated_until"),),
):
    """A unit without legal personality, operated by an organisation."""

    operator: Annotated[Ref[Organization], ES.operatedBy]
    operated_since: Annotated[Date | None, ES.operatedSince] = None
    operated_until: Annotated[Date | None, ES.operatedUntil] = None
    workshops: Annotated[Many[Ref[Workshop]], ES.workshop] = ()
    capacity: Annotated[Count | None, ES.capacity] = None
    legal_basis: Annotated[Many[WebAddress], ES.legalBasis] = ()
    kind: Annotated[Many[EntityKind], ORG.classification] = ()
    regon: Annotated[Regon | None, ES.regon] = None
    identifiers: Annotated[Many[Identifier], ADMS.identifier] = ()
    address: Annotated[Address | None, SDO.address] = None
    contact_point: Annotated[Many[ContactPoint], SDO.contactPoint] = ()
    url: Annotated[Many[WebAddress], SDO.url] = ()
    services: Annotated[Many[Service], ES.service] = ()
    statuses: Annotated[Many[StatusGrant], ES.statusGrant] = ()


class SocialIntegrationCentre(Unit, types=(ES.SocialIntegrationCentre,)):
    """A centrum integracji społecznej (CIS)."""


class SocialIntegrationClub(Unit, types=(ES.SocialIntegrationClub,)):
    """A klub integracji społecznej (KIS)."""


class VocationalActivityEstablishment(Unit, types=(ES.VocationalActivityEstablishment,)):
    """A zakład aktywności zawodowej (ZAZ)."""


class OccupationalTherapyWorkshop(Unit, types=(ES.OccupationalTherapyWorkshop,)):
    """A warsztat terapii zajęciowej (WTZ)."""


class SupportCentre(Unit, types=(ES.SupportCentre,)):
    """An ośrodek wsparcia ekonomii społecznej (OWES)."""
