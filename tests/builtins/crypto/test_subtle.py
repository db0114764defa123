"""crypto.subtle against the vectors of the standards, and its errors as the Web Cryptography API names them."""

# ruff: noqa: E501  # tables of cases, one on a line

from __future__ import annotations

from collections.abc import Iterator

import pytest
from crypto_vectors import HKDF, HMAC, NIST, PBKDF2, SHA

from m3m_core import ScriptError
from m3m_core.testing import JSRun, run_js

CODE = """
globalThis.bytes = (hex) => encoding.hexDecode(hex, "bytes")
globalThis.utf8 = (text) => new TextEncoder().encode(text)
globalThis.hex = async (buffer) => {
  const found = await buffer
  if (!(found instanceof ArrayBuffer)) throw new Error("the web gives an ArrayBuffer")
  return encoding.hexEncode(found)
}
globalThis.subtle = crypto.subtle
globalThis.key = (name, secret = new Uint8Array(16), usages, extractable = false) => subtle.importKey("raw", secret,
  { name, hash: "SHA-256" }, extractable, usages ?? { HMAC: ["sign", "verify"], "AES-GCM": ["encrypt", "decrypt"] }[name] ?? ["deriveBits", "deriveKey"])
globalThis.from = async (name, more, secret, length) => hex(subtle.deriveBits({ name, ...more }, await key(name, secret), length))
globalThis.hmac = (jwk, usages = ["sign"]) => subtle.importKey("jwk", { kty: "oct", k: "AAEC", ...jwk }, { name: "HMAC", hash: "SHA-256" }, true, usages)
globalThis.gcm = async (work, more, data = new Uint8Array(32), secret = new Uint8Array(16)) =>
  hex(subtle[work]({ name: "AES-GCM", iv: new Uint8Array(12), ...more }, await key("AES-GCM", secret), data))
"""


@pytest.fixture(scope="module")
def js() -> Iterator[JSRun]:
    with run_js(["crypto", "encoding", "webapi"], CODE) as run:
        yield run


@pytest.mark.parametrize(("name", "text", "digest"), SHA)
def test_digest(js: JSRun, name: str, text: str, digest: str) -> None:
    assert js.value(f"hex(subtle.digest('SHA-{name[3:]}', utf8({text!r})))") == digest
    assert js.value(f"hex(subtle.digest({{name: 'sha-{name[3:]}'}}, utf8({text!r}).buffer))") == digest


@pytest.mark.parametrize(("secret", "data", "sha256", "sha512"), HMAC)
def test_hmac(js: JSRun, secret: str, data: str, sha256: str, sha512: str) -> None:
    for name, expected in (("SHA-256", sha256), ("SHA-512", sha512)):
        made = f"subtle.importKey('raw', bytes('{secret}'), {{name: 'hmac', hash: {{name: '{name}'}}}}, false, ['verify', 'sign'])"
        signed = js.value(f"{made}.then((key) => hex(subtle.sign('HMAC', key, bytes('{data}'))))")
        assert signed.startswith(expected)
        for given, answer in ((signed, True), (signed[:-2], False), ("00" + signed[2:], False)):
            check = f"subtle.verify('HMAC', key, bytes('{given}'), bytes('{data}'))"
            assert js.value(f"{made}.then((key) => {check})") is answer


