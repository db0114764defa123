"""The host side of `crypto`."""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache, partial
from typing import Any

from m3m_core import Invalid, JSModule, script_beside, waits, wrong_argument

from . import chance, passwords, sealing, tokens, webcrypto
from .material import material, shown, unpacked

part = partial(script_beside, __file__)

GLOBALS = ("crypto", "$crypto", "CryptoKey", "SubtleCrypto")

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

    def seal_gcm(self, key: bytes, nonce: bytes, plain: bytes, bound: bytes, tag_length: int) -> bytes:
        return webcrypto.encrypt(key, nonce, plain, bound, tag_length)

    def open_gcm(self, key: bytes, nonce: bytes, sealed: bytes, bound: bytes, tag_length: int) -> bytes:
        return webcrypto.decrypt(key, nonce, sealed, bound, tag_length)

    @waits
    def pbkdf2(self, digest: str, secret: bytes, salt: bytes, iterations: int, length: int) -> bytes:
        return webcrypto.pbkdf2(digest, secret, salt, iterations, length)

    def hkdf(self, digest: str, secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
        return webcrypto.hkdf(digest, secret, salt, info, length)


def digest_name(algorithm: object) -> str:
    if algorithm not in ALGORITHMS:
        raise wrong_argument(f"the algorithm is one of {', '.join(ALGORITHMS)}")
    return str(algorithm).replace("-", "_")


@lru_cache(maxsize=1)
def script() -> str:
    return f"""(host, m3m) => {{
      const names = {part("algorithms.js")}(), keys = {part("keys.js")}(names);
      const web = {part("subtle.js")}(host, names, keys), crypto = {part("crypto.js")}(host, m3m, web.subtle);
      return {{ crypto, $crypto: crypto, ...web }};
    }}"""


def crypto_module() -> JSModule:
    return JSModule("crypto", Crypto(), script(), exports=GLOBALS)
