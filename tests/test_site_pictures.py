"""The pictures of a site and the pages around them: the dataset's, and that of its quality."""

import hashlib
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace

import pyoxigraph
import pytest
from conftest import ROOT
from markupsafe import escape

import es_lod
from es_lod import Dataset
from es_lod.errors import Location, Problem
from es_lod.messages.message import LANGUAGES
from es_lod.model import record_classes
from es_lod.report import Report
from es_lod.site import addresses
from es_lod.site.downloads.download import KINDS, Download
from es_lod.site.drawings import lettering, plots
from es_lod.site.drawings.plots import Bar
from es_lod.site.edition import Edition
from es_lod.site.facts import coverage, figures, findings, network
from es_lod.site.facts.known import Known
from es_lod.site.facts.relations import _ONWARD, SHOWN, neighbours
from es_lod.site.pages import (
    citation,
    dataset,
    dataset_words,
    frame_words,
    quality,
    quality_words,
    relations,
)
from es_lod.site.pages.rendering import Page
from es_lod.site.register import Register
from es_lod.site.settings import FREQUENCIES, LICENCES, read_settings

EXAMPLES = ROOT / "examples"
SERWIS = "spoldzielnia-socjalna-serwis"
HOSTILE = (
    "<script>alert(1)</script>",
    "]]>&lt;/svg&gt;<!-- ' \" --",
    "\u202egnp.exe\u202c \u2067x",
    "Ż" * 10_000,
    "a\nb\tc",
    "漢字" * 30,
    "👩‍👩‍👧 e\u0301\u0301\u0301",
)


def edition_of(data, report=None):
    settings = read_settings(EXAMPLES / "site.yaml")
    return Edition(data, settings, data.validate() if report is None else report)


@pytest.fixture(scope="module")
def edition():
    return edition_of(es_lod.load(EXAMPLES))


@pytest.fixture(scope="module")
def pages(edition):
    return made(edition)


def made(edition, downloads=()):
    rooms = (dataset.files(edition, downloads), quality.files(edition, downloads))
    return {file.path: file.data.decode() for room in rooms for file in room}


def drawn(markup):
    """The SVG elements of a page, which an XML parser takes."""
    found = re.findall(r"<svg .*?</svg>", str(markup), re.DOTALL)
    return [ET.fromstring(svg) for svg in found]  # noqa: S314  # what we made


def told(element):
    """The links and the texts of an element with their links."""
    links = [(a.get("href"), a.findtext("title")) for a in element.iter("a")]
    return links, ["".join(t.itertext()) for t in element.iter("text")]


def number(text, label):
    """The number that stands on a page beside a label."""
    row = re.search(rf"<dt>{label}</dt><dd>(.*?)</dd>", text)
    row = row or re.search(rf">{label}(?:</a>)?</th><td class=\"number\">(.*?)</td>", text)
    return int(row[1].replace("\xa0", ""))


def figures_of(edition, record):
    """What a record's pages show of its relations, by language."""
    known = Known(edition)
    sides, name = neighbours(known, record), addresses.document(str(record.id))
    pages = (Page(edition, name, language, known) for language in LANGUAGES)
    return {page.language: relations.figure(page, record, sides).decode() for page in pages}


def items(markup):
    """The links of the list beside a picture: address and name."""
    listed = str(markup).partition("<details")[2]
    tree = ET.fromstring("<div><details" + listed + "</div>")  # noqa: S314  # what we made
    return [(a.get("href"), "".join(a.itertext())) for a in tree.iter("a")]


def test_a_co_operative_shows_founders_centre_workshops_and_event(edition):
    figure = figures_of(edition, edition.dataset[SERWIS])["pl"]
    wide, narrow = drawn(figure)
    links, texts = told(wide)
    assert [href for href, _ in links] == [
        "fundacja-im-hetmana-jana-tarnowskiego.html",
        "stowarzyszenie-emagra.html",
        "relacja-z-wizyty-studyjnej-tarnow-2018.html",
        "relacja-z-wizyty-studyjnej-tarnow-2018.html",
        "cis-serwis.html",
        "warsztat-budowlany.html",
        "warsztat-kulinarny.html",
        "warsztat-rekodziela-artystycznego.html",
        "wizyta-studyjna-tarnow-2018.html",
    ]
    said = {"założyciele", "podmiot prowadzący", "warsztaty", "centrum integracji społecznej"}
    assert said <= {*texts}
    assert said <= {*told(narrow)[1]}


