"""What people read while they wait: one line when a step starts, one when it ends, and a sign of life between."""

import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator, Optional

SIGN_OF_LIFE = 15.0
"""Seconds after which a silent step says that it still works."""

_began = time.monotonic()
_lock = threading.Lock()


def say(text: str) -> None:
    """Prints one line with the time since the start."""
    with _lock:
        print(f"[{time.monotonic() - _began:6.1f} s] {text}", flush=True)


def complain(text: str) -> None:
    """Prints a plain line to the error output."""
    with _lock:
        print(text, file=sys.stderr, flush=True)


@contextmanager
def step(title: str, log: Optional[Path] = None) -> Iterator[None]:
    """Announces a step, its end and its duration; every 15 s the last line of `log` shows that it lives."""
    began = time.monotonic()
    done = threading.Event()
    say(f"{title} …")
    watcher = threading.Thread(target=_show_life, args=(title, log, began, done), daemon=True)
    watcher.start()
    try:
        yield
    except BaseException:
        say(f"{title}: failed after {time.monotonic() - began:.1f} s")
        raise
    finally:
        done.set()
    say(f"{title}: done in {time.monotonic() - began:.1f} s")


def _show_life(title: str, log: Optional[Path], began: float, done: threading.Event) -> None:
    while not done.wait(SIGN_OF_LIFE):
        latest = last_line(log) if log else ""
        say(f"{title}: {time.monotonic() - began:.0f} s so far{': ' + latest if latest else ''}")


def last_line(log: Path) -> str:
    """The newest line of a log, shortened to fit a terminal."""
    lines = tail(log, 1)
    return lines[0].strip()[:100] if lines else ""


def tail(log: Path, count: int) -> list:
    """The last lines of a log; nothing when it does not exist."""
    try:
        with log.open("rb") as file:
            file.seek(0, 2)
            file.seek(max(0, file.tell() - 16384))
            text = file.read().decode("utf-8", "replace")
    except OSError:
        return []
    return [line for line in text.replace("\r", "\n").splitlines() if line.strip()][-count:]
