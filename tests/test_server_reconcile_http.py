"""Reconciliation over HTTP: what clients send, what the hostile send, and what pages they get."""

import asyncio
import hashlib
import json
import re
from base64 import b64encode
from random import Random
from typing import Any
from urllib.parse import quote, quote_plus, urljoin

import html5lib
import httpx
import pytest
from conftest import ROOT
from misspellings import seeded
from starlette.applications import Starlette
from starlette.routing import Mount
from test_server_reconcile import BASE, SERWIS, SETTINGS, THREE, examples, reconciler

from es_lod import Dataset
from es_lod.model import Association, Event, Foundation
from es_lod.model.parts import Address, Place
from es_lod.server.reached import root
from es_lod.server.reconcile import Reconciler, reading
from es_lod.server.reconcile.asking import BODY
from es_lod.server.reconcile.properties import properties
from es_lod.server.reconcile.reading import BATCH, LONGEST
from es_lod.server.reconcile.routes import routes

HOST = "http://127.0.0.1:8000"
FORM = {"content-type": "application/x-www-form-urlencoded"}


def send(
    method: str, address: str, *, prefix: str = "", service: Reconciler | None = None, **others: Any
) -> httpx.Response:
    """What the service answers, below a prefix of a host; an exception in it is raised."""
    found = routes(lambda: service or reconciler(), lambda request: root(request, SETTINGS))
    app = Starlette(routes=[Mount(prefix, routes=found)])

    async def sent() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url=HOST) as client:
            return await client.request(method, f"{prefix}{address}", **others)

    return asyncio.run(sent())


def form(**fields: Any) -> dict[str, Any]:
    """A form as OpenRefine posts it: each field is JSON."""
    data = {key: json.dumps(value) for key, value in fields.items()}
    return {"data": data}


def one(name: Any, **others: Any) -> dict[str, Any]:
    return {"q0": {"query": name, **others}}


# The protocol


def test_the_manifest_says_where_everything_is():
    manifest = send("GET", "/reconcile").json()
    assert manifest["versions"] == ["0.2"]
    assert manifest["identifierSpace"] == BASE
    assert manifest["view"]["url"] == f"{HOST}/id/{{{{id}}}}"
    assert manifest["batchSize"] == BATCH
    assert {type_["id"] for type_ in manifest["defaultTypes"]} >= {"Organization", "Unit", "Event"}
    for what, suggest in manifest["suggest"].items():
        found = send(
            "GET", suggest["service_url"] + suggest["service_path"], params={"prefix": "s"}
        )
        assert found.status_code == 200, what
        first = found.json()["result"][0]["id"]
        address = suggest["flyout_service_url"] + suggest["flyout_service_path"]
        flyout = send("GET", address.replace("${id}", quote(first, safe="")))
        assert flyout.json()["id"] == first
    propose = manifest["extend"]["propose_properties"]
    address = propose["service_url"] + propose["service_path"] + "?type=Organization"
    assert "krs" in [found["id"] for found in send("GET", address).json()["properties"]]
    preview = manifest["preview"]["url"].replace("{{id}}", SERWIS)
    assert send("GET", preview).status_code == 200


@pytest.mark.parametrize("path", ["/reconcile", "/reconcile/en", "/reconcile/pl"])
def test_behind_a_prefix_the_manifest_leads_there(path):
    manifest = send("GET", path, prefix="/dane/lod").json()
    assert manifest["view"]["url"] == f"{HOST}/dane/lod/id/{{{{id}}}}"
    suggest = manifest["suggest"]["entity"]
    assert suggest["service_url"] == f"{HOST}/dane/lod/reconcile"


@pytest.mark.parametrize(
    ("stated", "prefix"),
    [("/es", "/es"), ("/dane/lod/", "/dane/lod"), ("", ""), ("//evil.example", ""), ("/<b>", "")],
)
def test_a_proxy_may_say_which_path_it_took_away(stated, prefix):
    manifest = send("GET", "/reconcile/pl", headers={"x-forwarded-prefix": stated}).json()
    assert manifest["suggest"]["entity"]["service_url"] == f"{HOST}{prefix}/reconcile"


def test_a_host_that_is_none_is_not_repeated():
    manifest = send("GET", "/reconcile", headers={"host": 'x"><script>'}).text
    assert "script" not in manifest


