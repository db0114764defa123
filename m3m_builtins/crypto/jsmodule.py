"""The host side of `crypto`."""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path
from typing import Any

from m3m_core import Invalid, JSModule, waits

from . import chance, passwords, sealing, tokens
from .material import material, shown, unpacked, wrong

SCRIPT = Path(__file__).with_name("crypto.js").read_text(encoding="utf-8")

ALGORITHMS = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3-256", "sha3-512")


class Crypto:
    def hash(self, algorithm: str, data: Any, form: Any) -> str | bytes:
        return shown(hashlib.new(digest_name(algorithm), material(data, "data")).digest(), form)

    def hmac(self, algorithm: str, key: Any, data: Any, form: Any) -> str | bytes:
        made = hmac.digest(material(key, "key"), material(data, "data"), digest_name(algorithm))
        return shown(made, form)

    def random_bytes(self, length: Any, form: Any) -> str | bytes:
        return shown(chance.random_bytes(length), form)

    def random_int(self, low: Any, high: Any) -> int:
        return chance.random_int(low, high)

    def uuid(self, version: Any) -> str:
        return chance.new_uuid(version)

    def timing_safe_equal(self, first: Any, second: Any) -> bool:
        return hmac.compare_digest(material(first, "the first value"), material(second, "the second value"))

    @waits
    def hash_password(self, password: Any) -> str:
        return passwords.hashed(password)

    @waits
    def verify_password(self, password: Any, password_hash: Any) -> bool:
        return passwords.matches(password, password_hash)

    @waits
    def encrypt(self, data: Any, key: Any, context: Any, form: Any) -> str | bytes:
        return shown(sealing.seal(data, key, context), form)

    @waits
    def decrypt(self, sealed: Any, key: Any, context: Any, form: Any) -> str | bytes:
        """`form` is text, or bytes."""
        plain = sealing.unseal(unpacked(sealed, "data"), key, context)
        if form == "bytes":
            return plain
        try:
            return plain.decode()
        except UnicodeDecodeError:
            raise Invalid("What was encrypted is not text: ask for bytes.", code="not_text") from None

    def jwt_sign(self, payload: Any, key: Any, options: dict[str, Any]) -> str:
        return tokens.sign(payload, key, options)

    def jwt_verify(self, token: Any, key: Any, options: dict[str, Any]) -> dict[str, Any]:
        return tokens.verify(token, key, options)

    def jwt_decode(self, token: Any) -> dict[str, Any]:
        return tokens.decode(token)


def digest_name(algorithm: object) -> str:
    if algorithm not in ALGORITHMS:
        raise wrong(f"the algorithm is one of {', '.join(ALGORITHMS)}")
    return str(algorithm).replace("-", "_")


def crypto_module() -> JSModule:
    return JSModule("crypto", Crypto(), SCRIPT)