def test_every_picture_is_xml_and_says_what_its_list_says(edition):
    count = 0
    for record in edition.dataset:
        for figure in figures_of(edition, record).values():
            wide, narrow = drawn(figure)
            assert sorted(told(wide)[0]) == sorted(told(narrow)[0])
            named = [(href, lettering.plain(name)) for href, name in items(figure)]
            pictured = [(href, title.rpartition(" (")[0]) for href, title in told(wide)[0]]
            assert named == pictured
            count += 1
    assert count > 100


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_text_in_their_boxes(name):
    founders = [es_lod.Foundation(id=f"f{i}", name=name) for i in range(3)]
    co_op = es_lod.SocialCooperative(id="s", name=name, founders=[*founders, "javascript:alert(1)"])
    edition = edition_of(Dataset([co_op]), Report([]))
    markup = figures_of(edition, edition.dataset["s"])["pl"]
    assert "<script" not in markup
    links, _ = told(drawn(markup)[0])
    assert [href for href, _ in links] == ["f0.html", "f1.html", "f2.html"]
    assert "javascript:alert(1)" in items_text(markup)
    for svg in drawn(markup):
        width = float(svg.get("viewBox").split()[2])
        for text in svg.iter("text"):
            used = lettering.width("".join(text.itertext()), 13)
            assert float(text.get("x")) + used <= width + 1
    for path, page in made(edition).items():
        scripts = page.replace('<script type="application/ld+json">', "")
        assert path.endswith((".json", ".ttl")) or "<script" not in scripts
        assert 'href="javascript:' not in page
        drawn(page)


def items_text(markup):
    return re.sub("<.*?>", "", str(markup).partition("<details")[2])


def hub(count):
    operator = es_lod.Foundation(id="hub", name="Fundacja")
    units = [
        es_lod.SocialIntegrationCentre(id=f"u{i}", name=f"CIS {i}", operator="hub")
        for i in range(count)
    ]
    founder = es_lod.LocalGovernment(id="gmina", name="Gmina")
    return Dataset([operator.model_copy(update={"founders": ("gmina",)}), founder, *units])


def test_what_is_not_shown_is_counted():
    edition = edition_of(hub(50), Report([]))
    figure = figures_of(edition, edition.dataset["hub"])["en"]
    wide, narrow = drawn(figure)
    assert len(told(wide)[0]) == 1 + SHOWN
    for said in (told(wide)[1], told(narrow)[1], items_text(figure).split("\n")):
        assert "and 36 more" in said
    # Seen from the gmina the foundation has six of fifty, and then as many as were looked at.
    figure = figures_of(edition, edition.dataset["gmina"])["en"]
    assert "+ 44" in told(drawn(figure)[0])[1]
    assert "and 44 more" in items_text(figure)
    many = edition_of(hub(500), Report([]))
    assert "and others" in told(drawn(figures_of(many, many.dataset["gmina"])["en"])[0])[1]


def test_a_page_of_a_neighbour_costs_no_more_where_a_hub_is_large(monkeypatch):
    many = edition_of(hub(2000), Report([]))
    record = many.dataset["gmina"]
    figures_of(many, record)
    looked = []
    find, links_to = Dataset.find, Register.links_to

    def referring(*asked):
        found = links_to(*asked)
        looked.extend(found)
        return found

    monkeypatch.setattr(Dataset, "find", lambda self, id_: looked.append(id_) or find(self, id_))
    monkeypatch.setattr(Register, "links_to", referring)
    figures_of(many, record)
    assert len(looked) < 400


def test_the_way_onward_is_of_fields_that_there_are():
    keys = {key for cls in record_classes().values() for key in cls.by_key()}
    onward = _ONWARD
    assert {key for pair in onward.items() for key, _ in pair} <= keys


def test_a_record_without_relations_has_no_picture():
    edition = edition_of(Dataset([es_lod.Foundation(id="x", name="Fundacja")]))
    assert not any(figures_of(edition, edition.dataset["x"]).values())
    for page in made(edition).values():
        drawn(page)