@pytest.mark.parametrize(("key", "nonce", "plain", "aad", "hidden", "tag"), NIST)
@pytest.mark.parametrize("bits", [128, 96, 32])
def test_aes_gcm(js: JSRun, key: str, nonce: str, plain: str, aad: str, hidden: str, tag: str, bits: int) -> None:
    more = f"{{iv: bytes('{nonce}'), additionalData: bytes('{aad}'), tagLength: {bits}}}"
    sealed = hidden + tag[: bits // 4]
    assert js.value(f"gcm('encrypt', {more}, bytes('{plain}'), bytes('{key}'))") == sealed
    assert js.value(f"gcm('decrypt', {more}, bytes('{sealed}'), bytes('{key}'))") == plain


@pytest.mark.parametrize(("name", "secret", "salt", "info", "output"), HKDF)
def test_hkdf(js: JSRun, name: str, secret: str, salt: str, info: str, output: str) -> None:
    more = f"{{hash: '{name}', salt: bytes('{salt}'), info: bytes('{info}')}}"
    assert js.value(f"from('HKDF', {more}, bytes('{secret}'), {len(output) * 4})") == output


@pytest.mark.parametrize(("name", "password", "salt", "rounds", "output"), PBKDF2)
def test_pbkdf2(js: JSRun, name: str, password: str, salt: str, rounds: int, output: str) -> None:
    more = f"{{hash: '{name}', salt: utf8('{salt}'), iterations: {rounds}}}"
    assert js.value(f"from('PBKDF2', {more}, utf8('{password}'), {len(output) * 4})") == output


def test_keys_that_are_derived_and_exported(js: JSRun) -> None:
    derive = """(async () => {
      const base = await key("HKDF", bytes("0b".repeat(22)))
      const how = { name: "HKDF", hash: "SHA-256", salt: bytes("000102030405060708090a0b0c"), info: bytes("f0f1f2f3f4f5f6f7f8f9") }
      const made = await subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, true, ["decrypt", "encrypt", "encrypt"])
      return [await hex(subtle.exportKey("raw", made)), made.type, made.extractable, made.algorithm, made.usages, `${made}`]
    })()"""
    aes = {"name": "AES-GCM", "length": 256}
    secret = HKDF[0][4][:64]
    assert js.value(derive) == [secret, "secret", True, aes, ["encrypt", "decrypt"], "[object CryptoKey]"]


@pytest.mark.parametrize(
    ("algorithm", "usages", "alg", "size"),
    [
        ("{name: 'HMAC', hash: 'SHA-1'}", ["sign"], "HS1", 86),
        ("{name: 'HMAC', hash: 'SHA-512'}", ["sign", "verify"], "HS512", 171),
        ("{name: 'HMAC', hash: 'SHA-256', length: 256}", ["verify"], "HS256", 43),
        ("{name: 'AES-GCM', length: 192}", ["encrypt", "decrypt"], "A192GCM", 32),
    ],
)
def test_new_keys_as_json_and_back(js: JSRun, algorithm: str, usages: list[str], alg: str, size: int) -> None:
    there = f"subtle.generateKey({algorithm}, true, {usages}).then((key) => subtle.exportKey('jwk', key))"
    back = f"(jwk) => subtle.importKey('jwk', jwk, {algorithm}, true, {usages})"
    again = js.value(
        f"{there}.then(async (jwk) => [jwk, await ({back})(jwk).then((key) => subtle.exportKey('jwk', key))])"
    )
    assert again[0] == again[1]
    assert len(again[0].pop("k")) == size
    assert again[0] == {"kty": "oct", "alg": alg, "key_ops": usages, "ext": True}


def test_a_key_keeps_bytes_of_its_own(js: JSRun) -> None:
    change = """(async () => {
      const secret = new Uint8Array(16), made = await key("AES-GCM", secret, ["encrypt"], true)
      secret.fill(1)
      new Uint8Array(await subtle.exportKey("raw", made)).fill(2)
      return hex(subtle.exportKey("raw", made))
    })()"""
    assert js.value(change) == "00" * 16


PBKDF = "hash: 'SHA-256', salt: new Uint8Array()"


@pytest.mark.parametrize(
    ("call", "name"),
    [
        ("subtle.digest('MD5', utf8(''))", "NotSupportedError"),
        ("subtle.digest('HMAC', utf8(''))", "NotSupportedError"),
        ("subtle.digest('SHA-256', 'text')", "TypeError"),
        ("subtle.digest()", "TypeError"),
        ("key('RSA-PSS')", "NotSupportedError"),
        ("subtle.sign('ECDSA', {}, utf8(''))", "NotSupportedError"),
        ("subtle.sign('HMAC', {}, utf8(''))", "TypeError"),
        ("key('AES-GCM').then((key) => subtle.sign('HMAC', key, utf8('')))", "InvalidAccessError"),
        ("key('HMAC', utf8('a'), ['verify']).then((key) => subtle.sign('HMAC', key, utf8('')))", "InvalidAccessError"),
        ("key('HMAC').then((key) => subtle.exportKey('raw', key))", "InvalidAccessError"),
        ("key('HKDF').then((key) => subtle.exportKey('raw', key))", "NotSupportedError"),
        ("key('HMAC', new Uint8Array())", "DataError"),
        ("key('HMAC', utf8('a'), [])", "SyntaxError"),
        ("key('HMAC', utf8('a'), ['encrypt'])", "SyntaxError"),
        ("key('HMAC', utf8('a'), ['shout'])", "TypeError"),
        ("key('HKDF', utf8('a'), ['deriveBits'], true)", "SyntaxError"),
        ("key('AES-GCM', new Uint8Array(15))", "DataError"),
        ("key('AES-GCM', 'a text')", "TypeError"),
        ("subtle.importKey('raw', utf8('a'), 'HMAC', true, ['sign'])", "TypeError"),
        ("subtle.importKey('raw', utf8('a'), {name: 'HMAC', hash: 'MD5'}, true, ['sign'])", "NotSupportedError"),
        ("subtle.importKey('raw', utf8('a'), {name: 'HMAC', hash: 'SHA-1', length: 9}, true, ['sign'])", "DataError"),
        ("subtle.importKey('pkcs8', utf8('a'), 'AES-GCM', true, ['encrypt'])", "NotSupportedError"),
        ("subtle.importKey('jwk', {}, 'PBKDF2', false, ['deriveBits'])", "NotSupportedError"),
        ("subtle.importKey('jwk', null, 'AES-GCM', true, ['encrypt'])", "TypeError"),
        ("hmac({kty: 'RSA'})", "DataError"),
        ("hmac({k: 1})", "DataError"),
        ("hmac({k: 'a+/='})", "DataError"),
        ("hmac({alg: 'HS512'})", "DataError"),
        ("hmac({use: 'enc'})", "DataError"),
        ("hmac({key_ops: ['verify']})", "DataError"),
        ("hmac({ext: false})", "DataError"),
        ("subtle.generateKey({name: 'AES-GCM', length: 100}, true, ['encrypt'])", "OperationError"),
        ("subtle.generateKey({name: 'AES-GCM'}, true, ['encrypt'])", "TypeError"),
        ("subtle.generateKey({name: 'HMAC', hash: 'SHA-1', length: 0}, true, ['sign'])", "OperationError"),
        ("subtle.generateKey({name: 'HMAC', hash: 'SHA-1', length: 1e9}, true, ['sign'])", "OperationError"),
        ("subtle.generateKey({name: 'HMAC', hash: 'SHA-1'}, true, [])", "SyntaxError"),
        ("gcm('encrypt', {iv: new Uint8Array()})", "OperationError"),
        ("gcm('encrypt', {iv: 'text'})", "TypeError"),
        ("gcm('encrypt', {tagLength: 100})", "OperationError"),
        ("gcm('decrypt', {})", "OperationError"),
        ("gcm('decrypt', {}, new Uint8Array(15))", "OperationError"),
        (f"from('PBKDF2', {{{PBKDF}, iterations: 0}}, utf8('a'), 8)", "OperationError"),
        (f"from('PBKDF2', {{{PBKDF}, iterations: 1e12}}, utf8('a'), 8)", "OperationError"),
        (f"from('PBKDF2', {{{PBKDF}, iterations: 1e6}}, utf8('a'), 1e6)", "OperationError"),
        (f"from('PBKDF2', {{{PBKDF}}}, utf8('a'), 8)", "TypeError"),
        (f"from('PBKDF2', {{{PBKDF}, iterations: 1}}, utf8('a'), 9)", "OperationError"),
        (f"from('PBKDF2', {{{PBKDF}, iterations: 1}}, utf8('a'), null)", "OperationError"),
        (f"from('HKDF', {{{PBKDF}}}, utf8('a'), 8)", "TypeError"),
        (f"from('HKDF', {{{PBKDF}, info: utf8('')}}, utf8('a'), 65288)", "OperationError"),
        ("(async () => new CryptoKey())()", "TypeError"),
        ("(async () => new SubtleCrypto())()", "TypeError"),
    ],
)  # fmt: skip
def test_mistakes_reject_as_on_the_web(js: JSRun, call: str, name: str) -> None:
    kind = "TypeError" if name == "TypeError" else "DOMException"
    assert js.value(f"{call}.then(() => '', (error) => [error.name, error instanceof {kind}])") == [name, True]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("subtle.sign('RSASSA-PKCS1-v1_5')", "sign works with HMAC, not with RSASSA-PKCS1-v1_5"),
        ("gcm('decrypt', {})", "the key or the iv is another one, or the data was changed"),
        ("subtle.digest('SHA-1', 'abc')", "data is an ArrayBuffer or a view of one"),
    ],
)
def test_mistakes_in_words(js: JSRun, call: str, message: str) -> None:
    with pytest.raises(ScriptError, match=message):
        js.value(call)
