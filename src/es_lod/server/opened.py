"""Answers that are files too large to be read at once."""

import os
from collections.abc import Mapping
from typing import BinaryIO

from starlette.responses import FileResponse
from starlette.types import Receive, Scope, Send


class OpenedResponse(FileResponse):
    """Sends a file that is open: this one, whatever takes its place meanwhile, or removes it."""

    def __init__(self, file: BinaryIO, headers: Mapping[str, str], media_type: str) -> None:
        # Opened once more by its descriptor, it is the same file. Where there is no such way, as on
        # Windows, nothing can take the place of an open file.
        way = f"/dev/fd/{file.fileno()}"
        super().__init__(
            way if os.path.exists(way) else file.name,  # noqa: PTH110  # Path would resolve it
            headers=headers,
            media_type=media_type,
            stat_result=os.fstat(file.fileno()),
        )
        self._file = file

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it, and close it."""
        with self._file:
            await super().__call__(scope, receive, send)