def test_names_are_cut_with_an_ellipsis_between_words():
    assert lettering.broken("Fundacja im. Hetmana", 1000, 14, 2) == ("Fundacja im. Hetmana",)
    first, second = lettering.broken("Fundacja imienia Hetmana Jana Tarnowskiego", 130, 14, 2)
    assert (first, second[-1]) == ("Fundacja imienia", "…")
    for line in (first, second):
        assert lettering.width(line, 14) <= 130


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("room", [20, 130, 280])
def test_lines_have_room(name, room):
    lines = lettering.broken(name, room, 14, 2)
    assert 1 <= len(lines) <= 2
    assert all(lettering.width(line, 14) <= room for line in lines)


# Numbers


def asked(edition, query):
    """The answer of another program's engine to a query over the dump, as it was written."""
    store = pyoxigraph.Store()
    store.load(edition.dataset.dumps("nt").encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    prefixes = (
        "PREFIX es: <https://w3id.org/es-lod/ns#> PREFIX schema: <https://schema.org/> "
        "PREFIX org: <http://www.w3.org/ns/org#> PREFIX prov: <http://www.w3.org/ns/prov#> "
        "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
    )
    return [tuple(term.value for term in row) for row in store.query(prefixes + query)]


REFERENCES = """
    schema:founder org:subOrganizationOf es:operatedBy es:workshop es:lead es:partner
    schema:organizer es:host es:visited es:withinProgramme schema:superEvent schema:publisher
    schema:about es:shows es:authority prov:wasDerivedFrom
"""


def test_the_numbers_of_the_dataset_are_those_of_its_dump(edition, pages):
    text = pages["dataset.html"]
    ((triples,),) = asked(edition, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert number(text, "Trójki RDF") == int(triples)
    references = asked(
        edition,
        "SELECT (COUNT(*) AS ?n) { VALUES ?p { " + REFERENCES + " } ?s ?p ?o FILTER isIRI(?o) }",
    )
    assert number(text, "Odwołania do rekordów") == int(references[0][0])
    ((events,),) = asked(edition, "SELECT (COUNT(?e) AS ?n) { ?e a schema:Event }")
    assert number(text, "Wydarzenie") == int(events)
    ((centres,),) = asked(edition, "SELECT (COUNT(?u) AS ?n) { ?u a es:SocialIntegrationCentre }")
    assert number(text, "Centrum integracji społecznej") == int(centres)
    assert number(text, "Rekordy") == number(text, "Razem") == len(edition.dataset)
    assert edition.graph.hash in text


def test_events_are_counted_by_the_year_in_which_they_begin(edition, pages):
    rows = asked(
        edition,
        "SELECT ?year (COUNT(*) AS ?n) { ?e a schema:Event ; schema:startDate ?d "
        "BIND(SUBSTR(STR(?d), 1, 4) AS ?year) } GROUP BY ?year",
    )
    counted = {year: int(n) for year, n in rows}
    told = re.findall(
        r'<th scope="row">(\d{4})</th><td class="number">(\d+)', pages["dataset.html"]
    )
    assert {year: int(n) for year, n in told if n != "0"} == counted
    assert [int(year) for year, _ in told] == list(range(int(min(counted)), int(max(counted)) + 1))


def test_many_years_are_taken_together_without_loss():
    days = [f"{year:04}-01-01" for year in (1, 999, 1800, 1999, 2000, 2018, 2018, 9999)]
    events = [
        es_lod.Event(id=f"e{i}", name="x", event_type="training", start_date=day)
        for i, day in enumerate(days)
    ]
    years = figures.figures(edition_of(Dataset(events), Report([]))).years
    assert sum(span.events for span in years) == len(days)
    assert 1 < len(years) <= 12
    assert [span.first for span in years][1:] == [span.last + 1 for span in years][:-1]


def test_a_plot_draws_bars_as_long_as_their_numbers():
    bars = [Bar("a", 4, "4"), Bar("b", 1, "1"), Bar("c", 0, "0")]
    (rows,), (columns,) = drawn(plots.rows(bars, "x")), drawn(plots.columns(bars, "x"))
    lengths = [float(r.get("width")[:-1]) for r in rows.iter("rect") if r.get("class") == "bar"]
    assert [length / lengths[0] for length in lengths] == [1, 0.25, 0]
    heights = [float(r.get("height")) for r in columns.iter("rect") if r.get("class") == "bar"]
    assert [height / heights[0] for height in heights] == [1, 0.25, 0]
    assert told(rows)[1] == ["a", "4", "b", "1", "c", "0"]


# The network


def test_the_network_shows_every_tie_of_its_groups(edition, pages):
    found = network.network(edition)
    rows = asked(edition, "SELECT ?a ?b { { ?b schema:founder ?a } UNION { ?b es:operatedBy ?a } }")
    base = edition.dataset.base
    ties = {(tie.first, tie.second) for group in found.groups for tie in group.ties}
    assert ties == {(a.removeprefix(base), b.removeprefix(base)) for a, b in rows}
    assert found.hidden == 0
    svgs = [svg for svg in drawn(pages["dataset.html"]) if svg.get("class") == "network"]
    assert len(svgs) == len(found.groups)
    for svg, group in zip(svgs, found.groups, strict=True):
        links, _ = told(svg)
        assert [href for href, _ in links] == [f"doc/{id_}.html" for id_ in group.members]


def test_a_large_network_is_cut_and_said_to_be():
    edition = edition_of(hub(300), Report([]))
    found = network.network(edition)
    (group,) = found.groups
    assert group.members[:3] == ("gmina", "hub", "u0")
    assert len(group.members) == 60
    assert found.hidden == 302 - 60
    assert "Nie pokazano 242 podmiotów" in made(edition)["dataset.html"]


def test_those_who_founded_each_other_are_drawn():
    a = es_lod.Foundation(id="a", name="A", founders=["b"])
    b = es_lod.Foundation(id="b", name="B", founders=["a", "b"])
    edition = edition_of(Dataset([a, b]), Report([]))
    (group,) = network.network(edition).groups
    assert sorted(group.members) == ["a", "b"]
    assert len(group.ties) == 2
    drawn(made(edition)["dataset.html"])


# Quality


def test_coverage_is_what_the_dump_says(edition):
    found = coverage.coverage(edition)
    for key in ("krs", "nip", "regon"):
        ((stated,),) = asked(
            edition, f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ ?x a ?class ; es:{key} ?v }}"
        )
        assert found.identifiers[key].part == int(stated)
    organisations = [r for r in edition.dataset if isinstance(r, es_lod.Organization)]
    assert found.identifiers["krs"].whole == len(organisations)
    for cls, count, fields in found.classes:
        type_ = next(t for t in cls.types)
        share = next(share for field, share in fields if field.key == "source")
        if cls.__name__ in ("SocialCooperative", "Workshop", "Article"):
            ((stated,),) = asked(
                edition,
                f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ ?x a <{type_}> ; prov:wasDerivedFrom ?s }}",
            )
            assert share == (int(stated), count)
    for datatype, name in coverage.PRECISION.items():
        ((dates,),) = asked(
            edition, f"SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o FILTER(DATATYPE(?o) = <{datatype}>) }}"
        )
        assert found.dates[name].part == int(dates)
    outside = asked(
        edition,
        "SELECT (COUNT(*) AS ?n) { VALUES ?p {" + REFERENCES + "} ?s ?p ?o "
        "FILTER NOT EXISTS { ?o a ?class } }",
    )
    assert found.outside + found.missing == int(outside[0][0])


