from __future__ import annotations

from datetime import timedelta
from typing import Any

import jwt
import pytest

from m3m_builtins.auth import sessions
from m3m_builtins.auth.service import AuthService
from m3m_core import new_id, now
from m3m_core.testing import Client


def me(guest: Client, token: str) -> tuple[int, str]:
    answer = guest.with_headers(Authorization=f"Bearer {token}").get("/api/users/me")
    return answer.status, answer.json.get("code", "")


def forged(auth: AuthService, ann: Client, **changes: Any) -> str:
    """A token signed with the server's own key; a claim changed to None is left out."""
    claims = jwt.decode(auth.tokens_for(ann.user).token, options={"verify_signature": False}) | changes
    key = auth.sessions._key
    return jwt.encode({name: value for name, value in claims.items() if value is not None}, key, sessions.ALGORITHM)


def test_an_expired_access_token_is_told_apart(guest: Client, ann: Client, auth: AuthService) -> None:
    token = forged(auth, ann, exp=now() - timedelta(seconds=1))
    assert me(guest, token) == (401, "token_expired")


def test_an_access_token_that_was_used_expires(
    guest: Client, ann: Client, auth: AuthService, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = auth.tokens_for(ann.user).token
    assert me(guest, token) == (200, "")
    expiry = now() + timedelta(seconds=auth.tokens_for(ann.user).expires_in)
    monkeypatch.setattr(sessions, "now", lambda: expiry)
    assert me(guest, token) == (401, "token_expired")


@pytest.mark.parametrize("missing", ["exp", "iat", "sub", "sid"])
def test_an_access_token_needs_all_claims(guest: Client, ann: Client, auth: AuthService, missing: str) -> None:
    assert me(guest, forged(auth, ann, **{missing: None})) == (401, "token_invalid")


@pytest.mark.parametrize("claim", ["sub", "sid"])
def test_an_access_token_belongs_to_one_user_and_session(
    guest: Client, ann: Client, auth: AuthService, claim: str
) -> None:
    assert me(guest, forged(auth, ann, **{claim: new_id()})) == (401, "session_ended")


@pytest.mark.parametrize(
    "header",
    [
        "Bearer",
        "Bearer ",
        "Bearer x",
        "Bearer a.b.c",
        "Bearer \u00e9",
        "Bearer eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzdWIiOiJ4In0.",
        "bearer x",
    ],
)
def test_what_is_no_access_token_is_refused(guest: Client, header: str) -> None:
    answer = guest.with_headers(Authorization=header).get("/api/users/me")
    assert (answer.status, answer.json["code"]) == (401, "token_invalid")
    assert answer.headers["www-authenticate"] == "Bearer"


def test_a_token_of_another_key_or_algorithm_is_refused(guest: Client, ann: Client, auth: AuthService) -> None:
    claims = jwt.decode(auth.tokens_for(ann.user).token, options={"verify_signature": False})
    for token in (
        jwt.encode(claims, "another key, thirty-two bytes long", "HS256"),
        jwt.encode(claims, None, "none"),
        jwt.encode(claims, auth.sessions._key * 2, "HS512"),
    ):
        assert me(guest, token) == (401, "token_invalid")


def test_another_scheme_is_a_guest(guest: Client) -> None:
    answer = guest.with_headers(Authorization="Basic YTpi").get("/api/users/me")
    assert (answer.status, answer.json["code"]) == (401, "unauthorized")
