"""What whoever started the product tells these tests."""

import os


def told(name: str) -> str:
    """A value that `make test-contract` sets; nothing is asked of a product that the tests were not told of."""
    value = os.environ.get(name)
    if not value:
        raise RuntimeError(f"{name} is not set: run these tests by `make test-contract`, which starts a product.")
    return value.rstrip("/")
