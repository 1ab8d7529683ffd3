"""The reader of a site's settings: key by key, each as its kind takes it."""

from collections.abc import Container, Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from es_lod.errors import InvalidValue, Problem, key_path, shown
from es_lod.errors import Path as KeyPath
from es_lod.model.types import canonical_order
from es_lod.readers.entries import Locate, repeated


class SettingsReader:
    """Takes the tree of the settings apart; what is wrong gathers in `problems`.

    `required` has the keys that a mapping must have, by its path; `many` those that hold lists.
    """

    def __init__(
        self,
        locate: Locate,
        required: Mapping[tuple[str, ...], Iterable[str]],
        many: Container[str],
    ) -> None:
        self.problems: list[Problem] = []
        self._locate = locate
        self._required = required
        self._many = many

    def mapping(self, tree: Any, fields: Mapping[str, Any], path: KeyPath) -> dict[str, Any]:
        """The values of a mapping's keys."""
        if not isinstance(tree, dict):
            expected = {"pl": "klucze z wartościami", "en": "keys with values"}
            self._tell("invalid-value", path, shown(tree), expected=expected)
            return {}
        for key in repeated(tree):
            self._tell("duplicate-key", (*path, key), key, at_key=True)
        found: dict[str, Any] = {}
        for key, raw in tree.items():
            kind = fields.get(key)
            if kind is None:
                near = get_close_matches(key, list(fields), 1)
                kinds_ = {"pl": "ustawienia strony", "en": "the settings of a site"}
                hint = near[0] if near else None
                self._tell("unknown-key", (*path, key), key, hint, at_key=True, type=kinds_)
            elif raw is not None:
                self._value(found, key, raw, kind, (*path, key))
        for key in self._required.get(tuple(map(str, path)), ()):
            if tree.get(key) is None:
                self._tell("missing", (*path, key))
        return found

    def _value(self, found: dict[str, Any], key: str, raw: Any, kind: Any, path: KeyPath) -> None:
        if isinstance(kind, dict):
            found[key] = self.mapping(raw, kind, path)
            return
        several = raw if isinstance(raw, list) and key in self._many else [raw]
        at = [(*path, i) for i in range(len(several))] if several is raw else [path]
        values = []
        for item, where in zip(several, at, strict=True):
            try:
                values.append(kind.parse(item))
            except InvalidValue as error:
                params = {k: v for k, v in error.params.items() if k != "value"}
                self._tell(error.code, where, shown(item), error.hint, **params)
        if values:
            found[key] = canonical_order(tuple(values)) if key in self._many else values[0]

    def _tell(
        self,
        code: str,
        path: KeyPath,
        value: str | None = None,
        hint: str | None = None,
        *,
        at_key: bool = False,
        **params: Any,
    ) -> None:
        place = self._locate(path, at_key)
        self.problems.append(Problem(code, None, key_path(path), value, place, hint, params))