def test_zero_is_stated():
    unit = es_lod.SocialIntegrationCentre(id="u", name="CIS", operator="o", capacity=0)
    ((_, _, fields),) = coverage.coverage(edition_of(Dataset([unit]), Report([]))).classes
    assert {f.key for f, share in fields if share.part} == {"name", "operator", "capacity"}


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (0, 0, "–"),
        (0, 9, "0%"),
        (1, 900, "< 1%"),
        (899, 900, "> 99%"),
        (9, 9, "100%"),
        (1, 2, "50%"),
    ],
)
def test_a_share_is_never_rounded_to_all_or_nothing(part, whole, said):
    assert quality.percent(coverage.Share(part, whole), "en") == said


DATA = """
base: https://w3id.org/es-lod/id/
records:
  - type: Foundation
    name: Fundacja
    contactPoint: {email: jan.kowalski@fundacja.example, contactType: Jan Kowalski}
  - {type: Article, id: a, headline: A, datePublished: 2020, publisher: fundacja}
"""


def test_the_report_tells_nothing_of_the_machine_or_of_persons(tmp_path):
    folder = tmp_path / "dane"
    folder.mkdir()
    (folder / "rekordy.yaml").write_text(DATA, encoding="utf-8")
    data = es_lod.load(folder)
    report = data.validate()
    assert {p.code for p in report} >= {"minted-id", "personal-email", "person-in-contact"}
    assert any(str(tmp_path) in p.location.file for p in report)
    pages = made(edition_of(data, report))
    for text in pages.values():
        assert str(tmp_path) not in text
        assert "kowalski" not in text.lower()
    told = json.loads(pages["quality/report.json"])
    assert [item["code"] for item in told] == [p.code for p in report]
    assert {item["location"]["file"] for item in told} == {"rekordy.yaml"}
    assert '<a href="../doc/fundacja.html">' in pages["quality/index.html"]
    graph = pyoxigraph.parse(pages["quality/report.ttl"], format=pyoxigraph.RdfFormat.TURTLE)
    results = [q for q in graph if q.predicate.value == "http://www.w3.org/ns/shacl#result"]
    assert len(results) == len(report)