@pytest.mark.parametrize(
    ("path", "header", "language"),
    [
        ("/reconcile", None, "pl"),
        ("/reconcile", "en", "en"),
        ("/reconcile", "de, en-GB;q=0.5, pl;q=0.3", "en"),
        ("/reconcile", "pl;q=0, *;q=0, xx", "pl"),
        ("/reconcile", ";;;q=9,,=", "pl"),
        ("/reconcile/en", "pl", "en"),
        ("/reconcile/pl", "en", "pl"),
    ],
)
def test_the_language_is_that_of_the_path_or_of_the_client(path, header, language):
    answer = send("GET", path, headers={"accept-language": header} if header else {})
    assert answer.headers["content-language"] == language
    assert answer.json()["name"] == SETTINGS.title[language]
    found = send(
        "POST", path, headers={"accept-language": header or ""}, **form(queries=one("CIS Serwis"))
    )
    label = {"pl": "centrum integracji społecznej", "en": "social integration centre"}[language]
    assert found.json()["q0"]["result"][0]["type"][0]["name"] == label


def test_a_batch_may_be_posted_or_be_in_the_address():
    batch = {"a": {"query": "CIS Serwis"}, "ż 1": {"query": "Nic takiego", "limit": 1}}
    posted = send("POST", "/reconcile", **form(queries=batch))
    got = send("GET", "/reconcile", params={"queries": json.dumps(batch, ensure_ascii=False)})
    assert posted.status_code == got.status_code == 200
    assert posted.json() == got.json()
    assert list(posted.json()) == ["a", "ż 1"]
    assert posted.headers["content-type"] == "application/json"


def test_what_openrefine_sends_is_answered():
    # As StandardReconConfig and ReconciledDataExtensionJob write it: type and type_strict, cells
    # that were matched before as id and name, dates as moments; then values for the matched ones.
    query = {
        "query": "CIS SERWIS",
        "type": "Unit",
        "type_strict": "should",
        "properties": [
            {"pid": "operator", "v": {"id": SERWIS, "name": "Spółdzielnia Socjalna SerwiS"}},
            {"pid": "operatedSince", "v": "2015-01-01T00:00:00Z"},
        ],
    }
    body = "queries=" + quote_plus(json.dumps({"q0": query}))
    answer = send("POST", "/reconcile", content=body, headers=FORM)
    [best, *_] = answer.json()["q0"]["result"]
    assert best["id"] == "cis-serwis"
    assert {"id", "name", "score", "match", "type"} <= best.keys()
    extend = {
        "ids": [best["id"]],
        "properties": [{"id": "operator"}, {"id": "name", "settings": {}}],
    }
    body = "extend=" + quote_plus(json.dumps(extend))
    answer = send("POST", "/reconcile", content=body, headers=FORM).json()
    name = "Spółdzielnia Socjalna SerwiS"
    assert answer["rows"]["cis-serwis"]["operator"] == [{"id": SERWIS, "name": name}]
    assert answer["meta"][0]["type"]["id"] == "Organization"


def test_jsonp_is_not_spoken():
    answer = send("GET", "/reconcile", params={"callback": "alert(1)//"})
    assert answer.headers["content-type"] == "application/json"
    assert "alert" not in answer.text
    assert answer.json()["versions"] == ["0.2"]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_the_service_is_read_only(method):
    assert send(method, "/reconcile").status_code == 405


# What cannot be answered


