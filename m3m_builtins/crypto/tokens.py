"""JSON Web Tokens (RFC 7519): signed, never `none`, and verified only with algorithms that fit the kind of the key."""

from __future__ import annotations

import re
import time
import warnings
from collections.abc import Mapping, Sequence
from typing import Any

from m3m_core import Invalid, M3MError, Unauthorized, wrong_argument

from .material import material

SECRET = ("HS256", "HS384", "HS512")
KEY_PAIR = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
LONGEST_TOKEN = 64 * 1024
LONGEST_KEY = 16 * 1024
"""Bytes; larger keys of RSA take seconds."""

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
CLAIMS = {"issuer": "iss", "audience": "aud", "subject": "sub", "jwtId": "jti"}

FAILURES = {
    "ExpiredSignatureError": ("token_expired", "The token has expired."),
    "ImmatureSignatureError": ("token_not_active", "The token is not valid yet."),
    "InvalidSignatureError": ("bad_signature", "The signature of the token is wrong."),
    "InvalidAudienceError": ("wrong_audience", "The token is for somebody else."),
    "InvalidIssuerError": ("wrong_issuer", "The token is from somebody else."),
    "InvalidSubjectError": ("wrong_subject", "The token is about somebody else."),
    "MissingRequiredClaimError": ("missing_claim", "The token lacks a claim that is required."),
    "InvalidAlgorithmError": ("wrong_algorithm", "The token is signed with an algorithm that is not allowed."),
    "InvalidKeyError": ("bad_key", "The key does not fit the algorithm."),
}


def sign(payload: object, key: object, options: Mapping[str, Any]) -> str:
    """Raises Invalid (`bad_key`) for a key that the algorithm cannot use."""
    import jwt

    if not isinstance(payload, dict):
        raise wrong_argument("payload is an object: the claims of the token")
    secret = _key(key)
    known = _fitting(secret)
    algorithm = options.get("algorithm") or ("HS256" if known is SECRET else "")
    if algorithm not in known:
        raise wrong_argument(f"algorithm is, with this kind of key, one of {', '.join(known)}")
    headers = {"kid": str(options["keyId"])} if options.get("keyId") is not None else None
    try:
        with warnings.catch_warnings():  # short secrets are the caller's choice; others sign with them too
            warnings.simplefilter("ignore")
            return jwt.encode(_claims(payload, options), secret, algorithm, headers=headers)
    except (jwt.PyJWTError, AttributeError, TypeError, ValueError) as error:  # a public key has no way to sign
        raise _failure(error, Invalid, "bad_key", "The key cannot sign with this algorithm.") from None


def verify(token: object, key: object, options: Mapping[str, Any]) -> dict[str, Any]:
    """The claims. Raises Unauthorized with a code of its own for each reason."""
    import jwt

    secret = _key(key)
    wanted = {"verify_aud": options.get("audience") is not None, "verify_iat": False, "verify_jti": False}
    wanted |= {"verify_sub": options.get("subject") is not None, "verify_exp": not options.get("ignoreExpiration")}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            claims: dict[str, Any] = jwt.decode(
                _token(token),
                secret,
                algorithms=_allowed(options.get("algorithms"), secret),
                audience=options.get("audience"),
                issuer=options.get("issuer"),
                subject=options.get("subject"),
                leeway=_seconds(options.get("tolerance", 0), "tolerance"),
                options={**wanted, "require": list(options.get("require") or ())},  # type: ignore[arg-type]  # a dict
            )
    except (jwt.PyJWTError, TypeError, ValueError) as error:
        raise _failure(error, Unauthorized, "bad_token", "This is not a token that can be read.") from None
    return claims


def decode(token: object) -> dict[str, Any]:
    """`header` and `payload`, of whomever: nothing is verified."""
    import jwt

    try:
        read = jwt.decode_complete(_token(token), options={"verify_signature": False})
    except (jwt.PyJWTError, ValueError) as error:
        raise _failure(error, Unauthorized, "bad_token", "This is not a token that can be read.") from None
    return {"header": read["header"], "payload": read["payload"]}


def _claims(payload: Mapping[str, Any], options: Mapping[str, Any]) -> dict[str, Any]:
    """An option wins over the same claim of the payload."""
    moment = int(time.time())
    claims = {"iat": moment, **payload}
    claims |= {claim: options[option] for option, claim in CLAIMS.items() if options.get(option) is not None}
    for option, claim in (("expiresIn", "exp"), ("notBefore", "nbf")):
        if options.get(option) is not None:
            claims[claim] = moment + _seconds(options[option], option)
    for claim in ("exp", "nbf", "iat"):
        if claim in claims and (isinstance(claims[claim], bool) or not isinstance(claims[claim], int | float)):
            raise wrong_argument(f"{claim} is a number of seconds since 1970")
    return claims


def _seconds(value: object, name: str) -> int:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return int(value)
    found = re.fullmatch(r"(-?\d{1,9})([smhd])", value) if isinstance(value, str) else None
    if found is None:
        raise wrong_argument(f'{name} is a number of seconds or a text such as "15m", "12h", "7d"')
    return int(found[1]) * UNITS[found[2]]


def _token(token: object) -> str:
    if not isinstance(token, str):
        raise wrong_argument("token is a text")
    if len(token) > LONGEST_TOKEN:
        raise Unauthorized(f"The token is longer than {LONGEST_TOKEN} characters.", code="bad_token")
    return token


def _key(key: object) -> bytes:
    secret = material(key, "key")
    if not secret or len(secret) > LONGEST_KEY:
        raise wrong_argument(f"key has 1 to {LONGEST_KEY} bytes")
    return secret


def _fitting(secret: bytes) -> tuple[str, ...]:
    """A public key must never serve as the secret of an HMAC: everybody knows it."""
    return KEY_PAIR if b"-----BEGIN" in secret else SECRET


def _allowed(algorithms: object, secret: bytes) -> Sequence[str]:
    known = _fitting(secret)
    if algorithms is None:
        return known
    if not isinstance(algorithms, list) or not algorithms or not set(map(str, algorithms)) <= {*SECRET, *KEY_PAIR}:
        raise wrong_argument(f"algorithms is a list of some of {', '.join((*SECRET, *KEY_PAIR))}")
    return [algorithm for algorithm in algorithms if algorithm in known]


def _failure(error: Exception, kind: type[M3MError], code: str, message: str) -> M3MError:
    for known in type(error).__mro__:
        if known.__name__ in FAILURES:
            code, message = FAILURES[known.__name__]
            break
    return kind(message, code=code)
