"""Records that are plainly right: whatever a look lets stand is what the model makes of it."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from written import FULL_WIDTH, HIDDEN, PESEL, Tree, anything, fitting, odd, texts, trees

from es_lod import Dataset
from es_lod.model import Kind, kinds, part_classes, record_classes, strings
from es_lod.model.built import node, shown
from es_lod.model.fields import PartKind
from es_lod.model.misfit import Misfit
from es_lod.model.normal import references
from es_lod.model.outline import outlined, parts_of
from es_lod.model.settled import settled
from es_lod.model.standing import stands
from es_lod.namespaces import DEFAULT_BASE
from es_lod.personal import holds_pesel, may_hold_pesel
from es_lod.readers import json as reader
from es_lod.readers.documents import Builder
from es_lod.readers.entries import Entry
from es_lod.readers.jsonl import Lines
from es_lod.readers.plain import Plain, plain
from es_lod.validate import personal
from es_lod.validate.ledger import Ledger
from es_lod.validate.links import summary
from es_lod.values.identifiers import is_regon


def _kinds() -> Iterator[Kind]:
    classes = (*record_classes().values(), *part_classes().values())
    found = {field.kind: None for cls in classes for field in cls.fields()}
    yield from (kind for kind in found if not isinstance(kind, PartKind))
    yield kinds.IdKind()


LOOKS = [(kind, look) for kind in _kinds() if (look := stands(kind)) is not None]


def in_pairs(raw: Any) -> Any:
    """As readers give it to looks: mappings are tuples of their pairs."""
    if isinstance(raw, dict):
        return tuple((key, in_pairs(value)) for key, value in raw.items())
    return [in_pairs(item) for item in raw] if isinstance(raw, list) else raw


def lets_stand(look: Any, raw: Any) -> bool:
    try:
        return bool(look(in_pairs(raw)))
    except (TypeError, ValueError):
        return False


def written(value: Any) -> set[str]:
    """The strings in a value: what somebody could read a number in."""
    if isinstance(value, dict):
        return {string for item in value.items() for string in written(list(item))}
    if isinstance(value, list):
        return {string for item in value for string in written(item)}
    return {str(value)}


@pytest.mark.parametrize(("kind", "look"), LOOKS, ids=lambda item: type(item).__name__)
@given(data=st.data())
@settings(max_examples=80)
def test_what_stands_is_what_it_is_parsed_to(kind, look, data):
    raw = data.draw(st.one_of(fitting(kind), odd(kind), odd(kind)))
    if not lets_stand(look, raw):
        return
    parsed = kind.parse(raw)
    if isinstance(kind, kinds.TextKind):
        expected = raw if isinstance(raw, dict) else {"pl": raw}
        assert dict(parsed) == expected
    elif isinstance(kind, kinds.TextsKind):
        tagged = raw if isinstance(raw, dict) else {"pl": raw}
        several = {tag: it if isinstance(it, list) else [it] for tag, it in tagged.items()}
        assert {tag: sorted(set(it)) for tag, it in several.items() if it} == {
            tag: list(it) for tag, it in parsed.items()
        }
    elif isinstance(kind, (kinds.CountKind, kinds.DecimalKind)):
        assert str(parsed) == str(raw)
        assert not isinstance(raw, bool)
    else:
        assert parsed == raw
    for string in written(raw):
        assert not holds_pesel(string) or may_hold_pesel(repr(string).encode())


@pytest.mark.parametrize(("kind", "look"), LOOKS, ids=lambda item: type(item).__name__)
@given(data=st.data())
@settings(max_examples=20)
def test_most_of_what_is_canonical_stands(kind, look, data):
    raw = data.draw(fitting(kind))
    is_simple = isinstance(raw, str) and raw.isascii() and raw.isalnum() and not holds_pesel(raw)
    if is_simple and not isinstance(kind, (kinds.IriKind, kinds.ConceptKind)):
        assert lets_stand(look, raw) == (kind.parse(raw) == raw)


digits = st.text("0123456789 -+.,x\u00a0\\/\"'\n", max_size=30)


@given(st.one_of(digits, digits.map(lambda d: f"{d}{PESEL}{d}"), st.sampled_from(HIDDEN)), digits)
@example("440514\u00a001458", "")
@example("123456 44051401458", "+")
def test_no_pesel_of_plain_digits_is_overlooked(text, more):
    if not holds_pesel(text) or text in ("•" * 11, FULL_WIDTH) or not text.isprintable():
        return
    if "%" in text or not set(text) <= {*map(chr, range(127)), "\u00a0"}:
        return  # a look does not let these stand
    tree = {"id": "a", more: text}
    assert may_hold_pesel(json.dumps(tree, ensure_ascii=False).encode())
    assert may_hold_pesel(json.dumps(tree).encode())
    assert may_hold_pesel(repr(tree).encode())
    escaped = "".join(f"\\u{ord(c):04x}" for c in text)
    assert may_hold_pesel(f'{{"name": "{escaped}"}}'.encode())


def entry_of(tree: Tree, language: str = "pl") -> Entry:
    text = json.dumps(tree, default=float, ensure_ascii=False)
    return Entry(reader.parse(text, "-"), (), reader.Places(text, "-"), language=language)


def _references(record: Plain) -> list[Any]:
    return [(it.steps, it.kind, it.target) for it in summary([record]).references]


@given(trees(), st.sampled_from(("pl", "en", "de-ch-1901")))
@settings(max_examples=500)
def test_a_plain_record_is_the_one_that_is_built(tree, language):
    entry = entry_of(tree, language)
    found = plain(entry)
    if found is None:
        return
    builder = Builder(entry)
    (built,) = builder.records()
    assert (builder.problems, builder.claims) == ([], [])
    assert found.record == built.record
    assert repr(found.record) == repr(built.record)
    assert list(found.record) == list(built.record)
    assert settled(found.outline, found.values, language) == outlined(built.record)
    again = Lines("a.jsonl", None, language).plain(1, json.dumps(tree, default=float))
    assert (again.outline, again.values) == (found.outline, found.values)
    assert not built.broken
    assert personal.in_entry(entry, [built], DEFAULT_BASE) == []
    met = summary([found])
    if Ledger(DEFAULT_BASE).takes(met):
        assert Ledger(DEFAULT_BASE).add(built.record, built.origin) == []
        assert _references(found) == list(references(built.record))


@given(trees())
@settings(max_examples=200)
def test_parts_are_shown_as_python_shows_them(tree):
    found = plain(entry_of(tree))
    for part in parts_of(found.outline, found.values) if found else ():
        assert shown(part, "pl") == repr(node(part.outline, part.values, "pl"))


PLACE = {"latitude": 50, "longitude": Decimal("19.5")}
ORGANISATION = {"id": "a", "type": "Foundation", "name": "Fundacja „Dłoń”"}


def test_a_usual_record_is_plain():
    found = plain(
        entry_of({**ORGANISATION, "url": ["https://a.pl/x"], "founders": ["c", "b", "c"]})
    )
    assert isinstance(found, Plain)
    assert found.record.founders == ("b", "c")
    assert [target for _, _, target in _references(found)] == ["b", "c"]


def test_a_key_without_a_value_is_as_none():
    contact = {"telephone": "+48124220636"}
    empty = {"url": None, "address": None, "contactPoint": {**contact, "email": None}}
    found = plain(entry_of({**ORGANISATION, **empty}))
    assert found.record == plain(entry_of({**ORGANISATION, "contactPoint": contact})).record


@pytest.mark.parametrize(
    "more",
    [
        {"nip": "2777631701"},
        {"name": "…"},
        {"name": f"nr {PESEL}"},
        {"contactPoint": {"email": "anna.nowak@a.pl"}},
        {"contactPoint": {"contactType": "pani Anna Nowak"}},
        {"contactPoint": {"email": f"{'x' * 64}@{'b' * 63}.{'c' * 63}.{'d' * 60}.pl"}},
        {"address": {"postalCode": "10115"}},
        {"foundingDate": "2019", "dissolutionDate": "2018"},
        {"foundingDate": "0000"},
        {"foundingDate": "2019-02-29"},
        {"type": "Event", "startDate": "2019", "eventType": []},
        {"founders": [None]},
        {"name": {"pl": "Fundacja", "en": None}},
        {"url": None, "services": [{"name": {"pl": "a", "en": None}}]},
        {"services": [{"name": "a"}, {"name": "A"}]},
        {"zzz": 1},
    ],
    ids=str,
)
def test_what_has_something_to_tell_is_not_plain(more):
    assert plain(entry_of({**ORGANISATION, **more})) is None


def test_a_cell_that_is_no_value_of_its_field_is_not_plain():
    entry = entry_of({**ORGANISATION, "founders": ["nieznana"]})
    assert plain(entry) is not None
    entry.tree["founders"] = [Misfit("nieznana", "unknown-name")]
    assert plain(entry) is None
    builder = Builder(entry)
    builder.records()
    assert [problem.code for problem in builder.problems] == ["unknown-name"]


@given(st.lists(anything, max_size=3), texts)
def test_what_no_look_expects_ends_no_run(several, text):
    for key in ("name", "alternateName", "founders", "address", "services", "id", "type", "nip"):
        for raw in (*several, several, {text: several}):
            plain(entry_of({**ORGANISATION, key: raw}))


def test_an_id_that_cannot_be_used_is_still_a_hint(tmp_path):
    """The ledger knows it by its IRI, as it does what is outside the base."""
    path = tmp_path / "a.jsonl"
    bad = {**ORGANISATION, "id": "con"}
    other = {**ORGANISATION, "id": "b", "founders": [f"{DEFAULT_BASE}lpt2"]}
    path.write_text("".join(json.dumps(tree) + "\n" for tree in (bad, other)), encoding="utf-8")
    hints = [p.hint for p in Dataset.read([path]).problems if p.code == "dangling-reference"]
    assert hints == [f"{DEFAULT_BASE}con"]


def test_a_regon_with_the_zeros_of_a_register_does_not_stand():
    """It is brought to nine digits, also where its check digits are right."""
    nines = (f"{n:09}" for n in range(100_000_000, 100_010_000))
    long = next(f"{n}00000" for n in nines if is_regon(n) and is_regon(f"{n}00000"))
    look = stands(strings.RegonKind())
    assert strings.RegonKind().parse(long) == long[:9]
    assert look(long[:9])
    assert not look(long)