BAD = [
    ("bad-json", "queries", "{"),
    ("bad-json", "queries", ""),
    ("bad-json", "queries", "\x00"),
    ("bad-json", "queries", '{"q": {"query": "a", "limit": NaN}}'),
    ("bad-json", "queries", "[" * 100_000),
    ("bad-json", "queries", '{"a":' * 20_000),
    ("bad-json", "queries", '{"q": {"query": "a", "limit": ' + "9" * 5000 + "}}"),
    ("bad-json", "extend", "{'ids': []}"),
    ("bad-shape", "queries", "null"),
    ("bad-shape", "queries", "[]"),
    ("bad-shape", "queries", '"Serwis"'),
    ("bad-shape", "queries", '{"q": "Serwis"}'),
    ("bad-shape", "queries", '{"q": {}}'),
    ("bad-shape", "queries", '{"q": {"query": 1}}'),
    ("bad-shape", "queries", '{"q": {"query": null}}'),
    ("bad-shape", "queries", '{"q": {"query": ["a"]}}'),
    ("bad-shape", "queries", '{"q": {"qeury": "a"}}'),
    ("bad-shape", "queries", '{"q": {"query": "a", "limit": 0}}'),
    ("bad-shape", "queries", '{"q": {"query": "a", "limit": -1}}'),
    ("bad-shape", "queries", '{"q": {"query": "a", "limit": 1.5}}'),
    ("bad-shape", "queries", '{"q": {"query": "a", "limit": 1e999}}'),
    ("bad-shape", "queries", '{"q": {"query": "a", "limit": "3"}}'),
    ("bad-shape", "queries", '{"q": {"query": "a", "limit": true}}'),
    ("bad-shape", "queries", '{"q": {"query": "a", "type": 1}}'),
    ("bad-shape", "queries", '{"q": {"query": "a", "type": [[]]}}'),
    ("bad-shape", "queries", '{"q": {"query": "a", "type_strict": "x"}}'),
    ("bad-shape", "queries", '{"q": {"query": "a", "type_strict": []}}'),
    ("bad-shape", "queries", '{"q": {"properties": []}}'),
    ("bad-shape", "queries", '{"q": {"query": "a", "properties": {}}}'),
    ("bad-shape", "queries", '{"q": {"query": "a", "properties": [1]}}'),
    ("bad-shape", "queries", '{"q": {"query": "a", "properties": [{"pid": "krs"}]}}'),
    ("bad-shape", "queries", '{"q": {"query": "a", "properties": [{"v": "1"}]}}'),
    ("bad-shape", "queries", '{"q": {"query": "a", "properties": [{"pid": [], "v": 1}]}}'),
    ("bad-shape", "queries", '{"q": {"query": "a", "properties": [{"pid": "krs", "v": null}]}}'),
    ("bad-shape", "queries", '{"q": {"query": "a", "properties": [{"pid": "krs", "v": {}}]}}'),
    ("bad-shape", "queries", '{"q": {"query": "a", "properties": [{"pid": "krs", "v": [[]]}]}}'),
    ("unknown-type", "queries", '{"q": {"query": "a", "type": "Osoba"}}'),
    ("unknown-type", "queries", '{"q": {"query": "a", "type": "<script>"}}'),
    ("unknown-property", "queries", '{"q": {"query": "a", "properties": [{"pid": "x", "v": 1}]}}'),
    ("unknown-property", "queries", '{"q": {"query": "a", "properties": [{"pid": "", "v": 1}]}}'),
    ("too-long", "queries", json.dumps(one("a" * (LONGEST + 1)))),
    ("too-long", "queries", json.dumps(one("a" * 900_000))),
    ("too-long", "queries", json.dumps(one("a", type="x" * (LONGEST + 1)))),
    ("too-long", "queries", json.dumps(one("", properties=[{"pid": "name", "v": "a" * 2001}]))),
    ("too-many", "queries", json.dumps({str(i): {"query": "a"} for i in range(BATCH + 1)})),
    ("too-many", "queries", json.dumps(one("a", type=["Event"] * 51))),
    ("too-many", "queries", json.dumps(one("a", properties=[{"pid": "krs", "v": [1] * 51}]))),
    (
        "too-many",
        "queries",
        json.dumps(one("a", properties=[{"pid": "name", "v": ["x"] * 26}] * 2)),
    ),
    ("bad-shape", "extend", "{}"),
    ("bad-shape", "extend", '{"ids": "serwis", "properties": []}'),
    ("bad-shape", "extend", '{"ids": [1], "properties": []}'),
    ("bad-shape", "extend", '{"ids": [], "properties": [{}]}'),
    ("bad-shape", "extend", '{"ids": [], "properties": [{"id": "krs", "settings": []}]}'),
    (
        "bad-shape",
        "extend",
        '{"ids": [], "properties": [{"id": "krs", "settings": {"limit": -1}}]}',
    ),
    (
        "bad-shape",
        "extend",
        '{"ids": [], "properties": [{"id": "krs", "settings": {"limit": "x"}}]}',
    ),
    (
        "bad-shape",
        "extend",
        '{"ids": [], "properties": [{"id": "krs", "settings": {"content": 1}}]}',
    ),
    ("unknown-property", "extend", '{"ids": [], "properties": [{"id": "statements.quote"}]}'),
    ("too-many", "extend", json.dumps({"ids": ["a"] * 1001, "properties": []})),
    ("too-long", "extend", json.dumps({"ids": ["a" * 2001], "properties": []})),
]


