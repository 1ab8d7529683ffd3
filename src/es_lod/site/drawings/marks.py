"""The marks that drawings are made of: lines, tips of arrows, texts.

Pictures have few layouts, so that most marks stand in many of them: they are remembered.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from es_lod.site.escaping import escaped

LINES: Final = "#7b341e"
"""The colour of relations."""
_TIPS: Final = {"left": "l8-4v8z", "right": "l-8-4v8z", "up": "l-4 8h8z"}


def drawn_lines(lines: str) -> str:
    """Lines and tips in the colour of relations."""
    return f'<g class="ties" fill="none" stroke="{LINES}">{lines}</g>'


def bus(x: float, y: float, middles: Iterable[float], edge: float, *, tips: bool) -> str:
    """A line at `x` from the height `y` along others, with a branch to `edge` at each of these."""
    at = list(middles)
    low, high = min(y, *at), max(y, *at)
    drawn = f'<path d="M{x:g} {low:g}V{high:g}"/>'
    for middle in at:
        drawn += line(x, middle, edge)
        if tips:
            drawn += tip(edge, middle, "right" if edge > x else "left")
    return drawn


@lru_cache(maxsize=4096)
def line(x: float, y: float, to: float) -> str:
    """A level line."""
    return f'<path d="M{x:g} {y:g}H{to:g}"/>'


@lru_cache(maxsize=4096)
def tip(x: float, y: float, direction: str, colour: str = LINES) -> str:
    """The head of an arrow that points at a place."""
    return f'<path class="tip" d="M{x:g} {y:g}{_TIPS[direction]}" fill="{colour}"/>'


def text(x: float, y: float, words: str, size: float, style: str, anchor: str = "") -> str:
    """A text that begins at a place, or ends there."""
    return f"{_head(x, y, size, style, anchor)}{escaped(words)}</text>"


@lru_cache(maxsize=4096)
def _head(x: float, y: float, size: float, style: str, anchor: str) -> str:
    end = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text class="{style}" x="{x:g}" y="{y:g}" font-size="{size:g}"{end}>'
