from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from m3m_builtins.auth.documents import LoginFailure
from m3m_core.testing import PASSWORD, Client


def test_me(ann: Client) -> None:
    assert ann.get("/api/users/me").json["email"] == "ann@example.com"
    assert ann.put("/api/users/me", json={"name": "Ann"}).json["name"] == "Ann"
    assert ann.get("/api/users/me").json["name"] == "Ann"
    for key in ("email", "permissions", "password", "is_blocked"):
        assert set(ann.put("/api/users/me", json={key: "x"}).json["fields"]) == {key}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "old_password"),
        ({"old_password": "not it", "new_password": PASSWORD}, "old_password"),
        ({"old_password": PASSWORD, "new_password": "short"}, "new_password"),
        ({"old_password": PASSWORD, "new_password": "x" * 257}, "new_password"),
    ],
)
def test_password_change_says_what_is_wrong(ann: Client, body: dict[str, str], field: str) -> None:
    answer = ann.put("/api/users/me/password", json=body)
    assert answer.status == 422
    assert field in answer.json["fields"]
    assert ann.get("/api/users/me").status == 200


def test_the_old_password_cannot_be_guessed_without_end(ann: Client) -> None:
    wrong, right = ({"old_password": old, "new_password": "a new long one"} for old in ("not it", PASSWORD))
    for _ in range(10):
        assert ann.put("/api/users/me/password", json=wrong).status == 422
    answer = ann.put("/api/users/me/password", json=right)
    assert (answer.status, "retry-after" in answer.headers) == (429, True)
    LoginFailure.objects.delete()
    assert ann.put("/api/users/me/password", json=right).status == 200


def test_of_two_password_changes_at_once_one_wins(ann: Client) -> None:
    def change(number: int) -> int:
        body = {"old_password": PASSWORD, "new_password": f"a new long one {number}"}
        return ann.put("/api/users/me/password", json=body).status

    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(change, range(4)))
    # the others come too late in one of three ways: at the write, at the old password, or with the session's token
    assert statuses.count(200) == 1
    assert set(statuses) <= {200, 409, 422, 401}
    assert ann.get("/api/users/me").status == 200
