"""The OpenAPI document tells what the routes do."""

from __future__ import annotations

from typing import Annotated, Any

import pytest
from pydantic import BaseModel, Field

from m3m_core import PUBLIC, Operation, Route
from m3m_core.http import Paged, PageQuery
from m3m_core.http.openapi import PATH
from m3m_core.testing import client, kernel, plugin


class Team(BaseModel):
    name: str


class Player(BaseModel):
    name: str = Field(max_length=9)
    team: Team


class PlayerQuery(PageQuery):
    born_after: int
    origin: Annotated[str, Field(alias="from")] = ""


class Players:
    def on_get(self, req: Any, resp: Any, **params: Any) -> None:
        """The players of a team.

        More about it.
        """

    def on_post(self, req: Any, resp: Any, **params: Any) -> None:
        pass


class One:
    def on_delete(self, req: Any, resp: Any, **params: Any) -> None:
        pass


@pytest.fixture(scope="module")
def document() -> Any:
    listing = Operation("players.read", answer=Paged[Player], query=PlayerQuery, api_key=True)
    adding = Operation("players.write", body=Player, answer=Player, status=201)
    players = plugin(
        "players",
        routes=[
            Route("/teams/{team}/players", Players(), {"GET": listing, "POST": adding}),
            Route("/files/{team}/{path:path}", One(), {"DELETE": Operation(PUBLIC, answer=list[Team], status=204)}),
        ],
    )
    with kernel([players]) as running:
        yield client(running).get(PATH).json


def test_paths_and_methods_are_those_of_the_routes(document: Any) -> None:
    assert {path: sorted(methods) for path, methods in document["paths"].items()} == {
        PATH: ["get"],
        "/teams/{team}/players": ["get", "post"],
        "/files/{team}/{path}": ["delete"],
    }


def test_an_operation_is_described(document: Any) -> None:
    reading = document["paths"]["/teams/{team}/players"]["get"]
    assert (reading["tags"], reading["summary"]) == (["players"], "The players of a team.")
    assert [(parameter["in"], parameter["name"]) for parameter in reading["parameters"]] == [
        ("path", "team"),
        ("query", "page"),
        ("query", "per_page"),
        ("query", "born_after"),
        ("query", "from"),
    ]
    assert [parameter["required"] for parameter in reading["parameters"]] == [True, False, False, True, False]
    assert reading["parameters"][3]["schema"]["type"] == "integer"
    assert reading["security"] == [{"token": []}, {"project_key": []}]
    writing = document["paths"]["/teams/{team}/players"]["post"]
    assert (writing["summary"], writing["security"]) == ("players.write", [{"token": []}])
    deleting = document["paths"]["/files/{team}/{path}"]["delete"]
    assert (deleting["security"], list(deleting["responses"])) == ([], ["204", "default"])
    assert len({reading["operationId"], writing["operationId"], deleting["operationId"]}) == 3


def test_bodies_and_answers_have_schemas(document: Any) -> None:
    writing = document["paths"]["/teams/{team}/players"]["post"]
    body = writing["requestBody"]["content"]["application/json"]["schema"]
    answer = writing["responses"]["201"]["content"]["application/json"]["schema"]
    assert body == answer == {"$ref": "#/components/schemas/Player"}
    schemas = document["components"]["schemas"]
    assert schemas["Player"]["properties"]["team"] == {"$ref": "#/components/schemas/Team"}
    assert schemas["Player"]["properties"]["name"]["maxLength"] == 9


def test_every_reference_leads_somewhere(document: Any) -> None:
    def references(value: Any) -> Any:
        if isinstance(value, dict):
            yield from [value["$ref"]] if "$ref" in value else []
            for item in value.values():
                yield from references(item)
        elif isinstance(value, list):
            for item in value:
                yield from references(item)

    found = set(references(document))
    assert found
    assert found <= {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}


def test_failures_have_the_error_shape(document: Any) -> None:
    failed = document["paths"][PATH]["get"]["responses"]["default"]["content"]["application/json"]["schema"]
    assert failed == {"$ref": "#/components/schemas/Error"}
    assert set(document["components"]["schemas"]["Error"]["required"]) == {"error", "code", "request_id"}


def test_the_installed_plugins_have_a_document() -> None:
    with kernel() as running:
        status, document, _ = client(running).get(PATH)
    assert (status, document["openapi"]) == (200, "3.1.0")
    assert "/health" in document["paths"]
