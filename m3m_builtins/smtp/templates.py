"""Templates of mails: jinja2's sandbox, with bounds on what a template may make of us.

HTML is escaped by itself; a text is not. Templates of the storage may include and extend each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from m3m_core import Invalid, M3MError

LONGEST_TEMPLATE = 1024 * 1024
LONGEST_RESULT = 4 * 1024 * 1024
"""Characters."""

Load = Callable[[str], str]
"""A template of the storage by its path."""


def render(source: str, data: Mapping[str, Any], *, name: str, html: bool, load: Load) -> str:
    """Raises Invalid (`bad_template`) with the line."""
    import jinja2

    from .sandbox import MailEnvironment

    environment = MailEnvironment(load, autoescape=html)
    if len(source) > LONGEST_TEMPLATE:
        raise bad_template(name, f"it is longer than {LONGEST_TEMPLATE} characters")
    try:
        parts = environment.from_string(source).generate(dict(data))
        return _joined(parts, name)
    except jinja2.TemplateSyntaxError as error:
        raise bad_template(error.name or name, f"line {error.lineno}: {error.message}") from None
    except jinja2.TemplateNotFound as error:
        raise bad_template(name, f"there is no template {str(error.message)[:200]}") from None
    except jinja2.TemplateError as error:
        raise bad_template(name, str(error.message)[:300]) from None
    except RecursionError:
        raise bad_template(name, "it includes itself") from None
    except M3MError:
        raise
    except Exception as error:  # whatever an expression of the template does wrong
        raise bad_template(name, f"{type(error).__name__}: {str(error)[:200]}") from None


def bad_template(name: str, reason: str) -> Invalid:
    return Invalid(f"The template {name} cannot be used: {reason}", code="bad_template")


def _joined(parts: Iterable[str], name: str) -> str:
    made, size = [], 0
    for part in parts:
        size += len(part)
        if size > LONGEST_RESULT:
            raise bad_template(name, f"it makes more than {LONGEST_RESULT} characters")
        made.append(part)
    return "".join(made)
