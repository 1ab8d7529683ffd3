"""Bad input ends in one clear message: exit code 1 or 2, no traceback, nothing half-written."""

import contextlib
import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner, Result
from conftest import EXAMPLE
from tables import csv_text, write_workbook

import es_lod
from es_lod import Dataset
from es_lod.cli import commands
from es_lod.formats import FORMATS
from es_lod.readers.named import Source

BASE = "https://w3id.org/es-lod/id/"
CONTEXT = "https://w3id.org/es-lod/context.jsonld"
GOOD = '{"id": "a", "type": "Foundation", "name": "Ą"}'
PAGE = b"<!DOCTYPE html><title>404</title>"
posix = pytest.mark.skipif(os.name != "posix", reason="needs FIFOs, signals and symbolic links")


def run(*arguments: object, given: bytes | None = None) -> Result:
    return CliRunner().invoke(commands, [str(a) for a in arguments], input=given)


def program(*arguments: object, **options: Any) -> subprocess.CompletedProcess[bytes]:
    """The command as a process of its own: it may crash, hang, or miss its streams."""
    command = [sys.executable, "-m", "es_lod.cli", *map(str, arguments)]
    options = {"capture_output": True, "timeout": 60, **options}
    return subprocess.run(command, check=False, **options)


def errors(text: str) -> list[str]:
    """The lines that tell an error."""
    return [line for line in text.splitlines() if re.search(r"(^|: )error: ", line)]


def assert_told(done: Result, code: str, exit_code: int) -> None:
    """One error of that code, on standard error, and nothing else happened."""
    assert isinstance(done.exception, SystemExit), done.exception
    told = errors(done.stderr)
    assert len(told) == 1, done.stderr
    assert told[0].endswith(f"[{code}]")
    assert done.exit_code == exit_code
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


@cache
def example_in(format_: str) -> bytes:
    """The reference example in a format."""
    if format_ == "yaml":
        return EXAMPLE.read_bytes()
    dataset = es_lod.load(EXAMPLE)
    if format_ in ("json", "jsonl"):
        records = json.loads(dataset.dumps("jsonld"))["records"]
        lines = [json.dumps(record, ensure_ascii=False) for record in records]
        text = "\n".join(lines) if format_ == "jsonl" else f"[{','.join(lines)}]"
        return text.encode()
    return dataset.dumps(format_).encode()


# Of every format: what is no text, or no text of the format.

DOCUMENTS = ("yaml", "json", "jsonl", "jsonld")
RDF = ("ttl", "nt", "nq", "trig", "rdf")


class Case(NamedTuple):
    """A bad input and what is told of it."""

    name: str
    format: str
    data: bytes
    code: str
    exit_code: int = 2


