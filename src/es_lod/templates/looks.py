"""How a workbook looks: formats of cells, widths of columns."""

from typing import TYPE_CHECKING, Any, Final

from es_lod.model import kinds, strings
from es_lod.tabular.columns import ID, OWNER, TYPE, Column

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

_INK: Final = "#1F3B4D"
_PALE: Final = "#D9E5EA"
_FAINT: Final = "#EEF1F2"
_GREY: Final = "#7A868C"
_LINE: Final = "#B7C6CD"
TABS: Final = {"instructions": "#C8963E", "records": _INK, "parts": "#8FB0BF", "settings": _GREY}

# The numbers of the formats `@` and `0`, which every spreadsheet knows.
_TEXT: Final = 49
_WHOLE: Final = 1

_HEADER: Final = {
    "bold": True,
    "text_wrap": True,
    "valign": "vcenter",
    "border": 1,
    "border_color": _LINE,
    "num_format": _TEXT,
}
_FORMATS: Final[dict[str, dict[str, Any]]] = {
    "required": {**_HEADER, "bg_color": _INK, "font_color": "#FFFFFF"},
    "optional": {**_HEADER, "bg_color": _PALE, "font_color": _INK},
    "further": {**_HEADER, "bg_color": _FAINT, "font_color": _GREY, "bold": False},
    "example": {"italic": True, "font_color": _GREY, "bg_color": "#F7F8F8", "num_format": _TEXT},
    "text": {"num_format": _TEXT},
    "number": {"num_format": _WHOLE},
    "title": {"bold": True, "font_size": 20, "font_color": _INK},
    "subtitle": {"font_size": 12, "font_color": _GREY},
    "heading": {
        "bold": True,
        "font_size": 13,
        "font_color": _INK,
        "bottom": 1,
        "bottom_color": _LINE,
        "valign": "bottom",
    },
    "term": {"bold": True, "font_color": _INK, "valign": "top", "text_wrap": True},
    "told": {"text_wrap": True, "valign": "top", "align": "left", "indent": 1},
    "link": {"font_color": "#1B6B93", "underline": 1, "valign": "top"},
    "command": {
        "font_name": "Consolas",
        "font_color": _INK,
        "bg_color": _FAINT,
        "align": "left",
        "indent": 1,
    },
}

HEADER_HEIGHT: Final = 46
"""Three lines."""

_WIDTHS: Final[tuple[tuple[type[kinds.Kind], int], ...]] = (
    (kinds.DateKind, 17),
    (kinds.CountKind, 12),
    (kinds.DecimalKind, 14),
    (kinds.ConceptKind, 34),
    (kinds.ChoiceKind, 16),
    (kinds.RefKind, 28),
    (kinds.IriKind, 30),
    (kinds.TextsKind, 28),
    (strings.PhoneKind, 17),
    (strings.EmailKind, 27),
    (strings.PostcodeKind, 12),
    (strings.CountryKind, 10),
    (strings.LanguageKind, 10),
    (strings.KrsKind, 14),
    (strings.NipKind, 14),
    (strings.RegonKind, 17),
    (strings.TercKind, 12),
)


def formats(book: "Workbook") -> "dict[str, Format]":
    """The formats of a workbook, by name."""
    return {name: book.add_format(look) for name, look in _FORMATS.items()}


def width(column: Column) -> int:
    """How wide a column is, in characters."""
    field = column.field
    if field is None:
        return {ID: 26, OWNER: 28, TYPE: 34}.get(column.path[-1], 22)
    if field.key in ("name", "headline"):
        return 36
    if field.key in ("description", "abstract", "quote"):
        return 46
    return next((wide for kind, wide in _WIDTHS if isinstance(field.kind, kind)), 22)
