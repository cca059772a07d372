"""People who ask: nobody in particular, or somebody with roles of theirs."""

from itertools import count
from typing import Any
from uuid import uuid4

from requests.auth import AuthBase
from schemathesis import Case, Response
from schemathesis.core import NOT_SET

from contract import OPERATIONS, name_of
from ledger import LEDGER
from line import line
from mails import token_mailed_to
from proofs import Bearer, RefreshCookie

_LINE = line()
_RUN = uuid4().hex[:8]
_born = count(1)


class Person:
    """Somebody who asks."""

    def __init__(self, role: str, email: str = "", password: str = "") -> None:
        self.role = role
        self.email = email
        self.password = password
        self.id = ""
        self.proof: AuthBase | None = None
        self.cookie: AuthBase | None = None

    def send(self, case: Case, proof: AuthBase | None = None, **checks: list) -> Response:
        """Sends a request and holds its answer against the contract."""
        proof = proof or self.proof
        answer = case.call_and_validate(session=_LINE, **({"auth": proof} if proof else {}), **checks)
        if case.method == case.operation.method.upper():
            LEDGER.note(name_of(case.operation), self.role, answer.status_code)
        return answer

    def ask(self, operation: str, body: Any = NOT_SET, **more: Any) -> Any:
        """Does an operation, which must succeed; gives the JSON of the answer, if there is some."""
        answer = self.answer(operation, body, **more)
        return answer.json() if "json" in answer.headers.get("content-type", [""])[0] else answer.text

    def answer(
        self,
        operation: str,
        body: Any = NOT_SET,
        *,
        path: dict[str, str] | None = None,
        query: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
        proof: AuthBase | None = None,
    ) -> Response:
        """The same, and gives the answer itself."""
        media_type = None if body is NOT_SET else "application/json"
        case = OPERATIONS[operation].Case(
            path_parameters=path, query=query, headers=headers, body=body, media_type=media_type
        )
        answer = self.send(case, proof)
        assert 200 <= answer.status_code < 300, f"{operation}: {answer.status_code} {answer.text}"
        return answer

    def sign_in(self) -> None:
        """Becomes who they are, at a new device."""
        self.proof = None
        answer = self.answer("sessions.create", {"email": self.email, "password": self.password})
        self.proof = Bearer(answer.json()["access_token"])
        self.cookie = RefreshCookie(answer)
        self.id = answer.json()["account"]["id"]


def newcomer(role: str = "creator") -> Person:
    """Somebody whom nobody knows yet."""
    return Person(role, f"{role}-{_RUN}-{next(_born)}@contract.test", f"the contract of {_RUN} holds")


def join(role: str = "creator") -> Person:
    """Somebody who registered, proved their address and signed in: a creator."""
    person = newcomer(role)
    person.ask("accounts.register", {"email": person.email, "password": person.password, "display_name": "Ana"})
    person.ask("accounts.verify_address", {"token": token_mailed_to(person.email, "verify")})
    person.sign_in()
    return person


def demo(role: str, name: str = "") -> Person:
    """One of the people whom the seed makes."""
    person = Person(role, f"{name or role}@demo.test", "correct-horse-demo-7")
    person.sign_in()
    return person


def staff(role: str) -> Person:
    """Somebody who joined and was given a role by an admin, as the product offers it, and is nothing else."""
    person, admin = join(role), demo("admin")
    why = "Tests the contract."
    admin.ask("roles.grant", {"role": role, "reason": why}, path={"id": person.id})
    admin.ask("roles.revoke", {"reason": why}, path={"id": person.id, "role": "creator"})
    person.sign_in()
    return person