def of_every_format() -> Iterator[Case]:
    noise = bytes(range(256)) * 8
    for format_ in (*DOCUMENTS, *RDF):
        good = example_in(format_)
        text = good.decode()
        letter = "ó".encode()
        for name, data in {
            "empty": b"",
            "white space": b" \n\t\r\n ",
            "long white space": b" \n" * 40_000,
            "byte order mark": b"\xef\xbb\xbf",
            "byte order mark and white space": b"\xef\xbb\xbf \n",
        }.items():
            yield Case(name, format_, data, "empty-file")
        for name, data in {
            "UTF-16": text.encode("utf-16"),
            "UTF-16 without mark": text.encode("utf-16-le"),
            "UTF-32": text.encode("utf-32"),
            "zero byte at the start": b"\0" + good,
            "zero byte within": good[:5000] + b"\0" + good[5000:],
            "workbook": b"PK\x03\x04\x14\0\6\0" + noise,
            "image": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + noise,
        }.items():
            yield Case(name, format_, data, "binary-file")
        if format_ == "jsonl":  # a bad line is told, and the next one is read
            yield Case("Windows-1250", format_, GOOD.encode("cp1250"), "not-utf-8", 1)
            yield Case("web page", format_, PAGE, "syntax", 1)
            yield Case("cut", format_, good[:400], "syntax", 1)
            continue
        code = "not-utf-8" if format_ in DOCUMENTS else "syntax"
        yield Case("Windows-1250", format_, text.encode("cp1250", "replace"), code)
        yield Case("cut within a character", format_, good[: good.index(letter) + 1], code)
        yield Case("overlong", format_, good.replace(letter, b"\xc0\xaf", 1), code)
        yield Case("surrogate", format_, good.replace(letter, b"\xed\xa0\x80", 1), code)
        yield Case("web page", format_, PAGE, "no-records" if format_ == "yaml" else "syntax")
        if format_ != "yaml":
            yield Case("cut", format_, good[: len(good) // 2], "syntax")


def foundation(**changes: Any) -> str:
    """A good record with some of its fields changed."""
    return json.dumps(json.loads(GOOD) | changes)


def event(**place: Any) -> str:
    """A good event at a place."""
    fields = {"eventType": "study-visit", "startDate": "2018", "location": {"name": "x", **place}}
    return json.dumps({"id": "a", "type": "Event", "name": "A", **fields})


def nested(depth: int) -> str:
    """Records in records."""
    head = '{"id": "n%d", "type": "Foundation", "name": "N", "founders": ['
    return "".join(head % i for i in range(depth)) + GOOD + "]}" * depth


LONG = "x" * 50_000
INFERRED = {"certainty": "inferred"}

# One record each, as JSON: it is tried as a line, in a list, in `records`, and as YAML.
RECORDS = {
    "null": ("null", "not-a-record"),
    "number": ("5", "not-a-record"),
    "truth": ("true", "not-a-record"),
    "decimal": ("1.5", "not-a-record"),
    "text": ('"x"', "not-a-record"),
    "lone surrogate": (r'"\ud800"', "not-a-record"),
    "list": ("[]", "not-a-record"),
    "list of lists": ("[[]]", "not-a-record"),
    "nothing": ("{}", "missing-type"),
    "type null": (foundation(type=None), "missing-type"),
    "type empty": (foundation(type=""), "unknown-type"),
    "type number": (foundation(type=5), "unknown-type"),
    "type mapping": (foundation(type={"a": 1}), "unknown-type"),
    "type empty list": (foundation(type=[]), "unknown-type"),
    "type list of null": (foundation(type=[None]), "unknown-type"),
    "type escape": (foundation(type="\x1b[31m\u202e"), "unknown-type"),
    "type surrogate": (foundation(type="\udfff"), "unknown-type"),
    "type long": (foundation(type=LONG), "unknown-type"),
    "type and nonsense": (foundation(type=["Foundation", "Banana"]), "unknown-type"),
    "type and number": (foundation(type=["Foundation", 5]), "unknown-type"),
    "types of two kinds": (foundation(type=["Foundation", "Workshop"]), "ambiguous-type"),
    "key empty": (foundation(**{"": 1}), "unknown-key"),
    "key escape": (foundation(**{"na\x1b[2Jme": 1}), "unknown-key"),
    "key surrogate": (foundation(**{"\ud800": 1}), "unknown-key"),
    "key long": (foundation(**{LONG: 1}), "unknown-key"),
    "key of Python": (foundation(model_config=1), "unknown-key"),
    "key with braces": (foundation(**{"{0.__class__}%s": 1}), "unknown-key"),
    "key in snake case": (foundation(same_as=[]), "unknown-key"),
    "key of JSON-LD": (foundation(**{"@id": "x"}), "unknown-key"),
    "key twice": (GOOD[:-1] + ', "krs": "1", "krs": "1"}', "duplicate-key"),
    "key twice within": (
        GOOD[:-1] + ', "address": {"terc": "12", "terc": "12"}}',
        "duplicate-key",
    ),
    "id path": (foundation(id="../../x"), "invalid-id"),
    "id device": (foundation(id="con"), "invalid-id"),
    "id case": (foundation(id="A"), "invalid-id"),
    "id empty": (foundation(id=""), "invalid-id"),
    "id zero": (foundation(id="a\0b"), "invalid-id"),
    "id escape": (foundation(id="a\x1b[31m"), "invalid-id"),
    "id surrogate": (foundation(id="a\ud800"), "invalid-id"),
    "id long": (foundation(id="a" * 81), "invalid-id"),
    "id of many words": (foundation(id="a " * 80_000), "invalid-id"),
    "id list": (foundation(id=["a"]), "invalid-value"),
    "id mapping": (foundation(id={"a": 1}), "invalid-value"),
    "IRI with space": (foundation(id="http://e.test/a b"), "invalid-iri"),
    "IRI path": (foundation(id=f"{BASE}../x"), "invalid-id"),
    "IRI device": (foundation(id=f"{BASE}CON"), "invalid-id"),
    "IRI of the base": (foundation(id=BASE), "invalid-id"),
    "name empty": (foundation(name=""), "invalid-text"),
    "name zero": (foundation(name="a\0b"), "invalid-text"),
    "name escape": (foundation(name="\x1b]0;x\x07"), "invalid-text"),
    "name surrogate": (foundation(name="x\ud800y"), "invalid-text"),
    "name noncharacter": (foundation(name="x\ufffey"), "invalid-text"),
    "name list": (foundation(name=["A"]), "not-one-value"),
    "name deep list": (foundation(name=json.loads("[" * 50 + "]" * 50)), "not-one-value"),
    "name in no language": (foundation(name={}), "invalid-text"),
    "name a number": (foundation(name={"pl": 5}), "invalid-text"),
    "language empty": (foundation(name={"": "A"}), "invalid-language"),
    "language surrogate": (foundation(name={"\ud800": "A"}), "invalid-language"),
    "language in two spellings": (foundation(name={"pl": "A", "PL": "B"}), "not-one-value"),
    "texts of numbers": (foundation(alternateName={"pl": 5}), "invalid-text"),
    "texts of mappings": (foundation(alternateName=[{"pl": [{}]}]), "invalid-text"),
    "address text": (foundation(address="Kraków"), "invalid-value"),
    "address list": (foundation(address=[{}]), "not-one-value"),
    "contact null": (foundation(contactPoint=[None]), "invalid-value"),
    "reference empty": (foundation(founders=[""]), "invalid-reference"),
    "reference null": (foundation(founders=[None]), "invalid-value"),
    "reference list": (foundation(founders=[[]]), "invalid-value"),
    "reference surrogate": (foundation(founders=["\ud800"]), "invalid-reference"),
    "reference path": (foundation(founders=["../x"]), "invalid-reference"),
    "reference to nothing": (foundation(founders=["b"]), "dangling-reference"),
    "reference nested in itself": (
        foundation(founders=[{"id": "a", "type": "Foundation", "name": "B"}]),
        "duplicate-id",
    ),
    "operates number": (foundation(operates=[1.5]), "invalid-value"),
    "operates empty": (foundation(operates=""), "invalid-reference"),
    "operates null": (foundation(operates=[None]), "invalid-value"),
    "operates list": (foundation(operates=[[]]), "invalid-value"),
    "operates itself": (foundation(operates=["a"]), "wrong-class"),
    "operates nobody": (foundation(operates=["b"]), "dangling-reference"),
    "operates a foundation": (
        foundation(operates=[{"type": "Foundation", "name": "B"}]),
        "wrong-class",
    ),
    "operates nothing": (foundation(operates=[{}]), "missing-type"),
    "concept surrogate": (foundation(legalForm="\ud800"), "unknown-concept"),
    "concept long": (foundation(legalForm=LONG), "unknown-concept"),
    "address of a script": (foundation(url="javascript:alert(1)"), "invalid-iri"),
    "address with a surrogate": (foundation(url="http://e.test/\ud800"), "invalid-iri"),
    "long number": (foundation(krs="9" * 5000), "invalid-krs"),
    "digits that are none": (foundation(krs="²²²²²²²²²²"), "invalid-krs"),
    "date of long digits": (foundation(foundingDate="9" * 5000), "invalid-date"),
    "date of much space": (foundation(foundingDate=f"2014{' ' * 200_000}x"), "invalid-date"),
    "date of other digits": (foundation(foundingDate="٢٠١٤"), "invalid-date"),
    "date mapping": (foundation(foundingDate={"a": 1}), "invalid-value"),
    "date value with more": (foundation(foundingDate={"@value": "2018", "zz": 1}), "invalid-value"),
    "date value of another type": (
        foundation(foundingDate={"@value": "2018", "@type": "xsd:date"}),
        "invalid-value",
    ),
    "not a number": (event(latitude="NaN"), "invalid-number"),
    "digits of Python": (event(latitude="5_0.0"), "invalid-number"),
    "digits of another script": (event(latitude="\u0665\u0660"), "invalid-number"),
    "infinite": (event(latitude="-Infinity"), "invalid-number"),
    "huge exponent": (event(latitude=7).replace("7", "1e999999999"), "invalid-number"),
    "impossible exponent": (event(latitude=7).replace("7", f"1e{'9' * 20}"), "invalid-number"),
    "tiny exponent": (event(latitude=7).replace("7", "1e-999999999"), "invalid-number"),
    "statement of nothing": (foundation(statements=[INFERRED]), "missing"),
    "statement of no field": (
        foundation(statements=[INFERRED | {"property": "zz"}]),
        "invalid-statement",
    ),
    "statement of a list": (foundation(statements=[INFERRED | {"property": []}]), "not-one-value"),
    "statement surrogate": (
        foundation(statements=[INFERRED | {"property": "\ud800"}]),
        "invalid-text",
    ),
    "statement text": (foundation(statements=["x"]), "invalid-value"),
    "too deep": (nested(40), "too-deep"),
    "much too deep": (nested(100), "too-deep"),
}

# Whole documents: format → name → data, code.
ELSEWHERE = "http://127.0.0.1:9/c"
AN_ID = '"@id": "http://e.test/"'
XML = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    ' xmlns:s="https://schema.org/" xmlns:es="https://w3id.org/es-lod/ns#">{}</rdf:RDF>'
)
A, B = (
    f'<es:Foundation rdf:about="https://e.test/{id_}"><s:name xml:lang="pl">A</s:name>'
    "</es:Foundation>"
    for id_ in "ab"
)
LATIN_2 = '<?xml version="1.0" encoding="ISO-8859-2"?>'
TIMES_TEN = "".join(f'<!ENTITY a{i + 1} "{f"&a{i};" * 10}">' for i in range(9))
LAUGHS = "".join(f"{chr(i + 1)}: &{chr(i + 1)} [*{chr(i)}, *{chr(i)}]\n" for i in range(97, 120))
TRIPLE = "<http://e.test/> <http://e.test/> "
WHOLE = {
    "json": {
        "whole number": ("5", "no-records"),
        "whole null": ("null", "no-records"),
        "whole truth": ("true", "no-records"),
        "whole decimal": ("1.5", "no-records"),
        "whole text": ('"x"', "no-records"),
        "whole surrogate": (r'"\ud800"', "no-records"),
        "whole mapping": ('{"a": 1}', "no-records"),
        "records text": ('{"records": "x"}', "no-records"),
        "records number": ('{"records": 5}', "no-records"),
        "records mapping": ('{"records": {}}', "no-records"),
        "base no IRI": ('{"base": "nope", "records": []}', "invalid-base"),
        "base number": ('{"base": 5, "records": []}', "invalid-base"),
        "base list": ('{"base": [], "records": []}', "invalid-base"),
        "base escape": (r'{"base": "http://e.test/\u001b/", "records": []}', "invalid-base"),
        "base surrogate": (r'{"base": "http://e.test/\ud800/", "records": []}', "invalid-base"),
        "language number": ('{"language": 5, "records": []}', "invalid-language"),
        "language no tag": (r'{"language": "\ud800", "records": []}', "invalid-language"),
        "NaN": ("[NaN]", "syntax"),
        "infinity": ("[-Infinity]", "syntax"),
        "comment": ("[] // no", "syntax"),
        "two values": ("[] []", "syntax"),
        "open text": ('["', "syntax"),
        "control character": ('["\x1b"]', "syntax"),
        "deep": ("[" * 100_000, "too-deep"),
        "deep mappings": ('{"a":' * 100_000, "too-deep"),
    },
    "yaml": {
        "only a comment": ("# records\n", "empty-file"),
        "only a marker": ("---\n", "empty-file"),
        "whole null": ("~", "empty-file"),
        "whole text": ("hello", "no-records"),
        "several documents": ("--- []\n--- []\n", "several-documents"),
        "tag": ('records: [!!python/object/apply:os.system ["x"]]', "yaml-tag"),
        "own tag": ("records: !x []", "yaml-tag"),
        "anchor": ("records: &a []", "yaml-alias"),
        "alias": ("records: *a", "yaml-alias"),
        "billion laughs": (f"a: &a [x, x]\n{LAUGHS}", "yaml-alias"),
        "tab": ("records:\n\t- id: a", "syntax"),
        "key list": ("? [a]\n: b", "syntax"),
        "key null": ("~: b\nrecords: []", "syntax"),
        "version": ("%YAML 9.9\n--- []", "syntax"),
        "directive": ("%", "syntax"),
        "open text": ('a: "b', "syntax"),
        "open list": ("a: [b", "syntax"),
        "bad escape": (r'a: "\z"', "syntax"),
        "character too high": (r'a: "\U0011FFFF"', "syntax"),
        "character far too high": (r'a: "\UFFFFFFFF"', "syntax"),
        "control character": ("a: \x1b", "syntax"),
        "deep": ("[" * 100_000, "too-deep"),
        "deep mappings": ("".join(" " * i + "a:\n" for i in range(200)), "too-deep"),
        "deep lists": ("- " * 3000 + "a", "too-deep"),
        "long": ("x" * (33 << 20), "file-too-large"),
    },
    "jsonld": {
        "context elsewhere": (f'{{"@context": "{ELSEWHERE}", {AN_ID}}}', "remote-context"),
        "context in a file": (f'{{"@context": "file:///etc/hosts", {AN_ID}}}', "remote-context"),
        "context beside ours": (
            f'{{"@context": ["{CONTEXT}", "{ELSEWHERE}"], "records": []}}',
            "remote-context",
        ),
        "context imported": (
            f'{{"@context": {{"@import": "{ELSEWHERE}"}}, {AN_ID}}}',
            "remote-context",
        ),
        "context of a term": (
            f'{{"@context": {{"p": {{"@id": "a:", "@context": "{ELSEWHERE}"}}}}, "p": {{}}}}',
            "remote-context",
        ),
        "context within": (
            f'{{"http://e.test/": {{"@context": "{ELSEWHERE}", {AN_ID}}}}}',
            "remote-context",
        ),
        "context number": ('{"@context": 5}', "syntax"),
        "nest": ('{"@nest": 5}', "syntax"),
        "included": ('{"@included": 5}', "syntax"),
        "surrogate escape": (r'{"http://e.test/": "\ud800"}', "syntax"),
        "no context": (f'{{"records": [{GOOD}]}}', "no-context"),
        "whole number": ("5", "no-records"),
        "deep": ('{"@graph":[' * 2000 + "]}" * 2000, "too-deep"),
    },
    "ttl": {
        "only a comment": ("# nothing\n", "empty-file"),
        "long literal": (f'{TRIPLE}"{"x" * (17 << 20)}', "line-too-long"),
        "surrogate escape": (rf'{TRIPLE}"\uD800" .', "syntax"),
        "space in an IRI": (r"<http://e.test/\u0020> a <http://e.test/> .", "syntax"),
        "triple term": (f"{TRIPLE}<<( {TRIPLE}5 )>> .", "triple-term"),
    },
    "jsonl": {"base no IRI": ('{"base": "nope"}', "invalid-base")},
    "nt": {
        "relative IRI": ("<a> <b> <c> .", "syntax"),
        "triple term": (f'{TRIPLE}<<( {TRIPLE}"5" )>> .', "triple-term"),
    },
    "nq": {"long comment": (f"# {'x' * (17 << 20)}", "line-too-long")},
    "trig": {
        "no prefix": ("a:b a a:c .", "syntax"),
        "reified": (f"<< {TRIPLE}5 >> <http://e.test/> 6 .", "triple-term"),
    },
    "rdf": {
        "entity": (f'<!DOCTYPE x [<!ENTITY a "b">]>{XML.format("&a;")}', "xml-entity"),
        "billion laughs": (
            f'<!DOCTYPE x [<!ENTITY a0 "x">{TIMES_TEN}]>{XML.format("&a9;")}',
            "xml-entity",
        ),
        "late entity": (
            f'<!--{"x" * 65_530}--><!DOCTYPE x [<!ENTITY a "b">]>{XML.format("&a;")}',
            "xml-entity",
        ),
        "entity from a file": (
            f'<!DOCTYPE x [<!ENTITY % a SYSTEM "file:///etc/hosts"> %a;]>{XML.format("")}',
            "xml-entity",
        ),
        "unknown entity": (XML.format("<s:name>&x;</s:name>"), "syntax"),
        "other encoding": (LATIN_2 + XML.format(A), "syntax"),
        "no RDF": ("<a/>", "syntax"),
        "base no IRI": (XML.replace("RDF ", 'RDF xml:base="::" ').format(A), "syntax"),
        "zero character": (XML.format("<s:name>&#0;</s:name>"), "syntax"),
        "not closed": (XML.format(A).removesuffix("</rdf:RDF>"), "syntax"),
        "cut between elements": (XML.format(A).partition("</es:")[0], "syntax"),
        "two documents": (XML.format(A) + XML.format(B), "syntax"),
    },
}
# The same, with exit code 1: the document can be read, but not all that is in it.
READABLE = {
    "json": {
        "key unknown": ('{"records": [], "recods": []}', "unknown-key"),
        "records twice": ('{"records": [], "records": []}', "duplicate-key"),
    },
    "jsonl": {
        "whole number": ("5", "not-a-record"),
        "whole null": ("null", "not-a-record"),
        "two on a line": ("{}{}", "syntax"),
        "long line": (f'{{"id": "{"a" * (17 << 20)}"}}', "line-too-long"),
        "document on a line": ('{"base": "http://e.test/", "records": [5]}', "unknown-key"),
        "settings with more": ('{"base": "http://e.test/", "zz": 1}', "unknown-key"),
        "settings twice": ('{"base": "http://e.test/", "base": "http://f.test/"}', "duplicate-key"),
    },
    "yaml": {"merge key": ("- {<<: {id: a}, type: Foundation, name: A}", "unknown-key")},
    "jsonld": {
        "context of a record": (
            f'{{"@context": "{CONTEXT}", "records": ['
            + foundation(**{"@context": ELSEWHERE})
            + "]}",
            "unknown-key",
        )
    },
}


def whole() -> Iterator[Case]:
    for exit_code, table in ((2, WHOLE), (1, READABLE)):
        for format_, cases in table.items():
            for name, (text, code) in cases.items():
                yield Case(name, format_, text.encode(), code, exit_code)


def one_by_one() -> Iterator[Case]:
    """Each of the bad records in the formats that hold records."""
    for name, (text, code) in RECORDS.items():
        yield Case(name, "jsonl", text.encode(), code, 1)
        yield Case(name, "json", f"[{text}]".encode(), code, 1)
        document = f'{{"@context": "{CONTEXT}", "records": [{text}]}}'
        yield Case(name, "jsonld", document.encode(), code, 1)


def same_in_yaml() -> Iterator[Case]:
    """The bad records as YAML, but what is another value there, or longer than a YAML key."""
    other = (
        *("null", "number", "truth", "decimal", "key long", "too deep", "much too deep"),
        *("name noncharacter", "name a number", "texts of numbers", "operates number"),
    )
    for name, (text, code) in RECORDS.items():
        if name not in other:
            yield Case(name, "yaml", f"[{text}]".encode(), code, 1)


def named(case: Case) -> str:
    return f"{case.format}-{case.name.replace(' ', '-')}"


CASES = [*of_every_format(), *whole(), *one_by_one(), *same_in_yaml()]


@pytest.mark.parametrize("case", CASES, ids=named)
def test_a_bad_file_is_told_and_nothing_is_written(case, tmp_path):
    path = tmp_path / f"in.{case.format}"
    path.write_bytes(case.data)
    done = run("map", path, "-o", tmp_path / "out.ttl", "--lang", "en")
    assert_told(done, case.code, case.exit_code)
    assert done.stderr.startswith(str(path))
    assert [left.name for left in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("format_", ["json", "jsonl", "jsonld"])
def test_json_of_any_depth_is_told(format_):
    for depth in (200, *range(350, 500, 2), 2000, 50_000):
        text = nested(depth) if depth < 5000 else "[" * depth
        if format_ == "jsonld":
            text = f'{{"@context": "{CONTEXT}", "records": [{text}]}}'
        elif format_ == "json":
            text = f"[{text}]"
        dataset = Dataset.read([Source("in", FORMATS[format_], io.BytesIO(text.encode()))])
        assert "too-deep" in [problem.code for problem in dataset.problems]


@pytest.mark.parametrize("format_", [*DOCUMENTS, *RDF])
def test_much_white_space_before_a_document_is_no_emptiness(format_, tmp_path):
    path = tmp_path / f"in.{format_}"
    data = b"\n" * 200_000 + example_in(format_)
    if format_ == "rdf":  # its declaration stands at the very start
        data = example_in(format_).replace(b"?>", b"?>" + b"\n" * 200_000, 1)
    path.write_bytes(data)
    assert run("map", path).exit_code == 0


def test_records_are_not_written_below_another_base_than_theirs(tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_text(f'{{"base": "nope"}}\n{GOOD}', encoding="utf-8")
    assert BASE not in run("map", path, "--keep-going", "--format", "nt").stdout


COMMANDS = (("map",), ("validate",), ("query", "--text", "ASK {}"))


@pytest.mark.parametrize("format_", [*DOCUMENTS, *RDF])
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize("way", ["file", "folder", "standard input"])
def test_every_command_tells_it_by_file_folder_and_standard_input(format_, command, way, tmp_path):
    path = tmp_path / f"in.{format_}"
    path.write_bytes(b"\0")
    name, *options = command
    if way == "standard input":
        done = run(name, "-", *options, "--from", format_, "--lang", "en", given=b"\0")
    else:
        done = run(name, path if way == "file" else tmp_path, *options, "--lang", "en")
    assert isinstance(done.exception, SystemExit)
    assert done.exit_code == 2
    place = "-" if way == "standard input" else str(path)
    told, other = (done.stdout, done.stderr) if name == "validate" else (done.stderr, done.stdout)
    (line,) = errors(told)
    assert line.startswith(f"{place}: ")
    assert line.endswith("[binary-file]")
    assert other == ""


@pytest.mark.parametrize("name", RECORDS)
def test_a_bad_record_is_reported_in_the_forms_for_programs(name):
    text, code = RECORDS[name]
    source = Source("in.yaml", FORMATS["json"], io.BytesIO(f"[{text}]".encode()))
    report = Dataset.read([source]).report()
    assert code in [problem["code"] for problem in json.loads(report.to_json())]
    turtle = Source("out.ttl", FORMATS["ttl"], io.BytesIO(report.to_turtle(BASE).encode()))
    assert Dataset.read([turtle]).refused == ()


# What is printed.


@pytest.mark.parametrize("lang", ["pl", "en"])
@pytest.mark.parametrize("command", ["map", "validate"])
def test_no_control_character_of_the_input_reaches_the_terminal(command, lang, tmp_path):
    evil = "\x1b[2J\x9b1m\u202e\u2028\r\n\x00\x07"
    keys = ("krs", "url", "foundingDate", "legalForm", "founders", "operates", "sameAs", evil)
    fields = dict.fromkeys(keys, evil)
    records = [
        {"id": evil, "type": "Foundation", "name": "A"},
        {"id": "a", "type": evil, "name": "A"},
        {"id": "b", "type": "Foundation", "name": {evil: "A"}, **fields},
        {"id": "c", "type": "Foundation", "name": "A", "statements": [{"property": evil}]},
        evil,
    ]
    path = tmp_path / "in.json"
    path.write_text(json.dumps({"records": records, evil: 1}), encoding="utf-8")
    done = run(command, path, "--lang", lang)
    lines = (done.stdout + done.stderr).splitlines()
    assert done.exit_code == 1
    assert len(lines) > len(fields)
    assert [line for line in lines if not line.isprintable()] == []


@posix
def test_no_control_character_of_a_file_name_reaches_the_terminal(tmp_path):
    for name in ("\x1b[2J.yaml", "\x1b[2J.foo", "\x1b[2J\n.yaml"):
        (tmp_path / name).write_bytes(b"\0")
    for arguments in (
        ("map", tmp_path),
        ("map", tmp_path / "\x1b[2J.foo"),
        ("map", tmp_path / "\x1b[2J.ttl"),
        ("map", EXAMPLE, "-o", tmp_path / "\x1b[2J.foo"),
        ("map", EXAMPLE, "--base", "\x1b[2J"),
        ("query", EXAMPLE, "--text", "\x1b[2J"),
        ("query", EXAMPLE, "--text", "SELECT ?s {?s ?p ?o}", "--param", "s=a:\x1b[2J"),
    ):
        done = run(*arguments)
        assert done.exit_code == 2
        assert [line for line in done.stderr.splitlines() if not line.isprintable()] == []


# Places.


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("nothing.yaml", "file-not-found"),
        ("nothing.foo", "file-not-found"),
        ("nothing", "file-not-found"),
        ("notes.txt", "unknown-suffix"),
        ("README", "unknown-suffix"),
        ("folder.yaml", "empty-folder"),
        ("settings", "empty-folder"),
        ("a" * 300 + ".yaml", "file-unreadable"),
        ("a/" * 3000 + ".yaml", "file-unreadable"),
    ],
)
def test_an_input_that_is_none_is_told(name, code, tmp_path):
    (tmp_path / "notes.txt").write_text("text")
    (tmp_path / "README").write_text("text")
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "settings").mkdir()
    (tmp_path / "settings" / "site.yaml").write_text("title: x")
    assert_told(run("map", tmp_path / name, "--lang", "en"), code, 2)


