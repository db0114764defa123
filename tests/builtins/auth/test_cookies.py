"""The session of a browser: its refresh token in a cookie that scripts cannot read and other sites cannot use."""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime
from typing import Any

import pytest

from m3m_core.testing import PASSWORD, Answer, Client

EMAIL = "ann@example.com"


@pytest.fixture
def browser(guest: Client, ann: Client) -> Client:
    return guest.with_headers(X_M3M_Session="cookie")


def login(browser: Client, **options: Any) -> Answer:
    return browser.post("/api/auth/login", json={"email": EMAIL, "password": PASSWORD}, **options)


def cookie_of(answer: Answer) -> str:
    return answer.headers["set-cookie"].partition(";")[0]


def attributes(answer: Answer) -> set[str]:
    return {part.strip() for part in answer.headers["set-cookie"].split(";")[1:]}


def refresh(browser: Client, cookie: str) -> Answer:
    return browser.post("/api/auth/refresh", json={}, headers={"Cookie": cookie})


def test_the_refresh_token_goes_into_a_cookie_and_nowhere_else(browser: Client) -> None:
    answer = login(browser)
    assert answer.json["refresh_token"] is None
    assert cookie_of(answer).startswith("m3m_session=")
    assert attributes(answer) == {"HttpOnly", "SameSite=Strict", "Path=/api/auth", "Max-Age=604800"}


def test_over_https_the_cookie_never_goes_over_http(browser: Client) -> None:
    assert "Secure" in attributes(login(browser, protocol="https"))


def test_who_does_not_ask_for_a_cookie_gets_none(guest: Client, ann: Client) -> None:
    answer = login(guest)
    assert "set-cookie" not in answer.headers
    assert answer.json["refresh_token"]


def test_the_cookie_is_exchanged_at_each_refresh(browser: Client) -> None:
    first = login(browser)
    second = refresh(browser, cookie_of(first))
    assert (second.status, second.json["refresh_token"]) == (200, None)
    assert cookie_of(second) != cookie_of(first)
    assert attributes(second) == attributes(first)
    assert refresh(browser, cookie_of(second)).status == 200


def test_another_site_cannot_use_the_cookie(guest: Client, browser: Client) -> None:
    """A form or a simple request of another origin brings no header of ours."""
    cookie = cookie_of(login(browser))
    answer = guest.post("/api/auth/refresh", json={}, headers={"Cookie": cookie, "Origin": "https://evil.example"})
    assert (answer.status, set(answer.json["fields"])) == (422, {"refresh_token"})


def test_another_site_is_not_told_that_it_may_send_the_header(browser: Client) -> None:
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    answer = browser.request("OPTIONS", "/api/auth/refresh", headers=asked)
    assert "access-control-allow-headers" not in answer.headers


def test_without_a_cookie_nobody_is_signed_in(browser: Client) -> None:
    answer = browser.post("/api/auth/refresh", json={})
    assert (answer.status, answer.json["code"]) == (401, "no_session")


def test_logout_takes_the_cookie_away(browser: Client) -> None:
    signed_in = login(browser)
    user = browser.with_headers(X_M3M_Session="cookie", Authorization=f"Bearer {signed_in.json['token']}")
    answer = user.post("/api/auth/logout", json={})
    assert (answer.status, cookie_of(answer)) == (204, 'm3m_session=""')
    (expires,) = [part.partition("=")[2] for part in attributes(answer) if part.startswith("expires=")]
    assert parsedate_to_datetime(expires).timestamp() <= time.time()
    assert refresh(browser, cookie_of(signed_in)).json["code"] == "session_ended"


def test_logout_everywhere_ends_all_sessions_of_the_user_and_no_others(browser: Client, root: Client) -> None:
    here, elsewhere = login(browser), login(browser)
    user = browser.with_headers(Authorization=f"Bearer {here.json['token']}")
    assert user.post("/api/auth/logout", json={"everywhere": True}).status == 204
    assert refresh(browser, cookie_of(elsewhere)).status == 401
    assert refresh(browser, cookie_of(here)).status == 401
    assert root.get("/api/users/me").status == 200
