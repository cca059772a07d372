"""Running a command and reporting how it went."""

import os
import signal
import subprocess
import threading
from pathlib import Path
from typing import Dict, Optional, Sequence, Set

from . import progress

GRACE = 10.0
"""Seconds between the wish that a command ends and SIGKILL."""

_running: Set[subprocess.Popen] = set()
_ending = threading.Event()
_lock = threading.Lock()


class Failed(Exception):
    """A command did not succeed. The text says which, why and what to do; it is shown to people as it is."""


def run(
    title: str,
    argv: Sequence,
    log: Path,
    env: Optional[Dict[str, str]] = None,
    cwd: Optional[Path] = None,
    may_ask: bool = False,
) -> None:
    """Runs a step's command with its output in `log`, and shows the end of that log when it fails.

    A command that `may_ask` for a password stays in the terminal's session.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with progress.step(title, log), log.open("wb") as out:
        code = _call(argv, env, cwd, start_new_session=not may_ask, stdout=out, stderr=subprocess.STDOUT)
        if code != 0:
            shown = "\n".join("    " + line for line in progress.tail(log, 25))
            raise Failed(f"{title} failed (exit code {code}): {_line(argv)}\n{shown}\n  Whole log: {log}")


def show(argv: Sequence, env: Optional[Dict[str, str]] = None, cwd: Optional[Path] = None) -> None:
    """Runs a command whose output people want to see as it comes."""
    code = _call(argv, env, cwd)
    if code != 0:
        raise Failed(f"Exit code {code}: {_line(argv)}")


def read(argv: Sequence, env: Optional[Dict[str, str]] = None, cwd: Optional[Path] = None) -> str:
    """The standard output of a quick command."""
    try:
        done = subprocess.run(
            [str(part) for part in argv], env=env, cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True, text=True
        )
    except OSError as error:
        raise Failed(f"Cannot run {argv[0]}: {error.strerror}") from error
    if done.returncode != 0:
        raise Failed(f"Exit code {done.returncode}: {_line(argv)}\n{(done.stderr or done.stdout).strip()}")
    return done.stdout


def end_all() -> None:
    """Ends the commands that still run in other threads, with all that they started, and lets none begin there."""
    _ending.set()
    with _lock:
        running = list(_running)
    for child in running:
        _end(child)


def _call(argv: Sequence, env: Optional[Dict[str, str]], cwd: Optional[Path], **options) -> int:
    """Runs a command in a process group of its own, so that it can be ended with all that it started."""
    options.setdefault("start_new_session", True)
    with _lock:
        if _ending.is_set() and threading.current_thread() is not threading.main_thread():
            raise Failed("Stopped before it began.")
        try:
            child = subprocess.Popen(list(map(str, argv)), env=env, cwd=cwd, stdin=subprocess.DEVNULL, **options)
        except OSError as error:
            raise Failed(f"Cannot run {argv[0]}: {error.strerror}") from error
        _running.add(child)
    try:
        return child.wait()
    except BaseException:
        _end(child)
        raise
    finally:
        with _lock:
            _running.discard(child)


def _end(child: subprocess.Popen) -> None:
    try:
        os.killpg(child.pid, signal.SIGTERM)
        child.wait(GRACE)
    except (ProcessLookupError, PermissionError):
        pass  # it has ended, or shares our group because it may ask
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _line(argv: Sequence) -> str:
    return " ".join(str(part) for part in argv)
