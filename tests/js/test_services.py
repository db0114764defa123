"""Services as a user writes them, run and called. Their types are checked in tests/contract/test_types.py."""

from __future__ import annotations

import hmac
import time
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import gevent
import pytest

from m3m_core.testing import JSRun, run_js

SERVICES = Path(__file__).with_name("services")


def service(name: str) -> AbstractContextManager[JSRun]:
    return run_js(code=(SERVICES / f"{name}.js").read_text())


def test_shortener() -> None:
    with service("shortener") as js:
        made = js.request("POST", "/links", json={"url": "https://example.com/a b"})
        assert (made.status, made.json["url"]) == (201, "https://example.com/a%20b")
        assert made.headers["location"] == f"/{made.json['code']}"
        followed = js.request("GET", f"/{made.json['code']}")
        assert (followed.status, followed.headers["location"]) == (302, "https://example.com/a%20b")
        assert js.request("GET", "/links").json == [{"code": made.json["code"], "url": made.json["url"], "hits": 1}]
        assert js.request("GET", "/nobody").json == {"error": "There is no such link."}
        assert [job["name"] for job in js.reports["jobs"]()] == ["sweep"]
        expired = js.request("POST", "/links", json={"url": "https://example.com", "days": -1}).json["code"]
        assert js.request("GET", f"/{expired}").status == 404


@pytest.mark.parametrize(
    ("body", "status", "error"),
    [
        (b'{"url": "nope"}', 422, "url must be an http or https address"),
        (b'{"url": "javascript:alert(1)"}', 422, "url must be an http or https address"),
        (b"{}", 422, "url must be an http or https address"),
        (b"not json", 400, "the body is not JSON"),
    ],
)
def test_shortener_refuses(body: bytes, status: int, error: str) -> None:
    with service("shortener") as js:
        answer = js.request("POST", "/links", body=body)
        assert answer.status == status
        assert error in answer.json["error"]


def test_cache() -> None:
    with service("cache") as js:
        callers = [gevent.spawn(js.request, "GET", "/weather/Berlin") for _ in range(20)]
        gevent.joinall(callers)
        assert [caller.value.json for caller in callers] == [{"city": "berlin", "degrees": 6}] * 20
        assert js.request("GET", "/loads").json == {"loads": 1, "kept": 1}
        missing = js.request("GET", "/weather/atlantis")
        assert (missing.status, missing.json) == (404, {"error": "There is no weather in Atlantis."})
        gevent.sleep(0.25)
        js.request("GET", "/weather/Berlin")
        assert js.request("GET", "/loads").json == {"loads": 3, "kept": 1}


def test_limiter() -> None:
    def call(client: str) -> int:
        return js.request("GET", "/api/whoami", headers={"X-Client": client}).status

    with service("limiter") as js:
        assert js.request("GET", "/api/whoami", headers={"X-Client": "ann"}).json == {"client": "ann"}
        assert [call("ann") for _ in range(4)] == [200, 200, 429, 429]
        assert call("bob") == 200
        assert js.request("GET", "/api/whoami", headers={"X-Client": "ann"}).headers["retry-after"] == "1"
        gevent.sleep(0.12)
        assert call("ann") == 200
        assert js.request("GET", "/api/whoami").status == 400
        assert js.request("GET", "/open").json == b"always"


def test_webhook() -> None:
    token = {"X-Token": "a shared secret"}
    with service("webhook") as js:
        assert js.request("POST", "/hooks/shop", json={"id": 1}).status == 401
        assert js.request("POST", "/hooks/shop", json={"id": 1}, headers={"X-Token": "a shared secreT"}).status == 401
        accepted = js.request("POST", "/hooks/shop", json={"id": 1}, headers=token)
        assert (accepted.status, accepted.json) == (202, {"accepted": 1})
        js.request("POST", "/hooks/shop", json={"id": 2, "poison": True}, headers=token)
        js.until(lambda: js.request("GET", "/events").json == {"done": [1], "failed": [2]})
        assert js.texts("warn") == [f"event 2, attempt {attempt}: cannot handle 2" for attempt in (1, 2, 3)]
        js.until(lambda: js.texts("error"))
        assert js.texts("error")[0].startswith("delayed.run: Error: event 2 was given up\n    at withRetries (main.js:")


