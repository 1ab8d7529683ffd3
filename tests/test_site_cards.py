"""What is known of all records of a site: what a page asks of it is no look at all of them."""

import pytest

from es_lod.site import cards
from es_lod.site.register import Register


@pytest.fixture
def asked():
    """A register without records, and the plan of each query that it was asked."""
    register, plans = Register(), []
    register.settle()

    def rows(query, *values):
        steps = Register.rows(register, f"EXPLAIN QUERY PLAN {query}", *values)
        plans.append([step for *_, step in steps])
        return Register.rows(register, query, *values)

    register.rows = rows
    return register, plans


@pytest.mark.parametrize(
    "ask",
    [
        lambda register: cards.cards(register, "pl", place="lodz"),
        lambda register: cards.cards(register, "en", **{"class": "Event"}),
        lambda register: cards.happened(register, "2018"),
        lambda register: register.links_to("serwis"),
    ],
    ids=["place", "class", "year", "links"],
)
def test_a_list_finds_its_records_by_an_index(asked, ask):
    register, plans = asked
    list(ask(register))
    (steps,) = plans
    assert any("SEARCH" in step for step in steps), steps
    assert not any(step.startswith("SCAN") for step in steps), steps


def test_the_towns_are_counted_in_the_order_of_an_index(asked):
    register, plans = asked
    list(cards.places(register))
    assert plans == [["SCAN record USING COVERING INDEX record_place"]]
