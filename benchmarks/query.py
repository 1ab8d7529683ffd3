"""Measures `es-lod query` and pyoxigraph by hand: a ready query over all cases, as CSV.

By hand: the triples (N-Triples) and the vocabulary into a store by `bulk_load`, the same query, its
answer written. es-lod is asked of the same triples, and of the records, which it checks and maps:
the query for the first time, the same again, another one, which makes the store, and one more.
"""

import os
import shutil
import subprocess
from functools import partial

from comparison import Contender, step
from environments import APART, PEERS, es_lod, python, version

QUERY = "founders"
OTHERS = (
    "SELECT (COUNT(*) AS ?n) { ?unit a <https://w3id.org/es-lod/ns#SocialIntegrationCentre> }",
    "SELECT * { <https://w3id.org/es-lod/id/cis-77> ?p ?o }",
)
ROOT = PEERS.parent.parent


def main() -> None:
    """Measure, print and keep the results."""
    asked = step("query", __doc__)
    triples = asked.folder / f"cases-{asked.cases}.nt"
    if not triples.exists():
        command = [es_lod(), "map", str(asked.records), "-o", str(triples)]
        subprocess.run(command, check=True)  # noqa: S603  # our own command
    cache = asked.folder / "cache"
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    forget = partial(shutil.rmtree, cache, ignore_errors=True)
    ours = []
    for path, form in ((triples, "N-Triples"), (asked.records, "JSON Lines")):
        asking = [es_lod(), "query", str(path), "--format", "csv"]
        same, (other, more) = [*asking, QUERY], ([*asking, "--text", text] for text in OTHERS)
        ours += [
            Contender(f"es-lod, {form}, first call", same, environment, before=forget),
            Contender(f"es-lod, {form}, the same again", same, environment),
            Contender(f"es-lod, {form}, another, keeps the store", other, environment),
            Contender(f"es-lod, {form}, one more", more, environment),
        ]
    interpreter = python("pyoxigraph")
    script = str(PEERS / "pyoxigraph_query.py")
    command = [interpreter, script, str(triples), str(ROOT), QUERY]
    name = f"{version(interpreter, 'pyoxigraph')} by hand"
    asked.compare([Contender(name, command, APART), *ours], 100 * asked.cases)
    asked.write()


if __name__ == "__main__":
    main()
