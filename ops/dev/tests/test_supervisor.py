"""Processes start, come back when they die, and never outlive their supervisor. With real processes."""

import os
import signal
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
import unittest
from pathlib import Path

from dev.commands import Failed
from dev.supervisor import QUICK_DEATHS, Process, Supervisor

LINUX = sys.platform == "linux"
PATIENCE = 20.0


def eventually(holds) -> bool:
    """Waits for something that other processes bring about."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] if LINUX else "R"
        os.kill(pid, 0)
        return state != "Z"
    except (OSError, ProcessLookupError):
        return False


class Supervision(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.home = Path(folder.name)
        self.supervisor = Supervisor()
        self.addCleanup(self.supervisor.stop)

    def script(self, name: str, body: str, **options) -> Process:
        """A Python program that is ready once it has written its process id."""
        file, pid = self.home / f"{name}.py", self.home / f"{name}.pid"
        begin = f"import os, signal, sys, time\nopen({str(pid)!r}, 'a').write(f'{{os.getpid()}}\\n')\n"
        file.write_text(begin + textwrap.dedent(body))
        log = self.home / f"{name}.log"
        return Process(name, [sys.executable, file], log, lambda: len(self.pids(name)) > 0, **options)

    def pids(self, name: str) -> list:
        file = self.home / f"{name}.pid"
        return [int(line) for line in file.read_text().split()] if file.exists() else []

    def test_stopping_leaves_nothing_running_not_even_grandchildren(self) -> None:
        child_pid = str(self.home / "child.pid")
        body = f"""
            import subprocess
            child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])
            open({child_pid!r}, 'w').write(str(child.pid))
            time.sleep(600)
        """
        parent = self.script("parent", body)
        self.supervisor.start([parent])
        self.assertTrue(eventually(lambda: len(self.pids("child")) == 1))
        self.supervisor.stop()
        for pid in self.pids("parent") + self.pids("child"):
            self.assertTrue(eventually(lambda pid=pid: not is_alive(pid)))

    def test_one_that_ignores_the_wish_to_stop_is_killed(self) -> None:
        stubborn = self.script("stubborn", "signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)", grace=0.2)
        self.supervisor.start([stubborn])
        self.supervisor.stop()
        self.assertFalse(is_alive(self.pids("stubborn")[0]))

    def test_one_that_dies_while_starting_is_reported_with_its_last_words(self) -> None:
        broken = self.script("broken", "sys.exit('no such database')")
        broken.ready = lambda: False
        with self.assertRaisesRegex(Failed, r"(?s)broken ended while starting \(exit 1\).*no such database"):
            self.supervisor.start([broken])

    def test_one_that_is_never_ready_is_given_up(self) -> None:
        silent = self.script("silent", "time.sleep(600)", patience=0.2)
        silent.ready = lambda: False
        with self.assertRaisesRegex(Failed, "silent was not ready within 0 s"):
            self.supervisor.start([silent])

    def test_one_that_is_killed_comes_back(self) -> None:
        worker = self.script("worker", "time.sleep(600)")
        self.supervisor.start([worker])
        os.kill(self.pids("worker")[0], signal.SIGKILL)
        self.watch_until(lambda: len(self.pids("worker")) == 2)
        self.assertTrue(is_alive(self.pids("worker")[1]))

    def test_one_that_keeps_dying_ends_the_watch(self) -> None:
        hopeless = self.script("hopeless", "time.sleep(0.3)")
        self.supervisor.start([hopeless])
        with self.assertRaisesRegex(Failed, "hopeless keeps ending"):
            self.supervisor.watch()
        self.assertEqual(len(hopeless.ends), QUICK_DEATHS)

    def watch_until(self, holds) -> None:
        """Watches as `make dev` does, and is interrupted as by Ctrl-C when something holds."""
        self.supervisor.listen_for_signals()
        self.addCleanup(lambda: [signal.signal(number, signal.SIG_DFL) for number in (signal.SIGTERM, signal.SIGHUP)])
        self.addCleanup(signal.signal, signal.SIGINT, signal.default_int_handler)

        def interrupt() -> None:
            eventually(holds)
            os.kill(os.getpid(), signal.SIGINT)

        threading.Thread(target=interrupt, daemon=True).start()
        with self.assertRaises(KeyboardInterrupt):
            self.supervisor.watch()

    @unittest.skipUnless(LINUX, "the wish to die with one's parent is Linux's")
    def test_nothing_outlives_a_supervisor_that_is_killed(self) -> None:
        child = self.script("child", "time.sleep(600)")
        code = textwrap.dedent(f"""
            import sys, time
            from pathlib import Path
            from dev.supervisor import Process, Supervisor
            pid = Path({str(self.home / "child.pid")!r})
            child = Process('child', {[str(part) for part in child.argv]!r}, Path({str(child.log)!r}), pid.exists)
            Supervisor().start([child])
            time.sleep(600)
        """)
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
        owner = subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.DEVNULL)
        self.assertTrue(eventually(lambda: len(self.pids("child")) == 1))
        owner.kill()
        owner.wait()
        self.assertTrue(eventually(lambda: not is_alive(self.pids("child")[0])))


if __name__ == "__main__":
    unittest.main()
