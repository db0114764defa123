"""What pictures come from and go to; one at a time, since each may take much of an instance's memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from m3m_core import TooLarge, offload

from .limits import LARGEST_FILE, SHARE_OF_MEMORY, too_large

if TYPE_CHECKING:
    from PIL.Image import Image

    from m3m_builtins.storage.service import StorageService

P = ParamSpec("P")
R = TypeVar("R")


class ImageService:
    """`memory` is the JavaScript heap of an instance, in bytes. Other plugins may use every method."""

    def __init__(self, storage: StorageService, memory: int) -> None:
        self._storage = storage
        self._crossing = memory // SHARE_OF_MEMORY
        self._lock: Any = None

    def source(self, project_id: str, given: str | bytes) -> bytes:
        """The bytes themselves, or those of the file that a path leads to. Raises TooLarge, and what storage does."""
        if isinstance(given, str):
            return self._storage.read_file(project_id, given, LARGEST_FILE)
        if len(given) > LARGEST_FILE:
            raise too_large(f"The picture's file is larger than {LARGEST_FILE // 2**20} MB.")
        return given

    def keep(self, project_id: str, path: str, data: bytes) -> str:
        """Save a file; its path as storage writes it."""
        return self._storage.write_file(project_id, path, data).path

    def check_crossing(self, data: bytes) -> None:
        """Raises TooLarge for what the service's memory should not get."""
        if len(data) > self._crossing:
            raise TooLarge(
                f"The result has {len(data)} bytes, more than the {self._crossing} that can be handed over: save it "
                "to a file (`saveTo`, `save` of a canvas) and serve that.",
                code="result_too_large",
            )

    def decode(self, data: bytes) -> Image:
        """The first frame, upright, in mode RGB, RGBA, L or LA. Raises TooLarge, UnsupportedMedia."""
        from .reading import first_frame, opened

        with opened(data) as file:
            return first_frame(file)

    def encode(self, picture: Image, kind: str, quality: int | None = None) -> bytes:
        """`kind` is png, jpeg, webp or gif; `quality` is from 1 to 100."""
        from .writing import Output, encode

        return encode(picture, Output(kind, quality=quality))

    def alone(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Work beside the loop, when no other picture of this process is being worked on. Raises TooLarge."""
        from gevent.lock import BoundedSemaphore  # an instance has gevent; made after the fork, on first use

        self._lock = self._lock or BoundedSemaphore(1)
        with self._lock:
            try:
                return offload(function, *args, **kwargs)
            except MemoryError:
                raise too_large("The picture takes more memory than the service has.") from None
