"""A bounded fuzz of all that the server answers: no failure, no file from outside, no broken HTTP.

What is sent is chance, but the same each time.
"""

import random
import re
from urllib.parse import quote

import pytest
from attacks import CANARY, copied, replies, target

SEED = 20260101
KNOWN = {200, 204, 206, 303, 304, 400, 403, 404, 405, 406, 408, 410, 413, 415, 416, 422, 503}
TYPES = {"text/html", "text/plain", "application/json", "text/turtle", "text/csv"}

OTHERS = ("PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND", "get", "G~T")
FORM = "application/x-www-form-urlencoded"
METHODS = (*("GET", "POST") * 12, *("HEAD",) * 5, "OPTIONS", *OTHERS)
ODD = (
    *("..", "%2e%2e", "%252e", "%00", "%0d%0a", "%ff", "%c3%b3", "%e2%80%ae", "//", "\\", ";a=b"),
    *(
        "%2f",
        "%5c",
        "~",
        "*",
        "'",
        '"',
        "<",
        ">",
        "{",
        "|",
        "`",
        "^",
        ".",
        "%",
        "%zz",
        ":",
        "@",
        "&",
    ),
    *("a" * 300, "=", "+", "%20", "$DATA", "con", "-1", "9" * 20, "ż".encode().hex("%"), "_", "!"),
)
VALUES = (
    *("", "a", "*/*", "*", "text/html", "text/turtle;q=0.5, */*;q=0", "application/json", "q=1"),
    *("text/csv", "application/sparql-results+xml", "application/sparql-query", "pl,en;q=0.3"),
    *("application/x-www-form-urlencoded", "multipart/form-data; boundary=a", "charset=utf-16"),
    *(
        "bytes=0-9",
        "bytes=-1",
        "bytes=5-,0-0",
        "gzip",
        "gzip;q=0, br",
        "chunked",
        "close",
        "0",
        "5",
    ),
    *("keep-alive", "Upgrade", "websocket", "h2c", "100-continue", 'W/"a", "b', "http", "https"),
    *("Thu, 01 Jan 1970 00:00:00 GMT", "localhost", "[::1]:80", "example.org:99999", "a b", "\xff"),
    *(
        "\x1b[2J",
        "\x85",
        '"' * 40,
        ";q=" * 40,
        "," * 40,
        "(" * 40,
        "\\" * 7,
        "a" * 3000,
        "1e9",
        "'",
    ),
)
HEADERS = (
    *("Accept", "Accept-Language", "Accept-Encoding", "Content-Type", "Content-Encoding", "Range"),
    *(
        "If-None-Match",
        "If-Range",
        "If-Modified-Since",
        "Expect",
        "Upgrade",
        "Connection",
        "Origin",
    ),
    *("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Prefix", "X-Forwarded-Host", "Cookie"),
    *("Access-Control-Request-Method", "Referer", "Authorization", "TE", "Trailer", "Forwarded"),
)
WORDS = (
    *(
        "SELECT",
        "ASK",
        "CONSTRUCT",
        "DESCRIBE",
        "WHERE",
        "{",
        "}",
        "(",
        ")",
        ".",
        ";",
        ",",
        "?s",
        "?p",
    ),
    *(
        "?o",
        "*",
        "<a:b>",
        "<",
        ">",
        '"a"',
        '"""',
        "'",
        "@pl",
        "^^",
        "xsd:date",
        "FILTER",
        "OPTIONAL",
    ),
    *(
        "UNION",
        "BIND",
        "VALUES",
        "GRAPH",
        "MINUS",
        "SERVICE",
        "SILENT",
        "GROUP BY",
        "ORDER BY",
        "#",
    ),
    *("LIMIT", "OFFSET", "1", "-1", "1e400", "COUNT(*)", "AS", "NOW()", "RAND()", "PREFIX", "BASE"),
    *(
        "LOAD",
        "INSERT DATA",
        "DROP ALL",
        "REDUCED",
        "DISTINCT",
        "/",
        "|",
        "^",
        "+",
        "!",
        "IN",
        "NOT",
    ),
    *(
        "\\u0041",
        "\\uD800",
        "\\",
        "\x00",
        "\ufeff",
        "\u202e",
        "ż",
        "es:name",
        "schema:name",
        "_:b",
        "[]",
    ),
    *("SELECT * { ?s ?p ?o } LIMIT 3", "ASK { }", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o } LIMIT 3"),
)
HEADS = ("SELECT *", "SELECT ?s (COUNT(?o) AS ?n)", "ASK", "CONSTRUCT { ?s ?p ?o }", "DESCRIBE ?s")
CLAUSES = (
    *("?s ?p ?o .", "?s a ?o .", "?s <https://schema.org/name> ?name .", "GRAPH ?g { ?s ?p ?o }"),
    *('VALUES ?o { "<script>" <javascript:a> }', 'BIND("2024-13-01"^^xsd:date AS ?day)'),
    *('BIND("\\u0000\\u202e" AS ?x)', 'BIND(IRI("javascript:alert(1)") AS ?s)', "FILTER(?o > 1)"),
    *("BIND(1/0 AS ?y)", 'BIND("52.1,21.0" AS ?place)', 'BIND("a"@pl-x-y AS ?z)', "FILTER(false)"),
    *(
        'BIND(STRDT("x", <a:b>) AS ?d)',
        "BIND(BNODE() AS ?b)",
        "OPTIONAL { ?s <a:b> ?u }",
        "{ SELECT ?s {} }",
    ),
    *(
        'FILTER(REGEX(STR(?o), "(a*)*b"))',
        'BIND(REPLACE("aaa", "(a|aa)+", "$1$1") AS ?r)',
        "MINUS { ?s ?p 1 }",
    ),
    *(
        "BIND(1e400 AS ?inf)",
        'BIND("9999-99-99"^^<a:date> AS ?q)',
        'BIND(xsd:date("0000-00-00") AS ?w)',
    ),
)
TREES = (
    *(
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        '"query"',
        '"ids"',
        '"properties"',
        '"pid"',
        '"v"',
        '"q0"',
        "1",
    ),
    *(
        '"type"',
        '"limit"',
        '"id"',
        '"settings"',
        "null",
        "true",
        "-1e999",
        "NaN",
        '"\\ud800"',
        '"name"',
    ),
    *(
        '{"q0": {"query": "centrum"}}',
        '{"ids": ["a"], "properties": [{"id": "name"}]}',
        '"Organization"',
    ),
    *(
        '{"q0": {"query": "a", "properties": [{"pid": "krs", "v": [1]}]}}',
        '{"q0": {}}',
        '"a"',
        "1" * 50,
    ),
)


