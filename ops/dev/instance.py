"""One running instance per stand: a lock that ends with its holder, and what others may know about it."""

import errno
import fcntl
import json
import os
import signal
import time
from pathlib import Path
from typing import IO, Dict, Optional

from . import checkout
from .addresses import Stand
from .commands import Failed


class Instance:
    """Held by the process that runs a stand, from before its first server to after its last."""

    def __init__(self, stand: Stand) -> None:
        self.stand = stand
        self._file: Optional[IO[str]] = None

    def take(self) -> bool:
        """Becomes the holder; false when another process is."""
        checkout.PRIVATE.mkdir(parents=True, exist_ok=True)
        file = _lock_file(self.stand).open("a+")
        if not _lock(file):
            file.close()
            return False
        self._file = file
        self.tell(ready=False)
        return True

    def tell(self, ready: bool) -> None:
        """Lets other processes know our id and whether everything is up."""
        text = json.dumps({"pid": os.getpid(), "ready": ready})
        assert self._file is not None, "only the holder tells"
        self._file.seek(0)
        self._file.truncate()
        self._file.write(text)
        self._file.flush()

    def release(self) -> None:
        """Ends the holding."""
        if self._file is not None:
            self._file.seek(0)
            self._file.truncate()
            self._file.close()
            self._file = None


def holder(stand: Stand) -> Optional[Dict]:
    """`{"pid": …, "ready": …}` of the process that runs a stand, if one does."""
    try:
        file = _lock_file(stand).open("r+")
    except FileNotFoundError:
        return None
    with file:
        if _lock(file):
            return None
        text = file.read()
    return json.loads(text) if text else {"pid": 0, "ready": False}


def stop_holder(stand: Stand, patience: float = 60.0) -> bool:
    """Asks the process that runs a stand to stop and waits until it has; false when none runs."""
    known = holder(stand)
    if not known:
        return False
    if known["pid"]:
        os.kill(known["pid"], signal.SIGTERM)
    deadline = time.monotonic() + patience
    while holder(stand):
        if time.monotonic() > deadline:
            raise Failed(f"Process {known['pid']}, which runs the {stand.name} stand, did not stop.")
        time.sleep(0.1)
    return True


def _lock_file(stand: Stand) -> Path:
    return checkout.PRIVATE / f"{stand.name}.lock"  # not in its home, which may be deleted while it is held


def _lock(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    except OSError as error:
        if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
            return False
        raise
