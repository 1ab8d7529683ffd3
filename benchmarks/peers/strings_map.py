"""Maps the cases by hand with f-strings to N-Triples: the least that Python can do.

It knows the cases' fields and that none is missing, checks nothing, and escapes what it must.

    python strings_map.py cases.jsonl out.nt
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

from by_hand import BASE, CONCEPTS, ORGANISATION, SLUGS, absolute

R = f"<{BASE}"
C = f"<{CONCEPTS}"
ES, SDO = "<https://w3id.org/es-lod/ns#", "<https://schema.org/"
ORG, ROV = "<http://www.w3.org/ns/org#", "<http://www.w3.org/ns/regorg#"
A = f"<{absolute('rdf:type')}>"
DATE, YEAR = f"^^<{absolute('xsd:date')}>", f"^^<{absolute('xsd:gYear')}>"
DERIVED, TYPE = f"<{absolute('prov:wasDerivedFrom')}>", f"<{absolute('dct:type')}>"
TYPES = [f"{A} <{absolute(name)}>" for name in ORGANISATION]
ESCAPED = re.compile(r'["\\\n\r]')


def q(text: str) -> str:
    """A string in quotation marks."""
    if ESCAPED.search(text):
        text = text.replace("\\", "\\\\").replace('"', '\\"')
        text = text.replace("\n", "\\n").replace("\r", "\\r")
    return f'"{text}"'


def article(s: str, r: dict[str, Any]) -> str:
    """The lines of an article."""
    head = r["headline"]
    about = "".join(f"{s} {SDO}about> {R}{id_}> .\n" for id_ in r["about"])
    return (
        f"{s} {A} {SDO}NewsArticle> .\n"
        f"{s} {SDO}headline> {q(head['en'])}@en .\n"
        f"{s} {SDO}headline> {q(head['pl'])}@pl .\n"
        f"{s} {TYPE} {C}article-type/{r['articleType']}> .\n"
        f'{s} {SDO}datePublished> "{r["datePublished"]}"{DATE} .\n'
        f"{s} {SDO}publisher> {R}{r['publisher']}> .\n"
        f"{s} {SDO}inLanguage> {q(r['inLanguage'])} .\n{about}"
    )


def organisation(s: str, r: dict[str, Any]) -> str:
    """What the lines of organisations have in common."""
    types = "".join(f"{s} {type_} .\n" for type_ in TYPES)
    return f"{s} {A} {ES}{r['type']}> .\n{types}{derived(s, r)}{classified(s, r)}"


def derived(s: str, r: dict[str, Any]) -> str:
    """The lines of sources."""
    return "".join(f"{s} {DERIVED} {R}{id_}> .\n" for id_ in r["source"])


def classified(s: str, r: dict[str, Any]) -> str:
    """The lines of kinds."""
    return "".join(f"{s} {ORG}classification> {C}entity-kind/{k}> .\n" for k in r["kind"])


def named(s: str, r: dict[str, Any]) -> str:
    """The lines of a name in both languages."""
    return f"{s} {SDO}name> {q(r['name']['en'])}@en .\n{s} {SDO}name> {q(r['name']['pl'])}@pl .\n"


def founder(s: str, r: dict[str, Any]) -> str:
    """The lines of a foundation or association."""
    return f"{organisation(s, r)}{s} {SDO}name> {q(r['name'])}@pl .\n"


def address(s: str, part: str, r: dict[str, Any]) -> str:
    """The lines of an address without a street."""
    return (
        f"{s} {SDO}address> {part} .\n{part} {A} {SDO}PostalAddress> .\n"
        f"{part} {SDO}addressLocality> {q(r['addressLocality'])} .\n"
        f"{part} {SDO}addressCountry> {q(r['addressCountry'])} .\n"
    )


def cooperative(s: str, r: dict[str, Any]) -> str:
    """The lines of a social co-operative."""
    place, point = f"{s[:-1]}#address>", f"{s[:-1]}#contactPoint>"
    founders = "".join(f"{s} {SDO}founder> {R}{id_}> .\n" for id_ in r["founders"])
    aliases = "".join(f"{s} {SDO}alternateName> {q(n)}@pl .\n" for n in r["alternateName"])
    return (
        f"{organisation(s, r)}{named(s, r)}{aliases}{founders}"
        f"{s} {ROV}orgType> {C}legal-form/{r['legalForm']}> .\n"
        f"{s} {ES}krs> {q(r['krs'])} .\n{s} {ES}nip> {q(r['nip'])} .\n"
        f"{s} {ES}regon> {q(r['regon'])} .\n"
        f'{s} {SDO}foundingDate> "{r["foundingDate"]}"{YEAR} .\n'
        f"{s} {SDO}contactPoint> {point} .\n{point} {A} {SDO}ContactPoint> .\n"
        f"{point} {SDO}email> {q(r['contactPoint'][0]['email'])} .\n"
        f"{address(s, place, r['address'])}"
        f"{place} {SDO}streetAddress> {q(r['address']['streetAddress'])} .\n"
        f"{place} {SDO}postalCode> {q(r['address']['postalCode'])} .\n"
    )


def centre(s: str, r: dict[str, Any]) -> str:
    """The lines of a social integration centre."""
    workshops = "".join(f"{s} {ES}workshop> {R}{id_}> .\n" for id_ in r["workshops"])
    return (
        f"{s} {A} {ES}SocialIntegrationCentre> .\n{s} {A} {SDO}Organization> .\n"
        f"{s} {A} {ORG}OrganizationalUnit> .\n{s} {SDO}name> {q(r['name'])}@pl .\n"
        f"{s} {ES}operatedBy> {R}{r['operator']}> .\n"
        f'{s} {ES}operatedSince> "{r["operatedSince"]}"{YEAR} .\n'
        f"{workshops}{derived(s, r)}{classified(s, r)}"
        f"{address(s, f'{s[:-1]}#address>', r['address'])}"
    )


def workshop(s: str, r: dict[str, Any]) -> str:
    """The lines of a workshop."""
    types = "".join(f"{s} {ES}workshopType> {C}workshop-type/{t}> .\n" for t in r["workshopType"])
    return (
        f"{s} {A} {ES}Workshop> .\n{s} {A} {ORG}OrganizationalUnit> .\n"
        f"{named(s, r)}{derived(s, r)}{types}"
    )


def visit(s: str, r: dict[str, Any]) -> str:
    """The lines of a study visit."""
    place, where = f"{s[:-1]}#location>", f"{s[:-1]}#location-address>"
    organizers = "".join(f"{s} {SDO}organizer> {R}{id_}> .\n" for id_ in r["organizer"])
    items = "".join(
        f"{s} {ES}agendaItem> {item} .\n"
        f"{item} {A} {ES}AgendaItem> .\n{item} {SDO}name> {q(name)}@pl .\n"
        for name in (item["name"] for item in r["agenda"])
        for item in (f"{s[:-1]}#agenda-{SLUGS[name]}>",)
    )
    return (
        f"{s} {A} {SDO}Event> .\n{named(s, r)}{derived(s, r)}{organizers}{items}"
        f"{s} {TYPE} {C}event-type/{r['eventType']}> .\n"
        f'{s} {SDO}startDate> "{r["startDate"]}"{DATE} .\n'
        f"{s} {SDO}location> {place} .\n{place} {A} {SDO}Place> .\n"
        f"{address(place, where, r['location']['address'])}"
    )


LINES = {
    "Article": article,
    "Foundation": founder,
    "Association": founder,
    "SocialCooperative": cooperative,
    "SocialIntegrationCentre": centre,
    "Workshop": workshop,
    "Event": visit,
}


def main() -> None:
    """Map a file of records to a file."""
    records, output = Path(sys.argv[1]), Path(sys.argv[2])
    with records.open(encoding="utf-8") as lines, output.open("w", encoding="utf-8") as out:
        for line in lines:
            record = json.loads(line)
            out.write(LINES[record["type"]](f"{R}{record['id']}>", record))


if __name__ == "__main__":
    main()