@pytest.mark.parametrize(("code", "parameter", "text"), BAD, ids=lambda value: str(value)[:40])
def test_what_is_no_question_is_refused_in_words(code, parameter, text):
    answers = [
        send("POST", path, data={parameter: text}) for path in ("/reconcile/pl", "/reconcile/en")
    ]
    assert len(answers[0].content) < 2000
    for answer in answers:
        tree = answer.json()
        assert answer.status_code == (413 if code == "too-many" else 400), tree
        assert tree["status"] == "error"
        assert tree["code"] == code
        assert tree.keys() == {"status", "code", "message", "details"}
        assert "{" not in tree["message"].replace("{…}", "")
    assert answers[0].json()["message"] != answers[1].json()["message"]


@pytest.mark.parametrize(
    ("status", "code", "method", "address", "others"),
    [
        (400, "no-queries", "GET", "/reconcile?query=Serwis", {}),
        (400, "no-queries", "POST", "/reconcile", {"data": {"query": "Serwis"}}),
        (400, "no-queries", "POST", "/reconcile", {}),
        (415, "wrong-media-type", "POST", "/reconcile", {"json": {"queries": {}}}),
        (415, "wrong-media-type", "POST", "/reconcile", {"files": {"queries": b"{}"}}),
        (413, "body", "POST", "/reconcile", {"content": b"a" * (BODY + 1), "headers": FORM}),
        (413, "too-many", "GET", "/reconcile?" + "a=1&" * 30, {}),
        (400, "bad-encoding", "GET", "/reconcile?queries=%ff", {}),
        (400, "bad-encoding", "POST", "/reconcile", {"content": b"queries=%c5", "headers": FORM}),
        (400, "bad-encoding", "POST", "/reconcile", {"content": b"queries=\xff", "headers": FORM}),
        (400, "missing-parameter", "GET", "/reconcile/preview", {}),
        (400, "missing-parameter", "GET", "/reconcile/flyout/type?id=", {}),
        (404, "unknown-entity", "GET", "/reconcile/preview?id=nic", {}),
        (404, "unknown-entity", "GET", "/reconcile/preview?id=../../etc/passwd", {}),
        (404, "unknown-entity", "GET", "/reconcile/preview?id=%00", {}),
        (404, "unknown-entity", "GET", "/reconcile/flyout/entity?id=nic", {}),
        (404, "unknown-entity", "GET", "/reconcile/flyout/property?id=nic", {}),
        (404, "unknown-entity", "GET", "/reconcile/flyout/type?id=nic", {}),
        (400, "too-long", "GET", "/reconcile/suggest/entity?prefix=" + "a" * 2001, {}),
        (400, "bad-parameter", "GET", "/reconcile/suggest/entity?prefix=a&cursor=-1", {}),
        (400, "bad-parameter", "GET", "/reconcile/suggest/type?cursor=1e9", {}),
        (400, "bad-parameter", "GET", "/reconcile/suggest/property?cursor=%D9%A1", {}),
        (400, "bad-parameter", "GET", "/reconcile/extend/propose?limit=0", {}),
        (400, "unknown-type", "GET", "/reconcile/extend/propose?type=Osoba", {}),
    ],
)
def test_what_is_no_request_is_refused(status, code, method, address, others):
    answer = send(method, address, **others)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_halves_of_surrogate_pairs_come_back_as_they_went():
    batch = {"\ud800": {"query": "Serwis \udfff"}}
    answer = send("POST", "/reconcile", data={"queries": json.dumps(batch)})
    assert list(answer.json()) == ["\ud800"]


def grown(generator: Random, depth: int = 0) -> Any:
    """A tree that a fuzzer would send: keys of the protocol with values of any kind."""
    leaves = [None, True, 0, -1, 1e308, 3, "", "Serwis", "krs", "Event", "\x00", "\ud83d", "ż" * 50]
    choice = generator.random()
    if depth > 4 or choice < 0.4:
        return generator.choice(leaves)
    if choice < 0.6:
        return [grown(generator, depth + 1) for _ in range(generator.randrange(4))]
    keys = [
        "query",
        "type",
        "type_strict",
        "limit",
        "properties",
        "pid",
        "v",
        "id",
        "ids",
        "settings",
    ]
    return {k: grown(generator, depth + 1) for k in generator.sample(keys, generator.randrange(5))}


