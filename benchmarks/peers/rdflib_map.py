"""Maps the cases as most do today: every triple into an rdflib graph, which is then written.

python rdflib_map.py cases.jsonl out.nt
"""

import json
import sys
from pathlib import Path

from by_hand import PREFIXES, Mapping
from rdflib import Graph, Literal, URIRef

FORMATS = {".nt": "nt", ".ttl": "turtle"}


def main() -> None:
    """Map a file of records to a file."""
    records, output = Path(sys.argv[1]), Path(sys.argv[2])
    mapping = Mapping(
        URIRef,
        Literal,
        lambda text, language: Literal(text, lang=language),
        lambda value, datatype: Literal(value, datatype=datatype),
    )
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    with records.open(encoding="utf-8") as lines:
        for line in lines:
            for triple in mapping.triples(json.loads(line)):
                graph.add(triple)
    graph.serialize(output, format=FORMATS[output.suffix], encoding="utf-8")


if __name__ == "__main__":
    main()
