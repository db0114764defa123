"""Lists in pages: `?page=&per_page=` in, `{items, page, per_page, total_items, total_pages}` out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, Field

DEFAULT_SIZE = 30
LARGEST_SIZE = 1000
LARGEST_PAGE = 1_000_000

T = TypeVar("T")


class Paged(BaseModel, Generic[T]):
    """The answer of a list, for `Operation.answer`: `Paged[User]`."""

    items: list[T]
    page: int
    per_page: int
    total_items: int
    total_pages: int


class PageQuery(BaseModel):
    """The query of a list, for `Operation.query`; a list with more parameters extends it."""

    page: Annotated[int, Field(ge=1, le=LARGEST_PAGE)] = 1
    per_page: Annotated[int, Field(ge=1, le=LARGEST_SIZE)] = DEFAULT_SIZE

    @property
    def skip(self) -> int:
        return (self.page - 1) * self.per_page


class Search(PageQuery):
    """The query of a list with `?search=`."""

    search: str = ""


def paged(items: Iterable[Any], total: int | None, query: PageQuery) -> dict[str, Any]:
    """The answer of a list. A total of None was not asked for: both totals are -1."""
    return {
        "items": list(items),
        "page": query.page,
        "per_page": query.per_page,
        "total_items": -1 if total is None else total,
        "total_pages": -1 if total is None else -(-total // query.per_page),
    }
