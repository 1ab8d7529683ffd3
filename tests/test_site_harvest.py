"""What harvesters and crawlers take from a site, judged by rules and software that are not ours."""

import csv
import hashlib
import json
import os
import re
import subprocess
import uuid
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import csvw
import pyoxigraph
import pytest
import rdflib
from conftest import ROOT
from rdflib import DCAT, DCTERMS, RDF, XSD

import es_lod
from es_lod import Dataset
from es_lod.site.build import build
from es_lod.site.downloads import tables
from es_lod.site.edition import Edition
from es_lod.site.harvest import construct, crawlers, void
from es_lod.site.harvest.distributions import shortened
from es_lod.site.settings import LICENCES, read_settings
from es_lod.values import PartialDate, Text, Texts

EXAMPLES = ROOT / "examples"
CONFORMANCE = Path(os.environ.get("ES_LOD_CONFORMANCE", ROOT.parent / "shared" / "conformance"))
needs_conformance = pytest.mark.skipif(
    not CONFORMANCE.is_dir(),
    reason="needs the folder of conformance checks beside the checkout, or ES_LOD_CONFORMANCE",
)
HARVESTER = "{urn:otwarte-dane:harvester:1.10}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
ENDPOINT = "https://dane.przyklad.example/sparql"
HOSTILE = "<script>alert(1)</script> & \"'\\ ?x } UNION { \u202eżółw " + "ekonomia społeczna " * 600


def edition(records=None, **changes):
    settings = replace(read_settings(EXAMPLES / "site.yaml"), **changes)
    dataset = es_lod.load(EXAMPLES) if records is None else Dataset(records, base=settings.base)
    return Edition(dataset, settings, dataset.report())


@pytest.fixture(scope="module")
def site(examples_site):
    return examples_site


@pytest.fixture(scope="module", params=["hostile", "bare", "endpoint", "CC0", "CC_BYSA_4_0"])
def other(request, tmp_path_factory):
    """Sites with settings that are long, few, with an endpoint, or of another licence."""
    changes = {
        "hostile": {
            "title": Text({"pl": HOSTILE, "en": HOSTILE}),
            "description": Text({"pl": HOSTILE * 2, "en": "x" * 5000}),
            "keywords": Texts({"pl": [HOSTILE[:500], "ąę"], "de": ["Genossenschaft"]}),
            "themes": ("SOCI", "GOVE", "REGI"),
            "frequency": "ANNUAL_2",
        },
        "bare": {
            "title": Text({"uk": "Соціальна економіка"}),
            "description": None,
            "keywords": Texts({"de": ["Genossenschaft"]}),
            "date": None,
        },
        "endpoint": {"endpoint": ENDPOINT},
    }.get(request.param, {"licence": request.param})
    folder = tmp_path_factory.mktemp(request.param) / "site"
    known = {"name": HOSTILE, "founding_date": "2014"}
    records = [] if request.param == "bare" else [es_lod.Foundation(id="x", **known)]
    build(edition(records, **changes), folder)
    return folder


