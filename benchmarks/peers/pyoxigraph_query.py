"""Loads triples and the vocabulary into a store of pyoxigraph, and asks a query of es-lod.

python pyoxigraph_query.py data.nt CHECKOUT QUERY
"""

import sys
from pathlib import Path

from pyoxigraph import QueryResultsFormat, Store


def main() -> None:
    """Load, ask, and write the answer to standard output."""
    data, root, query = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    store = Store()
    store.bulk_load(path=data)
    for path in sorted((root / "ontology").rglob("*.ttl")):
        store.load(path=str(path))
    asked = (root / "examples" / "queries" / f"{query}.rq").read_text(encoding="utf-8")
    store.query(asked).serialize(sys.stdout.buffer, QueryResultsFormat.CSV)


if __name__ == "__main__":
    main()
