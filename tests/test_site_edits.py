"""Whatever is edited from edition to edition: what is kept is what would be written again."""

import json
import random
import subprocess
import sys
from dataclasses import replace

import pytest
from conftest import ROOT

from es_lod import Dataset
from es_lod.report import Report
from es_lod.site import build as building
from es_lod.site.build import build
from es_lod.site.edition import Edition
from es_lod.site.settings import read_settings

NAMES = ["Żółw", "<b>&\"'", "Źródło -->", {"pl": "Łódź", "en": "Boat"}, {"en": "In English"}]
TOWNS = ["Tarnów", "TARNÓW", "Łódź", "Lodz", "日本", "--"]
OTHERS = {"Foundation": "Association", "Association": "Foundation"}
STEPS = 14


class Edits:
    """The records of some cases, and what may happen to them between two editions."""

    def __init__(self, records, seed):
        self.records = records
        self.random = random.Random(seed)  # noqa: S311  # nothing here is secret
        self.removed = []

    def any(self):
        """Do something to some record, and say what."""
        edits = (self.name, self.type, self.town, self.refer, self.rename, self.order, self.remove)
        edit = self.random.choice(edits)
        edit(self.random.choice(self.records))
        return edit.__name__

    def name(self, record):
        key = "headline" if "headline" in record else "name"
        record[key] = self.random.choice(NAMES)

    def type(self, record):
        record["type"] = OTHERS.get(record["type"], record["type"])

    def town(self, record):
        for place in (record, record.get("location", {})):
            if "address" in place:
                place["address"]["addressLocality"] = self.random.choice(TOWNS)

    def refer(self, record):
        """Another founder or organiser, or one fewer."""
        founders = [r["id"] for r in self.records if r["type"] in OTHERS]
        for key in {"founders", "organizer"} & record.keys():
            record[key] = self.random.sample(founders, self.random.randint(1, 3))

    def rename(self, record):
        new = self.random.choice([f"{record['id']}-2", "a", "index", "z" * 80])
        if new not in {r["id"] for r in self.records + self.removed}:
            text = json.dumps(self.records).replace(f'"{record["id"]}"', f'"{new}"')
            self.records = json.loads(text)

    def order(self, record):
        self.records.remove(record)
        self.records.insert(self.random.randrange(len(self.records)), record)

    def remove(self, record):
        """Take a visit away, to which its article alone refers; or bring one back."""
        if self.removed and self.random.random() < 0.5:
            self.records.append(self.removed.pop())
        elif record["type"] == "Event":
            self.records.remove(record)
            self.removed.append(record)
            for other in self.records:
                if record["id"] in other.get("about", ()):
                    other["about"].remove(record["id"])


@pytest.fixture
def records(tmp_path):
    """The records of three cases, without the article that brings all of one together."""
    path = tmp_path / "cases.jsonl"
    subprocess.run([sys.executable, ROOT / "benchmarks" / "cases.py", "3", path], check=True)
    found = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [{key: value for key, value in record.items() if key != "source"} for record in found]


@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_kept_would_be_written_again(records, tmp_path, monkeypatch, seed):
    monkeypatch.setattr(building, "ROOMS", ())
    site, edits, done = tmp_path / "site", Edits(records, seed), []
    settings = read_settings(ROOT / "examples" / "site.yaml")

    def publish():
        path = tmp_path / "records.jsonl"
        path.write_text("\n".join(map(json.dumps, edits.records)), encoding="utf-8")
        dataset = Dataset.load(path, base=settings.base)
        assert len(dataset) == len(edits.records)
        return build(Edition(dataset, settings, Report([])), site)

    publish()
    for _ in range(STEPS):
        done.append([edits.any() for _ in range(3)])
        settings = replace(settings, spread=edits.random.random() < 0.5)
        publish()
        forget(site)
        assert publish().changed == 1, done  # EDITION.json


def forget(site):
    """Take out of a state what pages showed."""
    state = site / "EDITION.json"
    tree = json.loads(state.read_bytes())
    for known in tree["records"].values():
        known[1] = "00"
    state.write_text(json.dumps(tree), encoding="utf-8")
