"""Ten thousand mutations: whatever is changed in an input, only our own errors come out.

Bytes, keys, cells and triples of one small dataset are changed, the same at every run. What ends
without an error conforms or does not, and is written back where it does: exit code 0 or 1; what
ends with one of ours is exit code 2.
"""

import io
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from tables import csv_text

from es_lod import Dataset
from es_lod.errors import EsLodError
from es_lod.formats import FORMATS
from es_lod.namespaces import CONTEXT, DEFAULT_BASE
from es_lod.readers.named import Source

SEED = 20180619
NUMBER = 10_000
SHAPED = 500
"""One of so many is checked with SHACL, which is slow."""
WRITTEN = 7
"""One of so many that conform is written and read back."""

Path_ = tuple[str | int, ...]

RECORDS: list[dict[str, Any]] = [
    {
        "id": "wizyta",
        "type": "Event",
        "name": {"pl": "Wizyta studyjna", "en": "Study visit"},
        "eventType": ["study-visit"],
        "startDate": "2018-06-19",
        "participantCount": 25,
        "location": {"name": "Łąkowo", "latitude": 50.5, "address": {"postalCode": "00-000"}},
        "agenda": [{"name": "powitanie", "position": 1, "topics": ["financial-aspects"]}],
        "visited": ["cis"],
    },
    {
        "id": "pole",
        "type": "SocialCooperative",
        "name": "Spółdzielnia Socjalna „Pole”",
        "krs": "0009999901",
        "founders": ["laka"],
        "contactPoint": {"telephone": "+48120000001", "contactType": "sekretariat"},
        "operates": [
            {
                "id": "cis",
                "type": "SocialIntegrationCentre",
                "name": "CIS",
                "statuses": [{"status": "cis-status", "validFrom": "2019-03"}],
                "workshops": [{"type": "Workshop", "name": "kuchnia", "workshopType": "culinary"}],
            }
        ],
        "statements": [{"property": "founders", "value": "laka", "certainty": "inferred"}],
    },
    {"id": "laka", "type": "Foundation", "name": "Fundacja Łąka", "sameAs": ["https://a.pl/x"]},
]
ROWS: list[list[Any]] = [
    ["id", "typ", "nazwa", "name@en", "KRS", "data założenia", "założyciele", "adres: miejscowość"],
    ["laka", "fundacja", "Fundacja „Łąka”", "Meadow", "9999901", "2014", "", "Łąkowo"],
    ["pole", "spółdzielnia socjalna", "Pole; S.A.", "", "", "2014-03", "Fundacja Łąka", ""],
    ["", "stowarzyszenie", "Stowarzyszenie Las", "", "0009999902", "11.03.2014", "", "'+x"],
]
WRONG: tuple[Any, ...] = (
    *(None, "", 0, 1, -1, 2.5, True, False, [], {}, [[]], [None], [""], [{}], {"": ""}, 10**60),
    *({"pl": None}, {"pl": 5}, {"pl": []}, {"pl": [5]}, {"pl": ["a", "b"]}, {"pl": "a", "en": "b"}),
    *("x" * 3000, "a\x00b", "a\ud800b", "a\x1b[31m\u202e", "../x", "con", "#x", "x#y", "{value}"),
    *("http://e.test/x", "http://e.test/x#y", "http://e.test/a b", "urn:x", DEFAULT_BASE),
    *("2018", "2018-06", "2018-06-19", "2018-06-19T10:00:00Z", "9999-12-31", "0000", "٢٠١٨", "NaN"),
    *("cis", "laka", "kuchnia", "name", "statements", "Workshop", "Event", "fundacja", "Łąka"),
    *({"@value": "2018"}, {"@value": None}, {"@value": [1]}, {"@value": "a", "@language": 5}),
    *({"@id": "cis"}, {"@id": None}, {"@id": "#tour"}, {"id": "cis"}, {"name": "A"}),
    *({"type": "Foundation"}, {"type": "Foundation", "name": "N"}, ["Foundation", "Workshop"]),
    *("Ж" * 50, "日本語", "e\u0301", "\u00a0", "\u2028", "\ufeff", "\ufffe", "„”«»'\"`", "1e999"),
    *(1e308, -0.0, "-", "=1+1", "'=1", "@x", "\t", ";", r"\;", "a;b;c", "# x", "44051401359"),
    {"type": "Workshop", "name": "N", "workshopType": "culinary"},
    {"id": "x", "type": "Foundation", "name": "N", "operates": ["cis"]},
    {"property": "name", "value": "x", "certainty": "inferred"},
)
KEYS = (
    *("", "id", "type", "name", "operator", "operates", "address", "statements", "workshops"),
    *("krs", "regon", "partOf", "about", "sameAs", "identifiers", "subject", "@id", "zz", "\ud800"),
)
HEADERS = (
    *(*KEYS, "typ", "nazwa", "nazwa *", "nazwa@", "name@xx-", "adres", "adres: ", "adres: krs"),
    *("adres.krs", "owner", "właściciel", "klucz", "key", "value", "# x", "operuje", ".", ":", "@"),
)
SCRAPS = (
    *(b"\0", b"\xff", b"\xc3", b'"', b"'", b"<", b">", b"{", b"}", b"[", b"]", b"(", b")", b":"),
    *(b";", b",", b".", b"#", b"@", b"&a ", b"*a", b"!x ", b"|", b"- ", b"\n", b"\t", b"\r"),
    *(b"\\", b"---\n", b"...\n", b"\\u0000", b"\\ud800", b"%", b"_:x", b'"x"@pl', b"5", b"1e400"),
    *(b"null", b"<<( <http://a> <http://b> 5 )>>", b"<!ENTITY a 'b'>", b"^^xsd:date", b"9" * 50),
    *(b"\xef\xbb\xbf", b"x" * 5000, b"<![CDATA[", b"<!--", b"\xe2\x80\xa8", b"\xed\xa0\x80"),
)
BYTES = ("json", "jsonl", "jsonld", "yaml", "ttl", "nt", "nq", "trig", "rdf", "csv", "xlsx")


