"""Validates by pySHACL with each SPARQL query parsed once, as es-lod asks it as its reference.

pySHACL's own command parses the query of a constraint anew for every node: most of its time.

    python pyshacl_validate.py data.nt
"""

import sys
from pathlib import Path

from es_lod.validate import engines, shapes
from es_lod.validate.data import Data


def main() -> None:
    """Validate a file; the exit code says whether it conforms."""
    found = engines.pyshacl_engine(Data([Path(sys.argv[1]).read_bytes()]), shapes.known())
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
