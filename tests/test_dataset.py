"""Datasets: normal form, equality, identity, and what is checked across fields and records."""

from datetime import date

import pytest
import rdflib

import es_lod
from es_lod import (
    Address,
    AgendaItem,
    Association,
    Dataset,
    Event,
    Foundation,
    InvalidRecord,
    SocialCooperative,
    SocialIntegrationCentre,
    Statement,
    Text,
    Texts,
    Workshop,
)
from es_lod.context import context

A = Association(id="a", name="A")


def codes(text: str, format: str = "yaml") -> list[tuple[str, str | None]]:
    return [(p.code, p.field) for p in es_lod.loads(text, format).problems]


def test_equality_looks_at_class_iri_and_fields():
    assert Dataset([A]) == Dataset([Association(id="a", name={"pl": "A"})])
    others = [
        Dataset([Foundation(id="a", name="A")]),
        Dataset([Association(id="b", name="A")]),
        Dataset([Association(id="a", name={"en": "A"})]),
        Dataset([A], base="https://b.pl/"),
        Dataset([]),
        "A",
    ]
    assert all(Dataset([A]) != other for other in others)
    elsewhere = Association(id="https://w3id.org/es-lod/id/a", name="A")
    assert Dataset([A]) == Dataset([elsewhere], base="https://b.pl/")


def test_what_is_nested_becomes_a_record_of_its_own_owners_first():
    centre = SocialIntegrationCentre(
        id="cis",
        name="CIS",
        operator=SocialCooperative(id="s", name="S", founders=[A]),
        workshops=[Workshop(id="w", name="W", workshop_type=["culinary"])],
    )
    dataset = Dataset([centre])
    assert [record.id for record in dataset] == ["cis", "s", "a", "w"]
    assert dataset["s"].founders == ("a",)
    assert dataset["cis"].operator == "s"


def test_one_object_in_two_places_is_one_record_two_different_ones_are_an_error():
    twice = [SocialCooperative(id=i, name=i, founders=[A]) for i in "st"]
    assert Dataset(twice).problems == ()
    other = Association(id="a", name="Other")
    assert [p.code for p in Dataset([A, other]).problems] == ["duplicate-id"]


def test_missing_ids_are_minted_from_names_and_said():
    address = Address(address_locality="Tarnów")
    dataset = Dataset([Foundation(name="Fundacja „Łąka”", address=address)])
    assert [record.id for record in dataset] == ["fundacja-laka-tarnow"]
    assert [p.code for p in dataset.problems] == ["minted-id"]
    nested = """
    records:
      - type: SocialIntegrationCentre
        operator: {type: Association, name: Żółw}
        name: CIS
        workshops: [{type: Workshop, name: Kulinarny, workshopType: culinary}]
      - {type: Event, name: Targi, startDate: 2018-06, eventType: fair}
    """
    assert [record.id for record in es_lod.loads(nested)] == [
        "social-integration-centre-zolw",
        "zolw",
        "social-integration-centre-zolw-kulinarny",
        "targi-2018-06",
    ]


def test_a_name_that_leaves_nothing_of_an_id_asks_for_one():
    assert codes("{type: Foundation, name: Благо}") == [("no-id", None)]


def test_problems_of_a_record_without_an_id_name_the_minted_one():
    text = "{type: Event, name: Targi, eventType: faire, startDate: 2018}"
    report = es_lod.loads(text).validate()
    assert {(p.record, p.code) for p in report.errors} == {("targi-2018", "unknown-concept")}


def test_a_wrong_id_is_an_error_and_is_not_replaced_by_another():
    text = "[{type: Foundation, id: f, name: F}, {type: Foundation, id: Zła Nazwa, name: F}]"
    assert codes(text) == [("invalid-id", "id")]


@pytest.mark.parametrize("id_", ["../x", "A", "a b", "-a", "a" * 81, "con", "", "a/b", "ą"])
def test_what_cannot_be_an_id(id_):
    with pytest.raises(InvalidRecord) as caught:
        Foundation(id=id_, name="F")
    assert [p.code for p in caught.value.problems] == ["invalid-id"]


