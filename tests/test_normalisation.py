"""What people write: done and told where it has one meaning, else an error with a hint."""

import json
import unicodedata
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import LETTERS, RARE

import es_lod
from es_lod import Dataset, iris, values
from es_lod.errors import InvalidValue
from es_lod.model import Organization, kinds, strings
from es_lod.values import PartialDate, Text, Texts
from es_lod.values.spoken import polish_offset, spoken

DAY, TIME = kinds.DateKind(), kinds.DateKind(time=True)
DEGREES = kinds.DecimalKind(-90, 90)
WEB, IRI = kinds.IriKind(web=True), kinds.IriKind()
KRS, NIP, REGON, TERC = (
    kind() for kind in (strings.KrsKind, strings.NipKind, strings.RegonKind, strings.TercKind)
)
POSTCODE, PHONE, EMAIL = strings.PostcodeKind(), strings.PhoneKind(), strings.EmailKind()
COUNTRY, LANGUAGE = strings.CountryKind(), strings.LanguageKind()
STRING, COUNT = strings.StringKind(), kinds.CountKind()

# Kind, what is written, what it becomes.
SAFE = [
    (DAY, "2018-06-19", "2018-06-19"),
    (DAY, "2014", "2014"),
    (DAY, "2014-5-1", "2014-05-01"),
    (DAY, "2014-5", "2014-05"),
    (DAY, "2014/5/1", "2014-05-01"),
    (DAY, "2014.05.01", "2014-05-01"),
    (DAY, "05.2014", "2014-05"),
    (DAY, "5/2014", "2014-05"),
    (DAY, "19.06.2018", "2018-06-19"),
    (DAY, "05.06.2018", "2018-06-05"),
    (DAY, "19. 06. 2018r.", "2018-06-19"),
    (DAY, "19/06/2018", "2018-06-19"),
    (DAY, "19-06-2018", "2018-06-19"),
    (DAY, "19\u201306\u20132018", "2018-06-19"),
    (DAY, "05/05/2018", "2018-05-05"),
    (DAY, "19 VI 2018", "2018-06-19"),
    (DAY, "19.VI.2018 r.", "2018-06-19"),
    (DAY, "1-ix-2014", "2014-09-01"),
    (DAY, "XII 2018", "2018-12"),
    (DAY, "19 czerwca 2018 r.", "2018-06-19"),
    (DAY, "19\u00a0czerwca\u00a02018\u00a0roku", "2018-06-19"),
    (DAY, "czerwiec 2018", "2018-06"),
    (DAY, "cze 2018", "2018-06"),
    (DAY, "19-cze-2018", "2018-06-19"),
    (DAY, "1 paź 2014", "2014-10-01"),
    (DAY, "1 pazdziernika 2014", "2014-10-01"),
    (DAY, "2014 r.", "2014"),
    (DAY, "2018.0", "2018"),
    (TIME, "2018-06-19 10:00+02:00", "2018-06-19T10:00:00+02:00"),
    (TIME, "19.06.2018 10:00+02:00", "2018-06-19T10:00:00+02:00"),
    (TIME, "2018-06-19t8:00z", "2018-06-19T08:00:00Z"),
    (KRS, "413516", "0000413516"),
    (KRS, "413516.0", "0000413516"),
    (KRS, "KRS: 0000 413 516", "0000413516"),
    (NIP, "526-025-02-74", "5260250274"),
    (NIP, "526\u2011025\u201102\u201174", "5260250274"),
    (NIP, "PL 5260250274", "5260250274"),
    (NIP, "NIP 526 025 02 74", "5260250274"),
    (NIP, "5260250274.0", "5260250274"),
    (NIP, "5260250274,00", "5260250274"),
    (NIP, "\u202a5260250274\u202c", "5260250274"),
    (REGON, "12345678500000", "123456785"),
    (REGON, "123456785.0", "123456785"),
    (REGON, "12345675", "012345675"),
    (REGON, "1234562", "001234562"),
    (REGON, "1234567500000", "012345675"),
    (TERC, "2", "02"),
    (TERC, "201", "0201"),
    (TERC, "201011", "0201011"),
    (TERC, "12 61 01 1", "1261011"),
    (TERC, "1261011.0", "1261011"),
    (POSTCODE, "30 - 070", "30-070"),
    (POSTCODE, "30\u2013070", "30-070"),
    (POSTCODE, "30\u00a0\u2013\u00a0070", "30-070"),
    (POSTCODE, "10115.0", "10115"),
    (POSTCODE, "sw1a\u00a01aa", "SW1A 1AA"),
    (PHONE, "(12) 422 06 36", "+48124220636"),
    (PHONE, "tel. 12\u00a0422\u00a006\u00a036", "+48124220636"),
    (PHONE, "124220636.0", "+48124220636"),
    (PHONE, "\u202a+48 12 422 06 36\u202c", "+48124220636"),
    (EMAIL, "mailto:biuro@serwis.pl", "biuro@serwis.pl"),
    (EMAIL, "\ufeffbiuro@ser\u00adwis.pl", "biuro@serwis.pl"),
    (COUNTRY, "pl", "PL"),
    (LANGUAGE, "PL", "pl"),
    (COUNT, "1 200", "1200"),
    (COUNT, "1\u00a0200\u202f000", "1200000"),
    (COUNT, "25.0", "25"),
    (COUNT, "25,00", "25"),
    (COUNT, 25.0, "25"),
    (DEGREES, "50,0121", "50.0121"),
    (DEGREES, "-0,5", "-0.5"),
    (WEB, "HTTPS://serwis.pl/", "https://serwis.pl/"),
    (WEB, "\u200bhttps://serwis.pl/\u00a0", "https://serwis.pl/"),
    (STRING, "ul.\u00a0Piastowska\u200932/4", "ul. Piastowska 32/4"),
    (STRING, "\ufeffspół\u00addziel\u200bnia", "spółdzielnia"),
    (STRING, "a\u200db", "ab"),
    (STRING, "👩\u200d👧", "👩\u200d👧"),
    (STRING, "\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u200c\u062e"),
    (STRING, "\u200f\u05e9\u05dc\u200e", "\u200f\u05e9\u05dc\u200e"),
    (STRING, "Spółdzielnia ,,Serwis''", "Spółdzielnia „Serwis”"),
    (STRING, "(,,Serwis”)", "(„Serwis”)"),
    (STRING, ',,Serwis" i ,,Łąka"', "„Serwis” i „Łąka”"),
    (STRING, 'Fundacja ""Łąka""', 'Fundacja "Łąka"'),
    (STRING, 'Fundacja ""Moja ,,Łąka\'\'""', 'Fundacja "Moja „Łąka”"'),
    (STRING, 'a = "" i b = ""', 'a = "" i b = ""'),
    (STRING, "1,,2''", "1,,2''"),
    (STRING, '""" \'\'\' ""', '""" \'\'\' ""'),
]