@cache
def good(format_: str) -> bytes:
    """The dataset in a format."""
    if format_ == "csv":
        return csv_text(ROWS).encode()
    if format_ == "xlsx":
        return workbook(ROWS)
    if format_ == "jsonl":
        return "\n".join(json.dumps(record, ensure_ascii=False) for record in RECORDS).encode()
    if format_ == "yaml":
        return YAML.encode()
    tree: dict[str, Any] = {"records": RECORDS}
    if format_ in ("json", "jsonld"):
        if format_ == "jsonld":
            tree = {"@context": CONTEXT, **tree}
        return json.dumps(tree, ensure_ascii=False).encode()
    return read("json", good("json")).dumps(format_).encode()


YAML = """\
base: https://w3id.org/es-lod/id/
records:
  - id: laka
    type: Foundation   # fundacja
    name: {pl: Fundacja „Łąka”, en: 'Meadow'}
    krs: "0009999901"
    description: >
      Dwa wiersze
      opisu.
    address: {postalCode: 00-000}
    founders:
    - las
  - {id: las, type: Association, name: Las}
"""


def workbook(rows: list[list[Any]]) -> bytes:
    """Rows as the one sheet of a workbook; numbers and truth values stay what they are."""
    found = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(found, {**options, "nan_inf_to_errors": True}) as book:
        sheet = book.add_worksheet("organizacje")
        for n, row in enumerate(rows):
            for i, cell in enumerate(row):
                if isinstance(cell, bool | float) or (isinstance(cell, int) and cell < 2**60):
                    sheet.write(n, i, cell)
                elif cell is not None:
                    sheet.write_string(n, i, writable(cell))
    return found.getvalue()


def writable(cell: Any) -> str:
    return str(cell).encode("utf-8", "replace").decode()[:30_000]


def read(format_: str, data: bytes) -> Dataset:
    return Dataset.read([Source("in", FORMATS[format_], io.BytesIO(data))])


