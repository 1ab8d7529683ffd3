"""Cases to measure with, as JSON Lines: each a social co-operative with all that belongs to it.

A case is nine records: a social co-operative, its two founders, the social integration centre (CIS)
that it operates with three workshops, a study visit, and the article that tells of it. All names
are made up, and the same number and seed give the same bytes.

    python benchmarks/cases.py 20000 cases.jsonl
"""
# ruff: noqa: S311  # nothing here is secret

import argparse
import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

TOWNS = ("Tarnów", "Kraków", "Łódź", "Żory", "Gdańsk", "Białystok", "Świdnica", "Nowy Sącz")
VILLAGES = 200
WORKSHOPS = (
    ("construction", "Warsztat budowlany", "Construction workshop"),
    ("artistic-handicraft", "Warsztat rękodzieła", "Handicraft workshop"),
    ("culinary", "Warsztat kulinarny", "Culinary workshop"),
)
Tree = dict[str, Any]


def cases(number: int, seed: int = 1) -> Iterator[Tree]:
    """The records of a number of cases."""
    random_ = random.Random(seed)
    for i in range(number):
        yield from case(i, random_)


def case(i: int, random_: random.Random) -> Iterator[Tree]:
    """The records of one case."""
    town = random_.choice((*TOWNS, *(f"Miejscowość Górna {n}" for n in range(VILLAGES))))
    year = random_.randint(2005, 2024)
    day = f"{year}-{random_.randint(1, 12):02}-{random_.randint(1, 28):02}"
    place = {"addressLocality": town, "addressCountry": "PL"}
    article, coop, visit = f"artykul-{i}", f"spoldzielnia-{i}", f"wizyta-{i}"
    founders = [f"fundacja-{i}", f"stowarzyszenie-{i}"]
    source = {"source": [article]}
    yield {
        "id": article,
        "type": "Article",
        "headline": {"pl": f"Wizyta nr {i} w „Źródle”", "en": f"Visit no. {i} at “Źródło”"},
        "articleType": "report",
        "inLanguage": "pl",
        "datePublished": day,
        "publisher": founders[0],
        "about": [visit, coop],
    }
    ngo = {"kind": ["non-governmental-organisation"], **source}
    yield {"id": founders[0], "type": "Foundation", "name": f"Fundacja „Pomocna Dłoń {i}”", **ngo}
    yield {"id": founders[1], "type": "Association", "name": f"Stowarzyszenie Łączy Nas {i}", **ngo}
    yield {
        "id": coop,
        "type": "SocialCooperative",
        "name": {"pl": f"Spółdzielnia Socjalna „Źródło {i}”", "en": f"Co-operative “Source {i}”"},
        "alternateName": [f"SS Źródło {i}"],
        "krs": f"{9_000_000 + i:010}",
        "nip": nip(random_),
        "regon": regon(random_),
        "foundingDate": str(year),
        "kind": ["social-economy-entity"],
        "legalForm": "social-cooperative-of-legal-persons",
        "address": {"streetAddress": f"ul. Szkolna {i}", "postalCode": "30-070", **place},
        "contactPoint": [{"email": f"biuro{i}@example.org"}],
        "founders": founders,
        **source,
    }
    workshops = {f"warsztat-{i}-{n}": kind for n, kind in enumerate(WORKSHOPS)}
    yield {
        "id": f"cis-{i}",
        "type": "SocialIntegrationCentre",
        "name": f"CIS Źródło {i}",
        "kind": ["social-integration-centre"],
        "operator": coop,
        "operatedSince": str(year + 1),
        "workshops": list(workshops),
        "address": place,
        **source,
    }
    for id_, (kind, pl, en) in workshops.items():
        name = {"pl": f"{pl} {i}", "en": f"{en} {i}"}
        yield {"id": id_, "type": "Workshop", "name": name, "workshopType": [kind], **source}
    yield {
        "id": visit,
        "type": "Event",
        "name": {"pl": f"Wizyta studyjna {i}: {town}", "en": f"Study visit {i}: {town}"},
        "startDate": day,
        "location": {"address": place},
        "eventType": "study-visit",
        "organizer": [founders[0]],
        "agenda": [{"name": "Dyskusja o reintegracji"}, {"name": "Zwiedzanie warsztatów"}],
        **source,
    }


def nip(random_: random.Random) -> str:
    """A tax number whose check digit is right."""
    while True:
        digits = [random_.randint(1, 9), *(random_.randint(0, 9) for _ in range(8))]
        if (check := _check(digits, (6, 5, 7, 2, 3, 4, 5, 6, 7))) < 10:
            return "".join(map(str, [*digits, check]))


def regon(random_: random.Random) -> str:
    """A number of the business register whose check digit is right."""
    digits = [random_.randint(1, 9), *(random_.randint(0, 9) for _ in range(7))]
    return "".join(map(str, [*digits, _check(digits, (8, 9, 2, 3, 4, 5, 6, 7)) % 10]))


def _check(digits: Iterable[int], weights: Iterable[int]) -> int:
    return sum(d * w for d, w in zip(digits, weights, strict=True)) % 11


def write(number: int, path: Path, seed: int = 1) -> None:
    """Write the records of a number of cases as JSON Lines."""
    with path.open("w", encoding="utf-8") as out:
        for record in cases(number, seed):
            out.write(json.dumps(record, ensure_ascii=False) + "\n")


def main() -> None:
    """Write what the command line asks for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("number", type=int, help="of cases, each nine records")
    parser.add_argument("path", type=Path, help="a file .jsonl")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    write(asked.number, asked.path, asked.seed)


if __name__ == "__main__":
    main()