def test_jobs() -> None:
    def beats() -> Any:
        return js.request("GET", "/beats").json

    with service("jobs") as js:
        shown = js.request("GET", "/jobs").json
        assert {job["plan"] for job in shown} >= {"every 100ms", "every day at 07:00", "every Friday at 17:30"}
        assert all(job["nextRun"] > "2026" for job in shown)
        js.until(lambda: beats()["beats"] >= 2)
        js.until(lambda: "fifty milliseconds later" in js.texts())
        assert js.request("POST", "/beats/pause").json == {"done": True}
        assert beats().get("next") is None
        assert js.request("POST", "/beats/resume").json == {"done": True}
        assert beats()["next"].endswith("Z")
        assert js.request("POST", "/beats/nonsense").status == 404
        js.engine.entry("shutdown")
        assert js.request("GET", "/jobs").json == []


@pytest.mark.parametrize(
    ("method", "path", "body", "expected"),
    [
        (
            "GET",
            "/text/%D0%9F%D1%80%D0%B8%D0%B2%D0%B5%D1%82%20%D0%BC%D0%B8%D1%80%2042",
            b"",
            {
                "slug": "privet-mir-42",
                "short": "Привет …",
                "camel": "приветМир42",
                "words": 3,
                "padded": "0013",
                "safe": "Привет мир 42",
                "greeting": "Hello Привет мир 42",
                "digits": ["42"],
            },
        ),
        ("GET", "/date", b"", b"2026-01-31 21:00 +00:00"),
        ("GET", "/date?day=15.07.2026", b"", b"2026-07-14 21:00 +00:00"),
        (
            "POST",
            "/orders",
            b'[{"id": 1, "status": "paid"}, {"id": 2, "status": "open"}, {"id": 3, "status": "paid"}]',
            {"paid": 2, "pages": 2, "empty": False},
        ),
        (
            "GET",
            "/search",
            b"",
            {
                "href": "https://example.com/find?q=tea&tag=green+%26+black#top",
                "tags": ["green & black"],
                "parsed": None,
            },
        ),
        ("POST", "/decode", "Привет".encode("cp1251"), {"text": "Привет", "base64": "Ynl0ZXM=", "utf8": 12}),
        ("GET", "/copy", b"", {"equal": True, "own": True, "size": 1}),
        ("GET", "/race", b"", {"first": "aborted"}),
    ],
)
def test_toolbox(method: str, path: str, body: bytes, expected: Any) -> None:
    with service("toolbox") as js:
        answer = js.request(
            method, path, body=body, headers={"Content-Type": "application/json"} if b"[" in body else None
        )
        found = answer.json
        if isinstance(found, dict):
            found.pop("same", None)
        assert found == expected
        assert js.texts() == ['test is ready {"at":"1970-01-01T00:00:00.000Z"}']


def test_accounts() -> None:
    ann = {"email": "ann@example.com", "password": "correct horse", "name": "Анна О'Нил", "phone": "+49 30 123456"}
    with service("accounts") as js:
        assert js.request("POST", "/people", json=ann).json == {"slug": "anna-onil"}
        assert js.request("POST", "/people", json=ann).status == 409
        errors = js.request("POST", "/people", json={"email": "x", "name": "1", "admin": True}).json["errors"]
        assert {(error["path"], error["code"]) for error in errors} == {
            ("/email", "format"), ("/name", "pattern"), ("/password", "required"), ("/admin", "additionalProperties"),
        }  # fmt: skip
        assert js.request("POST", "/tokens", json=ann | {"password": "wrong"}).status == 401
        token = js.request("POST", "/tokens", json=ann).json["token"]
        me = js.request("GET", "/me", headers={"Authorization": f"Bearer {token}"}).json
        assert me == {"name": "Анна О'Нил", "phone": "+49 30 123456", "avatar": "257c57037d384ae37ea27a07e8a01665"}
        changed = js.request("GET", "/me", headers={"Authorization": f"Bearer {token}x"})
        assert changed.json == {"error": "bad_signature"}
        assert js.request("GET", "/me").json == {"error": "bad_token"}
        assert js.request("GET", "/people.csv").json == "name,slug\r\nАнна О'Нил,anna-onil\r\n".encode()
        assert js.request("GET", "/greeting").json == b"Hi &lt;Ann&gt;"


