"""Where the cluster lies when its server's account may not enter the checkout."""

import os
import pwd
import tempfile
import unittest
from dataclasses import replace
from pathlib import Path

from dev.addresses import DEV
from dev.servers import postgres

ME = pwd.getpwuid(os.geteuid()).pw_name


class ClusterFolder(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.home = Path(folder.name).resolve()
        self.stand = replace(DEV, home=self.home / "checkout" / ".dev")
        self.stand.home.mkdir(parents=True)

    def test_it_lies_in_the_checkout_of_an_ordinary_user(self) -> None:
        self.assertEqual(postgres.cluster_folder(self.stand, None), self.stand.home / "postgres")

    def test_an_account_reaches_its_own_private_folder(self) -> None:
        self.home.chmod(0o700)
        self.assertTrue(postgres.can_reach(ME, self.stand.home / "postgres"))

    def test_a_stranger_does_not_and_gets_a_folder_elsewhere(self) -> None:
        stranger = next(entry.pw_name for entry in pwd.getpwall() if entry.pw_uid not in (0, os.geteuid()))
        self.home.chmod(0o700)
        self.assertFalse(postgres.can_reach(stranger, self.stand.home / "postgres"))
        elsewhere = postgres.cluster_folder(self.stand, stranger)
        self.assertNotIn(self.home, elsewhere.parents)
        self.assertEqual(elsewhere.name, "dev")

    def test_a_stranger_enters_where_everybody_may(self) -> None:
        stranger = next(entry.pw_name for entry in pwd.getpwall() if entry.pw_uid not in (0, os.geteuid()))
        for folder in (self.home, self.home / "checkout", self.stand.home):
            folder.chmod(0o755)
        self.assertTrue(postgres.can_reach(stranger, self.stand.home / "postgres"))


if __name__ == "__main__":
    unittest.main()
