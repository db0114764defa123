"""Uploads: what arrives, what is refused, what is left behind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from forms import form, part, upload

from m3m_builtins.storage.service import StorageService
from m3m_core import Size
from m3m_core.kernel import Kernel
from m3m_core.testing import Client


def everything(files: Path) -> dict[str, bytes]:
    return {str(path.relative_to(files)): path.read_bytes() for path in files.rglob("*") if path.is_file()}


@pytest.fixture(autouse=True)
def _nothing_half(files: Path) -> Iterator[None]:
    yield
    assert list(files.parent.glob("tmp/*")) == []


def test_many_files_arrive(owner: Client, files: Path) -> None:
    big = bytes(range(256)) * 12_345
    answer = upload(owner, form(("a.txt", b"one"), ("Отчёт.pdf", big), ("empty", b"")), "docs/new")
    assert answer.status == 201
    assert [(item["path"], item["size"]) for item in answer.json["items"]] == [
        ("docs/new/a.txt", 3),
        ("docs/new/Отчёт.pdf", len(big)),
        ("docs/new/empty", 0),
    ]
    assert everything(files) == {"docs/new/a.txt": b"one", "docs/new/Отчёт.pdf": big, "docs/new/empty": b""}


def test_a_folder_can_be_uploaded(owner: Client, files: Path) -> None:
    assert upload(owner, form(("photos/2026/a.png", b"x")), "in").status == 201
    assert everything(files) == {"in/photos/2026/a.png": b"x"}


def test_a_file_of_the_same_name_is_replaced(owner: Client, files: Path) -> None:
    for data in (b"a long first content", b"second"):
        assert upload(owner, form(("a.txt", data))).status == 201
    assert everything(files) == {"a.txt": b"second"}


def test_other_fields_of_the_form_are_passed_over(owner: Client, files: Path) -> None:
    field = b'--frontier\r\nContent-Disposition: form-data; name="note"\r\n\r\nhello\r\n'
    assert upload(owner, field + form(("a", b"x"))).status == 201
    assert everything(files) == {"a": b"x"}


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "malformed"),
        (form(), 400, "malformed"),
        (form(("", b"x")), 400, "malformed"),
        (b"nonsense" * 100, 400, "malformed"),
        (part("a", b"x"), 400, "malformed"),  # cut off behind a whole file
        (form(("a", b"x" * 100))[:-20], 400, "malformed"),
        (form(("a", b"x" * 3_000_000))[:2_000_000], 400, "malformed"),
        (form(("good", b"x"), ("../evil", b"x")), 422, "bad_path"),
        (form(("/../../evil", b"x")), 422, "bad_path"),
        (form(("a\\..\\evil", b"x")), 422, "bad_path"),
        (form(("evil\u202egnp.exe", b"x")), 422, "bad_path"),
        (form(("good", b"x"), ("folder", b"x")), 422, "is_directory"),
        (form(("file/a", b"x")), 404, "not_found"),
        (form(*((str(number), b"") for number in range(101))), 413, "too_many_files"),
    ],
)
def test_what_is_refused_leaves_nothing(owner: Client, files: Path, body: bytes, status: int, code: str) -> None:
    (files / "folder").mkdir()
    (files / "file").touch()
    answer = upload(owner, body)
    assert (answer.status, answer.json["code"]) == (status, code)
    assert everything(files) == {"file": b""}


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data", "multipart/mixed; boundary=frontier", ""])
def test_only_forms_are_taken(owner: Client, files: Path, kind: str) -> None:
    assert upload(owner, form(("a", b"x")), content_type=kind).status == 415


@pytest.mark.parametrize(
    ("limits", "code"),
    [({"upload_limit": Size(1000)}, "too_large"), ({"keep_free": Size(2**60)}, "disk_full")],
)
def test_there_are_limits(owner: Client, files: Path, running: Kernel, limits: dict[str, Size], code: str) -> None:
    service: StorageService = running.host.context("storage").service
    service.config = replace(service.config, **limits)
    answer = upload(owner, form(("a", b"x" * 2000)))
    assert (answer.status, answer.json["code"]) == (413, code)
    assert everything(files) == {}


def test_an_upload_may_be_larger_than_other_bodies(owner: Client, files: Path, running: Kernel) -> None:
    data = b"x" * (running.settings.server.body_limit + 1)
    assert upload(owner, form(("a", data))).status == 201
    assert (files / "a").stat().st_size == len(data)
