"""Waiting for what the product does by itself."""

import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")
PATIENCE = 60.0


def wait_for(what: str, look: Callable[[], Found | None]) -> Found:
    """Looks until there is something to see."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.1)
    raise AssertionError(f"waited for {what} in vain")
