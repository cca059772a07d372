"""Running a stand until somebody asks it to stop, in this terminal or in the background."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Callable, Iterator, Optional

from . import checkout, commands, instance, orphans, progress, stand
from .addresses import DEV, Stand
from .commands import Failed
from .supervisor import Supervisor

Work = Callable[[Supervisor], None]


def hold(which: Stand, bring_up: Work) -> int:
    """Brings a stand up, restarts what dies, and stops everything when a signal comes or a start fails."""

    def work(supervisor: Supervisor) -> None:
        bring_up(supervisor)
        held.tell(ready=True)
        supervisor.watch()

    held = instance.Instance(which)
    with suppress(KeyboardInterrupt):  # being asked to stop is how this ends
        during(held, work)
    return 0


def during(held: instance.Instance, work: Work) -> None:
    """Does work with a supervisor; whatever happens, nothing that was started is left running."""
    if not held.take():
        raise Failed(already_running(held.stand))
    orphans.adopt()
    supervisor = Supervisor()
    supervisor.listen_for_signals()
    try:
        work(supervisor)
    except KeyboardInterrupt:
        progress.say("Stopping …")
        raise
    finally:
        commands.end_all()
        stand.stop(held.stand, supervisor)
        for line in orphans.end():
            progress.say(f"Ended a process that was left behind: {line[:120]}")
        held.release()
        progress.say("Everything is stopped.")


@contextmanager
def in_background(*works: Callable[[], None]) -> Iterator[None]:
    """Does some work in threads beside the block; leaving the block waits for it, and fails if it failed."""
    with ThreadPoolExecutor() as pool:
        running = [pool.submit(work) for work in works]
        try:
            yield
            for each in running:
                each.result()
        except BaseException:
            commands.end_all()  # else leaving would wait for what nobody wants any more
            raise


def start_in_background(which: Stand, command: str) -> int:
    """Runs a command of this package detached from the terminal; returns when it is ready or has failed."""
    known = instance.holder(which)
    if known and known["ready"]:
        progress.say(f"Already running (process {known['pid']}).")
        return 0
    log = checkout.PRIVATE / "logs" / which.name / "background.log"
    child = None
    if not known:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as out:
            child = subprocess.Popen(
                [sys.executable, "-m", __package__, command],
                stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, start_new_session=True,
                cwd=checkout.ROOT, env=os.environ,
            )  # fmt: skip
    return _follow(which, log, child)


def _follow(which: Stand, log: Path, child: Optional[subprocess.Popen]) -> int:
    """Shows the log of a start until it is ready or over."""
    if not log.exists():  # it runs in the foreground of another terminal and is not ready yet
        log = Path(os.devnull)
    with log.open() as lines:
        while True:
            known = instance.holder(which)
            over = known is None and (child is None or child.poll() is not None)
            print(lines.read(), end="", flush=True)
            if known and known["ready"]:
                return 0
            if over:
                return 1
            time.sleep(0.1)


def already_running(which: Stand) -> str:
    """What to say to a second start."""
    known = instance.holder(which) or {"pid": "?"}
    stopping = "make down" if which is DEV else "make servers-down"
    runs = f"The {which.name} stand already runs (process {known['pid']})."
    return f"{runs} Stop it with Ctrl-C in its terminal or `{stopping}`."
