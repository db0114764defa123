"""The talk with a mail server."""

from __future__ import annotations

import base64
import smtplib
from typing import Any

from gevent import Timeout as Alarm
from gevent import ssl

from m3m_core import Unavailable
from m3m_core.egress import Egress
from m3m_core.outgoing import connect

from .failures import explained, late
from .message import Mail
from .server import Server

LONGEST_TALK = 256 * 1024
"""Bytes that a server may say in all: its answers are a few lines."""

MINE = "localhost"
"""How we greet: a mail server must not learn the name of this machine."""


Refused = dict[str, tuple[int, bytes]]
"""Addresses that a server did not accept, and what it said of each."""


def deliver(server: Server, mail: Mail, egress: Egress) -> Refused:
    """Who did not get the mail; all others did. Raises what `failures` says when nobody did, or it is not known."""
    with Alarm(server.timeout, late(server.host, server.timeout)), explained(server.host, server.timeout):
        connection = Connection(server, egress)
        try:
            connection.open()
            _secure(connection, server)
            if server.user:
                _authenticate(connection, server)
            return _send(connection, mail)
        finally:
            connection.close()


class Listener:
    """What the library reads answers from, with an end."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._left = LONGEST_TALK

    def readline(self, size: int) -> bytes:
        line: bytes = self._file.readline(size)
        self._left -= len(line)
        if self._left < 0:
            raise OSError(0, "the server talks too much")
        return line

    def close(self) -> None:
        self._file.close()


class Connection(smtplib.SMTP):
    """Connects to an address that was checked, and only to that."""

    def __init__(self, server: Server, egress: Egress) -> None:
        self._server = server
        self._egress = egress
        super().__init__(local_hostname=MINE, timeout=server.timeout)
        self._host = server.host  # whose certificate is wanted

    def open(self) -> None:
        code, words = self.connect(self._server.host, self._server.port)
        if code != 220:
            raise smtplib.SMTPConnectError(code, words)

    def _get_socket(self, host: str, port: int, timeout: float) -> Any:
        made = connect(self._egress, host, port, timeout)
        if not self._server.secure:
            return made
        try:
            return tls(self._server).wrap_socket(made, server_hostname=host)
        except BaseException:
            made.close()
            raise

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None:
            self.file = Listener(self.sock.makefile("rb"))  # type: ignore[union-attr]  # there is a socket by now
        return super().getreply()


def tls(server: Server) -> Any:
    context = ssl.create_default_context(cadata=server.ca or None)
    if not server.verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _secure(connection: Connection, server: Server) -> None:
    """STARTTLS when it is wanted, or not forbidden and offered."""
    connection.ehlo_or_helo_if_needed()
    if server.secure or server.starttls is False:
        return
    if connection.has_extn("starttls"):
        connection.starttls(context=tls(server))
        connection.ehlo_or_helo_if_needed()
    elif server.starttls:
        raise Unavailable(f"{server.host} offers no STARTTLS, which is required", code="tls_failed")


def _authenticate(connection: Connection, server: Server) -> None:
    """A password goes over an open line only when that was asked for, or to this machine."""
    encrypted = isinstance(connection.sock, ssl.SSLSocket)
    here = connection.sock.getpeername()[0] in ("127.0.0.1", "::1")  # type: ignore[union-attr]  # it is connected
    if not encrypted and not here and server.starttls is not False:
        raise Unavailable(
            f"{server.host} offers no encryption, so the password is not sent; starttls: false would send it anyway",
            code="tls_failed",
        )
    if (server.user + server.password).isascii():
        connection.login(server.user, server.password)
        return
    # The library knows ASCII only; PLAIN is UTF-8 (RFC 4616).
    if "PLAIN" not in connection.esmtp_features.get("auth", "").upper().split():
        raise smtplib.SMTPNotSupportedError("it takes no user names and passwords with letters beyond ASCII")
    secret = base64.b64encode(f"\0{server.user}\0{server.password}".encode()).decode()
    code, words = connection.docmd("AUTH", f"PLAIN {secret}")
    if code != 235:
        raise smtplib.SMTPAuthenticationError(code, words)


def _send(connection: Connection, mail: Mail) -> Refused:
    options = []
    if mail.international:
        if not connection.has_extn("smtputf8"):
            raise smtplib.SMTPNotSupportedError("it takes no addresses with letters beyond ASCII (SMTPUTF8)")
        options = ["SMTPUTF8", "BODY=8BITMIME"]
    recipients = [one.address for one in mail.recipients]
    return connection.sendmail(mail.sender.address, recipients, mail.content, mail_options=options)
