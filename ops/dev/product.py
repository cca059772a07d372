"""The product's own processes: API, worker pools, and the stand-in for the platform's VOD service."""

import os
from pathlib import Path
from typing import Dict, List

from . import checkout, commands, health
from .addresses import HOST, Stand, migration_values, product_values
from .supervisor import Process

PROGRAMS = checkout.ROOT / "target" / "debug"
PLAIN_LOGS = {"NO_COLOR": "1"}
"""Logs go to files, where colours are noise."""
POOLS = ["media", "default", "analytics", "streams"]
"""Worker pools that run as processes of their own."""


def environment(stand: Stand) -> Dict[str, str]:
    """The caller's environment with the stand's addresses; a throwaway stand takes nothing of the caller's settings."""
    return {**_caller(stand), **product_values(stand), **PLAIN_LOGS}


def _caller(stand: Stand) -> Dict[str, str]:
    ours = ("CREATOR_STUDIO_", "OTEL_") if stand.throwaway else ()
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def program(name: str) -> Path:
    """A program that Cargo built."""
    return PROGRAMS / name


def migrate(stand: Stand) -> None:
    """Brings the schema up to date, as the owner of the tables."""
    _run(stand, "Database schema", "migrate", {**_caller(stand), **migration_values(stand)})


def seed(stand: Stand) -> None:
    """Makes the demo people and their library, through the product that runs."""
    _run(stand, "Demo people and library", "seed", environment(stand))


def _run(stand: Stand, title: str, command: str, values: Dict[str, str]) -> None:
    argv = [program("creator-studio"), command]
    commands.run(title, argv, stand.logs / f"{command}.log", env=values, cwd=checkout.ROOT)


def write_environment(stand: Stand, values: Dict[str, str]) -> Path:
    """Writes values as shell lines, so that `. .dev/env.sh` lets a developer run one part by hand."""
    file = stand.home / "env.sh"
    file.touch(mode=0o600)
    file.write_text("".join(f"export {name}='{value}'\n" for name, value in values.items()))
    return file


def vod(stand: Stand) -> Process:
    """The stand-in for the platform's VOD service, which takes faults on demand."""
    data = stand.home / "vod"
    data.mkdir(parents=True, exist_ok=True)
    values = {
        **environment(stand),
        "CREATOR_STUDIO_VOD_LISTEN": stand.address("vod"),
        "CREATOR_STUDIO_VOD_DATA": str(data),
    }
    return Process(
        "VOD stand-in",
        [program("vod"), "serve", "--allow-faults"],
        stand.logs / "vod.log",
        lambda: health.answers_http(f"http://{stand.address('vod')}/healthz"),
        env=values,
        cwd=data,
    )


def api(stand: Stand) -> Process:
    """The API with the portal, ready when each of its dependencies is."""
    return Process(
        "API and portal",
        [program("creator-studio"), "api"],
        stand.logs / "api.log",
        lambda: health.answers_http(f"{local_url(stand)}/readyz"),
        env=environment(stand),
        cwd=checkout.ROOT,
        grace=20.0,
    )


def workers(stand: Stand) -> List[Process]:
    """One process per worker pool."""
    return [_worker(stand, pool) for pool in POOLS]


def _worker(stand: Stand, pool: str) -> Process:
    metrics = stand.address(f"worker-{pool}-metrics")
    return Process(
        f"Worker pool {pool}",
        [program("creator-studio"), "worker", "--pool", pool],
        stand.logs / f"worker-{pool}.log",
        lambda: health.answers_http(f"http://{metrics}/metrics"),
        env={**environment(stand), "CREATOR_STUDIO_METRICS_LISTEN": metrics},
        cwd=checkout.ROOT,
        grace=30.0,
    )


def local_url(stand: Stand) -> str:
    """The API as this machine reaches it, also when it listens on every address."""
    host, _, port = stand.listen.rpartition(":")
    return f"http://{HOST if host in ('0.0.0.0', '[::]', '::') else host}:{port}"
