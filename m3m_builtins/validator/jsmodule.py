"""The host side of `validator`. The checks get texts only: whatever else is asked about is answered by the script."""

from __future__ import annotations

from typing import Any

from m3m_core import JSModule, js_pattern, script_beside

from . import codes, internet, times

SCRIPT = script_beside(__file__, "validator.js")

FORMS = {
    "slug": codes.SLUG,
    "hex": codes.HEX,
    "hexColor": codes.COLOR,
    "numeric": codes.NUMBER,
    "int": codes.WHOLE,
    "jwt": codes.JWT,
    "semver": codes.SEMVER,
}


class Validator:
    def check(self, value: Any, schema: Any) -> list[dict[str, str]]:
        from .schema import check  # jsonschema takes a tenth of a second to import

        return check(value, schema)

    def form(self, value: str, name: str) -> bool:
        return FORMS[name].fullmatch(value) is not None

    def email(self, value: str) -> bool:
        return internet.is_email(value)

    def url(self, value: str, protocols: list[str]) -> bool:
        return internet.is_url(value, [str(name) for name in protocols])

    def hostname(self, value: str) -> bool:
        return internet.is_hostname(value)

    def ip(self, value: str, version: int | None) -> bool:
        return internet.is_ip(value, version)

    def cidr(self, value: str, version: int | None) -> bool:
        return internet.is_cidr(value, version)

    def mac(self, value: str) -> bool:
        return internet.is_mac(value)

    def port(self, value: str) -> bool:
        return internet.is_port(value)

    def uuid(self, value: str, version: int | None) -> bool:
        return codes.is_uuid(value, version)

    def date(self, value: str) -> bool:
        return times.is_date(value)

    def time(self, value: str) -> bool:
        return times.is_time(value)

    def date_time(self, value: str) -> bool:
        return times.is_date_time(value)

    def phone(self, value: str) -> bool:
        return codes.is_phone(value)

    def credit_card(self, value: str) -> bool:
        return codes.is_credit_card(value)

    def iban(self, value: str) -> bool:
        return codes.is_iban(value)

    def isbn(self, value: str) -> bool:
        return codes.is_isbn(value)

    def base64(self, value: str, url: bool) -> bool:
        return codes.is_base64(value, url)

    def is_strong_password(self, value: str, options: dict[str, Any]) -> bool:
        return codes.is_strong_password(value, options)

    def matches(self, value: str, pattern: str, flags: str) -> bool:
        return js_pattern(pattern, flags).search(value) is not None


def validator_module() -> JSModule:
    return JSModule("validator", Validator(), SCRIPT)
