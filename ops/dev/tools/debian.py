"""Packages of Debian and Ubuntu: which are missing, and installing them."""

import ctypes.util
import importlib.util
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, List

from .. import checkout, commands
from ..commands import Failed

INSTALLER = Path(__file__).with_name("install-debian-packages.sh")


@dataclass(frozen=True)
class Package:
    """A package, and how to see that what we need from it is there (from whatever source)."""

    name: str
    is_there: Callable[[], bool]


def command(package: str, *programs: str) -> Package:
    """A package that is there when its programs are on the PATH."""
    return Package(package, lambda: all(shutil.which(program) for program in programs))


def _has_postgres() -> bool:
    return bool(list(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or shutil.which("initdb"))


def _has_libclang() -> bool:
    return bool(ctypes.util.find_library("clang") or list(Path("/usr/lib").glob("llvm-*/lib/libclang*.so*")))


def _has_venv() -> bool:
    return bool(importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv"))


RUN = [
    Package("postgresql", _has_postgres),
    command("redis-server", "redis-server"),
    command("ffmpeg", "ffmpeg", "ffprobe"),
    command("openssl", "openssl"),
    Package("python3-venv", _has_venv),
]
"""For `make dev`."""

BUILD = [
    command("build-essential", "cc", "c++", "make"),
    command("pkg-config", "pkg-config"),
]
"""For compiling the product."""

BUILD_SECANTUS = [command("cmake", "cmake"), Package("libclang-dev", _has_libclang)]
"""For compiling the MongoDB-protocol server, once per user."""

TEST = [command("prometheus", "promtool")]
"""For `make test`, with a browser (see `browser.py`)."""


def ensure(packages: List[Package]) -> None:
    """Installs what is missing, or names the command that does."""
    missing = [package.name for package in packages if not package.is_there()]
    if not missing:
        return
    if not shutil.which("apt-get"):
        raise Failed(
            f"Missing: {', '.join(missing)} (Debian's names). Install them with your package manager, "
            "or run the servers in containers with SERVERS=compose."
        )
    commands.run(
        f"Installing {', '.join(missing)}",
        [*_as_root(missing), "sh", INSTALLER, *missing],
        checkout.PRIVATE / "logs" / "apt.log",
        may_ask=True,
    )


def _as_root(missing: List[str]) -> List[str]:
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        if sys.stderr.isatty():
            return ["sudo"]
        if subprocess.call(["sudo", "--non-interactive", "true"], stderr=subprocess.DEVNULL) == 0:
            return ["sudo", "--non-interactive"]
    raise Failed(f"Missing packages: {', '.join(missing)}. As root, run:\n    sh {INSTALLER} {' '.join(missing)}")