@pytest.mark.parametrize("folder", ["/home/anna/dane/", "C:\\Users\\Anna\\dane\\"])
def test_folders_are_told_in_no_part_of_a_problem(folder):
    problems = [
        Problem("file-skipped", value=f"{folder}x.doc", location=Location(f"{folder}a.yaml", 1)),
        Problem("minted-id", "x", hint=f"{folder}y", params={"known": f"w {folder}z"}),
        Problem("minted-id", "44051401359", value="44051401359"),
    ]
    text = findings.public(Report(problems)).to_json()
    assert "nna" not in text
    assert '"a.yaml"' in text
    assert "44051401359" not in text


def test_of_many_problems_some_are_listed_and_all_are_in_the_file(edition):
    problems = [Problem("minted-id", f"r{i}", hint=f"r{i}") for i in range(120)]
    problems += [Problem("unknown-key", SERWIS, value="<script>")]
    pages = made(edition_of(edition.dataset, Report(problems)))
    text = pages["quality/index.html"]
    assert "<code>minted-id</code></a> (120)" in text
    assert len(re.findall("<bdi>r[0-9]+</bdi>", text)) == 50
    assert "i jeszcze 70 uwag; wszystkie są w pliku report.json." in text
    assert len(json.loads(pages["quality/report.json"])) == 121
    assert f'<a href="../doc/{SERWIS}.html">' in text
    assert "<script" not in text


# The page of the dataset


def test_downloads_are_told_with_their_sizes_and_hashes(edition):
    offers = (
        Download("dump/es.ttl", KINDS["ttl"], 1_234_567, "ab" * 32),
        Download("dump/organizations.csv", KINDS["csv"], 999, "cd" * 32),
        Download("dump/es.ttl.gz", KINDS["ttl"], 12_345, "ef" * 32, is_packed=True),
    )
    pages = made(edition, offers)
    polish, english = pages["dataset.html"], pages["dataset.en.html"]
    assert "1,2\xa0MB" in polish
    assert "1.2\xa0MB" in english
    assert "999\xa0B" in polish
    for offer in offers:
        assert f'<a href="{offer.path}" download>' in polish
        assert f"<code>{offer.sha256}</code>" in polish
    assert (
        '<link rel="item" type="application/gzip" href="https://w3id.org/es-lod/dump/es.ttl.gz">'
        in polish
    )
    assert str(escape('read.csv("https://w3id.org/es-lod/dump/organizations.csv"')) in polish


def test_what_the_page_says_to_type_works(edition, tmp_path):
    edition.dataset.save(tmp_path / "es.ttl")
    run = {"cwd": tmp_path, "capture_output": True, "text": True, "encoding": "utf-8"}
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"}
    code = citation.in_python("es.ttl")
    done = subprocess.run([sys.executable, "-c", code], check=True, env=environment, **run)
    assert f"SocialCooperative {SERWIS}\n" in done.stdout
    _, *queries = citation.commands("es.ttl")
    for command in queries:
        line = command.replace("es-lod", f'"{sys.executable}" -m es_lod.cli', 1)
        done = subprocess.run(line, shell=True, check=True, env=environment, **run)  # noqa: S602
        assert SERWIS in done.stdout


def test_a_citation_for_bibtex_is_safe_from_what_tex_takes_for_its_own(edition):
    settings = edition.settings
    title = es_lod.Text({"pl": r"100% & {więcej} \input ~ #1_x"})
    text = citation.bibtex(type(settings)(**{**fields(settings), "title": title}), "pl")
    assert r"title = {{100\% \& \{więcej\} \textbackslash{}input \textasciitilde{} \#1\_x}}" in text
    assert text.startswith("@misc{100-wiecej-input-1-x-2026,\n")
    assert "version = {2026-11-23}" in text


