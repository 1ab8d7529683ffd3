"""A picture of a result."""

from typing import Final, NamedTuple

from markupsafe import Markup

SMALL: Final = 15
"""Up to how many things a picture shows when one comes to it; a larger one waits to be opened."""


class Picture(NamedTuple):
    """A picture with its word, what it shows, and how much of it is left out."""

    word: str
    told: str
    drawn: Markup
    hidden: int = 0
    is_small: bool = False
