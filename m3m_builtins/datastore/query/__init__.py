"""Queries on records: from a text filter, a search, a sort and the like to what MongoDB is asked."""

from .plan import Query, plan

__all__ = ["Query", "plan"]
