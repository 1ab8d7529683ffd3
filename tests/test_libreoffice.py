"""The template, filled in and saved by LibreOffice, is read without loss."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

import es_lod
from es_lod.model import Event, Foundation, SocialCooperative, SocialIntegrationCentre
from es_lod.templates import template
from es_lod.templates.sheets import sheets

SCRIPT = Path(__file__).with_name("libreoffice_fill.py")
PYTHON = "/usr/bin/python3"
"""Debian's, which has `uno`: that of the virtual environment has not."""

TYPED = {
    "organizacja": [
        {
            "id": "spoldzielnia-laka",
            "type": "Spółdzielnia socjalna",
            "name": 'Spółdzielnia Socjalna "Łąka"',
            "krs": "0009999901",
            "nip": "9999999999",
            "address.streetAddress": "1/2",
            "address.postalCode": "30-070",
            "address.addressLocality": "Kraków",
            "contactPoint.telephone": "+48120000001",
            "legalForm": "spółdzielnia socjalna osób fizycznych",
            "kind": "podmiot ekonomii społecznej; przedsiębiorstwo społeczne",
            "foundingDate": "2014",
            "founders": "fundacja-laka; Gmina; Miasto; Wieś",
            "description": "Wiersz pierwszy.\nWiersz drugi: „cytat”; średnik = zwykły.",
        },
        {"id": "fundacja-laka", "type": "fundacja", "name": "Fundacja Łąka", "krs": "0000000007"},
        {"id": "gmina", "type": "jednostka samorządu terytorialnego", "name": "Gmina"},
        {"id": "miasto", "type": "jednostka samorządu terytorialnego", "name": "Miasto"},
        {"id": "wies", "type": "jednostka samorządu terytorialnego", "name": "Wieś"},
    ],
    "jednostka organizacyjna": [
        {
            "id": "cis-laka",
            "type": "centrum integracji społecznej",
            "name": "CIS Łąka",
            "operator": "spoldzielnia-laka",
            "operatedSince": "06.2018",
            "capacity": "25",
            "address.streetAddress": "1-2",
        }
    ],
    "wydarzenie": [
        {
            "id": "wizyta",
            "name": "2014",
            "eventType": "wizyta studyjna",
            "startDate": "2018-06-19",
            "endDate": "20.06.2018",
            "visited": "cis-laka",
        }
    ],
    "usługi": [
        {
            "owner": "spoldzielnia-laka",
            "name": "=sprzątanie",
            "audience": "firmy; szkoły i oświata",
        },
        {"owner": "spoldzielnia-laka", "name": "007"},
    ],
}


def _missing() -> str | None:
    """What is missing here, if anything."""
    if shutil.which("soffice") is None:
        return "LibreOffice is not installed (Debian: libreoffice-calc-nogui)"
    found = subprocess.run([PYTHON, "-c", "import uno"], capture_output=True, check=False)
    return f"{PYTHON} has no uno (Debian: python3-uno)" if found.returncode else None


