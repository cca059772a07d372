"""Rust, and the programs that Cargo builds from crates.io into the per-user cache."""

import os
import shutil
from pathlib import Path

from .. import checkout, commands
from ..commands import Failed
from . import debian
from .locking import only_one

SECANTUS = "0.5.3-beta.196"


def secantus() -> Path:
    """The MongoDB-protocol server."""
    return checkout.cache() / "secantus" / "bin" / "secantusd-rs"


def ensure_rust() -> None:
    """Fails with what to do when Cargo is missing: which Rust to have is the developer's choice."""
    if shutil.which("cargo") is None:
        raise Failed("Rust is missing. Install it from https://rustup.rs or with your package manager (1.95 or newer).")


def ensure_secantus() -> None:
    """Builds the server once: some three minutes on two cores, so without the slow link-time optimisation."""
    with only_one("secantus"):
        if _version_of(secantus()) == SECANTUS:
            return
        debian.ensure(debian.BUILD + debian.BUILD_SECANTUS)
        profile = {"CARGO_PROFILE_RELEASE_LTO": "off", "CARGO_PROFILE_RELEASE_CODEGEN_UNITS": "16"}
        commands.run(
            "Building the MongoDB-protocol server, once per user (about 3 minutes)",
            [
                "cargo", "install", "secantus-mdb", "--version", SECANTUS, "--bin", "secantusd-rs",
                "--ignore-rust-version", "--locked", "--force", "--root", checkout.cache() / "secantus",
            ],
            checkout.PRIVATE / "logs" / "secantus.log",
            env={**os.environ, **profile},
            cwd=checkout.cache(),
        )  # fmt: skip


def _version_of(program: Path) -> str:
    if not program.exists():
        return ""
    words = commands.read([program, "--version"]).split()
    return words[1] if len(words) > 1 else ""
