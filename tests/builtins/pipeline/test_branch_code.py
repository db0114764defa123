"""Saving the code of a branch."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from m3m_builtins.pipeline import code
from m3m_core.testing import Answer, Client

DEVELOP = "/api/projects/shop/pipeline/branches/develop"


def outcome(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.json["code"]


def test_save_changes_the_given_keys_and_counts_revisions(owner: Client) -> None:
    files = [{"name": "b.js", "code": "b"}, {"name": "lib/a.js", "code": "a"}]
    first = owner.put(DEVELOP, json={"code": "one"}).json
    assert (first["code"], first["files"], first["revision"]) == ("one", [], 2)
    second = owner.put(DEVELOP, json={"files": files, "revision": 2}).json
    assert (second["code"], second["files"], second["revision"]) == ("one", files, 3)
    third = owner.put(DEVELOP, json={"code": "", "files": []}).json
    assert (third["code"], third["files"], third["revision"]) == ("", [], 4)
    assert third["updated_at"] > third["created_at"]
    assert owner.get(DEVELOP).json == third


def test_a_stale_revision_is_409_and_changes_nothing(owner: Client) -> None:
    owner.put(DEVELOP, json={"code": "theirs"})
    for revision in (1, 3, 2**53):
        answer = owner.put(DEVELOP, json={"code": "mine", "revision": revision})
        assert outcome(answer) == (409, "stale_revision")
    assert "revision 2" in answer.json["error"]
    assert owner.get(DEVELOP).json["code"] == "theirs"


def test_of_savers_with_the_same_revision_one_wins(owner: Client) -> None:
    def save(number: int) -> Answer:
        return owner.put(DEVELOP, json={"code": f"saver {number}", "revision": 1})

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(save, range(16)))
    won = [answer.json for answer in answers if answer.status == 200]
    assert sorted(answer.status for answer in answers) == [200] + [409] * 15
    assert owner.get(DEVELOP).json == won[0]


def test_savers_without_a_revision_are_all_accepted_and_counted(owner: Client) -> None:
    def save(number: int) -> int:
        body = {"code": f"{number}"} if number % 2 else {"files": [{"name": "a.js", "code": f"{number}"}]}
        return owner.put(DEVELOP, json=body).status

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(save, range(16))) == {200}
    branch = owner.get(DEVELOP).json
    assert branch["revision"] == 17
    assert int(branch["code"]) % 2 == 1
    assert int(branch["files"][0]["code"]) % 2 == 0


NAME = "files.0.name"


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"code": 1}, {"code"}),
        ({"code": None}, {"code"}),
        ({"revision": 0}, {"revision"}),
        ({"revision": "1"}, {"revision"}),
        ({"revision": 2**80}, {"revision"}),
        ({"name": "other"}, {"name"}),
        ({"files": {}}, {"files"}),
        ({"files": [{"name": "a.js"}]}, {"files.0.code"}),
        ({"files": [{"name": "a.js", "code": "", "mode": 1}]}, {"files.0.mode"}),
        ({"files": [{"name": "", "code": ""}]}, {NAME}),
        ({"files": [{"name": "main", "code": ""}]}, {NAME}),
        ({"files": [{"name": "main.js", "code": ""}]}, {NAME}),
        ({"files": [{"name": "../a.js", "code": ""}]}, {NAME}),
        ({"files": [{"name": "/a.js", "code": ""}]}, {NAME}),
        ({"files": [{"name": "a//b.js", "code": ""}]}, {NAME}),
        ({"files": [{"name": "a/", "code": ""}]}, {NAME}),
        ({"files": [{"name": ".a", "code": ""}]}, {NAME}),
        ({"files": [{"name": "a\\b", "code": ""}]}, {NAME}),
        ({"files": [{"name": "a\nb", "code": ""}]}, {NAME}),
        ({"files": [{"name": "é.js", "code": ""}]}, {NAME}),
        ({"files": [{"name": "x" * 101, "code": ""}]}, {NAME}),
        ({"files": [{"name": "a.js", "code": ""}, {"name": "a.js", "code": ""}]}, {"files.1.name"}),
        ({"files": [{"name": f"{number}.js", "code": ""} for number in range(101)]}, {"files"}),
    ],
)
def test_save_says_what_is_wrong(owner: Client, body: dict[str, Any], fields: set[str]) -> None:
    answer = owner.put(DEVELOP, json=body)
    assert (answer.status, set(answer.json["fields"])) == (422, fields)
    assert owner.get(DEVELOP).json["revision"] == 1


@pytest.mark.parametrize("name", ["a", "a.js", "A_b-c.test.js", "lib/deep/er.js", "x" * 100, "0.js", "-.js"])
def test_file_names_that_are_accepted(owner: Client, name: str) -> None:
    assert owner.put(DEVELOP, json={"files": [{"name": name, "code": "1"}]}).status == 200


@pytest.mark.parametrize(
    ("main", "more", "status"),
    [
        ("x" * code.LARGEST, "", 200),
        ("x" * (code.LARGEST + 1), "", 413),
        ("x" * (code.LARGEST - 1), "xx", 413),
        ("é" * (code.LARGEST // 2), "", 200),
        ("é" * (code.LARGEST // 2), "x", 413),
    ],
)
def test_all_code_together_has_a_limit(owner: Client, main: str, more: str, status: int) -> None:
    answer = owner.put(DEVELOP, json={"code": main, "files": [{"name": "a.js", "code": more}]})
    assert answer.status == status


@pytest.mark.parametrize("text", ["\u2028\r\n\t", "'use strict'; const a = `${1}`", "😀 привет", "$where", "\x7f"])
def test_code_comes_back_as_it_was_saved(owner: Client, text: str) -> None:
    owner.put(DEVELOP, json={"code": text})
    assert owner.get(DEVELOP).json["code"] == text
