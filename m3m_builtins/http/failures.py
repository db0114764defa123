"""From the errors of sockets and of urllib3 to sentences and codes. An address is shown without its query."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from urllib3 import exceptions

from m3m_core import Invalid, M3MError, Timeout, TooLarge, Unavailable

BROKEN = (exceptions.ProtocolError, exceptions.DecodeError, exceptions.IncompleteRead, exceptions.InvalidHeader)


def timed_out(host: str, what: str, seconds: float) -> Timeout:
    return Timeout(f"{host}: {what} took longer than {seconds:g} s")


def too_large(limit: int) -> TooLarge:
    return TooLarge(f"the answer is larger than {limit} bytes, the limit (option maxSize)")


def of(error: Exception, host: str, read_seconds: float) -> M3MError | None:
    """None for what is not a failure of an exchange."""
    if isinstance(error, exceptions.ReadTimeoutError | TimeoutError):
        return timed_out(host, "the wait for more of the answer", read_seconds)
    if isinstance(error, exceptions.ProxyError):
        return Unavailable(f"the proxy refused or failed: {reason(error.original_error)}", code="proxy_failed")
    if isinstance(error, exceptions.SSLError | ssl.SSLError):
        return Unavailable(f"{host}: no secure connection: {reason(error)}", code="tls_failed")
    if isinstance(error, BROKEN):
        return Unavailable(f"{host}: the answer broke off or is not HTTP: {reason(error)}", code="broken_answer")
    if isinstance(error, exceptions.LocationParseError | exceptions.LocationValueError | exceptions.URLSchemeUnknown):
        return Invalid("this is not an address that can be called", code="bad_url")
    if isinstance(error, OSError | exceptions.HTTPError):
        return Unavailable(f"{host}: the connection failed: {reason(error)}", code="connect_failed")
    return None


def reason(error: BaseException) -> str:
    """The innermost reason in few words: libraries wrap errors, with addresses of objects in their texts."""
    inner = error
    while inner.args and isinstance(inner.args[-1], BaseException):
        inner = inner.args[-1]
    if isinstance(inner, ssl.SSLCertVerificationError):
        return f"the certificate is not trusted ({inner.verify_message})"
    if isinstance(inner, ssl.SSLError):
        return inner.reason or "the handshake failed"
    if isinstance(inner, OSError) and inner.strerror:
        return inner.strerror
    return type(inner).__name__


@contextmanager
def explained(host: str, read_seconds: float) -> Iterator[None]:
    """Raises M3MError in place of the errors that mean something to the one who asked."""
    try:
        yield
    except Exception as error:
        told = of(error, host, read_seconds)
        if told is None:
            raise
        raise told from None
