"""What was asked and how it was answered."""

import json
from collections import Counter, defaultdict
from pathlib import Path

from contract import HERE, OPERATIONS

FILE = HERE.parents[1] / "target" / "contract" / "answers.json"


class Ledger:
    """Counts answers by operation, by who asked and by status."""

    def __init__(self) -> None:
        self.requests = 0
        """All that were sent, those that check whether a proof matters included."""
        self._answers: dict[str, Counter[tuple[str, int]]] = defaultdict(Counter)

    def note(self, operation: str, who: str, status: int) -> None:
        """Counts one answer."""
        self._answers[operation][who, status] += 1

    def never_done(self) -> list[str]:
        """The operations of the document that nobody has been able to do."""
        return sorted(name for name in OPERATIONS if not self._done(name))

    def write(self, file: Path = FILE) -> None:
        """Leaves a table of all answers for people."""
        file.parent.mkdir(parents=True, exist_ok=True)
        table = {name: self._row(name) for name in sorted(OPERATIONS)}
        file.write_text(json.dumps(table, indent=2) + "\n")

    def summary(self) -> str:
        """One line."""
        done = len(OPERATIONS) - len(self.never_done())
        return f"{done} of {len(OPERATIONS)} operations succeeded at least once; {self.requests} requests."

    def _done(self, operation: str) -> bool:
        return any(200 <= status < 300 for _, status in self._answers[operation])

    def _row(self, operation: str) -> dict[str, dict[str, int]]:
        row: dict[str, dict[str, int]] = defaultdict(dict)
        for (who, status), times in sorted(self._answers[operation].items()):
            row[who][str(status)] = times
        return row


LEDGER = Ledger()
"""Of this run."""
