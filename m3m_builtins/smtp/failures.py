"""What went wrong between us and a mail server, as errors with a code. A password is in none of them."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from m3m_core import Invalid, M3MError, Timeout, Unavailable

LONGEST_ANSWER = 300
"""Characters of a server's own words."""


@contextmanager
def explained(host: str, seconds: float) -> Iterator[None]:
    try:
        yield
    except M3MError:
        raise
    except smtplib.SMTPAuthenticationError as error:
        raise Unavailable(
            f"{host} does not accept the user name and password: {told(error)}", code="auth_failed"
        ) from None
    except smtplib.SMTPRecipientsRefused as error:
        raise recipients_refused(host, error.recipients) from None
    except smtplib.SMTPSenderRefused as error:
        raise Unavailable(f"{host} does not accept the sender: {told(error)}", code="sender_refused") from None
    except smtplib.SMTPNotSupportedError as error:
        raise Unavailable(f"{host} cannot do this: {error}", code="not_supported") from None
    except smtplib.SMTPResponseException as error:
        if error.smtp_code < 200:  # a number that no mail server says
            raise Unavailable(f"{host} does not speak as a mail server does", code="connect_failed") from None
        raise Unavailable(f"{host} refused: {told(error)}", code="refused") from None
    except ssl.SSLError as error:
        raise Unavailable(f"{host}: no secure connection: {reason_of(error)}", code="tls_failed") from None
    except TimeoutError:
        raise late(host, seconds) from None
    except (smtplib.SMTPException, OSError, EOFError) as error:
        raise Unavailable(f"{host}: the connection failed: {reason_of(error)}", code="connect_failed") from None


def late(host: str, seconds: float) -> Timeout:
    return Timeout(f"{host} did not answer within {seconds:g} s", code="timeout")


def recipients_refused(host: str, refused: dict[str, tuple[int, bytes]]) -> Invalid:
    """`fields` has the server's words for each."""
    words = {
        address: {"code": "refused", "message": f"{code} {text_of(words)}"}
        for address, (code, words) in refused.items()
    }
    first = next(iter(words))
    message = f"{host} does not accept {', '.join(words)}: {words[first]['message']}"
    return Invalid(message, code="recipient_refused", fields=words)  # type: ignore[arg-type]  # they are FieldErrors


def told(error: smtplib.SMTPResponseException) -> str:
    return f"{error.smtp_code} {text_of(error.smtp_error)}".strip()


def text_of(answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return " ".join(text.split())[:LONGEST_ANSWER]


def reason_of(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted ({error.verify_message})"
    if isinstance(error, ssl.SSLError):
        return str(error.reason or "not TLS").replace("_", " ").lower()
    if isinstance(error, OSError) and not isinstance(error, smtplib.SMTPException):
        return (error.strerror or type(error).__name__).lower()
    return text_of(str(error))
