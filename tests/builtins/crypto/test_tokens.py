"""JSON Web Tokens: the vectors of RFC 7515 and RFC 7519, every algorithm, every reason to refuse."""

# ruff: noqa: E501  # tables of cases, one on a line

from __future__ import annotations

import json
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from m3m_core import ScriptError
from m3m_core.testing import JSRun

SECRET = "a shared secret of thirty-two bytes"

# RFC 7515, appendix A.1 (the token of RFC 7519, section 3.1)
RFC_KEY = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"
RFC_TOKEN = (
    "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNv"
    "bS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
)
# RFC 7519, section 6.1: an unsecured token
UNSECURED = "eyJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ."


def pems(private: Any) -> tuple[str, str]:
    own = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    shared = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return own.decode(), shared.decode()


RSA = pems(rsa.generate_private_key(65537, 2048))
CURVE = pems(ec.generate_private_key(ec.SECP256R1()))
EDWARDS = pems(ed25519.Ed25519PrivateKey.generate())


def call(js: JSRun, name: str, *arguments: Any) -> Any:
    return js.value(f"crypto.{name}({', '.join(json.dumps(argument) for argument in arguments)})")


def refused(js: JSRun, name: str, *arguments: Any) -> str:
    with pytest.raises(ScriptError) as caught:
        call(js, name, *arguments)
    return caught.value.code


def test_the_token_of_the_rfc(js: JSRun) -> None:
    key = f"encoding.base64UrlDecode('{RFC_KEY}', 'bytes')"
    claims = js.value(f"crypto.jwtVerify('{RFC_TOKEN}', {key}, {{ignoreExpiration: true}})")
    assert claims == {"iss": "joe", "exp": 1300819380, "http://example.com/is_root": True}
    with pytest.raises(ScriptError) as caught:
        js.value(f"crypto.jwtVerify('{RFC_TOKEN}', {key})")
    assert caught.value.code == "token_expired"
    assert call(js, "jwtDecode", RFC_TOKEN)["header"] == {"typ": "JWT", "alg": "HS256"}


@pytest.mark.parametrize(
    ("algorithm", "private", "public"),
    [
        ("HS256", SECRET, SECRET),
        ("HS512", "short", "short"),
        ("RS256", *RSA),
        ("PS384", *RSA),
        ("ES256", *CURVE),
        ("EdDSA", *EDWARDS),
    ],
)
def test_every_kind_of_key(js: JSRun, algorithm: str, private: str, public: str) -> None:
    token = call(js, "jwtSign", {"sub": "ann"}, private, {"algorithm": algorithm, "expiresIn": "1h", "keyId": "k1"})
    claims = call(js, "jwtVerify", token, public)
    assert claims["sub"] == "ann"
    assert claims["exp"] - claims["iat"] == 3600
    assert jwt.get_unverified_header(token) == {"alg": algorithm, "typ": "JWT", "kid": "k1"}
    assert call(js, "jwtVerify", token, public, {"algorithms": [algorithm]}) == claims
    assert (
        refused(js, "jwtVerify", token[:-6] + ("AAAAAA" if token[-6:] != "AAAAAA" else "BBBBBB"), public)
        == "bad_signature"
    )


def test_a_token_of_another_library_and_back(js: JSRun) -> None:
    theirs = jwt.encode({"role": "admin"}, SECRET * 2, "HS384")
    assert call(js, "jwtVerify", theirs, SECRET * 2) == {"role": "admin"}
    ours = call(js, "jwtSign", {"role": "admin"}, SECRET)
    assert jwt.decode(ours, SECRET, ["HS256"])["role"] == "admin"


SIGNED = {"issuer": "shop", "audience": ["web", "app"], "subject": "ann", "jwtId": "1"}


