"""The feed: what changed from edition to edition, as a Linked Data Event Stream.

In the form of DCAT-AP Feeds: an activity of ActivityStreams for each record that was created,
updated or deleted, and what the record then was in a graph of the activity's name. The root is
Turtle and grows; the pages are TriG and never change.
https://semiceu.github.io/LDES-DCAT-AP-feeds/, https://w3id.org/ldes/specification
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import chain, count, islice
from pathlib import Path
from typing import Final, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from es_lod.iris import resolve
from es_lod.namespaces import AS, DCT, FEED_PREFIXES, LDES, PREFIXES, RDF, TREE, XSD, Term
from es_lod.rdf.emit import quads
from es_lod.site.addresses import FEED
from es_lod.site.edition import Edition, File
from es_lod.site.editions.history import History
from es_lod.site.register import Register
from es_lod.site.standing import created, deleted, updated

MEMBERS: Final = 500
"""How many activities a page holds."""
_PAGE: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})-([0-9]{1,9})-([0-9]{1,9})\.trig")


class Run(NamedTuple):
    """One build that changed something: its day, and which of that day it was."""

    day: str
    number: int

    @property
    def published(self) -> Literal:
        """When its activities were published: the runs of a day follow each other by seconds.

        Their order is a fact, their hour is not known.
        """
        moment = datetime.fromisoformat(self.day).replace(tzinfo=UTC)
        moment += timedelta(seconds=self.number - 1)
        lexical = moment.isoformat().replace("+00:00", "Z")
        return Literal(lexical, datatype=NamedNode(XSD.dateTime))


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
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        found = _PAGE.fullmatch(path.name)
        if found and _is_day(found[1]) and path.is_file() and not path.is_symlink():
            yield f"feed/{path.name}", (path, Run(found[1], int(found[2])))


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _page(edition: Edition, path: str, changes: list[tuple[str, Term]], run: Run) -> bytes:
    """A page: its activities, and in a graph of each what the record then was."""
    url, base = edition.settings.url, edition.dataset.base
    node = NamedNode(url + path)
    stream = NamedNode(f"{url}{FEED}#stream")
    statements: list[Quad | Triple] = [*_stream(url), Triple(node, _TYPE, NamedNode(TREE.Node))]
    statements.append(Triple(node, NamedNode(LDES.immutable), _TRUE))
    for id_, type_ in changes:
        activity = NamedNode(f"{url}{path}#{id_}")
        statements += [
            Triple(stream, NamedNode(TREE.member), activity),
            Triple(activity, _TYPE, NamedNode(type_)),
            Triple(activity, NamedNode(AS.object), NamedNode(resolve(id_, base))),
            Triple(activity, NamedNode(AS.published), run.published),
        ]
        record = edition.dataset.find(id_)
        if record is not None:
            statements.append(Triple(activity, NamedNode(DCT.type), NamedNode(record.types[0])))
            statements += (
                Quad(q.subject, q.predicate, q.object, activity) for q in quads(record, base)
            )
    return _written([_quad(statement) for statement in statements], RdfFormat.TRIG)


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
                Triple(relation, NamedNode(TREE.value), run.published),
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


def _quad(statement: Quad | Triple) -> Quad:
    if isinstance(statement, Quad):
        return statement
    return Quad(statement.subject, statement.predicate, statement.object)


def _written(statements: list[Triple] | list[Quad], format: RdfFormat) -> bytes:
    names = {**PREFIXES, **FEED_PREFIXES}
    return serialize(statements, format=format, prefixes=names) or b""


_TYPE: Final = NamedNode(RDF.type)
_TRUE: Final = Literal("true", datatype=NamedNode(XSD.boolean))
