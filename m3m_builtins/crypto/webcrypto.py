"""The parts of the Web Cryptography API that `crypto` itself does not have: AES-GCM as it is, PBKDF2 and HKDF.

Arguments are those that crypto's scripts have checked. Raises Invalid for what cannot be done.
"""

from __future__ import annotations

import hashlib
from typing import Any

from m3m_core import Invalid, offload

MOST_ROUNDS = 10_000_000
"""Of PBKDF2, over all blocks of the result: some seconds of work."""

SHORTEST_TAG = 4
"""Bytes (NIST SP 800-38D, 5.2.1.2)."""


def encrypt(key: bytes, nonce: bytes, plain: bytes, bound: bytes, tag_length: int) -> bytes:
    """`bound` is additional data; `tag_length` is in bytes."""
    worker = _cipher(key, nonce, None).encryptor()
    worker.authenticate_additional_data(bound)
    hidden = worker.update(plain) + worker.finalize()
    sealed: bytes = hidden + worker.tag[:tag_length]
    return sealed


def decrypt(key: bytes, nonce: bytes, sealed: bytes, bound: bytes, tag_length: int) -> bytes:
    from cryptography.exceptions import InvalidTag

    if len(sealed) < tag_length:
        raise Invalid("the data is shorter than its tag", code="decrypt_failed")
    hidden, tag = sealed[:-tag_length], sealed[-tag_length:]
    worker = _cipher(key, nonce, tag).decryptor()
    worker.authenticate_additional_data(bound)
    try:
        plain: bytes = worker.update(hidden) + worker.finalize()
    except InvalidTag:
        raise Invalid("the key or the iv is another one, or the data was changed", code="decrypt_failed") from None
    return plain


def _cipher(key: bytes, nonce: bytes, tag: bytes | None) -> Any:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes  # tens of milliseconds on first use

    if not 8 <= len(nonce) <= 128:
        raise Invalid("iv has 8 to 128 bytes, best 12", code="bad_iv")
    return Cipher(algorithms.AES(key), modes.GCM(nonce, tag, SHORTEST_TAG))


def pbkdf2(digest: str, secret: bytes, salt: bytes, iterations: int, length: int) -> bytes:
    """`length` of the result is in bytes."""
    blocks = -(-length // hashlib.new(digest).digest_size)
    if iterations * blocks > MOST_ROUNDS:
        raise Invalid(f"iterations, over all blocks of the result, are at most {MOST_ROUNDS}", code="too_expensive")
    return offload(hashlib.pbkdf2_hmac, digest, secret, salt, iterations, length) if length else b""


def hkdf(digest: str, secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    """RFC 5869. `length` of the result is in bytes."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    algorithm: hashes.HashAlgorithm = getattr(hashes, digest.upper())()
    if length > 255 * algorithm.digest_size:
        raise Invalid(f"length is at most {255 * 8 * algorithm.digest_size} bits with this hash", code="too_long")
    return HKDF(algorithm, length, salt, info).derive(secret) if length else b""