# Kind, what is written, code and hint.
UNSAFE = [
    (DAY, "1.5.14", "invalid-date", "2014-05-01"),
    (DAY, "1.5.98", "invalid-date", "1998-05-01"),
    (DAY, "cze-18", "invalid-date", "2018-06"),
    (DAY, "cze '18", "invalid-date", "2018-06"),
    (DAY, "05/06/2018", "invalid-date", "2018-06-05"),
    (DAY, "05-06-2018", "invalid-date", "2018-06-05"),
    (DAY, "05 06 2018", "invalid-date", "2018-06-05"),
    (DAY, "06/19/2018", "invalid-date", "2018-06-19"),
    (DAY, "2011/12", "invalid-date", "2011-12"),
    (DAY, "43270", "invalid-date", "2018-06-19"),
    (DAY, "43270.4167", "invalid-date", "2018-06-19"),
    (DAY, "30070", "invalid-date", "1982-04-29"),
    (DAY, "99999", "invalid-date", None),
    (DAY, "20180619", "invalid-date", "2018-06-19"),
    (DAY, "19062018", "invalid-date", "2018-06-19"),
    (DAY, "2018-06-19 10:00", "invalid-date", "2018-06-19"),
    (DAY, "2018-06-19T10:00:00+02:00", "invalid-date", "2018-06-19"),
    (DAY, "2018-06-19 00:00:00", "invalid-date", "2018-06-19"),
    (DAY, "30.02.2018", "invalid-date", None),
    (DAY, "2018-13-45", "invalid-date", None),
    (DAY, "19 czerwca", "invalid-date", None),
    (DAY, "wiosna 2018", "invalid-date", None),
    (TIME, "2018-06-19 10:00", "invalid-date", "2018-06-19T10:00+02:00"),
    (TIME, "19.06.2018 10:00", "invalid-date", "2018-06-19T10:00+02:00"),
    (TIME, "19 VI 2018 r., godz. 9.30", "invalid-date", "2018-06-19T09:30+02:00"),
    (TIME, "2018-01-19T10:00:30", "invalid-date", "2018-01-19T10:00:30+01:00"),
    (TIME, "2018-06-19 00:00", "invalid-date", "2018-06-19"),
    (TIME, "2018-10-28 02:30", "invalid-date", "2018-10-28"),
    (TIME, "1990-06-19 10:00", "invalid-date", "1990-06-19"),
    (TIME, "2018-06-19T10:00:00.5Z", "invalid-date", "2018-06-19T10:00:00Z"),
    (TIME, "2018-06-19 25:00", "invalid-date", None),
    (KRS, "4,13516E+05", "lost-digits", "413516"),
    (KRS, "NIP 5260250274", "invalid-krs", None),
    (NIP, "5,26025E+09", "lost-digits", None),
    (NIP, "5.260250274e9", "lost-digits", "5260250274"),
    (NIP, "5260250275.0", "invalid-nip", None),
    (REGON, "1,23E+08", "lost-digits", None),
    (REGON, "1234567", "invalid-regon", None),
    (REGON, "0000000", "invalid-regon", None),
    (TERC, "126101", "invalid-terc", None),
    (TERC, "1", "invalid-terc", None),
    (POSTCODE, "3,007E+04", "lost-digits", None),
    (PHONE, "4,8124E+10", "lost-digits", None),
    (PHONE, "0 12 422 06 36", "invalid-phone", "+48124220636"),
    (PHONE, "12 422 06 36, 12 422 06 37", "invalid-phone", None),
    (EMAIL, "biuro@serwis.pl.", "invalid-email", "biuro@serwis.pl"),
    (EMAIL, "biuro(at)serwis.pl", "invalid-email", "biuro@serwis.pl"),
    (EMAIL, "biuro [małpa] serwis [kropka] pl", "invalid-email", "biuro@serwis.pl"),
    (EMAIL, "<biuro @ serwis.pl>", "invalid-email", "biuro@serwis.pl"),
    (EMAIL, "biuro@serwis,pl", "invalid-email", "biuro@serwis.pl"),
    (EMAIL, "biuro@serwis.pl, cis@serwis.pl", "invalid-email", None),
    (COUNTRY, "Polska", "invalid-country", "PL"),
    (COUNTRY, "Germany", "invalid-country", "DE"),
    (COUNTRY, "Kraków", "invalid-country", None),
    (LANGUAGE, "polski", "invalid-language", "pl"),
    (LANGUAGE, "język ukraiński", "invalid-language", "uk"),
    (LANGUAGE, "en_GB", "invalid-language", "en-gb"),
    (LANGUAGE, "!", "invalid-language", None),
    (COUNT, "ok. 30", "invalid-count", "30"),
    (COUNT, "ponad 1 200 osób", "invalid-count", "1200"),
    (COUNT, "1.200", "invalid-count", "1200"),
    (COUNT, "30-40", "invalid-count", None),
    (COUNT, "-5", "invalid-count", None),
    (COUNT, "2 tys.", "invalid-count", None),
    (COUNT, "50%", "invalid-count", None),
    (COUNT, "2,5", "invalid-count", None),
    (COUNT, 2.5, "invalid-count", None),
    (DEGREES, "1,2,3", "invalid-number", None),
    (DEGREES, "190,5", "invalid-number", None),
    (WEB, "www.serwis.pl", "invalid-iri", "https://www.serwis.pl"),
    (WEB, "serwis.pl/kontakt?a=1", "invalid-iri", "https://serwis.pl/kontakt?a=1"),
    (WEB, "spółdzielnia-łąka.pl", "invalid-iri", "https://spółdzielnia-łąka.pl"),
    (WEB, "http:/serwis.pl", "invalid-iri", "http://serwis.pl"),
    (WEB, "https//serwis.pl", "invalid-iri", "https://serwis.pl"),
    (WEB, "serwis.pl:8080/x", "invalid-iri", "https://serwis.pl:8080/x"),
    (WEB, "biuro@serwis.pl", "invalid-iri", None),
    (WEB, "strona w budowie", "invalid-iri", None),
    (WEB, "ftp://serwis.pl", "invalid-iri", None),
    (IRI, "www.serwis.pl", "invalid-iri", "https://www.serwis.pl"),
    (STRING, "\u200b\u00a0", "invalid-text", None),
]


