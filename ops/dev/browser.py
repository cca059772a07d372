"""The browser of the end-to-end tests: Chromium or Chrome of this machine."""

import os
import shutil
from pathlib import Path

from .commands import Failed
from .tools import debian

NAMES = ["chromium", "google-chrome-stable", "google-chrome", "chromium-browser"]


def program() -> str:
    """Its path; `CREATOR_STUDIO_CHROMIUM` overrides the search."""
    chosen = os.environ.get("CREATOR_STUDIO_CHROMIUM")
    found = [chosen] if chosen else [path for path in map(shutil.which, NAMES) if path and not _opens_a_snap(path)]
    if not found:
        raise Failed("No Chromium or Chrome was found; set CREATOR_STUDIO_CHROMIUM to its path.")
    return found[0]


def ensure() -> None:
    """Installs Debian's Chromium; Ubuntu has it as a snap only, which the tests cannot drive."""
    try:
        program()
    except Failed:
        if _is_ubuntu():
            raise Failed(
                "The browser tests need Chrome or Chromium, which Ubuntu has as a snap only. Install one with\n"
                "    npx playwright install --with-deps chromium\n"
                "and set CREATOR_STUDIO_CHROMIUM to the path of its program."
            ) from None
        debian.ensure([debian.command("chromium", "chromium")])


def _is_ubuntu() -> bool:
    release = Path("/etc/os-release")
    return release.exists() and "ID=ubuntu" in release.read_text().splitlines()


def _opens_a_snap(path: str) -> bool:
    """Ubuntu's `chromium-browser` is a script that installs or opens the snap."""
    with Path(path).open("rb") as file:
        return b"/snap/" in file.read(4096)
