"""Rust, and the programs that Cargo builds from crates.io into the per-user cache."""

import os
import shutil
from pathlib import Path
from typing import List

from .. import checkout, commands
from ..commands import Failed
from . import debian
from .locking import only_one

SECANTUS = "0.5.3-beta.196"
DENY = "0.20.2"
QUICK_TO_BUILD = {"CARGO_PROFILE_RELEASE_LTO": "off", "CARGO_PROFILE_RELEASE_CODEGEN_UNITS": "16"}
"""Without the slow link-time optimisation that release builds of others ask for."""


def secantus() -> Path:
    """The MongoDB-protocol server."""
    return checkout.cache() / "secantus" / "bin" / "secantusd-rs"


def ensure_rust() -> None:
    """Fails with what to do when Cargo is missing: which Rust to have is the developer's choice."""
    if shutil.which("cargo") is None:
        raise Failed("Rust is missing. Install it from https://rustup.rs or with your package manager (1.95 or newer).")


def deny() -> Path:
    """The checker of what the dependencies are."""
    return checkout.cache() / "cargo-deny" / "bin" / "cargo-deny"


def ensure_secantus() -> None:
    """Builds the server once: some three minutes on two cores."""
    _ensure(secantus(), "secantus-mdb", SECANTUS, debian.BUILD_SECANTUS)


def ensure_deny() -> None:
    """Builds the checker once: a minute on two cores, for it need not be quick itself."""
    _ensure(deny(), "cargo-deny", DENY, [], CARGO_PROFILE_RELEASE_OPT_LEVEL="1")


def _ensure(program: Path, crate: str, version: str, packages: List[debian.Package], **profile: str) -> None:
    root = program.parent.parent
    with only_one(root.name):
        if _version_of(program) == version:
            return
        debian.ensure(debian.BUILD + packages)
        commands.run(
            f"Building {crate} {version}, once per user",
            [
                "cargo", "install", crate, "--version", version, "--bin", program.name, "--ignore-rust-version",
                "--locked", "--force", "--root", root,
            ],
            checkout.PRIVATE / "logs" / f"{crate}.log",
            env={**os.environ, **QUICK_TO_BUILD, **profile},
            cwd=checkout.cache(),  # not in the workspace, whose settings are not theirs
        )  # fmt: skip


def _version_of(program: Path) -> str:
    if not program.exists():
        return ""
    words = commands.read([program, "--version"]).split()
    return words[1] if len(words) > 1 else ""
