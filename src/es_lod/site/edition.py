"""What a site is made from, and the files that it is made of."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar

from es_lod.dataset import Dataset
from es_lod.formats import FORMATS
from es_lod.iris import is_id, is_web, relative, resolve
from es_lod.model import Record, record_classes
from es_lod.model.normal import references
from es_lod.readers.plain import Plain
from es_lod.report import Report
from es_lod.serialize import texts
from es_lod.site import addresses
from es_lod.site.counts import Counts
from es_lod.site.graph import Graph, graph
from es_lod.site.register import Register
from es_lod.site.settings import Settings
from es_lod.site.survey import Survey, survey
from es_lod.values import Text

_P = ParamSpec("_P")
_T = TypeVar("_T")


class File(NamedTuple):
    """A file of the site: its path from the site's address, and its bytes."""

    path: str
    data: bytes


class Pieces(NamedTuple):
    """A file of the site that is as long as the dataset: its bytes come piece by piece."""

    path: str
    pieces: Iterable[bytes]

    @property
    def data(self) -> bytes:
        """All of them."""
        return b"".join(self.pieces)


class Link(NamedTuple):
    """A reference between two records: `path` has the keys of its field, outermost first.

    `source` and `target` are ids, or IRIs outside the base; fragments of parts are no keys.
    """

    source: str
    path: tuple[str, ...]
    target: str


@dataclass(frozen=True, eq=False)  # each is itself
class Edition:
    """One edition of a dataset, and what is known of it: its settings and its report.

    The rooms of the site are functions of an edition that yield files.
    """

    dataset: Dataset
    settings: Settings
    report: Report
    changed: Mapping[str, str | None] = field(default_factory=dict)
    """For each record with a page the day of the edition in which its data changed last."""
    surveyed: Survey | None = None
    """What is known of all records, where that was found out already."""
    spread: bool = False
    """Whether the files of records are spread over folders: `addresses.place`."""
    found: dict[Any, Any] = field(default_factory=dict, init=False, repr=False)
    """What `once` keeps."""

    @cached_property
    def graph(self) -> Graph:
        """What the triples are, whatever they are written as."""
        return graph(texts(self.dataset, FORMATS["nt"], self.dataset.base))

    def take(self, graph: Graph) -> None:
        """Take over what another process has found out."""
        vars(self)["graph"] = graph  # where `cached_property` keeps it

    @cached_property
    def _survey(self) -> Survey:
        return self.surveyed or survey(self.dataset)

    @property
    def register(self) -> Register:
        """The records by number, id, name, place and day, and the links among them."""
        return self._survey.register

    @property
    def counts(self) -> Counts:
        """The numbers of the records."""
        return self._survey.counts

    def records(self) -> Iterator[Record]:
        """The records that have pages here; those outside the base have theirs elsewhere."""
        return (record for record in self.dataset if is_id(str(record.id)))

    def local(self, id_: str) -> Record | None:
        """The record with a page of its own here that an id or an IRI stands for."""
        found = relative(id_, self.settings.base)
        return self.dataset.find(found) if is_id(found) else None

    def web_page(self, record: Record, language: str) -> str | None:
        """The address of a record's page; of one outside the base its IRI, where that is one."""
        id_ = str(record.id)
        if self.local(id_) is None:
            iri = resolve(id_, self.settings.base)
            return iri if is_web(iri) else None
        return self.settings.url + addresses.page(addresses.document(id_), language)

    def unbuilt(self, id_: str) -> Record | Plain | None:
        """A record; what is plainly right stays as it was read."""
        return self.dataset.kept.find_plain(id_) or self.dataset.find(id_)

    def name(self, id_: str) -> Text | None:
        """What a thing is called; nothing where the dataset does not say it."""
        record = self.dataset.find(id_)
        return getattr(record, record.title) if record is not None else None

    def outgoing(self, record: Record) -> list[Link]:
        """What a record refers to, in the order of its fields."""
        return list(self._links(record))

    def incoming(self, id_: str, most: int = -1) -> list[Link]:
        """What refers to a record, in the order of the dataset; `most` limits how much."""
        return [Link(source, path, id_) for source, path in self.register.links_to(id_, most)]

    def _links(self, record: Record) -> Iterator[Link]:
        for path, _, target in references(record):
            # Keys and fragments take turns: `agenda`, `agenda-dyskusja`, `shows`.
            yield Link(str(record.id), path[::2], target)


def of_classes(edition: Edition, *classes: type[Record]) -> Iterator[Record]:
    """The records of some classes and those below them, in the order of the dataset."""
    names = names_of(*classes)
    query = f"""SELECT id FROM record WHERE class IN ({places(names)})
        ORDER BY n"""  # noqa: S608  # places of values
    return (edition.dataset[id_] for (id_,) in edition.register.rows(query, *names))


def names_of(*classes: type[Record]) -> list[str]:
    """The names of some classes and those below them."""
    return [cls.__name__ for cls in record_classes().values() if issubclass(cls, classes)]


def places(values: Sequence[str]) -> str:
    """The places of values in a query."""
    return ", ".join("?" * len(values))


def once(
    function: Callable[Concatenate[Edition, _P], _T],
) -> Callable[Concatenate[Edition, _P], _T]:
    """Find something out of an edition once: it is kept with the edition, and goes with it."""

    @wraps(function)
    def found(edition: Edition, /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
        key = (function, args, *kwargs.items())
        if key not in edition.found:
            edition.found[key] = function(edition, *args, **kwargs)
        value: _T = edition.found[key]
        return value

    return found
