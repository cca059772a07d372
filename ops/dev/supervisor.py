"""Starts processes, watches them, restarts what dies, and stops everything in order.

Each process gets a session of its own, so that Ctrl-C in the terminal reaches only the supervisor, which then stops
the rest in order; and each asks Linux to end it when the supervisor dies in whatever way. Processes must therefore
be spawned by the supervisor's main thread: Linux ties that wish to the life of the spawning thread.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable, Dict, List, Optional

from . import progress
from .commands import Failed

POLL = 0.05
"""Seconds between looks at processes and readiness."""
QUICK_DEATHS = 5
"""A process that ends this often within `QUICK_WINDOW` seconds is not restarted again."""
QUICK_WINDOW = 60.0


@dataclass
class Process:
    """How to run one program, how to know that it is ready, and how to stop it."""

    name: str
    argv: List
    log: Path
    ready: Callable[[], bool]
    env: Optional[Dict[str, str]] = None
    cwd: Optional[Path] = None
    user: Optional[str] = None
    """The account to run as, when this process runs as root and the program refuses to."""
    stop_signal: int = signal.SIGTERM
    patience: float = 60.0
    """Seconds until it must be ready."""
    grace: float = 10.0
    """Seconds between the wish to stop and SIGKILL."""
    child: Optional[subprocess.Popen] = field(default=None, repr=False)
    ends: List[float] = field(default_factory=list, repr=False)

    def spawn(self) -> None:
        """Starts the program with its output appended to its log."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as out:
            self.child = subprocess.Popen(
                [*_bound_to_our_life(self.user, self.stop_signal), *map(str, self.argv)],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                env=self.env,
                cwd=self.cwd or "/",
                start_new_session=True,
            )

    def has_ended(self) -> bool:
        """Whether the program ran and is gone."""
        return self.child is not None and self.child.poll() is not None

    def last_words(self, count: int = 15) -> str:
        """The end of its log, indented for people."""
        return "\n".join("    " + line for line in progress.tail(self.log, count)) + f"\n  Whole log: {self.log}"


def _bound_to_our_life(user: Optional[str], stop_signal: int) -> List[str]:
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        return []
    identity = ["--reuid", user, "--regid", user, "--init-groups"] if user else []
    return [setpriv, *identity, "--pdeathsig", signal.Signals(stop_signal).name, "--"]


class Supervisor:
    """A set of running processes, stopped in the reverse order of their groups."""

    def __init__(self) -> None:
        self._groups: List[List[Process]] = []
        self._asked_to_stop = False

    def listen_for_signals(self) -> None:
        """Ctrl-C, a closed terminal and `kill` end `watch` and interrupt `start`; a second Ctrl-C kills at once."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)

    def start(self, group: List[Process]) -> None:
        """Starts a group at once and returns when each of its members is ready."""
        self._groups.append([])
        for process in group:
            process.spawn()
            self._groups[-1].append(process)
        began = time.monotonic()
        waiting = list(group)
        while waiting:
            time.sleep(POLL)
            waiting = [process for process in waiting if not self._is_ready(process, began)]

    def _is_ready(self, process: Process, began: float) -> bool:
        if process.has_ended():
            raise Failed(f"{process.name} ended while starting (exit {_code(process)}):\n{process.last_words()}")
        if process.ready():
            progress.say(f"{process.name} is ready")
            return True
        if time.monotonic() - began > process.patience:
            raise Failed(f"{process.name} was not ready within {process.patience:.0f} s:\n{process.last_words()}")
        return False

    def watch(self) -> None:
        """Restarts what dies until a signal comes; raises when something keeps dying."""
        while not self._asked_to_stop:
            for process in self._all():
                if process.has_ended():
                    self._restart(process)
            time.sleep(POLL * 4)

    def _restart(self, process: Process) -> None:
        now = time.monotonic()
        process.ends = [end for end in process.ends if now - end < QUICK_WINDOW] + [now]
        if len(process.ends) >= QUICK_DEATHS:
            raise Failed(f"{process.name} keeps ending (exit {_code(process)}):\n{process.last_words()}")
        progress.say(f"{process.name} ended (exit {_code(process)}); starting it again")
        process.spawn()

    def stop(self) -> None:
        """Stops group after group, the newest first, and waits until nothing is left."""
        for group in reversed(self._groups):
            for process in group:
                _signal(process, process.stop_signal)
            for process in group:
                _wait(process)
        self._groups.clear()

    def _all(self) -> List[Process]:
        return [process for group in self._groups for process in group]

    def _on_signal(self, number: int, _frame) -> None:
        if self._asked_to_stop:
            if number == signal.SIGINT and sys.stdin is not None and os.isatty(0):
                for process in self._all():
                    _kill_all_of(process)
            return
        self._asked_to_stop = True
        raise KeyboardInterrupt


def _signal(process: Process, number: int) -> None:
    if process.child is not None and process.child.poll() is None:
        process.child.send_signal(number)


def _wait(process: Process) -> None:
    if process.child is None:
        return
    try:
        process.child.wait(process.grace)
    except subprocess.TimeoutExpired:
        progress.say(f"{process.name} did not stop within {process.grace:.0f} s; killing it")
    _kill_all_of(process)
    process.child.wait()


def _kill_all_of(process: Process) -> None:
    """Ends the program and whatever it left behind in its session."""
    if process.child is None:
        return
    with suppress(ProcessLookupError, PermissionError):  # nobody is left (macOS: "not permitted" for zombies)
        os.killpg(process.child.pid, signal.SIGKILL)


def _code(process: Process) -> str:
    code = process.child.returncode if process.child else None
    return signal.Signals(-code).name if code is not None and code < 0 else str(code)
