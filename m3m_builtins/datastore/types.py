"""TypeScript for `database`: one interface for each model of a project."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from m3m_core import TypeDefinition

from .models import Models
from .schema import DATES, NUMBERS, Field, Schema

ANY_MODEL = """declare namespace M3M {
  interface Database {
    /** Each model by its name. In a project, those that it has. */
    [model: string]: any
  }
}"""


def definitions(models: Models, project_id: str | None) -> Sequence[TypeDefinition]:
    general = TypeDefinition.beside(__file__)
    if project_id is None:
        return [general, TypeDefinition("models", ANY_MODEL)]
    return [general, TypeDefinition("models", source(models.schemas().all(project_id)))]


def source(schemas: Sequence[Schema]) -> str:
    """The declarations of all models of a project."""
    names = {schema.slug: name(schema.slug) for schema in schemas}
    blocks = ["declare namespace M3M {", "  namespace Models {"]
    for schema in schemas:
        blocks += [f"    {line}" for line in interface(schema, names)]
    blocks += ["  }", "", "  interface Database {"]
    for schema in schemas:
        blocks += [f"    {line}" for line in member(schema, names[schema.slug])]
    return "\n".join([*blocks, "  }", "}"])


def name(slug: str) -> str:
    """`order_items` → `OrderItems`. Only letters take the place of an underscore, so different slugs stay different."""
    return re.sub("(?:^|_)([a-z])", lambda found: found[1].upper(), slug)


def interface(schema: Schema, names: dict[str, str]) -> Iterator[str]:
    """A record as it is read."""
    yield from comment(schema.name)
    yield f"interface {names[schema.slug]} extends M3M.RecordBase {{"
    for spec in schema.fields.values():
        yield from (f"  {line}" for line in comment(spec.label, spec.help))
        yield f"  {spec.key}: {read_type(spec)}{' | null' if spec.nullable else ''}"
    refs = [spec for spec in schema.refs() if spec.target in names]
    if refs:
        yield "  /** Records behind refs, when `expand` asks for them. */"
        yield "  expand?: {"
        for spec in refs:
            yield f"    {spec.key}?: {names[spec.target or '']}{'[]' if spec.many else ''}"
        yield "  }"
    yield "}"


def member(schema: Schema, interface_name: str) -> Iterator[str]:
    """The collection, with a record as it is written."""
    collection = f"M3M.Collection<M3M.Models.{interface_name}, {{"
    yield from comment(schema.name)
    yield f"{schema.slug}: {collection}"
    written = [f"  {line}" for spec in schema.fields.values() for line in written_field(spec)]
    yield from written
    yield "}>"
    yield f'collection(model: {json.dumps(schema.slug)}): Database["{schema.slug}"]'


def written_field(spec: Field) -> Iterator[str]:
    yield from comment(spec.label, spec.help)
    is_needed = (spec.required or not spec.nullable) and spec.default_value is None
    yield f"{spec.key}{'' if is_needed else '?'}: {written_type(spec)}{' | null' if spec.nullable else ''}"


def written_type(spec: Field) -> str:
    return "M3M.DateInput" if spec.type in DATES else read_type(spec)


def read_type(spec: Field) -> str:
    if spec.type in NUMBERS:
        return "number"
    if spec.type == "bool":
        return "boolean"
    if spec.type == "document":
        return "any"
    one = choices(spec) if spec.type in ("select", "multiselect") else "string"
    return f"({one})[]" if spec.many else one


def choices(spec: Field) -> str:
    return " | ".join(json.dumps(value) for value in spec.options.get("values", ())) or "string"


def comment(*texts: str) -> Iterator[str]:
    """What people wrote about it; nothing that they wrote ends the comment."""
    told = " · ".join(" ".join(text.split()) for text in texts if text)
    if told:
        yield f"/** {told.replace('*/', '*∕')} */"
