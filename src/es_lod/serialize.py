"""Writing records in a format: record by record."""

import io
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from pyoxigraph import Literal, Quad, RdfFormat, parse
from pyoxigraph import serialize as serialize_rdf

from es_lod.context import prefixes
from es_lod.errors import InputError, Location, Problem
from es_lod.formats import FORMATS, GRAPHS, WRITTEN, Format, of_path
from es_lod.intake.runs import Run
from es_lod.model import Record
from es_lod.rdf.jsonld import write_jsonld
from es_lod.rdf.texts import TEMPLATES, templates
from es_lod.readers.plain import Plain, held, told
from es_lod.values import DEFAULT_LANGUAGE


def output_format(path: str | Path, name: str | None = None) -> Format:
    """The format to write: by its name, else by the path's suffix; a folder is CSV tables.

    Raises `InputError` for one that is not written, and for a CSV file: tables are several.
    """
    text = str(path)
    found = FORMATS.get(name) if name else of_path(Path(path))
    if name is None and (text.endswith(("/", os.sep)) or (found is None and _is_folder(text))):
        return FORMATS["csv"]
    if found is None or found.name not in WRITTEN:
        raise _unwritten(name or Path(path).suffix or text, WRITTEN, Location(text))
    if found.tabular and of_path(Path(path)) is FORMATS["csv"]:
        params = {"hint": f"{Path(path).with_suffix('')}/"}
        raise InputError([Problem("folder-needed", location=Location(text), params=params)])
    return found


def _is_folder(path: str) -> bool:
    try:
        return Path(path).is_dir()
    except (OSError, ValueError):  # no name of anything
        return False


def text_format(name: str) -> Format:
    """The format of a name, where it is text. Raises `InputError`."""
    if name not in GRAPHS:
        raise _unwritten(name, GRAPHS)
    return FORMATS[name]


def _unwritten(value: str, known: tuple[str, ...], place: Location | None = None) -> InputError:
    suffixes = ", ".join(FORMATS[name].suffixes[0] for name in known)
    return InputError(
        [Problem("unknown-suffix", value=value, location=place, params={"known": suffixes})]
    )


def write(
    records: Iterable[Record | Plain | Run],
    out: BinaryIO | Path,
    format: Format,
    base: str,
    left_over: Iterable[Quad] = (),
) -> None:
    """Write records in normal form, and after them quads that no record carries.

    Our JSON-LD and tables carry records only; CSV goes to a folder, everything else to a stream.
    `left_over` is asked for when the records are written.
    """
    if not isinstance(out, Path) and format.name in TEMPLATES:
        _write_text(records, out, format, base, left_over)
        return
    if isinstance(out, Path) or format.tabular:
        _write_tables(_built(records), out, base)
    else:
        text = io.TextIOWrapper(out, encoding="utf-8", newline="\n")
        write_jsonld(map(held, _each(records)), text, base)
        text.detach()


_TOGETHER: Final = 512
"""How many records are written at once."""


def _write_text(
    records: Iterable[Record | Plain | Run],
    out: BinaryIO,
    format: Format,
    base: str,
    left_over: Iterable[Quad],
) -> None:
    """Write records by templates; what no record carries by pyoxigraph, with the last of them.

    Of one subject it speaks once.
    """
    known = templates(format.name, base, DEFAULT_LANGUAGE)
    head = known.head.encode()
    begin, last = head, None
    for item in records:
        if last is not None:
            out.write(begin + _text(last, format.name, base))
            begin = b""
        last = item
    rest = iter(_in_xml(left_over) if format.name == "rdf" else left_over)
    first = next(rest, None)
    if first is None and last is not None:
        out.write(begin + _text(last, format.name, base) + known.tail.encode())
        return
    ending = b"" if last is None else _text(last, "nt", base)
    end = io.BytesIO()
    others = chain([] if first is None else [first], rest)
    write_quads(chain(parse(ending, format=RdfFormat.N_TRIPLES), others), end, format, base)
    out.write(end.getvalue() if begin else end.getvalue().removeprefix(head))


def _text(item: Record | Plain | Run, format: str, base: str) -> bytes:
    if isinstance(item, Run):
        return item.text(format, base)
    outline, values, language = told(item)
    return templates(format, base, language).text(outline, values).encode()


def texts(records: Iterable[Record | Plain], format: Format, base: str) -> Iterator[bytes]:
    """Records in a format with templates, many at a time, without what stands around them."""
    each = (_text(record, format.name, base) for record in records)
    while some := b"".join(islice(each, _TOGETHER)):
        yield some


def _built(items: Iterable[Record | Plain | Run]) -> Iterator[Record]:
    return (item.record if isinstance(item, Plain) else item for item in _each(items))


def _each(items: Iterable[Record | Plain | Run]) -> Iterator[Record | Plain]:
    for item in items:
        if isinstance(item, Run):
            yield from item
        else:
            yield item


def write_quads(statements: Iterable[Quad], out: BinaryIO, format: Format, base: str) -> None:
    """Write quads in a format of RDF, with the prefixes of records."""
    rdf_format = getattr(RdfFormat, str(format.rdf))
    names = {**prefixes(), "id": base}
    with _Paragraphs(out) if format.name in ("ttl", "trig") else nullcontext(out) as target:
        serialize_rdf(
            statements if rdf_format.supports_datasets else (quad.triple for quad in statements),
            output=cast("BinaryIO", target),
            format=rdf_format,
            prefixes=names,
        )


def _write_tables(records: Iterable[Record], out: BinaryIO | Path, base: str) -> None:
    from es_lod.tabular.write import write_csv, write_workbook

    if isinstance(out, Path):
        write_csv(records, out, base)
    else:
        write_workbook(records, out, base)


# https://www.w3.org/TR/xml/#charsets
_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def _in_xml(left_over: Iterable[Quad]) -> Iterator[Quad]:
    """The quads of others, refused where XML has no way to write them; ours it can write."""
    for quad in left_over:
        if isinstance(quad.object, Literal) and _NOT_IN_XML.search(quad.object.value):
            value = f"{quad.subject} {quad.predicate}"
            raise InputError([Problem("not-in-xml", value=value)])
        yield quad


class _Paragraphs(io.RawIOBase):
    """Turtle with an empty line before each record; its parts follow it without one.

    The serialiser writes a subject at the beginning of a line and escapes line feeds in strings,
    so that lines can be told apart without parsing.
    """

    def __init__(self, out: BinaryIO) -> None:
        super().__init__()
        self._out = out
        self._rest = b""

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        *lines, self._rest = (self._rest + bytes(data)).split(b"\n")
        self._out.write(b"".join(b"\n" * _begins_record(line) + line + b"\n" for line in lines))
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._out.write(self._rest)
        super().close()


def _begins_record(line: bytes) -> bool:
    is_subject = line[:1] not in (b"", b"\t", b"@", b"}")
    return is_subject and b"#" not in line.partition(b" ")[0]
