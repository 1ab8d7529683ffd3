"""Odd fields of an extension: what looks cannot know, they leave to the model."""

import subprocess
import sys
from pathlib import Path

MODULE = """
from pathlib import Path
from typing import Annotated, Any

from es_lod.model import Organization, Part
from es_lod.model.record import Conflict
from es_lod.model.kinds import CountKind, DecimalKind
from es_lod.model.strings import StringKind
from es_lod.model.parts import Address, ContactPoint
from es_lod.model.types import Count, Date, Many, Name, Names, String, Url
from es_lod.namespaces import RDF, Namespace

ODD = Namespace("odd", "https://odd.test/ns#")
ONTOLOGY = SHAPES = Path(__file__).parent


class AnyKind(StringKind):
    rule = staticmethod(lambda raw: raw)


class EvenKind(CountKind):
    def parse(self, raw, language="pl"):
        return super().parse(raw, language) // 2 * 2


class Leaf(Part, types=(ODD.Leaf,), naming=("count", "notes", "name")):
    count: Annotated[Count | None, ODD.count] = None
    notes: Annotated[Many[String], ODD.note] = ()
    name: Annotated[Name | None, ODD.name] = None
    position: Annotated[Count | None, ODD.position] = None


class Scaled(Part, types=(ODD.Scaled,), naming=("shown",)):
    name: Annotated[String, ODD.name] = "usual"
    position: Annotated[Any, ODD.position, DecimalKind()] = None

    @property
    def shown(self):
        return f"x-{self.name}"


class Ring(Part, types=(ODD.Ring,)):
    inner: Annotated["Ring | None", ODD.inner] = None


class Office(ContactPoint, types=(ODD.Office,)):
    pass


class Abroad(Address, types=(ODD.Abroad,)):
    def conflicts(self):
        yield from super().conflicts()
        if self.address_locality == "a":
            yield Conflict("invalid-postcode", "addressLocality", {"value": "a"}, None)


class Tree(Organization, types=(ODD.Tree,), periods=(("opened", "closed"),)):
    counts: Annotated[Many[Count], ODD.counts] = ()
    slogans: Annotated[Many[Name], ODD.slogan] = ()
    mottos: Annotated[Many[Names], ODD.motto] = ()
    opened: Annotated[Date | None, ODD.opened] = None
    closed: Annotated[Date | None, ODD.closed] = None
    anything: Annotated[Many[Annotated[str, AnyKind()]], ODD.anything] = ()
    even: Annotated[int | None, ODD.even, EvenKind()] = None
    other_types: Annotated[Many[Url], RDF.type] = ()
    leaves: Annotated[Many[Leaf], ODD.leaf] = ()
    scaled: Annotated[Many[Scaled], ODD.scaled] = ()
    offices: Annotated[Many[Office], ODD.office] = ()
    abroad: Annotated[Abroad | None, ODD.abroad] = None


class Chain(Organization, types=(ODD.Chain,)):
    ring: Annotated[Ring | None, ODD.ring] = None


class Usual(Organization, types=(ODD.Usual,)):
    note: Annotated[String, ODD.note] = "usual"
"""
SCRIPT = """
import io, json, sys
import es_lod.readers.jsonl, es_lod.readers.plain
from es_lod.formats import FORMATS
from es_lod.intake import Intake
from reference_mapping import quads
from es_lod.readers.plain import Plain
from es_lod.serialize import write, write_quads
from es_lod.validate.terms import TermLint

# The extension comes late, in a language of its own: its prefix is declared all the same.
with open("first.jsonl", "w", encoding="utf-8") as out:
    out.write('{"id": "a", "type": "Foundation", "name": "A"}\\n')
with open("second.jsonl", "w", encoding="utf-8") as out:
    out.write('{"language": "en"}\\n{"id": "b", "type": "Tree", "name": "B", "counts": [1]}\\n')
    out.write('{"id": "c", "type": "Tree", "name": "C"}\\n')
intake = Intake(["first.jsonl", "second.jsonl"])
late = io.BytesIO()
write(intake.records(), late, FORMATS["ttl"], intake.base)
assert late.getvalue().count(b"@prefix odd:") == 1, late.getvalue().decode()
assert b"id:b a odd:Tree" in late.getvalue() and b"id:c a odd:Tree" in late.getvalue()

FIELDS = [
    {}, {"counts": [10, 9]}, {"counts": ["10", "9"]}, {"slogans": ["b", "a'", "a"]},
    {"slogans": [{"pl": "b", "en": "a"}, "c"]}, {"opened": "2019", "closed": "2018"},
    {"mottos": ["b", "a"]}, {"mottos": "a"},
    {"anything": ["b", "a\\x7f", "\\x0b", "\\ufffe"]}, {"anything": "a"}, {"even": "3"},
    {"even": 4}, {"otherTypes": ["https://schema.org/nothing"]},
    {"leaves": [{"count": "12"}]}, {"leaves": [{"notes": "a"}, {"notes": ["b"]}]},
    {"leaves": [{"name": "b", "position": "10"}, {"name": "a", "position": 9}]},
    {"leaves": [{"name": "a"}, {"name": "A"}]}, {"leaves": [{"name": "b"}, {"name": "a"}]},
    {"leaves": [{"count": 1, "name": {"en": "a"}}]}, {"leaves": []},
    {"scaled": [{"position": 1.5, "name": "b"}, {"position": 1.25, "name": "a"}]},
    {"scaled": [{"name": None}]}, {"offices": {"email": "anna.nowak@a.pl"}},
    {"offices": [{"contactType": "biuro"}]}, {"abroad": {"addressLocality": "a"}},
    {"abroad": {"addressLocality": "b"}}, {"type": "Usual"}, {"type": "Usual", "note": "b"},
]
ring = {}
for _ in range(70):
    ring = {"inner": ring}
FIELDS += [{"type": "Chain", "ring": ring}, {"type": "Chain", "ring": {"inner": {}}}]
with open("records.jsonl", "w", encoding="utf-8") as out:
    for n, more in enumerate(FIELDS):
        out.write(json.dumps({"id": f"r{n}", "type": "Tree", "name": "A", **more}) + "\\n")


def outcome(by_quads):
    intake = Intake(["records.jsonl"])
    items = list(intake)
    good = [item if isinstance(item, Plain) else item.record for item in items if not item.broken]
    built = [item.record if isinstance(item, Plain) else item for item in good]
    lint = TermLint(intake.base)
    for _ in lint.passing(good):
        pass
    texts = []
    for format in ("nt", "ttl"):
        text = io.BytesIO()
        if by_quads:
            every = (quad for record in built for quad in quads(record, intake.base))
            write_quads(every, text, FORMATS[format], intake.base)
        else:
            write(good, text, FORMATS[format], intake.base)
        texts.append(text.getvalue())
    document = io.BytesIO()
    write(built if by_quads else good, document, FORMATS["jsonld"], intake.base)
    texts.append(document.getvalue())
    plain = sum(isinstance(item, Plain) for item in items)
    return [texts, intake.problems, lint.problems, list(map(repr, built))], plain


quick, plain = outcome(by_quads=False)
for module in (es_lod.readers.plain, es_lod.readers.jsonl):
    module.plainly = lambda *_: None
slow, none = outcome(by_quads=True)
for a, b in zip(quick, slow):
    assert a == b, (a, b)
assert none == 0 and plain > 5, plain
print("equal")
"""


def test_odd_fields_come_out_as_they_always_did(tmp_path):
    package = tmp_path / "es_lod_odd"
    package.mkdir()
    (package / "__init__.py").write_text(MODULE, encoding="utf-8")
    info = tmp_path / "es_lod_odd-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: es-lod-odd\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[es_lod.extensions]\nodd = es_lod_odd\n")
    tests = str(Path(__file__).parent)
    script = f"import sys; sys.path[:0] = [{str(tmp_path)!r}, {tests!r}]\n{SCRIPT}"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "equal\n"), done.stderr
