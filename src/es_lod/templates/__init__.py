"""Files to fill in or to build on: templates of records, the JSON Schema, the context."""

import json

from es_lod.templates.examples import example
from es_lod.templates.yaml import yaml_template

__all__ = ["example", "template", "yaml_template"]


def template(name: str, language: str) -> str | bytes | None:
    """The content of a new file of that name; `None` where the name does not say what it is."""
    lower = name.lower()
    if lower.endswith(".schema.json"):
        from es_lod.jsonschema import json_schema

        return _json(json_schema())
    if lower.endswith(".jsonld"):
        from es_lod.context import context

        return _json({"@context": context()})
    if lower == "site.yaml":
        from es_lod.templates.site import site_template

        return site_template(language)
    if lower.endswith((".yaml", ".yml")):
        return yaml_template(name, language)
    if lower.endswith(".xlsx"):
        from es_lod.templates.xlsx import xlsx_template

        return xlsx_template(name, language)
    if lower.endswith(".csv"):
        from es_lod.templates.csv import csv_template

        return csv_template(name, language)
    return None


def _json(tree: object) -> str:
    return json.dumps(tree, ensure_ascii=False, indent=2) + "\n"
