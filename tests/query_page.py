"""The query page as its readers meet it: over the examples, without the rest of the server."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
from conftest import ROOT

import es_lod
from es_lod.dataset import Dataset
from es_lod.report import Report
from es_lod.server import page
from es_lod.server.questions import Refusal
from es_lod.site.edition import Edition
from es_lod.site.settings import read_settings

SETTINGS = read_settings(ROOT / "examples" / "site.yaml")
NONCE = "bm9uY2U"
_RESULTS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}


def edition() -> Edition:
    """The frame of the site of the examples, as a server knows it: without the records."""
    return Edition(Dataset(), SETTINGS, Report([]))


def examples() -> ox.Store:
    """The examples, with ontology and concepts."""
    return es_lod.load(ROOT / "examples").store()


def answered(store: ox.Store, text: str, folder: Path) -> tuple[str, Path, int]:
    """Kind, file and length of an answer, written as the pool writes it. Raises `Refusal`."""
    try:
        answer = store.query(text, use_default_graph_as_union=True)
    except SyntaxError as error:
        raise Refusal("malformed", reason=" ".join(error.msg.split())[:500]) from None
    if isinstance(answer, ox.QueryTriples):
        triples = list(answer)
        path = folder / "answer.nt"
        ox.serialize(triples, str(path), format=ox.RdfFormat.N_TRIPLES)
        return "graph", path, len(triples)
    kind = "boolean" if isinstance(answer, ox.QueryBoolean) else "solutions"
    path = folder / "answer.srj"
    path.write_bytes(answer.serialize(format=ox.QueryResultsFormat.JSON))
    return kind, path, path.read_text(encoding="utf-8").count('{"type"')


def shown(store: ox.Store, text: str = "", name: str | None = None) -> page.Shown:
    """What the page shows of a question, asked."""
    asked = text or page.named_text(name or "")
    if not asked:
        return page.Shown()
    with TemporaryDirectory() as folder:
        try:
            kind, path, _ = answered(store, asked, Path(folder))
        except Refusal as refusal:
            return page.Shown(text, name, refusal=refusal)
        return page.Shown(text, name, page.read_result(path, kind))


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of a site with the page, on the loopback."""
    store, frame = examples(), edition()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path == "/sparql":
                self._asked(parts.query)
            elif parts.path == "/sparql/terms.json":
                self._send(page.terms_json(), "application/json")
            elif parts.path.startswith("/sparql/assets/"):
                name = parts.path.rpartition("/")[2]
                self._send(page.asset(name), page.ASSETS[name])
            else:
                found = site / parts.path.lstrip("/")
                types = {".css": "text/css", ".svg": "image/svg+xml"}
                self._send(found.read_bytes(), types.get(found.suffix, "text/html"))

        def do_POST(self) -> None:
            self._asked(self.rfile.read(int(self.headers["Content-Length"])).decode())

        def _asked(self, text: str) -> None:
            asked = {key: values[0] for key, values in parse_qs(text).items()}
            query = asked.get("query", "") or page.named_text(asked.get("name", "")) or ""
            if format := asked.get("format"):
                data = store.query(query, use_default_graph_as_union=True)
                self._send(data.serialize(format=_RESULTS[format]), "text/csv")
                return
            found = shown(store, asked.get("query", ""), asked.get("name"))
            data = page.query_page(frame, asked.get("lang", "pl"), found, NONCE)
            self._send(data, "text/html", found.refusal.status if found.refusal else 200)

        def _send(self, data: bytes, media_type: str, status: int = 200) -> None:
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()
