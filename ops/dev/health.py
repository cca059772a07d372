"""Questions that tell whether a server answers."""

import socket
import urllib.error
import urllib.request

from .addresses import HOST

PATIENCE = 2.0
"""Seconds for one question."""


def answers_http(url: str, wanted: int = 200) -> bool:
    """Whether a GET is answered with the wanted status."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # loopback never goes through a proxy
    try:
        with opener.open(url, timeout=PATIENCE) as answer:
            return answer.status == wanted
    except urllib.error.HTTPError as error:
        return error.code == wanted
    except OSError:
        return False


def answers_bytes(port: int, question: bytes, expected: bytes) -> bool:
    """Whether a server on loopback answers a question (or, with an empty one, greets) with the expected bytes."""
    try:
        with socket.create_connection((HOST, port), PATIENCE) as connection:
            connection.sendall(question)
            return expected in connection.recv(4096)
    except OSError:
        return False
