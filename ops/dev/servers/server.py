"""What every server file offers."""

from typing import Protocol

from ..supervisor import Process


class Server(Protocol):
    """A server of one stand."""

    name: str

    def prepare(self) -> None:
        """Makes what must exist before it starts: folders, keys, an empty store. Harmless when done before."""

    def process(self) -> Process:
        """How to run it."""

    def settle(self) -> None:
        """Makes what must exist once it answers: roles, databases. Harmless when done before."""
