"""The pages for people: complete, valid, in the right language, and safe."""

import json
import re
import shutil
from dataclasses import replace
from functools import cache
from html import unescape
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest
from conftest import ROOT

import es_lod
from es_lod import Dataset
from es_lod.labels import choice_label, class_label, concept_label, field_label
from es_lod.model import Statement, kinds
from es_lod.model.fields import PartKind
from es_lod.model.strings import CountryKind, LanguageKind, PhoneKind
from es_lod.namespaces import LICENCE_PAGES
from es_lod.site import addresses
from es_lod.site.addresses import page as page_path
from es_lod.site.build import build
from es_lod.site.collation import polish_order
from es_lod.site.edition import Edition
from es_lod.site.editions.state import Removed
from es_lod.site.pages.lost import tombstone
from es_lod.site.pages.record import record_pages
from es_lod.site.pages.spelling import date_said, number_said, phone_said, size_said
from es_lod.site.settings import read_settings
from es_lod.values import PartialDate, Text, language_name

html5lib = pytest.importorskip("html5lib", reason="needs html5lib, a parser of HTML that is strict")

EXAMPLES = ROOT / "examples"
NAMESPACE = "{http://www.w3.org/1999/xhtml}"
LANGUAGES = ("pl", "en")
OURS = re.compile(r"(\.\./)*((doc|class|place|date)/|[\w-]+(\.en)?\.(html|ttl|nt|rdf|jsonld))")
OTHERS = re.compile("(concept|quality|dataset|ns)[./]")
HOSTILE = '<script>alert("x")</script>'


@pytest.fixture(scope="module")
def examples():
    return edition(es_lod.load(EXAMPLES))


@pytest.fixture(scope="module")
def site(examples_site):
    return examples_site


def edition(dataset):
    return Edition(dataset, read_settings(EXAMPLES / "site.yaml"), dataset.report())


def built(folder, *records):
    build(edition(Dataset(records)), folder / "site")
    return folder / "site"


@cache
def parsed(data):
    """The tree of a page; raises what the HTML specification calls a parse error."""
    return html5lib.HTMLParser(strict=True).parse(data)


def texts(page):
    """What a page says, without white space: words may be broken and grouped as one likes."""
    return squeezed("".join(page.itertext()))


def squeezed(text):
    return "".join(text.split())


def links(page, name="a"):
    return {e.get("href") for e in page.iter(NAMESPACE + name) if e.get("href")}


def pages_of(site):
    return sorted(site.rglob("*.html"))


# Every page


def test_every_page_is_valid_html_with_one_heading_and_no_id_twice(site):
    assert len(pages_of(site)) > 200
    for path in pages_of(site):
        page = parsed(path.read_bytes())
        assert len(list(page.iter(NAMESPACE + "h1"))) == 1, path
        ids = [element.get("id") for element in page.iter() if element.get("id")]
        assert len(ids) == len(set(ids)), path
        for element in page.iter():
            assert not {name for name in element.attrib if name.startswith(("on", "style"))}, path


def test_headings_come_in_order(site):
    for path in pages_of(site):
        tags = [str(element.tag) for element in parsed(path.read_bytes()).iter()]
        levels = [int(tag[-1]) for tag in tags if re.search(r"}h\d$", tag)]
        assert all(after <= before + 1 for before, after in pairwise(levels)), path


def test_every_link_between_records_and_lists_leads_somewhere(site):
    """Of pages made here; those of other rooms are looked for where the whole site is walked."""
    for path in pages_of(site):
        page = parsed(path.read_bytes())
        for href in links(page) | links(page, "link"):
            target, _, fragment = unquote(href).partition("#")
            ours = OURS.match(target)
            if "://" in href or not ours or OTHERS.search(target):
                continue
            found = path.parent / target if target else path
            assert found.is_file(), (path, href)
            if fragment:
                assert f'id="{fragment}"' in found.read_text(encoding="utf-8"), (path, href)


def test_each_page_leads_to_its_twin_and_names_itself(site, examples):
    for path in pages_of(site):
        name = path.relative_to(site).as_posix()
        if name.startswith("id/") or name in ("404.html", "gone.html"):
            continue
        page = parsed(path.read_bytes())
        stem, language = name.removesuffix(".html"), "pl"
        if stem.endswith(".en"):
            stem, language = stem.removesuffix(".en"), "en"
        twin = addresses.page(stem, "pl" if language == "en" else "en")
        assert page.get("lang") == language
        of_head = list(page.iter(NAMESPACE + "link"))
        (canonical,) = [e.get("href") for e in of_head if e.get("rel") == "canonical"]
        (other,) = [e.get("href") for e in of_head if e.get("hreflang")]
        assert canonical == examples.settings.url + name
        assert (path.parent / other).resolve() == (site / twin).resolve()
        assert (site / twin).is_file()


