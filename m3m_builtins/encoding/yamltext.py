"""YAML by the core schema of version 1.2: `no` is a text, a date is a text, and nothing makes an object of a class.

A few lines with anchors can stand for billions of values, so what a document unfolds to is counted before it is built.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from .places import WrongTextError

LONGEST = 2 * 1024 * 1024
"""Characters."""

MOST_VALUES = 100_000
"""With every alias unfolded."""

DEEPEST = 100
SAFE_DIGITS = 15
"""Of a whole number that JavaScript holds exactly."""


def parse(text: str) -> Any:
    import yaml

    if len(text) > LONGEST:
        raise WrongTextError(f"the YAML is longer than {LONGEST} characters", text, 0)
    try:
        _check_depth(text)
        loader = loader_class()(text)
        try:
            node = loader.get_single_node()
            if node is None:
                return None
            _check_nodes(node, text)
            return loader.construct_document(node)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        told = error.problem or error.context or "it cannot be read"
        raise WrongTextError(f"this is not YAML: {told}", text, _at(mark)) from None
    except yaml.reader.ReaderError as error:
        raise WrongTextError(
            "this is not YAML: it has a character that must not be there", text, error.position
        ) from None
    except yaml.YAMLError:
        raise WrongTextError("this is not YAML", text, 0) from None


def stringify(value: Any, indent: int) -> str:
    import yaml

    # Not the library's faster dumper, which writes emoji as numbers.
    made: str = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, indent=indent, width=120)
    return made.removesuffix("...\n")


def _check_depth(text: str) -> None:
    """Before anything recurses: the events come one by one."""
    import yaml

    depth = 0
    for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                raise WrongTextError(f"the YAML is nested deeper than {DEEPEST}", text, _at(event.start_mark))
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _at(mark: Any) -> int:
    return int(mark.index) if mark is not None else 0


def _check_nodes(root: Any, text: str) -> None:
    """The number of values below each node and how deep they go, aliases as often as they stand there; no key twice."""
    known: dict[int, tuple[int, int]] = {}
    open_nodes: set[int] = set()

    def measure(node: Any) -> tuple[int, int]:
        if id(node) in known:
            return known[id(node)]
        if id(node) in open_nodes:
            raise WrongTextError("a value of the YAML contains itself", text, node.start_mark.index)
        open_nodes.add(id(node))
        parts = [] if isinstance(node.value, str) else [measure(part) for part in _parts(node, text)]
        open_nodes.discard(id(node))
        total, depth = 1 + sum(size for size, _ in parts), 1 + max((depth for _, depth in parts), default=0)
        if total > MOST_VALUES:
            raise WrongTextError(f"the YAML unfolds to more than {MOST_VALUES} values", text, node.start_mark.index)
        if depth > DEEPEST + 1:
            raise WrongTextError(f"the YAML is nested deeper than {DEEPEST}", text, node.start_mark.index)
        known[id(node)] = total, depth
        return total, depth

    measure(root)


def _parts(node: Any, text: str) -> Iterator[Any]:
    """The items of a list, the keys and values of a mapping. Raises WrongTextError for keys that must not be."""
    _check_keys(node, text)
    for part in node.value:
        yield from part if isinstance(part, tuple) else (part,)


def _check_keys(node: Any, text: str) -> None:
    seen: set[str] = set()
    for part in node.value:
        if isinstance(part, tuple) and part[0].tag != MERGE:
            key = part[0]
            if not isinstance(key.value, str):
                raise WrongTextError("a key of the YAML is a list or a mapping", text, key.start_mark.index)
            if key_of(key) in seen:
                raise WrongTextError("a key of the YAML stands here twice", text, key.start_mark.index)
            seen.add(key_of(key))


def key_of(node: Any) -> str:
    return "null" if node.tag == NULL else str(node.value)


def _merge(node: Any) -> None:
    """In place of `<<` what it stands for: a mapping's own keys win, and of several mappings the first one.

    The library's own way has mappings that are merged twice over lose their own keys (6.0.4).
    """
    from yaml.constructor import ConstructorError

    own = [pair for pair in node.value if pair[0].tag != MERGE]
    known, merged = {key_of(key) for key, _ in own}, []
    for value in (value for key, value in node.value if key.tag == MERGE):
        for source in value.value if value.id == "sequence" else [value]:
            if source.id != "mapping":
                raise ConstructorError(None, None, "what << stands for is a mapping", source.start_mark)
            _merge(source)
            for key, item in source.value:
                if key_of(key) not in known:
                    known.add(key_of(key))
                    merged.append((key, item))
    node.value = merged + own


@lru_cache(maxsize=1)
def loader_class() -> Any:
    import yaml

    class CoreLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # which one is known now
        yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012  # as the library wants it

        def construct_mapping(self, node: Any, deep: bool = False) -> dict[str, Any]:
            """Keys are texts, as in JavaScript: 1 and true stay two keys."""
            _merge(node)
            return {key_of(key): self.construct_object(value, deep=deep) for key, value in node.value}

    for tag, pattern, first in RESOLVERS:
        CoreLoader.add_implicit_resolver(tag, re.compile(pattern), first)
    CoreLoader.add_constructor(INT, lambda loader, node: whole(loader.construct_scalar(node)))
    CoreLoader.add_constructor(FLOAT, lambda loader, node: real(loader.construct_scalar(node)))
    return CoreLoader


INT, FLOAT, MERGE, NULL = (f"tag:yaml.org,2002:{name}" for name in ("int", "float", "merge", "null"))
NUMBER_START = list("-+.0123456789")

RESOLVERS: tuple[tuple[str, str, list[str]], ...] = (
    (NULL, r"^(?:null|Null|NULL|~|)$", ["n", "N", "~", ""]),
    ("tag:yaml.org,2002:bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    (INT, r"^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$", NUMBER_START),
    (FLOAT, r"^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$",
     NUMBER_START),
    (MERGE, r"^<<$", ["<"]),
)  # fmt: skip


def whole(text: str) -> int | float:
    """JavaScript has one kind of number: beyond what it holds exactly, the nearest that it holds."""
    digits = text.lstrip("-+")
    if digits[:2] in ("0o", "0x"):
        value = int(digits[2:], 8 if digits[1] == "o" else 16)
        return value if len(digits) <= SAFE_DIGITS else float(value)
    return int(text) if len(digits) <= SAFE_DIGITS else float(text)


def real(text: str) -> float:
    return float(text.replace(".inf", "inf").replace(".nan", "nan").lower() if "." in text[:2] else text)
