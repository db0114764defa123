"""Encryption that also notices every change: AES-GCM (NIST SP 800-38D).

What comes out is one piece of bytes, by default written as base64url:

    1 byte    version of this format: 1
    1 byte    where the key comes from: 0 the caller's own 16, 24 or 32 bytes; 1 a passphrase, by scrypt
    16 bytes  salt of scrypt, only with a passphrase
    12 bytes  nonce
    the rest  cipher text, and at its end the tag of 16 bytes

The key of a passphrase is scrypt(passphrase in UTF-8, salt, N=32768, r=8, p=1), 32 bytes (RFC 7914).
"""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING

from m3m_core import Invalid, offload, wrong_argument

from .material import material

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = 1
OWN_KEY, PASSPHRASE = 0, 1
SALT, NONCE, TAG = 16, 12, 16
COST = {"n": 2**15, "r": 8, "p": 1, "maxmem": 64 * 1024 * 1024}


def seal(data: object, key: object, context: object) -> bytes:
    """`context` is not kept in the result but must be the same for opening, for instance the id of a record."""
    plain, bound = material(data, "data"), _context(context)
    nonce = secrets.token_bytes(NONCE)
    if isinstance(key, str):
        salt = secrets.token_bytes(SALT)
        return bytes([VERSION, PASSPHRASE]) + salt + nonce + _cipher(_derived(key, salt)).encrypt(nonce, plain, bound)
    return bytes([VERSION, OWN_KEY]) + nonce + _cipher(_own(key)).encrypt(nonce, plain, bound)


def unseal(sealed: bytes, key: object, context: object) -> bytes:
    """Raises Invalid: `bad_data` for what was never sealed here, `decrypt_failed` for another key or any change."""
    from cryptography.exceptions import InvalidTag

    bound = _context(context)
    if sealed[:1] != bytes([VERSION]) or sealed[1:2] not in (b"\0", b"\1"):
        raise Invalid("This was not made by crypto.encrypt.", code="bad_data")
    with_passphrase = sealed[1] == PASSPHRASE
    if with_passphrase != isinstance(key, str):
        needed = "the passphrase that it was made with" if with_passphrase else "the bytes of its key"
        raise Invalid(f"This is opened with {needed}.", code="decrypt_failed")
    start = 2 + SALT * with_passphrase
    nonce, hidden = sealed[start : start + NONCE], sealed[start + NONCE :]
    if len(hidden) < TAG:
        raise Invalid("A part of what was encrypted is missing.", code="bad_data")
    own = _derived(key, sealed[2:start]) if isinstance(key, str) else _own(key)
    try:
        plain: bytes = _cipher(own).decrypt(nonce, hidden, bound)
    except InvalidTag:
        raise Invalid("The key is another one, or the data was changed.", code="decrypt_failed") from None
    return plain


def _cipher(key: bytes) -> AESGCM:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # tens of milliseconds on its first use

    return AESGCM(key)


def _context(value: object) -> bytes | None:
    return None if value is None else material(value, "context")


def _own(key: object) -> bytes:
    if not isinstance(key, bytes) or len(key) not in (16, 24, 32):
        raise wrong_argument("key is a passphrase, or 16, 24 or 32 bytes, such as crypto.randomBytes(32, 'bytes')")
    return key


def _derived(passphrase: str, salt: bytes) -> bytes:
    if not passphrase:
        raise wrong_argument("a passphrase has at least one character")
    return offload(hashlib.scrypt, passphrase.encode(), salt=salt, dklen=32, **COST)