def test_values_of_one_field_are_a_set_in_canonical_order():
    one = Event(name="E", event_type=["fair", "forum"], start_date="2018", topics=["finance"])
    other = Event(name="E", event_type=("forum", "fair", "fair"), start_date=2018, topics="finance")
    assert one == other
    assert one.event_type == ("fair", "forum")
    assert Texts(["b", "a", "b"]) == {"pl": ("a", "b")}


def test_agenda_items_stand_by_position_and_parts_after_their_record():
    agenda = [AgendaItem(name=n, position=p) for n, p in (("A", 2), ("B", 1), ("C", None))]
    event = Event(id="e", name="E", event_type=["fair"], start_date="2018", agenda=agenda)
    assert [str(item.name) for item in event.agenda] == ["B", "A", "C"]
    subjects = list(dict.fromkeys(q.subject.value for q in Dataset([event]).quads()))
    assert [s.rpartition("/")[2] for s in subjects] == [
        "e",
        "e#agenda-a",
        "e#agenda-b",
        "e#agenda-c",
    ]


def test_parts_of_one_fragment_collide():
    text = """{type: Event, id: e, name: E, eventType: fair, startDate: 2018,
               agenda: [{name: Dyskusja}, {name: dyskusja, position: 1}]}"""
    assert codes(text) == [("part-collision", "agenda[1]")]


def test_text_is_nfc_with_line_feeds_and_dates_keep_their_precision():
    assert Text("Łódz\u0301\r\n") == {"pl": "Łódź"}
    assert Foundation(name="F", founding_date=date(2014, 5, 1)).founding_date == "2014-05-01"
    assert Foundation(name="F", founding_date="2014").founding_date.datatype.endswith("#gYear")


def test_identifiers_keep_or_get_back_their_zeros_and_it_is_said():
    dataset = es_lod.loads('{"type": "Foundation", "id": "f", "name": "F", "krs": 413516}', "json")
    assert dataset["f"].krs == "0000413516"
    assert [(p.code, p.value) for p in dataset.problems] == [("normalised", "0000413516")]
    assert es_lod.loads("{type: Foundation, id: f, name: F, krs: 0000413516}").problems == ()


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("krs", "12345678901", "invalid-krs"),
        ("nip", "5260250275", "invalid-nip"),
        ("regon", "123456789", "invalid-regon"),
        ("address", {"terc": "0101011"}, "invalid-terc"),
        ("address", {"terc": "1261017"}, "invalid-terc"),
        ("address", {"postal_code": "!"}, "invalid-postcode"),
        ("contact_point", {"telephone": "12"}, "invalid-phone"),
        ("contact_point", {"email": "a@b"}, "invalid-email"),
        ("url", "javascript:alert(1)", "invalid-iri"),
        ("founding_date", "2018-02-29", "invalid-date"),
        ("legal_form", "foundationn", "unknown-concept"),
        ("founders", "A b", "invalid-reference"),
    ],
)
def test_a_value_of_the_wrong_form_is_refused(field, value, code):
    with pytest.raises(InvalidRecord) as caught:
        Foundation(**{"id": "f", "name": "F", field: value})
    assert [p.code for p in caught.value.problems] == [code]


def test_a_polish_postcode_has_a_hyphen_and_others_need_not():
    address = "{type: Foundation, id: f, name: F, address: {postalCode: %s}}"
    assert codes(address % "30070") == [("invalid-postcode", "address.postalCode")]
    assert codes(address % "30-070") == []
    assert codes(address % "10115, addressCountry: DE") == []


def test_a_reference_to_a_record_of_another_class_is_told_wherever_it_stands():
    founder = "{type: Event, id: e, name: E, eventType: fair, startDate: 2018}"
    record = "{type: Foundation, id: f, name: F, founders: [e]}"
    for pair in ((founder, record), (record, founder)):
        assert codes(f"[{', '.join(pair)}]") == [("wrong-class", "founders[0]")]


