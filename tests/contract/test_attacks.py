"""Whatever is sent, and whoever sends it, the answer is one that the document describes."""

from zlib import crc32

import pytest
from schemathesis import Case
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi.checks import ignored_auth

from belongings import Belongings
from contract import CONTRACT, name_of, roles_of
from people import Person

EVERYBODY = ["nobody", "creator", "finance", "ops", "admin"]
SIGNS_OUT = ("sessions.revoke", "sessions.revoke_all", "passwords.change")
"""After these the person who asked may have to sign in again."""
PROBES = [ignored_auth]
"""Repeats what succeeded without a proof and with a wrong one. Valid requests are probed so, once for each operation;
here everything is asked by nobody in particular as well."""


@CONTRACT.parametrize()
@pytest.mark.parametrize("who", EVERYBODY)
def test_no_answer_is_outside_the_contract(case: Case, who: str, everybody: dict, belongings: Belongings) -> None:
    person = everybody[who]
    allowed = may(person, case)
    if not allowed and drawn(case, 3) > 0:
        return  # who may not is refused before anything else is looked at: every third request shows that as well
    name_something_real(case, person, belongings)
    answer = person.send(case, excluded_checks=PROBES)
    assert allowed or not 200 <= answer.status_code < 300, f"{who} was let in"
    if name_of(case.operation) in SIGNS_OUT and answer.status_code == 204:
        person.sign_in()


def may(person: Person, case: Case) -> bool:
    """Whether the document lets them in by their role."""
    roles = roles_of(case.operation)
    return roles is None or person.role in roles


def name_something_real(case: Case, person: Person, belongings: Belongings) -> None:
    """Most requests name a thing that is there, finished or not; some name what schemathesis made up."""
    if not case.path_parameters or case.meta.is_negative_at(ParameterLocation.PATH):
        return
    chance = drawn(case, 4) if case.meta.phase.name.value == "fuzzing" else None
    if chance == 0:
        return
    real = belongings.of(person, name_of(case.operation), unfinished=chance == 1)
    for name in case.path_parameters.keys() & real.keys():
        case.path_parameters[name] = real[name]


def drawn(case: Case, of: int) -> int:
    """A number below `of`: always the same for the same request."""
    return crc32(repr(case).encode()) % of
