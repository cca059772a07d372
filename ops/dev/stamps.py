"""Skipping what is unchanged: a stamp holds the fingerprint of the files that a result was made from."""

import hashlib
import os
from pathlib import Path
from typing import Iterable, Iterator

SKIPPED_FOLDERS = {"node_modules", "dist", "target", ".git", "__pycache__"}


def fingerprint(sources: Iterable[Path]) -> str:
    """A digest over the names and contents of files, and of all files in folders except built ones."""
    digest = hashlib.sha256()
    for source in sources:
        for file in _files(source):
            digest.update(str(file.relative_to(source.parent)).encode() + b"\0")
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def is_fresh(stamp: Path, print_of_sources: str) -> bool:
    """Whether the result was made from exactly these sources."""
    try:
        return stamp.read_text() == print_of_sources
    except OSError:
        return False


def mark(stamp: Path, print_of_sources: str) -> None:
    """Records, after a success, what the result was made from."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(print_of_sources)


def _files(source: Path) -> Iterator[Path]:
    if source.is_file():
        yield source
        return
    for folder, folders, names in os.walk(source):
        folders[:] = sorted(name for name in folders if name not in SKIPPED_FOLDERS)
        yield from (Path(folder) / name for name in sorted(names))
