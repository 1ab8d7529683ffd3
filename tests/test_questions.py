"""The questions of the field, over small data, on two engines: what single queries mean."""

import random

import networkx
import pytest
from test_queries import ENGINES, Ask, columns

import es_lod
from es_lod import Association, Dataset

ES = "https://w3id.org/es-lod/ns#"
FIELD = """
records:
  - {type: LocalGovernment, id: p, name: Powiat, address: {terc: "1299"}}
  - {type: LocalGovernment, id: q, name: Zmieniona nazwa powiatu, address: {terc: "1299"}}
  - {type: Association, id: a, name: A, foundingDate: 2014, address: {terc: "1299011"}}
  - {type: Association, id: b, name: B, foundingDate: 2016-02-29, address: {terc: "12"}}
  - {type: Association, id: c, name: C, foundingDate: 2020}
  - {type: SocialIntegrationCentre, id: u, name: U, operator: a, operatedSince: 2014}
  - type: SocialIntegrationCentre
    id: v
    name: V
    operator: a
    operatedSince: 2014-07
    operatedUntil: 2019
    statuses: [{status: cis-status, validFrom: 2014-08-01, validUntil: 2019-07-31}]
  - {type: SocialIntegrationClub, id: w, name: W, operator: a}
  - type: SocialIntegrationClub
    id: x
    name: X
    operator: b
    operatedSince: 2017-02-28
    address: {terc: "1461"}
  - {type: SocialIntegrationClub, id: y, name: Y, operator: c, operatedSince: 2018-01-01}
"""


@pytest.fixture(scope="module", params=ENGINES)
def ask(request) -> Ask:
    dataset = es_lod.loads(FIELD)
    assert dataset.problems == ()
    return ENGINES[request.param](dataset)


def shown(ask: Ask, query: str, wanted: str, **parameters: str) -> list[tuple[str | None, ...]]:
    """The wanted columns, each IRI by its last word."""
    at = [columns(query).index(name) for name in wanted.split()]
    rows = ask(query, **parameters)
    return [
        tuple(term and term.value.replace("#", "/").rpartition("/")[2] for term in row)
        for row in ([row[i] for i in at] for row in rows)
    ]


CIS, KIS = "SocialIntegrationCentre", "SocialIntegrationClub"


@pytest.mark.parametrize(
    ("parameters", "rows"),
    [
        (
            {},
            [
                (None, None, KIS, "1", "0"),
                ("1299", "Powiat", CIS, "2", "2"),
                ("1299", "Powiat", KIS, "1", "1"),
                ("1461", None, KIS, "1", "0"),
            ],
        ),
        ({"date": "2013"}, [("1299", "Powiat", KIS, "1", "1")]),  # since when, nobody knows
        (
            {"date": "2020-01-01"},
            [
                (None, None, KIS, "1", "0"),
                ("1299", "Powiat", CIS, "1", "1"),
                ("1299", "Powiat", KIS, "1", "1"),
                ("1461", None, KIS, "1", "0"),
            ],
        ),
    ],
)
def test_units_are_counted_by_powiat_and_kind_and_once_for_two_names(ask, parameters, rows):
    wanted = "powiat powiatName kind units placedByOperator"
    assert shown(ask, "centres", wanted, **parameters) == rows


def test_years_to_the_first_unit_are_bounds_where_dates_are_coarse(ask):
    wanted = "operator unit yearsAtLeast yearsAtMost undated"
    assert shown(ask, "first-centres", wanted) == [
        ("a", "u", "0", "0", "true"),  # 2014 and July 2014: either may be the first
        ("a", "v", "0", "0", "true"),
        ("b", "x", "0", "0", "false"),  # a year less a day
        ("c", "y", "-3", "-2", "false"),  # taken over from another, or an error
    ]


def test_the_first_unit_is_looked_for_within_one_kind(ask):
    found = shown(ask, "first-centres", "operator unit undated", type=f"{ES}{KIS}")
    assert found == [("b", "x", "false"), ("c", "y", "false")]


