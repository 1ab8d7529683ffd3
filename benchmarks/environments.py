"""The environments of the peers, each with its own pins: they cannot be installed together.

Made once below `benchmarks/.peers`, by pip only, from `benchmarks/peers/NAME.txt`, and anew when
that file changes. No peer sees es-lod or what is on PYTHONPATH.
"""
# ruff: noqa: S603, T201  # starts venv and pip; says what takes a while

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).parent
PEERS = HERE / "peers"
MADE = HERE / ".peers"
APART = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
"""The environment variables of peers."""


def python(peer: str) -> str:
    """The interpreter of a peer's environment, which is made if need be."""
    pins = (PEERS / f"{peer}.txt").read_text(encoding="utf-8")
    folder = MADE / f"{peer}-{sys.version_info.major}.{sys.version_info.minor}"
    interpreter = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    stamp = folder / "installed.txt"
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != pins:
        print(f"Installing {peer} for the comparison", file=sys.stderr)
        shutil.rmtree(folder, ignore_errors=True)
        venv.create(folder, with_pip=True)
        install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
        subprocess.run([interpreter, *install, "-r", PEERS / f"{peer}.txt"], env=APART, check=True)
        stamp.write_text(pins, encoding="utf-8")
    return str(interpreter)


def version(interpreter: str, distribution: str) -> str:
    """Name and version of what is installed in an environment."""
    code = f"from importlib.metadata import version; print(version({distribution!r}))"
    asked = subprocess.run(
        [interpreter, "-c", code], env=APART, check=True, capture_output=True, text=True
    )
    return f"{distribution} {asked.stdout.strip()}"


def es_lod() -> str:
    """The command of es-lod: the one beside this Python, else the one on PATH."""
    beside = shutil.which("es-lod", path=str(Path(sys.executable).parent))
    found = beside or shutil.which("es-lod")
    if not found:
        raise SystemExit("There is no command es-lod: run `make bench`, or install the package.")
    return found


def offers(command: str, option: str) -> bool:
    """Whether es-lod's command knows an option."""
    shown = subprocess.run(
        [es_lod(), command, "--help"], check=True, capture_output=True, text=True
    )
    return option in shown.stdout