def paths(tree: Any, path: Path_ = ()) -> Iterator[Path_]:
    """The ways to all nodes of a tree."""
    yield path
    children = tree.items() if isinstance(tree, dict) else ()
    for step, child in enumerate(tree) if isinstance(tree, list) else children:
        yield from paths(child, (*path, step))


def at(tree: Any, path: Path_) -> Any:
    for step in path:
        tree = tree[step]
    return tree


def copied(tree: Any) -> Any:
    return json.loads(json.dumps(tree))


def put(tree: Any, path: Path_, value: Any) -> Any:
    if not path:
        return value
    at(tree, path[:-1])[path[-1]] = value
    return tree


def other_tree(tree: Any, chance: random.Random) -> Any:
    """The tree with one change."""
    every = list(paths(tree))
    path = chance.choice(every)
    owner = at(tree, path[:-1]) if path else None
    match chance.randrange(10):
        case 0 if path:
            del owner[path[-1]]
        case 1 if isinstance(owner, list):
            owner.append(copied(owner[path[-1]]))
        case 2:
            return put(tree, path, copied(at(tree, chance.choice(every))))
        case 3 if isinstance(owner, dict):
            owner[chance.choice(KEYS)] = owner.pop(path[-1])
        case 4 if isinstance(at(tree, path), dict):
            at(tree, path)[chance.choice(KEYS)] = copied(chance.choice(WRONG))
        case 5 if path:
            return put(tree, path, [at(tree, path)])
        case _:
            return put(tree, path, copied(chance.choice(WRONG)))
    return tree


def other_bytes(data: bytes, chance: random.Random) -> bytes:
    """The bytes with one change."""
    start = chance.randrange(len(data) or 1)
    end = start + chance.choice((1, 2, 5, 20, 200))
    match chance.randrange(7):
        case 0:
            return data[:start] + data[end:]
        case 1:
            return data[:end] + data[start:]
        case 2:
            return data[:start] + bytes([chance.randrange(256)]) + data[start + 1 :]
        case 3 if chance.random() < 0.3:
            return data[:start]
        case 4:
            lines = data.splitlines(keepends=True) or [b""]
            n, other = chance.randrange(len(lines)), chance.choice(lines)
            return b"".join([*lines[:n], other, *lines[n + chance.randrange(2) :]])
    return data[:start] + chance.choice(SCRAPS) + data[start:]


def other_triples(lines: list[str], chance: random.Random) -> list[str]:
    """N-Triples with one subject, predicate or object taken from elsewhere."""
    more = ["_:x", '"x"', '"x"@en', '"5"^^<http://www.w3.org/2001/XMLSchema#integer>']
    more.append(f"<{DEFAULT_BASE}x#y>")
    n = chance.randrange(len(lines))
    terms = lines[n].removesuffix(" .").split(" ", 2)
    others = chance.choice(lines).removesuffix(" .").split(" ", 2)
    which = chance.randrange(3)
    terms[which] = others[0] if which == 2 and chance.random() < 0.3 else others[which]
    if which == 2 and chance.random() < 0.4:
        terms[2] = chance.choice(more)
    if which == 0 and chance.random() < 0.3:
        terms[0] = "_:x"
    return [*lines[:n], " ".join(terms) + " .", *lines[n + chance.randrange(2) :]]


def other_rows(rows: list[list[Any]], chance: random.Random) -> list[list[Any]]:
    """The rows with one header, cell, row or column changed."""
    n = chance.randrange(len(rows))
    row = rows[n]
    i = chance.randrange(len(row) or 1)
    match chance.randrange(8):
        case 0:
            rows[0] = [*rows[0][:i], chance.choice(HEADERS), *rows[0][i + 1 :]]
        case 1:
            return [*rows[:n], list(chance.choice(rows)), *rows[n + chance.randrange(2) :]]
        case 2:
            rows[n] = [*row[:i], *row[i + 1 :]]
        case 3:
            rows[n] = [*row[:i], chance.choice(WRONG), *row[i:]]
        case 4:
            return [list(column) for column in zip(*rows, strict=False)] or [[""]]
        case _:
            rows[n] = [*row[:i], chance.choice(WRONG), *row[i + 1 :]]
    return rows


