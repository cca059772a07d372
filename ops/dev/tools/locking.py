"""Locks between processes, which the system frees when their holder ends in whatever way."""

import fcntl
from contextlib import contextmanager
from typing import Iterator

from .. import checkout, progress


@contextmanager
def only_one(what: str) -> Iterator[None]:
    """Lets one process at a time change a part of the cache; the others wait."""
    folder = checkout.cache()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f".{what}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            progress.say(f"Waiting for another process that installs into {folder}")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
