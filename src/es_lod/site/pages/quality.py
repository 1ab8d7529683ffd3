"""The page of the quality of the data: the report of this edition, and its completeness."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final, NamedTuple

from es_lod.errors import Problem
from es_lod.labels import class_label, field_label
from es_lod.messages.message import LANGUAGES
from es_lod.report import Report, printable, told
from es_lod.site import addresses
from es_lod.site.downloads.download import Download
from es_lod.site.edition import Edition, File
from es_lod.site.facts.coverage import Coverage, Share, coverage
from es_lod.site.facts.findings import public
from es_lod.site.pages.quality_words import WORDS
from es_lod.site.pages.rendering import Page, rendered
from es_lod.site.pages.spelling import capitalised, number_said
from es_lod.site.words import Speaker

REPORT: Final = "quality/report"
"""The name of the report's files."""
_SEVERITIES: Final = ("error", "warning", "info")
_MOST: Final = 50
"""How many problems of a code are listed; the files have all."""


class Finding(NamedTuple):
    """A problem as the page tells of it; `record` is a name, `text` begins with the field."""

    record: str | None
    href: str | None
    text: str


class Group(NamedTuple):
    """The problems of one code."""

    severity: str
    code: str
    size: int
    shown: list[Finding]


class Line(NamedTuple):
    """A share in a table: its label, a key where it has one, and the numbers as written."""

    label: str
    key: str | None
    share: Share
    said: str
    percent: str


def files(
    edition: Edition,
    downloads: tuple[Download, ...],  # noqa: ARG001  # as every room
) -> Iterator[File]:
    """The page in both languages, and the report as JSON and Turtle."""
    report, found = public(edition.report), coverage(edition)
    yield File(f"{REPORT}.json", report.to_json().encode())
    yield File(f"{REPORT}.ttl", report.to_turtle(edition.dataset.base).encode())
    for language in LANGUAGES:
        page = Page(edition, addresses.QUALITY, language)
        yield rendered(page, "quality.html.j2", WORDS, _values(page, report, found))


def _values(page: Page, report: Report, found: Coverage) -> dict[str, Any]:
    say = Speaker(page.language, WORDS)
    counts = dict.fromkeys(_SEVERITIES, 0)
    for problem in report:
        counts[problem.severity] += 1
    references = {"inside": found.inside, "outside": found.outside, "missing": found.missing}
    led = sum(references.values())
    return {
        "summary": report.summary(page.language),
        "severities": [(s, number_said(n, page.language)) for s, n in counts.items()],
        "groups": list(_groups(page, report)),
        "report_files": [(page.to_file(f"{REPORT}.{s}"), s) for s in ("json", "ttl")],
        "identifiers": [
            _line(page, say, say(key), None, share)
            for key, share in found.identifiers.items()
            if share.whole
        ],
        "dates": [_line(page, say, say(key), None, share) for key, share in found.dates.items()]
        if any(share.whole for share in found.dates.values())
        else [],
        "references": [
            _line(page, say, say(key), None, Share(n, led)) for key, n in references.items()
        ]
        if led
        else [],
        "sourced": _line(page, say, "", None, found.sourced),
        "classes": [_class(page, say, found, i) for i in range(len(found.classes))],
    }


def _class(page: Page, say: Speaker, found: Coverage, index: int) -> tuple[str, list[Line]]:
    cls, count, fields = found.classes[index]
    label = capitalised(class_label(cls, page.language))
    lines = [
        _line(page, say, field_label(cls, field, page.language), field.key, share)
        for field, share in fields
    ]
    return say("class", label=label, n=count), lines


def _line(page: Page, say: Speaker, label: str, key: str | None, share: Share) -> Line:
    part, whole = (number_said(number, page.language) for number in share)
    return Line(label, key, share, say("of", part=part, whole=whole), percent(share, page.language))


def percent(share: Share, language: str) -> str:
    """A share in percent: all is 100 and nothing is 0, and no other share is."""
    if not share.whole:
        return "–"
    rounded = round(100 * share.part / share.whole)
    sign = "\u00a0%" if language == "pl" else "%"
    if share.part and not rounded:
        return f"< 1{sign}"
    if share.part < share.whole and rounded == 100:
        return f"> 99{sign}"
    return f"{rounded}{sign}"


def _groups(page: Page, report: Report) -> Iterator[Group]:
    """The problems by severity and code; within one as they stand in the report."""

    def key(problem: Problem) -> tuple[int, str]:
        return _SEVERITIES.index(problem.severity), problem.code

    for (severity, code), members in groupby(sorted(report, key=key), key):
        problems = list(members)
        shown = []
        for problem in problems[:_MOST]:
            id_ = problem.record
            called = printable(page.see(id_).called) if id_ else None
            local = page.see(id_).href if id_ and page.known.thing(id_).page else None
            shown.append(Finding(called, local, told(problem, page.language)))
        yield Group(_SEVERITIES[severity], code, len(problems), shown)
