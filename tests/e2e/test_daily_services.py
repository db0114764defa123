"""Services with data and mail that people run every day (tests/js/services), on a real server."""

from __future__ import annotations

import hmac
import json
import time

from .client import Project, Reply, until
from .prepared import environment, field, goal, model
from .upstream import Asked, Given, PostOffice, Upstream


def test_a_chat_bot(project: Project, world: Upstream, code: dict[str, str]) -> None:
    def says(text: str, chat: str = "7", secret: bytes = b"hush") -> Reply:
        body = json.dumps({"chat": chat, "text": text}).encode()
        signature = f"sha256={hmac.new(secret, body, 'sha256').hexdigest()}"
        return project.post("/hook", body, {"Content-Type": "application/json", "X-Signature": signature})

    def reply(text: str, chat: str = "7") -> str:
        before = len(world.asked)
        assert says(text, chat).status == 204
        until(lambda: len(world.asked) > before)
        sent = json.loads(world.asked[-1].body)
        assert (sent["chat"], world.asked[-1].headers["authorization"]) == (chat, "Bearer token")
        return str(sent["text"])

    world.answers["/bot/sendMessage"] = lambda asked: Given(body=b"{}")
    environment(project, CHAT_SECRET="hush", CHAT_API=f"{world.url}/bot", CHAT_TOKEN="token")
    model(
        project,
        "chats",
        field("key", required=True, unique=True),
        field("state", default_value="idle"),
        field("tasks", "document", default_value=[]),
    )
    project.run(code["chatbot"])
    assert reply("/start").startswith("Hello! You have 0 tasks.")
    assert reply("/add") == "What is to be done?"
    assert reply("купить молоко") == "Added: купить молоко"
    assert reply("/list", chat="8") == "Nothing to do."
    project.restart()
    assert reply("/list") == "1. купить молоко"
    assert reply("/done 2") == "Which one? /list shows the numbers."
    assert reply("/done 1") == "Done: купить молоко"
    assert reply("/constructor") == "I know /add, /list and /done."
    assert says("/list", secret=b"wrong").status == 401
    assert says("x" * 4001).status == 422
    statuses = [says("/list").status for _ in range(3)]
    assert statuses == [204, 429, 429]
    assert says("/list").header("retry-after") == "10"
    assert project.messages(level="error") == []


def rss(*numbers: int) -> bytes:
    items = "".join(
        f"<item><title><![CDATA[News <{n}>]]></title><link>https://example.com/{n}?a=1&amp;b=2</link>"
        f"<guid>id-{n}</guid><pubDate>Mon, 0{n} Jun 2026 10:00:00 +0200</pubDate></item>"
        for n in numbers
    )
    return f"<?xml version='1.0'?><rss><channel><title>Feed</title>{items}</channel></rss>".encode()


def test_feeds(project: Project, world: Upstream, office: PostOffice, code: dict[str, str]) -> None:
    news = [1, 2]

    def feed(asked: Asked) -> Given:
        tag = f'"{len(news)}"'
        return Given(304) if asked.headers.get("if-none-match") == tag else Given(200, rss(*news), {"ETag": tag})

    world.answers |= {"/feed": feed, "/broken": lambda asked: Given(500)}
    environment(
        project, DIGEST_TO="ann@example.com", SMTP_HOST="127.0.0.1", SMTP_PORT=office.port, SMTP_FROM="m3m@b.co"
    )
    model(
        project,
        "feeds",
        field("name"),
        field("url", "url"),
        field("etag", nullable=True),
        field("modified", nullable=True),
    )
    model(
        project,
        "entries",
        field("guid", unique=True),
        field("title"),
        field("link", "url"),
        field("published", "datetime"),
        field("mailed", "bool"),
        field("feed", "ref", options={"model": "feeds"}),
    )
    for path in ("/feed", "/broken"):
        project.ask("POST", "/models/feeds/data", {"name": f"News of {path}", "url": world.url + path})
    project.run(code["feeds"])
    assert [job["name"] for job in project.status()["jobs"]] == ["poll", "digest"]
    assert [project.post("/poll").json for _ in range(2)] == [{"added": 2}, {"added": 0}]
    assert project.until_logged("feed failed: ") == f"feed failed: {world.url}/broken answered 500"
    news.append(3)
    assert project.post("/poll").json == {"added": 1}
    first = project.get("/entries").json["items"][0]
    assert (first["title"], first["link"]) == ("News <3>", "https://example.com/3?a=1&b=2")
    assert [project.post("/digest").json for _ in range(2)] == [{"mailed": 3}, {"mailed": 0}]
    (mail,) = office.mails
    assert mail["subject"] == "3 new entries"
    body = mail.get_body(("html",))
    assert body is not None
    assert "News &lt;3&gt;</a> (News of /feed)" in body.get_content()


def test_invoices(project: Project, office: PostOffice, code: dict[str, str]) -> None:
    environment(project, SMTP_HOST="127.0.0.1", SMTP_PORT=office.port, SMTP_FROM="shop@example.com")
    goal(project, "invoices", "counter")
    model(
        project,
        "invoices",
        field("number", unique=True),
        field("customer"),
        field("email", "email"),
        field("items", "document"),
        field("total", "number"),
        field("path", "file"),
        field("mailed", "datetime", nullable=True),
    )
    project.run(code["invoices"])
    order = {
        "customer": "Анна <Ltd>",
        "email": "ann@example.com",
        "items": [{"text": "Tea", "cents": 350, "count": 3}, {"text": "Cup", "cents": 995}],
    }
    made = [project.post("/invoices", order) for _ in range(2)]
    year = time.gmtime().tm_year
    assert [answer.json for answer in made] == [{"number": f"{year}-000{n}", "total": 2045} for n in (1, 2)]
    wrong = project.post("/invoices", order | {"email": "x", "items": []})
    assert (wrong.status, {error["path"] for error in wrong.json["errors"]}) == (422, {"/email", "/items"})
    until(lambda: len(office.mails) == 2)
    mail = office.mails[0]
    assert (mail["subject"], mail["to"]) == (f"Invoice {year}-0001", '"Анна <Ltd>" <ann@example.com>')
    body = mail.get_body(("html",))
    assert body is not None
    assert "Dear Анна &lt;Ltd&gt;," in body.get_content()
    assert "20,45 €" in body.get_content()
    pdf = next(part for part in mail.walk() if part.get_content_type() == "application/pdf")
    assert (pdf.get_filename(), pdf.get_content()[:5]) == (f"{year}-0001.pdf", b"%PDF-")
    download = project.get(f"/{made[0].header('location')}?pdf")
    assert download.body == pdf.get_content()
    assert f"{year}-0001.pdf" in download.header("content-disposition")
    until(lambda: project.get(f"/invoices/{year}-0002").json["mailed"])
    assert project.get("/invoices/x").status == 404
