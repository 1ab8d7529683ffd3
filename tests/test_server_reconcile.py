"""Reconciliation: what the names, numbers and addresses in a table mean."""

import asyncio
import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pytest
from conftest import ROOT, need
from jsonschema import Draft7Validator
from misspellings import misspellings, misspelt, seeded
from referencing import Registry
from referencing.jsonschema import DRAFT7
from starlette.applications import Starlette

from es_lod import Dataset
from es_lod.model import Association, Foundation, Organization, SocialCooperative, Unit
from es_lod.model.parts import Address
from es_lod.server.reconcile import Reconciler
from es_lod.server.reconcile.properties import properties
from es_lod.server.reconcile.reading import BATCH, LONGEST
from es_lod.server.reconcile.routes import routes
from es_lod.site.settings import read_settings

CONFORMANCE = Path(os.environ.get("ES_LOD_CONFORMANCE", ROOT.parent / "shared" / "conformance"))
SCHEMAS = CONFORMANCE / "reconciliation-0.2"
REASON = "needs the folder of conformance checks beside the checkout, or ES_LOD_CONFORMANCE"
SETTINGS = read_settings(ROOT / "examples" / "site.yaml")
URL = "https://przyklad.example/lod/reconcile"
HOST = "http://127.0.0.1:8000"
BASE = SETTINGS.base
SERWIS = "spoldzielnia-socjalna-serwis"
THREE = "spoldzielnia-socjalna-przyklad-trzech-gmin"


@cache
def examples() -> Dataset:
    return Dataset.load(ROOT / "examples")


@cache
def reconciler() -> Reconciler:
    return Reconciler(examples(), SETTINGS)


@cache
def organisations() -> tuple[Organization | Unit, ...]:
    return tuple(r for r in examples() if isinstance(r, Organization | Unit))


def ask(name: str, service: Reconciler | None = None, **others: Any) -> list[dict[str, Any]]:
    """The candidates for a name."""
    answer = (service or reconciler()).query({"q0": {"query": name, **others}})
    found: list[dict[str, Any]] = answer["q0"]["result"]
    return found


def matches(name: str, service: Reconciler | None = None, **others: Any) -> list[str]:
    return [found["id"] for found in ask(name, service, **others) if found["match"]]


def send(method: str, address: str, **others: Any) -> httpx.Response:
    """What the service answers over HTTP, at the root of a host; an exception in it is raised."""

    async def sent() -> httpx.Response:
        transport = httpx.ASGITransport(Starlette(routes=routes(reconciler)))
        async with httpx.AsyncClient(transport=transport, base_url=HOST) as client:
            return await client.request(method, address, **others)

    return asyncio.run(sent())


@cache
def validator(name: str) -> Draft7Validator:
    """The validator of a schema of the specification."""
    need(None if SCHEMAS.is_dir() else REASON)
    trees = [json.loads(path.read_text(encoding="utf-8")) for path in SCHEMAS.glob("*.json")]
    # Their `$schema` names no draft.
    resources = [(tree["$id"].rstrip("#"), DRAFT7.create_resource(tree)) for tree in trees]
    schema = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    return Draft7Validator(schema, registry=Registry().with_resources(resources))


# The schemas of the specification


@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_manifest_passes_its_schema(language):
    manifest = reconciler().manifest(URL, language)
    validator("manifest").validate(manifest)
    for type_ in manifest["defaultTypes"]:
        validator("type").validate(type_)


def test_results_pass_their_schema():
    batch = {record.id: {"query": str(record.name), "limit": 3} for record in organisations()}
    for i in range(0, len(batch), BATCH):
        part = dict(list(batch.items())[i : i + BATCH])
        validator("reconciliation-query-batch").validate(part)
        answer = reconciler().query(part)
        validator("reconciliation-result-batch").validate(answer)
        assert answer.keys() == part.keys()


