"""Lists in pages: `?page=&per_page=` in, `{items, page, per_page, total_items, total_pages}` out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

import falcon
from pydantic import BaseModel, Field

from ..errors import Malformed

DEFAULT_SIZE = 30
LARGEST_SIZE = 1000
LARGEST_PAGE = 1_000_000

T = TypeVar("T")


@dataclass(frozen=True)
class Page:
    page: int = 1
    per_page: int = DEFAULT_SIZE

    @property
    def skip(self) -> int:
        return (self.page - 1) * self.per_page


class Paged(BaseModel, Generic[T]):
    """The answer of a list, for `Operation.answer`: `Paged[User]`."""

    items: list[T]
    page: int
    per_page: int
    total_items: int
    total_pages: int


class PageQuery(BaseModel):
    """What `page_of` reads, for the OpenAPI document."""

    page: Annotated[int, Field(ge=1, le=LARGEST_PAGE)] = 1
    per_page: Annotated[int, Field(ge=1, le=LARGEST_SIZE)] = DEFAULT_SIZE


class Search(BaseModel):
    """The query of a list with `?search=`, for `Operation.query`."""

    search: str = ""


def page_of(req: falcon.Request) -> Page:
    """The page that the query asks for. Raises Malformed for a number outside of its limits."""
    return Page(_number(req, "page", 1, LARGEST_PAGE), _number(req, "per_page", DEFAULT_SIZE, LARGEST_SIZE))


def _number(req: falcon.Request, name: str, default: int, largest: int) -> int:
    text = req.get_param(name)
    if text is None:
        return default
    # str.isdigit also accepts other scripts' digits; len keeps int() from a number of a million digits.
    if text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= largest:
        return int(text)
    raise Malformed(f"{name} must be a whole number from 1 to {largest}.")


def paged(items: Iterable[Any], total: int, page: Page) -> dict[str, Any]:
    return {
        "items": list(items),
        "page": page.page,
        "per_page": page.per_page,
        "total_items": total,
        "total_pages": -(-total // page.per_page),
    }
