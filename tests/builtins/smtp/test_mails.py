"""What arrives: headers, parts, attachments, in every language."""

# ruff: noqa: E501  # tables of cases, one on a line

from __future__ import annotations

import mimetypes
from email import message_from_bytes
from email.header import decode_header, make_header
from email.utils import parseaddr
from typing import Any

import pytest
from postoffice import Office, Send

from m3m_builtins.smtp.message import Body, compose
from m3m_core import TooLarge
from m3m_core.testing import JSRun


def test_a_plain_mail(send: Send, plain: Office) -> None:
    receipt = send("to: 'Ann <ann@example.com>', subject: 'Hello', text: 'One\\nTwo\\n.\\nfour'")
    mail, envelope = plain.handler.last(), plain.handler.envelopes[-1]
    assert receipt == {"messageId": mail["Message-ID"], "accepted": ["ann@example.com"], "rejected": []}
    assert (envelope.mail_from, envelope.rcpt_tos) == ("shop@example.com", ["ann@example.com"])
    assert (mail["From"], mail["To"], mail["Subject"]) == ("Shop <shop@example.com>", "Ann <ann@example.com>", "Hello")
    assert mail["Message-ID"].endswith("@example.com>")
    assert mail["Date"].datetime is not None
    assert mail.get_content() == "One\nTwo\n.\nfour\n"


def test_the_names_of_the_first_m3m(js: JSRun, plain: Office) -> None:
    server = f"{{host: '127.0.0.1', port: {plain.port}, from: 'a@b.co', cc: 'c@b.co'}}"
    for name in ("$mail.send", "mail.send", "$smtp.sendAsync"):
        receipt = js.value(f"{name}('ann@example.com', 'Subject', 'Text', {server})")
        assert receipt["accepted"] == ["ann@example.com", "c@b.co"]
        assert plain.handler.last()["Subject"] == "Subject"


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ("'a@b.co, Bob <b@b.co>'", ["a@b.co", "b@b.co"]),
        ("['a@b.co', {name: 'B, C', address: 'b@b.co'}, 'a@b.co']", ["a@b.co", "b@b.co"]),
        ("'\"Last, First\" <a@b.co>; b@b.co'", ["a@b.co", "b@b.co"]),
        ("'a@münchen.de'", ["a@xn--mnchen-3ya.de"]),
        ("'имя@пример.рф'", ["имя@xn--e1afmkfd.xn--p1ai"]),
    ],
)
def test_addresses(send: Send, plain: Office, to: str, expected: list[str]) -> None:
    assert send(f"to: {to}, subject: 's', text: 't'")["accepted"] == expected
    assert plain.handler.envelopes[-1].rcpt_tos == expected
    found = [f"{one.username}@{one.domain}" for one in plain.handler.last()["To"].addresses]
    assert [one.encode("utf-8", "surrogateescape").decode() for one in found] == expected


def test_copies_and_answers(send: Send, plain: Office) -> None:
    send("to: 'a@b.co', cc: ['c@b.co', 'a@b.co'], bcc: 'secret@b.co', replyTo: 'Re <re@b.co>', subject: 's', text: 't',"
         "headers: {'X-Order': '17', 'List-Unsubscribe': '<https://example.com/u>'}")  # fmt: skip
    mail, envelope = plain.handler.last(), plain.handler.envelopes[-1]
    assert envelope.rcpt_tos == ["a@b.co", "c@b.co", "secret@b.co"]
    assert (mail["Cc"], mail["Reply-To"], mail["Bcc"], mail["X-Order"]) == (
        "c@b.co, a@b.co",
        "Re <re@b.co>",
        None,
        "17",
    )
    assert b"secret" not in envelope.content


NAMES = [
    "Анна Ёлкина",
    "Ann O'Neil, Ltd. (x)",
    'Quo"te',
    "日本 👍" * 12,
    "a" * 150,
    "=?utf-8?q?x?=",
    "long " * 39 + "name",
]