@pytest.mark.parametrize(("kind", "raw", "value"), SAFE)
def test_what_has_one_meaning_is_taken_in_it(kind, raw, value):
    assert str(kind.parse(raw)) == value
    assert str(kind.parse(value)) == value


@pytest.mark.parametrize(("kind", "raw", "code", "hint"), UNSAFE)
def test_what_may_mean_something_else_is_an_error_with_a_hint(kind, raw, code, hint):
    with pytest.raises(InvalidValue) as error:
        kind.parse(raw)
    assert (error.value.code, error.value.hint) == (code, hint)
    if hint is not None:
        kind.parse(hint)


# Whatever is returned stays as it is when it is read again.

pieces = st.sampled_from(
    (",,", '""', '"', "''", "”", "„", " ", "\n", "(", ".", "a", "ą", "=", "\u0338", *RARE, "\u2009")
)
muddles = st.one_of(st.lists(pieces, max_size=14).map("".join), st.text(LETTERS + RARE))


@given(muddles)
@example('""x ,,y" z""')
@example("a\u200d\u0301\u200db")
@example("a \u00ad\u2028\u200d")
@example("\u00ad\u2028\u200d")
@example("\u200d\u2028\u200da")
def test_a_text_that_was_read_is_read_as_it_is(raw):
    try:
        read = values.text(raw)
    except InvalidValue:
        return
    assert values.text(read) == read
    assert unicodedata.is_normalized("NFC", read)


