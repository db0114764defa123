"""Services as a user writes them (tests/js/services), more of them, each once in a real runner."""

from __future__ import annotations

import hmac
import json
import time
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image

from .client import Project, until


@pytest.fixture
def run(project: Project, code: dict[str, str], request: pytest.FixtureRequest) -> Project:
    """One of the services."""
    project.run(code[request.param])
    return project


def service(name: str) -> Any:
    return pytest.mark.parametrize("run", [name], indirect=True)


@service("accounts")
def test_accounts(run: Project) -> None:
    ann = {"email": "ann@example.com", "password": "correct horse", "name": "Анна О'Нил", "phone": "+49 30 123456"}
    assert run.post("/people", ann).json == {"slug": "anna-onil"}
    assert [run.post("/people", body).status for body in (ann, {"email": "x"})] == [409, 422]
    assert run.post("/tokens", ann | {"password": "wrong"}).status == 401
    token = run.post("/tokens", ann).json["token"]
    me = run.get("/me", {"Authorization": f"Bearer {token}"}).json
    assert (me["name"], me["phone"]) == (ann["name"], ann["phone"])
    assert run.get("/me", {"Authorization": f"Bearer {token}x"}).json == {"error": "bad_signature"}
    assert run.get("/people.csv").text == "name,slug\r\nАнна О'Нил,anna-onil\r\n"
    assert run.get("/greeting").text == "Hi &lt;Ann&gt;"


@service("gallery")
def test_gallery(run: Project) -> None:
    photo = BytesIO()
    Image.new("RGB", (400, 300), (200, 30, 30)).save(photo, "JPEG")
    made = run.post("/photos/a", photo.getvalue(), {"Content-Type": "application/octet-stream"})
    assert made.json == {"width": 400, "height": 300, "format": "jpeg", "small": "small/a.webp", "side": 64}
    assert [file["path"] for file in run.ask("GET", "/storage?path=small")["items"]] == ["small/a.webp"]
    assert Image.open(BytesIO(run.get("/photos/a").body)).size == (64, 64)
    assert Image.open(BytesIO(run.get("/chart?values=3,5,9").body)).size == (320, 120)
    assert "<svg" in run.get("/chart?format=svg").text


@service("gateway")
def test_gateway(run: Project) -> None:
    assert run.get("/prices").json == {"prices": {"tea": 3, "coffee": 4}, "type": "application/json", "again": True}
    refused = run.post("/orders", {"item": 7})
    assert (refused.status, refused.json) == (502, {"error": "the shop does not answer: connect_failed"})
    assert run.get("/report").json == {"size": 0}
    assert run.get("/shout").text == "QUIET WORDS"
    assert run.post("/form", {}).json == {"note": "hello", "file": "list.csv a,b"}


@service("webhook")
def test_webhook(run: Project) -> None:
    token = {"X-Token": "a shared secret"}
    assert run.post("/hooks/shop", {"id": 1}).status == 401
    assert run.post("/hooks/shop", {"id": 1}, token).json == {"accepted": 1}
    assert run.post("/hooks/shop", {"id": 2, "poison": True}, token).status == 202
    until(lambda: run.get("/events").json == {"done": [1], "failed": [2]})
    assert "delayed.run: Error: event 2 was given up" in run.until_logged("delayed.run")
    assert run.messages(level="warn") == [f"event 2, attempt {attempt}: cannot handle 2" for attempt in (1, 2, 3)]


@service("first_draft")
def test_first_draft(run: Project) -> None:
    assert run.get("/seen").json == {"seen": ["boot", "start"]}
    hello = run.get("/hello/ann")
    assert (hello.status, hello.json, hello.header("x-draft")) == (201, {"hello": "ann"}, "1")
    assert run.post("/echo", [1]).json == [1]
    run.stop()
    assert [message for message in run.messages() if message.startswith("bye")] == ["bye", "bye again"]


@service("oauth")
def test_oauth(run: Project) -> None:
    asked = run.get("/login")
    place = urlsplit(asked.header("location"))
    (state,) = parse_qs(place.query)["state"]
    assert (asked.status, place.hostname) == (302, "id.example.com")
    cookie = asked.header("set-cookie").partition(";")[0]
    assert cookie == f"state={state}"
    assert run.get("/callback?code=ann&state=forged", {"Cookie": cookie}).status == 400
    back = run.get(f"/callback?code=ann&state={state}", {"Cookie": cookie})
    assert (back.status, back.header("location")) == (303, "me")
    session = next(text.partition(";")[0] for text in back.all("set-cookie") if text.startswith("session="))
    assert run.get("/me", {"Cookie": session}).json == {"user": "ann"}
    assert [run.get("/me", headers).status for headers in ({}, {"Cookie": f"{session}x"})] == [401, 401]


@service("payments")
def test_payments(run: Project) -> None:
    body, moment = json.dumps({"id": "ё-1", "amount": 5}).encode(), int(time.time())
    made = {at: hmac.digest(b"whsec", f"{at}.".encode() + body, "sha256").hex() for at in (moment, moment - 600)}
    for header in ("", f"t={moment},v1={'0' * 64}", f"t={moment - 600},v1={made[moment - 600]}"):
        assert run.post("/webhook", body, {"Stripe-Signature": header}).status == 400
    for _ in range(2):
        sent = run.post("/webhook", body, {"Stripe-Signature": f"t={moment},v1={made[moment]}"})
        assert (sent.status, sent.json) == (200, {"received": "ё-1"})
    assert run.get("/payments.csv").text == "id,amount\r\nё-1,5\r\n"
