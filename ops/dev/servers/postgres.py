"""PostgreSQL, from the distribution's package, in a cluster of our own."""

import os
import pwd
import shutil
import signal
from pathlib import Path
from typing import Optional

from .. import checkout, commands
from ..addresses import HOST, Stand
from ..commands import Failed
from ..supervisor import Process

SUPERUSER = "postgres"
ROLES = Path(__file__).with_name("postgres-roles.sql")
SYSTEM_USER = "postgres"
"""Whom the server runs as when we are root, which it refuses: the account that Debian's package made."""


class Postgres:
    """A cluster that listens on loopback TCP only; every local user may enter it, as is fit for development."""

    name = "PostgreSQL"

    def __init__(self, stand: Stand) -> None:
        self.stand = stand
        self.port = stand.port("postgres")
        self.user = SYSTEM_USER if os.geteuid() == 0 else None
        self.data = cluster_folder(stand, self.user)
        self.programs = programs_folder()

    def prepare(self) -> None:
        """Creates the cluster, owned by the account that will run it."""
        version = self.data / "PG_VERSION"
        if version.exists():
            self._check_version(version.read_text().strip())
            return
        if self.data.exists():
            shutil.rmtree(self.data)  # half made: the version is the first file that initdb writes
        self.data.mkdir(parents=True)
        self.data.chmod(0o700)
        if self.user:
            shutil.chown(self.data, self.user, self.user)
        commands.run(
            "PostgreSQL: new cluster",
            [
                *run_as(self.user), self.programs / "initdb", "--pgdata", self.data, "--username", SUPERUSER,
                "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8",
                *([] if self.stand.durable else ["--no-sync"]),
            ],
            self.stand.logs / "postgres-init.log",
            cwd=Path("/"),
        )  # fmt: skip

    def process(self) -> Process:
        """The server; SIGINT asks it to stop without waiting for its clients."""
        settings = {
            "listen_addresses": HOST,
            "unix_socket_directories": "",
            "max_connections": "400",
            "shared_buffers": "256MB",
            "max_wal_size": "2GB",
            "timezone": "UTC",
            "log_timezone": "UTC",
        }
        if not self.stand.durable:
            settings.update({"fsync": "off", "full_page_writes": "off"})
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return Process(
            self.name,
            [self.programs / "postgres", "-D", self.data, "-p", self.port, *options],
            self.stand.logs / "postgres.log",
            self._answers,
            user=self.user,
            stop_signal=signal.SIGINT,
        )

    def settle(self) -> None:
        """Creates the product's roles and its database."""
        self._psql("postgres", "--file", str(ROLES))

    def url(self, database: str) -> str:
        """The address of a database, for its superuser."""
        return f"postgres://{SUPERUSER}@{HOST}:{self.port}/{database}"

    def ask(self, sql: str, database: str = "postgres") -> str:
        """The answer to one statement."""
        return self._psql(database, "--tuples-only", "--no-align", "--command", sql)

    def run_file(self, file: Path, database: str) -> None:
        """Runs a file of statements in one transaction."""
        self._psql(database, "--single-transaction", "--file", str(file))

    def _psql(self, database: str, *what: str) -> str:
        options = ["--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1"]
        return commands.read([self.programs / "psql", self.url(database), *options, *what]).strip()

    def _answers(self) -> bool:
        try:
            return self.ask("select 1") == "1"
        except Failed:
            return False

    def _check_version(self, made_by: str) -> None:
        ours = commands.read([self.programs / "postgres", "--version"]).split()[2].split(".")[0]
        if made_by != ours:
            raise Failed(
                f"The development data was written by PostgreSQL {made_by}, and this machine has {ours}. "
                "`make clean-dev` deletes it and the next start makes new demo data."
            )


def cluster_folder(stand: Stand, user: Optional[str]) -> Path:
    """Inside the stand's folder; but when root's checkout is private, where the server's account can reach it."""
    inside = stand.home / "postgres"
    if user is None or can_reach(user, inside):
        return inside
    return Path("/var/lib/creator-studio-dev") / checkout.fingerprint() / stand.name


def can_reach(user: str, folder: Path) -> bool:
    """Whether an account may pass through every existing folder above this one."""
    account = pwd.getpwnam(user)
    groups = set(os.getgrouplist(user, account.pw_gid))
    for parent in folder.resolve().parents:
        if not parent.exists():
            continue
        facts = parent.stat()
        if facts.st_uid == account.pw_uid:
            bit = 0o100
        elif facts.st_gid in groups:
            bit = 0o010
        else:
            bit = 0o001
        if not facts.st_mode & bit:
            return False
    return True


def run_as(user: Optional[str]) -> list:
    """The words before a command that make it run as another account."""
    return ["setpriv", "--reuid", user, "--regid", user, "--init-groups", "--"] if user else []


def programs_folder() -> Path:
    """Where the newest installed server lies: Debian keeps it off the PATH."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda file: int(file.parts[-3]))
    if versions:
        return versions[-1].parent
    found = shutil.which("postgres")
    if found is None:
        raise Failed("PostgreSQL is not installed; `make doctor` names the command that installs it.")
    return Path(found).resolve().parent
