"""Services on a host of their own: whether a request is for them is then told by its path and its host."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from .line import HEAD_END

HOST = re.compile(rb"\r\nhost:[ \t]*([^\r\n]*)", re.IGNORECASE)
NAME = re.compile(r"(?:\[([^\[\]]+)\]|([^\[\]:@]+))(?::\d*)?")


class ServicesHost:
    """`uri` is the public address of services, without a slash at its end."""

    def __init__(self, uri: str) -> None:
        self.uri = uri.rstrip("/")
        self._name = urlsplit(uri).hostname

    def is_asked(self, host: str) -> bool:
        """Whether it is the host of services; `host` as in a request, with or without a port."""
        found = NAME.fullmatch(host.strip())
        return found is not None and (found[1] or found[2]).lower().removesuffix(".") == self._name

    def is_asked_in(self, data: bytes | bytearray) -> bool:
        """The same for a request that begins with these bytes. One whose head is not whole names no host."""
        found = HOST.search(data, 0, data.find(HEAD_END) + 2)
        return found is not None and self.is_asked(found[1].decode("latin-1"))


def services_host(uri: str) -> ServicesHost | None:
    """None when services share the host of all else."""
    return ServicesHost(uri) if uri else None
