"""Publishing from Python: the bytes of the command, and the same refusals."""

import pytest
from conftest import ROOT

import es_lod
from es_lod import Dataset, Foundation, InputError, InvalidData

SETTINGS = ROOT / "examples" / "site.yaml"
KALINA = Foundation(id="fundacja-kalina", name="Fundacja Kalina")


def contents(folder):
    return {
        path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_python_writes_the_bytes_of_the_command(examples_site, tmp_path):
    built = es_lod.publish(es_lod.load(ROOT / "examples"), SETTINGS, tmp_path / "site")
    assert contents(tmp_path / "site") == contents(examples_site)
    assert built.files == built.changed == len(contents(examples_site))


def test_a_removed_record_is_remembered_on_the_day_that_is_given(tmp_path):
    site = tmp_path / "site"
    es_lod.publish(Dataset([KALINA]), SETTINGS, site)
    built = es_lod.publish(Dataset(), SETTINGS, site, date="2027-01-31")
    assert built.records == 0
    page = (site / "doc" / "fundacja-kalina.html").read_text(encoding="utf-8")
    assert "31\xa0stycznia 2027\xa0r." in page


@pytest.mark.parametrize(
    ("dataset", "error", "code"),
    [
        (Dataset.loads("records: [{type: Foundation, id: x}]"), InvalidData, "missing"),
        (Dataset([KALINA], base="https://other.example/id/"), InputError, "invalid-value"),
        (Dataset.read(["missing.yaml"]), InputError, "file-not-found"),
    ],
)
def test_what_is_not_right_is_not_published(tmp_path, dataset, error, code):
    with pytest.raises(error) as raised:
        es_lod.publish(dataset, SETTINGS, tmp_path / "site")
    assert [problem.code for problem in raised.value.problems] == [code]
    assert list(tmp_path.iterdir()) == []


def test_a_day_that_is_none_is_refused(tmp_path):
    with pytest.raises(InputError, match="a day, such as 2018-06-19"):
        es_lod.publish(Dataset([KALINA]), SETTINGS, tmp_path / "site", date="2027-01")