def test_results_of_queries_with_properties_pass_their_schema():
    batch = {
        "a": {"query": "Serwis", "type": ["SocialCooperative"], "type_strict": "any", "limit": 1},
        "b": {"properties": [{"pid": "town", "v": ["Tarnów", {"id": "x"}, 1, 1.5, True]}]},
        "c": {"query": "CIS Serwis", "properties": [{"pid": "operator", "v": {"id": SERWIS}}]},
        "d": {"query": "nothing like it"},
    }
    validator("reconciliation-query-batch").validate(batch)
    validator("reconciliation-result-batch").validate(reconciler().query(batch))


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("prefix", ["", "s", "spół", "name", "a", "Łąka", "nothing"])
def test_suggestions_pass_their_schemas(prefix, language):
    service = reconciler()
    validator("suggest-entities-response").validate(service.suggest_entity(prefix, 0, language))
    validator("suggest-types-response").validate(service.suggest_type(prefix, 0, language))
    found = service.suggest_property(prefix, 0, language)
    validator("suggest-properties-response").validate(found)


@pytest.mark.parametrize("content", ["label", "code"])
@pytest.mark.parametrize("language", ["pl", "en"])
def test_all_properties_of_all_entities_pass_the_schema_of_data_extension(language, content):
    ids = [str(record.id) for record in examples()]
    names = list(properties())
    found: set[str] = set()
    for i in range(0, len(names), 50):
        wanted = [{"id": id_, "settings": {"content": content}} for id_ in names[i : i + 50]]
        request = {"ids": [*ids, "unknown"], "properties": wanted}
        validator("data-extension-query").validate(request)
        answer = reconciler().extend(request, language)
        validator("data-extension-response").validate(answer)
        assert answer["rows"].keys() == {*ids, "unknown"}
        assert not any(answer["rows"]["unknown"].values())
        cells = [
            value for row in answer["rows"].values() for cell in row.values() for value in cell
        ]
        found |= {key for value in cells for key in value}
    assert found == {"id", "name", "str", "int", "float", "date"}


def test_proposals_pass_their_schema():
    for type_ in (None, "Organization", "SocialCooperative", "Event", "Article"):
        answer = reconciler().propose(type_, 5)
        validator("data-extension-property-proposal").validate(answer)
        assert len(answer["properties"]) == answer["limit"] == 5


# Names


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Spółdzielnia Socjalna SerwiS", SERWIS),
        ("SPOLDZIELNIA SOCJALNA SERWIS", SERWIS),
        ("Spółdzielnia Socjalna „Serwis”", SERWIS),
        ("Sp. Socj. Serwis", SERWIS),
        ("SS SERWIS", SERWIS),
        ("Spółdzielnia Socjalna Serwis Tarnów", SERWIS),
        ("Serwis, spółdzielnia socjalna", SERWIS),
        ("Spółdzelnia Socjlana Serwis", SERWIS),
        ("Spo1dzie1nia Socja1na Serwis", SERWIS),
        ("spn. socj. Przyklad trzech gmin", THREE),
        ("CIS Serwis", "cis-serwis"),
        ("Centrum Integracji Społecznej Serwis", "cis-serwis"),
        ("Centrum Integracji Społecznej w Przykładowie", "cis-przykladow"),
        ("CIS w Przykładowie", "cis-przykladow"),
        ("CIS Przykładów", "cis-przykladow"),
        ("Social Integration Centre in Przykladow", "cis-przykladow"),
        ("Stow. Wspierania Inicjatyw Lok. i Regionalnych eMagra", ""),
        ("Stow. Wspierania Inicjatyw Lokalnych i Regionalnych eMagra", "stowarzyszenie-emagra"),
        ("Regionalny Osrodek Polityki Spolecznej w Krakowie", "rops-krakow"),
        (
            "Przykładowskie Usługi Społeczne spółka z ograniczoną odpowiedzialnością",
            "przykladowskie-uslugi-spoleczne",
        ),
        ("PRZYKLADOWSKIE USLUGI SPOLECZNE SP. Z O. O.", "przykladowskie-uslugi-spoleczne"),
        ("Przyk³adowskie Us³ugi Spo³eczne sp. z o.o.", "przykladowskie-uslugi-spoleczne"),
        ("O.S.P. Przykładowa Wola", ""),
        ("OSP Przykładowa Wola", "osp-przykladowa-wola"),
        ("Rural Women's Circle of Przykładki", "kgw-przykladki"),
    ],
)
def test_what_is_written_another_way_is_a_match(name, id_):
    assert matches(name) == ([id_] if id_ else [])


