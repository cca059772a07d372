"""Commands report what they did, and can be ended with all that they started."""

import os
import sys
import tempfile
import threading
import time
import unittest
from pathlib import Path

from dev import commands
from dev.commands import Failed

PATIENCE = 20.0


class Commands(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.home = Path(folder.name)
        self.log = self.home / "log"
        self.addCleanup(commands._ending.clear)

    def test_a_failure_shows_the_end_of_the_log_and_where_it_is(self) -> None:
        with self.assertRaisesRegex(Failed, r"(?s)Sums failed \(exit code 3\).*two and two.*Whole log: "):
            commands.run("Sums", [sys.executable, "-c", "print('two and two'); exit(3)"], self.log)

    def test_a_program_that_is_not_there_is_named(self) -> None:
        with self.assertRaisesRegex(Failed, "Cannot run no-such-program"):
            commands.show(["no-such-program"])

    def test_ending_all_ends_a_command_of_another_thread_with_what_it_started(self) -> None:
        pids = self.home / "pids"
        code = (
            "import subprocess, sys, os, time\n"
            "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
            f"open({str(pids)!r}, 'w').write(f'{{os.getpid()}} {{child.pid}}\\n')\n"
            "time.sleep(600)"
        )
        outcome = []
        thread = threading.Thread(target=lambda: outcome.append(self.run_in_log(code)))
        thread.start()
        deadline = time.monotonic() + PATIENCE
        while not (pids.exists() and pids.read_text().endswith("\n")) and time.monotonic() < deadline:
            time.sleep(0.02)
        commands.end_all()
        thread.join(PATIENCE)
        self.assertEqual(len(outcome), 1)
        for pid in map(int, pids.read_text().split()):
            self.assertTrue(_is_gone(pid), f"{pid} still runs")

    def test_after_that_no_other_thread_begins_a_command(self) -> None:
        commands.end_all()
        outcome = []
        thread = threading.Thread(target=lambda: outcome.append(self.run_in_log("pass")))
        thread.start()
        thread.join(PATIENCE)
        self.assertIn("Stopped before it began", str(outcome[0]))

    def run_in_log(self, code: str):
        try:
            return commands.run("Work", [sys.executable, "-c", code], self.log)
        except Failed as error:
            return error


def _is_gone(pid: int) -> bool:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        stat = Path(f"/proc/{pid}/stat")
        if stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.02)
    return False


if __name__ == "__main__":
    unittest.main()
