"""Maps the cases' tables by maplib: OTTR templates over Polars data frames.

Polars makes the columns that the templates take (whole IRIs, texts with a language, dates), as its
authors do in their examples; both use all cores.

    python maplib_map.py tables/ out.nt
"""

import sys
from pathlib import Path

import polars
from maplib import Model

FORMATS = {".nt": "ntriples", ".ttl": "turtle"}
BASE = "https://w3id.org/es-lod/id/"
CONCEPTS = "https://w3id.org/es-lod/concept/"
LANG_STRING = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString>"
"""maplib takes texts with a language as structures of this field and `l`."""
REFERENCES = {
    "id",
    "about",
    "founders",
    "operator",
    "organizer",
    "publisher",
    "source",
    "workshops",
}
TEXTS = {"agenda", "alternateName", "headline", "name"}
DATES = {"datePublished", "startDate"}
SCHEMES = {
    "articleType": "article-type",
    "eventType": "event-type",
    "kind": "entity-kind",
    "legalForm": "legal-form",
    "workshopType": "workshop-type",
}
PARTS = {
    "cooperatives": {"address": "#address", "contactPoint": "#contactPoint"},
    "centres": {"address": "#address"},
    "visits": {"location": "#location", "locationAddress": "#location-address"},
}


def column(name: str) -> polars.Expr:
    """What the template takes for a column of a table."""
    values, key = polars.col(name), name.partition("_")[0]
    if name.endswith("_slug"):
        made = polars.concat_str(polars.lit(BASE), "id", polars.lit("#agenda-"), values)
    elif key in REFERENCES:
        made = polars.concat_str(polars.lit(BASE), values)
    elif key in SCHEMES:
        made = polars.concat_str(polars.lit(f"{CONCEPTS}{SCHEMES[key]}/"), values)
    elif key in TEXTS:
        language = polars.lit("en" if name.endswith("_en") else "pl")
        made = polars.struct(values.alias(LANG_STRING), language.alias("l"))
    elif key in DATES:
        made = values.str.to_date()
    else:
        made = values
    return made.alias(name)


def frame(path: Path) -> polars.DataFrame:
    """A table with the columns that its template takes."""
    read = polars.read_csv(path, infer_schema=False)
    parts = [
        polars.concat_str(polars.lit(BASE), "id", polars.lit(fragment)).alias(name)
        for name, fragment in PARTS.get(path.stem, {}).items()
    ]
    return read.select([*map(column, read.columns), *parts])


def main() -> None:
    """Map the tables of a folder to a file."""
    folder, output = Path(sys.argv[1]), Path(sys.argv[2])
    model = Model()
    model.add_template(Path(__file__).with_name("maplib.stottr").read_text(encoding="utf-8"))
    for path in sorted(folder.glob("*.csv")):
        model.map(f"https://example.org/template/{path.stem}", frame(path))
    model.write(str(output), format=FORMATS[output.suffix])


if __name__ == "__main__":
    main()