@pytest.mark.parametrize("parameter", ["queries", "extend"])
def test_no_tree_breaks_the_service(parameter):
    generator = seeded(6)
    seen = set()
    for _ in range(300):
        tree = grown(generator)
        if parameter == "queries" and generator.random() < 0.8:
            known = {"query": "Serwis", "properties": [{"pid": "krs", "v": grown(generator, 3)}]}
            tree = {"q": generator.choice([tree, {**known, "limit": grown(generator, 5)}, known])}
        elif generator.random() < 0.5:
            known = {"id": "krs", "settings": generator.choice([None, {}, grown(generator)])}
            tree = {
                "ids": ["x", generator.choice(["y", grown(generator, 3)])],
                "properties": [known],
            }
        answer = send("POST", "/reconcile", data={parameter: json.dumps(tree)})
        assert answer.status_code in (200, 400, 413), tree
        seen.add(answer.status_code)
    assert {200, 400} <= seen


# Previews and flyouts


def policy_of(answer: httpx.Response) -> str:
    return answer.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/reconcile", "/reconcile/pl", "/reconcile/en"])
def test_previews_of_all_entities_are_whole_pages_that_lead_to_theirs(path):
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    for record in examples():
        answer = send("GET", f"{path}/preview", params={"id": str(record.id)})
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        tree = parser.parse(answer.text)
        heading = tree.find(".//h1/a")
        language = tree.get("lang")
        suffix = ".html" if language == "pl" else ".en.html"
        href = urljoin(str(answer.url), heading.get("href"))
        assert href == f"{HOST}/doc/{record.id}{suffix}"
        assert tree.find(".//base").get("target") == "_blank"
        style = tree.find(".//style").text
        digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
        assert f"style-src 'sha256-{digest}'" in policy_of(answer)
        assert "default-src 'none'" in policy_of(answer)
        assert "frame-ancestors" not in policy_of(answer)
        assert not tree.findall(".//script")
        assert "&lt;" not in answer.text  # no example has the character


def test_an_entity_is_previewed_by_its_address_too():
    answer = send("GET", "/reconcile/preview", params={"id": BASE + SERWIS})
    assert "SerwiS" in answer.text


EVIL = "<script>alert(1)</script>\"'&{}"


def test_what_records_say_is_no_markup():
    place = Place(name=EVIL, address=Address(address_locality=EVIL))
    records = [
        Foundation(
            id="zly", name=EVIL, description=EVIL * 20, address=Address(address_locality=EVIL)
        ),
        Event(id="z", name=EVIL, event_type="fair", start_date="2020", location=place),
    ]
    service = Reconciler(Dataset(records), SETTINGS)
    for id_ in ("zly", "z"):
        pages = [send("GET", "/reconcile/preview", params={"id": id_}, service=service).text]
        pages.append(service.flyout("entity", id_)["html"])
        for page in pages:
            assert "<script" not in page
            assert "&lt;script&gt;" in page


def test_flyouts_have_no_links():
    for what, id_ in (("entity", SERWIS), ("property", "nip"), ("type", "Unit")):
        html = send("GET", f"/reconcile/flyout/{what}", params={"id": id_}).json()["html"]
        assert "<strong>" in html
        assert "href" not in html


# Suggestions and data extension


def suggested(what: str, prefix: str, **others: Any) -> list[str]:
    params = {"prefix": prefix, **others}
    answer = send("GET", f"/reconcile/suggest/{what}", params=params)
    return [found["id"] for found in answer.json()["result"]]


@pytest.mark.parametrize(
    ("prefix", "id_"),
    [
        ("Spółdzielnia Socjalna S", SERWIS),
        ("spoldzielnia socjalna ser", SERWIS),
        ("spół soc ser", SERWIS),
        ("cis ser", "cis-serwis"),
        ("Przykładowska f", "przykladowska-fundacja"),
        ("parafia w p", "parafia-przykladow"),
        (SERWIS, SERWIS),
        (BASE + SERWIS, SERWIS),
        ("0009999901", THREE),
        ("999-999-99-99", THREE),
    ],
)
def test_entities_are_suggested_by_the_beginnings_of_their_words(prefix, id_):
    assert suggested("entity", prefix)[0] == id_