class Chance:
    """Requests, one after another."""

    def __init__(self, paths):
        self.random = random.Random(SEED)  # noqa: S311  # no secret
        self.paths = paths

    def some(self, among, most=3):
        return [self.random.choice(among) for _ in range(self.random.randint(0, most))]

    def path(self, method):
        # Nothing is posted to files, but that is soon known.
        is_posted = method == "POST" and self.random.random() < 0.8
        chosen = self.random.choice(("/sparql", "/reconcile") if is_posted else self.paths)
        match self.random.randrange(6):
            case 0:
                at = self.random.randint(0, len(chosen))
                return chosen[:at] + "".join(self.some(ODD)) + chosen[at:]
            case 1:
                return "/" + "/".join(self.some((*ODD, *self.paths, "canary.txt"), 6))
            case _:
                return chosen

    def text(self, among):
        return " ".join(self.some(among, 12))

    def query(self):
        """A query that can be answered, often."""
        if self.random.random() < 0.4:
            return self.text(WORDS)
        head, end = self.random.choice(HEADS), self.random.choice(("", "LIMIT 5", "GROUP BY ?s"))
        return f"{head} {{ {' '.join(self.some(CLAUSES, 5))} }} {end}"

    def form(self):
        names = ("query", "queries", "extend", "update", "default-graph-uri", "named-graph-uri")
        names += ("name", "lang", "format", "id", "prefix", "cursor", "type", "limit", "callback")
        fields = []
        for name in self.some((*names[:3], *names, "a"), 4):
            if name in {"queries", "extend"}:
                value = self.text(TREES)
            elif name == "query":
                value = self.query()
            else:
                value = self.random.choice((*VALUES, "csv", "tsv", "xml", "nt", "rdf", "pl", "en"))
            match self.random.randrange(8):
                case 0:
                    value = self.random.choice(ODD)
                case 1:
                    value = quote(value[:1000], errors="replace") + self.random.choice(ODD)
                case _:
                    value = quote(value, errors="replace")
            fields.append(f"{name}={value}")
        return "&".join(fields)

    def body(self):
        match self.random.randrange(5):
            case 0:
                return self.random.randbytes(self.random.randrange(200))
            case 1:
                return self.query().encode("utf-8", "surrogatepass")
            case 2:
                return self.text(TREES).encode()
            case _:
                return self.form().encode("latin-1", "replace")

    def request(self):
        """A request that is HTTP, if an odd one: its method and its bytes."""
        method = self.random.choice(METHODS)
        address = self.path(method)
        if self.random.random() < 0.6:
            address += f"?{self.form()}"
        headers = [(name, self.random.choice(VALUES)) for name in self.some(HEADERS, 5)]
        body = self.body() if method == "POST" or self.random.random() < 0.1 else b""
        if method == "POST" and self.random.random() < 0.8:
            kind = self.random.choice((FORM, FORM, "application/sparql-query"))
            headers.append(("Content-Type", kind))
        headers.append(("Host", self.random.choice(("localhost", "localhost", *VALUES))))
        if body and self.random.random() < 0.3:
            body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
            headers.append(("Transfer-Encoding", "chunked"))
        elif body:
            headers.append(("Content-Length", str(len(body))))
        headers.append(("Connection", "close"))
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers)
        head = f"{method} {_visible(address)} HTTP/1.1\r\n{lines}\r\n"
        return method, head.encode("latin-1", "replace") + body

    def broken(self):
        """The bytes of a request, some of them others, or others altogether."""
        _, request = self.request()
        data = bytearray(request)
        for _ in range(self.random.randint(1, 6)):
            at = self.random.randrange(len(data))
            match self.random.randrange(4):
                case 0:
                    data[at] = self.random.randrange(256)
                case 1:
                    del data[at : at + self.random.randint(1, 9)]
                case 2:
                    data[at:at] = self.random.choice(
                        (b"\r\n", b"\n", b"\r", b"\0", b" ", b": ", b"\t")
                    )
                case _:
                    data[at:at] = self.random.randbytes(3)
            if not data:
                return b"\0"
        return bytes(data)