MADE_UP = """
Spółdzielnia Socjalna Serwis Plus
Spółdzielnia Socjalna SerwiS w Krakowie
Spółdzielnia Socjalna Serwis Nowy Sącz
Spółdzielnia Socjalna „Servis”
Spółdzielnia Pracy Serwis
Spółdzielnia Socjalna Przykład Dwóch Gmin
Spółdzielnia Socjalna „Przykład Gmin”
Spółdzielnia Socjalna „Przykładowa Remiza 2”
Spółdzielnia Socjalna „Przykładowa Rama”
Fundacja im. Hetmana Jana Zamoyskiego
Fundacja im. Hetmana Jana Tarnawskiego
Fundacja im. Jana Tarnowskiego
Fundacja Hetmana Tarnowskiego
Stowarzyszenie im. Hetmana Jana Tarnowskiego
Stowarzyszenie Wspierania Inicjatyw Lokalnych i Regionalnych
Stowarzyszenie Wspierania Inicjatyw Lokalnych eMagra
Stowarzyszenie „Przykładowa Sieć”
Stowarzyszenie „Przykładowska Szansa”
Fundacja „Przykładowa Pomoc”
Stowarzyszenie „Przykładna Pomoc”
Klub Integracji Społecznej „Przykładowa Moc”
Regionalny Ośrodek Polityki Społecznej w Warszawie
Regionalny Ośrodek Polityki Społecznej w Rzeszowie
ROPS Kraśnik
Regionalny Ośrodek Polityki Społecznej
Centrum Integracji Społecznej
CIS Servis
CIS Tarnów
CIS w Przykładkach
CIS w Przykładowej Woli
Klub Integracji Społecznej w Przykładowie
KIS Przykładowo
KIS Przykładów
Gminny Ośrodek Pomocy Społecznej w Przykładkach
GOPS Przykładowa Wola
MOPS Przykładowice
Miejski Ośrodek Pomocy Społecznej w Przykładowicach
Gmina Przykładowo
Gmina Przykładowie
Gmina Przykładówka
Gmina Przykładek
Gmina Przykładowa Górka
Gmina Wola Przykładowa
Gmina Wiejska Przykładów
Powiat Przykładowicki
Województwo Przykładowickie
Wojewoda Przykładowicki
Wojewódzki Urząd Pracy w Przykładowie
Ochotnicza Straż Pożarna w Przykładowie
OSP Przykładowa Wólka
OSP Przykładowawola
S. Socjalna Serwis
Stowarzyszenie dla Przykładowej Pomocy
Stowarzyszenie „Dla Przykładowa Pomoc”
OSP Nowa Wola
Koło Gospodyń Wiejskich w Przykładowicach
Koło Gospodyń Wiejskich „Przykładanki”
KGW Przykładów
Parafia w Przykładowicach
Parafia w Przykładach
Parafia pw. św. Jana w Przykładowie
Dom Pomocy Społecznej w Przykładowicach
DPS Przykładki
Zakład Aktywności Zawodowej w Przykładkach
ZAZ Przykładowice
Warsztat Terapii Zajęciowej w Przykładowicach
WTZ „Przykład”
Przykładowska Fundacja Osób Starszych
Przykładowa Fundacja Osób z Niepełnosprawnościami
Przykładowskie Usługi Komunalne sp. z o.o.
Przykładowskie Usługi Społeczne S.A.
Przykładowickie Usługi Społeczne sp. z o.o.
Przykładowicki Ośrodek Wsparcia Ekonomii Społecznej
OWES Przykładowice
warsztat kulinarny
Warsztat stolarski
""".strip().splitlines()


