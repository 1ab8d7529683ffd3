"""The feed: what changed from edition to edition, as a Linked Data Event Stream.

In the form of DCAT-AP Feeds: an activity of ActivityStreams for each record that was created,
updated or deleted, and what the record then was in a graph of the activity's name. The root is
Turtle and grows; the pages are TriG and never change.
https://semiceu.github.io/LDES-DCAT-AP-feeds/, https://w3id.org/ldes/specification
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, lru_cache
from itertools import chain, count, islice
from pathlib import Path
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from es_lod.iris import resolve
from es_lod.namespaces import AS, DCT, FEED_PREFIXES, LDES, PREFIXES, RDF, TREE, XSD, Term
from es_lod.rdf.trig import Graphs
from es_lod.readers.plain import told
from es_lod.site.addresses import FEED
from es_lod.site.edition import Edition, File
from es_lod.site.editions.history import History
from es_lod.site.register import Register
from es_lod.site.standing import created, deleted, updated
from es_lod.values import DEFAULT_LANGUAGE

MEMBERS: Final = 500
"""How many activities a page holds."""
_PAGE: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})-([0-9]{1,9})-([0-9]{1,9})\.trig")


@dataclass(frozen=True)
class Run:
    """One build that changed something: its day, and which of that day it was."""

    day: str
    number: int

    @cached_property
    def published(self) -> str:
        """When its activities were published: the runs of a day follow each other by seconds.

        Their order is a fact, their hour is not known.
        """
        moment = datetime.fromisoformat(self.day).replace(tzinfo=UTC)
        moment += timedelta(seconds=self.number - 1)
        return moment.isoformat().replace("+00:00", "Z")


def files(edition: Edition, past: History, site: Path) -> Iterator[File]:
    """The root of the feed, its pages of former editions, and those of this one.

    Without a day of the edition there is none. A site that moved, or whose records have
    new IRIs, begins its feed anew.
    """
    day = edition.settings.date
    if day is None:
        return
    here = (edition.settings.url, edition.settings.base)
    found = dict(_former(site))
    former = found if past.addresses == here else {}
    # Pages that go, too, have said that they never change: no other takes the name of one.
    run = Run(day, 1 + max((run.number for _, run in found.values() if run.day == day), default=0))
    pages = {path: run for path, (_, run) in former.items()}
    yield from (File(name, path.read_bytes()) for name, (path, _) in former.items())
    changes = _changes(edition.register, is_first=not former)
    for number in count(1):
        some = list(islice(changes, MEMBERS))
        if not some:
            break
        path = f"feed/{day}-{run.number}-{number}.trig"
        pages[path] = run
        yield File(path, _page(edition, path, some, run))
    yield File(FEED, _root(edition.settings.url, pages))


def _changes(register: Register, *, is_first: bool) -> Iterator[tuple[str, Term]]:
    """What changed since the former edition; all is new where the feed begins."""
    if is_first:
        return ((id_, AS.Create) for id_ in register.ids())
    return chain(
        ((id_, AS.Create) for id_ in created(register)),
        ((id_, AS.Update) for id_ in updated(register)),
        ((id_, AS.Delete) for id_ in deleted(register)),
    )


def _former(site: Path) -> Iterator[tuple[str, tuple[Path, Run]]]:
    """The pages that a former site has: name, place and run; all of them may be large."""
    folder = site / "feed"
    for path in sorted(folder.iterdir(), key=_order) if folder.is_dir() else ():
        found = _PAGE.fullmatch(path.name)
        if found and _is_day(found[1]) and path.is_file() and not path.is_symlink():
            yield f"feed/{path.name}", (path, Run(found[1], int(found[2])))


def _order(path: Path) -> list[int]:
    """The order in which pages were written: the tenth comes after the second."""
    return [int(number) for number in re.findall("[0-9]+", path.name)]


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _page(edition: Edition, path: str, changes: list[tuple[str, Term]], run: Run) -> bytes:
    """A page: its activities, and in a graph of each what the record then was."""
    url = edition.settings.url
    node = NamedNode(url + path)
    about = [Triple(node, _TYPE, NamedNode(TREE.Node))]
    about.append(Triple(node, NamedNode(LDES.immutable), _TRUE))
    begin = _written([*_stream(url), *about], RdfFormat.TRIG)
    members = [_member(edition, url + path, *change, run.published) for change in changes]
    return begin + "".join(members).encode()


def _member(edition: Edition, page: str, id_: str, type_: Term, published: str) -> str:
    """An activity: a member of the stream."""
    base, activity = edition.dataset.base, f"{page}#{id_}"
    trig = _trig(base)
    pairs = [
        (RDF.type, trig.iri(type_)),
        (AS.object, trig.iri(resolve(id_, base))),
        (AS.published, trig.literal(published, XSD.dateTime)),
    ]
    graph = ""
    record = edition.unbuilt(id_)
    if record is not None:
        outline, values, language = told(record)
        pairs.append((DCT.type, trig.iri(outline.cls.types[0])))
        graph = _trig(base, language).graph(activity, outline, values)
    member = (TREE.member, trig.iri(activity))
    stream = trig.said(f"{edition.settings.url}{FEED}#stream", [member])
    return stream + trig.said(activity, pairs) + graph


@lru_cache(maxsize=8)
def _trig(base: str, language: str = DEFAULT_LANGUAGE) -> Graphs:
    return Graphs(base, language, _prefixes())


def _root(url: str, pages: Mapping[str, Run]) -> bytes:
    """The root: which activities are on which page."""
    node = NamedNode(url + FEED)
    triples = [*_stream(url), Triple(node, _TYPE, NamedNode(TREE.Node))]
    for i, (path, run) in enumerate(pages.items(), 1):
        for type_ in (TREE.GreaterThanOrEqualToRelation, TREE.LessThanOrEqualToRelation):
            relation = BlankNode(f"r{i}{'from' if 'Greater' in type_ else 'to'}")
            triples += [
                Triple(node, NamedNode(TREE.relation), relation),
                Triple(relation, _TYPE, NamedNode(type_)),
                Triple(relation, NamedNode(TREE.path), NamedNode(AS.published)),
                Triple(relation, NamedNode(TREE.value), Literal(run.published, datatype=_TIME)),
                Triple(relation, NamedNode(TREE.node), NamedNode(url + path)),
            ]
    return _written(triples, RdfFormat.TURTLE)


def _stream(url: str) -> Iterator[Triple]:
    stream = NamedNode(f"{url}{FEED}#stream")
    yield Triple(stream, _TYPE, NamedNode(LDES.EventStream))
    yield Triple(stream, NamedNode(LDES.timestampPath), NamedNode(AS.published))
    yield Triple(stream, NamedNode(LDES.versionOfPath), NamedNode(AS.object))
    for term, type_ in (
        (LDES.versionCreateObject, AS.Create),
        (LDES.versionUpdateObject, AS.Update),
        (LDES.versionDeleteObject, AS.Delete),
    ):
        yield Triple(stream, NamedNode(term), NamedNode(type_))
    yield Triple(stream, NamedNode(TREE.view), NamedNode(url + FEED))


def _written(triples: list[Triple], format: RdfFormat) -> bytes:
    return serialize(triples, format=format, prefixes=_prefixes()) or b""


def _prefixes() -> dict[str, str]:
    return {**PREFIXES, **FEED_PREFIXES}


_TYPE: Final = NamedNode(RDF.type)
_TRUE: Final = Literal("true", datatype=NamedNode(XSD.boolean))
_TIME: Final = NamedNode(XSD.dateTime)
