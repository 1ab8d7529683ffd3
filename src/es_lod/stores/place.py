"""Where the user's cache is, and how large it may be: as the environment says."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from es_lod.stores.kept import LIMIT, Cache

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

FOLDER: Final = "ES_LOD_CACHE_DIR"
SIZE: Final = "ES_LOD_CACHE_SIZE"
OFF: Final = "ES_LOD_NO_CACHE"
_POWERS: Final = {"": 0, "K": 1, "M": 2, "G": 3, "T": 4}


def users_cache(environ: Mapping[str, str] = os.environ) -> Cache:
    """The cache of the user: in the folder of their platform, or where the environment says.

    `ES_LOD_CACHE_DIR` is the folder, `ES_LOD_CACHE_SIZE` the limit: bytes, or `500M`, `4G`. Raises
    `ValueError` for what is no size.
    """
    named = environ.get(FOLDER)
    if named:
        folder = Path(named).absolute()
    else:
        from platformdirs import user_cache_path

        folder = user_cache_path("es-lod", appauthor=False)
    size = environ.get(SIZE)
    return Cache(folder, _bytes(size) if size else LIMIT)


def is_off(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether the environment says that nothing is kept: there is no cache, or no room in it."""
    size = environ.get(SIZE, "")
    return environ.get(OFF, "0") not in ("", "0") or (size.isdecimal() and not int(size))


def is_narrow() -> bool:
    """Whether the process may use less memory than RocksDB takes for granted (`ulimit -v`).

    Where it gets none it ends the process: with 300 MB it cannot start its threads.
    """
    if resource is None:
        return False
    limit = resource.getrlimit(resource.RLIMIT_AS)[0]
    return limit != resource.RLIM_INFINITY and limit < 2**30


def _bytes(text: str) -> int:
    found = re.fullmatch(r"(\d{1,15})\s*([KMGT]?)(?:i?B)?", text.strip(), re.IGNORECASE | re.ASCII)
    if found is None:
        raise ValueError(f"{SIZE}={text}")
    return int(found[1]) << (10 * _POWERS[found[2].upper()])
