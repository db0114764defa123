"""Names that lead nowhere, and names that are the same."""

from __future__ import annotations

import pytest

from m3m_builtins.storage.paths import file_parts_of, is_shown, parts_of
from m3m_core import Invalid

BAD = [
    "..",
    "../x",
    "a/../../x",
    "a/..",
    "/../../etc/passwd",
    "....//../x",
    "a\0b",
    "\0",
    "..\\..\\x",
    "a\\b",
    "C:\\windows",
    "a\nb",
    "a\rb",
    "a\tb",
    "a\x7fb",
    "a\x85b",
    "photo\u202egpj.exe",  # shown as photoexe.jpg
    "a\u2066b",
    "a\u200eb",
    "a\u200bb",
    "\ufeffa",
    "a\u2028b",
    "a\ud800b",
    " a",
    "a ",
    "a/ /b",
    "x" * 256,
    "я" * 128,
    "a/" * 65,
    "a" * 200 + "/" + "/".join(["a" * 200] * 30),
]


@pytest.mark.parametrize("path", BAD)
def test_bad_paths_are_refused(path: str) -> None:
    with pytest.raises(Invalid) as refused:
        parts_of(path)
    assert refused.value.code == "bad_path"
    assert set(refused.value.fields) == {"path"}


@pytest.mark.parametrize("path", [None, 1, b"a", ["a"]])
def test_what_is_no_text_is_refused(path: object) -> None:
    with pytest.raises(Invalid):
        parts_of(path)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        ("", ()),
        ("/", ()),
        (".", ()),
        ("./a", ("a",)),
        ("/a/b/", ("a", "b")),
        ("a//b", ("a", "b")),
        ("/etc/passwd", ("etc", "passwd")),
        ("...", ("...",)),
        ("..a", ("..a",)),
        (".hidden", (".hidden",)),
        ("%2e%2e/x", ("%2e%2e", "x")),  # decoded once, by HTTP; here it is a name like any other
        ("e\u0301", ("\u00e9",)),
        ("Отчёт за май.pdf", ("Отчёт за май.pdf",)),
        ("👨‍👩‍👧.png", ("👨‍👩‍👧.png",)),
        ("\uff0e\uff0e/x", ("\uff0e\uff0e", "x")),  # wide dots are no dots
        ("a\u2215b", ("a\u2215b",)),  # nor is a division sign a separator
    ],
)
def test_paths_become_names(path: str, parts: tuple[str, ...]) -> None:
    assert parts_of(path) == parts


@pytest.mark.parametrize("path", ["", "/", ".", "./"])
def test_the_top_folder_is_no_file(path: str) -> None:
    with pytest.raises(Invalid):
        file_parts_of(path)


@pytest.mark.parametrize("name", ["e\u0301", "a\u202eb", "a\\b", "\udcff", "a\nb", " a"])
def test_names_that_no_path_can_have_are_not_shown(name: str) -> None:
    assert not is_shown(name)
