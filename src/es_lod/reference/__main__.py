"""Writes the reference pages into a folder."""

import sys
from pathlib import Path

from es_lod.reference import PAGES

for name, page in PAGES.items():
    (Path(sys.argv[1]) / name).write_text(page(), encoding="utf-8", newline="\n")
