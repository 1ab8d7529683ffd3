"""Web servers for tests: Debian's Apache and nginx, and our own, on a port of the loopback."""

import contextlib
import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

import pytest

from es_lod.site.served import uncommented

_PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
APACHE = shutil.which("apache2", path=_PATH) or shutil.which("httpd", path=_PATH)
NGINX = shutil.which("nginx", path=_PATH)
MODULES = Path("/usr/lib/apache2/modules")
LOADED = (
    "mpm_event",
    "authz_core",
    "alias",
    "dir",
    "mime",
    "setenvif",
    "headers",
    "rewrite",
    "filter",
    "deflate",
)
_APACHE = """\
ServerRoot "{folder}"
ServerName localhost
PidFile "{folder}/pid"
ErrorLog "{folder}/error.log"
Listen 127.0.0.1:{port}
{user}
{modules}
StartServers 1
ServerLimit 1
ThreadsPerChild 8
MaxRequestWorkers 8
TypesConfig /dev/null
DocumentRoot "{root}"
{alias}
AddOutputFilterByType DEFLATE text/html text/turtle
<Directory "/">
    Require all denied
    AllowOverride None
</Directory>
<Directory "{site}">
    Require all granted
    Options FollowSymLinks
    AllowOverride FileInfo
</Directory>
"""
_NGINX = """\
daemon off;
master_process off;
pid "{folder}/pid";
error_log "{folder}/error.log";
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_temp_path "{folder}/body";
    proxy_temp_path "{folder}/proxy";
    fastcgi_temp_path "{folder}/fastcgi";
    uwsgi_temp_path "{folder}/uwsgi";
    scgi_temp_path "{folder}/scgi";
    map_hash_bucket_size 256;
    include "{folder}/site.conf";
}}
"""
_PROXY = """\
server {{
    listen 127.0.0.1:{port};
    location {path} {{
        proxy_pass http://127.0.0.1:{behind}/;
        proxy_set_header Host $http_host;
        proxy_set_header X-Forwarded-Prefix {prefix};
    }}
}}
"""


class Answer(NamedTuple):
    """What a server answered; the names of `headers` are in lower case."""

    status: int
    headers: dict[str, list[str]]
    body: bytes
    path: str = ""

    def header(self, name: str) -> str | None:
        values = self.headers.get(name)
        return ", ".join(values) if values else None

    def address(self, name: str) -> str:
        """The address that a header has, which may be relative to the one asked for."""
        return urljoin(self.path, self.header(name) or "")

    @property
    def type(self) -> str | None:
        return self.header("content-type")


