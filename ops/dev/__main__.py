"""`python3 -m dev COMMAND`, as the Makefile calls it."""

import sys
from typing import Callable, Dict

from . import doctor, measuring, progress, recording, running, testing
from .addresses import BadSetting
from .commands import Failed

COMMANDS: Dict[str, Callable[[], int]] = {
    "dev": running.in_foreground,
    "up": running.in_background,
    "down": running.stop,
    "seed": running.seed,
    "clean": running.delete_data,
    "test": testing.everything,
    "check": testing.quick,
    "test-rust": testing.rust_only,
    "test-portal": testing.portal_only,
    "test-contract": testing.contract_only,
    "test-e2e": testing.browser_only,
    "servers": testing.servers_in_foreground,
    "servers-up": testing.servers_in_background,
    "servers-down": testing.stop_servers,
    "fmt": recording.formats,
    "prepare": recording.queries,
    "openapi": recording.api_description,
    "coverage": measuring.coverage,
    "bench": measuring.benches,
    "bench-jobs": measuring.bench_jobs,
    "bench-analytics": measuring.bench_analytics,
    "doctor": doctor.examine,
}


def main() -> int:
    """Runs the command named by the first argument and returns its exit code."""
    if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:
        progress.complain(f"usage: python3 -m dev {{{'|'.join(COMMANDS)}}}")
        return 2
    try:
        return COMMANDS[sys.argv[1]]()
    except (Failed, BadSetting) as error:
        progress.complain(f"\n{error}")
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
