"""Publishing from Python, as `es-lod publish` does it."""

from pathlib import Path

from es_lod.dataset import Dataset
from es_lod.errors import InputError, InvalidData, Problem
from es_lod.site.build import Built, build
from es_lod.site.edition import Edition
from es_lod.site.settings import Settings, dated, read_settings


def publish(
    dataset: Dataset,
    settings: Settings | str | Path,
    site: str | Path,
    *,
    date: str | None = None,
    jobs: int = 1,
) -> Built:
    """Write the site of a dataset into a folder, and say how much was written.

    `settings` is a `site.yaml`, or what it says; `date` is the day of this edition, instead of that
    in the settings. A site of ours that is in the folder is the former edition. Of a large dataset
    `jobs` processes write the pages, where the system can copy processes (`os.fork`). Raises
    `InvalidData` where the dataset has errors, `InputError` where the settings or the folder will
    not do; a former site then stays as it is.
    """
    if not isinstance(settings, Settings):
        settings = read_settings(settings)
    if date is not None:
        settings = dated(settings, date)
    if dataset.refused:
        raise InputError(dataset.refused)
    if dataset.base != settings.base:
        expected = dict.fromkeys(("pl", "en"), settings.base)
        params = {"expected": expected}
        raise InputError(
            [Problem("invalid-value", field="base", value=dataset.base, params=params)]
        )
    report = dataset.validate(strict=True)
    if not report.conforms:
        raise InvalidData(report.errors)
    return build(Edition(dataset, settings, report), Path(site), jobs=jobs)
