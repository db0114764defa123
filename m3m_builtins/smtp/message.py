"""A mail as it is sent: headers, text, HTML, attachments."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime
from typing import Any

from m3m_core import UNKNOWN_MEDIA_TYPE, Invalid, TooLarge, media_type_of, now, wrong_argument

from .addresses import Mailbox, mailbox, mailboxes
from .headers import set_addresses, set_text
from .wrong import one_line, only

LONGEST_SUBJECT = 1000
MOST_ATTACHMENTS = 100
ATTACHED = ("path", "content", "filename", "contentType", "cid")
LONGEST_FILE_NAME = 200
TYPE = re.compile(r"([a-zA-Z0-9!#$&^_.+-]{1,100})/([a-zA-Z0-9!#$&^_.+-]{1,100})")
HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,70}")
CONTENT_ID = re.compile(r"[A-Za-z0-9._@-]{1,100}")
OURS = frozenset(
    {
        "bcc", "cc", "content-transfer-encoding", "content-type", "date", "from", "message-id", "mime-version",
        "reply-to", "return-path", "sender", "subject", "to",
    }
)  # fmt: skip
"""Headers that are made here and cannot be given by name."""

Read = Callable[[str], bytes]
"""The content of a file of the project."""


@dataclass(frozen=True)
class Mail:
    """`recipients` are all who get it; who is in `bcc` stands nowhere in `content`."""

    sender: Mailbox
    recipients: tuple[Mailbox, ...]
    message_id: str
    content: bytes
    international: bool


@dataclass(frozen=True)
class Body:
    subject: str
    text: str | None
    html: str | None


def compose(options: Mapping[str, Any], body: Body, sender: str, read: Read, limits: tuple[int, int]) -> Mail:
    """`limits`: bytes of the whole mail, number of recipients. Raises Invalid, TooLarge."""
    author = mailbox(options.get("from") or sender or None, "from")
    groups = {name: mailboxes(options.get(name), name) for name in ("to", "cc", "bcc")}
    recipients = tuple({one.address: one for group in groups.values() for one in group}.values())
    if not recipients:
        raise wrong_argument("to, cc or bcc names who gets the mail")
    if len(recipients) > limits[1]:
        raise TooLarge(f"A mail goes to {limits[1]} people at most.", code="too_many_recipients")
    answers = mailboxes(options.get("replyTo"), "replyTo")
    international = any(not one.address.isascii() for one in (author, *recipients, *answers))
    message = EmailMessage(policy=(SMTPUTF8 if international else SMTP).clone(refold_source="none"))
    for header, group in (("From", [author]), ("To", groups["to"]), ("Cc", groups["cc"]), ("Reply-To", answers)):
        set_addresses(message, header, group)
    _add_headers(message, options, body, author)
    _add_content(message, body, _attachments(options.get("attachments"), read, limits[0]))
    content = message.as_bytes()
    if len(content) > limits[0]:
        raise too_large(limits[0])
    return Mail(author, recipients, message["Message-ID"], content, international)


def too_large(limit: int) -> TooLarge:
    return TooLarge(f"The mail is larger than {limit} bytes, the most that is sent.", code="too_large")


def _add_headers(message: EmailMessage, options: Mapping[str, Any], body: Body, author: Mailbox) -> None:
    if len(body.subject) > LONGEST_SUBJECT:
        raise Invalid(f"subject has more than {LONGEST_SUBJECT} characters", code="bad_header")
    set_text(message, "Subject", one_line(body.subject, "subject"))
    message["Date"] = format_datetime(now())
    message["Message-ID"] = f"<{uuid.uuid4().hex}@{author.domain}>"  # the library's own tells our process number
    extra = options.get("headers") or {}
    if not isinstance(extra, dict):
        raise wrong_argument("headers is an object")
    for name, value in extra.items():
        if not HEADER.fullmatch(name) or name.lower() in OURS:
            raise Invalid(f'headers: "{name[:80]}" cannot be set here', code="bad_header")
        if not isinstance(value, str) or len(value) > LONGEST_SUBJECT:
            raise wrong_argument(f"headers: {name} is a text of at most {LONGEST_SUBJECT} characters")
        set_text(message, name, one_line(value, f"headers: {name}"))


@dataclass(frozen=True)
class Attachment:
    name: str
    kind: str
    content: bytes
    content_id: str


def _add_content(message: EmailMessage, body: Body, attachments: list[Attachment]) -> None:
    if body.text is not None or body.html is None:
        message.set_content(body.text or "")
    inline = [one for one in attachments if one.content_id]
    if body.html is not None:
        if body.text is None:
            message.set_content(body.html, subtype="html")
        else:
            message.add_alternative(body.html, subtype="html")
        part = message if body.text is None else message.get_payload()[-1]  # type: ignore[index]  # the parts just added
        for one in inline:
            major, minor = one.kind.split("/")
            part.add_related(one.content, major, minor, cid=f"<{one.content_id}>", filename=one.name)  # type: ignore[union-attr]
    for one in attachments:
        if not one.content_id or body.html is None:
            major, minor = one.kind.split("/")
            message.add_attachment(one.content, maintype=major, subtype=minor, filename=one.name)


def _attachments(value: object, read: Read, limit: int) -> list[Attachment]:
    if value is None:
        return []
    if not isinstance(value, list) or len(value) > MOST_ATTACHMENTS:
        raise wrong_argument(f"attachments is a list of at most {MOST_ATTACHMENTS}")
    found, left = [], limit
    for item in value:
        made = _attachment({"path": item} if isinstance(item, str) else item, read)
        left -= len(made.content)
        if left < 0:
            raise too_large(limit)
        found.append(made)
    return found


def _attachment(item: object, read: Read) -> Attachment:
    if not isinstance(item, dict):
        raise wrong_argument("an attachment is a path, or an object with path or content")
    only(item, ATTACHED, "an attachment")
    path, content = item.get("path"), item.get("content")
    if (path is None) == (content is None) or not isinstance(path, str | None):
        raise wrong_argument("an attachment has either path, a file of the storage, or content, a text or bytes")
    if path is None and not isinstance(content, str | bytes):
        raise wrong_argument("the content of an attachment is a text or bytes")
    data = read(path) if path is not None else content.encode() if isinstance(content, str) else content
    name = item.get("filename") or (path or "attachment").rpartition("/")[2]
    if not isinstance(name, str) or not 0 < len(name) <= LONGEST_FILE_NAME:
        raise wrong_argument(f"filename is a text of at most {LONGEST_FILE_NAME} characters")
    one_line(name, "filename")
    return Attachment(name, _kind(item.get("contentType"), name), data or b"", _content_id(item.get("cid")))


def _kind(given: object, name: str) -> str:
    """By the ending of the name unless it is given; what holds messages or parts itself is sent as plain bytes."""
    kind = given or media_type_of(name)
    if not isinstance(kind, str) or TYPE.fullmatch(kind) is None:
        raise wrong_argument('contentType is a media type such as "image/png"')
    return UNKNOWN_MEDIA_TYPE if kind.lower().startswith(("multipart/", "message/")) else kind


def _content_id(given: object) -> str:
    if given is None:
        return ""
    if not isinstance(given, str) or CONTENT_ID.fullmatch(given) is None:
        raise Invalid("cid is made of letters, digits and . _ @ -", code="bad_header")
    return given
