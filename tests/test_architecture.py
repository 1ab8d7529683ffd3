"""The layers: imports point downwards only, and what belongs to one room stays in it."""

import ast
import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "es_lod"

# Room → layer. A room is a module, or a package with all that is in it.
LAYERS = {
    "namespaces": 0,
    "resources": 0,
    "messages": 0,
    "errors": 0,
    "personal": 0,
    "extensions": 0,
    "formats": 0,
    "signals": 0,
    "values": 1,
    "iris": 1,
    "model": 1,
    "labels": 2,
    "rdf": 2,
    "context": 2,
    "jsonschema": 2,
    "templates": 2,
    "reference": 2,
    "readers": 2,
    "tabular": 2,
    "validate": 3,
    "intake": 3,
    "replacing": 3,
    "serialize": 3,
    "report": 3,
    "rejects": 3,
    "query": 3,
    "answers": 3,
    "solutions": 3,
    "stores": 3,
    "dataset": 3,
    "differences": 3,
    "site": 4,
    "server": 5,
    "cli": 6,
}
# The rooms of the site: each imports only from those above it, beside what all of them share.
SITE = ("editions", "downloads", "facts", "harvest", "schema_org", "drawings", "pages")
SHARED = {
    "addresses",
    "cards",
    "collation",
    "counts",
    "edition",
    "graph",
    "held",
    "links",
    "escaping",
    "prepared",
    "processes",
    "register",
    "served",
    "servers",
    "settings",
    "standing",
    "survey",
    "towns",
    "words",
}
MODULES = sorted(path.relative_to(SOURCE) for path in SOURCE.rglob("*.py"))
# What only these rooms may import.
ONLY_IN = {
    "click": ("cli",),
    "icalendar": ("site",),
    "jinja2": ("site", "server"),
    "markupsafe": ("site", "server"),
    "pyshacl": ("validate",),
    "rapidfuzz": ("server",),
    "ruamel": ("readers",),
    "shacl": ("validate",),
    "starlette": ("server",),
    "stdnum": ("personal",),
    "uvicorn": ("server",),
}


def room(path: Path) -> str:
    return path.parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    """The dotted names of all modules that a module imports, wherever the import stands."""
    found: set[str] = set()
    for node in ast.walk(ast.parse((SOURCE / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_every_room_has_a_layer():
    rooms = {room(path) for path in MODULES} - {"__init__"}
    assert rooms == set(LAYERS)


@pytest.mark.parametrize(
    "path", [p for p in MODULES if p.name != "__init__.py" or len(p.parts) > 1]
)
def test_imports_point_downwards(path):
    layer = LAYERS[room(path)]
    for name in imports(path):
        package, _, rest = name.partition(".")
        if package == "es_lod" and rest:
            target = rest.split(".")[0]
            assert LAYERS.get(target, layer) <= layer, f"{path} imports {name}"


@pytest.mark.parametrize("path", [p for p in MODULES if room(p) == "site" and len(p.parts) == 3])
def test_the_rooms_of_the_site_import_those_above_them(path):
    known = SITE[: SITE.index(path.parts[1]) + 1]
    for name in imports(path):
        if name.startswith("es_lod.site."):
            assert name.split(".")[2] in {*known, *SHARED}, f"{path} imports {name}"


def test_the_shared_modules_of_the_site_know_none_of_its_rooms():
    for name in SHARED:
        assert not {
            n
            for n in imports(Path(f"site/{name}.py"))
            if n.split(".")[2:3] and n.split(".")[2] in SITE
        }


def test_the_site_says_what_its_rooms_are():
    text = (SOURCE / "site" / "__init__.py").read_text(encoding="utf-8")
    assert tuple(re.findall(r"^- `(\w+)/`", text, re.MULTILINE)) == SITE
    folders = {path.parts[1] for path in MODULES if room(path) == "site" and len(path.parts) == 3}
    assert folders == set(SITE)


def test_readers_know_nothing_of_the_tables_that_they_are_read_for():
    of_readers = [path for path in MODULES if room(path) == "readers"]
    known = {name for path in of_readers for name in imports(path) if "es_lod.tabular" in name}
    assert known <= {"es_lod.tabular.sheets.Sheet"}  # for the type of `Unread.raw`


@pytest.mark.parametrize("path", MODULES)
def test_a_library_stays_in_its_room(path):
    for name in imports(path):
        owners = ONLY_IN.get(name.partition(".")[0], (room(path),))
        assert room(path) in owners, f"{path} imports {name}"


@pytest.mark.parametrize("path", [p for p in MODULES if room(p) != "namespaces"])
def test_iris_stand_in_namespaces_only(path):
    tree = ast.parse((SOURCE / path).read_text(encoding="utf-8"))
    docstrings = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docstrings
        ):
            iri = "w3.org/" in node.value or "w3id.org/" in node.value or "purl.org/" in node.value
            assert not iri or "schema.org/draft" in node.value, (
                f"{path}:{node.lineno}: {node.value}"
            )


@pytest.mark.parametrize("path", MODULES)
def test_modules_stay_small(path):
    lines = (SOURCE / path).read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 280, len(lines)
