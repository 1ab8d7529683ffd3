"""Plainly right records are told apart only to be quick: without it all is the same."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner
from conftest import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from written import HIDDEN, trees

from es_lod.cli import commands
from es_lod.intake import Intake
from es_lod.readers import jsonl
from es_lod.readers.plain import Plain
from es_lod.reference.cases import FOLDER, cases

EXAMPLES = sorted(set((ROOT / "examples").glob("*.yaml")) - {ROOT / "examples" / "site.yaml"})
GOOD = sorted(path for path in FOLDER.iterdir() if path.suffix not in (".txt", ".md"))
ALL = ("nt", "ttl", "jsonld", "xlsx")


class Outcome(NamedTuple):
    code: int
    told: str
    written: dict[str, bytes]


def without_looks(patch: pytest.MonkeyPatch) -> None:
    """Have no record stand as it is written."""
    patch.setattr("es_lod.readers.plain.plainly", lambda *_: None)
    patch.setattr("es_lod.readers.jsonl.plainly", lambda *_: None)


def mapped(inputs: list[str], format: str, folder: Path, options: tuple[str, ...]) -> Outcome:
    """What `map` writes and tells; the output is beside the inputs, under one name."""
    made = folder / f"out.{format}"
    arguments = ["map", *inputs, "-o", str(made), "--keep-going", *options]
    done = CliRunner().invoke(commands, arguments)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    out = [made, *(folder / "out.rejected").glob("**/*")]
    written = {path.name: path.read_bytes() for path in out if path.is_file()}
    for path in out:
        path.unlink(missing_ok=True)
    return Outcome(done.exit_code, done.stderr, written)


def read(inputs: list[str], base: str | None = None, columns: str | None = None) -> Any:
    """What the library says of the inputs, in its order."""
    intake = Intake(inputs, base, columns)
    records = [(item.record, item.broken) for item in intake]
    return records, intake.problems, intake.refused, intake.left_out, intake.base


def assert_same(
    inputs: list[Path],
    folder: Path,
    base: str | None = None,
    columns: str | None = None,
    formats: tuple[str, ...] = ("ttl",),
) -> None:
    """The same bytes, the same problems in the same order, with looks and without them."""
    names = [str(path) for path in inputs]
    given = {"--base": base, "--columns": columns}
    options = tuple(word for pair in given.items() if pair[1] is not None for word in pair)
    with pytest.MonkeyPatch.context() as patch:
        quick = [mapped(names, format, folder, options) for format in formats]
        quickly_read = read(names, base, columns)
        without_looks(patch)
        assert [mapped(names, format, folder, options) for format in formats] == quick
        assert read(names, base, columns) == quickly_read


@pytest.mark.parametrize("path", [*EXAMPLES, *GOOD], ids=lambda path: path.name)
def test_good_files(path, tmp_path):
    assert_same([path], tmp_path, formats=ALL)


def test_examples_together(tmp_path):
    assert_same(EXAMPLES, tmp_path, formats=ALL)
    assert_same(EXAMPLES, tmp_path, base="https://inne.pl/id/")


BROKEN = [case for case in cases() if case.command is None and not case.file.endswith(".xlsx")]


@pytest.mark.slow
@pytest.mark.parametrize("case", BROKEN, ids=lambda case: f"{case.file}: {case.name}")
def test_broken_files(case, tmp_path):
    for path in GOOD:
        (tmp_path / path.name).write_bytes(path.read_bytes())
    broken = tmp_path / case.file
    broken.write_bytes(case.data)
    if case.file == "kolumny.yaml":
        assert_same([tmp_path / "obce.csv"], tmp_path, columns=str(broken))
    else:
        assert_same([broken], tmp_path)


settings_lines = st.sampled_from(
    (
        None,
        {"language": "en"},
        {"base": "https://inne.pl/id/"},
        {"base": "https://w3id.org/es-lod/id/", "language": "de"},
        {"base": "http://www.w3.org/ns/"},
        {"base": "https://44051401458.pl/"},
        {"language": "xx-toolongsubtag"},
    )
)
line_ends = st.sampled_from(("\n", "\r\n"))


SPOILT: dict[str, Callable[[str], bytes]] = {
    "cut": lambda s: s[: len(s) // 2].encode(),
    "spaces": lambda s: f" {s}  ".encode(),
    "byte": lambda s: s.encode()[:9] + b"\xff" + s.encode()[9:],
    "bom": lambda s: f"\ufeff{s}".encode(),
    "next line": lambda s: s.replace(", ", ",\u0085", 1).encode(),
    "twice": lambda s: f"{s}{s}".encode(),
    "key twice": lambda s: f'{s[:-1]}, "name": "A"}}'.encode(),
    "return": lambda s: s.replace(": ", ":\r", 1).encode(),
    "escapes": lambda s: json.dumps(json.loads(s)).encode(),
    "empty": lambda _: b" ",
    "number": lambda _: b"1e999999999999999999999",
    "nan": lambda s: f'{s[:-1]}, "capacity": NaN}}'.encode(),
}


lines = st.lists(
    st.tuples(trees(tuple(f"r{n}" for n in range(5))), st.sampled_from(("", "", "", *SPOILT))),
    min_size=1,
    max_size=6,
)


def _file(first: Any, several: Any, end: str, is_ended: bool) -> bytes:
    written = [json.dumps(first).encode()] if first else []
    for tree, how in several:
        line = json.dumps(tree, default=float, ensure_ascii=False)
        written.append(SPOILT[how](line) if how else line.encode())
    return end.encode().join(written) + end.encode() * is_ended


@given(settings_lines, lines, line_ends, st.booleans(), st.sampled_from((1, 7, 300, 1 << 16)))
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
def test_lines_in_blocks_of_any_size(tmp_path_factory, first, several, end, is_ended, size):
    folder = tmp_path_factory.mktemp("lines")
    path = folder / "records.jsonl"
    path.write_bytes(_file(first, several, end, is_ended))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jsonl, "BLOCK", size)
        assert_same([path], folder)


@given(settings_lines, settings_lines, lines, lines)
@settings(max_examples=20, suppress_health_check=list(HealthCheck))
def test_several_files_of_several_bases(tmp_path_factory, first, second, some, others):
    folder = tmp_path_factory.mktemp("files")
    paths = [folder / "one.jsonl", folder / "two.json", folder / "three.yaml"]
    paths[0].write_bytes(_file(first, some, "\n", True))
    records = [tree for tree, _ in others]
    document = json.dumps({**(second or {}), "records": records}, default=float)
    paths[1].write_text(document, encoding="utf-8")
    paths[2].write_text(document.replace("r0", "y0"), encoding="utf-8")
    assert_same(paths, folder)
    assert_same(paths[1:], folder, base="https://inne.pl/id/")


PAIR = (
    '{"id": "a", "type": "Foundation", "name": "A"}\n'
    '{"id": "b", "type": "Foundation", "name": "B", "founders": ["a"]}\n'
)


def test_most_lines_are_plain(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(PAIR, encoding="utf-8")
    assert [type(item) for item in Intake([path])] == [Plain, Plain]


@pytest.mark.parametrize("hidden", HIDDEN)
@pytest.mark.parametrize(
    "line",
    [
        '{{"id": "{}", "type": "Foundation", "name": "C"}}',
        '{{"id": "c", "type": "Foundation", "name": "nr {}"}}',
        '{{"id": "c", "type": "Foundation", "name": {{"pl": "C", "en": "{}"}}}}',
        '{{"id": "c", "type": "Foundation", "name": "C", "{}": null}}',
        '{{"id": "c", "type": "Foundation", "name": "C", "contactPoint": {{"email": "{}@a.pl"}}}}',
        '{{"id": "c", "type": "Foundation", "name": "C", "contactPoint": {{"telephone": "{}"}}}}',
        '{{"id": "c", "type": "Foundation", "name": "C", "url": "https://a.pl/{}"}}',
        '{{"id": "c", "type": "Foundation", "name": "C", "krs": {}}}',
        '{{"id": "c", "type": "Foundation", "name": "C", "address": {{"streetAddress": "{}"}}}}',
    ],
)
def test_a_pesel_in_any_place(hidden, line, tmp_path):
    path = tmp_path / "a.jsonl"
    split = "".join(f"\\u{ord(c):04x}" if ord(c) < 0x10000 else c for c in hidden)
    for number in (hidden, split):
        path.write_text(PAIR + line.format(number) + "\n", encoding="utf-8")
        quick = read([str(path)])
        with pytest.MonkeyPatch.context() as patch:
            without_looks(patch)
            assert read([str(path)]) == quick


@pytest.mark.parametrize(("begin", "end"), [("[", "]"), ('{"x":', "}"), ('[{"x":', "}]")])
def test_a_line_that_nests_deep_beside_what_has_no_value(begin, end, tmp_path):
    path = tmp_path / "a.jsonl"
    for depth in (*range(50, 500, 50), 800, 20_000):
        line = '{"id": "c", "type": "Foundation", "name": "C", "url": null, "x": %s1%s}\n'
        path.write_text(PAIR + line % (begin * depth, end * depth), encoding="utf-8")
        (problem,) = read([str(path)])[1]
        assert problem.code in ("unknown-key", "too-deep")


def test_lines_that_are_too_long(tmp_path, monkeypatch):
    monkeypatch.setattr(jsonl, "MAX_LINE", 300)
    path = tmp_path / "a.jsonl"
    for length in (200, 240, 260, 300, 301, 302, 700, 5000):
        for size in (1, 64, 299, 300, 301, 1 << 16):
            monkeypatch.setattr(jsonl, "BLOCK", size)
            line = '{"id": "c", "type": "Foundation", "name": "%s"}\n' % ("x" * length)
            path.write_text(PAIR + line + PAIR.replace('"id": "a"', '"id": "d"'), encoding="utf-8")
            quick = read([str(path)])
            with pytest.MonkeyPatch.context() as patch:
                without_looks(patch)
                assert read([str(path)]) == quick


AGENDAS = [
    [{"name": "b", "position": 1}, {"name": "a", "position": 2}],
    [{"position": 10, "name": "a"}, {"position": 9, "name": "b"}],
    [{"name": "ab"}, {"name": "ab c"}, {"name": "a"}],
    [{"name": "a'x"}, {"name": 'a"y'}, {"name": "a#z"}],
    [{"name": "b", "sessionType": "discussion"}, {"name": "a"}],
]


@pytest.mark.parametrize("agenda", AGENDAS)
def test_parts_stand_in_the_order_of_the_parsed_ones(agenda, tmp_path, monkeypatch):
    visit = {"type": "Event", "id": "wizyta", "name": "Wizyta", "agenda": agenda}
    path = tmp_path / "events.jsonl"
    path.write_text(json.dumps({**visit, "startDate": "2018-06-15", "eventType": "study-visit"}))
    plain = mapped([str(path)], "ttl", tmp_path, ())
    assert isinstance(next(iter(Intake([path]))), Plain)
    without_looks(monkeypatch)
    assert mapped([str(path)], "ttl", tmp_path, ()) == plain
    assert plain.code == 0


@pytest.mark.parametrize("several", [["b", "a", "b"], {"pl": ["b", "a", "b"], "en": "a"}])
def test_texts_that_stand_twice_are_said_once(several, tmp_path):
    path = tmp_path / "a.jsonl"
    line = {"id": "c", "type": "Foundation", "name": "C", "alternateName": several}
    path.write_text(PAIR + json.dumps(line), encoding="utf-8")
    assert isinstance(list(Intake([path]))[-1], Plain)
    assert_same([path], tmp_path, formats=("nt", "ttl", "rdf"))
