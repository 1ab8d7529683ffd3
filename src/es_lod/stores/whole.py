"""Whether a store in a folder is still what was written."""

import hashlib
from pathlib import Path
from typing import Final

_NO_DATA: Final = ("LOG", "LOCK", "IDENTITY", "OPTIONS")


def files(store: Path) -> dict[str, str]:
    """What is to be found again in the files of a store, by their names.

    The content of those that say which files belong to it: RocksDB takes half of a manifest for
    a whole one, and answers from less data. Of the tables the size: each block of them has a
    checksum, which RocksDB looks at when it reads it.
    """
    return {
        path.name: str(path.stat().st_size) if path.suffix == ".sst" else _digest(path)
        for path in sorted(store.iterdir())
        if not path.name.startswith(_NO_DATA)
    }


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
