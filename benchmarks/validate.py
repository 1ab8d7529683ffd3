"""Measures `es-lod validate` and its peers: records, references, SHACL, terms, all in one report.

es-lod reads JSON Lines and checks everything; with the extra `fast` a compiled engine checks the
shapes, without it pySHACL is asked only of what does not surely conform. pySHACL reads the triples
and the vocabulary (N-Triples, made before) and checks the shapes alone. It takes more than a second
a case, so that it is measured with 20 cases, and es-lod beside it; "queries parsed once" is how
es-lod calls it (200 cases), where no SPARQL query is parsed anew for every node.
"""

import os
import subprocess
import sys
from pathlib import Path

from comparison import Contender, Step, step
from environments import APART, PEERS, es_lod, python, version
from pyoxigraph import RdfFormat, parse, serialize

FEW, SOME = 20, 200
"""So many cases take pySHACL half a minute, or ten seconds where es-lod helps it."""
WITHOUT = "import sys; sys.modules['shacl'] = None; from es_lod.cli import main; main()"
"""es-lod as it is without the extra `fast`."""
ROOT = PEERS.parent.parent


def ours(records: Path) -> list[Contender]:
    """es-lod with and without the compiled engine."""
    fast = [es_lod(), "validate", str(records)]
    plain = [sys.executable, "-c", WITHOUT, "validate", str(records)]
    return [
        Contender("es-lod, with the extra fast", fast, note="everything"),
        Contender("es-lod, core install", plain, note="everything"),
    ]


def shaped(step: Step, number: int) -> Path:
    """The triples of a number of cases, with those of the vocabulary."""
    path = step.folder / f"shaped-{number}.nt"
    command = [es_lod(), "map", str(step.data(number)), "-o", str(path)]
    subprocess.run(command, check=True)  # noqa: S603  # our own command
    with path.open("ab") as out:
        for file in sorted((ROOT / "ontology").rglob("*.ttl")):
            serialize((quad.triple for quad in parse(path=str(file))), out, RdfFormat.N_TRIPLES)
    return path


def pyshacl(step: Step, data: Path) -> Contender:
    """The command of pySHACL."""
    shapes = step.folder / "shapes.ttl"
    shapes.write_bytes(b"\n".join(p.read_bytes() for p in sorted((ROOT / "shapes").glob("*.ttl"))))
    interpreter = python("pyshacl")
    command = [interpreter, "-m", "pyshacl", "-s", str(shapes), "-sf", "turtle", "-df", "nt"]
    name = version(interpreter, "pyshacl")
    return Contender(name, [*command, str(data)], APART, note="shapes only", runs=2)


def helped(data: Path) -> Contender:
    """The same engine within es-lod."""
    command = [sys.executable, str(PEERS / "pyshacl_validate.py"), str(data)]
    name = "pySHACL, queries parsed once"
    return Contender(name, command, dict(os.environ), note="shapes only", runs=3)


def main() -> None:
    """Measure, print and keep the results."""
    asked = step("validate", __doc__)
    asked.compare(ours(asked.records), 100 * asked.cases)
    asked.write()
    for number, peer in (
        (FEW, pyshacl(asked, shaped(asked, FEW))),
        (SOME, helped(shaped(asked, SOME))),
    ):
        asked.name, asked.size, asked.rows = f"validate-{number}", number, []
        asked.compare([*ours(asked.data(number)), peer], 100 * number)
        asked.write()


if __name__ == "__main__":
    main()
