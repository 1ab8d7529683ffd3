"""The named graphs of what is served, as the service description lists them."""

import json
from typing import Final

from es_lod.server.pool.answering import Pool
from es_lod.server.questions import Question

_QUERY: Final = """
SELECT ?graph (COUNT(*) AS ?triples) WHERE { GRAPH ?graph { ?s ?p ?o } }
GROUP BY ?graph ORDER BY ?graph LIMIT 1000
"""


async def named_graphs(pool: Pool) -> dict[str, int]:
    """The IRIs of the named graphs, the first thousand, with the number of their triples."""
    answer = await pool.answer(Question(_QUERY), "json", None)
    try:
        rows = json.loads(answer.path.read_bytes())["results"]["bindings"]
    finally:
        answer.path.unlink()
    return {row["graph"]["value"]: int(row["triples"]["value"]) for row in rows if "graph" in row}
