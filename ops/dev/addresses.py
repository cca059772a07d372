"""The one place of ports, addresses and `CREATOR_STUDIO_*` values.

Stands exist side by side: `dev` (what `make dev` shows), `test` (thrown away after `make test`) and `bench` (thrown
away too, but its servers are as durable as in production, so that figures mean something). They share no port, no
folder and no key. `CREATOR_STUDIO_PORT_OFFSET` moves all ports, for a second checkout on one machine.
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Dict

from . import checkout
from .tools import python

HOST = "127.0.0.1"

PORTS = {
    "api": 8080,
    "postgres": 15432,
    "redis": 16379,
    "mongo": 27117,
    "s3": 19000,
    "s3-metrics": 19567,
    "smtp": 11025,
    "mail-web": 11080,
    "kafka": 19092,
    "vod": 18090,
    "worker-media-metrics": 18081,
    "worker-default-metrics": 18082,
    "worker-streams-metrics": 18083,
    "worker-analytics-metrics": 18084,
}
"""Development ports. The other stands add a constant."""

S3_ACCESS_KEY = "creator-studio"
S3_SECRET_KEY = "creator-studio-dev-secret"
"""Keys of a store that only listens on loopback; production brings its own."""


class BadSetting(Exception):
    """A `CREATOR_STUDIO_*` value that cannot be used, with what to do about it."""


def _offset() -> int:
    text = os.environ.get("CREATOR_STUDIO_PORT_OFFSET", "0")
    if not text.isdigit() or int(text) > 20000:
        raise BadSetting(f"CREATOR_STUDIO_PORT_OFFSET must be a number from 0 to 20000, not {text!r}.")
    return int(text)


@dataclass(frozen=True)
class Stand:
    """One set of servers and processes with a folder and ports of its own."""

    name: str
    home: Path
    base: int
    """Added to `PORTS`."""
    throwaway: bool
    """Whether it starts empty, ends deleted, and takes nothing of the caller's settings."""
    durable: bool
    """Whether its servers bring what they acknowledge to the disk."""

    def port(self, service: str) -> int:
        """The port of one of `PORTS` on this stand."""
        return PORTS[service] + self.base + _offset()

    def address(self, service: str) -> str:
        """`host:port` of a service."""
        return f"{HOST}:{self.port(service)}"

    @property
    def listen(self) -> str:
        """Where the API listens; for `dev`, `CREATOR_STUDIO_LISTEN` may say otherwise."""
        chosen = os.environ.get("CREATOR_STUDIO_LISTEN") if not self.throwaway else None
        return chosen or self.address("api")

    @property
    def url(self) -> str:
        """Where people open the portal."""
        chosen = os.environ.get("CREATOR_STUDIO_PUBLIC_URL") if not self.throwaway else None
        return chosen or f"http://{self.listen}"

    @property
    def logs(self) -> Path:
        """One log file per process; outside the home, so that logs outlive a test run's data."""
        return checkout.PRIVATE / "logs" / self.name


def _throwaway_home(name: str) -> Path:
    """In the checkout, or where `CREATOR_STUDIO_TEST_HOME` says: a RAM disk makes tests quicker."""
    return Path(os.environ.get("CREATOR_STUDIO_TEST_HOME") or checkout.PRIVATE) / name


DEV = Stand("dev", checkout.PRIVATE, 0, throwaway=False, durable=True)
TEST = Stand("test", _throwaway_home("test"), 10000, throwaway=True, durable=False)
BENCH = Stand("bench", checkout.PRIVATE / "bench", 5000, throwaway=True, durable=True)
ALL = [DEV, TEST, BENCH]


