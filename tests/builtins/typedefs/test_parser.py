"""Declarations as people write them, and what the reference makes of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from m3m_builtins.typedefs.parser import parsed
from m3m_builtins.typedefs.reference import Function, Module, modules
from m3m_builtins.typedefs.scanner import statements

TEA = """
// Tea for two.
declare namespace M3M {
  type Kind = "green" | "black"
    | "white"

  /** Pots. */
  interface Tea extends Kettle {
    /** Not a function. */
    readonly size: number
    on: ((event: string) => void) | null

    /**
     * Pours a cup;
     * with milk, too.
     *
     * @example
     * const cup = tea.pour("green", { milk: true })
     * cup.drink()
     * @deprecated
     */
    pour(kind: Kind, options?: { milk?: boolean; then?: (cup: Cup) => void }): Cup
    pour(kind: string): Cup
    /** `pour`, letting others in. @see pour */
    pourAsync<T extends Cup = Cup>(
      kind: Kind, // which
    ): Promise<T>
    /** A property that is a function. */
    stir?: <T>(spoon: T, times: number) => T
  }
  interface Kettle { /** Boils. */ boil(): void; }
  interface Cup {
    /**
     * Drinks.
     * @example
     * cup.drink()
     */
    drink(): void
  }
  interface Wanted { callback(x: number): void }
}

/** The tea module. */
declare const tea: M3M.Tea
declare const $tea: M3M.Tea
/** Global. */
declare function brew(minutes: number): void;
declare class Leaf {
  /** A leaf. */
  constructor(name: string)
  static parse(text: "}" | `{`): Leaf
}
declare const clock: {
  /** Now. */
  now(): number
}
"""


def of(source: str, plugin: str = "tea") -> list[Module]:
    return modules([(plugin, source)])


def test_all_of_it() -> None:
    tea, clock = of(TEA)
    assert (tea.name, tea.aliases, tea.plugin, tea.same_as) == ("tea", ("$tea",), "tea", "")
    assert tea.description == "The tea module. Pots."
    assert {(function.owner, function.name, function.waits) for function in tea.functions} == {
        ("tea", "boil", False),
        ("tea", "pour", True),
        ("tea", "stir", False),
        ("Cup", "drink", False),
        ("", "brew", False),
        ("Leaf", "constructor", False),
        ("Leaf", "parse", False),
    }
    assert [function.signature for function in clock.functions] == ["clock.now(): number"]


def test_one_function() -> None:
    pour = next(function for function in of(TEA)[0].functions if function.name == "pour")
    assert pour == Function(
        "pour",
        "tea",
        "tea.pour(kind: Kind, options?: { milk?: boolean; then?: (cup: Cup) => void }): Cup\n"
        "tea.pour(kind: string): Cup",
        "Pours a cup; with milk, too.",
        'const cup = tea.pour("green", { milk: true })\ncup.drink()',
        True,
    )


def test_calls_are_written_as_in_a_service() -> None:
    signatures = {function.name: function.signature for function in of(TEA)[0].functions}
    assert signatures["drink"] == "cup.drink(): void"
    assert signatures["constructor"] == "new Leaf(name: string)"
    assert signatures["parse"] == 'Leaf.parse(text: "}" | `{`): Leaf'
    assert signatures["brew"] == "brew(minutes: number): void"
    assert signatures["stir"] == "tea.stir<T>(spoon: T, times: number) => T"


def test_a_module_may_share_the_interface_of_another_plugin() -> None:
    shared = "/** The same. */\ndeclare const chai: M3M.Tea"
    found = modules([("chai", shared), ("tea", TEA)])
    assert (found[0].name, found[0].same_as) == ("chai", "tea")
    assert [function.name for function in found[0].functions] == ["boil", "pour", "stir"]


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("", []),
        ("declare var x: any", []),
        ("declare const a: { b(): void }", ["b"]),
        ("interface A { b(): void }\ndeclare let a: A;", ["b"]),
        ("interface A { b(): void; c: string, d(): number }\ndeclare const a: A", ["b", "d"]),
        ("interface A { b(): void\n c<T>(x: Map<string, T>): { d(): void }\n e(): void }\ndeclare const a: A",
         ["b", "c", "e"]),
        ("interface A { b(): void }\ninterface A { c(): void }\ndeclare const a: A", ["b", "c"]),
        ("interface A {\n b():\n  | string\n  | number\n c(\n x: string,\n): void\n}\ndeclare const a: A", ["b", "c"]),
        ("export interface A { get(): void; static(): void; $x(): void }\nexport declare const a: A",
         ["get", "static", "$x"]),
        ("/* not */ interface A { // }\n b(): void /* } */ \n c(): '}' }\ndeclare const a: A", ["b", "c"]),
        ("declare global { interface A { b(): void } }\ndeclare const a: A", ["b"]),
        ("interface A<T> extends B<T>, C { b(): T }\ninterface C { c(): void }\ndeclare const a: A<string>",
         ["c", "b"]),
        ("interface A { b(): void", []),
        ("interface A { b( }\ndeclare const a: A", []),
    ],
)  # fmt: skip
def test_forms(source: str, names: list[str]) -> None:
    found = [function.name for module in of(source) for function in module.functions]
    assert found == names or (not names and len(found) < 2)


@given(st.text(alphabet="abAB ():;,.{}<>=|&?/*\n\"'`@$declare const interface function", max_size=80))
def test_nothing_makes_it_fail_or_hang(text: str) -> None:
    list(statements(text))
    parsed(text)
    of(text + "\ninterface A { b(): void }\ndeclare const a: A")


@given(st.integers(0, len(TEA)), st.integers(0, 40))
def test_declarations_with_a_piece_missing_do_not_make_it_fail(at: int, length: int) -> None:
    of(TEA[:at] + TEA[at + length :])
