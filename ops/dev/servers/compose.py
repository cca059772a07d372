"""The same servers from containers, for machines where the programs cannot be installed (`SERVERS=compose`)."""

import os
from typing import Dict, List, Set

from .. import checkout, commands, progress
from ..addresses import Stand
from ..commands import Failed

FILE = checkout.ROOT / "ops" / "compose.yaml"
PORT_VARIABLES = {
    "CREATOR_STUDIO_POSTGRES_PORT": "postgres",
    "CREATOR_STUDIO_REDIS_PORT": "redis",
    "CREATOR_STUDIO_MONGO_PORT": "mongo",
    "CREATOR_STUDIO_S3_PORT": "s3",
    "CREATOR_STUDIO_SMTP_PORT": "smtp",
    "CREATOR_STUDIO_MAIL_WEB_PORT": "mail-web",
    "CREATOR_STUDIO_KAFKA_PORT": "kafka",
}


def require() -> None:
    """Fails where containers cannot be run."""
    try:
        commands.read(["docker", "compose", "version"])
    except Failed as error:
        raise Failed(f"SERVERS=compose needs Docker with its compose plugin.\n{error}") from error


_started: Set[str] = set()


def start(stand: Stand) -> None:
    """Returns when every container is healthy."""
    _started.add(stand.name)
    with progress.step("Containers"):
        commands.show([*_command(stand), "up", "--detach", "--wait"], env=_environment(stand))


def stop(stand: Stand) -> None:
    """Stops the containers that this process started, if it did; a throwaway stand loses its volumes."""
    if stand.name not in _started:
        return
    volumes = ["--volumes"] if stand.throwaway else []
    commands.show([*_command(stand), "down", *volumes], env=_environment(stand))


def _command(stand: Stand) -> List[str]:
    return ["docker", "compose", "--file", str(FILE), "--project-name", f"creator-studio-{stand.name}"]


def _environment(stand: Stand) -> Dict[str, str]:
    ports = {variable: str(stand.port(service)) for variable, service in PORT_VARIABLES.items()}
    return {**os.environ, **ports, "CREATOR_STUDIO_S3_DATA": str(stand.home / "s3" / "data")}