@pytest.mark.parametrize("name", MADE_UP)
def test_what_is_only_like_a_name_of_the_data_is_no_match(name):
    assert matches(name) == []


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_of_a_hundred_misspelt_names_the_right_one_comes_first_and_no_wrong_one_is_a_match(seed):
    names = [(str(record.id), str(record.name)) for record in organisations()]
    wrong, missed = [], []
    for id_, name in misspellings(names, 100, seed):
        found = ask(name)
        if not found or found[0]["id"] != id_:
            missed.append((name, id_))
        wrong += [(name, other) for other in matches(name) if other != id_]
    assert not wrong
    assert len(missed) <= 5, missed


def test_an_organisation_that_is_not_in_the_data_is_never_a_match():
    records, wrong = list(examples()), []
    generator = seeded(4)
    for record in organisations():
        rest = Dataset([other for other in records if other.id != record.id])
        service = Reconciler(rest, SETTINGS)
        names = dict.fromkeys((*record.name.values(), *sum(record.alternate_name.values(), ())))
        for name in names:
            asked = (name, *(misspelt(generator, name) for _ in range(4)))
            wrong += [(q, id_) for q in asked for id_ in matches(q, service)]
    assert not wrong


TOWNS = [
    "Wieluń",
    "Wieleń",
    "Starogard",
    "Stargard",
    "Żory",
    "Żary",
    "Tarnów",
    "Tarnowo",
    "Tarnowiec",
    "Bolesławiec",
    "Bolesławice",
    "Chełm",
    "Chełmno",
    "Chełmek",
    "Lipno",
    "Lipsko",
    "Lipnica",
    "Olsztyn",
    "Wolsztyn",
    "Olsztynek",
    "Ostrów",
    "Ostrowo",
    "Brzeg",
    "Brzesko",
    "Radom",
    "Radomsko",
    "Świdnica",
    "Świdnik",
    "Świdwin",
    "Gostyń",
    "Gostynin",
    "Karsin",
    "Krasin",
]
KINDS = (
    "Gmina",
    "Klub Integracji Społecznej",
    "Ochotnicza Straż Pożarna",
    "Spółdzielnia Socjalna „Nowa Droga”",
)


@pytest.mark.parametrize("kind", KINDS)
def test_a_town_that_is_like_another_one_is_no_match(kind):
    known = [Association(id=f"a-{i}", name=f"{kind} {town}") for i, town in enumerate(TOWNS[::2])]
    service = Reconciler(Dataset(known), SETTINGS)
    generator = seeded(5)
    for town in TOWNS[1::2]:
        for name in (f"{kind} {town}", *(misspelt(generator, f"{kind} {town}") for _ in range(8))):
            assert matches(name, service) == [], name
    for record in known:
        assert matches(str(record.name).upper(), service) == [record.id]


def test_namesakes_are_no_matches_until_something_tells_them_apart():
    records = [
        Foundation(
            id=f"f-{i}", name="Fundacja „Nowa Droga”", address=Address(address_locality=town)
        )
        for i, town in enumerate(("Krosno", "Sanok"))
    ]
    service = Reconciler(Dataset(records), SETTINGS)
    assert [found["score"] for found in ask("Fundacja Nowa Droga", service)] == [100, 100]
    assert matches("Fundacja Nowa Droga", service) == []
    assert matches("Fundacja Nowa Droga Sanok", service) == ["f-1"]
    town = [{"pid": "town", "v": "SANOK"}]
    assert matches("Fundacja Nowa Droga", service, properties=town) == ["f-1"]


