from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from passlib.context import CryptContext

from m3m_builtins.auth import passwords, throttle
from m3m_builtins.auth.documents import LoginFailure, User
from m3m_builtins.auth.service import AuthService
from m3m_core import Turns
from m3m_core.testing import PASSWORD, Answer, Client

REAL, NOBODY = passwords.context(), passwords.NOBODY
ANN = "ann@example.com"


def login(guest: Client, email: str = ANN, password: str = PASSWORD, **options: Any) -> Answer:
    return guest.post("/api/auth/login", json={"email": email, "password": password}, **options)


@pytest.mark.parametrize("email", [ANN, " Ann@Example.COM ", "ANN@EXAMPLE.COM"])
def test_login_answers_with_tokens_and_the_user(guest: Client, ann: Client, email: str) -> None:
    status, body, headers = login(guest, email)
    assert status == 200
    assert set(body) == {"token", "refresh_token", "expires_in", "user"}
    assert body["expires_in"] == 900
    assert body["user"]["email"] == ANN
    assert body["user"]["permissions"] == {"create_projects": False, "manage_users": False, "project_access": []}
    assert headers["cache-control"] == "no-store"
    assert guest.with_headers(Authorization=f"Bearer {body['token']}").get("/api/users/me").status == 200


@pytest.mark.parametrize(
    ("body", "status", "fields"),
    [
        ({}, 422, {"email", "password"}),
        ({"email": ANN}, 422, {"password"}),
        ({"email": ANN, "password": 12345678}, 422, {"password"}),
        ({"email": None, "password": PASSWORD}, 422, {"email"}),
        ({"email": {"$ne": ""}, "password": {"$ne": ""}}, 422, {"email", "password"}),
        ({"email": ANN, "password": PASSWORD, "remember": True}, 422, {"remember"}),
        ({"email": ANN, "password": "x" * 257}, 422, {"password"}),
        ({"email": "x" * 1001, "password": PASSWORD}, 422, {"email"}),
    ],
)
def test_login_says_what_is_wrong_with_the_body(
    guest: Client, ann: Client, body: dict[str, Any], status: int, fields: set[str]
) -> None:
    answer = guest.post("/api/auth/login", json=body)
    assert (answer.status, answer.json["code"]) == (status, "validation_failed")
    assert set(answer.json["fields"]) == fields


def test_unknown_email_and_wrong_password_are_answered_alike(guest: Client, ann: Client) -> None:
    answers = [login(guest, "nobody@example.com"), login(guest, password="wrong password"), login(guest, "no email")]
    assert [answer.status for answer in answers] == [401, 401, 401]
    told = [{key: value for key, value in answer.json.items() if key != "request_id"} for answer in answers]
    assert told[0] == told[1] == told[2]
    assert told[0]["code"] == "wrong_credentials"


def test_unknown_email_costs_a_verification_like_any_other(
    guest: Client, ann: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str] = []

    class Counting:
        def verify(self, _password: str, password_hash: str) -> bool:
            compared.append(password_hash)
            return False

    monkeypatch.setattr(passwords, "context", lambda: Counting())
    login(guest, "nobody@example.com")
    login(guest)
    assert compared == [passwords.NOBODY, User.objects(email=ANN).first().password_hash]


def test_hash_of_nobody_has_the_cost_of_a_new_one() -> None:
    assert REAL.identify(NOBODY) == "argon2"
    assert not REAL.needs_update(NOBODY)


