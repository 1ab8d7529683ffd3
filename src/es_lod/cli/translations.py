"""What click itself says, in Polish."""

from typing import Final

from es_lod.cli.texts import language

CLICK: Final = {
    "Usage:": "Użycie:",
    "Options": "Opcje",
    "Commands": "Polecenia",
    "Show this message and exit.": "Pokaż tę pomoc.",
    "Show the version and exit.": "Pokaż wersję.",
    "Error: {message}": "Błąd: {message}",
    "Try '{command} {option}' for help.": "Pomoc: {command} {option}",
    "No such command {name!r}.": "Nie ma polecenia {name!r}.",
    "Did you mean {possibility}?": "Czy chodziło o {possibility}?",
    "Missing argument": "Brakuje argumentu",
    "Missing command.": "Brakuje polecenia.",
    "Missing option": "Brakuje opcji",
    "Missing parameter": "Brakuje parametru",
    "Invalid value for {param_hint}: {message}": "Zła wartość {param_hint}: {message}",
    "Invalid value: {message}": "Zła wartość: {message}",
    "Option {name!r} requires an argument.": "Opcja {name!r} wymaga wartości.",
    "Got unexpected extra argument ({args})": "Niepotrzebny argument ({args})",
    "Aborted!": "Przerwano!",
    "No such option {name!r}.": "Nie ma opcji {name!r}.",
    "(Did you mean one of: {possibilities}?)": "(Czy chodziło o: {possibilities}?)",
    "{value!r} is not {choice}.": "{value!r} to nie {choice}.",
    "{value!r} is not one of {choices}.": "{value!r} nie należy do: {choices}.",
    "{value} is not in the range {range}.": "{value} jest poza zakresem {range}.",
    "Option {name!r} does not take a value.": "Opcja {name!r} nie ma wartości.",
    "Got unexpected extra arguments ({args})": "Niepotrzebne argumenty ({args})",
}
"""click's own texts (as of click 8.2 to 8.5) in Polish; a text that is not here stays English."""


def teach_click() -> None:
    """Have click speak the user's language.

    Its modules look their texts up under the names `_` and `ngettext` (click 8.2 to 8.5); where
    a version does not, its texts stay English.
    """
    from click import core, decorators, exceptions, formatting, parser, types

    for module in (core, decorators, exceptions, formatting, parser, types):
        for name, ours in (("_", translate), ("ngettext", _translate_plural)):
            if hasattr(module, name):
                setattr(module, name, ours)


def translate(text: str) -> str:
    """One of click's own texts, in the user's language where it is known."""
    return CLICK.get(text, text) if language == "pl" else text


def _translate_plural(singular: str, plural: str, n: int) -> str:
    return translate(singular if n == 1 else plural)
