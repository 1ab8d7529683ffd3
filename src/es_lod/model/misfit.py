"""What stands where a value should be, and is none."""


class Misfit(str):
    """What a source says, where its type does not fit the field it stands in.

    `code` is that of the problem, if not the field's own, `params` are those of its text; `hint`
    is what to write instead.
    """

    __slots__ = ("code", "hint", "params")
    code: str | None
    hint: str | None
    params: dict[str, object]

    def __new__(
        cls, value: str, code: str | None = None, hint: str | None = None, **params: object
    ) -> "Misfit":
        """A misfit of the text that stands there."""
        misfit = super().__new__(cls, value)
        misfit.code = code
        misfit.hint = hint
        misfit.params = params
        return misfit