written = st.one_of(
    st.from_regex(r"[0-9]{1,4}[ ./-][0-9]{1,2}([ ./-][0-9]{1,4})?( r\.)?", fullmatch=True),
    st.from_regex(
        r"([0-9]{1,2}[ .-])?(cze|maja|VI|paź)[ .-][0-9]{2,4}( [0-9]{1,2}:[0-9]{2}(Z|\+02:00)?)?",
        fullmatch=True,
    ),
    st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(Z|\+02:00)?", fullmatch=True),
    st.from_regex(r"[+0-9 .,:TZ/-]{1,20}", fullmatch=True),
)


@given(written, st.sampled_from([DAY, TIME]))
def test_a_date_that_was_read_is_read_as_it_is_and_so_is_a_hint_at_one(raw, kind):
    if (read := read_or_meant(kind, raw)) is not None:
        assert PartialDate(str(read)) == read
        assert kind.parse(str(read)) == read


def read_or_meant(kind: kinds.Kind, raw: Any) -> Any:
    """What is read, or what the hint of the error is read as."""
    try:
        return kind.parse(raw)
    except InvalidValue as error:
        is_lost = error.code == "lost-digits"  # its hint lacks the check
        return None if error.hint is None or is_lost else kind.parse(error.hint)


KINDS = [KRS, NIP, REGON, TERC, POSTCODE, PHONE, EMAIL, COUNTRY, LANGUAGE, COUNT, DEGREES, WEB]


