"""maildev: accepts every mail by SMTP and shows it on a page instead of delivering it."""

from .. import health
from ..addresses import HOST, Stand
from ..supervisor import Process
from ..tools import node


class Mail:
    """The catcher of all mail; people read it at the mail page, tests as JSON at `/email`."""

    name = "Mail catcher (maildev)"

    def __init__(self, stand: Stand) -> None:
        self.stand = stand
        self.smtp = stand.port("smtp")
        self.web = stand.port("mail-web")
        self.data = stand.home / "mail"

    def prepare(self) -> None:
        """Makes the folder where mails lie."""
        self.data.mkdir(parents=True, exist_ok=True)

    def process(self) -> Process:
        """The catcher, bound to loopback."""
        return Process(
            self.name,
            [
                node.node(), node.maildev(), "--ip", HOST, "--smtp", self.smtp, "--web-ip", HOST, "--web", self.web,
                "--mail-directory", self.data,
            ],
            self.stand.logs / "mail.log",
            lambda: health.answers_http(f"http://{HOST}:{self.web}/email")
            and health.answers_bytes(self.smtp, b"", b"220"),
        )  # fmt: skip

    def settle(self) -> None:
        """Nothing to make."""