def test_the_words_of_the_legal_form_say_less_than_the_others():
    scores = {found["id"]: found["score"] for found in ask("Serwis")}
    assert next(iter(scores)) == SERWIS
    common = {found["id"]: found["score"] for found in ask("Spółdzielnia Socjalna")}
    assert common.get(SERWIS, 0) < scores[SERWIS]


def test_scores_are_explained_by_features():
    found = ask("Spoldzielnia Serwis", type="SocialCooperative")[0]
    features = {feature["id"]: feature["value"] for feature in found["features"]}
    assert features.keys() == {"name_words", "name_letters", "type"}
    assert features["type"] is True
    assert 0 < features["name_words"] < 100
    assert 0 < found["score"] < 100


@pytest.mark.parametrize("name", ["", " ", "„”", "\x00", "…", "\ud800", "a" * LONGEST, "ℵ ∞ 漢字"])
def test_what_is_no_name_has_no_match(name):
    assert matches(name) == []


# Numbers, ids, properties, types


@pytest.mark.parametrize(
    "text",
    [
        "9999999999",
        "NIP 999-999-99-99",
        "PL9999999999",
        "999 999 99 99",
        "KRS: 0009999901",
        "krs 9999901",
        "9999901",
        "REGON 999999984",
        "99999998400000",
        "Spółdzielnia Socjalna Przykład Trzech Gmin (KRS 0009999901)",
        "Przykład Trzech Gmin, spółdzielnia socjalna, NIP 999 999 99 99",
        THREE,
        BASE + THREE,
    ],
)
def test_who_is_meant_by_a_number_or_an_address_is_a_match(text):
    assert matches(text) == [THREE]


@pytest.mark.parametrize("text", ["9999999998", "KRS 1", "0000000000", "17", "2018", "NIP"])
def test_other_numbers_are_no_matches(text):
    assert matches(text) == []


@pytest.mark.parametrize("v", ["999-999-99-99", 9999999999, "PL 9999999999", ["1", "9999999999"]])
def test_a_number_in_a_property_makes_a_match(v):
    nip = [{"pid": "nip", "v": v}]
    assert matches("Przykład Trzech Gmin", properties=nip) == [THREE]
    answer = reconciler().query({"q": {"properties": nip}})
    assert [found["match"] for found in answer["q"]["result"]] == [True]


def test_a_number_of_another_organisation_lowers_a_candidate():
    name = "Spółdzielnia Socjalna Przykład Trzech Gmin"
    [plain, *_] = ask(name)
    [found, *_] = ask(name, properties=[{"pid": "nip", "v": "5260250274"}])
    assert found["id"] == THREE
    assert found["score"] < plain["score"] - 30
    assert not found["match"]


def test_the_number_of_the_operator_makes_no_unit_of_it():
    numbered = SocialCooperative(
        id="zrodlo", name="Spółdzielnia Socjalna „Źródło”", nip="9999999999"
    )
    service = Reconciler(Dataset([numbered]), SETTINGS)
    nip = [{"pid": "nip", "v": "9999999999"}]
    assert matches("CIS Źródło", service, properties=nip) == []
    assert ask("CIS Źródło", service, properties=nip)[0]["id"] == "zrodlo"
    assert matches("Zrodlo", service, properties=nip) == ["zrodlo"]


@pytest.mark.parametrize(
    ("pid", "fits", "differs"),
    [
        ("town", "TARNOW", "Kraków"),
        ("address.addressLocality", "Tarnów", "Tarnowo"),
        ("kind", "przedsiębiorstwo społeczne", "NGO"),
        ("legalForm", "", "fundacja"),
    ],
)
def test_properties_support_or_contradict(pid, fits, differs):
    name = "Spółdzielnia Socjalna SerwiS"
    values = {v for kind, v in properties()[pid].values(examples()[SERWIS])}
    if fits and values:
        assert matches(name, properties=[{"pid": pid, "v": fits}]) == [SERWIS]
    if values:
        found = ask(name, properties=[{"pid": pid, "v": differs}])
        assert found[0]["id"] == SERWIS
        assert found[0]["score"] < 100
        assert not found[0]["match"]
    unknown = ask(name, properties=[{"pid": "dissolutionDate", "v": "2020"}])
    assert unknown[0]["match"]


