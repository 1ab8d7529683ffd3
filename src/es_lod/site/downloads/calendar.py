"""The events as a calendar for people's own programs: iCalendar.

https://www.rfc-editor.org/rfc/rfc5545
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain
from typing import Final, cast

import icalendar

from es_lod.iris import resolve
from es_lod.labels import choice_label, concept_label, field_label
from es_lod.model import Event, Place
from es_lod.model.kinds import ChoiceKind
from es_lod.site.addresses import CALENDAR
from es_lod.site.edition import Edition, Pieces, of_classes
from es_lod.values import PartialDate, Text

_LANGUAGE: Final = "pl"
"""Most properties stand once, so in one language: that of the data before others."""
_DAY: Final = len("2018-06-19")
_STATUSES: Final = {
    "scheduled": "CONFIRMED",
    "rescheduled": "CONFIRMED",
    "moved-online": "CONFIRMED",
    "cancelled": "CANCELLED",
    # Put off without a new date: on the day that the data has, it does not take place.
    "postponed": "CANCELLED",
}


def files(edition: Edition) -> Iterator[Pieces]:
    """The calendar; none where it would be empty, which no calendar may be.

    Events of which only the month or the year is known are left out: a calendar knows days.
    """
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//es-lod//es-lod//PL")
    _add(calendar, "name", edition.settings.title)
    # What programs knew before RFC 7986.
    calendar.add("x-wr-calname", icalendar.vText(edition.settings.title.best(_LANGUAGE)))
    # Written one by one: an entry takes a hundred times the memory of its lines.
    entries = (
        _entry(edition, record).to_ical()
        for record in of_classes(edition, Event)
        if isinstance(record, Event) and len(_start(record)) >= _DAY
    )
    first = next(entries, None)
    if first is not None:
        head, end, _ = calendar.to_ical().partition(b"END:VCALENDAR")
        yield Pieces(CALENDAR, chain((head, first), entries, (end, b"\r\n")))


def _entry(edition: Edition, event: Event) -> icalendar.Event:
    entry = icalendar.Event()
    iri = resolve(str(event.id), edition.dataset.base)
    start, end = _times(_start(event), cast("PartialDate | None", event.end_date))
    # No clock: when this edition says it, else the day of the event itself.
    stamp = _day(edition.settings.date or _start(event))
    entry.add("uid", iri)
    entry.add("dtstamp", datetime.combine(stamp, time(), UTC))
    entry.add("dtstart", start)
    if end is not None:
        entry.add("dtend", end)
    _add(entry, "summary", event.name)
    if text := _description(event):
        entry.add("description", text, parameters={"LANGUAGE": _LANGUAGE})
    if event.event_status is not None:
        entry.add("status", _STATUSES[event.event_status])
    if event.location is not None:
        _add_place(entry, event.location)
    if (url := edition.web_page(event, _LANGUAGE)) is not None:
        entry.add("url", url)
    types = [concept_label("event-type", type_, _LANGUAGE) for type_ in event.event_type]
    entry.add("categories", types, parameters={"LANGUAGE": _LANGUAGE})
    # ORGANIZER would be an e-mail address, and stands only in what people are invited to.
    for name in map(edition.name, map(str, event.organizer)):
        if name is not None:
            _add(entry, "contact", name)
    return entry


def _start(event: Event) -> PartialDate:
    return cast("PartialDate", event.start_date)


def _times(start: PartialDate, end: PartialDate | None) -> tuple[date, date | None]:
    """From when until when: two moments or two days, of which the second is the day after."""
    moment = _moment(start)
    if end is None or len(end) < _DAY:
        return moment or _day(start), None
    if moment is not None and (last := _moment(end)) is not None:
        return moment, last if last > moment else None
    first, after = _day(start), _day_after(_day(end))
    return first, after if after is not None and after > first else None


def _moment(value: PartialDate) -> datetime | None:
    """A time in UTC; nothing for a day, and for what UTC would move out of the calendar."""
    try:
        return datetime.fromisoformat(value).astimezone(UTC) if value.has_time else None
    except OverflowError:
        return None


def _day(value: PartialDate) -> date:
    return date.fromisoformat(value[:_DAY])


def _day_after(day: date) -> date | None:
    return day + timedelta(days=1) if day < date.max else None


def _description(event: Event) -> str:
    """The description, what became of the event, and its agenda."""
    lines = [event.description.best(_LANGUAGE)] if isinstance(event.description, Text) else []
    fields = Event.by_key()
    if event.event_status not in (None, "scheduled"):
        status = fields["eventStatus"]
        kind, word = cast("ChoiceKind", status.kind), str(event.event_status)
        label = field_label(Event, status, _LANGUAGE).capitalize()
        lines.append(f"{label}: {choice_label(kind, word, _LANGUAGE)}")
    if event.agenda:
        lines.append(field_label(Event, fields["agenda"], _LANGUAGE).capitalize() + ":")
        lines += [f"– {_spoken(item.name)[0]}" for item in event.agenda]
    return "\n".join(lines)


def _add_place(entry: icalendar.Event, place: Place) -> None:
    address = place.address
    name, tag = _spoken(place.name) if isinstance(place.name, Text) else (None, None)
    street = address.street_address if address else None
    town = (address.postal_code, address.address_locality) if address else ()
    parts = dict.fromkeys((name, street, " ".join(filter(None, town))))
    if words := ", ".join(part for part in parts if part):
        entry.add("location", words, parameters={"LANGUAGE": tag} if tag else {})
    if place.latitude is not None and place.longitude is not None:
        entry.add("geo", (float(place.latitude), float(place.longitude)))


def _add(to: icalendar.Component, key: str, text: object) -> None:
    string, tag = _spoken(text)
    # Said to be a text: icalendar escapes nothing in properties that it does not know.
    to.add(key, icalendar.vText(string), parameters={"LANGUAGE": tag})


def _spoken(text: object) -> tuple[str, str]:
    """A text in the calendar's language, else in another, with the tag of that."""
    texts = cast("Text", text)
    written = texts.best(_LANGUAGE)
    if texts.get(_LANGUAGE) == written:
        return written, _LANGUAGE
    return written, next(tag for tag, string in texts.items() if string == written)
