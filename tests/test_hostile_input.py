"""Bad input ends in one clear message: exit code 1 or 2, no traceback, nothing half-written."""

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner, Result
from conftest import EXAMPLE

import es_lod
from es_lod import Dataset
from es_lod.cli import commands
from es_lod.formats import FORMATS
from es_lod.readers.sources import Source

BASE = "https://w3id.org/es-lod/id/"
CONTEXT = "https://w3id.org/es-lod/context.jsonld"
GOOD = '{"id": "a", "type": "Foundation", "name": "Ą"}'
PAGE = b"<!DOCTYPE html><title>404</title>"
posix = pytest.mark.skipif(os.name != "posix", reason="needs FIFOs, signals and symbolic links")

# What is known to be wrong, and the tests that show it: regular expressions over their names.
# A test that has come to pass fails until it is taken from here.
KNOWN = {
    "settings of JSON Lines drop what else stands in them": r"\[jsonl-(document-on|settings-)",
    "a number beyond C in a YAML escape": r"\[yaml-character-far-too-high\]",
    "a document in which nothing is found passes": r"\[jsonld-(no-context|whole-number)\]",
    "RDF without a triple passes as conforming": r"\[ttl-only-a-comment\]",
    "RDF/XML may be cut short or go on behind its end": r"\[rdf-(not-closed|cut-between|two-doc)",
    "types of two kinds": r"types?.of.two.kinds",
    "keys beside @value": r"value.with.more\]",
}


@pytest.fixture(autouse=True)
def known(request: pytest.FixtureRequest) -> None:
    for reason, names in KNOWN.items():
        if re.search(names, request.node.name):
            request.applymarker(pytest.mark.xfail(reason=reason, strict=True))


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
    "date of other digits": (foundation(foundingDate="٢٠١٤"), "invalid-date"),
    "date mapping": (foundation(foundingDate={"a": 1}), "invalid-value"),
    "date value with more": (foundation(foundingDate={"@value": "2018", "zz": 1}), "unknown-key"),
    "not a number": (event(latitude="NaN"), "invalid-number"),
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
        "no context": (f'{{"records": [{GOOD}]}}', "no-records"),
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
        "base no IRI": ('{"base": "nope"}', "invalid-base"),
        "document on a line": ('{"base": "http://e.test/", "records": [5]}', "unknown-key"),
        "settings with more": ('{"base": "http://e.test/", "zz": 1}', "unknown-key"),
        "settings twice": ('{"base": "http://e.test/", "base": "a:b"}', "duplicate-key"),
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