@pytest.mark.parametrize(
    "v", [SERWIS, BASE + SERWIS, {"id": SERWIS}, "SPOLDZIELNIA SOCJALNA SERWIS", "SS Serwis"]
)
def test_entities_are_given_by_id_address_or_name(v):
    found = ask("CIS Serwis", properties=[{"pid": "operator", "v": v}])
    assert found[0]["match"]
    assert {"id": "operator", "value": 100.0} in found[0]["features"]
    other = ask("CIS Serwis", properties=[{"pid": "operator", "v": "Fundacja Inna"}])
    assert not other[0]["match"]


@pytest.mark.parametrize(
    "v", ["2018", "2018-06", "2018-06-19", "2018-06-19T00:00:00Z", 2018, 2018.0]
)
def test_dates_agree_as_far_as_both_are_precise(v):
    name = str(examples()["wizyta-studyjna-tarnow-2018"].name)
    assert matches(name, type="Event", properties=[{"pid": "startDate", "v": v}])
    assert not matches(name, type="Event", properties=[{"pid": "startDate", "v": "2017"}])


@pytest.mark.parametrize(
    "type_", ["SocialCooperative", "Organization", "spółdzielnia socjalna", "social co-operative"]
)
def test_types_are_named_by_class_or_label(type_):
    assert matches("Spółdzielnia Socjalna Serwis", type=type_) == [SERWIS]


def test_a_type_tells_an_event_from_the_article_about_it():
    name = str(examples()["wizyta-studyjna-tarnow-2018"].name)
    assert matches(name) == []
    assert matches(name, type="Event") == ["wizyta-studyjna-tarnow-2018"]


def test_another_type_is_no_match_and_where_it_must_fit_no_candidate():
    found = ask("Spółdzielnia Socjalna Serwis", type="Foundation")
    assert found[0]["id"] == SERWIS
    assert not found[0]["match"]
    for strict in ("any", "all"):
        strictly = ask("Spółdzielnia Socjalna Serwis", type="Foundation", type_strict=strict)
        assert SERWIS not in [candidate["id"] for candidate in strictly]
    both = ask("Serwis", type=["Organization", "SocialCooperative"], type_strict="all")
    assert {candidate["type"][0]["id"] for candidate in both} == {"SocialCooperative"}


def test_candidates_have_their_types_from_the_most_specific_on():
    assert ask("CIS Serwis")[0]["type"] == [
        {"id": "SocialIntegrationCentre", "name": "centrum integracji społecznej"},
        {"id": "Unit", "name": "jednostka organizacyjna"},
    ]


def test_the_limit_is_kept_and_the_best_come_first():
    found = ask("Przykładów", limit=4)
    assert len(found) == 4
    assert [c["score"] for c in found] == sorted((c["score"] for c in found), reverse=True)
    assert len(ask("Przykładów")) == 10


def test_records_outside_the_base_are_no_entities():
    outside = Foundation(id="https://example.org/f", name="Fundacja „Daleka”")
    inside = Foundation(id="bliska", name="Fundacja „Bliska”", founders=[outside])
    service = Reconciler(Dataset([inside]), SETTINGS)
    assert ask("Fundacja Daleka", service) == []
    answer = service.extend({"ids": ["bliska"], "properties": [{"id": "founders"}]})
    assert answer["rows"]["bliska"]["founders"] == [{"str": "https://example.org/f"}]


def test_an_empty_dataset_answers():
    service = Reconciler(Dataset([]), SETTINGS)
    assert ask("Serwis", service) == []
    assert service.suggest_entity("s") == {"result": []}
    assert service.preview("x") is None
