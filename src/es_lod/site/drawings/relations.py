"""The picture of a record's relations: what it refers to, the record, what refers to it.

Drawn twice, side by side and one below another; the style sheet shows what the screen has room for.
"""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from markupsafe import escape

from es_lod.site.drawings.boxes import LABEL, SMALL, Box, node
from es_lod.site.drawings.lettering import broken
from es_lod.site.drawings.marks import bus, drawn_lines, line, text, tip
from es_lod.site.drawings.shapes import CENTRE, COLUMN, NARROW, ROOMS, STEP, Column, Shape
from es_lod.site.facts.relations import WORDS
from es_lod.site.words import Speaker

_GAP: Final = 50


class _Placed(NamedTuple):
    """Boxes one below another, in a room that begins at `x`; `more` stands below them."""

    x: float
    top: float
    bottom: float
    boxes: tuple[Box, ...]
    heading: str
    more: str

    @property
    def middles(self) -> list[float]:
        """The heights at which lines lead to the record's own neighbours."""
        left = min(box.x for box in self.boxes)
        return [box.middle for box in self.boxes if box.x == left]


def picture(language: str, record: Shape, sides: Iterable[Column]) -> str:
    """The picture of a record of this shape with the shapes of its sides."""
    drawing = _Drawing(Speaker(language, WORDS), record, sides)
    return drawing.wide() + drawing.narrow()


class _Drawing:
    """Draws one record with its sides."""

    def __init__(self, say: Speaker, record: Shape, sides: Iterable[Column]) -> None:
        self._say = say
        self._centre = record
        self._sides = sides

    def narrow(self) -> str:
        """What it refers to above the record, what refers to it below."""
        out, into = self._sides
        y, above = 0.0, None
        if out.shapes:
            above = self._column(out, 0, 0, 1, STEP, "outgoing")
            y = above.bottom + 14
        record = self._record(0, y, NARROW, 1)
        y += record.height
        below = None
        if into.shapes:
            below = self._column(into, 0, y + 14, 1, STEP, "incoming")
            y = below.bottom
        lines = ""
        if above:
            lines += bus(8, record.y, above.middles, above.x + STEP, tips=True)
        if below:
            lines += bus(8, record.y + record.height, below.middles, below.x + STEP, tips=False)
            lines += tip(8, record.y + record.height, "up")
        return self._svg("narrow", NARROW, y, record, [above, below], lines)

    def wide(self) -> str:
        """What it refers to at the left of the record, what refers to it at the right."""
        out, into = self._sides
        x = 0.0
        left = right = None
        if out.shapes:
            left = self._column(out, 0, 0, 0, 0, "outgoing")
            x = COLUMN + _GAP
        record = self._record(x, 0, CENTRE, 0)
        if into.shapes:
            right = self._column(into, x + CENTRE + _GAP, 0, 0, 0, "incoming")
        height = max(side.bottom for side in (left, right) if side)
        record = record._replace(y=max(24.0, (height - record.height) / 2))
        height = max(height, record.y + record.height)
        lines = ""
        if left:
            lines += bus(x - _GAP / 2, record.middle, left.middles, COLUMN, tips=True)
            lines += line(x - _GAP / 2, record.middle, x)
        if right:
            edge = x + CENTRE
            lines += bus(edge + _GAP / 2, record.middle, right.middles, right.x, tips=False)
            lines += line(edge + _GAP / 2, record.middle, edge) + tip(edge, record.middle, "left")
        total = x + CENTRE + (_GAP + COLUMN if right else 0)
        return self._svg("wide", total, height, record, [left, right], lines)

    def _record(self, x: float, y: float, width: float, layout: int) -> Box:
        item, title, lines, _ = self._centre
        return Box(x, y, width, lines[layout], (), item, title)

    def _column(
        self, side: Column, x: float, top: float, layout: int, indent: float, heading: str
    ) -> _Placed:
        boxes = tuple(_placed(side.shapes, x + indent, top + 20, ROOMS[layout], layout))
        y = boxes[-1].y + boxes[-1].height
        more = self._say("more", n=side.more) if side.more else ""
        return _Placed(x, top, y + (24 if more else 4), boxes, self._say(heading), more)

    def _svg(
        self,
        layout: str,
        width: float,
        height: float,
        record: Box,
        columns: list[_Placed | None],
        lines: str,
    ) -> str:
        label = escape(self._say("picture", name=self._centre.title))
        above, below = columns
        head = f'<svg class="relations {layout}" viewBox="-1 -1 {width + 2:g} {height + 2:g}"'
        parts = [
            f'{head} width="{width + 2:g}" role="group" aria-label="{label}">',
            drawn_lines(lines),
            self._side(above),
            node(record, is_centre=True),
            self._side(below),
            "</svg>\n",
        ]
        return "".join(parts)

    def _side(self, column: _Placed | None) -> str:
        if column is None:
            return ""
        left = column.boxes[0].x
        drawn = text(left, column.top + 13, column.heading, SMALL, "heading")
        for box in column.boxes:
            drawn += node(box)
            drawn += _branch(box, column.boxes)
            if box.item.beyond != 0:
                drawn += self._beyond(box)
        if column.more:
            drawn += text(left, column.bottom - 6, column.more, SMALL, "more")
        return drawn

    def _beyond(self, box: Box) -> str:
        """How much is not shown beyond a neighbour: at the right of its kind."""
        count = box.item.beyond
        said = self._say("more-still") if count is None else f"+ {count}"
        return text(box.x + box.width - 8, box.y + 15, said, SMALL, "more", "end")


def _placed(
    shapes: Iterable[Shape], x: float, y: float, width: float, layout: int
) -> Iterator[Box]:
    """The boxes of shapes below `y`, each followed by those of what is beyond it.

    Of neighbours with one label the first has it.
    """
    above = ""
    for item, title, lines, further in shapes:
        label = () if item.label == above else broken(item.label, width - 6, SMALL, 2)
        y += 10 + LABEL * len(label)
        box = Box(x, y, width, lines[layout], label, item, title)
        yield box
        above = "" if further else item.label
        y += box.height
        for inner in _placed(further, x + STEP, y, width - STEP, layout):
            yield inner
            y = inner.y + inner.height


def _branch(box: Box, boxes: tuple[Box, ...]) -> str:
    """The lines from a neighbour to what is beyond it."""
    start = boxes.index(box) + 1
    count = len(box.item.further)
    inner = boxes[start : start + count]
    if not inner:
        return ""
    x = box.x + 8
    outwards = inner[0].item.is_outgoing
    lines = bus(x, box.y + box.height, (b.middle for b in inner), inner[0].x, tips=outwards)
    if not outwards:
        lines += tip(x, box.y + box.height, "up")
    return drawn_lines(lines)
