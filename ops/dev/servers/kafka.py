"""A broker that speaks Kafka's protocol: Tansu, from PyPI, in memory.

What it holds ends with it: topics and the positions of readers too. That is as Kafka's place in the product asks: what
must not be lost lies in Postgres before it is sent, or after it was read. `ops/compose.yaml` runs the real one where
containers run.
"""

import struct

from .. import health
from ..addresses import Stand
from ..commands import Failed
from ..supervisor import Process
from ..tools import python


class Kafka:
    """One broker, which names its own address to clients, as Kafka does."""

    name = "Kafka protocol (Tansu)"

    def __init__(self, stand: Stand) -> None:
        self.stand = stand
        self.port = stand.port("kafka")

    def prepare(self) -> None:
        """Nothing to make: it keeps no file."""
        if not python.tansu().exists():
            raise Failed("The Kafka broker needs Python 3.10 or newer; SERVERS=compose runs a real one in a container.")

    def process(self) -> Process:
        """The broker, bound to loopback; ready within milliseconds."""
        url = f"tcp://{self.stand.address('kafka')}"
        return Process(
            self.name,
            [
                python.tansu(), "broker", "--listener-url", url, "--advertised-listener-url", url,
                "--storage-engine", "memory://tansu/",
            ],
            self.stand.logs / "kafka.log",
            lambda: health.answers_bytes(self.port, API_VERSIONS, CORRELATION),
        )  # fmt: skip

    def settle(self) -> None:
        """Nothing: the product makes the topics that it uses."""


CORRELATION = struct.pack(">i", 2026)


def _api_versions() -> bytes:
    """The first request of every Kafka client (key 18, version 0), without a client's name."""
    request = struct.pack(">hh", 18, 0) + CORRELATION + struct.pack(">h", -1)
    return struct.pack(">i", len(request)) + request


API_VERSIONS = _api_versions()
