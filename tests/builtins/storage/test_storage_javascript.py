"""Files as a service sees them: the same tree, the same rules."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from test_paths import BAD

from m3m_core import ScriptError
from m3m_core.kernel import Kernel
from m3m_core.testing import Client, JSRun, run_js

MB = 1024 * 1024


@pytest.fixture
def js() -> Iterator[JSRun]:
    with run_js(["storage"]) as run:
        yield run


def code_of(js: JSRun, expression: str) -> Any:
    return js.value(f"(async () => {{ try {{ await {expression} }} catch (error) {{ return error.code }} }})()")


def test_texts_bytes_and_json_come_back_as_they_were(js: JSRun) -> None:
    js.run("storage.write('a/b.txt', 'Привет 👋')")
    assert js.value("storage.read('a/b.txt')") == "Привет 👋"
    assert js.value("[...storage.readBytes('/a/b.txt')].length") == len("Привет 👋".encode())
    js.run("storage.write('bytes', new Uint8Array([0, 1, 255])); storage.write('words', new Uint16Array([258]).buffer)")
    assert js.value("[...storage.readBytes('bytes'), ...storage.readBytes('words')]") == [0, 1, 255, 2, 1]
    assert js.value("storage.writeJSON('x.json', {a: [1, null]}, 2).size") == len(
        '{\n  "a": [\n    1,\n    null\n  ]\n}'
    )
    assert js.value("storage.readJSON('x.json')") == {"a": [1, None]}
    js.run("storage.append('log', 'one\\n'); storage.append('log', 'two\\n')")
    assert js.value("storage.read('log')") == "one\ntwo\n"


def test_entries(js: JSRun) -> None:
    js.run("storage.mkdir('docs/deep'); storage.mkdir('docs'); storage.write('docs/a.png', 'x')")
    assert js.value("storage.list().map(({name, isDir, mime}) => [name, isDir, mime])") == [["docs", True, None]]
    assert js.value("storage.list('docs').map(({path, size}) => [path, size])") == [["docs/deep", 0], ["docs/a.png", 1]]
    assert js.value("storage.stat('docs/a.png').updatedAt instanceof Date") is True
    assert js.value("Math.abs(storage.stat('docs/a.png').updatedAt - Date.now()) < 5000") is True
    assert js.value("['docs', 'docs/a.png', 'nothing', ''].map((path) => storage.exists(path))") == [
        True,
        True,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("*.txt", ["a.txt", "b.txt"]),
        ("**/*.txt", ["a.txt", "b.txt", "c/a.txt", "c/d/a.txt"]),
        ("c/**", ["c/a.txt", "c/d/a.txt", "c/d/x.md"]),
        ("**/d/*", ["c/d/a.txt", "c/d/x.md"]),
        ("**/**/a.*", ["a.txt", "c/a.txt", "c/d/a.txt"]),
        ("?.txt", ["a.txt", "b.txt"]),
        ("[ab].txt", ["a.txt", "b.txt"]),
        ("c/a.txt", ["c/a.txt"]),
        ("c", []),
        (".*", [".hidden"]),
        ("nothing/**", []),
    ],
)
def test_glob(js: JSRun, pattern: str, found: list[str]) -> None:
    js.run(
        "for (const path of ['a.txt', 'b.txt', 'c/a.txt', 'c/d/a.txt', 'c/d/x.md', '.hidden']) storage.write(path, '')"
    )
    assert js.value(f"storage.glob('{pattern}')") == found


def test_files_and_folders_are_copied_moved_and_deleted(js: JSRun) -> None:
    js.run("storage.write('a/x', '1'); storage.write('a/b/y', '2'); storage.write('z', '3')")
    assert js.value("storage.copy('a', 'a/copy').path") == "a/copy"
    assert js.value("storage.glob('**')") == ["a/b/y", "a/copy/b/y", "a/copy/x", "a/x", "z"]
    js.run("storage.copy('a/x', 'z', {overwrite: true}); storage.move('a/copy', 'moved')")
    assert js.value("[storage.read('z'), storage.read('moved/b/y')]") == ["1", "2"]
    assert js.value("[storage.delete('a'), storage.delete('a'), storage.delete('z')]") == [True, False, True]
    assert js.value("storage.glob('**')") == ["moved/b/y", "moved/x"]


def test_archives(js: JSRun) -> None:
    js.run("storage.write('a/x', '1'); storage.write('b', '2')")
    js.run("storage.zip(['a', 'b'], 'all.zip'); storage.zip('b', 'b.zip'); storage.unzip('all.zip', 'there')")
    js.run("storage.delete('b'); storage.unzip('b.zip')")
    assert js.value("storage.glob('{there/**,b}')") == []
    assert js.value("storage.glob('there/**')") == ["there/a/x", "there/b"]
    assert js.value("storage.read('b')") == "2"


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("storage.read('nothing')", "not_found"),
        ("storage.read('docs')", "is_directory"),
        ("storage.read('bytes')", "not_text"),
        ("storage.readAsync('nothing')", "not_found"),
        ("storage.readJSONAsync('nothing')", "not_found"),
        ("storage.stat('nothing')", "not_found"),
        ("storage.list('nothing')", "not_found"),
        ("storage.write('docs', 'x')", "is_directory"),
        ("storage.write('', 'x')", "bad_path"),
        ("storage.read()", "bad_path"),
        ("storage.read('big')", "too_large"),
        ("storage.readBytesAsync('big')", "too_large"),
        ("storage.mkdir('bytes')", "exists"),
        ("storage.copy('bytes', 'big')", "exists"),
        ("storage.move('bytes', 'big')", "exists"),
        ("storage.move('docs', 'docs/in')", "bad_path"),
        ("storage.zip(['bytes'], 'big')", "exists"),
        ("storage.zip(['bytes', 'docs/bytes'], 'new.zip')", "validation_failed"),
        ("storage.unzip('bytes')", "bad_archive"),
        ("storage.tmp('/../x')", "bad_path"),
    ],
)
def test_errors_have_codes(js: JSRun, expression: str, code: str) -> None:
    js.run("storage.write('docs/bytes', 'x'); storage.write('bytes', new Uint8Array([255]))")
    js.run("for (let n = 0; n < 17; n++) storage.append('big', 'x'.repeat(1024 * 1024))")
    assert code_of(js, expression) == code


@pytest.mark.parametrize(
    "expression",
    ["storage.write('x', {a: 1})", "storage.write('x')", "storage.writeJSON('x', () => {})", "storage.append('x', 5)"],
)
def test_only_texts_and_bytes_are_written(js: JSRun, expression: str) -> None:
    with pytest.raises(ScriptError) as thrown:
        js.value(expression)
    assert thrown.value.name == "TypeError"
    assert js.value("storage.exists('x')") is False


@pytest.mark.parametrize("path", [path for path in BAD if "\ud800" not in path])
def test_no_path_leads_out(js: JSRun, path: str) -> None:
    at = json.dumps(path)
    for call in (
        f"read({at})",
        f"write({at}, 'x')",
        f"list({at})",
        f"delete({at})",
        f"move({at}, 'x')",
        f"copy('x', {at})",
        f"zip([{at}], 'x')",
        f"unzip('x', {at})",
        f"glob({at})",
        f"url({at})",
    ):
        assert code_of(js, f"storage.{call}") in ("bad_path", "not_found"), call
    assert js.value("storage.list()") == []


def test_a_large_file_crosses(js: JSRun) -> None:
    js.run("storage.write('big', 'x'.repeat(8 * 1024 * 1024 - 1))")
    assert js.value("storage.read('big').length") == 8 * MB - 1
    assert js.value("storage.readBytes('big').length") == 8 * MB - 1


def test_temporary_files_are_gone_when_the_run_ends(running: Kernel, shop: str) -> None:
    with run_js(within=running, project_id=shop, slug="shop") as js:
        path = js.value("{ const path = storage.tmp('.png'); storage.write(path, 'x'); path }")
        assert path.endswith(".png")
        assert js.value("[storage.tmp(), storage.glob('**').length]")[1] == 0
        assert js.value("storage.glob('.tmp/**')") == [path]
        js.run("storage.append(storage.tmp(), 'x')")
    assert list((running.settings.storage.path / shop / "storage/.tmp").iterdir()) == []


def test_temporary_files_of_an_instance_that_was_killed_go_with_the_next_of_its_number(
    running: Kernel, shop: str
) -> None:
    def instance(number: int) -> AbstractContextManager[JSRun]:
        return run_js(within=running, project_id=shop, slug="shop", instance=number)

    folder = running.settings.storage.path / shop / "storage/.tmp"
    (folder / "1").mkdir(parents=True)
    (folder / "1/left").write_text("half")
    with instance(0) as js:
        js.run("storage.write(storage.tmp(), 'x')")
        with instance(1) as other:
            own = other.value("{ const path = storage.tmp(); storage.write(path, 'x'); path }")
            assert other.value("storage.write(storage.tmp(), 'y').size") == 1
            assert other.value(f"storage.exists('{own}')")
            assert not (folder / "1/left").exists()
        assert not (folder / "1").exists()
        assert js.value("storage.read(storage.glob('.tmp/**')[0])") == "x"


def test_links(running: Kernel, shop: str, guest: Client) -> None:
    with run_js(within=running, project_id=shop, slug="shop") as js:
        js.run("storage.write('docs/a b.txt', 'hello')")
        for options in ("", ", {expiresIn: '2h'}", ", {expiresIn: 60}"):
            url = js.value(f"storage.url('docs/a b.txt'{options})")
            assert url.startswith("http://127.0.0.1:3000/api/storage/public/")
            assert guest.get(url.removeprefix("http://127.0.0.1:3000")).json == b"hello"
        assert js.value("storage.urlAsync('docs/a b.txt')").endswith("/a%20b.txt")
        assert code_of(js, "storage.url('docs')") == "is_directory"
        for wrong in ("'1 year'", "0", "1.5", "-1", "'400000d'"):
            with pytest.raises(ScriptError, match="expiresIn"):
                js.value(f"storage.url('docs/a b.txt', {{expiresIn: {wrong}}})")