def test_an_empty_name_is_no_input_and_no_base(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("in.jsonl").write_text(GOOD, encoding="utf-8")
    assert run("map", "").exit_code == 2
    assert run("map", "in.jsonl", "--base", "").exit_code == 2
    assert run("map", "in.jsonl", "-o", "").exit_code == 2


@posix
@pytest.mark.parametrize(
    ("kind", "code"), [("dangling", "file-not-found"), ("loop", "file-unreadable")]
)
def test_a_link_that_leads_nowhere_is_told(kind, code, tmp_path):
    link = tmp_path / "in.yaml"
    link.symlink_to("in.yaml" if kind == "loop" else "nothing")
    assert_told(run("map", link, "--lang", "en"), code, 2)


@posix
def test_a_file_without_permission_is_told(tmp_path):
    path = tmp_path / "in.yaml"
    path.write_text(GOOD, encoding="utf-8")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user reads every file; run as another one")
    assert_told(run("map", path, "--lang", "en"), "file-unreadable", 2)


@posix
def test_a_fifo_does_not_hang_and_is_named(tmp_path):
    path = tmp_path / "in.yaml"
    os.mkfifo(path)
    done = program("map", path, "--lang", "en", timeout=8)
    assert done.returncode == 2
    assert b"[file-unreadable]" in done.stderr


@posix
def test_a_fifo_in_a_folder_is_passed_over_and_told(tmp_path):
    os.mkfifo(tmp_path / "fifo.yaml")
    (tmp_path / "in.jsonl").write_text(GOOD, encoding="utf-8")
    done = run("map", tmp_path)
    assert done.exit_code == 0
    assert "[file-skipped]" in done.stderr


@pytest.mark.parametrize(
    "name", ["missing/out.ttl", "folder.ttl", "a" * 300 + ".ttl", "in.jsonl/out.ttl"]
)
def test_an_output_that_cannot_be_written_is_told(name, tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_text(GOOD, encoding="utf-8")
    (tmp_path / "folder.ttl").mkdir()
    assert_told(run("map", path, "-o", tmp_path / name, "--lang", "en"), "file-unwritable", 2)
    assert sorted(left.name for left in tmp_path.iterdir()) == ["folder.ttl", "in.jsonl"]


def test_an_output_may_be_the_input(tmp_path):
    path = tmp_path / "in.ttl"
    path.write_bytes(example_in("ttl"))
    assert run("map", path, "-o", path).exit_code == 0
    assert path.read_bytes() == example_in("ttl")
    path.write_bytes(b"nonsense")
    assert run("map", path, "-o", path).exit_code == 2
    assert path.read_bytes() == b"nonsense"


@posix
def test_an_output_that_is_no_file_stays_what_it_is(tmp_path):
    # A FIFO stands for all that is no file. `-o /dev/null` must not remove the device.
    path = tmp_path / "out.ttl"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        run("map", EXAMPLE, "-o", path)
    finally:
        os.close(reader)
    assert path.is_fifo()


@posix
def test_an_output_that_is_a_link_is_written_where_it_leads(tmp_path):
    (tmp_path / "there.ttl").write_text("as it was")
    link = tmp_path / "out.ttl"
    link.symlink_to("there.ttl")
    assert run("map", EXAMPLE, "-o", link).exit_code == 0
    assert link.is_symlink()
    assert (tmp_path / "there.ttl").read_bytes() == example_in("ttl")


@pytest.mark.parametrize(
    "name", ["a" * 300 + ".yaml", pytest.param("\udcff.yaml", marks=posix), "missing/new.yaml"]
)
def test_a_template_that_cannot_be_written_is_told(name, tmp_path):
    done = run("new", tmp_path / name)
    assert isinstance(done.exception, SystemExit), done.exception
    assert done.exit_code == 2
    assert list(tmp_path.iterdir()) == []


# Streams and signals.


@posix
@pytest.mark.parametrize("closed", ["<&-", ">&-"])
@pytest.mark.parametrize("command", ["map", "validate"])
def test_a_closed_stream_is_told(command, closed):
    script = f'exec "$0" -m es_lod.cli {command} --from yaml - {closed}'
    done = subprocess.run(
        ["/bin/sh", "-c", script, sys.executable],
        input=None if closed == "<&-" else EXAMPLE.read_bytes(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert b"Traceback" not in done.stderr
    assert done.returncode == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("command", [*COMMANDS, ("--help",)], ids=lambda command: command[0])
def test_a_full_disk_is_told(command):
    name, *options = command
    inputs = [EXAMPLE] if options or name in ("map", "validate") else []
    with Path("/dev/full").open("wb") as full:
        done = program(name, *inputs, *options, capture_output=False, stdout=full, stderr=-1)
    assert b"Traceback" not in done.stderr
    assert done.returncode == 2


@posix
@pytest.mark.parametrize(
    "command",
    [("map", "--format", "nt"), ("query", "--text", "SELECT * {?s ?p ?o}")],
    ids=lambda command: command[0],
)
def test_a_reader_that_has_seen_enough_is_no_error(command, tmp_path):
    path = tmp_path / "in.jsonl"
    lines = (GOOD.replace('"a"', f'"a{i}"') for i in range(2000))
    path.write_text("\n".join(lines), encoding="utf-8")
    name, *options = command
    with subprocess.Popen(
        [sys.executable, "-m", "es_lod.cli", name, path, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


@posix
@pytest.mark.parametrize("sent", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_an_interrupted_command_leaves_nothing_behind(sent, tmp_path):
    out = tmp_path / "out.nt"
    with subprocess.Popen(
        [sys.executable, "-m", "es_lod.cli", "map", "-", "--from", "jsonl", "-o", out],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        lines = "".join(GOOD.replace('"a"', f'"a{i}"') + "\n" for i in range(3000))
        process.stdin.write(lines.encode())
        process.stdin.flush()
        waited = time.monotonic() + 30
        while not any(tmp_path.iterdir()) and time.monotonic() < waited:
            time.sleep(0.01)
        assert any(tmp_path.iterdir()), "it never began to write"
        number = getattr(signal, sent)
        process.send_signal(number)
        code = process.wait(30)
        told = process.stderr.read()
    assert list(tmp_path.iterdir()) == []
    assert b"Traceback" not in told
    assert code in (2, 128 + number, -number)


ROOM = 60_000
"""The bytes of a file that may be written: the example takes more in every format."""
FULL = f"""
import resource
from es_lod.cli import main

resource.setrlimit(resource.RLIMIT_FSIZE, ({ROOM}, {ROOM}))
main()
"""


@posix
@pytest.mark.parametrize("name", ["x.nt", "x.ttl", "x.rdf", "x.jsonld", "x.xlsx", "x/"])
def test_what_there_is_no_room_for_is_told_and_leaves_nothing(name, tmp_path):
    records, aside, out = tmp_path / "r.jsonl", tmp_path / "aside", tmp_path / "out"
    lines = (GOOD.replace('"a"', f'"a{i}"') + "\n" for i in range(3000))
    records.write_text("".join(lines), encoding="utf-8")
    aside.mkdir()
    out.mkdir()
    args = ["map", str(records), "-o", f"{out}/{name}", "--lang", "en"]
    environment = {**os.environ, "TMPDIR": str(aside)}
    command = [sys.executable, "-c", FULL, *args]
    result = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    (told,) = result.stderr.splitlines()
    assert told.startswith(f"{out / name}: error: The file cannot be written (File too large)")
    assert result.returncode == 2
    assert [*aside.iterdir(), *out.iterdir()] == []


@posix
@pytest.mark.parametrize("suffix", ["jsonl", "csv", "xlsx"])
def test_of_what_is_left_out_the_folder_is_told_where_there_is_no_room(suffix, tmp_path):
    """Not the input, which is read meanwhile, nor the output, which is written."""
    path, aside, out = tmp_path / f"organisations.{suffix}", tmp_path / "aside", tmp_path / "out"
    rows = [["id", "type", "name"]] + [[f"A {n}", "Organization", "x" * 50] for n in range(3000)]
    if suffix == "jsonl":
        records = (json.dumps(dict(zip(rows[0], row, strict=True))) for row in rows[1:])
        path.write_text("\n".join(records), encoding="utf-8")
    elif suffix == "csv":
        path.write_text(csv_text(rows), encoding="utf-8")
    else:
        write_workbook(path, {"organisations": rows})
    aside.mkdir()
    out.mkdir()
    rejected = ["--rejected", str(out / "left")]
    args = ["map", str(path), "-o", str(out / "x.nt"), *rejected, "--lang", "en"]
    environment = {**os.environ, "TMPDIR": str(aside)}
    command = [sys.executable, "-c", FULL, *args]
    result = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    told = result.stderr.splitlines()[-1]
    assert told.startswith(f"{out / 'left'}: error: The file cannot be written (File too large)")
    assert result.returncode == 2
    assert [*aside.iterdir(), *out.iterdir()] == []


UNHEARD = """
import _thread, signal, sys, threading, time
from es_lod.cli import main


def trip():
    print(flush=True)
    time.sleep(0.5)  # it waits for input by now, and the system does not end that
    _thread.interrupt_main(getattr(signal, sys.argv.pop()))


threading.Thread(target=trip, daemon=True).start()
main()
"""


@posix
@pytest.mark.parametrize("sent", ["SIGINT", "SIGTERM"])
def test_a_signal_is_heard_that_comes_just_before_the_system_waits_for_input(sent, tmp_path):
    """Python has noted it, but looks only when a call of the system ends."""
    args = ["map", "-", "--from", "jsonl", "-o", str(tmp_path / "out.nt"), "--lang", "en", sent]
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    with subprocess.Popen([sys.executable, "-c", UNHEARD, *args], **pipes) as process:
        process.stdout.readline()
        try:
            assert process.wait(20) == 2
        finally:
            process.kill()
        assert process.stderr.read().strip() == b"es-lod: interrupted; nothing is written."
    assert list(tmp_path.iterdir()) == []


# Options and queries.


@pytest.mark.parametrize(
    "base",
    [
        *(" ", "x", "x/", "http:/", "http://", "http://e.test", "http://e.test/a", "ftp://e.test/"),
        *("http:///x/", "http://e.test/ /", "http://[/", "http://e.test/%zz/", "http://e.test/<>/"),
        *("http://e.test/\x1b/", "http://e.test/\ud800/", f"http://{'e' * 5000}.test/", "urn:x/"),
        *("http://e.test/#", "http://e.test/#x#", "http://e.test/?#"),
    ],
)
def test_a_base_that_cannot_be_used_is_told(base):
    done = run("map", EXAMPLE, "--base", base, "--lang", "en")
    assert_told(done, "invalid-base", 2)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "SELECT",
        "LOAD <http://127.0.0.1:9/>",
        "DELETE WHERE { ?s ?p ?o }",
        "SELECT (<http://e.test/f>(?s) AS ?x) { ?s ?p ?o }",
        'SELECT ("\ud800" AS ?x) {}',
    ],
)
def test_a_query_that_cannot_be_run_is_told(text):
    assert_told(run("query", EXAMPLE, "--text", text, "--lang", "en"), "invalid-query", 2)


@pytest.mark.parametrize("value", ["a:\ud800", "\ud800", "http://e.test/a b", "a:\0"])
def test_a_parameter_that_cannot_be_used_is_told(value):
    arguments = ("query", EXAMPLE, "--text", "SELECT * { ?s ?p ?o }", "--param", f"s={value}")
    assert_told(run(*arguments, "--lang", "en"), "invalid-query", 2)


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT * {'{' * 20_000}{'}' * 20_000}",
        f"SELECT ({'(' * 20_000}1{')' * 20_000} AS ?x) {{}}",
        rf"PREFIX : <a:> SELECT * {{ BIND (:b\#c AS ?z) {'{' * 20_000}{'}' * 20_000} }}",
        f"SELECT * {{ FILTER ({'true || ' * 20_000} true) }}",
        f"SELECT * {{ {'{} UNION ' * 20_000} {{}} }}",
    ],
    ids=["groups", "brackets", "groups behind an escape", "alternatives", "unions"],
)
def test_a_deep_or_long_query_does_not_crash(text, tmp_path):
    path = tmp_path / "deep.rq"
    path.write_text(text)
    done = program("query", EXAMPLE, "--file", path, "--lang", "en")
    assert done.returncode == 2
    assert b"[invalid-query]" in done.stderr


# RDF that is well-formed and hostile.

PREFIXES = f"""
@prefix : <{BASE}> .
@prefix es: <https://w3id.org/es-lod/ns#> .
@prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def validated(tmp_path: Path, turtle: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    path = tmp_path / "in.ttl"
    path.write_text(PREFIXES + turtle, encoding="utf-8")
    done = program("validate", path, "--lang", "en", **options)
    assert b"Traceback" not in done.stdout + done.stderr
    assert done.returncode in (0, 1, 2)
    return done


def test_a_chain_of_blank_nodes_is_read_or_refused(tmp_path):
    links = "".join(f"_:b{i} a es:Foundation ; schema:founder _:b{i + 1} .\n" for i in range(500))
    validated(tmp_path, f':a a es:Foundation ; schema:name "A"@pl ; schema:founder _:b0 .\n{links}')


def test_blank_nodes_that_share_others_are_not_read_again_and_again(tmp_path):
    links = "".join(
        f"_:b{i} a es:Foundation ; schema:founder _:b{i + 1} ;"
        f" <http://www.w3.org/ns/org#subOrganizationOf> _:b{i + 1} .\n"
        for i in range(40)
    )
    turtle = f':a a es:Foundation ; schema:name "A"@pl ; schema:founder _:b0 .\n{links}'
    validated(tmp_path, turtle, timeout=60)


def test_a_cycle_of_blank_nodes_is_read_or_told(tmp_path):
    one = '_:{} a es:Foundation ; schema:name "A"@pl ; schema:founder _:{} .\n'
    done = validated(tmp_path, one.format("a", "b") + one.format("b", "a"))
    assert b"[not-carried-over]" in done.stdout


@pytest.mark.parametrize("subject", ["http://e.test/x#me", "https://w3id.org/es-lod/id/x#y"])
@pytest.mark.parametrize("format_", ["ttl", "jsonl"])
def test_an_iri_with_a_fragment_may_have_parts(subject, format_, tmp_path):
    path = tmp_path / f"in.{format_}"
    if format_ == "jsonl":
        record = {"id": subject, "type": "Foundation", "name": "A", "address": {"terc": "12"}}
        path.write_text(json.dumps(record))
    else:
        address = 'schema:address [ es:terc "12" ]'
        path.write_text(f'{PREFIXES}<{subject}> a es:Foundation ; schema:name "A"@pl ; {address} .')
    done = run("map", path)
    assert done.exception is None or isinstance(done.exception, SystemExit)


@pytest.mark.parametrize(
    "literal",
    [
        '"2018-13"^^xsd:gYearMonth',
        '"zz"^^xsd:hexBinary',
        '"x"^^xsd:boolean',
        '""^^xsd:dateTime',
        '"<a"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral>',
        '"9e999999999999"^^xsd:decimal',
    ],
)
def test_an_ill_typed_literal_leaves_no_trace(literal, tmp_path):
    done = validated(
        tmp_path, f":e a schema:Event ; schema:location [ schema:longitude {literal} ] ."
    )
    assert done.returncode == 1
    assert done.stderr == b""


def test_a_triple_term_of_any_depth_is_refused(tmp_path):
    path = tmp_path / "in.nt"
    opened = "<http://e.test/> <http://e.test/> <<( " * 200_000
    path.write_text(
        f"{opened}<http://e.test/> <http://e.test/> <http://e.test/>{' )>>' * 200_000} ."
    )
    done = program("map", path, "--lang", "en")
    assert done.returncode == 2
    assert len(errors(done.stderr.decode())) == 1


@pytest.mark.parametrize("format_", ["ttl", "nt", "rdf"])
def test_control_characters_that_no_record_carries_are_written_readably_or_refused(
    format_, tmp_path
):
    path, out = tmp_path / "in.ttl", tmp_path / f"out.{format_}"
    path.write_text(PREFIXES + r':a <http://purl.org/dc/terms/extent> "a\u0000\u000B\uFFFEb" .')
    if run("map", path, "-o", out).exit_code == 0:
        assert run("map", out).exit_code == 0


# Time: what is wrong with many records takes as many times as long, not its square.


@pytest.mark.slow
@pytest.mark.parametrize("format_", ["json", "yaml", "jsonl"])
@pytest.mark.parametrize(
    "item",
    [
        '{"type": "Foundation", "name": "A {}"}',
        '{"id": "a{}", "type": "Foundatio"}',
        '{"id": "a{}", "type": "Foundation", "name": "A", "zz": 1}',
        '{"id": "a{}", "type": "Foundation", "name": "A", "founders": ["no{}"]}',
    ],
    ids=["minted-id", "unknown-type", "unknown-key", "dangling-reference"],
)
def test_many_problems_take_linear_time(item, format_):
    def seconds(n: int) -> float:
        lines = [item.replace("{}", str(i)) for i in range(n)]
        text = "\n".join(lines) if format_ == "jsonl" else "[" + ",\n".join(lines) + "]"
        source = Source("in", FORMATS[format_], io.BytesIO(text.encode()))
        began = time.process_time()
        assert len(Dataset.read([source]).problems) == n
        return time.process_time() - began

    # Four times as many: sixteen times as long where each is looked for among all.
    seconds(10)
    few, many = (min(seconds(n) for _ in range(2)) for n in (400, 1600))
    assert many < 9 * few


# The network.


@pytest.fixture
def nobody_calls(monkeypatch) -> Iterator[str]:
    """An address at which nobody may call, neither Python nor what it runs on."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was used")

    callers = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        done = threading.Event()

        def answer() -> None:
            while not done.is_set():
                with contextlib.suppress(TimeoutError):
                    caller, address = server.accept()
                    callers.append(address)
                    caller.close()

        answering = threading.Thread(target=answer)
        answering.start()
        for name in ("connect", "connect_ex", "sendto"):
            monkeypatch.setattr(socket.socket, name, refuse)
        monkeypatch.setattr(socket, "getaddrinfo", refuse)
        yield f"http://127.0.0.1:{server.getsockname()[1]}/x"
        done.set()
        answering.join()
    assert callers == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("in.jsonld", '{"@context": "URL", "@id": "http://e.test/"}'),
        ("in.jsonld", f'{{"@context": ["{CONTEXT}", "URL"], "records": []}}'),
        ("in.jsonld", '{"@context": {"@import": "URL"}, "@id": "http://e.test/"}'),
        ("in.jsonld", '{"@context": {"p": {"@id": "a:p", "@context": "URL"}}, "p": {"@id": "a:"}}'),
        ("in.jsonld", '{"http://e.test/": {"@context": "URL", "@id": "http://e.test/"}}'),
        ("in.json", '{"@context": "URL", "records": []}'),
        ("in.json", f'{{"base": "URL/", "records": [{GOOD}]}}'),
        ("in.yaml", "records: [!include URL]"),
        ("in.rdf", f'<!DOCTYPE x SYSTEM "URL">{XML.format(A)}'),
        ("in.rdf", f'<!DOCTYPE x [<!ENTITY a SYSTEM "URL">]>{XML.format("&a;")}'),
        ("in.ttl", '<URL> a <URL> ; <http://www.w3.org/2002/07/owl#imports> <URL> .'),
        ("in.ttl", '<http://e.test/> <http://e.test/> "<a xmlns=\'URL\'/>"^^<URL> .'),
    ],
)  # fmt: skip
def test_no_input_makes_it_call_anywhere(name, text, nobody_calls, tmp_path):
    path = tmp_path / name
    path.write_text(text.replace("URL", nobody_calls), encoding="utf-8")
    for name_, *options in COMMANDS:
        done = run(name_, path, *options)
        assert done.exception is None or isinstance(done.exception, SystemExit)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o . SERVICE ?s { ?s ?p ?o } }",
        r"SELECT * { \u0053ERVICE <URL> { ?s ?p ?o } }",
        r"PREFIX : <a:> SELECT * { BIND (:b\#c AS ?z) SERVICE <URL> { ?s ?p ?o } }",
        r"PREFIX : <a:> SELECT * { BIND (:b\'c AS ?z) SERVICE <URL> {?s ?p ?o} BIND ('x' AS ?y) }",
        "SELECT * { FILTER (1<2)SERVICE#>\n<URL> { ?s ?p ?o } }",
        "SELECT * { ?s ?p '<http://'SERVICE <URL> { ?s ?p ?o } }",
        "SELECT * { ?s ?p 1SERVICE <URL> { ?s ?p ?o } }",
        "SELECT * { ?s ?p '?'SERVICE#x\rSILENT#y\n<URL> { ?s ?p ?o } }",
        "PREFIX : <URL> SELECT * { SERVICE: { ?s ?p ?o } }",
        "PREFIX s: <URL> SELECT * { SERVICEs: { ?s ?p ?o } }",
        "SELECT * { # <http://\nSERVICE <URL> { ?s ?p ?o } }",
        "SELECT * {\n# x\rSERVICE <URL> { ?s ?p ?o } }",
        "SELECT * { ?s ?p '''\n# x''' SERVICE <URL> { ?s ?p ?o } }",
        "SELECT * FROM <URL> { ?s ?p ?o }",
        "SELECT * { GRAPH <URL> { ?s ?p ?o } }",
        "LOAD <URL>",
        "DESCRIBE <URL>",
    ],
)
def test_no_query_makes_it_call_anywhere(text, nobody_calls):
    done = run("query", EXAMPLE, "--text", text.replace("URL", nobody_calls))
    assert done.exception is None or isinstance(done.exception, SystemExit)
