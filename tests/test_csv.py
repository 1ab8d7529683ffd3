"""CSV files: encodings, delimiters, and every cell at its line and column."""

import csv
import io
import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from es_lod.errors import EsLodError, Location, Problem
from es_lod.readers import encodings
from es_lod.readers.csv import csv_grid
from es_lod.readers.grids import Fault, Moment, Row, spooled

POLISH = "nazwa;miasto\r\nŻółw;Łódź\r\n"


def read(data: bytes, name: str = "in.csv", delimiter: str | None = None) -> list[Row | Problem]:
    try:
        return list(csv_grid(name, lambda: io.BytesIO(data), delimiter).rows())
    except EsLodError as error:
        return list(error.problems)


def cells(data: bytes, **options: str) -> list[list[object]]:
    found = read(data, **options)
    assert not [p for p in found if isinstance(p, Problem) and p.severity == "error"]
    return [row.cells for row in found if isinstance(row, Row)]


def problems(data: bytes) -> list[tuple[str, int | None, int | None]]:
    return [
        (p.code, p.location.line, p.location.column) for p in read(data) if isinstance(p, Problem)
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1250"])
def test_an_encoding_is_found(encoding):
    found = read(POLISH.encode(encoding))
    told = [p.code for p in found if isinstance(p, Problem)]
    assert told == (["read-as-windows-1250"] if encoding == "cp1250" else [])
    rows = [row for row in found if isinstance(row, Row)]
    assert [row.cells for row in rows] == [["nazwa", "miasto"], ["Żółw", "Łódź"]]
    assert rows[1].locate(1) == Location("in.csv", 2, 6)


def test_an_encoding_is_decided_on_the_whole_file():
    # Longer than the blocks in which a file is looked through.
    late = b"a;b\n" + (b"x;" + b"y" * 1_000 + b"\n") * 1_200 + "ł;ó\n".encode("cp1250")
    found = read(late)
    assert found[0].code == "read-as-windows-1250"
    assert found[-1].cells == ["ł", "ó"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("nazwa\nMałe źródło\n".encode("iso8859-2"), ("iso-8859-2", 2, 6)),
        ("nazwa\nŚlimak\n".encode("iso8859-2"), ("iso-8859-2", 2, 1)),
        (b"a\nx\xb3\x81\n", ("not-utf-8", 2, 3)),
        (POLISH.encode() + b"x\xb3", ("not-utf-8", 3, 2)),
        (b"\xef\xbb\xbfa\n\xb3\n", ("not-utf-8", 2, 1)),
        (b"\xff\xfea\0\n\0\x00\xd8", ("not-utf-8", None, None)),
        (b"a;b\0\n", ("binary-file", None, None)),
        ("a;b\n".encode("utf-16-le"), ("binary-file", None, None)),
        (b"", ("empty-file", None, None)),
        (b"\xef\xbb\xbf \r\n", ("empty-file", None, None)),
    ],
)
def test_what_cannot_be_read_is_told(data, expected):
    assert problems(data) == [expected]


@pytest.mark.parametrize("text", ["temperatura ±5 °C;ó", "Ľubica;ó", "§ 5 ¶ 2;RÓŻA"])
def test_signs_of_windows_1250_are_not_taken_for_iso_8859_2(text):
    assert problems(f"a;b\n{text}\n".encode("cp1250")) == [("read-as-windows-1250", None, None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a;b\n1,5;2,5\n", ["a", "b"]),
        ("a,b\n1;2,3\n", ["a", "b"]),
        ("a\tb\n1,2\t3;4\n", ["a", "b"]),
        ('"a;b";"c,d,e"\nx;y\n', ["a;b", "c,d,e"]),
        ('"a\n;b",c\nx,y\n', ["a\n;b", "c"]),
        (
            "nazwa, skrót;ulica, nr, lokal;miasto\nx;y;z\n",
            ["nazwa, skrót", "ulica, nr, lokal", "miasto"],
        ),
        ("nazwa\nKraków, ul. Krótka; oficyna\n", ["nazwa"]),
        ("\n\na;b\n", ["a", "b"]),
        ("sep=,\na;b,c\n", ["a;b", "c"]),
        ('"sep=|"\r\na|b\r\n', ["a", "b"]),
    ],
)
def test_the_delimiter_is_found(text, expected):
    assert cells(text.encode())[0] == expected


def test_a_stated_delimiter_wins():
    assert cells(b"a;b;c,d\n", delimiter=",") == [["a;b;c", "d"]]
    assert cells(b"a;b\tc\n", name="in.TSV") == [["a;b", "c"]]


