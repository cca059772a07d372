"""The people of a run and what is theirs, made through the product as it is used."""

import pytest

import film
import people
from belongings import Belongings
from ledger import LEDGER
from people import Person


@pytest.fixture(scope="session")
def everybody() -> dict[str, Person]:
    """Somebody of every role, and nobody in particular."""
    return {
        "nobody": Person("nobody"),
        "creator": people.join(),
        # Finance is given by two people together, which is not offered yet: the seed makes one.
        "finance": people.demo("finance", "finance2"),
        "ops": people.staff("ops"),
        "admin": people.staff("admin"),
    }


@pytest.fixture
def creator(everybody: dict[str, Person]) -> Person:
    """A creator."""
    return everybody["creator"]


@pytest.fixture
def ops(everybody: dict[str, Person]) -> Person:
    """Somebody on call."""
    return everybody["ops"]


@pytest.fixture
def admin(everybody: dict[str, Person]) -> Person:
    """An admin."""
    return everybody["admin"]


@pytest.fixture(scope="session")
def published(everybody: dict[str, Person]) -> str:
    """A content of the creator's that everybody can see."""
    content = film.hand_in(everybody["creator"])
    film.wait_until(everybody["creator"], content, "public")
    return content


@pytest.fixture(scope="session")
def belongings(everybody: dict[str, Person], published: str) -> Belongings:
    """What ids can be of."""
    return Belongings(everybody, published)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts what judges the whole run at its end."""
    items.sort(key=lambda item: item.get_closest_marker("last") is not None)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says how much was asked."""
    LEDGER.write()
    terminalreporter.write_line(LEDGER.summary())
