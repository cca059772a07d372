"""Redis, from the distribution's package."""

from .. import health
from ..addresses import HOST, Stand
from ..supervisor import Process


class Redis:
    """An instance that keeps an append-only file, so that people stay signed in over a restart."""

    name = "Redis"

    def __init__(self, stand: Stand) -> None:
        self.stand = stand
        self.port = stand.port("redis")
        self.data = stand.home / "redis"

    def prepare(self) -> None:
        """Makes its folder."""
        self.data.mkdir(parents=True, exist_ok=True)

    def process(self) -> Process:
        """The server, configured by its command line alone."""
        return Process(
            self.name,
            [
                "redis-server", "--bind", HOST, "--port", self.port, "--dir", self.data, "--save", "",
                "--appendonly", "yes" if self.stand.durable else "no", "--daemonize", "no",
            ],
            self.stand.logs / "redis.log",
            lambda: health.answers_bytes(self.port, b"PING\r\n", b"+PONG"),
        )  # fmt: skip

    def settle(self) -> None:
        """Nothing: keys come with their use."""
