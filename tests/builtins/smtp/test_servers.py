"""Connections: TLS, STARTTLS, passwords, refusals, silence, and servers that are out of bounds."""

# ruff: noqa: E501  # tables of cases, one on a line

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from postoffice import PASSWORD, USER, Office, Send, authenticate, office, server_context

from m3m_core import ScriptError
from m3m_core.testing import JSRun

LOGIN = {"user": USER.decode(), "password": PASSWORD.decode()}


def post(js: JSRun, to_port: int, **options: Any) -> Any:
    mail = {
        "host": "127.0.0.1",
        "port": to_port,
        "from": "a@b.co",
        "to": "c@d.co",
        "subject": "s",
        "text": "t",
    } | options
    return js.value(f"smtp.send({json.dumps(mail)})")


def refused(js: JSRun, to_port: int, **options: Any) -> ScriptError:
    with pytest.raises(ScriptError) as caught:
        post(js, to_port, **options)
    assert "pässword" not in str(caught.value)
    return caught.value


@pytest.fixture(scope="module")
def starttls(certificate: Path) -> Iterator[Office]:
    with office(tls_context=server_context(certificate), authenticator=authenticate, auth_require_tls=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def encrypted(certificate: Path) -> Iterator[Office]:
    with office(ssl_context=server_context(certificate), authenticator=authenticate, auth_require_tls=False) as opened:
        yield opened


@pytest.fixture(scope="module")
def ca(certificate: Path) -> str:
    return (certificate / "cert.pem").read_text()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_starttls(js: JSRun, starttls: Office, ca: str, host: str) -> None:
    post(js, starttls.port, host=host, ca=ca, **LOGIN)
    assert (starttls.handler.secure[-1], starttls.handler.users[-1]) == (True, "ann")
    post(js, starttls.port, verify=False, starttls=True)
    assert (starttls.handler.secure[-1], starttls.handler.users[-1]) == (True, None)
    post(js, starttls.port, starttls=False)
    assert starttls.handler.secure[-1] is False


def test_tls(js: JSRun, encrypted: Office, ca: str) -> None:
    post(js, encrypted.port, secure=True, ca=ca, **LOGIN)
    assert (encrypted.handler.secure[-1], encrypted.handler.users[-1]) == (True, "ann")
    assert js.value(f"smtp.sendAsync('c@d.co', 's', 't', {{host: '127.0.0.1', port: {encrypted.port}, from: 'a@b.co',"
                    "secure: true, verify: false})")["accepted"] == ["c@d.co"]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "options", "code"),
    [
        ("starttls", {}, "tls_failed"),  # nobody knows the certificate
        ("encrypted", {"secure": True}, "tls_failed"),
        ("starttls", {"secure": True}, "tls_failed"),  # not TLS from the first byte
        ("plain", {"starttls": True}, "tls_failed"),
        ("encrypted", {"secure": True, "verify": False, "user": "ann", "password": "wrong"}, "auth_failed"),
        ("starttls", {"verify": False, "user": "bob", "password": "pässword"}, "auth_failed"),
        ("plain", {"user": "ann", "password": "pässword"}, "not_supported"),
        ("plain", {"to": ["no@b.co", "nobody@b.co"]}, "recipient_refused"),
        ("plain", {"host": "nowhere.invalid"}, "dns_failed"),
        ("plain", {"port": 1}, "connect_failed"),
        (
            "encrypted",
            {"timeout": 0.3, "starttls": False},
            "timeout",
        ),  # it waits for TLS, and so do we for its greeting
    ],
)
def test_refusals(request: pytest.FixtureRequest, js: JSRun, name: str, options: dict[str, Any], code: str) -> None:
    opened: Office = request.getfixturevalue(name)
    assert refused(js, opened.port, **options).code == code


def test_some_recipients_are_refused(js: JSRun, plain: Office) -> None:
    receipt = post(js, plain.port, to=["ann@b.co", "nobody@b.co"])
    assert receipt["accepted"] == ["ann@b.co"]
    assert receipt["rejected"] == [{"address": "nobody@b.co", "message": "550 5.1.1 There is nobody of that name"}]
    with pytest.raises(ScriptError, match=r"does not accept nobody@b\.co: 550 5\.1\.1 There is nobody"):
        post(js, plain.port, to="nobody@b.co")


@contextmanager
def listener(answer: bytes, forever: bool = False) -> Iterator[int]:
    """Says `answer` to whoever connects, perhaps without an end, and then nothing."""

    def talk() -> None:
        connection, _ = server.accept()
        with connection:
            try:
                connection.sendall(answer)
                while forever:
                    connection.sendall(answer)
                connection.recv(1000)
                connection.recv(1000)
            except OSError:
                pass  # it was hung up on

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=talk)
        thread.start()
        yield server.getsockname()[1]
        thread.join(5)


