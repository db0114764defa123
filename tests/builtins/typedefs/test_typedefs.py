from __future__ import annotations

from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from m3m_core import NotFound, TypeDefinition
from m3m_core.kernel import Kernel
from m3m_core.testing import Client, as_user, client, kernel, plugin

PATH = "/api/runtime/types"


def tea(project_id: str | None) -> list[TypeDefinition]:
    own = [TypeDefinition("shop", f"declare const shop: '{project_id}';")] if project_id else []
    return [TypeDefinition("tea", "\ndeclare const tea: string;\n"), *own]


def failing() -> list[TypeDefinition]:
    raise RuntimeError("the cup of another user is empty")


@pytest.fixture
def running() -> Iterator[Kernel]:
    with kernel(
        [
            "typedefs",
            plugin("tea", m3m_type_definitions=tea),
            plugin("milk", m3m_type_definitions=failing),
            plugin("none", m3m_type_definitions=lambda: None),
        ]
    ) as started:
        yield started


@pytest.fixture
def ann(running: Kernel) -> Client:
    return as_user(running, "ann@example.com", create_projects=True)


def text(asking: Client, query: str = "") -> str:
    status, body, headers = asking.get(PATH + query)
    assert status == 200
    assert headers["content-type"] == "application/typescript; charset=utf-8"
    return bytes(body).decode()


def test_all_declarations_are_one_text_with_a_line_for_each_plugin(ann: Client) -> None:
    assert text(ann) == (
        "// What a service can use. Made by M3M from its plugins.\n\n"
        "// ---- milk: its declarations cannot be shown; the server's log says why ----\n\n"
        "// ---- tea ----\n\n"
        "declare const tea: string;\n"
    )


@pytest.mark.parametrize("key", ["id", "slug"])
def test_a_project_adds_its_own(ann: Client, key: str) -> None:
    project = ann.post("/api/projects", json={"name": "Shop", "slug": "shop"}).json
    assert text(ann, f"?project={project[key]}").endswith(f"declare const shop: '{project['id']}';\n")


def test_another_users_project_is_not_found(running: Kernel, ann: Client) -> None:
    ann.post("/api/projects", json={"name": "Shop", "slug": "shop"})
    status, refused, _ = as_user(running, "bob@example.com").get(f"{PATH}?project=shop")
    assert (status, refused["code"]) == (404, "not_found")
    assert as_user(running, root=True).get(f"{PATH}?project=shop").status == 200
    assert ann.get(f"{PATH}?project=none").status == 404


def test_a_guest_is_refused(running: Kernel) -> None:
    assert client(running).get(PATH).status == 401


def test_the_command_prints_the_same(running: Kernel, ann: Client) -> None:
    project = ann.post("/api/projects", json={"name": "Shop", "slug": "shop"}).json
    ((command,),) = running.host.each("m3m_commands")[-1:]
    assert isinstance(command, click.Command)
    runner = CliRunner()
    assert runner.invoke(command, []).output == text(ann)
    assert project["id"] in runner.invoke(command, ["--project", "shop"]).output
    assert isinstance(runner.invoke(command, ["--project", "none"]).exception, NotFound)


REFERENCE = """
/** Tea for services. */
declare const tea: {
  /**
   * Pours.
   *
   * @example
   * tea.pour()
   */
  pour(): void
  pourAsync(): Promise<void>
}
"""


def test_the_reference_has_the_functions_of_every_plugin() -> None:
    plugins = [
        "typedefs",
        plugin("tea", m3m_type_definitions=lambda: [TypeDefinition("tea", REFERENCE)]),
        plugin("milk", m3m_type_definitions=failing),
        plugin("none", m3m_type_definitions=lambda: None),
    ]
    with kernel(plugins) as running:
        asking = as_user(running, "ann@example.com")
        status, body, _ = asking.get("/api/runtime/modules")
        assert status == 200
        function = {
            "name": "pour",
            "owner": "tea",
            "signature": "tea.pour(): void",
            "text": "Pours.",
            "example": "tea.pour()",
            "waits": True,
        }
        assert body["items"] == [
            {
                "name": "tea",
                "aliases": [],
                "plugin": "tea",
                "description": "Tea for services.",
                "functions": [function],
                "same_as": "",
            }
        ]
        assert (body["total_items"], body["total_pages"]) == (1, 1)
        assert client(running).get("/api/runtime/modules").status == 401
