"""The commands that publish: they take their settings from `site.yaml`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from es_lod.cli import texts
from es_lod.cli.asked import settings_file
from es_lod.cli.progress import Progress
from es_lod.cli.streams import (
    CONFORMS,
    COULD_NOT_RUN,
    DOES_NOT_CONFORM,
    errors_told,
    refuse_inputs,
    sources,
    tell,
)
from es_lod.cli.texts import say

if TYPE_CHECKING:
    from es_lod.site.build import Built


@click.command("publish", help=say("publish"), options_metavar=say("OPTIONS"))
@click.argument("inputs", nargs=-1, required=True, metavar=say("INPUT") + "…")
@click.option("-o", "--output", required=True, metavar=say("SITE"), help=say("site"))
@click.option("--date", metavar=say("DAY"), help=say("edition"))
@click.option("--jobs", type=click.IntRange(1, 64), metavar="N", help=say("publish-jobs"))
@click.option("--lang", type=click.Choice(["pl", "en"]), default=texts.language, help=say("lang"))
def publish(
    inputs: tuple[str, ...], output: str, date: str | None, jobs: int | None, lang: str
) -> None:
    """Write the site of a dataset."""
    from es_lod.dataset import Dataset
    from es_lod.replacing import unoccupied
    from es_lod.site.build import build
    from es_lod.site.edition import Edition
    from es_lod.site.editions.former import stranger
    from es_lod.site.processes import cores
    from es_lod.site.settings import dated, read_settings
    from es_lod.validate.seen import Seen

    with errors_told(lang), Progress(lang) as progress:
        refuse_inputs(output, inputs)
        unoccupied(output, stranger)  # before the work, which may take long
        settings = read_settings(settings_file(inputs, lang))
        if date is not None:
            settings = dated(settings, date)
        with Seen(second=True) as seen:
            dataset = Dataset.read(
                sources(inputs, None), base=settings.base, meter=progress.meter, seen=seen
            )
            progress.stage("shapes")
            # A site holds records: what of the input it could not carry is an error here.
            report = dataset.validate(strict=True, seen=seen)
        if dataset.refused or not report.conforms:
            progress.end()
            tell(report, lang)
            raise SystemExit(COULD_NOT_RUN if dataset.refused else DOES_NOT_CONFORM)
        progress.stage("pages")
        edition = Edition(dataset, settings, report)
        built = build(edition, Path(output), progress.watch, jobs=jobs or cores())
        progress.end()
        tell(report, lang)
    _tell_built(built, Path(output), settings.url, lang)
    raise SystemExit(CONFORMS)


def _tell_built(built: "Built", site: Path, url: str, lang: str) -> None:
    """What was written, and what there is to do with it."""
    from es_lod.messages import Number
    from es_lod.report import printable

    size = f"{built.size / 1e6:.1f}".replace(".", "," if lang == "pl" else ".")
    text = say("published", lang).format(
        site=printable(str(site)),
        records=Number(built.records),
        files=Number(built.files),
        size=size,
        changed=built.changed,
    )
    click.echo(text, err=True)
    for key, is_so in (("spread", built.spread), ("moved", built.moved)):
        if is_so:
            click.echo(say(key, lang), err=True)
    page = printable(str(site / ("index.html" if lang == "pl" else "index.en.html")))
    look = say("look-spread" if built.spread else "look", lang)
    shown = look.format(page=page, site=printable(str(site)))
    click.echo(say("next", lang).format(look=shown, url=url), err=True)
