"""What the feature datastore announces to others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from m3m_core import hookspec

if TYPE_CHECKING:
    from m3m_core import Context


@hookspec
def m3m_record_changed(ctx: Context, project_id: str, model: str, record_id: str, kind: str) -> None:
    """A record was created, updated or deleted: `kind`; `model` is the model's slug. Process: front, runner, cli.

    Moment: after the fact, once for each record that a write of the API or of a service names or deletes; not for
    records that follow a change of their model, nor for those whose ref to a deleted record becomes null. An exception
    is logged and holds nobody else up.
    """