BOUNDS = {
    ("2014-12-31", "2015-01-01"): ("0", "0"),
    ("2014-03-15", "2016-03-15"): ("2", "2"),
    ("2014-03-15", "2016-03-14"): ("1", "1"),
    ("2014", "2015"): ("0", "1"),
    ("2004-11", "2006"): ("1", "2"),
    ("2004-11", "2006-11"): ("1", "2"),
    ("2004-11", "2006-12-01"): ("2", "2"),
    ("2014", "2014-02"): ("0", "0"),
    ("1998", "2014"): ("15", "16"),
}


@pytest.mark.parametrize("engine", ENGINES)
def test_full_years_between_dates_of_any_precision(engine):
    dataset = Dataset(
        es_lod.SocialIntegrationCentre(
            id=f"unit-{founded}-{since}",
            name="U",
            operator=Association(id=f"{founded}-{since}", name="A", founding_date=founded),
            operated_since=since,
        )
        for founded, since in BOUNDS
    )
    wanted = "foundingDate operatedSince yearsAtLeast yearsAtMost"
    found = shown(ENGINES[engine](dataset), "first-centres", wanted)
    assert {row[:2]: row[2:] for row in found} == BOUNDS


@pytest.mark.parametrize(
    ("date", "rows"),
    [
        (None, [(CIS, "2", "2", "1"), (KIS, "3", "2", "0"), ("Association", "3", "3", "0")]),
        (
            "2015-06-01",
            [(CIS, "2", "2", "1"), (KIS, "1", "0", "0"), ("Association", "1", "1", "0")],
        ),
        ("2019-12", [(CIS, "2", "2", "0"), (KIS, "3", "2", "0"), ("Association", "2", "2", "0")]),
        ("2020", [(CIS, "1", "1", "0"), (KIS, "3", "2", "0"), ("Association", "3", "3", "0")]),
    ],
)
def test_the_state_of_the_field_at_a_date_tells_what_has_no_date(ask, date, rows):
    parameters = {"date": date} if date else {}
    found = shown(ask, "state", "kind existing dated withStatus", **parameters)
    assert [row for row in found if row[0] != "LocalGovernment"] == rows


VISITS = """
records:
  - {type: PublicBody, id: rops, name: ROPS}
  - {type: SocialCooperative, id: s, name: Spółdzielnia}
  - {type: Unit, id: u, name: Jednostka, operator: s}
  - type: Event
    id: a
    name: A
    eventType: study-visit
    startDate: 2024
    organizer: [rops, s]
    visited: [s, u]
  - type: Event
    id: b
    name: B
    eventType: study-visit
    startDate: 2023
    eventStatus: cancelled
    organizer: rops
    visited: u
  - {type: Event, id: c, name: C, eventType: forum, startDate: 2022, organizer: rops, visited: rops}
  - type: Event
    id: d
    name: D
    eventType: forum
    startDate: 2021
    organizer: rops
    host: rops
    visited: s
"""


@pytest.mark.parametrize("engine", ENGINES)
def test_who_receives_guests_at_home_visits_nobody(engine):
    dataset = es_lod.loads(VISITS)
    assert dataset.problems == ()
    found = shown(ENGINES[engine](dataset), "visitors", "visitor visited event")
    assert found == [("rops", "u", "a"), ("rops", "s", "a")]


def foundings(seed: int) -> Dataset:
    """Associations that found one another at random."""
    chance = random.Random(seed)  # noqa: S311  # the same one in each run
    names = [f"a{number}" for number in range(14)]
    return Dataset(
        Association(
            id=name, name=name, founders=chance.sample(names, chance.choice([0, 0, 1, 2, 3]))
        )
        for name in names
    )


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("engine", ENGINES)
def test_components_are_those_that_networkx_finds_in_the_pairs(engine, seed):
    ask = ENGINES[engine](foundings(seed))
    network = networkx.Graph(shown(ask, "co-founders", "first second"))
    expected = {
        (min(members), str(len(members)), member)
        for members in networkx.connected_components(network)
        for member in members
    }
    found = shown(ask, "components", "component members organization")
    assert len(found) == len(set(found))
    assert set(found) == expected != set()
