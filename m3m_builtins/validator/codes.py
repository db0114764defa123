"""Numbers and codes that carry their own check, and texts of a certain alphabet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

UUID = re.compile(
    r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-([0-9a-fA-F])[0-9a-fA-F]{3}-([0-9a-fA-F])[0-9a-fA-F]{3}-[0-9a-fA-F]{12}"
)
PHONE = re.compile(r"\+?(?:\(\d{1,5}\)|\d)(?:[ .-]?(?:\(\d{1,5}\)|\d))*", re.ASCII)
CARD = re.compile(r"\d(?:[ -]?\d){11,18}", re.ASCII)
IBAN = re.compile(r"[A-Z]{2}\d\d[A-Z0-9]{11,30}", re.ASCII)
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
HEX = re.compile(r"[0-9a-fA-F]+")
COLOR = re.compile(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})")
BASE64 = {False: re.compile(r"[A-Za-z0-9+/]*={0,2}"), True: re.compile(r"[A-Za-z0-9_-]*={0,2}")}
NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
WHOLE = re.compile(r"[+-]?(?:0|[1-9]\d*)", re.ASCII)
JWT = re.compile(r"eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
SEMVER = re.compile(
    r"(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)"
    r"(?:-(?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*)(?:\.(?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*))*)?"
    r"(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?",
    re.ASCII,
)
STRONG = {"minLength": 8, "lower": 1, "upper": 1, "digits": 1, "symbols": 1}


def is_uuid(value: str, version: int | None = None) -> bool:
    found = UUID.fullmatch(value)
    if found is None:
        return False
    return version is None or (found[1] == f"{version:x}" and found[2] in "89abAB")


def is_phone(value: str) -> bool:
    """7 to 15 digits, as ITU-T E.164 allows, perhaps with +, blanks, dashes, dots and brackets."""
    return len(value) <= 40 and PHONE.fullmatch(value) is not None and 7 <= len(re.findall(r"\d", value)) <= 15


def is_credit_card(value: str) -> bool:
    """By the check digit (Luhn, ISO/IEC 7812); whether there is such a card, only its bank knows."""
    return CARD.fullmatch(value) is not None and _luhn(re.sub(r"[ -]", "", value))


def is_iban(value: str) -> bool:
    """ISO 13616, blanks allowed."""
    code = value.replace(" ", "").upper()
    if len(value) > 64 or IBAN.fullmatch(code) is None:
        return False
    return int("".join(str(int(char, 36)) for char in code[4:] + code[:4])) % 97 == 1


def is_isbn(value: str) -> bool:
    """Of 10 or 13 digits, dashes and blanks allowed."""
    code = re.sub(r"[ -]", "", value)
    if re.fullmatch(r"\d{9}[\dX]", code, re.ASCII):
        return sum((10 - i) * (10 if char == "X" else int(char)) for i, char in enumerate(code)) % 11 == 0
    if re.fullmatch(r"97[89]\d{10}", code, re.ASCII):
        return sum(int(char) * (3 if i % 2 else 1) for i, char in enumerate(code)) % 10 == 0
    return False


def is_base64(value: str, url: bool = False) -> bool:
    body = value.rstrip("=")
    if not value or BASE64[url].fullmatch(value) is None or len(body) % 4 == 1:
        return False
    return len(value) % 4 == 0 or (url and value == body)


def is_strong_password(value: str, wanted: Mapping[str, Any]) -> bool:
    """`wanted`: the least length, and the least number of each kind of character."""
    least = {**STRONG, **{name: number for name, number in wanted.items() if isinstance(number, int)}}
    kinds = {
        "lower": sum(char.islower() for char in value),
        "upper": sum(char.isupper() for char in value),
        "digits": sum(char.isdigit() for char in value),
        "symbols": sum(not char.isalnum() for char in value),
    }
    return len(value) >= least["minLength"] and all(kinds[name] >= least[name] for name in kinds)


def _luhn(digits: str) -> bool:
    total = 0
    for place, char in enumerate(reversed(digits)):
        digit = int(char) * (2 if place % 2 else 1)
        total += digit - 9 if digit > 9 else digit
    return total % 10 == 0
