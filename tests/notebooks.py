"""The notebooks of the examples, run anew: `python tests/notebooks.py NOTEBOOK [OUTPUT]`.

What depends on the run or the machine is left out: numbers of execution, times, the version of
Python. A process of its own, since kernels leave threads and files behind.
"""

import os
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient


def executed(path: Path) -> nbformat.NotebookNode:
    """The notebook with the outputs of a fresh kernel that starts in its folder."""
    notebook = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory() as folder:
        for name in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "MPLCONFIGDIR"):
            os.environ[name] = folder  # not the home folder, nor what is set there
        resources = {"metadata": {"path": str(path.parent)}}
        NotebookClient(notebook, timeout=120, record_timing=False, resources=resources).execute()
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.execution_count = None
            for output in cell.outputs:
                if "execution_count" in output:
                    output.execution_count = None
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return notebook


if __name__ == "__main__":
    source, target = Path(sys.argv[1]), Path(sys.argv[-1])
    nbformat.write(executed(source), target)