@given(
    st.sampled_from(KINDS),
    st.one_of(
        st.text("0123456789+-., \u00a0PLx@/:E"), st.sampled_from([str(r) for _, r, _ in SAFE])
    ),
)
def test_a_value_that_was_read_is_read_as_it_is_and_so_is_a_hint_at_one(kind, raw):
    if (read := read_or_meant(kind, raw)) is not None:
        assert kind.parse(read) == read
        assert kind.parse(str(read)) == read


@pytest.mark.parametrize(
    ("day", "hour", "offset"),
    [
        # The last Sundays: 2018-03-25 and 2018-10-28, 2024-03-31 and 2024-10-27.
        ("2018-03-24", 23, "+01:00"),
        ("2018-03-25", 1, "+01:00"),
        ("2018-03-25", 2, None),
        ("2018-03-25", 3, "+02:00"),
        ("2018-10-28", 1, "+02:00"),
        ("2018-10-28", 2, None),
        ("2018-10-28", 3, "+01:00"),
        ("2024-03-31", 1, "+01:00"),
        ("2024-03-31", 3, "+02:00"),
        ("2024-10-27", 1, "+02:00"),
        ("2024-10-27", 3, "+01:00"),
        ("1996-10-26", 12, "+02:00"),
        ("1995-06-01", 12, None),
    ],
)
def test_summer_time_is_from_the_last_sunday_of_march_to_that_of_october(day, hour, offset):
    assert polish_offset(date.fromisoformat(day), hour) == offset


def test_only_dates_are_dates():
    assert spoken("x" * 50) == spoken("") == (None, None)


# Through a document: the value, and what is told of it with its place.

DOCUMENT = """\
records:
- type: Foundation
  id: laka
  name:
    pl: Fundacja ,,Łąka''
    en: Foundation “Łąka”
  alternateName: [Łąka, Fun\u00addacja Łąka]
  description: "Zażółć\u00a0gęślą"
  nip: 526-025-02-74
  krs: 413516
  foundingDate: 1 V 2014 r.
  url: HTTPS://laka.example/
  sameAs: [https://a.example/, HTTP://b.example/]
  address:
    streetAddress: ul.\u00a0Piastowska 32/4
    postalCode: 30 – 070
  contactPoint:
  - telephone: +48120000001
  - {contactType: sekretariat, telephone: (12) 000 00 02}
  statements:
  - {property: nip, value: 526 025 02 74, certainty: stated}
- type: Event
  id: wizyta
  name: Wizyta
  eventType: study-visit
  startDate: 2018-06-19
  location: {latitude: "50,0121", longitude: 19.9500}
  participantGroups:
  - {groupKind: social-enterprise-representatives, participantCount: 1 200}
"""
TOLD = [
    ("name.pl", "Fundacja ,,Łąka''", "Fundacja „Łąka”", 5, 9),
    ("alternateName[1]", "Fun\u00addacja Łąka", "Fundacja Łąka", 7, 25),
    ("description", "Zażółć\u00a0gęślą", "Zażółć gęślą", 8, 16),
    ("nip", "526-025-02-74", "5260250274", 9, 8),
    ("krs", "413516", "0000413516", 10, 8),
    ("foundingDate", "1 V 2014 r.", "2014-05-01", 11, 17),
    ("url", "HTTPS://laka.example/", "https://laka.example/", 12, 8),
    ("sameAs[1]", "HTTP://b.example/", "http://b.example/", 13, 32),
    ("address.streetAddress", "ul.\u00a0Piastowska 32/4", "ul. Piastowska 32/4", 15, 20),
    ("address.postalCode", "30 – 070", "30-070", 16, 17),
    ("location.latitude", "50,0121", "50.0121", 27, 24),
    ("contactPoint[1].telephone", "(12) 000 00 02", "+48120000002", 19, 43),
    ("statements[0].value", "526 025 02 74", "5260250274", 21, 28),
    ("participantGroups[0].participantCount", "1 200", "1200", 29, 70),
]


