"""Whoever reads the document finds an example of every body."""

import json

import pytest
from jsonschema_rs import Draft4Validator

from contract import DOCUMENT

API = json.loads(DOCUMENT.read_text())
BODIES = {
    operation["operationId"]: operation["requestBody"]["content"]["application/json"]["schema"]
    for methods in API["paths"].values()
    for operation in methods.values()
    if "requestBody" in operation
}


@pytest.mark.parametrize("operation", BODIES)
def test_a_body_has_a_whole_example_that_follows_its_own_schema(operation: str) -> None:
    schema = BODIES[operation]
    if named := schema.get("$ref"):
        schema = API["components"]["schemas"][named.rpartition("/")[2]]
    Draft4Validator({**schema, "components": API["components"]}).validate(schema["example"])
