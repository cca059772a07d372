"""Adopting processes whose parents ended without them, so that nothing outlives a test run unseen.

Linux hands orphans to the nearest ancestor that asked for them (PR_SET_CHILD_SUBREAPER); elsewhere this does nothing.
"""

import ctypes
import os
import signal
import sys
import time
from pathlib import Path
from typing import List

PR_SET_CHILD_SUBREAPER = 36


def adopt() -> None:
    """From now on, orphans among our descendants become our children."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end(patience: float = 3.0) -> List[str]:
    """Waits a moment for our remaining descendants to end, kills the rest and returns their command lines."""
    deadline = time.monotonic() + patience
    while _children() and time.monotonic() < deadline:
        _reap()
        time.sleep(0.05)
    ended = []
    while _children():
        for pid in _children():
            ended.append(_command_line(pid))
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.05)
        _reap()
    return [line for line in ended if line]


def _reap() -> None:
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def _children() -> List[int]:
    """Our living children; those of killed ones become ours in the next round."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue  # it ended meanwhile
        if int(parent) == os.getpid() and state != "Z":
            found.append(int(folder.name))
    return found


def _command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace").strip()
    except OSError:
        return ""
