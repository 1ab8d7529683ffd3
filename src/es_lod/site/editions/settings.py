"""The settings that a folder was published with, for a server that has nothing but the folder."""

from pathlib import Path
from typing import Any, Final

from es_lod.errors import InputError, Location, Problem
from es_lod.site.editions.state import STATE, read_state
from es_lod.site.settings import Settings, taken


def settings_of(folder: str | Path) -> Settings:
    """The settings of a published folder.

    Raises `InputError` where no edition wrote the folder, or an older version of the program did,
    or where what it says of itself is damaged.
    """
    path = Path(folder) / STATE
    told = _told(path)
    if "settings" not in told:
        raise _refused(path, "file-unreadable", _OLDER)
    try:
        return taken(told["settings"], lambda path_, at_key: Location(str(path)))  # noqa: ARG005
    except InputError:
        raise _refused(path, "file-unreadable", _DAMAGED) from None


def is_spread(folder: str | Path) -> bool:
    """Whether the files of records of a published folder are spread over folders.

    Raises `InputError` as `settings_of` does.
    """
    return _told(Path(folder) / STATE).get("spread") is True


def _told(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            return read_state(file)[0]
    except FileNotFoundError:
        raise _refused(path, "file-not-found", _FOREIGN) from None
    except (OSError, ValueError, TypeError, RecursionError):
        raise _refused(path, "file-unreadable", _DAMAGED) from None


def _refused(path: Path, code: str, text: dict[str, str]) -> InputError:
    return InputError([Problem(code, location=Location(str(path)), text=text)])


_FOREIGN: Final = {
    "pl": "To nie jest folder opublikowanej strony; podaj folder, który zapisało es-lod publish.",
    "en": "This is no folder of a published site; give one that es-lod publish wrote.",
}
_OLDER: Final = {
    "pl": "Stronę opublikowała starsza wersja programu, która nie zapisywała ustawień; opublikuj "
    "ją ponownie: es-lod publish.",
    "en": "The site was published by an older version of the program, which did not write down "
    "the settings; publish it again: es-lod publish.",
}
_DAMAGED: Final = {
    "pl": "Ten plik mówi, z jakimi ustawieniami opublikowano stronę, i jest uszkodzony albo "
    "pochodzi z innej wersji programu; opublikuj stronę ponownie: es-lod publish.",
    "en": "This file says with which settings the site was published, and is damaged, or of "
    "another version of the program; publish the site again: es-lod publish.",
}
