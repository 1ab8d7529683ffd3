"""Maps the cases by hand into pyoxigraph's streaming writer: no graph, no checks.

python pyoxigraph_map.py cases.jsonl out.nt
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from by_hand import PREFIXES, Mapping
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

FORMATS = {".nt": RdfFormat.N_TRIPLES, ".ttl": RdfFormat.TURTLE}


def triples(records: Path) -> Iterator[Triple]:
    """The triples of a file of records."""
    mapping = Mapping(
        NamedNode,
        Literal,
        lambda text, language: Literal(text, language=language),
        lambda value, datatype: Literal(value, datatype=datatype),
    )
    with records.open(encoding="utf-8") as lines:
        for line in lines:
            for subject, predicate, object_ in mapping.triples(json.loads(line)):
                yield Triple(subject, predicate, object_)


def main() -> None:
    """Map a file of records to a file."""
    records, output = Path(sys.argv[1]), Path(sys.argv[2])
    serialize(triples(records), str(output), FORMATS[output.suffix], prefixes=PREFIXES)


if __name__ == "__main__":
    main()
