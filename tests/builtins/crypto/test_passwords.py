"""Password hashes: ours, those of other tools, and those that nobody should compute."""

from __future__ import annotations

import pytest

from m3m_core import ScriptError
from m3m_core.testing import JSRun

ARGON_CLI = "$argon2i$v=19$m=65536,t=2,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub+b+dWRWJTmaaJObG"
"""From the README of the reference implementation: `echo -n password | argon2 somesalt -t 2 -m 16 -p 4 -l 24`."""


def test_a_hash_matches_its_password_alone(js: JSRun) -> None:
    made = js.value("crypto.hashPassword('пароль 👍')")
    assert made.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert js.value(f"crypto.verifyPassword('пароль 👍', '{made}')") is True
    assert js.value(f"crypto.verifyPassword('пароль', '{made}')") is False
    assert js.value(f"crypto.hashPasswordAsync('пароль 👍').then((made) => made === '{made}')") is False
    assert js.value(f"crypto.verifyPasswordAsync('пароль 👍', '{made}')") is True


@pytest.mark.parametrize(
    "known",
    [
        ARGON_CLI,
        # passlib's documentation: pbkdf2_sha256.hash("password", rounds=8000, salt_size=10)
        "$pbkdf2-sha256$8000$XAuBMIYQQogxRg$tRRlz8hYn63B9LYiCd6PRo6FMiunY9ozmMMI3srxeRE",
    ],
)
def test_hashes_of_other_tools(js: JSRun, known: str) -> None:
    assert js.value(f"crypto.verifyPassword('password', '{known}')") is True
    assert js.value(f"crypto.verifyPassword('Password', '{known}')") is False


@pytest.mark.parametrize(
    ("call", "code"),
    [
        ("verifyPassword('a', 'plain')", "bad_hash"),
        ("verifyPassword('a', undefined)", "bad_hash"),
        (f"verifyPassword('a', '{ARGON_CLI.replace('65536', '4194304')}')", "bad_hash"),
        (f"verifyPassword('a', '{ARGON_CLI.replace('t=2', 't=999')}')", "bad_hash"),
        (f"verifyPassword('a', '{ARGON_CLI.replace('p=4', 'p=99')}')", "bad_hash"),
        ("hashPassword('')", "invalid_arguments"),
        ("hashPassword('a'.repeat(1025))", "invalid_arguments"),
        ("hashPassword(12345678)", "invalid_arguments"),
        ("hashPasswordAsync()", "invalid_arguments"),
    ],
)
def test_mistakes(js: JSRun, call: str, code: str) -> None:
    with pytest.raises(ScriptError) as caught:
        js.value(f"crypto.{call}")
    assert caught.value.code == code
