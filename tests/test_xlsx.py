"""Workbooks: values as they are shown, at their cells, and nothing hostile done."""

import datetime
import io
import random
import struct

import pytest
import xlsxwriter
from workbooks import STRICT_MAIN, STRICT_OFFICE, dates, packed, parts, row

from es_lod.errors import EsLodError, Location, Problem
from es_lod.readers import archives, sheets
from es_lod.readers.grids import Fault, Grid, Moment, Row
from es_lod.readers.xlsx import workbook_grids


def grids(data: bytes) -> list[Grid]:
    return workbook_grids("in.xlsx", lambda: io.BytesIO(data))


def found(data: bytes) -> list[Row | Problem]:
    try:
        return [item for grid in grids(data) for item in grid.rows()]
    except EsLodError as error:
        return list(error.problems)


def cells(rows: str, **options: object) -> list[list[object]]:
    return [item.cells for item in found(packed(parts(rows, **options)))]


def reason(data: bytes) -> str:
    (problem,) = found(data)
    assert problem.code == "syntax"
    assert problem.message["pl"] != problem.message["en"]
    return problem.message["en"]


def written() -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Jednostki")
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        month = book.add_format({"num_format": "mmmm yyyy"})
        sheet.write_row(0, 0, ["nazwa", "KRS", "od", "do", "osoby"])
        sheet.write_row(3, 0, ["Żółw &\n„Łódź”", "0000123456"])
        sheet.write_datetime(3, 2, datetime.datetime(2018, 6, 19), day)  # noqa: DTZ001
        sheet.write_datetime(3, 3, datetime.datetime(2020, 2, 1), month)  # noqa: DTZ001
        sheet.write_number(3, 4, 25)
        sheet.write_boolean(4, 2, True)
        sheet.write_formula(4, 3, "=1+1", value=2)
        sheet.write_rich_string(5, 0, "a", book.add_format({"bold": True}), "b", " c")
        sheet.merge_range(6, 0, 6, 2, "razem")
        book.add_worksheet("Listy").hide()
    return file.getvalue()


def test_a_workbook_of_xlsxwriter():
    units, lists = grids(written())
    assert (units.name, units.sheet, units.hidden) == ("Jednostki", "Jednostki", False)
    assert (lists.name, lists.hidden, list(lists.rows())) == ("Listy", True, [])
    rows = list(units.rows())
    assert [r.number for r in rows] == [1, 4, 5, 6, 7]
    assert [r.cells for r in rows] == [
        ["nazwa", "KRS", "od", "do", "osoby"],
        ["Żółw &\n„Łódź”", "0000123456", "2018-06-19", "2020-02", 25],
        ["", "", True, 2],
        ["ab c"],
        ["razem"],
    ]
    assert isinstance(rows[1].cells[2], Moment)
    assert rows[1].locate(2) == Location("in.xlsx", sheet="Jednostki", cell="C4")
    assert rows[1].locate(701).cell == "ZZ4"
    assert rows[1].locate(702).cell == "AAA4"
    assert [r.cells for r in units.rows()] == [r.cells for r in rows]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("<c><v>5260250274</v></c>", 5260250274),
        ("<c><v>5260250274.0</v></c>", 5260250274),
        ("<c><v>1E5</v></c>", 100000),
        ("<c><v>0.25</v></c>", 0.25),
        ("<c><v>12345678901234567890</v></c>", 12345678901234567890.0),
        ("<c><v>NaN</v></c>", Fault("cell-error")),
        ("<c><v>x</v></c>", Fault("cell-error")),
        ('<c t="b"><v>0</v></c>', False),
        ('<c t="e"><v>#N/D!</v></c>', Fault("cell-error")),
        ('<c t="str"><v>25</v></c>', "25"),
        ('<c t="inlineStr"><is><t> a </t></is></c>', " a "),
        ('<c t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>', "ab"),
        ('<c t="inlineStr"><is><t>_x0041__x005F_x0041_</t></is></c>', "A_x0041_"),
        ('<c t="str"><f>A2</f><v>_x000A_</v></c>', "\n"),
        ('<c t="inlineStr"><is><t>_xD83D__xDE00__xD83D_</t></is></c>', "😀\ufffd"),
        ("<c><f>1+1</f><v>2</v></c>", 2),
        ("<c><f>1+1</f></c>", Fault("formula-without-value")),
        ("<c><f>1+1</f><v></v></c>", Fault("formula-without-value")),
        ('<c t="str"><f>A2</f></c>', Fault("formula-without-value")),
        ('<c t="d"><v>2018-06-19</v></c>', Moment("2018-06-19")),
        ('<c t="d"><v>2018-06-19T10:00:00Z</v></c>', Moment("2018-06-19T10:00:00")),
        ('<c t="d"><v>19.06.2018</v></c>', Fault("cell-error")),
    ],
)
def test_a_cell_is_what_it_shows(cell, expected):
    ((value, last),) = cells(row(cell, "<c><v>1</v></c>"))
    assert (type(value), value, last) == (type(expected), expected, 1)


