"""What search engines, calendars and maps are given; judged by readers that are not ours."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import extruct
import html5lib
import icalendar
import pyoxigraph
import pytest
import rdflib
from click.testing import CliRunner
from conftest import ROOT
from geojson_pydantic import FeatureCollection
from ical.calendar_stream import IcsCalendarStream
from pyld import jsonld
from pyoxigraph import NamedNode

import es_lod
from es_lod import Dataset, Event, Foundation
from es_lod.cli import commands
from es_lod.labels import concept_label, field_label
from es_lod.model import Address, AgendaItem, Place, part_classes, record_classes
from es_lod.model.concepts import schemes
from es_lod.namespaces import LICENCE_PAGES, RDF, SDO
from es_lod.site.addresses import DATASET, document, page
from es_lod.site.downloads import calendar, geojson
from es_lod.site.downloads.download import download
from es_lod.site.edition import Edition
from es_lod.site.facts.known import Known
from es_lod.site.schema_org import scripts as schema_org
from es_lod.site.settings import LICENCES, Settings, read_settings
from es_lod.values import Text

EXAMPLES = ROOT / "examples"
LANGUAGES = ("pl", "en")
FORUM = "przykladowskie-forum-2025"
VISIT = "wizyta-studyjna-tarnow-2018"

# https://developers.google.com/search/docs/appearance/structured-data/event
EVENT_REQUIRED = {"name", "startDate", "location"}
# Recommended, and in our data: images, offers and performers it does not know.
EVENT_RECOMMENDED = {"description", "endDate", "eventStatus", "organizer"}
# https://developers.google.com/search/docs/appearance/structured-data/dataset
DATASET_REQUIRED = {"name", "description"}
DATASET_RECOMMENDED = {
    "creator",
    "distribution",
    "identifier",
    "includedInDataCatalog",
    "isAccessibleForFree",
    "keywords",
    "license",
    "spatialCoverage",
    "temporalCoverage",
    "url",
    "variableMeasured",
    "version",
}


@cache
def settings() -> Settings:
    return read_settings(EXAMPLES / "site.yaml")


def edition(*records, **changes) -> Edition:
    dataset = Dataset(records) if records else es_lod.load(EXAMPLES)
    return Edition(dataset, replace(settings(), **changes), dataset.validate())


@cache
def examples() -> Edition:
    return edition()


@cache
def downloads():
    made = [*calendar.files(examples()), *geojson.files(examples())]
    contents = [(file.path, file.data) for file in made]
    return tuple(
        download(path, len(data), hashlib.sha256(data).hexdigest()) for path, data in contents
    )


def found(script) -> Any:
    """The one description that extruct finds in a page with a script."""
    page = f'<!doctype html><title>x</title><script type="application/ld+json">{script}</script>'
    (node,) = extruct.extract(page, syntaxes=["json-ld"])["json-ld"]
    return node


def described(record, of=None, language="pl") -> Any:
    script = schema_org.scripts(Known(of or examples()), record).get(language)
    return script and found(script)


def example_nodes() -> Iterator[tuple[str, Any]]:
    for language in LANGUAGES:
        for record in examples().dataset:
            if node := described(record, language=language):
                yield str(record.id), node
        yield "dataset", found(schema_org.dataset(examples(), downloads(), language))


def in_page(site, path) -> Any:
    """What extruct finds in a page as it was published."""
    text = (site / path).read_text(encoding="utf-8")
    return extruct.extract(text, syntaxes=["json-ld"])["json-ld"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_has_what_was_made_for_it(examples_site, language):
    """Each event with a location, each organisation and the dataset; nothing of other records."""
    events = set()
    for record in examples().dataset:
        found = in_page(examples_site, page(document(str(record.id)), language))
        assert found == [node for node in [described(record, language=language)] if node]
        events |= {record.id for node in found if node["@type"] == "Event"}
        if isinstance(record, Event) and record.location and record.location.address:
            assert record.id in events
    assert len(events) >= 2
    (node,) = in_page(examples_site, page(DATASET, language))
    assert node["@type"] == "Dataset"
    assert 50 <= len(node["description"]) <= 5000
    assert {item["@type"] for item in node["distribution"]} == {"DataDownload"}
    for item in node["distribution"]:
        path = examples_site / item["contentUrl"].removeprefix(examples().settings.url)
        assert hashlib.sha256(path.read_bytes()).hexdigest() == item["sha256"]


def strings(value) -> Iterator[str]:
    """All values of a node, at any depth, but the context and the classes."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key not in ("@context", "@type"):
                yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)
    else:
        yield str(value)


