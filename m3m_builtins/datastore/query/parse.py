"""From the text of a filter to its tree."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import cast

from lark import Lark, Token, Transformer
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from m3m_core import Malformed

from .literals import number_of, text_of
from .macros import MACROS
from .nodes import Comparison, Group, Macro, Node, Operand, Operator, Path, Text, Value
from .problems import problem, shortened

LONGEST = 3500
"""Characters."""

MOST_COMPARISONS = 200
DEEPEST = 20
"""Levels of groups in groups; parentheses that change nothing do not count."""

CONSTANTS = {"true": True, "false": False, "null": None}


class Builder(Transformer[Token, Node | None]):
    """Called by the parser for each token and rule as it goes; the input bounds how often."""

    def PATH(self, token: Token) -> Path | Value:  # noqa: N802  # named as in the grammar
        position = start(token)
        if token.value in CONSTANTS:
            return Value(CONSTANTS[token.value], position)
        return Path(tuple(token.value.split(".")), position)

    def NUMBER(self, token: Token) -> Value:  # noqa: N802  # the same
        return number_of(token.value, start(token))

    def TEXT(self, token: Token) -> Text:  # noqa: N802  # the same
        return text_of(token.value, start(token))

    def MACRO(self, token: Token) -> Macro:  # noqa: N802  # the same
        name = token.value[1:]
        if name not in MACROS:
            known = ", ".join(f"@{macro}" for macro in MACROS)
            raise problem("unknown_macro", f'"{shortened(token.value)}" is not known; there are {known}.', start(token))
        return Macro(name, start(token))

    def comparison(self, parts: tuple[Operand, Token, Operand]) -> Comparison:
        left, operator, right = parts
        plain = cast(Operator, operator.value.removeprefix("?"))
        return Comparison(left, plain, operator.value.startswith("?"), right, start(operator))

    def all_of(self, items: list[Node]) -> Node:
        return group(True, items)

    def any_of(self, items: list[Node]) -> Node:
        return group(False, items)

    def start(self, items: Sequence[Node]) -> Node | None:
        return items[0] if items else None


def start(token: Token) -> int:
    return token.start_pos or 0


def group(every: bool, items: list[Node]) -> Node:
    """One node for all, with groups of the same kind dissolved."""
    flat: list[Node] = []
    for item in items:
        flat += item.items if isinstance(item, Group) and item.every == every else [item]
    if len(flat) == 1:
        return flat[0]
    return Group(every, tuple(flat), 1 + max(item.depth if isinstance(item, Group) else 0 for item in flat))


GRAMMAR = resources.files(__package__).joinpath("grammar.lark").read_text(encoding="utf-8")
PARSER = Lark(GRAMMAR, parser="lalr", lexer="basic", transformer=Builder())


@lru_cache(maxsize=256)
def parse(text: str) -> Node | None:
    """None for a filter that says nothing. Raises Malformed with the position of what is wrong."""
    if len(text) > LONGEST:
        raise problem("too_long", f"A filter has at most {LONGEST} characters; this one has {len(text)}.", LONGEST)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise problem("filter_syntax", "This is half a character.", error.start) from None
    try:
        node = cast("Node | None", PARSER.parse(text))
    except UnexpectedInput as error:
        raise explained(error, text) from None
    check_size(node)
    return node


def check_size(node: Node | None) -> None:
    if isinstance(node, Group) and node.depth > DEEPEST:
        raise problem("too_complex", f"A filter nests at most {DEEPEST} levels of && and ||.", 0)
    found = comparisons(node)
    if len(found) > MOST_COMPARISONS:
        message = f"A filter has at most {MOST_COMPARISONS} comparisons; this one has {len(found)}."
        raise problem("too_complex", message, found[MOST_COMPARISONS].position)


def comparisons(node: Node | None) -> list[Comparison]:
    """In the order of the text."""
    found: list[Comparison] = []
    pending: list[Node] = [node] if node is not None else []
    while pending:
        at = pending.pop()
        if isinstance(at, Comparison):
            found.append(at)
        else:
            pending += reversed(at.items)
    return found


# ---- what went wrong, in words --------------------------------------------------------------------------------------

WANTED = {
    "OPERATOR": "an operator such as = or ~",
    "PATH": "a field or a value",
    "_OR": "||",
    "_AND": "&&",
    "RPAR": ")",
    "$END": "the end",
}


def explained(error: UnexpectedInput, text: str) -> Malformed:
    position = min(error.pos_in_stream or 0, len(text)) if error.pos_in_stream is not None else len(text)
    if isinstance(error, UnexpectedCharacters):
        return problem("filter_syntax", unreadable(text[position]), position)
    if isinstance(error, UnexpectedToken):
        at_end = error.token.type == "$END"
        found = "The filter ends here" if at_end else f'"{shortened(found_text(error.token, text))}" stands here'
        wanted = [words for name in sorted(error.accepts or error.expected) if (words := WANTED.get(name, ""))]
        message = f"{found}, where {' or '.join(wanted)} is wanted."
        return problem("filter_syntax", message, len(text) if at_end else start(error.token))
    return problem("filter_syntax", "This cannot be read as a filter.", position)


def found_text(token: Token, text: str) -> str:
    """As the user wrote it: tokens may have become values already."""
    return text[start(token) : token.end_pos]


def unreadable(character: str) -> str:
    if character in "'\"":
        return "The text that begins here has no closing quote."
    if character in "&|":
        return f"Conditions are joined by {character * 2}."
    return f'"{character}" has no meaning here; texts stand in quotes.'