def test_shared_strings_have_no_phonetic_hints():
    strings = '<si><t>a</t><rPh sb="0" eb="1"><t>x</t></rPh></si>'
    strings += "<si><r><t>b</t></r><r><t> c</t></r></si><si/>"
    rows = row(*(f'<c t="s"><v>{i}</v></c>' for i in (0, 1, 2)), '<c t="b"><v>1</v></c>')
    assert cells(rows, strings=strings) == [["a", "b c", "", True]]


def test_an_empty_result_of_a_formula_is_empty():
    assert cells(row('<c t="str"><f>A2</f><v></v></c>', "<c><v>1</v></c>")) == [["", 1]]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (14, "2018-06-19"),
        (15, "2018-06-19"),
        (16, Fault("date-without-year")),
        (17, "2018-06"),
        (20, "12:30:00"),
        (22, "2018-06-19T12:30:00"),
        (45, "12:30:00"),
        (46, 43270.520833333336),
        (0, 43270.520833333336),
        (10, 43270.520833333336),
        ("mmm-yy", "2018-06"),
        ("yyyy", "2018"),
        ("rrrr\\-mm\\-dd", "2018-06-19"),
        ("[$-415]d mmmm yyyy;@", "2018-06-19"),
        ("yyyy&quot; r. o godz. &quot;", "2018"),
        ("yyyy-mm-dd\\Thh:mm:ss", "2018-06-19T12:30:00"),
        ("dd.mm.rrrr g:mm", "2018-06-19T12:30:00"),
        ("dd\\.mm", Fault("date-without-year")),
        ("[Red]0.00", 43270.520833333336),
        ("0.00E+00", 43270.520833333336),
        ("General", 43270.520833333336),
        ("#,##0 &quot;dni&quot;", 43270.520833333336),
    ],
)
def test_a_date_is_as_precise_as_it_is_shown(code, expected):
    ((value,),) = cells(dates(43270.520833333336), formats=(code,))
    assert value == expected
    assert isinstance(value, Moment | Fault) == isinstance(expected, str)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1, "1900-01-01"),
        (59, "1900-02-28"),
        (60, Fault("cell-error")),
        (61, "1900-03-01"),
        (2958465, "9999-12-31"),
        (2958466, Fault("cell-error")),
        (0, Fault("cell-error")),
        (-1, Fault("cell-error")),
    ],
)
def test_days_are_counted_as_spreadsheets_do(number, expected):
    assert cells(dates(number), formats=(14,)) == [[expected]]


def test_days_from_1904():
    options = {"formats": (14, 20), "properties": '<workbookPr date1904="1"/>'}
    assert cells(dates(41808, 0.5), **options) == [["2018-06-19", "12:00:00"]]


def test_a_date_written_as_text_is_as_precise_as_it_is_shown():
    rows = row(
        '<c t="d" s="1"><v>2018-06-19</v></c>', '<c t="d" s="2"><v>2018-06-19T00:00:00</v></c>'
    )
    assert cells(rows, formats=(17, 14)) == [["2018-06", "2018-06-19"]]


@pytest.mark.parametrize(
    ("number", "code", "expected"),
    [
        (123456, "0000000000", "0000123456"),
        (30070, "00\\-000", "30-070"),
        (5260250274, "000\\-000\\-00\\-00", "526-025-02-74"),
        (123456, "000", 123456),
        (5, "0", 5),
        (1.5, "00", 1.5),
        (-5, "00", -5),
    ],
)
def test_a_format_of_zeros_shows_its_digits(number, code, expected):
    assert cells(dates(number), formats=(code,)) == [[expected]]


def test_rows_and_cells_without_references_follow_each_other():
    rows = "<row><c><v>1</v></c></row><row/><row><c/><c><v>2</v></c></row>" + row(
        '<c r="C9"><v>3</v></c>', '<c r="A9"><v>4</v></c>', n=9
    )
    read = found(packed(parts(rows)))
    assert [(r.number, r.cells) for r in read] == [(1, [1]), (3, ["", 2]), (9, [4, "", 3])]


def test_strict_workbooks_and_prefixed_names():
    rows = row('<c t="inlineStr"><is><t>x</t></is></c>', '<c s="1"><v>43270</v></c>')
    strict = cells(rows, formats=(14,), main=STRICT_MAIN, office=STRICT_OFFICE)
    assert strict == [["x", "2018-06-19"]]
    prefixed = parts("")
    prefixed["xl/worksheets/sheet1.xml"] = (
        '<x:worksheet xmlns:x="urn:x"><x:sheetData><x:row r="2"><x:c r="B2"><x:v>7</x:v></x:c>'
        "</x:row></x:sheetData></x:worksheet>"
    )
    assert [(r.number, r.cells) for r in found(packed(prefixed))] == [(2, ["", 7])]