@pytest.mark.parametrize("name", NAMES)
def test_names_and_subjects_of_all_kinds(send: Send, plain: Office, js: JSRun, name: str) -> None:
    js.run(f"globalThis.given = {name!r}")
    send("to: {name: given, address: 'a@b.co'}, subject: `${given} → ${given}`, text: given")
    mail = plain.handler.last()
    raw = message_from_bytes(plain.handler.envelopes[-1].content)  # the newer parser puts blanks between words
    shown, _ = parseaddr(raw["To"])
    assert str(make_header(decode_header(shown))) == name
    assert str(make_header(decode_header(raw["Subject"]))) == f"{name} → {name}"
    assert mail.get_content().splitlines() == [name]
    assert max(len(line) for line in plain.handler.envelopes[-1].content.split(b"\r\n")) <= 998


@pytest.mark.parametrize(
    ("options", "structure"),
    [
        ("text: 't'", "text/plain"),
        ("html: '<b>h</b>'", "text/html"),
        ("text: 't', html: '<b>h</b>'", ["multipart/alternative", "text/plain", "text/html"]),
        ("text: 't', attachments: [{filename: 'a.pdf', content: 'x'}]", ["multipart/mixed", "text/plain", "application/pdf"]),
        ("text: 't', html: 'h', attachments: [{filename: 'a.bin', content: 'x'}]",
         ["multipart/mixed", ["multipart/alternative", "text/plain", "text/html"], "application/octet-stream"]),
        ("text: 't', html: '<img src=\"cid:logo\">', attachments: [{filename: 'a.png', content: 'x', cid: 'logo'}]",
         ["multipart/alternative", "text/plain", ["multipart/related", "text/html", "image/png"]]),
        ("html: '<img src=\"cid:logo\">', attachments: [{filename: 'a.png', content: 'x', cid: 'logo'}]",
         ["multipart/related", "text/html", "image/png"]),
        ("text: 't', attachments: [{filename: 'a.eml', content: 'x', contentType: 'message/rfc822'}]",
         ["multipart/mixed", "text/plain", "application/octet-stream"]),
    ],
)  # fmt: skip
def test_parts(send: Send, plain: Office, options: str, structure: Any) -> None:
    def shape(part: Any) -> Any:
        kind = part.get_content_type()
        return [kind, *map(shape, part.iter_parts())] if part.is_multipart() else kind

    send(f"to: 'a@b.co', subject: 's', {options}")
    assert shape(plain.handler.last()) == structure


@pytest.fixture
def _odd_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """One whose own table of types differs."""
    mimetypes.init()
    monkeypatch.setitem(mimetypes.types_map, ".pdf", "application/x-of-this-machine")


@pytest.mark.usefixtures("_odd_machine")
def test_attachments(send: Send, plain: Office, js: JSRun) -> None:
    js.run("""
      storage.write("отчёты/Отчёт за ноябрь.pdf", new Uint8Array([37, 80, 68, 70, 0, 255]))
      globalThis.files = [
        "отчёты/Отчёт за ноябрь.pdf",
        { path: "отчёты/Отчёт за ноябрь.pdf", filename: "x.dat", contentType: "application/x-own" },
        { filename: "日本語 👍 " + "long ".repeat(20) + ".txt", content: "Привет" },
        { filename: 'qu"ote; a=b.bin', content: new Uint8Array([0, 13, 10, 255]).buffer },
      ]
    """)
    send("to: 'a@b.co', subject: 's', text: 't', attachments: files")
    found = list(plain.handler.last().iter_attachments())
    assert [part.get_filename() for part in found] == [
        "Отчёт за ноябрь.pdf", "x.dat", "日本語 👍 " + "long " * 20 + ".txt", 'qu"ote; a=b.bin',
    ]  # fmt: skip
    assert [part.get_content_type() for part in found][:2] == ["application/pdf", "application/x-own"]
    assert [part.get_payload(decode=True) for part in found] == [
        b"%PDF\x00\xff", b"%PDF\x00\xff", "Привет".encode(), b"\x00\r\n\xff",
    ]  # fmt: skip


def test_a_mail_that_is_too_large() -> None:
    options = {"from": "a@b.co", "to": "c@d.co"}
    assert len(compose(options, Body("s", "x" * 100, None), "", lambda path: b"", (1000, 1)).content) < 1000
    files = {**options, "attachments": ["a", "b"]}
    for body, given in ((Body("s", "x" * 1000, None), options), (Body("s", "", None), files)):
        with pytest.raises(TooLarge, match="larger than 1000 bytes"):
            compose(given, body, "", lambda path: b"x" * 600, (1000, 1))
