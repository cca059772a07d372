"""Brings up the servers of a stand, from containers when `SERVERS=compose`, else from programs on this machine."""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from typing import List

from . import ports, progress
from .addresses import Stand
from .commands import Failed
from .servers import compose
from .servers.kafka import Kafka
from .servers.mail import Mail
from .servers.mongo import Mongo
from .servers.postgres import Postgres, cluster_folder
from .servers.redis import Redis
from .servers.s3 import S3, make_private_key
from .servers.server import Server
from .supervisor import Supervisor
from .tools import cargo, debian, node, python

SERVER_PORTS = ["postgres", "redis", "mongo", "s3", "s3-metrics", "smtp", "mail-web", "kafka"]


def in_containers() -> bool:
    """Whether the developer chose containers."""
    chosen = os.environ.get("SERVERS", "programs")
    if chosen not in ("programs", "compose"):
        raise Failed(f"SERVERS must be 'programs' or 'compose', not {chosen!r}.")
    return chosen == "compose"


def install() -> None:
    """Installs every program that the servers need and this machine lacks, but for those that `build` makes."""
    cargo.ensure_rust()
    if in_containers():
        compose.require()
    debian.ensure(debian.BUILD if in_containers() else debian.RUN + debian.BUILD)
    python.ensure()
    node.ensure()
    if not in_containers():
        node.ensure_maildev()


def build() -> None:
    """Compiles the servers that come as source, once per user: minutes, beside which other work can go on."""
    if not in_containers():
        cargo.ensure_secantus()


def require_free_ports(stand: Stand, services: List[str]) -> None:
    """Fails with the name of whatever sits on a port of ours."""
    taken = ports.complaints({service: stand.port(service) for service in services})
    if taken:
        raise Failed(
            "\n".join(taken) + "\nStop what uses them, or move all ports: CREATOR_STUDIO_PORT_OFFSET=100 (any number)."
        )


def start(stand: Stand, supervisor: Supervisor) -> None:
    """Returns when every server answers and has what the product expects."""
    make_private_key(stand.home / "keys" / "token.pem", ["ed25519"], stand)
    if in_containers():
        compose.start(stand)
        return
    require_free_ports(stand, SERVER_PORTS)
    servers: List[Server] = [Postgres(stand), Redis(stand), Mongo(stand), S3(stand), Mail(stand), Kafka(stand)]
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda server: server.prepare(), servers))
    with progress.step("Servers"):
        supervisor.start([server.process() for server in servers])
        for server in servers:
            server.settle()


def stop(stand: Stand, supervisor: Supervisor) -> None:
    """Stops everything that the supervisor started, and the containers."""
    supervisor.stop()
    compose.stop(stand)


def delete_data(stand: Stand) -> None:
    """Deletes the folders of a stand that does not run."""
    for folder in (cluster_folder(stand, "postgres" if os.geteuid() == 0 else None), stand.home):
        shutil.rmtree(folder, ignore_errors=True)
