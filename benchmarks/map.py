"""Measures `es-lod map` and its peers: records to RDF, every process from its start to its end.

es-lod reads JSON Lines (and, as its second input, the CSV tables that it writes), checks every
record, references and duplicates, and writes N-Triples and Turtle. No peer checks anything but
what its library refuses. rdflib, pyoxigraph and f-strings read the same JSON Lines by a mapping
written for these cases only; morph-kgc and maplib read flat tables that were made before: where
they read records as they are, they would need more time.
"""

import subprocess
from dataclasses import replace

from comparison import Contender, Step, step
from environments import APART, PEERS, es_lod, offers, python, version
from measure import run

FEW = 20
MORPH = """[CONFIGURATION]
output_file: {output}
number_of_processes: {processes}
logging_level: WARNING
[cases]
mappings: {mapping}
"""


def ours(step: Step) -> list[Contender]:
    """es-lod, from both inputs to both formats."""
    found = []
    inputs = {"JSON Lines": step.records, "CSV": own_tables(step)}
    for input_, format_ in (("JSON Lines", "nt"), ("JSON Lines", "ttl"), ("CSV", "nt")):
        output = step.folder / f"es-lod-{input_.lower().replace(' ', '-')}.{format_}"
        form = "N-Triples" if format_ == "nt" else "Turtle"
        name = f"es-lod, {input_} → {form}"
        command = [es_lod(), "map", str(inputs[input_]), "-o", str(output)]
        counted = output if format_ == "nt" else None
        runs = step.few if input_ == "CSV" else None
        found.append(Contender(name, command, output=counted, note="all checks", runs=runs))
        if input_ != "CSV" and format_ == "nt" and offers("map", "--jobs"):
            jobs = [*command, "--jobs", "2"]
            found.append(Contender(f"{name}, 2 jobs", jobs, output=counted, note="all checks"))
    return found


def own_tables(step: Step) -> str:
    """The folder of the cases as es-lod's tables, made on first use."""
    folder = step.folder / f"es-lod-tables-{step.cases}"
    if not folder.exists():
        command = [es_lod(), "map", str(step.records), "-o", f"{folder}/"]
        subprocess.run(command, check=True)  # noqa: S603  # our own command
    return str(folder)


def by_hand(step: Step, peer: str, library: str, form: str = "nt") -> Contender:
    """A script that maps the records by hand."""
    interpreter = python(library)
    output = step.folder / f"{peer}.{form}"
    command = [interpreter, str(PEERS / f"{peer}_map.py"), str(step.records), str(output)]
    name = "f-strings by hand" if peer == "strings" else f"{version(interpreter, library)} by hand"
    if form == "ttl":
        return Contender(f"{name}, Turtle", command, APART)
    runs = step.few if peer == "rdflib" else None
    return Contender(name, command, APART, output=output, runs=runs)


def morph_kgc(step: Step, processes: int) -> Contender:
    """morph-kgc with its own command line and an RML mapping (in YARRRML)."""
    interpreter = python("morph-kgc")
    output = step.folder / f"morph-kgc-{processes}.nt"
    config = step.folder / f"morph-kgc-{processes}.ini"
    mapping = PEERS / "morph_kgc.yarrrml"
    config.write_text(MORPH.format(output=output, processes=processes, mapping=mapping))
    name = f"{version(interpreter, 'morph-kgc')}, {processes} process{'es' * (processes > 1)}"
    command = [interpreter, "-m", "morph_kgc", str(config)]
    return Contender(name, command, APART, step.tables, output, note="flat CSV")


def maplib(step: Step) -> Contender:
    """The templates of maplib over data frames."""
    interpreter = python("maplib")
    output = step.folder / "maplib.nt"
    command = [interpreter, str(PEERS / "maplib_map.py"), str(step.tables), str(output)]
    name = f"{version(interpreter, 'maplib')}, all cores"
    return Contender(name, command, APART, output=output, note="flat CSV")


def contenders(step: Step) -> list[Contender]:
    """All that map."""
    return [
        *ours(step),
        by_hand(step, "strings", "pyoxigraph"),
        by_hand(step, "pyoxigraph", "pyoxigraph"),
        by_hand(step, "pyoxigraph", "pyoxigraph", "ttl"),
        maplib(step),
        morph_kgc(step, 1),
        morph_kgc(step, 2),
        by_hand(step, "rdflib", "rdflib"),
    ]


def agree(step: Step) -> None:
    """See that all write the same triples, of few cases; else there is nothing to compare."""
    few = replace(step, cases=FEW)
    wanted: list[str] = []
    for contender in contenders(few):
        if contender.output:
            run(contender.command, contender.folder, contender.environment)
            found = sorted(contender.output.read_text(encoding="utf-8").splitlines())
            wanted = wanted or found
            if found != wanted:
                raise SystemExit(f"{contender.name} does not write the triples of es-lod.")


def main() -> None:
    """Measure, print and keep the results."""
    asked = step("map", __doc__)
    agree(asked)
    asked.compare(contenders(asked))
    asked.write()


if __name__ == "__main__":
    main()
