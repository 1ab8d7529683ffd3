"""The messages of the shapes: in both languages, each with what to do."""

import re

import pytest
from rdflib import SH, Literal
from rdflib.term import Node

from es_lod.validate import shapes
from es_lod.validate.reference import shapes_graph

IMPERATIVES = {
    "pl": "dodaj dopisz opisz oznacz podaj popraw sprawdź usuń wpisz wskaż wybierz zostaw",
    "en": "add check choose correct describe give keep mark name remove write",
}
"""The verbs that messages ask with. A new one is added here."""
_CLAUSE = re.compile(r"[:;,.]\s+|\s(?:albo|lub|or|and|a|i)\s")


def messages() -> dict[Node, list[Literal]]:
    """What has a message → its messages."""
    found: dict[Node, list[Literal]] = {}
    for subject, message in shapes_graph(shapes.known()).subject_objects(SH.message):
        found.setdefault(subject, []).append(message)
    return found


def asks(message: Literal) -> bool:
    """Whether a clause of the message begins with an imperative."""
    first = {clause.split()[0].lower() for clause in _CLAUSE.split(str(message)) if clause.split()}
    return bool(first & set(IMPERATIVES[message.language].split()))


def test_what_reports_has_one_message_in_each_language():
    graph = shapes_graph(shapes.known())
    reporting = {*graph.subjects(SH.severity), *graph.subjects(SH.select)}
    # A shape with queries only: these have messages of their own.
    asking = {s for s in reporting if (s, SH.sparql, None) not in graph}
    assert asking <= messages().keys()
    for found in messages().values():
        assert sorted(message.language for message in found) == ["en", "pl"]


@pytest.mark.parametrize("language", IMPERATIVES)
def test_each_message_says_what_to_do(language):
    said = [m for found in messages().values() for m in found if m.language == language]
    assert [str(message) for message in said if not asks(message)] == []