@pytest.mark.parametrize(
    ("signing", "verifying", "code"),
    [
        ({}, {}, ""),
        ({"expiresIn": 60}, {}, ""),
        ({"expiresIn": -1}, {}, "token_expired"),
        ({"expiresIn": -5}, {"tolerance": 60}, ""),
        ({"expiresIn": -5}, {"tolerance": "1m"}, ""),
        ({"notBefore": "1h"}, {}, "token_not_active"),
        ({"notBefore": -1}, {}, ""),
        (SIGNED, {}, ""),
        (SIGNED, {"issuer": "shop", "audience": "app", "subject": "ann"}, ""),
        (SIGNED, {"issuer": ["shop", "other"], "audience": ["x", "web"]}, ""),
        (SIGNED, {"issuer": "other"}, "wrong_issuer"),
        (SIGNED, {"audience": "other"}, "wrong_audience"),
        (SIGNED, {"subject": "bob"}, "wrong_subject"),
        ({}, {"audience": "web"}, "missing_claim"),
        ({}, {"require": ["exp"]}, "missing_claim"),
        ({}, {"algorithms": ["HS512"]}, "wrong_algorithm"),
        ({}, {"algorithms": ["none"]}, "invalid_arguments"),
        ({}, {"algorithms": []}, "invalid_arguments"),
        ({}, {"tolerance": "soon"}, "invalid_arguments"),
    ],
)
def test_claims(js: JSRun, signing: dict[str, Any], verifying: dict[str, Any], code: str) -> None:
    token = call(js, "jwtSign", {"a": 1}, SECRET, signing)
    if code:
        assert refused(js, "jwtVerify", token, SECRET, verifying) == code
    else:
        assert call(js, "jwtVerify", token, SECRET, verifying)["a"] == 1


def test_no_algorithm_but_those_of_the_key(js: JSRun) -> None:
    assert refused(js, "jwtVerify", UNSECURED, SECRET) == "wrong_algorithm"
    assert refused(js, "jwtVerify", UNSECURED, RSA[1]) == "wrong_algorithm"
    confused = jwt.api_jws.PyJWS()  # signs with the public key as if it were a secret, as an attacker would
    confused._algorithms["HS256"].prepare_key = lambda key: key.encode()  # type: ignore[method-assign]
    forged = confused.encode(b'{"role": "admin"}', RSA[1], "HS256")
    assert refused(js, "jwtVerify", forged, RSA[1]) == "wrong_algorithm"
    assert refused(js, "jwtVerify", forged, RSA[1], {"algorithms": ["HS256", "RS256"]}) == "wrong_algorithm"
    assert refused(js, "jwtSign", {}, SECRET, {"algorithm": "none"}) == "invalid_arguments"
    assert refused(js, "jwtSign", {}, SECRET, {"algorithm": "RS256"}) == "invalid_arguments"
    assert refused(js, "jwtSign", {}, RSA[1], {"algorithm": "RS256"}) == "bad_key"
    assert refused(js, "jwtSign", {}, RSA[0], {"algorithm": "ES256"}) == "bad_key"


@pytest.mark.parametrize("token", ["", "a", "a.b.c", "..", RFC_TOKEN[:-50] + "é", "e30.W10.x", "a." * 50_000])
def test_what_is_no_token(js: JSRun, token: str) -> None:
    assert refused(js, "jwtVerify", token, SECRET) == "bad_token"
    assert refused(js, "jwtDecode", token) == "bad_token"


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("jwtSign", ["claims", SECRET]),
        ("jwtSign", [{}, ""]),
        ("jwtSign", [{}, None]),
        ("jwtSign", [{"exp": "tomorrow"}, SECRET]),
        ("jwtSign", [{}, SECRET, {"expiresIn": "1 hour"}]),
        ("jwtVerify", [1, SECRET]),
        ("jwtVerify", [RFC_TOKEN, "x" * 20_000]),
        ("jwtVerify", [RFC_TOKEN]),
    ],
)
def test_wrong_arguments(js: JSRun, name: str, arguments: list[Any]) -> None:
    assert refused(js, name, *arguments) == "invalid_arguments"