class Server(NamedTuple):
    """A running server, and the path of the site on it."""

    port: int
    path: str
    shows: Callable[[bytes], bytes] = bytes
    """What it makes of a page."""

    def ask(
        self,
        path: str,
        accept: str | None = None,
        method: str = "GET",
        body: bytes | None = None,
        **headers: str,
    ) -> Answer:
        """Ask for a path below the site's; `accept_language` is a header, too."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if accept is not None:
            sent["Accept"] = accept
        with contextlib.closing(connection):
            skipped = {"skip_accept_encoding": True, "skip_host": "host" in sent}
            connection.putrequest(method, self.path + path, **skipped)
            for name, value in sent.items():
                connection.putheader(name, value)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            response = connection.getresponse()
            found: dict[str, list[str]] = {}
            for name, value in response.getheaders():
                found.setdefault(name.lower(), []).append(value)
            return Answer(response.status, found, response.read(), self.path + path)


def needed(program: str | None, name: str) -> None:
    """Skip where a server is not installed; CI has to have it."""
    if program is None:
        if "CI" in os.environ:
            pytest.fail(f"CI has to have {name}")
        pytest.skip(f"needs {name}")


@contextlib.contextmanager
def apache(folder: Path, site: Path, path: str) -> Iterator[Server]:
    """Apache with a site, as its document root or, by an alias, below a path."""
    needed(APACHE, "apache2")
    port, folder = _free_port(), _own_folder(folder)
    built_in = subprocess.run([APACHE, "-l"], capture_output=True, text=True, check=True).stdout
    modules = "\n".join(
        f'LoadModule {name}_module "{MODULES}/mod_{name}.so"'
        for name in LOADED
        if f"mod_{name}.c" not in built_in
    )
    empty = folder / "empty"
    empty.mkdir()
    settings = {
        "folder": folder,
        "port": port,
        "modules": modules,
        "user": "User daemon\nGroup daemon" if os.geteuid() == 0 else "",
        "site": site,
        "root": site if path == "/" else empty,
        "alias": "" if path == "/" else f'Alias "{path}" "{site}/"',
    }
    (folder / "apache.conf").write_text(_APACHE.format(**settings), encoding="utf-8")
    command = [APACHE, "-f", folder / "apache.conf", "-D", "FOREGROUND"]
    with _running(command, folder, port):
        yield Server(port, path)


@contextlib.contextmanager
def nginx(folder: Path, site: Path, path: str) -> Iterator[Server]:
    """Nginx with the rules of a site, of which only `listen` and `root` are corrected."""
    needed(NGINX, "nginx")
    port, folder = _free_port(), _own_folder(folder)
    root = site
    if path != "/":
        root = folder / "root"
        root.mkdir()
        (root / path.strip("/")).symlink_to(site)
    rules = (site / "nginx.conf").read_text(encoding="utf-8")
    for old, new in (
        ("listen 80;", f"listen 127.0.0.1:{port};"),
        ("root /var/www/html;", f'root "{root}";'),
    ):
        assert rules.count(old) == 1
        rules = rules.replace(old, new)
    (folder / "site.conf").write_text(rules, encoding="utf-8")
    (folder / "nginx.conf").write_text(_NGINX.format(folder=folder), encoding="utf-8")
    command = [NGINX, "-p", folder, "-c", folder / "nginx.conf"]
    with _running(command, folder, port):
        yield Server(port, path)


@contextlib.contextmanager
def es_lod(folder: Path, site: Path, path: str, *more: str | Path) -> Iterator[Server]:
    """Our own server; a path below the root is that of an nginx before it.

    `more` are further inputs, and options.
    """
    port, folder = _free_port(), _own_folder(folder)
    arguments = ["serve", site, "--port", str(port), *more]
    command = [sys.executable, "-m", "es_lod.cli", *arguments]
    with _running(command, folder, port), contextlib.ExitStack() as stack:
        if path != "/":
            needed(NGINX, "nginx")
            behind, port = port, _free_port()
            settings = {"port": port, "path": path, "prefix": path.rstrip("/"), "behind": behind}
            (folder / "site.conf").write_text(_PROXY.format(**settings), encoding="utf-8")
            (folder / "nginx.conf").write_text(_NGINX.format(folder=folder), encoding="utf-8")
            proxy = [NGINX, "-p", folder, "-c", folder / "nginx.conf"]
            stack.enter_context(_running(proxy, folder, port))
        yield Server(port, path, uncommented)


def says(arguments: list[str], folder: Path, **variables: str) -> str:
    """What `es-lod serve` says until it can answer, as if it listened at port 8000."""
    command = [sys.executable, "-X", "utf8", "-m", "es_lod.cli", *arguments, "--port", "0"]
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=os.environ | variables,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    said = []
    try:
        for line in process.stderr:
            said.append(re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:8000", line))
            if "Ctrl+C" in line:
                break
    finally:
        process.terminate()
        process.communicate(timeout=20)
    return "".join(said)


@contextlib.contextmanager
def _running(command: list[str | Path], folder: Path, port: int) -> Iterator[None]:
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output)
    try:
        _wait(process, folder, port)
        yield
    finally:
        process.terminate()
        process.wait(20)


def _wait(process: subprocess.Popen[bytes], folder: Path, port: int) -> None:
    for _ in range(200):
        assert process.poll() is None, (folder / "output").read_text(encoding="utf-8")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail((folder / "error.log").read_text(encoding="utf-8"))


def _own_folder(folder: Path) -> Path:
    """A folder for what a server writes, which it may enter."""
    own = Path(tempfile.mkdtemp(dir=folder))
    own.chmod(0o755)
    return own


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]