def product_values(stand: Stand) -> Dict[str, str]:
    """What the API, the workers and the command line read. For `dev`, the caller's environment wins."""
    defaults = {
        "CREATOR_STUDIO_ENV": "development",
        "CREATOR_STUDIO_LISTEN": stand.listen,
        "CREATOR_STUDIO_PUBLIC_URL": stand.url,
        "CREATOR_STUDIO_TRUST_PROXY": str(stand.throwaway).lower(),  # so that tests can come from many networks
        "CREATOR_STUDIO_DATABASE_URL": f"postgres://creator_studio_service@{stand.address('postgres')}/creator_studio",
        "CREATOR_STUDIO_REDIS_URL": f"redis://{stand.address('redis')}",
        "CREATOR_STUDIO_MONGO_URL": f"mongodb://{stand.address('mongo')}",
        "CREATOR_STUDIO_MONGO_DATABASE": "creator_studio",
        "CREATOR_STUDIO_S3_ENDPOINT": f"http://{stand.address('s3')}",
        "CREATOR_STUDIO_S3_REGION": "us-east-1",
        "CREATOR_STUDIO_S3_BUCKET": "creator-studio",
        "CREATOR_STUDIO_S3_ACCESS_KEY": S3_ACCESS_KEY,
        "CREATOR_STUDIO_S3_SECRET_KEY": S3_SECRET_KEY,
        "CREATOR_STUDIO_S3_PATH_STYLE": "true",
        "CREATOR_STUDIO_S3_ENCRYPTION": "none",  # the store encrypts its own files, see servers/s3.py
        "CREATOR_STUDIO_SMTP_URL": f"smtp://{stand.address('smtp')}",
        "CREATOR_STUDIO_MAIL_FROM": "Creator Studio <studio@demo.test>",
        "CREATOR_STUDIO_KAFKA_BROKERS": stand.address("kafka"),
        "CREATOR_STUDIO_VOD_URL": f"http://{stand.address('vod')}",
        "CREATOR_STUDIO_VOD_SECRET": secret(stand, "vod.secret"),
        "CREATOR_STUDIO_TOKEN_KEY": str(stand.home / "keys" / "token.pem"),
    }
    if stand.throwaway:
        return defaults
    chosen = {name: value for name, value in os.environ.items() if name in defaults}
    return {**defaults, **chosen}


def migration_values(stand: Stand) -> Dict[str, str]:
    """What `creator-studio migrate` reads: as above, but it connects as the owner of the tables."""
    owner = f"postgres://creator_studio@{stand.address('postgres')}/creator_studio"
    return {**product_values(stand), "CREATOR_STUDIO_DATABASE_URL": owner}


def test_values(stand: Stand) -> Dict[str, str]:
    """Where tests find the real servers. A test panics, naming the variable, when one is missing."""
    return {
        "CREATOR_STUDIO_TEST_POSTGRES": f"postgres://postgres@{stand.address('postgres')}/postgres",
        "CREATOR_STUDIO_TEST_REDIS": f"redis://{stand.address('redis')}",
        "CREATOR_STUDIO_TEST_MONGO": f"mongodb://{stand.address('mongo')}",
        "CREATOR_STUDIO_TEST_S3": f"http://{stand.address('s3')}",
        "CREATOR_STUDIO_TEST_S3_ACCESS_KEY": S3_ACCESS_KEY,
        "CREATOR_STUDIO_TEST_S3_SECRET_KEY": S3_SECRET_KEY,
        "CREATOR_STUDIO_TEST_S3_DATA": str(stand.home / "s3" / "data"),
        "CREATOR_STUDIO_TEST_SMTP": f"smtp://{stand.address('smtp')}",
        "CREATOR_STUDIO_TEST_MAIL_WEB": f"http://{stand.address('mail-web')}",
        "CREATOR_STUDIO_TEST_KAFKA": stand.address("kafka"),
        # A test that cuts itself off from Kafka starts a broker of its own: clients follow the address that it names.
        "CREATOR_STUDIO_TEST_KAFKA_PROGRAM": str(python.tansu()),
        # These two only while a product runs, for the browser tests and the contract tests.
        "CREATOR_STUDIO_TEST_VOD": f"http://{stand.address('vod')}",
        "CREATOR_STUDIO_TEST_VOD_SECRET": secret(stand, "vod.secret"),
    }


def secret(stand: Stand, name: str) -> str:
    """A random secret of this stand, made once and readable by its owner alone."""
    file = stand.home / "keys" / name
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.touch(mode=0o600)
        file.write_text(secrets.token_hex(32))
    return file.read_text()