def test_first_draft() -> None:
    with service("first_draft") as js:
        assert js.request("GET", "/seen").json == {"seen": ["boot", "start"]}
        hello = js.request("GET", "/hello/ann")
        assert (hello.status, hello.json, hello.headers["x-draft"]) == (201, {"hello": "ann"}, "1")
        assert js.request("POST", "/echo", json=[1]).json == [1]
        js.engine.entry("shutdown")
        assert js.texts("info") == ["bye", "bye again"]


def test_first_draft_in_several_files() -> None:
    files = {
        "prices.js": "$exports.total = (n) => n * 2",
        "shop.js": "const p = $require('prices'); $exports.sell = p.total",
    }
    code = "const { sell } = $require('shop'); $router.get('/', (ctx) => { ctx.response(200, { sold: sell(2) }) })"
    with run_js(["router", "service"], code, files=files) as js:
        assert js.request("GET", "/").json == {"sold": 4}


@pytest.mark.parametrize(
    ("method", "path", "status", "expected"),
    [
        (
            "GET",
            "/prices",
            200,
            {"prices": {"tea": 3, "coffee": 4}, "type": "application/json", "again": True},
        ),
        ("POST", "/orders", 502, {"error": "the shop does not answer: connect_failed"}),
        ("GET", "/report", 200, {"size": 0}),
        ("GET", "/shout", 200, b"QUIET WORDS"),
        ("POST", "/form", 200, {"note": "hello", "file": "list.csv a,b"}),
    ],
)
def test_gateway(method: str, path: str, status: int, expected: Any) -> None:
    with service("gateway") as js:
        answer = js.request(method, path, json={"item": 7} if method == "POST" else None)
        assert (answer.status, answer.json) == (status, expected)


def test_oauth() -> None:
    with service("oauth") as js:
        login = js.request("GET", "/login")
        cookie = login.headers["set-cookie"].partition(";")[0]
        state = cookie.removeprefix("state=")
        assert login.headers["location"] == f"https://id.example.com/authorize?client_id=shop&state={state}"
        forged = js.request("GET", "/callback?state=other&code=ann", headers={"Cookie": cookie})
        assert (forged.status, forged.json) == (400, {"error": "This login has expired."})
        assert js.request("GET", f"/callback?state={state}&code=ann").status == 400
        back = js.request("GET", f"/callback?state={state}&code=ann", headers={"Cookie": cookie})
        assert (back.status, back.headers["location"]) == (303, "me")
        session = back.headers["set-cookie"].partition(";")[0]
        assert js.request("GET", "/me", headers={"Cookie": session}).json == {"user": "ann"}
        assert js.request("GET", "/me", headers={"Cookie": f"{session}x"}).status == 401
        assert js.request("GET", "/me").json == {"error": "Sign in first."}


def paid(js: JSRun, body: bytes, secret: bytes = b"whsec", age: int = 0) -> Any:
    stamp = str(int(time.time()) - age)
    signature = hmac.new(secret, f"{stamp}.".encode() + body, "sha256").hexdigest()
    return js.request("POST", "/webhook", body=body, headers={"Stripe-Signature": f"t={stamp},v1={signature}"})


def test_payments() -> None:
    with service("payments") as js:
        body = '{"id": "ё-1", "amount": 5}'.encode()
        assert paid(js, body).json == {"received": "ё-1"}
        assert paid(js, body).status == 200
        wrong = paid(js, body, secret=b"other"), paid(js, body, age=1000), js.request("POST", "/webhook", body=body)
        assert [answer.status for answer in wrong] == [400, 400, 400]
        assert js.request("GET", "/payments.csv").json == "id,amount\r\nё-1,5\r\n".encode()
