"""The mail catcher."""

import re

import requests

from settings import told
from waiting import wait_for


def token_mailed_to(address: str, page: str, but: str = "") -> str:
    """The token of the newest link to a page in a mail to somebody, as soon as there is one other than `but`."""
    link = re.compile(rf"{page}\?token=([\w-]+)")

    def look() -> str | None:
        mails = requests.get(f"{told('CREATOR_STUDIO_TEST_MAIL_WEB')}/email", timeout=10).json()
        texts = [mail["text"] for mail in mails if any(to["address"] == address for to in mail["to"])]
        tokens = [found[1] for text in texts if (found := link.search(text))]
        return tokens[-1] if tokens and tokens[-1] != but else None

    return wait_for(f"a mail to {address} with a link to {page}", look)
