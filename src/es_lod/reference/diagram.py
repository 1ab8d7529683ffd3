"""The class diagram, `docs/vocabulary.svg`: what is drawn comes from the model, where from here."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple
from xml.sax.saxutils import escape

from es_lod.labels import class_label
from es_lod.model import kinds, record_classes
from es_lod.model.fields import PartKind
from es_lod.model.record import NamedRecord, Node, Record
from es_lod.namespaces import SVG, prefixed
from es_lod.reference.records import value_words

WIDTH: Final = 1610
HEIGHT: Final = 920
_TITLE: Final = 62
_LINE: Final = 19


class Box(NamedTuple):
    """Where a class stands; its height follows from what is listed in it."""

    x: int
    y: int
    width: int


BOXES: Final = {
    "Organization": Box(140, 60, 390),
    "Article": Box(660, 20, 430),
    "Programme": Box(660, 224, 430),
    "EventSeries": Box(660, 390, 430),
    "Event": Box(1210, 185, 300),
    "Unit": Box(660, 500, 430),
    "Workshop": Box(1210, 650, 300),
}
"""The classes that others derive from, and those on their own."""

ROUTES: Final[dict[tuple[str, str], int]] = {
    ("Article", "Organization"): 110,
    ("Article", "Event"): 196,
    ("Programme", "Organization"): 300,
    ("Event", "Programme"): 300,
    ("EventSeries", "Organization"): 415,
    ("Event", "EventSeries"): 405,
    ("Event", "Organization"): 484,
    ("Unit", "Organization"): 540,
    ("Event", "Unit"): 514,
    ("Unit", "Workshop"): 710,
    ("Event", "Workshop"): 1360,
}
"""Where the line between two classes runs: its height, or its distance from the left where one
class stands below the other."""

BELOW: Final = {("Event", "Unit")}
"""Lines whose keys stand below them."""

LOOPS: Final = {"Organization": -1, "Event": 1}
"""Classes that refer to themselves, and the side on which they show it: -1 left, 1 right."""


def relations() -> list[tuple[str, str, tuple[str, ...]]]:
    """The classes that refer to others, directly or from a part: (source, target, keys).

    A reference to any record (`about`, `source`) is drawn once, to `Event`.
    """
    found: dict[tuple[str, str], dict[str, None]] = {}
    for name in BOXES:
        for target, key in _references(record_classes()[name]):
            found.setdefault((name, target), {})[key] = None
    return [(*pair, tuple(keys)) for pair, keys in found.items()]


def _references(cls: type[Node]) -> Iterator[tuple[str, str]]:
    common = {field.key for field in Record.fields()}
    for field in cls.fields():
        if field.key in common and issubclass(cls, Record):
            continue
        if isinstance(field.kind, PartKind):
            inner = ((target, key) for target, key in _references(field.kind.part))
            yield from ((target, f"{field.key}.{key}") for target, key in inner if key != "source")
        elif isinstance(field.kind, kinds.RefKind):
            for target in field.kind.targets:
                yield ("Event" if target == "Record" else target), field.key


def drawing() -> str:
    """The diagram as SVG, without scripts, links or fonts of its own."""
    shapes = [_line(source, target, keys) for source, target, keys in relations()]
    shapes += [_box(name, box) for name, box in BOXES.items()]
    common = ", ".join(field.key for field in NamedRecord.fields())
    legend = (
        ("", "podklasa · subclass"),
        ("key", "pole lub relacja · field or relation"),
        ("term", f"każdy rekord ma też · every record also has: {common}"),
    )
    shapes += [
        _text(20, HEIGHT - 70 + 22 * i, text, style) for i, (style, text) in enumerate(legend)
    ]
    return _HEAD.format(svg=SVG, width=WIDTH, height=HEIGHT) + "\n".join(shapes) + "\n</svg>\n"


_HEAD: Final = """\
<svg xmlns="{svg}" viewBox="0 0 {width} {height}" role="img" \
aria-labelledby="title">
<title id="title">es-lod: klasy i relacje · classes and relations</title>
<style>
text {{ font: 13px system-ui, "Segoe UI", "DejaVu Sans", sans-serif; fill: #1c2833; }}
.name {{ font-weight: 600; font-size: 16px; }}
.term {{ font-size: 12px; fill: #566573; }}
.key {{ fill: #7b341e; }}
.box {{ fill: #fff; stroke: #1b4f72; stroke-width: 1.5; }}
.head {{ fill: #d6e6f2; }}
.line {{ fill: none; stroke: #7b341e; stroke-width: 1.5; marker-end: url(#arrow); }}
</style>
<defs><marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" \
orient="auto"><path d="M0 0 10 5 0 10z" fill="#7b341e"/></marker></defs>
<rect width="100%" height="100%" fill="#fff"/>
"""


def _subclasses(cls: type[Record]) -> list[type[Record]]:
    return [c for c in record_classes().values() if cls in c.__mro__[1:]]


def _listed(cls: type[Record]) -> list[tuple[str, str, str]]:
    """The lines of a box: CSS class, text on the left, text on the right."""
    common = NamedRecord.by_key() if issubclass(cls, NamedRecord) else Record.by_key()
    lines = [("", sub.__name__, class_label(sub, "pl")) for sub in _subclasses(cls)]
    return lines + [
        ("key", field.key, _words(field.kind))
        for field in cls.fields()
        if not isinstance(field.kind, kinds.RefKind) and field.key not in common
    ]


def _words(kind: kinds.Kind) -> str:
    if isinstance(kind, kinds.ChoiceKind):
        return "one of a list"
    return re.sub(r"\[([^]]*)\]\([^)]*\)|`", r"\1", value_words(kind))


def height(name: str) -> int:
    """The height of a class's box."""
    return _TITLE + _LINE * len(_listed(record_classes()[name])) + 12


def _box(name: str, box: Box) -> str:
    cls = record_classes()[name]
    types = " · ".join(prefixed(type_) for type_ in cls.types if type_ not in Record.types)
    rows = [
        _rectangle("box", box.x, box.y, box.width, height(name)),
        _rectangle("head", box.x + 1, box.y + 1, box.width - 2, _TITLE - 8),
        _text(box.x + 12, box.y + 22, name, "name"),
        _text(box.x + box.width - 12, box.y + 22, class_label(cls, "pl"), "", end=True),
        _text(box.x + 12, box.y + 43, types, "term"),
    ]
    for i, (style, left, right) in enumerate(_listed(cls)):
        y = box.y + _TITLE + 14 + i * _LINE
        rows.append(_text(box.x + 12, y, left, style))
        rows.append(_text(box.x + box.width - 12, y, right, "term", end=True))
    return "\n".join(rows)


def _rectangle(style: str, x: int, y: int, width: int, height: int) -> str:
    return f'<rect class="{style}" x="{x}" y="{y}" width="{width}" height="{height}" rx="6"/>'


def _line(source: str, target: str, keys: tuple[str, ...]) -> str:
    """A line with its keys beside the class that states them."""
    a, b = BOXES[source], BOXES[target]
    bottom = a.y + height(source)
    if source == target:
        side = LOOPS[source]
        edge = a.x if side < 0 else a.x + a.width
        path = f"M{edge} {bottom - 70}H{edge + 28 * side}V{bottom - 40}H{edge}"
        return _labelled(path, edge + 8 * side, bottom - 78, keys, end=side < 0)
    at = ROUTES[source, target]
    if b.y > bottom:
        return _labelled(f"M{at} {bottom}V{b.y}", at + 8, bottom + 24, keys)
    y = at + 1 + 15 * len(keys) if (source, target) in BELOW else at - 6
    if a.x > b.x:
        return _labelled(f"M{a.x} {at}H{b.x + b.width}", a.x - 8, y, keys, end=True)
    return _labelled(f"M{a.x + a.width} {at}H{b.x}", a.x + a.width + 8, y, keys)


def _labelled(path: str, x: int, y: int, keys: tuple[str, ...], *, end: bool = False) -> str:
    texts = [_text(x, y - 15 * i, key, "key", end=end) for i, key in enumerate(reversed(keys))]
    return "\n".join([f'<path class="line" d="{path}"/>', *texts])


def _text(x: int, y: int, text: str, style: str, *, end: bool = False) -> str:
    anchor = ' text-anchor="end"' if end else ""
    name = f' class="{style}"' if style else ""
    return f'<text x="{x}" y="{y}"{name}{anchor}>{escape(text)}</text>'
