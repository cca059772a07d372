"""How the stages of a test run went: each is shown as it comes, and all of them at the end."""

import time
from typing import List, Tuple

from . import progress
from .commands import Failed
from .stages import Stage

INTERRUPTED = 130
"""The exit code that shells know for Ctrl-C."""


class Results:
    """The outcomes so far. A stage that fails does not keep the next ones from running."""

    def __init__(self) -> None:
        self._done: List[Tuple[str, float, bool]] = []
        self._interrupted = False

    def run(self, stage: Stage) -> None:
        """Runs one stage and keeps how it went."""
        progress.say(f"── {stage.name}")
        began = time.monotonic()
        try:
            stage.check()
            passed = True
        except Failed as error:
            progress.complain(str(error))
            passed = False
        seconds = time.monotonic() - began
        self._done.append((stage.name, seconds, passed))
        progress.say(f"── {stage.name}: {_word(passed)} in {seconds:.1f} s")

    def run_all(self, several: List[Stage]) -> None:
        """Runs stages one after the other."""
        for stage in several:
            self.run(stage)

    def was_interrupted(self) -> None:
        """Somebody stopped the run, so that it proves nothing."""
        self._interrupted = True

    def report(self) -> int:
        """Shows all outcomes and returns the exit code."""
        print()
        for name, seconds, passed in self._done:
            print(f"  {_word(passed):7} {seconds:7.1f} s  {name}")
        if self._interrupted:
            print("  Interrupted.")
            return INTERRUPTED
        failed = [name for name, _, passed in self._done if not passed]
        print(f"\n  Failed: {', '.join(failed)}" if failed else "\n  Everything passed.", flush=True)
        return 1 if failed else 0


def _word(passed: bool) -> str:
    return "passed" if passed else "FAILED"
