"""A real mail server, with whatever trouble a test wants of it."""

from __future__ import annotations

import socket
import ssl
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

Send = Callable[..., Any]
"""Sends what JavaScript says from the options of a mail."""

USER, PASSWORD = b"ann", "pässword".encode()


class Handler:
    """Keeps what it gets. Refuses recipients whose name begins with `no`."""

    def __init__(self) -> None:
        self.envelopes: list[Any] = []
        self.secure: list[bool] = []
        self.users: list[Any] = []

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        if address.startswith("no"):
            return "550 5.1.1 There is nobody of that name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.envelopes.append(envelope)
        self.secure.append(server.transport.get_extra_info("sslcontext") is not None)
        self.users.append(session.auth_data)
        return "250 Taken"

    def last(self) -> EmailMessage:
        return cast(
            EmailMessage, message_from_bytes(self.envelopes[-1].content.replace(b"\r\n", b"\n"), policy=default)
        )


def authenticate(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
    known = (data.login, data.password) == (USER, PASSWORD)
    return AuthResult(success=known, handled=False, auth_data=data.login.decode() if known else None)


class Office:
    def __init__(self, handler: Handler, port: int) -> None:
        self.handler = handler
        self.port = port


@contextmanager
def office(**options: Any) -> Iterator[Office]:
    """`options` are those of aiosmtpd's Controller and SMTP."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    handler = Handler()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the server warns of what tests ask for: passwords without TLS
        controller = Controller(handler, hostname="127.0.0.1", port=port, **options)
        controller.start()
        try:
            yield Office(handler, port)
        finally:
            controller.stop()


def server_context(folder: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context
