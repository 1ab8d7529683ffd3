"""The command that serves: a published site, or any input at once."""

import contextlib
import tempfile
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from es_lod.cli import texts
from es_lod.cli.asked import settings_among
from es_lod.cli.progress import Progress
from es_lod.cli.streams import (
    COULD_NOT_RUN,
    DOES_NOT_CONFORM,
    draft_columns,
    errors_told,
    sources,
    tell,
)
from es_lod.cli.texts import say

if TYPE_CHECKING:
    from es_lod.dataset import Dataset
    from es_lod.server.serving import Options

_KEPT = ("graph-names-dropped", "not-carried-over")
_NEEDED = ("rapidfuzz", "starlette", "uvicorn")


@click.command("serve", help=say("serve"), options_metavar=say("OPTIONS"))
@click.argument("inputs", nargs=-1, required=True, metavar=f"({say('SITE')} | {say('INPUT')}…)")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, metavar=say("PORT"), help=say("port")
)
@click.option("--host", default="127.0.0.1", metavar=say("HOST"), help=say("host"))
@click.option("--federated", is_flag=True, help=say("federated"))
@click.option("--base", metavar="IRI", help=say("base"))
@click.option("--columns", metavar=f"{say('FILE')}.yaml", help=say("columns"))
@click.option("--lang", type=click.Choice(["pl", "en"]), default=texts.language, help=say("lang"))
def serve(
    inputs: tuple[str, ...],
    port: int,
    host: str,
    federated: bool,
    base: str | None,
    columns: str | None,
    lang: str,
) -> None:
    """Serve a site or an input over HTTP."""
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise click.UsageError(say("no-extra", lang).format(", ".join(missing)))
    from es_lod.server.app import application
    from es_lod.server.run import listening, run

    with errors_told(lang), tempfile.TemporaryDirectory(prefix="es-lod-") as name:
        try:
            listener = listening(host, port)
        except OSError as error:
            # sockets name the address once more
            reason = (error.strerror or str(error)).partition(" (while ")[0]
            raise click.UsageError(say("no-port", lang).format(host, port, reason)) from None
        with listener:
            url = _address(host, listener.getsockname()[1])
            draft_columns(columns, inputs, None, lang)
            options = _options(inputs, Path(name), url, base, columns, lang)
            options = replace(options, federated=federated)
            app = application(options, lambda: _tell_started(url, lang))
            with contextlib.suppress(KeyboardInterrupt):  # as people stop it
                run(app, listener)
    click.echo(say("stopped", lang), err=True)


def _address(host: str, port: int) -> str:
    # Where it listens everywhere, this machine is the one that surely can be reached.
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  # not listened on
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}/"


def _options(
    inputs: tuple[str, ...],
    folder: Path,
    url: str,
    base: str | None,
    columns: str | None,
    lang: str,
) -> "Options":
    """What to serve: a published site with other inputs beside it, or one made of the inputs."""
    from es_lod.report import Report
    from es_lod.server.preparing import (
        build_preview,
        preview_settings,
        site_among,
        write_quads,
    )
    from es_lod.server.serving import Options
    from es_lod.site.editions.settings import settings_of
    from es_lod.site.settings import read_settings

    site, others = site_among(inputs)
    with Progress(lang) as progress:
        if site is not None:
            own = settings_of(site).base
            if base not in (None, own):
                raise click.UsageError(say("own-base", lang).format(own))
            if not others:
                return Options(Path(site))
            beside = _read(others, own, columns, progress, lang)
            return Options(Path(site), beside=(write_quads(beside, folder),))
        file = settings_among(inputs)
        stated = read_settings(file) if file is not None else None
        dataset = _read(inputs, base or (stated.base if stated else None), columns, progress, lang)
        settings = stated or preview_settings(Path(inputs[0]).name, dataset.base, url)
        if settings.base != dataset.base:
            settings = replace(settings, base=dataset.base)
        progress.stage("shapes")
        report = dataset.validate()
        progress.stage("pages")
        made = build_preview(dataset, settings, report, folder, progress.watch)
        progress.end()
        # Queries are asked of the input as it came in: what pages cannot show is there, too.
        tell(Report([p for p in report if p.code not in _KEPT]), lang)
        return Options(made, data=write_quads(dataset, folder), settings=settings)


def _read(
    inputs: tuple[str, ...],
    base: str | None,
    columns: str | None,
    progress: Progress,
    lang: str,
) -> "Dataset":
    """The dataset of inputs; where documents have errors, these are told, and that is the end."""
    from es_lod.dataset import Dataset

    named = sources(inputs, None)
    dataset = Dataset.read(named, base=base, columns=columns, meter=progress.meter)
    if dataset.refused or not dataset.documents_conform:
        progress.end()
        tell(dataset.report(), lang)
        raise SystemExit(COULD_NOT_RUN if dataset.refused else DOES_NOT_CONFORM)
    return dataset


def _tell_started(url: str, lang: str) -> None:
    click.echo(say("started", lang).format(url=url), err=True)
