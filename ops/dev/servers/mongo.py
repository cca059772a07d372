"""A server of the MongoDB protocol: Secantus over WiredTiger, built from crates.io.

MongoDB itself is in no package registry. `ops/compose.yaml` runs the real one where containers run.
"""

import struct

from .. import health
from ..addresses import HOST, Stand
from ..supervisor import Process
from ..tools import cargo


class Mongo:
    """A single node; it syncs on commit where data matters, for else a killed server loses acknowledged writes."""

    name = "MongoDB protocol (Secantus)"

    def __init__(self, stand: Stand) -> None:
        self.stand = stand
        self.port = stand.port("mongo")
        self.data = stand.home / "mongo"

    def prepare(self) -> None:
        """Makes its folder."""
        self.data.mkdir(parents=True, exist_ok=True)

    def process(self) -> Process:
        """The server, bound to loopback."""
        return Process(
            self.name,
            [
                cargo.secantus(), "--host", HOST, "--port", self.port, "--storage-path", self.data,
                "--cache-size", "256M", "--log-level", "WARNING",
                *(["--sync-on-commit"] if self.stand.durable else []),
            ],
            self.stand.logs / "mongo.log",
            lambda: health.answers_bytes(self.port, HELLO, b"maxWireVersion"),
            cwd=self.data,
        )  # fmt: skip

    def settle(self) -> None:
        """Nothing: databases and collections come with their use."""


def _hello() -> bytes:
    """An OP_MSG with `{hello: 1, $db: "admin"}`, written by hand because the standard library knows no BSON."""
    body = b"\x10hello\0" + struct.pack("<i", 1) + b"\x02$db\0" + struct.pack("<i", 6) + b"admin\0"
    document = struct.pack("<i", len(body) + 5) + body + b"\0"
    sections = struct.pack("<i", 0) + b"\0" + document
    return struct.pack("<iiii", 16 + len(sections), 1, 0, 2013) + sections


HELLO = _hello()
