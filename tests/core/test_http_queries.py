"""The parameters of a query: what a responder gets, and what is refused."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from m3m_core import PUBLIC, Operation, Route
from m3m_core.testing import Client, client, kernel, plugin


class Query(BaseModel):
    number: Annotated[int, Field(ge=1, le=9)] = 5
    flag: bool = False
    kind: Literal["a", "b"] = "a"
    begin: Annotated[str, Field(alias="from", max_length=3)] = ""
    names: list[str] = []
    who: Annotated[str, Field(validate_default=True)] = ""

    @field_validator("who")
    @classmethod
    def _asked_by(cls, value: str, info: ValidationInfo) -> str:
        return value or str((info.context or {})["actor"].kind)


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")

    number: int = 0


class Echo:
    def on_get(self, _req: Any, resp: Any, query: BaseModel) -> None:
        resp.media = query.model_dump(exclude_unset=False, by_alias=True)


@pytest.fixture(scope="module")
def guest() -> Any:
    routes = [
        Route("/echo", Echo(), {"GET": Operation(PUBLIC, query=Query)}),
        Route("/strict", Echo(), {"GET": Operation(PUBLIC, query=Strict)}),
    ]
    with kernel([plugin("echo", routes=routes)]) as running:
        yield client(running)


DEFAULTS = {"number": 5, "flag": False, "kind": "a", "from": "", "names": [], "who": "guest"}


@pytest.mark.parametrize(
    ("query", "changed"),
    [
        ("", {}),
        ("other=1", {}),
        (
            "number=9&flag=true&kind=b&from=xyz&who=me",
            {"number": 9, "flag": True, "kind": "b", "from": "xyz", "who": "me"},
        ),
        ("number=x&number=2", {"number": 2}),
        ("names=a", {"names": ["a"]}),
        ("names=a&names=b,c", {"names": ["a", "b,c"]}),
        ("from=%D0%B9", {"from": "й"}),
        ("flag=false", {}),
    ],
)
def test_what_arrives(guest: Client, query: str, changed: dict[str, Any]) -> None:
    assert guest.get("/echo", query_string=query).json == DEFAULTS | changed


@pytest.mark.parametrize(
    ("path", "query", "codes"),
    [
        ("/echo", "number=0&flag=maybe&kind=c&from=long", ["too_small", "wrong_type", "not_allowed", "too_long"]),
        ("/echo", "number=1.5", ["wrong_type"]),
        ("/echo", f"number={'9' * 5000}", ["wrong_type"]),
        ("/echo", "number=", ["wrong_type"]),
        ("/strict", "nmber=1", ["unknown_field"]),
    ],
)
def test_everything_wrong_is_told_at_once(guest: Client, path: str, query: str, codes: list[str]) -> None:
    answer = guest.get(path, query_string=query)
    assert (answer.status, answer.json["code"]) == (400, "malformed")
    assert [wrong["code"] for wrong in answer.json["fields"].values()] == codes