def test_the_cursor_goes_on_where_a_page_of_suggestions_ends():
    found: list[str] = []
    while page := suggested("entity", "", cursor=len(found)):
        found += page
    assert sorted(found) == sorted(str(record.id) for record in examples())


@pytest.mark.parametrize(
    ("what", "prefix", "id_"),
    [
        ("type", "spółdz", "SocialCooperative"),
        ("type", "social coop", "SocialCooperative"),
        ("type", "Foundation", "Foundation"),
        ("type", "integracji", "SocialIntegrationCentre"),
        ("property", "miejscowość", "town"),
        ("property", "krs", "krs"),
        ("property", "address.postalCode", "address.postalCode"),
        ("property", "kod pocztowy", "address.postalCode"),
    ],
)
def test_types_and_properties_are_suggested_by_id_and_by_label(what, prefix, id_):
    assert id_ in suggested(what, prefix)


def extended(id_: str, *wanted: dict[str, Any], language: str = "pl") -> list[Any]:
    tree = {"ids": [id_], "properties": list(wanted)}
    answer = send("POST", f"/reconcile/{language}", **form(extend=tree)).json()
    return [answer["rows"][id_][property_["id"]] for property_ in wanted]


def test_values_are_texts_numbers_moments_and_entities():
    visit = "wizyta-studyjna-tarnow-2018"
    [start, town, type_, programme] = extended(
        visit, {"id": "startDate"}, {"id": "town"}, {"id": "eventType"}, {"id": "programme"}
    )
    assert re.fullmatch(r"2018-06-19T[0-9:]{8}(Z|\+02:00)", start[0]["date"])
    assert town == [{"str": "Tarnów"}]
    assert {"str": "wizyta studyjna"} in type_
    assert programme[0].keys() == {"id", "name"}


def test_settings_limit_values_and_choose_codes():
    centre = "cis-przykladow"
    [all_] = extended(centre, {"id": "workshops"})
    [first] = extended(centre, {"id": "workshops", "settings": {"limit": "1", "content": ""}})
    assert len(all_) > 1
    assert first == all_[:1]
    [code] = extended(centre, {"id": "kind", "settings": {"limit": 0, "content": "code"}})
    assert code == [{"str": "social-integration-centre"}]
    [label] = extended(centre, {"id": "kind"}, language="en")
    assert label == [{"str": "social integration centre"}]


def test_a_year_claims_no_day():
    service = Reconciler(Dataset([Association(id="s", name="S", founding_date="2014")]), SETTINGS)
    answer = service.extend({"ids": ["s"], "properties": [{"id": "foundingDate"}]})
    assert answer["rows"]["s"]["foundingDate"] == [{"str": "2014"}]


def test_properties_are_proposed_for_the_classes_that_have_them():
    def proposed(type_: str) -> set[str]:
        answer = send("GET", "/reconcile/extend/propose", params={"type": type_}).json()
        assert answer["type"] == type_
        return {found["id"] for found in answer["properties"]}

    assert {"krs", "town", "address.addressLocality", "statuses.status"} <= proposed("Foundation")
    assert "operator" not in proposed("Foundation")
    assert "krs" not in proposed("Event")
    everything = send("GET", "/reconcile/extend/propose").json()["properties"]
    assert len(everything) == len(properties())
    assert not any(found["id"].startswith("statements") for found in everything)


# What is said about it


def test_the_page_about_reconciliation_shows_true_answers_and_limits():
    text = (ROOT / "docs" / "reconciliation.md").read_text(encoding="utf-8")
    [queries] = re.findall(r"--data-urlencode 'queries=(.*)'", text)
    [answer] = re.findall(r"```json\n(.*)\n```", text)
    assert send("POST", "/reconcile", data={"queries": queries}).text == answer
    limits = text.partition("## Limits")[2].replace(",", "")
    for number in (BATCH, LONGEST, reading.MOST, reading.MOST_IDS):
        assert f" {number} " in limits
    assert BODY == 1024 * 1024
