"""A package outside the tree adds a class and a field through the entry point."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

MODULE = '''
"""Food banks, as another region publishes them."""

from pathlib import Path
from typing import Annotated

from es_lod.model import Organization
from es_lod.model.types import Count
from es_lod.namespaces import Namespace

REGION = Namespace("region", "https://region.test/ns#")
ONTOLOGY = Path(__file__).parent / "ontology"
SHAPES = Path(__file__).parent / "shapes"


class FoodBank(Organization, types=(REGION.FoodBank,)):
    """An organisation that gives food away."""

    meals_served: Annotated[Count | None, REGION.mealsServed] = None
'''
ONTOLOGY = """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix region: <https://region.test/ns#> .
region:FoodBank a owl:Class ; rdfs:label "bank żywności"@pl , "food bank"@en ;
    rdfs:subClassOf org:Organization .
region:mealsServed a owl:DatatypeProperty ; rdfs:label "wydane posiłki"@pl , "meals served"@en .
"""
SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix shapes: <https://w3id.org/es-lod/shapes#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix region: <https://region.test/ns#> .
shapes:FoodBank a sh:NodeShape ; sh:targetClass region:FoodBank ;
    sh:property shapes:FoodBank-mealsServed .
shapes:FoodBank-mealsServed a sh:PropertyShape ; sh:path region:mealsServed ;
    sh:name "wydane posiłki"@pl , "meals served"@en ;
    sh:datatype xsd:integer ; sh:maxCount 1 ; sh:severity sh:Violation ;
    sh:message "Podaj jedną liczbę posiłków."@pl , "Give one number of meals."@en .
"""
RECORDS = """
records:
  - {type: FoodBank, id: bank, name: Bank Żywności, mealsServed: 1200, operates: []}
"""
SCRIPT = """
import sys
import es_lod
from es_lod.context import context
from es_lod.jsonschema import json_schema
from es_lod.labels import class_label
from es_lod.model import find

folder = sys.argv[1]
dataset = es_lod.load(f"{folder}/records.yaml")
assert dataset.validate().conforms, dataset.validate().to_text()
(bank,) = dataset
assert bank.meals_served == 1200 and type(bank) is find("FoodBank")
for suffix in ("ttl", "jsonld", "rdf"):
    dataset.save(f"{folder}/out.{suffix}")
    assert es_lod.load(f"{folder}/out.{suffix}") == dataset, suffix
assert "region:mealsServed 1200" in dataset.dumps("ttl")
assert context()["FoodBank"]["@context"]["mealsServed"] == "region:mealsServed"
assert "mealsServed" in json_schema()["$defs"]["FoodBank"]["properties"]
assert class_label(type(bank), "pl") == "bank żywności"
wrong = dataset.dumps("ttl").replace("1200", "1200, 1300")
(problem,) = es_lod.loads(wrong, "ttl").validate()
assert (problem.code, problem.field) == ("not-one-value", "mealsServed")
print("extended")
"""


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A folder for `sys.path` with the package and its metadata, as an installer leaves them."""
    package = tmp_path / "es_lod_region"
    for name, text in (("ontology", ONTOLOGY), ("shapes", SHAPES)):
        (package / name).mkdir(parents=True)
        (package / name / "region.ttl").write_text(text, encoding="utf-8")
    (package / "__init__.py").write_text(MODULE, encoding="utf-8")
    info = tmp_path / "es_lod_region-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: es-lod-region\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[es_lod.extensions]\nregion = es_lod_region\n")
    (tmp_path / "records.yaml").write_text(RECORDS, encoding="utf-8")
    return tmp_path


def test_a_package_outside_the_tree_adds_a_class_and_a_field(installed):
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys; sys.path.insert(0, {str(installed)!r})\n{SCRIPT}",
            str(installed),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "extended\n"), done.stderr


def test_without_the_package_its_class_is_unknown(installed):
    command = [sys.executable, "-m", "es_lod.cli", "validate", str(installed / "records.yaml")]
    done = subprocess.run(
        [*command, "--report", "json"], capture_output=True, text=True, check=False
    )
    assert [problem["code"] for problem in json.loads(done.stdout)] == ["unknown-type"]
