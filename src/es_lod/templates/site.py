"""The template of `site.yaml`, the settings of a site."""

from typing import Final

_TEXTS: Final = {
    "pl": """\
# Ustawienia strony es-lod. Wypełnij; # zaczyna objaśnienie. Potem: es-lod publish FOLDER -o strona

base: https://dane.przyklad.example/id/     # początek IRI rekordów; zakończ ukośnikiem
url: https://dane.przyklad.example/         # adres, pod którym stanie strona; https
title:
  pl: Ekonomia społeczna w regionie
  en: The social economy of the region
publisher:
  name: {pl: Przykładowy Ośrodek Polityki Społecznej, en: Example Social Policy Centre}
  type: RegionalAuthority                   # albo LocalAuthority, NonGovernmentalOrganisation …
  # homepage: https://przyklad.example/
  # regon: "123456785"

# Poniższe można pominąć.
# description:
#   pl: Organizacje, jednostki i wydarzenia jako otwarte dane połączone.
#   en: Organisations, units and events as linked open data.
# contact: {email: dane@przyklad.example, telephone: "+48120000001"}
# keywords: {pl: [ekonomia społeczna], en: [social economy]}
# licence: CC_BY_4_0                        # albo CC0, CC_BYSA_4_0
# languages: [pl, en]
# themes: [SOCI]                            # działy danych Unii Europejskiej
# frequency: QUARTERLY                      # jak często dane są odświeżane
# date: 2026-01-31                          # dzień tego wydania
# host: https://www.przyklad.example/dane/  # gdzie leżą pliki, gdy url tylko tam przekierowuje
# endpoint: https://dane.przyklad.example/sparql   # gdzie serwer odpowiada na zapytania SPARQL
# spread: false                             # pliki rekordów obok siebie, także gdy jest ich wiele
""",
    "en": """\
# Settings of an es-lod site. Fill in; # begins a comment. Then: es-lod publish FOLDER -o site

base: https://data.przyklad.example/id/     # the beginning of the records' IRIs; ends in a slash
url: https://data.przyklad.example/         # where the site will be served; https
title:
  pl: Ekonomia społeczna w regionie
  en: The social economy of the region
publisher:
  name: {pl: Przykładowy Ośrodek Polityki Społecznej, en: Example Social Policy Centre}
  type: RegionalAuthority                   # or LocalAuthority, NonGovernmentalOrganisation …
  # homepage: https://przyklad.example/
  # regon: "123456785"

# What follows may be left out.
# description:
#   pl: Organizacje, jednostki i wydarzenia jako otwarte dane połączone.
#   en: Organisations, units and events as linked open data.
# contact: {email: dane@przyklad.example, telephone: "+48120000001"}
# keywords: {pl: [ekonomia społeczna], en: [social economy]}
# licence: CC_BY_4_0                        # or CC0, CC_BYSA_4_0
# languages: [pl, en]
# themes: [SOCI]                            # data themes of the European Union
# frequency: QUARTERLY                      # how often the data are brought up to date
# date: 2026-01-31                          # the day of this edition
# host: https://www.przyklad.example/data/  # where the files lie, if url only redirects to them
# endpoint: https://data.przyklad.example/sparql   # where a server answers SPARQL queries
# spread: false                             # files of records side by side, even if they are many
""",
}


def site_template(language: str) -> str:
    """Settings that are valid as they stand, the optional ones commented out."""
    return _TEXTS[language]
