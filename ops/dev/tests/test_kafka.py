"""The broker is ready when it answers as Kafka does, and sends its clients to the address at which they found it."""

import tempfile
import unittest
from dataclasses import replace
from pathlib import Path
from unittest import mock

from dev import health, ports
from dev.addresses import TEST, Stand
from dev.servers.kafka import API_VERSIONS, CORRELATION, Kafka
from dev.supervisor import Supervisor
from dev.tools import python


class Broker(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.stand = replace(TEST, home=Path(folder.name), base=9000)  # beside the stands that may run
        logs = mock.patch.object(Stand, "logs", Path(folder.name))
        logs.start()
        self.addCleanup(logs.stop)

    def test_it_runs_and_answers(self) -> None:
        broker = Kafka(self.stand)
        self.assertTrue(ports.is_free(broker.port))
        self.assertFalse(health.answers_bytes(broker.port, API_VERSIONS, CORRELATION))
        supervisor = Supervisor()
        self.addCleanup(supervisor.stop)
        broker.prepare()
        supervisor.start([broker.process()])
        self.assertTrue(health.answers_bytes(broker.port, API_VERSIONS, CORRELATION))

    def test_clients_are_sent_to_the_address_that_they_know(self) -> None:
        argv = list(map(str, Kafka(self.stand).process().argv))
        listens, advertises = (
            argv[argv.index(f"--{name}") + 1] for name in ("listener-url", "advertised-listener-url")
        )
        self.assertEqual(listens, advertises)
        self.assertIn(self.stand.address("kafka"), listens)

    def test_without_the_package_it_says_what_to_do(self) -> None:
        nowhere = mock.patch.object(python, "tansu", return_value=Path("/nowhere"))
        with nowhere, self.assertRaisesRegex(Exception, "SERVERS=compose"):
            Kafka(self.stand).prepare()


if __name__ == "__main__":
    unittest.main()
