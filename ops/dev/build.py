"""Builds what the stands run: the portal's assets, which the API embeds, and the Rust programs."""

import os
from typing import List

from . import checkout, commands, stamps
from .tools import node

PORTAL = checkout.ROOT / "portal"
LOGS = checkout.PRIVATE / "logs"


def portal() -> None:
    """Installs the portal's packages and builds it, unless nothing of it changed."""
    node.install(PORTAL)
    stamp = checkout.PRIVATE / "stamps" / "portal"
    made_from = stamps.fingerprint([PORTAL])
    if stamps.is_fresh(stamp, made_from) and (PORTAL / "dist" / "index.html").exists():
        return
    commands.run(
        "Building the portal", ["npm", "run", "build"], LOGS / "portal.log", env=node.environment(), cwd=PORTAL
    )
    stamps.mark(stamp, made_from)


def programs(packages: List[str], *options: str) -> None:
    """Compiles the programs of some packages; Cargo skips what is unchanged."""
    (PORTAL / "dist").mkdir(exist_ok=True)  # embedded at compile time in release, read at run time in development
    chosen = [part for package in packages for part in ("--package", package)]
    commands.run(
        "Building the programs",
        ["cargo", "build", "--locked", "--bins", *chosen, *options],
        LOGS / "cargo.log",
        env={**os.environ, "CARGO_TERM_PROGRESS_WHEN": "never"},
        cwd=checkout.ROOT,
    )
