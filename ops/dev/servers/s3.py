"""An S3 server: JuiceFS' gateway over a folder, which encrypts every file that it writes.

Nothing readable reaches the disk: the store's files are AES-256-GCM with keys wrapped by an RSA key of this stand,
and the read cache stays in memory (on disk JuiceFS would keep blocks in the clear).
"""

import os

from .. import commands, health
from ..addresses import HOST, S3_ACCESS_KEY, S3_SECRET_KEY, Stand
from ..supervisor import Process
from ..tools import python

VOLUME = "creator-studio"


class S3:
    """Buckets are folders at the top of one JuiceFS volume; names and sizes lie in its SQLite file."""

    name = "S3 (JuiceFS gateway)"

    def __init__(self, stand: Stand) -> None:
        self.stand = stand
        self.port = stand.port("s3")
        self.home = stand.home / "s3"
        self.meta = self.home / "meta.db"
        self.key = stand.home / "keys" / "s3.pem"

    def prepare(self) -> None:
        """Makes the key and the empty volume."""
        make_private_key(self.key, ["rsa", "-pkeyopt", "rsa_keygen_bits:2048"], self.stand)
        if (self.home / "formatted").exists():
            return
        (self.home / "data").mkdir(parents=True, exist_ok=True)
        self.meta.unlink(missing_ok=True)  # left by a format that did not finish
        commands.run(
            "S3: new encrypted volume",
            [
                python.program("juicefs"), "format", "--storage", "file", "--bucket", f"{self.home / 'data'}/",
                "--encrypt-rsa-key", self.key, "--trash-days", "0", f"sqlite3://{self.meta}", VOLUME,
            ],
            self.stand.logs / "s3-format.log",
        )  # fmt: skip
        (self.home / "formatted").touch()

    def process(self) -> Process:
        """The gateway; it reports nothing to anybody."""
        return Process(
            self.name,
            [
                python.program("juicefs"), "gateway", "--multi-buckets", "--keep-etag", "--object-meta",
                "--object-tag", "--cache-dir", "memory", "--cache-size", "128", "--buffer-size", "128",
                "--backup-meta", "0", "--no-usage-report", "--no-banner",
                "--metrics", self.stand.address("s3-metrics"),
                "--log", self.stand.logs / "s3-gateway.log", f"sqlite3://{self.meta}", f"{HOST}:{self.port}",
            ],
            self.stand.logs / "s3.log",
            lambda: health.answers_http(f"http://{HOST}:{self.port}/minio/health/ready"),
            env={**os.environ, "MINIO_ROOT_USER": S3_ACCESS_KEY, "MINIO_ROOT_PASSWORD": S3_SECRET_KEY},
            cwd=self.home,
        )  # fmt: skip

    def settle(self) -> None:
        """Nothing: `creator-studio migrate` makes the product's bucket, tests make theirs."""


def make_private_key(file, algorithm: list, stand: Stand) -> None:
    """Writes a private key once, readable by its owner alone (openssl creates it so)."""
    if file.exists():
        return
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    commands.run(
        f"New key {file.name}",
        ["openssl", "genpkey", "-algorithm", *algorithm, "-out", file],
        stand.logs / "keys.log",
    )