def test_the_line_of_excel_counts():
    (row,) = read(b"sep=;\r\na;b\r\n")
    assert (row.number, row.locate(1)) == (2, Location("in.csv", 2, 3))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_places_after_quoted_line_breaks(end):
    text = f'a;b;c{end}1;"x{end}y; ""z""";"w"{end};;{end}{end}ó;"ż{end}";{end}'
    rows = read(text.encode())
    assert [row.number for row in rows] == [1, 2, 6]
    assert [str(rows[1].locate(i)) for i in range(4)] == [
        "in.csv:2:1",
        "in.csv:2:3",
        "in.csv:3:11",
        "in.csv:3:14",
    ]
    assert str(rows[2].locate(2)) == "in.csv:7:3"


@pytest.mark.parametrize(
    ("text", "expected", "after"),
    [
        ('a;b\nx;"y\nz;w\n', ("syntax", 2, 3), []),
        ('a;b\nx;"y"z\n1;2\n', ("syntax", 2, 3), [["1", "2"]]),
        ('a;b\nx;"' + "y" * 131_073 + '"\n', ("cell-too-long", 2, 3), []),
        ("a;b\n" + ";" * 16_384 + "x\n1;2\n", ("too-many-columns", 2, 16_385), [["1", "2"]]),
    ],
)
def test_a_broken_row_is_told_where_it_breaks(text, expected, after):
    assert problems(text.encode()) == [expected]
    assert [row.cells for row in read(text.encode()) if isinstance(row, Row)][1:] == after


def test_a_line_that_does_not_end_is_refused(monkeypatch):
    monkeypatch.setattr(encodings, "MAX_LINE", 2**20)
    assert problems(b"a;b\n" + b"x" * 4 * 2**20)[0][0] == "line-too-long"


def test_rows_are_read_twice_also_from_a_stream():
    with spooled(io.BytesIO(POLISH.encode())) as opened:
        grid = csv_grid("-", opened)
        assert [r.cells for r in grid.rows()] == [r.cells for r in grid.rows()]
        both = zip(grid.rows(), grid.rows(), strict=True)
        assert all(a.cells == b.cells for a, b in both)


def test_cells_that_are_no_text_compare_as_text():
    assert (Moment("2018"), Fault("cell-error")) == ("2018", "cell-error")


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)


@given(
    rows=st.lists(
        st.lists(TEXT | st.sampled_from(['"', ";\r\n", ',"\t', "\r"]), min_size=3, max_size=3)
    ),
    delimiter=st.sampled_from(";,\t"),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_what_csv_writes_is_read_back(rows, delimiter, end, encoding, quoting):
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter, lineterminator=end, quoting=quoting)
    writer.writerows([["nazwa", "kod", "miasto"], *rows])
    # csv quotes a cell for the line end that it writes, not for the other ones.
    text = written.getvalue()
    if quoting == csv.QUOTE_MINIMAL and any("\r" in c or "\n" in c for row in rows for c in row):
        return
    found = read(text.encode(encoding), delimiter=delimiter)
    assert [r.cells for r in found[1:]] == [row for row in rows if any(row)]
    lines = re.split("(?<=\n)|(?<=\r)(?!\n)", text)
    for row in found:
        for i, cell in enumerate(row.cells):
            place = row.locate(i)
            rest = "".join([lines[place.line - 1][place.column - 1 :], *lines[place.line :]])
            quoted = '"' + cell.replace('"', '""') + '"'
            assert rest.startswith(quoted if rest.startswith('"') else cell)


@pytest.mark.slow
def test_no_bytes_end_in_a_traceback():
    chance = random.Random(4)  # noqa: S311  # the same mutations in every run
    good = ['a;b\r\n"x\r\ny";ż\r\n'.encode(), POLISH.encode("cp1250"), POLISH.encode("utf-16")]
    pieces = [
        b'"',
        b";",
        b"\r",
        b"\n",
        b"\0",
        b"\xff",
        b"\xb1",
        b"sep=;\n",
        b'""',
        b"\xc5\x82",
        b"",
    ]
    for _ in range(4000):
        data = bytearray(chance.choice(good))
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(data) + 1)
            data[at : at + chance.randint(0, 3)] = chance.choice(pieces)
        for found in read(bytes(data)):
            if isinstance(found, Row):
                assert all(found.locate(i).line for i in range(len(found.cells) + 1))
            else:
                assert all(found.message.values())
