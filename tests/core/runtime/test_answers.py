"""The router's texts as bytes of HTTP, and texts that hostile code could have made."""

from __future__ import annotations

import json
from typing import Any

import pytest

from m3m_core.runtime import answers
from m3m_core.runtime.answers import LONGEST_HEADER, MOST_HEADERS, render, simple


def rich(status: Any, headers: Any, body: str = "", **more: Any) -> str:
    return f"r!{json.dumps({'s': status, 'h': headers, **more})}\n{body}"


def parsed(data: bytes) -> tuple[str, dict[str, str], bytes]:
    """First line, headers but Date, body."""
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines)
    assert headers.pop("Date").endswith(" GMT")
    return first, headers, body


JSON, TEXT = "application/json", "text/plain; charset=utf-8"


@pytest.mark.parametrize(
    ("text", "status", "headers", "body"),
    [
        ('j!{"a":1}', "200 OK", {"Content-Type": JSON, "Content-Length": "7"}, b'{"a":1}'),
        ("t!Привет", "200 OK", {"Content-Type": TEXT, "Content-Length": "12"}, "Привет".encode()),
        ("n!", "204 No Content", {}, b""),
        (rich(201, [["X", "a"], ["X-Two", "é"]], "é\n"), "201 Created", {"X": "a", "X-Two": "é"}, "é\n".encode()),
        (rich(200, [], "AP8=", b=1), "200 OK", {}, b"\x00\xff"),
        (rich(204, [["X", "a"]], "body"), "204 No Content", {"X": "a"}, b""),
        (rich(304, [["ETag", '"1"']], "body"), "304 Not Modified", {"ETag": '"1"'}, b""),
        (rich(299, [], ""), "299 Unknown", {}, b""),
        (
            rich(
                200, [["Keep-Alive", "99"], ["Transfer-Encoding", "chunked"], ["DATE", "x"], ["Connection", "x"]], "abc"
            ),
            "200 OK",
            {},
            b"abc",
        ),
    ],
)
def test_text_becomes_bytes(text: str, status: str, headers: dict[str, str], body: bytes) -> None:
    data, number = render(text, keep=True, head_only=False, shared=True)
    first, found, content = parsed(data)
    assert (first, number, content) == (f"HTTP/1.1 {status}", int(status[:3]), body)
    length = {} if number in (204, 304) else {"Content-Length": str(len(body))}
    assert found == headers | length
    closing, _ = render(text, keep=False, head_only=False, shared=True)
    assert parsed(closing)[1] == found | {"Connection": "close"}
    head, _ = render(text, keep=True, head_only=True, shared=True)
    assert parsed(head) == (first, found, b"")


def test_a_head_answer_may_tell_another_length() -> None:
    text = rich(200, [["Content-Length", "42"]])
    assert parsed(render(text, keep=True, head_only=True, shared=True)[0])[1] == {"Content-Length": "42"}
    assert parsed(render(text, keep=True, head_only=False, shared=True)[0])[1] == {"Content-Length": "0"}


@pytest.mark.parametrize(
    "text",
    [
        rich(200, [["X", "a\r\nY: b"]]),
        rich(200, [["X", "a\n"]]),
        rich(200, [["X", "a\r"]]),
        rich(200, [["X", "\0"]]),
        rich(200, [["X", "ж"]]),
        rich(200, [["X\r\nY", "b"]]),
        rich(200, [["X: Y", "b"]]),
        rich(200, [["Content-Length: 5\t", "b"]]),
        rich(200, [["", "b"]]),
        rich(200, [["X Y", "b"]]),
        rich(200, [["X", "x" * LONGEST_HEADER]]),
        rich(200, [["X", "x"]] * (MOST_HEADERS + 1)),
        rich(100, []),
        rich(101, []),
        rich(600, []),
        rich("200", []),
        rich(200.5, []),
        rich(True, []),
        rich(None, []),
        rich(200, None),
        rich(200, {"X": "a"}),
        rich(200, [["X", 1]]),
        rich(200, [["X"]]),
        rich(200, ["abc"]),
        rich(200, [], "not base64", b=1),
        "r![]\n",
        "r!null\n",
        "r!{}\n",
        "r!{broken\n",
        "r!",
        "r",
        "",
        "x!body",
    ],
)
def test_what_no_router_makes_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        render(text, keep=True, head_only=False, shared=True)


def test_an_answer_of_the_runner_itself() -> None:
    first, headers, body = parsed(simple(503, "No.", "unavailable", request_id="r-1", retry_after=2))
    assert first == "HTTP/1.1 503 Service Unavailable"
    assert headers == {
        "Content-Type": JSON,
        "Content-Length": str(len(body)),
        "Retry-After": "2",
        "Connection": "close",
    }
    assert json.loads(body) == {"error": "No.", "code": "unavailable", "request_id": "r-1"}
    head = simple(503, "No.", "unavailable", request_id="r-1", retry_after=2, head_only=True)
    assert parsed(head) == (first, headers, b"")


def test_the_date_is_made_once_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, times = answers.Clock(), iter([100.2, 100.9, 101.0])
    monkeypatch.setattr(answers.time, "time", lambda: next(times))
    lines = [clock.line() for _ in range(3)]
    assert lines == [b"Date: Thu, 01 Jan 1970 00:01:4%d GMT\r\n" % second for second in (0, 0, 1)]
    assert lines[0] is lines[1]


WITHHELD = [
    ("Clear-Site-Data", '"*"'),
    ("Service-Worker-Allowed", "/"),
    ("set-cookie", "m3m_session=x"),
    ("Set-Cookie", " m3m_session=x; Path=/api/auth"),
    ("Set-Cookie", "\tM3M_other=x"),
    ("Set-Cookie", "=m3m_session=x"),
    ("Set-Cookie", " = m3m_session"),
]
PASSED = [("Set-Cookie", "session=m3m_"), ("Set-Cookie", "my_m3m_x=1"), ("Service-Worker", "x"), ("Vary", "Cookie")]


@pytest.mark.parametrize("shared", [True, False])
def test_what_is_said_about_all_of_a_host_is_said_only_to_a_host_of_its_own(shared: bool) -> None:
    for name, value in WITHHELD + PASSED:
        data, _ = render(rich(200, [[name, value]]), keep=True, head_only=False, shared=shared)
        assert (f"{name}: {value}".encode() in data) == (not shared or (name, value) in PASSED), (name, value)
