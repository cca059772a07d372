"""Each alert leads to a runbook, and has a test of its own."""

import re
import unittest

from dev import checkout

RULES = (checkout.ROOT / "ops" / "prometheus" / "alerts.yml").read_text()
TESTS = checkout.ROOT / "ops" / "prometheus" / "tests"


class Alerts(unittest.TestCase):
    def test_every_runbook_exists(self) -> None:
        named = re.findall(r"runbook: (\S+)", RULES)
        self.assertEqual(len(named), RULES.count("- alert:"))
        for path in named:
            self.assertTrue((checkout.ROOT / path).exists(), path)

    def test_every_alert_is_tested(self) -> None:
        tested = "".join(file.read_text() for file in TESTS.glob("*.yml"))
        for name in re.findall(r"- alert: (\w+)", RULES):
            self.assertIn(f"alertname: {name}", tested)


if __name__ == "__main__":
    unittest.main()
