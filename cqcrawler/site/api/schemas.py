"""JSON Schema of what is answered, from the dataclasses that are answered with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import EnumType
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from cqcrawler.archive.articles.paged import ProjectNotice
from cqcrawler.archive.articles.stated import (
    SourcedFact,
    StoredActor,
    StoredDate,
    StoredFact,
    StoredProject,
)
from cqcrawler.archive.file.dictionary import meanings
from cqcrawler.models import RemovedParagraph
from cqcrawler.site.api import answers

Schema = dict[str, Any]

_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean", NoneType: "null"}
# Where the data dictionary says what a field means.
_TABLES: Mapping[type, str] = {
    answers.SearchHit: "articles",
    answers.ArticleAnswer: "articles",
    answers.VersionEntry: "article_versions",
    answers.VersionText: "article_versions",
    answers.RelatedLink: "related_links",
    answers.OfferedFile: "attached_files",
    RemovedParagraph: "removed_text",
    StoredFact: "facts_current",
    SourcedFact: "fact_sources",
    StoredActor: "article_actors",
    StoredDate: "dates_ahead",
    StoredProject: "projects",
    answers.ProjectAnswer: "projects",
    ProjectNotice: "project_notices",
}
_DAYS = {"published", "event_from", "event_to", "day", "first_at", "last_at", "at"}
_TIMES = {
    *("first_seen", "last_seen", "changed_at", "withdrawn_at", "captured_at", "fetched_at"),
}


def schema_of(kind: Any, found: dict[str, Schema]) -> Schema:
    """Return the schema of a type; those of dataclasses in it go into `found`, by their names."""
    if is_dataclass(kind):
        name = kind.__name__  # type: ignore[union-attr]
        if name not in found:
            found[name] = {}  # so that one that holds itself would end
            found[name] = _object(kind, found)
        return {"$ref": f"#/components/schemas/{name}"}
    if isinstance(kind, EnumType):
        return {"type": "string", "enum": [member.value for member in kind]}  # type: ignore[var-annotated]
    if kind in _PLAIN:
        return {"type": _PLAIN[kind]}
    parts = get_args(kind)
    if get_origin(kind) in (Union, UnionType):
        return _any_of([schema_of(part, found) for part in parts])
    if get_origin(kind) is tuple:
        length = {} if parts[-1] is ... else {"minItems": len(parts), "maxItems": len(parts)}
        return {"type": "array", "items": schema_of(parts[0], found), **length}
    return _mapping(parts[0], parts[1], found)


def _any_of(schemas: list[Schema]) -> Schema:
    if all(set(schema) == {"type"} for schema in schemas):
        return {"type": [schema["type"] for schema in schemas]}
    return {"anyOf": schemas}


def _mapping(names: Any, values: Any, found: dict[str, Schema]) -> Schema:
    schema = {"type": "object", "additionalProperties": schema_of(values, found)}
    return schema | ({"propertyNames": schema_of(names, found)} if names is not str else {})


def _object(kind: Any, found: dict[str, Schema]) -> Schema:
    hints, words = get_type_hints(kind), _words().get(_TABLES.get(kind, ""), {})
    properties = {}
    for field in fields(kind):
        schema = schema_of(hints[field.name], found) | _format(field.name, hints[field.name])
        if field.name in words and "$ref" not in schema:
            schema["description"] = words[field.name]
        properties[field.name] = schema
    return {
        "type": "object",
        "description": " ".join((kind.__doc__ or "").split()),
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _format(name: str, kind: Any) -> Schema:
    if str not in (kind, *get_args(kind)):
        return {}
    if name in _DAYS:
        return {"format": "date"}
    return {"format": "date-time"} if name in _TIMES else {}


@cache
def _words() -> dict[str, dict[str, str]]:
    """Return what the data dictionary says in English, by table and column."""
    words: dict[str, dict[str, str]] = {}
    for meaning in meanings():
        columns = words.setdefault(meaning.table_name, {})
        columns[meaning.column_name] = meaning.meaning_en
    return words
