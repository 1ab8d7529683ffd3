"""What the page of a record has to know of others: each is found once, since it may be read then.

A page names its neighbours among its fields, in its picture and in the list beside it, in both
languages and in the words of schema.org.
"""

from typing import Any, NamedTuple

from es_lod.iris import is_id, relative
from es_lod.model import Node, Record
from es_lod.site.edition import Edition, Link, once
from es_lod.site.held import Held
from es_lod.values import Text


class Thing(NamedTuple):
    """What an id or an IRI stands for; `page` is the id of its page here, where it has one."""

    record: Record | None
    name: Text | None
    page: str | None


class Known:
    """The records that are asked for while the files of one are made, and what refers to them."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self._things = _things(edition)
        self._incoming: dict[str, list[Link]] = {}

    def thing(self, id_: str) -> Thing:
        """What is known of an id or an IRI."""
        return self._things.get(id_) or self._things.keep(id_, self._found(id_))

    def find(self, id_: str) -> Record | None:
        """The record of an id or an IRI."""
        return self.thing(id_).record

    def incoming(self, id_: str) -> list[Link]:
        """What refers to a record, in the order of the dataset."""
        found = self._incoming.get(id_)
        if found is None:
            found = self._incoming[id_] = self.edition.incoming(id_)
        return found

    def _found(self, id_: str) -> Thing:
        record = self.edition.dataset.find(id_)
        if is_id(id_):
            page = id_ if record is not None else None
        else:
            local = relative(id_, self.edition.settings.base)
            is_here = is_id(local) and self.edition.dataset.find(local) is not None
            page = local if is_here else None
        return Thing(record, None if record is None else getattr(record, record.title), page)


@once
def _things(_: Edition) -> Held[str, Thing]:
    """The things that were asked for, whatever page asked."""
    return Held()


def value_of(node: Node, name: str) -> Any:
    """The value of a field; nothing where the class has no such field.

    Asked for an attribute that is none, pydantic takes 5 µs to say so.
    """
    return vars(node).get(name)
