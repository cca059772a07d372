"""Where things lie: the checkout, its private folder `.dev/`, and the cache shared by all checkouts."""

import hashlib
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The top of the checkout."""

PRIVATE = ROOT / ".dev"
"""Everything that `make dev` and `make test` write for this checkout: data, keys, logs, locks."""


def cache() -> Path:
    """The per-user folder for tools that are built or downloaded once (`CREATOR_STUDIO_CACHE` overrides it)."""
    chosen = os.environ.get("CREATOR_STUDIO_CACHE")
    if chosen:
        return Path(chosen).expanduser().resolve()
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser() / "creator-studio"


def fingerprint() -> str:
    """A short name for this checkout, for the few things that cannot live inside it."""
    return hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]
