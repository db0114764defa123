"""Variables of a project: what they may be called and hold, and who may read and change them."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from m3m_builtins.environment.documents import Variable
from m3m_builtins.environment.service import EnvironmentService
from m3m_builtins.projects.documents import Deleted
from m3m_core.kernel import Kernel
from m3m_core.testing import Client

ENV = "/api/projects/shop/env"


def add(owner: Client, key: str = "KEY", kind: str = "string", value: Any = "v") -> Any:
    return owner.post(ENV, json={"key": key, "type": kind, "value": value})


DEEP = {"$where": [1, {"a.b": None, "_cls": "Project"}], "": True, "ключ": "\u2028"}

FITTING = [
    ("string", ""),
    ("string", "Привет \t 😀 $set"),
    ("text", "one\r\ntwo\n"),
    ("text", "-----BEGIN KEY-----\n"),
    ("json", DEEP),
    ("json", None),
    ("json", []),
    ("json", "text"),
    ("json", 1.5),
    ("integer", 0),
    ("integer", 2**63 - 1),
    ("integer", -(2**63)),
    ("float", 0.1),
    ("float", -1e308),
    ("boolean", True),
    ("boolean", False),
]

NOT_FITTING = [
    ("string", "two\nlines"),
    ("string", "two\rlines"),
    ("string", 1),
    ("string", None),
    ("text", 1),
    ("text", None),
    ("text", ["a"]),
    ("integer", True),
    ("integer", 1.5),
    ("integer", 1.0),
    ("integer", "1"),
    ("integer", None),
    ("integer", 2**63),
    ("integer", -(2**63) - 1),
    ("float", True),
    ("float", "1.5"),
    ("float", None),
    ("float", 10**400),
    ("boolean", 1),
    ("boolean", "true"),
    ("boolean", None),
]


@pytest.mark.parametrize(("kind", "value"), FITTING)
def test_a_value_comes_back_as_it_was(owner: Client, shop: str, kind: str, value: Any) -> None:
    status, made, _ = add(owner, kind=kind, value=value)
    assert (status, made["type"], made["value"]) == (201, kind, value)
    assert type(made["value"]) is type(value)
    assert owner.get(ENV).json["items"] == [made]
    back = owner.put(f"{ENV}/KEY", json={key: made[key] for key in ("key", "type", "value")}).json
    assert back == made | {"updated_at": back["updated_at"]}


@pytest.mark.parametrize(("kind", "value"), NOT_FITTING)
def test_a_value_must_fit_its_type(owner: Client, shop: str, kind: str, value: Any) -> None:
    refused = [add(owner, kind=kind, value=value)]
    add(owner)
    refused.append(owner.put(f"{ENV}/KEY", json={"type": kind, "value": value}))
    for answer in refused:
        assert (answer.status, answer.json["fields"]["value"]["code"]) == (422, "wrong_type")
    assert owner.get(ENV).json["items"][0]["value"] == "v"


def test_a_whole_number_is_a_float_too(owner: Client, shop: str) -> None:
    assert repr(add(owner, kind="float", value=3).json["value"]) == "3.0"


@pytest.mark.parametrize("body", [b"NaN", b"Infinity", b"1e999", b'"\\ud800"'])
@pytest.mark.parametrize("kind", ["json", "float", "string"])
def test_what_json_does_not_have_is_refused(owner: Client, shop: str, kind: str, body: bytes) -> None:
    sent = b'{"key": "K", "type": "%s", "value": %s}' % (kind.encode(), body)
    assert owner.post(ENV, body=sent, content_type="application/json").status in (400, 422)


@pytest.mark.parametrize("key", ["A", "_", "a1_B", "__proto__", "k" * 128])
def test_keys(owner: Client, shop: str, key: str) -> None:
    assert add(owner, key).status == 201
    assert owner.delete(f"{ENV}/{key}").status == 204


@pytest.mark.parametrize("key", ["", "1A", "A-B", "a b", "a.b", "$a", "é", "A\n", "k" * 129])
def test_wrong_keys(owner: Client, shop: str, key: str) -> None:
    answer = add(owner, key)
    assert (answer.status, answer.json["fields"]["key"]["code"]) == (422, "invalid_key")


def test_every_wrong_field_is_told(owner: Client, shop: str) -> None:
    assert set(add(owner, "1", "integer", "x").json["fields"]) == {"key", "value"}
    unknown = owner.post(ENV, json={"type": "number", "comment": "x"})
    assert set(unknown.json["fields"]) == {"key", "type", "value", "comment"}
    assert owner.put(f"{ENV}/KEY", json={"comment": "x"}).json["fields"]["comment"]["code"] == "unknown_field"


@pytest.mark.parametrize(
    ("kind", "value"), [("text", "x" * 65_535), ("json", ["я" * 32_768]), ("string", "\\" * 32_768)]
)
def test_a_value_has_at_most_64_kilobytes(owner: Client, shop: str, kind: str, value: Any) -> None:
    answer = add(owner, kind=kind, value=value)
    assert (answer.status, answer.json["fields"]["value"]["code"]) == (422, "too_large")
    assert add(owner, kind="text", value="x" * 65_534).status == 201


def test_given_keys_are_changed(owner: Client, shop: str) -> None:
    made = add(owner).json
    changed = owner.put(f"{ENV}/KEY", json={"value": "w"}).json
    assert changed == made | {"value": "w", "updated_at": changed["updated_at"]}
    assert owner.put(f"{ENV}/KEY", json={"type": "integer"}).status == 422
    assert owner.put(f"{ENV}/KEY", json={"type": "text"}).json["type"] == "text"
    assert owner.put(f"{ENV}/KEY", json={"type": "integer", "value": 5}).json["value"] == 5
    assert owner.put(f"{ENV}/KEY", json={"key": "NEW"}).json["value"] == 5
    assert owner.put(f"{ENV}/KEY", json={}).status == 404
    assert [variable["key"] for variable in owner.get(ENV).json["items"]] == ["NEW"]


def test_a_key_stands_once_in_a_project(owner: Client, outsider: Client, shop: str) -> None:
    add(owner)
    add(owner, "OTHER")
    assert add(owner).json["code"] == "key_taken"
    assert owner.put(f"{ENV}/OTHER", json={"key": "KEY"}).json["code"] == "key_taken"
    assert outsider.post("/api/projects/other/env", json={"key": "KEY", "type": "text", "value": ""}).status == 201


def test_a_list_comes_in_pages_by_key(owner: Client, shop: str) -> None:
    for key in "CAB":
        add(owner, key)
    first, second = (owner.get(ENV, params={"per_page": 2, "page": page}).json for page in (1, 2))
    assert [variable["key"] for variable in first["items"] + second["items"]] == ["A", "B", "C"]
    assert (first["total_items"], first["total_pages"]) == (3, 2)


def test_a_key_of_the_project_reads_only(owner: Client, with_key: Client) -> None:
    add(owner)
    assert [variable["key"] for variable in with_key.get(ENV).json["items"]] == ["KEY"]
    for refused in (add(with_key, "X"), with_key.put(f"{ENV}/KEY", json={}), with_key.delete(f"{ENV}/KEY")):
        assert refused.status == 403


def test_a_deleted_variable_is_gone(owner: Client, shop: str) -> None:
    add(owner)
    assert owner.delete(f"{ENV}/KEY").status == 204
    assert owner.delete(f"{ENV}/KEY").status == 404


def test_a_deleted_project_takes_its_variables_along(owner: Client, outsider: Client, shop: str) -> None:
    add(owner)
    outsider.post("/api/projects/other/env", json={"key": "THEIRS", "type": "text", "value": ""})
    owner.delete("/api/projects/shop")
    assert [variable.key for variable in Variable.objects] == ["THEIRS"]


def test_what_a_deletion_missed_goes_with_the_next_start(running: Kernel, owner: Client, shop: str) -> None:
    add(owner)
    Deleted(id="0" * 24).save()
    Variable(project_id="0" * 24, key="LOST", type="text", text='""').save()
    service: EnvironmentService = running.host.context("environment").service
    service.remove_orphans()
    assert [variable.key for variable in Variable.objects] == ["KEY"]


def test_values_are_never_logged(owner: Client, shop: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="m3m")
    add(owner, value="s3cret-one")
    add(owner, "K2", "integer", "s3cret-two")
    owner.put(f"{ENV}/KEY", json={"value": "s3cret-three\n"})
    assert "s3cret" not in caplog.text
