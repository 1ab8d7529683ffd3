"""The picture of the founders' network: each group a column of boxes, with lines at their left."""

from typing import Final, NamedTuple

from markupsafe import Markup, escape

from es_lod.site.drawings.boxes import WIDE, Box, node
from es_lod.site.drawings.lettering import broken, plain
from es_lod.site.drawings.marks import tip
from es_lod.site.facts.network import Group, Tie
from es_lod.site.facts.relations import Item

_WIDTH: Final = 296
_LANES: Final = 90
"""How much of the width the lines may take."""
_GAP: Final = 8
_COLOURS: Final = {"founders": "#7b341e", "operator": "#1b4f72"}


class _Bundle(NamedTuple):
    """The ties of one thing of one kind, drawn as one line: rows that it begins in, and ends in."""

    key: str
    begins: tuple[int, ...]
    ends: tuple[int, ...]

    @property
    def span(self) -> tuple[int, int]:
        rows = (*self.begins, *self.ends)
        return min(rows), max(rows)


def group(shown: Group, items: dict[str, Item], label: str) -> Markup:
    """A group: from founders lines lead to what they founded, from operators to their units.

    `items` has what stands in the box of each member.
    """
    rows = {id_: row for row, id_ in enumerate(shown.members)}
    bundles = _bundles(shown.ties, rows)
    lanes = _lanes(bundles)
    step = min(12.0, _LANES / max(1, len(lanes)))
    left = len(lanes) * step + 8
    boxes = _boxes([items[id_] for id_ in shown.members], left)
    lines = (
        _line(bundle, boxes, left - 8 - (lane + 0.5) * step)
        for lane, inside in enumerate(lanes)
        for bundle in inside
    )
    height = boxes[-1].y + boxes[-1].height + 2
    head = f'<svg class="network" viewBox="-1 -1 {_WIDTH + 2} {height:g}" width="{_WIDTH + 2}"'
    drawn = "".join([*lines, *map(node, boxes)])
    whole = f'{head} role="group" aria-label="{escape(label)}">{drawn}</svg>\n'
    return Markup(whole)  # noqa: S704  # escaped where it is drawn


def _boxes(items: list[Item], left: float) -> list[Box]:
    boxes: list[Box] = []
    y = 0.0
    for item in items:
        lines = broken(item.name, _WIDTH - left - 20, WIDE, 2)
        boxes.append(Box(left, y, _WIDTH - left, lines, (), item, plain(item.name)))
        y += boxes[-1].height + _GAP
    return boxes


def _bundles(ties: tuple[Tie, ...], rows: dict[str, int]) -> list[_Bundle]:
    """What has several founders is reached by one line, and so is what an operator has."""
    founded: dict[int, list[int]] = {}
    operated: dict[int, list[int]] = {}
    for key, first, second in ties:
        if key == "founders":
            founded.setdefault(rows[second], []).append(rows[first])
        else:
            operated.setdefault(rows[first], []).append(rows[second])
    found = [_Bundle("founders", tuple(begins), (end,)) for end, begins in founded.items()]
    found += [_Bundle("operator", (begin,), tuple(ends)) for begin, ends in operated.items()]
    return sorted(found, key=lambda bundle: (bundle.span[1] - bundle.span[0], bundle.span))


def _lanes(bundles: list[_Bundle]) -> list[list[_Bundle]]:
    """The bundles in lanes, short ones nearest to the boxes: in a lane no two lie side by side."""
    lanes: list[list[_Bundle]] = []
    for bundle in bundles:
        low, high = bundle.span
        for lane in lanes:
            if all(high < other.span[0] or other.span[1] < low for other in lane):
                lane.append(bundle)
                break
        else:
            lanes.append([bundle])
    return lanes


def _line(bundle: _Bundle, boxes: list[Box], x: float) -> str:
    """A line at `x` from the boxes where it begins to those where it ends."""
    down = [(boxes[row].middle + 7, boxes[row].x) for row in bundle.begins]
    into = [(boxes[row].middle - 7, boxes[row].x) for row in bundle.ends]
    heights = [y for y, _ in (*down, *into)]
    path = f"M{x:g} {min(heights):g}V{max(heights):g}"
    path += "".join(f"M{edge:g} {y:g}H{x:g}" for y, edge in (*down, *into))
    is_of_founders = bundle.key == "founders"
    style = "ties" if is_of_founders else "ties operated"
    dashes = "" if is_of_founders else ' stroke-dasharray="5 3"'
    colour = _COLOURS[bundle.key]
    tips = "".join(tip(edge, y, "right", colour) for y, edge in into)
    return f'<g class="{style}" stroke="{colour}"><path fill="none" d="{path}"{dashes}/>{tips}</g>'