def _visible(address):
    """An address as it may stand in a request."""
    return re.sub(r"[^!-~]", lambda found: quote(found[0], errors="replace"), address) or "/"


@pytest.fixture(scope="module")
def server(tmp_path_factory, examples_site):
    folder = tmp_path_factory.mktemp("fuzz")
    with target(folder, copied(examples_site, folder)) as found:
        yield found


@pytest.fixture(scope="module")
def paths(examples_site):
    """What there is to ask for, each kind about as often."""
    found = sorted(
        path.relative_to(examples_site).as_posix()
        for path in examples_site.rglob("*")
        if path.is_file()
    )
    endpoints = ["/sparql", "/sparql", "/sparql/terms.json", "/sparql/assets/query.css", "/health"]
    below = ["", "/pl", "/en", "/preview", "/extend/propose", "/nowhere"]
    below += [f"/{way}/{what}" for way in ("suggest", "flyout") for what in ("entity", "type")]
    ids = [path[4:-4] for path in found if path.startswith("doc/") and path.endswith(".ttl")]
    return [
        *endpoints * 8,
        *[f"/reconcile{path}" for path in below] * 3,
        *(f"/{path}" for path in found[:: len(found) // 40]),
        *(f"/id/{id_}" for id_ in ids[:10]),
        *(f"/doc/{id_}" for id_ in ids[:10]),
        *(
            "/",
            "/catalog",
            "/ns",
            "/dataset",
            "/search",
            "/.well-known/void",
            "/link.txt",
            "/pipe.txt",
        ),
    ]


def test_whatever_is_asked_is_answered_as_http_has_it(server, paths):
    chance = Chance(paths)
    statuses = set()
    for _ in range(2500):
        method, request = chance.request()
        data = server.send(request)
        (answer,) = replies(data, [method])
        assert answer.status in KNOWN, request
        assert answer.status != 503 or b"/sparql" in request, request
        assert CANARY not in data, request
        assert b"Traceback" not in data, request
        statuses.add(answer.status)
    assert statuses >= {200, 303, 304, 400, 404, 405, 406, 415}, "it asks too little"
    assert_well(server)


def test_whatever_is_sent_breaks_nothing(server, paths):
    chance = Chance(paths)
    for _ in range(1500):
        data = chance.broken()
        answer = server.send(data, shut=True)
        assert CANARY not in answer, data
        assert not answer or answer.startswith(b"HTTP/1.1 "), data
        assert not re.match(rb"HTTP/1.1 500", answer), data
    assert_well(server)


def assert_well(server):
    assert server.is_well()
    told = server.told()
    assert "Traceback" not in told
    assert '" 500' not in told
    assert told.replace("\n", "").isprintable()
