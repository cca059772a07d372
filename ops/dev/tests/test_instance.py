"""Only one process runs a stand, and the lock ends with it."""

import subprocess
import sys
import tempfile
import unittest
from dataclasses import replace
from pathlib import Path
from unittest import mock

from dev import checkout, instance
from dev.addresses import DEV

OPS = Path(__file__).resolve().parents[2]


class OneInstance(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.home = Path(folder.name)
        patch = mock.patch.object(checkout, "PRIVATE", self.home)
        patch.start()
        self.addCleanup(patch.stop)
        self.stand = replace(DEV, home=self.home)

    def test_a_second_one_is_refused_until_the_first_is_over(self) -> None:
        first, second = instance.Instance(self.stand), instance.Instance(self.stand)
        self.assertTrue(first.take())
        self.assertFalse(second.take())
        first.release()
        self.assertTrue(second.take())
        second.release()

    def test_others_see_who_holds_it_and_whether_it_is_ready(self) -> None:
        self.assertIsNone(instance.holder(self.stand))
        held = instance.Instance(self.stand)
        held.take()
        self.assertFalse(instance.holder(self.stand)["ready"])
        held.tell(ready=True)
        self.assertTrue(instance.holder(self.stand)["ready"])
        held.release()
        self.assertIsNone(instance.holder(self.stand))

    def test_a_holder_that_was_killed_holds_nothing(self) -> None:
        code = (
            "from pathlib import Path; import time\n"
            "from dev import checkout, instance; from dev.addresses import DEV\n"
            f"checkout.PRIVATE = Path({str(self.home)!r})\n"
            "held = instance.Instance(DEV); held.take(); print('held', flush=True)\n"
            "time.sleep(600)"
        )
        with subprocess.Popen([sys.executable, "-c", code], cwd=OPS, stdout=subprocess.PIPE) as holder:
            holder.stdout.readline()
            self.assertEqual(instance.holder(self.stand)["pid"], holder.pid)
            holder.kill()
            holder.wait()
        self.assertIsNone(instance.holder(self.stand))

    def test_stopping_waits_for_the_holder_to_be_gone(self) -> None:
        code = (
            "from pathlib import Path; import signal, time\n"
            "from dev import checkout, instance; from dev.addresses import DEV\n"
            f"checkout.PRIVATE = Path({str(self.home)!r})\n"
            "held = instance.Instance(DEV); held.take(); print('held', flush=True)\n"
            "signal.sigwait([signal.SIGTERM])"
        )
        block = "import signal; signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])\n"
        with subprocess.Popen([sys.executable, "-c", block + code], cwd=OPS, stdout=subprocess.PIPE) as holder:
            holder.stdout.readline()
            self.assertTrue(instance.stop_holder(self.stand))
            self.assertIsNone(instance.holder(self.stand))
        self.assertFalse(instance.stop_holder(self.stand))


if __name__ == "__main__":
    unittest.main()
