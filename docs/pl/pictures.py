"""Makes the pictures of the officer's guide anew, from the template as `es-lod new` gives it.

Needs LibreOffice with its Python (on Debian: libreoffice-calc-nogui, python3-uno), pdftoppm
(poppler-utils) and a font as wide as Excel's (fonts-crosextra-carlito). From the checkout:

    .venv/bin/python docs/pl/pictures.py
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from string import ascii_uppercase

from es_lod.templates import template

HERE = Path(__file__).parent
TYPING = HERE.parent.parent / "tests" / "libreoffice_fill.py"
# What is typed from A3 on: a sheet, and its cells row by row.
TYPED = {
    "organizacja": """
        spoldzielnia-kalina|spółdzielnia socjalna|Spółdzielnia Socjalna Kalina|0009999901|
        ↳9999999999||ul. Leśna 1/2|30-070|Przykładów
        fundacja-kalina|fundacja|Fundacja Kalina|0009999902|||ul. Leśna 3|30-070|Przykładów
        gmina-przykladow|jednostka samorządu terytorialnego|Gmina Przykładów
    """,
    "jednostka organizacyjna": """
        cis-kalina|centrum integracji społecznej|CIS Kalina|spoldzielnia-kalina|06.2018|25|
        ↳warsztat-ogrodniczy; warsztat-kulinarny
    """,
}
PICTURES = {
    "instrukcja": {"sheet": "instrukcja", "range": "A1:C22", "grid": False},
    "organizacja": {"sheet": "organizacja", "range": "A1:I8"},
    "jednostka": {"sheet": "jednostka organizacyjna", "range": "A1:H6"},
}


def main() -> None:
    """Type, print, and turn the pages into pictures."""
    typed = {}
    for sheet, text in TYPED.items():
        rows = re.sub(r"\n *↳", "", text).split("\n")[1:-1]
        for n, row in enumerate(rows, 3):
            for letter, cell in zip(ascii_uppercase, row.strip().split("|"), strict=False):
                typed.setdefault(sheet, {})[f"{letter}{n}"] = cell
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        book = folder / "rekordy.xlsx"
        content = template(book.name, "pl")
        if not isinstance(content, bytes):
            raise TypeError(book)
        book.write_bytes(content)
        pages = {str(folder / f"{picture}.pdf"): job for picture, job in PICTURES.items()}
        job = json.dumps({"open": str(book), "type": typed, "print": pages})
        python = "/usr/bin/python3"  # the one that has uno
        subprocess.run([python, TYPING], input=job, text=True, check=True, stdout=sys.stderr)
        for picture in PICTURES:
            page, out = folder / f"{picture}.pdf", HERE / f"szablon-{picture}"
            options = ["-png", "-singlefile", "-r", "96"]
            subprocess.run(["pdftoppm", *options, page, out], check=True)


if __name__ == "__main__":
    main()