def run(check, *arguments):
    command = [CONFORMANCE / check, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


# What a harvester takes of each site.


@pytest.mark.slow
@needs_conformance
def test_dane_gov_pl_accepts_the_xml(site, other):
    for folder in (site, other):
        done = run("danegov-xml-check", folder / "harvest" / "danegov.xml")
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_md5_is_all_that_its_file_says(site):
    data = (site / "harvest" / "danegov.xml").read_bytes()
    # The portal compares the whole file with the MD5 that it computes: no name may follow.
    said = (site / "harvest" / "danegov.md5").read_text(encoding="ascii").rstrip()
    assert said == hashlib.md5(data, usedforsecurity=False).hexdigest()


def test_the_xml_has_each_file_once_and_nothing_too_long(site, other):
    for folder in (site, other):
        (dataset,) = ElementTree.parse(folder / "harvest" / "danegov.xml").getroot()  # noqa: S314
        resources = dataset.findall(f".//{HARVESTER}resource")
        idents = [r.find(f"{HARVESTER}extIdent").text for r in resources]
        urls = [r.find(f"{HARVESTER}url").text for r in resources]
        assert len(set(idents)) == len(idents) >= 6
        assert max(map(len, idents)) <= 36
        assert all(url.startswith("https://") and not url.endswith(".gz") for url in urls)
        base = "https://w3id.org/es-lod/"
        assert all((folder / url.removeprefix(base)).is_file() for url in urls)
        for text in dataset.iter(f"{HARVESTER}polish"):
            assert text.text == text.text.strip() != ""


@pytest.mark.parametrize("licence", [word for word, _ in LICENCES.choices])
def test_a_licence_that_the_schema_does_not_know_stands_in_the_description(licence, tmp_path):
    long = Text({"pl": "opis " * 300})
    build(edition([], licence=licence, description=long), tmp_path / "site")
    text = (tmp_path / "site" / "harvest" / "danegov.xml").read_text(encoding="utf-8")
    root = ElementTree.fromstring(text)  # noqa: S314
    chosen = [node.text for node in root.iter(f"{HARVESTER}dbOrCopyrightedLicenseChosen")]
    described = root.find(f".//{HARVESTER}description/{HARVESTER}polish").text
    assert len(described) <= 1000
    expected = {"CC_BY_4_0": ["CC BY 4.0"], "CC_BYSA_4_0": ["CC BY-SA 4.0"], "CC0": []}
    assert chosen == expected[licence]
    assert described.endswith("publicdomain/zero/1.0/") is (licence == "CC0")


def constructed(folder, *files):
    """The answer to the query over some files of a site, by two engines."""
    query = (folder / "harvest" / "danegov.rq").read_text(encoding="utf-8")
    store, graph = pyoxigraph.Store(), rdflib.Graph()
    for file in files:
        store.bulk_load(path=folder / file)
        graph.parse(folder / file)
    written = store.query(query).serialize(format=pyoxigraph.RdfFormat.N_TRIPLES)
    first = rdflib.Graph().parse(data=written, format="nt")
    # Both read anew: the one normalises moments in data, but not those in a query.
    answer = graph.query(query).graph.serialize(format="nt")
    assert set(rdflib.Graph().parse(data=answer, format="nt")) == set(first)
    return first


@pytest.mark.parametrize("files", [["dump/es.nt"], ["dump/es.ttl", "catalog.ttl"], ["catalog.rdf"]])
def test_the_query_gives_one_dataset_as_dane_gov_pl_takes_it(site, other, files):
    for folder in (site, other):
        if folder is other and (folder / files[0]).stat().st_size == 0:
            continue
        found = constructed(folder, *files)
        (dataset,) = found.subjects(RDF.type, DCAT.Dataset)
        assert [o.split("/")[-1] for o in found.objects(dataset, DCTERMS.identifier)] == ["dataset"]
        distributions = set(found.subjects(RDF.type, DCAT.Distribution))
        assert set(found.objects(dataset, DCAT.distribution)) == distributions
        assert len(distributions) >= 6
        idents = {str(found.value(node, DCTERMS.identifier)) for node in distributions}
        assert len(idents) == len(distributions)
        assert max(map(len, idents)) <= 36
        for node in distributions:
            (url,) = found.objects(node, DCAT.accessURL)
            assert url.startswith("https://")
            assert (folder / url.removeprefix("https://w3id.org/es-lod/")).is_file()
            (kind,) = found.objects(node, DCTERMS.format)
            assert "/authority/file-type/" in kind
        assert len(set(found.objects(None, DCTERMS.license))) == 1
        moments = [*found.objects(None, DCTERMS.issued), *found.objects(None, DCTERMS.modified)]
        assert all(moment.datatype == XSD.dateTime for moment in moments)
        assert len(moments) == (0 if "bare" in str(folder) else 2 + 2 * len(distributions))
        titles, texts = (
            [str(o) for o in found.objects(dataset, term)]
            for term in (DCTERMS.title, DCTERMS.description)
        )
        assert titles
        assert all(0 < len(title) <= 300 for title in titles)
        assert texts
        assert all(0 < len(text) <= 1000 for text in texts)
        # A tag that is neither pl nor en is passed over; the portal needs a title.
        tags = {o.language for o in found.objects(dataset, DCTERMS.title)}
        assert tags <= {"pl", "en"} or tags == {None}


@pytest.mark.parametrize(
    ("licence", "expected"),
    [("CC_BY_4_0", "licence/CC_BY_4_0"), ("CC_BYSA_4_0", "CC_BY_SA_4_0"), ("CC0", "CC0_1_0")],
)
def test_the_query_names_licences_as_dane_gov_pl_reads_them(licence, expected):
    # It strips the EU's prefix, and compares with the names of the licences, spelt with `_`.
    text = construct.query(edition([], licence=licence).settings, ())
    said = re.search(r"dct:license (\S+)", text)[1].strip('<>"')
    assert said.removeprefix("http://publications.europa.eu/resource/authority/") == expected


def test_what_changes_comes_from_the_catalogue_and_not_from_the_query(site, tmp_path):
    day = PartialDate("2027-03-01")
    build(edition(date=day, title=Text("Nowy tytuł")), tmp_path / "site")
    (tmp_path / "site" / "harvest" / "danegov.rq").write_bytes(
        (site / "harvest" / "danegov.rq").read_bytes()
    )
    found = constructed(tmp_path / "site", "dump/es.nt", "catalog.ttl")
    (dataset,) = found.subjects(RDF.type, DCAT.Dataset)
    assert str(found.value(dataset, DCTERMS.title)) == "Nowy tytuł"
    assert {str(o)[:10] for o in found.objects(None, DCTERMS.modified)} == {day}


def test_the_query_fits_into_an_address(site):
    query = (site / "harvest" / "danegov.rq").read_text(encoding="utf-8")
    assert len(quote(query)) < 8000  # Apache's and nginx's limits are near 8,190


def test_the_answer_of_a_ckan_is_what_dane_gov_pl_reads(site, other):
    for folder in (site, other):
        tree = json.loads((folder / "harvest" / "ckan.json").read_text(encoding="utf-8"))
        (package,) = tree["result"]["results"]
        assert package["license_id"] in ("cc-by", "cc-by-sa", "cc-zero")
        assert re.fullmatch("[a-z0-9_-]{2,100}", package["name"])
        assert len(package["title"]) <= 300
        # Without these keys the portal's import of an institution ends with an exception.
        assert {"id", "name", "title", "description", "image_url"} <= package["organization"].keys()
        ids = [
            package["id"],
            package["organization"]["id"],
            *(r["id"] for r in package["resources"]),
        ]
        assert len({uuid.UUID(id_) for id_ in ids}) == len(ids)
        assert package["tags"]
        assert all(re.fullmatch(r"[\w .-]{2,100}", tag["name"]) for tag in package["tags"])
        for resource in package["resources"]:
            assert resource["url"].startswith("https://")
            path = folder / resource["url"].removeprefix("https://w3id.org/es-lod/")
            assert path.stat().st_size == resource["size"]
        assert ("metadata_modified" in package) is ("bare" not in str(folder))


# The catalogue.


def test_the_catalogue_is_one_graph_of_one_page(site):
    graphs = [rdflib.Graph().parse(site / f"catalog.{name}") for name in ("ttl", "rdf", "jsonld")]
    assert set(graphs[0]) == set(graphs[1]) == set(graphs[2])
    hydra = rdflib.Namespace("http://www.w3.org/ns/hydra/core#")
    (page,) = graphs[0].subjects(RDF.type, hydra.PartialCollectionView)
    assert graphs[0].value(page, hydra.first) == graphs[0].value(page, hydra.last) == page
    assert int(graphs[0].value(page, hydra.totalItems)) == 1
    assert graphs[0].value(page, hydra.next) is None
    context = json.loads((site / "catalog.jsonld").read_text(encoding="utf-8"))["@context"]
    assert all(iri.startswith("http") for iri in context.values())  # inline: nothing to fetch


def test_a_polish_portal_learns_regon_and_openness(tmp_path):
    publisher = replace(read_settings(EXAMPLES / "site.yaml").publisher, regon="123456785")
    build(edition([], publisher=publisher), tmp_path / "site")
    graph = rdflib.Graph().parse(tmp_path / "site" / "catalog.ttl")
    ns = rdflib.Namespace("https://api.dane.gov.pl/ns/dcatappl#")
    assert [str(o) for o in graph.objects(None, ns.regon)] == ["123456785"]
    stars = {str(o).rpartition("/")[2] for o in graph.objects(None, ns.opennessScore)}
    assert stars == {"4-stars"}  # no tables, no links to others


@pytest.mark.slow
@needs_conformance
def test_the_catalogue_of_any_settings_is_dcat_ap(other):
    done = run("dcat-ap-check", other / "catalog.ttl")
    assert done.returncode == 0, done.stdout + done.stderr
    warnings = [line for line in done.stdout.splitlines() if line.startswith("  ")]
    # Without a day of the edition and days in the data nothing can be said of them.
    bare = "CorporateBodyRestriction|terms/(issued|modified|temporal) None"
    known = bare if "bare" in str(other) else "CorporateBodyRestriction"
    assert all(re.search(known, line) for line in warnings), warnings
    (found,) = json.loads(run("ckan-parse", other / "catalog.ttl", "text/turtle").stdout)[
        "datasets"
    ]
    package = json.loads((other / "harvest" / "ckan.json").read_text(encoding="utf-8"))
    assert found["license_id"] == package["result"]["results"][0]["license_id"]


@pytest.mark.slow
@needs_conformance
@pytest.mark.parametrize(
    ("name", "media_type"),
    [("ttl", "text/turtle"), ("jsonld", "application/ld+json"), ("rdf", "application/rdf+xml")],
)
def test_ckan_follows_every_page(site, name, media_type):
    titles, next_page = [], f"catalog.{name}"
    while next_page:
        path = site / next_page.removeprefix("https://w3id.org/es-lod/")
        found = json.loads(run("ckan-parse", path, media_type).stdout)
        titles += [dataset["title"] for dataset in found["datasets"]]
        next_page = found["next_page"]
    assert titles == ["Polska ekonomia społeczna (przykłady)"]
    names = {resource["name"] for resource in found["datasets"][0]["resources"]}
    assert "Tabela CSV: wydarzenie" in names


# The endpoint.


@pytest.fixture(scope="module")
def with_endpoint(tmp_path_factory):
    folder = tmp_path_factory.mktemp("with-endpoint") / "site"
    build(edition(endpoint=ENDPOINT), folder)
    return folder


def test_an_endpoint_is_a_service_of_the_catalogue(with_endpoint):
    dataset = rdflib.URIRef("https://w3id.org/es-lod/dataset")
    graph = rdflib.Graph().parse(with_endpoint / "catalog.ttl")
    for name in ("rdf", "jsonld"):
        assert set(rdflib.Graph().parse(with_endpoint / f"catalog.{name}")) == set(graph)
    (service,) = graph.subjects(RDF.type, DCAT.DataService)
    assert service == dataset + "#sparql"
    assert [*graph.subjects(DCAT.service, service)] == [*graph.subjects(RDF.type, DCAT.Catalog)]
    for term in (DCAT.endpointURL, DCAT.endpointDescription):
        assert list(graph.objects(service, term)) == [rdflib.URIRef(ENDPOINT)]
    assert list(graph.objects(service, DCAT.servesDataset)) == [dataset]
    assert {o.language for o in graph.objects(service, DCTERMS.title)} == {"pl", "en"}
    (protocol,) = graph.objects(service, DCTERMS.conformsTo)
    assert str(protocol) == "https://www.w3.org/TR/sparql11-protocol/"
    for term in (DCTERMS.license, DCTERMS.publisher, DCAT.contactPoint, DCTERMS.accessRights):
        (stated,) = graph.objects(service, term)
        assert (None, term, stated) in graph - {(service, term, stated)}
    offered = {
        str(graph.value(file, DCAT.downloadURL)).rpartition("/")[2]
        for file in graph.subjects(DCAT.accessService, service)
    }
    assert offered == {"es.ttl", "es.nt", "es.rdf", "es.jsonld"}


def test_an_endpoint_is_told_to_who_reads_void_or_links(with_endpoint):
    void = rdflib.Graph().parse(with_endpoint / ".well-known" / "void", format="turtle")
    term = rdflib.URIRef("http://rdfs.org/ns/void#sparqlEndpoint")
    assert list(void.objects(None, term)) == [rdflib.URIRef(ENDPOINT)]
    (page, *_) = json.loads((with_endpoint / "linkset.json").read_text("utf-8"))["linkset"]
    assert page["service-desc"] == [{"href": ENDPOINT}]


def test_an_endpoint_changes_nothing_of_what_is_downloaded(site, with_endpoint):
    for name in ("harvest/ckan.json", "harvest/danegov.xml", "harvest/danegov.rq", "MANIFEST.json"):
        assert (with_endpoint / name).read_bytes() == (site / name).read_bytes()


def test_without_an_endpoint_none_is_named(site):
    for name in ("catalog.ttl", ".well-known/void", "linkset.json"):
        text = (site / name).read_text(encoding="utf-8")
        assert not re.search("DataService|sparql|service-desc", text, re.IGNORECASE)


# The tables.


def test_the_tables_are_the_dataset(site):
    dataset = es_lod.load(EXAMPLES)
    again = Dataset.read(sorted((site / "dump").glob("*.csv")), base=dataset.base)
    assert again.problems == ()
    assert again == dataset


def test_csvw_finds_the_tables_as_they_are_described(site):
    path = site / "dump" / "csv-metadata.json"
    checked = csvw.CSVW(str(path), validate=True)
    assert checked.is_valid, [str(warning.message) for warning in checked.warnings]
    group = csvw.TableGroup.from_file(path)
    described = {table.local_name for table in group.tables}
    assert described == {file.name for file in (site / "dump").glob("*.csv")}
    events = {row["id"]: row for row in group.tabledict["Event.csv"]}
    record = es_lod.load(EXAMPLES)["wizyta-studyjna-tarnow-2018"]
    assert events[record.id]["participantCount"] == record.participant_count
    assert events[record.id]["visited"] == list(record.visited)
    assert group.tabledict["Unit.csv"].tableSchema.foreignKeys
    labels = {column.name: column.titles for column in group.tables[0].tableSchema.columns}
    assert labels["legalForm"]["pl"] == ["forma prawna"]


def test_the_description_fits_hostile_records(tmp_path):
    records = [
        es_lod.Foundation(id="https://inny.example/x?y=1", name={"en": '=1+1"\r\n,;'}),
        es_lod.Event(
            id="x",
            name={"uk": HOSTILE},
            event_type=["conference"],
            start_date="2018",
            location={"name": "Gdzieś", "latitude": "-54.5", "longitude": "-3"},
        ),
    ]
    given = edition(records)
    build(given, tmp_path / "site")
    checked = csvw.CSVW(str(tmp_path / "site" / "dump" / "csv-metadata.json"), validate=True)
    assert checked.is_valid, [str(warning.message) for warning in checked.warnings]
    with (tmp_path / "site" / "dump" / "Event.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["location.latitude"] == "-54.5"
    with (tmp_path / "site" / "dump" / "Organization.csv").open(encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    assert row["name@en"].startswith("'=")
    tree = json.loads((tmp_path / "site" / "dump" / "csv-metadata.json").read_text("utf-8"))
    about = {table["url"]: table["tableSchema"].get("aboutUrl") for table in tree["tables"]}
    assert about["Organization.csv"] is None  # its ids are not all in the base
    assert about["Event.csv"] == given.settings.base + "{id}"


def test_without_records_there_are_no_tables():
    assert list(tables.files(edition([]))) == []


# VoID.


def test_the_numbers_of_void_are_those_of_the_dump(site):
    void = rdflib.Namespace("http://rdfs.org/ns/void#")
    found = rdflib.Graph().parse(site / ".well-known" / "void", format="turtle")
    store = pyoxigraph.Store()
    store.bulk_load(path=site / "dump" / "es.nt")
    node = rdflib.URIRef("https://w3id.org/es-lod/dataset")

    def count(what, where="?s ?p ?o"):
        (row,) = store.query(f"SELECT (COUNT({what}) AS ?n) WHERE {{ {where} }}")
        return int(row["n"].value)

    pattern = json.dumps(str(found.value(node, void.uriRegexPattern)))
    expected = {
        void.triples: count("*"),
        void.entities: count("DISTINCT ?s", f"?s ?p ?o FILTER(REGEX(STR(?s), {pattern}))"),
        void.classes: count("DISTINCT ?o", "?s a ?o"),
        void.properties: count("DISTINCT ?p"),
        void.distinctSubjects: count("DISTINCT ?s"),
        void.distinctObjects: count("DISTINCT ?o"),
    }
    assert {term: int(found.value(node, term)) for term in expected} == expected
    classes = list(found.objects(node, void.classPartition))
    assert len(classes) == expected[void.classes]
    for part in classes:
        class_ = found.value(part, void["class"]).n3()
        assert int(found.value(part, void.entities)) == count("DISTINCT ?s", f"?s a {class_}")
    properties = list(found.objects(node, void.propertyPartition))
    assert len(properties) == expected[void.properties]
    for part in properties:
        term = found.value(part, void.property).n3()
        assert int(found.value(part, void.triples)) == count("*", f"?s {term} ?o")
    links = list(found.objects(node, void.subset))
    assert links
    for link in links:
        space = json.dumps(str(found.value(found.value(link, void.objectsTarget), void.uriSpace)))
        term = found.value(link, void.linkPredicate).n3()
        where = f"?s {term} ?o FILTER(STRSTARTS(STR(?o), {space}))"
        assert int(found.value(link, void.triples)) == count("*", where)
    for dump in found.objects(node, void.dataDump):
        assert (site / dump.removeprefix("https://w3id.org/es-lod/")).is_file()
    for example in found.objects(node, void.exampleResource):
        assert count("*", f"{example.n3()} a ?o") > 0


def test_void_names_the_datasets_that_are_linked_to_most():
    hosts = ["https://often.example/", *(f"https://h{i:02}.example/" for i in range(25))]
    records = [
        es_lod.Foundation(
            id=f"f{i}", name="Fundacja", same_as=[f"{host}{i}" for host in (hosts[0], hosts[i])]
        )
        for i in range(1, 26)
    ]
    found = [triple.object.value for triple in void.void(edition(records), ())]
    assert [host for host in hosts if host in found] == hosts[:20]


# Crawlers.


def entries(data):
    """Address → (day, alternates) of a sitemap, which is read by the rules of its schema."""
    root = ElementTree.fromstring(data)  # noqa: S314
    assert root.tag == f"{SITEMAP}urlset"
    found = {}
    for url in root:
        assert url.tag == f"{SITEMAP}url"
        tags = [child.tag for child in url if child.tag != LINK]
        assert tags in ([f"{SITEMAP}loc"], [f"{SITEMAP}loc", f"{SITEMAP}lastmod"])
        loc = url[0].text
        assert loc.isascii()
        assert 12 <= len(loc) <= 2048
        day = url.findtext(f"{SITEMAP}lastmod")
        assert day is None or re.fullmatch(r"\d{4}-\d\d-\d\d", day)
        links = {(link.get("hreflang"), link.get("href")) for link in url.iter(LINK)}
        found[loc] = day, links
    return found


def test_the_sitemap_has_every_page_in_both_languages_with_the_day_of_its_change():
    records = [es_lod.Foundation(id=id_, name="Fundacja") for id_ in "ab"]
    paths = [
        "index.html", "index.en.html", "404.html", "gone.html", "gone.en.html", "sitemap.xml",
        "place/żółw.html",
    ]  # fmt: skip
    (file,) = crawlers.sitemap(edition(records), paths, [("a", "2026-01-02"), ("b", None)])
    url = "https://w3id.org/es-lod/"
    twins = {("pl", f"{url}doc/a.html"), ("en", f"{url}doc/a.en.html")}
    of_b = {("pl", f"{url}doc/b.html"), ("en", f"{url}doc/b.en.html")}
    home = {("pl", f"{url}index.html"), ("en", f"{url}index.en.html")}
    assert file.path == "sitemap.xml"
    assert entries(file.data) == {
        f"{url}index.html": ("2026-11-23", home),
        f"{url}index.en.html": ("2026-11-23", home),
        f"{url}doc/a.html": ("2026-01-02", twins),
        f"{url}doc/a.en.html": ("2026-01-02", twins),
        f"{url}doc/b.html": ("2026-11-23", of_b),
        f"{url}doc/b.en.html": ("2026-11-23", of_b),
        f"{url}place/%C5%BC%C3%B3%C5%82w.html": ("2026-11-23", set()),
    }


def test_a_long_sitemap_comes_in_parts():
    given = edition([], date=None)
    paths = [f"place/{i}.html" for i in range(50_001)]
    *parts, index = crawlers.sitemap(given, paths, ())
    locs = [node.text for node in ElementTree.fromstring(index.data).iter(f"{SITEMAP}loc")]  # noqa: S314
    assert locs == [given.settings.url + part.path for part in parts]
    found = [entries(part.data) for part in parts]
    assert [len(part) for part in found] == [50_000, 1]
    assert {day for part in found for day, _ in part.values()} == {None}


def test_no_part_of_a_sitemap_is_larger_than_crawlers_read(monkeypatch):
    monkeypatch.setattr(crawlers, "_MAX_SIZE", 1000)
    given = edition([])
    *parts, _ = crawlers.sitemap(given, [f"place/{i}.html" for i in range(30)], ())
    assert sum(len(entries(part.data)) for part in parts) == 30
    assert len(parts) > 2
    assert all(len(part.data) < 1000 + 250 for part in parts)


def test_every_address_for_crawlers_is_a_file_of_the_site(site):
    url = "https://w3id.org/es-lod/"
    addresses = set(entries((site / "sitemap.xml").read_bytes()))
    robots = (site / "robots.txt").read_text(encoding="utf-8")
    addresses.add(re.search(r"(?m)^Sitemap: (.+)$", robots)[1])
    assert "robots.txt of the host" in robots  # the site is below a path
    (page, *back) = json.loads((site / "linkset.json").read_text(encoding="utf-8"))["linkset"]
    targets = [*page["item"], *page["describedby"]]
    addresses |= {target["href"] for target in targets}
    missing = [a for a in addresses if not (site / a.removeprefix(url)).is_file()]
    assert missing == []
    assert {link["anchor"] for link in back} == {target["href"] for target in targets}
    offered = json.loads((site / "MANIFEST.json").read_text(encoding="utf-8"))["files"]
    assert len(page["item"]) == len(offered)
    assert page["cite-as"] == [{"href": f"{url}dataset"}]
    assert page["license"] == [{"href": "https://creativecommons.org/licenses/by/4.0/"}]
    assert page["author"]
    # https://www.rfc-editor.org/rfc/rfc9264#section-4.2: arrays of objects with a target.
    for context in (page, *back):
        for relation, links in context.items():
            assert relation == "anchor" or all("href" in link for link in links)


@pytest.mark.parametrize("text", ["słowo " * 200, "x" * 999, "a\n\tb", "a" * 200 + " " + "b" * 200])
def test_texts_are_cut_behind_a_word(text):
    cut = shortened(text, 300)
    assert 0 < len(cut) <= 300
    assert " ".join(text.split()).startswith(cut.removesuffix("…"))
    assert cut.endswith("…") is (len(" ".join(text.split())) > 300)
