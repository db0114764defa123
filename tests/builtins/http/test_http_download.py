"""http.download: into the project's files, whole or not at all."""

from __future__ import annotations

import hashlib
import tracemalloc

import pytest

from m3m_core import ScriptError
from m3m_core.testing import JSRun

MB = 1024 * 1024


def test_a_file_is_saved(js: JSRun) -> None:
    told = js.value("http.download(base + '/big?size=3000000', 'new/folder/big.bin')")
    assert told == {"path": "new/folder/big.bin", "size": 3_000_000, "status": 200, "url": told["url"]}
    saved = js.value("storage.readBytes('new/folder/big.bin')")
    assert hashlib.sha256(saved).digest() == hashlib.sha256((bytes(range(256)) * 11719)[:3_000_000]).digest()
    assert js.value("http.downloadAsync(base + '/zipped', '/new/folder/big.bin').then((done) => done.size)") == 10
    assert js.value("storage.read('new/folder/big.bin')") == "сжато"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("base + '/status?code=404', 'no.txt'", "bad_status"),
        ("base + '/truncated', 'no.txt'", "broken_answer"),
        ("base + '/cut-chunks', 'no.txt'", "broken_answer"),
        ("base + '/big?size=5000000', 'no.txt', {maxSize: 4999999}", "too_large"),
        ("base + '/bomb', 'no.txt', {maxSize: 5000000}", "too_large"),
        ("base + '/slow', 'no.txt', {timeout: 50}", "timeout"),
        ("base + '/x', '../../etc/x'", "bad_path"),
        ("base + '/x', ''", "bad_path"),
        ("base + '/x', undefined", "bad_path"),
        ("'http://169.254.169.254/', 'no.txt'", "egress_refused"),
    ],
)
def test_nothing_half_is_seen(js: JSRun, arguments: str, code: str) -> None:
    js.run("storage.write('no.txt', 'as it was')")
    with pytest.raises(ScriptError) as caught:
        js.value(f"http.download({arguments})")
    assert caught.value.code == code
    assert js.value("storage.read('no.txt')") == "as it was"


def test_memory_does_not_grow(js: JSRun) -> None:
    js.value("http.download(base + '/big?size=1000', 'warm.bin').size")
    tracemalloc.start()
    try:
        size = js.value(f"http.download(base + '/big?size={64 * MB}', 'large.bin').size")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert size == 64 * MB
    assert peak < 8 * MB
    js.run("storage.delete('large.bin')")