def test_operates_of_what_is_no_unit_or_elsewhere_is_told():
    workshop = "{type: Workshop, id: w, name: W, workshopType: sewing}"
    owner = "{type: Foundation, id: f, name: F, operates: [%s]}"
    assert codes(f"[{owner % 'w'}, {workshop}]") == [("wrong-class", "operates[0]")]
    assert codes(f"[{owner % workshop}]") == [("wrong-class", "operates[0]")]
    assert codes(f"[{owner % 'https://x.pl/k'}]") == [("described-elsewhere", "operates[0]")]
    assert codes(f"[{owner % 'Bad Id'}]") == [("invalid-reference", "operates[0]")]


def test_a_statement_is_about_a_value_that_the_record_has():
    def told(**stated: object) -> list[str]:
        statement = Statement(certainty="inferred", **stated)
        return [
            p.code
            for p in Dataset(
                [SocialCooperative(id="s", name="S", founders=[A], statements=[statement])]
            ).problems
        ]

    assert told(property="founders", value="a") == []
    assert told(property="founders") == []
    assert told(property="name", value="S") == []
    assert told(property="name", value="T") == ["invalid-statement"]
    assert told(property="founders", value="b") == ["invalid-statement"]
    assert told(property="foundres") == ["invalid-statement"]


def test_a_statement_without_a_property_or_about_none_is_told_and_no_more():
    record = "{type: Foundation, id: f, name: F, statements: [{certainty: inferred%s}]}"
    assert codes(record % "") == [("missing", "statements[0].property")]
    assert codes(record % ", property: foundres") == [
        ("invalid-statement", "statements[0].property")
    ]
    assert not es_lod.loads(record % ", property: foundres").validate().conforms


def test_rdf_with_types_that_exclude_each_other_is_an_error():
    text = Dataset([A]).dumps("ttl").replace("es:Association ,", "es:Association , es:Foundation ,")
    assert codes(text, "ttl") == [("ambiguous-type", "type"), ("not-carried-over", None)]


def test_rdf_in_a_base_of_its_own_is_read_with_it():
    text = Dataset([A], base="https://dane.pl/id/").dumps("ttl")
    assert es_lod.loads(text, "ttl")["a"].id == "a"
    assert es_lod.loads(text, "ttl").dumps("ttl") == text
    dangling = text.replace("schema:name", "schema:founder id:nobody ; schema:name")
    assert codes(dangling, "ttl") == [("dangling-reference", "founders[0]")]


def test_a_part_whose_iri_is_not_its_owners_is_told():
    text = Dataset([Foundation(id="f", name="F", address=Address(terc="12"))]).dumps("nt")
    moved = text.replace("https://w3id.org/es-lod/id/f#address", "https://x.pl/address")
    dataset = es_lod.loads(moved, "nt")
    assert [p.code for p in dataset.problems] == ["part-renamed"]
    assert not dataset.validate(strict=True).conforms


def test_es_operates_in_rdf_is_the_operator_of_the_unit():
    centre = SocialIntegrationCentre(id="cis", name="CIS", operator=A)
    text = Dataset([centre]).dumps("nt")
    forward = "<https://w3id.org/es-lod/id/cis> <https://w3id.org/es-lod/ns#operatedBy> "
    turned = text.replace(
        forward + "<https://w3id.org/es-lod/id/a>",
        "<https://w3id.org/es-lod/id/a> <https://w3id.org/es-lod/ns#operates> "
        "<https://w3id.org/es-lod/id/cis>",
    )
    assert turned != text
    assert es_lod.loads(turned, "nt") == Dataset([centre])


