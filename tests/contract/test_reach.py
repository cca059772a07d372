"""Nothing of the document is left untried."""

import pytest

from ledger import LEDGER


@pytest.mark.last
def test_every_operation_has_succeeded() -> None:
    assert LEDGER.never_done() == []
