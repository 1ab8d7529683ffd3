"""Workbooks for tests, written part by part: what no spreadsheet writes can be made, too."""

import io
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def row(*cells: str, n: int = 1) -> str:
    return f'<row r="{n}">{"".join(cells)}</row>'


def dates(*values: object) -> str:
    """A row of numbers, each in the next style."""
    found = (f'<c r="{chr(65 + i)}1" s="{i + 1}"><v>{v}</v></c>' for i, v in enumerate(values))
    return row(*found)


def parts(
    rows: str,
    *,
    formats: tuple[int | str, ...] = (),
    strings: str = "",
    properties: str = "",
    main: str = MAIN,
    office: str = OFFICE,
) -> dict[str, str]:
    """The parts of a workbook of one sheet; a format is a built-in number or a code."""
    codes = "".join(
        f'<numFmt numFmtId="{164 + i}" formatCode="{f}"/>'
        for i, f in enumerate(formats)
        if isinstance(f, str)
    )
    styles = "".join(
        f'<xf numFmtId="{164 + i if isinstance(f, str) else f}"/>' for i, f in enumerate(formats)
    )
    relations = {"worksheet": "worksheets/sheet1.xml", "styles": "styles.xml"}
    relations["sharedStrings"] = "/xl/sharedStrings.xml"  # LibreOffice and Google differ in the /
    return {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": _relations(office, {"officeDocument": "xl/workbook.xml"}),
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}">{properties}'
        '<sheets><sheet name="Dane" sheetId="1" r:id="r0"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(office, relations),
        "xl/styles.xml": f'<styleSheet xmlns="{main}"><numFmts>{codes}</numFmts>'
        f'<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>{styles}'
        '</cellXfs><dxfs><dxf><numFmt numFmtId="164" formatCode="0.00"/></dxf></dxfs></styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{strings}</sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData>'
        "</worksheet>",
    }


def _relations(office: str, targets: dict[str, str]) -> str:
    found = (
        f'<Relationship Id="r{i}" Type="{office}/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="{PACKAGE}">{"".join(found)}</Relationships>'


def packed(of: dict[str, str] | dict[str, bytes]) -> bytes:
    """The parts as a file."""
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in of.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return found.getvalue()