def test_a_unit_or_public_body_that_says_it_is_a_legal_person_does_not_conform():
    text = Dataset([SocialIntegrationCentre(id="cis", name="CIS", operator=A)]).dumps("ttl")
    wrong = text.replace(
        "es:SocialIntegrationCentre ,", "es:SocialIntegrationCentre , org:FormalOrganization ,"
    )
    told = [p for p in es_lod.loads(wrong, "ttl").validate() if p.severity == "error"]
    assert [(p.code, p.record) for p in told] == [("shape", "cis")]
    assert "osobowości prawnej" in told[0].message["pl"]


def test_rdflib_gets_the_lexical_forms_as_they_are():
    graph = Dataset([Foundation(id="f", name="F", founding_date="2014")]).to_rdflib()
    (value,) = graph.objects(None, rdflib.SDO.foundingDate)
    assert (str(value), value.datatype) == ("2014", rdflib.XSD.gYear)


def test_operates_is_the_reverse_of_the_operator_in_the_context():
    term = context()["Association"]["@context"]["operates"]
    assert term == {"@reverse": "es:operatedBy", "@type": "@id"}


def test_records_are_frozen_and_say_so_in_our_words():
    with pytest.raises(AttributeError, match="frozen"):
        A.name = Text("B")
    assert A.model_copy(update={"name": Text("B")}).name == {"pl": "B"}
    assert len({A, Association(id="a", name="A")}) == 1


def test_unknown_formats_and_missing_files_are_input_errors():
    for attempt in (lambda: es_lod.loads("x", "toml"), lambda: es_lod.load("nowhere.yaml")):
        with pytest.raises(es_lod.InputError):
            attempt()


def test_a_dataset_with_errors_is_not_written():
    dataset = es_lod.loads("[{type: Foundation, id: f, name: F}, {type: Foundation, id: g}]")
    with pytest.raises(es_lod.InvalidData):
        dataset.dumps("ttl")
    assert [record.id for record in dataset] == ["f"]


def test_dir_and_all_name_every_class():
    assert {"Event", "Dataset", "load"} <= set(dir(es_lod))
    assert all(hasattr(es_lod, name) for name in es_lod.__all__)


@pytest.mark.parametrize("key", ["founders", "partOf"])
def test_a_record_that_refers_to_itself_is_told(key):
    dataset = es_lod.loads(f"{{type: Foundation, id: a, name: A, {key}: a}}")
    (problem,) = dataset.validate()
    assert (problem.code, problem.severity, problem.field) == ("self-reference", "warning", key)
    assert problem.location is not None


def test_only_the_record_in_which_a_key_stands_twice_is_left_out(tmp_path):
    path = tmp_path / "in.yaml"
    unit = "{type: SocialIntegrationCentre, id: b, name: B, name: C}"
    path.write_text(f"[{{type: Foundation, id: a, name: A, operates: [{unit}]}}]", "utf-8")
    dataset = Dataset.read([path])
    assert [record.id for record in dataset] == ["a"]
    (problem,) = dataset.problems
    assert (problem.code, problem.record, problem.field) == ("duplicate-key", "b", "name")


def test_a_first_line_of_json_lines_may_state_the_language_alone():
    text = '{"language": "en"}\n{"type": "Foundation", "id": "a", "name": "A"}\n'
    dataset = es_lod.loads(text, "jsonl")
    assert dict(dataset["a"].name) == {"en": "A"}
    assert dataset.problems == ()


def test_records_of_rdf_stand_in_the_graph_that_they_came_in_and_in_no_other():
    record = Dataset([Foundation(id="a", name="A")])
    text = f"GRAPH <https://a.pl/g> {{ {record.dumps('nt')} }}"
    dataset = Dataset.loads(text, "trig")
    assert [str(item.id) for item in dataset] == ["a"]
    assert {str(quad.graph_name) for quad in dataset.input_quads()} == {"<https://a.pl/g>"}
    both = Dataset.loads(f"{text} {record.dumps('nt')}", "trig")
    assert len(list(both.input_quads())) == 2 * len(list(record.quads()))
