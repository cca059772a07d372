"""The containers offer what the programs on this machine do: same ports, loopback only, same keys."""

import json
import re
import unittest

from dev import checkout
from dev.addresses import PORTS, S3_ACCESS_KEY, S3_SECRET_KEY
from dev.servers import compose
from dev.tools import node

TEXT = compose.FILE.read_text()
PUBLISHED = re.findall(r'"([^"\s]*):\$\{(CREATOR_STUDIO_\w+_PORT):-(\d+)\}:\d+"', TEXT)


class Containers(unittest.TestCase):
    def test_every_server_has_the_port_that_the_programs_have(self) -> None:
        published = {variable: int(port) for _, variable, port in PUBLISHED}
        expected = {variable: PORTS[service] for variable, service in compose.PORT_VARIABLES.items()}
        self.assertEqual(published, expected)

    def test_nothing_is_reachable_from_other_machines(self) -> None:
        self.assertEqual({host for host, _, _ in PUBLISHED}, {"127.0.0.1"})

    def test_the_store_knows_the_keys_that_the_product_is_given(self) -> None:
        self.assertIn(f"MINIO_ROOT_USER: {S3_ACCESS_KEY}\n", TEXT)
        self.assertIn(f"MINIO_ROOT_PASSWORD: {S3_SECRET_KEY}\n", TEXT)

    def test_the_mail_catcher_is_the_same_version(self) -> None:
        pinned = json.loads((node.MAILDEV / "package.json").read_text())["dependencies"]["maildev"]
        self.assertIn(f"image: maildev/maildev:{pinned}\n", TEXT)

    def test_what_it_mounts_exists(self) -> None:
        for path in re.findall(r"- (\./[^:]+):", TEXT):
            self.assertTrue((checkout.ROOT / "ops" / path).exists(), path)


if __name__ == "__main__":
    unittest.main()
