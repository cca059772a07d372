"""Stands never meet, and the caller's settings win in development only."""

import tempfile
import unittest
from dataclasses import replace
from pathlib import Path
from unittest import mock

from dev import addresses
from dev.addresses import ALL, DEV, PORTS, TEST, BadSetting


class Addresses(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.home = Path(folder.name)
        self.environment = mock.patch.dict("os.environ", clear=True)
        self.environment.start()
        self.addCleanup(self.environment.stop)

    def set(self, **values: str) -> None:
        mock.patch.dict("os.environ", values).start()

    def test_no_port_is_used_twice(self) -> None:
        used = [stand.port(service) for stand in ALL for service in PORTS]
        self.assertEqual(len(used), len(set(used)))

    def test_an_offset_moves_every_port_and_the_portal(self) -> None:
        self.set(CREATOR_STUDIO_PORT_OFFSET="100")
        self.assertEqual(DEV.port("postgres"), 15532)
        self.assertEqual(TEST.port("postgres"), 25532)
        self.assertEqual(DEV.url, "http://127.0.0.1:8180")

    def test_an_offset_that_is_no_number_is_refused_by_name(self) -> None:
        for wrong in ("ten", "-1", "99999"):
            self.set(CREATOR_STUDIO_PORT_OFFSET=wrong)
            with self.assertRaisesRegex(BadSetting, "CREATOR_STUDIO_PORT_OFFSET"):
                DEV.port("redis")

    def test_in_development_the_callers_settings_win(self) -> None:
        self.set(CREATOR_STUDIO_SMTP_URL="smtp://mail.example:25", CREATOR_STUDIO_LISTEN="0.0.0.0:80")
        values = addresses.product_values(replace(DEV, home=self.home))
        self.assertEqual(values["CREATOR_STUDIO_SMTP_URL"], "smtp://mail.example:25")
        self.assertEqual(values["CREATOR_STUDIO_LISTEN"], "0.0.0.0:80")

    def test_in_tests_they_do_not(self) -> None:
        self.set(CREATOR_STUDIO_SMTP_URL="smtp://mail.example:25", CREATOR_STUDIO_LISTEN="0.0.0.0:80")
        values = addresses.product_values(replace(TEST, home=self.home))
        self.assertEqual(values["CREATOR_STUDIO_SMTP_URL"], "smtp://127.0.0.1:21025")
        self.assertEqual(values["CREATOR_STUDIO_LISTEN"], "127.0.0.1:18080")

    def test_a_secret_is_made_once_and_is_private(self) -> None:
        stand = replace(DEV, home=self.home)
        made = addresses.secret(stand, "vod.secret")
        self.assertEqual(len(made), 64)
        self.assertEqual(addresses.secret(stand, "vod.secret"), made)
        self.assertEqual((self.home / "keys" / "vod.secret").stat().st_mode & 0o777, 0o600)

    def test_migrations_connect_as_the_owner_and_the_product_does_not(self) -> None:
        stand = replace(DEV, home=self.home)
        owner = addresses.migration_values(stand)["CREATOR_STUDIO_DATABASE_URL"]
        product = addresses.product_values(stand)["CREATOR_STUDIO_DATABASE_URL"]
        self.assertIn("//creator_studio@", owner)
        self.assertIn("//creator_studio_service@", product)


if __name__ == "__main__":
    unittest.main()