def test_every_change_is_told_with_original_and_place():
    loaded = es_lod.loads(DOCUMENT, "yaml")
    assert {(p.code, p.severity) for p in loaded.problems} == {("normalised", "info")}
    assert sorted(map(as_told, loaded.problems)) == sorted(TOLD)
    laka = loaded["laka"]
    assert laka.name["pl"] == "Fundacja „Łąka”"
    assert laka.statements[0].value == "5260250274"
    assert loaded["wizyta"].participant_groups[0].participant_count == 1200


def as_told(problem: es_lod.Problem) -> tuple[Any, ...]:
    place = problem.location
    assert place is not None
    original = problem.params["original"]
    return problem.field, original, problem.value, place.line, place.column


def test_what_was_changed_is_not_told_again():
    loaded = es_lod.loads(DOCUMENT, "yaml")
    for format_ in ("ttl", "jsonld", "nt"):
        again = es_lod.loads(loaded.dumps(format_), format_)
        assert again == loaded
        assert again.problems == ()


@pytest.mark.parametrize("name", ["  Łąka\r\ni las ", "Ła\u0328ka", "Łąka"])
def test_what_nobody_sees_is_not_told(name):
    document = json.dumps([{"type": "Foundation", "id": "a", "name": name}])
    assert es_lod.loads(document, "json").problems == ()


@pytest.mark.parametrize("latitude", ['"50.0120"', "50.0120", "5.0012e1", '"+50.012"'])
def test_a_number_that_is_the_same_is_not_told(latitude):
    place = f'"location": {{"latitude": {latitude}}}'
    event = '"type": "Event", "id": "a", "name": "A", "eventType": "study-visit"'
    document = f'[{{{event}, "startDate": "2018", {place}}}]'
    assert es_lod.loads(document, "json").problems == ()


def test_characters_in_rdf_are_told():
    text = Dataset([Organization(id="a", name="Łąka", krs="0000413516")]).dumps("nt")
    text = text.replace('"Łąka"', '"Łą\u00adka"').replace('"0000413516"', '"413516"')
    found = es_lod.loads(text, "nt")
    told = {(p.code, p.field, p.params["original"], p.value) for p in found.problems}
    assert told == {
        ("normalised", "name.pl", "Łą\u00adka", "Łąka"),
        ("normalised", "krs", "413516", "0000413516"),
    }


@pytest.mark.parametrize("between", ["\u200b", "\u00ad", "\u2009"])
def test_a_pesel_in_pieces_is_found(between):
    document = f'- {{type: Foundation, id: a, name: "Łąka 440514{between}01359"}}'
    (problem,) = es_lod.loads(document, "yaml").problems
    assert (problem.code, problem.field) == ("pesel", "name")
    assert "01359" not in f"{problem} {problem.message}"


def test_the_same_text_in_other_characters_is_one():
    assert Text("Łąka\u00a0") == Text("Łą\u00adka")
    assert Texts(["a\u00a0b", "a b"]) == Texts("a b")


@pytest.mark.parametrize(
    ("code", "hint"), [("30070", "30-070"), ("5070", "05-070"), ("SW1A 1AA", None)]
)
def test_a_polish_postcode_without_its_hyphen_gets_it_as_a_hint(code, hint):
    record = Organization(id="a", name="A", address={"postal_code": code, "address_country": "PL"})
    (problem,) = Dataset([record]).problems
    assert (problem.code, problem.field, problem.hint) == (
        "invalid-postcode",
        "address.postalCode",
        hint,
    )


def test_a_hint_reaches_the_reader_of_a_document():
    document = (
        "- {type: Event, id: a, name: A, eventType: study-visit, startDate: 19.06.2018 10:00}"
    )
    (problem,) = es_lod.loads(document, "yaml").problems
    assert (problem.code, problem.hint) == ("invalid-date", "2018-06-19T10:00+02:00")
    assert iris.web_address("https://a.example/") == "https://a.example/"
