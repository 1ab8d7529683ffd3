"""What a client likes best of what there is: the headers Accept and Accept-Language.

https://www.rfc-editor.org/rfc/rfc9110#section-12.5
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

# Items between commas, and parameters between semicolons, that no quoted string hides. A quotation
# mark without an end hides the rest; nothing is tried twice, so that no header takes long.
_QUOTED: Final = r'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)'
_ITEM: Final = re.compile(rf'(?:[^,"]++|{_QUOTED})++', re.DOTALL)
_PARAMETER: Final = re.compile(rf'(?:[^;"]++|{_QUOTED})++', re.DOTALL)
# Possessive, since the number may be empty: blanks would be divided in every way between both
# sides.
_QUALITY: Final = re.compile(r"\s*+q\s*+=\s*+((?:0*1(?:\.0*)?|0*(?:\.[0-9]*)?))\s*+", re.IGNORECASE)


def media_type(accept: str | None, offered: Sequence[str]) -> str | None:
    """The media type that a client likes best, of several the first; `None` where it takes none.

    Parameters of media types are passed over. A header that says nothing takes everything.
    """
    return _best(accept, offered, _range_of)


def language(accept: str | None, offered: Sequence[str]) -> str:
    """The language that a client likes best; the first where it says nothing of any.

    https://www.rfc-editor.org/rfc/rfc4647#section-3.3.1
    """
    return _best(accept, offered, _tag_of) or offered[0]


def _best(
    header: str | None, offered: Sequence[str], fits: Callable[[str, str], int]
) -> str | None:
    if header is None or not header.strip():
        return offered[0]
    ranges = list(_ranges(header))
    qualities = {item: _quality(item, ranges, fits) for item in offered}
    best = max(offered, key=lambda item: qualities[item])  # of equals the first
    return best if qualities[best] > 0 else None


def _quality(item: str, ranges: list[tuple[str, float]], fits: Callable[[str, str], int]) -> float:
    """That of the narrowest range; named several times, the last counts."""
    narrowest, found = 0, 0.0
    for name, quality in ranges:
        width = fits(item, name)
        if width and width >= narrowest:
            narrowest, found = width, quality
    return found


def _ranges(header: str) -> Iterator[tuple[str, float]]:
    """The ranges with their qualities; one whose quality cannot be read is passed over."""
    for item in _ITEM.findall(header):
        name, *parameters = _PARAMETER.findall(item) or [""]
        stated = [p for p in parameters if p.partition("=")[0].strip().lower() == "q"]
        read = _QUALITY.fullmatch(stated[-1]) if stated else None
        if read is not None:
            yield (
                name.strip().lower(),
                float(f"0{read[1]}" if read[1][:1] in {"", "."} else read[1]),
            )
        elif not stated:
            yield name.strip().lower(), 1.0


def _range_of(item: str, name: str) -> int:
    """How narrow a media range is, where it has a media type; else 0."""
    if name == item:
        return 3
    if name == f"{item.partition('/')[0]}/*":
        return 2
    return int(name == "*/*")


def _tag_of(item: str, name: str) -> int:
    """How narrow a language range is, where it has a language; else 0."""
    if name.partition("-")[0] == item:
        return 2
    return int(name == "*")