def test_macros_and_links_are_left_alone():
    made = parts(row("<c><v>1</v></c>"))
    made["xl/_rels/workbook.xml.rels"] = made["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>",
        '<Relationship Id="m" Type="x/vbaProject" Target="vbaProject.bin"/>'
        '<Relationship Id="e" Type="x/styles" TargetMode="External" Target="http://localhost/"/>'
        "</Relationships>",
    )
    told, read = found(packed(made))
    assert (told.code, told.severity, read.cells) == ("macros-ignored", "info", [1])


def test_what_bears_the_name_of_a_workbook(monkeypatch):
    ole = bytes.fromhex("d0cf11e0a1b11ae1")
    assert "no workbook" in reason(b"nazwa;miasto\n")
    assert "no workbook" in reason(packed({"a.txt": ""}))
    assert ".xls;" in reason(ole + b"Workbook")
    assert "password" in reason(ole + "EncryptedPackage".encode("utf-16-le"))
    assert "OpenDocument" in reason(packed({"content.xml": ""}))
    assert ".xlsb" in reason(packed({"xl/workbook.bin": ""}))
    assert "damaged" in reason(packed(parts("<row>")))
    assert "damaged" in reason(packed(parts(row('<c r="ZZZZ1"><v>1</v></c>'))))
    assert "damaged" in reason(packed(parts(row('<c t="s"><v>0</v></c>'))))
    assert found(b"")[0].code == "empty-file"
    monkeypatch.setattr(sheets, "MAX_CELLS", 16_384)
    assert "too many" in reason(packed(parts(row('<c r="XFD1"><v>1</v></c>') * 2)))


def test_limits_hold_before_anything_is_unpacked(monkeypatch):
    bomb = packed(parts("") | {"xl/media/x": "\0" * 2**20})
    monkeypatch.setattr(archives, "MAX_UNPACKED", 2**20)
    assert found(bomb)[0].code == "file-too-large"
    assert found(packed({str(i): "" for i in range(10_001)}))[0].code == "file-too-large"
    monkeypatch.setattr(archives, "MAX_BYTES", 100)
    assert found(bomb)[0].code == "file-too-large"


def test_a_part_larger_than_it_says_is_damaged():
    data = packed(parts(row("<c><v>1</v></c>") * 1000))
    place = data.rindex(b"xl/worksheets/sheet1.xml") - 46  # its entry in the central directory
    (size,) = struct.unpack_from("<I", data, place + 24)
    lie = data[: place + 24] + struct.pack("<I", size // 2) + data[place + 28 :]
    assert "damaged" in reason(lie)


@pytest.mark.parametrize("kind", ["ENTITY e 'x'", "ENTITY e SYSTEM 'file:///etc/hostname'"])
def test_entities_are_refused(kind):
    made = parts(row('<c t="inlineStr"><is><t>&amp;e;</t></is></c>'))
    sheet = made["xl/worksheets/sheet1.xml"].replace("&amp;e;", "&e;")
    made["xl/worksheets/sheet1.xml"] = f"<!DOCTYPE worksheet [<!{kind}>]>{sheet}"
    assert "DOCTYPE" in reason(packed(made))


def test_a_cell_that_is_too_long_is_a_fault():
    long = f'<c t="inlineStr"><is><t>{"x" * 131_073}</t></is></c>'
    # As many runs as there can be: what is kept of them is counted, not added up anew each time.
    runs = f'<c t="inlineStr"><is>{"<r><t>x</t></r>" * 131_073}</is></c>'
    assert cells(row(long, runs)) == [[Fault("cell-too-long"), Fault("cell-too-long")]]


@pytest.mark.slow
def test_no_bytes_end_in_a_traceback():
    chance = random.Random(4)  # noqa: S311  # the same mutations in every run
    good = written()
    made = parts(
        dates(1, 43270, 0.5) + row('<c t="s"><v>0</v></c>'),
        formats=(14, "mmm-yy", 20),
        strings="<si><t>a</t></si>",
    )
    pieces = [
        b"<",
        b"/>",
        b'"',
        b"0",
        b"99999999",
        b"-1",
        b"\xff",
        b"&#0;",
        b'r="A0"',
        b"\xc2\xb2",
        b"1e400",
        b"",
    ]
    for i in range(4000):
        if i % 2:
            data = bytearray(good)
            for _ in range(chance.randint(1, 8)):
                data[chance.randrange(len(data))] = chance.randrange(256)
        else:
            mutated = {name: text.encode() for name, text in made.items()}
            name = chance.choice(list(mutated))
            part = bytearray(mutated[name])
            at = chance.randrange(len(part))
            part[at : at + chance.randint(0, 9)] = chance.choice(pieces)
            data = packed(mutated | {name: bytes(part)})
        for item in found(bytes(data)):
            assert item.cells if isinstance(item, Row) else all(item.message.values())
