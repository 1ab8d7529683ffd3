"""The archive that a workbook is, checked before anything of it is unpacked."""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final
from xml.parsers.expat import ExpatError
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from es_lod.errors import InputError, Location, Problem
from es_lod.readers.grids import Opener
from es_lod.readers.named import unreadable
from es_lod.readers.ooxml import Refused

MAX_BYTES: Final = 64 * 2**20
"""The largest file that is read."""
MAX_UNPACKED: Final = 512 * 2**20
MAX_PARTS: Final = 10_000

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_BROKEN: Final = (
    BadZipFile,
    EOFError,
    ExpatError,
    LookupError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What zipfile and expat say of a damaged file."""

_REASONS: Final[dict[str, dict[str, str]]] = {
    "not-zip": {
        "pl": "to nie jest skoroszyt; zapisz dane w arkuszu jako „Skoroszyt programu Excel”",
        "en": "this is no workbook; save the data in a spreadsheet as “Excel Workbook”",
    },
    "old": {
        "pl": "to jest stary format .xls; zapisz plik jako „Skoroszyt programu Excel”",
        "en": "this is the old format .xls; save the file as “Excel Workbook”",
    },
    "binary": {
        "pl": "to jest format binarny .xlsb; zapisz plik jako „Skoroszyt programu Excel”",
        "en": "this is the binary format .xlsb; save the file as “Excel Workbook”",
    },
    "ods": {
        "pl": "to jest plik OpenDocument (.ods); zapisz go jako .xlsx",
        "en": "this is an OpenDocument file (.ods); save it as .xlsx",
    },
    "encrypted": {
        "pl": "plik jest zabezpieczony hasłem; zapisz go bez hasła",
        "en": "the file is protected by a password; save it without one",
    },
    "doctype": {
        "pl": "część skoroszytu ma deklarację DOCTYPE; otwórz plik w arkuszu i zapisz ponownie",
        "en": "a part of the workbook declares a DOCTYPE; open it in a spreadsheet and save it",
    },
    "damaged": {
        "pl": "plik jest uszkodzony; otwórz go w arkuszu i zapisz ponownie",
        "en": "the file is damaged; open it in a spreadsheet and save it again",
    },
    "cells": {
        "pl": "zbyt wiele komórek; usuń puste wiersze i kolumny albo podziel plik",
        "en": "too many cells; remove empty rows and columns, or split the file",
    },
}


@contextmanager
def archive(opened: Opener, place: Location) -> Iterator[ZipFile]:
    """The archive; what is broken in it, or cannot be read, becomes an `InputError`."""
    try:
        with opened() as stream, ZipFile(stream) as found:
            yield found
    except Refused as error:
        raise refused(str(error), place) from None
    except _BROKEN as error:
        # zipfile says that a part is encrypted with a RuntimeError.
        reason = "encrypted" if "password" in str(error) else "damaged"
        raise refused(reason, place) from None
    except OSError as error:
        raise InputError([unreadable(place.file, error)]) from None


def check(name: str, opened: Opener) -> None:
    """Refuse what is no workbook, or too large. Raises `InputError`."""
    _check_head(name, opened)
    with archive(opened, Location(name)) as found:
        _check_contents(found, name)


def refused(reason: str, place: Location) -> InputError:
    """The error of a workbook, by a key of the reasons."""
    params: dict[str, Any] = {"format": "XLSX", "reason": _REASONS[reason]}
    return InputError([Problem("syntax", location=place, params=params)])


def _too_large(name: str, limit: int) -> InputError:
    params = {"limit": limit >> 20}
    return InputError([Problem("file-too-large", location=Location(name), params=params)])


def _check_head(name: str, opened: Opener) -> None:
    """Tell apart what bears the name of a workbook and is none."""
    place = Location(name)
    with opened() as stream:
        size = stream.seek(0, 2)
        stream.seek(0)
        head = stream.read(8)
        if not size:
            raise InputError([Problem("empty-file", location=place)])
        if size > MAX_BYTES:
            raise _too_large(name, MAX_BYTES)
        if head == _OLE:
            # Excel wraps a workbook with a password into the container of .xls.
            raise refused("encrypted" if _ENCRYPTED in stream.read() else "old", place)
        if head[:2] != b"PK":
            raise refused("not-zip", place)


def _check_contents(archive: ZipFile, name: str) -> None:
    infos = archive.infolist()
    if len(infos) > MAX_PARTS or sum(info.file_size for info in infos) > MAX_UNPACKED:
        raise _too_large(name, MAX_UNPACKED)
    names = {info.filename for info in infos}
    if any(info.flag_bits & 1 for info in infos):
        raise Refused("encrypted")
    if "xl/workbook.bin" in names:
        raise Refused("binary")
    if "content.xml" in names:
        raise Refused("ods")
    # Two parts of one name: which of them is read differs from program to program.
    plain = all(info.compress_type in {ZIP_STORED, ZIP_DEFLATED} for info in infos)
    if len(names) < len(infos) or not plain:
        raise Refused("damaged")
    if "_rels/.rels" not in names:
        raise Refused("not-zip")
