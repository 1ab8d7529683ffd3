"""Types into a workbook with LibreOffice, as a person would, and saves it.

Run by the Python that has `uno` (on Debian the system's, with the package python3-uno). Reads one
JSON object from standard input and writes one to standard output:

    {"open": "template.xlsx",                     a file
     "type": {"organizacja": {"A3": "emagra"}},   sheet → cell → what is typed there
     "remove": ["statusy"],                       sheets
     "save": "filled.xlsx",                       as XLSX; may be left out
     "try_out": {"ustawienia": {"D1": "007"}},    typed after that, and shown
     "print": {"page.pdf": {"sheet": "organizacja", "range": "A1:F8"}}}

The answer says what the cells of `try_out` hold: `{"tried": {"ustawienia": {"D1": {"type": "VALUE",
"shown": "7"}}}}`. LibreOffice runs with a profile of its own, in Polish settings, and is stopped at
the end.
"""

import contextlib
import json
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.table import BorderLine2, TableBorder2

# 1/2 is a day in Poland, and a comma parts decimals: so do the settings of those who fill in.
POLISH = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>pl-PL</value></prop></item>
</oor:items>
"""
PATIENCE = 60
"""Seconds for LibreOffice to start."""


def with_office(work):
    """What `work` gives for the desktop of a LibreOffice of its own."""
    folder = Path(tempfile.mkdtemp(prefix="es-lod-office-"))
    pipe = f"es-lod-{uuid.uuid4().hex}"
    (folder / "user").mkdir()
    (folder / "user" / "registrymodifications.xcu").write_text(POLISH, encoding="utf-8")
    command = [
        shutil.which("soffice") or "soffice",
        f"-env:UserInstallation={folder.as_uri()}",
        f"--accept=pipe,name={pipe};urp;StarOffice.ComponentContext",
        "--headless",
        "--norestore",
        "--nologo",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        context = connected(pipe, process)
        manager = context.ServiceManager
        desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        answer = work(desktop)
        with contextlib.suppress(Exception):  # it closes the connection that it answers on
            desktop.terminate()
        process.wait(PATIENCE)
        return answer
    finally:
        process.kill()
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def connected(pipe, process):
    """The context of a LibreOffice that is starting."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if time.monotonic() > until or process.poll() is not None:
                raise
            time.sleep(0.1)


def value(name, content):
    """A named argument of LibreOffice's."""
    return PropertyValue(Name=name, Value=content)


def type_in(document, sheet, cell, text):
    """Type a text into a cell: its format and the settings decide what becomes of it."""
    found = document.Sheets.getByName(sheet).getCellRangeByName(cell)
    found.setPropertyValue("FormulaLocal", text)


def print_range(document, path, job):
    """Print cells of one sheet to PDF, as they look on a screen: with a grid and headings."""
    wanted = document.Sheets.getByName(job["sheet"])
    area = wanted.getCellRangeByName(job["range"])
    for sheet in document.Sheets:
        sheet.setPrintAreas(())
    wanted.setPrintAreas((area.RangeAddress,))
    wanted.setPrintTitleRows(False)
    style = document.StyleFamilies.getByName("PageStyles").getByName(wanted.PageStyle)
    grid = job.get("grid", True)
    if grid:  # LibreOffice prints a black one
        line = BorderLine2(Color=0xD0D7DA, OuterLineWidth=9, LineWidth=9)
        sides = ("Horizontal", "Vertical", "Top", "Bottom", "Left", "Right")
        lines = {f"{side}Line": line for side in sides}
        valid = {f"Is{name}Valid": True for name in lines}
        area.setPropertyValue("TableBorder2", TableBorder2(**lines, **valid))
    look = {
        "IsLandscape": False,
        "HeaderIsOn": False,
        "FooterIsOn": False,
        "PrintGrid": False,
        "PrintHeaders": grid,
        "ScaleToPagesX": 0,
        "ScaleToPagesY": 0,
        "PageScale": 100,
        **dict.fromkeys(("LeftMargin", "RightMargin", "TopMargin", "BottomMargin"), 300),
        # In hundredths of a millimetre; the headings of rows and columns need a little room.
        "Width": area.Size.Width + 700 + 1200 * grid,
        "Height": area.Size.Height + 700 + 600 * grid,
    }
    for name, content in look.items():
        style.setPropertyValue(name, content)
    document.storeToURL(Path(path).as_uri(), (value("FilterName", "calc_pdf_Export"),))


def tried(document, sheet, cells):
    """What cells hold once something is typed into them."""
    found = {}
    for cell, text in cells.items():
        type_in(document, sheet, cell, text)
        held = document.Sheets.getByName(sheet).getCellRangeByName(cell)
        found[cell] = {"type": held.Type.value, "shown": held.String}
    return found


def done(job, desktop):
    """Do what was asked for, to a copy: LibreOffice puts a lock beside what it opens."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(shutil.copy(job["open"], folder))
        hidden = (value("Hidden", True),)
        document = desktop.loadComponentFromURL(source.as_uri(), "_blank", 0, hidden)
        for sheet, cells in job.get("type", {}).items():
            for cell, text in cells.items():
                type_in(document, sheet, cell, text)
        for sheet in job.get("remove", []):
            document.Sheets.removeByName(sheet)
        if "save" in job:
            form = (value("FilterName", "Calc MS Excel 2007 XML"),)
            document.storeToURL(Path(job["save"]).resolve().as_uri(), form)
        found = {
            sheet: tried(document, sheet, cells) for sheet, cells in job.get("try_out", {}).items()
        }
        for path, page in job.get("print", {}).items():
            print_range(document, Path(path).resolve(), page)
        document.close(True)
    return {"tried": found}


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    json.dump(with_office(lambda desktop: done(asked, desktop)), sys.stdout, ensure_ascii=False)