def fields(settings):
    return {name: getattr(settings, name) for name in type(settings).__slots__}


def test_settings_have_words():
    known = {word for kind in (FREQUENCIES, LICENCES) for word, _ in kind.choices}
    assert known - dataset_words.WORDS.keys() == {"UNKNOWN"}


@pytest.mark.parametrize("table", [relations.WORDS, dataset_words.WORDS, quality_words.WORDS])
def test_no_words_stand_in_for_those_of_the_frame(table):
    assert not table.keys() & frame_words.FRAME.keys()


def test_pages_are_the_same_whatever_the_hash_seed():
    script = (
        "import hashlib; import test_site_pictures as t\n"
        "import es_lod.report\n"
        "e = t.edition_of(es_lod.load(t.EXAMPLES), es_lod.report.Report([]))\n"
        "texts = [*t.made(e).values()]\n"
        "texts += [str(t.figures_of(e, r)) for r in e.dataset]\n"
        "print(hashlib.sha256(''.join(texts).encode()).hexdigest())\n"
    )
    found = set()
    for seed in "01":
        environment = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")]),
        }
        done = subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        found.add(done.stdout)
    assert len(found) == 1
    assert len(found.pop().strip()) == hashlib.sha256().digest_size * 2


@pytest.mark.slow
@pytest.mark.parametrize("width", [320, 1280])
def test_a_browser_shows_pictures_that_fit_and_can_be_read(
    edition, pages, tmp_path, width, chromium
):
    style = (ROOT / "src/es_lod/site/assets/site.css").read_text(encoding="utf-8")
    figure = figures_of(edition, edition.dataset[SERWIS])["pl"]
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/site.css").write_text(style, encoding="utf-8")
    main = f"<main>{figure}" + pages["dataset.html"].partition("<main")[2].partition(">")[2]
    head = '<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="assets/site.css">'
    (tmp_path / "x.html").write_text(head + main, encoding="utf-8")
    with chromium.page(width) as page:
        page.go((tmp_path / "x.html").as_uri())
        shown = page.evaluate(
            "[...document.querySelectorAll('svg')].filter(e => e.checkVisibility()).map(svg => {"
            " const box = svg.getBoundingClientRect();"
            " const scale = svg.getScreenCTM().a;"
            " const texts = [...svg.querySelectorAll('text')].map(t => t.getBoundingClientRect());"
            " return [svg.getAttribute('class'), box.height, +svg.getAttribute('height'),"
            "  Math.min(...[...svg.querySelectorAll('text')].map("
            "   t => scale * parseFloat(getComputedStyle(t).fontSize))),"
            "  texts.every(t => t.right <= box.right + 1 && t.left >= box.left - 1)"
            "   && box.right <= innerWidth]; })"
        )
    assert [row[0] for row in shown].count(f"relations {'narrow' if width == 320 else 'wide'}") == 1
    assert len([row for row in shown if row[0] == "plot"]) == 2
    for kind, height, stated, smallest, fits in shown:
        assert fits, kind
        assert smallest >= 12, kind
        assert kind != "plot" or height == stated


def test_the_citation_ends_each_sentence_with_one_full_stop(edition):
    undated = Edition(edition.dataset, replace(edition.settings, date=None), edition.report)
    for one, ending in (
        (edition, "2026\xa0r. https:"),
        (undated, "[zbiór danych]. https:"),
    ):
        page = made(one)["dataset.html"]
        (cited,) = re.findall('<p class="cite">(.+)</p>', page)
        assert ending in cited
        assert ".." not in cited


def test_names_in_another_language_say_which(edition):
    """A page in English, of things that have Polish names only: WCAG 2.1, 3.1.2."""
    markup = figures_of(edition, edition.dataset[SERWIS])["en"]
    assert '<bdi lang="pl">CIS Serwis</bdi>' in markup
    for svg in drawn(markup):
        marked = {"".join(g.itertext()) for g in svg.iter("g") if g.get("lang") == "pl"}
        assert "CIS Serwis" in marked
        assert "construction workshop" not in marked
    assert 'lang="pl"' not in figures_of(edition, edition.dataset[SERWIS])["pl"]
