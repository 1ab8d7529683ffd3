"""Which addresses rules for servers can be written for."""

import re
from typing import Final
from urllib.parse import unquote

from es_lod.errors import InvalidValue

# No user, no empty segment, nothing that quotes or ends a word in a rule, nor a variable.
_SERVABLE: Final = re.compile(
    r"https?://(?:[\w.-]+|\[[0-9a-f:.]+\])(?::[0-9]+)?/"
    r"""(?:[^\x00-\x20\x7f\s"$%/;<>\\^`{|}\ufffd]+/)*""",
    re.IGNORECASE,
)


def servable(address: str) -> str:
    """An address as it is; raises `InvalidValue` for one that rules cannot say.

    A server reads `%22` as the sign that it stands for, and that could write rules of its own.
    """
    plain = unquote(re.sub("%2f", "//", address, flags=re.IGNORECASE))
    if not _SERVABLE.fullmatch(plain):
        expected = {
            "pl": "adres bez nazwy użytkownika, odstępów, cudzysłowów i znaków takich jak $ % ; {",
            "en": "an address without a user name, spaces, quotes, and signs such as $ % ; {",
        }
        raise InvalidValue("invalid-value", value=address, expected=expected)
    return address