def of_keys(format_: str, changes: int, chance: random.Random) -> bytes:
    tree = copied({"base": DEFAULT_BASE, "records": RECORDS})
    for _ in range(changes):
        tree = other_tree(tree, chance)
    return json.dumps(tree, ensure_ascii=format_ == "yaml").encode("utf-8", "replace")


def of_cells(format_: str, changes: int, chance: random.Random) -> bytes:
    rows = [list(row) for row in ROWS]
    for _ in range(changes):
        rows = other_rows(rows, chance)
    if format_ == "xlsx":
        return workbook(rows)
    shown = [[writable("" if cell is None else cell) for cell in row] for row in rows]
    return csv_text(shown, chance.choice(";;,\t")).encode(chance.choice(("utf-8", "utf-16")))


def of_triples(_: str, changes: int, chance: random.Random) -> bytes:
    lines = good("nt").decode().splitlines()
    for _ in range(changes):
        lines = other_triples(lines, chance)
    return "\n".join(lines).encode()


def of_bytes(format_: str, changes: int, chance: random.Random) -> bytes:
    data = good(format_)
    for _ in range(changes):
        data = other_bytes(data, chance)
    return data


KINDS: tuple[tuple[Callable[[str, int, random.Random], bytes], tuple[str, ...]], ...] = (
    *((of_keys, ("json", "json", "json", "json", "yaml")),) * 4,
    (of_cells, ("csv", "csv", "csv", "xlsx")),
    (of_cells, ("csv", "csv", "csv", "xlsx")),
    (of_triples, ("nt",)),
    *((of_bytes, BYTES),) * 3,
)


def mutations(number: int) -> Iterator[tuple[str, bytes]]:
    """Mutated inputs, the same at every run: format and bytes."""
    chance = random.Random(SEED)  # noqa: S311  # the same at every run
    for n in range(number):
        make, formats = KINDS[n % len(KINDS)]
        format_ = chance.choice(formats)
        yield format_, make(format_, chance.choice((1, 1, 2, 3)), chance)


def use(dataset: Dataset, turn: int) -> None:
    """What a command does with a dataset, without the printing; the slow of it only at times."""
    report = dataset.validate() if turn % SHAPED == 0 else dataset.report()
    for text in (report.to_text("pl"), report.to_text("en")):
        assert [line for line in text.splitlines() if not line.isprintable()] == []
    report.to_json()
    report.to_turtle(dataset.base)
    for quad in dataset.quads():
        assert quad.predicate
    # What no record carries may describe a part that gets its IRI only when it is written.
    is_whole = report.conforms and bool(dataset) and not dataset.left_over
    for format_ in ("nt", "jsonld") if is_whole and turn % WRITTEN == 0 else ():
        again = Source("out", FORMATS[format_], io.BytesIO(dataset.dumps(format_).encode()))
        assert Dataset.read([again], base=dataset.base) == dataset


def told(error: BaseException) -> str:
    """An error with the last place of ours that it came through."""
    found = f"{error.__class__.__name__}: {re.sub('[0-9]+', '0', str(error))}"[:150]
    place = error.__traceback__
    last = ""
    while place is not None:
        code = place.tb_frame.f_code
        if "es_lod" in code.co_filename:
            last = f" in {Path(code.co_filename).name}:{place.tb_lineno}"
        place = place.tb_next
    return found + last


def test_the_unchanged_inputs_conform():
    for format_ in BYTES:
        errors = [p for p in read(format_, good(format_)).problems if p.severity == "error"]
        assert errors == [], format_


@pytest.mark.slow
def test_only_our_own_errors_come_of_ten_thousand_mutations():
    found: Counter[str] = Counter()
    for turn, (format_, data) in enumerate(mutations(NUMBER)):
        try:
            use(read(format_, data), turn)
        except EsLodError:
            continue
        except Exception as error:  # noqa: BLE001  # that is what is looked for
            found[f"{format_}: {told(error)}"] += 1
    assert not found, found
