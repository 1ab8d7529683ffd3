"""The query by which dane.gov.pl harvests a SPARQL endpoint: one CONSTRUCT, with one dataset.

The portal keeps a query as it was when the source was registered, and sends it as GET. So the query
is short, and takes dates and files from the catalogue, which an endpoint holds beside the data.
Over a dump alone, which has no catalogue, the answer is the edition that the query was written for.
"""

from collections.abc import Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode

from es_lod.namespaces import DCAT, DCT, EU_FILE_TYPE, XSD
from es_lod.site.addresses import DANEGOV_QUERY, DATASET
from es_lod.site.downloads.download import Download
from es_lod.site.edition import Edition, File
from es_lod.site.harvest.danegov import MAX_DESCRIPTION, MAX_TITLE, keywords
from es_lod.site.harvest.distributions import identifier, plain, shortened, title
from es_lod.site.settings import LICENCES, THEMES, Settings
from es_lod.values import Text

# The portal knows these licences by codes of its own, which are none of the EU's.
_LICENCES: Final = {"CC_BYSA_4_0": "CC_BY_SA_4_0", "CC0": "CC0_1_0"}
_LANGUAGES: Final = ("pl", "en")
"""The languages that the portal takes."""
_KEYWORDS: Final = 20
"""How many keywords a query states itself."""
_QUERY: Final = """\
# For dane.gov.pl: this dataset and its files, from the catalogue that the endpoint holds.
# Over the data alone: the edition{edition} for which the query was written.
BASE <{url}>
PREFIX dcat: <{dcat}>
PREFIX dct: <{dct}>
PREFIX type: <{types}>

CONSTRUCT {{
  <{dataset}> a dcat:Dataset ; dct:identifier "{dataset}" ; dct:title ?title ;
    dct:description ?text ; dcat:keyword ?keyword ; dcat:theme ?theme ;
    dct:issued ?day ; dct:modified ?day ; dcat:distribution ?file .
  ?file a dcat:Distribution ; dct:identifier ?id ; dct:title ?name ; dct:description ?name ;
    dcat:accessURL ?file ; dct:format ?type ;
    dct:license {licence} ;
    dct:issued ?changed ; dct:modified ?changed .
}}
WHERE {{
  {{
    <{dataset}> dct:title ?full .
    {titles}
  }}
  UNION {{
    <{dataset}> dct:description ?full .
    {descriptions}
  }}
  UNION {{ <{dataset}> dcat:keyword ?keyword FILTER(LANG(?keyword) IN ("pl", "en")) }}
  UNION {{ <{dataset}> dcat:theme ?theme }}
  UNION {{ <{dataset}> dct:modified ?day }}
  UNION {{
    <{dataset}> dcat:distribution ?node .
    ?node dcat:accessURL ?file ; dct:format ?type ; dct:title ?name .
    FILTER NOT EXISTS {{ ?node dcat:compressFormat ?packed }}
    OPTIONAL {{ ?node dct:modified ?changed }}
    BIND(STRAFTER(STR(?node), "#") AS ?id)
  }}
  UNION {{
    FILTER NOT EXISTS {{ <{dataset}> a dcat:Dataset }}
    {said}
    UNION {{
      VALUES (?path ?id ?type ?name) {{
{files}
      }}
      BIND(IRI(CONCAT("{url}", ?path)) AS ?file){changed}
    }}
  }}
}}
"""


def files(edition: Edition, downloads: tuple[Download, ...]) -> Iterator[File]:
    """The query as a file."""
    yield File(DANEGOV_QUERY, query(edition.settings, downloads).encode())


def query(settings: Settings, downloads: tuple[Download, ...]) -> str:
    """The query."""
    when = settings.moment
    day = str(Literal(when, datatype=NamedNode(XSD.dateTime))) if when else ""
    # Not indented: in an address each space takes three characters.
    rows = (
        f"({Literal(item.path)} {Literal(identifier(item))} type:{item.kind.file_type} "
        f"{Literal(title(item)['pl'], language='pl')})"
        for item in plain(downloads)
    )
    text = settings.description or settings.title
    return _QUERY.format(
        edition=f" of {settings.date}" if settings.date else "",
        url=settings.url,
        dcat=DCAT,
        dct=DCT,
        types=EU_FILE_TYPE,
        dataset=DATASET,
        licence=_licence(settings),
        titles=_taken(settings.title, "title", MAX_TITLE),
        descriptions=_taken(text, "text", MAX_DESCRIPTION),
        said="\n    UNION ".join(_said(settings, day)),
        changed=f" BIND({day} AS ?changed)" if day else "",
        files="\n".join(rows),
    )


def _said(settings: Settings, day: str) -> Iterator[str]:
    """What the query says of the dataset itself. rdflib does not take `VALUES` without values."""
    text = settings.description or settings.title
    words = [Literal(word, language=tag) for tag, word in keywords(settings)[:_KEYWORDS]]
    themes = [NamedNode(dict(THEMES.choices)[word]) for word in settings.themes]
    for variable, terms in (
        ("title", _spoken(settings.title)),
        ("text", _spoken(text)),
        ("keyword", words),
        ("theme", themes),
        ("day", [day] if day else []),
    ):
        if terms:
            yield f"{{ VALUES ?{variable} {{ {' '.join(map(str, terms))} }} }}"


def _spoken(text: Text) -> list[Literal]:
    """A text in Polish and in English; in another language only without a tag, which is taken.

    It is cut further than the portal would: addresses have a limit.
    """
    found = [
        Literal(shortened(text[tag], MAX_TITLE), language=tag) for tag in _LANGUAGES if tag in text
    ]
    return found or [Literal(shortened(text.best(), MAX_TITLE))]


def _taken(text: Text, variable: str, longest: int) -> str:
    """What is taken of the catalogue's texts `?full`: the whole, or as much as the portal takes."""
    is_spoken = any(tag in text for tag in _LANGUAGES)
    chosen = 'FILTER(LANG(?full) IN ("pl", "en")) ' if is_spoken else ""
    full = "?full" if is_spoken else "STR(?full)"
    cut = f'REPLACE(SUBSTR({full}, 1, {longest - 1}), "\\\\s+\\\\S*$", "…")'
    return f"{chosen}BIND(IF(STRLEN(?full) > {longest},\n      {cut}, {full}) AS ?{variable})"


def _licence(settings: Settings) -> str:
    """What the portal takes for the licence of the dataset."""
    if settings.licence in _LICENCES:
        return str(Literal(_LICENCES[settings.licence]))
    return str(NamedNode(dict(LICENCES.choices)[settings.licence]))