# The page of a record


def said(kind, value, language):
    """What a page has to say for a value, written anew from what the model knows."""
    match kind:
        case kinds.TextKind():
            yield value.best(language)
        case kinds.TextsKind():
            yield from (string for strings in value.values() for string in strings)
        case kinds.DateKind():
            yield date_said(PartialDate(value), language)
        case kinds.ConceptKind(scheme):
            yield concept_label(scheme, value, language)
        case kinds.ChoiceKind():
            yield choice_label(kind, value, language)
        case kinds.CountKind() | kinds.DecimalKind():
            yield number_said(value, language)
        case CountryKind():
            yield {"pl": "Polska", "en": "Poland"}[language]
        case LanguageKind():
            yield language_name(value, language)
        case PhoneKind():
            yield phone_said(value)
        case _:
            yield str(value)


def expected(edition, node, language):
    """Everything of a node that its page has to show."""
    for field in type(node).fields():
        value = getattr(node, field.name)
        if value is None or value == () or (isinstance(node, Statement) and field.key == "value"):
            continue
        for item in value if field.many else (value,):
            if isinstance(field.kind, PartKind):
                yield from expected(edition, item, language)
            elif isinstance(field.kind, kinds.RefKind):
                name = edition.name(item)
                yield name.best(language) if name else item
            elif isinstance(field.kind, kinds.PropertyKind) or field.key == "position":
                continue  # the label of that field; the number of the item in its list
            else:
                yield from said(field.kind, item, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_of_every_example_stands_on_its_page(site, examples, language):
    seen = set()
    for record in examples.records():
        path = site / addresses.page(addresses.document(record.id), language)
        told = texts(parsed(path.read_bytes()))
        for text in expected(examples, record, language):
            assert squeezed(text) in told, (record.id, text)
        for field in type(record).fields():
            value = getattr(record, field.name)
            if value not in (None, ()) and len(value if hasattr(value, "__len__") else "x"):
                seen.add((type(record), field))
                apart = field.name in {record.title, "source", "statements"}
                label = field_label(type(record), field, language)
                assert apart or squeezed(label).lower() in told.lower(), (record.id, label)
    assert len(seen) > 150


def test_labels_stand_in_the_language_of_the_page(site):
    pages = (site / "doc/cis-serwis.html", site / "doc/cis-serwis.en.html")
    polish, english = (texts(parsed(path.read_bytes())) for path in pages)
    for word in ("podmiotprowadzący", "Centrumintegracjispołecznej", "2015r."):
        assert word in polish
        assert word not in english
    for word in ("operator", "Socialintegrationcentre", "Persistentaddress"):
        assert word in english
        assert word not in polish


def test_what_refers_to_a_record_is_named_with_its_field(site):
    page = texts(parsed((site / "doc/spoldzielnia-socjalna-serwis.html").read_bytes()))
    assert "CISSerwis–podmiotprowadzący" in page
    assert "Tarnowie–gospodarz,odwiedzonypodmiot,punktyprogramu:pokazuje" in page


def test_an_inferred_fact_is_marked_and_leads_to_its_reason(site):
    page = parsed((site / "doc/wizyta-studyjna-tarnow-2018.html").read_bytes())
    (mark,) = [e for e in page.iter(NAMESPACE + "a") if e.get("class") == "tag unsure"]
    assert mark.text == "wywnioskowane"
    (reason,) = [e for e in page.iter() if e.get("id") == mark.get("href")[1:]]
    assert "gościliśmy" in "".join(reason.itertext())


def test_the_agenda_is_in_its_order(site):
    page = parsed((site / "doc/wizyta-studyjna-tarnow-2018.html").read_bytes())
    (agenda,) = [e for e in page.iter(NAMESPACE + "ol") if e.get("class") == "agenda"]
    assert [(item.get("id"), item.get("value")) for item in agenda] == [
        ("presentation", "1"),
        ("questions", "2"),
        ("tour", "3"),
        ("discussion", "4"),
        ("good-practice", None),
    ]


def test_machines_are_shown_the_way(site, examples):
    for path in ("doc/cis-serwis.html", "doc/cis-serwis.en.html", "id/cis-serwis/index.html"):
        found = list(parsed((site / path).read_bytes()).iter(NAMESPACE + "link"))
        assert relation(found, "cite-as") == {f"{examples.settings.base}cis-serwis"}
        for rel in ("alternate", "describedby"):
            documents = {Path(href).suffix for href in relation(found, rel)} - {".html"}
            assert documents == {".ttl", ".jsonld", ".nt", ".rdf"}
    found = list(parsed((site / "doc/cis-serwis.html").read_bytes()).iter(NAMESPACE + "link"))
    assert "https://schema.org/Organization" in relation(found, "type")
    assert relation(found, "collection") == {"../dataset.html"}
    # The address that the headers of servers and the linkset state.
    (stated,) = json.loads((site / "linkset.json").read_bytes())["linkset"][0]["license"]
    assert relation(found, "license") == {stated["href"]}


def relation(found, rel):
    return {element.get("href") for element in found if element.get("rel") == rel}


def test_the_thing_leads_to_its_page(site):
    page = parsed((site / "id/cis-serwis/index.html").read_bytes())
    (refresh,) = [e for e in page.iter(NAMESPACE + "meta") if e.get("http-equiv") == "refresh"]
    assert refresh.get("content") == "0; url=../../doc/cis-serwis.html"
    assert {"../../doc/cis-serwis.html", "../../doc/cis-serwis.en.html"} <= links(page)


def test_the_command_of_a_page_is_true(site, tmp_path):
    from click.testing import CliRunner

    from es_lod.cli import commands

    shutil.copy(site / "dump" / "es.ttl", tmp_path)
    text = (site / "doc" / "cis-serwis.html").read_text(encoding="utf-8")
    command = unescape(re.search(r"<code>es-lod (query es\.ttl .*?)</code>", text)[1])
    query = re.fullmatch(r"query es\.ttl --text '(.*)'", command)[1]
    result = CliRunner().invoke(commands, ["query", str(tmp_path / "es.ttl"), "--text", query])
    assert result.exit_code == 0, result.output
    assert "CIS „Serwis”" in result.output


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_engines_find_an_event_in_its_page(site, language):
    name = page_path("doc/wizyta-studyjna-tarnow-2018", language)
    page = parsed((site / name).read_bytes())
    (script,) = page.iter(NAMESPACE + "script")
    assert script.get("type") == "application/ld+json"
    assert json.loads(script.text)["@type"] == "Event"


# Hostile, small and large


def hostile():
    """A record of each class, with all that a page could stumble over in its names."""
    rtl = "\u202e" + HOSTILE
    name = Text(
        {"pl": HOSTILE + "&amp;" + "x" * 10_000, "uk": rtl, "en": "'\"><img src=x onerror=y>"}
    )
    yield es_lod.Foundation(
        id="content",
        name=name,
        alternate_name={"pl": [HOSTILE, "a\nb"], "he": rtl},
        same_as=["javascript:alert(1)", "data:text/html,x", "https://a.example/\u202e?q='"],
        part_of="https://elsewhere.example/x",
        founders=["javascript:alert(2)", "missing"],
        address={"address_locality": HOSTILE, "street_address": HOSTILE},
        contact_point=[{"id": "main", "email": "a?bcc=b@x.example", "contact_type": HOSTILE}],
        services=[{"id": "facts", "name": {"de": HOSTILE}}],
        founding_date="2014",
    )
    yield es_lod.Event(
        id="e",
        name=HOSTILE,
        event_type="training",
        start_date="2018-06",
        location={"name": HOSTILE},
        organizer="content",
        agenda=[{"id": "incoming", "name": HOSTILE, "shows": ["content", "javascript:x"]}],
        statements=[
            {
                "property": "organizer",
                "value": "content",
                "certainty": "inferred",
                "quote": HOSTILE,
            },
            {"property": "name", "value": HOSTILE, "certainty": "conflicting", "quote": HOSTILE},
            {"property": "startDate", "value": "2018-06", "certainty": "conflicting"},
            {"property": "agenda", "value": "incoming", "certainty": "inferred"},
        ],
    )
    yield es_lod.Foundation(id="https://outside.example/f", name=HOSTILE, part_of="content")


def test_a_hostile_record_runs_nowhere(tmp_path):
    site = built(tmp_path, *hostile())
    for path in pages_of(site):
        page = parsed(path.read_bytes())
        scripts = [
            e.get("src")
            for e in page.iter(NAMESPACE + "script")
            if e.get("type") != "application/ld+json"
        ]
        assert all(src and src.endswith("assets/search.js") for src in scripts), path
        pictures = {Path(e.get("src")).name for e in page.iter(NAMESPACE + "img")}
        assert pictures <= {"logo.svg", "ns.svg"}, path
        for element in page.iter():
            assert not [name for name in element.attrib if name.startswith("on")], path
            for name in ("href", "src", "action"):
                value = element.get(name) or ""
                assert not re.match(r"\s*(javascript|data|vbscript):", value), (path, value)
        ids = [element.get("id") for element in page.iter() if element.get("id")]
        assert len(ids) == len(set(ids)), path
    page = parsed((site / "doc/content.html").read_bytes())
    assert "mailto:a%3Fbcc%3Db@x.example" in links(page)
    assert "https://elsewhere.example/x" in links(page)
    assert "javascript:alert(2)" in texts(page)
    assert "https://outside.example/f" in links(page)
    assert not [path for path in site.rglob("*") if "outside" in path.name]


def test_a_site_of_one_record_has_all_its_pages(tmp_path):
    site = built(tmp_path, es_lod.Foundation(id="x", name="Fundacja"))
    names = {path.relative_to(site).as_posix() for path in pages_of(site)}
    for name in ("index", "search", "places", "dates", "catalog", "class/foundation", "doc/x"):
        assert {f"{name}.html", f"{name}.en.html"} <= names
    assert {"404.html", "gone.html", "id/x/index.html"} <= names
    for path in pages_of(site):
        parsed(path.read_bytes())
    assert "Tu jeszcze nic nie ma" in (site / "places.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    town = {"address_locality": "Łódź"}
    records = [
        es_lod.Foundation(id=f"f{i}", name=f"Fundacja {i:04}", address=town, founding_date="2014")
        for i in range(1001)
    ]
    lodz = es_lod.Foundation(id="z", name="Żal", address={"address_locality": "Lodz"})
    second = es_lod.Foundation(id="y", name="Źle", address={"address_locality": "Łódź 2"})
    towns = [f"Osada {i:04}" for i in range(499)]
    companies = [
        es_lod.Company(id=f"c{i}", name=f"Firma {i:04}", address={"address_locality": name})
        for i, name in enumerate(towns)
    ]
    return built(tmp_path_factory.mktemp("large"), *records, lodz, second, *companies)


@pytest.mark.parametrize(
    ("name", "sizes"),
    [
        ("class/foundation", (500, 500, 3)),
        ("date/2014", (500, 500, 1)),
        ("search", (1000, 502)),
        ("places", (500, 1)),
        ("dates", (1,)),
        ("place/lodz", (500, 500, 2)),
        ("place/lodz-2", (1,)),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_list_has_pages_that_follow_each_other(large, name, sizes, language):
    at, found, entries = addresses.page(name, language), [], []
    previous = None
    while at:
        path = large / at
        page = parsed(path.read_bytes())
        rels = {e.get("rel"): e.get("href") for e in page.iter(NAMESPACE + "link")}
        assert rels.get("prev") == previous
        (items,) = [e for e in page.iter(NAMESPACE + "ul") if e.get("class") == "entries"]
        found.append(len(items))
        entries += ["".join(item[0].itertext()) for item in items]
        previous = path.name
        at = rels.get("next") and f"{at.rpartition('/')[0]}/{rels['next']}".lstrip("/")
    assert tuple(found) == sizes
    assert len(set(entries)) == sum(sizes)
    assert entries == sorted(entries, key=polish_order)


def test_the_index_of_the_search_has_every_record_once(large, site, examples):
    index = json.loads((large / "search.json").read_text(encoding="utf-8"))
    assert len({line[0] for line in index["records"]}) == len(index["records"]) == 1502
    index = json.loads((site / "search.json").read_text(encoding="utf-8"))
    found = {id_: line for id_, *line in index["records"]}
    polish, english, number, town = found["wizyta-studyjna-tarnow-2018"]
    assert (polish[:15], english[:11], town) == ("Wizyta studyjna", "Study visit", "Tarnów")
    assert index["classes"]["en"][number] == "Event"
    assert found["cis-serwis"][1] == 0
    assert set(found) == {record.id for record in examples.records()}


# What was removed, what is not there


def test_a_removed_record_keeps_a_page_that_says_so(examples):
    name = {"pl": f"Fundacja {HOSTILE}", "en": "Foundation"}
    gone = Removed(name, "Foundation", "2026-11-23")
    files = {f.path: f.data for f in tombstone(examples, "dawna", gone)}
    assert set(files) == {"doc/dawna.html", "doc/dawna.en.html", "id/dawna/index.html"}
    pages = {path: texts(parsed(data)) for path, data in files.items()}
    assert "23listopada2026r." in pages["doc/dawna.html"]
    assert "Fundacja<script>" in pages["doc/dawna.html"]
    assert "23November2026" in pages["doc/dawna.en.html"]
    assert "https://w3id.org/es-lod/id/dawna" in pages["doc/dawna.html"]
    assert b".ttl" not in files["id/dawna/index.html"]
    (undated, *_) = tombstone(examples, "dawna", gone._replace(day=None))
    assert "2026" not in texts(parsed(undated.data))


@pytest.mark.parametrize("name", ["404.html", "gone.html"])
def test_a_page_shown_at_any_address_has_absolute_links(site, name):
    page = parsed((site / name).read_bytes())
    for href in links(page) | links(page, "link"):
        assert href.startswith("/es-lod/")
    assert {e.get("lang") for e in page.iter(NAMESPACE + "section")} == {"pl", "en"}


def test_the_footer_says_whom_to_ask_and_on_what_terms(examples):
    agent = type(examples.settings.publisher)
    contact = agent(name=Text("Biuro"), email="biuro?x@przyklad.example")
    settings = replace(examples.settings, contact=contact, licence="CC0")
    ours = Edition(examples.dataset, settings, examples.report)
    page = parsed(next(record_pages(ours, ours.local("cis-serwis"))).data)
    (footer,) = page.iter(NAMESPACE + "footer")
    assert "mailto:biuro%3Fx@przyklad.example" in links(footer)
    assert "CC01.0" in texts(footer)
    assert LICENCE_PAGES["CC0"] in links(footer)


# Order and words


def test_polish_words_are_in_polish_order():
    words = (
        "10 2 „Alfa” az aż Ąb cebula cz ćma éa lad las ląd lotnisko lód łan mo oset ósmy sa śa "
        "Zamość zero źle żal"
    )
    ordered = words.split(" ")
    assert sorted(set(ordered), key=polish_order) == ordered
    assert polish_order("Serwis") != polish_order("serwis")


@pytest.mark.parametrize(
    ("date", "polish", "english"),
    [
        ("2014", "2014 r.", "2014"),
        ("2018-06", "czerwiec 2018 r.", "June 2018"),
        ("2018-06-19", "19 czerwca 2018 r.", "19 June 2018"),
        ("2018-06-19T09:30:00+02:00", "19 czerwca 2018 r., godz. 09:30", "19 June 2018, 09:30"),
        ("2018-03-25T09:30:00+02:00", "25 marca 2018 r., godz. 09:30", "25 March 2018, 09:30"),
        (
            "2018-10-28T09:30:00+01:00",
            "28 października 2018 r., godz. 09:30",
            "28 October 2018, 09:30",
        ),
        (
            "2018-01-19T09:30:15Z",
            "19 stycznia 2018 r., godz. 09:30:15 (UTC)",
            "19 January 2018, 09:30:15 (UTC)",
        ),
        (
            "2018-06-19T09:30:00+01:00",
            "19 czerwca 2018 r., godz. 09:30 (UTC+01:00)",
            "19 June 2018, 09:30 (UTC+01:00)",
        ),
    ],
)
def test_dates_are_said_as_precisely_as_they_are_stated(date, polish, english):
    spoken = [date_said(PartialDate(date), language) for language in LANGUAGES]
    assert [text.replace("\u00a0", " ") for text in spoken] == [polish, english]


def test_numbers_are_written_as_people_write_them():
    assert number_said(12500, "pl") == "12\u00a0500"
    assert number_said(12500, "en") == "12,500"
    assert number_said(2500, "pl") == "2500"
    assert size_said(1_234_567, "pl") == "1,2\u00a0MB"
    assert size_said(12, "en") == "12\u00a0B"
    assert phone_said("+48124220636") == "+48\u00a0124\u00a0220\u00a0636"
    assert phone_said("+441632960000") == "+441632960000"


def test_each_class_has_its_list(site, examples):
    for cls in {type(record) for record in examples.records()}:
        for language in LANGUAGES:
            path = site / addresses.page(addresses.of_class(cls.__name__), language)
            page = parsed(path.read_bytes())
            assert class_label(cls, language).lower() in "".join(page.itertext()).lower()