def test_password_of_nobody_opens_nothing(guest: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    cheap: CryptContext = passwords.context()
    monkeypatch.setattr(passwords, "NOBODY", cheap.hash(PASSWORD))
    assert login(guest, "nobody@example.com").status == 401


def test_blocked_user_learns_it_with_the_right_password_only(guest: Client, root: Client, ann: Client) -> None:
    root.post(f"/api/users/{ann.user.id}/block")
    answers = [login(guest), login(guest, password="wrong password")]
    assert [(answer.status, answer.json["code"]) for answer in answers] == [
        (403, "user_blocked"),
        (401, "wrong_credentials"),
    ]


def test_too_many_failures_for_an_email_refuse_the_right_password_too(guest: Client, ann: Client) -> None:
    for number in range(throttle.FAILURES):
        answer = login(guest, password="wrong password", remote_addr=f"198.51.100.{number}")
        assert answer.status == 401
    answer = login(guest, remote_addr="203.0.113.1")
    assert (answer.status, answer.json["code"]) == (429, "too_many_logins")
    assert 890 < int(answer.headers["retry-after"]) <= 900


@pytest.mark.parametrize(
    ("first", "then", "status"),
    [
        ("198.51.100.7", "198.51.100.7", 429),
        ("198.51.100.7", "198.51.100.8", 200),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", 429),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", 200),
        ("::ffff:198.51.100.7", "198.51.100.7", 429),
    ],
)
def test_too_many_failures_from_an_address_refuse_every_email(
    guest: Client, ann: Client, first: str, then: str, status: int
) -> None:
    for number in range(throttle.FAILURES):
        login(guest, f"guess{number}@example.com", remote_addr=first)
    assert login(guest, remote_addr=then).status == status


def test_failures_are_forgotten_after_the_window(guest: Client, ann: Client) -> None:
    for _ in range(throttle.FAILURES):
        login(guest, password="wrong password")
    oldest = LoginFailure.objects(key=f"email:{ANN}").order_by("at").first()
    LoginFailure.objects(key__startswith="email", at__lte=oldest.at).update(
        set__at=oldest.at - throttle.WINDOW - timedelta(seconds=1)
    )
    LoginFailure.objects(key__startswith="address").delete()
    assert login(guest).status == 200


def test_success_forgets_failures_of_the_email_but_not_of_the_address(guest: Client, ann: Client) -> None:
    for _ in range(throttle.FAILURES - 1):
        login(guest, password="wrong password", remote_addr="198.51.100.7")
    assert login(guest, remote_addr="198.51.100.7").status == 200
    assert login(guest, password="wrong password", remote_addr="198.51.100.7").status == 401
    assert login(guest, remote_addr="198.51.100.8").status == 200
    assert login(guest, remote_addr="198.51.100.7").status == 429


def test_attempts_at_the_same_moment_gain_nothing(
    guest: Client, ann: Client, auth: AuthService, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The right password among many: while it was compared, the others have failed."""
    compare = passwords.matches

    def slow(password: str, password_hash: str | None) -> bool:
        for _ in range(throttle.FAILURES):
            throttle.Throttle().failed(ANN, "198.51.100.7")
        return compare(password, password_hash)

    monkeypatch.setattr(passwords, "matches", slow)
    assert login(guest).status == 429


def test_wrong_logins_at_once_cost_no_more_hashes_than_are_allowed(
    guest: Client, ann: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str] = []

    class Counting:
        def verify(self, password: str, _hash: str) -> bool:
            compared.append(password)
            return False

    monkeypatch.setattr(passwords, "context", lambda: Counting())
    with ThreadPoolExecutor(24) as pool:
        answers = list(pool.map(lambda n: login(guest, f"guess{n}@example.com", f"guess {n}"), range(48)))
    assert len(compared) <= throttle.FAILURES + passwords.AT_ONCE - 1
    assert [answer.status for answer in answers].count(401) == len(compared)
    assert {answer.status for answer in answers} == {401, 429}


def test_too_many_who_wait_are_told_so(guest: Client, ann: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    turns = Turns(1, waiting=0)
    monkeypatch.setattr(passwords, "_turns", lambda: turns)
    own = {"old_password": PASSWORD, "new_password": "another long one"}
    with turns.turn():
        answers = [login(guest), ann.put("/api/users/me/password", json=own)]
    assert [(answer.status, answer.json["code"]) for answer in answers] == [(503, "busy")] * 2
    assert answers[0].headers["retry-after"] == "2"
    assert login(guest).status == 200


def test_many_right_logins_at_once_all_succeed(guest: Client, ann: Client) -> None:
    with ThreadPoolExecutor(16) as pool:
        assert {answer.status for answer in pool.map(lambda _: login(guest), range(32))} == {200}
