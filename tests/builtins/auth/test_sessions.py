from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from m3m_builtins.auth import sessions
from m3m_builtins.auth.documents import Session, User
from m3m_builtins.auth.service import AuthService
from m3m_core import now
from m3m_core.kernel import Kernel
from m3m_core.testing import PASSWORD, Answer, Client, as_user, client, kernel


def sign_in(guest: Client, email: str = "ann@example.com") -> dict[str, Any]:
    body: dict[str, Any] = guest.post("/api/auth/login", json={"email": email, "password": PASSWORD}).json
    return body


def refresh(guest: Client, token: str) -> Answer:
    return guest.post("/api/auth/refresh", json={"refresh_token": token})


def bearer(guest: Client, token: str) -> Client:
    return guest.with_headers(Authorization=f"Bearer {token}")


def me(guest: Client, token: str) -> tuple[int, str]:
    answer = bearer(guest, token).get("/api/users/me")
    return answer.status, answer.json.get("code", "")


def outlive_grace() -> None:
    Session.objects.update(set__rotated_at=now() - sessions.GRACE - timedelta(seconds=1))


def test_refresh_answers_like_login_with_new_tokens(guest: Client, ann: Client) -> None:
    first = sign_in(guest)
    status, second, _ = refresh(guest, first["refresh_token"])
    assert status == 200
    assert set(second) == set(first)
    assert second["user"] == first["user"]
    assert second["refresh_token"] != first["refresh_token"]
    assert second["token"] != first["token"]
    assert me(guest, second["token"])[0] == 200
    assert refresh(guest, second["refresh_token"]).status == 200


def test_no_refresh_token_is_stored(guest: Client, ann: Client) -> None:
    first = sign_in(guest)
    second = refresh(guest, first["refresh_token"]).json
    stored = str(list(Session._get_collection().find()))
    for token in (first, second):
        assert token["refresh_token"].partition(".")[2] not in stored


def test_an_old_refresh_token_ends_the_session(guest: Client, ann: Client) -> None:
    first = sign_in(guest)
    second = refresh(guest, first["refresh_token"]).json
    outlive_grace()
    answer = refresh(guest, first["refresh_token"])
    assert (answer.status, answer.json["code"]) == (401, "session_ended")
    assert refresh(guest, second["refresh_token"]).status == 401
    assert me(guest, second["token"]) == (401, "session_ended")


def test_a_refresh_token_older_than_the_one_before_has_no_grace(guest: Client, ann: Client) -> None:
    first = sign_in(guest)
    second = refresh(guest, first["refresh_token"]).json
    third = refresh(guest, second["refresh_token"]).json
    assert refresh(guest, first["refresh_token"]).status == 401
    assert me(guest, third["token"])[0] == 401


def test_two_tabs_that_refresh_at_once_both_stay_signed_in(guest: Client, ann: Client) -> None:
    first = sign_in(guest)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: refresh(guest, first["refresh_token"]), range(16)))
    assert {answer.status for answer in answers} == {200}
    assert len({answer.json["refresh_token"] for answer in answers}) == 1
    outlive_grace()
    assert all(me(guest, answer.json["token"])[0] == 200 for answer in answers)
    assert refresh(guest, answers[0].json["refresh_token"]).status == 200


@pytest.mark.parametrize("token", ["", ".", "x", "x.y", "\u00e9.\u00e9", "0" * 1000])
def test_what_is_no_refresh_token_is_refused(guest: Client, ann: Client, token: str) -> None:
    kept = sign_in(guest)
    answer = refresh(guest, token)
    assert (answer.status, answer.json["code"]) == (401, "session_ended")
    assert me(guest, kept["token"])[0] == 200


@pytest.mark.parametrize(
    ("body", "field"),
    [({}, "refresh_token"), ({"refresh_token": 1}, "refresh_token"), ({"refresh_token": "0" * 1001}, "refresh_token")],
)
def test_refresh_says_what_is_wrong_with_the_body(guest: Client, body: dict[str, Any], field: str) -> None:
    answer = guest.post("/api/auth/refresh", json=body)
    assert answer.status == 422
    assert set(answer.json["fields"]) == {field}


