"""Events, the series and programmes that they belong to, and what is written about them."""

from typing import Annotated

from es_lod.model.kinds import ChoiceKind, ConceptKind
from es_lod.model.organisations import Organization, Unit
from es_lod.model.parts import (
    AgendaItem,
    CountQualifier,
    ParticipantGroup,
    ParticipantKind,
    Place,
    Topic,
)
from es_lod.model.record import NamedRecord, Record
from es_lod.model.types import (
    Count,
    Date,
    DateOrTime,
    Language,
    Many,
    Name,
    Names,
    Ref,
    Some,
    WebAddress,
)
from es_lod.namespaces import DCT, ES, SDO
from es_lod.values import Texts

_DATES = (("start_date", "end_date"),)

# The words of schema.org's enumerations: https://schema.org/EventStatusType
EventStatus = Annotated[
    str,
    ChoiceKind(
        (
            ("scheduled", SDO.EventScheduled),
            ("cancelled", SDO.EventCancelled),
            ("postponed", SDO.EventPostponed),
            ("rescheduled", SDO.EventRescheduled),
            ("moved-online", SDO.EventMovedOnline),
        )
    ),
]
# https://schema.org/EventAttendanceModeEnumeration
AttendanceMode = Annotated[
    str,
    ChoiceKind(
        (
            ("offline", SDO.OfflineEventAttendanceMode),
            ("online", SDO.OnlineEventAttendanceMode),
            ("mixed", SDO.MixedEventAttendanceMode),
        )
    ),
]


class Programme(NamedRecord, types=(ES.Programme,), naming=("name",), periods=_DATES):
    """A programme or project within which things happen."""

    lead: Annotated[Many[Ref[Organization]], ES.lead] = ()
    partners: Annotated[Many[Ref[Organization]], ES.partner] = ()
    funded_by: Annotated[Names, ES.fundedBy] = Texts()
    url: Annotated[Many[WebAddress], SDO.url] = ()
    start_date: Annotated[DateOrTime | None, SDO.startDate] = None
    end_date: Annotated[DateOrTime | None, SDO.endDate] = None


class EventSeries(NamedRecord, types=(SDO.EventSeries,), naming=("name",)):
    """A series that events belong to."""

    organizer: Annotated[Many[Ref[Organization]], SDO.organizer] = ()


class Event(NamedRecord, types=(SDO.Event,), naming=("name", "start_date"), periods=_DATES):
    """Something that happens at a time: a study visit, a conference, a training."""

    event_type: Annotated[Some[Annotated[str, ConceptKind("event-type")]], DCT.type]
    start_date: Annotated[DateOrTime, SDO.startDate]
    end_date: Annotated[DateOrTime | None, SDO.endDate] = None
    event_status: Annotated[EventStatus | None, SDO.eventStatus] = None
    attendance_mode: Annotated[AttendanceMode | None, SDO.eventAttendanceMode] = None
    location: Annotated[Place | None, SDO.location] = None
    online_url: Annotated[WebAddress | None, ES.onlineUrl] = None
    organizer: Annotated[Many[Ref[Organization]], SDO.organizer] = ()
    host: Annotated[Many[Ref[Organization | Unit]], ES.host] = ()
    visited: Annotated[Many[Ref[Organization | Unit]], ES.visited] = ()
    programme: Annotated[Many[Ref[Programme]], ES.withinProgramme] = ()
    purpose: Annotated[Many[Annotated[str, ConceptKind("purpose")]], ES.purpose] = ()
    topics: Annotated[Many[Topic], DCT.subject] = ()
    audience: Annotated[Many[ParticipantKind], DCT.audience] = ()
    agenda: Annotated[Many[AgendaItem], ES.agendaItem] = ()
    participant_count: Annotated[Count | None, ES.participantCount] = None
    count_qualifier: Annotated[CountQualifier | None, ES.countQualifier] = None
    participant_groups: Annotated[Many[ParticipantGroup], ES.participantGroup] = ()
    super_event: Annotated[Many[Ref["Event | EventSeries"]], SDO.superEvent] = ()


class Article(
    Record,
    types=(SDO.NewsArticle,),
    title_field="headline",
    naming=("headline", "date_published"),
):
    """A news item or report: the source of facts, not the event that it tells of."""

    headline: Annotated[Name, SDO.headline]
    abstract: Annotated[Name | None, SDO.abstract] = None
    article_type: Annotated[str | None, DCT.type, ConceptKind("article-type")] = None
    date_published: Annotated[Date, SDO.datePublished]
    publisher: Annotated[Ref[Organization], SDO.publisher]
    in_language: Annotated[Language | None, SDO.inLanguage] = None
    url: Annotated[WebAddress | None, SDO.url] = None
    about: Annotated[Many[Ref["Record"]], SDO.about] = ()