@pytest.mark.parametrize(
    ("answer", "forever", "code"),
    [
        (b"", False, "timeout"),
        (b"220 hi\r\n", False, "timeout"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", False, "connect_failed"),
        (b"554 go away\r\n", False, "refused"),
        (b"220-" + b"x" * 500 + b"\r\n", True, "connect_failed"),
        (b"x" * 100_000, True, "refused"),
    ],
)
def test_strange_servers(js: JSRun, answer: bytes, forever: bool, code: str) -> None:
    with listener(answer, forever) as port:
        assert refused(js, port, timeout=0.5).code == code


@pytest.mark.parametrize("host", ["169.254.169.254", "169.254.1.1", "[fe80::1]", "100.100.100.200", "::ffff:169.254.169.254",
                                  "224.0.0.1", "0xa9fea9fe"])  # fmt: skip
def test_servers_out_of_bounds(js: JSRun, host: str) -> None:
    error = refused(js, 25, host=host, timeout=2)
    assert error.code == "egress_refused"
    assert "services do not reach" in str(error)


@pytest.mark.parametrize(
    "options",
    [
        "to: 'a@b.co\\r\\nBcc: evil@b.co'",
        "to: 'a@b.co\\nevil@b.co'",
        "to: {name: 'A\\r\\nBcc: evil@b.co', address: 'a@b.co'}",
        "to: {name: 'A', address: 'a@b.co>\\r\\nRCPT TO:<evil@b.co'}",
        "to: 'a@b.co', cc: 'x\\u2028@b.co'",
        "to: 'a@b.co', from: 'a@b.co\\r\\nX: y'",
        "to: 'a@b.co', replyTo: 'a@b.co\\rX: y'",
        "to: 'a@b.co', subject: 'Hi\\r\\nBcc: evil@b.co'",
        "to: 'a@b.co', subject: 'Hi\\u0000'",
        "to: 'a@b.co', headers: {'X-A': 'b\\nBcc: evil@b.co'}",
        "to: 'a@b.co', headers: {'X-A: b\\r\\nBcc': 'evil@b.co'}",
        "to: 'a@b.co', headers: {Bcc: 'evil@b.co'}",
        "to: 'a@b.co', headers: {'content-type': 'text/html'}",
        "to: 'a@b.co', attachments: [{filename: 'a\\r\\nX: y', content: ''}]",
        "to: 'a@b.co', html: 'h', attachments: [{filename: 'a', content: '', cid: 'x>\\r\\nX: y'}]",
        "to: 'a@b.co', attachments: [{filename: 'a', content: '', contentType: 'a/b\\r\\nX: y'}]",
    ],
)
def test_injection(send: Send, plain: Office, options: str) -> None:
    before = len(plain.handler.envelopes)
    with pytest.raises(ScriptError) as caught:
        send(f"subject: 's', text: 't', {options}")
    assert caught.value.code in ("bad_header", "bad_address", "invalid_arguments")
    assert len(plain.handler.envelopes) == before


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ("to: 'nobody'", "bad_address"),
        ("to: 'a@b..co'", "bad_address"),
        ("to: 'a b@c.co'", "bad_address"),
        ("to: '<a@b.co'", "bad_address"),
        ("to: 'a@b.co', from: ['a@b.co', 'c@b.co']", "bad_address"),
        ("to: 'a@b.co', from: ' '", "bad_address"),
        ("to: 5", "invalid_arguments"),
        ("to: []", "invalid_arguments"),
        ("subject: 'nobody'", "invalid_arguments"),
        ("to: Array.from({length: 101}, (_, i) => `a${i}@b.co`)", "too_many_recipients"),
        ("to: 'a@b.co', subject: 'x'.repeat(1001)", "bad_header"),
        ("to: 'a@b.co', text: 5", "invalid_arguments"),
        ("to: 'a@b.co', attachments: ['nothing.pdf']", "not_found"),
        ("to: 'a@b.co', attachments: ['../../x']", "bad_path"),
        ("to: 'a@b.co', attachments: [{}]", "invalid_arguments"),
        ("to: 'a@b.co', attachments: [{path: 'a', content: 'b'}]", "invalid_arguments"),
        ("to: 'a@b.co', attachments: {}", "invalid_arguments"),
        ("to: 'a@b.co', timeout: 301", "invalid_arguments"),
        ("to: 'a@b.co', timeout: 'soon'", "invalid_arguments"),
        ("to: 'a@b.co', starttls: 'perhaps'", "invalid_arguments"),
        ("to: 'a@b.co', port: 70000", "invalid_arguments"),
    ],
)
def test_mistakes(send: Send, options: str, code: str) -> None:
    with pytest.raises(ScriptError) as caught:
        send(options)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            "to: 'a@b.co', attachments: [{content: 'x', fileName: 'a.pdf'}]",
            'an attachment has no "fileName"; it has path, ',
        ),
        ("to: 'a@b.co', attachments: [{content: 'x', name: 'a.pdf'}]", 'an attachment has no "name"; it has path, '),
        ("to: {address: 'a@b.co', title: 'Ann'}", 'to: an address has no "title"; it has name, address'),
        ("to: 'a@b.co', replyTo: [{adress: 'a@b.co'}]", 'replyTo: an address has no "adress"; it has name, address'),
    ],
)
def test_misspelt_names_in_objects(send: Send, options: str, message: str) -> None:
    with pytest.raises(ScriptError) as caught:
        send(options)
    assert (caught.value.name, caught.value.code) == ("TypeError", "invalid_arguments")
    assert message in caught.value.message


def test_letters_that_a_server_does_not_take(js: JSRun, encrypted: Office, certificate: Path) -> None:
    with office(enable_SMTPUTF8=False) as old:
        assert refused(js, old.port, to="имя@b.co").code == "not_supported"
        assert post(js, old.port, to="a@пример.рф")["accepted"] == ["a@xn--e1afmkfd.xn--p1ai"]