def test_sessions_expire(guest: Client, ann: Client) -> None:
    tokens = sign_in(guest)
    Session.objects.update(set__expires_at=now())
    assert me(guest, tokens["token"]) == (401, "session_ended")
    assert refresh(guest, tokens["refresh_token"]).status == 401


def test_refreshing_prolongs_a_session(guest: Client, ann: Client) -> None:
    tokens = sign_in(guest)
    Session.objects.update(set__expires_at=now() + timedelta(minutes=1))
    refresh(guest, tokens["refresh_token"])
    assert Session.objects(expires_at__lt=now() + timedelta(hours=167)).count() == 1  # the client `ann` has the other
    assert Session.objects(expires_at__gt=now() + timedelta(hours=167)).count() == 1


def test_expired_sessions_are_removed_by_the_database(running: Kernel) -> None:
    indexes = Session._get_collection().index_information()
    assert indexes["expires_at_1"]["expireAfterSeconds"] == 0


def test_logout_ends_this_session_only(guest: Client, ann: Client) -> None:
    one, other = sign_in(guest), sign_in(guest)
    assert bearer(guest, one["token"]).post("/api/auth/logout")[:2] == (204, None)
    assert me(guest, one["token"]) == (401, "session_ended")
    assert refresh(guest, one["refresh_token"]).status == 401
    assert me(guest, other["token"])[0] == 200


def test_public_operations_ignore_a_dead_token(guest: Client, ann: Client) -> None:
    answer = bearer(guest, "dead").post("/api/auth/login", json={"email": "ann@example.com", "password": PASSWORD})
    assert answer.status == 200


def test_a_blocked_user_is_refused_at_once_and_tokens_stay_dead(guest: Client, root: Client, ann: Client) -> None:
    tokens = sign_in(guest)
    root.post(f"/api/users/{ann.user.id}/block")
    assert me(guest, tokens["token"])[0] == 401
    assert refresh(guest, tokens["refresh_token"]).status == 401
    root.post(f"/api/users/{ann.user.id}/unblock")
    assert me(guest, tokens["token"])[0] == 401
    assert me(guest, sign_in(guest)["token"])[0] == 200


def test_a_login_that_ends_after_the_block_opens_nothing(
    guest: Client, root: Client, ann: Client, auth: AuthService
) -> None:
    """The user as read before the block."""
    before = User.objects(id=ann.user.id).first()
    root.post(f"/api/users/{ann.user.id}/block")
    assert me(guest, auth.sessions.open(before).token)[0] == 401


def test_a_block_counts_even_where_the_session_is_still_there(guest: Client, ann: Client) -> None:
    tokens = sign_in(guest)
    User.objects(id=ann.user.id).update(set__is_blocked=True)
    assert me(guest, tokens["token"]) == (401, "user_blocked")
    assert refresh(guest, tokens["refresh_token"]).status == 401


def test_a_deleted_user_is_refused_at_once(guest: Client, root: Client, ann: Client) -> None:
    tokens = sign_in(guest)
    assert root.delete(f"/api/users/{ann.user.id}").status == 204
    assert me(guest, tokens["token"]) == (401, "session_ended")
    assert refresh(guest, tokens["refresh_token"]).status == 401


def test_a_changed_password_ends_all_other_sessions(guest: Client, ann: Client) -> None:
    here, there = sign_in(guest), sign_in(guest)
    answer = bearer(guest, here["token"]).put(
        "/api/users/me/password", json={"old_password": PASSWORD, "new_password": "another long one"}
    )
    assert (answer.status, answer.json["email"]) == (200, "ann@example.com")
    assert me(guest, here["token"])[0] == 200
    assert refresh(guest, here["refresh_token"]).status == 200
    assert me(guest, there["token"])[0] == 401
    assert refresh(guest, there["refresh_token"]).status == 401
    assert guest.post("/api/auth/login", json={"email": "ann@example.com", "password": PASSWORD}).status == 401


def test_fronts_share_the_secret_and_the_sessions() -> None:
    with kernel(["auth"]) as one:
        ann = as_user(one, "ann@example.com")
        settings = one.settings
        other = Kernel(settings, "front")
        other.start()
        try:
            assert (
                bearer(client(other), ann.headers["Authorization"].partition(" ")[2]).get("/api/users/me").status == 200
            )
        finally:
            other.stop()
