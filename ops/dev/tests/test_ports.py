"""Whoever sits on a port of ours is named."""

import os
import socket
import sys
import unittest

from dev import ports


class Ports(unittest.TestCase):
    def test_a_taken_port_is_reported_with_the_process_that_has_it(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
            complaint = ports.complaints({"Redis": port})
        self.assertEqual(len(complaint), 1)
        self.assertIn(f"127.0.0.1:{port} (Redis) is in use", complaint[0])
        if sys.platform == "linux":
            self.assertIn(f"by process {os.getpid()} ", complaint[0])

    def test_a_free_port_is_no_complaint(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
        self.assertEqual(ports.complaints({"Redis": port}), [])


if __name__ == "__main__":
    unittest.main()
