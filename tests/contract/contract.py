"""The API's description as schemathesis knows it: what every answer is held against."""

import json
from pathlib import Path

import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.schemas import APIOperation, BaseSchema

from settings import told

HERE = Path(__file__).parent
DOCUMENT = HERE.parents[1] / "openapi" / "creator-studio.json"
EVENTS = "text/event-stream"


def _strict(document: dict) -> dict:
    """Without the `default` answers, which would let any status pass."""
    for methods in document["paths"].values():
        for operation in methods.values():
            answers = operation["responses"]
            answers.pop("default")
            for answer in answers.values():
                if stream := answer.get("content", {}).get(EVENTS):
                    stream["schema"] = _as_sent(stream["schema"])
    return document


def _as_sent(stream: dict) -> dict:
    """An event with its envelope: OpenAPI 3.0 has no words for it, so the document tells only what an event carries."""
    data = {"type": "string", "contentMediaType": "application/json", "contentSchema": stream["items"]}
    fields = {"id": {"type": "string", "pattern": "^[0-9]+$"}, "event": {"type": "string"}, "data": data}
    return {"type": "object", "required": [*fields], "properties": fields}


def _load() -> BaseSchema:
    config = SchemathesisConfig.from_path(HERE / "schemathesis.toml")
    config.projects.default.update(base_url=told("CREATOR_STUDIO_TEST_URL"))
    return schemathesis.openapi.from_dict(_strict(json.loads(DOCUMENT.read_text())), config=config)


def name_of(operation: APIOperation) -> str:
    """Its `operationId`."""
    return operation.definition.raw["operationId"]


def roles_of(operation: APIOperation) -> list[str] | None:
    """Who may do it, as the document says; nothing when everybody may."""
    return operation.definition.raw.get("x-roles")


CONTRACT = _load()
"""The whole document."""
OPERATIONS = {name_of(found.ok()): found.ok() for found in CONTRACT.get_all_operations()}
"""Every operation by its name."""
