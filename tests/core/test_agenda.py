"""What is due when."""

from __future__ import annotations

from m3m_core.agenda import SLACK, Agenda


def taken(agenda: Agenda[str, int]) -> list[tuple[int, str]]:
    found = []
    while (first := agenda.first()) is not None:
        found.append(first)
        agenda.drop(first[1])
    return found


def test_what_is_due_first_comes_first_and_of_equals_what_was_put_first() -> None:
    agenda: Agenda[str, int] = Agenda()
    for key, due in (("c", 2), ("a", 2), ("b", 1), ("c", 3), ("d", 9), ("a", 0), ("a", 2)):
        agenda.put(key, due)
    agenda.drop("d")
    agenda.drop("never there")
    assert (len(agenda), sorted(agenda)) == (3, ["a", "b", "c"])
    assert taken(agenda) == [(1, "b"), (2, "a"), (3, "c")]
    assert not agenda


def test_entries_that_are_not_true_any_more_do_not_add_up() -> None:
    agenda: Agenda[str, int] = Agenda()
    for number in range(5 * SLACK):
        agenda.put("moved", number)
        agenda.put(f"{number}", number)
        agenda.drop(f"{number}")
        assert len(agenda._heap) <= SLACK + 4
    assert taken(agenda) == [(5 * SLACK - 1, "moved")]