@pytest.fixture(scope="module")
def office():
    """Does a job of the script, and gives its answer."""
    missing = _missing()
    if missing is not None:
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)

    def run(**job):
        done = subprocess.run(
            [PYTHON, SCRIPT], input=json.dumps(job), text=True, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


def letters(index: int) -> str:
    """The name of a column: 0 is A."""
    return (letters(index // 26 - 1) if index > 25 else "") + chr(65 + index % 26)


def typed_cells() -> dict[str, dict[str, str]]:
    """Sheet → cell → what is typed there, below the example row."""
    cells: dict[str, dict[str, str]] = {}
    for sheet in sheets():
        title = sheet.title("pl")
        for n, row in enumerate(TYPED.get(title, []), 3):
            keys = [column.key for column in sheet.columns]
            for key, text in row.items():
                cells.setdefault(title, {})[f"{letters(keys.index(key))}{n}"] = text
    return cells


# A place that keeps no text as it is typed, to see that the typing is one; and what the lists of
# the drop-downs come to.
CONTROLS = {
    "D1": "0009999901",
    "D2": '=ROWS(ids_Organization)&"; "&INDEX(ids_Organization;2)',
    "D3": '=ROWS(ids_Organization_Unit)&"; "&INDEX(ids_Organization_Unit;6)',
    "D4": "=ROWS(ids_Programme)&INDEX(ids_Programme;1)",
    "D5": "=INDEX(ids_all;7)",
    "D6": "=INDEX(list_certainty;1)",
}


@pytest.fixture(scope="module")
def filled(office, tmp_path_factory):
    """The template as LibreOffice saved it, and what its control cells showed."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "szablon.xlsx").write_bytes(template("szablon.xlsx", "pl"))
    answer = office(
        open=str(folder / "szablon.xlsx"),
        type=typed_cells(),
        save=str(folder / "rekordy.xlsx"),
        try_out={"ustawienia": CONTROLS},
    )
    return folder / "rekordy.xlsx", answer["tried"]["ustawienia"]


@pytest.mark.slow
def test_what_libreoffice_saves_is_read_without_loss(filled):
    path, _ = filled
    assert es_lod.load(path) == es_lod.Dataset(
        [
            SocialCooperative(
                id="spoldzielnia-laka",
                name='Spółdzielnia Socjalna "Łąka"',
                krs="0009999901",
                nip="9999999999",
                address={
                    "street_address": "1/2",
                    "postal_code": "30-070",
                    "address_locality": "Kraków",
                },
                contact_point=[{"telephone": "+48120000001"}],
                legal_form="social-cooperative-of-natural-persons",
                kind=["social-economy-entity", "social-enterprise"],
                founding_date="2014",
                founders=["fundacja-laka", "gmina", "miasto", "wies"],
                description="Wiersz pierwszy.\nWiersz drugi: „cytat”; średnik = zwykły.",
                services=[
                    {"name": "=sprzątanie", "audience": ["companies", "schools"]},
                    {"name": "007"},
                ],
            ),
            Foundation(id="fundacja-laka", name="Fundacja Łąka", krs="0000000007"),
            *(
                es_lod.LocalGovernment(id=id_, name=name)
                for id_, name in (("gmina", "Gmina"), ("miasto", "Miasto"), ("wies", "Wieś"))
            ),
            SocialIntegrationCentre(
                id="cis-laka",
                name="CIS Łąka",
                operator="spoldzielnia-laka",
                operated_since="2018-06",
                capacity=25,
                address={"street_address": "1-2"},
            ),
            Event(
                id="wizyta",
                name="2014",
                event_type=["study-visit"],
                start_date="2018-06-19",
                end_date="2018-06-20",
                visited=["cis-laka"],
            ),
        ]
    )


@pytest.mark.slow
def test_the_typing_is_one(filled):
    """Where no format says that it is text, LibreOffice takes the zeros away."""
    assert filled[1]["D1"] == {"type": "VALUE", "shown": "9999901"}


@pytest.mark.slow
def test_the_drop_downs_of_references_offer_what_is_listed(filled):
    shown = {cell: found["shown"] for cell, found in filled[1].items()}
    assert shown["D2"] == "5; fundacja-laka"
    assert shown["D3"] == "6; cis-laka"
    assert shown["D4"] == "1"  # one empty cell
    assert shown["D5"] == "wizyta"
    assert shown["D6"] == "podane wprost"


@pytest.mark.slow
def test_they_do_without_a_sheet_that_was_deleted(office, tmp_path):
    (tmp_path / "szablon.xlsx").write_bytes(template("szablon.xlsx", "pl"))
    typed = typed_cells()
    answer = office(
        open=str(tmp_path / "szablon.xlsx"),
        type={sheet: typed[sheet] for sheet in ("organizacja", "wydarzenie")},
        remove=["jednostka organizacyjna", "program"],
        try_out={"ustawienia": {"D1": "=ROWS(ids_all)", "D2": "=INDEX(ids_all;6)"}},
    )
    shown = [found["shown"] for found in answer["tried"]["ustawienia"].values()]
    assert shown == ["6", "wizyta"]
