"""What is to be served: a published site as it is, or any input, made into one at once."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pyoxigraph import RdfFormat, serialize

from es_lod.dataset import Dataset
from es_lod.report import Report
from es_lod.server.published import is_published
from es_lod.site.build import build
from es_lod.site.data import Watch
from es_lod.site.edition import Edition
from es_lod.site.settings import Agent, Settings
from es_lod.values import Text

_PREVIEW: Final = {"pl": "Podgląd: {}", "en": "Preview: {}"}
_UNSTATED: Final = {"pl": "Wydawca nieznany", "en": "Publisher not stated"}


def site_among(inputs: Sequence[str]) -> tuple[str | None, tuple[str, ...]]:
    """The published site among inputs, and the others."""
    site = next((item for item in inputs if is_published(Path(item))), None)
    return site, tuple(item for item in inputs if item != site)


def preview_settings(name: str, base: str, url: str) -> Settings:
    """The settings of an input that states none; the publisher is said to be unknown."""
    title = Text({tag: text.format(name) for tag, text in _PREVIEW.items()})
    return Settings(base=base, url=url, title=title, publisher=Agent(name=Text(_UNSTATED)))


def build_preview(
    dataset: Dataset, settings: Settings, report: Report, folder: Path, watch: Watch
) -> Path:
    """Write the site of a dataset below a folder, whatever its report says."""
    site = folder / "site"
    build(Edition(dataset, settings, report), site, watch)
    return site


def write_quads(dataset: Dataset, folder: Path) -> Path:
    """Write the quads of a dataset into a folder, those of RDF inputs with their graphs."""
    path = folder / "data.nq"
    with path.open("wb") as out:
        serialize(dataset.input_quads(), out, RdfFormat.N_QUADS)
    return path
