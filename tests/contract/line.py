"""The line to the product: every request seems to come from a network of its own, and every one is counted."""

from ipaddress import IPv4Address
from itertools import count

import requests
from requests.adapters import HTTPAdapter

from ledger import LEDGER

_networks = count(int(IPv4Address("10.0.0.1")))


class _OwnNetwork(HTTPAdapter):
    """Limits count by network. What they refuse is part of the contract too, but is not all that shall be seen."""

    def add_headers(self, request: requests.PreparedRequest, **_: object) -> None:
        LEDGER.requests += 1
        request.headers["X-Forwarded-For"] = str(IPv4Address(next(_networks)))


def line() -> requests.Session:
    """A session that keeps no cookies of its own accord."""
    session = requests.Session()
    session.mount("http://", _OwnNetwork())
    return session
