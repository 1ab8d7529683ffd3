"""The index of ids: it finds what was put in, whatever else has the same slot or hash."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from es_lod.dataset import Dataset
from es_lod.intake.ids import Ids


@given(st.lists(st.text(st.characters()), unique=True, max_size=40))
def test_each_id_leads_to_its_number(ids):
    index = Ids()
    assert [index.add(id_) for id_ in ids] == list(range(len(ids)))
    assert [list(index.at(id_)) for id_ in ids] == [[n] for n in range(len(ids))]


def test_an_index_grows():
    index = Ids()
    for n in range(5_000):
        index.add(f"id-{n}")
    assert len(index) == 5_000
    assert [list(index.at(f"id-{n}")) for n in range(5_000)] == [[n] for n in range(5_000)]
    assert not any(list(index.at(f"no-{n}")) for n in range(5_000))


@pytest.mark.parametrize("hash_", [0, -1, 2**61 - 1, -(2**63)])
def test_ids_of_one_hash_are_told_apart(hash_, monkeypatch):
    monkeypatch.setattr("es_lod.intake.ids.hash", lambda _: hash_, raising=False)
    rows = [f'{{"id": "f-{n}", "type": "Foundation", "name": "F {n}"}}\n' for n in range(400)]
    dataset = Dataset.loads("".join(rows), "jsonl")
    assert [str(dataset[f"f-{n}"].name) for n in range(400)] == [f"F {n}" for n in range(400)]
    assert "f-400" not in dataset
    assert dataset.kept.find_plain("f-400") is None