def keys(value) -> Iterator[tuple[str, str]]:
    """All keys and classes of a node, at any depth."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key == "@type":
                yield "class", item
            elif not key.startswith("@"):
                yield "property", key
            yield from keys(item) if key != "@context" else ()
    elif isinstance(value, list):
        for item in value:
            yield from keys(item)


def conference(**fields) -> Event:
    place = Place(name="Sala", address=Address(address_locality="Kraków"))
    common = {"id": "x", "name": "X", "event_type": ["conference"], "start_date": "2026-05-06"}
    return Event(**{**common, "location": place, **fields})


# Events


def test_only_events_with_a_day_and_an_address_are_called_events():
    nodes = {str(r.id): described(r) for r in examples().dataset if "Event" in type(r).__name__}
    assert {id_ for id_, node in nodes.items() if node} == {FORUM, VISIT}


@pytest.mark.parametrize("id_", [FORUM, VISIT])
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_event_has_what_is_required_of_it(id_, language):
    record = examples().dataset[id_]
    node = described(record, language=language)
    assert node["@type"] == "Event"
    assert node.keys() >= EVENT_REQUIRED
    stated = {key for key in EVENT_RECOMMENDED if record.model_dump().get(snake(key))}
    assert node.keys() >= stated
    location = node["location"][0] if isinstance(node["location"], list) else node["location"]
    assert location["@type"] == "Place"
    assert location["address"]["@type"] == "PostalAddress"
    assert location["address"]["addressLocality"]
    datetime.fromisoformat(node["startDate"])
    page = f"{settings().url}doc/{id_}.{'html' if language == 'pl' else 'en.html'}"
    assert node["url"] == node["mainEntityOfPage"] == page
    organizers = node["organizer"] if isinstance(node["organizer"], list) else [node["organizer"]]
    assert all(organizer["name"] for organizer in organizers)


def snake(key: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in key)


def test_all_that_is_recommended_is_there_where_the_data_has_it():
    node = described(examples().dataset[FORUM])
    assert node.keys() >= EVENT_REQUIRED | EVENT_RECOMMENDED
    assert node["organizer"][0]["url"] == "https://w3id.org/es-lod/przyklad/rops"
    assert node["location"][1]["@type"] == "VirtualLocation"


@pytest.mark.parametrize(
    "fields",
    [
        {"start_date": "2026-05"},
        {"start_date": "2026"},
        {"location": None},
        {"location": Place(name="Sala")},
        {"location": Place(name="Sala", address=Address(terc="1261011"))},
    ],
)
def test_an_event_that_would_be_found_faulty_is_not_described(fields):
    assert described(conference(), edition(conference())) is not None
    event = conference(**fields)
    assert described(event, edition(event)) is None


def test_an_online_event_takes_place_at_its_address_on_the_web():
    event = conference(location=None, online_url="https://przyklad.example/sala")
    node = described(event, edition(event))
    assert node["location"]["url"] == "https://przyklad.example/sala"


def test_no_precision_is_added_to_the_end():
    event = conference(start_date="2026-05-06", end_date="2026-05")
    assert "endDate" not in described(event, edition(event))


def test_there_is_one_event_a_page():
    for id_, node in example_nodes():
        classes = [name for kind, name in keys(node) if kind == "class"]
        assert classes.count("Event") == (id_ in (FORUM, VISIT))
        assert "EventSeries" not in classes


def test_the_agenda_is_told_in_its_order():
    node = described(examples().dataset[FORUM], language="en")
    assert [item["name"] for item in node["subEvent"]][:2] == [
        "opening of the forum",
        "“Procurement that employs”, a panel of local governments and social co-operatives",
    ]
    assert node["subEvent"][0]["@id"] == f"{settings().base}{FORUM}#otwarcie"


# Other records


def test_organisations_say_who_they_are():
    node = described(examples().dataset["cis-przykladow"])
    assert node["@type"] == "Organization"
    assert node["parentOrganization"]["name"] == "Gmina Miejska Przykładów"
    assert node["identifier"][0]["propertyID"] == "REGON"
    assert node["makesOffer"][0]["itemOffered"]["@type"] == "Service"
    gmina = described(examples().dataset["gmina-przykladow"])
    assert "CIS" not in gmina["name"]
    assert "cis-przykladow" in str(gmina["subOrganization"])
    assert described(examples().dataset["rops-krakow"])["@type"] == "GovernmentOrganization"
    firm = Foundation(id="x", name="X", nip="9999999999", krs="0009999901", founding_date="2014")
    node = described(firm, edition(firm))
    assert node["taxID"] == "9999999999"
    assert {item["propertyID"]: item["value"] for item in node["identifier"]} == {
        "KRS": "0009999901",
        "NIP": "9999999999",
    }
    assert node["foundingDate"] == "2014"


def test_articles_are_news():
    node = described(examples().dataset["relacja-z-forum-2025"])
    assert node["@type"] == "NewsArticle"
    assert node.keys() >= {"headline", "datePublished", "publisher", "about", "inLanguage", "url"}
    assert node["publisher"]["name"]


def test_what_schema_org_has_no_class_for_is_not_described():
    for record in examples().dataset:
        if type(record).__name__ in ("Programme", "Workshop", "EventSeries"):
            assert described(record) is None


# The dataset


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_dataset_has_what_dataset_search_asks_for(language):
    node = found(schema_org.dataset(examples(), downloads(), language))
    assert node["@type"] == "Dataset"
    assert node.keys() >= DATASET_REQUIRED | DATASET_RECOMMENDED
    assert 50 <= len(node["description"]) <= 5000
    assert node["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert node["temporalCoverage"] == "1928/2027-12"
    assert node["creator"]["name"] == "es-lod"
    assert {item["encodingFormat"] for item in node["distribution"]} == {
        "application/geo+json",
        "text/calendar",
    }
    for item, known in zip(node["distribution"], downloads(), strict=True):
        assert item["contentUrl"] == settings().url + known.path
        assert item["contentSize"] == f"{known.size} B"
        assert item["sha256"] == known.sha256


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", [None, "Krótko.", "Długo. " * 2000])
def test_the_description_has_the_length_that_is_asked_for(language, text):
    of = edition(
        Foundation(id="x", name="X"),
        title=Text("X"),
        description=text and Text(text),
        date=None,
    )
    node = found(schema_org.dataset(of, (), language))
    assert 50 <= len(node["description"]) <= 5000
    assert "version" not in node
    if text is None:
        assert ("1 rekord " if language == "pl" else "1 record ") in node["description"]


def test_a_packed_file_is_described_as_such():
    packed = replace(downloads()[0], is_packed=True)
    node = found(schema_org.dataset(examples(), (packed,)))
    assert node["distribution"][0]["encodingFormat"] == "application/gzip"


def test_an_endpoint_is_said_to_take_queries():
    endpoint = "https://dane.przyklad.example/sparql"
    node = found(schema_org.dataset(edition(endpoint=endpoint), ()))
    action = node["potentialAction"]
    assert action["@type"] == "SearchAction"
    assert action["target"]["urlTemplate"] == f"{endpoint}?query={{query}}"
    assert action["query-input"]["valueName"] == "query"
    for kind, name in keys(action):
        assert name == "query-input" or name in rdflib.SDO, f"schema.org has no {kind} {name}"
    assert "potentialAction" not in found(schema_org.dataset(edition(), ()))


def test_each_licence_has_its_page():
    assert LICENCE_PAGES.keys() == dict(LICENCES.choices).keys()


# As linked data


def test_other_processors_find_no_key_without_meaning():
    for _, node in example_nodes():
        (expanded,) = jsonld.expand(node)
        assert {str(SDO) + name for kind, name in keys(node) if kind == "property"} == {
            name for name in expanded_keys(expanded) if name not in ("@id", "@type", "@value")
        }
        for kind, name in keys(node):
            assert name in rdflib.SDO, f"schema.org has no {kind} {name}"


def expanded_keys(value) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from expanded_keys(item)
    elif isinstance(value, list):
        for item in value:
            yield from expanded_keys(item)


def test_what_the_data_says_in_the_words_of_schema_org_is_said_in_the_pages():
    """Every statement of a described record whose object is no literal and no part."""
    base, said = settings().base, 0
    stated = list(examples().dataset.quads())
    for record in examples().dataset:
        if (node := described(record)) is None:
            continue
        text = json.dumps(node)
        triples = {
            (quad.subject, quad.predicate, quad.object)
            for quad in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.JSON_LD)
        }
        subject = NamedNode(base + str(record.id))
        for quad in stated:
            is_thing = isinstance(quad.object, NamedNode) and "#" not in quad.object.value
            predicate = quad.predicate.value
            if quad.subject == subject and is_thing and predicate.startswith(str(SDO)):
                assert (subject, quad.predicate, quad.object) in triples
                said += 1
        assert (subject, NamedNode(RDF.type), NamedNode(str(SDO) + node["@type"])) in triples
    assert said > 30


def test_nothing_is_invented():
    known = {getattr(quad.object, "value", "") for quad in examples().dataset.quads()}
    known |= {quad.subject.value for quad in examples().dataset.quads()}
    known |= {f"{settings().url}doc/{r.id}{x}" for r in examples().dataset for x in SUFFIXES}
    known |= {"KRS", "NIP", "REGON"}  # what the fields are called
    labels = {
        concept_label(scheme, notation, language)
        for scheme, notations in schemes().items()
        for notation in notations
        for language in LANGUAGES
    }
    concepts = {f"https://w3id.org/es-lod/concept/{scheme}" for scheme in schemes()}
    for id_, node in example_nodes():
        if id_ != "dataset":
            assert set(strings(node)) <= known | labels | concepts


SUFFIXES = (".html", ".en.html")


def test_nothing_is_invented_of_the_dataset():
    said = settings()
    known = {str(value) for text in (said.title, said.description) for value in text.values()}
    known |= {keyword for keywords in said.keywords.values() for keyword in keywords}
    known |= {said.url, said.publisher.homepage, *said.publisher.name.values(), str(said.date)}
    known |= {said.url + path for path in ("dataset", "catalog", "dataset#publisher")}
    known |= {said.url + page + x for page in ("dataset", "catalog") for x in SUFFIXES}
    known |= {"Polska", "Poland", "True", *said.languages, "1928/2027-12"}
    known |= set(LICENCE_PAGES.values())
    for cls in (*record_classes().values(), *part_classes().values()):
        for field in cls.fields():
            known |= {str(field.property), *(field_label(cls, field, x) for x in LANGUAGES)}
    for item in downloads():
        known |= {item.path, item.sha256, f"{item.size} B", item.kind.media_type}
        known |= {said.url + item.path}
    for language in LANGUAGES:
        node = found(schema_org.dataset(examples(), downloads(), language))
        places = {node["spatialCoverage"].pop("@id"), node.pop("conditionsOfAccess")}
        assert all(iri.startswith("http://publications.europa.eu/") for iri in places)
        assert set(strings(node)) <= known


# What is hostile

HOSTILE = [
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "]]>&lt;/script&gt;",
    "a\u2028b\u2029c",
    "\u202eodwrócone",
    '"}],"@type":"Person","url": "x',
    "x" * 10_000,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_ends_the_script(text):
    place = Place(name=text, address=Address(address_locality=text))
    agenda = [AgendaItem(name=text)]
    event = conference(name=text, description=text, location=place, agenda=agenda)
    of = edition(event, title=Text(text))
    for script in (schema_org.scripts(Known(of), event)["pl"], schema_org.dataset(of, ())):
        assert not set(script) & set("<>&\u2028\u2029")
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        page = parser.parse(
            f'<!doctype html><title>x</title><script type="application/ld+json">{script}</script>'
        )
        (element,) = page.iter("script")
        node = json.loads(element.text)
        assert node["name"] == text
        assert found(script) == node
        assert parser.errors == []


def test_what_is_no_web_address_becomes_no_link():
    other = Foundation(id="urn:x:1", name="Fundacja")
    event = conference(
        organizer=["javascript:alert(1)", "urn:x:1", "https://przyklad.example/o"],
        same_as=["javascript:alert(1)", "https://przyklad.example/x"],
    )
    node = described(event, edition(event, other))
    assert node["organizer"] == [
        {"@id": "https://przyklad.example/o"},
        {"@type": "Organization", "name": "Fundacja"},
    ]
    assert node["sameAs"] == "https://przyklad.example/x"
    assert "javascript:" not in json.dumps(node)


# The calendar


def ics(of: Edition) -> bytes:
    (file,) = calendar.files(of)
    assert file.path == "calendar.ics"
    return file.data


def test_two_readers_find_the_events_in_the_calendar():
    data = ics(examples())
    expected = {
        str(settings().base) + str(r.id): r
        for r in examples().dataset
        if isinstance(r, Event) and len(r.start_date) >= 10
    }
    entries = {str(entry["UID"]): entry for entry in icalendar.Calendar.from_ical(data).events}
    strict = IcsCalendarStream.calendar_from_ics(data.decode())
    assert {event.uid: event.summary for event in strict.events} == {
        iri: record.name.best("pl") for iri, record in expected.items()
    }
    assert entries.keys() == expected.keys()
    assert all(entry.errors == [] for entry in entries.values())
    assert data.count(b"DTSTAMP:20261123T000000Z") == len(expected)
    forum = entries[settings().base + FORUM]
    assert forum["GEO"].to_ical() == "55.0;17.0"
    assert forum["SUMMARY"].params["LANGUAGE"] == "pl"
    assert forum["URL"] == f"{settings().url}doc/{FORUM}.html"
    assert "– otwarcie forum" in forum["DESCRIPTION"]
    assert entries[settings().base + VISIT]["LOCATION"] == "Tarnów"  # the town and its name
    cancelled = entries[settings().base + "wizyta-studyjna-forum-2025"]
    assert cancelled["STATUS"] == "CANCELLED"


def test_the_calendar_is_written_as_the_standard_asks():
    lines = ics(examples()).split(b"\r\n")
    assert lines.pop() == b""
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)
    for line in lines:
        line.decode()  # no character is cut in two
    assert ics(examples()) == ics(edition())


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-05-06", None, (date(2026, 5, 6), None)),
        ("2026-05-06", "2026-05-06", (date(2026, 5, 6), date(2026, 5, 7))),
        ("2026-02-27", "2026-02-28", (date(2026, 2, 27), date(2026, 3, 1))),
        ("2026-05-06", "2026-05", (date(2026, 5, 6), None)),
        (
            "2026-05-06T10:00+02:00",
            "2026-05-06T12:00+02:00",
            (datetime(2026, 5, 6, 8, tzinfo=UTC), datetime(2026, 5, 6, 10, tzinfo=UTC)),
        ),
        ("2026-05-06T10:00Z", None, (datetime(2026, 5, 6, 10, tzinfo=UTC), None)),
        ("2026-05-06T10:00Z", "2026-05-06T10:00Z", (datetime(2026, 5, 6, 10, tzinfo=UTC), None)),
        # A day and a moment: days, since both must be of one kind.
        ("2026-05-06T10:00+02:00", "2026-05-07", (date(2026, 5, 6), date(2026, 5, 8))),
        ("2026-05-06", "2026-05-07T23:30-05:00", (date(2026, 5, 6), date(2026, 5, 8))),
        # At the ends of the calendar.
        ("9999-12-31", "9999-12-31", (date(9999, 12, 31), None)),
        ("0001-01-01T00:00+02:00", None, (date(1, 1, 1), None)),
    ],
)
def test_times_are_as_precise_as_they_are_known(start, end, expected):
    event = conference(start_date=start, end_date=end)
    (entry,) = icalendar.Calendar.from_ical(ics(edition(event, date=None))).events
    times = entry.decoded("DTSTART"), entry.decoded("DTEND") if "DTEND" in entry else None
    assert times == expected
    assert list(map(type, times)) == list(map(type, expected))
    assert entry.decoded("DTSTAMP").date().isoformat() == start[:10]  # no clock


@pytest.mark.parametrize(
    ("status", "expected", "told"),
    [
        (None, None, False),
        ("scheduled", "CONFIRMED", False),
        ("rescheduled", "CONFIRMED", True),
        ("moved-online", "CONFIRMED", True),
        ("cancelled", "CANCELLED", True),
        ("postponed", "CANCELLED", True),  # on the day that the data has, nothing happens
    ],
)
def test_what_became_of_an_event_is_told(status, expected, told):
    data = ics(edition(conference(event_status=status)))
    (entry,) = icalendar.Calendar.from_ical(data).events
    assert entry.get("STATUS") == expected
    assert ("Stan wydarzenia: " in entry.get("DESCRIPTION", "")) == told


@pytest.mark.parametrize("start", ["2026", "2026-05"])
def test_without_a_day_there_is_no_entry_and_without_an_entry_no_calendar(start):
    vague = conference(id="y", start_date=start)
    assert list(calendar.files(edition(vague))) == []
    assert b"id/y" not in ics(edition(conference(), vague))


@pytest.mark.parametrize("text", [*HOSTILE, "a\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:b", "a\\n;,b"])
def test_no_text_adds_an_entry(text):
    place = Place(name=text, address=Address(address_locality=text))
    event = conference(name=text, description=text, location=place)
    data = ics(edition(event, title=Text(text)))
    (entry,) = icalendar.Calendar.from_ical(data).events
    assert entry["SUMMARY"] == text
    (strict,) = IcsCalendarStream.calendar_from_ics(data.decode()).events
    assert strict.uid == settings().base + "x"


# The map


def test_the_map_has_what_has_coordinates():
    (file,) = geojson.files(examples())
    collection = FeatureCollection.model_validate_json(file.data)
    (feature,) = collection.features
    assert tuple(feature.geometry.coordinates) == (17.0, 55.0)  # longitude first
    assert feature.id == settings().base + FORUM
    assert feature.properties["name_en"] == "Seventh Przykładów Social Economy Forum"
    assert feature.properties["class_pl"] == "wydarzenie"
    assert feature.properties["startDate"] == "2025-10-14T09:30:00+02:00"
    assert feature.properties["url"] == f"{settings().url}doc/{FORUM}.html"


def test_features_need_both_coordinates_and_a_map_needs_features():
    half = conference(location=Place(name="Sala", latitude="50.06"))
    assert list(geojson.files(edition(half))) == []
    edge = conference(location=Place(latitude="-90", longitude="180"), name=Text({"uk": "Їжа"}))
    (file,) = geojson.files(edition(edge))
    (feature,) = json.loads(file.data)["features"]
    assert feature["geometry"]["coordinates"] == [180.0, -90.0]
    assert feature["properties"]["name_uk"] == "Їжа"


def test_what_is_elsewhere_has_its_own_address():
    place = Place(latitude="50", longitude="20")
    of = edition(conference(id="https://przyklad.example/e", location=place))
    (file,) = geojson.files(of)
    assert json.loads(file.data)["features"][0]["properties"]["url"].endswith("example/e")
    assert b"URL:https://przyklad.example/e" in ics(of)


def test_the_catalogue_offers_no_file_that_is_not_there(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    (data / "site.yaml").write_bytes((EXAMPLES / "site.yaml").read_bytes())
    (data / "x.yaml").write_text("records: [{type: Foundation, id: x, name: Fundacja}]")
    for source, there in ((data, False), (EXAMPLES, True)):
        site = tmp_path / f"site-{there}"
        result = CliRunner().invoke(commands, ["publish", str(source), "-o", str(site)])
        assert result.exit_code == 0, result.output
        for name in ("calendar.ics", "places.geojson"):
            assert (site / name).exists() == there
            assert (name in (site / "catalog.ttl").read_text(encoding="utf-8")) == there
            assert (name in (site / "MANIFEST.json").read_text(encoding="utf-8")) == there
