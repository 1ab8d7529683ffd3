"""Kinds of plain literals: identifiers and other strings, each with its lexical form."""

from typing import ClassVar

from es_lod import values
from es_lod.model.kinds import Kind, expect
from es_lod.values import DEFAULT_LANGUAGE, LANGUAGE


class StringKind(Kind):
    """A plain literal (`xsd:string`); subclasses have a lexical form of their own."""

    code = "invalid-text"
    expected = expect("tekst", "a text")
    rule: ClassVar["staticmethod[[str], str]"] = staticmethod(values.text)
    pattern: ClassVar[str | None] = None
    example: ClassVar[str | None] = None

    def parse(self, raw: object, language: str = DEFAULT_LANGUAGE) -> str:
        return type(self).rule(self.lexical(raw))


class KrsKind(StringKind):
    """A number in the court register (KRS)."""

    code = "invalid-krs"
    rule = staticmethod(values.krs)
    pattern = "^[0-9]{10}$"
    example = "0009999901"


class NipKind(StringKind):
    """A tax identification number (NIP)."""

    code = "invalid-nip"
    rule = staticmethod(values.nip)
    pattern = "^[0-9]{10}$"
    example = "9999999999"


class RegonKind(StringKind):
    """A statistical number (REGON)."""

    code = "invalid-regon"
    rule = staticmethod(values.regon)
    pattern = "^([0-9]{9}|[0-9]{14})$"
    example = "123456785"


class TercKind(StringKind):
    """A code of a territorial unit (TERC)."""

    code = "invalid-terc"
    rule = staticmethod(values.terc)
    pattern = "^[0-9]{2}([0-9]{2}([0-9]{3})?)?$"
    example = "1261011"


class PostcodeKind(StringKind):
    """A postcode; in Poland NN-NNN."""

    code = "invalid-postcode"
    rule = staticmethod(values.postcode)
    example = "30-070"


class PhoneKind(StringKind):
    """A telephone number in the form of E.164."""

    code = "invalid-phone"
    rule = staticmethod(values.phone)
    pattern = r"^\+[0-9]{7,15}$"
    example = "+48120000001"


class EmailKind(StringKind):
    """An e-mail address."""

    code = "invalid-email"
    rule = staticmethod(values.email)
    pattern = "^[^@ ]+@[^@ ]+$"
    example = "biuro@przyklad.example"


class CountryKind(StringKind):
    """A country code (ISO 3166-1 alpha-2)."""

    code = "invalid-country"
    rule = staticmethod(values.country)
    pattern = "^[A-Z]{2}$"
    example = "PL"


class LanguageKind(StringKind):
    """A language tag (BCP 47)."""

    code = "invalid-language"
    rule = staticmethod(values.language_tag)
    pattern = f"^{LANGUAGE}$"
    example = "pl"
