"""What is unchanged is skipped, and what changed is not."""

import tempfile
import unittest
from pathlib import Path

from dev import stamps


class Stamps(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.top = Path(folder.name) / "portal"
        (self.top / "src").mkdir(parents=True)
        self.page = self.top / "src" / "page.tsx"
        self.page.write_text("one")
        self.stamp = Path(folder.name) / "stamps" / "portal"

    def print(self) -> str:
        return stamps.fingerprint([self.top])

    def test_a_result_is_fresh_until_a_source_changes(self) -> None:
        stamps.mark(self.stamp, self.print())
        self.assertTrue(stamps.is_fresh(self.stamp, self.print()))
        self.page.write_text("two")
        self.assertFalse(stamps.is_fresh(self.stamp, self.print()))

    def test_a_result_that_was_never_made_is_not_fresh(self) -> None:
        self.assertFalse(stamps.is_fresh(self.stamp, self.print()))

    def test_a_new_a_removed_and_a_renamed_file_change_the_fingerprint(self) -> None:
        seen = {self.print()}
        other = self.top / "src" / "other.tsx"
        other.write_text("one")
        seen.add(self.print())
        other.rename(self.top / "src" / "third.tsx")
        seen.add(self.print())
        (self.top / "src" / "third.tsx").unlink()
        self.page.unlink()
        seen.add(self.print())
        self.assertEqual(len(seen), 4)

    def test_what_builds_leave_behind_does_not_count(self) -> None:
        before = self.print()
        for folder in ("node_modules", "dist"):
            (self.top / folder).mkdir()
            (self.top / folder / "made.js").write_text("made")
        self.assertEqual(self.print(), before)


if __name__ == "__main__":
    unittest.main()
