"""Where clients have reached the server, as answers with addresses say it."""

from dataclasses import replace

import pytest
from starlette.requests import Request
from test_server_reconcile import SETTINGS

from es_lod.server.reached import root

SITE = replace(SETTINGS, url="https://w3id.org/x/", host="https://dane.example/es/", endpoint=None)
OWN = replace(SITE, endpoint="https://pytania.example/lod/sparql")
OTHER = replace(SITE, endpoint="https://dane.example/cudzy/sparql")
NAMELESS = replace(SITE, endpoint="https://pytania.example/query")


@pytest.mark.parametrize(
    ("settings", "host", "below", "expected"),
    [
        (SITE, "127.0.0.1:8000", "", "http://127.0.0.1:8000/"),
        (SITE, "[::1]:8000", "", "http://[::1]:8000/"),
        (SITE, "127.0.0.1", "/dane/lod", "http://127.0.0.1/dane/lod/"),
        (SITE, "dane.example", "", "https://dane.example/es/"),
        (SITE, "Dane.Example", "", "https://dane.example/es/"),
        (SITE, "w3id.org", "", "https://w3id.org/x/"),
        (OWN, "pytania.example", "", "https://pytania.example/lod/"),
        (OWN, "dane.example", "", "https://dane.example/es/"),
        (OTHER, "dane.example", "", "https://dane.example/es/"),
        (NAMELESS, "pytania.example", "", "http://pytania.example/"),
        *((SITE, host, "", "http://localhost/") for host in ("%zz", 'x"><script>', "a b", "")),
    ],
)
def test_the_settings_say_below_which_path_their_hosts_have_the_server(
    settings, host, below, expected
):
    scope = {"type": "http", "scheme": "http", "path": f"{below}/sparql", "root_path": below}
    scope |= {"headers": [(b"host", host.encode())], "query_string": b"", "server": ("::", 80)}
    assert root(Request(scope), settings) == expected
