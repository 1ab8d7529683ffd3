"""Dates as precise as their source."""

import re
from datetime import date, datetime
from typing import Final

from es_lod.errors import InvalidValue
from es_lod.namespaces import XSD, Term
from es_lod.values.spoken import spoken


class PartialDate(str):
    """A date as precise as its source: `2014`, `2018-06`, `2018-06-19`, or with time and offset.

    A string in the lexical form of its XSD datatype. The constructor also reads what has one
    meaning only: `19.06.2018 r.`, `19 czerwca 2018 r.`, `19 VI 2018`, `cze 2018`, `06.2018`,
    `2018-6-19`. It never adds precision.
    https://www.w3.org/TR/xmlschema11-2/#gYear
    """

    __slots__ = ()

    def __new__(cls, value: str) -> "PartialDate":
        """Read a date. Raises `InvalidValue("invalid-date")`, with a hint at what may be meant."""
        if isinstance(value, cls):
            return value
        if not isinstance(value, str):
            raise InvalidValue("invalid-date", value=value, time="")
        plain = value.strip()
        if len(plain) > _LONGEST:
            raise InvalidValue("invalid-date", value=value, time="")
        return super().__new__(cls, _lexical_date(plain))

    @property
    def datatype(self) -> Term:
        """`xsd:gYear`, `xsd:gYearMonth`, `xsd:date` or `xsd:dateTime`."""
        return _DATATYPES.get(len(self), XSD.dateTime)

    @property
    def has_time(self) -> bool:
        """Whether it is an `xsd:dateTime`."""
        return len(self) > 10

    def before(self, other: str) -> bool:
        """Whether it is earlier, compared down to the precision that both have.

        Times are compared only where both have the same offset: otherwise the day decides.
        """
        length = min(len(self), len(other))
        if length > 10 and self[19:] != other[19:]:
            length = 10
        return self[:length] < other[:length]


_LONGEST: Final = 60
"""More characters than any date has, with its month in words."""
_DATATYPES: Final = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}
_ISO: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_TIME: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2})(:[0-9]{2})?(?:\.0+)?"
    r"(Z|[+-][0-9]{2}:[0-5][0-9])"
)


def _lexical_date(raw: str) -> str:
    if iso := _ISO.fullmatch(raw):
        year, month, day = iso.groups(default="1")
        try:
            date(int(year), int(month), int(day))
        except ValueError:
            raise InvalidValue("invalid-date", value=raw, time="") from None
        return raw
    if timed := _TIME.fullmatch(raw):
        return _lexical_time(raw, *timed.groups(default=":00"))
    said = spoken(raw)
    if said.hint is not None or said.date is None:
        raise InvalidValue("invalid-date", said.hint, value=raw, time="")
    return said.date


def _lexical_time(raw: str, day: str, minutes: str, seconds: str, offset: str) -> str:
    offset = "Z" if offset in ("+00:00", "-00:00") else offset
    lexical = f"{day}T{minutes}{seconds}{offset}"
    try:
        moment = datetime.fromisoformat(lexical)
    except ValueError:
        raise InvalidValue("invalid-date", value=raw, time="") from None
    shift = moment.utcoffset()
    # XSD 1.1 allows offsets up to 14 hours: https://www.w3.org/TR/xmlschema11-2/#dateTime
    if shift is not None and abs(shift.total_seconds()) > 14 * 3600:
        raise InvalidValue("invalid-date", value=raw, time="")
    return lexical
