"""Measures what users wait for: the start of commands, and small files.

The peers' row is what their library costs before it does anything: one import in a new process.
"""

import shutil
import subprocess

from comparison import HERE, Contender, Step, step
from environments import APART, es_lod, python, version

IMPORTS = (
    ("rdflib", "rdflib", "import rdflib"),
    ("pyshacl", "pyshacl", "import pyshacl"),
    ("morph-kgc", "morph-kgc", "import morph_kgc"),
    ("maplib", "maplib", "import maplib"),
    ("pyoxigraph", "pyoxigraph", "import pyoxigraph"),
)


def workbook(step: Step) -> str:
    """A workbook of about 300 records, made on first use."""
    path = step.folder / "small.xlsx"
    if not path.exists():
        command = [es_lod(), "map", str(step.data(33)), "-o", str(path)]
        subprocess.run(command, check=True)  # noqa: S603  # our own command
    return str(path)


def main() -> None:
    """Measure, print and keep the results."""
    asked = step("startup", __doc__)
    example = asked.folder / "small.yaml"
    shutil.copy(HERE.parent / "examples" / "wizyta-studyjna-tarnow-2018.yaml", example)
    small = ["map", str(example), "-o", str(asked.folder / "small.ttl")]
    contenders = [
        Contender("es-lod --help", [es_lod(), "--help"]),
        Contender("es-lod map, one small file", [es_lod(), *small]),
        Contender(
            "es-lod validate, 297 records in a workbook", [es_lod(), "validate", workbook(asked)]
        ),
    ]
    for peer, distribution, code in IMPORTS:
        interpreter = python(peer)
        name = f"{code} ({version(interpreter, distribution)})"
        contenders.append(Contender(name, [interpreter, "-c", code], APART))
    asked.size = 0
    asked.compare(contenders)
    asked.write()


if __name__ == "__main__":
    main()
